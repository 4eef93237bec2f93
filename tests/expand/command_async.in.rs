#[portcullis::command(all_of(ReadNotes, SyncNotes), name = "sync")]
pub(crate) async fn sync_notes(granted: Granted<'_, SyncNotes>, since: String) -> Result<Summary, SyncError> {
    remote::sync(granted, since).await
}
