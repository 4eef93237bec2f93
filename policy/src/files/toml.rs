//! TOML to a tree of values with places. What the values mean is not known here.

use toml::Spanned as Ranged;
use toml::de::{DeInteger, DeTable, DeValue};

use super::place::SourceMap;
use super::{Problem, Spanned, Value};

/// The tree of a text; `None` if it has no tree, which is then a problem.
///
/// The parser itself refuses duplicate keys, and what is nested deeper than 80.
pub(super) fn read(text: &str, map: &SourceMap<'_>, problems: &mut Vec<Problem>) -> Option<Spanned<Value>> {
    match DeTable::parse(text) {
        Ok(table) => {
            let value = Value::Map(Reader { map, problems }.table(table.into_inner()));
            Some(Spanned { value, place: map.place(0) })
        }
        Err(error) => {
            let span = error.span().unwrap_or(text.len()..text.len());
            let byte = span.start;
            let message = match (error.message(), text.get(span)) {
                ("duplicate key", Some(key)) => format!("the key `{key}` stands here twice"),
                (said, _) => format!("this is not TOML: {said}"),
            };
            let rest = text.get(byte..).unwrap_or_default();
            let help = if rest.starts_with('$') {
                Some("write the key with quotes: `\"$schema\" = …`".to_owned())
            } else if text.trim_start().starts_with('{') {
                Some("if this is JSON, name the file `.json`".to_owned())
            } else {
                None
            };
            problems.push(Problem { place: map.place(byte), message, help });
            None
        }
    }
}

struct Reader<'a> {
    map: &'a SourceMap<'a>,
    problems: &'a mut Vec<Problem>,
}

impl Reader<'_> {
    fn value(&mut self, value: Ranged<DeValue<'_>>) -> Spanned<Value> {
        let place = self.map.place(value.span().start);
        let value = match value.into_inner() {
            DeValue::String(text) => Value::String(text.into_owned()),
            DeValue::Boolean(value) => Value::Bool(value),
            DeValue::Integer(number) => Value::Number(integer(&number).unwrap_or_else(|| {
                if number.radix() == 10 {
                    let message = format!("`{}` is no number", number.as_str().escape_debug());
                    self.refuse(&place, message, "write it with digits alone");
                } else {
                    self.refuse(
                        &place,
                        format!("the number `{number}` is too large"),
                        "write it with at most 127 bits",
                    );
                }
                "0".into()
            })),
            DeValue::Float(number) => {
                let text = number.as_str();
                let text = text.strip_prefix('+').unwrap_or(text);
                if text.ends_with("inf") || text.ends_with("nan") {
                    self.refuse(&place, format!("`{text}` is no number"), "write a finite number");
                }
                Value::Number(text.to_owned())
            }
            DeValue::Datetime(date) => {
                self.refuse(
                    &place,
                    format!("`{date}` is a date, which JSON does not have"),
                    "write it as a string",
                );
                Value::String(date.to_string())
            }
            DeValue::Array(list) => {
                Value::List(list.into_iter().map(|element| self.value(element)).collect())
            }
            DeValue::Table(table) => Value::Map(self.table(table)),
        };
        Spanned { value, place }
    }

    fn table(&mut self, table: DeTable<'_>) -> Vec<(Spanned<String>, Spanned<Value>)> {
        let mut entries: Vec<_> = table.into_iter().collect();
        // The parser sorts by name; people read in the order of the file.
        entries.sort_by_key(|(key, _)| key.span().start);
        entries
            .into_iter()
            .map(|(key, value)| {
                let place = self.map.place(key.span().start);
                (Spanned { value: key.into_inner().into_owned(), place }, self.value(value))
            })
            .collect()
    }

    fn refuse(&mut self, place: &super::Place, message: String, help: &str) {
        self.problems.push(Problem { place: place.clone(), message, help: Some(help.into()) });
    }
}

fn integer(number: &DeInteger<'_>) -> Option<String> {
    if number.radix() == 10 {
        let text = number.as_str();
        let text = text.strip_prefix('+').unwrap_or(text);
        // The parser lets NUL stand behind the `_` of a number.
        let digits = text.strip_prefix('-').unwrap_or(text);
        return (!digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit())).then(|| text.to_owned());
    }
    i128::from_str_radix(number.as_str(), number.radix()).ok().map(|value| value.to_string())
}
