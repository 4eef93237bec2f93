//! A call by its text, and once more by the values of that text (the feature `parsed`, for adapters whose host parses messages):
//! whatever a test of this folder sends goes both ways, and both have one answer.

use std::sync::Arc;

use portcullis::{__private::Object, Authority, Principal, Request, Session};
use portcullis_tests::{block_on, line};
use serde_json::Value;

/// What the program's own main window is answered.
pub(crate) fn answer(authority: &'static Authority, command: &str, arguments: &str) -> String {
    invoke(&crate::open(authority, Principal::window("main")), command, arguments.as_bytes())
}

/// What a text is answered. If it is an object, its values are answered the same.
pub(crate) fn invoke(session: &Session, command: &str, text: &[u8]) -> String {
    if let Ok(Value::Object(object)) = serde_json::from_slice(text) {
        agree(session, command, object);
    }
    by_text(session, command, text)
}

pub(crate) fn by_text(session: &Session, command: &str, text: &[u8]) -> String {
    line(&block_on(session.invoke(Request::json(command, text))))
}

/// The answer to an object by its text: that to its values, lent and kept. (Not the text that the object was read from: what is
/// there twice, escapes and digits beyond 64 bits are lost by then.)
pub(crate) fn agree(session: &Session, command: &str, object: Object) -> String {
    let text = Value::Object(object.clone()).to_string();
    // As it is read from its text: the last digit of a number may not be what was written.
    let object = serde_json::from_str(&text).unwrap_or(object);
    let told = by_text(session, command, text.as_bytes());
    let lent = line(&block_on(session.invoke(Request::parsed(command, Some(&object), None))));
    let kept = line(&block_on(session.invoke(Request::kept(command, Arc::new(object), None))));
    assert_eq!(lent, kept, "`{command}` of {text}");
    // In a text, 128 bits are read to the first letter that is no digit, and what follows is in the way.
    if told.contains("are not a JSON object: expected `,` or `}`") {
        assert!(kept.starts_with("invalid: argument ") && kept.contains("floating point"), "{kept}");
    } else {
        assert_eq!(kept, told, "`{command}` of {text}");
    }
    kept
}
