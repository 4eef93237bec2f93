//! Who is told when something that was admitted by its form turns out to be outside of its scope when it is used.

use std::fmt;

use crate::{compile::tables::Entry, model::PermissionInfo, session::Session};

/// Takes refusals that come after admission to the log and the audit trail of the call that they belong to.
#[derive(Clone)]
pub struct Auditor(Option<Of>);

#[derive(Clone)]
struct Of {
    session: Session,
    entry: &'static Entry,
    permission: &'static PermissionInfo,
    argument: &'static str,
}

impl Auditor {
    /// One that tells nobody: outside of a call.
    pub(crate) const fn nobody() -> Self {
        Self(None)
    }

    pub(crate) fn of(
        session: &Session,
        entry: &'static Entry,
        permission: &'static PermissionInfo,
        argument: &'static str,
    ) -> Self {
        Self(Some(Of { session: session.clone(), entry, permission, argument }))
    }

    /// Takes note of a refusal.
    #[cold]
    pub fn refused(&self, why: &str) {
        if let Some(Of { session, entry, permission, argument }) = &self.0 {
            session.audit(entry, permission, argument, why);
        }
    }
}

impl fmt::Debug for Auditor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Auditor")
    }
}
