//! Opening an interview with everything that belongs to it.

#![allow(clippy::unwrap_used, reason = "a test may fail where its files cannot be made")]

use std::fs;
use std::path::{Path, PathBuf};

use interleaf::anchor::{Resolution, describe};
use interleaf::import::Options;
use interleaf::library::{Filter, OpenError, Opened, Own, Settings, Source};
use interleaf::model::{Annotation, Correction, Interview, Kind, Mending, Position, Span, TopicKind};
use interleaf::store::{AnnotationsFile, new_id};
use jiff::Timestamp;

const INTERVIEW: &str = "\
Mira Okafor: What did the relay not know?

Jonas Hale: It did not know the difference between weather and trouble.

Mira Okafor: And what did the harbour authority say about that?

Jonas Hale: They said nothing, and they said it in writing.
";

struct Notebook {
    root: tempfile::TempDir,
}

impl Notebook {
    fn new() -> Self {
        let root = tempfile::tempdir().unwrap();
        fs::create_dir_all(root.path().join("annotations")).unwrap();
        fs::create_dir_all(root.path().join("talks")).unwrap();
        fs::write(root.path().join("talks/relay.txt"), INTERVIEW).unwrap();
        Self { root }
    }

    fn interview(&self) -> PathBuf {
        self.root.path().join("talks/relay.txt")
    }

    fn file(&self, layer: &str) -> PathBuf {
        self.root.path().join("annotations").join(layer).join("talks/relay.txt.yaml")
    }

    fn open(&self) -> Opened {
        Opened::new(&self.interview(), &Settings::default()).unwrap()
    }

    fn save(&self, layer: &str, annotations: &[Annotation], corrections: &[Correction]) {
        AnnotationsFile::load(&self.file(layer)).unwrap().save(annotations, corrections).unwrap();
    }
}

fn annotation(interview: &Interview, quote: &str, kind: Kind, note: &str) -> Annotation {
    let at = interview.text().find(quote).unwrap();
    let span = Span::new(interview.position_of_byte(at), interview.position_of_byte(at + quote.len()));
    Annotation {
        id: new_id(Timestamp::UNIX_EPOCH),
        kind,
        anchor: describe(interview, span),
        tags: Vec::new(),
        status: None,
        due: None,
        note: note.to_owned(),
        reply_to: None,
        created: Timestamp::UNIX_EPOCH,
        updated: Timestamp::UNIX_EPOCH,
        conflict: None,
    }
}

#[test]
fn an_interview_without_notes_opens_and_nothing_is_written() {
    let notebook = Notebook::new();
    let opened = notebook.open();
    assert_eq!(opened.name, "talks/relay.txt");
    assert_eq!(opened.interview.turns().len(), 4);
    assert_eq!(opened.topics.len(), 2);
    assert!(opened.notes.is_empty() && opened.layers.is_empty() && opened.faults().next().is_none());
    assert_eq!(fs::read_dir(notebook.root.path().join("annotations")).unwrap().count(), 0);
}

#[test]
fn notes_of_all_layers_come_in_the_order_of_the_text() {
    let notebook = Notebook::new();
    let interview = notebook.open().interview;
    let late = annotation(&interview, "in writing", Kind::Highlight, "");
    let own = annotation(&interview, "harbour authority", Kind::Topic, "The authority\nand its letters");
    let mut lost = annotation(&interview, "weather", Kind::Note, "gone");
    lost.anchor.quote = "nothing like this was ever said by anybody here".to_owned();
    lost.anchor.before = String::new();
    lost.anchor.after = String::new();
    notebook.save("", &[lost, late, own], &[]);
    notebook.save("@ada", &[annotation(&interview, "relay not know", Kind::Note, "good")], &[]);
    let opened = notebook.open();
    let order: Vec<_> = opened.notes.iter().map(|note| (note.annotator.as_deref(), note.annotation.kind)).collect();
    assert_eq!(order, [(Some("ada"), Kind::Note), (None, Kind::Topic), (None, Kind::Highlight), (None, Kind::Note)]);
    assert_eq!(opened.notes[3].resolution, Resolution::Orphan);
    let topic = opened.topics.iter().find(|topic| topic.kind == TopicKind::Own).unwrap();
    assert_eq!((topic.title.as_str(), topic.start.paragraph), ("The authority", Position::new(2, 0).paragraph));
    let filter = Filter { kinds: vec![Kind::Topic], speakers: vec!["okafor".into()], ..Filter::default() };
    assert_eq!(opened.document(&filter).notes.len(), 1);
    let guest = Filter { speakers: vec!["jonas".into()], ..Filter::default() };
    assert_eq!(opened.document(&guest).notes.len(), 1);
}

