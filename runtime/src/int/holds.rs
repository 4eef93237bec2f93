//! What holds integers: the integers themselves, and what is made of them.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque},
    hash::{BuildHasher, Hash},
    marker::PhantomData,
    num::NonZero,
};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::way::{Way, Wide};

/// An integer, or what holds some: an `Option`, a `Box`, a list, a set, the values of a map.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no integer, and no option, list, set or map of integers",
    label = "cannot be sent as a number, digits or a `bigint`"
)]
pub trait Integers: Sized {
    #[doc(hidden)]
    fn write<W: Way, S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error>;
    #[doc(hidden)]
    fn read<'de, W: Way, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error>;
    #[cfg(feature = "typescript")]
    #[doc(hidden)]
    fn schema<W: Way>(generator: &mut schemars::SchemaGenerator) -> schemars::Schema;
}

/// One of them, as serde sees it.
struct By<T, W>(T, PhantomData<W>);

impl<T, W> By<T, W> {
    fn new(value: T) -> Self {
        Self(value, PhantomData)
    }
}

impl<T: Integers, W: Way> Serialize for By<&T, W> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.write::<W, S>(serializer)
    }
}

impl<'de, T: Integers, W: Way> Deserialize<'de> for By<T, W> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::read::<W, D>(deserializer).map(Self::new)
    }
}

// What a set of them needs.
impl<T: PartialEq, W> PartialEq for By<T, W> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

impl<T: Eq, W> Eq for By<T, W> {}

#[cfg(feature = "typescript")]
impl<T: Integers, W: Way> schemars::JsonSchema for By<T, W> {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Integer".into()
    }
    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        T::schema::<W>(generator)
    }
}

macro_rules! integers {
    ($wide:ident as_ $narrow:ident: $($T:ty)*) => { $(
        impl Integers for $T {
            fn write<W: Way, S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                // Each of them fits into the widest.
                let wide = Wide::$wide((*self).try_into().map_err(serde::ser::Error::custom)?);
                W::write(wide, serializer)
            }
            fn read<'de, W: Way, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let wide = W::read(deserializer)?;
                wide.$narrow()
                    .and_then(|value| value.try_into().ok())
                    .ok_or_else(|| de::Error::custom(format!("{wide} is no `{}`", stringify!($T))))
            }
            #[cfg(feature = "typescript")]
            fn schema<W: Way>(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                W::schema()
            }
        }

        impl Integers for NonZero<$T> {
            fn write<W: Way, S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                self.get().write::<W, S>(serializer)
            }
            fn read<'de, W: Way, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                Self::new(<$T>::read::<W, D>(deserializer)?).ok_or_else(|| de::Error::custom("0 is not allowed"))
            }
            #[cfg(feature = "typescript")]
            fn schema<W: Way>(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                W::schema()
            }
        }
    )* };
}

integers!(unsigned as_ as_unsigned: u8 u16 u32 u64 u128 usize);
integers!(signed as_ as_signed: i8 i16 i32 i64 i128 isize);

impl<T: Integers> Integers for Option<T> {
    fn write<W: Way, S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Some(value) => serializer.serialize_some(&By::<_, W>::new(value)),
            None => serializer.serialize_none(),
        }
    }
    fn read<'de, W: Way, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Option::<By<T, W>>::deserialize(deserializer)?.map(|by| by.0))
    }
    #[cfg(feature = "typescript")]
    fn schema<W: Way>(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let one = T::schema::<W>(generator);
        schemars::json_schema!({ "anyOf": [one, { "type": "null" }] })
    }
}

impl<T: Integers> Integers for Box<T> {
    fn write<W: Way, S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        (**self).write::<W, S>(serializer)
    }
    fn read<'de, W: Way, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::read::<W, D>(deserializer).map(Self::new)
    }
    #[cfg(feature = "typescript")]
    fn schema<W: Way>(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        T::schema::<W>(generator)
    }
}

macro_rules! lists {
    ($([$($bounds:tt)*] $List:ty;)*) => { $(
        impl<T: Integers $($bounds)*> Integers for $List {
            fn write<W: Way, Ser: Serializer>(&self, serializer: Ser) -> Result<Ser::Ok, Ser::Error> {
                serializer.collect_seq(self.iter().map(By::<_, W>::new))
            }
            fn read<'de, W: Way, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                Ok(Vec::<By<T, W>>::deserialize(deserializer)?.into_iter().map(|by| by.0).collect())
            }
            #[cfg(feature = "typescript")]
            fn schema<W: Way>(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
                generator.subschema_for::<Vec<By<T, W>>>()
            }
        }
    )* };
}

lists! {
    [] Vec<T>;
    [] VecDeque<T>;
    [+ Ord] BTreeSet<T>;
    [+ Eq + Hash, S: BuildHasher + Default] HashSet<T, S>;
}

impl<T: Integers, const N: usize> Integers for [T; N] {
    fn write<W: Way, S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter().map(By::<_, W>::new))
    }
    fn read<'de, W: Way, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let all: Vec<T> = Integers::read::<W, D>(deserializer)?;
        all.try_into().map_err(|all: Vec<T>| {
            de::Error::invalid_length(all.len(), &&*format!("an array of {N} integers"))
        })
    }
    #[cfg(feature = "typescript")]
    fn schema<W: Way>(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let one = T::schema::<W>(generator);
        schemars::json_schema!({ "type": "array", "items": one, "minItems": N, "maxItems": N })
    }
}

macro_rules! maps {
    ($([$($bounds:tt)*] [$($more:tt)*] $Map:ty;)*) => { $(
        impl<K: Serialize + for<'k> Deserialize<'k> $($bounds)*, T: Integers $($more)*> Integers for $Map {
            fn write<W: Way, Ser: Serializer>(&self, serializer: Ser) -> Result<Ser::Ok, Ser::Error> {
                serializer.collect_map(self.iter().map(|(key, value)| (key, By::<_, W>::new(value))))
            }
            fn read<'de, W: Way, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct Entries<Map, W>(PhantomData<(Map, W)>);
                impl<'de, K: Deserialize<'de> $($bounds)*, T: Integers $($more)*, W: Way> de::Visitor<'de> for Entries<$Map, W> {
                    type Value = $Map;
                    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        f.write_str("a map of integers")
                    }
                    fn visit_map<A: de::MapAccess<'de>>(self, mut map: A) -> Result<$Map, A::Error> {
                        let mut all = <$Map>::default();
                        while let Some((key, value)) = map.next_entry::<K, By<T, W>>()? {
                            all.insert(key, value.0);
                        }
                        Ok(all)
                    }
                }
                deserializer.deserialize_map(Entries::<Self, W>(PhantomData))
            }
            #[cfg(feature = "typescript")]
            fn schema<W: Way>(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
                // Whether the key has a schema may not matter to whoever compiles this.
                let value = T::schema::<W>(generator);
                schemars::json_schema!({ "type": "object", "additionalProperties": value })
            }
        }
    )* };
}

maps! {
    [+ Ord] [] BTreeMap<K, T>;
    [+ Eq + Hash] [, S: BuildHasher + Default] HashMap<K, T, S>;
}
