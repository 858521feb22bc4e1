//! An invented interview with notes of every kind, built by hand so that no importer stands in between.

use interleaf::anchor::{self, Resolution};
use interleaf::export::{Document, Exporter, PlacedNote};
use interleaf::model::{
    Annotation, AnnotationId, Interview, InterviewBuilder, Kind, ParagraphIndex, Position, Role, Span, Status, Tag,
    Timecode, Topic, TopicKind,
};

/// Writes `documents` and gives back the text.
pub(crate) fn text_of(exporter: &impl Exporter, documents: &[Document]) -> String {
    String::from_utf8(bytes_of(exporter, documents)).unwrap()
}

/// Writes `documents`.
pub(crate) fn bytes_of(exporter: &impl Exporter, documents: &[Document]) -> Vec<u8> {
    let mut out = Vec::new();
    exporter.export(documents, &mut out).unwrap();
    out
}

/// A bilingual interview with front and back matter, times, two given topics and eight notes.
pub(crate) fn ferry() -> Document {
    let mut builder = InterviewBuilder::default();
    builder.metadata.title = "The Last Ferry".to_owned();
    builder.metadata.subtitle = Some("Forty years at one wheel".to_owned());
    builder.metadata.date = Some("2026-03-04".to_owned());
    builder.metadata.language = Some("en".to_owned());
    builder.metadata.translation_language = Some("zh".to_owned());
    builder.metadata.source.url = Some("https://example.org/ferry".to_owned());
    builder.metadata.source.publisher = Some("Slipway".to_owned());
    let ada = builder.speaker("Ada Pryce", Role::Interviewer);
    let tom = builder.speaker("Tom Bellis", Role::Guest);
    builder.front().paragraph("We met on the slipway, in rain.");
    builder.topic("Taking the wheel", 0);
    builder.turn(Some(ada), "0:04".parse().ok()).paragraph("When did you first take the wheel?");
    builder
        .turn(Some(tom), "0:09".parse().ok())
        .paragraph("I was eleven 🛥️ and my uncle had gone below to look for his teeth.")
        .translation("那年我十一岁，舅舅下舱找他的假牙去了。")
        .paragraph("He found them in the tea urn, you know.");
    builder.topic("Forty years", 0);
    builder.turn(Some(ada), "0:31".parse().ok()).paragraph("And who steered after that?");
    builder.turn(Some(tom), "0:35".parse().ok()).paragraph("I did, for forty years. Nobody asked for it back.");
    builder.back().paragraph("Tom Bellis lives in Sallow Creek.");
    let interview = builder.build();
    let notes = vec![
        note(&interview, 1, Kind::Highlight, "met on the slipway", "", &[]),
        note(&interview, 2, Kind::Question, "first take the wheel", "Who let him?", &["steering"]),
        note(
            &interview,
            3,
            Kind::Note,
            "eleven 🛥️ and my uncle",
            "So young.\nCheck the *law* of <1950>.",
            &["steering/age"],
        ),
        note(&interview, 4, Kind::FollowUp, "tea urn", "Find the urn.", &["objects", "steering"]),
        note(&interview, 5, Kind::Highlight, "舅舅下舱", "", &["translation"]),
        note(&interview, 6, Kind::Bookmark, "forty years", "", &[]),
        note(&interview, 7, Kind::Topic, "Nobody asked", "What nobody asked", &[]),
        orphan(note(&interview, 8, Kind::Note, "Sallow Creek", "Where is that?", &[])),
    ];
    let topics = vec![
        topic("Taking the wheel", TopicKind::Given, 1),
        topic("Forty years", TopicKind::Given, 4),
        Topic { start: notes[6].resolution.span().unwrap().start, ..topic("What nobody asked", TopicKind::Own, 0) },
    ];
    Document { path: "talks/ferry.txt".to_owned(), interview, topics, notes }
}

/// An interview and notes that try to break out of every format.
pub(crate) fn hostile() -> Document {
    hostile_at(None)
}

/// The same with a time, which some formats need.
pub(crate) fn hostile_and_timed() -> Document {
    hostile_at(Some(Timecode::from_milliseconds(9_500)))
}

fn hostile_at(time: Option<Timecode>) -> Document {
    let evil = "=cmd|'/c calc'!A0 <script>alert(1)</script> ]]> -- \"q\" 'q' {{ 7*7 }} {% raw %} ../../x | \\ `x` \
                [a](javascript:x) e\u{301} 𝔘𝔫 & &amp; ${x}";
    let mut builder = InterviewBuilder::default();
    builder.metadata.title = format!("../../{evil}");
    builder.metadata.source.url = Some("javascript:alert(1)".to_owned());
    let name = format!("@{evil}");
    let speaker = builder.speaker(&name, Role::Guest);
    builder.topic(evil, 0);
    builder.turn(Some(speaker), time).paragraph(evil).paragraph("\u{1b}]0;x\u{7} \u{202e}abc\u{0}def \u{85}");
    let interview = builder.build();
    let notes = vec![
        note(
            &interview,
            1,
            Kind::Note,
            "<script>alert(1)</script> ]]>",
            &format!("{evil}\n\n# no\n{evil}\n---\n- [x] y"),
            &["=a/<b>"],
        ),
        note(&interview, 2, Kind::FollowUp, "𝔘𝔫 & &amp;", "-1+1\u{0}\u{1b}[31m", &["x y"]),
        note(&interview, 3, Kind::Highlight, "\u{202e}abc", "", &[]),
    ];
    let topics = vec![topic(evil, TopicKind::Given, 0)];
    Document { path: format!("../../etc/{evil}.txt"), interview, topics, notes }
}

/// An annotation on the first place where `quote` stands.
pub(crate) fn note(
    interview: &Interview,
    number: u64,
    kind: Kind,
    quote: &str,
    words: &str,
    tags: &[&str],
) -> PlacedNote {
    let start = interview.text().find(quote).unwrap();
    let span = Span::new(interview.position_of_byte(start), interview.position_of_byte(start + quote.len()));
    let moment = format!("2026-11-2{}T10:02:11Z", number % 3).parse().unwrap();
    let annotation = Annotation {
        id: AnnotationId::new(&format!("01JD9Z8Q4T9M6V3K2X7W5R1B{number:02}")).unwrap(),
        kind,
        anchor: anchor::describe(interview, span),
        tags: tags.iter().filter_map(|tag| Tag::new(tag)).collect(),
        status: kind.has_status().then_some(Status::Open),
        due: None,
        note: words.to_owned(),
        reply_to: None,
        created: moment,
        updated: moment,
        conflict: None,
    };
    PlacedNote { annotation, annotator: None, resolution: Resolution::Anchored(span) }
}

fn orphan(note: PlacedNote) -> PlacedNote {
    PlacedNote { resolution: Resolution::Orphan, ..note }
}

fn topic(title: &str, kind: TopicKind, paragraph: u32) -> Topic {
    let start = Position::start_of(ParagraphIndex(paragraph));
    Topic { title: title.to_owned(), kind, start, level: 0, terms: Vec::new() }
}
