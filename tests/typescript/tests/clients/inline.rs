//! A client with its transport inside.

use std::env;

use portcullis::{
    Streaming,
    prelude::*,
    typescript::{Client, Module, Style},
};

use crate::program;

/// As `portcullis_tauri::TRANSPORT`, which would bring Tauri along.
const TAURI: &str = include_str!("../../../../adapters/tauri/src/script/tauri.ts");

/// What the transport calls a type of its own.
#[portcullis::data]
pub(crate) struct Reply {
    code: String,
}

/// And another, that is one of the browser's beside.
#[portcullis::data]
pub(crate) struct ReadableStream {
    reply: Reply,
}

#[command(public("a test"))]
fn call(sink: ReadableStream) -> Reply {
    sink.reply
}

#[command(public("a test"))]
fn start() {}

#[command(public("a test"))]
fn parse(stringify: String) -> String {
    stringify
}

#[command(public("a test"))]
fn report_error(error: String) {
    drop(error);
}

#[command(public("a test"))]
fn global_this() {}

#[command(public("a test"))]
fn queue() -> Result<Streaming<Reply>, String> {
    Err("none".to_owned())
}

static CLASHES: Authority = authority! {
    commands: [call, start, parse, report_error, global_this, queue],
    windows: ["editor"],
};

fn inline(source: &str) -> Module {
    Client::new(&program::AUTHORITY).inline_transport(source).window("editor")
}

#[test]
fn what_is_written_is_as_it_was() {
    let with = |authority| Client::new(authority).inline_transport(TAURI);
    for (module, path) in [
        (with(&program::AUTHORITY).window("editor"), "generated/tauri.ts"),
        (with(&program::AUTHORITY).style(Style::Specta).window("editor"), "generated/tauri_specta.ts"),
        // What commands and types are called is not heard inside, and the other way about.
        (with(&CLASHES).window("editor"), "generated/tauri_clashes.ts"),
    ] {
        if env::var_os("UPDATE_EXPECTED").is_some() {
            module.write(path).unwrap();
        } else {
            module.check(path).unwrap();
        }
    }
}

#[test]
fn it_imports_nothing() {
    for style in [Style::Functions, Style::Specta] {
        let client = Client::new(&program::AUTHORITY).style(style).inline_transport(TAURI);
        let text = client.window("editor").text().unwrap();
        assert!(!text.contains("import(") && !text.contains("/portcullis.js"), "{style:?}");
        assert!(text.contains("export function useTransport("));
    }
}

#[test]
fn what_looks_like_a_place_to_fill_is_none() {
    let source =
        "export const call = async () => ({ ok: '$EXPORTS $CODES $WAY $SOURCE $WHAT $URL $MODULE' });\r\n";
    let text = inline(source).text().unwrap();
    assert!(text.contains(
        "\nconst call = async () => ({ ok: '$EXPORTS $CODES $WAY $SOURCE $WHAT $URL $MODULE' });\nreturn { call };\n"
    ));
}

#[test]
fn every_kind_of_declaration_may_be_exported() {
    let source = "export type A = 1;\nexport interface B<T> { t: T }\nexport class C {}\nexport let d = 1;\n\
                  export function* e() {}\nexport async function* f() {}\nexport async function call() {}";
    let text = inline(source).text().unwrap();
    assert!(text.contains("return { C, d, e, f, call };"), "{text}");
}

#[test]
fn what_cannot_stand_inside_is_named() {
    for line in [
        "import { a } from 'a';",
        "import 'a';",
        "export default call;",
        "export { call };",
        "export * from 'a';",
        "export type { A } from 'a';",
        "export const { call } = a;",
    ] {
        let error = inline(&format!("export const call = 1;\n{line}\n")).text().unwrap_err().to_string();
        assert_eq!(
            error,
            format!(
                "there can be no TypeScript client for window `editor`:\n\n\
                 the transport cannot stand inside of a client, because of its line 2: `{line}`\n\
                 help: it may import nothing, and must export what it declares where it does so, as in `export function \
                 call(..)`"
            )
        );
    }
    let error = inline("export function other() {}").text().unwrap_err().to_string();
    assert!(error.contains("exports no function `call`"), "{error}");
}
