//! Admission of a path by its form: which root it is beneath, whether an entry allows that name exactly, and whether one
//! denies what it could be taken for. What a name really is, is decided when it is opened.

use std::{borrow::Cow, collections::HashMap, fmt, marker::PhantomData, path::Path, sync::Arc};

use portcullis_policy::path::{self, Index, InputStart, Start, Style, folded, trimmed};
use serde::{Deserialize, Deserializer, de};

use super::{
    entry::PathEntry,
    error::PathError,
    folders::Bases,
    located::{Access, Judge, Located},
    root::{self, Root},
};
use crate::scope::{
    Admission, Auditor, Enforce, Entries, Grants, Machine, Part, Refusal, Untrusted, Unusable, Verdict,
    fold::fold,
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

/// The entries of one grant, made ready.
pub struct PathRules {
    allow: Vec<Area>,
    deny: Vec<Denied>,
    /// The folder that all `allow` entries lie in, if it is one of theirs: what relative paths are relative to.
    anchor: Option<Folder>,
}

/// All allowed names of one start.
struct Area {
    start: Start,
    names: Index,
    /// For an absolute start: the folders that are held open.
    roots: Vec<Place>,
}

/// All denied names of one start, folded.
struct Denied {
    start: Start,
    names: Index,
}

/// A folder by its start and its name from there.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Folder {
    start: Start,
    name: String,
}

/// A root that is held open, and where it is from its start. Cloned for each call, so that is cheap.
#[derive(Clone)]
struct Place {
    start: From,
    /// What a name beneath the root is preceded by; or empty.
    prefix: Arc<str>,
    root: Arc<Root>,
}

/// A [`Start`] that is cheap to clone.
#[derive(Clone)]
enum From {
    Base(Arc<str>),
    Unix,
    Drive(char),
}

impl PartialEq<Start> for From {
    fn eq(&self, start: &Start) -> bool {
        match (self, start) {
            (Self::Base(a), Start::Base(b)) => **a == **b,
            (Self::Unix, Start::Unix) => true,
            (Self::Drive(a), Start::Drive(b)) => a == b,
            _ => false,
        }
    }
}

impl Place {
    /// Something to prefer one of several roots by.
    fn depth(&self) -> (usize, &str) {
        let name = match &self.start {
            From::Base(name) => &**name,
            From::Unix | From::Drive(_) => "",
        };
        (self.root.given().as_os_str().len(), name)
    }

    /// The name from the start of one beneath the root.
    fn whole<'a>(&self, name: &'a str) -> Cow<'a, str> {
        if self.prefix.is_empty() { Cow::Borrowed(name) } else { Cow::Owned(join(&self.prefix, name)) }
    }
}

fn join(folder: &str, name: &str) -> String {
    match (folder, name) {
        ("", name) => name.to_owned(),
        (folder, "") => folder.to_owned(),
        (folder, name) => format!("{folder}/{name}"),
    }
}

/// What is left of a name inside a folder.
fn inside<'a>(name: &'a str, folder: &str) -> Option<&'a str> {
    if folder.is_empty() {
        return Some(name);
    }
    let rest = name.strip_prefix(folder)?;
    if rest.is_empty() { Some(rest) } else { rest.strip_prefix('/') }
}

/// What is left of a path of the host beneath a folder of it; `""` is the root of the host.
fn below<'a>(host: &'a str, folder: &str) -> Option<&'a str> {
    let rest = host.strip_prefix(folder)?;
    if rest.is_empty() { Some(rest) } else { rest.strip_prefix('/') }
}

impl<A: Access> Enforce for PathScope<A> {
    const ON_ANY_PLATFORM: bool = true;

    type Entry = PathEntry;
    type Input = PathInput;
    type Admitted = Located<A>;
    type Rules = PathRules;

