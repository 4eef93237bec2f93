#![allow(unused)]

use portcullis::prelude::*;

#[derive(Permission)]
#[permission(id = "notes:read")]
pub struct Generic<T>(T);

fn main() {}
