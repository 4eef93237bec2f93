//! A Tauri application, as far as its build script sees one, built by cargo: what `tauri-build` says to what it is given.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod app;

use std::collections::BTreeSet;

use app::App;
use serde_json::{Value, json};

/// `permissions` of each capability that Tauri resolved.
fn resolved(app: &App) -> Value {
    let capabilities: Value = serde_json::from_str(&app.read("gen/schemas/capabilities.json")).unwrap();
    let capabilities = capabilities.as_object().unwrap();
    capabilities.iter().map(|(name, capability)| (name.clone(), capability["permissions"].clone())).collect()
}

#[test]
fn tauri_is_given_what_is_tauris() {
    let app = App::new("gives");
    app.builds();
    assert_eq!(
        resolved(&app),
        json!({
            "bots": [],
            "main": [
                "core:default",
                { "identifier": "files:allow-read", "allow": [{ "path": "$HOME/notes/*" }] },
                "core:window:allow-close",
            ],
            "more": ["core:window:allow-title"],
            "quiet": [],
            "viewer": ["core:window:allow-title"],
        })
    );
    let manifests: Value = serde_json::from_str(&app.read("gen/schemas/acl-manifests.json")).unwrap();
    let names: Vec<&String> = manifests.as_object().unwrap().keys().collect();
    assert_eq!(names, ["core", "core:window", "files"]);
    // What is not of Portcullis goes through as it is.
    let capabilities: Value = serde_json::from_str(&app.read("gen/schemas/capabilities.json")).unwrap();
    let main = &capabilities["main"];
    assert_eq!(main["description"], "the window of the program");
    assert_eq!(main["remote"]["urls"], json!(["https://*.example.com/notes/*"]));
    assert_eq!(main["webviews"], json!(["side-*"]));
    assert_eq!(main["platforms"], json!(["linux", "macOS", "windows"]));
}

#[test]
fn a_build_without_a_change_runs_nothing() {
    let app = App::new("again");
    assert!(app.runs_again());
    assert!(!app.runs_again());
    let copies = app.copies();
    assert_eq!(
        copies,
        BTreeSet::from(
            ["main.json", "nested/bots.jsonc", "nested/more.json5", "viewer.toml"]
                .map(|name| format!("{name}.json"))
        )
    );

    app.change("capabilities/viewer.toml", &app.read("capabilities/viewer.toml").replace("title", "close"));
    assert!(app.runs_again());
    assert_eq!(resolved(&app)["viewer"], json!(["core:window:allow-close"]));
    assert!(!app.runs_again());

    app.remove("capabilities/nested/more.json5");
    app.builds();
    assert!(!app.copies().contains("nested/more.json5.json"), "a stale copy stays");
    assert_eq!(resolved(&app).get("more"), None);
    app.change(
        "capabilities/new.json",
        r#"{ "identifier": "new", "windows": ["new"], "permissions": ["core:default"] }"#,
    );
    app.builds();
    assert_eq!(resolved(&app)["new"], json!(["core:default"]));
    assert!(!app.runs_again());
}

#[test]
fn a_typo_in_an_id_of_tauris_is_tauris_error() {
    let app = App::new("typo");
    app.change(
        "capabilities/viewer.toml",
        "identifier = \"viewer\"\nwindows = [\"v\"]\npermissions = [\"core:defualt\"]\n",
    );
    app.fails(
        "Permission core:defualt not found (did you mean \"core:default\"?), expected one of core:default, ",
    );
}

#[test]
fn ids_of_the_app_manifest_stay() {
    let app = App::new("manifest");
    app.change(
        "build.rs",
        r#"
        use portcullis_tauri_build::{Build, Error, InlinedPlugin, WindowsAttributes};
        fn main() -> Result<(), Error> {
            Build::new()
                .app_commands(&["greet", "old_one"])
                .plugin("clock", InlinedPlugin::new().commands(&["now"]))
                .windows(WindowsAttributes::new())
                .run()
        }
        "#,
    );
    app.change(
        "permissions/files.toml",
        "[[permission]]\nidentifier = \"see-files\"\ncommands.allow = [\"old_one\"]\n",
    );
    app.change(
        "permissions/clock/night.toml",
        "[[permission]]\nidentifier = \"night\"\ncommands.allow = [\"now\"]\n",
    );
    app.change(
        "capabilities/old.json",
        r#"{ "identifier": "old", "windows": ["*"], "permissions":
            ["allow-greet", "deny-old-one", "see-files", "night", "clock:night", "clock:allow-now", "allow-moved"] }"#,
    );
    app.builds();
    assert_eq!(
        resolved(&app)["old"],
        json!(["allow-greet", "deny-old-one", "see-files", "clock:night", "clock:allow-now"])
    );
    let manifests: Value = serde_json::from_str(&app.read("gen/schemas/acl-manifests.json")).unwrap();
    let own = manifests["__app-acl__"]["permissions"].as_object().unwrap();
    assert!(own.contains_key("see-files") && own.contains_key("allow-old-one") && !own.contains_key("night"));
}

#[test]
fn a_folder_and_a_configuration_may_lie_elsewhere() {
    let app = App::new("elsewhere");
    app.change(
        "build.rs",
        r#"
        fn main() {
            let build = portcullis_tauri_build::Build::new();
            build.capabilities("policy").app_permissions("rules/*.toml").config_path("conf/tauri.conf.json").run().unwrap();
        }
        "#,
    );
    app.change("conf/tauri.conf.json", &app.read("tauri.conf.json"));
    app.remove("tauri.conf.json");
    app.fails("`policy`: ");
    app.change("rules/own.toml", "[[permission]]\nidentifier = \"own\"\ncommands.allow = [\"own\"]\n");
    app.change(
        "policy/main/main.json",
        r#"{ "identifier": "main", "windows": ["*"], "permissions": ["own", "core:default", "notes:read"] }"#,
    );
    app.builds();
    assert_eq!(resolved(&app), json!({ "main": ["own", "core:default"] }));
    assert!(!app.runs_again());
    app.change("rules/other.toml", "[[permission]]\nidentifier = \"other\"\ncommands.allow = [\"own\"]\n");
    assert!(app.runs_again());
}

