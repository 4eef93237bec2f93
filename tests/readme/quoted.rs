//! Figures in README are those that a command has printed: each quoted table stands, row by row, in the file that the command
//! writes. `UPDATE_EXPECTED=1` brings README up to date.

use std::{collections::HashMap, fs, path::Path};

use super::read;

const BEGIN: &str = "<!-- quoted from ";
const END: &str = "<!-- end of the quotation -->";

#[test]
fn figures_are_those_that_the_commands_have_printed() {
    let readme = read("../README.md");
    let (mut expected, mut quoted, mut rows) = (String::new(), None, 0);
    for line in readme.lines() {
        if let Some(file) = line.strip_prefix(BEGIN).and_then(|rest| rest.strip_suffix(" -->")) {
            quoted = Some((Table::of(&read(&format!("../{file}"))), String::new()));
        } else if line == END {
            quoted = None;
        }
        let line = match &mut quoted {
            Some((table, section))
                if line.starts_with('|') && !line.starts_with("| -") && !line.starts_with("|-") =>
            {
                rows += 1;
                table.row(section, line)
            }
            Some((_, section)) if line.starts_with('#') => {
                line.trim_start_matches('#').trim().clone_into(section);
                line.to_owned()
            }
            _ => line.to_owned(),
        };
        expected += &line;
        expected += "\n";
    }
    assert!(quoted.is_none(), "a quotation has no end");
    assert!(rows > 20, "README quotes {rows} rows");
    if std::env::var_os("UPDATE_EXPECTED").is_some() {
        fs::write(Path::new(env!("CARGO_MANIFEST_DIR")).join("../README.md"), &expected).unwrap();
    } else {
        assert!(
            expected == readme,
            "run it again with UPDATE_EXPECTED=1: the commands have printed other figures"
        );
    }
}

/// The rows of a file, by the heading above them and what they are about.
struct Table(HashMap<(String, String), String>);

impl Table {
    fn of(text: &str) -> Self {
        let (mut rows, mut section) = (HashMap::new(), String::new());
        for line in text.lines() {
            if line.starts_with('#') {
                line.trim_start_matches('#').trim().clone_into(&mut section);
            } else if line.starts_with('|') {
                rows.insert((section.clone(), about(line)), line.to_owned());
            }
        }
        Self(rows)
    }

    fn row(&self, section: &str, line: &str) -> String {
        let about = about(line);
        self.0
            .get(&(section.to_owned(), about.clone()))
            .unwrap_or_else(|| panic!("nothing that was printed under `{section}` is about `{about}`"))
            .clone()
    }
}

/// What a row is about: its first cell, and the second one too if that is a number.
fn about(row: &str) -> String {
    let cells: Vec<&str> = row.split('|').map(str::trim).skip(1).collect();
    let is_number = |cell: &str| !cell.is_empty() && cell.chars().all(|c| c.is_ascii_digit() || c == ',');
    match cells[..] {
        [number, what, ..] if is_number(number) => format!("{number} {what}"),
        [what, ..] => what.to_owned(),
        [] => String::new(),
    }
}
