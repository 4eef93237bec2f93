//! What belongs to one page, beside what belongs to another: a call is decided as what it is, whatever lies beside it.

use crate::{
    client::{call, get, parts},
    page::{Page, opening},
    program::served,
    work,
};

/// Arguments that were made for one command do not lend another its name. The path alone says what is called.
#[tokio::test]
async fn i_cmd_swap() {
    let (served, counters) = served().await;
    let viewer = call(&served, "viewer");
    let made_for_add = viewer.body.clone();
    assert_eq!(viewer.clone().send().await.line(), "200 ok 3");
    let swapped = viewer.clone().command("read_secret", &made_for_add);
    assert_eq!(swapped.send().await.line(), "403 failed denied");
    // Nor does anything else that names a command.
    let mut asked = Vec::new();
    for header in
        ["portcullis", "portcullis-command", "x-http-method-override", "x-original-url", "x-rewrite-url"]
    {
        for name in ["add", "/portcullis/add"] {
            asked.push(swapped.clone().and(header, name));
        }
    }
    for path in [
        "/portcullis/read_secret?command=add",
        "/portcullis/read_secret?/portcullis/add",
        "/portcullis/add/../read_secret",
        "/portcullis/add%2f..%2fread_secret",
        "/portcullis/add;/read_secret",
        "/portcullis/read_secret#add",
    ] {
        let mut other = swapped.clone();
        other.path = path.into();
        asked.push(other);
    }
    for body in [r#"{"command":"add","cmd":"add","a":1,"b":2}"#, r#"{"add":{"a":1,"b":2}}"#] {
        asked.push(viewer.clone().command("read_secret", body));
    }
    for asked in asked {
        let line = asked.send().await.line();
        assert!(!line.starts_with("200"), "{line}: {}", String::from_utf8_lossy(&asked.bytes()));
    }
    assert_eq!(counters.ran(), 1);
    // And the other way: who may call both gets each as itself.
    let editor = call(&served, "editor").command("half", &made_for_add);
    assert_eq!(editor.send().await.line(), "400 failed invalid");
    assert_eq!(counters.ran(), 1);
}

/// The same on a line, where one id is used for one command after the other.
#[tokio::test]
async fn i_cmd_swap_on_a_line() {
    let (served, work) = work::served().await;
    let mut guest = Page::open(&served, "guest").await;
    assert_eq!(guest.ask("c1 add\n{\"a\":1,\"b\":2}").await, "o1 3");
    for said in ["c1 read_secret\n{\"a\":1,\"b\":2}", "c2 read_secret\n{}", "l3 secret_changed"] {
        let heard = guest.ask(said).await;
        assert!(heard.starts_with('f') && heard.contains("\"denied\""), "{said}: {heard}");
    }
    let heard = guest.ask("c1 read_secret\nadd\n{\"a\":1,\"b\":2}").await;
    assert!(heard.starts_with("f1 ") && heard.contains("\"denied\""), "{heard}");
    assert_eq!(work.going_on(), 0);
}

/// Of host, origin and token, each is of one page. They open nothing unless they are of the same one, and then as that one.
#[tokio::test]
async fn i_headers_swap() {
    let (served, counters) = served().await;
    let of = |window| call(&served, window);
    let secret = |host, origin, token| {
        of(host)
            .command("read_secret", "{}")
            .with("origin", of(origin).header("origin"))
            .with("authorization", of(token).header("authorization"))
    };
    let (editor, viewer) = ("editor", "viewer");
    for (host, origin, token, line) in [
        (viewer, viewer, viewer, "403 failed denied"),
        (viewer, viewer, editor, "401 failed unauthorized"),
        (editor, editor, viewer, "401 failed unauthorized"),
        (viewer, editor, editor, "403 failed foreign_origin"),
        (viewer, editor, viewer, "403 failed foreign_origin"),
        (editor, viewer, editor, "403 failed foreign_origin"),
        (editor, viewer, viewer, "403 failed foreign_origin"),
    ] {
        let answer = secret(host, origin, token).send().await;
        assert_eq!(answer.line(), line, "host of {host}, origin of {origin}, token of {token}");
    }
    // What only proxies and frameworks believe is believed by nobody here.
    let host = of(editor).header("host").to_owned();
    let own = of(editor).header("origin").to_owned();
    let token = of(editor).header("authorization").to_owned();
    let viewer = secret(viewer, viewer, viewer);
    for (name, value) in [
        ("forwarded", &*format!("host={host};proto=http")),
        ("x-forwarded-host", &host),
        ("x-forwarded-server", &host),
        ("x-original-host", &host),
        ("x-forwarded-for", "127.0.0.1"),
        ("referer", &format!("{own}/")),
        ("cookie", &format!("portcullis={token}; token={token}")),
        ("x-authorization", &token),
        ("proxy-authorization", &token),
        ("portcullis-window", "editor"),
        ("sec-websocket-protocol", &format!("portcullis.token.{token}")),
    ] {
        assert_eq!(viewer.clone().and(name, value).send().await.line(), "403 failed denied", "{name}");
    }
    // Two tokens are none, whichever comes first.
    for authorization in [of("editor"), of("viewer")] {
        let twice = viewer.clone().and("authorization", authorization.header("authorization"));
        assert_eq!(twice.send().await.line(), "401 failed unauthorized");
    }
    assert_eq!(counters.ran(), 0);
    assert_eq!(secret("editor", "editor", "editor").send().await.line(), "200 ok \"the secret\"");
}

