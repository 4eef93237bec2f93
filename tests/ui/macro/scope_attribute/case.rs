#![allow(unused)]

use portcullis::prelude::*;

#[derive(Scope)]
#[scope(rename_al = "camelCase", colour)]
pub struct UnknownKeys {
    #[scope(defalt)]
    name: String,
    #[scope(skip)]
    copies: Option<u8>,
    #[scope(rename_all = "camelCase")]
    trays: Option<u8>,
}

#[derive(Scope)]
#[scope]
#[scope(rename_all = "SCREAMING", crate)]
pub struct Values {
    #[scope(rename = 5)]
    name: String,
    #[scope(rename, default = 3)]
    copies: Option<u8>,
    #[scope(short = "trays")]
    trays: Option<u8>,
    #[scope = "duplex"]
    duplex: Option<bool>,
}

#[derive(Scope)]
#[scope(rename_all = "camelCase")]
pub struct TwoOfOneName {
    page_count: u32,
    #[scope(rename = "pageCount")]
    pages: u32,
}

#[derive(Scope)]
pub struct TwoShort {
    #[scope(short)]
    name: String,
    #[scope(short)]
    model: String,
}

#[derive(Scope)]
#[scope(rename_all = "camelCase", rename_all = "kebab-case")]
pub struct Twice {
    #[scope(rename = "id", rename = "name")]
    name: String,
    #[scope(default)]
    #[scope(default)]
    copies: Option<u8>,
}

#[derive(Scope)]
pub enum Variants {
    Any,
    #[scope(rename = "Any")]
    All,
    #[scope(default)]
    None,
    Numbered(#[scope(rename = "number")] u8),
    Photo {
        #[scope(short)]
        width: u16,
    },
}

#[derive(Scope)]
pub struct Name(#[scope(rename = "name")] String);

fn main() {}
