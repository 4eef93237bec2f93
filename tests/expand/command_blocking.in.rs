/// Imports the notes of a folder.
#[command(permission(WriteNotes), blocking, timeout = "10min")]
pub fn import_folder(progress: Channel<Progress>, store: State<'_, Store>) -> Result<u32, ImportError> {
    store.import(|done| progress.blocking_send(&done).is_ok())
}
