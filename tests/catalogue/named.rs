//! The names of all tests of the repository, whatever they are written in.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

/// The names of the tests of each file. A case that must not compile is a folder, which is called by the folder.
pub(crate) struct Named(BTreeMap<String, Vec<String>>);

impl Named {
    pub(crate) fn read(root: &Path) -> Self {
        let mut named = Self(BTreeMap::new());
        for folder in ["adapters", "benches", "examples", "macros", "policy", "runtime", "tests"] {
            named.walk(root, folder);
        }
        named
    }

    fn walk(&mut self, root: &Path, folder: &str) {
        let mut entries: Vec<_> =
            fs::read_dir(root.join(folder)).unwrap().map(|entry| entry.unwrap()).collect();
        entries.sort_by_key(fs::DirEntry::file_name);
        for entry in entries {
            let name = entry.file_name().into_string().unwrap();
            let path = format!("{folder}/{name}");
            if entry.file_type().unwrap().is_dir() {
                match name.as_str() {
                    "node_modules" | "target" => {}
                    _ if folder == "tests/ui/macro" || folder == "tests/ui/rustc" => {
                        self.case(root, path, name);
                    }
                    _ => self.walk(root, &path),
                }
            } else if let Some(read) = reader(&path) {
                let text = fs::read_to_string(entry.path()).unwrap();
                let names = read(&text);
                if !names.is_empty() {
                    self.0.insert(path, names);
                }
            }
        }
    }

    /// A case is one if it is compiled, and if there is something that it must say.
    fn case(&mut self, root: &Path, path: String, name: String) {
        if ["case.rs", "case.stderr"].iter().all(|file| root.join(&path).join(file).exists()) {
            self.0.insert(path, vec![name]);
        }
    }

    /// The files with a test of this name.
    pub(crate) fn files(&self, id: &str) -> BTreeSet<String> {
        let has = |names: &Vec<String>| names.iter().any(|name| has(name, id));
        self.0.iter().filter(|(_, names)| has(names)).map(|(file, _)| file.clone()).collect()
    }

    /// The names that look like those of attacks, with their files. In Rust, those that begin with `a_` may be any sentence.
    pub(crate) fn like_attacks(&self) -> impl Iterator<Item = (&str, &str)> {
        let all = self.0.iter().flat_map(|(file, names)| names.iter().map(move |name| (&**name, &**file)));
        all.filter(|(name, file)| {
            let letters = if file.ends_with(".rs") { "obhpunil" } else { "oabhpunil" };
            name.as_bytes().get(1) == Some(&b'_') && name.starts_with(|first| letters.contains(first))
        })
    }

    pub(crate) fn drifts(&self) -> impl Iterator<Item = String> {
        let drifts = self.0.iter().filter(|(_, names)| names.iter().any(|name| name.starts_with("drift_")));
        drifts.map(|(file, _)| file.clone())
    }
}

/// Whether a name has an id in it: `o_port_o_userinfo_are_other_places` has two.
fn has(name: &str, id: &str) -> bool {
    name.match_indices(id).any(|(at, _)| {
        let (before, after) = (&name[..at], &name[at + id.len()..]);
        (before.is_empty() || before.ends_with('_')) && (after.is_empty() || after.starts_with('_'))
    })
}

pub(crate) fn begins(name: &str, id: &str) -> bool {
    name.strip_prefix(id).is_some_and(|rest| rest.is_empty() || rest.starts_with('_'))
}

fn reader(path: &str) -> Option<fn(&str) -> Vec<String>> {
    if path.ends_with(".rs") {
        Some(functions)
    } else if path.ends_with(".test.mjs") {
        Some(titles)
    } else if path.starts_with("runtime/vectors/") && path.ends_with(".json") {
        Some(vectors)
    } else if path.starts_with("tests/rebuild/") {
        Some(steps)
    } else {
        None
    }
}

/// Functions that are tests, and are run.
fn functions(text: &str) -> Vec<String> {
    let mut names = Vec::new();
    let (mut is_test, mut is_ignored) = (false, false);
    for line in text.lines().map(str::trim_start) {
        if line.starts_with("#[test]") || line.starts_with("#[tokio::test") {
            is_test = true;
        } else if line.starts_with("#[ignore") {
            is_ignored = true;
        } else if !line.starts_with("#[") && !line.starts_with("//") {
            let function = line.trim_start_matches("async ").strip_prefix("fn ");
            if let Some((name, _)) =
                function.filter(|_| is_test && !is_ignored).and_then(|rest| rest.split_once('('))
            {
                names.push(name.to_owned());
            }
            // Attributes may have several lines.
            if function.is_some() || line.is_empty() {
                (is_test, is_ignored) = (false, false);
            }
        }
    }
    names
}

/// What stands before the colon in the title of a test: an id, or several. A title is an argument of `test`, or the key of what a
/// loop makes tests of.
fn titles(text: &str) -> Vec<String> {
    let mut names = Vec::new();
    for line in text.lines().map(str::trim_start) {
        let title = line.strip_prefix("test(").or_else(|| line.ends_with("\": {").then_some(line));
        let title =
            title.and_then(|rest| rest.strip_prefix(['"', '`'])).and_then(|rest| rest.split_once(':'));
        names.extend(title.into_iter().flat_map(|(ids, _)| ids.split(", ").map(str::to_owned)));
    }
    names
}

fn vectors(text: &str) -> Vec<String> {
    let rows: Vec<serde_json::Value> = serde_json::from_str(text).unwrap();
    let kinds: BTreeSet<_> =
        rows.iter().map(|row| row["id"].as_str().unwrap().split('/').next().unwrap().to_owned()).collect();
    kinds.into_iter().collect()
}

/// Functions of a script that it calls.
fn steps(text: &str) -> Vec<String> {
    let defined = text.lines().filter_map(|line| line.strip_suffix("() {"));
    defined.filter(|name| text.lines().any(|line| line == *name)).map(str::to_owned).collect()
}

#[test]
fn what_is_not_run_is_no_test() {
    let text = "
        #[test]
        fn one() {}
        #[tokio::test(flavor = \"multi_thread\")]
        async fn two() {}
        #[test]
        #[ignore = \"later\"]
        fn three() {}
        fn four() {}
        // #[test]
        // fn five() {}
        /// `six`
        #[test]
        #[cfg(unix)]
        fn seven(x in 0..1) {}
    ";
    assert_eq!(functions(text), ["one", "two", "seven"]);
    let text = "test(\"n_a: x\", ..\n  // test(\"n_b: x\")\n  test(`n_c, n_d: ${x}`, ..\n  \"n_e: x\": {\n\"n_f: x\";\n";
    assert_eq!(titles(text), ["n_a", "n_c", "n_d", "n_e"]);
    assert_eq!(steps("one() {\n}\ntwo() {\n}\none\n"), ["one"]);
}

#[test]
fn a_name_has_an_id_whole() {
    assert!(
        has("o_port", "o_port") && has("o_userinfo_o_port_are_not", "o_port") && has("o_port_x", "o_port")
    );
    assert!(!has("o_portal", "o_port") && !has("to_port", "o_port") && !has("o_por", "o_port"));
}
