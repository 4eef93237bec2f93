//! Path patterns and the paths that callers send, as text: a path, and a pattern on every further line, with a `!` before it if
//! it means hidden names.
//!
//! Oracle: the same patterns as regular expressions, by the `regex` crate; and for a denial, that folding loses nothing.

use portcullis_policy::path::{Index, Pattern, Start, Style, folded, input};
use unicode_normalization::UnicodeNormalization as _;

use crate::naive::Naive;

/// Holds `policy::path` against regular expressions.
pub fn check(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let mut lines = text.lines();
    let path = lines.next().unwrap_or_default();
    if text.len() > 2048 {
        return;
    }
    for style in [Style::Unix, Style::Mac, Style::Windows] {
        is_plain(path, style);
    }
    let mut patterns: Vec<(Pattern, bool)> = Vec::new();
    for line in lines.take(8) {
        let (written, hidden) = line.strip_prefix('!').map_or((line, false), |written| (written, true));
        let Ok(pattern) = Pattern::parse(written) else { continue };
        let again = pattern.to_string();
        assert_eq!(Pattern::parse(&again).as_ref(), Ok(&pattern), "{written:?} is written as {again:?}");
        // What matches is a name as the system has them: no empty ones.
        if path.split('/').any(str::is_empty) && !path.is_empty() {
            continue;
        }
        let matches = pattern.matches(path, hidden);
        if let Some(naive) = Naive::of(written, hidden) {
            assert_eq!(matches, naive.matches(path), "{written:?} ({hidden}) and {path:?}");
            assert_eq!(naive.start, start(&pattern), "{written:?}");
        }
        let (folder, tail) = pattern.folder();
        let below = if folder.is_empty() {
            Some(path)
        } else if path == folder {
            Some("")
        } else {
            path.strip_prefix(&*folder).and_then(|rest| rest.strip_prefix('/'))
        };
        let by_folder = below.is_some_and(|below| tail.matches(below, hidden));
        assert_eq!(matches, by_folder, "{written:?} ({hidden}) and {path:?} by its folder");
        for fold in [caseless, compatible] {
            let denial = pattern.folded(fold);
            let spelled = folded(path, fold);
            assert!(
                !pattern.matches(path, true) || denial.matches(&spelled, false),
                "{written:?} matches {path:?}, and folded not {spelled:?}"
            );
        }
        if patterns.first().is_none_or(|(first, _)| first.start() == pattern.start()) {
            patterns.push((pattern, hidden));
        }
    }
    if !patterns.is_empty() && (path.is_empty() || !path.split('/').any(str::is_empty)) {
        let index = Index::new(patterns.iter().map(|(pattern, hidden)| (pattern, *hidden)));
        let any = patterns.iter().any(|(pattern, hidden)| pattern.matches(path, *hidden));
        assert_eq!(index.matches(path), any, "{patterns:?} and {path:?}");
    }
}

fn start(pattern: &Pattern) -> String {
    match pattern.start() {
        Start::Base(name) => format!("${name}"),
        Start::Unix => "/".to_owned(),
        Start::Drive(letter) => format!("{letter}:/"),
    }
}

/// What was read of a caller's path is names alone, and they are those of the text.
fn is_plain(text: &str, style: Style) {
    let Ok(read) = input(text, style) else { return };
    for name in read.rest.split('/').filter(|_| !read.rest.is_empty()) {
        assert!(!matches!(name, "" | "." | ".."), "{text:?} as {style:?}");
        assert!(!name.contains(char::is_control), "{text:?} as {style:?}");
        if style == Style::Windows {
            assert!(!name.contains(['\\', ':', '<', '>', '"', '|', '?', '*']), "{text:?}");
            assert!(!name.ends_with(['.', ' ']), "{text:?}");
        }
    }
    let same = text.replace('\\', "/").ends_with(&read.rest.replace('\\', "/"));
    assert!(same || text == ".", "{text:?} as {style:?} is {:?}", read.rest);
    // To a kernel it is relative to a start, and says nothing of what is above.
    let way = std::path::Path::new(&*read.rest);
    assert!(
        way.is_relative() && way.components().all(|part| matches!(part, std::path::Component::Normal(_)))
    );
}

fn caseless(text: &str) -> String {
    text.to_lowercase().to_uppercase().to_lowercase()
}

/// As the runtime folds: compatibility forms and case.
fn compatible(text: &str) -> String {
    let lower: String = text.nfkd().flat_map(char::to_lowercase).collect();
    lower.chars().flat_map(char::to_uppercase).flat_map(char::to_lowercase).nfkd().collect()
}
