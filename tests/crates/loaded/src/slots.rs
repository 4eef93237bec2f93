//! Types that stand for the permissions of a world: types cannot be made at run time, so there are some to be lent, each
//! with a scope. A permission that takes one for its type and not its scope has none.

use std::{
    any::TypeId,
    collections::HashSet,
    sync::{LazyLock, Mutex, PoisonError},
};

use portcullis::{
    __private::{Command, Listed},
    Checked, Grantable, NotOptional, Session,
    scope::{Exact, Folded, Matches},
};

/// A word: what the scopes of these worlds are about.
#[derive(Clone, Debug, PartialEq, Eq, portcullis::Scope)]
pub struct Word {
    /// It.
    pub word: String,
}

impl Matches for Word {
    type Input = String;
    fn allows(&self, word: Exact<'_, String>) -> bool {
        *word == self.word
    }
    fn denies(&self, word: Folded<'_, String>) -> bool {
        word.as_text().is(&self.word)
    }
}

/// What a slot lends.
pub(crate) struct Slot {
    pub(crate) permission: &'static portcullis::__private::PermissionInfo,
    /// A command that is guarded by it and takes a word that its scope admits.
    pub(crate) scoped: Listed,
    switch_on: fn(&Session) -> Result<(), NotOptional>,
    switch_off: fn(&Session),
}

macro_rules! slots {
    ($($permission:ident $command:ident $id:literal)*) => {
        $(
            #[doc = "Stands for a permission of a world."]
            #[derive(portcullis::Permission)]
            #[permission(id = $id, scope = Word)]
            struct $permission;

            #[portcullis::command(permission($permission))]
            fn $command(word: Checked<$permission>) -> String {
                word.into_inner()
            }
        )*

        static EVERY: &[Slot] = &[$(Slot {
            permission: <$permission as Grantable>::INFO,
            scoped: $command::LISTED,
            switch_on: Session::switch_on::<$permission>,
            switch_off: Session::switch_off::<$permission>,
        }),*];

        /// How many permissions of a world may have a scope, or be switched on.
        pub const SLOTS: usize = [$($id),*].len();
    };
}

slots! {
    Slot0 use_0 "slot:n0"
    Slot1 use_1 "slot:n1"
    Slot2 use_2 "slot:n2"
    Slot3 use_3 "slot:n3"
    Slot4 use_4 "slot:n4"
    Slot5 use_5 "slot:n5"
    Slot6 use_6 "slot:n6"
    Slot7 use_7 "slot:n7"
    Slot8 use_8 "slot:n8"
    Slot9 use_9 "slot:n9"
    Slot10 use_10 "slot:n10"
    Slot11 use_11 "slot:n11"
}

/// Stands for every permission that has no slot.
struct Other;

#[portcullis::command(public("a world"))]
fn called() {}

/// The slot of an index.
pub(crate) fn get(index: usize) -> Option<&'static Slot> {
    EVERY.get(index)
}

/// The type of the permission of an index.
pub(crate) fn type_id(index: usize) -> TypeId {
    get(index).map_or_else(TypeId::of::<Other>, |slot| slot.permission.type_id)
}

/// A command that takes nothing.
pub(crate) fn plain() -> &'static Command {
    command(called::LISTED)
}

#[expect(clippy::panic, reason = "the commands are right above")]
pub(crate) fn command(listed: Listed) -> &'static Command {
    match listed {
        Listed::Command(command) => command,
        _ => panic!("a command"),
    }
}

pub(crate) fn switch_on(session: &Session, slot: usize) -> Result<(), NotOptional> {
    get(slot).map_or(Ok(()), |slot| (slot.switch_on)(session))
}

pub(crate) fn switch_off(session: &Session, slot: usize) {
    if let Some(slot) = get(slot) {
        (slot.switch_off)(session);
    }
}

pub(crate) fn leak<T>(value: T) -> &'static T {
    Box::leak(Box::new(value))
}

/// The same text for ever, once.
pub(crate) fn text(text: &str) -> &'static str {
    static TEXTS: LazyLock<Mutex<HashSet<&'static str>>> = LazyLock::new(Mutex::default);
    let mut texts = TEXTS.lock().unwrap_or_else(PoisonError::into_inner);
    match texts.get(text) {
        Some(known) => known,
        None => {
            let known: &'static str = text.to_owned().leak();
            texts.insert(known);
            known
        }
    }
}

/// The same texts for ever.
pub(crate) fn texts(all: impl IntoIterator<Item = impl AsRef<str>>) -> &'static [&'static str] {
    all.into_iter().map(|one| text(one.as_ref())).collect::<Vec<_>>().leak()
}
