/// The commands of the clock.
pub enum Commands {}
impl Commands {
    /// The group, as lists of commands name it.
    #[doc(hidden)]
    pub const LISTED: ::portcullis::__private::Listed = {
        use ::portcullis::__private as __gate;
        __gate::Listed::Group(
            &__gate::Group {
                namespace: "clock",
                set: "clock:default",
                sets: &[],
                listed: &[
                    <now>::LISTED,
                    #[cfg(all(feature = "alarm"))]
                    <alarm::ring>::LISTED,
                    #[cfg(not(all(feature = "alarm")))]
                    __gate::Listed::Broken,
                ],
                incomplete: !::core::cfg!(all(feature = "alarm")),
                at: __gate::At {
                    file: ::core::file!(),
                    line: ::core::line!(),
                    column: ::core::column!(),
                },
            },
        )
    };
}
