//! `PathScope`, on real files: a line for what is done, one for the name that a caller sends, one for another name to rename to, and
//! entries, a line each: `+` allows, `-` denies, `*` allows everything, and `!` before a pattern means hidden files. `@` stands for
//! the absolute path of the root, `%` for that of the folder beside it.
//!
//! Oracle: the operating system. Each file has its own name in it, so that what was read says what it was: nothing of outside, nothing
//! that no entry allows by its real name, nothing that one denies. And after something was written, everything outside is as it
//! was, and all that has changed inside is allowed by its name, and not denied.

use std::{
    collections::BTreeMap,
    fs,
    os::unix::fs::symlink,
    path::{Path, PathBuf},
    sync::LazyLock,
};

use portcullis::{
    prelude::*,
    scope::{Access, Kind, Located, PathEntry},
    test::{self, TestScope},
};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::naive::Naive;

/// Read files.
#[derive(Permission)]
#[permission(id = "files:read", scope = PathScope<Read>)]
pub struct ReadFiles;

/// Write files.
#[derive(Permission)]
#[permission(id = "files:write", scope = PathScope<Write>)]
pub struct WriteFiles;

/// Holds `PathScope` against the operating system.
pub fn check(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    if text.len() > 2048 {
        return;
    }
    let place = |text: &str| {
        text.replace('@', PLACE.root.to_str().expect("a temporary folder has a name"))
            .replace('%', PLACE.outside.to_str().expect("a temporary folder has a name"))
    };
    let mut lines = text.split('\n');
    let what = lines.next().unwrap_or_default().as_bytes().first().copied().unwrap_or_default();
    let (name, other) = (place(lines.next().unwrap_or_default()), place(lines.next().unwrap_or_default()));
    let entries = Entries::of(lines.take(5).map(place));
    // What allows everything allows the files of whoever runs this: no input may name one of those.
    if ![&name, &other].into_iter().all(|name| stays_here(name, entries.all)) {
        return;
    }
    match what {
        b'r' | b'l' | b'w' | b'm' => entries.read(what, &name),
        b'W' | b'A' | b'C' | b'O' | b'R' | b'D' | b'P' | b'E' | b'N' => entries.write(what, &name, &other),
        _ => {}
    }
}

/// Whether a name can lead to nothing but the temporary folder, whatever is admitted. Where everything is, an absolute one is beneath
/// the root of the system, and links lead where they like.
fn stays_here(name: &str, all: bool) -> bool {
    if name.starts_with('$') {
        return is_in(name, "$ROOT");
    }
    let folder = PLACE.root.parent().and_then(Path::to_str);
    !name.starts_with('/') || (!all && folder.is_some_and(|folder| is_in(name, folder)))
}

