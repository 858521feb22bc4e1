//! Whole interviews: captions, TEI and a page, read by others and by our own importers.

use std::path::Path;

use interleaf::export::{ExportError, interview};
use interleaf::import::Options;
use interleaf::library::Source;
use interleaf::model::{Interview, InterviewBuilder, ParagraphIndex, Role, TurnIndex};
use serde_json::json;

use crate::python::python_json;
use crate::sample::{ferry, hostile};

type Write = fn(&Interview, &mut dyn std::io::Write) -> Result<(), ExportError>;

const FORMS: [(&str, Write); 4] = [
    ("vtt", interview::write_vtt),
    ("srt", interview::write_srt),
    ("tei.xml", interview::write_tei),
    ("html", |interview, out| interview::write_html(interview, &[], out)),
];

fn written(write: Write, interview: &Interview) -> String {
    let mut out = Vec::new();
    write(interview, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

/// Who says what and when, blanks aside.
fn turns(interview: &Interview) -> Vec<(String, Option<String>, String)> {
    let turns = interview.turns().iter().enumerate();
    turns
        .map(|(index, turn)| {
            let name = turn.speaker.and_then(|speaker| interview.speaker(speaker)).map(|speaker| speaker.name.clone());
            let paragraphs = interview.turn_paragraphs(TurnIndex(index as u32));
            let words: Vec<&str> = paragraphs
                .flat_map(|paragraph| interview.paragraph(ParagraphIndex(paragraph)).split_whitespace())
                .collect();
            (name.unwrap_or_default(), turn.time.map(|time| time.to_string()), words.join(" "))
        })
        .collect()
}

/// A longer conversation, with times for every turn, topics, and words that formats take for their own.
fn harbour() -> Interview {
    let mut builder = InterviewBuilder::default();
    builder.metadata.title = "A Harbour & its Bell".to_owned();
    builder.metadata.language = Some("en".to_owned());
    let ines = builder.speaker("Ines Marlow", Role::Interviewer);
    let lew = builder.speaker("Lew Oakes", Role::Guest);
    let rows = [
        (ines, "0:02", &["Who rings the bell at <noon>?"][..]),
        (lew, "0:05.5", &["Nobody & everybody; the 'bell' --> rings itself.", "We only oil it."]),
        (ines, "1:00", &["And before 1950: who?"]),
        (lew, "1:04", &["My aunt did.", "42", "She had a ladder, and later two."]),
        (ines, "59:59", &["[laughs] Two?"]),
        (lew, "1:00:01", &["One for each leg, she said. {\\an8} Truly."]),
    ];
    for (index, (speaker, time, paragraphs)) in rows.into_iter().enumerate() {
        if index == 2 {
            builder.topic("Before the war", 0);
        }
        builder.turn(Some(speaker), time.parse().ok());
        for paragraph in paragraphs {
            builder.paragraph(paragraph);
        }
    }
    builder.build()
}

#[test]
fn what_follows_the_talk_follows_it_on_a_page_too() {
    let ferry = ferry().interview;
    assert!(!ferry.back().is_empty());
    let text = written(|interview, out| interview::write_html(interview, &[], out), &ferry);
    let read = Source::from_bytes(text.into_bytes(), Path::new("ferry.html"), &Options::default()).unwrap().interview;
    let back = |interview: &Interview| -> Vec<String> {
        interview.back().map(|paragraph| interview.paragraph(ParagraphIndex(paragraph)).to_owned()).collect()
    };
    assert_eq!(back(&read), back(&ferry));
    assert_eq!(turns(&read).len(), turns(&ferry).len());
}

#[test]
fn our_own_importers_read_the_same_turns_and_speakers() {
    for (extension, write) in FORMS {
        let text = written(write, &harbour());
        let read =
            Source::from_bytes(text.clone().into_bytes(), Path::new(&format!("talk.{extension}")), &Options::default());
        let read = read.unwrap().interview;
        let mut expected = turns(&harbour());
        if extension == "srt" {
            // SubRip has no other way to keep its arrow out of the words, and takes `{\an8}` for a place on the screen.
            expected[1].2 = expected[1].2.replace("-->", "→");
            expected[5].2 = expected[5].2.replace("{\\an8} ", "");
        }
        assert_eq!(turns(&read), expected, "{extension}:\n{text}");
        if extension != "srt" {
            assert_eq!(read.metadata.title, "A Harbour & its Bell", "{extension}");
            assert_eq!(read.metadata.language.as_deref(), Some("en"), "{extension}");
        }
    }
}

#[test]
fn matter_around_the_turns_stays_where_a_format_has_a_place_for_it() {
    let interview = ferry().interview;
    let text = written(interview::write_tei, &interview);
    let read = Source::from_bytes(text.into_bytes(), Path::new("ferry.xml"), &Options::default()).unwrap().interview;
    assert_eq!(turns(&read), turns(&interview));
    assert_eq!(read.paragraph(ParagraphIndex(0)), "We met on the slipway, in rain.");
    assert_eq!(read.back().len(), 1);
    assert_eq!(read.given_topics.len(), 2);
    let roles: Vec<Role> = read.speakers.iter().map(|speaker| speaker.role).collect();
    assert_eq!(roles, [Role::Interviewer, Role::Guest]);
    let captions = written(interview::write_vtt, &interview);
    assert!(!captions.contains("slipway") && !captions.contains("Sallow Creek"), "{captions}");
}

#[test]
fn captions_need_times() {
    for write in [interview::write_vtt as Write, interview::write_srt] {
        let error = write(&hostile().interview, &mut Vec::new()).unwrap_err();
        assert!(error.to_string().contains("no timecodes"), "{error}");
    }
}

#[test]
fn turns_without_a_time_stand_in_the_caption_before_them() {
    let mut builder = InterviewBuilder::default();
    let ada = builder.speaker("Ada", Role::Interviewer);
    builder.turn(Some(ada), None).paragraph("Early.");
    builder.turn(None, "0:10".parse().ok()).paragraph("Who is that?");
    builder.turn(Some(ada), None).paragraph("Me.");
    builder.turn(Some(ada), "0:05".parse().ok()).paragraph("The tape was turned.");
    builder.turn(Some(ada), "0:20".parse().ok()).paragraph("Late.");
    let text = written(interview::write_vtt, &builder.build());
    assert_eq!(
        text,
        "WEBVTT\n\n1\n00:00:00.000 --> 00:00:10.000\n<v Ada>Early.</v>\n\n2\n00:00:10.000 --> 00:00:20.000\n<v Unknown>Who \
         is that?</v>\n<v Ada>Me.</v>\n<v Ada>The tape was turned.</v>\n\n3\n00:00:20.000 --> 00:00:21.000\n<v \
         Ada>Late.</v>\n"
    );
}

/// A timed interview of words that try to break out.
fn timed_hostile() -> Interview {
    let evil = hostile().interview;
    let mut builder = InterviewBuilder::default();
    builder.metadata.title = format!("{} --> x", evil.metadata.title);
    let speaker = builder.speaker(&evil.speakers[0].name, Role::Guest);
    builder.turn(Some(speaker), "0:01".parse().ok());
    for paragraph in evil.paragraphs() {
        builder.paragraph(evil.paragraph(paragraph));
    }
    builder.turn(Some(speaker), "0:09".parse().ok()).paragraph("0:01 --> 0:02 \u{85}\u{2028}NOTE <v Nobody>no</v>");
    builder.build()
}

#[test]
fn caption_parsers_read_every_cue() {
    let vtt = "
import sys, shutil
shutil.copy(sys.argv[1], sys.argv[1] + '.vtt')
found = webvtt.read(sys.argv[1] + '.vtt')
print(json.dumps([[c.start, c.end, c.voice, c.text] for c in found]))
";
    for (interview, count) in [(harbour(), 6), (timed_hostile(), 2)] {
        let text = written(interview::write_vtt, &interview);
        let Some(cues) = python_json(&["json", "webvtt"], vtt, text.as_bytes()) else { return };
        assert_eq!(cues.as_array().unwrap().len(), count, "{text}");
        if count == 6 {
            assert_eq!((&cues[1][0], &cues[1][1]), (&json!("00:00:05.500"), &json!("00:01:00.000")));
            assert_eq!(cues[1][2], "Lew Oakes");
        }
    }
    let srt = "
import sys
found = pysrt.open(sys.argv[1])
print(json.dumps([[str(c.start), str(c.end), c.text] for c in found]))
";
    for (interview, count) in [(harbour(), 6), (timed_hostile(), 2)] {
        let text = written(interview::write_srt, &interview);
        let Some(cues) = python_json(&["json", "pysrt"], srt, text.as_bytes()) else { return };
        assert_eq!(cues.as_array().unwrap().len(), count, "{text}");
        if count == 6 {
            assert_eq!(
                cues[3],
                json!([
                    "00:01:04,000",
                    "00:59:59,000",
                    "Lew Oakes: My aunt did.\n42\nShe had a ladder, and later two."
                ])
            );
        }
    }
}

#[test]
fn an_xml_library_reads_the_transcription() {
    let script = "
import sys
T = '{http://www.tei-c.org/ns/1.0}'
root = lxml.etree.parse(sys.argv[1]).getroot()
X = '{http://www.w3.org/XML/1998/namespace}id'
ids = [element.get(X) for element in root.iter() if element.get(X)]
pointers = [value for element in root.iter(T + 'u', T + 'when') for value in (element.get('who'), element.get('start'), element.get('since')) if value]
print(json.dumps({
  'root': root.tag.replace(T, ''),
  'parts': [child.tag.replace(T, '') for child in root],
  'header': [child.tag.replace(T, '') for child in root.find(T + 'teiHeader')],
  'words': [seg.text for seg in root.iter(T + 'seg')],
  'duplicates': len(ids) - len(set(ids)),
  'dangling': [pointer for pointer in pointers if pointer[1:] not in ids],
}))
";
    for interview in [harbour(), ferry().interview, hostile().interview] {
        let text = written(interview::write_tei, &interview);
        let Some(tree) = python_json(&["json", "lxml.etree"], script, text.as_bytes()) else { return };
        assert_eq!((&tree["root"], &tree["parts"]), (&json!("TEI"), &json!(["teiHeader", "text"])));
        assert_eq!(tree["header"], json!(["fileDesc", "profileDesc"]));
        assert_eq!(tree["duplicates"], 0);
        assert_eq!(tree["dangling"], json!([]));
        let words: Vec<String> = (interview.front()..interview.back().start)
            .map(|paragraph| interview.paragraph(ParagraphIndex(paragraph)))
            .map(|words| words.replace(['\u{0}', '\u{1b}', '\u{7}'], "\u{fffd}"))
            .collect();
        assert_eq!(tree["words"], json!(words));
    }
}
