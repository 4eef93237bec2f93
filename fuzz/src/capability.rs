//! Capability files: a letter for the format (`j` JSON, `c` JSON with comments, `5` JSON5, `t` TOML), and the text.
//!
//! Oracles: `serde_json` and `toml` read what we read, and as the same values (of JSON we also take comments and commas at an end,
//! which are taken away first; JSON5 has no second parser here); what is accepted can be printed in one plain form and read again as
//! the same; every id, label and origin in it passes its own parser; and every place is one of the text.

use std::collections::HashSet;

use portcullis_policy::{
    files::{Capability, Grant, Reading, Spanned, Value, parse, read},
    id, label, origin,
    platform::{Platform, Platforms},
};

use crate::files;

/// Holds `policy::files::read` against other parsers, and against itself.
pub fn check(data: &[u8]) {
    let Some((name, text)) = files::split(data) else { return };
    let reading = read(name, text);
    files::are_told(&reading.problems, text);
    match parse(name, text) {
        Ok(tree) => files::is_what_others_read(name, text, &tree),
        Err(problems) => {
            assert!(!problems.is_empty() && !reading.problems.is_empty(), "what is not read is a problem");
            // Whatever it was, nothing may be used of it.
        }
    }
    for capability in &reading.capabilities {
        is_sound(capability, text);
    }
    if reading.problems.is_empty() {
        assert!(!reading.capabilities.is_empty(), "a file without problems has a capability");
        is_read_again(&reading);
    }
}

fn is_sound(capability: &Capability, text: &str) {
    let Capability {
        identifier, windows, webviews, clients, remote, permissions, optional, deny, place, ..
    } = capability;
    files::is_inside(place, text);
    files::is_inside(&identifier.place, text);
    assert!(!identifier.value.is_empty() && !identifier.value.contains(char::is_control));
    for glob in windows.iter().chain(webviews) {
        files::is_inside(&glob.place, text);
        assert!(label::check(&glob.value).is_ok(), "{glob:?}");
    }
    for client in clients {
        files::is_inside(&client.place, text);
        assert!(label::check(&client.value).is_ok() && label::is_literal(&client.value), "{client:?}");
    }
    for pattern in remote {
        files::is_inside(&pattern.place, text);
        assert!(origin::Pattern::parse(&pattern.value).is_ok(), "{pattern:?}");
    }
    for grant in permissions.iter().chain(optional) {
        files::is_inside(&grant.id.place, text);
        assert!(id::check(&grant.id.value).is_ok(), "{grant:?}");
        if let Err(problems) = grant.narrowing() {
            assert!(!problems.is_empty());
            problems.iter().for_each(|problem| files::is_inside(&problem.place, text));
        }
    }
    let granted: HashSet<&str> =
        permissions.iter().chain(optional).map(|grant| grant.id.value.as_str()).collect();
    let mut denied = HashSet::new();
    for id in deny {
        files::is_inside(&id.place, text);
        assert!(id::check(&id.value).is_ok(), "{id:?}");
        assert!(denied.insert(&id.value), "{id:?} stands in `deny` twice");
        assert!(!granted.contains(id.value.as_str()), "{id:?} is granted and denied");
    }
    assert!(!(windows.is_empty() && webviews.is_empty() && clients.is_empty()), "it reaches somebody");
    assert!(!(granted.is_empty() && denied.is_empty()), "it says something");
    assert!(capability.platforms != Platforms::NONE, "it applies somewhere");
}

/// What was read, printed as plain JSON, is read as the same.
fn is_read_again(reading: &Reading) {
    let mut text = String::from("[");
    for (at, capability) in reading.capabilities.iter().enumerate() {
        text += if at > 0 { ",\n" } else { "" };
        print(capability, &mut text);
    }
    text += "]";
    let again = read("again.json", &text);
    // The list around them, and TOML, which may be deeper by itself, are not what is asked about.
    let too_deep =
        |problem: &portcullis_policy::files::Problem| problem.message.contains("stand in each other");
    if again.problems.first().is_some_and(too_deep) {
        return;
    }
    assert!(again.problems.is_empty(), "{:?}\n{text}", again.problems);
    let plain = |reading: &Reading| -> Vec<String> {
        reading
            .capabilities
            .iter()
            .map(|capability| {
                let mut text = String::new();
                print(capability, &mut text);
                text
            })
            .collect()
    };
    assert_eq!(plain(&again), plain(reading));
}

fn print(capability: &Capability, out: &mut String) {
    *out += "{\"identifier\":";
    files::quote(&capability.identifier.value, out);
    *out += ",\"description\":";
    files::quote(&capability.description, out);
    for (key, list) in [
        ("windows", &capability.windows),
        ("webviews", &capability.webviews),
        ("clients", &capability.clients),
        ("deny", &capability.deny),
    ] {
        // A list that is empty is written as one that is not there.
        if !list.is_empty() {
            *out += &format!(",\"{key}\":");
            texts(list, out);
        }
    }
    *out += &format!(",\"local\":{}", capability.local);
    if !capability.remote.is_empty() {
        *out += ",\"remote\":{\"urls\":";
        texts(&capability.remote, out);
        *out += "}";
    }
    *out += ",\"frames\":";
    *out += if capability.any_frame { "\"any\"" } else { "\"main\"" };
    if capability.platforms != Platforms::ALL {
        let named: Vec<String> = Platform::EVERY
            .into_iter()
            .filter(|platform| capability.platforms.bits() & Platforms::NONE.with(*platform).bits() != 0)
            .map(|platform| format!("\"{}\"", platform.name()))
            .collect();
        *out += &format!(",\"platforms\":[{}]", named.join(","));
    }
    grants("permissions", &capability.permissions, out);
    grants("optional", &capability.optional, out);
    *out += "}";
}

fn texts(list: &[Spanned<String>], out: &mut String) {
    *out += "[";
    for (at, text) in list.iter().enumerate() {
        *out += if at > 0 { "," } else { "" };
        files::quote(&text.value, out);
    }
    *out += "]";
}

fn grants(key: &str, grants: &[Grant], out: &mut String) {
    if grants.is_empty() {
        return;
    }
    *out += &format!(",\"{key}\":[");
    for (at, grant) in grants.iter().enumerate() {
        *out += if at > 0 { "," } else { "" };
        if !grant.object {
            files::quote(&grant.id.value, out);
            continue;
        }
        *out += "{\"identifier\":";
        files::quote(&grant.id.value, out);
        for (key, value) in [("allow", &grant.allow), ("deny", &grant.deny)] {
            let Some(value): &Option<Spanned<Value>> = value else { continue };
            *out += &format!(",\"{key}\":");
            files::write(&value.value, out);
        }
        *out += "}";
    }
    *out += "]";
}
