//! What is opened in the end, in small random trees with links and under random entries: it is compared with the rules,
//! which are written down here once more, from their words alone.

use std::{
    collections::BTreeMap,
    fs,
    os::unix::fs::symlink,
    path::{Path, PathBuf},
};

use portcullis::{
    prelude::*,
    scope::PathInput,
    test::{self, TestScope},
};
use proptest::{prelude::*, sample::select};
use serde_json::{Value, json};
use tempfile::TempDir;

use super::{ReadFiles, config};

/// Write files.
#[derive(Permission)]
#[permission(id = "files:write", scope = PathScope<Write>)]
struct WriteFiles;

const NAMES: [&str; 6] = ["a", "b", "A", "B", ".h", "c.md"];

/// Where something starts: the folder that everything is in, one in it, or that folder by its path on the host.
#[derive(Clone, Copy, Debug, PartialEq)]
enum From {
    Root,
    Inner,
    Host,
}

impl From {
    fn any() -> impl Strategy<Value = Self> + Clone {
        select(vec![Self::Root, Self::Root, Self::Inner, Self::Host])
    }

    /// Its folder, in a folder for everything.
    fn folder(self) -> &'static str {
        if self == Self::Inner { "root/a" } else { "root" }
    }

    /// How it is written.
    fn written(self, temp: &Path) -> String {
        match self {
            Self::Root => "$ROOT".into(),
            Self::Inner => "$INNER".into(),
            Self::Host => temp.join("root").to_str().unwrap().into(),
        }
    }
}

#[derive(Clone, Debug)]
struct Entry {
    from: From,
    parts: Vec<&'static str>,
    hidden: bool,
}

impl Entry {
    fn any() -> impl Strategy<Value = Self> + Clone {
        let globs = ["*", "**", "**", "?", "[a-b]", "*.md", ".*"];
        let parts = prop::collection::vec(select([&NAMES[..], &globs[..]].concat()), 0..4);
        (From::any(), parts, any::<bool>()).prop_map(|(from, parts, hidden)| Self { from, parts, hidden })
    }

    fn json(&self, temp: &Path) -> Value {
        let mut path = self.from.written(temp);
        for part in &self.parts {
            path = format!("{path}/{part}");
        }
        json!({ "path": path, "hidden": self.hidden })
    }

    /// Whether it means this file or folder, given by its real path. Of a denial the least, or the most, that it means.
    fn means(&self, temp: &Path, real: &Path, side: Side) -> bool {
        let start = temp.join(self.from.folder());
        if self.means_below(&start, &self.parts, real, side) {
            return true;
        }
        // A denial through a link is one of what it leads to. And the folder that an absolute entry under `allow` is in is
        // the program's to name, so links on the way are followed.
        let literal = self.parts.iter().take_while(|part| NAMES.contains(part)).count();
        let (way, rest) = self.parts.split_at(literal.min(self.parts.len().saturating_sub(1)));
        let folder = way.iter().fold(start, |folder, name| folder.join(name));
        let follows = match side {
            Side::Allow => self.from == From::Host,
            Side::DenyAsWritten => false,
            Side::DenyLeast | Side::DenyMost => true,
        };
        follows && folder.canonicalize().is_ok_and(|folder| self.means_below(&folder, rest, real, side))
    }

