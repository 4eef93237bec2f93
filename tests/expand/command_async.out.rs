pub(crate) async fn sync_notes(
    granted: Granted<'_, SyncNotes>,
    since: String,
) -> Result<Summary, SyncError> {
    remote::sync(granted, since).await
}
/// The twin of the function: what stands for the command `sync` in lists.
#[doc(hidden)]
#[allow(non_camel_case_types)]
pub(crate) enum sync_notes {}
impl sync_notes {
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
                name: "sync",
                guard: __gate::Guard::All(
                    &[
                        __gate::permission::<ReadNotes>(),
                        __gate::permission::<SyncNotes>(),
                    ],
                ),
                arguments: &[
                    __gate::ArgumentInfo {
                        name: "granted",
                        source: __gate::source(
                            __gate::Call::argument::<Granted<'_, SyncNotes>, _>,
                        ),
                    },
                    __gate::ArgumentInfo {
                        name: "since",
                        source: __gate::source(__gate::Call::argument::<String, _>),
                    },
                ],
                at: __at,
                description: "",
                timeout: __gate::Timeout::Default,
                run: __gate::Run::Async(Self::run),
                types: __gate::types!(Self::types),
            },
        )
    };
    /// Runs the function for a call that the authority has allowed.
    #[allow(deprecated)]
    fn run<'a>(
        call: ::portcullis::__private::Call<'a>,
    ) -> ::portcullis::__private::Running<'a> {
        use ::portcullis::__private::{self as __gate, Plain as _};
        call.running(async move {
            let mut granted = call.argument::<Granted<'_, SyncNotes>, _>("granted");
            let mut since = call.argument::<String, _>("since");
            call.decode(&mut [&mut granted, &mut since])?;
            __gate::Output(sync_notes(granted.take()?, since.take()?).await).reply()
        })
    }
    /// The types of what is sent and returned.
    #[allow(deprecated)]
    #[if_typescript]
    fn types() -> ::portcullis::__private::Types {
        use ::portcullis::__private as __gate;
        __gate::Types::new(
            [
                __gate::sent!(argument Granted < '_, SyncNotes >),
                __gate::sent!(argument String),
            ],
            __gate::returned!(Result < Summary, SyncError >),
        )
    }
}
/// If the permission has a scope, an argument takes it.
const _: () = ::portcullis::__private::checks::taken(sync_notes::LISTED, 0, "ReadNotes");
/// If the permission has a scope, an argument takes it.
const _: () = ::portcullis::__private::checks::taken(sync_notes::LISTED, 1, "SyncNotes");
/// If this is about a permission, that permission guards the command.
const _: () = ::portcullis::__private::checks::proof(sync_notes::LISTED, 0);
