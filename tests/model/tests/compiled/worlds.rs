//! Written by the test `written`.

mod world_00 {
    use crate::prelude::*;

    /// Permission `p`.
    #[derive(Permission)]
    #[permission(id = "p", scope = Word)]
    struct Permission0;

    /// Permission `q`.
    #[derive(Permission)]
    #[permission(id = "q", scope = Word)]
    struct Permission1;

    /// Permission `r`.
    #[derive(Permission)]
    #[permission(id = "r")]
    struct Permission2;

    /// Permission `s:x`.
    #[derive(Permission)]
    #[permission(id = "s:x", scope = Word)]
    struct Permission3;

    /// Permission `n:y`.
    #[derive(Permission)]
    #[permission(id = "n:y")]
    struct Permission4;

    /// Permission `n:z`.
    #[derive(Permission)]
    #[permission(id = "n:z", scope = Word)]
    struct Permission5;

    /// Set `all`.
    #[derive(PermissionSet)]
    #[permission_set(id = "all", permissions(Permission3))]
    struct Set0;

    #[command(all_of(Permission1, Permission4))]
    fn one(word: Checked<Permission1>) -> String {
        word.into_inner()
    }

    #[command(permission(Permission5))]
    fn two_words(word: Checked<Permission5>) -> String {
        word.into_inner()
    }

    #[command(permission(Permission1))]
    fn three(word: Checked<Permission1>) -> String {
        word.into_inner()
    }

    #[command(permission(Permission0))]
    fn four(word: Checked<Permission0>) -> String {
        word.into_inner()
    }

    mod group_0 {
        use super::*;

        #[command(public("a world"))]
        fn one() {}

        #[command(all_of(Permission5, Permission2))]
        fn two_words(word: Checked<Permission5>) -> String {
            word.into_inner()
        }

        #[command(permission(Permission4))]
        fn three() {}

        portcullis::commands! { pub(super) Group: [one, two_words, three], namespace: "n", set: "n:all" }
    }

    pub(crate) static AUTHORITY: Authority = authority! {
        commands: [one, two_words, three, four, group_0::Group as "m"],
        sets: [Set0],
        capabilities: ["tests/compiled/00/0.toml", "tests/compiled/00/1.json"],
        windows: ["??", "a"],
        webviews: [],
        clients: ["tool"],
        foreign: [],
    };

    pub(crate) static SWITCHES: &[Switch] = &[
        Switch::of::<Permission0>("p"),
        Switch::of::<Permission1>("q"),
        Switch::of::<Permission2>("r"),
        Switch::of::<Permission3>("s:x"),
        Switch::of::<Permission4>("n:y"),
        Switch::of::<Permission5>("n:z"),
    ];
}

mod world_01 {
    use crate::prelude::*;

    /// Permission `p`.
    #[derive(Permission)]
    #[permission(id = "p")]
    struct Permission0;

    /// Permission `q`.
    #[derive(Permission)]
    #[permission(id = "q")]
    struct Permission1;

    /// Permission `r`.
    #[derive(Permission)]
    #[permission(id = "r")]
    struct Permission2;

    /// Permission `s:x`.
    #[derive(Permission)]
    #[permission(id = "s:x")]
    struct Permission3;

    /// Permission `n:y`.
    #[derive(Permission)]
    #[permission(id = "n:y")]
    struct Permission4;

    /// Permission `n:z`.
    #[derive(Permission)]
    #[permission(id = "n:z", scope = Word)]
    struct Permission5;

    /// Set `some`.
    #[derive(PermissionSet)]
    #[permission_set(id = "some", permissions(Permission2, Permission2))]
    struct Set0;

    #[command(all_of(Permission3, Permission1))]
    fn one() {}

    #[command(permission(Permission1))]
    fn two_words() {}

    pub(crate) static AUTHORITY: Authority = authority! {
        commands: [one, two_words],
        sets: [Set0],
        capabilities: ["tests/compiled/01/0.json"],
        windows: ["??"],
        webviews: [],
        clients: [],
        foreign: [],
    };

    pub(crate) static SWITCHES: &[Switch] = &[
        Switch::of::<Permission0>("p"),
        Switch::of::<Permission1>("q"),
        Switch::of::<Permission2>("r"),
        Switch::of::<Permission3>("s:x"),
        Switch::of::<Permission4>("n:y"),
        Switch::of::<Permission5>("n:z"),
    ];
}

mod world_02 {
    use crate::prelude::*;

    /// Permission `p`.
    #[derive(Permission)]
    #[permission(id = "p", scope = Word)]
    struct Permission0;

    /// Permission `q`.
    #[derive(Permission)]
    #[permission(id = "q", scope = Word)]
    struct Permission1;

    /// Permission `r`.
    #[derive(Permission)]
    #[permission(id = "r")]
    struct Permission2;

    /// Permission `s:x`.
    #[derive(Permission)]
    #[permission(id = "s:x", scope = Word)]
    struct Permission3;

    /// Permission `n:y`.
    #[derive(Permission)]
    #[permission(id = "n:y")]
    struct Permission4;

    /// Permission `n:z`.
    #[derive(Permission)]
    #[permission(id = "n:z")]
    struct Permission5;

    /// Set `s:most`.
    #[derive(PermissionSet)]
    #[permission_set(id = "s:most", permissions(Permission3, Permission5))]
    struct Set0;

    #[command(permission(Permission1))]
    fn one(word: Checked<Permission1>) -> String {
        word.into_inner()
    }

    #[command(permission(Permission1))]
    fn two_words(word: Checked<Permission1>) -> String {
        word.into_inner()
    }

    #[command(permission(Permission5))]
    fn three() {}

    mod group_0 {
        use super::*;

        #[command(all_of(Permission5, Permission0))]
        fn one(word: Checked<Permission0>) -> String {
            word.into_inner()
        }

        portcullis::commands! { pub(super) Group: [one], namespace: "n", set: "n:all" }
    }

    pub(crate) static AUTHORITY: Authority = authority! {
        commands: [one, two_words, three, group_0::Group as "s"],
        sets: [Set0],
        capabilities: ["tests/compiled/02/0.json5", "tests/compiled/02/1.toml"],
        windows: ["ab", "b*a", "?"],
        webviews: [],
        clients: ["cli"],
        foreign: [],
    };

    pub(crate) static SWITCHES: &[Switch] = &[
        Switch::of::<Permission0>("p"),
        Switch::of::<Permission1>("q"),
        Switch::of::<Permission2>("r"),
        Switch::of::<Permission3>("s:x"),
        Switch::of::<Permission4>("n:y"),
        Switch::of::<Permission5>("n:z"),
    ];
}

mod world_03 {
    use crate::prelude::*;

    /// Permission `p`.
    #[derive(Permission)]
    #[permission(id = "p")]
    struct Permission0;

    /// Permission `q`.
    #[derive(Permission)]
    #[permission(id = "q")]
    struct Permission1;

    /// Permission `r`.
    #[derive(Permission)]
    #[permission(id = "r", scope = Word)]
    struct Permission2;

    /// Permission `s:x`.
    #[derive(Permission)]
    #[permission(id = "s:x", scope = Word)]
    struct Permission3;

    /// Permission `n:y`.
    #[derive(Permission)]
    #[permission(id = "n:y", scope = Word)]
    struct Permission4;

    /// Permission `n:z`.
    #[derive(Permission)]
    #[permission(id = "n:z")]
    struct Permission5;

    /// Set `all`.
    #[derive(PermissionSet)]
    #[permission_set(id = "all", permissions(Permission1, Permission0))]
    struct Set0;

    /// Set `some`.
    #[derive(PermissionSet)]
    #[permission_set(id = "some", permissions(Set0))]
    struct Set1;

    #[command(permission(Permission3))]
    fn one(word: Checked<Permission3>) -> String {
        word.into_inner()
    }

    pub(crate) static AUTHORITY: Authority = authority! {
        commands: [one],
        sets: [Set0, Set1],
        capabilities: ["tests/compiled/03/0.toml", "tests/compiled/03/1.json"],
        windows: ["a", "*a*"],
        webviews: [],
        clients: ["cli"],
        foreign: [],
    };

    pub(crate) static SWITCHES: &[Switch] = &[
        Switch::of::<Permission0>("p"),
        Switch::of::<Permission1>("q"),
        Switch::of::<Permission2>("r"),
        Switch::of::<Permission3>("s:x"),
        Switch::of::<Permission4>("n:y"),
        Switch::of::<Permission5>("n:z"),
    ];
}

mod world_04 {
    use crate::prelude::*;

    /// Permission `p`.
    #[derive(Permission)]
    #[permission(id = "p", scope = Word)]
    struct Permission0;

    /// Permission `q`.
    #[derive(Permission)]
    #[permission(id = "q")]
    struct Permission1;

    /// Permission `r`.
    #[derive(Permission)]
    #[permission(id = "r")]
    struct Permission2;

    /// Permission `s:x`.
    #[derive(Permission)]
    #[permission(id = "s:x", scope = Word)]
    struct Permission3;

    /// Permission `n:y`.
    #[derive(Permission)]
    #[permission(id = "n:y", scope = Word)]
    struct Permission4;

    /// Permission `n:z`.
    #[derive(Permission)]
    #[permission(id = "n:z")]
    struct Permission5;

    /// Set `all`.
    #[derive(PermissionSet)]
    #[permission_set(id = "all", permissions(Permission4, Permission0))]
    struct Set0;

    /// Set `s:most`.
    #[derive(PermissionSet)]
    #[permission_set(id = "s:most", permissions(Set0))]
    struct Set1;

    #[command(permission(Permission2))]
    fn one() {}

    #[command(permission(Permission3))]
    fn two_words(word: Checked<Permission3>) -> String {
        word.into_inner()
    }

    #[command(permission(Permission2))]
    fn three() {}

    #[command(all_of(Permission1, Permission2))]
    fn four() {}

    mod group_0 {
        use super::*;

        #[command(permission(Permission3))]
        fn one(word: Checked<Permission3>) -> String {
            word.into_inner()
        }

        #[command(public("a world"))]
        fn two_words() {}

        #[command(all_of(Permission1, Permission0))]
        fn three(word: Checked<Permission0>) -> String {
            word.into_inner()
        }

        portcullis::commands! { pub(super) Group: [one, two_words, three], namespace: "n", set: "n:all" }
    }

