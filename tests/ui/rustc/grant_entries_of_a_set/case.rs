#![allow(unused)]

use portcullis::{
    prelude::*,
    scope::{Exact, Folded, Matches},
};

/// A channel.
#[derive(Scope)]
pub struct Channel {
    name: String,
}

impl Matches for Channel {
    type Input = String;
    fn allows(&self, name: Exact<'_, String>) -> bool {
        *name == self.name
    }
    fn denies(&self, name: Folded<'_, String>) -> bool {
        name.as_text().is(&self.name)
    }
}

/// Post to channels.
#[derive(Permission)]
#[permission(id = "chat:post", scope = Channel)]
pub struct Post;

/// Send files.
#[derive(Permission)]
#[permission(id = "chat:send", scope = PathScope<Read>)]
pub struct Send;

/// Leave.
#[derive(Permission)]
#[permission(id = "chat:leave")]
pub struct Leave;

/// What a member may.
#[derive(PermissionSet)]
#[permission_set(id = "chat:member", permissions(Post, Send, Leave))]
pub struct Member;

#[portcullis::command(permission(Post))]
fn post(channel: Checked<Post>) {}

#[portcullis::command(permission(Send))]
fn send(file: Checked<Send>) {}

#[portcullis::command(permission(Leave))]
fn leave() {}

static AUTHORITY: Authority = portcullis::authority! {
    commands: [post, send, leave],
    sets: [Member],
    capabilities: ["capabilities/main.json"],
    windows: ["main"],
};

fn main() {}
