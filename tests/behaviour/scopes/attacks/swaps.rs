//! What changes between admission and use: files, folders and the base folder itself.

use std::{
    fs,
    os::unix::fs::symlink,
    path::PathBuf,
    sync::atomic::{AtomicBool, Ordering},
};

use super::{Ground, SECRET, is_refusal, refused};

/// Puts a link in the place of something.
fn replace_by_link(what: PathBuf, to: PathBuf) -> impl FnOnce() + Send + 'static {
    move || {
        fs::rename(&what, what.with_extension("moved")).unwrap();
        symlink(to, what).unwrap();
    }
}

#[test]
fn p_toctou_swap_between_admission_and_reading() {
    for (swapped, to, file) in [
        ("project/docs/a.md", "outside/secret", "a.md"),
        ("project/docs/a.md", "project/docs/private/key", "a.md"),
        ("project/docs/a.md", "project/secret", "a.md"),
        ("project/docs/sub", "outside", "sub/secret"),
        ("project/docs/sub", "project/docs/private", "sub/key"),
        ("project/docs", "outside", "secret"),
    ] {
        for relative in [false, true] {
            let ground = Ground::new();
            let to = if relative {
                let depth = swapped.split('/').count() - 1;
                PathBuf::from("../".repeat(depth)).join(to)
            } else {
                ground.at(to)
            };
            ground.between.happens(replace_by_link(ground.at(swapped), to));
            refused(swapped, &ground.window("main").reads(file));
        }
    }
}

#[test]
fn p_toctou_swap_between_admission_and_writing() {
    for (swapped, to, file) in [
        ("project/docs/a.md", "outside/secret", "a.md"),
        ("project/docs/a.md", "outside/new", "a.md"),
        ("project/docs/a.md", "project/docs/private/key", "a.md"),
        ("project/docs/sub", "outside", "sub/new.md"),
        ("project/docs/sub", "outside", "sub/secret"),
        ("project/docs/sub", "project/docs/private", "sub/new.md"),
    ] {
        let ground = Ground::new();
        ground.between.happens(replace_by_link(ground.at(swapped), ground.at(to)));
        refused(swapped, &ground.window("main").writes(file, "overwritten"));
        ground.is_as_it_was();
    }
}

#[test]
fn a_hard_link_that_comes_between_is_not_written_to() {
    let ground = Ground::new();
    let (file, secret) = (ground.at("project/docs/a.md"), ground.at("outside/secret"));
    ground.between.happens(move || {
        fs::remove_file(&file).unwrap();
        fs::hard_link(secret, file).unwrap();
    });
    refused("a.md", &ground.window("main").writes("a.md", "overwritten"));
    ground.is_as_it_was();
}

#[test]
fn a_pipe_that_comes_between_keeps_nobody_waiting() {
    let ground = Ground::new();
    let file = ground.at("project/docs/a.md");
    ground.between.happens(move || {
        fs::remove_file(&file).unwrap();
        assert!(std::process::Command::new("mkfifo").arg(&file).status().unwrap().success());
    });
    refused("a.md", &ground.window("main").reads("a.md"));
}

#[test]
fn what_is_gone_between_is_not_found() {
    let ground = Ground::new();
    let file = ground.at("project/docs/a.md");
    ground.between.happens(move || fs::remove_file(file).unwrap());
    assert!(ground.window("main").reads("a.md").contains("not_found"));
}

#[test]
fn what_is_switched_off_between_stays_off_for_the_next_call() {
    let ground = Ground::new();
    let picker = ground.window("picker");
    picker.session.switch_on::<super::ReadFiles>().unwrap();
    let session = picker.session.clone();
    ground.between.happens(move || session.switch_off::<super::ReadFiles>());
    assert_eq!(picker.reads("$PROJECT/docs/a.md"), "ok \"a\"");
    assert_eq!(picker.reads("$PROJECT/docs/a.md"), "denied");
}

#[test]
fn a_base_folder_that_is_held_is_not_replaced_by_a_link() {
    let ground = Ground::new();
    let main = ground.window("main");
    assert_eq!(main.reads("a.md"), "ok \"a\"");
    fs::create_dir(ground.at("outside/docs")).unwrap();
    for name in ["outside/docs/a.md", "outside/docs/b.md"] {
        fs::write(ground.at(name), SECRET).unwrap();
    }
    replace_by_link(ground.at("project"), ground.at("outside"))();
    assert_eq!(main.reads("a.md"), "ok \"a\"");
    assert!(main.reads("b.md").contains("not_found"));
    assert_eq!(main.writes("c.md", "c"), "ok null");
    assert!(!ground.at("outside/docs/c.md").exists());
    assert_eq!(ground.text("project.moved/docs/c.md"), "c");
}

#[test]
fn a_base_folder_that_is_gone_is_an_error_and_its_successor_is_another() {
    let ground = Ground::new();
    let main = ground.window("main");
    assert_eq!(main.reads("a.md"), "ok \"a\"");
    fs::remove_dir_all(ground.at("project")).unwrap();
    for command in ["read", "size", "write", "append", "create", "remove"] {
        let answer = main.tries(command, "a.md");
        assert!(answer.starts_with("error"), "{command}: {answer}");
    }
    for command in ["list", "walk", "make_folder"] {
        let answer = main.tries(command, "sub");
        assert!(answer.starts_with("error"), "{command}: {answer}");
    }
    fs::create_dir_all(ground.at("project/docs")).unwrap();
    fs::write(ground.at("project/docs/a.md"), SECRET).unwrap();
    assert!(main.reads("a.md").starts_with("error"));
}

#[test]
fn a_base_folder_that_is_not_there_yet_is_what_it_is_when_it_comes() {
    let ground = Ground::with(|temp, gate| {
        fs::rename(temp.join("project"), temp.join("later")).unwrap();
        gate
    });
    let main = ground.window("main");
    assert!(main.reads("a.md").contains("not_found"));
    refused("private", &main.reads("private/key"));
    fs::rename(ground.at("later"), ground.at("project")).unwrap();
    assert_eq!(main.reads("a.md"), "ok \"a\"");
    refused("private", &main.reads("private/key"));
}

#[test]
fn p_toctou_swap() {
    let ground = Ground::new();
    fs::create_dir(ground.at("project/docs/folder")).unwrap();
    fs::write(ground.at("project/docs/folder/secret"), "no secret").unwrap();
    let main = ground.window("main");
    let (at, to) = (ground.at("project/docs/folder"), ground.at("outside"));
    let aside = ground.at("project/docs/aside");
    let done = AtomicBool::new(false);
    let (mut read, mut refused) = (0, 0);
    std::thread::scope(|threads| {
        threads.spawn(|| {
            while !done.load(Ordering::Relaxed) {
                fs::rename(&at, &aside).unwrap();
                symlink(&to, &at).unwrap();
                fs::remove_file(&at).unwrap();
                fs::rename(&aside, &at).unwrap();
                std::thread::yield_now();
            }
        });
        for round in 0..200_000 {
            // Each reply is looked at for the secret.
            let answer = main.reads("folder/secret");
            read += usize::from(answer.starts_with("ok"));
            refused += usize::from(is_refusal(&answer));
            main.writes("folder/new", "x");
            main.tries("list", "folder");
            if round > 2_000 && read > 10 && refused > 10 {
                break;
            }
        }
        done.store(true, Ordering::Relaxed);
    });
    assert!(read > 10 && refused > 10, "{read} {refused}");
    let _ = fs::remove_file(ground.at("project/docs/folder/new"));
    ground.is_as_it_was();
}
