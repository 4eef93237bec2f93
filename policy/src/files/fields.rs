//! Values that must be strings, or lists of strings of a certain form, and what to say where they are not. Which keys a
//! capability has is not known here.

use super::{Place, Problem, Spanned, Value};
use crate::origin::Pattern;
use crate::platform::{Platform, Platforms};
use crate::suggest::closest;
use crate::{id, label};

/// Takes note of what is wrong.
pub(super) struct Judge<'a> {
    pub(super) problems: &'a mut Vec<Problem>,
}

/// The entries of a list that are well formed, and whether it is there at all: one whose entries are all wrong is not
/// empty as well.
#[derive(Default)]
pub(super) struct Listed {
    pub(super) entries: Vec<Spanned<String>>,
    pub(super) written: bool,
}

impl Judge<'_> {
    /// A list of strings, each of which passes `check`.
    pub(super) fn strings(&mut self, key: &str, value: Spanned<Value>, check: Check) -> Listed {
        let list = match value.value {
            Value::List(list) => list,
            other => {
                self.wrong(value.place, key, "a list of strings", &other);
                return Listed { entries: Vec::new(), written: true };
            }
        };
        let written = !list.is_empty();
        let mut entries = Vec::new();
        for entry in list {
            let Some(entry) = self.entry(key, entry) else { continue };
            match check(&entry.value) {
                Ok(()) => entries.push(entry),
                Err((message, help)) => self.problems.push(Problem { place: entry.place, message, help }),
            }
        }
        Listed { entries, written }
    }

    /// The value of `key`.
    pub(super) fn string(&mut self, key: &str, value: Spanned<Value>) -> Option<Spanned<String>> {
        match value.value {
            Value::String(text) => Some(Spanned { value: text, place: value.place }),
            other => {
                self.wrong(value.place, key, "a string", &other);
                None
            }
        }
    }

    /// An entry of the list under `key`.
    pub(super) fn entry(&mut self, key: &str, value: Spanned<Value>) -> Option<Spanned<String>> {
        match value.value {
            Value::String(text) => Some(Spanned { value: text, place: value.place }),
            other => {
                let message = format!("an entry of `{key}` must be a string, not {}", other.kind());
                self.problems.push(Problem { place: value.place, message, help: None });
                None
            }
        }
    }

    /// The platforms that are named; `None` for all. `applies` says what does so nowhere if none is.
    pub(super) fn platforms(&mut self, applies: &str, value: Spanned<Value>) -> Option<Platforms> {
        let names = Platform::EVERY.map(Platform::name);
        let list = match value.value {
            Value::List(list) => list,
            Value::Null => return None,
            other => {
                self.wrong(value.place, "platforms", "a list of strings", &other);
                return None;
            }
        };
        if list.is_empty() {
            let help = "leave it out for all platforms";
            self.refuse(value.place, format!("`platforms` is empty: {applies} nowhere"), help);
        }
        let mut platforms = Platforms::NONE;
        for entry in list {
            let Some(name) = self.entry("platforms", entry) else { continue };
            if let Some(platform) = Platform::parse(&name.value) {
                platforms = platforms.with(platform);
            } else {
                let help = meant(&name.value, names, "the platforms are");
                self.refuse(name.place, format!("unknown platform `{}`", name.value), help);
            }
        }
        Some(platforms)
    }

    pub(super) fn name(&mut self, key: &str, value: Spanned<Value>) -> Option<Spanned<String>> {
        let name = self.string(key, value)?;
        if name.value.is_empty() || name.value.contains(|c: char| c.is_control() || c == '`') {
            let message = format!("`{key}` is empty or has a character that cannot be printed in a message");
            self.refuse(name.place, message, "write a name such as `main`");
            return None;
        }
        Some(name)
    }

    /// Says that there is no such key, and gives back the one that was meant, if that can be told.
    pub(super) fn unknown(
        &mut self,
        key: &Spanned<String>,
        holder: &str,
        known: &[&'static str],
    ) -> Option<&'static str> {
        let help = meant(&key.value, known.iter().copied(), "its keys are");
        self.refuse(key.place.clone(), format!("unknown key `{}` in {holder}", key.value), help);
        closest(&key.value, known.iter().copied())
    }

    pub(super) fn wrong(&mut self, place: Place, key: &str, expected: &str, found: &Value) {
        let help = match found {
            Value::String(text) if expected.starts_with("a list") => Some(format!("write `[{text:?}]`")),
            _ => None,
        };
        self.problems.push(Problem {
            place,
            message: format!("`{key}` must be {expected}, not {}", found.kind()),
            help,
        });
    }

    pub(super) fn refuse(&mut self, place: Place, message: String, help: impl Into<String>) {
        self.problems.push(Problem { place, message, help: Some(help.into()) });
    }
}

/// What is wrong with a string, and what to write.
pub(super) type Check = fn(&str) -> Result<(), (String, Option<String>)>;

pub(super) fn check_label(glob: &str) -> Result<(), (String, Option<String>)> {
    label::check(glob).map_err(|error| (format!("`{glob}` is not a label glob: {}", error.message()), None))
}

pub(super) fn check_client(name: &str) -> Result<(), (String, Option<String>)> {
    if !label::is_literal(name) {
        let help = "write an entry for each client".to_owned();
        return Err((format!("`{name}` is not the name of a client: a client is named exactly"), Some(help)));
    }
    label::check(name)
        .map_err(|error| (format!("`{name}` is not the name of a client: {}", error.message()), None))
}

pub(super) fn check_id(text: &str) -> Result<(), (String, Option<String>)> {
    id::check(text).map_err(|error| (format!("`{text}` is not a permission id: {}", error.message()), None))
}

pub(super) fn check_origin(text: &str) -> Result<(), (String, Option<String>)> {
    match Pattern::parse(text) {
        Ok(_) => Ok(()),
        Err(error) => Err((error.message().to_owned(), Some(error.help().to_owned()))),
    }
}

/// The name that was meant, or all there are.
pub(super) fn meant(wrong: &str, known: impl IntoIterator<Item = &'static str> + Clone, all: &str) -> String {
    if let Some(name) = closest(wrong, known.clone()) {
        return format!("did you mean `{name}`?");
    }
    let names: Vec<String> = known.into_iter().map(|name| format!("`{name}`")).collect();
    format!("{all} {}", names.join(", "))
}
