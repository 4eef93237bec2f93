/// A note is another than it was.
#[derive(Event)]
#[event(permission(ReadNotes))]
pub struct NoteChanged {
    pub id: u32,
}
