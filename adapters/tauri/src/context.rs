//! Pages from elsewhere: Tauri hands on what they call only if it has been told of the command, and here it is told of the
//! gate's.

use portcullis::Gate;
use tauri::{
    Context, Runtime,
    utils::acl::{ExecutionContext, RemoteUrlPattern},
};

/// Every address, in the language of Tauri's patterns.
const ANYWHERE: &str = "*://*:*/*";

/// Lets the gate decide on what pages from elsewhere call, where a capability of the program admits such pages (`remote`).
///
/// Tauri refuses every command of a program to a page that is not the program's own, a server on `127.0.0.1` included, unless the
/// command is in an `AppManifest`. With this, it hands on those commands that the gate knows, and no other; what holds for the page's
/// origin is decided by the gate, for the document that the webview shows: so the [`plugin`](crate::plugin()) has to be there.
///
/// In a program with an `AppManifest`, list the command there, as before: Tauri's answer for a command is replaced by this.
///
/// ```no_run
/// # fn run(gate: portcullis::Gate, context: tauri::Context<tauri::Wry>) -> tauri::Result<()> {
/// use portcullis_tauri::GateExt as _;
///
/// tauri::Builder::default()
///     .plugin(portcullis_tauri::plugin(&gate))
///     .invoke_handler(gate.or(tauri::generate_handler![]))
///     .run(portcullis_tauri::remote(&gate, context)) // tauri::generate_context!()
/// # }
/// ```
#[must_use = "the program runs with the context that this gives"]
pub fn remote<R: Runtime>(gate: &Gate, mut context: Context<R>) -> Context<R> {
    let authority = gate.authority();
    // It is a pattern: a test says so.
    if let (true, Ok(anywhere)) = (authority.admits_elsewhere(), ANYWHERE.parse::<RemoteUrlPattern>()) {
        let known = context.runtime_authority_mut();
        for name in authority.command_names().chain(authority.event_names()) {
            known.__allow_command(name, ExecutionContext::Remote { url: anywhere.clone() });
        }
    }
    context
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pattern_for_everywhere_matches_everywhere() {
        let anywhere: RemoteUrlPattern = ANYWHERE.parse().unwrap();
        for url in [
            "http://127.0.0.1:4000/",
            "https://example.com",
            "https://a.b.example.com:8443/c?d#e",
            "http://[::1]:1/",
        ] {
            assert!(anywhere.test(&url.parse().unwrap()), "{url}");
        }
    }
}
