//! Generated code is not led astray by what a program calls its own things: types of the prelude's names, types of
//! ours, modules of the names of crates.
//!
//! One clash is known. A command leaves an empty enum of its name in the type namespace, so a module (or a type) of the
//! same name cannot stand beside it: `mod read` and `#[command] fn read` in one scope are rustc's "the name `read` is
//! defined multiple times". Put the command into the module, or name one of them otherwise.

#![allow(unused, reason = "most of it is there to stand in the way")]
#![allow(clippy::expect_used, reason = "a test stops where something is not as it says")]

mod core {
    pub(crate) fn file() {}
}

mod std {
    pub(crate) struct Never;
}

mod alloc {}

mod serde {}

mod serde_json {}

mod portcullis {
    pub(crate) struct Permission;
    pub(crate) mod __private {}
}

struct Option;
struct Result;
struct String;
struct Vec;
struct Box;
struct State;
struct Call;
struct Host;
struct Principal;
struct Granted;
struct Permission;
struct PermissionSet;
struct Grantable;
struct NoScope;
struct Listed;
struct Command;
struct Group;
struct Output;
struct Plain;
struct Policy;
struct Root;
struct View;
struct Tables;
struct Sizes;
struct Running;
struct Finished;
struct Source;
struct At;
struct Authority;
struct TypeId;
struct Pattern;
struct Default;

enum Maybe {
    Some,
    None,
    Ok,
    Err,
    Sync,
    Async,
    All,
    Public,
}

use self::Maybe::{All, Async, Err, None, Ok, Public, Some, Sync};

const POLICY: u8 = 0;
const ROOT: u8 = 0;
const SIZES: u8 = 0;
static TABLES: u8 = 0;
const VIEW: u8 = 0;
const LISTED: u8 = 0;
const INFO: u8 = 0;

fn run() {}
fn hash() {}
fn argument() {}
fn lent() {}
fn decode() {}
fn call() {}

/// What must not be taken for the trait of results.
trait Reply {
    fn reply(&self) {}
}

impl<T> Reply for T {}

macro_rules! shadow {
    ($($name:ident)*) => { $(macro_rules! $name { ($d:tt) => { compile_error!("not this one") } })* };
}

shadow!(file line column concat env include_bytes cfg panic assert vec format);

/// Read notes.
#[derive(::portcullis::Permission)]
#[permission(id = "notes:read")]
struct Read;

/// All that can be done with notes.
#[derive(::portcullis::PermissionSet)]
#[permission_set(id = "notes:all", permissions(Read))]
struct Every;

#[::portcullis::command(permission(Read))]
fn read(name: &str, call: u8, slots: u8, value: ::std::option::Option<&str>) -> ::std::string::String {
    let _ = (call, slots, value);
    name.into()
}

#[::portcullis::command(permission(Read))]
async fn read_later(
    read: ::std::string::String,
    principal: &::portcullis::Principal,
) -> ::std::result::Result<u8, ::std::string::String> {
    ::std::future::ready(principal).await;
    ::std::result::Result::Err(read)
}

#[::portcullis::command(permission)]
fn own() {}

::portcullis::commands! { Commands: [own], namespace: "notes", set: "notes:own" }

static AUTHORITY: ::portcullis::Authority = ::portcullis::authority! {
    commands: [read, read_later, Commands, #[cfg(not(any()))] own],
    sets: [Every],
    capabilities: ["hygiene/capabilities/names/main.json"],
    windows: ["main"],
};

/// What stands in the way of a program's own tests is kept out of them.
mod tests {
    use portcullis_tests::{call, line};

    #[test]
    fn a_program_with_names_of_its_own_is_guarded() {
        let gate = ::portcullis::Gate::new(&super::AUTHORITY).build();
        let session = gate.expect("nothing is needed").session(::portcullis::Principal::window("main"));
        for (name, arguments, expected) in [
            ("read", r#"{"name":"a","call":1,"slots":2}"#, r#"ok "a""#),
            ("read_later", r#"{"read":"a"}"#, r#"error "a""#),
            ("notes:own", "", "ok null"),
            ("own", "", "ok null"),
        ] {
            assert_eq!(line(&call(&session, name, arguments)), expected);
        }
    }
}
