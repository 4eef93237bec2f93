#![allow(unused)]

use portcullis::prelude::*;
use std::{collections::HashMap, path::PathBuf};

/// A printer.
#[derive(Scope)]
pub struct Printer {
    name: &'static str,
    drivers: HashMap<String, String>,
    folder: Option<PathBuf>,
    since: std::time::Duration,
}

/// A tray.
#[derive(Scope)]
pub enum Tray {
    Named(char),
    Sized { width: (u8, u8) },
}

/// A folder.
#[derive(Scope)]
pub struct Folder(PathBuf);

fn main() {}