    fn means_below(&self, start: &Path, parts: &[&str], real: &Path, side: Side) -> bool {
        // A denial holds in every spelling of its base folder too.
        let folded = |path: &Path| match side {
            Side::DenyMost => PathBuf::from(path.to_str().unwrap().to_lowercase()),
            Side::Allow | Side::DenyAsWritten | Side::DenyLeast => path.to_owned(),
        };
        let real = folded(real);
        let Ok(below) = real.strip_prefix(folded(start)) else { return false };
        let names: Vec<String> = below.iter().map(|name| side.fold(name.to_str().unwrap())).collect();
        let parts: Vec<String> = parts
            .iter()
            .map(|part| match (*part, side) {
                // Of a denial, what is one character to one spelling is several to another.
                ("?" | "[a-b]", Side::DenyMost) => "*".into(),
                (part, side) => side.fold(part),
            })
            .collect();
        means(&parts, &names, self.hidden || side != Side::Allow)
    }
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Side {
    Allow,
    /// What a denial means as it is written, ..
    DenyAsWritten,
    /// .. what it means by what its links lead to, ..
    DenyLeast,
    /// .. and what else it may mean.
    DenyMost,
}

impl Side {
    /// An entry under `allow` means its own spelling, one under `deny` all of a name.
    fn fold(self, text: &str) -> String {
        if self == Self::Allow { text.into() } else { text.to_lowercase() }
    }
}

/// Component by component; `**` is any number of them, also none; hidden ones need saying.
fn means(parts: &[String], names: &[String], hidden: bool) -> bool {
    match (parts, names) {
        ([], []) => true,
        ([deep, rest @ ..], _) if deep == "**" => {
            let steps = |name: &String| hidden || !name.starts_with('.');
            means(rest, names, hidden)
                || matches!(names, [first, left @ ..] if steps(first) && means(parts, left, hidden))
        }
        ([part, rest @ ..], [name, left @ ..]) => {
            let shows = hidden || !name.starts_with('.') || part.starts_with('.');
            let (part, name): (Vec<char>, Vec<char>) = (part.chars().collect(), name.chars().collect());
            shows && fits(&part, &name) && means(rest, left, hidden)
        }
        _ => false,
    }
}

fn fits(part: &[char], name: &[char]) -> bool {
    match (part, name) {
        ([], []) => true,
        (['*', rest @ ..], _) => (0..=name.len()).any(|taken| fits(rest, &name[taken..])),
        (['[', from, '-', to, ']', rest @ ..], [one, left @ ..]) => {
            (from..=to).contains(&one) && fits(rest, left)
        }
        (['?', rest @ ..], [_, left @ ..]) => fits(rest, left),
        ([one, rest @ ..], [other, left @ ..]) => one == other && fits(rest, left),
        _ => false,
    }
}

#[derive(Clone, Debug)]
struct Rules {
    all: bool,
    allow: Vec<Entry>,
    deny: Vec<Entry>,
}

impl Rules {
    fn any() -> impl Strategy<Value = Self> {
        let allow = prop::collection::vec(Entry::any(), 1..5);
        let deny = prop::collection::vec(Entry::any(), 0..3);
        (prop::bool::weighted(0.15), allow, deny).prop_map(|(all, allow, deny)| Self { all, allow, deny })
    }

    fn scope<P: Permission<Scope: portcullis::scope::Enforce>>(&self, tree: &Tree) -> TestScope<P> {
        let temp = tree.temp();
        let scope = self.allow.iter().fold(test::scope(), |scope, entry| scope.allow(entry.json(&temp)));
        let scope = self.deny.iter().fold(scope, |scope, entry| scope.deny(entry.json(&temp)));
        let scope = if self.all { scope.allow_all() } else { scope };
        let given = tree.given();
        scope.base("ROOT", &given).base("INNER", given.join("a"))
    }

    /// Whether what really is there may be opened.
    fn admit(&self, tree: &Tree, real: &Path, denial: Side) -> bool {
        let temp = tree.temp();
        let allowed = self.all || self.allow.iter().any(|entry| entry.means(&temp, real, Side::Allow));
        allowed && !self.deny.iter().any(|entry| entry.means(&temp, real, denial))
    }