/// The same where a line is opened.
#[tokio::test]
async fn i_headers_swap_on_a_line() {
    let (served, work) = work::served().await;
    let opening = |window| opening(&served, window).with("connection", "upgrade, close");
    let (main, guest) = (opening("main"), opening("guest"));
    let protocol = "sec-websocket-protocol";
    for (line, opening) in [
        ("401 failed unauthorized", guest.clone().with(protocol, main.header(protocol))),
        ("401 failed unauthorized", main.clone().with(protocol, guest.header(protocol))),
        ("403 failed foreign_origin", guest.clone().with("origin", main.header("origin"))),
        ("403 failed foreign_origin", main.clone().with("origin", guest.header("origin"))),
    ] {
        assert_eq!(opening.send().await.line(), line);
    }
    // Two tokens are none, whichever comes first.
    for (first, second) in [(&guest, &main), (&main, &guest)] {
        let both = format!("{}, {}", first.header(protocol), second.header(protocol));
        let answer = guest.clone().with(protocol, &both).send().await;
        assert_eq!(answer.line(), "401 failed unauthorized");
    }
    assert_eq!(work.begun(), 0);
}

/// What lets a page in is a secret of that page. Nothing that the program sends has it, and what it sends keeps the page
/// where no other page can look into it.
#[tokio::test]
async fn i_key_nonextractable() {
    let (served, _) = served().await;
    let tokens: Vec<String> = served.links().map(|(_, link)| parts(&link).1.to_owned()).collect();
    let asked = ["editor", "viewer"].into_iter().flat_map(|window| {
        let own = call(&served, window);
        let other = call(&served, if window == "editor" { "viewer" } else { "editor" });
        let script = get(&served, window, "/portcullis.js");
        [
            get(&served, window, "/"),
            script.clone(),
            // As another origin asks, as a frame, and as a script or an image of another site.
            script.clone().with("origin", other.header("origin")),
            script.clone().and("sec-fetch-site", "cross-site").and("sec-fetch-dest", "script"),
            get(&served, window, "/").and("sec-fetch-site", "same-origin").and("sec-fetch-dest", "iframe"),
            // What comes back to who has it, right or wrong, does not have it either.
            own.clone(),
            own.clone().command("no_such_command", "{}"),
            own.clone().command("add", "{}"),
            own.clone().with("authorization", other.header("authorization")),
            own.clone().command("~open", r#"{"code":"00"}"#),
            own.method("GET"),
        ]
    });
    for asked in asked {
        let answer = asked.send().await;
        let whole = format!("{:?} {}", answer.headers, answer.body);
        for token in &tokens {
            assert!(!whole.contains(token), "{}", String::from_utf8_lossy(&asked.bytes()));
        }
        assert_eq!(answer.header("set-cookie"), None, "a cookie would go to every port of the host");
    }
    // Nobody frames the page, opens it in a group of tabs that it can reach into, or shares a process with it.
    for path in ["/", "/portcullis.js", "/nowhere"] {
        let page = get(&served, "editor", path).send().await;
        assert_eq!(page.header("x-frame-options"), Some("DENY"), "{path}");
        assert!(page.header("content-security-policy").unwrap().contains("frame-ancestors 'none'"), "{path}");
        assert_eq!(page.header("cross-origin-opener-policy"), Some("same-origin"), "{path}");
        assert_eq!(page.header("cross-origin-resource-policy"), Some("same-origin"), "{path}");
        assert_eq!(page.header("access-control-allow-origin"), None, "{path}");
    }
}

/// Whatever a browser may take for a document of the program's has a policy: a page, what is not there, a refusal.
#[tokio::test]
async fn i_csp_none() {
    let (served, _) = served().await;
    let mut asked = Vec::new();
    for path in [
        "/",
        "/page",
        "/template",
        "/camera",
        "/permissive",
        "/own-policy",
        "/nowhere",
        "/portcullis.js",
        "/portcullis",
        "/form",
    ] {
        for method in ["GET", "HEAD", "POST", "DELETE"] {
            asked.push(get(&served, "viewer", path).method(method));
        }
        asked.push(get(&served, "viewer", path).with("host", "evil.test"));
        asked.push(get(&served, "viewer", path).and("origin", "https://evil.test"));
        asked.push(get(&served, "viewer", path).and("sec-fetch-site", "cross-site"));
    }
    for name in ["add", "read_secret", "nothing", ""] {
        asked.push(get(&served, "viewer", &format!("/portcullis/{name}")));
    }
    for asked in asked {
        let sent = String::from_utf8_lossy(&asked.bytes()).into_owned();
        let answer = asked.send().await;
        let policies: Vec<_> =
            answer.headers.iter().filter(|(name, _)| name == "content-security-policy").collect();
        let [(_, policy)] = policies.as_slice() else { panic!("{sent}: {policies:?}") };
        assert!(
            policy.contains("default-src 'none'") || policy.contains("default-src 'self'"),
            "{sent}: {policy}"
        );
        assert!(!policy.contains("unsafe-inline") && !policy.contains("unsafe-eval"), "{sent}: {policy}");
        assert!(!policy.contains('*'), "{sent}: {policy}");
    }
}