    fn compile(entries: &Entries<PathEntry>, machine: &Machine) -> Result<PathRules, Vec<Unusable>> {
        let bases = &machine.bases;
        let missing: Vec<Unusable> = entries
            .allow()
            .iter()
            .chain(entries.deny())
            .filter_map(|entry| Some((entry, bases.missing(entry.parsed().base()?)?)))
            .map(|(entry, why)| Unusable::because(format!("`{}`: {why}", entry.pattern())))
            .collect();
        if !missing.is_empty() {
            return Err(missing);
        }
        let mut deny: Vec<path::Pattern> =
            entries.deny().iter().map(|entry| entry.parsed().folded(fold)).collect();
        deny.extend(really(entries.deny(), bases.style));
        Ok(PathRules {
            allow: areas(entries.allow(), bases.style),
            deny: starts(deny.iter().map(path::Pattern::start))
                .map(|start| Denied {
                    start: start.clone(),
                    names: Index::new(
                        deny.iter().filter(|pattern| pattern.start() == start).map(|pattern| (pattern, true)),
                    ),
                })
                .collect(),
            anchor: anchor(entries.allow()),
        })
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
        if let Some(missing) = ungiven(grants) {
            return Err(Refusal::outside(format!(
                "the base folder `${missing}` was not given to this session"
            )));
        }
        let (place, name) = match input.start {
            InputStart::Base(base) => at_base(grants, base, &input.rest)?,
            InputStart::Relative => relative(grants, &input.rest)?,
            InputStart::Unix => absolute(grants, &Start::Unix, &input.rest)?,
            InputStart::Drive(letter) => absolute(grants, &Start::Drive(letter), &input.rest)?,
        };
        let judge = PathJudge { place, grants: grants.clone(), auditor: admission.auditor() };
        judge.verdict(&name).admitted("path")?;
        let root = Arc::clone(&judge.place.root);
        Ok(Located::new(root, name, Arc::new(judge)))
    }
}

/// The distinct starts, in a fixed order.
fn starts<'a>(all: impl Iterator<Item = &'a Start>) -> impl Iterator<Item = &'a Start> {
    let mut found: Vec<&Start> = Vec::new();
    for start in all {
        if !found.contains(&start) {
            found.push(start);
        }
    }
    found.into_iter()
}

fn areas(allow: &[PathEntry], style: Style) -> Vec<Area> {
    starts(allow.iter().map(|entry| entry.parsed().start()))
        .map(|start| {
            let of: Vec<&PathEntry> = allow.iter().filter(|entry| entry.parsed().start() == start).collect();
            Area {
                start: start.clone(),
                names: Index::new(of.iter().map(|entry| (entry.parsed(), entry.hidden()))),
                roots: roots(start, &of, style),
            }
        })
        .collect()
}

/// As a place has it. That of a base folder comes with the base folder.
fn from(start: &Start) -> From {
    match start {
        Start::Base(base) => From::Base(base.as_str().into()),
        Start::Unix => From::Unix,
        Start::Drive(letter) => From::Drive(*letter),
    }
}

/// The absolute denials whose folder really is another, since a link is on the way (`/etc` on a Mac): once more, by that.
/// Looked at when the gate is built.
fn really(deny: &[PathEntry], style: Style) -> Vec<path::Pattern> {
    let mut folders: HashMap<String, Option<String>> = HashMap::new();
    let mut found = Vec::new();
    for entry in deny {
        let (folder, tail) = entry.parsed().folder();
        let host = match entry.parsed().start() {
            Start::Unix if style != Style::Windows => format!("/{folder}"),
            Start::Drive(letter) if style == Style::Windows => format!("{letter}:/{folder}"),
            _ => continue,
        };
        let real = folders.entry(host).or_insert_with_key(|host| {
            let real = root::real(Path::new(host));
            (real != Path::new(host)).then(|| real.to_str().map(path::escape)).flatten()
        });
        let pattern = real
            .as_ref()
            .and_then(|real| path::Pattern::parse(&format!("{}/{tail}", real.trim_end_matches('/'))).ok());
        found.extend(pattern.map(|pattern| pattern.folded(fold)));
    }
    found
}

/// The outermost literal folders of absolute entries. They are the program's to name, so links on the way to them are
/// followed, and they are held open.
fn roots(start: &Start, entries: &[&PathEntry], style: Style) -> Vec<Place> {
    let host = match start {
        Start::Base(_) => return Vec::new(),
        Start::Unix => "/".to_owned(),
        Start::Drive(letter) => format!("{letter}:/"),
    };
    // What starts at a drive is nowhere on a Unix, and the other way round.
    if matches!(start, Start::Unix) == (style == Style::Windows) {
        return Vec::new();
    }
    let folders = outermost(entries.iter().map(|entry| entry.parsed().folder().0));
    let place = |prefix: String| Place {
        start: from(start),
        root: Arc::new(Root::new(format!("{host}{prefix}").into())),
        prefix: prefix.into(),
    };
    folders.into_iter().map(place).collect()
}

/// The folders that lie in none of the others.
fn outermost(folders: impl Iterator<Item = String>) -> Vec<String> {
    let mut folders: Vec<String> = folders.collect();
    // By components, so that what is in a folder comes right behind it.
    folders.sort_by(|a, b| a.split('/').cmp(b.split('/')));
    let mut outermost: Vec<String> = Vec::new();
    for folder in folders {
        if outermost.last().is_none_or(|last| inside(&folder, last).is_none()) {
            if folder.is_empty() {
                return vec![folder];
            }
            outermost.push(folder);
        }
    }
    outermost
}

