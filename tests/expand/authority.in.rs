/// Who may call what in this program.
pub static AUTHORITY: Authority = portcullis::authority! {
    commands: [notes::read_note, clock::Commands as "time"],
    capabilities: ["capabilities/main.json"],
    windows: ["main", "viewer-*"],
    foreign: ["core"],
};
