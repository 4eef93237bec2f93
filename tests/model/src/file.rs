//! Capabilities as files in Tauri's format, there and back.

use serde::{Deserialize, Serialize};

use crate::world::{Allow, Capability, Entry, Format, Word};

/// The files of these capabilities: name and text.
pub fn written(capabilities: &[Capability]) -> Vec<(String, String)> {
    let mut files: Vec<(String, Format, Vec<Raw>)> = Vec::new();
    for capability in capabilities {
        let raw = Raw::of(capability);
        if let (Format::Beside, Some((_, Format::Json | Format::Json5, list))) =
            (capability.format, files.last_mut())
        {
            list.push(raw);
            continue;
        }
        let ending = match capability.format {
            Format::Toml => "toml",
            Format::Json5 => "json5",
            Format::Json | Format::Beside => "json",
        };
        files.push((format!("{}.{ending}", files.len()), capability.format, vec![raw]));
    }
    files.into_iter().map(|(name, format, list)| (name, text(format, &list))).collect()
}

#[expect(clippy::expect_used, reason = "plain data, in a crate of tests")]
fn text(format: Format, list: &[Raw]) -> String {
    match (format, list) {
        (Format::Toml, [one]) => toml::to_string(one).expect("a capability is a table"),
        (_, [one]) => serde_json::to_string(one).expect("a capability is an object"),
        (_, list) => serde_json::to_string(list).expect("capabilities are a list"),
    }
}

/// The capabilities of a JSON file that holds a list of them.
///
/// # Errors
///
/// If it is none, or has what the model does not know.
pub fn read(text: &str) -> serde_json::Result<Vec<Capability>> {
    let list: Vec<Raw> = serde_json::from_str(text)?;
    Ok(list.into_iter().map(Raw::into).collect())
}

/// The capability of a TOML file.
///
/// # Errors
///
/// If it is none, or has what the model does not know.
pub fn read_toml(text: &str) -> Result<Capability, toml::de::Error> {
    toml::from_str::<Raw>(text).map(Raw::into)
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    identifier: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    windows: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    webviews: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    clients: Vec<String>,
    #[serde(default = "local", skip_serializing_if = "is_true")]
    local: bool,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    permissions: Vec<RawEntry>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    optional: Vec<RawEntry>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    deny: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    platforms: Option<Vec<String>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    frames: Option<Frames>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    remote: Option<Remote>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Frames {
    Any,
    Main,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Remote {
    urls: Vec<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum RawEntry {
    Id(String),
    Object(RawObject),
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawObject {
    identifier: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    allow: Option<RawAllow>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    deny: Vec<RawWord>,
}

#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum RawAllow {
    All(All),
    Only(Vec<RawWord>),
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum All {
    All,
}

#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum RawWord {
    Word { word: String },
    Number(u32),
}

fn local() -> bool {
    true
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
fn is_true(local: &bool) -> bool {
    *local
}

impl Raw {
    fn of(capability: &Capability) -> Self {
        let Capability { identifier, windows, webviews, clients, local, .. } = capability.clone();
        Self {
            identifier,
            windows,
            webviews,
            clients,
            local,
            permissions: capability.permissions.iter().map(RawEntry::of).collect(),
            optional: capability.optional.iter().map(RawEntry::of).collect(),
            deny: capability.deny.clone(),
            platforms: capability.platforms.clone(),
            frames: capability.any_frame.then_some(Frames::Any),
            remote: (!capability.remote.is_empty()).then(|| Remote { urls: capability.remote.clone() }),
        }
    }

    fn into(self) -> Capability {
        Capability {
            identifier: self.identifier,
            windows: self.windows,
            webviews: self.webviews,
            clients: self.clients,
            local: self.local,
            remote: self.remote.map(|remote| remote.urls).unwrap_or_default(),
            any_frame: matches!(self.frames, Some(Frames::Any)),
            platforms: self.platforms,
            permissions: self.permissions.into_iter().map(RawEntry::into).collect(),
            optional: self.optional.into_iter().map(RawEntry::into).collect(),
            deny: self.deny,
            format: Format::Json,
        }
    }
}

impl RawEntry {
    fn of(entry: &Entry) -> Self {
        let allow = match &entry.allow {
            Allow::Unsaid => None,
            Allow::All => Some(RawAllow::All(All::All)),
            Allow::Only(words) => Some(RawAllow::Only(words.iter().map(RawWord::of).collect())),
        };
        if allow.is_none() && entry.deny.is_empty() {
            return Self::Id(entry.id.clone());
        }
        let deny = entry.deny.iter().map(RawWord::of).collect();
        Self::Object(RawObject { identifier: entry.id.clone(), allow, deny })
    }

    fn into(self) -> Entry {
        match self {
            Self::Id(id) => Entry::of(&id),
            Self::Object(RawObject { identifier, allow, deny }) => Entry {
                id: identifier,
                allow: match allow {
                    None => Allow::Unsaid,
                    Some(RawAllow::All(All::All)) => Allow::All,
                    Some(RawAllow::Only(words)) => {
                        Allow::Only(words.into_iter().map(RawWord::into).collect())
                    }
                },
                deny: deny.into_iter().map(RawWord::into).collect(),
            },
        }
    }
}

impl RawWord {
    fn of(word: &Word) -> Self {
        match word {
            Word::Word(word) => Self::Word { word: word.clone() },
            Word::Number(number) => Self::Number(*number),
        }
    }

    fn into(self) -> Word {
        match self {
            Self::Word { word } => Word::Word(word),
            Self::Number(number) => Word::Number(number),
        }
    }
}
