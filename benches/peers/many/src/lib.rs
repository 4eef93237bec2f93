//! Many commands, as nobody would write them by hand: `build.rs` does.

#![forbid(unsafe_code)]
// The macro writes functions that nothing documents.
#![allow(missing_docs, unreachable_pub)]

use portcullis_benches_tauri::page::Handler;

include!(concat!(env!("OUT_DIR"), "/find.rs"));
include!(concat!(env!("OUT_DIR"), "/tauri.rs"));
