//! Types that something else than schemars describes.

use portcullis::{
    prelude::*,
    typescript::{Client, Provide, Side, Type},
};
use serde::{Deserialize, Serialize};

trait InTypeScript {
    const NAME: &'static str;
    const TEXT: &'static str;
}

/// Describes what says it itself.
pub(crate) struct Theirs;

impl<T: InTypeScript> Provide<T> for Theirs {
    fn describe(side: &mut Side) -> Type {
        side.declare::<T>(T::NAME, T::TEXT)
    }
}

#[derive(Serialize, Deserialize)]
pub(crate) struct Point(f64, f64);

impl InTypeScript for Point {
    const NAME: &'static str = "Point";
    const TEXT: &'static str = "[x: number, y: number]";
}

#[derive(Serialize, Deserialize)]
pub(crate) struct OtherPoint;

impl InTypeScript for OtherPoint {
    const NAME: &'static str = "Point";
    const TEXT: &'static str = "null";
}

#[command(public("a test"), types = Theirs)]
pub(crate) fn mirror(point: Point) -> Result<Point, portcullis::Never> {
    Ok(point)
}

static AUTHORITY: Authority = authority! { commands: [mirror], windows: ["main"] };

#[command(public("a test"), types = Theirs)]
pub(crate) fn clash(point: OtherPoint) {
    let _ = point;
}

pub(crate) static CLASHES: Authority = authority! { commands: [mirror, clash], windows: ["main"] };

#[test]
fn another_provider_describes_the_types_of_a_command() {
    let text = Client::new(&AUTHORITY).window("main").text().unwrap();
    assert!(
        text.contains("mirror(args: { point: Point }, options?: CallOptions): Promise<Result<Point>>"),
        "{text}"
    );
    assert!(text.contains("export type Point = [x: number, y: number];\n"), "{text}");
}

#[test]
fn two_types_that_are_declared_under_one_name_are_both_named() {
    let error = Client::new(&CLASHES).window("main").text().unwrap_err();
    let problems: Vec<_> = error.problems().skip(1).collect();
    assert_eq!(
        problems,
        ["`clients::providers::OtherPoint` and `clients::providers::Point` are both declared as `Point`\n\
          help: declare one of them under another name"]
    );
}
