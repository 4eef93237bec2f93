portcullis::commands! {
    /// The commands of the clock.
    pub Commands: [now, #[cfg(feature = "alarm")] alarm::ring],
    namespace: "clock",
    set: "clock:default",
}
