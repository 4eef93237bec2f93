//! From a path as a caller names it to the root that it is beneath. What is found is still to be judged.

use std::sync::Arc;

use portcullis_policy::path::{InputStart, Start};

use super::{
    folders::Bases,
    located::Access,
    place::{From, Place, beneath, from, inside, join},
    root::Root,
    rules::Folder,
    scope::PathScope,
};
use crate::scope::{Grants, Part, Refusal};

/// Finds the root that a path is beneath, and its name there.
pub(super) fn find<A: Access>(
    grants: &Grants<PathScope<A>>,
    start: InputStart<'_>,
    name: &str,
) -> Result<(Place, String), Refusal> {
    if let Some(missing) = ungiven(grants) {
        return Err(Refusal::outside(format!("the base folder `${missing}` was not given to this session")));
    }
    match start {
        InputStart::Base(base) => at_base(grants, base, name),
        InputStart::Relative => relative(grants, name),
        InputStart::Unix => absolute(grants, &Start::Unix, name),
        InputStart::Drive(letter) => absolute(grants, &Start::Drive(letter), name),
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
    let Some(place) = grants.machine().bases.place(base) else { return Err(Refusal::not_allowed("path")) };
    // An entry has to say this base folder too, even if another is the same folder here: which ones are, is the host's to
    // know.
    let is_said =
        |part: &Part<PathScope<A>>| part.entries().is_all() || part.rules().allows_here(&place.start, name);
    if !grants.granted().any(is_said) {
        return Err(Refusal::not_allowed("path"));
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
    let Some(anchor) = anchor else { return Err(Refusal::not_allowed("path")) };
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
    found.ok_or_else(|| Refusal::not_allowed("path"))
}

/// The root that a path is beneath. They are sorted, and none is in another.
fn root_of<'a, 'n>(roots: &'a [Place], whole: &'n str) -> Option<(&'a Place, &'n str)> {
    let behind = roots
        .partition_point(|place| place.prefix.is_empty() || place.prefix.split('/').le(whole.split('/')));
    let place = roots.get(behind.checked_sub(1)?)?;
    Some((place, inside(whole, &place.prefix)?))
}
