//! Keys of ours at an id that another system guards: that system never hears of them, so they would do nothing.

use super::{Problem, Spanned};

/// Who guards an id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Guard {
    /// Tauri, by its manifests.
    Tauri,
    /// Who the program has named by a prefix.
    Prefix,
}

impl Guard {
    fn has_no(self, key: &str) -> String {
        match self {
            Self::Tauri => format!("is Tauri's, which has no `{key}`"),
            Self::Prefix => format!("is under a `foreign` prefix, where `{key}` does not count"),
        }
    }
}

/// An id in `deny`. `by` stands behind the id, and is how a capability comes to have it, or empty.
///
/// ```
/// use portcullis_policy::files::{Place, Spanned, unread::{Guard, denied}};
/// let place = Place { file: "main.json".into(), line: 4, column: 5 };
/// let id = Spanned { value: "core:window:allow-close".to_owned(), place };
/// assert_eq!(
///     denied(Guard::Tauri, &id, "").to_string(),
///     "`core:window:allow-close` is Tauri's, which has no `deny`: this would deny nothing\n  \
///     --> main.json:4:5\n\
///     help: write `core:window:deny-close` in `permissions`, which denies the command"
/// );
/// ```
pub fn denied(guard: Guard, id: &Spanned<String>, by: &str) -> Problem {
    let (plugin, name) = id.value.rsplit_once(':').unwrap_or(("", &id.value));
    let help = match name.strip_prefix("allow-") {
        Some(command) => {
            format!("write `{plugin}:deny-{command}` in `permissions`, which denies the command")
        }
        None if name.starts_with("deny-") => "move it to `permissions`".to_owned(),
        None => "write in `permissions` what denies its commands, such as `fs:deny-write-file`".to_owned(),
    };
    Problem {
        place: id.place.clone(),
        message: format!("`{}`{by} {}: this would deny nothing", id.value, guard.has_no("deny")),
        help: Some(help),
    }
}

/// An id in `optional`. `by` is as with [`denied`].
pub fn optional(guard: Guard, id: &Spanned<String>, by: &str) -> Problem {
    let (nothing, help) = match id.value.rsplit_once(':') {
        Some((_, name)) if name.starts_with("deny-") => {
            ("this would deny nothing", "move it to `permissions`, where it denies")
        }
        _ => ("this would never be granted", "move it to `permissions`, or remove it"),
    };
    Problem {
        place: id.place.clone(),
        message: format!("`{}`{by} {}: {nothing}", id.value, guard.has_no("optional")),
        help: Some(help.to_owned()),
    }
}

/// `"allow": "all"`, which is `value`, at an id.
pub fn all<T>(guard: Guard, id: &str, value: &Spanned<T>) -> Problem {
    let message = match guard {
        Guard::Tauri => format!(
            "`{id}` is Tauri's, whose `allow` is a list: only a permission of Portcullis takes \"all\""
        ),
        Guard::Prefix => format!(
            "`{id}` is under a `foreign` prefix: only a permission of Portcullis takes \"allow\": \"all\""
        ),
    };
    Problem { place: value.place.clone(), message, help: Some("write \"allow\": [..]".to_owned()) }
}
