//! That every call is answered, whatever happens in it, and that sessions are at home in any thread and executor.

mod blocking;
mod bytes;
mod channels;
mod events;
mod executors;
mod missing;
mod panics;
mod results;
mod streams;