    pub(crate) static AUTHORITY: Authority = authority! {
        commands: [one, two_words, three, four, group_0::Group as "s"],
        sets: [Set0, Set1],
        capabilities: ["tests/compiled/04/0.json5", "tests/compiled/04/1.toml"],
        windows: ["??"],
        webviews: ["b", "*a*"],
        clients: ["tool", "cli"],
        foreign: [],
    };

    pub(crate) static SWITCHES: &[Switch] = &[
        Switch::of::<Permission0>("p"),
        Switch::of::<Permission1>("q"),
        Switch::of::<Permission2>("r"),
        Switch::of::<Permission3>("s:x"),
        Switch::of::<Permission4>("n:y"),
        Switch::of::<Permission5>("n:z"),
    ];
}

mod world_05 {
    use crate::prelude::*;

    /// Permission `p`.
    #[derive(Permission)]
    #[permission(id = "p")]
    struct Permission0;

    /// Permission `q`.
    #[derive(Permission)]
    #[permission(id = "q")]
    struct Permission1;

    /// Permission `r`.
    #[derive(Permission)]
    #[permission(id = "r")]
    struct Permission2;

    /// Permission `s:x`.
    #[derive(Permission)]
    #[permission(id = "s:x")]
    struct Permission3;

    /// Permission `n:y`.
    #[derive(Permission)]
    #[permission(id = "n:y")]
    struct Permission4;

    /// Permission `n:z`.
    #[derive(Permission)]
    #[permission(id = "n:z")]
    struct Permission5;

    /// Set `s:most`.
    #[derive(PermissionSet)]
    #[permission_set(id = "s:most", permissions(Permission2, Permission1, Permission0))]
    struct Set0;

    /// Set `some`.
    #[derive(PermissionSet)]
    #[permission_set(id = "some", permissions(Set0))]
    struct Set1;

    #[command(permission)]
    fn one() {}

    #[command(all_of(Permission0, Permission5))]
    fn two_words() {}

    #[command(public("a world"))]
    fn three() {}

    #[command(all_of(Permission2, Permission4))]
    fn four() {}

    pub(crate) static AUTHORITY: Authority = authority! {
        commands: [one, two_words, three, four],
        sets: [Set0, Set1],
        capabilities: ["tests/compiled/05/0.json", "tests/compiled/05/1.json"],
        windows: ["ab", "a"],
        webviews: ["ab", "a"],
        clients: ["agent"],
        foreign: [],
    };

    pub(crate) static SWITCHES: &[Switch] = &[
        Switch::of::<Permission0>("p"),
        Switch::of::<Permission1>("q"),
        Switch::of::<Permission2>("r"),
        Switch::of::<Permission3>("s:x"),
        Switch::of::<Permission4>("n:y"),
        Switch::of::<Permission5>("n:z"),
    ];
}

mod world_06 {
    use crate::prelude::*;

    /// Permission `p`.
    #[derive(Permission)]
    #[permission(id = "p")]
    struct Permission0;

    /// Permission `q`.
    #[derive(Permission)]
    #[permission(id = "q")]
    struct Permission1;

    /// Permission `r`.
    #[derive(Permission)]
    #[permission(id = "r")]
    struct Permission2;

    /// Permission `s:x`.
    #[derive(Permission)]
    #[permission(id = "s:x")]
    struct Permission3;

    /// Permission `n:y`.
    #[derive(Permission)]
    #[permission(id = "n:y")]
    struct Permission4;

    /// Permission `n:z`.
    #[derive(Permission)]
    #[permission(id = "n:z")]
    struct Permission5;

    /// Set `s:most`.
    #[derive(PermissionSet)]
    #[permission_set(id = "s:most", permissions(Permission3, Permission2))]
    struct Set0;

    #[command(permission(Permission2))]
    fn one() {}

    #[command(all_of(Permission1, Permission5, Permission4))]
    fn two_words() {}

    #[command(permission(Permission1))]
    fn three() {}

    #[command(permission(Permission1))]
    fn four() {}

    pub(crate) static AUTHORITY: Authority = authority! {
        commands: [one, two_words, three, four],
        sets: [Set0],
        capabilities: ["tests/compiled/06/0.json", "tests/compiled/06/1.json"],
        windows: ["??"],
        webviews: [],
        clients: ["cli"],
        foreign: [],
    };

    pub(crate) static SWITCHES: &[Switch] = &[
        Switch::of::<Permission0>("p"),
        Switch::of::<Permission1>("q"),
        Switch::of::<Permission2>("r"),
        Switch::of::<Permission3>("s:x"),
        Switch::of::<Permission4>("n:y"),
        Switch::of::<Permission5>("n:z"),
    ];
}

mod world_07 {
    use crate::prelude::*;

    /// Permission `p`.
    #[derive(Permission)]
    #[permission(id = "p", scope = Word)]
    struct Permission0;

    /// Permission `q`.
    #[derive(Permission)]
    #[permission(id = "q")]
    struct Permission1;

    /// Permission `r`.
    #[derive(Permission)]
    #[permission(id = "r")]
    struct Permission2;

    /// Permission `s:x`.
    #[derive(Permission)]
    #[permission(id = "s:x")]
    struct Permission3;

    /// Permission `n:y`.
    #[derive(Permission)]
    #[permission(id = "n:y")]
    struct Permission4;

    /// Permission `n:z`.
    #[derive(Permission)]
    #[permission(id = "n:z")]
    struct Permission5;

    /// Set `some`.
    #[derive(PermissionSet)]
    #[permission_set(id = "some", permissions(Permission1, Permission1))]
    struct Set0;

    #[command(permission(Permission1))]
    fn one() {}

    #[command(permission(Permission5))]
    fn two_words() {}

    #[command(permission(Permission3))]
    fn three() {}

    pub(crate) static AUTHORITY: Authority = authority! {
        commands: [one, two_words, three],
        sets: [Set0],
        capabilities: ["tests/compiled/07/0.json5"],
        windows: ["b*a"],
        webviews: ["b"],
        clients: [],
        foreign: ["f"],
    };

    pub(crate) static SWITCHES: &[Switch] = &[
        Switch::of::<Permission0>("p"),
        Switch::of::<Permission1>("q"),
        Switch::of::<Permission2>("r"),
        Switch::of::<Permission3>("s:x"),
        Switch::of::<Permission4>("n:y"),
        Switch::of::<Permission5>("n:z"),
    ];
}

mod world_08 {
    use crate::prelude::*;

    /// Permission `p`.
    #[derive(Permission)]
    #[permission(id = "p")]
    struct Permission0;

    /// Permission `q`.
    #[derive(Permission)]
    #[permission(id = "q", scope = Word)]
    struct Permission1;

    /// Permission `r`.
    #[derive(Permission)]
    #[permission(id = "r")]
    struct Permission2;

    /// Permission `s:x`.
    #[derive(Permission)]
    #[permission(id = "s:x", scope = Word)]
    struct Permission3;

    /// Permission `n:y`.
    #[derive(Permission)]
    #[permission(id = "n:y")]
    struct Permission4;

    /// Permission `n:z`.
    #[derive(Permission)]
    #[permission(id = "n:z", scope = Word)]
    struct Permission5;

    /// Set `all`.
    #[derive(PermissionSet)]
    #[permission_set(id = "all", permissions(Permission3, Permission5))]
    struct Set0;

    /// Set `s:most`.
    #[derive(PermissionSet)]
    #[permission_set(id = "s:most", permissions(Set0))]
    struct Set1;

    /// Set `some`.
    #[derive(PermissionSet)]
    #[permission_set(id = "some", permissions(Permission0, Permission4))]
    struct Set2;

    #[command(permission(Permission0))]
    fn two_words() {}

    #[command(permission(Permission0))]
    fn four() {}

    pub(crate) static AUTHORITY: Authority = authority! {
        commands: [two_words, four],
        sets: [Set0, Set1, Set2],
        capabilities: ["tests/compiled/08/0.json5"],
        windows: ["b*a"],
        webviews: ["??"],
        clients: [],
        foreign: ["f"],
    };

    pub(crate) static SWITCHES: &[Switch] = &[
        Switch::of::<Permission0>("p"),
        Switch::of::<Permission1>("q"),
        Switch::of::<Permission2>("r"),
        Switch::of::<Permission3>("s:x"),
        Switch::of::<Permission4>("n:y"),
        Switch::of::<Permission5>("n:z"),
    ];
}

mod world_09 {
    use crate::prelude::*;

    /// Permission `p`.
    #[derive(Permission)]
    #[permission(id = "p", scope = Word)]
    struct Permission0;

    /// Permission `q`.
    #[derive(Permission)]
    #[permission(id = "q")]
    struct Permission1;

    /// Permission `r`.
    #[derive(Permission)]
    #[permission(id = "r", scope = Word)]
    struct Permission2;

    /// Permission `s:x`.
    #[derive(Permission)]
    #[permission(id = "s:x")]
    struct Permission3;

    /// Permission `n:y`.
    #[derive(Permission)]
    #[permission(id = "n:y")]
    struct Permission4;

    /// Permission `n:z`.
    #[derive(Permission)]
    #[permission(id = "n:z")]
    struct Permission5;

    /// Set `all`.
    #[derive(PermissionSet)]
    #[permission_set(id = "all", permissions(Permission1, Permission1, Permission3))]
    struct Set0;

    #[command(permission(Permission3))]
    fn one() {}

    #[command(permission)]
    fn two_words() {}

    #[command(public("a world"))]
    fn three() {}

    #[command(public("a world"))]
    fn four() {}

    pub(crate) static AUTHORITY: Authority = authority! {
        commands: [one, two_words, three, four],
        sets: [Set0],
        capabilities: ["tests/compiled/09/0.json", "tests/compiled/09/1.json", "tests/compiled/09/2.json5"],
        windows: ["b*a", "b", "*"],
        webviews: [],
        clients: [],
        foreign: [],
    };

    pub(crate) static SWITCHES: &[Switch] = &[
        Switch::of::<Permission0>("p"),
        Switch::of::<Permission1>("q"),
        Switch::of::<Permission2>("r"),
        Switch::of::<Permission3>("s:x"),
        Switch::of::<Permission4>("n:y"),
        Switch::of::<Permission5>("n:z"),
    ];
}

mod world_10 {
    use crate::prelude::*;

    /// Permission `p`.
    #[derive(Permission)]
    #[permission(id = "p", scope = Word)]
    struct Permission0;

    /// Permission `q`.
    #[derive(Permission)]
    #[permission(id = "q", scope = Word)]
    struct Permission1;