#[test]
fn an_annotators_own_layer_is_the_one_to_save_to() {
    let notebook = Notebook::new();
    let interview = notebook.open().interview;
    notebook.save("", &[annotation(&interview, "weather", Kind::Note, "personal")], &[]);
    let settings = Settings { annotator: Some("ada".into()), ..Settings::default() };
    let opened = Opened::new(&notebook.interview(), &settings).unwrap();
    assert!(matches!(&opened.own, Own::File(file) if !file.exists() && file.path() == notebook.file("@ada")));
    assert_eq!((opened.layers.len(), opened.notes.len()), (1, 1));
    let Own::File(mut file) = opened.own else { return };
    file.save(&[annotation(&opened.interview, "trouble", Kind::Note, "ada's")], &[]).unwrap();
    let opened = Opened::new(&notebook.interview(), &settings).unwrap();
    assert_eq!(opened.notes.iter().map(|note| note.annotator.as_deref()).collect::<Vec<_>>(), [None, Some("ada")]);
}

#[test]
fn a_broken_file_of_annotations_opens_read_only() {
    let notebook = Notebook::new();
    fs::create_dir_all(notebook.file("").parent().unwrap()).unwrap();
    fs::write(notebook.file(""), "interleaf: annotations/1\nannotations:\n- {kind: [\n").unwrap();
    let opened = notebook.open();
    assert!(matches!(opened.own, Own::ReadOnly { .. }));
    let fault = opened.faults().next().unwrap().to_string();
    assert!(fault.contains("relay.txt.yaml"), "{fault}");
    assert_eq!(opened.interview.turns().len(), 4);
}

#[test]
fn corrections_are_applied_and_the_imported_interview_is_kept() {
    let notebook = Notebook::new();
    let opened = notebook.open();
    let begins: String = opened.interview.paragraph(Position::new(3, 0).paragraph).chars().take(32).collect();
    let mending = Mending::Speaker("Ada Quill".into());
    notebook.save("", &[], &[Correction::Paragraph { paragraph: 3, begins, mending }]);
    let opened = notebook.open();
    let name = |interview: &Interview| {
        let speaker = interview.speaker_of(Position::new(3, 0).paragraph).and_then(|index| interview.speaker(index));
        speaker.map(|speaker| speaker.name.clone())
    };
    assert_eq!(name(&opened.base).as_deref(), Some("Jonas Hale"));
    assert_eq!(name(&opened.interview).as_deref(), Some("Ada Quill"));
}

#[test]
fn what_cannot_be_opened_says_what_to_do() {
    let notebook = Notebook::new();
    let fails = |path: &Path| Opened::new(path, &Settings::default()).err().map(|error| (error.to_string(), error));
    let (message, error) = fails(&notebook.root.path().join("none.txt")).unwrap();
    assert!(matches!(error, OpenError::Missing(_)) && message.contains("none.txt") && message.contains("spelling"));
    let (message, error) = fails(notebook.root.path()).unwrap();
    assert!(matches!(error, OpenError::Folder(_)) && message.contains("interleaf "), "{message}");
    let empty = notebook.root.path().join("empty.txt");
    fs::write(&empty, "").unwrap();
    let (message, error) = fails(&empty).unwrap();
    assert!(matches!(error, OpenError::Import(_)) && message.contains("empty"), "{message}");
}

#[test]
fn the_beginning_of_a_long_file_is_as_in_the_whole_and_ends_with_a_whole_paragraph() {
    let folder = tempfile::tempdir().unwrap();
    let turn = |number: usize| format!("We wrote down lamp number {number}, and nobody asked what for. ").repeat(4);
    let plain: String = (0..900)
        .map(|turn_number| {
            let name = if turn_number % 2 == 0 { "Mira Okafor" } else { "Jonas Hale" };
            format!("{name}: {}\n\n", turn(turn_number).trim_end())
        })
        .collect();
    let native: String = (0..900)
        .map(|number| {
            format!("- speaker: {}\n  text: |\n    {}\n", ["okafor", "hale"][number % 2], turn(number).trim_end())
        })
        .collect();
    let native = format!(
        "interleaf: interview/1\nspeakers:\n- {{id: okafor, name: Mira Okafor, role: interviewer}}\n- {{id: hale, name: \
         Jonas Hale, role: guest}}\ntopics:\n- {{title: The last lamp, turn: 899}}\nturns:\n{native}back: |\n  Told in May.\n"
    );
    let indented = native
        .replace("\n- speaker", "\n  - speaker")
        .replace("\n  text", "\n    text")
        .replace("\n    We", "\n      We");
    for (name, text) in [("talk.txt", plain), ("talk.yaml", native), ("indented.yaml", indented)] {
        let path = folder.path().join(name);
        fs::write(&path, text).unwrap();
        let beginning = Source::read_beginning(&path, &Options::default()).unwrap().interview;
        let whole = Source::read(&path, &Options::default()).unwrap().interview;
        let count = beginning.paragraph_count();
        assert!((50..500).contains(&count) && whole.paragraph_count() >= 900, "{name}: {count}");
        for paragraph in beginning.paragraphs() {
            assert_eq!(beginning.paragraph(paragraph), whole.paragraph(paragraph), "{name}");
            assert_eq!(beginning.speaker_of(paragraph), whole.speaker_of(paragraph), "{name}");
        }
    }
}

#[test]
fn a_short_file_has_no_beginning() {
    let notebook = Notebook::new();
    assert!(Source::read_beginning(&notebook.interview(), &Options::default()).is_none());
}
