//! One direction of all types: what is sent, or what is returned. serde may write a type in another way than it reads
//! it, so the two are described apart.

use std::{
    any::type_name,
    borrow::Cow,
    cell::RefCell,
    collections::{BTreeMap, BTreeSet},
};

use schemars::{JsonSchema, Schema, SchemaGenerator, generate::SchemaSettings};
use serde_json::Value;

use super::provide::{Form, Type};

/// Types in one direction, while they are collected.
#[derive(Debug)]
pub struct Side {
    generator: SchemaGenerator,
    /// What other providers have declared: for each name, the Rust type and the text.
    pub(super) declared: BTreeMap<String, Declared>,
    /// Names that two declarations have.
    pub(super) clashes: BTreeSet<(String, &'static str, &'static str)>,
    returned: bool,
}

/// A declaration of another provider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Declared {
    pub(super) rust: &'static str,
    pub(super) text: String,
}

impl Side {
    pub(super) fn sent() -> Self {
        Self::of(SchemaSettings::draft2020_12().for_deserialize(), false)
    }

    pub(super) fn returned() -> Self {
        Self::of(SchemaSettings::draft2020_12().for_serialize(), true)
    }

    fn of(settings: SchemaSettings, returned: bool) -> Self {
        Self {
            generator: settings.into_generator(),
            declared: BTreeMap::new(),
            clashes: BTreeSet::new(),
            returned,
        }
    }

    /// Whether these are types of what a command returns, and not of what it is sent.
    pub const fn is_returned(&self) -> bool {
        self.returned
    }

    /// The schema of a type that has one.
    pub fn schema<T: JsonSchema + ?Sized>(&mut self) -> Type {
        Type(Form::Schema(self.generator.subschema_for::<T>().to_value()))
    }

    /// Declares the type `T` under a name: `export type <name> = <text>;`.
    pub fn declare<T: ?Sized>(&mut self, name: &str, text: &str) -> Type {
        let declared = Declared { rust: type_name::<T>(), text: text.to_owned() };
        let before = self.declared.entry(name.to_owned()).or_insert_with(|| declared.clone());
        if *before != declared {
            self.clashes.insert((name.to_owned(), before.rust, declared.rust));
        }
        Type::text(name)
    }

    /// Keeps a name from every type: what is called so then gets another. It shows whether `Note2` is the name of a type
    /// or of the second `Note`.
    pub(super) fn reserve(&mut self, name: &str) {
        RESERVED.with_borrow_mut(|reserved| name.clone_into(reserved));
        let _ = self.generator.subschema_for::<Reserved>();
    }

    pub(super) fn definitions(&self) -> BTreeMap<String, Value> {
        let all = self.generator.definitions().iter();
        all.map(|(name, schema)| (name.clone(), schema.clone())).collect()
    }
}

thread_local! {
    static RESERVED: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Has whatever name is reserved.
struct Reserved;

impl JsonSchema for Reserved {
    fn schema_name() -> Cow<'static, str> {
        RESERVED.with_borrow(|reserved| reserved.clone().into())
    }

    fn schema_id() -> Cow<'static, str> {
        "portcullis::reserved".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        Schema::from(true)
    }
}