    /// Permission `r`.
    #[derive(Permission)]
    #[permission(id = "r", scope = Word)]
    struct Permission2;

    /// Permission `s:x`.
    #[derive(Permission)]
    #[permission(id = "s:x", scope = Word)]
    struct Permission3;

    /// Permission `n:y`.
    #[derive(Permission)]
    #[permission(id = "n:y", scope = Word)]
    struct Permission4;

    /// Permission `n:z`.
    #[derive(Permission)]
    #[permission(id = "n:z", scope = Word)]
    struct Permission5;

    /// Set `all`.
    #[derive(PermissionSet)]
    #[permission_set(id = "all", permissions(Permission3))]
    struct Set0;

    /// Set `s:most`.
    #[derive(PermissionSet)]
    #[permission_set(id = "s:most", permissions(Permission1))]
    struct Set1;

    /// Set `some`.
    #[derive(PermissionSet)]
    #[permission_set(id = "some", permissions(Set1))]
    struct Set2;

    #[command(public("a world"))]
    fn one() {}

    #[command(all_of(Permission3, Permission5))]
    fn two_words(word: Checked<Permission3>, _other_5: Granted<'_, Permission5>) -> String {
        word.into_inner()
    }

    #[command(all_of(Permission3, Permission0))]
    fn three(word: Checked<Permission3>, _other_0: Granted<'_, Permission0>) -> String {
        word.into_inner()
    }

    #[command(all_of(Permission1, Permission3, Permission4))]
    fn four(word: Checked<Permission1>, _other_3: Granted<'_, Permission3>, _other_4: Granted<'_, Permission4>) -> String {
        word.into_inner()
    }

    pub(crate) static AUTHORITY: Authority = authority! {
        commands: [one, two_words, three, four],
        sets: [Set0, Set1, Set2],
        capabilities: ["tests/compiled/10/0.json", "tests/compiled/10/1.json5"],
        windows: ["*b"],
        webviews: [],
        clients: [],
        foreign: [],
    };

    pub(crate) static SWITCHES: &[Switch] = &[
        Switch::of::<Permission0>("p"),
        Switch::of::<Permission1>("q"),
        Switch::of::<Permission2>("r"),
        Switch::of::<Permission3>("s:x"),
        Switch::of::<Permission4>("n:y"),
        Switch::of::<Permission5>("n:z"),
    ];
}

mod world_11 {
    use crate::prelude::*;

    /// Permission `p`.
    #[derive(Permission)]
    #[permission(id = "p")]
    struct Permission0;

    /// Permission `q`.
    #[derive(Permission)]
    #[permission(id = "q")]
    struct Permission1;

    /// Permission `r`.
    #[derive(Permission)]
    #[permission(id = "r")]
    struct Permission2;

    /// Permission `s:x`.
    #[derive(Permission)]
    #[permission(id = "s:x")]
    struct Permission3;

    /// Permission `n:y`.
    #[derive(Permission)]
    #[permission(id = "n:y")]
    struct Permission4;

    /// Permission `n:z`.
    #[derive(Permission)]
    #[permission(id = "n:z")]
    struct Permission5;

    /// Set `s:most`.
    #[derive(PermissionSet)]
    #[permission_set(id = "s:most", permissions(Permission2))]
    struct Set0;

    /// Set `some`.
    #[derive(PermissionSet)]
    #[permission_set(id = "some", permissions(Permission2, Set0))]
    struct Set1;

    mod group_0 {
        use super::*;

        #[command(permission(Permission1))]
        fn one() {}

        #[command(all_of(Permission1, Permission0))]
        fn two_words() {}

        portcullis::commands! { pub(super) Group: [one, two_words], namespace: "n" }
    }

    pub(crate) static AUTHORITY: Authority = authority! {
        commands: [group_0::Group as "s"],
        sets: [Set0, Set1],
        capabilities: ["tests/compiled/11/0.json", "tests/compiled/11/1.json5"],
        windows: ["a", "*"],
        webviews: [],
        clients: ["tool", "agent"],
        foreign: [],
    };

    pub(crate) static SWITCHES: &[Switch] = &[
        Switch::of::<Permission0>("p"),
        Switch::of::<Permission1>("q"),
        Switch::of::<Permission2>("r"),
        Switch::of::<Permission3>("s:x"),
        Switch::of::<Permission4>("n:y"),
        Switch::of::<Permission5>("n:z"),
    ];
}

mod world_12 {
    use crate::prelude::*;

    /// Permission `p`.
    #[derive(Permission)]
    #[permission(id = "p", scope = Word)]
    struct Permission0;

    /// Permission `q`.
    #[derive(Permission)]
    #[permission(id = "q")]
    struct Permission1;

    /// Permission `r`.
    #[derive(Permission)]
    #[permission(id = "r")]
    struct Permission2;

    /// Permission `s:x`.
    #[derive(Permission)]
    #[permission(id = "s:x", scope = Word)]
    struct Permission3;

    /// Permission `n:y`.
    #[derive(Permission)]
    #[permission(id = "n:y")]
    struct Permission4;

    /// Permission `n:z`.
    #[derive(Permission)]
    #[permission(id = "n:z")]
    struct Permission5;

    /// Set `s:most`.
    #[derive(PermissionSet)]
    #[permission_set(id = "s:most", permissions(Permission1))]
    struct Set0;

    #[command(all_of(Permission3, Permission4))]
    fn one(word: Checked<Permission3>) -> String {
        word.into_inner()
    }

    #[command(public("a world"))]
    fn two_words() {}

    #[command(permission(Permission5))]
    fn three() {}

    mod group_0 {
        use super::*;

        #[command(permission(Permission4))]
        fn one() {}

        #[command(permission)]
        fn two_words() {}

        portcullis::commands! { pub(super) Group: [one, two_words], namespace: "n" }
    }

    pub(crate) static AUTHORITY: Authority = authority! {
        commands: [one, two_words, three, group_0::Group as "s"],
        sets: [Set0],
        capabilities: ["tests/compiled/12/0.json5", "tests/compiled/12/1.json5", "tests/compiled/12/2.toml", "tests/compiled/12/3.json5"],
        windows: ["a", "*a*"],
        webviews: [],
        clients: [],
        foreign: [],
    };

    pub(crate) static SWITCHES: &[Switch] = &[
        Switch::of::<Permission0>("p"),
        Switch::of::<Permission1>("q"),
        Switch::of::<Permission2>("r"),
        Switch::of::<Permission3>("s:x"),
        Switch::of::<Permission4>("n:y"),
        Switch::of::<Permission5>("n:z"),
    ];
}

mod world_13 {
    use crate::prelude::*;

    /// Permission `p`.
    #[derive(Permission)]
    #[permission(id = "p", scope = Word)]
    struct Permission0;

    /// Permission `q`.
    #[derive(Permission)]
    #[permission(id = "q")]
    struct Permission1;

    /// Permission `r`.
    #[derive(Permission)]
    #[permission(id = "r")]
    struct Permission2;

    /// Permission `s:x`.
    #[derive(Permission)]
    #[permission(id = "s:x")]
    struct Permission3;

    /// Permission `n:y`.
    #[derive(Permission)]
    #[permission(id = "n:y")]
    struct Permission4;

    /// Permission `n:z`.
    #[derive(Permission)]
    #[permission(id = "n:z")]
    struct Permission5;

    #[command(all_of(Permission0, Permission3))]
    fn two_words(word: Checked<Permission0>) -> String {
        word.into_inner()
    }

    #[command(permission(Permission4))]
    fn three() {}

    pub(crate) static AUTHORITY: Authority = authority! {
        commands: [two_words, three],
        sets: [],
        capabilities: ["tests/compiled/13/0.toml", "tests/compiled/13/1.json", "tests/compiled/13/2.toml"],
        windows: ["*", "*a*"],
        webviews: [],
        clients: [],
        foreign: [],
    };

    pub(crate) static SWITCHES: &[Switch] = &[
        Switch::of::<Permission0>("p"),
        Switch::of::<Permission1>("q"),
        Switch::of::<Permission2>("r"),
        Switch::of::<Permission3>("s:x"),
        Switch::of::<Permission4>("n:y"),
        Switch::of::<Permission5>("n:z"),
    ];
}

mod world_14 {
    use crate::prelude::*;

    /// Permission `p`.
    #[derive(Permission)]
    #[permission(id = "p")]
    struct Permission0;

    /// Permission `q`.
    #[derive(Permission)]
    #[permission(id = "q")]
    struct Permission1;

    /// Permission `r`.
    #[derive(Permission)]
    #[permission(id = "r", scope = Word)]
    struct Permission2;

    /// Permission `s:x`.
    #[derive(Permission)]
    #[permission(id = "s:x")]
    struct Permission3;

    /// Permission `n:y`.
    #[derive(Permission)]
    #[permission(id = "n:y")]
    struct Permission4;

    /// Permission `n:z`.
    #[derive(Permission)]
    #[permission(id = "n:z")]
    struct Permission5;

    /// Set `all`.
    #[derive(PermissionSet)]
    #[permission_set(id = "all", permissions(Permission5, Permission2))]
    struct Set0;

    /// Set `s:most`.
    #[derive(PermissionSet)]
    #[permission_set(id = "s:most", permissions(Permission5))]
    struct Set1;

    /// Set `some`.
    #[derive(PermissionSet)]
    #[permission_set(id = "some", permissions(Permission5, Permission1))]
    struct Set2;

    mod group_0 {
        use super::*;

        #[command(public("a world"))]
        fn one() {}

        #[command(permission(Permission0))]
        fn two_words() {}

        portcullis::commands! { pub(super) Group: [one, two_words], namespace: "n", set: "n:all" }
    }

    pub(crate) static AUTHORITY: Authority = authority! {
        commands: [group_0::Group as "m"],
        sets: [Set0, Set1, Set2],
        capabilities: ["tests/compiled/14/0.json5", "tests/compiled/14/1.json"],
        windows: ["b", "b*a"],
        webviews: ["*a*"],
        clients: [],
        foreign: [],
    };

    pub(crate) static SWITCHES: &[Switch] = &[
        Switch::of::<Permission0>("p"),
        Switch::of::<Permission1>("q"),
        Switch::of::<Permission2>("r"),
        Switch::of::<Permission3>("s:x"),
        Switch::of::<Permission4>("n:y"),
        Switch::of::<Permission5>("n:z"),
    ];
}

mod world_15 {
    use crate::prelude::*;

