/// Who may call what in a program that Tauri guards in part.
pub static AUTHORITY: Authority = {
    use ::portcullis::__private as __gate;
    const _: &[u8] = ::core::include_bytes!("tauri/gen/acl-manifests.json");
    const _: &[u8] = ::core::include_bytes!("permissions/notes.toml");
    const _: &[u8] = ::core::include_bytes!("tauri/main.json");
    /// What the capability files say, and what the program declares.
    const POLICY: &__gate::Policy = &__gate::Policy {
        windows: &["main"],
        webviews: &[],
        clients: &[],
        foreign: &["core"],
        manifests: __gate::Option::Some("tauri/gen/acl-manifests.json"),
        defined: &[
            __gate::Defined {
                hash: 0x40906c71b95bdbaa,
                id: "notes",
                at: "permissions/notes.toml:2:14",
                file: 0,
            },
        ],
        files: &["tauri/main.json"],
        bases: &[],
        capabilities: &[
            __gate::Capability {
                identifier: "main",
                at: "tauri/main.json:1:1",
                windows: &["main"],
                webviews: &[],
                clients: &[],
                local: true,
                remote: &[],
                any_frame: false,
                platforms: 255,
            },
            __gate::Capability {
                identifier: "main",
                at: "tauri/main.json:1:1",
                windows: &["main"],
                webviews: &[],
                clients: &[],
                local: true,
                remote: &[],
                any_frame: false,
                platforms: 4,
            },
        ],
        grants: &[
            __gate::Grant {
                hash: 0x25671c32f1688f93,
                id: "allow-old-one",
                at: "tauri/main.json:4:44",
                file: 0,
                capability: 0,
                kind: __gate::GrantKind::Grants,
                entries: __gate::Option::None,
                tauri: __gate::Option::Some(
                    &__gate::Application {
                        own: &["allow-old-one"],
                        counts: __gate::Counts::Yes,
                    },
                ),
                way: __gate::Option::None,
            },
            __gate::Grant {
                hash: 0xf1d2e3b733ea395c,
                id: "allow-read-note",
                at: "tauri/main.json:4:35",
                file: 0,
                capability: 1,
                kind: __gate::GrantKind::Grants,
                entries: __gate::Option::None,
                tauri: __gate::Option::None,
                way: __gate::Option::Some(
                    &__gate::Way {
                        by: "`notes` (permissions/notes.toml:2:14)",
                        at: "permissions/notes.toml:4:19",
                        command: "read_note",
                    },
                ),
            },
        ],
        classes: &[&[0, 1]],
    };
    /// What the program lists.
    const ROOT: &__gate::Root = &__gate::Root {
        listed: &[<read_note>::LISTED],
        events: 1,
        sets: &[],
        incomplete: false,
    };
    const SIZES: __gate::Sizes = __gate::Sizes::of(ROOT, POLICY);
    /// Which capabilities grant which command, worked out while this is compiled.
    #[allow(long_running_const_eval)]
    static TABLES: __gate::Tables<
        { SIZES.commands },
        { SIZES.guards },
        { SIZES.rules },
    > = __gate::Tables::build(ROOT, POLICY);
    #[allow(long_running_const_eval)]
    const VIEW: &__gate::View = &TABLES.view().checked(ROOT, POLICY);
    /// Every command of this path is granted to somebody, and has its name for itself.
    #[allow(long_running_const_eval)]
    const _: () = __gate::checks::path(VIEW, ROOT, POLICY, 0);
    /// Every id in this file is that of a permission which a listed command needs.
    #[allow(long_running_const_eval)]
    const _: () = __gate::checks::file(VIEW, ROOT, POLICY, 0);
    /// Nothing that this file defines is something else of the program's.
    #[allow(long_running_const_eval)]
    const _: () = __gate::checks::definitions(VIEW, ROOT, POLICY, 0);
    ::portcullis::Authority::new(ROOT, POLICY, VIEW)
};
