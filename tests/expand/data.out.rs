#[::core::prelude::v1::derive(
    ::portcullis::__private::serde::Serialize,
    ::portcullis::__private::serde::Deserialize,
    ::portcullis::__private::schemars::JsonSchema
)]
#[serde(crate = "::portcullis::__private::serde")]
#[schemars(
    crate = "::portcullis::__private::schemars",
    rename = "Note_of_{T}",
    extend(
        "x-rust" = ::core::concat!(::core::module_path!(), "::Note"),
        "x-tag" = {"kind":"Note"}
    )
)]
/// A note.
#[derive(Clone)]
#[serde(rename_all = "camelCase", tag = "kind")]
pub struct Note<T> {
    /// In bytes.
    #[serde(with = "::portcullis::int::number")]
    #[serde(default)]
    #[schemars(with = "::portcullis::int::Number<Option<u64>>")]
    #[schemars(!default, extend("x-optional" = true))]
    pub size: Option<u64>,
    pub inner: T,
}
#[::core::prelude::v1::derive(
    ::portcullis::__private::serde::Serialize,
    ::portcullis::__private::schemars::JsonSchema
)]
#[serde(crate = "::portcullis::__private::serde")]
#[schemars(
    crate = "::portcullis::__private::schemars",
    extend("x-rust" = ::core::concat!(::core::module_path!(), "::Page"))
)]
pub struct Page {
    #[serde(with = "::portcullis::int::bigint")]
    #[schemars(with = "::portcullis::int::BigInt<Vec<u64>>")]
    pub ids: Vec<u64>,
}
