//! Ways around a denial: other names of the same place.

use std::fs;

use portcullis::{
    prelude::*,
    scope::{Exact, Folded, Glob, Matches},
};
use serde_json::json;

use super::{Ground, ReadFiles, SECRET, WriteFiles, refused};

#[test]
fn a_denial_by_one_base_folder_holds_in_another() {
    let ground = Ground::new();
    let home = ground.window("home");
    assert_eq!(home.reads("$HOME/h.md"), "ok \"h\"");
    for name in ["$HOME/vault/key", "vault/key", "vault", &ground.absolute("home/vault/key")] {
        home.is_kept_from(name);
    }
    assert_eq!(home.tries("list", "."), r#"ok ["h.md"]"#);
    ground.is_as_it_was();
}

#[test]
fn a_denial_holds_where_everything_is_allowed() {
    let ground = Ground::new();
    let everything = ground.window("everything");
    assert_eq!(everything.reads("$PROJECT/docs/a.md"), "ok \"a\"");
    // Of the vault, by whatever name; and of the system's, beneath its root.
    for name in [
        "$VAULT/key",
        "$HOME/vault/key",
        &ground.absolute("home/vault/key"),
        "/etc/passwd",
        "/etc",
        "/ETC/passwd",
    ] {
        everything.is_kept_from(name);
    }
    for name in ["h.md", "."] {
        refused(name, &everything.reads(name));
    }
    ground.is_as_it_was();
}

#[test]
fn a_denial_holds_through_links() {
    let ground = Ground::new();
    ground.link("home/one", "vault");
    ground.link("home/two", "one");
    ground.link("home/key", "vault/key");
    ground.link("project/etc", "/etc");
    let home = ground.window("home");
    for name in ["one/key", "two/key", "key", "two"] {
        home.is_kept_from(name);
    }
    let everything = ground.window("everything");
    for name in [
        &ground.absolute("home/one/key"),
        &ground.absolute("home/key"),
        &ground.absolute("project/etc/passwd"),
        "$PROJECT/etc/passwd",
    ] {
        everything.is_kept_from(name);
    }
}

#[test]
fn a_denial_holds_in_every_spelling() {
    // On another file system, each of these is the vault. Here they are there beside it.
    let ground = Ground::new();
    let home = ground.window("home");
    for name in ["VAULT", "Vault", "vault.", "vault ", "va\u{200d}ult", "ｖault"] {
        fs::create_dir(ground.at("home").join(name)).unwrap();
        fs::write(ground.at("home").join(name).join("key"), SECRET).unwrap();
        home.is_kept_from(&format!("{name}/key"));
        home.is_kept_from(&format!("$HOME/{name}/KEY"));
        home.is_kept_from(&ground.absolute(&format!("home/{name}/key")));
    }
    assert_eq!(home.tries("list", "."), r#"ok ["h.md"]"#);
}

#[test]
fn a_denied_folder_that_is_not_there_cannot_be_made() {
    // The vault is known by a path through a link, and is not there yet: its canonical name is not known either.
    let ground = Ground::with(|temp, gate| {
        fs::remove_dir_all(temp.join("home/vault")).unwrap();
        fs::rename(temp.join("home"), temp.join("real")).unwrap();
        std::os::unix::fs::symlink("real", temp.join("home")).unwrap();
        gate
    });
    let home = ground.window("home");
    let real = ground.absolute("real");
    for folder in ["vault", "$HOME/vault/sub", &format!("{real}/vault"), &format!("{real}/vault/sub")] {
        refused(folder, &home.tries("make_folder", folder));
    }
    home.cannot_write("vault");
    assert!(!ground.at("real/vault").exists());
    fs::create_dir(ground.at("real/vault")).unwrap();
    fs::write(ground.at("real/vault/key"), SECRET).unwrap();
    for name in ["vault/key", "$HOME/vault/key", &format!("{real}/vault/key")] {
        home.is_kept_from(name);
    }
}

#[test]
fn nothing_is_put_in_the_place_of_a_denied_folder_that_is_not_there() {
    // The same, with the link on the other side: the denied folder's path goes through it, and the allowed one's does not.
    let ground = Ground::new();
    ground.link("alias", "home");
    fs::remove_dir_all(ground.at("home/vault")).unwrap();
    let scope = portcullis::test::scope::<WriteFiles>()
        .allow("$HOME/**")
        .deny("$VAULT/**")
        .base("HOME", ground.at("home"))
        .base("VAULT", ground.at("alias/vault"));
    for name in ["vault", "vault/sub", "$HOME/vault", &ground.absolute("home/vault")] {
        if let Ok(located) = scope.admit(name) {
            assert!(located.create_dir_all().is_err(), "{name}");
            assert!(!ground.at("home/vault").exists(), "{name}");
        }
        if let Ok(located) = scope.admit(name) {
            assert!(located.write("planted").is_err(), "{name}");
            assert!(!ground.at("home/vault").exists(), "{name}");
        }
    }
}

#[test]
fn a_file_is_not_moved_out_of_what_is_denied_nor_into_it() {
    let ground = Ground::new();
    let main = ground.window("main");
    for (from, to) in [
        ("private/key", "key.md"),
        ("a.md", "private/a.md"),
        ("a.md", "private"),
        ("a.md", "PRIVATE"),
        ("a.md", "Private/key"),
        ("a.md", ".hidden"),
        (".hidden", "shown.md"),
        ("a.md", "$PROJECT/secret"),
        ("$PROJECT/secret", "a.md"),
    ] {
        refused(to, &main.asks("rename", &json!({ "from": from, "to": to })));
    }
    // A folder would take with it what nobody has looked at.
    assert!(main.asks("rename", &json!({ "from": "sub", "to": "sub2" })).starts_with("error"));
    ground.is_as_it_was();
    assert_eq!(ground.text("project/docs/a.md"), "a");
}

#[test]
fn a_denial_counts_by_an_absolute_path_too() {
    let ground = Ground::new();
    let scope = |deny: &str| {
        portcullis::test::scope::<ReadFiles>().allow("$P/**").base("P", ground.at("project")).deny(deny)
    };
    let private = ground.absolute("project/docs/private");
    for deny in
        [format!("{private}/**"), format!("{private}/key"), format!("{}/**/key", ground.absolute("project"))]
    {
        let scope = scope(&deny);
        assert!(scope.admit("docs/private/key").is_err(), "{deny}");
        assert!(scope.admit(ground.absolute("project/docs/private/key")).is_err(), "{deny}");
        assert!(scope.admit("docs/a.md").is_ok(), "{deny}");
    }
}

#[test]
fn a_denial_counts_beneath_the_root_of_the_system() {
    // A root has no name of its own, by which a denial could be missed.
    let ground = Ground::new();
    let key = ground.absolute("home/vault/key");
    let scope =
        || portcullis::test::scope::<ReadFiles>().base("ROOT", "/").base("VAULT", ground.at("home/vault"));
    for deny in ["$VAULT/**", &key, &format!("$ROOT{key}")] {
        for (scope, name) in [
            (scope().allow_all(), key.clone()),
            (scope().allow_all(), format!("$ROOT{key}")),
            (scope().allow("/**"), key.clone()),
            (scope().allow(json!({ "path": "/**", "hidden": true })), key.clone()),
            (scope().allow(json!({ "path": "$ROOT/**", "hidden": true })), format!("$ROOT{key}")),
            (scope().allow(json!({ "path": "$ROOT/**", "hidden": true })), key.clone()),
        ] {
            assert!(scope.deny(deny).admit(&name).is_err(), "{name} with a denial of {deny}");
        }
    }
    assert!(scope().allow_all().deny("/").admit("/").is_err());
    assert!(scope().allow_all().deny("$ROOT").admit("/").is_err());
    assert!(scope().allow_all().deny("$VAULT/**").admit(ground.absolute("home/h.md")).is_ok());
}

#[test]
fn a_denial_by_a_path_that_goes_through_a_link_is_one_of_what_it_leads_to() {
    // As `/etc`, `/tmp` and `/var` do on a Mac, and `/lib` and `/var/run` on a Linux.
    let ground = Ground::new();
    ground.link("alias", "project");
    let deny = format!("{}/docs/private/**", ground.absolute("alias"));
    let scope =
        portcullis::test::scope::<ReadFiles>().allow_all().base("P", ground.at("project")).deny(&deny);
    for name in ["$P/docs/private/key", &ground.absolute("project/docs/private/key")] {
        assert!(scope.admit(name).is_err(), "{name} with a denial of {deny}");
    }
}

/// What a glob is about.
#[derive(Scope)]
struct Named {
    #[scope(short)]
    name: Glob,
}

impl Matches for Named {
    type Input = String;
    fn allows(&self, name: Exact<'_, String>) -> bool {
        self.name.allows(&name)
    }
    fn denies(&self, name: Folded<'_, String>) -> bool {
        self.name.denies(name.as_text())
    }
}

/// Do something with what is named.
#[derive(Permission)]
#[permission(id = "named:use", scope = Named)]
struct UseNamed;

#[test]
fn a_question_mark_under_deny_is_a_character_in_every_spelling() {
    for (deny, spellings) in [
        ("caf?", ["café", "cafe\u{301}", "CAFÉ", "CAFE\u{301}"]),
        ("stra?e", ["straße", "STRAßE", "straẞe", "Straße"]),
        ("?le", ["ﬁle", "FILE", "file", "ﬁLE"]),
    ] {
        let scope = portcullis::test::scope::<UseNamed>().allow_all().deny(deny);
        for name in spellings {
            assert!(scope.admit(name).is_err(), "{name} with a denial of {deny}");
        }
    }
}

#[test]
fn a_denial_from_a_base_folder_through_a_link_is_one_of_what_it_leads_to() {
    let ground = Ground::new();
    ground.link("project/alias", "docs");
    let scope = portcullis::test::scope::<ReadFiles>()
        .allow("$P/**")
        .base("P", ground.at("project"))
        .deny("$P/alias/private/**");
    assert!(scope.admit("alias/private/key").is_err());
    assert!(scope.admit("docs/private/key").map(|file| file.read()).is_err());
}
