//! What it costs to admit one path or address under 10 entries and under 10,000: the decision by form, which is what a
//! call pays.
//! Beside globset, which gives a yes or no for a text, and beside Tauri's way, which compiles its globs for each call.
//! `cargo bench -p portcullis-benches --bench scopes`

#![expect(clippy::unwrap_used, reason = "a bench stops where something is not as it says")]

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use globset::{GlobBuilder, GlobSet, GlobSetBuilder};
use portcullis::{
    prelude::*,
    scope::{PathInput, UrlInput, UrlScope},
    test,
};

/// Read notes.
#[derive(Permission)]
#[permission(id = "notes:read", scope = PathScope<Read>)]
pub struct ReadNotes;

/// A set of entries: its name, the pattern of each, and an input that one of them matches.
type Shape = (&'static str, fn(usize) -> String, &'static str);

/// Patterns and a path below the base folder.
const SHAPES: [Shape; 4] = [
    ("folders", |i| format!("notes/folder-{i}/**"), "notes/folder-7/2026/today.md"),
    ("endings", |i| format!("notes/folder-{i}/*.md"), "notes/folder-7/today.md"),
    ("files", |i| format!("notes/{i}.md"), "notes/7.md"),
    ("one folder", |i| format!("notes/*-{i}.md"), "notes/today-7.md"),
];

fn admission(c: &mut Criterion) {
    for (shape, pattern, path) in SHAPES {
        let mut group = c.benchmark_group(shape);
        let input = format!("$R/{path}");
        for count in [10, 10_000] {
            let grant = |deny: bool| {
                let mut scope = test::scope::<ReadNotes>().base("R", "/srv");
                for i in 0..count {
                    scope = scope.allow(format!("$R/{}", pattern(i)));
                    if deny {
                        scope = scope.deny(format!("$R/private/{}", pattern(i)));
                    }
                }
                scope.grant()
            };
            let allowed = grant(false);
            group.bench_function(BenchmarkId::new("portcullis", count), |b| {
                b.iter(|| allowed.granted().admit(PathInput::new(black_box(&*input))).unwrap());
            });
            let denied = grant(true);
            group.bench_function(BenchmarkId::new("portcullis, as many denials", count), |b| {
                b.iter(|| denied.granted().admit(PathInput::new(black_box(&*input))).unwrap());
            });
            let set = globset(count, pattern);
            group.bench_function(BenchmarkId::new("globset", count), |b| {
                b.iter(|| set.is_match(black_box(path)).then_some(()).unwrap());
            });
            let texts: Vec<String> = (0..count).map(pattern).collect();
            group.bench_function(BenchmarkId::new("compiled for each call", count), |b| {
                b.iter(|| compile_and_match(&texts, black_box(path)).then_some(()).unwrap());
            });
        }
        group.finish();
    }
}

fn globset(count: usize, pattern: fn(usize) -> String) -> GlobSet {
    let mut set = GlobSetBuilder::new();
    for i in 0..count {
        set.add(GlobBuilder::new(&pattern(i)).literal_separator(true).build().unwrap());
    }
    set.build().unwrap()
}

/// What Tauri's file system plugin does in each call, without its look at the disk.
fn compile_and_match(texts: &[String], path: &str) -> bool {
    let options = glob::MatchOptions {
        case_sensitive: true,
        require_literal_separator: true,
        require_literal_leading_dot: true,
    };
    let patterns: Vec<glob::Pattern> = texts.iter().map(|text| glob::Pattern::new(text).unwrap()).collect();
    patterns.iter().any(|pattern| pattern.matches_with(path, options))
}

/// Fetch pages.
#[derive(Permission)]
#[permission(id = "pages:fetch", scope = UrlScope)]
pub struct FetchPages;

/// As above, for an address: `url` alone parses it.
fn addresses(c: &mut Criterion) {
    const SHAPES: [Shape; 3] = [
        (
            "hosts",
            |i| format!("https://host-{i}.example.com/api/*"),
            "https://host-7.example.com/api/today?page=2",
        ),
        ("wildcards", |i| format!("https://*.site-{i}.com"), "https://www.site-7.com/today"),
        ("paths", |i| format!("https://example.com/{i}/*"), "https://example.com/7/today"),
    ];
    for (shape, pattern, address) in SHAPES {
        let mut group = c.benchmark_group(format!("addresses, {shape}"));
        for count in [10, 10_000] {
            let scope = (0..count).map(pattern).fold(test::scope::<FetchPages>(), test::TestScope::allow);
            let allowed = scope.grant();
            group.bench_function(BenchmarkId::new("portcullis", count), |b| {
                b.iter(|| allowed.granted().admit(UrlInput::new(black_box(address))).unwrap());
            });
        }
        group.bench_function("url::Url::parse", |b| b.iter(|| url::Url::parse(black_box(address)).unwrap()));
        group.finish();
    }
}

criterion_group!(benches, admission, addresses);
criterion_main!(benches);
