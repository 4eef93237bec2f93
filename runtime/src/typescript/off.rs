//! What generated code finds where the feature `typescript` is off: nothing is described.

/// There are none.
#[derive(Debug)]
pub enum Types {}

/// Leaves out what only clients need.
#[doc(hidden)]
#[macro_export]
macro_rules! __if_typescript {
    ($($tokens:tt)*) => {};
}

/// Names what describes the types, where something does.
#[doc(hidden)]
#[macro_export]
macro_rules! __types {
    ($types:path) => {
        $crate::__private::Option::None
    };
}

/// Names what describes an event, where something does.
#[doc(hidden)]
#[macro_export]
macro_rules! __event_types {
    ($event:ty) => {
        $crate::__private::Option::None
    };
}
