//! What `README.md` says: the attacks with their files, the cases of drift, and all links to files.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

pub(crate) struct Table {
    /// The files of each attack, from the root of the repository.
    pub(crate) attacks: BTreeMap<String, BTreeSet<String>>,
    /// The folders of cases of drift, from the root of the repository.
    pub(crate) drifts: BTreeSet<String>,
    /// As they are written, but for those that lead out of the repository.
    pub(crate) links: Vec<String>,
}

impl Table {
    pub(crate) fn read(root: &Path) -> Self {
        Self::parse(&fs::read_to_string(root.join("tests/catalogue/README.md")).unwrap())
    }

    fn parse(text: &str) -> Self {
        let mut table = Self { attacks: BTreeMap::new(), drifts: BTreeSet::new(), links: Vec::new() };
        for line in text.lines() {
            let links: Vec<_> = links(line).map(str::to_owned).collect();
            if let Some((id, _)) = line.strip_prefix("| `").and_then(|rest| rest.split_once("` |")) {
                let tests = line.trim_end_matches([' ', '|']).rsplit(" | ").next().unwrap_or_default();
                let files = self::links(tests).map(|link| link.replacen("../../", "", 1)).collect();
                assert!(table.attacks.insert(id.to_owned(), files).is_none(), "`{id}` has two rows");
            }
            let drifts = links.iter().filter_map(|link| link.strip_prefix("../ui/"));
            let drifts = drifts.filter_map(|link| link.strip_suffix("/case.stderr"));
            table.drifts.extend(drifts.map(|case| format!("tests/ui/{case}")));
            table.links.extend(links);
        }
        table
    }
}

/// Where the links of a line lead to within the repository.
fn links(line: &str) -> impl Iterator<Item = &str> {
    let targets = line.split("](").skip(1).filter_map(|rest| rest.split_once(')')).map(|(target, _)| target);
    targets.filter(|target| !target.contains("://"))
}

#[test]
fn a_row_has_the_files_of_its_last_column() {
    let table = Table::parse(
        "| id | what | tests |\n|---|---|---|\n\
         | `o_x` | see [y](../../y.rs) | [a](../../a/b.rs), [c](../../c.json) |\n\
         | what happened | [1](https://example.com) | [drift_z](../ui/rustc/drift_z/case.stderr) |\n",
    );
    assert_eq!(table.attacks.len(), 1);
    assert_eq!(table.attacks["o_x"], ["a/b.rs", "c.json"].map(str::to_owned).into());
    assert_eq!(table.drifts, ["tests/ui/rustc/drift_z".to_owned()].into());
    assert_eq!(table.links.len(), 4);
}
