//! Mistakes that the model can be told to make: a comparison that does not find one of them is worth nothing.

/// One way in which a decision could be wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Mutant {
    DenialsForgotten,
    DenialsForEverybody,
    DenialsMindTheFrame,
    SetsAreNotDenied,
    OwnDenialsForgotten,
    GrantsForgetTheFrame,
    GrantsForgetThePlatform,
    GrantsForgetTheOrigin,
    ParentsAreBelowThemselves,
    OpaqueIsHome,
    OptionalIsOn,
    OneOfAllIsEnough,
    PublicToEveryOrigin,
    UndeclaredLabelsCall,
    ScopesOfOtherWindows,
    NarrowingForgotten,
    EntriesOfDenialsAreExact,
    EntriesMindTheFrame,
    OptionalEntriesMindTheFrame,
    TypesAreSwitchedByOneId,
    DeadDenialsPass,
    UnreachedCommandsPass,
    StrayGlobsPass,
}

impl Mutant {
    /// Each of them.
    pub const EVERY: [Self; 23] = [
        Self::DenialsForgotten,
        Self::DenialsForEverybody,
        Self::DenialsMindTheFrame,
        Self::SetsAreNotDenied,
        Self::OwnDenialsForgotten,
        Self::GrantsForgetTheFrame,
        Self::GrantsForgetThePlatform,
        Self::GrantsForgetTheOrigin,
        Self::ParentsAreBelowThemselves,
        Self::OpaqueIsHome,
        Self::OptionalIsOn,
        Self::OneOfAllIsEnough,
        Self::PublicToEveryOrigin,
        Self::UndeclaredLabelsCall,
        Self::ScopesOfOtherWindows,
        Self::NarrowingForgotten,
        Self::EntriesOfDenialsAreExact,
        Self::EntriesMindTheFrame,
        Self::OptionalEntriesMindTheFrame,
        Self::TypesAreSwitchedByOneId,
        Self::DeadDenialsPass,
        Self::UnreachedCommandsPass,
        Self::StrayGlobsPass,
    ];
}
