//! Names: what a caller can write, and whose folder it then names.

use portcullis::{Code, Principal, prelude::*};
use portcullis_tests::{call, line};
use serde_json::json;

use super::{Ground, ReadFiles, SECRET, WriteFiles, refused};

#[test]
fn p_dotdot_raw() {
    let ground = Ground::new();
    let main = ground.window("main");
    for name in [
        "..",
        "../secret",
        "sub/../../secret",
        "nope/../../../outside/secret",
        "$PROJECT/docs/../secret",
        "$PROJECT/..",
        "$NOBODY/../project/secret",
        "$VAULT/..",
        &format!("{}/../secret", ground.absolute("project/docs")),
    ] {
        for command in ["read", "write", "exists", "remove"] {
            let answer = main.tries(command, name);
            assert!(answer.starts_with("invalid"), "`{command}` of {name}: {answer}");
        }
    }
    ground.is_as_it_was();
}

#[test]
fn nothing_that_looks_encoded_is_decoded() {
    let ground = Ground::new();
    let main = ground.window("main");
    for name in [
        "%2e%2e/secret",
        "sub%2f..%2f..%2fsecret",
        "sub/%2e%2e/%2e%2e/secret",
        "..%2fsecret",
        "&#46;&#46;/secret",
        "．．/secret",
        "..∕secret",
        "..\\secret",
        "sub\\..\\..\\secret",
        "%u002e%u002e/secret",
        "$(cat a.md)",
        "`cat a.md`",
        "a.md;cat",
        "*",
        "?.md",
        "[a].md",
        "{a,b}.md",
        "pri*/key",
    ] {
        let answer = main.reads(name);
        assert!(answer == "denied" || answer.contains("not_found"), "{name}: {answer}");
    }
}

#[test]
fn a_name_with_a_nul_is_no_name() {
    let ground = Ground::new();
    let main = ground.window("main");
    for name in ["a.md\0", "a.md\0.png", "\0a.md", "private/key\0.md", "$PROJECT\0/secret", "\0"] {
        let answer = main.reads(name);
        assert!(answer.starts_with("invalid"), "{name:?}: {answer}");
        assert!(main.writes(name, "overwritten").starts_with("invalid"));
    }
    ground.is_as_it_was();
}

#[test]
fn a_name_that_is_not_unicode_is_no_name() {
    let ground = Ground::new();
    let main = ground.gate.session(Principal::window("main"));
    for arguments in [
        &b"{\"file\":\"a\xff.md\"}"[..],
        b"{\"file\":\"\xc0\xae\xc0\xae/secret\"}",
        b"{\"file\":\"\xed\xa0\x80\"}",
        br#"{"file":"\ud800"}"#,
        br#"{"file":"\udc00\ud800/../secret"}"#,
    ] {
        let reply = portcullis_tests::block_on(main.invoke(Request::json("read", arguments)));
        assert_eq!(reply.failure().map(portcullis::Failure::code), Some(Code::Invalid));
    }
}

#[test]
fn a_name_that_is_sent_twice_is_none() {
    let ground = Ground::new();
    let session = ground.gate.session(Principal::window("main"));
    for arguments in [
        r#"{"file":"a.md","file":"private/key"}"#,
        r#"{"file":"private/key","file":"a.md"}"#,
        r#"{"file":"a.md","fil\u0065":"private/key"}"#,
    ] {
        let answer = line(&call(&session, "read", arguments));
        assert!(answer.starts_with("invalid"), "{answer}");
    }
}

#[test]
fn a_long_name_is_an_answer_and_no_panic() {
    let ground = Ground::new();
    let main = ground.window("main");
    // 4,096 bytes, with the base folder more than the system takes at once; and as many folders as there may be.
    let longest = vec!["abcdefghijklmnopqrstuvwxyz01234"; 128].join("/");
    assert_eq!(longest.len(), 4095);
    for name in [longest.as_str(), &format!("{longest}x"), &vec!["a"; 255].join("/"), &"x".repeat(255)] {
        for command in ["read", "write", "append", "create", "exists", "size", "remove"] {
            let answer = main.tries(command, name);
            assert!(answer.starts_with("error") || answer.starts_with("ok"), "{command}: {answer}");
        }
    }
    for name in
        [&format!("{longest}xy"), &vec!["a"; 256].join("/"), &"x".repeat(256), &"x/".repeat(1_000_000)]
    {
        for command in ["read", "write"] {
            let answer = main.tries(command, name);
            assert!(answer.starts_with("invalid"), "{command}: {answer}");
        }
    }
    assert_eq!(main.reads("a.md"), "ok \"a\"");
}

