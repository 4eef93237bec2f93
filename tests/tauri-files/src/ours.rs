//! What this project makes of a program's files: the authority that `authority!` would make while the program is compiled,
//! made at run time.

use std::collections::BTreeSet;

use portcullis::{Gate, Session};
use portcullis_policy::{files, world::Declared};
use portcullis_tests_loaded::{Command, File, Guard, Program};

use crate::{callers::Caller, translate::Translation, world};

/// A program of ours.
#[derive(Debug)]
pub struct Ours {
    gate: Gate,
    /// All that its build refuses. Where there is anything, what is decided is what the tables say all the same.
    pub refusals: Vec<String>,
}

impl Ours {
    /// The program that a translation is.
    #[must_use]
    pub fn translated(translation: &Translation) -> Self {
        let commands = translation.commands.values().map(String::as_str);
        Self::new(&translation.capabilities, &translation.permissions, commands, &[])
    }

    /// A program with these files, as they are; each command says just `permission`. Ids that begin with one of the names in
    /// `foreign` are Tauri's.
    ///
    /// # Panics
    ///
    /// If the gate wants what no such program needs.
    #[must_use]
    pub fn new<'a>(
        capabilities: &[world::File],
        permissions: &[world::File],
        commands: impl IntoIterator<Item = &'a str>,
        foreign: &[String],
    ) -> Self {
        let files = |files: &[world::File]| -> Vec<File> {
            files.iter().map(|file| File { name: file.name.clone(), text: file.text.clone() }).collect()
        };
        let command = |name: &str| Command { name: name.to_owned(), guard: Guard::Own };
        let program = Program {
            declared: declared(capabilities),
            commands: commands.into_iter().map(command).collect(),
            foreign: foreign.to_vec(),
            permission_files: files(permissions),
            capability_files: files(capabilities),
            ..Program::default()
        };
        let loaded = program.load();
        let gate = Gate::new(loaded.authority).explain(false).build();
        let gate = gate.unwrap_or_else(|error| panic!("{error}"));
        Self { gate, refusals: loaded.refusals }
    }

    /// What holds for a caller.
    #[must_use]
    pub fn session(&self, caller: &Caller) -> Session {
        self.gate.session(caller.principal())
    }

    /// Whether a caller may call a command.
    #[must_use]
    pub fn allows(&self, command: &str, caller: &Caller) -> bool {
        self.session(caller).may_call(command)
    }
}

/// The windows and webviews that capabilities name. Where there are webviews of their own, there may be any.
fn declared(capabilities: &[world::File]) -> Declared {
    let read: Vec<_> =
        capabilities.iter().flat_map(|file| files::read(&file.name, &file.text).capabilities).collect();
    let mut windows: BTreeSet<String> = BTreeSet::new();
    let mut webviews: BTreeSet<String> = BTreeSet::new();
    for capability in &read {
        windows.extend(capability.windows.iter().map(|glob| glob.value.clone()));
        webviews.extend(capability.webviews.iter().map(|glob| glob.value.clone()));
    }
    if !webviews.is_empty() {
        windows.insert("*".to_owned());
        webviews.insert("*".to_owned());
    }
    Declared {
        windows: windows.into_iter().collect(),
        webviews: webviews.into_iter().collect(),
        clients: Vec::new(),
    }
}
