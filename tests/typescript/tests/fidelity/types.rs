//! Types of every kind that serde's attributes make, each with a command that takes one and gives it back.

#![allow(missing_docs, unreachable_pub, dead_code, clippy::unnecessary_wraps)]

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet, HashMap, HashSet},
    net::IpAddr,
    num::NonZeroU8,
    path::PathBuf,
    time::{Duration, SystemTime},
};

use portcullis::{int, prelude::*};

#[portcullis::data]
pub struct Plain {
    pub a: u8,
    pub b: String,
    pub c: bool,
    pub d: f64,
    pub e: char,
    pub f: (),
}

#[portcullis::data]
pub struct Options {
    pub a: Option<u8>,
    pub b: Option<Plain>,
    pub c: Option<Option<String>>,
}

#[portcullis::data]
pub struct Skips {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub a: Option<u8>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub b: Vec<u8>,
    #[serde(skip)]
    pub c: u8,
}

#[portcullis::data]
pub struct Defaults {
    #[serde(default)]
    pub a: u8,
    #[serde(default = "seven")]
    pub b: u8,
}

fn seven() -> u8 {
    7
}

#[portcullis::data]
#[derive(Default)]
#[serde(default)]
pub struct AllDefault {
    pub a: u8,
    pub b: String,
}

#[portcullis::data]
#[serde(rename_all = "camelCase")]
pub struct Renamed {
    pub first_one: u8,
    #[serde(rename = "a-b")]
    pub second_one: u8,
}

#[portcullis::data]
pub struct RenamedOneWay {
    #[serde(rename(serialize = "out", deserialize = "in"))]
    pub a: u8,
}

#[portcullis::data]
#[serde(rename_all(serialize = "camelCase", deserialize = "SCREAMING_SNAKE_CASE"))]
pub struct RenamedAllOneWay {
    pub first_one: u8,
}

#[portcullis::data]
pub struct SkipOneWay {
    pub a: u8,
    #[serde(skip_serializing)]
    pub secret: String,
    #[serde(skip_deserializing)]
    pub made: u8,
}

#[portcullis::data]
#[serde(deny_unknown_fields)]
pub struct Strict {
    pub a: u8,
}

#[portcullis::data]
pub struct FlatStruct {
    pub x: u8,
    #[serde(flatten)]
    pub inner: Renamed,
}

#[portcullis::data]
pub struct FlatOption {
    pub x: u8,
    #[serde(flatten)]
    pub inner: Option<Renamed>,
}

#[portcullis::data]
pub struct FlatMap {
    pub x: u8,
    #[serde(flatten)]
    pub rest: BTreeMap<String, bool>,
}

#[portcullis::data]
pub struct FlatEnum {
    pub x: u8,
    #[serde(flatten)]
    pub inner: External,
}

#[portcullis::data]
pub struct FlatTagged {
    pub x: u8,
    #[serde(flatten)]
    pub inner: Internal,
}

#[portcullis::data]
pub struct FlatOptionEnum {
    pub x: u8,
    #[serde(flatten)]
    pub inner: Option<External>,
}

#[portcullis::data]
pub enum External {
    Unit,
    Newtype(String),
    Tuple(u8, bool),
    Struct { a: u8, b: Option<bool> },
}

#[portcullis::data]
#[derive(PartialEq, Eq, PartialOrd, Ord, Hash)]
#[serde(rename_all = "kebab-case")]
pub enum Units {
    FirstOne,
    SecondOne,
    #[serde(rename = "3")]
    Third,
}

#[portcullis::data]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Internal {
    Unit,
    WithFields { some_field: u8 },
    Newtype(Plain),
}

#[portcullis::data]
#[serde(tag = "t", content = "c")]
pub enum Adjacent {
    Unit,
    Newtype(String),
    Tuple(u8, bool),
    Struct { a: u8 },
}

#[portcullis::data]
#[serde(untagged)]
pub enum Untagged {
    Number(f64),
    Text(String),
    Struct { a: u8 },
    List(Vec<u8>),
    Null,
}

#[portcullis::data]
#[serde(rename_all_fields = "SCREAMING-KEBAB-CASE")]
pub enum RenamedFields {
    One { some_field: u8 },
}

#[portcullis::data]
#[serde(tag = "kind")]
pub enum Other {
    Known {
        a: u8,
    },
    #[serde(other)]
    Unknown,
}

#[portcullis::data]
pub enum SkippedVariants {
    Both,
    #[serde(skip)]
    Neither,
    #[serde(skip_serializing)]
    InOnly,
    #[serde(skip_deserializing)]
    OutOnly,
}

#[portcullis::data]
#[serde(tag = "type")]
pub struct Tagged {
    pub a: u8,
}

#[portcullis::data]
pub struct Page<T> {
    pub items: Vec<T>,
    pub next: Option<u32>,
}

#[portcullis::data]
pub struct Pair<A, B>(pub A, pub B);

#[portcullis::data]
pub struct Tree {
    pub name: String,
    pub below: Vec<Tree>,
}

#[portcullis::data]
pub struct Ping {
    pub pong: Option<Box<Pong>>,
}

#[portcullis::data]
pub struct Pong {
    #[serde(default)]
    pub ping: Option<Box<Ping>>,
}