    /// Permission `p`.
    #[derive(Permission)]
    #[permission(id = "p", scope = Word)]
    struct Permission0;

    /// Permission `q`.
    #[derive(Permission)]
    #[permission(id = "q")]
    struct Permission1;

    /// Permission `r`.
    #[derive(Permission)]
    #[permission(id = "r")]
    struct Permission2;

    /// Permission `s:x`.
    #[derive(Permission)]
    #[permission(id = "s:x")]
    struct Permission3;

    /// Permission `n:y`.
    #[derive(Permission)]
    #[permission(id = "n:y", scope = Word)]
    struct Permission4;

    /// Permission `n:z`.
    #[derive(Permission)]
    #[permission(id = "n:z", scope = Word)]
    struct Permission5;

    /// Set `all`.
    #[derive(PermissionSet)]
    #[permission_set(id = "all", permissions(Permission5, Permission4, Permission3))]
    struct Set0;

    /// Set `s:most`.
    #[derive(PermissionSet)]
    #[permission_set(id = "s:most", permissions(Permission3, Set0))]
    struct Set1;

    /// Set `some`.
    #[derive(PermissionSet)]
    #[permission_set(id = "some", permissions(Permission1, Set0, Set0))]
    struct Set2;

    #[command(all_of(Permission3, Permission0))]
    fn one(word: Checked<Permission0>) -> String {
        word.into_inner()
    }

    #[command(all_of(Permission2, Permission4))]
    fn three(word: Checked<Permission4>) -> String {
        word.into_inner()
    }

    pub(crate) static AUTHORITY: Authority = authority! {
        commands: [one, three],
        sets: [Set0, Set1, Set2],
        capabilities: ["tests/compiled/15/0.json", "tests/compiled/15/1.toml", "tests/compiled/15/2.json"],
        windows: ["*", "*a*"],
        webviews: [],
        clients: ["tool"],
        foreign: [],
    };

    pub(crate) static SWITCHES: &[Switch] = &[
        Switch::of::<Permission0>("p"),
        Switch::of::<Permission1>("q"),
        Switch::of::<Permission2>("r"),
        Switch::of::<Permission3>("s:x"),
        Switch::of::<Permission4>("n:y"),
        Switch::of::<Permission5>("n:z"),
    ];
}

mod world_16 {
    use crate::prelude::*;

    /// Permission `p`.
    #[derive(Permission)]
    #[permission(id = "p")]
    struct Permission0;

    /// Permission `q`.
    #[derive(Permission)]
    #[permission(id = "q")]
    struct Permission1;

    /// Permission `r`.
    #[derive(Permission)]
    #[permission(id = "r")]
    struct Permission2;

    /// Permission `s:x`.
    #[derive(Permission)]
    #[permission(id = "s:x")]
    struct Permission3;

    /// Permission `n:y`.
    #[derive(Permission)]
    #[permission(id = "n:y")]
    struct Permission4;

    /// Permission `n:z`.
    #[derive(Permission)]
    #[permission(id = "n:z", scope = Word)]
    struct Permission5;

    /// Set `all`.
    #[derive(PermissionSet)]
    #[permission_set(id = "all", permissions(Permission2))]
    struct Set0;

    /// Set `some`.
    #[derive(PermissionSet)]
    #[permission_set(id = "some", permissions(Permission3, Permission1, Permission1))]
    struct Set1;

    #[command(all_of(Permission3, Permission5))]
    fn one(word: Checked<Permission5>) -> String {
        word.into_inner()
    }

    #[command(permission)]
    fn two_words() {}

    #[command(permission(Permission2))]
    fn three() {}

    pub(crate) static AUTHORITY: Authority = authority! {
        commands: [one, two_words, three],
        sets: [Set0, Set1],
        capabilities: ["tests/compiled/16/0.json", "tests/compiled/16/1.json"],
        windows: ["b", "*"],
        webviews: [],
        clients: [],
        foreign: [],
    };

    pub(crate) static SWITCHES: &[Switch] = &[
        Switch::of::<Permission0>("p"),
        Switch::of::<Permission1>("q"),
        Switch::of::<Permission2>("r"),
        Switch::of::<Permission3>("s:x"),
        Switch::of::<Permission4>("n:y"),
        Switch::of::<Permission5>("n:z"),
    ];
}

mod world_17 {
    use crate::prelude::*;

    /// Permission `p`.
    #[derive(Permission)]
    #[permission(id = "p")]
    struct Permission0;

    /// Permission `q`.
    #[derive(Permission)]
    #[permission(id = "q", scope = Word)]
    struct Permission1;

    /// Permission `r`.
    #[derive(Permission)]
    #[permission(id = "r")]
    struct Permission2;

    /// Permission `s:x`.
    #[derive(Permission)]
    #[permission(id = "s:x")]
    struct Permission3;

    /// Permission `n:y`.
    #[derive(Permission)]
    #[permission(id = "n:y")]
    struct Permission4;

    /// Permission `n:z`.
    #[derive(Permission)]
    #[permission(id = "n:z")]
    struct Permission5;

    /// Set `s:most`.
    #[derive(PermissionSet)]
    #[permission_set(id = "s:most", permissions(Permission1, Permission1))]
    struct Set0;

    /// Set `some`.
    #[derive(PermissionSet)]
    #[permission_set(id = "some", permissions(Permission1, Permission4))]
    struct Set1;

    #[command(permission(Permission0))]
    fn two_words() {}

    #[command(permission(Permission1))]
    fn three(word: Checked<Permission1>) -> String {
        word.into_inner()
    }

    mod group_0 {
        use super::*;

        #[command(permission(Permission4))]
        fn one() {}

        portcullis::commands! { pub(super) Group: [one], namespace: "n", set: "n:all" }
    }

    pub(crate) static AUTHORITY: Authority = authority! {
        commands: [two_words, three, group_0::Group],
        sets: [Set0, Set1],
        capabilities: ["tests/compiled/17/0.toml", "tests/compiled/17/1.json", "tests/compiled/17/2.toml", "tests/compiled/17/3.json"],
        windows: ["ab", "?"],
        webviews: [],
        clients: [],
        foreign: [],
    };

    pub(crate) static SWITCHES: &[Switch] = &[
        Switch::of::<Permission0>("p"),
        Switch::of::<Permission1>("q"),
        Switch::of::<Permission2>("r"),
        Switch::of::<Permission3>("s:x"),
        Switch::of::<Permission4>("n:y"),
        Switch::of::<Permission5>("n:z"),
    ];
}

mod world_18 {
    use crate::prelude::*;

    /// Permission `p`.
    #[derive(Permission)]
    #[permission(id = "p", scope = Word)]
    struct Permission0;

    /// Permission `q`.
    #[derive(Permission)]
    #[permission(id = "q")]
    struct Permission1;

    /// Permission `r`.
    #[derive(Permission)]
    #[permission(id = "r")]
    struct Permission2;

    /// Permission `s:x`.
    #[derive(Permission)]
    #[permission(id = "s:x")]
    struct Permission3;

    /// Permission `n:y`.
    #[derive(Permission)]
    #[permission(id = "n:y", scope = Word)]
    struct Permission4;

    /// Permission `n:z`.
    #[derive(Permission)]
    #[permission(id = "n:z")]
    struct Permission5;

    /// Set `some`.
    #[derive(PermissionSet)]
    #[permission_set(id = "some", permissions(Permission4, Permission1))]
    struct Set0;

    #[command(permission(Permission1))]
    fn one() {}

    #[command(all_of(Permission5, Permission1))]
    fn two_words() {}

    #[command(permission(Permission2))]
    fn three() {}

    mod group_0 {
        use super::*;

        #[command(all_of(Permission5, Permission4))]
        fn one(word: Checked<Permission4>) -> String {
            word.into_inner()
        }

        portcullis::commands! { pub(super) Group: [one], namespace: "n", set: "n:all" }
    }

    pub(crate) static AUTHORITY: Authority = authority! {
        commands: [one, two_words, three, group_0::Group as "f"],
        sets: [Set0],
        capabilities: ["tests/compiled/18/0.toml", "tests/compiled/18/1.toml", "tests/compiled/18/2.json", "tests/compiled/18/3.json"],
        windows: ["*", "*b"],
        webviews: ["*b", "?"],
        clients: [],
        foreign: [],
    };

    pub(crate) static SWITCHES: &[Switch] = &[
        Switch::of::<Permission0>("p"),
        Switch::of::<Permission1>("q"),
        Switch::of::<Permission2>("r"),
        Switch::of::<Permission3>("s:x"),
        Switch::of::<Permission4>("n:y"),
        Switch::of::<Permission5>("n:z"),
    ];
}

mod world_19 {
    use crate::prelude::*;

    /// Permission `p`.
    #[derive(Permission)]
    #[permission(id = "p")]
    struct Permission0;

    /// Permission `q`.
    #[derive(Permission)]
    #[permission(id = "q", scope = Word)]
    struct Permission1;

    /// Permission `r`.
    #[derive(Permission)]
    #[permission(id = "r")]
    struct Permission2;

    /// Permission `s:x`.
    #[derive(Permission)]
    #[permission(id = "s:x")]
    struct Permission3;

    /// Permission `n:y`.
    #[derive(Permission)]
    #[permission(id = "n:y")]
    struct Permission4;

    /// Permission `n:z`.
    #[derive(Permission)]
    #[permission(id = "n:z", scope = Word)]
    struct Permission5;

    /// Set `s:most`.
    #[derive(PermissionSet)]
    #[permission_set(id = "s:most", permissions(Permission0, Permission4))]
    struct Set0;

    #[command(all_of(Permission0, Permission2))]
    fn one() {}

    #[command(public("a world"))]
    fn two_words() {}

    #[command(all_of(Permission4, Permission3))]
    fn three() {}

    pub(crate) static AUTHORITY: Authority = authority! {
        commands: [one, two_words, three],
        sets: [Set0],
        capabilities: ["tests/compiled/19/0.toml", "tests/compiled/19/1.json"],
        windows: ["a*"],
        webviews: ["*b"],
        clients: ["agent"],
        foreign: [],
    };

    pub(crate) static SWITCHES: &[Switch] = &[
        Switch::of::<Permission0>("p"),
        Switch::of::<Permission1>("q"),
        Switch::of::<Permission2>("r"),
        Switch::of::<Permission3>("s:x"),
        Switch::of::<Permission4>("n:y"),
        Switch::of::<Permission5>("n:z"),
    ];
}

mod world_20 {
    use crate::prelude::*;

