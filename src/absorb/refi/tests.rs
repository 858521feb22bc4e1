//! Projects as several programs write them, made by hand.

use std::io::{Cursor, Write as _};

use jiff::Timestamp;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::absorb::{AbsorbError, about, read, settle};
use crate::anchor::resolve;
use crate::model::{Annotation, Interview, InterviewBuilder, Role, Tag};

fn ferry() -> Interview {
    let mut builder = InterviewBuilder::default();
    let ada = builder.speaker("Ada", Role::Interviewer);
    let tom = builder.speaker("Tom", Role::Guest);
    builder.turn(Some(ada), None).paragraph("Who kept the lamp 🛥️ lit, and who kept the lamp clean?");
    builder.turn(Some(tom), None).paragraph("My uncle did, until he fell in the tea urn.").paragraph("Then I did.");
    builder.build()
}

/// The same as another program keeps it, with names and carriage returns.
const COPY: &str = "Ada: Who kept the lamp 🛥️ lit, and who kept the lamp clean?\r\nTom: My uncle did, until he fell in the \
                    tea urn.\r\nThen I did.\r\n";

fn archive(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        archive.start_file(*name, SimpleFileOptions::default()).unwrap();
        archive.write_all(content).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

/// A project over [`COPY`] with selections of `quotes`, counted in UTF-16 units with the end inclusive.
fn project(quotes: &[(&str, &str)]) -> Vec<u8> {
    let mut selections = String::new();
    for (index, (quote, inside)) in quotes.iter().enumerate() {
        let at = COPY.rfind(quote).unwrap();
        let start = COPY[..at].encode_utf16().count();
        let end = start + quote.encode_utf16().count() - 1;
        selections.push_str(&format!(
            "<PlainTextSelection guid=\"S{index}\" name=\"{}\" startPosition=\"{start}\" endPosition=\"{end}\" \
             creatingUser=\"U1\" creationDateTime=\"2026-01-02T03:04:05Z\">{inside}</PlainTextSelection>",
            quote.replace("\r\n", " ")
        ));
    }
    let xml = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?><Project name=\"p\" origin=\"Some Tool\" xmlns=\"urn:QDA-XML:project:1.0\">\
         <Users><User guid=\"U1\" name=\"Ada\"/><User guid=\"u2\" name=\"Bo\"/></Users>\
         <CodeBook><Codes><Code guid=\"C1\" name=\"kin\" isCodable=\"true\" color=\"#ff8000\"><Description>Family.</Description>\
         <Code guid=\"C2\" name=\"uncles/aunts\" isCodable=\"true\"/></Code><Code guid=\"K1\" name=\"Tom\" isCodable=\"true\"/></Codes></CodeBook>\
         <Cases><Case guid=\"K1\" name=\"Tom\"><CodeRef targetGUID=\"K1\"/></Case></Cases>\
         <Sources><TextSource guid=\"T1\" name=\"ferry\" plainTextPath=\"internal://t1.txt\">{selections}\
         <Coding guid=\"X\" creatingUser=\"U1\"><CodeRef targetGUID=\"C1\"/></Coding></TextSource>\
         <PictureSource guid=\"P\" name=\"pier\"/></Sources>\
         <Notes><Note guid=\"N1\" name=\"n\"><PlainTextContent>Which uncle?</PlainTextContent></Note></Notes></Project>"
    );
    archive(&[("project.qde", xml.as_bytes()), ("Sources/T1.txt", COPY.as_bytes())])
}

const CODED: &str =
    "<Coding guid=\"q1\" creatingUser=\"u1\"><CodeRef targetGUID=\"c2\"/><NoteRef targetGUID=\"N1\"/></Coding>";
const TWICE: &str = "<Coding guid=\"q2\" creatingUser=\"u1\"><CodeRef targetGUID=\"c1\"/></Coding>\
                     <Coding guid=\"q3\" creatingUser=\"u2\"><CodeRef targetGUID=\"c1\"/></Coding>";
const SPEAKER: &str = "<Coding guid=\"q4\" creatingUser=\"u1\"><CodeRef targetGUID=\"k1\"/></Coding>";

fn words(annotation: &Annotation) -> String {
    resolve(&ferry(), &annotation.anchor).span().map_or("orphan".to_owned(), |span| ferry().slice(span))
}

