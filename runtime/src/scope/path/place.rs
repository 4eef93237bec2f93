//! Where something is: beneath which root, and by which names of the host. Text only; nothing is decided here.

use std::{borrow::Cow, sync::Arc};

use portcullis_policy::path::{Start, folded, trimmed};

use super::root::Root;
use crate::scope::fold::fold;

/// A root that is held open, and where it is from its start. Cloned for each call, so that is cheap.
#[derive(Clone)]
pub(super) struct Place {
    pub(super) start: From,
    /// What a name beneath the root is preceded by; or empty.
    pub(super) prefix: Arc<str>,
    pub(super) root: Arc<Root>,
}

/// A [`Start`] that is cheap to clone.
#[derive(Clone)]
pub(super) enum From {
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
    pub(super) fn depth(&self) -> (usize, &str) {
        let name = match &self.start {
            From::Base(name) => &**name,
            From::Unix | From::Drive(_) => "",
        };
        (self.root.given().as_os_str().len(), name)
    }

    /// The name from the start of one beneath the root.
    pub(super) fn whole<'a>(&self, name: &'a str) -> Cow<'a, str> {
        if self.prefix.is_empty() { Cow::Borrowed(name) } else { Cow::Owned(join(&self.prefix, name)) }
    }
}

pub(super) fn join(folder: &str, name: &str) -> String {
    match (folder, name) {
        ("", name) => name.to_owned(),
        (folder, "") => folder.to_owned(),
        (folder, name) => format!("{folder}/{name}"),
    }
}

/// What is left of a name inside a folder.
pub(super) fn inside<'a>(name: &'a str, folder: &str) -> Option<&'a str> {
    if folder.is_empty() { Some(name) } else { below(name, folder) }
}

/// What is left of a path of the host beneath a folder of it; `""` is the root of the host.
pub(super) fn below<'a>(host: &'a str, folder: &str) -> Option<&'a str> {
    let rest = host.strip_prefix(folder)?;
    if rest.is_empty() { Some(rest) } else { rest.strip_prefix('/') }
}

/// As a place has it. That of a base folder comes with the base folder.
pub(super) fn from(start: &Start) -> From {
    match start {
        Start::Base(base) => From::Base(base.as_str().into()),
        Start::Unix => From::Unix,
        Start::Drive(letter) => From::Drive(*letter),
    }
}

/// What is left of an absolute path beneath a root, by one of the two names of the root: as it was given, and as it is.
pub(super) fn beneath(root: &Root, start: &Start, whole: &str) -> Option<String> {
    let host = match start {
        Start::Drive(letter) => format!("{letter}:/{whole}"),
        _ => format!("/{whole}"),
    };
    root.names().iter().find_map(|folder| below(&host, folder).map(str::to_owned))
}

/// What is at a name beneath a root, by all paths of the host that it is known to have, in the folded forms in which
/// denials are asked: as it is, and without what some systems cut off.
pub(super) struct FoldedHost {
    pub(super) forms: Vec<String>,
}

impl FoldedHost {
    pub(super) fn of(root: &Root, name: &str) -> Self {
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
    pub(super) fn is_beneath(&self, folders: &[Box<str>], mut is: impl FnMut(&str) -> bool) -> bool {
        self.forms.iter().any(|form| folders.iter().filter_map(|folder| below(form, folder)).any(&mut is))
    }

    /// Whether it is so of a name that this has from a root of the system.
    pub(super) fn is_at(&self, start: &Start, is: impl FnMut(&str) -> bool) -> bool {
        self.forms.iter().filter_map(|form| from_start(form, start)).any(is)
    }
}

pub(super) fn at(folder: &str, name: &str) -> String {
    if name.is_empty() { folder.to_owned() } else { format!("{folder}/{name}") }
}

pub(super) fn from_start<'a>(host: &'a str, start: &Start) -> Option<&'a str> {
    match start {
        Start::Unix => below(host, ""),
        Start::Drive(letter) => {
            let (drive, rest) = host.split_once(':')?;
            if drive.eq_ignore_ascii_case(letter.encode_utf8(&mut [0; 4])) { below(rest, "") } else { None }
        }
        Start::Base(_) => None,
    }
}
