//! The claims, in Rust and in TypeScript.

use std::{collections::BTreeMap, fmt::Write as _};

use serde::{Serialize, de::DeserializeOwned};
use serde_json::json;

use crate::types::*;

struct Claims {
    text: String,
    count: usize,
}

/// The name of a command's function.
fn function(command: &str) -> String {
    let mut words = command.split('_');
    let mut name = words.next().unwrap().to_owned();
    for word in words {
        name.push_str(&word[..1].to_uppercase());
        name.push_str(&word[1..]);
    }
    name
}

impl Claims {
    fn claim(&mut self, ty: &str, command: &str, json: &str, refused: bool) {
        self.count += 1;
        let expected = if refused { "// @ts-expect-error\n" } else { "" };
        let function = function(command);
        writeln!(
            self.text,
            "{expected}export const _{}: {ty}<typeof types.{function}> = {json};",
            self.count
        )
        .unwrap();
    }

    /// serde writes this value: it is what a client is given.
    fn written<T: Serialize + DeserializeOwned>(&mut self, command: &str, value: &T) {
        let json = serde_json::to_string(value).unwrap();
        self.claim("Returned", command, &json, false);
    }

    /// serde takes this: a client may send it.
    fn taken<T: DeserializeOwned>(&mut self, command: &str, json: &serde_json::Value) {
        let json = json.to_string();
        serde_json::from_str::<T>(&json).unwrap_or_else(|error| panic!("{command}: {json}: {error}"));
        self.claim("Sent", command, &json, false);
    }

    /// serde does not take this: a client may not send it.
    fn refused<T: DeserializeOwned>(&mut self, command: &str, json: &serde_json::Value) {
        let json = json.to_string();
        assert!(serde_json::from_str::<T>(&json).is_err(), "{command}: {json}");
        self.claim("Sent", command, &json, true);
    }
}

fn plain_value() -> Plain {
    Plain { a: 1, b: "b".to_owned(), c: true, d: 0.5, e: 'ü', f: () }
}

fn renamed_value() -> Renamed {
    Renamed { first_one: 1, second_one: 2 }
}

