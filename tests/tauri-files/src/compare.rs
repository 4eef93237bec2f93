//! One program, decided on by both sides: for every caller and command, on every platform.

use std::{
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
};

use portcullis_policy::platform::Platform;
use tauri_utils::platform::Target;

use crate::{
    callers::{Caller, Callers},
    differences::Difference,
    ours::Ours,
    theirs::{self, Patterns, Theirs},
    translate::{Found, Translation},
    world::World,
};

/// The platforms that files may name.
pub const PLATFORMS: [Platform; 5] = Platform::EVERY;

/// What came of a comparison.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// How many decisions were compared.
    pub decisions: usize,
    /// How many of them allowed.
    pub allowed: usize,
    /// How many capabilities there are.
    pub capabilities: usize,
    /// How many entries of `permissions` they have.
    pub grants: usize,
    /// What was taken out of the files.
    pub found: BTreeSet<Found>,
    /// The decisions that are other than Tauri's for a reason that is listed: how many, and one of them.
    pub otherwise: BTreeMap<Difference, (usize, String)>,
    /// What nothing in the list explains.
    pub disagreements: Vec<String>,
    /// Why Tauri does not build the program, if it does not; then nothing was compared.
    pub unbuilt: Option<String>,
}

/// Tauri's name for a platform.
#[must_use]
pub const fn target(platform: Platform) -> Target {
    match platform {
        Platform::Macos => Target::MacOS,
        Platform::Windows => Target::Windows,
        Platform::Linux => Target::Linux,
        Platform::Android => Target::Android,
        Platform::Ios => Target::Ios,
    }
}

/// The differences that change a decision on what both sides read.
const DECISIONS: [Difference; 6] = [
    Difference::DenyMindsLabels,
    Difference::PatternStar,
    Difference::PatternIsAnOrigin,
    Difference::OpaqueOrigin,
    Difference::LabelGlob,
    Difference::ClosedWithoutAManifest,
];

/// Compares all that a program's files decide on. Of one that is the same on all platforms, the first is asked for.
#[must_use]
pub fn compare(world: &World, platforms: &[Platform]) -> Report {
    let mut report = Report::default();
    let mut read = Vec::new();
    for file in &world.capabilities {
        match theirs::capabilities(file) {
            Ok(capabilities) => read.extend(capabilities),
            Err(error) => report.unbuilt = Some(format!("{}: {error}", file.name)),
        }
    }
    report.capabilities = read.len();
    report.grants = read.iter().map(|capability| capability.permissions.len()).sum();
    let patterns = Rc::<Patterns>::default();
    let callers: Vec<_> = Callers::of(&read).iter().collect();
    let mut made: Option<(Translation, Ours)> = None;
    let asked = if theirs::minds_platforms(world) { platforms } else { &platforms[..1] };
    for platform in asked {
        let theirs = match Theirs::new(world, target(*platform), Rc::clone(&patterns)) {
            Ok(theirs) => theirs,
            Err(error) => {
                report.unbuilt = Some(error);
                return report;
            }
        };
        let translation = Translation::new(world, *platform);
        // On most platforms most programs are the same.
        let same = made.take().filter(|(other, _)| translation.is_same(other));
        let (_, ours) = made.insert(same.unwrap_or_else(|| {
            let ours = Ours::translated(&translation);
            (translation.clone(), ours)
        }));
        let mut names = translation.commands.clone();
        // What is left out of the translation is nobody's with us.
        names.extend(
            theirs
                .commands()
                .into_iter()
                .filter(|name| !translation.commands.contains_key(name))
                .map(|name| (name, String::new())),
        );
        let whose = format!("{} on {}", world.name, platform.name());
        decide(&mut report, &callers, &theirs, ours, &names, &whose);
        report.found.extend(translation.found);
    }
    report
}

/// Compares the decisions on commands, each with its name here, for some callers.
pub(crate) fn decide(
    report: &mut Report,
    callers: &[Caller],
    theirs: &Theirs,
    ours: &Ours,
    commands: &BTreeMap<String, String>,
    whose: &str,
) {
    for caller in callers {
        let session = ours.session(caller);
        for (command, name) in commands {
            let (allowed, may) = (theirs.allows(command, caller, None), session.may_call(name));
            report.decisions += 1;
            report.allowed += usize::from(may);
            if may == allowed {
                continue;
            }
            let what = format!("{whose}: {command} for {caller:?}: Tauri {allowed}, here {may}");
            let agrees = |instead: &&Difference| theirs.allows(command, caller, Some(**instead)) == may;
            match DECISIONS.iter().find(agrees) {
                Some(difference) => {
                    report.otherwise.entry(*difference).or_insert((0, what)).0 += 1;
                }
                None => report.disagreements.push(what),
            }
        }
    }
}
