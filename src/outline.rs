//! The topics of an interview.

use crate::model::{Interview, Position, Topic};

/// The topics of `interview` in the order of the text: the document's own marks or, where there are none, its
/// questions; and among them those of the reader, each a place and a title.
pub fn topics(interview: &Interview, own: &[(Position, String)]) -> Vec<Topic> {
    let _ = (interview, own);
    Vec::new()
}

/// The topic that a place belongs to: the last one that begins at or before it.
pub fn topic_at(topics: &[Topic], position: Position) -> Option<usize> {
    topics.partition_point(|topic| topic.start <= position).checked_sub(1)
}
