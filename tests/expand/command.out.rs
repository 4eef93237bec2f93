/// Reads one note.
pub fn read_note(
    note_id: u32,
    title: Option<&str>,
    db: State<'_, Db>,
) -> Result<Note, NoteError> {
    db.read(note_id, title)
}
/// The twin of the function: what stands for the command `read_note` in lists.
#[doc(hidden)]
#[allow(non_camel_case_types)]
pub enum read_note {}
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
                        name: "noteId",
                        source: __gate::source(__gate::Call::argument::<u32, _>),
                    },
                    __gate::ArgumentInfo {
                        name: "title",
                        source: __gate::source(__gate::Call::lent::<Option<&str>, _>),
                    },
                    __gate::ArgumentInfo {
                        name: "db",
                        source: __gate::source(
                            __gate::Call::argument::<State<'_, Db>, _>,
                        ),
                    },
                ],
                at: __at,
                description: "Reads one note.",
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
        let mut note_id = call.argument::<u32, _>("noteId");
        let mut title = call.lent::<Option<&str>, _>("title");
        let mut db = call.argument::<State<'_, Db>, _>("db");
        call.decode(&mut [&mut note_id, &mut title, &mut db])?;
        __gate::Output(read_note(note_id.take()?, title.lend()?, db.take()?)).reply()
    }
    /// The types of what is sent and returned.
    #[allow(deprecated)]
    #[if_typescript]
    fn types() -> ::portcullis::__private::Types {
        use ::portcullis::__private as __gate;
        __gate::Types::new(
            [
                __gate::sent!(argument u32),
                __gate::sent!(lent Option < & str >),
                __gate::sent!(argument State < '_, Db >),
            ],
            __gate::returned!(Result < Note, NoteError >),
        )
    }
}
/// If the permission has a scope, an argument takes it.
const _: () = ::portcullis::__private::checks::taken(read_note::LISTED, 0, "ReadNotes");
