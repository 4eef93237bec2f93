/// Who may call what in this program.
pub static AUTHORITY: Authority = {
    use ::portcullis::__private as __gate;
    const _: &[u8] = ::core::include_bytes!("capabilities/main.json");
    /// What the capability files say, and what the program declares.
    const POLICY: &__gate::Policy = &__gate::Policy {
        windows: &["main", "viewer-*"],
        webviews: &[],
        clients: &[],
        foreign: &["core"],
        manifests: __gate::Option::None,
        defined: &[],
        files: &["capabilities/main.json"],
        bases: &[],
        capabilities: &[
            __gate::Capability {
                identifier: "main",
                at: "capabilities/main.json:2:3",
                windows: &["main"],
                webviews: &[],
                clients: &[],
                local: true,
                remote: &[],
                any_frame: false,
                platforms: 255,
            },
            __gate::Capability {
                identifier: "viewer",
                at: "capabilities/main.json:7:3",
                windows: &["viewer-*"],
                webviews: &[],
                clients: &[],
                local: false,
                remote: &[
                    __gate::Pattern {
                        scheme: __gate::Scheme::Exact("https"),
                        host: __gate::HostPattern::Under("example.com"),
                        port: __gate::Port::Default,
                    },
                ],
                any_frame: false,
                platforms: 255,
            },
        ],
        grants: &[
            __gate::Grant {
                hash: 0x062438c5fa335847,
                id: "time:default",
                at: "capabilities/main.json:5:51",
                file: 0,
                capability: 0,
                kind: __gate::GrantKind::Grants,
                entries: __gate::Option::None,
                tauri: __gate::Option::None,
                way: __gate::Option::None,
            },
            __gate::Grant {
                hash: 0x062438c5fa335847,
                id: "time:default",
                at: "capabilities/main.json:13:14",
                file: 0,
                capability: 1,
                kind: __gate::GrantKind::Denies,
                entries: __gate::Option::None,
                tauri: __gate::Option::None,
                way: __gate::Option::None,
            },
            __gate::Grant {
                hash: 0xd660cf7f668f9924,
                id: "notes:read",
                at: "capabilities/main.json:5:37",
                file: 0,
                capability: 0,
                kind: __gate::GrantKind::Grants,
                entries: __gate::Option::None,
                tauri: __gate::Option::None,
                way: __gate::Option::None,
            },
            __gate::Grant {
                hash: 0xd660cf7f668f9924,
                id: "notes:read",
                at: "capabilities/main.json:12:21",
                file: 0,
                capability: 1,
                kind: __gate::GrantKind::Grants,
                entries: __gate::Option::None,
                tauri: __gate::Option::None,
                way: __gate::Option::None,
            },
        ],
        classes: &[&[0], &[1]],
    };
    /// What the program lists.
    const ROOT: &__gate::Root = &__gate::Root {
        listed: &[
            <notes::read_note>::LISTED,
            __gate::renamed(<clock::Commands>::LISTED, "time"),
        ],
        events: 2,
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
    /// Every command of this path is granted to somebody, and has its name for itself.
    #[allow(long_running_const_eval)]
    const _: () = __gate::checks::path(VIEW, ROOT, POLICY, 1);
    /// Every id in this file is that of a permission which a listed command needs.
    #[allow(long_running_const_eval)]
    const _: () = __gate::checks::file(VIEW, ROOT, POLICY, 0);
    ::portcullis::Authority::new(ROOT, POLICY, VIEW)
};
