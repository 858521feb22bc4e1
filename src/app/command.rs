//! Everything that a key can do, each with its name and its sentence.
//!
//! The help screen, the key tables of the documentation and the names in the key configuration all come from here.

/// The kinds of screen state that have keys of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mode {
    /// The transcript has the keys.
    Reading,
    /// Words are being selected in the transcript.
    Selecting,
    /// The outline pane has the keys.
    Outline,
    /// The notes pane has the keys.
    Notes,
    /// Something is being typed on the bottom line: a search, tags, a name, a command.
    Prompt,
    /// A note is being written.
    Editor,
    /// A question waits for its answer.
    Confirm,
    /// A page lies over the text: help, a note in full, a report.
    Page,
    /// Two versions of an annotation lie side by side.
    Settling,
    /// A note's old words lie beside what they may be today.
    Reviewing,
    /// The list of layers lies over the text.
    Layers,
    /// The letter of a mark is asked for.
    Mark,
    /// The list of interviews has the keys.
    Library,
}

impl Mode {
    /// All modes, in the order in which help shows them.
    pub const ALL: [Mode; 13] = [
        Mode::Reading,
        Mode::Selecting,
        Mode::Outline,
        Mode::Notes,
        Mode::Editor,
        Mode::Prompt,
        Mode::Confirm,
        Mode::Page,
        Mode::Settling,
        Mode::Reviewing,
        Mode::Layers,
        Mode::Mark,
        Mode::Library,
    ];

    /// The word that the key configuration uses.
    pub const fn name(self) -> &'static str {
        match self {
            Mode::Reading => "reading",
            Mode::Selecting => "selecting",
            Mode::Outline => "outline",
            Mode::Notes => "notes",
            Mode::Prompt => "prompt",
            Mode::Editor => "editor",
            Mode::Confirm => "confirm",
            Mode::Page => "page",
            Mode::Settling => "settling",
            Mode::Reviewing => "reviewing",
            Mode::Layers => "layers",
            Mode::Mark => "mark",
            Mode::Library => "library",
        }
    }

    /// The mode that `name` stands for.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|mode| mode.name() == name)
    }

    /// What one is doing in it, for the head of its key table.
    pub const fn title(self) -> &'static str {
        match self {
            Mode::Reading => "Reading",
            Mode::Selecting => "Selecting words",
            Mode::Outline => "In the outline",
            Mode::Notes => "In the notes pane",
            Mode::Prompt => "Typing on the bottom line",
            Mode::Editor => "Writing a note",
            Mode::Confirm => "Answering a question",
            Mode::Page => "Reading a page over the text",
            Mode::Settling => "Settling a conflict",
            Mode::Reviewing => "Reviewing where notes belong",
            Mode::Layers => "In the list of layers",
            Mode::Mark => "Naming a mark",
            Mode::Library => "In the list of interviews",
        }
    }

    /// Whether keys that are bound to nothing are typed as text.
    pub const fn takes_text(self) -> bool {
        matches!(self, Mode::Prompt | Mode::Editor | Mode::Outline | Mode::Mark)
    }
}

macro_rules! commands {
    ($($variant:ident $name:literal $sentence:literal;)*) => {
        /// Something that a key or the command line of the reader can do.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Command {
            $(#[doc = $sentence] $variant,)*
        }

        impl Command {
            /// All commands, in the order in which help shows them.
            pub const ALL: &[Command] = &[$(Command::$variant,)*];

            /// The name that the key configuration and the command line use.
            pub const fn name(self) -> &'static str {
                match self { $(Command::$variant => $name,)* }
            }

            /// What it does, in one sentence.
            pub const fn sentence(self) -> &'static str {
                match self { $(Command::$variant => $sentence,)* }
            }
        }
    };
}