    /// Permission `p`.
    #[derive(Permission)]
    #[permission(id = "p")]
    struct Permission0;

    /// Permission `q`.
    #[derive(Permission)]
    #[permission(id = "q")]
    struct Permission1;

    /// Permission `r`.
    #[derive(Permission)]
    #[permission(id = "r")]
    struct Permission2;

    /// Permission `s:x`.
    #[derive(Permission)]
    #[permission(id = "s:x")]
    struct Permission3;

    /// Permission `n:y`.
    #[derive(Permission)]
    #[permission(id = "n:y")]
    struct Permission4;

    /// Permission `n:z`.
    #[derive(Permission)]
    #[permission(id = "n:z", scope = Word)]
    struct Permission5;

    /// Set `all`.
    #[derive(PermissionSet)]
    #[permission_set(id = "all", permissions(Permission5, Permission5))]
    struct Set0;

    #[command(permission(Permission0))]
    fn one() {}

    #[command(permission(Permission2))]
    fn two_words() {}

    #[command(all_of(Permission0, Permission4))]
    fn three() {}

    mod group_0 {
        use super::*;

        #[command(permission)]
        fn one() {}

        portcullis::commands! { pub(super) Group: [one], namespace: "n" }
    }

    pub(crate) static AUTHORITY: Authority = authority! {
        commands: [one, two_words, three, group_0::Group as "m"],
        sets: [Set0],
        capabilities: ["tests/compiled/20/0.toml", "tests/compiled/20/1.json5"],
        windows: ["a", "b", "a?b"],
        webviews: ["??", "b"],
        clients: [],
        foreign: [],
    };

    pub(crate) static SWITCHES: &[Switch] = &[
        Switch::of::<Permission0>("p"),
        Switch::of::<Permission1>("q"),
        Switch::of::<Permission2>("r"),
        Switch::of::<Permission3>("s:x"),
        Switch::of::<Permission4>("n:y"),
        Switch::of::<Permission5>("n:z"),
    ];
}

mod world_21 {
    use crate::prelude::*;

    /// Permission `p`.
    #[derive(Permission)]
    #[permission(id = "p", scope = Word)]
    struct Permission0;

    /// Permission `q`.
    #[derive(Permission)]
    #[permission(id = "q")]
    struct Permission1;

    /// Permission `r`.
    #[derive(Permission)]
    #[permission(id = "r", scope = Word)]
    struct Permission2;

    /// Permission `s:x`.
    #[derive(Permission)]
    #[permission(id = "s:x")]
    struct Permission3;

    /// Permission `n:y`.
    #[derive(Permission)]
    #[permission(id = "n:y")]
    struct Permission4;

    /// Permission `n:z`.
    #[derive(Permission)]
    #[permission(id = "n:z", scope = Word)]
    struct Permission5;

    /// Set `s:most`.
    #[derive(PermissionSet)]
    #[permission_set(id = "s:most", permissions(Permission0))]
    struct Set0;

    #[command(permission)]
    fn two_words() {}

    mod group_0 {
        use super::*;

        #[command(all_of(Permission3, Permission1))]
        fn one() {}

        #[command(public("a world"))]
        fn two_words() {}

        #[command(permission(Permission2))]
        fn three(word: Checked<Permission2>) -> String {
            word.into_inner()
        }

        portcullis::commands! { pub(super) Group: [one, two_words, three], namespace: "n" }
    }

    pub(crate) static AUTHORITY: Authority = authority! {
        commands: [two_words, group_0::Group as "f"],
        sets: [Set0],
        capabilities: ["tests/compiled/21/0.toml", "tests/compiled/21/1.json"],
        windows: ["?", "*", "??"],
        webviews: [],
        clients: [],
        foreign: [],
    };

    pub(crate) static SWITCHES: &[Switch] = &[
        Switch::of::<Permission0>("p"),
        Switch::of::<Permission1>("q"),
        Switch::of::<Permission2>("r"),
        Switch::of::<Permission3>("s:x"),
        Switch::of::<Permission4>("n:y"),
        Switch::of::<Permission5>("n:z"),
    ];
}

mod world_22 {
    use crate::prelude::*;

    /// Permission `p`.
    #[derive(Permission)]
    #[permission(id = "p", scope = Word)]
    struct Permission0;

    /// Permission `q`.
    #[derive(Permission)]
    #[permission(id = "q")]
    struct Permission1;

    /// Permission `r`.
    #[derive(Permission)]
    #[permission(id = "r")]
    struct Permission2;

    /// Permission `s:x`.
    #[derive(Permission)]
    #[permission(id = "s:x", scope = Word)]
    struct Permission3;

    /// Permission `n:y`.
    #[derive(Permission)]
    #[permission(id = "n:y")]
    struct Permission4;

    /// Permission `n:z`.
    #[derive(Permission)]
    #[permission(id = "n:z")]
    struct Permission5;

    /// Set `all`.
    #[derive(PermissionSet)]
    #[permission_set(id = "all", permissions(Permission4, Permission3, Permission3))]
    struct Set0;

    #[command(permission(Permission2))]
    fn one() {}

    #[command(all_of(Permission5, Permission2))]
    fn two_words() {}

    #[command(permission(Permission3))]
    fn three(word: Checked<Permission3>) -> String {
        word.into_inner()
    }

    pub(crate) static AUTHORITY: Authority = authority! {
        commands: [one, two_words, three],
        sets: [Set0],
        capabilities: ["tests/compiled/22/0.json"],
        windows: ["ab"],
        webviews: [],
        clients: [],
        foreign: [],
    };

    pub(crate) static SWITCHES: &[Switch] = &[
        Switch::of::<Permission0>("p"),
        Switch::of::<Permission1>("q"),
        Switch::of::<Permission2>("r"),
        Switch::of::<Permission3>("s:x"),
        Switch::of::<Permission4>("n:y"),
        Switch::of::<Permission5>("n:z"),
    ];
}

mod world_23 {
    use crate::prelude::*;

    /// Permission `p`.
    #[derive(Permission)]
    #[permission(id = "p", scope = Word)]
    struct Permission0;

    /// Permission `q`.
    #[derive(Permission)]
    #[permission(id = "q")]
    struct Permission1;

    /// Permission `r`.
    #[derive(Permission)]
    #[permission(id = "r")]
    struct Permission2;

    /// Permission `s:x`.
    #[derive(Permission)]
    #[permission(id = "s:x", scope = Word)]
    struct Permission3;

    /// Permission `n:y`.
    #[derive(Permission)]
    #[permission(id = "n:y")]
    struct Permission4;

    /// Permission `n:z`.
    #[derive(Permission)]
    #[permission(id = "n:z")]
    struct Permission5;

    /// Set `all`.
    #[derive(PermissionSet)]
    #[permission_set(id = "all", permissions(Permission5))]
    struct Set0;

    #[command(permission(Permission4))]
    fn three() {}

    pub(crate) static AUTHORITY: Authority = authority! {
        commands: [three],
        sets: [Set0],
        capabilities: ["tests/compiled/23/0.toml", "tests/compiled/23/1.json"],
        windows: ["?", "a"],
        webviews: [],
        clients: ["cli"],
        foreign: [],
    };

    pub(crate) static SWITCHES: &[Switch] = &[
        Switch::of::<Permission0>("p"),
        Switch::of::<Permission1>("q"),
        Switch::of::<Permission2>("r"),
        Switch::of::<Permission3>("s:x"),
        Switch::of::<Permission4>("n:y"),
        Switch::of::<Permission5>("n:z"),
    ];
}

mod world_24 {
    use crate::prelude::*;

    /// Permission `p`.
    #[derive(Permission)]
    #[permission(id = "p")]
    struct Permission0;

    /// Permission `q`.
    #[derive(Permission)]
    #[permission(id = "q", scope = Word)]
    struct Permission1;

    /// Permission `r`.
    #[derive(Permission)]
    #[permission(id = "r")]
    struct Permission2;

    /// Permission `s:x`.
    #[derive(Permission)]
    #[permission(id = "s:x")]
    struct Permission3;

    /// Permission `n:y`.
    #[derive(Permission)]
    #[permission(id = "n:y")]
    struct Permission4;

    /// Permission `n:z`.
    #[derive(Permission)]
    #[permission(id = "n:z")]
    struct Permission5;

    /// Set `all`.
    #[derive(PermissionSet)]
    #[permission_set(id = "all", permissions(Permission1, Permission0, Permission3))]
    struct Set0;

    /// Set `some`.
    #[derive(PermissionSet)]
    #[permission_set(id = "some", permissions(Permission4))]
    struct Set1;

    #[command(permission(Permission2))]
    fn one() {}

    #[command(permission(Permission2))]
    fn two_words() {}

    #[command(all_of(Permission5, Permission4, Permission2))]
    fn three() {}

    pub(crate) static AUTHORITY: Authority = authority! {
        commands: [one, two_words, three],
        sets: [Set0, Set1],
        capabilities: ["tests/compiled/24/0.json", "tests/compiled/24/1.json"],
        windows: ["*b", "b"],
        webviews: [],
        clients: ["agent"],
        foreign: ["f"],
    };

    pub(crate) static SWITCHES: &[Switch] = &[
        Switch::of::<Permission0>("p"),
        Switch::of::<Permission1>("q"),
        Switch::of::<Permission2>("r"),
        Switch::of::<Permission3>("s:x"),
        Switch::of::<Permission4>("n:y"),
        Switch::of::<Permission5>("n:z"),
    ];
}

mod world_25 {
    use crate::prelude::*;

    /// Permission `p`.
    #[derive(Permission)]
    #[permission(id = "p")]
    struct Permission0;

    /// Permission `q`.
    #[derive(Permission)]
    #[permission(id = "q")]
    struct Permission1;

    /// Permission `r`.
    #[derive(Permission)]
    #[permission(id = "r", scope = Word)]
    struct Permission2;

    /// Permission `s:x`.
    #[derive(Permission)]
    #[permission(id = "s:x", scope = Word)]
    struct Permission3;

    /// Permission `n:y`.
    #[derive(Permission)]
    #[permission(id = "n:y")]
    struct Permission4;

    /// Permission `n:z`.
    #[derive(Permission)]
    #[permission(id = "n:z")]
    struct Permission5;

    /// Set `s:most`.
    #[derive(PermissionSet)]
    #[permission_set(id = "s:most", permissions(Permission2))]
    struct Set0;

    #[command(permission(Permission1))]
    fn one() {}

