/// A note.
#[portcullis::data]
#[derive(Clone)]
#[serde(rename_all = "camelCase", tag = "kind")]
pub struct Note<T> {
    /// In bytes.
    #[data(number)]
    pub size: Option<u64>,
    pub inner: T,
}

#[portcullis::data(output)]
pub struct Page {
    #[data(bigint)]
    pub ids: Vec<u64>,
}
