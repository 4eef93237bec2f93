//! Which documents are the program's own, as far as an address tells. Tauri decides on messages; this is held against it.

use tauri::{AppHandle, Runtime, Url, utils::config::FrontendDist};

/// Where schemes of a program are names beneath `localhost`.
const AS_HOSTS: bool = cfg!(any(windows, target_os = "android"));

/// Whether a document is one of the program's.
pub(crate) fn is_own<R: Runtime>(app: &AppHandle<R>, url: &Url) -> bool {
    let build = &app.config().build;
    let dist = match &build.frontend_dist {
        Some(FrontendDist::Url(url)) => Some(url),
        _ => None,
    };
    let served = build.dev_url.iter().filter(|_| tauri::is_dev()).chain(dist);
    judge(url, served, AS_HOSTS)
}

/// Tauri counts every scheme that a program registers as its own, and tells nobody which those are. So what has a scheme of
/// neither the web, nor the browser, nor Tauri itself is one that Tauri has looked up.
fn judge<'a>(url: &Url, mut served: impl Iterator<Item = &'a Url>, as_hosts: bool) -> bool {
    match url.scheme() {
        "http" | "https" => {
            let name = url.domain().and_then(|domain| domain.strip_suffix(".localhost"));
            (as_hosts && url.port().is_none() && name.is_some_and(is_programs))
                || served.any(|own| own.origin() == url.origin())
        }
        "tauri" => url.host_str() == Some("localhost") && url.port().is_none(),
        "about" | "blob" | "data" | "file" | "filesystem" | "ftp" | "javascript" | "view-source" | "ws"
        | "wss" => false,
        scheme => is_programs(scheme),
    }
}

/// What is served under these is whatever file a page has asked for, or belongs to the browser.
fn is_programs(scheme: &str) -> bool {
    !matches!(scheme, "asset" | "ipc" | "chrome" | "devtools" | "edge" | "resource")
        && !["isolation-", "chrome-", "webkit-", "ms-browser-"].iter().any(|start| scheme.starts_with(start))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn own(url: &str, as_hosts: bool) -> bool {
        let served =
            [Url::parse("http://localhost:1420").unwrap(), Url::parse("https://app.test/x").unwrap()];
        judge(&url.parse().unwrap(), served.iter(), as_hosts)
    }

    #[test]
    fn what_the_program_serves_is_its_own() {
        for as_hosts in [true, false] {
            for url in [
                "tauri://localhost/",
                "http://localhost:1420/a?b#c",
                "https://app.test/",
                "notes://localhost/x",
            ] {
                assert!(own(url, as_hosts), "{url}");
            }
        }
        assert!(own("http://tauri.localhost/", true) && own("https://notes.localhost/", true));
        assert!(!own("http://tauri.localhost/", false));
    }

    #[test]
    fn o_first_label_o_port_o_userinfo_o_trailing_dot_case_are_not() {
        for as_hosts in [true, false] {
            for url in [
                "http://app.evil.test/",
                "http://app.localhost.evil.test/",
                "http://app.localhost@evil.test/",
                "http://app.localhost:81/",
                "http://app.localhost./",
                "http://localhost:1421/",
                "https://localhost:1420/",
                "http://localhost.:1420/",
                "http://app.test/",
                "https://app.test:444/",
                "tauri://evil.test/",
                "tauri://localhost:81/",
                "tauri://localhost.evil.test/",
            ] {
                assert!(!own(url, as_hosts), "{url}");
            }
        }
    }

    #[test]
    fn o_scheme_only_a_file_that_somebody_has_opened_is_not_the_programs_page() {
        for url in [
            "asset://localhost/%2Fhome%2Fme%2Fdownloads%2Fx.html",
            "ipc://localhost/",
            "isolation-7://localhost/",
            "file:///x.html",
            "about:blank",
            "about:srcdoc",
            "data:text/html,x",
            "blob:tauri://localhost/1",
            "chrome-extension://x/",
            "view-source:tauri://localhost",
        ] {
            assert!(!own(url, false), "{url}");
        }
        assert!(!own("http://asset.localhost/x.html", true) && !own("http://ipc.localhost/", true));
    }
}