#[test]
fn what_positions_count_is_told_by_the_quotes_and_codes_become_tags() {
    let bytes = project(&[
        ("kept the lamp", "<Description>Again?</Description>"),
        ("My uncle did", CODED),
        ("tea urn.\r\nThen I", TWICE),
        ("My uncle did, until he fell in the tea urn.\r\nThen I did.", SPEAKER),
    ]);
    let file = read(&bytes).unwrap();
    assert!(
        file.remarks
            .iter()
            .any(|remark| remark.contains("UTF-16 units, the end inclusive, line ends as they are stored: 4 of 4")),
        "{:?}",
        file.remarks
    );
    assert!(file.remarks.iter().any(|remark| remark.contains("no plain text, left out: 1")), "{:?}", file.remarks);
    let notes = settle(&file.annotations, &ferry(), Timestamp::UNIX_EPOCH);
    let told: Vec<_> = notes
        .iter()
        .zip(&file.annotations)
        .map(|(note, foreign)| {
            let tags: Vec<&str> = note.tags.iter().map(Tag::as_str).collect();
            (words(note), foreign.annotator.as_deref().unwrap_or_default(), note.note.as_str(), tags.join(" "))
        })
        .collect();
    let row = |words: &str, who, note, tags: &str| (words.to_owned(), who, note, tags.to_owned());
    assert_eq!(
        told,
        [
            row("kept the lamp", "Ada", "Again?", ""),
            row("My uncle did", "Ada", "Which uncle?", "kin/uncles∕aunts"),
            row("tea urn.\n\nThen I", "Ada", "", "kin"),
            row("tea urn.\n\nThen I", "Bo", "", "kin"),
            row("", "", "", "kin"),
        ]
    );
    assert_eq!(notes[0].anchor.start.character, 34, "the second of two places");
    assert_ne!(notes[2].id, notes[3].id);
    assert_eq!(file.tags.len(), 1);
    assert_eq!((file.tags[0].tag.as_str(), file.tags[0].color), ("kin", Some([0xff, 0x80, 0])));
    assert_eq!(about(&file.annotations, &ferry(), &["quite another name"]), [true; 5]);
}

#[test]
fn a_quote_that_is_not_at_its_position_is_placed_by_its_words() {
    let bytes = project(&[("kept the lamp", ""), ("My uncle did", ""), ("fell in", "")]);
    let xml = "<PlainTextSelection guid=\"S9\" name=\"Then I did\" startPosition=\"3\" endPosition=\"9\"/>";
    let mut archive_of = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    std::io::Read::read_to_string(&mut archive_of.by_name("project.qde").unwrap(), &mut text).unwrap();
    let text = text.replacen("<PlainTextSelection", &format!("{xml}<PlainTextSelection"), 1);
    let file = read(&archive(&[("project.qde", text.as_bytes()), ("sources/t1.txt", COPY.as_bytes())])).unwrap();
    assert!(file.remarks.iter().any(|remark| remark.ends_with("placed by their words: 1")), "{:?}", file.remarks);
    let notes = settle(&file.annotations, &ferry(), Timestamp::UNIX_EPOCH);
    assert_eq!(words(&notes[0]), "Then I did");
}

#[test]
fn archives_that_are_no_project_are_refused() {
    let refused = |bytes: &[u8]| read(bytes).unwrap_err();
    assert!(matches!(refused(b"PK\x03\x04 and nothing else"), AbsorbError::Archive(_)));
    assert!(matches!(refused(&archive(&[("a.txt", b"x")])), AbsorbError::Archive(_)));
    assert!(matches!(refused(&archive(&[("project.qde", b"<Project>")])), AbsorbError::Damaged { .. }));
    assert!(matches!(refused(&archive(&[("project.qde", b"<CodeBook/>")])), AbsorbError::Unknown));
    let bomb = "<!DOCTYPE p [<!ENTITY a \"aaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]><Project name=\"&b;\"/>";
    assert!(matches!(refused(&archive(&[("project.qde", bomb.as_bytes())])), AbsorbError::Damaged { .. }));
    let zeros = vec![b' '; 40 << 20];
    assert!(matches!(refused(&archive(&[("project.qde", &zeros)])), AbsorbError::Archive(_)));
}
