#[command(permission(ReadNotes))]
fn read_note(id: u32, store: State<'_, Store>) -> Result<Note, NoteError> {
    store.read(id)
}
