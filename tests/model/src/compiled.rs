//! Random worlds that go through the real macros: `tests/compiled` holds them as Rust, as this writes it.

use std::path::PathBuf;

use crate::{compare::platform, random::Random, real::Real, source, world::World};

/// Where they are, from the folder of the package.
pub const FOLDER: &str = "tests/compiled";

const COUNT: usize = 40;

/// The worlds: the first random ones that compile, on every platform, in which there is something to decide.
pub fn worlds() -> Vec<World> {
    let random = Random { count: u64::MAX, seed: 40 };
    let worlds = (0..random.count).map(|at| random.world(at));
    worlds.filter(|world| is_something(world) && Real::of(world).refusals().is_empty()).take(COUNT).collect()
}

/// What compiles may depend on the platform, and these are for any.
fn is_something(world: &World) -> bool {
    let named = |platforms: &Vec<String>| platforms.iter().any(|one| one == platform());
    let everywhere = world.capabilities.iter().all(|one| one.platforms.as_ref().is_none_or(named));
    world.capabilities.len() > 1 && everywhere
}

/// All of their files: where, and what is in them.
pub fn files() -> Vec<(PathBuf, String)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(FOLDER);
    let mut files = Vec::new();
    let mut modules = vec!["//! Written by the test `written`.\n".to_owned()];
    let mut table = Vec::new();
    for (index, world) in worlds().iter().enumerate() {
        let beside = format!("{index:02}");
        let (source, capabilities) = source::written(world, &format!("{FOLDER}/{beside}"));
        modules.push(format!(
            "\nmod world_{beside} {{\n    use crate::prelude::*;\n\n{}\n}}\n",
            source::indented(source.trim_end())
        ));
        table.push(format!("    (&world_{beside}::AUTHORITY, world_{beside}::SWITCHES),\n"));
        for (name, text) in capabilities {
            files.push((folder.join(&beside).join(name), format!("{}\n", text.trim_end())));
        }
    }
    modules.push(format!(
        "\n/// Each of them, with what switches its optional permissions.\npub(crate) static WORLDS: \
         &[(&portcullis::Authority, &[portcullis_tests_model::real::Switch])] = &[\n{}];\n",
        table.concat()
    ));
    files.push((folder.join("worlds.rs"), modules.concat()));
    files
}
