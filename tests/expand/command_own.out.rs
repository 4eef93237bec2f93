fn close_window() {
    close();
}
/// The twin of the function: what stands for the command `close_window` in lists.
#[doc(hidden)]
#[allow(non_camel_case_types)]
enum close_window {}
impl close_window {
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
                name: "close_window",
                guard: __gate::Guard::All(
                    &[
                        &__gate::PermissionInfo {
                            id: "allow-close-window",
                            hash: 0x258fa24328198c4e,
                            type_id: __gate::TypeId::of::<Self>(),
                            description: "",
                            at: __at,
                            members: __gate::Option::None,
                            own: true,
                            scope: __gate::Option::None,
                        },
                    ],
                ),
                arguments: &[],
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
        call.decode(&mut [])?;
        __gate::Output(close_window()).reply()
    }
    /// The types of what is sent and returned.
    #[allow(deprecated)]
    #[if_typescript]
    fn types() -> ::portcullis::__private::Types {
        use ::portcullis::__private as __gate;
        __gate::Types::new([], __gate::returned!(()))
    }
}
fn version() -> &'static str {
    "1"
}
/// The twin of the function: what stands for the command `version` in lists.
#[doc(hidden)]
#[allow(non_camel_case_types)]
enum version {}
impl version {
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
                name: "version",
                guard: __gate::Guard::Public("returns only the version number"),
                arguments: &[],
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
        call.decode(&mut [])?;
        __gate::Output(version()).reply()
    }
    /// The types of what is sent and returned.
    #[allow(deprecated)]
    #[if_typescript]
    fn types() -> ::portcullis::__private::Types {
        use ::portcullis::__private as __gate;
        __gate::Types::new([], __gate::returned!(& 'static str))
    }
}