#[test]
fn a_list_is_admitted_whole_or_not_at_all() {
    let ground = Ground::new();
    let main = ground.window("main");
    let all =
        |files: &[&str], also: Option<&str>| main.asks("read_all", &json!({ "files": files, "also": also }));
    assert_eq!(all(&["a.md", "sub/deep.md"], Some("a.md")), r#"ok ["a","deep","a"]"#);
    assert_eq!(all(&["a.md", "private/key"], None), "denied");
    assert_eq!(all(&["private/key", "a.md"], None), "denied");
    assert_eq!(all(&[], Some("private/key")), "denied");
    assert!(all(&["a.md", "../secret"], None).starts_with("invalid"));
    assert_eq!(all(&vec!["a.md"; 10_000], Some("$PROJECT/secret")), "denied");
    assert_eq!(all(&[], None), "ok []");
}

#[test]
fn a_read_permission_does_not_write_nor_a_write_permission_read() {
    let ground = Ground::new();
    let reader = ground.window("reader");
    assert_eq!(reader.reads("a.md"), "ok \"a\"");
    for name in ["$PROJECT/docs/a.md", "$PROJECT/docs/new.md", &ground.absolute("project/docs/a.md")] {
        reader.cannot_write(name);
        refused("remove", &reader.tries("remove", name));
        refused("rename", &reader.asks("rename", &json!({ "from": name, "to": "o2.md" })));
        refused("rename", &reader.asks("rename", &json!({ "from": "o.md", "to": name })));
    }
    for name in ["$PROJECT/out/o.md", &ground.absolute("project/out/o.md")] {
        for command in ["read", "exists", "size"] {
            refused(command, &reader.tries(command, name));
        }
    }
    assert_eq!(reader.writes("o.md", "written"), "ok null");
    // A link from one to the other.
    ground.link("project/docs/o.md", "../out/o.md");
    ground.link("project/out/a.md", "../docs/a.md");
    refused("read", &reader.reads("$PROJECT/docs/o.md"));
    reader.cannot_write("a.md");
    assert_eq!(ground.text("project/docs/a.md"), "a");
    assert!(!ground.at("project/docs/new.md").exists());
}

#[test]
fn a_name_without_a_start_is_refused_where_it_could_mean_several() {
    let ground = Ground::new();
    let several = ground.window("several");
    for name in ["deep.md", "o.md", "sub/deep.md", "out/o.md", ".", "docs/a.md"] {
        refused(name, &several.reads(name));
    }
    assert_eq!(several.reads("$PROJECT/docs/sub/deep.md"), "ok \"deep\"");
    assert_eq!(several.reads("$PROJECT/out/o.md"), "ok \"o\"");
    refused("between", &several.reads("$PROJECT/docs/a.md"));
}

#[test]
fn a_base_folder_that_nobody_knows_is_refused_like_one_that_is_not_granted() {
    let ground = Ground::new();
    let main = ground.window("main");
    for name in [
        "$NOBODY/x",
        "$HOME/h.md",
        "$VAULT/key",
        "$PROJECTS/docs/a.md",
        "$WORKSPACE/x",
        "$TEMP/x",
        "$PROJECT",
    ] {
        assert_eq!(main.reads(name), "denied", "{name}");
    }
    let told = ground.told.lock().unwrap();
    let whys: std::collections::HashSet<_> = told.iter().collect();
    assert_eq!(whys.len(), 1, "{whys:?}");
}

#[test]
fn a_base_folder_whose_path_leads_through_an_allowed_one_is_not_thereby_allowed() {
    // By a link or by `..`, as programs give them: what is allowed is where it really is.
    let ground = Ground::new();
    ground.link("project/docs/out", ground.at("outside"));
    let docs = ground.at("project/docs");
    let absolute = format!("{}/**", ground.absolute("project/docs"));
    for entry in [
        json!("$DOCS/**"),
        json!({ "path": "$DOCS/**", "hidden": true }),
        json!(absolute),
        json!({ "path": absolute, "hidden": true }),
    ] {
        for other in ["out", "../../outside", "../docs/../../outside", "sub/../../../outside"] {
            let scope = portcullis::test::scope::<ReadFiles>()
                .allow(&entry)
                .base("DOCS", &docs)
                .base("OTHER", docs.join(other));
            for name in [
                "$OTHER/secret",
                "$OTHER/nothing",
                "$OTHER",
                &ground.absolute("outside/secret"),
                &ground.absolute("project/docs/out/secret"),
            ] {
                let read = scope.admit(name).map(|file| file.read_to_string());
                assert!(!matches!(read, Ok(Ok(_))), "{name} with {other} under {entry}");
                assert!(!name.starts_with('$') || read.is_err(), "{name} with {other} under {entry}");
            }
        }
    }
}

#[test]
fn a_session_without_its_base_folder_has_nothing() {
    let ground = Ground::new();
    let without = ground.window("workspace");
    // Not even what other entries of the same grant allow: it would hold without a denial that is there.
    for name in ["$WORKSPACE/w.md", "w.md", "$PROJECT/docs/a.md", ".", "$WORKSPACE"] {
        assert_eq!(without.reads(name), "denied", "{name}");
    }
    let session = ground.gate.session(Principal::window("workspace"));
    let with = session.clone().base("WORKSPACE", ground.at("project/out")).unwrap();
    assert_eq!(line(&call(&with, "read", r#"{"file":"$WORKSPACE/o.md"}"#)), "ok \"o\"");
    assert_eq!(line(&call(&session, "read", r#"{"file":"$WORKSPACE/o.md"}"#)), "denied");
    for other in ["PROJECT", "HOME", "NOBODY", "workspace", ""] {
        assert!(session.clone().base(other, "/").is_err(), "{other}");
    }
    assert!(session.base("WORKSPACE", "relative/../..").is_err());
}

#[test]
fn a_empty_allow_denies() {
    let ground = Ground::new();
    let folder = ground.at("project");
    for scope in [
        portcullis::test::scope::<ReadFiles>().base("R", &folder),
        portcullis::test::scope::<ReadFiles>().base("R", &folder).deny("$R/private/**"),
    ] {
        for name in [".", "secret", "$R", "$R/secret", &ground.absolute("project/secret"), "/"] {
            assert!(!scope.admit(name).unwrap_err().is_malformed(), "{name}");
        }
    }
    let picker = ground.window("picker");
    picker.session.switch_on_within::<ReadFiles>(Vec::new()).unwrap();
    for name in ["$PROJECT/docs/a.md", &ground.absolute("project/docs/a.md"), "."] {
        assert_eq!(picker.reads(name), "denied", "{name}");
    }
}

#[test]
fn b_scope_declared_unused() {
    // What does not compile is a case of its own, with what is said about it: that it is there, and still about this.
    let said = include_str!("../../../ui/rustc/scope_not_taken/case.stderr");
    assert!(said.contains("Checked<") && said.contains("scope"), "{said}");
}

#[test]
fn a_no_exempt_commands() {
    let ground = Ground::new();
    let nobody = ground.window("nobody");
    let own = ["read", "read_all", "list", "walk", "exists", "size", "write", "append", "create", "remove"];
    let of_others = [
        "plugin:__TAURI_CHANNEL__|fetch",
        "__TAURI_CHANNEL__|fetch",
        "__TAURI_CHANNEL__",
        "plugin:event|listen",
        "plugin:fs|read_file",
        "portcullis:version",
        "__portcullis",
        "__initialized",
        "ping",
        "",
        "*",
        "READ",
        "read ",
        "read\0",
        "re%61d",
        "Read",
        "files:read",
        "attacks::read",
    ];
    for command in own.into_iter().chain(["make_folder", "rename", "link"]).chain(of_others) {
        assert!(!nobody.session.may_call(command), "{command}");
        let arguments = json!({ "file": "$PROJECT/docs/a.md", "folder": ".", "files": [], "from": "a", "to": "b", "text": "" });
        assert_eq!(nobody.asks(command, &arguments), "denied", "{command}");
    }
    // And for somebody who may call some, a name of none of these is not another way to one.
    let main = ground.window("main");
    for command in of_others {
        assert_eq!(main.tries(command, "$PROJECT/docs/a.md"), "denied", "{command}");
    }
    assert_eq!(ground.told.lock().unwrap().len(), own.len() + 3 + 2 * of_others.len());
}

#[test]
fn p_unc_device() {
    // Nothing is opened, so that nobody is sent who the user is: it is refused by its form. The vectors have more.
    for name in [
        r"\\srv\share\x",
        "//srv/share/x",
        r"\\?\UNC\srv\share",
        r"\\.\PhysicalDrive0",
        r"\??\C:\x",
        "NUL",
        "a:b",
    ] {
        let read = portcullis::test::scope::<ReadFiles>().allow_all().platform("windows");
        let write = portcullis::test::scope::<WriteFiles>().allow_all().platform("windows");
        assert!(read.admit(name).unwrap_err().is_malformed(), "{name}");
        assert!(write.admit(name).unwrap_err().is_malformed(), "{name}");
    }
}

#[test]
fn p_nfc_nfd_case() {
    // Both normal forms and both cases are there beside each other: a denial of one is one of all, and an entry that
    // allows one allows no other.
    let ground = Ground::new();
    let names = ["passw\u{f6}rter", "passwo\u{308}rter", "PASSW\u{d6}RTER", "PASSWO\u{308}RTER"];
    for name in names {
        std::fs::write(ground.at("project/docs").join(name), SECRET).unwrap();
    }
    let scope = || portcullis::test::scope::<ReadFiles>().base("R", ground.at("project/docs"));
    for denied in names {
        let but = scope().allow("$R/**").deny(format!("$R/{denied}"));
        let only = scope().allow(format!("$R/{denied}"));
        for name in names {
            assert!(but.admit(name).is_err(), "{name} with a denial of {denied}");
            assert_eq!(only.admit(name).is_ok(), name == denied, "{name} with {denied} allowed");
        }
    }
}

#[test]
fn each_refusal_is_told_to_the_host_and_none_of_it_to_the_caller() {
    let ground = Ground::new();
    ground.link("project/docs/out", ground.at("outside"));
    let main = ground.window("main");
    for name in ["private/key", "../secret", "out/secret", "$VAULT/key"] {
        main.reads(name);
    }
    let told = ground.told.lock().unwrap();
    assert_eq!(told.len(), 4, "{told:?}");
    assert!(
        told[0].contains("`deny`") && told[1].contains("`..`") && told[2].contains("leads out"),
        "{told:?}"
    );
}
