//! Integers that JavaScript cannot hold, on the wire.

use std::collections::{BTreeMap, HashMap};

use portcullis::{int, prelude::*};
use portcullis_tests::call;
use serde_json::{from_str, json, to_value};

#[portcullis::data]
#[derive(Debug, PartialEq)]
pub(crate) struct All {
    #[data(number)]
    number: i64,
    #[data(string)]
    digits: u128,
    #[data(bigint)]
    big: i128,
    #[data(number)]
    maybe: Option<u64>,
    #[data(string)]
    list: Vec<Option<u64>>,
    #[data(bigint)]
    map: BTreeMap<String, Vec<usize>>,
    #[data(string)]
    hashed: HashMap<u64, Box<i64>>,
    #[data(number)]
    array: [u64; 2],
}

fn all() -> All {
    All {
        number: -9_007_199_254_740_991,
        digits: u128::MAX,
        big: i128::MIN,
        maybe: None,
        list: vec![Some(u64::MAX), None],
        map: BTreeMap::from([("a".to_owned(), vec![7])]),
        hashed: HashMap::from([(u64::MAX, Box::new(i64::MIN))]),
        array: [1, 2],
    }
}

#[test]
fn fields_go_out_as_they_say_and_come_back() {
    let json = to_value(all()).unwrap();
    assert_eq!(
        json,
        json!({
            "number": -9_007_199_254_740_991_i64,
            "digits": "340282366920938463463374607431768211455",
            "big": { "$bigint": "-170141183460469231731687303715884105728" },
            "maybe": null,
            "list": ["18446744073709551615", null],
            "map": { "a": [{ "$bigint": "7" }] },
            "hashed": { "18446744073709551615": "-9223372036854775808" },
            "array": [1, 2],
        })
    );
    assert_eq!(serde_json::from_value::<All>(json.clone()).unwrap(), all());
    // What was not sent is none, as it is without us.
    let mut without = json;
    without.as_object_mut().unwrap().remove("maybe");
    // A page sends a `bigint` as its digits.
    without["big"] = json!("-170141183460469231731687303715884105728");
    assert_eq!(serde_json::from_value::<All>(without).unwrap(), all());
}

#[test]
fn a_number_that_would_be_rounded_is_an_error_both_ways() {
    let error = serde_json::to_string(&int::Number(1_u64 << 53)).unwrap_err().to_string();
    assert_eq!(
        error,
        "9007199254740992 cannot be sent as a number: JavaScript has them up to 9007199254740991"
    );
    assert!(serde_json::to_string(&int::Number(-(1_i64 << 53))).is_err());
    assert!(serde_json::to_string(&int::Number(u128::MAX)).is_err());
    let error = from_str::<int::Number<u64>>("9007199254740992").unwrap_err().to_string();
    assert!(error.starts_with("invalid value: integer `9007199254740992`, expected an integer between -9007199254740991 and 9007199254740991"), "{error}");
    assert_eq!(from_str::<int::Number<u64>>("9007199254740991").unwrap().0, 9_007_199_254_740_991);
    for wrong in ["-1", "1.5", "\"1\"", "null", "1e300"] {
        assert!(from_str::<int::Number<u64>>(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn digits_have_one_spelling() {
    for (text, value) in [("\"0\"", 0), ("\"7\"", 7), ("\"-7\"", -7), ("\"9223372036854775807\"", i64::MAX)] {
        assert_eq!(from_str::<int::Digits<i64>>(text).unwrap().0, value);
        assert_eq!(from_str::<int::BigInt<i64>>(text).unwrap().0, value);
    }
    let wrong =
        ["\"\"", "\"-\"", "\"-0\"", "\"+7\"", "\"07\"", "\" 7\"", "\"7n\"", "\"1e3\"", "\"٣\"", "7", "null"];
    for wrong in
        wrong.into_iter().chain(["\"9223372036854775808\"", "\"99999999999999999999999999999999999999999\""])
    {
        assert!(from_str::<int::Digits<i64>>(wrong).is_err(), "{wrong}");
        assert!(from_str::<int::BigInt<i64>>(wrong).is_err(), "{wrong}");
    }
    for wrong in [r#"{"$bigint":7}"#, r#"{"bigint":"7"}"#, r#"{"$bigint":"7","more":1}"#, "{}"] {
        assert!(from_str::<int::BigInt<i64>>(wrong).is_err(), "{wrong}");
    }
    assert!(from_str::<int::Digits<std::num::NonZero<u64>>>("\"0\"").is_err());
}

#[command(public("a test"), number(number), string(digits), bigint(big))]
fn echo(
    number: u64,
    digits: Option<u64>,
    big: Vec<i64>,
) -> (int::Number<u64>, int::Digits<Option<u64>>, int::BigInt<Vec<i64>>) {
    (number.into(), digits.into(), big.into())
}

static AUTHORITY: Authority = authority! { commands: [echo], windows: ["main"] };

#[test]
fn arguments_come_in_as_they_say() {
    let gate = Gate::new(&AUTHORITY).build().unwrap();
    let main = gate.session(Principal::window("main"));
    let told = |arguments| portcullis_tests::line(&call(&main, "echo", arguments));
    assert_eq!(
        told(r#"{ "number": 7, "digits": "8", "big": ["9", {"$bigint":"-10"}] }"#),
        r#"ok [7,"8",[{"$bigint":"9"},{"$bigint":"-10"}]]"#
    );
    assert_eq!(told(r#"{ "number": 7, "big": [] }"#), "ok [7,null,[]]");
    assert!(told(r#"{ "number": "7", "big": [] }"#).starts_with("invalid: "));
    assert!(told(r#"{ "number": 7, "digits": 8, "big": [] }"#).starts_with("invalid: "));
    assert!(told(r#"{ "number": 7, "big": [9] }"#).starts_with("invalid: "));
}
