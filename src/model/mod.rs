//! What an interview and its annotations are: plain data without serialisation or I/O.
//!
//! The text of an interview is one buffer; paragraphs, turns and matter are ranges into it, so that
//! search is one scan and an anchor is a range. See [`Position`] for a worked example.

mod anchor;
mod annotation;
mod interview;
mod metadata;
mod position;
mod speaker;
mod tag;
mod timecode;
mod topic;
mod turn;

pub use anchor::{Anchor, Place, Side, Spot};
pub use annotation::{Annotation, AnnotationId, Conflict, Correction, Kind, Mending, Status};
pub use interview::{Interview, InterviewBuilder, Structure};
pub use metadata::{Metadata, Source};
pub use position::{Position, Span};
pub use speaker::{Role, Speaker, SpeakerIndex};
pub use tag::{Tag, TagDefinition};
pub use timecode::Timecode;
pub use topic::{GivenTopic, Topic, TopicKind};
pub use turn::{Confidence, Inference, LabelOrigin, Matter, ParagraphIndex, Turn, TurnIndex};
