//! A program with something of everything, and the same as a world of the reference model.

use std::sync::LazyLock;

use portcullis::prelude::*;
use portcullis_tests_clock as clock;
use portcullis_tests_model::{
    World,
    compare::platform,
    file,
    model::{Model, OFF},
    world::{self, Caller, From, Guard, Member},
};
use proptest::prelude::*;

/// Read notes.
#[derive(Permission)]
#[permission(id = "notes:read")]
pub(super) struct Read;

/// Write notes.
#[derive(Permission)]
#[permission(id = "notes:write")]
pub(super) struct Write;

/// All that can be done with notes.
#[derive(PermissionSet)]
#[permission_set(id = "notes:all", permissions(Read, Write))]
pub(super) struct All;

#[portcullis::command(permission(Read))]
pub(super) fn read() {}

#[portcullis::command(permission(Write))]
pub(super) fn write() {}

#[portcullis::command(all_of(Read, Write))]
pub(super) fn copy() {}

#[portcullis::command(permission)]
pub(super) fn own() {}

#[portcullis::command(public("a test"))]
pub(super) fn version() {}

pub(super) static AUTHORITY: Authority = portcullis::authority! {
    commands: [read, write, copy, own, version, clock::Commands],
    sets: [All],
    capabilities: [
        "behaviour/capabilities/properties/grants.json",
        "behaviour/capabilities/properties/denials.json",
    ],
    windows: ["main", "viewer-*", "t?ol"],
    webviews: ["side-?", "main"],
    clients: ["cli", "agent"],
};

/// The same files.
pub(super) const FILES: &[&str] = &[
    include_str!("../capabilities/properties/grants.json"),
    include_str!("../capabilities/properties/denials.json"),
];

pub(super) const COMMANDS: [&str; 9] =
    ["read", "write", "copy", "own", "version", "clock:now", "clock:set", "clock:wind_up", "unheard_of"];

/// The program as a world.
pub(super) static WORLD: LazyLock<World> = LazyLock::new(|| world_of(FILES));

/// The program with these files, as a world.
pub(super) fn world_of(files: &[&str]) -> World {
    let command = |name: &str, guard| world::Command { name: name.to_owned(), guard };
    let owned = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect();
    let permission = |id: &&str| world::Permission { id: (*id).to_owned(), scoped: false };
    let set = |id: &str, members: &[usize]| world::Set {
        id: id.to_owned(),
        members: members.iter().map(|&index| Member::Permission(index)).collect(),
    };
    World {
        windows: owned(&["main", "viewer-*", "t?ol"]),
        webviews: owned(&["side-?", "main"]),
        clients: owned(&["cli", "agent"]),
        permissions: ["notes:read", "notes:write", "clock:read", "clock:set"]
            .iter()
            .map(permission)
            .collect(),
        sets: vec![set("notes:all", &[0, 1]), set("clock:watcher", &[2])],
        commands: vec![
            command("read", Guard::All(vec![0])),
            command("write", Guard::All(vec![1])),
            command("copy", Guard::All(vec![0, 1])),
            command("own", Guard::Own),
            command("version", Guard::Public),
        ],
        groups: vec![world::Group {
            namespace: "clock".to_owned(),
            listed_as: None,
            set: Some("clock:all".to_owned()),
            commands: vec![
                command("now", Guard::All(vec![2])),
                command("set", Guard::All(vec![3])),
                command("wind_up", Guard::Own),
            ],
        }],
        capabilities: files.iter().flat_map(|text| file::read(text).unwrap()).collect(),
        ..World::default()
    }
}

/// Whether the model lets a caller call a command: of a name that is none, nobody.
pub(super) fn may_call(world: &World, caller: &Caller, command: &str) -> bool {
    let model = Model::new(world, platform());
    world.all_commands().iter().any(|named| named.name == command && model.may_call(caller, named, OFF))
}

/// Whether the model says that a permission of a command is denied.
pub(super) fn is_denied(world: &World, caller: &Caller, command: &str) -> bool {
    let model = Model::new(world, platform());
    let commands = world.all_commands();
    let mut needs =
        commands.iter().filter(|named| named.name == command).flat_map(|named| named.needs.iter().flatten());
    needs.any(|need| model.is_denied(caller, &need.id))
}

/// Anybody.
pub(super) fn callers() -> impl Strategy<Value = Caller> {
    let label = prop_oneof![
        4 => prop::sample::select(vec!["main", "viewer-1", "viewer-12", "tool", "side-1"]).prop_map(str::to_owned),
        1 => "(viewer-|side-|t|main)[a-z1-9é*?-]{0,3}",
        1 => "[a-z]{0,4}",
    ];
    let port = prop::sample::select(vec!["", ":8443", ":80", ":443"]);
    let host = prop::sample::select(vec![
        "example.com",
        "a.example.com",
        "b.a.example.com",
        "example.org",
        "xample.com",
    ]);
    let origin = (prop::sample::select(vec!["https", "http", "app"]), host, port)
        .prop_filter("a browser leaves the port of the scheme out", |(scheme, _, port)| {
            !matches!((*scheme, *port), ("https", ":443") | ("http", ":80"))
        })
        .prop_map(|(scheme, host, port)| From::Origin(format!("{scheme}://{host}{port}")));
    let from = prop_oneof![3 => Just(From::Home), 3 => origin, 1 => Just(From::Opaque)];
    let window = (label.clone(), prop::option::of(label), from, any::<bool>()).prop_map(
        |(window, webview, from, main_frame)| Caller::Window {
            webview: webview.unwrap_or_else(|| window.clone()),
            window,
            from,
            main_frame,
        },
    );
    let client = prop_oneof!["cli|agent|main", "[a-z]{0,3}"].prop_map(Caller::Client);
    prop_oneof![6 => window, 1 => client]
}
