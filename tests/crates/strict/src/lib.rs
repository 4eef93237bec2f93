//! A program that denies every lint there is in a group: what generated code sets off, it sets off here, for
//! `cargo build` and for `cargo clippy`.

#![forbid(unsafe_code)]
#![deny(warnings, missing_docs, unused, future_incompatible, nonstandard_style, rust_2018_idioms)]
#![deny(
    keyword_idents,
    rust_2024_compatibility,
    absolute_paths_not_starting_with_crate,
    explicit_outlives_requirements,
    let_underscore_drop,
    macro_use_extern_crate,
    meta_variable_misuse,
    missing_copy_implementations,
    missing_debug_implementations,
    non_ascii_idents,
    redundant_imports,
    redundant_lifetimes,
    single_use_lifetimes,
    trivial_casts,
    trivial_numeric_casts,
    unit_bindings,
    unnameable_types,
    unreachable_pub,
    unsafe_code,
    unused_import_braces,
    unused_lifetimes,
    unused_macro_rules,
    unused_qualifications,
    unused_results,
    variant_size_differences
)]
#![deny(clippy::all, clippy::pedantic, clippy::nursery)]
#![deny(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::as_conversions,
    clippy::allow_attributes,
    clippy::allow_attributes_without_reason,
    clippy::exhaustive_structs,
    clippy::missing_docs_in_private_items,
    clippy::missing_inline_in_public_items,
    clippy::mod_module_files,
    clippy::std_instead_of_core,
    clippy::absolute_paths,
    clippy::shadow_unrelated,
    clippy::shadow_reuse,
    clippy::shadow_same,
    clippy::single_char_lifetime_names,
    clippy::undocumented_unsafe_blocks,
    clippy::question_mark_used,
    clippy::default_numeric_fallback,
    clippy::pattern_type_mismatch
)]

use core::future::ready;
use std::collections::BTreeMap;

use portcullis::{Authority, Granted, Principal, State};

/// Read notes.
#[derive(Clone, Copy, Debug, portcullis::Permission)]
#[permission(id = "notes:read")]
#[non_exhaustive]
pub struct Read;

/// All that can be done with notes.
#[derive(Clone, Copy, Debug, portcullis::PermissionSet)]
#[permission_set(id = "notes:all", permissions(Read))]
#[non_exhaustive]
pub struct All;

/// Reads a note.
#[portcullis::command(permission(Read))]
#[must_use]
#[inline]
pub fn read(
    note_name: &str,
    part: Option<&str>,
    places: &BTreeMap<String, u32>,
    number: State<'_, u8>,
    granted: Granted<'_, Read>,
) -> String {
    format!("{note_name} {part:?} {places:?} {} {granted:?}", number.get())
}

/// Reads a note, and takes its time.
///
/// # Errors
///
/// If there is no such note.
#[portcullis::command(permission)]
#[inline]
pub async fn read_later(principal: &Principal, r#type: &str) -> Result<String, String> {
    ready(()).await;
    if principal.is_local_main() { Ok(r#type.to_owned()) } else { Err(r#type.to_owned()) }
}

/// A note.
#[portcullis::data]
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Note {
    /// Its number.
    #[data(number)]
    pub id: Option<u64>,
    /// Its title.
    pub title: String,
}

/// Says what a note holds.
#[portcullis::command(public("a test"), bigint(size))]
#[inline]
#[must_use]
pub fn shown(size: u64, note: &Note) -> String {
    format!("{size} {note:?}")
}

/// Says that it is old.
#[portcullis::command(public("a test"))]
#[deprecated = "there is a newer one"]
#[inline]
pub const fn old() {}

portcullis::commands! {
    /// The commands of this program.
    pub Commands: [read_later, shown, old],
    namespace: "later",
    set: "later:all",
    sets: [All],
}

/// Who may call what.
pub static AUTHORITY: Authority = portcullis::authority! {
    commands: [read, Commands],
    capabilities: ["capabilities/main.json"],
    windows: ["main"],
};