/// The one folder that all entries lie in, if it is the folder of one of them.
fn anchor(allow: &[PathEntry]) -> Option<Folder> {
    let start = allow.first()?.parsed().start();
    if allow.iter().any(|entry| entry.parsed().start() != start) {
        return None;
    }
    let mut folders = outermost(allow.iter().map(|entry| entry.parsed().folder().0));
    let name = folders.pop()?;
    folders.is_empty().then(|| Folder { start: start.clone(), name })
}

impl PathRules {
    /// Whether an entry of this very start allows a name: mostly that is so, and then nothing more need be asked.
    fn allows_here(&self, start: &From, name: &str) -> bool {
        self.allow.iter().any(|area| *start == area.start && area.names.matches(name))
    }

    /// Whether an entry allows what really is at this path of the host, whatever the entry starts at.
    fn allows(&self, bases: &Bases, host: &str) -> bool {
        self.allow.iter().any(|area| match &area.start {
            Start::Base(base) => bases
                .get(base)
                .and_then(|root| below(host, &root.real_name()?).map(|name| area.names.matches(name)))
                .unwrap_or(false),
            start => from_start(host, start).is_some_and(|name| area.names.matches(name)),
        })
    }

    /// Whether an entry denies what is at this path of the host, which is folded.
    fn denies(&self, bases: &Bases, host: &FoldedHost) -> bool {
        self.deny.iter().any(|denied| {
            let is_denied = |name: &str| denied.names.matches(name);
            match &denied.start {
                Start::Base(base) => match bases.get(base) {
                    Some(root) => host.is_beneath(&root.folded(), is_denied),
                    // A denial of what nobody knows denies everything.
                    None => true,
                },
                start => host.is_at(start, is_denied),
            }
        })
    }
}

/// A base folder that an entry in force starts at and that the session was not given.
fn ungiven<'a, A: Access>(grants: &'a Grants<PathScope<A>>) -> Option<&'a str> {
    let bases = &grants.machine().bases;
    let missing = |start: &'a Start| match start {
        Start::Base(base) if bases.get(base).is_none() => Some(&**base),
        _ => None,
    };
    grants.parts().map(Part::rules).find_map(|rules| {
        let allowed = rules.allow.iter().map(|area| &area.start);
        allowed.chain(rules.deny.iter().map(|denied| &denied.start)).find_map(missing)
    })
}

fn at_base<A: Access>(
    grants: &Grants<PathScope<A>>,
    base: &str,
    name: &str,
) -> Result<(Place, String), Refusal> {
    // Whether there is such a base folder is told in the words of one that is not allowed: names of the host's are not
    // for callers to try.
    let Some(place) = grants.machine().bases.place(base) else { return Err(not_allowed()) };
    // An entry has to say this base folder too, even if another is the same folder here: which ones are, is the host's to
    // know.
    let is_said =
        |part: &Part<PathScope<A>>| part.entries().is_all() || part.rules().allows_here(&place.start, name);
    if !grants.granted().any(is_said) {
        return Err(not_allowed());
    }
    Ok((place, name.to_owned()))
}

impl Bases {
    fn place(&self, base: &str) -> Option<Place> {
        let (name, root) = self.named(base)?;
        Some(Place {
            start: From::Base(Arc::clone(name)),
            prefix: Arc::clone(&self.nothing),
            root: Arc::clone(root),
        })
    }
}

#[cold]
fn not_allowed() -> Refusal {
    match Verdict::NotAllowed.admitted("path") {
        Err(refusal) => refusal,
        Ok(()) => Refusal::outside("not allowed"),
    }
}

fn relative<A: Access>(grants: &Grants<PathScope<A>>, name: &str) -> Result<(Place, String), Refusal> {
    let mut anchor: Option<&Folder> = None;
    for part in grants.parts() {
        if part.entries().is_all() {
            return Err(Refusal::outside(
                "everything is allowed, so a path must say where it starts: `$HOME/..`, or absolutely",
            ));
        }
        if part.entries().allow().is_empty() {
            continue;
        }
        anchor = match (anchor, &part.rules().anchor) {
            (None, Some(own)) => Some(own),
            (Some(one), Some(own)) if one.start == own.start && inside(&own.name, &one.name).is_some() => {
                Some(one)
            }
            (Some(one), Some(own)) if one.start == own.start && inside(&one.name, &own.name).is_some() => {
                Some(own)
            }
            _ => {
                return Err(Refusal::outside(
                    "the entries of this caller's grants lie in several folders, so a path must say where it starts: as an \
                     entry does, `$APPDATA/..`",
                ));
            }
        };
    }
    let Some(anchor) = anchor else { return Err(not_allowed()) };
    let whole = join(&anchor.name, name);
    match &anchor.start {
        Start::Base(base) => at_base(grants, base, &whole),
        start => absolute(grants, start, &whole),
    }
}

