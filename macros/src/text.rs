//! The wording that several macros share.

use portcullis_policy::suggest::closest;

/// A key that is not known: the one that was probably meant, else all that there are.
pub(crate) fn unknown_key(wrong: &str, known: &[&str]) -> String {
    match closest(wrong, known.iter().copied()) {
        Some(near) => format!("unknown key `{wrong}`\nhelp: did you mean `{near}`?"),
        None if known.len() == 1 => format!("unknown key `{wrong}`\nhelp: the only key is {}", list(known)),
        None => format!("unknown key `{wrong}`\nhelp: the keys are {}", list(known)),
    }
}

/// `a`, `b` and `c`, each in backticks.
pub(crate) fn list(names: &[&str]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    match quoted.as_slice() {
        [] => "none".to_owned(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

/// What a command may write, told to one that says nothing.
pub(crate) fn unguarded(command: &str) -> String {
    let own = own_permission(command);
    format!(
        "command `{command}` does not say how it is guarded\n\
         help: write one of\n      \
         #[command(permission(SomePermission))]  for callers that are granted that permission, a type\n      \
         #[command(all_of(One, Another))]        for callers that are granted all of them\n      \
         #[command(permission)]                  for callers that are granted its own `{own}`\n      \
         #[command(public(\"the reason\"))]        for every window of the program"
    )
}

/// What an event may write, told to one that says nothing.
pub(crate) fn unguarded_event(ty: &str, event: &str) -> String {
    let own = own_permission(event);
    format!(
        "event `{ty}` does not say who may listen\n\
         help: write one of\n      \
         #[event(permission(SomePermission))]  callers that are granted that permission, a type\n      \
         #[event(all_of(One, Another))]        callers that are granted all of them\n      \
         #[event(permission)]                  callers that are granted its own `{own}`\n      \
         #[event(public(\"the reason\"))]        every window of the program"
    )
}

/// The id of a command's own permission.
pub(crate) fn own_permission(command: &str) -> String {
    format!("allow-{}", command.replace('_', "-"))
}

/// The own permission of a command or an event would have this id, which is none.
pub(crate) fn no_own_permission(what: &str, own: &str, why: &str) -> String {
    format!(
        "the {what}'s own permission would be `{own}`, which is no id: {why}\n\
         help: declare a permission type and write `permission(Type)`, or give the {what} another `name`"
    )
}
