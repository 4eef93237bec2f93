//! The same commands through Portcullis and through its peers, in one process. `run` builds both binaries and writes
//! what they say to `TABLE.md`; README.md says what is compared and what is not.

#![forbid(unsafe_code)]

pub mod call;
pub mod case;
pub mod command;
pub mod peer;
pub mod startup;
pub mod table;
