//! What a page may ask for: the permissions, what each is about, and the commands that they guard.
//!
//! Commands that use nothing but files are plain functions: a call holds one thread of the runtime for as long as a small
//! file on a local disk takes. What waits for the site is `async`, and leaves its file to a thread that may block.

#![allow(clippy::needless_pass_by_value, reason = "a command is given what was checked, not lent it")]

use portcullis::{
    prelude::*,
    scope::{Item, Kind, Located, PathError, UrlScope},
};
use serde::Serialize;

use crate::{
    fetch::{self, FetchError},
    site::{self, Site},
};

/// Fetch articles.
#[derive(Permission)]
#[permission(id = "articles:fetch", scope = UrlScope)]
pub struct FetchArticles;

/// List and read clips.
#[derive(Permission)]
#[permission(id = "clips:read", scope = PathScope<Read>)]
pub struct ReadClips;

/// Save and rename clips.
#[derive(Permission)]
#[permission(id = "clips:write", scope = PathScope<Write>)]
pub struct WriteClips;

/// Delete clips. Off until the user has agreed.
#[derive(Permission)]
#[permission(id = "clips:delete", scope = PathScope<Write>)]
pub struct DeleteClips;

/// A clip in a list.
#[derive(Debug, PartialEq, Serialize)]
pub struct Clip {
    /// From the folder that was listed: `private/plan.md`.
    pub name: String,
    pub bytes: u64,
    /// Milliseconds since 1970.
    pub modified: Option<u128>,
}

/// Why an article was not collected. The page gets it as `{"code": "too_large", "limit": 262144}`.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub enum CollectError {
    Fetch(FetchError),
    Clip(PathError),
}

/// Fetches an article and saves it as a clip, under a name that is not taken.
#[command(all_of(FetchArticles, WriteClips))]
pub async fn collect_article(
    article: Checked<FetchArticles>,
    clip: Checked<WriteClips>,
) -> Result<(), CollectError> {
    let page = fetch::get(article.into_inner(), fetch::PATIENCE).await.map_err(CollectError::Fetch)?;
    let text = format!("{}\n\n---\n\nClipped from <{}>\n", page.text.trim_end(), page.url);
    // What was admitted goes wherever it is needed: it brings its grants along, and is decided on when it is opened.
    let saved = tokio::task::spawn_blocking(move || save_new(&clip, &text)).await;
    // It does not end but by returning or by a panic, which the gate answers as any other.
    saved
        .unwrap_or_else(|panicked| std::panic::resume_unwind(panicked.into_panic()))
        .map_err(CollectError::Clip)
}

fn save_new(clip: &Located<Write>, text: &str) -> Result<(), PathError> {
    drop(clip.create()?);
    clip.write(text)
}

/// What a folder and the folders in it have, the latest first: of that only what the caller may read.
#[command(permission(ReadClips))]
pub fn list_clips(folder: Checked<ReadClips>) -> Result<Vec<Clip>, PathError> {
    let mut clips = Vec::new();
    for item in folder.walk()? {
        clips.extend(Clip::of(&item?));
    }
    clips.sort_by(|a, b| b.modified.cmp(&a.modified).then_with(|| a.name.cmp(&b.name)));
    Ok(clips)
}

#[command(permission(ReadClips))]
pub fn read_clip(clip: Checked<ReadClips>) -> Result<String, PathError> {
    clip.read_to_string()
}

/// Gives a clip another name, which must not be taken. Both are checked: neither may lie outside.
#[command(permission(WriteClips))]
pub fn rename_clip(clip: Checked<WriteClips>, to: Checked<WriteClips>) -> Result<(), PathError> {
    // `rename_to` would replace what is there. Whoever creates the file has the name for itself.
    drop(to.create()?);
    clip.rename_to(&to).inspect_err(|_| {
        let _ = to.remove();
    })
}

#[command(permission(DeleteClips))]
pub fn delete_clip(clip: Checked<DeleteClips>) -> Result<(), PathError> {
    clip.remove()
}

/// The user has agreed that clips are deleted: from now on this window may, as far as its capability goes.
///
/// Here it is the page that asks the user, so whoever has taken over the page can agree too. Where that matters, ask
/// outside of the page: in a dialog of the system, or in a window of its own.
#[command(public("switches on what the window's own capability lists as optional, and nothing else"))]
pub fn allow_deleting(session: &Session) -> Result<(), NotYours> {
    session.switch_on::<DeleteClips>().map_err(|_| NotYours { code: "not_yours" })
}

/// No capability of the window has it as optional.
#[derive(Debug, Serialize)]
pub struct NotYours {
    code: &'static str,
}

/// What a page needs to know to show itself. Nothing is decided by it.
#[derive(Debug, Serialize)]
pub struct About {
    version: &'static str,
    site: String,
    articles: Vec<&'static str>,
    deletes: bool,
}

#[command(public("tells what the program is, and what the window may do in it"))]
pub fn about(session: &Session, site: State<'_, Site>) -> About {
    About {
        version: env!("CARGO_PKG_VERSION"),
        site: site.address(),
        articles: site::ARTICLES.iter().map(|(path, _)| *path).collect(),
        deletes: session.may_call("delete_clip"),
    }
}

impl Clip {
    /// None if it is a folder, or has gone since it was listed.
    fn of(item: &Item) -> Option<Self> {
        let known = item.metadata().ok().filter(|_| item.kind() == Kind::File)?;
        let since = known.modified().and_then(|time| time.duration_since(std::time::UNIX_EPOCH).ok());
        Some(Self {
            name: item.name().to_owned(),
            bytes: known.len(),
            modified: since.map(|since| since.as_millis()),
        })
    }
}
