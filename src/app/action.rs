//! What can happen to the reader, and what the reader wants done.

use std::sync::Arc;

use crate::app::Command;
use crate::config::Theme;
use crate::model::{Annotation, AnnotationId, Correction, Interview, TagDefinition, Topic};
use crate::search::TextIndex;

/// Something that happened: a key, the mouse, or the outcome of an [`Effect`].
#[derive(Debug)]
pub enum Action {
    /// A key's command, with the count typed before it.
    Command(Command, Option<u32>),
    /// A character typed where text is taken.
    Type(char),
    /// Text pasted.
    Paste(String),
    /// The mouse did something at a column and row of the screen.
    Mouse(Mouse, u16, u16),
    /// The window has this many columns and rows.
    Resize(u16, u16),
    /// Keys that wait for more, as the help writes them, and what more there is; empty when none do.
    Pending(String, Vec<(String, Command)>),
    /// The annotations of that generation are on the disk.
    Saved {
        /// The number that [`Effect::Save`] gave.
        generation: u64,
        /// All that is there, when another writer changed some of it.
        merged: Option<Merged>,
        /// What the reader should know.
        remark: Option<String>,
    },
    /// The annotations could not be written; they stay in memory and the save is tried again.
    SaveFailed(String),
    /// The text that came back from `$EDITOR`, or why none did.
    Edited(Result<String, String>),
    /// The topics of the document, without the reader's own.
    Outlined(Vec<Topic>),
    /// The document as these corrections make it.
    Corrected(Box<Interview>, Arc<Vec<Correction>>),
    /// The folded copy of the text, for searching.
    Folded(Arc<TextIndex>),
    /// Another annotator's layer holds this now; `None` is the notebook's personal file.
    OthersChanged {
        /// Whose layer it is.
        annotator: Option<String>,
        /// All that it holds.
        annotations: Vec<Annotation>,
    },
    /// The notebook's tags are these now.
    TagsChanged(Vec<TagDefinition>),
    /// An effect ended well or badly, to be told.
    Told(Result<String, String>),
}

/// What is on the disk after another writer's changes were brought together with the reader's.
#[derive(Clone, Debug)]
pub struct Merged {
    /// Counts the times that this happened.
    pub number: u64,
    /// All annotations of the reader's own layer.
    pub annotations: Vec<Annotation>,
    /// All corrections.
    pub corrections: Vec<Correction>,
}

/// What the mouse did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mouse {
    /// The left button went down.
    Press,
    /// The mouse moved with the left button down.
    Drag,
    /// The left button went up.
    Release,
    /// The wheel turned towards the reader.
    WheelDown,
    /// The wheel turned away from the reader.
    WheelUp,
}

/// Something for `run` to carry out.
#[derive(Clone, Debug)]
pub enum Effect {
    /// Write what has changed. Only that is told, so that a key costs as much with thousands of notes as with few.
    Save {
        /// To be given back in [`Action::Saved`].
        generation: u64,
        /// The last [`Merged`] that was taken in; 0 before the first.
        merges_seen: u64,
        /// The annotations that have changed, as they are now; `None` for one that is gone.
        annotations: Vec<(AnnotationId, Option<Annotation>)>,
        /// All corrections, where one of them has changed.
        corrections: Option<Vec<Correction>>,
    },
    /// Keep the words in the editor, in case the program ends: the annotation as it would be saved.
    KeepDraft(Box<Annotation>),
    /// The editor of this annotation was left; its draft is not needed any more.
    DropDraft(AnnotationId),
    /// Work out the topics of this interview on another thread.
    Outline(Box<Interview>),
    /// Work these corrections into this interview on another thread.
    Correct(Box<Interview>, Arc<Vec<Correction>>),
    /// Fold the text of this interview on another thread.
    Fold(Box<Interview>),
    /// Put text on the clipboard.
    Copy(String),
    /// Let the reader go on writing in `$EDITOR`.
    EditExternally(String),
    /// Export the notes in a format, to a file or to one named after the interview.
    Export {
        /// The format's name.
        format: String,
        /// The file.
        to: Option<String>,
    },
    /// Show everything in other colours.
    Theme(Theme),
    /// Draw everything again.
    Redraw,
    /// Stop until the shell says to go on.
    Suspend,
    /// Go to the list of interviews.
    Library,
    /// End.
    Quit,
}
