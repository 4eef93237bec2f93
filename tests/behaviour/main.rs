//! How a guarded program behaves, from bytes to reply.

mod arguments;
