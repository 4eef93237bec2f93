//! Whether the types of clients are true: what serde writes is of the type that a client is given, what serde takes is of
//! the type that it sends, and what serde refuses is not. The claims are held against serde here, and against the
//! compiler of TypeScript by `tests/typescript/run`.

#![allow(clippy::unwrap_used, clippy::panic, clippy::option_option)]

mod claims;
mod types;

use std::{env, fs, path::Path};

use portcullis::typescript::Client;

#[test]
fn every_claim_is_true_of_serde_and_is_what_the_compiler_is_asked() {
    let text = claims::all();
    let path = Path::new("generated/claims.ts");
    let client = Client::new(&types::AUTHORITY).window("main");
    if env::var_os("UPDATE_EXPECTED").is_some() {
        client.write("generated/types.ts").unwrap();
        fs::write(path, text).unwrap();
        return;
    }
    client.check("generated/types.ts").unwrap();
    assert_eq!(
        fs::read_to_string(path).unwrap().replace("\r\n", "\n"),
        text,
        "UPDATE_EXPECTED=1 writes it anew"
    );
}
