//! Tauri's `acl-manifests.json`, which tauri-build writes: which permissions Tauri and its plugins have, and which commands
//! the permissions of an application are about. What Tauri adds to it one day is passed over.

use std::collections::{BTreeMap, BTreeSet};

use super::{Problem, Spanned, Value, tree};
use crate::id::own;
use crate::suggest::closest;

/// The key under which the manifests have what the application itself defines.
const APPLICATION: &str = "__app-acl__";

/// How many names are listed where none is near.
const MOST_NAMED: usize = 12;

/// What the manifests know.
#[derive(Clone, Debug, Default)]
pub struct Manifests {
    file: String,
    plugins: BTreeMap<String, Manifest>,
    application: Manifest,
}

/// What one plugin has.
#[derive(Clone, Debug, Default)]
struct Manifest {
    /// Permissions, and the commands that each is about.
    permissions: BTreeMap<String, Vec<String>>,
    /// Sets, `default` among them, and what each holds.
    sets: BTreeMap<String, Vec<String>>,
}

impl Manifests {
    /// Reads them. `file` is the path to print.
    ///
    /// ```
    /// use portcullis_policy::files::manifests::Manifests;
    /// let text = r#"{ "dialog": { "permissions": { "allow-open": {} }, "permission_sets": {} } }"#;
    /// let manifests = Manifests::read("acl-manifests.json", text).unwrap();
    /// assert!(manifests.is_foreign("dialog:allow-save") && !manifests.is_foreign("notes:read"));
    /// ```
    ///
    /// # Errors
    ///
    /// What is wrong, if this is no such file.
    pub fn read(file: &str, text: &str) -> Result<Self, Vec<Problem>> {
        let mut problems = Vec::new();
        let help = "tauri-build writes it: build the program once more";
        let tree = tree(file, text, help, &mut problems);
        let mut manifests = Self { file: file.to_owned(), ..Self::default() };
        if let Some(Err(Wrong(problem))) = tree.map(|tree| manifests.keep(&tree)) {
            problems.push(*problem);
        }
        if problems.is_empty() { Ok(manifests) } else { Err(problems) }
    }

    fn keep(&mut self, tree: &Spanned<Value>) -> Result<(), Wrong> {
        for (key, value) in map(tree)? {
            let manifest = Manifest::of(value)?;
            if key.value == APPLICATION {
                self.application = manifest;
            } else {
                self.plugins.insert(key.value.clone(), manifest);
            }
        }
        Ok(())
    }

    /// The first parts of the ids that Tauri and its plugins have, each once: `core` stands for `core:window` too.
    pub fn prefixes(&self) -> BTreeSet<&str> {
        self.plugins.keys().map(|key| first_part(key)).collect()
    }

    /// Whether an id begins with one of [`prefixes`](Self::prefixes).
    pub fn is_foreign(&self, id: &str) -> bool {
        id.contains(':') && self.prefixes().contains(first_part(id))
    }

    /// What is wrong with a foreign id, if anything is. `said` comes before the id: `` capability `main` grants ``.
    ///
    /// ```
    /// # use portcullis_policy::files::{Place, Spanned, manifests::Manifests};
    /// let text = r#"{ "dialog": { "permissions": { "allow-open": {} }, "permission_sets": {} } }"#;
    /// let manifests = Manifests::read("acl-manifests.json", text).unwrap();
    /// let place = Place { file: "main.json".into(), line: 4, column: 5 };
    /// let id = Spanned { value: "dialog:allow-opn".to_owned(), place };
    /// assert_eq!(
    ///     manifests.judge(&id, "capability `main` grants").unwrap().to_string(),
    ///     "capability `main` grants `dialog:allow-opn`, and Tauri's `dialog` has no permission `allow-opn`\n  \
    ///     --> main.json:4:5\n\
    ///     help: did you mean `dialog:allow-open`?"
    /// );
    /// ```
    pub fn judge(&self, id: &Spanned<String>, said: &str) -> Option<Problem> {
        let text = id.value.as_str();
        let (plugin, name) = text.rsplit_once(':')?;
        let (why, help) = match self.plugins.get(plugin) {
            Some(manifest) if manifest.has(name) => return None,
            Some(manifest) if name == "default" => (
                format!("which stands for nothing: Tauri's `{plugin}` has no default permission"),
                format!("remove it, or grant what the program needs: {}", manifest.named(plugin)),
            ),
            Some(manifest) => (
                format!("and Tauri's `{plugin}` has no permission `{name}`"),
                match closest(name, manifest.names()) {
                    Some(near) => format!("did you mean `{plugin}:{near}`?"),
                    None => format!("by {} its permissions are: {}", self.file, manifest.named(plugin)),
                },
            ),
            None => (format!("and Tauri has no `{plugin}`"), self.another(plugin, name)),
        };
        Some(Problem {
            place: id.place.clone(),
            message: format!("{said} `{text}`, {why}"),
            help: Some(help),
        })
    }

    /// What may have been meant by a plugin that is not there, though another begins as it does.
    fn another(&self, plugin: &str, name: &str) -> String {
        let first = first_part(plugin);
        let alike = self.plugins.iter().filter(|(key, _)| first_part(key) == first);
        if let Some(near) = closest(plugin, alike.clone().map(|(key, _)| key.as_str())) {
            let there = self.plugins.get(near).is_some_and(|manifest| manifest.has(name));
            return if there {
                format!("did you mean `{near}:{name}`?")
            } else {
                format!("did you mean one of `{near}`?")
            };
        }
        let alike: Vec<String> = alike.map(|(key, _)| format!("`{key}`")).collect();
        format!("by {} there are: {}", self.file, alike.join(", "))
    }

