//! Where a message comes from, as far as Tauri lets it be known: local or remote as Tauri has decided, the origin of a remote
//! page from the document that the webview shows, and the frame. What is not known is taken for the worse case. Nothing here
//! believes what a message says of itself; a header can only make things worse for whoever sends it.
//!
//! Messages come in two ways, and what a webview tells of them differs (read in wry 0.57, Tauri 2.12):
//!
//! | | has the invoke key | `fetch` of `ipc:` | `postMessage` |
//! |---|---|---|---|
//! | Windows | every frame, whosever it is | from every frame; `Origin` is that of the frame | of the top document alone; its address |
//! | macOS, iOS | the top document | from every frame; `Origin` is that of the frame | from every frame; the address of the frame |
//! | Linux | the top document | from every frame; `Origin` is that of the frame | from every frame; the address that the *webview* is at, or on its way to |
//! | Android | every frame, whosever it is | (Tauri does not use it) | from every frame; the address of the *webview* |
//!
//! Without the key Tauri drops a message before it gets here. A browser writes `Origin` itself, so where it is there it is that of
//! the frame; a message without one comes by `postMessage`, and so from a top document, but on Android, where nothing tells frames
//! apart: there every caller is a sub-frame. A frame of the same origin as its top document is not told apart either, and need not
//! be: the two can reach into each other.
//!
//! On Linux a page that is about to be left may already be taken for the one that comes: Tauri asks the webview for its address,
//! which changes before the document does. Which document is shown is known here from the moment that it is there.

use portcullis::{Frame, Origin, Principal};
use tauri::{
    Url,
    http::{HeaderMap, HeaderValue, header::ORIGIN},
    utils::acl::{ExecutionContext, resolved::ResolvedCommand},
};

/// Whether a webview tells which frame a message is from.
const TELLS_FRAMES: bool = !cfg!(target_os = "android");

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
    /// 2.11.1; before, a program without permissions of its own let everybody through.)
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

/// The document that a webview shows, as far as it is known.
pub(crate) struct Top {
    url: Option<Url>,
    /// What its `Origin` header looks like.
    origin: Box<str>,
    /// Whether it is one of the program's.
    is_own: bool,
    /// Whether it was seen to come. Of one that was there before anybody watched, the webview says only where it is on the way to.
    was_seen: bool,
}

impl Top {
    pub(crate) fn new(url: Option<Url>, is_own: bool) -> Self {
        let origin = url.as_ref().map(written).unwrap_or_default();
        Self { url, origin, is_own, was_seen: true }
    }

    /// What a webview says that it shows, when it is asked.
    pub(crate) fn asked(url: Option<Url>, is_own: bool) -> Self {
        Self { was_seen: false, ..Self::new(url, is_own) }
    }

    pub(crate) const fn was_seen(&self) -> bool {
        self.was_seen
    }

    /// Whether it is the document of this address.
    pub(crate) fn is_at(&self, url: &Url) -> bool {
        self.url.as_ref() == Some(url)
    }

    /// Whether an `Origin` header says that a message is from this document.
    fn sent(&self, said: &HeaderValue) -> bool {
        let Some(url) = &self.url else { return false };
        if said.as_bytes() == self.origin.as_bytes() {
            return true;
        }
        let Some(said) = said.to_str().ok().and_then(|said| Url::parse(said).ok()) else { return false };
        said.scheme() == url.scheme()
            && said.host_str() == url.host_str()
            && said.port_or_known_default() == url.port_or_known_default()
    }
}

/// A scheme of a program's own has no origin to a URL parser; what a browser sends is its scheme and its host.
fn written(url: &Url) -> Box<str> {
    let origin = url.origin();
    if origin.is_tuple() {
        return origin.ascii_serialization().into();
    }
    let host = url.host_str().unwrap_or_default();
    match url.port() {
        Some(port) => format!("{}://{host}:{port}", url.scheme()).into(),
        None => format!("{}://{host}", url.scheme()).into(),
    }
}

/// The place of a message within its webview: what its session is looked up by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    decided: Decided,
    frame: Frame,
}

impl Place {
    pub(crate) fn of(decided: Decided, top: &Top, headers: &HeaderMap) -> Self {
        Self::told(decided, top, headers, TELLS_FRAMES)
    }

    fn told(decided: Decided, top: &Top, headers: &HeaderMap, tells_frames: bool) -> Self {
        // What a page adds by `postMessage` is believed only against it.
        let framed = !tells_frames || headers.get_all(ORIGIN).iter().any(|said| !top.sent(said));
        // The document that is shown is none of the program's: whatever said that this is local is mistaken, or a navigation is
        // under way.
        let mistaken = decided == Decided::Local && !top.is_own && (!framed || !tells_frames);
        let decided = if mistaken { Decided::Unclear } else { decided };
        Self { decided, frame: if framed || mistaken { Frame::Sub } else { Frame::Main } }
    }

