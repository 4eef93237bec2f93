//! One integer, on the wire: as a number, as digits, as a `bigint`.

use std::fmt;

use serde::{
    Deserializer, Serializer,
    de::{self, MapAccess, Visitor},
    ser::{self, SerializeMap as _},
};

/// An integer of any of Rust's types.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wide {
    negative: bool,
    size: u128,
}

impl Wide {
    pub(super) fn signed(value: i128) -> Self {
        Self { negative: value < 0, size: value.unsigned_abs() }
    }

    pub(super) const fn unsigned(size: u128) -> Self {
        Self { negative: false, size }
    }

    pub(super) fn as_signed(self) -> Option<i128> {
        if self.negative { 0_i128.checked_sub_unsigned(self.size) } else { i128::try_from(self.size).ok() }
    }

    pub(super) fn as_unsigned(self) -> Option<u128> {
        (!self.negative).then_some(self.size)
    }

    /// Written as JavaScript writes a `bigint`: no sign but `-`, no zero in front.
    fn parse(text: &str) -> Option<Self> {
        let (negative, digits) = match text.strip_prefix('-') {
            Some(digits) => (true, digits),
            None => (false, text),
        };
        let plain = digits.bytes().all(|byte| byte.is_ascii_digit());
        if !plain || (digits.starts_with('0') && text != "0") {
            return None;
        }
        Some(Self { negative, size: digits.parse().ok()? })
    }
}

impl fmt::Display for Wide {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.negative { "-" } else { "" };
        write!(f, "{sign}{}", self.size)
    }
}

/// How an integer is sent.
pub trait Way {
    /// Writes it.
    ///
    /// # Errors
    ///
    /// If this way does not hold it.
    fn write<S: Serializer>(value: Wide, serializer: S) -> Result<S::Ok, S::Error>;
    /// Reads it.
    ///
    /// # Errors
    ///
    /// If it is written otherwise.
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Wide, D::Error>;
    /// What it looks like.
    #[cfg(feature = "typescript")]
    fn schema() -> schemars::Schema;
}

/// A number.
#[derive(Debug)]
pub(super) struct AsNumber;

/// A string of digits.
#[derive(Debug)]
pub(super) struct AsDigits;

/// A `bigint`.
#[derive(Debug)]
pub(super) struct AsBigInt;

/// The largest integer such that a JavaScript number holds it and both its neighbours.
const LARGEST: u128 = (1 << 53) - 1;

impl Way for AsNumber {
    fn write<S: Serializer>(value: Wide, serializer: S) -> Result<S::Ok, S::Error> {
        match value.as_signed().and_then(|value| i64::try_from(value).ok()) {
            Some(number) if value.size <= LARGEST => serializer.serialize_i64(number),
            _ => Err(ser::Error::custom(format!(
                "{value} cannot be sent as a number: JavaScript has them up to {LARGEST}"
            ))),
        }
    }

    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Wide, D::Error> {
        struct Number;
        impl Visitor<'_> for Number {
            type Value = Wide;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "an integer between -{LARGEST} and {LARGEST}")
            }
            fn visit_u64<E: de::Error>(self, value: u64) -> Result<Wide, E> {
                let wide = Wide::unsigned(value.into());
                if wide.size > LARGEST {
                    return Err(E::invalid_value(de::Unexpected::Unsigned(value), &self));
                }
                Ok(wide)
            }
            fn visit_i64<E: de::Error>(self, value: i64) -> Result<Wide, E> {
                let wide = Wide::signed(value.into());
                if wide.size > LARGEST {
                    return Err(E::invalid_value(de::Unexpected::Signed(value), &self));
                }
                Ok(wide)
            }
        }
        deserializer.deserialize_i64(Number)
    }

    #[cfg(feature = "typescript")]
    fn schema() -> schemars::Schema {
        schemars::json_schema!({ "type": "integer" })
    }
}

impl Way for AsDigits {
    fn write<S: Serializer>(value: Wide, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&value)
    }

    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Wide, D::Error> {
        deserializer.deserialize_str(Digits)
    }

    #[cfg(feature = "typescript")]
    fn schema() -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "pattern": "^(0|-?[1-9][0-9]*)$" })
    }
}

struct Digits;

impl Visitor<'_> for Digits {
    type Value = Wide;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an integer as a string of digits")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Wide, E> {
        Wide::parse(text).ok_or_else(|| E::invalid_value(de::Unexpected::Str(text), &self))
    }
}

/// The key under which a `bigint` goes to a page.
const KEY: &str = "$bigint";

impl Way for AsBigInt {
    fn write<S: Serializer>(value: Wide, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(1))?;
        map.serialize_entry(KEY, &value.to_string())?;
        map.end()
    }

    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Wide, D::Error> {
        struct Either;
        impl<'de> Visitor<'de> for Either {
            type Value = Wide;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "an integer as a string of digits, or as `{{\"{KEY}\":\"..\"}}`")
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<Wide, E> {
                Digits.visit_str(text)
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Wide, A::Error> {
                let (key, text) = map
                    .next_entry::<String, String>()?
                    .ok_or_else(|| de::Error::custom(format!("expected the key `{KEY}`")))?;
                if key != KEY || map.next_key::<de::IgnoredAny>()?.is_some() {
                    return Err(de::Error::custom(format!("expected the key `{KEY}` alone")));
                }
                Digits.visit_str(&text)
            }
        }
        deserializer.deserialize_any(Either)
    }

    #[cfg(feature = "typescript")]
    fn schema() -> schemars::Schema {
        schemars::json_schema!({ "format": "bigint", "x-typescript": "bigint" })
    }
}
