//! The script that pages import: one module, in the order in which its parts need each other.

pub(crate) const PATH: &str = "/portcullis.js";

pub(crate) const TEXT: &str = concat!(
    include_str!("script/head.js"),
    include_str!("script/token.js"),
    include_str!("script/failures.js"),
    include_str!("script/call.js"),
    include_str!("script/fetch.js"),
    include_str!("script/line.js"),
    include_str!("script/streams.js"),
);
