/// A note is another than it was.
pub struct NoteChanged {
    pub id: u32,
}
#[automatically_derived]
impl ::portcullis::Event for NoteChanged {
    const INFO: &'static ::portcullis::__private::Command = {
        use ::portcullis::__private as __gate;
        let __at = __gate::At {
            file: ::core::file!(),
            line: ::core::line!(),
            column: ::core::column!(),
        };
        &__gate::Command {
            name: "note_changed",
            guard: __gate::Guard::All(&[__gate::permission::<ReadNotes>()]),
            arguments: &[],
            at: __at,
            description: "A note is another than it was.",
            timeout: __gate::Timeout::Never,
            run: __gate::Run::Event(__gate::TypeId::of::<Self>()),
            types: __gate::event_types!(Self),
        }
    };
}
impl NoteChanged {
    /// The event, as lists of events name it.
    #[doc(hidden)]
    pub const LISTED: ::portcullis::__private::Listed = {
        use ::portcullis::__private as __gate;
        __gate::Listed::Command(<Self as ::portcullis::Event>::INFO)
    };
}
/// If the permission has a scope, an argument takes it.
const _: () = ::portcullis::__private::checks::taken(
    NoteChanged::LISTED,
    0,
    "ReadNotes",
);