commands! {
    LineDown "line-down" "Move a line down.";
    LineUp "line-up" "Move a line up.";
    PageDown "page-down" "Move a page down.";
    PageUp "page-up" "Move a page up.";
    HalfPageDown "half-page-down" "Move half a page down.";
    HalfPageUp "half-page-up" "Move half a page up.";
    Top "top" "Go to the beginning; with a count, to that turn.";
    Bottom "bottom" "Go to the end; with a count, to that turn.";
    Percent "percent" "Go to the percentage typed before it.";
    NextTurn "next-turn" "Go to the next turn.";
    PreviousTurn "previous-turn" "Go to the previous turn.";
    NextQuestion "next-question" "Go to the next question.";
    PreviousQuestion "previous-question" "Go to the previous question: the one that this answers.";
    NextTopic "next-topic" "Go to the next topic.";
    PreviousTopic "previous-topic" "Go to the previous topic.";
    NextNote "next-note" "Go to the next annotation.";
    PreviousNote "previous-note" "Go to the previous annotation.";
    NextFollowUp "next-follow-up" "Go to the next follow-up or question.";
    PreviousFollowUp "previous-follow-up" "Go to the previous follow-up or question.";
    NextConflict "next-conflict" "Go to the next annotation that two writers changed.";
    PreviousConflict "previous-conflict" "Go to the previous annotation that two writers changed.";
    NextDoubtful "next-doubtful" "Go to the next turn whose speaker is doubtful.";
    PreviousDoubtful "previous-doubtful" "Go to the previous turn whose speaker is doubtful.";
    NextHit "next-hit" "Go to the next search hit.";
    PreviousHit "previous-hit" "Go to the previous search hit.";
    JumpBack "jump-back" "Go back to where the last jump came from.";
    JumpForward "jump-forward" "Go forward again through the jumps.";
    SetMark "set-mark" "Set a mark here: a letter follows.";
    GoToMark "go-to-mark" "Go to a mark: its letter follows.";
    ScreenMiddle "screen-middle" "Put the cursor on the middle line of the screen.";
    NextWord "next-word" "Move to the next word.";
    PreviousWord "previous-word" "Move to the previous word.";
    WordEnd "word-end" "Move to the end of the word.";
    NextSentence "next-sentence" "Move to the next sentence.";
    PreviousSentence "previous-sentence" "Move to the start of the sentence, or to the one before.";
    NextCharacter "next-character" "Move a character to the right.";
    PreviousCharacter "previous-character" "Move a character to the left.";
    LineStart "line-start" "Move to the start of the line.";
    LineEnd "line-end" "Move to the end of the line.";
    Select "select" "Select words from here, or stop selecting.";
    SelectWord "select-word" "Select the word.";
    SelectSentence "select-sentence" "Select the sentence.";
    SelectParagraph "select-paragraph" "Select the paragraph.";
    SelectTurn "select-turn" "Select the whole turn.";
    SwapEnds "swap-ends" "Move the other end of the selection.";
    Note "note" "Write a note on the selection or, with none, on the annotation or paragraph at the cursor.";
    Highlight "highlight" "Highlight the selection, or the sentence at the cursor.";
    FollowUp "follow-up" "Write a follow-up on the selection, or on the paragraph at the cursor.";
    Question "question" "Write a question on the selection, or on the paragraph at the cursor.";
    Bookmark "bookmark" "Set a bookmark at the cursor, or on the selection; once more removes it.";
    OwnTopic "own-topic" "Name a topic of your own that begins here.";
    RepeatMark "repeat-mark" "Mark the selection, or the sentence at the cursor, as the last one was marked.";
    Tag "tag" "Tag the annotation at the cursor, or the selection.";
    Tag1 "tag-1" "Tag with hot key 1 of tags.yaml.";
    Tag2 "tag-2" "Tag with hot key 2 of tags.yaml.";
    Tag3 "tag-3" "Tag with hot key 3 of tags.yaml.";
    Tag4 "tag-4" "Tag with hot key 4 of tags.yaml.";
    Tag5 "tag-5" "Tag with hot key 5 of tags.yaml.";
    Tag6 "tag-6" "Tag with hot key 6 of tags.yaml.";
    Tag7 "tag-7" "Tag with hot key 7 of tags.yaml.";
    Tag8 "tag-8" "Tag with hot key 8 of tags.yaml.";
    Tag9 "tag-9" "Tag with hot key 9 of tags.yaml.";
    Edit "edit" "Edit the annotation at the cursor.";
    Delete "delete" "Delete the annotation at the cursor.";
    CycleStatus "cycle-status" "Move the follow-up or question at the cursor on: open, asked, answered, dropped.";
    Reply "reply" "Answer the note at the cursor, another annotator's first.";
    ShowNotes "show-notes" "Show the notes on this paragraph in full.";
    Settle "settle" "Settle a conflict: show both versions of an annotation side by side.";
    Review "review" "Review the notes whose words have moved or gone.";
    ToggleLayers "toggle-layers" "Hide the notes of all other annotators, or show them.";
    Layers "layers" "List the layers, to show or hide each.";
    Undo "undo" "Undo the last change.";
    Redo "redo" "Do again what was undone.";
    Search "search" "Search in the text as you type.";
    SearchNotes "search-notes" "List the notes that say what is searched for.";
    SearchWord "search-word" "Search for the word at the cursor, as a whole word.";
    SetSpeaker "set-speaker" "Say who speaks the turn at the cursor.";
    StartTurn "start-turn" "Say that a turn starts with this paragraph.";
    JoinTurn "join-turn" "Say that this paragraph goes on with the turn before it.";
    FrontMatter "front-matter" "Say that this paragraph and all before it are front matter.";
    BackMatter "back-matter" "Say that this paragraph and all after it are back matter.";
    SwapRoles "swap-roles" "Swap who asks and who answers.";
    RenameSpeaker "rename-speaker" "Give this speaker another name; that of another speaker makes them one.";
    Dialogue "dialogue" "Change between the full text, the questions only, and this speaker only.";
    Bilingual "bilingual" "Change between the original, the translation, and both.";
    Timecodes "timecodes" "Show or hide the timecodes.";
    Wider "wider" "Make the text column wider.";
    Narrower "narrower" "Make the text column narrower.";
    Topics "topics" "Go to the outline; once more leaves it.";
    NotesPane "notes-pane" "Go to the list of notes; once more leaves it.";
    NextPane "next-pane" "Go to the next pane or list.";
    PreviousPane "previous-pane" "Go to the previous pane or list.";
    Copy "copy" "Copy the selection, or the sentence at the cursor, with its reference; in the list, the notes.";
    Export "export" "Export the notes.";
    CommandLine "command-line" "Type the name of a command.";
    Report "report" "Show how the document was read.";
    Help "help" "Show the keys of this mode.";
    Redraw "redraw" "Draw the screen again.";
    Suspend "suspend" "Go back to the shell for a while.";
    Library "library" "Go to the list of interviews.";
    Quit "quit" "Close the interview, or leave the list.";
    Accept "accept" "Take what is chosen or written; in the text, write a note, or unfold a question.";
    Cancel "cancel" "Close or leave without taking it.";
    ItemDown "item-down" "Go to the next entry.";
    ItemUp "item-up" "Go to the previous entry.";
    ItemFirst "item-first" "Go to the first entry.";
    ItemLast "item-last" "Go to the last entry.";
    Filter "filter" "Type to narrow the list.";
    Fold "fold" "Hide or show the topics within this one.";
    FilterKind "filter-kind" "Show the next kind of annotation only.";
    GroupNotes "group-notes" "Group the notes by topic, by tag, or not at all.";
    Pick "pick" "Pick the note, or put it back: tags, status and deleting then go for all that are picked.";
    PickAll "pick-all" "Pick all notes of the list, or put them back.";
    SortNotes "sort-notes" "Sort by the order of the text, by time, or by tag.";
    AllFollowUps "all-follow-ups" "Go to the follow-ups and questions of all interviews; once more leaves them.";
    SearchAll "search-all" "Search in all interviews and notes as you type.";
    Sort "sort" "Sort the list in the next order.";
    Rescan "rescan" "Look for interviews again.";
    Complete "complete" "Complete what is typed.";
    HistoryBack "history-back" "Bring back what was typed before.";
    HistoryForward "history-forward" "Go forward again in what was typed before.";
    ToggleRegex "toggle-regex" "Search for a regular expression, or for plain words.";
    EraseBack "erase-back" "Erase the character before the cursor.";
    EraseForward "erase-forward" "Erase the character at the cursor.";
    EraseWord "erase-word" "Erase the word before the cursor.";
    EraseLine "erase-line" "Erase all before the cursor.";
    NewLine "new-line" "Start a new line.";
    ExternalEditor "external-editor" "Go on writing in $EDITOR.";
    KeepMine "keep-mine" "Keep your version.";
    KeepTheirs "keep-theirs" "Keep the other writer's version.";
    KeepBoth "keep-both" "Keep both versions, as two annotations.";
    NextProposal "next-proposal" "Show the next place that the note may belong to.";
    PreviousProposal "previous-proposal" "Show the previous place that the note may belong to.";
    AcceptAll "accept-all" "Take the places of all notes that were found elsewhere.";
    KeepOrphan "keep-orphan" "Keep the note as an orphan, and ask no more.";
    Yes "yes" "Yes.";
    No "no" "No.";
}