#[portcullis::data]
pub struct Maps {
    pub by_name: BTreeMap<String, u8>,
    pub by_number: BTreeMap<u32, bool>,
    pub by_enum: BTreeMap<Units, u8>,
    pub hashed: HashMap<String, Vec<u8>>,
}

#[portcullis::data]
#[serde(transparent)]
pub struct Transparent {
    pub inner: u8,
}

#[portcullis::data]
pub struct Newtype(pub String);

#[portcullis::data]
pub struct Tuple(pub u8, pub String, pub Option<bool>);

#[portcullis::data]
pub struct Unit;

#[portcullis::data]
pub struct Empty {}

#[portcullis::data]
#[derive(Clone)]
#[serde(from = "String", into = "String")]
pub struct FromInto(pub u32);

impl From<String> for FromInto {
    fn from(text: String) -> Self {
        Self(u32::try_from(text.len()).unwrap_or(0))
    }
}

impl From<FromInto> for String {
    fn from(value: FromInto) -> Self {
        value.0.to_string()
    }
}

#[portcullis::data]
#[serde(try_from = "i32")]
pub struct TryFromOnly {
    pub a: u8,
}

impl TryFrom<i32> for TryFromOnly {
    type Error = std::num::TryFromIntError;
    fn try_from(value: i32) -> Result<Self, Self::Error> {
        value.try_into().map(|a| Self { a })
    }
}

#[portcullis::data]
pub struct Std {
    pub duration: Duration,
    pub time: SystemTime,
    pub path: PathBuf,
    pub result: Result<u8, String>,
    pub array: [u8; 3],
    pub long: [u8; 32],
    pub tuple: (u8, String),
    pub set: BTreeSet<u8>,
    pub hash_set: HashSet<bool>,
    pub cow: Cow<'static, str>,
    pub boxed: Box<u8>,
    pub value: serde_json::Value,
    pub address: IpAddr,
    pub non_zero: NonZeroU8,
}

#[portcullis::data]
pub struct Integers {
    #[data(number)]
    pub number: u64,
    #[data(string)]
    pub digits: Option<i64>,
    #[data(number)]
    pub all: Vec<usize>,
    #[data(string)]
    pub by_name: BTreeMap<String, u128>,
    pub wrapped: int::Digits<u64>,
}

#[portcullis::data]
pub struct Documented {
    /// Ends */ a comment, and has a `tick`.
    #[deprecated]
    pub a: u8,
}

#[portcullis::data]
#[schemars(extend("x-typescript" = "string & { readonly brand?: \"id\" }"), extend("x-more" = 1))]
#[serde(transparent)]
pub struct Branded(pub String);

#[portcullis::data]
#[derive(Default)]
#[serde(default)]
pub struct DefaultIntegers {
    #[data(number)]
    pub a: u64,
    #[data(string)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub b: Option<u64>,
    pub c: Vec<u8>,
}

#[portcullis::data]
pub struct SomeDefaultIntegers {
    #[data(number)]
    #[serde(default)]
    pub a: u64,
    #[data(number)]
    #[serde(default = "eight")]
    pub b: u64,
    #[data(number)]
    pub c: u64,
}

fn eight() -> u64 {
    8
}

macro_rules! commands_of {
    ($($name:ident: $T:ty;)*) => {
        $(
            #[command(public("a test"))]
            pub fn $name(value: $T) -> $T {
                value
            }
        )*

        pub static AUTHORITY: Authority = authority! {
            commands: [$($name),*],
            windows: ["main"],
        };

        /// The commands, each with its type.
        #[allow(non_camel_case_types)]
        pub mod of {
            $( pub type $name = $T; )*
            #[allow(unused_imports)]
            use super::*;
        }
    };
}

commands_of! {
    plain: Plain;
    options: Options;
    skips: Skips;
    defaults: Defaults;
    all_default: AllDefault;
    renamed: Renamed;
    renamed_one_way: RenamedOneWay;
    renamed_all_one_way: RenamedAllOneWay;
    skip_one_way: SkipOneWay;
    strict: Strict;
    flat_struct: FlatStruct;
    flat_option: FlatOption;
    flat_map: FlatMap;
    flat_enum: FlatEnum;
    flat_tagged: FlatTagged;
    flat_option_enum: FlatOptionEnum;
    external: External;
    units: Units;
    internal: Internal;
    adjacent: Adjacent;
    untagged: Untagged;
    renamed_fields: RenamedFields;
    other: Other;
    skipped_variants: SkippedVariants;
    tagged: Tagged;
    page_of_plain: Page<Plain>;
    page_of_strings: Page<String>;
    pair: Pair<u8, Pair<bool, String>>;
    tree: Tree;
    ping: Ping;
    maps: Maps;
    transparent: Transparent;
    newtype: Newtype;
    tuple: Tuple;
    unit: Unit;
    empty: Empty;
    from_into: FromInto;
    try_from_only: TryFromOnly;
    std_types: Std;
    integers: Integers;
    documented: Documented;
    nested: Vec<Option<Vec<Units>>>;
    anything: serde_json::Value;
    list_of_unions: Vec<External>;
    branded: Vec<Option<Branded>>;
    default_integers: DefaultIntegers;
    some_default_integers: SomeDefaultIntegers;
}