    /// Whether the application has a permission or a set of this id for Tauri.
    pub fn defines(&self, id: &str) -> bool {
        self.application.has(id)
    }

    /// If the application's own permissions, as Tauri has them, know an id without a prefix: the ids of the own
    /// permissions that the commands would have which it is about. It may be that of a permission, of a set, or
    /// `allow-<command>` and `deny-<command>` of a command that some permission names.
    ///
    /// ```
    /// use portcullis_policy::files::manifests::Manifests;
    /// let text = r#"{ "__app-acl__": { "permissions": { "notes": { "commands": { "allow": ["read_note"] } } } } }"#;
    /// let manifests = Manifests::read("acl-manifests.json", text).unwrap();
    /// assert_eq!(manifests.application("notes"), Some(vec!["allow-read-note".to_owned()]));
    /// assert!(manifests.application("deny-read-note").is_some());
    /// assert!(manifests.application("allow-raed-note").is_none());
    /// ```
    pub fn application(&self, id: &str) -> Option<Vec<String>> {
        let application = &self.application;
        if application.has(id) {
            let commands = application.commands(id);
            return Some(commands.into_iter().map(|command| own("allow", command)).collect());
        }
        let mut commands = application.permissions.values().flatten();
        let allow = id.strip_prefix("deny-").map(|command| format!("allow-{command}"));
        let allow = allow.as_deref().unwrap_or(id);
        commands.any(|command| own("allow", command) == allow).then(|| vec![allow.to_owned()])
    }
}

impl Manifest {
    fn of(tree: &Spanned<Value>) -> Result<Self, Wrong> {
        let mut manifest = Self::default();
        for (key, value) in map(tree)? {
            match key.value.as_str() {
                "default_permission" if value.value != Value::Null => {
                    manifest.sets.insert("default".to_owned(), texts(value, "permissions")?);
                }
                "permissions" => {
                    for (name, permission) in map(value)? {
                        let mut commands = Vec::new();
                        for (_, lists) in map(permission)?.iter().filter(|(key, _)| key.value == "commands") {
                            commands = texts(lists, "allow")?;
                            commands.append(&mut texts(lists, "deny")?);
                        }
                        manifest.permissions.insert(name.value.clone(), commands);
                    }
                }
                "permission_sets" => {
                    for (name, set) in map(value)? {
                        manifest.sets.insert(name.value.clone(), texts(set, "permissions")?);
                    }
                }
                _ => {}
            }
        }
        Ok(manifest)
    }

    fn has(&self, name: &str) -> bool {
        self.permissions.contains_key(name) || self.sets.contains_key(name)
    }

    fn names(&self) -> impl Iterator<Item = &str> {
        self.sets.keys().chain(self.permissions.keys()).map(String::as_str)
    }

    /// Its permissions, or the first of them, for a message.
    fn named(&self, plugin: &str) -> String {
        let mut names: Vec<String> =
            self.names().take(MOST_NAMED + 1).map(|name| format!("`{plugin}:{name}`")).collect();
        if names.is_empty() {
            return "none".to_owned();
        }
        if names.len() > MOST_NAMED {
            names.truncate(MOST_NAMED);
            names.push("..".to_owned());
        }
        names.join(", ")
    }

    /// The commands that a permission or a set is about. A set that holds itself holds no more for it.
    fn commands(&self, id: &str) -> BTreeSet<&str> {
        let (mut commands, mut seen, mut open) = (BTreeSet::new(), BTreeSet::new(), vec![id.to_owned()]);
        while let Some(id) = open.pop() {
            if !seen.insert(id.clone()) {
                continue;
            }
            commands.extend(self.permissions.get(&id).into_iter().flatten().map(String::as_str));
            open.extend(self.sets.get(&id).into_iter().flatten().cloned());
        }
        commands
    }
}

fn first_part(id: &str) -> &str {
    id.split_once(':').map_or(id, |(first, _)| first)
}

/// What is not as Tauri writes it.
struct Wrong(Box<Problem>);

impl Wrong {
    fn new(value: &Spanned<Value>, expected: &str) -> Self {
        Self(Box::new(Problem {
            place: value.place.clone(),
            message: format!(
                "these are not Tauri's manifests: there should be {expected}, not {}",
                value.value.kind()
            ),
            help: Some("write the path of the `acl-manifests.json` that tauri-build writes".into()),
        }))
    }
}

type Map = Vec<(Spanned<String>, Spanned<Value>)>;

fn map(value: &Spanned<Value>) -> Result<&Map, Wrong> {
    match &value.value {
        Value::Map(map) => Ok(map),
        _ => Err(Wrong::new(value, "an object")),
    }
}

/// The list of strings under a key of an object; empty if it is not there.
fn texts(value: &Spanned<Value>, key: &str) -> Result<Vec<String>, Wrong> {
    let Some((_, value)) = map(value)?.iter().find(|(name, _)| name.value == key) else {
        return Ok(Vec::new());
    };
    let Value::List(list) = &value.value else { return Err(Wrong::new(value, "a list")) };
    let text = |value: &Spanned<Value>| match &value.value {
        Value::String(text) => Ok(text.clone()),
        _ => Err(Wrong::new(value, "a string")),
    };
    list.iter().map(text).collect()
}