    /// Whether it must be opened, if no link is on the way: asked for by this base folder.
    fn must_admit(&self, tree: &Tree, from: From, real: &Path) -> bool {
        let temp = tree.temp();
        let allows = |entry: &Entry| entry.from == from && entry.means(&temp, real, Side::Allow);
        let allowed = self.all || self.allow.iter().any(allows);
        allowed && !self.deny.iter().any(|entry| entry.means(&temp, real, Side::DenyMost))
    }
}

/// What stands in a tree.
#[derive(Clone, Debug)]
enum Node {
    Folder,
    File,
    /// A link to this, from the folder that it is in.
    Link(String),
    /// A link to this, from the folder for everything.
    FarLink(String),
    /// Another name of the secret.
    HardLink,
}

/// Something in a folder that is already there.
#[derive(Clone, Debug)]
struct Planted {
    folder: usize,
    name: &'static str,
    node: Node,
}

impl Planted {
    fn any() -> impl Strategy<Value = Self> {
        let step = select([&NAMES[..], &[".."]].concat());
        let near = prop::collection::vec(step, 1..5).prop_map(|steps| Node::Link(steps.join("/")));
        let far = prop::collection::vec(select(&NAMES[..]), 0..3)
            .prop_map(|names| Node::FarLink(format!("root/{}", names.join("/"))));
        let out = select(vec!["outside", "outside/secret", "outside/new", "root"]);
        let node = prop_oneof![
            4 => Just(Node::Folder),
            6 => Just(Node::File),
            4 => near,
            1 => far,
            1 => out.prop_map(|to| Node::FarLink(to.into())),
            1 => Just(Node::HardLink),
        ];
        (0_usize..16, select(&NAMES[..]), node).prop_map(|(folder, name, node)| Self { folder, name, node })
    }
}

/// Files, each of which says where it really is.
struct Tree {
    at: TempDir,
    /// The base folders are known by a link.
    by_link: bool,
}

impl Tree {
    fn plant(planted: &[Planted], by_link: bool) -> Self {
        let tree = Self { at: tempfile::tempdir().unwrap(), by_link };
        let temp = tree.temp();
        let mut folders = vec![temp.join("root"), temp.join("root/a")];
        for folder in folders.iter().chain([&temp.join("outside")]) {
            fs::create_dir(folder).unwrap();
        }
        symlink("root", temp.join("alias")).unwrap();
        fs::write(temp.join("outside/secret"), temp.join("outside/secret").to_str().unwrap()).unwrap();
        for Planted { folder, name, node } in planted {
            let path = folders[folder % folders.len()].join(name);
            // What is there already stays.
            match node {
                Node::Folder => folders.extend(fs::create_dir(&path).is_ok().then_some(path)),
                Node::File if path.symlink_metadata().is_err() => {
                    fs::write(&path, path.to_str().unwrap()).unwrap();
                }
                Node::File => {}
                Node::Link(to) => drop(symlink(to, path)),
                Node::FarLink(to) => drop(symlink(temp.join(to), path)),
                Node::HardLink => drop(fs::hard_link(temp.join("outside/secret"), path)),
            }
        }
        tree
    }

    fn temp(&self) -> PathBuf {
        self.at.path().canonicalize().unwrap()
    }

    /// The folder that everything is in, as the program knows it.
    fn given(&self) -> PathBuf {
        self.temp().join(if self.by_link { "alias" } else { "root" })
    }

    /// Every file and what is in it. No link is followed.
    fn files(&self) -> BTreeMap<PathBuf, String> {
        let (mut files, mut folders) = (BTreeMap::new(), vec![self.temp()]);
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                let kind = path.symlink_metadata().unwrap().file_type();
                if kind.is_dir() {
                    folders.push(path);
                } else if kind.is_file() {
                    let text = fs::read_to_string(&path).unwrap();
                    files.insert(path, text);
                }
            }
        }
        files
    }
}

/// A path as a caller sends it: from somewhere, or without a start.
#[derive(Clone, Debug)]
struct Asked {
    from: Option<From>,
    names: Vec<&'static str>,
}

impl Asked {
    fn any() -> impl Strategy<Value = Self> {
        (prop::option::weighted(0.85, From::any()), prop::collection::vec(select(&NAMES[..]), 0..5))
            .prop_map(|(from, names)| Self { from, names })
    }

    fn text(&self, temp: &Path) -> String {
        let names = self.names.join("/");
        match (self.from, names.is_empty()) {
            (None, true) => ".".into(),
            (None, false) => names,
            (Some(from), true) => from.written(temp),
            (Some(from), false) => format!("{}/{names}", from.written(temp)),
        }
    }

    /// Where it would be without links.
    fn place(&self, temp: &Path) -> Option<PathBuf> {
        Some(self.names.iter().fold(temp.join(self.from?.folder()), |path, name| path.join(name)))
    }
}

fn trees() -> impl Strategy<Value = (Vec<Planted>, bool)> {
    (prop::collection::vec(Planted::any(), 4..24), any::<bool>())
}

