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
#[permission(id = "notes:read", id = "notes:write")]
struct Twice;

#[derive(Permission)]
#[permission(id = 5)]
struct Number;

#[derive(Permission)]
#[permission(id = "notes:deny-all")]
struct Denying;

#[derive(Permission)]
#[permission(id = "notes:read", scope)]
struct NoScopeType;

#[derive(Permission)]
#[permission(id = "notes:read", scope(PathScope<Read>))]
struct ScopeInParentheses;

#[derive(Permission)]
#[permission(id = "notes:read", scope = "path")]
struct ScopeInQuotes;

#[derive(Permission)]
#[permission(id = "notes:read", scope = PathScope<Read>, scope = PathScope<Write>)]
struct TwoScopes;

#[derive(PermissionSet)]
#[permission_set(id = "notes:all")]
struct Empty;

#[derive(PermissionSet)]
#[permission_set(id = "notes:all", permissions(TwoScopes), scope = PathScope<Read>)]
struct ScopedSet;

fn main() {}
