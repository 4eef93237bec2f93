//! https://github.com/cjpais/Handy/issues/1384 (`**`), https://github.com/avihaymenahem/velo/pull/259 and
//! https://github.com/tauri-apps/plugins-workspace/issues/1559 (`https://*`, which was taken for everything, and is the default port alone).
#![allow(unused)]

use portcullis::{prelude::*, scope::UrlScope};

/// Show pictures.
#[derive(Permission)]
#[permission(id = "pictures:show", scope = PathScope<Read>)]
pub struct ShowPictures;

/// Fetch mail.
#[derive(Permission)]
#[permission(id = "mail:fetch", scope = UrlScope)]
pub struct FetchMail;

#[command(permission(ShowPictures))]
fn show_picture(picture: Checked<ShowPictures>) {}

#[command(permission(FetchMail))]
fn fetch_mail(from: Checked<FetchMail>) {}

static AUTHORITY: Authority = authority! {
    commands: [show_picture, fetch_mail],
    capabilities: ["capabilities/default.json"],
    windows: ["main"],
};

fn main() {}
