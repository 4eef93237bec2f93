//! Who calls. Made by the host from what it knows itself, never from what a message says.

use std::fmt;

pub use portcullis_policy::origin::{Origin, OriginError};

/// Who calls.
///
/// A host makes one for each document or connection, from its own knowledge. It cannot be deserialized, and a session
/// keeps the one that it was made with: neither origin nor frame changes within a session.
///
/// ```
/// use portcullis::{Frame, Origin, Principal};
///
/// let own = Principal::window("main");
/// let framed = Principal::window("main").frame(Frame::Sub);
/// let remote = Principal::window("main").origin(Origin::parse("https://example.com")?);
/// let tool = Principal::client("cli");
/// # Ok::<(), portcullis::OriginError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[must_use]
pub struct Principal(pub(crate) Kind);

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Kind {
    Window { window: Box<str>, webview: Box<str>, site: Site, frame: Frame },
    Client(Box<str>),
}

/// Where the document comes from.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Site {
    Local,
    Remote(Origin),
    Opaque,
}

/// The frame of a document within its webview.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Frame {
    /// The top document. A host may say so only if it has authenticated the document as that.
    Main,
    /// A document in a frame of another, or one of which the host does not know.
    Sub,
}

impl Principal {
    /// A window that shows the program's own page: the webview has the label of the window, the origin is the
    /// program's, the frame is the main one.
    pub fn window(label: impl Into<Box<str>>) -> Self {
        let window = label.into();
        Self(Kind::Window { webview: window.clone(), window, site: Site::Local, frame: Frame::Main })
    }

    /// A caller that is no window: a sidecar, an agent, a command line.
    pub fn client(name: impl Into<Box<str>>) -> Self {
        Self(Kind::Client(name.into()))
    }

    /// The label of the webview, where it differs from that of its window. A client has none.
    pub fn webview(mut self, label: impl Into<Box<str>>) -> Self {
        if let Kind::Window { webview, .. } = &mut self.0 {
            *webview = label.into();
        }
        self
    }

    /// The origin of a page that is not the program's own. A client has none.
    pub fn origin(mut self, origin: Origin) -> Self {
        if let Kind::Window { site, .. } = &mut self.0 {
            *site = Site::Remote(origin);
        }
        self
    }

    /// A page whose origin is opaque (`null`): it matches no capability. A client has none.
    pub fn opaque_origin(mut self) -> Self {
        if let Kind::Window { site, .. } = &mut self.0 {
            *site = Site::Opaque;
        }
        self
    }

    /// The frame. A client has none.
    pub fn frame(mut self, which: Frame) -> Self {
        if let Kind::Window { frame, .. } = &mut self.0 {
            *frame = which;
        }
        self
    }

    /// The label of the window, unless this is a client.
    pub fn window_label(&self) -> Option<&str> {
        match &self.0 {
            Kind::Window { window, .. } => Some(window),
            Kind::Client(_) => None,
        }
    }

    /// The label of the webview, unless this is a client.
    pub fn webview_label(&self) -> Option<&str> {
        match &self.0 {
            Kind::Window { webview, .. } => Some(webview),
            Kind::Client(_) => None,
        }
    }

    /// The name, if this is a client.
    pub fn client_name(&self) -> Option<&str> {
        match &self.0 {
            Kind::Client(name) => Some(name),
            Kind::Window { .. } => None,
        }
    }

    /// Whether this is a window that shows the program's own page in its main frame.
    pub fn is_local_main(&self) -> bool {
        matches!(&self.0, Kind::Window { site: Site::Local, frame: Frame::Main, .. })
    }
}

/// For logs: `window `main`, local, main frame`.
impl fmt::Display for Principal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Kind::Client(name) => write!(f, "client `{}`", shown(name)),
            Kind::Window { window, webview, site, frame } => {
                write!(f, "window `{}`", shown(window))?;
                if webview != window {
                    write!(f, ", webview `{}`", shown(webview))?;
                }
                match site {
                    Site::Local => f.write_str(", local")?,
                    Site::Remote(origin) => write!(f, ", {origin}")?,
                    Site::Opaque => f.write_str(", opaque origin")?,
                }
                f.write_str(match frame {
                    Frame::Main => ", main frame",
                    Frame::Sub => ", sub-frame",
                })
            }
        }
    }
}

/// The beginning of a text that somebody else may have chosen, as a log may show it: it can neither draw there nor fill it.
pub(crate) fn shown(text: &str) -> impl fmt::Display {
    beginning(text).escape_debug()
}

/// As much of a text as is kept or shown of what somebody else has chosen.
pub(crate) fn beginning(text: &str) -> &str {
    const LONGEST: usize = 256;
    text.get(..text.floor_char_boundary(LONGEST)).unwrap_or(text)
}