#[allow(clippy::too_many_lines, deprecated)]
pub(crate) fn all() -> String {
    let mut claims = Claims {
        text: "// What serde writes, takes and refuses. Written by a test in Rust, which has asked serde.\n\
               import type * as types from \"./types\";\n\n\
               type Sent<F extends (...args: any) => any> = Parameters<F>[0][\"value\"];\n\
               type Returned<F extends (...args: any) => any> = Extract<Awaited<ReturnType<F>>, { ok: true }>[\"value\"];\n\n"
            .to_owned(),
        count: 0,
    };
    macro_rules! written { ($($command:ident: $value:expr;)*) => { $( claims.written::<of::$command>(stringify!($command), &$value); )* } }
    macro_rules! taken { ($($command:ident: $json:tt;)*) => { $( claims.taken::<of::$command>(stringify!($command), &json!($json)); )* } }
    macro_rules! refused { ($($command:ident: $json:tt;)*) => { $( claims.refused::<of::$command>(stringify!($command), &json!($json)); )* } }

    written! {
        plain: plain_value();
        options: Options { a: None, b: Some(plain_value()), c: Some(Some("c".to_owned())) };
        options: Options { a: Some(1), b: None, c: None };
        skips: Skips { a: None, b: vec![], c: 1 };
        skips: Skips { a: Some(1), b: vec![1], c: 1 };
        defaults: Defaults { a: 1, b: 2 };
        all_default: AllDefault::default();
        renamed: renamed_value();
        renamed_one_way: RenamedOneWay { a: 1 };
        renamed_all_one_way: RenamedAllOneWay { first_one: 1 };
        skip_one_way: SkipOneWay { a: 1, secret: "s".to_owned(), made: 2 };
        strict: Strict { a: 1 };
        flat_struct: FlatStruct { x: 1, inner: renamed_value() };
        flat_option: FlatOption { x: 1, inner: None };
        flat_option: FlatOption { x: 1, inner: Some(renamed_value()) };
        flat_map: FlatMap { x: 1, rest: BTreeMap::from([("y".to_owned(), true)]) };
        flat_enum: FlatEnum { x: 1, inner: External::Unit };
        flat_enum: FlatEnum { x: 1, inner: External::Newtype("n".to_owned()) };
        flat_enum: FlatEnum { x: 1, inner: External::Tuple(1, false) };
        flat_enum: FlatEnum { x: 1, inner: External::Struct { a: 1, b: None } };
        flat_tagged: FlatTagged { x: 1, inner: Internal::Unit };
        flat_tagged: FlatTagged { x: 1, inner: Internal::WithFields { some_field: 1 } };
        flat_tagged: FlatTagged { x: 1, inner: Internal::Newtype(plain_value()) };
        flat_option_enum: FlatOptionEnum { x: 1, inner: None };
        flat_option_enum: FlatOptionEnum { x: 1, inner: Some(External::Newtype("n".to_owned())) };
        external: External::Unit;
        external: External::Newtype("n".to_owned());
        external: External::Tuple(1, true);
        external: External::Struct { a: 1, b: Some(true) };
        units: Units::FirstOne;
        units: Units::Third;
        internal: Internal::Unit;
        internal: Internal::WithFields { some_field: 1 };
        internal: Internal::Newtype(plain_value());
        adjacent: Adjacent::Unit;
        adjacent: Adjacent::Newtype("n".to_owned());
        adjacent: Adjacent::Tuple(1, true);
        adjacent: Adjacent::Struct { a: 1 };
        untagged: Untagged::Number(0.5);
        untagged: Untagged::Text("t".to_owned());
        untagged: Untagged::Struct { a: 1 };
        untagged: Untagged::List(vec![1, 2]);
        untagged: Untagged::Null;
        renamed_fields: RenamedFields::One { some_field: 1 };
        other: Other::Known { a: 1 };
        other: Other::Unknown;
        skipped_variants: SkippedVariants::Both;
        skipped_variants: SkippedVariants::OutOnly;
        tagged: Tagged { a: 1 };
        page_of_plain: Page { items: vec![plain_value()], next: Some(2) };
        page_of_strings: Page { items: vec!["a".to_owned()], next: None };
        pair: Pair(1, Pair(true, "b".to_owned()));
        tree: Tree { name: "a".to_owned(), below: vec![Tree { name: "b".to_owned(), below: vec![] }] };
        ping: Ping { pong: Some(Box::new(Pong { ping: Some(Box::new(Ping { pong: None })) })) };
        maps: Maps {
            by_name: BTreeMap::from([("a b".to_owned(), 1)]),
            by_number: BTreeMap::from([(7, true)]),
            by_enum: BTreeMap::from([(Units::FirstOne, 1)]),
            hashed: std::iter::once(("h".to_owned(), vec![1])).collect(),
        };
        transparent: Transparent { inner: 1 };
        newtype: Newtype("n".to_owned());
        tuple: Tuple(1, "a".to_owned(), None);
        unit: Unit;
        empty: Empty {};
        from_into: FromInto(3);
        try_from_only: TryFromOnly { a: 1 };
        std_types: std_value();
        integers: Integers {
            number: 1,
            digits: Some(-5),
            all: vec![1],
            by_name: BTreeMap::from([("a".to_owned(), u128::MAX)]),
            wrapped: portcullis::int::Digits(1),
        };
        documented: Documented { a: 1 };
        nested: vec![None, Some(vec![Units::SecondOne])];
        anything: json!({ "a": [1, null] });
        default_integers: DefaultIntegers::default();
        default_integers: DefaultIntegers { a: 1, b: Some(2), c: vec![] };
        some_default_integers: SomeDefaultIntegers { a: 1, b: 2, c: 3 };
        branded: vec![None, Some(Branded("b".to_owned()))];
        list_of_unions: vec![External::Unit, External::Tuple(1, true)];
    }
    taken! {
        plain: { "a": 1, "b": "b", "c": true, "d": 1, "e": "x", "f": null };
        options: {};
        options: { "a": null, "c": null };
        skips: {};
        skips: { "a": null, "b": [] };
        defaults: {};
        defaults: { "b": 1 };
        all_default: {};
        all_default: { "b": "b" };
        renamed: { "firstOne": 1, "a-b": 2 };
        renamed_one_way: { "in": 1 };
        renamed_all_one_way: { "FIRST_ONE": 1 };
        skip_one_way: { "a": 1, "secret": "s" };
        flat_struct: { "x": 1, "firstOne": 1, "a-b": 2 };
        flat_option: { "x": 1 };
        flat_option: { "x": 1, "firstOne": 1, "a-b": 2 };
        flat_map: { "x": 1 };
        flat_enum: { "x": 1, "Unit": null };
        flat_enum: { "x": 1, "Tuple": [1, true] };
        flat_tagged: { "x": 1, "type": "withFields", "someField": 1 };
        flat_option_enum: { "x": 1 };
        flat_option_enum: { "x": 1, "Newtype": "n" };
        external: { "Struct": { "a": 1 } };
        internal: { "type": "unit" };
        adjacent: { "t": "Unit" };
        other: { "kind": "Known", "a": 1 };
        skipped_variants: "InOnly";
        tagged: { "a": 1 };
        tagged: { "a": 1, "type": "Tagged" };
        page_of_strings: { "items": [] };
        ping: {};
        ping: { "pong": {} };
        maps: { "by_name": {}, "by_number": { "7": true }, "by_enum": { "first-one": 1 }, "hashed": {} };
        tuple: [1, "a", true];
        empty: {};
        from_into: "text";
        try_from_only: 7;
        integers: { "number": 1, "digits": "5", "all": [], "by_name": {}, "wrapped": "7" };
        integers: { "number": 1, "all": [], "by_name": {}, "wrapped": "7" };
    }
    taken! {
        default_integers: {};
        default_integers: { "a": 1, "b": null };
        some_default_integers: { "c": 1 };
        some_default_integers: { "a": 1, "b": 1, "c": 1 };
    }
    refused! {
        default_integers: { "a": null };
        some_default_integers: { "a": 1 };
        some_default_integers: { "a": null, "c": 1 };
        plain: { "a": "1", "b": "b", "c": true, "d": 1, "e": "x", "f": null };
        plain: { "a": 1 };
        options: { "a": "1" };
        renamed: { "first_one": 1, "a-b": 2 };
        renamed_one_way: { "out": 1 };
        renamed_all_one_way: { "firstOne": 1 };
        skip_one_way: { "a": 1 };
        strict: { "a": 1, "b": 2 };
        flat_struct: { "x": 1 };
        flat_enum: { "x": 1 };
        flat_tagged: { "x": 1, "type": "withFields" };
        external: "Newtype";
        external: { "Unit": 1 };
        external: { "Tuple": [1] };
        units: "FirstOne";
        internal: { "type": "unknown" };
        internal: { "type": "withFields", "some_field": 1 };
        adjacent: { "t": "Newtype" };
        adjacent: { "t": "Tuple", "c": [1, 2] };
        untagged: { "b": 1 };
        untagged: true;
        renamed_fields: { "One": { "some_field": 1 } };
        skipped_variants: "OutOnly";
        skipped_variants: "Neither";
        page_of_plain: { "items": ["a"], "next": null };
        tree: { "name": "a" };
        maps: { "by_name": {}, "by_number": { "x": true }, "by_enum": {}, "hashed": {} };
        maps: { "by_name": {}, "by_number": {}, "by_enum": { "x": 1 }, "hashed": {} };
        transparent: { "inner": 1 };
        tuple: [1, "a"];
        unit: {};
        from_into: 1;
        try_from_only: { "a": 1 };
        integers: { "number": "1", "all": [], "by_name": {}, "wrapped": "7" };
        integers: { "number": 1, "all": [], "by_name": {}, "wrapped": 7 };
        nested: [1];
    }
    claims.text
}

fn std_value() -> Std {
    use std::time::{Duration, SystemTime};
    Std {
        duration: Duration::from_millis(1500),
        time: SystemTime::UNIX_EPOCH + Duration::from_secs(7),
        path: "a/b".into(),
        result: Err("no".to_owned()),
        array: [1, 2, 3],
        long: [0; 32],
        tuple: (1, "a".to_owned()),
        set: [1].into(),
        hash_set: [true].into(),
        cow: "c".into(),
        boxed: Box::new(1),
        value: json!([1, { "a": null }]),
        address: [127, 0, 0, 1].into(),
        non_zero: 1.try_into().unwrap(),
    }
}