    #[command(all_of(Permission2, Permission1, Permission5))]
    fn two_words(word: Checked<Permission2>) -> String {
        word.into_inner()
    }

    pub(crate) static AUTHORITY: Authority = authority! {
        commands: [one, two_words],
        sets: [Set0],
        capabilities: ["tests/compiled/25/0.toml", "tests/compiled/25/1.json"],
        windows: ["b*a", "b", "a?b"],
        webviews: [],
        clients: [],
        foreign: ["f"],
    };

    pub(crate) static SWITCHES: &[Switch] = &[
        Switch::of::<Permission0>("p"),
        Switch::of::<Permission1>("q"),
        Switch::of::<Permission2>("r"),
        Switch::of::<Permission3>("s:x"),
        Switch::of::<Permission4>("n:y"),
        Switch::of::<Permission5>("n:z"),
    ];
}

mod world_26 {
    use crate::prelude::*;

    /// Permission `p`.
    #[derive(Permission)]
    #[permission(id = "p")]
    struct Permission0;

    /// Permission `q`.
    #[derive(Permission)]
    #[permission(id = "q")]
    struct Permission1;

    /// Permission `r`.
    #[derive(Permission)]
    #[permission(id = "r")]
    struct Permission2;

    /// Permission `s:x`.
    #[derive(Permission)]
    #[permission(id = "s:x")]
    struct Permission3;

    /// Permission `n:y`.
    #[derive(Permission)]
    #[permission(id = "n:y", scope = Word)]
    struct Permission4;

    /// Permission `n:z`.
    #[derive(Permission)]
    #[permission(id = "n:z")]
    struct Permission5;

    /// Set `s:most`.
    #[derive(PermissionSet)]
    #[permission_set(id = "s:most", permissions(Permission4))]
    struct Set0;

    /// Set `some`.
    #[derive(PermissionSet)]
    #[permission_set(id = "some", permissions(Set0, Set0))]
    struct Set1;

    #[command(permission)]
    fn one() {}

    #[command(all_of(Permission5, Permission1))]
    fn two_words() {}

    #[command(public("a world"))]
    fn three() {}

    pub(crate) static AUTHORITY: Authority = authority! {
        commands: [one, two_words, three],
        sets: [Set0, Set1],
        capabilities: ["tests/compiled/26/0.toml", "tests/compiled/26/1.json"],
        windows: ["ab", "b"],
        webviews: [],
        clients: [],
        foreign: [],
    };

    pub(crate) static SWITCHES: &[Switch] = &[
        Switch::of::<Permission0>("p"),
        Switch::of::<Permission1>("q"),
        Switch::of::<Permission2>("r"),
        Switch::of::<Permission3>("s:x"),
        Switch::of::<Permission4>("n:y"),
        Switch::of::<Permission5>("n:z"),
    ];
}

mod world_27 {
    use crate::prelude::*;

    /// Permission `p`.
    #[derive(Permission)]
    #[permission(id = "p")]
    struct Permission0;

    /// Permission `q`.
    #[derive(Permission)]
    #[permission(id = "q")]
    struct Permission1;

    /// Permission `r`.
    #[derive(Permission)]
    #[permission(id = "r")]
    struct Permission2;

    /// Permission `s:x`.
    #[derive(Permission)]
    #[permission(id = "s:x")]
    struct Permission3;

    /// Permission `n:y`.
    #[derive(Permission)]
    #[permission(id = "n:y")]
    struct Permission4;

    /// Permission `n:z`.
    #[derive(Permission)]
    #[permission(id = "n:z", scope = Word)]
    struct Permission5;

    /// Set `s:most`.
    #[derive(PermissionSet)]
    #[permission_set(id = "s:most", permissions(Permission4, Permission5))]
    struct Set0;

    #[command(permission(Permission3))]
    fn one() {}

    #[command(permission(Permission0))]
    fn two_words() {}

    pub(crate) static AUTHORITY: Authority = authority! {
        commands: [one, two_words],
        sets: [Set0],
        capabilities: ["tests/compiled/27/0.json", "tests/compiled/27/1.json"],
        windows: ["??", "*b"],
        webviews: [],
        clients: [],
        foreign: [],
    };

    pub(crate) static SWITCHES: &[Switch] = &[
        Switch::of::<Permission0>("p"),
        Switch::of::<Permission1>("q"),
        Switch::of::<Permission2>("r"),
        Switch::of::<Permission3>("s:x"),
        Switch::of::<Permission4>("n:y"),
        Switch::of::<Permission5>("n:z"),
    ];
}

mod world_28 {
    use crate::prelude::*;

    /// Permission `p`.
    #[derive(Permission)]
    #[permission(id = "p")]
    struct Permission0;

    /// Permission `q`.
    #[derive(Permission)]
    #[permission(id = "q")]
    struct Permission1;

    /// Permission `r`.
    #[derive(Permission)]
    #[permission(id = "r")]
    struct Permission2;

    /// Permission `s:x`.
    #[derive(Permission)]
    #[permission(id = "s:x")]
    struct Permission3;

    /// Permission `n:y`.
    #[derive(Permission)]
    #[permission(id = "n:y", scope = Word)]
    struct Permission4;

    /// Permission `n:z`.
    #[derive(Permission)]
    #[permission(id = "n:z", scope = Word)]
    struct Permission5;

    /// Set `s:most`.
    #[derive(PermissionSet)]
    #[permission_set(id = "s:most", permissions(Permission5))]
    struct Set0;

    /// Set `some`.
    #[derive(PermissionSet)]
    #[permission_set(id = "some", permissions(Set0, Set0, Permission5))]
    struct Set1;

    mod group_0 {
        use super::*;

        #[command(permission(Permission2))]
        fn one() {}

        #[command(permission(Permission1))]
        fn two_words() {}

        #[command(permission(Permission4))]
        fn three(word: Checked<Permission4>) -> String {
            word.into_inner()
        }

        portcullis::commands! { pub(super) Group: [one, two_words, three], namespace: "n", set: "n:all" }
    }

    pub(crate) static AUTHORITY: Authority = authority! {
        commands: [group_0::Group],
        sets: [Set0, Set1],
        capabilities: ["tests/compiled/28/0.json5", "tests/compiled/28/1.json5", "tests/compiled/28/2.json5"],
        windows: ["b*a"],
        webviews: [],
        clients: [],
        foreign: [],
    };

    pub(crate) static SWITCHES: &[Switch] = &[
        Switch::of::<Permission0>("p"),
        Switch::of::<Permission1>("q"),
        Switch::of::<Permission2>("r"),
        Switch::of::<Permission3>("s:x"),
        Switch::of::<Permission4>("n:y"),
        Switch::of::<Permission5>("n:z"),
    ];
}

mod world_29 {
    use crate::prelude::*;

    /// Permission `p`.
    #[derive(Permission)]
    #[permission(id = "p", scope = Word)]
    struct Permission0;

    /// Permission `q`.
    #[derive(Permission)]
    #[permission(id = "q")]
    struct Permission1;

    /// Permission `r`.
    #[derive(Permission)]
    #[permission(id = "r")]
    struct Permission2;

    /// Permission `s:x`.
    #[derive(Permission)]
    #[permission(id = "s:x")]
    struct Permission3;

    /// Permission `n:y`.
    #[derive(Permission)]
    #[permission(id = "n:y")]
    struct Permission4;

    /// Permission `n:z`.
    #[derive(Permission)]
    #[permission(id = "n:z", scope = Word)]
    struct Permission5;

    /// Set `all`.
    #[derive(PermissionSet)]
    #[permission_set(id = "all", permissions(Permission0))]
    struct Set0;

    /// Set `s:most`.
    #[derive(PermissionSet)]
    #[permission_set(id = "s:most", permissions(Set0, Permission1))]
    struct Set1;

    /// Set `some`.
    #[derive(PermissionSet)]
    #[permission_set(id = "some", permissions(Permission4))]
    struct Set2;

    #[command(permission(Permission4))]
    fn one() {}

    pub(crate) static AUTHORITY: Authority = authority! {
        commands: [one],
        sets: [Set0, Set1, Set2],
        capabilities: ["tests/compiled/29/0.json5", "tests/compiled/29/1.json"],
        windows: ["*a*", "ab"],
        webviews: [],
        clients: [],
        foreign: [],
    };

    pub(crate) static SWITCHES: &[Switch] = &[
        Switch::of::<Permission0>("p"),
        Switch::of::<Permission1>("q"),
        Switch::of::<Permission2>("r"),
        Switch::of::<Permission3>("s:x"),
        Switch::of::<Permission4>("n:y"),
        Switch::of::<Permission5>("n:z"),
    ];
}

mod world_30 {
    use crate::prelude::*;

    /// Permission `p`.
    #[derive(Permission)]
    #[permission(id = "p")]
    struct Permission0;

    /// Permission `q`.
    #[derive(Permission)]
    #[permission(id = "q", scope = Word)]
    struct Permission1;

    /// Permission `r`.
    #[derive(Permission)]
    #[permission(id = "r", scope = Word)]
    struct Permission2;

    /// Permission `s:x`.
    #[derive(Permission)]
    #[permission(id = "s:x", scope = Word)]
    struct Permission3;

    /// Permission `n:y`.
    #[derive(Permission)]
    #[permission(id = "n:y")]
    struct Permission4;

    /// Permission `n:z`.
    #[derive(Permission)]
    #[permission(id = "n:z")]
    struct Permission5;

    /// Set `some`.
    #[derive(PermissionSet)]
    #[permission_set(id = "some", permissions(Permission0))]
    struct Set0;

    #[command(public("a world"))]
    fn one() {}

    #[command(public("a world"))]
    fn two_words() {}

    #[command(permission(Permission5))]
    fn three() {}

    #[command(permission(Permission5))]
    fn four() {}

    pub(crate) static AUTHORITY: Authority = authority! {
        commands: [one, two_words, three, four],
        sets: [Set0],
        capabilities: ["tests/compiled/30/0.json", "tests/compiled/30/1.json"],
        windows: ["*a*"],
        webviews: [],
        clients: [],
        foreign: [],
    };

    pub(crate) static SWITCHES: &[Switch] = &[
        Switch::of::<Permission0>("p"),
        Switch::of::<Permission1>("q"),
        Switch::of::<Permission2>("r"),
        Switch::of::<Permission3>("s:x"),
        Switch::of::<Permission4>("n:y"),
        Switch::of::<Permission5>("n:z"),
    ];
}

