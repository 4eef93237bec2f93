//! Where a message comes from, as far as Tauri lets it be known: local or remote as Tauri has decided, the origin of a remote
//! page from the document that the webview shows, and the frame. What is not known is taken for the worse case. Nothing here
//! believes what a message says of itself; a header can only make things worse for whoever sends it.

use portcullis::{Frame, Origin, Principal};
use tauri::{
    Url,
    http::{HeaderMap, header::ORIGIN},
    utils::acl::{ExecutionContext, resolved::ResolvedCommand},
};

/// What Tauri has decided before a message gets here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Decided {
    /// It is the program's own page.
    Local,
    /// It is a page from elsewhere, which a capability of Tauri's admits.
    Remote,
    /// It cannot be told.
    Unclear,
}

impl Decided {
    /// Tauri lets no remote page call a command that no capability of its own admits: without one, the page is local. (Since
    /// 2.11, also for a program without permissions of its own.)
    pub(crate) fn of(acl: Option<&[ResolvedCommand]>) -> Self {
        let Some(commands) = acl else { return Self::Local };
        let is_local = |command: &ResolvedCommand| matches!(command.context, ExecutionContext::Local);
        match (commands.iter().any(is_local), commands.iter().all(is_local)) {
            (true, true) => Self::Local,
            (false, _) if !commands.is_empty() => Self::Remote,
            _ => Self::Unclear,
        }
    }
}

/// The place of a message within its webview: what its session is looked up by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) decided: Decided,
    pub(crate) frame: Frame,
}

impl Place {
    /// `top` is the address of the document that the webview shows, if that is known, and `own` whether it is the program's.
    pub(crate) fn of(decided: Decided, top: Option<&Url>, own: bool, headers: &HeaderMap) -> Self {
        let framed = match headers.get(ORIGIN) {
            // A request has it from the browser. A message that comes without one comes from the top document: the key that
            // Tauri asks for is not given to frames, or what they send does not get here. (See the documentation of the crate.)
            None => cfg!(target_os = "android"),
            Some(said) => !said.to_str().ok().zip(top).is_some_and(|(said, top)| is_origin_of(said, top)),
        };
        // The document that is shown is none of the program's: whatever said that this is local is mistaken, or a navigation is
        // under way.
        let mistaken = decided == Decided::Local && !framed && !own;
        let decided = if mistaken { Decided::Unclear } else { decided };
        Self { decided, frame: if framed { Frame::Sub } else { Frame::Main } }
    }

    /// Who calls.
    pub(crate) fn principal(self, window: &str, webview: &str, top: Option<&Url>) -> Principal {
        let caller = Principal::window(window).webview(webview).frame(self.frame);
        match (self.decided, self.frame) {
            (Decided::Local, _) => caller,
            // Of a frame that is not the program's, the origin is not known.
            (Decided::Remote, Frame::Main) => {
                match top.map(|top| Origin::parse(&top.origin().ascii_serialization())) {
                    Some(Ok(origin)) => caller.origin(origin),
                    _ => caller.opaque_origin(),
                }
            }
            (Decided::Remote | Decided::Unclear, _) => caller.opaque_origin(),
        }
    }
}

/// Whether an `Origin` header says where this document is from. A scheme of a program's own has no origin to a URL parser; what a
/// browser sends is its scheme and its host.
fn is_origin_of(said: &str, top: &Url) -> bool {
    let Ok(said) = Url::parse(said) else { return false };
    said.scheme() == top.scheme()
        && said.host_str() == top.host_str()
        && said.port_or_known_default() == top.port_or_known_default()
}