proptest! {
    #![proptest_config(config(300))]

    #[test]
    fn what_is_read_is_what_the_rules_admit(
        (planted, by_link) in trees(),
        rules in Rules::any(),
        asked in prop::collection::vec(Asked::any(), 1..24),
    ) {
        let tree = Tree::plant(&planted, by_link);
        let temp = tree.temp();
        let grant = rules.scope::<ReadFiles>(&tree).grant();
        let has_other_names = planted.iter().any(|planted| matches!(planted.node, Node::HardLink));
        for asked in &asked {
            let text = asked.text(&temp);
            let located = grant.granted().admit(PathInput::new(text.clone()));
            let real = asked.place(&temp).and_then(|place| place.canonicalize().ok());
            // A link may lead to where others have their files: nothing is known of those.
            if real.as_ref().is_some_and(|real| !real.starts_with(&temp)) {
                let opened = located.is_ok_and(|located| located.metadata().is_ok());
                prop_assert!(rules.all || !opened, "`{}` is opened", text);
                continue;
            }
            let read = located.as_ref().ok().and_then(|located| located.read_to_string().ok());
            let listed = located.as_ref().ok().and_then(|located| located.list().ok());
            if let Some(read) = &read {
                // Each file says where it really is, but for the other names of the secret, which say where that is.
                let real = match &real {
                    Some(real) if read.ends_with("outside/secret") => real.clone(),
                    None if read.ends_with("outside/secret") && has_other_names => continue,
                    _ => read.into(),
                };
                prop_assert!(rules.admit(&tree, &real, Side::DenyLeast), "`{}` gives {}", text, real.display());
                if let Some(from) = asked.from {
                    prop_assert!(real.starts_with(temp.join(from.folder())), "`{}` gives {}", text, real.display());
                }
            }
            if let Some(listing) = listed {
                for item in listing {
                    // A link that leads through a file is one that leads nowhere.
                    let Ok(item) = item else { continue };
                    if let Some(folder) = &real {
                        let name = folder.join(item.name());
                        let target = name.canonicalize().unwrap();
                        prop_assert!(rules.admit(&tree, folder, Side::DenyLeast), "`{}` is listed", text);
                        prop_assert!(rules.admit(&tree, &name, Side::DenyLeast), "`{}` lists {}", text, item.name());
                        prop_assert!(rules.admit(&tree, &target, Side::DenyLeast), "`{}` lists {}", text, target.display());
                        let located = item.locate();
                        if let Ok(read) = located.read_to_string()
                            && target.starts_with(&temp)
                        {
                            prop_assert!(read.ends_with("outside/secret") || Path::new(&read) == target);
                        }
                    }
                }
            }
            // And the other way round: what they must admit is opened.
            if let (Some(from), Some(place), Some(real)) = (asked.from, asked.place(&temp), real)
                && place == real
                && from != From::Host
                && rules.must_admit(&tree, from, &real)
            {
                let opened = if real.is_dir() { located.unwrap().list().is_ok() } else { read.is_some() };
                prop_assert!(opened, "`{}` is not opened", text);
            }
        }
    }

    #[test]
    fn what_is_written_is_what_the_rules_admit(
        (planted, by_link) in trees(),
        rules in Rules::any(),
        asked in prop::collection::vec((Asked::any(), 0_usize..6), 1..16),
    ) {
        let tree = Tree::plant(&planted, by_link);
        let temp = tree.temp();
        let mut before = tree.files();
        for (asked, how) in &asked {
            let text = asked.text(&temp);
            // Made anew, since a link that a denial goes through may be gone by now.
            let grant = rules.scope::<WriteFiles>(&tree).grant();
            let Ok(located) = grant.granted().admit(PathInput::new(text.clone())) else { continue };
            let done = match how {
                0 | 1 => located.write("written"),
                2 => located.append("appended"),
                3 => located.create().map(drop),
                4 => located.create_dir_all(),
                _ => located.remove(),
            };
            let after = tree.files();
            let changed: Vec<&PathBuf> = after
                .keys()
                .chain(before.keys())
                .filter(|path| before.get(*path) != after.get(*path))
                .collect();
            // The secret has other names, and no name of it is written to.
            prop_assert_eq!(before.get(&temp.join("outside/secret")), after.get(&temp.join("outside/secret")));
            for path in &changed {
                prop_assert!(done.is_ok(), "`{}` fails, and {} has changed", text, path.display());
                // A link that leads to nothing yet is not known to lead here.
                prop_assert!(rules.admit(&tree, path, Side::DenyAsWritten), "`{}` changes {}", text, path.display());
                prop_assert!(*path == changed[0], "`{}` changes {} too", text, path.display());
            }
            if let (Some(from), Some(place)) = (asked.from, asked.place(&temp))
                && from != From::Host
                && matches!(how, 0..3)
                && let Some(folder) = place.parent()
                && place.starts_with(temp.join(from.folder()))
                && folder.is_dir()
                && folder.canonicalize().is_ok_and(|real| real == folder && real.starts_with(temp.join(from.folder())))
                && place.symlink_metadata().is_err()
                && rules.must_admit(&tree, from, &place)
            {
                prop_assert!(done.is_ok(), "`{}` is not written: {:?}", text, done.map_err(|error| error.to_string()));
            }
            before = after;
        }
    }
}
