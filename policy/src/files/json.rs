//! JSON with comments, and JSON5, to a tree of values with places. What the values mean is not known here.

use std::borrow::Cow;
use std::collections::HashMap;

use jsonc_parser::ast;
use jsonc_parser::common::Ranged;
use jsonc_parser::errors::ParseError;
use jsonc_parser::tokens::Token;
use jsonc_parser::{CollectOptions, ParseOptions, Scanner, ScannerOptions, parse_to_ast};

use super::place::SourceMap;
use super::{Problem, Spanned, Value};

/// How many lists and objects may stand in each other. The parser and all that walks the tree recurse.
const DEEPEST: usize = 64;

/// What is admitted beyond JSON.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Dialect {
    /// Comments and trailing commas.
    Jsonc,
    /// All of JSON5 but `Infinity` and `NaN`, which no scope can mean.
    Json5,
}

/// The tree of a text; `None` if it has no tree, which is then a problem.
pub(super) fn read(
    text: &str,
    map: &SourceMap<'_>,
    dialect: Dialect,
    empty: &str,
    problems: &mut Vec<Problem>,
) -> Option<Spanned<Value>> {
    if let Some(problem) = not_for_the_parser(text, map, dialect) {
        problems.push(problem);
        return None;
    }
    let options = options(dialect);
    match parse_to_ast(text, &CollectOptions::default(), &options).map(|parsed| parsed.value) {
        Ok(Some(value)) => Some(Reader { map, problems }.value(value)),
        Ok(None) => {
            let (message, help) = ("the file is empty".into(), Some(empty.into()));
            problems.push(Problem { place: map.place(0), message, help });
            None
        }
        Err(error) => {
            problems.push(syntax(&error, map, dialect));
            None
        }
    }
}

fn options(dialect: Dialect) -> ParseOptions {
    let lenient = dialect == Dialect::Json5;
    ParseOptions {
        allow_comments: true,
        allow_trailing_commas: true,
        // Not even JSON5 admits these two.
        allow_missing_commas: false,
        allow_non_finite_numbers: false,
        allow_loose_object_property_names: lenient,
        allow_single_quoted_strings: lenient,
        allow_hexadecimal_numbers: lenient,
        allow_unary_plus_numbers: lenient,
        allow_bare_decimal_point_numbers: lenient,
        allow_extended_string_escapes: lenient,
    }
}

/// What the parser would recurse into too deep, or lets pass where a file is to be JSON but for comments and commas: other
/// parsers refuse it. What is no token is left to it to complain about.
fn not_for_the_parser(text: &str, map: &SourceMap<'_>, dialect: Dialect) -> Option<Problem> {
    let options = options(dialect);
    let mut scanner = Scanner::new(
        text,
        &ScannerOptions {
            allow_single_quoted_strings: options.allow_single_quoted_strings,
            allow_hexadecimal_numbers: options.allow_hexadecimal_numbers,
            allow_unary_plus_numbers: options.allow_unary_plus_numbers,
            allow_bare_decimal_point_numbers: options.allow_bare_decimal_point_numbers,
            allow_non_finite_numbers: options.allow_non_finite_numbers,
            allow_extended_string_escapes: options.allow_extended_string_escapes,
        },
    );
    let (mut depth, mut end) = (0_usize, 0);
    while let Ok(token) = scanner.scan() {
        let (start, before) = (scanner.token_start(), end);
        end = scanner.token_end();
        if dialect == Dialect::Jsonc {
            let odd = |within: &str| within.find(|c: char| !matches!(c, ' ' | '\t' | '\n' | '\r'));
            if let Some(at) = text.get(before..start).and_then(odd) {
                return Some(Problem {
                    place: map.place(before + at),
                    message: "this is not JSON: white space that JSON does not have".into(),
                    help: Some("write a space".into()),
                });
            }
            let written = text.get(start..end).filter(|_| matches!(token, Some(Token::String(_))));
            if let Some((at, c)) = written.and_then(|text| text.char_indices().find(|(_, c)| *c < ' ')) {
                return Some(Problem {
                    place: map.place(start + at),
                    message: "this is not JSON: a control character in a string".into(),
                    help: Some(format!("write `\\u{:04x}`", u32::from(c))),
                });
            }
        }
        match token? {
            Token::OpenBrace | Token::OpenBracket => depth += 1,
            Token::CloseBrace | Token::CloseBracket => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > DEEPEST {
            let message = format!("more than {DEEPEST} lists and objects stand in each other");
            return Some(Problem { place: map.place(start), message, help: None });
        }
    }
    None
}

fn syntax(error: &ParseError, map: &SourceMap<'_>, dialect: Dialect) -> Problem {
    let said = error.kind().to_string();
    let mut letters = said.chars();
    let said: String = letters.next().into_iter().flat_map(char::to_lowercase).chain(letters).collect();
    let help = match dialect {
        Dialect::Jsonc if said.contains("not allowed") || said.contains("expected string") => {
            Some("write it as JSON has it, or name the file `.json5`".to_owned())
        }
        _ => None,
    };
    let language = if dialect == Dialect::Json5 { "JSON5" } else { "JSON" };
    Problem {
        place: map.place(error.range().start),
        message: format!("this is not {language}: {said}"),
        help,
    }
}

struct Reader<'a> {
    map: &'a SourceMap<'a>,
    problems: &'a mut Vec<Problem>,
}

