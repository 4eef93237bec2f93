//! Path patterns once more, by another engine: each is written as one regular expression over the names of a path.
//!
//! Before each name stands what it is, `H` for a hidden one and `V` for any other, so that "a wildcard does not match a hidden name"
//! is a letter in the expression and no rule beside it.

use regex::Regex;

/// A pattern, by its start and the expression for what is below it.
pub(crate) struct Naive {
    /// `$NAME`, `/`, or a drive: `C:/`.
    pub(crate) start: String,
    names: Regex,
}

impl Naive {
    /// Reads a pattern that is known to be one. `None` if it is too large for this engine.
    pub(crate) fn of(text: &str, hidden: bool) -> Option<Self> {
        let bytes = text.as_bytes();
        let (start, rest, separators): (String, &str, &[char]) = if let Some(rest) = text.strip_prefix('$') {
            let (name, rest) = rest.split_once('/').map_or((rest, None), |(name, rest)| (name, Some(rest)));
            (format!("${name}"), rest.unwrap_or_default(), &['/'])
        } else if let Some(rest) = text.strip_prefix('/') {
            ("/".to_owned(), rest, &['/'])
        } else {
            assert!(bytes[0].is_ascii_alphabetic() && bytes[1] == b':', "{text:?} starts somewhere");
            (text[..1].to_ascii_uppercase() + ":/", &text[3..], &['/', '\\'])
        };
        let mut expression = String::from(r"(?s)\A");
        for component in rest.split(separators).filter(|_| !rest.is_empty()) {
            let visible = if hidden { "[HV]" } else { "V" };
            if component == "**" {
                expression += &format!("(?:/{visible}[^/]*)*");
                continue;
            }
            let body = body(component);
            // A dot that is written, also one in brackets, says that a hidden name is meant.
            let mark = if body.starts_with(r"\.") { "[HV]" } else { visible };
            expression += &format!("/{mark}{body}");
        }
        expression += r"\z";
        Regex::new(&expression).ok().map(|names| Self { start, names })
    }

    /// Whether it matches a path from its start; `""` is the start itself.
    pub(crate) fn matches(&self, path: &str) -> bool {
        let mut marked = String::new();
        for name in path.split('/').filter(|_| !path.is_empty()) {
            marked += if name.starts_with('.') { "/H" } else { "/V" };
            marked += name;
        }
        self.names.is_match(&marked)
    }
}

fn body(component: &str) -> String {
    let mut body = String::new();
    let mut rest = component.chars();
    while let Some(c) = rest.next() {
        match c {
            '*' => body += "[^/]*",
            '?' => body += "[^/]",
            '[' => {
                let class: Vec<char> = rest.by_ref().take_while(|c| *c != ']').collect();
                if let [one] = class[..] {
                    body += &regex::escape(&one.to_string());
                    continue;
                }
                let mut members = Vec::new();
                let mut at = 0;
                while at < class.len() {
                    let to = if class.get(at + 1) == Some(&'-') { class.get(at + 2) } else { None };
                    members.push(format!(
                        "\\x{{{:x}}}-\\x{{{:x}}}",
                        class[at] as u32,
                        *to.unwrap_or(&class[at]) as u32
                    ));
                    at += if to.is_some() { 3 } else { 1 };
                }
                // `[aa]` is one character too, and stays a class: only a dot alone is a written one.
                body += &format!("[{}]", members.concat());
            }
            c => body += &regex::escape(&c.to_string()),
        }
    }
    body
}
