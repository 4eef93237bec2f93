//! A share of what `cargo run --release -p portcullis-tests-model` compares.
#![allow(clippy::unwrap_used, clippy::panic)]

use portcullis_tests_model::{
    columns::SideBySide, compare::Counts, exhaustive::Exhaustive, file, random::Random, run::Cases,
    world::Format,
};

/// Compares some cases, `step` apart.
fn share(cases: &dyn Cases, step: usize) -> Counts {
    let mut total = Counts::default();
    for at in (0..cases.count()).step_by(step) {
        match cases.compare(at) {
            Ok(counts) => total += counts,
            Err(difference) => panic!("{difference}"),
        }
    }
    total
}

#[test]
fn random_worlds_are_decided_as_the_model_says() {
    let counts = share(&Random { count: 700, seed: 3 }, 1);
    assert_eq!(counts.worlds, 700);
    // Some compile and some do not, and there is something to decide in them.
    assert!((100..600).contains(&counts.refused), "{counts:?}");
    assert!(counts.decisions > 20_000 && counts.admissions > 2_000 && counts.complaints > 400, "{counts:?}");
}

#[test]
fn every_world_of_one_capability_is_decided_as_the_model_says() {
    assert_eq!(share(&Exhaustive { capabilities: 0 }, 1).worlds, 1);
    assert_eq!(share(&Exhaustive { capabilities: 1 }, 1).worlds, 1_680);
}

#[test]
fn some_worlds_of_two_and_of_three_capabilities_are_decided_as_the_model_says() {
    assert!(share(&Exhaustive { capabilities: 2 }, 1_511).worlds > 900);
    let three = SideBySide::default();
    assert_eq!((three.worlds(), three.count()), (112_980_420, 9_415_240));
    assert!(share(&three, 100_003).worlds > 700);
}

/// What is written is what is meant, in each format.
#[test]
fn capabilities_are_read_as_they_are_written() {
    let worlds = Random { count: 200, seed: 5 };
    for world in (0..worlds.count).map(|at| worlds.world(at)) {
        for mut capability in world.capabilities {
            capability.format = Format::Toml;
            let files = file::written(std::slice::from_ref(&capability));
            capability.format = Format::Json;
            assert_eq!(file::read_toml(&files[0].1).unwrap(), capability);
            let list = file::written(&[capability.clone()])[0].1.clone();
            assert_eq!(file::read(&format!("[{list}]")).unwrap(), [capability]);
        }
    }
}

#[test]
fn all_bytes_are_a_world() {
    for bytes in [&[][..], &[0], &[255; 40], b"not a world"] {
        portcullis_tests_model::fuzz(bytes);
    }
}