    /// Who calls.
    pub(crate) fn principal(self, window: &str, webview: &str, top: &Top) -> Principal {
        let caller = Principal::window(window).webview(webview).frame(self.frame);
        match (self.decided, self.frame) {
            (Decided::Local, _) => caller,
            // Of a frame that is not the program's, the origin is not known, nor of a document that was not seen to come.
            (Decided::Remote, Frame::Main) if top.was_seen => {
                match top.url.as_ref().map(|top| Origin::parse(&top.origin().ascii_serialization())) {
                    Some(Ok(origin)) => caller.origin(origin),
                    _ => caller.opaque_origin(),
                }
            }
            (Decided::Remote | Decided::Unclear, _) => caller.opaque_origin(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn top(url: &str, is_own: bool) -> Top {
        Top::new(Some(url.parse().unwrap()), is_own)
    }

    fn headers(origins: &[&str]) -> HeaderMap {
        origins.iter().map(|origin| (ORIGIN, origin.parse().unwrap())).collect()
    }

    fn who(decided: Decided, top: &Top, origins: &[&str], tells_frames: bool) -> String {
        let place = Place::told(decided, top, &headers(origins), tells_frames);
        place.principal("main", "main", top).to_string()
    }

    const OWN_MAIN: &str = "window `main`, local, main frame";
    const OWN_SUB: &str = "window `main`, local, sub-frame";
    const NOBODY: &str = "window `main`, opaque origin, sub-frame";

    #[test]
    fn an_origin_header_is_believed_only_against_its_sender() {
        let own = top("tauri://localhost/index.html", true);
        assert_eq!(who(Decided::Local, &own, &[], true), OWN_MAIN);
        assert_eq!(who(Decided::Local, &own, &["tauri://localhost"], true), OWN_MAIN);
        for other in
            ["tauri://localhost:81", "tauri://local", "https://localhost", "null", "", "tauri", "\u{e9}"]
        {
            assert_eq!(who(Decided::Local, &own, &[other], true), OWN_SUB, "{other}");
        }
        assert_eq!(who(Decided::Local, &own, &["tauri://localhost", "https://evil.test"], true), OWN_SUB);
    }

    #[test]
    fn o_subframe_key_on_android_no_header_makes_a_main_frame() {
        let own = top("http://tauri.localhost/", true);
        for origins in [&[][..], &["http://tauri.localhost"]] {
            assert_eq!(who(Decided::Local, &own, origins, false), OWN_SUB);
        }
        let other = top("https://evil.test/", false);
        assert_eq!(who(Decided::Local, &other, &["http://tauri.localhost"], false), NOBODY);
        assert_eq!(who(Decided::Remote, &other, &["https://evil.test"], false), NOBODY);
    }

    #[test]
    fn o_redirected_window_is_not_local_whatever_tauri_says() {
        let other = top("https://evil.test/", false);
        assert_eq!(who(Decided::Local, &other, &[], true), NOBODY);
        assert_eq!(who(Decided::Local, &other, &["https://evil.test"], true), NOBODY);
        // A frame of the program's own in somebody else's page: local, as Tauri says, and a frame.
        assert_eq!(who(Decided::Local, &other, &["tauri://localhost"], true), OWN_SUB);
        let unknown = Top::new(None, false);
        assert_eq!(who(Decided::Local, &unknown, &[], true), NOBODY);
        assert_eq!(who(Decided::Remote, &unknown, &[], true), "window `main`, opaque origin, main frame");
    }

    #[test]
    fn a_remote_page_is_called_by_its_document() {
        let other = top("https://Example.test:443/page?x#y", false);
        let named = "window `main`, https://example.test, main frame";
        assert_eq!(who(Decided::Remote, &other, &[], true), named);
        assert_eq!(who(Decided::Remote, &other, &["https://example.test"], true), named);
        for frame in [
            "https://example.test:444",
            "http://example.test",
            "https://example.test.",
            "https://x@evil.test",
        ] {
            assert_eq!(who(Decided::Remote, &other, &[frame], true), NOBODY, "{frame}");
        }
        // What has no origin has none to be matched.
        let blob = top("data:text/html,x", false);
        assert_eq!(who(Decided::Remote, &blob, &[], true), "window `main`, opaque origin, main frame");
    }

    #[test]
    fn o_redirected_window_a_remote_document_that_was_not_seen_to_come_has_no_origin() {
        let asked = Top::asked(Some("https://example.test/".parse().unwrap()), false);
        assert_eq!(who(Decided::Remote, &asked, &[], true), "window `main`, opaque origin, main frame");
    }

    #[test]
    fn what_tauri_admits_for_both_kinds_of_pages_is_unclear() {
        let of = |contexts: &[ExecutionContext]| {
            let commands: Vec<_> = contexts
                .iter()
                .map(|context| ResolvedCommand { context: context.clone(), ..Default::default() })
                .collect();
            Decided::of(Some(&commands))
        };
        let remote = ExecutionContext::Remote { url: "https://*".parse().unwrap() };
        assert_eq!(Decided::of(None), Decided::Local);
        assert_eq!(of(&[ExecutionContext::Local, ExecutionContext::Local]), Decided::Local);
        assert_eq!(of(&[remote.clone(), remote.clone()]), Decided::Remote);
        assert_eq!(of(&[ExecutionContext::Local, remote]), Decided::Unclear);
        assert_eq!(of(&[]), Decided::Unclear);
    }
}
