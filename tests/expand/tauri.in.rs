/// Who may call what in a program that Tauri guards in part.
pub static AUTHORITY: Authority = portcullis::authority! {
    commands: [read_note],
    capabilities: ["tauri/main.json"],
    permissions: ["permissions/notes.toml"],
    windows: ["main"],
    foreign: "tauri/gen/acl-manifests.json",
};
