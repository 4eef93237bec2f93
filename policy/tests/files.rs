//! Capability files: what is read from the files in `good`, what is said about those in `bad`, and that no text at all
//! makes reading panic. `PORTCULLIS_BLESS=1` writes what is said now into the `.problems` files, to be reviewed.
#![cfg(feature = "files")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs;
use std::path::{Path, PathBuf};

use portcullis_policy::files::{Allow, Capability, Narrowing, Place, Reading, Spanned, Value, read};
use portcullis_policy::platform::{Platform, Platforms};

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(name)
}

fn name(path: &Path) -> String {
    path.file_name().unwrap().to_string_lossy().into_owned()
}

/// The capability files of a folder, by name, with their texts.
fn fixtures(folder_name: &str) -> Vec<(String, String)> {
    let files = fs::read_dir(folder(folder_name)).unwrap().map(|entry| entry.unwrap().path());
    let files = files.filter(|path| path.extension().is_none_or(|extension| extension != "problems"));
    let mut files: Vec<_> = files.map(|path| (name(&path), fs::read_to_string(&path).unwrap())).collect();
    files.sort();
    assert!(files.len() >= 10);
    files
}

#[track_caller]
fn good(file: &str) -> Vec<Capability> {
    let Reading { capabilities, problems } =
        read(file, &fs::read_to_string(folder("good").join(file)).unwrap());
    assert!(problems.is_empty(), "{}", all(&problems));
    capabilities
}

fn all(problems: &[portcullis_policy::files::Problem]) -> String {
    let problems: Vec<_> = problems.iter().map(ToString::to_string).collect();
    problems.iter().flat_map(|problem| [problem.as_str(), "\n\n"]).collect()
}

fn values(list: &[Spanned<String>]) -> Vec<&str> {
    list.iter().map(|entry| entry.value.as_str()).collect()
}

fn at<T>(spanned: &Spanned<T>) -> (usize, usize) {
    (spanned.place.line, spanned.place.column)
}

/// A value without its places, as JSON.
fn json(value: &Value) -> String {
    match value {
        Value::Null => "null".into(),
        Value::Bool(value) => value.to_string(),
        Value::Number(text) => text.clone(),
        Value::String(text) => format!("{text:?}"),
        Value::List(list) => {
            let list: Vec<_> = list.iter().map(|entry| json(&entry.value)).collect();
            format!("[{}]", list.join(","))
        }
        Value::Map(map) => {
            let map: Vec<_> =
                map.iter().map(|(key, value)| format!("{:?}:{}", key.value, json(&value.value))).collect();
            format!("{{{}}}", map.join(","))
        }
    }
}

#[test]
fn everything_good_is_read() {
    for (file, text) in fixtures("good") {
        let reading = read(&file, &text);
        assert!(reading.problems.is_empty(), "{}", all(&reading.problems));
        assert!(!reading.capabilities.is_empty(), "{file}");
    }
}

#[test]
fn everything_bad_is_explained() {
    let mut stale = Vec::new();
    for (file, text) in fixtures("bad") {
        let said = all(&read(&file, &text).problems);
        assert!(!said.is_empty(), "{file}");
        let expected = folder("bad").join(format!("{file}.problems"));
        if std::env::var_os("PORTCULLIS_BLESS").is_some() {
            fs::write(&expected, said).unwrap();
        } else if fs::read_to_string(&expected).unwrap_or_default() != said {
            println!("{file} says now:\n{said}");
            stale.push(file);
        }
    }
    assert!(stale.is_empty(), "{stale:?}");
}

