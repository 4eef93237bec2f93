//! Bare axum handlers: what somebody would write who checks nothing.

use std::{io, net::SocketAddr};

use axum::{
    Json, Router,
    body::{Body, Bytes},
    extract::DefaultBodyLimit,
    http::header::CONTENT_TYPE,
    response::IntoResponse,
    routing::post,
    serve::ListenerExt as _,
};
use http_body_util::BodyExt as _;
use serde::Deserialize;
use tokio::net::TcpListener;

use crate::source::{Items, Lines, Parts};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Add {
    a: i32,
    b: i32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Many {
    count: u32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Size {
    bytes: u32,
}

async fn take(body: Body) -> impl IntoResponse {
    let (mut body, mut bytes) = (body, 0);
    while let Some(Ok(frame)) = body.frame().await {
        bytes += frame.data_ref().map_or(0, Bytes::len);
    }
    Json(bytes)
}

/// Serves them on loopback.
///
/// # Errors
///
/// If no port can be listened on.
pub async fn serve() -> io::Result<SocketAddr> {
    let router = Router::new()
        .route("/add", post(async |Json(add): Json<Add>| Json(add.a.wrapping_add(add.b))))
        .route("/take_whole", post(async |bytes: Bytes| Json(bytes.len())))
        .route("/take", post(take))
        .route("/give_whole", post(async |Json(size): Json<Size>| vec![7_u8; size.bytes as usize]))
        .route(
            "/give",
            post(async |Json(size): Json<Size>| Body::from_stream(Parts::new(size.bytes as usize))),
        )
        .route(
            "/items",
            post(async |Json(many): Json<Many>| {
                let lines = Body::from_stream(Lines(Items::new(many.count)));
                ([(CONTENT_TYPE, "application/x-ndjson")], lines)
            }),
        )
        .layer(DefaultBodyLimit::disable());
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    let listener = listener.tap_io(|stream| {
        let _ = stream.set_nodelay(true);
    });
    tokio::spawn(async move { axum::serve(listener, router).await });
    Ok(address)
}
