//! Generated code brings its own names: here the prelude is gone, and nothing is imported.

#![no_implicit_prelude]
#![allow(
    clippy::needless_pass_by_value,
    clippy::unnecessary_wraps,
    clippy::unused_async,
    reason = "a command has the signature that a test is about"
)]

/// Read notes.
#[::core::prelude::v1::derive(::portcullis::Permission)]
#[permission(id = "notes:read")]
struct Read;

/// Write notes.
#[::core::prelude::v1::derive(::portcullis::Permission)]
#[permission(id = "notes:write")]
struct Write;

/// All that can be done with notes.
#[::core::prelude::v1::derive(::portcullis::PermissionSet)]
#[permission_set(id = "notes:all", permissions(Read, Write))]
struct All;

#[::portcullis::command(permission(Read))]
fn read(
    name: &str,
    part: ::core::option::Option<&str>,
    state: ::portcullis::State<'_, u8>,
    granted: ::portcullis::Granted<'_, Read>,
) -> ::core::result::Result<::std::string::String, u8> {
    let _ = (state, granted, part);
    ::core::result::Result::Ok(::core::convert::Into::into(name))
}

// (Not `#[::portcullis::data]`: what schemars derives needs the prelude.)
#[::portcullis::command(permission(Write), bigint(id))]
fn write(id: u64) -> u8 {
    let _ = id;
    7
}

#[::portcullis::command(all_of(Read, Write))]
async fn copy(name: ::std::string::String) -> ::std::string::String {
    name
}

#[::portcullis::command(permission)]
fn own(principal: &::portcullis::Principal) -> bool {
    ::portcullis::Principal::is_local_main(principal)
}

#[::portcullis::command(public("a test"), name = "v", rename_all = "snake_case")]
fn version() {}

::portcullis::commands! {
    Commands: [own, version, #[cfg(any())] gone],
    namespace: "notes",
    set: "notes:own",
    sets: [All],
}

static AUTHORITY: ::portcullis::Authority = ::portcullis::authority! {
    commands: [read, copy, Commands, own as "other", #[cfg(any())] gone],
    capabilities: ["hygiene/capabilities/bare/main.json"],
    windows: ["main"],
    webviews: ["side"],
    clients: ["cli"],
    foreign: ["core"],
};

#[::core::prelude::v1::test]
fn a_program_without_a_prelude_is_guarded() {
    let gate = ::core::result::Result::expect(
        ::portcullis::GateBuilder::build(::portcullis::GateBuilder::state(
            ::portcullis::Gate::new(&AUTHORITY),
            7_u8,
        )),
        "the gate has what it needs",
    );
    let session = ::portcullis::Gate::session(&gate, ::portcullis::Principal::window("main"));
    for (name, arguments, expected) in [
        ("read", r#"{"name":"a"}"#, r#"ok "a""#),
        ("copy", r#"{"name":"a"}"#, r#"ok "a""#),
        ("notes:own", "", "ok true"),
        ("notes:v", "", "ok null"),
        ("other:own", "", "ok true"),
    ] {
        let reply = ::portcullis_tests::call(&session, name, arguments);
        ::std::assert_eq!(::portcullis_tests::line(&reply), expected);
    }
}