#[test]
fn a_configuration_that_names_capabilities_finds_those_that_are_empty_now() {
    let app = App::new("named");
    let config = |listed: &str| {
        format!(
            r#"{{ "identifier": "test.portcullis.program", "build": {{ "frontendDist": "dist" }},
            "app": {{ "security": {{ "capabilities": {listed} }} }} }}"#
        )
    };
    app.change("tauri.conf.json", &config(r#"["main", "bots", "quiet"]"#));
    app.builds();

    app.change(
        "tauri.conf.json",
        &config(
            r#"["main", { "identifier": "inline", "windows": ["x"], "permissions": ["core:default", "notes:read"] },
                { "identifier": "tauris", "windows": ["x"], "permissions": ["core:default"] },
                { "identifier": "keyed", "windows": ["x"], "clients": ["y"], "permissions": [] }]"#,
        ),
    );
    app.fails(
        "capability `inline` has the permission `notes:read`, which is not Tauri's, and Tauri reads `tauri.conf.json` itself
  --> tauri.conf.json:2:137
help: move the capability to `capabilities/inline.json`, and write `\"inline\"` in its place here

capability `keyed` has the key `clients`",
    );
}

#[test]
fn everything_that_is_wrong_is_said_at_once() {
    let app = App::new("wrong");
    app.change("capabilities/viewer.toml", "identifier = \"viewer\"\nwindows = [\"v\"\n");
    app.change(
        "capabilities/main.json",
        r#"{ "identifier": "main", "windows": ["main"],
    "permissions": [{ "identifier": "files:allow-read", "allow": "all" }],
    "optional": ["core:default"],
    "deny": ["files:allow-read"] }"#,
    );
    app.change("capabilities/nested/bots.jsonc", r#"{ "identifier": "bots", "clients": ["sync"] }"#);
    for part in [
        "this is not TOML: ",
        "  --> capabilities/viewer.toml:",
        "`files:allow-read` is Tauri's, whose `allow` is a list: only a permission of Portcullis takes \"all\"\n  --> capabilities/main.json:2:66\nhelp: write \"allow\": [..]",
        "`core:default` is Tauri's, which has no `optional`: this would never be granted\n  --> capabilities/main.json:3:18\nhelp: move it to `permissions`, or remove it",
        "`files:allow-read` is Tauri's, which has no `deny`: this would deny nothing\n  --> capabilities/main.json:4:14\nhelp: write `files:deny-read` in `permissions`",
        "Tauri cannot read this capability: missing field `permissions`\n  --> capabilities/nested/bots.jsonc:1:1",
    ] {
        app.fails(part);
    }
}

/// What the documentation of the crate says of a program that goes on calling `tauri_build::build()`.
#[test]
fn without_this_crate_tauri_refuses_the_files() {
    let app = App::new("forgotten");
    app.change("build.rs", "fn main() { tauri_build::build() }");
    app.fails("failed to parse JSON: key must be a string at line 2 column 5");
    app.remove("capabilities/main.json");
    app.remove("capabilities/nested");
    app.fails("Permission notes:read not found, expected one of core:default, ");
    app.change(
        "capabilities/main.json",
        r#"{ "identifier": "main", "windows": ["main"], "permissions": [{ "identifier": "notes:read", "allow": "all" }] }"#,
    );
    app.fails("failed to parse JSON: invalid type: string \"all\", expected a sequence");
}

#[test]
fn editors_know_what_tauri_does_not() {
    let app = App::new("editors");
    app.builds();
    for name in [format!("{}-schema.json", app::target()), "desktop-schema.json".to_owned()] {
        let schema: Value = serde_json::from_str(&app.read(&format!("gen/schemas/{name}"))).unwrap();
        let definitions = &schema["definitions"];
        assert_eq!(
            definitions["PortcullisIdentifier"]["enum"],
            json!([
                "allow-greet",
                "bots:run",
                "notes:erase",
                "notes:erase-all",
                "notes:export",
                "notes:read",
                "notes:save",
                "notes:share"
            ])
        );
        let own = json!({ "$ref": "#/definitions/PortcullisIdentifier" });
        let ids = definitions["Identifier"]["oneOf"].as_array().unwrap();
        assert!(ids.contains(&own) && ids.iter().any(|id| id["const"] == "files:allow-read"));
        let entries = definitions["PermissionEntry"]["anyOf"].as_array().unwrap();
        assert_eq!(entries.last().unwrap(), &json!({ "$ref": "#/definitions/PortcullisPermissionEntry" }));
        assert_eq!(
            definitions["PortcullisPermissionEntry"]["properties"]["allow"]["anyOf"][0],
            json!({ "const": "all" })
        );
        let capability = &definitions["Capability"];
        for key in ["clients", "deny", "frames", "optional", "permissions", "windows"] {
            assert!(capability["properties"].get(key).is_some(), "{key}");
        }
        assert_eq!(capability["required"], json!(["identifier"]));
    }
    // Tauri writes its schema anew, and this extends it anew.
    let before = app.read("gen/schemas/desktop-schema.json");
    app.change("capabilities/viewer.toml", &format!("{}\n", app.read("capabilities/viewer.toml")));
    app.builds();
    assert_eq!(app.read("gen/schemas/desktop-schema.json"), before);
}
