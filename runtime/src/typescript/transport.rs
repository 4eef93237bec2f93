//! How the calls of a client get to the program: by a module that it imports, or by one that stands inside it.

use super::names;

const IMPORTED: &str = include_str!("imported.ts");
const INLINE: &str = include_str!("inline.ts");

#[derive(Clone, Debug)]
pub(super) enum Transport {
    /// The address of a module, which is loaded with the first call.
    Imported(String),
    /// The text of one.
    Inline(String),
}

impl Transport {
    /// What it is, for a comment.
    pub(super) fn described(&self) -> String {
        match self {
            Self::Imported(url) => format!("what `{url}` exports"),
            Self::Inline(_) => "what this module has inside, or another that exports the same".to_owned(),
        }
    }

    /// The part of the client that loads it, or has it.
    pub(super) fn text(&self, problems: &mut Vec<String>) -> String {
        match self {
            Self::Imported(url) => IMPORTED.replace("$MODULE", &names::quoted(url)).replace("$URL", url),
            Self::Inline(source) => inline(source, problems),
        }
    }
}

/// A module as the body of a function: what it declares is the function's own, and what it exports is returned.
fn inline(source: &str, problems: &mut Vec<String>) -> String {
    let mut body = String::new();
    let mut exports = Vec::new();
    for (at, line) in source.trim().lines().enumerate() {
        // In what is indented nothing is exported.
        let declaration = line.strip_prefix("export ");
        if line.starts_with("import") || declaration.is_some_and(|declaration| !declares(declaration)) {
            problems.push(format!(
                "the transport cannot stand inside of a client, because of its line {}: `{line}`\n\
                 help: it may import nothing, and must export what it declares where it does so, as in `export function \
                 call(..)`",
                at + 1
            ));
        }
        exports.extend(declaration.and_then(value));
        body.push_str(declaration.unwrap_or(line));
        body.push('\n');
    }
    if !exports.contains(&"call") {
        problems.push(
            "the transport that is to stand inside of a client exports no function `call`\n\
             help: it must export `call`, and may export `stream` and `listen`, as `/portcullis.js` does"
                .to_owned(),
        );
    }
    // Its text last: what looks like a place to fill is none there.
    INLINE.replace("$EXPORTS", &exports.join(", ")).replace("$SOURCE\n", &body)
}

/// Whether this is a declaration, with a name.
fn declares(declaration: &str) -> bool {
    value(declaration).is_some() || name_after(declaration, &["type", "interface"]).is_some()
}

/// The name of the value that is declared.
fn value(declaration: &str) -> Option<&str> {
    name_after(
        declaration.strip_prefix("async ").unwrap_or(declaration),
        &["function", "class", "const", "let"],
    )
}

fn name_after<'a>(declaration: &'a str, words: &[&str]) -> Option<&'a str> {
    let (word, rest) = declaration.split_once([' ', '*'])?;
    let rest = rest.trim_start_matches([' ', '*']);
    let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_' && c != '$').unwrap_or(rest.len());
    (words.contains(&word) && end > 0).then(|| &rest[..end])
}
