//! Files through a gate: from a capability file to a handle.

use std::fs;

use portcullis::{prelude::*, scope::PathError};
use portcullis_tests::{call, line};
use tempfile::TempDir;

/// Read documents.
#[derive(Permission)]
#[permission(id = "docs:read", scope = PathScope<Read>)]
struct ReadDocs;

/// Write documents.
#[derive(Permission)]
#[permission(id = "docs:write", scope = PathScope<Write>)]
struct WriteDocs;

#[command(permission(ReadDocs))]
fn read(file: Checked<ReadDocs>) -> Result<String, PathError> {
    file.read_to_string()
}

#[command(permission(ReadDocs))]
fn names(folder: Checked<ReadDocs>) -> Result<Vec<String>, PathError> {
    let mut names = folder.list()?.map(|item| Ok(item?.name().to_owned())).collect::<Result<Vec<_>, _>>()?;
    names.sort();
    Ok(names)
}

#[command(permission(WriteDocs))]
fn write(file: Checked<WriteDocs>, text: String) -> Result<(), PathError> {
    file.write(text.as_bytes())
}

static AUTHORITY: Authority = authority! {
    commands: [read, names, write],
    capabilities: ["behaviour/capabilities/scope_paths/main.json"],
    windows: ["main", "other"],
    bases: ["PROJECT", "WORKSPACE"],
};

fn project() -> TempDir {
    let project = tempfile::tempdir().unwrap();
    let file = |name: &str, text: &str| {
        let path = project.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    file("docs/a.md", "a");
    file("docs/.hidden", "h");
    file("docs/private/key", "secret");
    file("secret", "secret");
    project
}

fn gate(project: &TempDir) -> Gate {
    Gate::new(&AUTHORITY)
        .explain(false)
        .base("PROJECT", project.path())
        .base_per_session("WORKSPACE")
        .build()
        .unwrap()
}

fn read_by(session: &Session, file: &str) -> String {
    line(&call(session, "read", &serde_json::json!({ "file": file }).to_string()))
}

#[test]
fn a_file_is_named_from_its_base_folder_or_the_folder_of_all_entries_or_absolutely() {
    let project = project();
    let main = gate(&project).session(Principal::window("main"));
    assert_eq!(read_by(&main, "$PROJECT/docs/a.md"), "ok \"a\"");
    assert_eq!(read_by(&main, "a.md"), "ok \"a\"");
    assert_eq!(read_by(&main, project.path().join("docs/a.md").to_str().unwrap()), "ok \"a\"");
}

#[test]
fn what_no_entry_allows_is_denied_by_any_name() {
    let project = project();
    let main = gate(&project).session(Principal::window("main"));
    for name in
        ["$PROJECT/secret", "$HOME/.ssh/id_rsa", "/etc/passwd", "private/key", "$PROJECT/docs/PRIVATE/key"]
    {
        assert_eq!(read_by(&main, name), "denied", "{name}");
    }
    assert_eq!(read_by(&main, project.path().join("secret").to_str().unwrap()), "denied");
}

#[test]
fn p_dotdot_raw() {
    let project = project();
    let main = gate(&project).session(Principal::window("main"));
    for name in ["../secret", "$PROJECT/docs/../secret", "nope/../../secret", "a/..", ".."] {
        assert!(read_by(&main, name).starts_with("invalid"), "{name}");
    }
}

#[test]
fn p_star_no_sep_no_dot() {
    let project = project();
    let main = gate(&project).session(Principal::window("main"));
    assert_eq!(read_by(&main, ".hidden"), "denied");
    let write = |file: &str| {
        line(&call(&main, "write", &serde_json::json!({ "file": file, "text": "x" }).to_string()))
    };
    assert_eq!(write("b.md"), "ok null");
    assert_eq!(write("sub/b.md"), "denied");
    assert_eq!(write(".b.md"), "denied");
}

#[test]
fn a_bulk_filtered() {
    let project = project();
    let main = gate(&project).session(Principal::window("main"));
    assert_eq!(line(&call(&main, "names", r#"{"folder":"."}"#)), r#"ok ["a.md"]"#);
}

#[test]
fn a_session_brings_its_own_base_folder() {
    let (project, workspace) = (project(), tempfile::tempdir().unwrap());
    fs::write(workspace.path().join("w.md"), "w").unwrap();
    let gate = gate(&project);
    let without = gate.session(Principal::window("other"));
    assert_eq!(read_by(&without, "w.md"), "denied");
    let with = gate.session(Principal::window("other")).base("WORKSPACE", workspace.path()).unwrap();
    assert_eq!(read_by(&with, "w.md"), "ok \"w\"");
    assert_eq!(read_by(&without, "w.md"), "denied");
}

#[test]
fn a_session_may_not_bring_what_the_gate_has() {
    let project = project();
    let session = gate(&project).session(Principal::window("main"));
    let error = session.base("PROJECT", "/").unwrap_err().to_string();
    assert!(error.contains("no session may bring a base folder `PROJECT`"), "{error}");
}

#[test]
fn the_gate_names_every_base_folder_that_is_missing() {
    let error = Gate::new(&AUTHORITY).base("NONE", "/x").build().unwrap_err().to_string();
    for part in [
        "the base folder `NONE` is given, and the program does not declare it",
        "the base folder `PROJECT` is declared, and not given",
        ".base_per_session(\"WORKSPACE\")",
    ] {
        assert!(error.contains(part), "{error}");
    }
}

#[test]
fn a_link_out_is_refused_and_audited_when_it_is_opened() {
    let project = project();
    std::os::unix::fs::symlink(project.path().join("secret"), project.path().join("docs/link.md")).unwrap();
    let seen: std::sync::Arc<std::sync::Mutex<Vec<String>>> = std::sync::Arc::default();
    let hook = std::sync::Arc::clone(&seen);
    let gate = Gate::new(&AUTHORITY)
        .base("PROJECT", project.path())
        .base_per_session("WORKSPACE")
        .on_denial(move |denial| hook.lock().unwrap().push(denial.reason.to_string()))
        .build()
        .unwrap();
    let answer = read_by(&gate.session(Principal::window("main")), "link.md");
    assert!(answer.starts_with(r#"error {"code":"refused""#), "{answer}");
    assert!(!answer.contains(project.path().to_str().unwrap()), "{answer}");
    let seen = seen.lock().unwrap();
    assert_eq!(seen.len(), 1);
    assert!(seen[0].starts_with("argument `file` is outside the scope of `docs:read`"), "{}", seen[0]);
}
