//! What a command may take, and what a caller is told when it sends something else.

pub(crate) mod both_ways;
mod compiled_out;
mod forms;
mod host;
mod malformed;
mod parsed;
mod references;
mod wire;
