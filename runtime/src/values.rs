//! Values by their type: what a gate or a session was given.

use std::{
    any::{Any, TypeId},
    sync::Arc,
};

type Value = Arc<dyn Any + Send + Sync>;

/// A small sorted table: looked up on every call that takes state, so no hashing.
#[derive(Clone, Default)]
pub(crate) struct Values(Vec<(TypeId, Value)>);

impl Values {
    /// Puts a value in; says whether there was one of its type, which it replaces.
    pub(crate) fn set<T: Send + Sync + 'static>(&mut self, value: T) -> bool {
        let (id, value) = (TypeId::of::<T>(), Arc::new(value));
        match self.0.binary_search_by_key(&id, |(id, _)| *id) {
            Ok(at) => {
                if let Some(slot) = self.0.get_mut(at) {
                    slot.1 = value;
                }
                true
            }
            Err(at) => {
                self.0.insert(at, (id, value));
                false
            }
        }
    }

    pub(crate) fn get<T: Send + Sync + 'static>(&self) -> Option<&T> {
        let at = self.0.binary_search_by_key(&TypeId::of::<T>(), |(id, _)| *id).ok()?;
        self.0.get(at)?.1.downcast_ref()
    }

    pub(crate) fn has(&self, id: TypeId) -> bool {
        self.0.binary_search_by_key(&id, |(id, _)| *id).is_ok()
    }
}
