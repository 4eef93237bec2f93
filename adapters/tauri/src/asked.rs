//! Which calls have been asked. Tauri's own script has two ways to send a message, and takes the other where the first breaks off. It
//! also breaks off when the page is left, with the command running or done: what is sent then is the same call again.

use std::{
    collections::VecDeque,
    sync::{Mutex, PoisonError},
};

use tauri::http::HeaderMap;

/// How many are remembered. A call that is sent again was under way when its page was left.
const LATEST: usize = 4096;
/// Tauri sets it in a request, which is the first way. A message has only what the page says.
const REQUEST: &str = "tauri-callback";

/// The latest calls of a webview, by the numbers that its pages gave them.
#[derive(Default)]
pub(crate) struct Asked(Mutex<VecDeque<u64>>);

impl Asked {
    /// Takes note of a call, and says whether it has come before, the other way. A number alone may be used again.
    pub(crate) fn before(&self, id: u64, headers: &HeaderMap) -> bool {
        let mut latest = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if !headers.contains_key(REQUEST) {
            return latest.contains(&id);
        }
        if latest.len() == LATEST {
            latest.pop_front();
        }
        latest.push_back(id);
        false
    }
}

#[cfg(test)]
mod tests {
    use tauri::http::HeaderValue;

    use super::*;

    #[test]
    fn a_call_that_came_as_a_request_does_not_come_again_as_a_message() {
        let asked = Asked::default();
        let (message, mut request) = (HeaderMap::new(), HeaderMap::new());
        request.insert(REQUEST, HeaderValue::from_static("7"));
        assert!(!asked.before(1, &message), "where there are no requests");
        assert!(!asked.before(1, &message));
        assert!(!asked.before(2, &request));
        assert!(asked.before(2, &message));
        assert!(!asked.before(2, &request));
        for id in 3..10_000 {
            assert!(!asked.before(id, &request));
        }
        assert!(asked.before(9_999, &message) && asked.before(9_000, &message));
        assert!(asked.0.lock().unwrap().len() <= LATEST);
    }
}
