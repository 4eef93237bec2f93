//! Integers of more than 53 bits, which a number in JavaScript does not hold: how they are sent.
//!
//! | | on the wire | in TypeScript | |
//! |---|---|---|---|
//! | [`Number`], [`number`] | `7` | `number` | beyond ±(2^53 − 1) is an error, both ways |
//! | [`Digits`], [`string`] | `"7"` | `string` | |
//! | [`BigInt`], [`bigint`] | `{"$bigint":"7"}` to the page, `"7"` from it | `bigint` | the client of the page makes one of the other |
//!
//! A client is not written as long as an integer that may be too large does not say which (the module `typescript`).
//! A field of a type with `#[portcullis::data]` says `#[data(number)]`, `#[data(string)]` or `#[data(bigint)]`; an
//! argument, `#[command(.., number(id))]`. Elsewhere there are modules for serde's `with`, and types that hold one. All reach
//! through `Option`, `Box`, lists, sets, and the values of maps.
//!
//! ```
//! use portcullis::int;
//! use serde::{Deserialize, Serialize};
//!
//! #[derive(Serialize, Deserialize)]
//! struct File {
//!     #[serde(with = "int::number")]
//!     size: u64,
//!     #[serde(with = "int::string")]
//!     ids: Vec<u64>,
//!     hash: int::BigInt<u128>,
//! }
//!
//! let file = File { size: 7, ids: vec![1, 2], hash: int::BigInt(3) };
//! assert_eq!(serde_json::to_string(&file)?, r#"{"size":7,"ids":["1","2"],"hash":{"$bigint":"3"}}"#);
//!
//! let file: File = serde_json::from_str(r#"{"size":7,"ids":["1","2"],"hash":"3"}"#)?;
//! assert_eq!((file.size, file.ids.len(), file.hash.0), (7, 2, 3));
//!
//! assert!(serde_json::to_string(&int::Number(u64::MAX)).is_err());
//! # Ok::<(), serde_json::Error>(())
//! ```

mod holds;
mod way;

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

pub use self::holds::Integers;

macro_rules! ways {
    ($($module:ident $Type:ident $Way:ident $what:literal $name:literal)*) => { $(
        #[doc = concat!("Sent as ", $what, ": for `#[serde(with = ..)]`.")]
        pub mod $module {
            use serde::{Deserializer, Serializer};

            use super::{Integers, way};

            #[doc = concat!("Writes ", $what, ".")]
            ///
            /// # Errors
            ///
            /// If it does not hold the integer.
            pub fn serialize<T: Integers, S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
                value.write::<way::$Way, S>(serializer)
            }

            #[doc = concat!("Reads ", $what, ".")]
            ///
            /// # Errors
            ///
            /// If it is anything else, or too large.
            pub fn deserialize<'de, T: Integers, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
                T::read::<way::$Way, D>(deserializer)
            }
        }

        #[doc = concat!("An integer, or what holds some, sent as ", $what, ".")]
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $Type<T>(
            /// What is sent.
            pub T,
        );

        impl<T: Integers> Serialize for $Type<T> {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                $module::serialize(&self.0, serializer)
            }
        }

        impl<'de, T: Integers> Deserialize<'de> for $Type<T> {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $module::deserialize(deserializer).map(Self)
            }
        }

        impl<T> From<T> for $Type<T> {
            fn from(value: T) -> Self {
                Self(value)
            }
        }

        impl<T: fmt::Display> fmt::Display for $Type<T> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        #[cfg(feature = "typescript")]
        impl<T: Integers> schemars::JsonSchema for $Type<T> {
            fn inline_schema() -> bool {
                true
            }
            fn schema_name() -> std::borrow::Cow<'static, str> {
                $name.into()
            }
            fn schema_id() -> std::borrow::Cow<'static, str> {
                concat!("portcullis::int::", stringify!($Type)).into()
            }
            fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
                T::schema::<way::$Way>(generator)
            }
        }
    )* };
}

ways! {
    number Number AsNumber "a number" "Number"
    string Digits AsDigits "a string of digits" "Digits"
    bigint BigInt AsBigInt "a `bigint`" "BigInt"
}