/// What commands are about, each from this one on, in the order of [`Command::ALL`].
const SUBJECTS: [(Command, &str); 11] = [
    (Command::LineDown, "Moving"),
    (Command::NextWord, "The cursor"),
    (Command::Select, "Selecting words"),
    (Command::Note, "Marking and noting"),
    (Command::Reply, "Notes of several writers"),
    (Command::Undo, "Undo"),
    (Command::Search, "Searching"),
    (Command::SetSpeaker, "Correcting the transcript"),
    (Command::Dialogue, "How it is shown"),
    (Command::Topics, "Panes and lists"),
    (Command::Copy, "All the rest"),
];

impl Command {
    /// What it is about, for the head above it on the help page.
    pub fn subject(self) -> &'static str {
        let begun = SUBJECTS.iter().rev().find(|(first, _)| *first <= self);
        begun.map_or("", |(_, subject)| subject)
    }

    /// The command with a name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|command| command.name() == name)
    }

    /// Whether it is about notes or topics, and has to wait until they are read.
    pub fn needs_notes(self) -> bool {
        use Command as C;
        matches!(
            self,
            C::NextTopic
                | C::PreviousTopic
                | C::NextNote
                | C::PreviousNote
                | C::NextFollowUp
                | C::PreviousFollowUp
                | C::NextConflict
                | C::PreviousConflict
                | C::NextDoubtful
                | C::PreviousDoubtful
                | C::Note
                | C::Accept
                | C::Highlight
                | C::FollowUp
                | C::Question
                | C::Bookmark
                | C::OwnTopic
                | C::RepeatMark
                | C::Tag
                | C::Edit
                | C::Delete
                | C::CycleStatus
                | C::Reply
                | C::ShowNotes
                | C::Settle
                | C::Review
                | C::ToggleLayers
                | C::Layers
                | C::Undo
                | C::Redo
                | C::SearchNotes
                | C::SetSpeaker
                | C::StartTurn
                | C::JoinTurn
                | C::FrontMatter
                | C::BackMatter
                | C::SwapRoles
                | C::RenameSpeaker
                | C::Topics
                | C::NotesPane
                | C::NextPane
                | C::PreviousPane
                | C::Export
                | C::Report
        ) || self.tag_key().is_some()
    }

    /// The number of a tag hot key.
    pub fn tag_key(self) -> Option<u8> {
        self.name().strip_prefix("tag-").and_then(|number| number.parse().ok())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_and_lead_back() {
        for &command in Command::ALL {
            assert_eq!(Command::from_name(command.name()), Some(command), "{}", command.name());
            assert!(command.sentence().ends_with('.'));
        }
        for mode in Mode::ALL {
            assert_eq!(Mode::from_name(mode.name()), Some(mode));
        }
        assert_eq!(Command::Tag7.tag_key(), Some(7));
        assert_eq!(Command::Tag.tag_key(), None);
    }
}