impl Reader<'_> {
    fn value(&mut self, value: ast::Value<'_>) -> Spanned<Value> {
        let place = self.map.place(value.start());
        let value = match value {
            ast::Value::NullKeyword(_) => Value::Null,
            ast::Value::BooleanLit(literal) => Value::Bool(literal.value),
            ast::Value::StringLit(literal) => Value::String(literal.value.into_owned()),
            ast::Value::NumberLit(literal) => Value::Number(self.number(&literal)),
            ast::Value::Array(list) => {
                Value::List(list.elements.into_iter().map(|element| self.value(element)).collect())
            }
            ast::Value::Object(object) => Value::Map(self.object(object)),
        };
        Spanned { value, place }
    }

    fn object(&mut self, object: ast::Object<'_>) -> Vec<(Spanned<String>, Spanned<Value>)> {
        let mut seen = HashMap::new();
        let mut entries = Vec::with_capacity(object.properties.len());
        for property in object.properties {
            let place = self.map.place(property.name.start());
            let key = property.name.into_string();
            // What stands below a key that is not used may have problems too.
            let value = self.value(property.value);
            if let Some(first) = seen.get(&key) {
                let message = format!("the key `{key}` stands here twice");
                let help = Some(format!("it stands first at {first}; keep one of them"));
                self.problems.push(Problem { place, message, help });
                continue;
            }
            seen.insert(key.clone(), place.clone());
            entries.push((Spanned { value: key, place }, value));
        }
        entries
    }

    fn number(&mut self, literal: &ast::NumberLit<'_>) -> String {
        plain_number(literal.value).unwrap_or_else(|| {
            self.problems.push(Problem {
                place: self.map.place(literal.start()),
                message: format!("the number `{}` is too large", literal.value),
                help: Some("write a hexadecimal number of at most 127 bits".into()),
            });
            "0".into()
        })
    }
}

/// A JSON5 number as JSON writes it. `None` if it is hexadecimal and too large.
fn plain_number(text: &str) -> Option<String> {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", text.strip_prefix('+').unwrap_or(text)),
    };
    if let Some(hexadecimal) = digits.strip_prefix("0x").or(digits.strip_prefix("0X")) {
        let value = i128::from_str_radix(hexadecimal, 16).ok()?;
        return Some(format!("{sign}{value}"));
    }
    let digits: Cow<'_, str> =
        if digits.starts_with('.') { format!("0{digits}").into() } else { digits.into() };
    let Some((whole, rest)) = digits.split_once('.') else { return Some(format!("{sign}{digits}")) };
    let zero = if rest.starts_with(|c: char| c.is_ascii_digit()) { "" } else { "0" };
    Some(format!("{sign}{whole}.{zero}{rest}"))
}

#[cfg(test)]
mod tests {
    use super::plain_number;

    #[test]
    fn numbers_are_written_as_json_does() {
        for (text, expected) in [
            ("0", "0"),
            ("-12.50e+7", "-12.50e+7"),
            ("+5", "5"),
            (".5", "0.5"),
            ("-.5e1", "-0.5e1"),
            ("5.", "5.0"),
            ("5.e3", "5.0e3"),
            ("0x1F", "31"),
            ("-0XfF", "-255"),
            ("123456789012345678901234567890.10", "123456789012345678901234567890.10"),
        ] {
            assert_eq!(plain_number(text).as_deref(), Some(expected), "{text}");
        }
        assert_eq!(plain_number(&format!("0x{}", "f".repeat(40))), None);
    }
}
