#![allow(unused)]

use portcullis::prelude::*;

/// Read notes.
#[derive(Permission)]
#[permission(id = "notes:read")]
pub struct ReadNotes;

pub struct NoPermission;

/// Everything.
#[derive(PermissionSet)]
#[permission_set(id = "notes:all", permissions(ReadNotes, NoPermission))]
pub struct Everything;

#[portcullis::command(permission(NoPermission))]
fn one() {}

#[portcullis::command(permission(Everything))]
fn two() {}

fn main() {}
