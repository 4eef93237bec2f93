/// Read notes.
#[derive(Permission)]
#[permission(id = "notes:read")]
pub struct ReadNotes;

/// Everything that a reader does.
#[derive(PermissionSet)]
#[permission_set(id = "notes:reader", permissions(ReadNotes, search::SearchNotes))]
pub struct Reader;
