fn read_note(id: u32, store: State<'_, Store>) -> Result<Note, NoteError> {
    store.read(id)
}
/// The twin of the function: what stands for the command `read_note` in lists.
#[doc(hidden)]
#[allow(non_camel_case_types)]
enum read_note {}
impl read_note {
    /// The command, as lists of commands name it.
    #[doc(hidden)]
    pub const LISTED: ::portcullis::__private::Listed = {
        use ::portcullis::__private as __gate;
        let __at = __gate::At {
            file: ::core::file!(),
            line: ::core::line!(),
            column: ::core::column!(),
        };
        __gate::Listed::Command(
            &__gate::Command {
                name: "read_note",
                guard: __gate::Guard::All(&[__gate::permission::<ReadNotes>()]),
                arguments: &[
                    __gate::ArgumentInfo {
                        name: "id",
                        source: __gate::source(__gate::Call::argument::<u32, _>),
                    },
                    __gate::ArgumentInfo {
                        name: "store",
                        source: __gate::source(
                            __gate::Call::argument::<State<'_, Store>, _>,
                        ),
                    },
                ],
                at: __at,
                description: "",
                timeout: __gate::Timeout::Default,
                run: __gate::Run::Sync(Self::run),
                types: __gate::types!(Self::types),
            },
        )
    };
    /// Runs the function for a call that the authority has allowed.
    #[allow(deprecated)]
    fn run(
        call: ::portcullis::__private::Call<'_>,
    ) -> ::portcullis::__private::Finished {
        use ::portcullis::__private::{self as __gate, Plain as _};
        let mut id = call.argument::<u32, _>("id");
        let mut store = call.argument::<State<'_, Store>, _>("store");
        call.decode(&mut [&mut id, &mut store])?;
        __gate::Output(read_note(id.take()?, store.take()?)).reply()
    }
    /// The types of what is sent and returned.
    #[allow(deprecated)]
    #[if_typescript]
    fn types() -> ::portcullis::__private::Types {
        use ::portcullis::__private as __gate;
        __gate::Types::new(
            [__gate::sent!(argument u32), __gate::sent!(argument State < '_, Store >)],
            __gate::returned!(Result < Note, NoteError >),
        )
    }
}
/// If the permission has a scope, an argument takes it.
const _: () = ::portcullis::__private::checks::taken(read_note::LISTED, 0, "ReadNotes");
