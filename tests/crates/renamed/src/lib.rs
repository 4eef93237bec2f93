//! A program that knows the crate by another name, and tells the macros so.

#![forbid(unsafe_code)]

use gate::{Authority, Granted, State};

/// Read notes.
#[derive(gate::Permission)]
#[permission(id = "notes:read", crate = gate)]
pub struct Read;

/// All that can be done with notes.
#[derive(gate::PermissionSet)]
#[permission_set(id = "notes:all", permissions(Read), crate = gate)]
pub struct All;

/// Reads a note.
#[gate::command(permission(Read), crate = gate)]
pub fn read(name: &str, number: State<'_, u8>, granted: Granted<'_, Read>) -> String {
    format!("{name} {} {granted:?}", number.get())
}

/// A note.
#[gate::data(crate = gate)]
pub struct Note<T> {
    /// Its number.
    #[data(string)]
    #[serde(default)]
    pub id: u64,
    /// What it holds.
    pub inner: T,
}

/// Does not read a note, and takes its time.
///
/// # Errors
///
/// Always.
#[gate::command(permission, crate = ::gate)]
pub async fn read_later(name: String) -> Result<String, String> {
    std::future::ready(()).await;
    Err(name)
}

gate::commands! {
    /// The commands of this program.
    pub Commands: [read_later],
    namespace: "later",
    set: "later:all",
    sets: [All],
}

/// Who may call what.
pub static AUTHORITY: Authority = gate::authority! {
    commands: [read, Commands],
    capabilities: ["capabilities/main.json"],
    windows: ["main"],
};
