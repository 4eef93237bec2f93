//! The scope of files and folders: a path as it is sent, its admission by form, and the judge that is asked again when it
//! is opened. Where a name leads is found in `find`, what the entries say of it in `rules`.

use std::{fmt, marker::PhantomData, sync::Arc};

use portcullis_policy::path;
use serde::{Deserialize, Deserializer, de};

use super::{
    entry::PathEntry,
    error::PathError,
    find::find,
    located::{Access, Judge, Located},
    place::{FoldedHost, Place, at},
    root::Root,
    rules::PathRules,
};
use crate::scope::{
    Admission, Auditor, Enforce, Entries, Grants, Machine, Refusal, Untrusted, Unusable, Verdict,
};

/// The scope of files and folders: `PathScope<Read>` or `PathScope<Write>`. Its entries are [`PathEntry`]s.
///
/// A caller sends a path, and a command gets a [`Located`]: something that can only be opened beneath its root, for what
/// it was admitted for. A caller names a path
///
/// - from a base folder, as entries do: `$APPDATA/notes/today.md`,
/// - or absolutely, beneath a root of the scope,
/// - or relatively, if all `allow` entries of the caller's grants lie in one folder: with `$APPDATA/notes/**`,
///   `today.md` is `$APPDATA/notes/today.md`.
///
/// ```
/// use portcullis::prelude::*;
/// use portcullis::scope::PathError;
///
/// /// Read notes inside the folders that a capability names.
/// #[derive(Permission)]
/// #[permission(id = "notes:read", scope = PathScope<Read>)]
/// pub struct ReadNotes;
///
/// #[command(permission(ReadNotes))]
/// fn read_note(note: Checked<ReadNotes>) -> Result<String, PathError> {
///     note.read_to_string()
/// }
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let folder = std::env::temp_dir().join(format!("portcullis-doc-{}", std::process::id()));
/// # std::fs::create_dir_all(&folder)?;
/// std::fs::write(folder.join("today.md"), "Milk")?;
/// let notes = portcullis::test::scope::<ReadNotes>().allow("$NOTES/**").base("NOTES", &folder);
/// assert_eq!(read_note(notes.admit("today.md")?)?, "Milk");
/// assert!(notes.admit("../secret.md").is_err());
/// # std::fs::remove_dir_all(folder)?;
/// # Ok(())
/// # }
/// ```
pub struct PathScope<A: Access>(PhantomData<fn() -> A>);

impl<A: Access> fmt::Debug for PathScope<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PathScope")
    }
}

/// A path as a caller sends it.
pub struct PathInput(String);

#[cfg(feature = "typescript")]
crate::typescript::schema_as!(PathInput, str);

impl<'de> Deserialize<'de> for PathInput {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl de::Visitor<'_> for Visitor {
            type Value = PathInput;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "a path: a string of at most {} bytes", path::LONGEST)
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<PathInput, E> {
                if text.len() > path::LONGEST {
                    return Err(E::invalid_length(text.len(), &self));
                }
                Ok(PathInput(text.to_owned()))
            }
            fn visit_string<E: de::Error>(self, text: String) -> Result<PathInput, E> {
                if text.len() > path::LONGEST {
                    return Err(E::invalid_length(text.len(), &self));
                }
                Ok(PathInput(text))
            }
        }
        deserializer.deserialize_string(Visitor)
    }
}

impl PathInput {
    /// For a command that decides by hand: a path that did not come as an argument of its own.
    pub fn new(path: impl Into<String>) -> Self {
        Self(path.into())
    }
}

impl fmt::Debug for PathInput {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PathInput(..)")
    }
}

impl<A: Access> Enforce for PathScope<A> {
    const ON_ANY_PLATFORM: bool = true;

    type Entry = PathEntry;
    type Input = PathInput;
    type Admitted = Located<A>;
    type Rules = PathRules;

    fn compile(entries: &Entries<PathEntry>, machine: &Machine) -> Result<PathRules, Vec<Unusable>> {
        PathRules::new(entries, &machine.bases)
    }

    fn admit(input: Untrusted<PathInput>, admission: &Admission<'_, Self>) -> Result<Located<A>, Refusal> {
        let PathInput(text) = input.expose_to_scope();
        let grants = admission.grants();
        let input = path::input(&text, grants.machine().bases.style).map_err(|why| {
            Refusal::malformed(match why.help() {
                Some(help) => format!("{why}; {help}"),
                None => why.to_string(),
            })
        })?;
        let (place, name) = find(grants, input.start, &input.rest)?;
        let judge = PathJudge { place, grants: grants.clone(), auditor: admission.auditor() };
        judge.verdict(&name).admitted("path")?;
        let root = Arc::clone(&judge.place.root);
        Ok(Located::new(root, name, Arc::new(judge)))
    }
}

/// Decides on names beneath one root.
struct PathJudge<A: Access> {
    place: Place,
    grants: Grants<PathScope<A>>,
    auditor: Auditor,
}

impl<A: Access> PathJudge<A> {
    fn verdict(&self, name: &str) -> Verdict {
        let Place { start, root, .. } = &self.place;
        let whole = self.place.whole(name);
        let bases = &self.grants.machine().bases;
        let (mut exact, mut folded) = (None, None);
        self.grants.decide(
            |part| {
                part.entries().is_all() || part.rules().allows_here(start, &whole) || {
                    let host: &Option<String> =
                        exact.get_or_insert_with(|| root.real_name().map(|folder| at(&folder, name)));
                    host.as_ref().is_some_and(|host| part.rules().allows(bases, host))
                }
            },
            |part| {
                let host = folded.get_or_insert_with(|| FoldedHost::of(root, name));
                part.rules().denies(bases, host)
            },
        )
    }
}

impl<A: Access> Judge for PathJudge<A> {
    fn admits(&self, _: &Root, name: &str) -> bool {
        self.verdict(name) == Verdict::Admitted
    }

    fn refused(&self, _: &str, why: &PathError) {
        match why.real_name() {
            Some(real) => self.auditor.refused(&format!("{why} (it really is `{}`)", real.escape_debug())),
            None => self.auditor.refused(&why.to_string()),
        }
    }
}
