//! What the build would refuse, as it would be printed: complaints about files, and the assertions of `authority!`, which
//! are the same functions that const evaluation runs.

use std::{
    cell::Cell,
    panic::{self, AssertUnwindSafe},
    sync::Once,
};

use portcullis::__private::checks;
use portcullis_policy::{platform::Platform, resolve::Complaint};

use crate::{Parts, Program};

pub(crate) fn of_files(complaints: &[Complaint]) -> Vec<String> {
    let here = Platform::from_target_os(std::env::consts::OS).unwrap_or(Platform::Linux);
    let told = complaints.iter().filter(|complaint| complaint.platforms.contains(here));
    told.map(|complaint| complaint.problem.to_string()).collect()
}

/// Up to so many commands most tables are as long as the list.
const EXACT: usize = 16;

pub(crate) fn of_assertions(program: &Program, parts: &Parts) -> Vec<String> {
    let Parts { root, policy, view } = *parts;
    // As `authority!` does it: where nothing is wrong, no path is looked at again. (Large tables are filled up, with commands that
    // may have something wrong, and take long.)
    let view = &if root.listed.len() <= EXACT { view.checked(root, policy) } else { *view };
    let mut refusals = Vec::new();
    for index in 0..program.commands.len() + program.groups.len() {
        let index = u32::try_from(index).unwrap_or(u32::MAX);
        refusals.extend(stopped(|| checks::path(view, root, policy, index)));
    }
    if program.commands.is_empty() && program.groups.is_empty() && !program.sets.is_empty() {
        refusals.extend(stopped(|| checks::sets_alone(view, root, policy)));
    }
    for index in 0..program.capability_files.len() {
        let index = u16::try_from(index).unwrap_or(u16::MAX);
        refusals.extend(stopped(|| checks::file(view, root, policy, index)));
    }
    for index in 0..program.permission_files.len() {
        let index = u16::try_from(index).unwrap_or(u16::MAX);
        refusals.extend(stopped(|| checks::definitions(view, root, policy, index)));
    }
    refusals
}

thread_local! {
    static IS_ASSERTING: Cell<bool> = const { Cell::new(false) };
}

/// What an assertion says, if it does not hold.
fn stopped(assertion: impl FnOnce()) -> Option<String> {
    static QUIET: Once = Once::new();
    QUIET.call_once(|| {
        let loud = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if !IS_ASSERTING.get() {
                loud(info);
            }
        }));
    });
    IS_ASSERTING.set(true);
    let result = panic::catch_unwind(AssertUnwindSafe(assertion));
    IS_ASSERTING.set(false);
    let payload = result.err()?;
    let text = payload.downcast_ref::<String>().cloned();
    Some(text.or_else(|| payload.downcast_ref::<&str>().map(|&text| text.to_owned())).unwrap_or_default())
}
