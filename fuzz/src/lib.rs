//! What the fuzz targets do. Each module holds one part of Portcullis against something that is not of ours, the *oracle*: another
//! parser, the operating system, or the definition written out, as slowly as it likes. `check` panics where they do not agree.
//!
//! Inputs are mostly text, a line for each part, so that people can read and write them and a fuzzer can cut and join them.
#![forbid(unsafe_code)]

pub mod capability;
mod files;
pub mod http_request;
pub mod label_glob;
pub mod line;
pub mod manifests;
mod naive;
pub mod origin;
pub mod path_policy;
pub mod path_scope;
pub mod pattern;
pub mod permissions;
mod program;
pub mod url_scope;
pub mod wire;
