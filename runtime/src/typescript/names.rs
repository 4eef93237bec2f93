//! Names in TypeScript: of functions, from the names of commands on the wire; of types, from those of their schemas.

/// What no function may be called in a module, and names of the global scope that a declaration may not take.
const RESERVED: &[&str] = &[
    "abstract",
    "any",
    "arguments",
    "as",
    "async",
    "await",
    "boolean",
    "break",
    "case",
    "catch",
    "class",
    "const",
    "constructor",
    "continue",
    "debugger",
    "declare",
    "default",
    "delete",
    "do",
    "else",
    "enum",
    "eval",
    "export",
    "extends",
    "false",
    "finally",
    "for",
    "from",
    "function",
    "get",
    "globalThis",
    "if",
    "implements",
    "import",
    "in",
    "infinity",
    "instanceof",
    "interface",
    "is",
    "keyof",
    "let",
    "module",
    "namespace",
    "never",
    "new",
    "null",
    "number",
    "object",
    "of",
    "package",
    "private",
    "protected",
    "public",
    "readonly",
    "require",
    "return",
    "set",
    "static",
    "string",
    "super",
    "switch",
    "symbol",
    "then",
    "this",
    "throw",
    "true",
    "try",
    "type",
    "typeof",
    "undefined",
    "unique",
    "unknown",
    "useTransport",
    "var",
    "void",
    "while",
    "with",
    "yield",
];

/// Types that the module itself uses by name: of its own, and of the language.
const TAKEN: &[&str] = &[
    "AbortSignal",
    "Array",
    "ArrayBuffer",
    "ArrayBufferView",
    "AsyncGenerator",
    "AsyncIterable",
    "AsyncIterableIterator",
    "Blob",
    "CallFailed",
    "CallOptions",
    "ListenOptions",
    "Error",
    "Failure",
    "Object",
    "Promise",
    "Record",
    "Response",
    "Result",
    "Stream",
    "String",
    "Transport",
    "Uint8Array",
    "any",
    "bigint",
    "boolean",
    "never",
    "null",
    "number",
    "object",
    "string",
    "symbol",
    "undefined",
    "unknown",
    "void",
];

/// The function of a command: `clock:now` is `clockNow`.
pub(super) fn function(wire: &str) -> String {
    let mut name = String::new();
    let words = wire.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    for word in words {
        let mut letters = word.chars();
        let first = letters.next().unwrap_or_default();
        name.push(if name.is_empty() { first.to_ascii_lowercase() } else { first.to_ascii_uppercase() });
        name.push_str(letters.as_str());
    }
    if name.is_empty() || name.starts_with(|c: char| c.is_ascii_digit()) {
        name.insert(0, '_');
    }
    if RESERVED.contains(&&*name) {
        name.push('_');
    }
    name
}

/// The function that listens to an event: `note_changed` is `onNoteChanged`.
pub(super) fn listener(wire: &str) -> String {
    let name = function(wire);
    let mut letters = name.chars();
    let first = letters.next().unwrap_or_default();
    format!("on{}{}", first.to_ascii_uppercase(), letters.as_str().trim_end_matches('_'))
}

/// The name of a type, from that of its schema: `Page<Note>` is `Page_Note`.
pub(super) fn of_type(schema: &str) -> String {
    let mut name = String::new();
    for c in schema.chars() {
        let fits = c.is_alphanumeric() || c == '_' || c == '$';
        match (fits, name.ends_with('_')) {
            (true, _) => name.push(c),
            (false, false) => name.push('_'),
            (false, true) => {}
        }
    }
    let trimmed = name.trim_end_matches('_');
    match trimmed.chars().next() {
        None => "_".to_owned(),
        Some(first) if first.is_ascii_digit() => format!("_{trimmed}"),
        Some(_) => trimmed.to_owned(),
    }
}

/// Whether the module needs this name for itself.
pub(super) fn is_taken(name: &str) -> bool {
    TAKEN.contains(&name)
}

/// The key of a property: quoted if it must be.
pub(super) fn key(name: &str) -> String {
    let mut letters = name.chars();
    let plain = letters.next().is_some_and(|first| first.is_ascii_alphabetic() || matches!(first, '_' | '$'))
        && letters.all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '$'));
    if plain { name.to_owned() } else { quoted(name) }
}

/// A string literal.
pub(super) fn quoted(text: &str) -> String {
    // JSON's is one, but for two separators that end a line in old engines.
    serde_json::Value::from(text).to_string().replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029")
}

/// Whether this may be a parameter.
pub(super) fn is_parameter(name: &str) -> bool {
    key(name) == name && !RESERVED.contains(&name)
}