mod world_31 {
    use crate::prelude::*;

    /// Permission `p`.
    #[derive(Permission)]
    #[permission(id = "p")]
    struct Permission0;

    /// Permission `q`.
    #[derive(Permission)]
    #[permission(id = "q", scope = Word)]
    struct Permission1;

    /// Permission `r`.
    #[derive(Permission)]
    #[permission(id = "r")]
    struct Permission2;

    /// Permission `s:x`.
    #[derive(Permission)]
    #[permission(id = "s:x")]
    struct Permission3;

    /// Permission `n:y`.
    #[derive(Permission)]
    #[permission(id = "n:y")]
    struct Permission4;

    /// Permission `n:z`.
    #[derive(Permission)]
    #[permission(id = "n:z")]
    struct Permission5;

    /// Set `all`.
    #[derive(PermissionSet)]
    #[permission_set(id = "all", permissions(Permission4, Permission1, Permission2))]
    struct Set0;

    /// Set `s:most`.
    #[derive(PermissionSet)]
    #[permission_set(id = "s:most", permissions(Set0, Set0, Permission5))]
    struct Set1;

    #[command(permission(Permission0))]
    fn one() {}

    #[command(all_of(Permission0, Permission3))]
    fn two_words() {}

    #[command(public("a world"))]
    fn three() {}

    #[command(all_of(Permission4, Permission5, Permission0))]
    fn four() {}

    pub(crate) static AUTHORITY: Authority = authority! {
        commands: [one, two_words, three, four],
        sets: [Set0, Set1],
        capabilities: ["tests/compiled/31/0.json", "tests/compiled/31/1.json"],
        windows: ["a*"],
        webviews: ["a*", "a?b"],
        clients: [],
        foreign: [],
    };

    pub(crate) static SWITCHES: &[Switch] = &[
        Switch::of::<Permission0>("p"),
        Switch::of::<Permission1>("q"),
        Switch::of::<Permission2>("r"),
        Switch::of::<Permission3>("s:x"),
        Switch::of::<Permission4>("n:y"),
        Switch::of::<Permission5>("n:z"),
    ];
}

mod world_32 {
    use crate::prelude::*;

    /// Permission `p`.
    #[derive(Permission)]
    #[permission(id = "p")]
    struct Permission0;

    /// Permission `q`.
    #[derive(Permission)]
    #[permission(id = "q")]
    struct Permission1;

    /// Permission `r`.
    #[derive(Permission)]
    #[permission(id = "r", scope = Word)]
    struct Permission2;

    /// Permission `s:x`.
    #[derive(Permission)]
    #[permission(id = "s:x")]
    struct Permission3;

    /// Permission `n:y`.
    #[derive(Permission)]
    #[permission(id = "n:y", scope = Word)]
    struct Permission4;

    /// Permission `n:z`.
    #[derive(Permission)]
    #[permission(id = "n:z")]
    struct Permission5;

    /// Set `s:most`.
    #[derive(PermissionSet)]
    #[permission_set(id = "s:most", permissions(Permission2, Permission5, Permission4))]
    struct Set0;

    #[command(permission(Permission0))]
    fn one() {}

    pub(crate) static AUTHORITY: Authority = authority! {
        commands: [one],
        sets: [Set0],
        capabilities: ["tests/compiled/32/0.json5", "tests/compiled/32/1.json5"],
        windows: ["ab", "*b", "a*"],
        webviews: ["*b"],
        clients: ["agent", "cli"],
        foreign: [],
    };

    pub(crate) static SWITCHES: &[Switch] = &[
        Switch::of::<Permission0>("p"),
        Switch::of::<Permission1>("q"),
        Switch::of::<Permission2>("r"),
        Switch::of::<Permission3>("s:x"),
        Switch::of::<Permission4>("n:y"),
        Switch::of::<Permission5>("n:z"),
    ];
}

mod world_33 {
    use crate::prelude::*;

    /// Permission `p`.
    #[derive(Permission)]
    #[permission(id = "p")]
    struct Permission0;

    /// Permission `q`.
    #[derive(Permission)]
    #[permission(id = "q")]
    struct Permission1;

    /// Permission `r`.
    #[derive(Permission)]
    #[permission(id = "r")]
    struct Permission2;

    /// Permission `s:x`.
    #[derive(Permission)]
    #[permission(id = "s:x")]
    struct Permission3;

    /// Permission `n:y`.
    #[derive(Permission)]
    #[permission(id = "n:y")]
    struct Permission4;

    /// Permission `n:z`.
    #[derive(Permission)]
    #[permission(id = "n:z")]
    struct Permission5;

    /// Set `some`.
    #[derive(PermissionSet)]
    #[permission_set(id = "some", permissions(Permission5, Permission2, Permission3))]
    struct Set0;

    #[command(permission(Permission2))]
    fn one() {}

    #[command(permission(Permission1))]
    fn two_words() {}

    #[command(all_of(Permission3, Permission4, Permission1))]
    fn three() {}

    pub(crate) static AUTHORITY: Authority = authority! {
        commands: [one, two_words, three],
        sets: [Set0],
        capabilities: ["tests/compiled/33/0.toml", "tests/compiled/33/1.json", "tests/compiled/33/2.toml"],
        windows: ["b"],
        webviews: [],
        clients: [],
        foreign: [],
    };

    pub(crate) static SWITCHES: &[Switch] = &[
        Switch::of::<Permission0>("p"),
        Switch::of::<Permission1>("q"),
        Switch::of::<Permission2>("r"),
        Switch::of::<Permission3>("s:x"),
        Switch::of::<Permission4>("n:y"),
        Switch::of::<Permission5>("n:z"),
    ];
}

mod world_34 {
    use crate::prelude::*;

    /// Permission `p`.
    #[derive(Permission)]
    #[permission(id = "p")]
    struct Permission0;

    /// Permission `q`.
    #[derive(Permission)]
    #[permission(id = "q")]
    struct Permission1;

    /// Permission `r`.
    #[derive(Permission)]
    #[permission(id = "r")]
    struct Permission2;

    /// Permission `s:x`.
    #[derive(Permission)]
    #[permission(id = "s:x")]
    struct Permission3;

    /// Permission `n:y`.
    #[derive(Permission)]
    #[permission(id = "n:y")]
    struct Permission4;

    /// Permission `n:z`.
    #[derive(Permission)]
    #[permission(id = "n:z")]
    struct Permission5;

    /// Set `all`.
    #[derive(PermissionSet)]
    #[permission_set(id = "all", permissions(Permission0))]
    struct Set0;

    /// Set `s:most`.
    #[derive(PermissionSet)]
    #[permission_set(id = "s:most", permissions(Set0))]
    struct Set1;

    #[command(permission(Permission0))]
    fn one() {}

    pub(crate) static AUTHORITY: Authority = authority! {
        commands: [one],
        sets: [Set0, Set1],
        capabilities: ["tests/compiled/34/0.json", "tests/compiled/34/1.toml", "tests/compiled/34/2.json"],
        windows: ["a*", "*b", "b"],
        webviews: [],
        clients: ["cli", "tool"],
        foreign: [],
    };

    pub(crate) static SWITCHES: &[Switch] = &[
        Switch::of::<Permission0>("p"),
        Switch::of::<Permission1>("q"),
        Switch::of::<Permission2>("r"),
        Switch::of::<Permission3>("s:x"),
        Switch::of::<Permission4>("n:y"),
        Switch::of::<Permission5>("n:z"),
    ];
}

mod world_35 {
    use crate::prelude::*;

    /// Permission `p`.
    #[derive(Permission)]
    #[permission(id = "p", scope = Word)]
    struct Permission0;

    /// Permission `q`.
    #[derive(Permission)]
    #[permission(id = "q")]
    struct Permission1;

    /// Permission `r`.
    #[derive(Permission)]
    #[permission(id = "r")]
    struct Permission2;

    /// Permission `s:x`.
    #[derive(Permission)]
    #[permission(id = "s:x")]
    struct Permission3;

    /// Permission `n:y`.
    #[derive(Permission)]
    #[permission(id = "n:y")]
    struct Permission4;

    /// Permission `n:z`.
    #[derive(Permission)]
    #[permission(id = "n:z")]
    struct Permission5;

    /// Set `all`.
    #[derive(PermissionSet)]
    #[permission_set(id = "all", permissions(Permission1, Permission0, Permission1))]
    struct Set0;

    /// Set `s:most`.
    #[derive(PermissionSet)]
    #[permission_set(id = "s:most", permissions(Permission4))]
    struct Set1;

    /// Set `some`.
    #[derive(PermissionSet)]
    #[permission_set(id = "some", permissions(Permission4))]
    struct Set2;

    #[command(permission(Permission0))]
    fn one(word: Checked<Permission0>) -> String {
        word.into_inner()
    }

    #[command(permission(Permission4))]
    fn two_words() {}

    #[command(permission(Permission4))]
    fn three() {}

    #[command(permission(Permission0))]
    fn four(word: Checked<Permission0>) -> String {
        word.into_inner()
    }

    pub(crate) static AUTHORITY: Authority = authority! {
        commands: [one, two_words, three, four],
        sets: [Set0, Set1, Set2],
        capabilities: ["tests/compiled/35/0.json", "tests/compiled/35/1.json", "tests/compiled/35/2.json5"],
        windows: ["ab", "??"],
        webviews: ["*"],
        clients: [],
        foreign: [],
    };

    pub(crate) static SWITCHES: &[Switch] = &[
        Switch::of::<Permission0>("p"),
        Switch::of::<Permission1>("q"),
        Switch::of::<Permission2>("r"),
        Switch::of::<Permission3>("s:x"),
        Switch::of::<Permission4>("n:y"),
        Switch::of::<Permission5>("n:z"),
    ];
}

mod world_36 {
    use crate::prelude::*;

    /// Permission `p`.
    #[derive(Permission)]
    #[permission(id = "p")]
    struct Permission0;

    /// Permission `q`.
    #[derive(Permission)]
    #[permission(id = "q")]
    struct Permission1;

    /// Permission `r`.
    #[derive(Permission)]
    #[permission(id = "r", scope = Word)]
    struct Permission2;

    /// Permission `s:x`.
    #[derive(Permission)]
    #[permission(id = "s:x")]
    struct Permission3;

    /// Permission `n:y`.
    #[derive(Permission)]
    #[permission(id = "n:y")]
    struct Permission4;

    /// Permission `n:z`.
    #[derive(Permission)]
    #[permission(id = "n:z", scope = Word)]
    struct Permission5;

