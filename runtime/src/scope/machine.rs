//! What scopes may know of the machine and the program: base folders. Resolved once, when the gate is built.

/// What scopes may know of the machine.
#[derive(Clone, Debug, Default)]
pub struct Machine {
    #[cfg(feature = "path")]
    pub(crate) bases: std::sync::Arc<super::path::Bases>,
}
