//! Scopes: which inputs a grant lets through, and where it ends.

mod meaning;
mod optional;
mod paths;
