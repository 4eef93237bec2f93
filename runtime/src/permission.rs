//! Permissions and permission sets as types.

use crate::model::PermissionInfo;

/// Something that a capability file may name: a permission, or a set of them.
///
/// Implemented by `derive(Permission)` and `derive(PermissionSet)`, and by nothing else: what it holds is checked
/// there.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is neither a permission nor a permission set",
    label = "not a permission",
    note = "declare it with `#[derive(portcullis::Permission)]` and `#[permission(id = \"..\")]`"
)]
pub trait Grantable: Sized + 'static {
    #[doc(hidden)]
    const INFO: &'static PermissionInfo;
}

/// The right to call the commands that name it.
///
/// ```
/// use portcullis::prelude::*;
///
/// /// Read notes.
/// #[derive(Permission)]
/// #[permission(id = "notes:read")]
/// pub struct ReadNotes;
///
/// #[portcullis::command(permission(ReadNotes))]
/// fn read_note(id: u32) -> String {
///     format!("note {id}")
/// }
/// ```
///
/// The doc comment is the description that people are shown.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a permission",
    label = "not a permission",
    note = "declare it with `#[derive(portcullis::Permission)]` and `#[permission(id = \"..\")]`",
    note = "a permission set guards no command: name one of its permissions"
)]
pub trait Permission: Grantable {
    /// What a grant narrows the permission to: `#[permission(id = "..", scope = ..)]`, or [`NoScope`].
    type Scope: 'static;
}

/// A named group of permissions, which a capability file may grant or deny as one.
///
/// ```
/// use portcullis::prelude::*;
///
/// /// Read notes.
/// #[derive(Permission)]
/// #[permission(id = "notes:read")]
/// pub struct ReadNotes;
///
/// /// Search in notes.
/// #[derive(Permission)]
/// #[permission(id = "notes:search")]
/// pub struct SearchNotes;
///
/// /// Everything that a reader does.
/// #[derive(PermissionSet)]
/// #[permission_set(id = "notes:reader", permissions(ReadNotes, SearchNotes))]
/// pub struct Reader;
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a permission set",
    label = "not a permission set",
    note = "declare it with `#[derive(portcullis::PermissionSet)]` and `#[permission_set(id = \"..\", permissions(..))]`"
)]
pub trait PermissionSet: Grantable {}

/// The scope of a permission that has none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoScope;
