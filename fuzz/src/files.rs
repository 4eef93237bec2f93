//! What the targets for files have in common: which format, where places may point, and what other parsers say of the text.

use portcullis_policy::files::{Place, Problem, Spanned, Value};
use serde_json::Value as Json;

/// The names that a file may have, by its first byte; what is behind it is the text.
pub(crate) fn split(data: &[u8]) -> Option<(&'static str, &str)> {
    let (first, rest) = data.split_first()?;
    let name = match first {
        b'j' => "main.json",
        b'5' => "main.json5",
        b't' => "main.toml",
        b'c' => "main.jsonc",
        _ => return None,
    };
    // Time is bounded by the size: what is found is not to be that something long takes long.
    std::str::from_utf8(rest).ok().filter(|text| text.len() <= 16 * 1024).map(|text| (name, text))
}

/// A place is one of the text, or its end.
pub(crate) fn is_inside(place: &Place, text: &str) {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let line = text.split('\n').nth(place.line.checked_sub(1).expect("lines are counted from 1"));
    let line = line.unwrap_or_else(|| panic!("{place} is behind the end of the text"));
    assert!((1..=line.chars().count() + 1).contains(&place.column), "{place} is not in {line:?}");
}

/// Problems are told from top to bottom, each with something to say.
pub(crate) fn are_told(problems: &[Problem], text: &str) {
    for problem in problems {
        is_inside(&problem.place, text);
        assert!(!problem.message.is_empty());
    }
    assert!(problems.is_sorted_by_key(|problem| (problem.place.line, problem.place.column)), "{problems:?}");
}

/// What another parser makes of the same text. We read what it reads, and of JSON comments and commas at an end too.
pub(crate) fn is_what_others_read(name: &str, text: &str, ours: &Spanned<Value>) {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if name == "main.toml" {
        match toml::from_str::<toml::Table>(text) {
            Ok(theirs) => {
                let theirs = serde_json::to_value(theirs).expect("it has no dates, and no infinities");
                same(&ours.value, &theirs);
            }
            // A number is kept as it is written, whatever its size.
            Err(_) if has_large_number(&ours.value) => numbers_are_digits(&ours.value),
            Err(error) => panic!("{text:?} was read, and is no TOML: {error}"),
        }
    } else if name != "main.json5" {
        let plain = without_extras(text);
        match serde_json::from_str::<Json>(&plain) {
            Ok(theirs) => same(&ours.value, &theirs),
            // A number is kept as it is written, whatever its size.
            Err(error) if error.to_string().starts_with("number out of range") => {
                numbers_are_digits(&ours.value);
            }
            Err(error) => panic!("{text:?} was read, and without comments it is no JSON: {error}\n{plain:?}"),
        }
    }
}

/// Whether a number is too large for 64 bits, or is none.
fn has_large_number(value: &Value) -> bool {
    match value {
        Value::Number(text) if text.contains(['.', 'e', 'E']) => !text.parse().is_ok_and(f64::is_finite),
        Value::Number(text) => text.parse::<i64>().is_err(),
        Value::List(list) => list.iter().any(|element| has_large_number(&element.value)),
        Value::Map(map) => map.iter().any(|(_, value)| has_large_number(&value.value)),
        Value::Null | Value::Bool(_) | Value::String(_) => false,
    }
}

/// Where the other parser gives up at the size of a number, this is what can still be said of it.
fn numbers_are_digits(value: &Value) {
    match value {
        Value::Number(text) => assert!(
            text.bytes().all(|b| b.is_ascii_digit() || b"+-.eE".contains(&b)) && !text.is_empty(),
            "{text:?} is no number"
        ),
        Value::List(list) => list.iter().for_each(|element| numbers_are_digits(&element.value)),
        Value::Map(map) => map.iter().for_each(|(_, value)| numbers_are_digits(&value.value)),
        Value::Null | Value::Bool(_) | Value::String(_) => {}
    }
}

fn same(ours: &Value, theirs: &Json) {
    match (ours, theirs) {
        (Value::Null, Json::Null) => {}
        (Value::Bool(a), Json::Bool(b)) => assert_eq!(a, b),
        (Value::String(a), Json::String(b)) => assert_eq!(a, b),
        (Value::Number(a), Json::Number(b)) => {
            let a: f64 = a.parse().unwrap_or_else(|_| panic!("{ours:?} is no number"));
            // serde_json may be off by the last bit where there are many digits.
            let near = |b: f64| (a - b).abs() <= a.abs() * 1e-15;
            assert!(b.as_f64().is_some_and(near), "{ours:?} and {theirs:?}");
        }
        (Value::List(a), Json::Array(b)) => {
            assert_eq!(a.len(), b.len());
            a.iter().zip(b).for_each(|(a, b)| same(&a.value, b));
        }
        (Value::Map(a), Json::Object(b)) => {
            assert_eq!(a.len(), b.len(), "{ours:?} and {theirs:?}");
            for (key, value) in a {
                same(&value.value, b.get(&key.value).unwrap_or_else(|| panic!("{theirs:?} has no {key:?}")));
            }
        }
        _ => panic!("{ours:?} is not {theirs:?}"),
    }
}

/// JSON without comments, and without commas that nothing follows.
fn without_extras(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    let mut in_string = false;
    while let Some(c) = rest.next() {
        match (c, rest.peek()) {
            ('\\', Some(_)) if in_string => {
                plain.push(c);
                plain.extend(rest.next());
            }
            ('"', _) => {
                in_string = !in_string;
                plain.push(c);
            }
            ('/', Some('/')) if !in_string => {
                while rest.next_if(|c| *c != '\n' && *c != '\r').is_some() {}
                plain.push(' ');
            }
            ('/', Some('*')) if !in_string => {
                rest.next();
                let mut before = ' ';
                for c in rest.by_ref() {
                    if before == '*' && c == '/' {
                        break;
                    }
                    before = c;
                }
                plain.push(' ');
            }
            ('}' | ']', _) if !in_string => {
                let kept = plain.trim_end().len();
                if plain[..kept].ends_with(',') {
                    plain.truncate(kept - 1);
                }
                plain.push(c);
            }
            _ => plain.push(c),
        }
    }
    plain
}

/// A value as JSON has it, with the digits that it was written with.
pub(crate) fn write(value: &Value, out: &mut String) {
    match value {
        Value::Null => *out += "null",
        Value::Bool(value) => *out += if *value { "true" } else { "false" },
        Value::Number(digits) => *out += digits,
        Value::String(text) => quote(text, out),
        Value::List(list) => {
            *out += "[";
            for (at, element) in list.iter().enumerate() {
                *out += if at > 0 { "," } else { "" };
                write(&element.value, out);
            }
            *out += "]";
        }
        Value::Map(map) => {
            *out += "{";
            for (at, (key, value)) in map.iter().enumerate() {
                *out += if at > 0 { "," } else { "" };
                quote(&key.value, out);
                *out += ":";
                write(&value.value, out);
            }
            *out += "}";
        }
    }
}

pub(crate) fn quote(text: &str, out: &mut String) {
    *out += &serde_json::to_string(text).expect("a text is JSON");
}
