#![allow(unused)]

use portcullis::prelude::*;

#[derive(Permission)]
struct NoAttribute;

#[derive(Permission)]
#[permission(id = "notes read")]
struct NoId;

#[derive(Permission)]
#[permission(ident = "notes:read")]
struct WrongKey;

#[derive(Permission)]
#[permission(id = "notes:read", scope = Folder)]
struct Scoped;

#[derive(Permission)]
#[permission(id = "notes:read", id = "notes:write")]
struct Twice;

#[derive(Permission)]
#[permission(id = 5)]
struct Number;

#[derive(Permission)]
#[permission(id = "notes:deny-all")]
struct Denying;

#[derive(PermissionSet)]
#[permission_set(id = "notes:all")]
struct Empty;

fn main() {}
