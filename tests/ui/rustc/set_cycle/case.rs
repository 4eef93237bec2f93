#![allow(unused)]

use portcullis::prelude::*;

#[derive(PermissionSet)]
#[permission_set(id = "a", permissions(B))]
pub struct A;

#[derive(PermissionSet)]
#[permission_set(id = "b", permissions(A))]
pub struct B;

static AUTHORITY: Authority = portcullis::authority! { commands: [], sets: [A] };

fn main() {}
