//! Tauri's `acl-manifests.json`: the text, a line with `---`, and ids, a line each.
//!
//! Oracle: the same questions asked of what `serde_json` reads.

use std::collections::BTreeSet;

use portcullis_policy::{
    files::{Place, Spanned, manifests::Manifests},
    id::own,
};
use serde_json::Value;

use crate::files;

const APPLICATION: &str = "__app-acl__";

/// Holds `policy::files::manifests` against `serde_json`.
pub fn check(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    if text.len() > 16 * 1024 {
        return;
    }
    let (text, ids) = text.rsplit_once("\n---\n").unwrap_or((text, ""));
    let manifests = match Manifests::read("acl-manifests.json", text) {
        Ok(manifests) => manifests,
        Err(problems) => {
            assert!(!problems.is_empty());
            problems.iter().for_each(|problem| files::is_inside(&problem.place, text));
            return;
        }
    };
    // With comments in it, it is for `capability` to hold it against another parser.
    let Ok(Value::Object(plain)) = serde_json::from_str::<Value>(text) else { return };
    let prefix = |id: &str| id.split(':').next().unwrap_or_default().to_owned();
    let plugins: Vec<&String> = plain.keys().filter(|key| *key != APPLICATION).collect();
    let prefixes: BTreeSet<String> = plugins.iter().map(|key| prefix(key)).collect();
    assert_eq!(manifests.prefixes().into_iter().map(str::to_owned).collect::<BTreeSet<_>>(), prefixes);
    for id in ids.lines().take(16) {
        let foreign = id.contains(':') && prefixes.contains(&prefix(id));
        assert_eq!(manifests.is_foreign(id), foreign, "{id:?}");
        let place = Place { file: "main.json".to_owned(), line: 1, column: 1 };
        let judged = manifests.judge(&Spanned { value: id.to_owned(), place }, "capability `main` grants");
        let known = id.rsplit_once(':').is_none_or(|(plugin, name)| {
            plugin != APPLICATION && plain.get(plugin).is_some_and(|manifest| has(manifest, name))
        });
        assert_eq!(judged.is_none(), known, "{id:?}: {judged:?}");
        let application = plain.get(APPLICATION).unwrap_or(&Value::Null);
        assert_eq!(manifests.defines(id), has(application, id), "{id:?}");
        let about = manifests.application(id);
        // A set that is called `default` beside the default permission: which of them comes last counts, and that is not seen here.
        let both = ["default_permission", "permission_sets"]
            .map(|key| application.get(key).is_some_and(|of| !of.is_null()));
        if has(application, id) && both == [true, true] {
        } else if has(application, id) {
            let about: BTreeSet<String> = about.expect("it is defined").into_iter().collect();
            let mut commands = BTreeSet::new();
            commands_of(application, id, &mut BTreeSet::new(), &mut commands);
            assert_eq!(about, commands.iter().map(|command| own("allow", command)).collect(), "{id:?}");
        } else if let Some(about) = about {
            let [allowed] = &about[..] else { panic!("{id:?} is about {about:?}") };
            assert!(
                allowed == id
                    || id.strip_prefix("deny-").map(|of| format!("allow-{of}")) == Some(allowed.clone())
            );
        }
    }
}

fn has(manifest: &Value, name: &str) -> bool {
    let default = manifest.get("default_permission").is_some_and(|default| !default.is_null());
    manifest.get("permissions").is_some_and(|all| all.get(name).is_some())
        || manifest.get("permission_sets").is_some_and(|all| all.get(name).is_some())
        || (name == "default" && default)
}

/// The commands that an id is about, by recursion.
fn commands_of(manifest: &Value, id: &str, seen: &mut BTreeSet<String>, found: &mut BTreeSet<String>) {
    if !seen.insert(id.to_owned()) {
        return;
    }
    let texts = |value: Option<&Value>| -> Vec<String> {
        value
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .map(str::to_owned)
            .collect()
    };
    if let Some(commands) =
        manifest.get("permissions").and_then(|all| all.get(id)).and_then(|one| one.get("commands"))
    {
        found.extend(texts(commands.get("allow")));
        found.extend(texts(commands.get("deny")));
    }
    let set = manifest.get("permission_sets").and_then(|all| all.get(id));
    let default = (id == "default").then(|| manifest.get("default_permission")).flatten();
    for member in texts(set.or(default).and_then(|set| set.get("permissions"))) {
        commands_of(manifest, &member, seen, found);
    }
}
