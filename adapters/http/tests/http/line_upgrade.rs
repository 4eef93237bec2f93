//! Who may open a line, and who is refused before it is one.

use crate::{
    client::{Call, call, get},
    page::{Page, connect, opening},
    work::{Work, program, served},
};

async fn refused(openings: impl IntoIterator<Item = Call>, line: &str, work: &Work) {
    for opening in openings {
        let opening = opening.with("connection", "upgrade, close");
        let answer = opening.send().await;
        let sent = String::from_utf8_lossy(&opening.bytes()).into_owned();
        assert_eq!(answer.line(), line, "{sent}");
        assert!(answer.json()["message"].is_string());
        assert_eq!(answer.header("sec-websocket-accept"), None);
        assert_eq!(answer.header("sec-websocket-protocol"), None);
    }
    assert_eq!(work.begun(), 0, "no handler runs");
}

#[tokio::test]
async fn n_ws_origin() {
    let (served, work) = served().await;
    let main = opening(&served, "main");
    let own = main.header("origin").to_owned();
    let origins = [
        "null".to_owned(),
        "https://evil.test".to_owned(),
        "file://".to_owned(),
        String::new(),
        own.replace("http:", "ws:"),
        own.replace("http:", "https:"),
        own.replace("main", "Main"),
        format!("{own}/"),
        format!("{own}.evil.test"),
        call(&served, "guest").header("origin").to_owned(),
    ];
    let foreign = origins.iter().map(|origin| main.clone().with("origin", origin));
    refused(foreign, "403 failed foreign_origin", &work).await;
    let missing = main.clone().without("origin");
    let twice = main.clone().and("origin", &own);
    refused([missing, twice], "403 failed foreign_origin", &work).await;
    let cross = ["cross-site", "same-site"].map(|site| main.clone().with("sec-fetch-site", site));
    refused(cross, "403 failed cross_site", &work).await;
    for host in ["evil.test", "127.0.0.1", "localhost"] {
        let rebound = format!("{host}:{}", served.addresses()[0].port());
        let rebound = main.clone().with("host", &rebound).with("origin", &format!("http://{rebound}"));
        refused([rebound], "421 failed unknown_host", &work).await;
    }
}

#[tokio::test]
async fn without_its_token_no_window_opens_a_line() {
    let (served, work) = served().await;
    let main = opening(&served, "main");
    let protocols = main.header("sec-websocket-protocol").to_owned();
    let token = protocols.strip_prefix("portcullis, portcullis.token.").unwrap();
    let of_guest = opening(&served, "guest").header("sec-websocket-protocol").to_owned();
    let wrong = [
        "portcullis".to_owned(),
        "portcullis, portcullis.token.".to_owned(),
        "portcullis, portcullis.token.00".to_owned(),
        format!("portcullis, {token}"),
        format!("portcullis, portcullis.token.{token}0"),
        format!("portcullis, portcullis.token.{}", &token[1..]),
        format!("{protocols}, portcullis.token.{token}"),
        format!("{protocols}, {of_guest}"),
        of_guest,
    ];
    let wrong = wrong.iter().map(|protocols| main.clone().with("sec-websocket-protocol", protocols));
    refused(wrong, "401 failed unauthorized", &work).await;
    // By the header of a call, or in the query, it is not taken.
    let only = main.clone().with("sec-websocket-protocol", "portcullis");
    let mut in_query = only.clone();
    in_query.path.extend(["?token=", token]);
    let in_header = only.and("authorization", &format!("Bearer {token}"));
    refused([in_query, in_header], "401 failed unauthorized", &work).await;
    // In two headers it is the same list.
    let halves = main
        .with("sec-websocket-protocol", &format!("portcullis.token.{token}"))
        .and("sec-websocket-protocol", "portcullis");
    assert_eq!(connect(&halves).await.1.status, 101);
}

/// `n_get_no_side_effect`
/// `l_rate_limit`, as far as lines go
#[tokio::test]
async fn n_get_no_side_effect_l_rate_limit_lines_of_a_window_are_bounded() {
    let (program, work) = program();
    let served = program.limits(portcullis_http::Limits::new().lines_at_once(2)).serve(0).await.unwrap();
    let (mut one, two) = (Page::open(&served, "main").await, Page::open(&served, "main").await);
    refused([opening(&served, "main")], "429 failed too_many", &work).await;
    let mut other = Page::open(&served, "guest").await;
    assert_eq!(other.ask("c1 add\n{\"a\":1,\"b\":2}").await, "o1 3", "another window has its own");
    drop(two);
    while connect(&opening(&served, "main")).await.1.status != 101 {
        tokio::time::sleep(std::time::Duration::from_millis(2)).await;
    }
    assert_eq!(one.ask("c1 add\n{\"a\":1,\"b\":2}").await, "o1 3");
}

#[tokio::test]
async fn a_line_is_a_websocket_or_nothing() {
    let (served, work) = served().await;
    let main = opening(&served, "main");
    let plain = get(&served, "main", "/portcullis");
    refused([plain.clone()], "403 failed foreign_origin", &work).await;
    assert_eq!(plain.clone().method("HEAD").send().await.status, 403);
    let own = plain.with("origin", main.header("origin"));
    let answer = own.send().await;
    assert_eq!(
        (answer.line(), answer.header("upgrade")),
        ("426 failed no_upgrade".into(), Some("websocket"))
    );
    let protocols = main.header("sec-websocket-protocol").to_owned();
    let odd = [
        main.clone().without("upgrade"),
        main.clone().with("upgrade", "h2c"),
        main.clone().with("sec-websocket-version", "12"),
        main.clone().without("sec-websocket-version"),
        main.clone().without("sec-websocket-key"),
        main.clone().with("sec-websocket-key", "short"),
        main.clone().and("sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ=="),
        main.clone().without("sec-websocket-protocol"),
        main.clone().with("sec-websocket-protocol", &protocols[12..]),
        own,
    ];
    refused(odd, "426 failed no_upgrade", &work).await;
    for method in ["POST", "PUT", "OPTIONS", "HEAD"] {
        let answer = main.clone().method(method).with("connection", "upgrade, close").send().await;
        assert_eq!((answer.status, answer.header("allow")), (405, Some("GET")), "{method}");
    }
    // A command has no line, and the line no command.
    for path in ["/portcullis/", "/portcullis/add"] {
        let mut other = main.clone().with("connection", "upgrade, close");
        other.path = path.into();
        assert_eq!(other.send().await.line(), "405 failed wrong_method");
    }
    assert_eq!(work.begun(), 0);
}

#[tokio::test]
async fn the_token_is_never_said_back() {
    let (served, _) = served().await;
    let (_, answer) = connect(&opening(&served, "main")).await;
    let link = served.link("main").unwrap();
    let token = crate::client::parts(&link).1;
    assert!(!format!("{answer:?}").contains(token));
}

#[tokio::test]
async fn each_window_calls_as_itself() {
    let (served, _) = served().await;
    let mut main = Page::open(&served, "main").await;
    let mut guest = Page::open(&served, "guest").await;
    assert_eq!(main.ask("c1 read_secret\n{}").await, "o1 \"the secret\"");
    assert!(guest.ask("c1 read_secret\n{}").await.starts_with(r#"f1 {"code":"denied","id":"#));
    assert!(guest.ask("c2 no_such_command\n{}").await.starts_with(r#"f2 {"code":"denied","id":"#));
    assert_eq!(guest.ask("c1 add\n{\"a\":1,\"b\":2}").await, "o1 3");
}
