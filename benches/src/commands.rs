//! The commands that both sides call, and what is sent to them.

use portcullis::prelude::*;
use serde::{Deserialize, Serialize};

/// Do sums.
#[derive(Permission)]
#[permission(id = "sums:do")]
pub struct DoSums;

/// Keep items.
#[derive(Permission)]
#[permission(id = "items:keep")]
pub struct KeepItems;

/// The smallest command.
#[portcullis::command(permission(DoSums))]
pub fn nothing() {}

/// The smallest command that does something.
#[portcullis::command(permission(DoSums))]
pub fn add(a: i64, b: i64) -> i64 {
    a.wrapping_add(b)
}

/// The same, as a future.
#[portcullis::command(permission(DoSums))]
pub async fn add_later(a: i64, b: i64) -> i64 {
    std::future::ready(()).await;
    a.wrapping_add(b)
}

/// Something of everyday size.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Item {
    id: u64,
    name: String,
    tags: Vec<String>,
    score: f64,
    done: bool,
}

/// As much JSON out as in.
#[portcullis::command(permission(KeepItems))]
pub fn identity(items: Vec<Item>) -> Vec<Item> {
    items
}

/// The arguments of [`add`].
pub const ADD: &[u8] = br#"{"a":20,"b":22}"#;

/// The arguments of [`identity`]: 60 items, 5.8 kB.
#[must_use]
pub fn items() -> Vec<u8> {
    let item = |n: u32| {
        let (id, score, done) = (u64::from(n), f64::from(n) * 1.25 + 0.1, n.is_multiple_of(3));
        let (name, tags) =
            (format!("piece {n:04}"), vec![format!("alpha-{n}"), "beta".into(), "gamma".into()]);
        Item { id, name, tags, score, done }
    };
    let items: Vec<Item> = (0..60).map(|n| item(1000 + n * 17)).collect();
    serde_json::json!({ "items": items }).to_string().into_bytes()
}
