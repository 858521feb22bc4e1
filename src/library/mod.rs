//! Which interviews there are, and one of them with everything that belongs to it: its notes, layers and topics.

mod cache;
mod exported;
mod filter;
mod follow_ups;
mod layers;
mod open;
mod parallel;
mod scan;
mod search;
mod sieve;
mod summary;
mod texts;
mod walk;

pub use filter::Filter;
pub use follow_ups::{FollowUp, StatusError, follow_ups, set_status};
pub use layers::{Others, Own, place};
pub use open::{OpenError, Opened, Settings, Source, own_topics, sort_notes};
pub use scan::{Library, Progress, Scan};
pub use search::{Found, Sought, TextHit};
pub use summary::{About, Notes, Summary, is_pending};
pub use texts::Texts;
