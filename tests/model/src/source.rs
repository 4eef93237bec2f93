//! A world as the Rust that somebody would write: types, functions and `authority!`, with the real macros.

use std::fmt::Write as _;

use crate::{
    file,
    world::{Command, Guard, Member, World},
};

/// A module of a world, whose capability files lie in a folder of the package; and those files.
pub fn written(world: &World, folder: &str) -> (String, Vec<(String, String)>) {
    let files = file::written(&world.capabilities);
    let mut source = String::new();
    for (index, permission) in world.permissions.iter().enumerate() {
        let scope = if permission.scoped { ", scope = Word" } else { "" };
        lines(
            &mut source,
            &[
                format!("/// Permission `{}`.", permission.id),
                "#[derive(Permission)]".to_owned(),
                format!("#[permission(id = \"{}\"{scope})]", permission.id),
                format!("struct Permission{index};\n"),
            ],
        );
    }
    for (index, set) in world.sets.iter().enumerate() {
        let members: Vec<String> = set.members.iter().map(member).collect();
        lines(
            &mut source,
            &[
                format!("/// Set `{}`.", set.id),
                "#[derive(PermissionSet)]".to_owned(),
                format!("#[permission_set(id = \"{}\", permissions({}))]", set.id, members.join(", ")),
                format!("struct Set{index};\n"),
            ],
        );
    }
    for one in &world.commands {
        lines(&mut source, &[command(world, one)]);
    }
    let mut listed: Vec<String> = world.commands.iter().map(|one| one.name.clone()).collect();
    for (index, group) in world.groups.iter().enumerate() {
        let commands: Vec<String> = group.commands.iter().map(|one| command(world, one)).collect();
        let names: Vec<&str> = group.commands.iter().map(|one| one.name.as_str()).collect();
        let set = group.set.as_ref().map(|id| format!(", set: \"{id}\"")).unwrap_or_default();
        lines(
            &mut source,
            &[
                format!("mod group_{index} {{\n    use super::*;\n"),
                indented(commands.join("\n").trim_end()),
                format!(
                    "\n    portcullis::commands! {{ pub(super) Group: [{}], namespace: \"{}\"{set} }}\n}}\n",
                    names.join(", "),
                    group.namespace
                ),
            ],
        );
        let renamed = group.listed_as.as_ref().map(|name| format!(" as \"{name}\"")).unwrap_or_default();
        listed.push(format!("group_{index}::Group{renamed}"));
    }
    let sets: Vec<String> = (0..world.sets.len()).map(|index| format!("Set{index}")).collect();
    let paths: Vec<String> = files.iter().map(|(name, _)| format!("{folder}/{name}")).collect();
    let quoted = |texts: &[String]| format!("{texts:?}");
    lines(
        &mut source,
        &[
            "pub(crate) static AUTHORITY: Authority = authority! {".to_owned(),
            format!("    commands: [{}],", listed.join(", ")),
            format!("    sets: [{}],", sets.join(", ")),
            format!("    capabilities: {},", quoted(&paths)),
            format!("    windows: {},", quoted(&world.windows)),
            format!("    webviews: {},", quoted(&world.webviews)),
            format!("    clients: {},", quoted(&world.clients)),
            format!("    foreign: {},", quoted(&world.foreign)),
            "};\n".to_owned(),
            "pub(crate) static SWITCHES: &[Switch] = &[".to_owned(),
        ],
    );
    for (index, permission) in world.permissions.iter().enumerate() {
        lines(&mut source, &[format!("    Switch::of::<Permission{index}>(\"{}\"),", permission.id)]);
    }
    lines(&mut source, &["];".to_owned()]);
    (source, files)
}

fn member(member: &Member) -> String {
    match member {
        Member::Permission(index) => format!("Permission{index}"),
        Member::Set(index) => format!("Set{index}"),
    }
}

/// It takes a word by the first of its permissions that has a scope, and does nothing with what the others grant.
fn command(world: &World, command: &Command) -> String {
    let needed: &[usize] = match &command.guard {
        Guard::All(needed) => needed,
        Guard::Public | Guard::Own => &[],
    };
    let types: Vec<String> = needed.iter().map(|index| format!("Permission{index}")).collect();
    let guard = match &command.guard {
        Guard::Public => "public(\"a world\")".to_owned(),
        Guard::Own => "permission".to_owned(),
        Guard::All(needed) if needed.len() == 1 => format!("permission({})", types.join(", ")),
        Guard::All(_) => format!("all_of({})", types.join(", ")),
    };
    let mut scoped = needed.iter().filter(|index| world.permissions[**index].scoped);
    let Some(first) = scoped.next() else {
        return format!("#[command({guard})]\nfn {}() {{}}\n", command.name);
    };
    let others: Vec<String> =
        scoped.map(|index| format!(", _other_{index}: Granted<'_, Permission{index}>")).collect();
    format!(
        "#[command({guard})]\nfn {}(word: Checked<Permission{first}>{}) -> String {{\n    \
         word.into_inner()\n}}\n",
        command.name,
        others.concat()
    )
}

fn lines(source: &mut String, lines: &[String]) {
    for line in lines {
        let _ = writeln!(source, "{line}");
    }
}

/// One step further to the right.
pub fn indented(text: &str) -> String {
    let lines = text.lines().map(|line| if line.is_empty() { String::new() } else { format!("    {line}") });
    lines.collect::<Vec<_>>().join("\n")
}
