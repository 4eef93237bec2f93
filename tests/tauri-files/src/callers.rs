//! Who calls: every window, webview and page that a program's files name, and what nearly is one of them.

use std::collections::BTreeSet;

use portcullis::{Origin, Principal};
use tauri_utils::acl::capability::Capability;
use url::Url;

/// A page in a webview of a window.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caller {
    /// The label of the window.
    pub window: String,
    /// The label of the webview.
    pub webview: String,
    /// Where the page is from.
    pub site: Site,
}

/// Where a page is from.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Site {
    /// The program itself.
    Local,
    /// Elsewhere.
    Url(Url),
}

impl Site {
    /// A page at this address.
    ///
    /// # Panics
    ///
    /// If it is none.
    #[must_use]
    pub fn at(url: &str) -> Self {
        Self::Url(Url::parse(url).unwrap_or_else(|error| panic!("{url}: {error}")))
    }

    /// The origin that a webview tells of the page; `None` if that is opaque, or if the page is the program's own.
    #[must_use]
    pub fn origin(&self) -> Option<Origin> {
        let Self::Url(url) = self else { return None };
        let text = match url.origin().ascii_serialization() {
            // An engine gives the pages of a scheme that was registered with it an origin of that scheme.
            null if null == "null" && !["file", "data", "about", "blob"].contains(&url.scheme()) => {
                let port = url.port().map(|port| format!(":{port}")).unwrap_or_default();
                format!("{}://{}{port}", url.scheme(), url.host_str()?)
            }
            text => text,
        };
        Origin::parse(&text).ok()
    }
}

impl Caller {
    /// A page of the program in a window with one webview.
    #[must_use]
    pub fn local(window: &str) -> Self {
        Self { window: window.to_owned(), webview: window.to_owned(), site: Site::Local }
    }

    /// A page from elsewhere in a window with one webview.
    #[must_use]
    pub fn from(window: &str, url: &str) -> Self {
        Self { site: Site::at(url), ..Self::local(window) }
    }

    /// The same in this webview.
    #[must_use]
    pub fn webview(self, label: &str) -> Self {
        Self { webview: label.to_owned(), ..self }
    }

    /// As a gate is told.
    pub fn principal(&self) -> Principal {
        let principal = Principal::window(self.window.as_str()).webview(self.webview.as_str());
        match (&self.site, self.site.origin()) {
            (Site::Local, _) => principal,
            (Site::Url(_), Some(origin)) => principal.origin(origin),
            (Site::Url(_), None) => principal.opaque_origin(),
        }
    }
}

/// All that some capabilities name, and near misses of it.
#[derive(Clone, Debug, Default)]
pub struct Callers {
    /// Labels of windows.
    pub windows: BTreeSet<String>,
    /// Labels of webviews that are not their window's.
    pub webviews: BTreeSet<String>,
    /// Pages.
    pub sites: BTreeSet<Site>,
}

impl Callers {
    /// Of these capabilities.
    #[must_use]
    pub fn of<'a>(capabilities: impl IntoIterator<Item = &'a Capability>) -> Self {
        let mut callers = Self::default();
        callers.sites.extend([Site::Local, Site::at("https://nobody.test/")]);
        callers.windows.insert("nobody".to_owned());
        for capability in capabilities {
            callers.windows.extend(capability.windows.iter().flat_map(|glob| labels(glob)));
            callers.webviews.extend(capability.webviews.iter().flat_map(|glob| labels(glob)));
            for pattern in capability.remote.iter().flat_map(|remote| &remote.urls) {
                callers.sites.extend(pages(pattern).into_iter().map(Site::Url));
            }
        }
        // One more webview of every window, if there is any window with two.
        if !callers.webviews.is_empty() {
            callers.webviews.insert("child".to_owned());
        }
        callers
    }

    /// Each of them once.
    pub fn iter(&self) -> impl Iterator<Item = Caller> {
        self.sites.iter().flat_map(move |site| {
            self.windows.iter().flat_map(move |window| {
                let own = std::iter::once(window);
                let webviews = own.chain(self.webviews.iter().filter(move |webview| *webview != window));
                webviews.map(move |webview| Caller {
                    window: window.clone(),
                    webview: webview.clone(),
                    site: site.clone(),
                })
            })
        })
    }
}

/// Labels that a glob is of, and such as nearly are.
fn labels(glob: &str) -> Vec<String> {
    if !glob.contains(['*', '?', '[']) {
        let shorter: String = glob.chars().skip(1).collect();
        return vec![glob.to_owned(), format!("{glob}2"), glob.to_uppercase(), shorter];
    }
    ["", "a", "1-2"]
        .iter()
        .map(|part| glob.replace("**", "*").replace('*', part).replace('?', "x"))
        .chain([format!("x{}", glob.replace(['*', '?'], "a")), glob.replace(['[', ']', '*'], "")])
        .filter(|label| !label.is_empty())
        .collect()
}

/// Pages that a pattern seems to be about, and such as it must not be taken for.
#[must_use]
pub fn pages(pattern: &str) -> BTreeSet<Url> {
    let (scheme, rest) = pattern.split_once("://").unwrap_or(("https", pattern));
    let (authority, path) = match rest.find('/') {
        Some(at) => rest.split_at(at),
        None => (rest, "/"),
    };
    let authority = authority.rsplit_once('@').map_or(authority, |(_, bare)| bare);
    let (host, port) = match authority.rsplit_once(':') {
        Some((host, port)) if !port.contains(']') => (host, Some(port)),
        _ => (authority, None),
    };
    let parent = host.trim_start_matches(['*', '.']);
    let parent = if parent.is_empty() { "example.com" } else { parent }.replace('*', "h9");
    let named = [host.replace("**", "*").replace('*', "h9"), format!("a.{parent}")];
    let others = [
        parent.clone(),
        format!("a.b.{parent}"),
        format!("evil{parent}"),
        format!("{parent}.evil.test"),
        format!("{parent}evil.test"),
    ];
    let schemes: BTreeSet<&str> = match scheme {
        "*" => ["http", "https", "app"].into(),
        other => ["http", "https", other].into(),
    };
    let exact = port.filter(|port| *port != "*").unwrap_or("8443");
    let paths: BTreeSet<String> =
        ["/".to_owned(), "/a/b?c#d".to_owned(), path.replace("**", "*").replace('*', "p")].into();
    let mut pages = BTreeSet::new();
    for scheme in &schemes {
        for port in [String::new(), format!(":{exact}")] {
            for host in &named {
                pages.extend(
                    paths.iter().flat_map(|path| Url::parse(&format!("{scheme}://{host}{port}{path}"))),
                );
            }
            pages.extend(others.iter().flat_map(|host| Url::parse(&format!("{scheme}://{host}{port}/"))));
        }
    }
    pages.extend(Url::parse(&format!("https://user:word@{}/", named[0])));
    for other in ["data:text/html,x", "file:///x.html", "about:blank", "http://127.0.0.1/", "https://[::1]/"]
    {
        pages.extend(Url::parse(other));
    }
    pages
}
