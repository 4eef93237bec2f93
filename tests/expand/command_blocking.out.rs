/// Imports the notes of a folder.
pub fn import_folder(
    progress: Channel<Progress>,
    store: State<'_, Store>,
) -> Result<u32, ImportError> {
    store.import(|done| progress.blocking_send(&done).is_ok())
}
/// The twin of the function: what stands for the command `import_folder` in lists.
#[doc(hidden)]
#[allow(non_camel_case_types)]
pub enum import_folder {}
impl import_folder {
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
                name: "import_folder",
                guard: __gate::Guard::All(&[__gate::permission::<WriteNotes>()]),
                arguments: &[
                    __gate::ArgumentInfo {
                        name: "progress",
                        source: __gate::source(
                            __gate::Call::argument::<Channel<Progress>, _>,
                        ),
                    },
                    __gate::ArgumentInfo {
                        name: "store",
                        source: __gate::source(
                            __gate::Call::argument::<State<'_, Store>, _>,
                        ),
                    },
                ],
                at: __at,
                description: "Imports the notes of a folder.",
                timeout: __gate::Timeout::After(600000),
                run: __gate::Run::Blocking(Self::run),
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
        let mut progress = call.argument::<Channel<Progress>, _>("progress");
        let mut store = call.argument::<State<'_, Store>, _>("store");
        call.decode(&mut [&mut progress, &mut store])?;
        __gate::Output(import_folder(progress.take()?, store.take()?)).reply()
    }
    /// The types of what is sent and returned.
    #[allow(deprecated)]
    #[if_typescript]
    fn types() -> ::portcullis::__private::Types {
        use ::portcullis::__private as __gate;
        __gate::Types::new(
            [
                __gate::sent!(argument Channel < Progress >),
                __gate::sent!(argument State < '_, Store >),
            ],
            __gate::returned!(Result < u32, ImportError >),
        )
    }
}
/// If the permission has a scope, an argument takes it.
const _: () = ::portcullis::__private::checks::taken(
    import_folder::LISTED,
    0,
    "WriteNotes",
);
/// If this is about a permission, that permission guards the command.
const _: () = ::portcullis::__private::checks::proof(import_folder::LISTED, 0);
