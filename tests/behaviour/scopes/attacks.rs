//! What somebody tries who wants to read or write what no grant admits: through a gate, with real files. Tests whose names
//! start with `p_`, `a_` or `b_` are cases of known attacks; what is malformed by its form alone is in the vectors.
#![cfg(target_os = "linux")]

mod denials;
mod links;
mod names;
mod picked;
mod swaps;

use std::{
    fs,
    os::unix::fs::symlink,
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
};

use portcullis::{GateBuilder, prelude::*, scope::PathError};
use portcullis_tests::{call, line};
use serde_json::json;
use tempfile::TempDir;

/// What nobody may see or change.
const SECRET: &str = "the secret";

/// Read files.
#[derive(Permission)]
#[permission(id = "files:read", scope = PathScope<Read>)]
struct ReadFiles;

/// Write files.
#[derive(Permission)]
#[permission(id = "files:write", scope = PathScope<Write>)]
struct WriteFiles;

/// Make links, by a program that is careless about them.
#[derive(Permission)]
#[permission(id = "links:make")]
struct MakeLinks;

/// What happens between admission and the rest of a command.
#[derive(Clone, Default)]
struct Between(Arc<Mutex<Option<What>>>);

type What = Box<dyn FnOnce() + Send>;

impl Between {
    fn happens(&self, what: impl FnOnce() + Send + 'static) {
        *self.0.lock().unwrap() = Some(Box::new(what));
    }
    fn now(&self) {
        if let Some(what) = self.0.lock().unwrap().take() {
            what();
        }
    }
}

#[command(permission(ReadFiles))]
fn read(file: Checked<ReadFiles>, between: State<'_, Between>) -> Result<String, PathError> {
    between.now();
    file.read_to_string()
}

#[command(permission(ReadFiles))]
fn read_all(
    files: Vec<Checked<ReadFiles>>,
    also: Option<Checked<ReadFiles>>,
) -> Result<Vec<String>, PathError> {
    files.iter().chain(&also).map(|file| file.read_to_string()).collect()
}

#[command(permission(ReadFiles))]
fn list(folder: Checked<ReadFiles>) -> Result<Vec<String>, PathError> {
    let mut names = folder.list()?.map(|item| Ok(item?.name().to_owned())).collect::<Result<Vec<_>, _>>()?;
    names.sort();
    Ok(names)
}

/// Everything that can be read in a folder.
#[command(permission(ReadFiles))]
fn walk(folder: Checked<ReadFiles>) -> Result<Vec<String>, PathError> {
    let mut names = Vec::new();
    for item in folder.walk()? {
        let item = item?;
        let text = item.locate().read_to_string().unwrap_or_default();
        names.push(format!("{} {text}", item.name()));
    }
    names.sort();
    Ok(names)
}

#[command(permission(ReadFiles))]
fn exists(file: Checked<ReadFiles>) -> Result<bool, PathError> {
    file.exists()
}

#[command(permission(ReadFiles))]
fn size(file: Checked<ReadFiles>) -> Result<u64, PathError> {
    Ok(file.metadata()?.len())
}

#[command(permission(WriteFiles))]
fn write(file: Checked<WriteFiles>, text: String, between: State<'_, Between>) -> Result<(), PathError> {
    between.now();
    file.write(text)
}

#[command(permission(WriteFiles))]
fn append(file: Checked<WriteFiles>, text: String) -> Result<(), PathError> {
    file.append(text)
}

#[command(permission(WriteFiles))]
fn create(file: Checked<WriteFiles>) -> Result<(), PathError> {
    file.create().map(drop)
}

#[command(permission(WriteFiles))]
fn remove(file: Checked<WriteFiles>) -> Result<(), PathError> {
    file.remove()
}

#[command(permission(WriteFiles))]
fn make_folder(folder: Checked<WriteFiles>) -> Result<(), PathError> {
    folder.create_dir_all()
}

#[command(permission(WriteFiles))]
fn rename(from: Checked<WriteFiles>, to: Checked<WriteFiles>) -> Result<(), PathError> {
    from.rename_to(&to)
}

#[command(permission(MakeLinks))]
fn link(from: String, to: String) {
    symlink(to, from).unwrap();
}

static AUTHORITY: Authority = authority! {
    commands: [
        read, read_all, list, walk, exists, size, write, append, create, remove, make_folder, rename, link,
    ],
    capabilities: ["behaviour/capabilities/scope_attacks/main.json"],
    windows: [
        "main", "reader", "everything", "home", "several", "workspace", "picker", "picker-at-home", "nobody",
    ],
    bases: ["PROJECT", "VAULT", "WORKSPACE"],
};

/// A machine with something on it.
struct Ground {
    temp: TempDir,
    gate: Gate,
    between: Between,
    told: Arc<Mutex<Vec<String>>>,
}

impl Ground {
    fn new() -> Self {
        Self::with(|_, gate| gate)
    }

