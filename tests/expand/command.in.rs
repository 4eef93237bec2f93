/// Reads one note.
#[portcullis::command(permission(ReadNotes))]
pub fn read_note(note_id: u32, title: Option<&str>, db: State<'_, Db>) -> Result<Note, NoteError> {
    db.read(note_id, title)
}