/// A path from a root of the system: beneath a root of an absolute entry, or beneath a base folder.
fn absolute<A: Access>(
    grants: &Grants<PathScope<A>>,
    start: &Start,
    whole: &str,
) -> Result<(Place, String), Refusal> {
    let bases = &grants.machine().bases;
    let mut all = false;
    let mut found: Option<(Place, String)> = None;
    // Of several roots that allow it the innermost, whatever the order of entries and grants.
    let mut offer = |place: &Place, name: &str| {
        if found.as_ref().is_none_or(|(best, _)| best.depth() < place.depth()) {
            found = Some((place.clone(), name.to_owned()));
        }
    };
    for rules in grants.parts().map(|part| {
        all |= part.entries().is_all();
        part.rules()
    }) {
        for area in &rules.allow {
            match &area.start {
                Start::Base(base) => {
                    let Some(place) = bases.place(base) else { continue };
                    if let Some(name) = beneath(&place.root, start, whole)
                        && area.names.matches(&name)
                    {
                        offer(&place, &name);
                    }
                }
                own if own == start && area.names.matches(whole) => {
                    if let Some((place, name)) = root_of(&area.roots, whole) {
                        offer(place, name);
                    }
                }
                _ => {}
            }
        }
    }
    if found.is_none() && all {
        let host = match start {
            Start::Drive(letter) => format!("{letter}:/"),
            _ => "/".to_owned(),
        };
        let root = Arc::new(Root::new(host.into()));
        found = Some((Place { start: from(start), prefix: "".into(), root }, whole.to_owned()));
    }
    found.ok_or_else(not_allowed)
}

/// The root that a path is beneath. They are sorted, and none is in another.
fn root_of<'a, 'n>(roots: &'a [Place], whole: &'n str) -> Option<(&'a Place, &'n str)> {
    let behind = roots
        .partition_point(|place| place.prefix.is_empty() || place.prefix.split('/').le(whole.split('/')));
    let place = roots.get(behind.checked_sub(1)?)?;
    Some((place, inside(whole, &place.prefix)?))
}

/// What is left of an absolute path beneath a root, by one of the two names of the root: as it was given, and as it is.
fn beneath(root: &Root, start: &Start, whole: &str) -> Option<String> {
    let host = match start {
        Start::Drive(letter) => format!("{letter}:/{whole}"),
        _ => format!("/{whole}"),
    };
    root.names().iter().find_map(|folder| below(&host, folder).map(str::to_owned))
}

/// What is at a name beneath a root, by all paths of the host that it is known to have, in the folded forms in which
/// denials are asked: as it is, and without what some systems cut off.
struct FoldedHost {
    forms: Vec<String>,
}

impl FoldedHost {
    fn of(root: &Root, name: &str) -> Self {
        let name = folded(name, fold);
        let mut forms = Vec::with_capacity(2);
        for folder in &*root.folded() {
            let whole = at(folder, &name);
            forms.extend(trimmed(&whole));
            forms.push(whole);
        }
        Self { forms }
    }

    /// Whether it is so of a name that this has beneath a folder, whose names these are.
    fn is_beneath(&self, folders: &[Box<str>], mut is: impl FnMut(&str) -> bool) -> bool {
        self.forms.iter().any(|form| folders.iter().filter_map(|folder| below(form, folder)).any(&mut is))
    }

    /// Whether it is so of a name that this has from a root of the system.
    fn is_at(&self, start: &Start, is: impl FnMut(&str) -> bool) -> bool {
        self.forms.iter().filter_map(|form| from_start(form, start)).any(is)
    }
}

fn at(folder: &str, name: &str) -> String {
    if name.is_empty() { folder.to_owned() } else { format!("{folder}/{name}") }
}

fn from_start<'a>(host: &'a str, start: &Start) -> Option<&'a str> {
    match start {
        Start::Unix => below(host, ""),
        Start::Drive(letter) => {
            let (drive, rest) = host.split_once(':')?;
            if drive.eq_ignore_ascii_case(letter.encode_utf8(&mut [0; 4])) { below(rest, "") } else { None }
        }
        Start::Base(_) => None,
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
