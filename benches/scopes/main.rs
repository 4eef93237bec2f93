//! What it costs to admit one path under 10 entries and under 10,000: the decision by form, which is what a call pays.
//! Beside globset, which gives a yes or no for a text, and beside Tauri's way, which compiles its globs for each call.
//! `cargo bench -p portcullis-benches --bench scopes`

#![expect(clippy::unwrap_used, reason = "a bench stops where something is not as it says")]

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use globset::{GlobBuilder, GlobSet, GlobSetBuilder};
use portcullis::{prelude::*, scope::PathInput, test};

/// Read notes.
#[derive(Permission)]
#[permission(id = "notes:read", scope = PathScope<Read>)]
pub struct ReadNotes;

/// The shape of the entries, as a pattern below the base folder and a path that one of them matches.
const SHAPES: [(&str, fn(usize) -> String, &str); 4] = [
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

criterion_group!(benches, admission);
criterion_main!(benches);
