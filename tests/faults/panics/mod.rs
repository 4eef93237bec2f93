//! A panic in each place where code of the program's is called.

mod arguments;
mod commands;
mod drops;
mod host;
mod payloads;
mod results;
mod scopes;
mod twice;
mod waiting;