    fn with(more: impl FnOnce(&Path, GateBuilder) -> GateBuilder) -> Self {
        let temp = tempfile::tempdir().unwrap();
        let at = |name: &str| temp.path().join(name);
        for (name, text) in [
            ("project/docs/a.md", "a"),
            ("project/docs/.hidden", SECRET),
            ("project/docs/sub/deep.md", "deep"),
            ("project/docs/private/key", SECRET),
            ("project/out/o.md", "o"),
            ("project/secret", SECRET),
            ("home/h.md", "h"),
            ("home/vault/key", SECRET),
            ("outside/secret", SECRET),
        ] {
            fs::create_dir_all(at(name).parent().unwrap()).unwrap();
            fs::write(at(name), text).unwrap();
        }
        let (between, told) = (Between::default(), Arc::<Mutex<Vec<String>>>::default());
        let hook = Arc::clone(&told);
        let gate = Gate::new(&AUTHORITY)
            .explain(false)
            .state(between.clone())
            .on_denial(move |denial| hook.lock().unwrap().push(denial.reason.to_string()))
            .base("PROJECT", at("project"))
            .base("HOME", at("home"))
            .base("VAULT", at("home/vault"))
            .base_per_session("WORKSPACE");
        let gate = more(temp.path(), gate).build().unwrap();
        Self { temp, gate, between, told }
    }

    fn at(&self, name: &str) -> PathBuf {
        self.temp.path().join(name)
    }

    /// The absolute path of something, as a caller would send it.
    fn absolute(&self, name: &str) -> String {
        self.at(name).to_str().unwrap().to_owned()
    }

    fn link(&self, name: &str, to: impl AsRef<Path>) {
        symlink(to, self.at(name)).unwrap();
    }

    fn text(&self, name: &str) -> String {
        fs::read_to_string(self.at(name)).unwrap()
    }

    fn window(&self, label: &str) -> Caller<'_> {
        Caller { ground: self, session: self.gate.session(Principal::window(label)) }
    }

    /// All that is secret is as it was, and nothing has been put beside it.
    #[track_caller]
    fn is_as_it_was(&self) {
        for name in [
            "project/docs/.hidden",
            "project/docs/private/key",
            "project/secret",
            "home/vault/key",
            "outside/secret",
        ] {
            assert_eq!(self.text(name), SECRET, "{name}");
        }
        for folder in ["project/docs/private", "home/vault", "outside"] {
            assert_eq!(fs::read_dir(self.at(folder)).unwrap().count(), 1, "{folder}");
        }
        let mut project: Vec<_> =
            fs::read_dir(self.at("project")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        project.sort();
        assert_eq!(project, ["docs", "out", "secret"]);
    }
}

/// Somebody who calls commands.
struct Caller<'g> {
    ground: &'g Ground,
    session: Session,
}

impl Caller<'_> {
    /// Calls a command. Whatever it answers, it is neither the secret nor where anything is on this machine.
    #[track_caller]
    fn asks(&self, command: &str, arguments: &serde_json::Value) -> String {
        let answer = line(&call(&self.session, command, &arguments.to_string()));
        assert!(!answer.contains(SECRET), "`{command}` gives the secret away, for {arguments}");
        let told = self.ground.temp.path().to_str().unwrap();
        assert!(!answer.contains(told), "`{command}` tells where it is: {answer}");
        assert!(!answer.contains("unknown argument") && !answer.contains("missing argument"), "{answer}");
        answer
    }

    /// Calls a command that takes a file or a folder, and perhaps a text.
    #[track_caller]
    fn tries(&self, command: &str, name: &str) -> String {
        let arguments = match command {
            "list" | "walk" | "make_folder" => json!({ "folder": name }),
            "write" | "append" => json!({ "file": name, "text": "overwritten" }),
            _ => json!({ "file": name }),
        };
        self.asks(command, &arguments)
    }

    #[track_caller]
    fn reads(&self, file: &str) -> String {
        self.asks("read", &json!({ "file": file }))
    }

    #[track_caller]
    fn writes(&self, file: &str, text: &str) -> String {
        self.asks("write", &json!({ "file": file, "text": text }))
    }

    /// Tries everything that there is with a file that may not be used: it is refused by its name, or when it is opened.
    #[track_caller]
    fn is_kept_from(&self, name: &str) {
        for command in READING {
            let answer = self.tries(command, name);
            assert!(is_refusal(&answer) || is_of_another_kind(&answer), "`{command}` of {name}: {answer}");
        }
        self.cannot_write(name);
    }

    #[track_caller]
    fn cannot_write(&self, name: &str) {
        for command in ["write", "append", "create"] {
            let answer = self.tries(command, name);
            assert!(is_refusal(&answer) || is_of_another_kind(&answer), "`{command}` of {name}: {answer}");
        }
    }
}

const READING: [&str; 5] = ["read", "list", "walk", "exists", "size"];

/// Whether somebody was refused, and not let through to find nothing there.
fn is_refusal(answer: &str) -> bool {
    answer == "denied" || answer.starts_with(r#"error {"code":"refused""#)
}

/// Whether a file was asked for where a folder is, or the other way round.
fn is_of_another_kind(answer: &str) -> bool {
    answer.contains(r#""code":"is_a_folder""#) || answer.contains(r#""code":"not_a_folder""#)
}

#[track_caller]
fn refused(what: &str, answer: &str) {
    assert!(is_refusal(answer), "`{what}` answers: {answer}");
}
