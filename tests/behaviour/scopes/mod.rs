//! Scopes: which inputs a grant lets through, and where it ends.

mod attacks;
mod conformance;
mod meaning;
mod optional;
mod paths;
