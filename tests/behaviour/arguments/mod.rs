//! What a command may take, and what a caller is told when it sends something else.

mod compiled_out;
mod forms;
mod host;
mod malformed;
mod references;
mod wire;
