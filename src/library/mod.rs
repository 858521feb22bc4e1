//! Which interviews there are, and one of them with everything that belongs to it: its notes, layers and topics.

mod filter;
mod layers;
mod open;

pub use filter::Filter;
pub use layers::{Others, Own, place};
pub use open::{OpenError, Opened, Settings, Source, own_topics, sort_notes};
