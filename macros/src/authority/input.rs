//! The keys of `authority!`.

use portcullis_policy::{label, path};
use proc_macro2::{Ident, TokenStream};
use syn::{
    LitStr, Path,
    parse::{ParseStream, Parser},
};

use super::root::name;
use crate::{errors::Errors, group::Listed, syntax, text};

pub(super) struct Input {
    /// Commands, and events after them.
    pub(super) commands: Vec<Listed>,
    /// The index of the first event.
    pub(super) events: usize,
    pub(super) sets: Vec<Path>,
    pub(super) capabilities: Vec<LitStr>,
    /// The key of `capabilities`, to point at what lies beside them.
    pub(super) capabilities_key: Option<Ident>,
    /// Permission files.
    pub(super) permissions: Vec<LitStr>,
    pub(super) windows: Vec<LitStr>,
    pub(super) webviews: Vec<LitStr>,
    pub(super) clients: Vec<LitStr>,
    pub(super) foreign: Foreign,
    pub(super) bases: Vec<LitStr>,
    /// Whether all of it could be read.
    pub(super) is_whole: bool,
}

/// What says which ids another system guards.
pub(super) enum Foreign {
    /// The first parts of them.
    Prefixes(Vec<LitStr>),
    /// The path of Tauri's `acl-manifests.json`.
    Manifests(LitStr),
}

const KEYS: &[&str] = &[
    "commands",
    "events",
    "sets",
    "capabilities",
    "permissions",
    "windows",
    "webviews",
    "clients",
    "foreign",
    "bases",
];

/// Takes off the crate, which the `macro_rules!` in front puts there.
pub(super) fn krate(tokens: TokenStream) -> syn::Result<(Path, TokenStream)> {
    let parser = |input: ParseStream<'_>| {
        let krate;
        syn::parenthesized!(krate in input);
        Ok((krate.call(Path::parse_mod_style)?, input.parse()?))
    };
    parser.parse2(tokens)
}

impl Input {
    pub(super) fn read(tokens: TokenStream, errors: &mut Errors) -> Self {
        let mut input = Self {
            commands: Vec::new(),
            events: 0,
            sets: Vec::new(),
            capabilities: Vec::new(),
            capabilities_key: None,
            permissions: Vec::new(),
            windows: Vec::new(),
            webviews: Vec::new(),
            clients: Vec::new(),
            foreign: Foreign::Prefixes(Vec::new()),
            bases: Vec::new(),
            is_whole: true,
        };
        let mut seen: Vec<String> = Vec::new();
        let mut events = Vec::new();
        for field in syntax::split(tokens) {
            let Some((key, value)) = errors.keep(syntax::field(field)) else { continue };
            let name = key.to_string();
            if seen.contains(&name) {
                errors.at(&key, format!("`{name}` is given twice"));
                continue;
            }
            match name.as_str() {
                "commands" => {
                    if let Some(list) = errors.keep(syntax::bracketed(value)) {
                        input.commands = Listed::list(list, errors);
                    }
                }
                "events" => {
                    if let Some(list) = errors.keep(syntax::bracketed(value)) {
                        events = Listed::list(list, errors);
                    }
                }
                "sets" => input.sets = syntax::paths(value, errors),
                "capabilities" => {
                    input.capabilities = syntax::strings(value, errors);
                    input.capabilities_key = Some(key);
                }
                "permissions" => input.permissions = syntax::strings(value, errors),
                "windows" => input.windows = labels(syntax::strings(value, errors), errors),
                "webviews" => input.webviews = labels(syntax::strings(value, errors), errors),
                "clients" => input.clients = syntax::strings(value, errors),
                "foreign" => input.foreign = foreign(value, errors),
                "bases" => input.bases = bases(syntax::strings(value, errors), errors),
                _ => errors.at(&key, text::unknown_key(&name, KEYS)),
            }
            seen.push(name);
        }
        if !seen.iter().any(|key| key == "commands") {
            errors.at_span(
                proc_macro2::Span::call_site(),
                "`commands` is missing\n\
                 help: authority! { commands: [read_note], capabilities: [\"capabilities/main.json\"], windows: [\"main\"] }",
            );
        }
        input.events = input.commands.len();
        input.commands.append(&mut events);
        input.is_whole = errors.is_empty();
        input
    }

    /// Whether a file is listed as something other than a capability file.
    pub(super) fn lists(&self, file: &str) -> bool {
        let manifests = match &self.foreign {
            Foreign::Manifests(literal) => Some(literal),
            Foreign::Prefixes(_) => None,
        };
        self.permissions.iter().chain(manifests).any(|literal| name(&literal.value()) == file)
    }
}

fn labels(globs: Vec<LitStr>, errors: &mut Errors) -> Vec<LitStr> {
    for glob in &globs {
        if let Err(wrong) = label::check(&glob.value()) {
            errors.at(
                glob,
                format!("`{}` is not a label or a pattern of labels: {}", glob.value(), wrong.message()),
            );
        }
    }
    globs
}

/// Names of base folders: as entries have them, without the `$`.
fn bases(names: Vec<LitStr>, errors: &mut Errors) -> Vec<LitStr> {
    for (index, name) in names.iter().enumerate() {
        if let Err(wrong) = path::check_base(&name.value()) {
            errors.at(name, format!("{}\nhelp: {}", wrong.message(), wrong.help()));
        } else if names.iter().take(index).any(|other| other.value() == name.value()) {
            errors.at(name, format!("`{}` is given twice", name.value()));
        }
    }
    names
}

fn foreign(value: TokenStream, errors: &mut Errors) -> Foreign {
    if let Ok(path) = syn::parse2::<LitStr>(value.clone()) {
        return Foreign::Manifests(path);
    }
    if syntax::bracketed(value.clone()).is_ok() {
        return Foreign::Prefixes(prefixes(syntax::strings(value, errors), errors));
    }
    errors.at(
        value,
        "expected first parts of ids in `[` and `]`, or the path of Tauri's manifests\n\
         help: foreign: [\"core\", \"dialog\"], or foreign: \"gen/schemas/acl-manifests.json\"",
    );
    Foreign::Prefixes(Vec::new())
}

fn prefixes(prefixes: Vec<LitStr>, errors: &mut Errors) -> Vec<LitStr> {
    for prefix in &prefixes {
        if let Err(wrong) = portcullis_policy::id::check_namespace(&prefix.value()) {
            errors.at(
                prefix,
                format!(
                    "`{}` is not the first part of an id: {}\nhelp: foreign: [\"core\", \"dialog\"]",
                    prefix.value(),
                    wrong.message()
                ),
            );
        }
    }
    prefixes
}
