//! Who may call what, as files beside the program: a table, and a client in TypeScript for each window.

use portcullis::{
    test,
    typescript::{Client, Error},
};

use super::Data;
use crate::AUTHORITY;

#[test]
fn the_clients_are_those_of_the_program() -> Result<(), Error> {
    Client::new(&AUTHORITY).window("editor").write_or_check("clients/editor.ts")?;
    Client::new(&AUTHORITY).window("viewer").write_or_check("clients/viewer.ts")
}

#[test]
fn whoever_may_not_is_denied() {
    let data = Data::new();
    let gate = crate::gate(data.store.clone(), &data.imports).unwrap();
    let tried = test::denials(&gate);
    assert!(tried.pairs() > 100, "{tried}");
}
