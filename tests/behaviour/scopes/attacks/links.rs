//! Links, hard links and what else a name may stand for.

use std::{fs, process::Command};

use serde_json::json;

use super::{Ground, SECRET, is_refusal, refused};

#[test]
fn p_readdir_symlink() {
    let ground = Ground::new();
    ground.link("project/docs/out", ground.at("outside"));
    ground.link("project/docs/up", "..");
    ground.link("project/docs/hushed", "private");
    ground.link("project/docs/hushed.md", "private/key");
    ground.link("project/docs/dotted.md", ".hidden");
    ground.link("project/docs/nowhere", "nothing");
    ground.link("project/docs/inside", "sub");
    let main = ground.window("main");
    assert_eq!(main.tries("list", "."), r#"ok ["a.md","inside","sub"]"#);
    assert_eq!(main.tries("walk", "."), r#"ok ["a.md a","inside ","sub ","sub/deep.md deep"]"#);
}

#[test]
fn a_link_leads_nowhere_that_its_target_would_not() {
    let ground = Ground::new();
    ground.link("project/docs/out", ground.at("outside"));
    ground.link("project/docs/up", "..");
    ground.link("project/docs/far-up", "../../outside");
    ground.link("project/docs/secret.md", ground.at("outside/secret"));
    ground.link("project/docs/hushed", "private");
    ground.link("project/docs/hushed.md", "private/key");
    ground.link("project/docs/dotted.md", ".hidden");
    ground.link("project/docs/round", "../../project/docs/private");
    ground.link("project/docs/chain", "hushed");
    let main = ground.window("main");
    for name in [
        "out/secret",
        "up/secret",
        "far-up/secret",
        "secret.md",
        "hushed/key",
        "hushed.md",
        "dotted.md",
        "round/key",
        "chain/key",
    ] {
        main.is_kept_from(name);
    }
    ground.is_as_it_was();
}

#[test]
fn p_new_file_via_dirlink() {
    let ground = Ground::new();
    ground.link("project/docs/out", ground.at("outside"));
    ground.link("project/docs/up", "..");
    ground.link("project/docs/hushed", "private");
    let main = ground.window("main");
    for folder in ["out", "up", "hushed"] {
        main.cannot_write(&format!("{folder}/new.txt"));
        refused(folder, &main.asks("make_folder", &json!({ "folder": format!("{folder}/new/er") })));
        refused(folder, &main.asks("rename", &json!({ "from": "a.md", "to": format!("{folder}/a.md") })));
    }
    ground.is_as_it_was();
}

#[test]
fn p_dangling_1hop() {
    let ground = Ground::new();
    ground.link("project/docs/new.md", ground.at("outside/new.md"));
    ground.window("main").cannot_write("new.md");
    ground.is_as_it_was();
}

#[test]
fn p_dangling_2hop() {
    let ground = Ground::new();
    ground.link("project/docs/new.md", "next.md");
    ground.link("project/docs/next.md", ground.at("outside/new.md"));
    ground.window("main").cannot_write("new.md");
    ground.is_as_it_was();
}

#[test]
fn p_relative_dangling() {
    let ground = Ground::new();
    ground.link("project/docs/new.md", "../../outside/new.md");
    ground.link("project/docs/hushed.md", "private/new.md");
    ground.link("project/docs/beside.md", "../new.md");
    for name in ["new.md", "hushed.md", "beside.md"] {
        ground.window("main").cannot_write(name);
    }
    ground.is_as_it_was();
}

#[test]
fn p_link_loop_fails_closed() {
    let ground = Ground::new();
    ground.link("project/docs/one", "two");
    ground.link("project/docs/two", "one");
    ground.link("project/docs/self", "self/x");
    for name in ["one", "self", "one/x"] {
        ground.window("main").is_kept_from(name);
    }
}

#[test]
fn p_deny_names_link() {
    // The denied name is that of a link: it is denied although what it leads to is not.
    let ground = Ground::new();
    fs::rename(ground.at("project/docs/private"), ground.at("project/docs/elsewhere")).unwrap();
    ground.link("project/docs/private", "sub");
    let main = ground.window("main");
    assert_eq!(main.reads("sub/deep.md"), "ok \"deep\"");
    for name in ["private", "private/deep.md", "$PROJECT/docs/PRIVATE/deep.md"] {
        main.is_kept_from(name);
    }
    refused("remove", &main.tries("remove", "private"));
}

#[test]
fn a_link_that_one_command_makes_is_none_that_another_follows_out() {
    let ground = Ground::new();
    let main = ground.window("main");
    for (name, to) in [
        ("made", ground.absolute("outside")),
        ("made-too", "../..".into()),
        ("made.md", "private/key".into()),
    ] {
        let from = ground.absolute(&format!("project/docs/{name}"));
        assert_eq!(main.asks("link", &json!({ "from": from, "to": to })), "ok null");
    }
    for name in ["made/secret", "made-too/outside/secret", "made-too/project/secret", "made.md"] {
        main.is_kept_from(name);
    }
    ground.is_as_it_was();
}

#[test]
fn a_hard_link_is_not_written_through() {
    let ground = Ground::new();
    fs::hard_link(ground.at("outside/secret"), ground.at("project/docs/hard.md")).unwrap();
    let main = ground.window("main");
    for command in ["write", "append"] {
        refused(command, &main.tries(command, "hard.md"));
    }
    refused("over it", &main.asks("rename", &json!({ "from": "a.md", "to": "hard.md" })));
    refused("away", &main.asks("rename", &json!({ "from": "hard.md", "to": "moved.md" })));
    ground.is_as_it_was();
    assert_eq!(main.tries("remove", "hard.md"), "ok null");
    ground.is_as_it_was();
}

#[test]
fn whether_something_outside_is_there_is_not_told() {
    let ground = Ground::new();
    ground.link("project/docs/out", ground.at("outside"));
    let main = ground.window("main");
    for command in ["exists", "size", "read"] {
        let of = |name: &str| main.tries(command, name).replace(name, "it");
        assert_eq!(of("out/secret"), of("out/nothing"), "{command}");
        assert_eq!(of("private/key"), of("private/nothing"), "{command}");
        assert_eq!(of("/etc/passwd"), of("/etc/nothing"), "{command}");
        assert_eq!(of("$VAULT/key"), of("$NOBODY/key"), "{command}");
    }
}

#[test]
fn of_which_kind_something_is_that_is_denied_is_not_told() {
    let ground = Ground::new();
    ground.link("project/docs/hushed", "private");
    ground.link("project/docs/hushed.md", "private/key");
    let main = ground.window("main");
    for command in ["read", "list", "write", "create"] {
        refused(command, &main.tries(command, "hushed"));
        refused(command, &main.tries(command, "hushed.md"));
    }
}

#[test]
fn a_pipe_keeps_nobody_waiting() {
    let ground = Ground::new();
    let pipe = ground.at("project/docs/pipe");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let main = ground.window("main");
    for (command, arguments) in [
        ("read", json!({ "file": "pipe" })),
        ("write", json!({ "file": "pipe", "text": "x" })),
        ("append", json!({ "file": "pipe", "text": "x" })),
        ("size", json!({ "file": "pipe" })),
    ] {
        refused(command, &main.asks(command, &arguments));
    }
    assert_eq!(main.tries("list", "."), r#"ok ["a.md","sub"]"#);
}

#[test]
fn p_proc_self() {
    let ground = Ground::new();
    for (name, to) in [
        ("environ", "/proc/self/environ"),
        ("root", "/proc/self/root"),
        ("here", "/proc/self/cwd"),
        ("in", "/dev/stdin"),
        ("descriptor", "/proc/self/fd/0"),
        ("kernel", "/sys/kernel"),
    ] {
        ground.link(&format!("project/docs/{name}"), to);
    }
    let main = ground.window("main");
    for name in ["environ", "root/etc/hostname", "here/Cargo.toml", "in", "descriptor", "kernel/notes"] {
        main.is_kept_from(name);
    }
    // Where everything is allowed, files of the kernel still are no files.
    let everything = ground.window("everything");
    for name in [
        "/proc/self/environ",
        "/proc/self/maps",
        "/proc/self/mem",
        concat!("/proc/self/root", "/tmp"),
        "/proc/self/fd/0",
        "/proc/thread-self/comm",
        "/proc/1/environ",
        "/proc/version",
        "/proc/sys/kernel/hostname",
        "/sys/kernel/notes",
        "/dev/null",
        "/dev/stdin",
        "/dev/fd/0",
        "/dev/tty",
        "/dev/mem",
    ] {
        for command in ["read", "write", "append"] {
            let answer = everything.tries(command, name);
            let is_absent = answer.contains("not_found");
            assert!(is_refusal(&answer) || is_absent, "`{command}` of {name}: {answer}");
        }
    }
    refused("/proc", &everything.tries("list", "/proc"));
    let listed = everything.tries("list", "/");
    for name in ["proc", "sys", "dev", "etc"] {
        assert!(!listed.contains(&format!("\"{name}\"")), "{listed}");
    }
}

#[test]
fn a_secret_is_one_in_every_reply() {
    // The fixture looks at each reply: here it is shown to find what it looks for.
    let ground = Ground::new();
    fs::write(ground.at("project/docs/told.md"), SECRET).unwrap();
    let main = ground.window("main");
    let caught = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| main.reads("told.md")));
    assert!(caught.is_err());
}