#[test]
fn json_with_places() {
    let [main] = &good("main.json")[..] else { panic!() };
    assert_eq!((main.identifier.value.as_str(), at(&main.identifier)), ("main", (3, 17)));
    assert_eq!(main.description, "What the main window may do");
    assert_eq!((values(&main.windows), at(&main.windows[0])), (vec!["main"], (5, 15)));
    assert_eq!(main.place, Place { file: "main.json".into(), line: 1, column: 1 });
    assert!(
        main.webviews.is_empty() && main.clients.is_empty() && main.remote.is_empty() && main.deny.is_empty()
    );
    assert!(main.local && !main.any_frame);
    assert_eq!(main.platforms, Platforms::ALL);
    // The second `notes:read` is the first once more.
    let ids: Vec<_> =
        main.permissions.iter().map(|grant| (grant.id.value.as_str(), at(&grant.id), grant.object)).collect();
    assert_eq!(
        ids,
        [
            ("notes:read", (7, 5), false),
            ("notes:write", (8, 5), false),
            ("fs:allow-read-file", (11, 21), true)
        ]
    );
    let scoped = &main.permissions[2];
    let (allow, deny) = (scoped.allow.as_ref().unwrap(), scoped.deny.as_ref().unwrap());
    assert_eq!((json(&allow.value).as_str(), at(allow)), (r#"[{"path":"$APPDATA/notes/**"}]"#, (12, 16)));
    assert_eq!(
        (json(&deny.value).as_str(), at(deny)),
        (r#"[{"path":"$APPDATA/notes/private/**"}]"#, (13, 15))
    );
    assert_eq!(main.permissions[0].allow, None);
}

#[test]
fn every_key_is_read() {
    let [remote] = &good("remote.json")[..] else { panic!() };
    assert!(!remote.local && remote.any_frame);
    assert_eq!(values(&remote.remote), ["https://*.example.com/*", "http://localhost:*", "app://*"]);
    assert_eq!(at(&remote.remote[1]), (6, 51));
    let [desktop, phone, anywhere] = &good("list.json")[..] else { panic!() };
    assert!(desktop.platforms.contains(Platform::Macos) && !desktop.platforms.contains(Platform::Ios));
    assert!(phone.platforms.contains(Platform::Ios) && !phone.platforms.contains(Platform::Linux));
    assert_eq!(anywhere.platforms, Platforms::ALL);
    let [first, second] = &good("wrapped.json")[..] else { panic!() };
    assert_eq!(values(&first.webviews), ["panel"]);
    assert_eq!((values(&second.clients), values(&second.deny)), (vec!["cli", "agent"], vec!["c", "d"]));
    let [denied] = &good("denied.json")[..] else { panic!() };
    assert_eq!((denied.permissions.len(), values(&denied.deny)), (0, vec!["notes:delete"]));
}

#[test]
fn only_what_is_granted_whole_is_granted_once() {
    let object = |path: &str| format!(r#"{{ "identifier": "a", "allow": ["{path}"] }}"#);
    let (one, other) = (object("x"), object("y"));
    let text = format!(
        r#"{{ "identifier": "main", "windows": ["main"], "permissions": ["a", {one}, "a", {other}, {one}, "a"] }}"#
    );
    let [main] = &read("main.json", &text).capabilities[..] else { panic!() };
    let written: Vec<_> = main.permissions.iter().map(|grant| grant.object).collect();
    assert_eq!(written, [false, true, true, true]);
}

#[test]
fn numbers_keep_their_value_in_any_dialect() {
    let [loose] = &good("loose.json5")[..] else { panic!() };
    let allow = loose.permissions[0].allow.as_ref().unwrap();
    assert_eq!(
        json(&allow.value),
        r#"[{"from":16,"to":20,"step":0.5,"half":5.0,"name":"it's","on":true,"none":null}]"#
    );
    let [main] = &good("main.toml")[..] else { panic!() };
    let allow = main.permissions[1].allow.as_ref().unwrap();
    assert_eq!(json(&allow.value), r#"[{"path":"$APPDATA/**","depth":31,"share":0.50,"big":1000}]"#);
}

// The parser of TOML lets NUL stand behind the `_` of a number.
#[test]
fn a_number_with_nul_in_it_is_a_problem() {
    let text =
        "identifier = 'a'\nwindows = ['main']\npermissions = [{ identifier = 'a', allow = [1_0\0\x000] }]";
    let [problem] = &read("a.toml", text).problems[..] else { panic!() };
    assert_eq!(problem.message, r"`10\0\00` is no number");
    assert_eq!((problem.place.line, problem.place.column), (3, 45));
}

#[test]
fn toml_with_places() {
    let [main] = &good("main.toml")[..] else { panic!() };
    assert_eq!((at(&main.identifier), at(&main.windows[0])), ((2, 14), (4, 12)));
    assert_eq!((at(&main.permissions[0].id), at(&main.permissions[1].id)), ((6, 3), (7, 18)));
    assert_eq!((values(&main.remote), at(&main.remote[0])), (vec!["https://example.com"], (11, 9)));
    let [tables] = &good("tables.toml")[..] else { panic!() };
    let ids: Vec<_> =
        tables.permissions.iter().map(|grant| (grant.id.value.as_str(), at(&grant.id))).collect();
    assert_eq!(ids, [("http:fetch", (5, 14)), ("http:open", (11, 14))]);
    let allow = tables.permissions[0].allow.as_ref().unwrap();
    assert_eq!(json(&allow.value), r#"[{"url":"https://example.com/*"}]"#);
    let [first, second] = &good("several.toml")[..] else { panic!() };
    assert_eq!(
        ((first.place.line, first.place.column), (second.place.line, second.place.column)),
        ((1, 1), (6, 1))
    );
}

#[test]
fn a_byte_order_mark_takes_no_place() {
    for (file, text) in fixtures("good") {
        let (plain, marked) = (read(&file, &text), read(&file, &format!("\u{feff}{text}")));
        assert_eq!(plain.capabilities, marked.capabilities, "{file}");
        assert!(marked.problems.is_empty(), "{file}");
    }
}

#[test]
fn line_ends_of_windows_change_no_place() {
    for (file, text) in fixtures("good") {
        assert_eq!(
            read(&file, &text.replace('\n', "\r\n")).capabilities,
            read(&file, &text).capabilities,
            "{file}"
        );
    }
}

#[test]
fn deep_nesting_is_a_problem_and_no_overflow() {
    for depth in [65, 100, 100_000] {
        for (file, open) in
            [("a.json", "["), ("a.json", "{\"a\":"), ("a.json5", "[{a:"), ("a.toml", "["), ("a.toml", "[[")]
        {
            let reading = read(file, &open.repeat(depth));
            assert_eq!(reading.problems.len(), 1, "{file} {open} {depth}");
        }
        for open in ["a = [", "a = {b=", "a = [{b=", "a."] {
            let (start, more) = open.split_at(open.find(['[', '{']).unwrap_or(0));
            let reading = read("a.toml", &format!("{start}{}", more.repeat(depth)));
            assert!(!reading.problems.is_empty(), "{open} {depth}");
        }
        let closed = format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        assert!(read("a.json", &closed).problems[0].message.contains("stand in each other"));
        assert!(!read("a.toml", &format!("a = {closed}")).problems.is_empty());
        assert!(!read("a.toml", &format!("{}a = 1", "a.".repeat(depth))).problems.is_empty());
        assert!(!read("a.toml", &format!("[{}a]\nb = 1", "a.".repeat(depth))).problems.is_empty());
    }
    // What is allowed fits into a small stack.
    let scope = format!("{}{}", "[".repeat(60), "]".repeat(60));
    let text = format!(
        r#"{{"identifier":"a","windows":["main"],"permissions":[{{"identifier":"a","allow":{scope}}}]}}"#
    );
    let toml = format!(
        "identifier = 'a'\nwindows = ['main']\npermissions = [{{ identifier = 'a', allow = {scope} }}]"
    );
    for (file, text) in [("a.json", text), ("a.toml", toml)] {
        let thread = std::thread::Builder::new().stack_size(512 * 1024);
        let reading = thread.spawn(move || read(file, &text)).unwrap().join().unwrap();
        assert!(reading.problems.is_empty());
    }
}

#[test]
fn a_long_line_is_not_slow() {
    let entries = "\"notes:ü\",".repeat(20_000);
    let text = format!(r#"{{"identifier":"a","windows":["main"],"permissions":[{entries}"a"]}}"#);
    let reading = read("a.json", &text);
    assert_eq!(reading.problems.len(), 20_000);
    assert_eq!(reading.problems[19_999].place.column, 53 + 19_999 * 10);
}

/// Every text that comes from a fixture by cutting it off, or by changing, doubling or removing one character.
#[test]
fn no_text_makes_reading_panic() {
    for (file, text) in fixtures("good").into_iter().chain(fixtures("bad")) {
        for (start, letter) in text.char_indices() {
            let end = start + letter.len_utf8();
            let (before, behind) = (&text[..start], &text[end..]);
            read(&file, before);
            read(&file, &text[start..]);
            read(&file, &format!("{before}{behind}"));
            for other in ["\"", "\\", "{", "]", ",", "=", "-", "ü", "\n", "\0"] {
                read(&file, &format!("{before}{other}{behind}"));
            }
        }
    }
    for text in [
        "\u{feff}",
        "\u{feff}\u{feff}",
        "\"\\u",
        "\"\\ud800\"",
        "\"\\ud83d\\ude00\"",
        "0x",
        "-",
        "+",
        ".",
        "//",
        "/*",
        "\"\\x4",
        "\"\\\u{2028}",
    ] {
        for file in ["a.json", "a.json5", "a.toml", "a", "", ".", "a.json.lte"] {
            read(file, text);
        }
    }
}

#[test]
fn what_allow_and_deny_say_is_judged_where_it_is_asked_for() {
    let narrowing = |grant: &str| {
        let text = format!(r#"{{ "identifier": "main", "windows": ["main"], "permissions": [{grant}] }}"#);
        let reading = read("main.json", &text);
        assert!(reading.problems.is_empty(), "{}", all(&reading.problems));
        reading.capabilities[0].permissions[0].narrowing()
    };
    let said = |grant: &str| all(&narrowing(grant).unwrap_err());
    assert_eq!(narrowing(r#""notes:read""#), Ok(None));
    assert_eq!(narrowing(r#"{ "identifier": "notes:read" }"#), Ok(None));
    assert!(said(r#"{ "identifier": "notes:read", "allow": null, "deny": [] }"#).contains("narrows nothing"));
    let all_but =
        narrowing(r#"{ "identifier": "notes:read", "allow": "all", "deny": ["x"] }"#).unwrap().unwrap();
    assert_eq!((all_but.allow, all_but.deny.len()), (Allow::All, 1));
    let only = narrowing(r#"{ "identifier": "notes:read", "allow": ["x", { "path": "y" }], "deny": [] }"#);
    assert!(
        matches!(only, Ok(Some(Narrowing { allow: Allow::Only(entries), deny })) if entries.len() == 2 && deny.is_empty())
    );
    let narrows = narrowing(r#"{ "identifier": "notes:read", "deny": ["x"] }"#).unwrap().unwrap();
    assert_eq!(narrows.allow, Allow::Nothing);
    assert!(
        said(r#"{ "identifier": "notes:read", "allow": [] }"#)
            .starts_with("`allow` of `notes:read` is empty")
    );
    assert!(said(r#"{ "identifier": "notes:read", "allow": "everything" }"#).contains("not `everything`"));
    assert!(said(r#"{ "identifier": "notes:read", "allow": { "path": "x" } }"#).contains("not an object"));
    assert!(
        said(r#"{ "identifier": "notes:read", "allow": "all", "deny": "all" }"#).contains("not a string")
    );
}

#[test]
fn optional_is_read_as_permissions_are() {
    let text = r#"{ "identifier": "main", "windows": ["main"], "optional": ["a", { "identifier": "b", "allow": ["x"] }] }"#;
    let capability = &read("main.json", text).capabilities[0];
    assert_eq!(
        capability.optional.iter().map(|grant| grant.id.value.as_str()).collect::<Vec<_>>(),
        ["a", "b"]
    );
    assert!(capability.permissions.is_empty());
}
