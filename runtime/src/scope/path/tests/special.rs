//! What is neither a file nor a folder, and what belongs to the system.

use std::{fs, os::unix::net::UnixListener, process::Command};

use super::{Place, all, at_once};
use crate::scope::path::error::Why;
#[cfg(target_os = "linux")]
use crate::scope::path::root::Root;

fn pipe(place: &Place, name: &str) {
    assert!(Command::new("mkfifo").arg(place.inside(name)).status().unwrap().success());
}

#[test]
fn a_pipe_is_refused_and_nobody_waits_at_it() {
    for place in Place::both(all) {
        pipe(&place, "pipe");
        place.link("link", "pipe");
        at_once(move || {
            place.refused_for_reading("pipe", Why::Special);
            place.refused_for_writing("pipe", Why::Special);
            place.refused(place.write("pipe").open(), Why::Special);
            place.refused(place.read("pipe").metadata(), Why::Special);
            place.refused(place.read("pipe").exists(), Why::Special);
            place.refused(place.write("pipe").remove(), Why::Special);
            place.refused(place.write("pipe").rename_to(&place.write("moved")), Why::Special);
            place.refused(place.write("ok.txt").rename_to(&place.write("pipe")), Why::Special);
            assert!(place.read("link").open().is_err());
        });
    }
}

#[test]
fn a_socket_is_refused() {
    for place in Place::both(all) {
        let _socket = UnixListener::bind(place.inside("socket")).unwrap();
        place.refused_for_reading("socket", Why::Special);
        place.refused_for_writing("socket", Why::Special);
        place.refused(place.read("socket").metadata(), Why::Special);
    }
}

/// `/`, or a folder of the system, as a base folder.
#[cfg(target_os = "linux")]
fn of_the_system(
    root: Root,
    place: &Place,
) -> impl Fn(&str) -> (super::Located<super::Read>, super::Located<super::Write>) {
    use std::sync::Arc;
    let (root, rules) = (Arc::new(root), place.rules());
    move |name| {
        let (to_read, to_write) = (Arc::clone(&root), Arc::clone(&root));
        (
            super::Located::new(to_read, name, Arc::clone(&rules)),
            super::Located::new(to_write, name, Arc::clone(&rules)),
        )
    }
}

#[test]
#[cfg(target_os = "linux")]
fn p_proc_self() {
    let place = Place::new(all);
    for root in [Root::new("/".into()), Root::by_walking("/".into())] {
        let file = of_the_system(root, &place);
        for name in [
            "proc/self/environ",
            concat!("proc/self/root", "/etc/passwd"),
            "proc/self/fd/0",
            "proc/self/mem",
            "proc/1/environ",
            "proc/self/cwd",
            "proc/version",
            "sys/kernel/uevent_seqnum",
            "sys/power/state",
            "dev/null",
            "dev/stdin",
            "dev/fd/0",
        ] {
            let (to_read, to_write) = file(name);
            for error in [
                to_read.open().map(drop).unwrap_err(),
                to_write.open().map(drop).unwrap_err(),
                to_write.write("x").unwrap_err(),
            ] {
                assert!(error.why().is_some(), "{name}: {error}");
            }
            assert!(to_write.create().is_err(), "{name}");
        }
        place.rules.refused.lock().unwrap().clear();
        place.refused(file("proc").0.list(), Why::System);
        place.refused(file("dev/new").1.create(), Why::System);
        let listed: Vec<_> = file("").0.list().unwrap().map(|item| item.unwrap().name().to_owned()).collect();
        assert!(listed.contains(&"etc".to_owned()), "{listed:?}");
        for system in ["proc", "sys", "dev"] {
            assert!(!listed.contains(&system.to_owned()), "{listed:?}");
        }
    }
}

#[test]
#[cfg(target_os = "linux")]
fn a_base_folder_of_the_system_has_nothing_in_it() {
    let place = Place::new(all);
    for root in [Root::new("/proc/self".into()), Root::by_walking("/proc/self".into())] {
        let file = of_the_system(root, &place);
        place.refused(file("environ").0.open(), Why::System);
        place.refused(file("").0.list(), Why::System);
    }
    for root in [Root::new("/dev".into()), Root::by_walking("/dev".into())] {
        place.refused(of_the_system(root, &place)("shm").0.metadata(), Why::System);
    }
}

#[test]
#[cfg(target_os = "linux")]
fn a_link_into_the_system_leads_nowhere() {
    let place = Place::new(all);
    place.link("environ", "/proc/self/environ");
    place.link("null", "/dev/null");
    place.link("root", "/proc/self/root");
    for name in ["environ", "null", "root/etc/passwd"] {
        place.refused_for_reading(name, Why::Outside);
        place.refused_for_writing(name, Why::Outside);
    }
}

#[test]
#[cfg(target_os = "linux")]
fn files_of_the_kernel_are_known_wherever_they_are_mounted() {
    use crate::scope::path::filesystem;
    let place = Place::new(all);
    for name in ["/proc/self/status", "/sys/kernel", "/proc"] {
        assert!(filesystem::is_system(fs::File::open(name).unwrap()), "{name}");
    }
    assert!(!filesystem::is_system(fs::File::open(place.inside("ok.txt")).unwrap()));
}

#[test]
fn nothing_special_is_listed() {
    for place in Place::both(all) {
        pipe(&place, "pipe");
        let _socket = UnixListener::bind(place.inside("socket")).unwrap();
        place.link("link", "pipe");
        fs::remove_file(place.inside("ok.txt")).unwrap();
        let listed: Vec<_> =
            place.read("").list().unwrap().map(|item| item.unwrap().name().to_owned()).collect();
        assert_eq!(listed, ["sub"]);
    }
}