/// Whether a path is this folder, or in it, by its text.
fn is_in(path: &str, folder: &str) -> bool {
    path.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Where the files are, for as long as the process lives.
struct Home {
    _folder: TempDir,
    root: PathBuf,
    outside: PathBuf,
}

static PLACE: LazyLock<Home> = LazyLock::new(|| {
    // Not the usual prefix, which begins with a dot: that would be a hidden folder on the way.
    let folder = tempfile::Builder::new().prefix("portcullis-fuzz-").tempdir().expect("a temporary folder");
    let real = folder.path().canonicalize().expect("it is there");
    let place = Home { root: real.join("root"), outside: real.join("outside"), _folder: folder };
    fs::create_dir_all(place.outside.join("folder")).expect("a new folder");
    fs::write(place.outside.join("secret.txt"), "outside").expect("a new file");
    fs::write(place.outside.join("folder/more.txt"), "outside").expect("a new file");
    build(&place);
    place
});

const FILES: &[&str] = &[
    "a.txt",
    "B.md",
    ".hidden",
    "sub/c.txt",
    "sub/.env",
    "sub/deep/d.txt",
    "Straße/ﬁle.txt",
    "secret/key.txt",
    "secret/.git/config",
    "[x]/**",
    "trailing./dot.",
    "same.txt",
];

/// What is a link, and where to; `%` is the folder outside.
const LINKS: &[(&str, &str)] = &[
    ("to-file", "a.txt"),
    ("to-secret", "secret/key.txt"),
    ("to-folder", "sub"),
    ("sub/up", ".."),
    ("sub/to-hidden", "../.hidden"),
    ("out-file", "../outside/secret.txt"),
    ("out-folder", "../outside/folder"),
    ("out-absolute", "%/secret.txt"),
    ("dangling", "sub/new.txt"),
    ("out-dangling", "../outside/new.txt"),
    ("loop", "loop"),
    ("chain", "to-folder/up/to-secret"),
];

fn build(place: &Home) {
    if place.root.exists() {
        fs::remove_dir_all(&place.root).expect("what is ours");
    }
    for name in FILES {
        let file = place.root.join(name);
        fs::create_dir_all(file.parent().expect("a file is in a folder")).expect("a new folder");
        fs::write(file, name).expect("a new file");
    }
    fs::create_dir(place.root.join("empty")).expect("a new folder");
    for (name, target) in LINKS {
        let target = target.replace('%', place.outside.to_str().expect("a temporary folder has a name"));
        symlink(target, place.root.join(name)).expect("a new link");
    }
    // Reading a hard link reads the file, whatever else it is called; writing it is refused.
    fs::hard_link(place.root.join("same.txt"), place.root.join("sub/same.txt")).expect("a new name");
    rustix::fs::mkfifoat(rustix::fs::CWD, place.root.join("pipe"), rustix::fs::Mode::RWXU).expect("a pipe");
}

/// What is at each name, links as links.
fn snapshot(folder: &Path) -> BTreeMap<String, String> {
    fn add(folder: &Path, within: &str, all: &mut BTreeMap<String, String>) {
        for entry in fs::read_dir(folder).expect("it is ours").map(|entry| entry.expect("it is ours")) {
            let name = entry.file_name().to_str().expect("names are text").to_owned();
            let name = if within.is_empty() { name } else { format!("{within}/{name}") };
            let kind = entry.file_type().expect("it is ours");
            let what = if kind.is_dir() {
                add(&entry.path(), &name, all);
                "folder".to_owned()
            } else if kind.is_symlink() {
                format!("-> {}", fs::read_link(entry.path()).expect("it is a link").display())
            } else if kind.is_file() {
                String::from_utf8_lossy(&fs::read(entry.path()).expect("it is ours")).into_owned()
            } else {
                "special".to_owned()
            };
            all.insert(name, what);
        }
    }
    let mut all = BTreeMap::new();
    add(folder, "", &mut all);
    all
}

/// The entries of a grant, and what they mean.
#[derive(Default)]
struct Entries {
    all: bool,
    allow: Vec<Value>,
    deny: Vec<Value>,
    allowed: Vec<Option<Naive>>,
    denied: Vec<Option<Naive>>,
}

impl Entries {
    fn of(lines: impl Iterator<Item = String>) -> Self {
        let mut entries = Self::default();
        for line in lines {
            let (kind, written) = line.split_at_checked(1).unwrap_or_default();
            let (pattern, hidden) =
                written.strip_prefix('!').map_or((written, false), |pattern| (pattern, true));
            // Other folders of this machine are none of ours: nothing may be allowed there.
            let root = PLACE.root.to_str().expect("a temporary folder has a name");
            let is_known = is_in(pattern, "$ROOT") || is_in(pattern, root);
            match kind {
                "*" => entries.all = true,
                "+" | "-" if is_known && PathEntry::new(pattern).is_ok() => {
                    let entry = json!({ "path": pattern, "hidden": hidden });
                    if kind == "+" {
                        entries.allow.push(entry);
                        entries.allowed.push(Naive::of(pattern, hidden));
                    } else {
                        entries.deny.push(entry);
                        entries.denied.push(Naive::of(pattern, true));
                    }
                }
                _ => {}
            }
        }
        entries
    }

    fn scope<P, A: Access>(&self, scope: TestScope<P>) -> TestScope<P>
    where
        P: Permission<Scope = PathScope<A>>,
    {
        let scope = scope.base("ROOT", &PLACE.root);
        let scope =
            if self.all { scope.allow_all() } else { self.allow.iter().fold(scope, TestScope::allow) };
        self.deny.iter().fold(scope, TestScope::deny)
    }

    /// Whether an entry allows this name beneath the root, and none denies it: by the text of both.
    fn admits(&self, name: &str) -> bool {
        let whole = format!("{}/{name}", PLACE.root.display());
        let says = |entry: &Option<Naive>| match entry {
            Some(entry) if entry.start == "$ROOT" => entry.matches(name),
            Some(entry) if entry.start == "/" => {
                entry.matches(whole.trim_start_matches('/').trim_end_matches('/'))
            }
            Some(_) => false,
            None => true,
        };
        (self.all || self.allowed.iter().any(says))
            && !self.denied.iter().any(|entry| entry.is_some() && says(entry))
    }

    fn read(&self, what: u8, name: &str) {
        let admitted = self.scope(test::scope::<ReadFiles>()).admit(name);
        // The other way round, where nothing but the one rule counts: a file that is there, by its name and that of the base folder.
        if let Some(file) = name.strip_prefix("$ROOT/").filter(|file| what == b'r' && FILES.contains(file))
            && self.deny.is_empty()
            && self.allowed.iter().flatten().any(|entry| entry.start == "$ROOT" && entry.matches(file))
        {
            let read = admitted.as_ref().ok().and_then(|located| located.read_to_string().ok());
            assert_eq!(read.as_deref(), Some(file), "under {:?}", self.allow);
        }
        let Ok(located) = admitted else { return };
        let located: &Located<Read> = &located;
        match what {
            b'r' => {
                if let Ok(text) = located.read_to_string() {
                    self.was_readable(&text);
                }
            }
            b'l' => {
                for item in located.list().into_iter().flatten().filter_map(Result::ok) {
                    self.is_listed(item.kind(), &item.locate());
                }
            }
            b'w' => {
                for item in located.walk().into_iter().flatten().filter_map(Result::ok).take(64) {
                    self.is_listed(item.kind(), &item.locate());
                }
            }
            _ => {
                let (there, metadata) = (located.exists(), located.metadata());
                assert_eq!(
                    matches!(there, Ok(true)),
                    metadata.is_ok(),
                    "{name:?}: {there:?} and {metadata:?}"
                );
            }
        }
    }

    fn is_listed(&self, kind: Kind, item: &Located<Read>) {
        // What is listed by a name is admitted by that name, and a file of it can be read or is refused.
        assert!(self.admits_from(item.name()), "{:?} is listed", item.name());
        if kind == Kind::File
            && let Ok(text) = item.read_to_string()
        {
            self.was_readable(&text);
        }
    }

    /// As `admits`, of a name from where the root of the scope is: it may be one within ours.
    fn admits_from(&self, name: &str) -> bool {
        // The root of an absolute entry, or of everything, may be further up.
        let from_above = PLACE.root.ancestors().find_map(|above| {
            let whole = above.join(name);
            Some(whole.strip_prefix(&PLACE.root).ok()?.to_str()?.to_owned())
        });
        if from_above.is_some_and(|name| self.admits(&name)) {
            return true;
        }
        let at = |folder: &str| if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") };
        let folders = ["", "sub", "sub/deep", "secret", "secret/.git", "Straße", "[x]", "trailing.", "empty"];
        folders
            .iter()
            .any(|folder| PLACE.root.join(at(folder)).symlink_metadata().is_ok() && self.admits(&at(folder)))
    }

    /// A file has its real name in it. (One has two.)
    fn was_readable(&self, text: &str) {
        assert!(FILES.contains(&text), "{text:?} was read, which is not inside");
        let twin = if text == "same.txt" { "sub/same.txt" } else { text };
        assert!(
            self.admits(text) || self.admits(twin),
            "{text:?} was read under {:?} but {:?}",
            self.allow,
            self.deny
        );
    }

    fn write(&self, what: u8, name: &str, other: &str) {
        let scope = self.scope(test::scope::<WriteFiles>());
        let Ok(located) = scope.admit(name) else { return };
        let located: &Located<Write> = &located;
        let outside = snapshot(&PLACE.outside);
        let before = snapshot(&PLACE.root);
        let done = match what {
            b'W' => located.write("written").is_ok(),
            b'A' => located.append("written").is_ok(),
            b'C' => located.create().is_ok(),
            b'O' => located.open().is_ok_and(|file| file.set_len(1).is_ok()),
            b'P' => located.open_append().is_ok(),
            b'R' => located.remove().is_ok(),
            b'D' => located.create_dir_all().is_ok(),
            b'E' => located.remove_dir().is_ok(),
            _ => scope.admit(other).is_ok_and(|other| located.rename_to(&other).is_ok()),
        };
        assert_eq!(snapshot(&PLACE.outside), outside, "what is outside has changed");
        let after = snapshot(&PLACE.root);
        let changed: Vec<&String> =
            before.keys().chain(after.keys()).filter(|name| before.get(*name) != after.get(*name)).collect();
        let rebuild = !changed.is_empty();
        for name in changed {
            // A folder that is made on the way is admitted too: each is asked for.
            assert!(
                self.admits(name),
                "{name:?} has changed under {:?} but {:?} (done: {done})",
                self.allow,
                self.deny
            );
            let was = before.get(name).map(String::as_str);
            assert!(was != Some("special"), "{name:?} is no file");
            assert!(was.is_none_or(|was| was != "same.txt") || what == b'R', "{name:?} has another name");
        }
        if rebuild {
            build(&PLACE);
        }
    }
}