    /// Set `all`.
    #[derive(PermissionSet)]
    #[permission_set(id = "all", permissions(Permission1, Permission0, Permission3))]
    struct Set0;

    #[command(permission(Permission3))]
    fn one() {}

    #[command(permission(Permission1))]
    fn two_words() {}

    #[command(permission(Permission4))]
    fn three() {}

    pub(crate) static AUTHORITY: Authority = authority! {
        commands: [one, two_words, three],
        sets: [Set0],
        capabilities: ["tests/compiled/36/0.json5", "tests/compiled/36/1.toml"],
        windows: ["a?b"],
        webviews: [],
        clients: [],
        foreign: ["f"],
    };

    pub(crate) static SWITCHES: &[Switch] = &[
        Switch::of::<Permission0>("p"),
        Switch::of::<Permission1>("q"),
        Switch::of::<Permission2>("r"),
        Switch::of::<Permission3>("s:x"),
        Switch::of::<Permission4>("n:y"),
        Switch::of::<Permission5>("n:z"),
    ];
}

mod world_37 {
    use crate::prelude::*;

    /// Permission `p`.
    #[derive(Permission)]
    #[permission(id = "p")]
    struct Permission0;

    /// Permission `q`.
    #[derive(Permission)]
    #[permission(id = "q", scope = Word)]
    struct Permission1;

    /// Permission `r`.
    #[derive(Permission)]
    #[permission(id = "r", scope = Word)]
    struct Permission2;

    /// Permission `s:x`.
    #[derive(Permission)]
    #[permission(id = "s:x")]
    struct Permission3;

    /// Permission `n:y`.
    #[derive(Permission)]
    #[permission(id = "n:y", scope = Word)]
    struct Permission4;

    /// Permission `n:z`.
    #[derive(Permission)]
    #[permission(id = "n:z")]
    struct Permission5;

    /// Set `all`.
    #[derive(PermissionSet)]
    #[permission_set(id = "all", permissions(Permission3))]
    struct Set0;

    /// Set `s:most`.
    #[derive(PermissionSet)]
    #[permission_set(id = "s:most", permissions(Permission0))]
    struct Set1;

    /// Set `some`.
    #[derive(PermissionSet)]
    #[permission_set(id = "some", permissions(Permission5, Permission4))]
    struct Set2;

    #[command(permission(Permission4))]
    fn two_words(word: Checked<Permission4>) -> String {
        word.into_inner()
    }

    #[command(all_of(Permission2, Permission0))]
    fn three(word: Checked<Permission2>) -> String {
        word.into_inner()
    }

    mod group_0 {
        use super::*;

        #[command(permission(Permission5))]
        fn one() {}

        portcullis::commands! { pub(super) Group: [one], namespace: "n", set: "n:all" }
    }

    pub(crate) static AUTHORITY: Authority = authority! {
        commands: [two_words, three, group_0::Group],
        sets: [Set0, Set1, Set2],
        capabilities: ["tests/compiled/37/0.json", "tests/compiled/37/1.json"],
        windows: ["ab", "a*"],
        webviews: [],
        clients: [],
        foreign: [],
    };

    pub(crate) static SWITCHES: &[Switch] = &[
        Switch::of::<Permission0>("p"),
        Switch::of::<Permission1>("q"),
        Switch::of::<Permission2>("r"),
        Switch::of::<Permission3>("s:x"),
        Switch::of::<Permission4>("n:y"),
        Switch::of::<Permission5>("n:z"),
    ];
}

mod world_38 {
    use crate::prelude::*;

    /// Permission `p`.
    #[derive(Permission)]
    #[permission(id = "p")]
    struct Permission0;

    /// Permission `q`.
    #[derive(Permission)]
    #[permission(id = "q")]
    struct Permission1;

    /// Permission `r`.
    #[derive(Permission)]
    #[permission(id = "r", scope = Word)]
    struct Permission2;

    /// Permission `s:x`.
    #[derive(Permission)]
    #[permission(id = "s:x", scope = Word)]
    struct Permission3;

    /// Permission `n:y`.
    #[derive(Permission)]
    #[permission(id = "n:y", scope = Word)]
    struct Permission4;

    /// Permission `n:z`.
    #[derive(Permission)]
    #[permission(id = "n:z", scope = Word)]
    struct Permission5;

    /// Set `some`.
    #[derive(PermissionSet)]
    #[permission_set(id = "some", permissions(Permission2))]
    struct Set0;

    #[command(permission(Permission0))]
    fn two_words() {}

    #[command(permission(Permission0))]
    fn three() {}

    #[command(permission(Permission0))]
    fn four() {}

    pub(crate) static AUTHORITY: Authority = authority! {
        commands: [two_words, three, four],
        sets: [Set0],
        capabilities: ["tests/compiled/38/0.json5", "tests/compiled/38/1.json5"],
        windows: ["??", "?", "a?b"],
        webviews: ["*b"],
        clients: [],
        foreign: [],
    };

    pub(crate) static SWITCHES: &[Switch] = &[
        Switch::of::<Permission0>("p"),
        Switch::of::<Permission1>("q"),
        Switch::of::<Permission2>("r"),
        Switch::of::<Permission3>("s:x"),
        Switch::of::<Permission4>("n:y"),
        Switch::of::<Permission5>("n:z"),
    ];
}

mod world_39 {
    use crate::prelude::*;

    /// Permission `p`.
    #[derive(Permission)]
    #[permission(id = "p", scope = Word)]
    struct Permission0;

    /// Permission `q`.
    #[derive(Permission)]
    #[permission(id = "q")]
    struct Permission1;

    /// Permission `r`.
    #[derive(Permission)]
    #[permission(id = "r")]
    struct Permission2;

    /// Permission `s:x`.
    #[derive(Permission)]
    #[permission(id = "s:x")]
    struct Permission3;

    /// Permission `n:y`.
    #[derive(Permission)]
    #[permission(id = "n:y", scope = Word)]
    struct Permission4;

    /// Permission `n:z`.
    #[derive(Permission)]
    #[permission(id = "n:z", scope = Word)]
    struct Permission5;

    /// Set `all`.
    #[derive(PermissionSet)]
    #[permission_set(id = "all", permissions(Permission1, Permission2, Permission2))]
    struct Set0;

    /// Set `some`.
    #[derive(PermissionSet)]
    #[permission_set(id = "some", permissions(Permission5, Set0))]
    struct Set1;

    #[command(permission(Permission0))]
    fn one(word: Checked<Permission0>) -> String {
        word.into_inner()
    }

    #[command(permission(Permission0))]
    fn two_words(word: Checked<Permission0>) -> String {
        word.into_inner()
    }

    #[command(all_of(Permission2, Permission0, Permission1))]
    fn three(word: Checked<Permission0>) -> String {
        word.into_inner()
    }

    pub(crate) static AUTHORITY: Authority = authority! {
        commands: [one, two_words, three],
        sets: [Set0, Set1],
        capabilities: ["tests/compiled/39/0.json5", "tests/compiled/39/1.json5", "tests/compiled/39/2.toml", "tests/compiled/39/3.json5", "tests/compiled/39/4.json5"],
        windows: ["*b", "??", "*"],
        webviews: [],
        clients: [],
        foreign: ["f"],
    };

    pub(crate) static SWITCHES: &[Switch] = &[
        Switch::of::<Permission0>("p"),
        Switch::of::<Permission1>("q"),
        Switch::of::<Permission2>("r"),
        Switch::of::<Permission3>("s:x"),
        Switch::of::<Permission4>("n:y"),
        Switch::of::<Permission5>("n:z"),
    ];
}

/// Each of them, with what switches its optional permissions.
pub(crate) static WORLDS: &[(&portcullis::Authority, &[portcullis_tests_model::real::Switch])] = &[
    (&world_00::AUTHORITY, world_00::SWITCHES),
    (&world_01::AUTHORITY, world_01::SWITCHES),
    (&world_02::AUTHORITY, world_02::SWITCHES),
    (&world_03::AUTHORITY, world_03::SWITCHES),
    (&world_04::AUTHORITY, world_04::SWITCHES),
    (&world_05::AUTHORITY, world_05::SWITCHES),
    (&world_06::AUTHORITY, world_06::SWITCHES),
    (&world_07::AUTHORITY, world_07::SWITCHES),
    (&world_08::AUTHORITY, world_08::SWITCHES),
    (&world_09::AUTHORITY, world_09::SWITCHES),
    (&world_10::AUTHORITY, world_10::SWITCHES),
    (&world_11::AUTHORITY, world_11::SWITCHES),
    (&world_12::AUTHORITY, world_12::SWITCHES),
    (&world_13::AUTHORITY, world_13::SWITCHES),
    (&world_14::AUTHORITY, world_14::SWITCHES),
    (&world_15::AUTHORITY, world_15::SWITCHES),
    (&world_16::AUTHORITY, world_16::SWITCHES),
    (&world_17::AUTHORITY, world_17::SWITCHES),
    (&world_18::AUTHORITY, world_18::SWITCHES),
    (&world_19::AUTHORITY, world_19::SWITCHES),
    (&world_20::AUTHORITY, world_20::SWITCHES),
    (&world_21::AUTHORITY, world_21::SWITCHES),
    (&world_22::AUTHORITY, world_22::SWITCHES),
    (&world_23::AUTHORITY, world_23::SWITCHES),
    (&world_24::AUTHORITY, world_24::SWITCHES),
    (&world_25::AUTHORITY, world_25::SWITCHES),
    (&world_26::AUTHORITY, world_26::SWITCHES),
    (&world_27::AUTHORITY, world_27::SWITCHES),
    (&world_28::AUTHORITY, world_28::SWITCHES),
    (&world_29::AUTHORITY, world_29::SWITCHES),
    (&world_30::AUTHORITY, world_30::SWITCHES),
    (&world_31::AUTHORITY, world_31::SWITCHES),
    (&world_32::AUTHORITY, world_32::SWITCHES),
    (&world_33::AUTHORITY, world_33::SWITCHES),
    (&world_34::AUTHORITY, world_34::SWITCHES),
    (&world_35::AUTHORITY, world_35::SWITCHES),
    (&world_36::AUTHORITY, world_36::SWITCHES),
    (&world_37::AUTHORITY, world_37::SWITCHES),
    (&world_38::AUTHORITY, world_38::SWITCHES),
    (&world_39::AUTHORITY, world_39::SWITCHES),
];
