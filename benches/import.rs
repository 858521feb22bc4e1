//! What importing costs, format by format: large documents of the same talk, read from bytes to an interview.
//!
//! `cargo bench --bench import` prints megabytes of the source in a second; `fastest` is what a calm machine gives.
//! `cargo bench --bench import -- vtt` times one format, and `-- --cpu` prints megabytes in a second of processor time,
//! which hold on a loaded machine (Linux). `INTERLEAF_MB` sets how many megabytes the talk has (4), and with
//! `INTERLEAF_LONG=1` captions of 100 MB are read as well.

#![allow(clippy::print_stdout, reason = "it prints a table")]

mod shared;

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use divan::Bencher;
use divan::counter::BytesCount;
use interleaf::import::{Options, read};
use shared::{Dice, VOCABULARY};

fn main() {
    let mut arguments = std::env::args().skip(1);
    if arguments.any(|argument| argument == "--cpu") { by_processor_time(arguments.next()) } else { divan::main() }
}

const FORMATS: &[&str] = &[
    "text",
    "timed text",
    "markdown",
    "srt",
    "vtt",
    "vtt rolling",
    "whisper",
    "podcasting",
    "json",
    "amazon",
    "google",
    "oyez",
    "docx",
    "html cite",
    "html bold",
    "html page",
    "csv",
    "tsv",
    "tei",
    "tei words",
    "chat",
    "elan",
    "textgrid",
    "trs",
    "ohms",
    "otr",
    "interleaf",
];

const SYLLABLES: &[&str] = &[
    "an", "be", "con", "der", "es", "fil", "gra", "hom", "in", "jar", "kel", "lo", "mit", "nor", "out", "per", "qua",
    "rest", "sim", "tor", "ul", "vey", "wan", "yon",
];

/// A sentence, who says it, and when it begins and ends, in seconds.
struct Sentence {
    speaker: &'static str,
    /// Whether somebody else spoke before.
    starts: bool,
    start: f64,
    end: f64,
    words: String,
}

const SPEAKERS: [&str; 2] = ["Mira Okafor", "Jonas Hale"];

/// A talk of that many bytes of words.
fn talk(bytes: usize) -> Vec<Sentence> {
    let mut dice = Dice(0x5eed);
    let (mut sentences, mut length, mut clock) = (Vec::new(), 0, 0.0);
    for turn in 0.. {
        if length >= bytes {
            break;
        }
        let asks = turn % 2 == 0;
        for sentence in 0..if asks { 1 } else { 2 + dice.next(8) } {
            let mut words = ["So", "And", "Well", "You", "I"][dice.next(5)].to_owned();
            for _ in 0..4 + dice.next(16) {
                words.push(' ');
                match dice.next(2) {
                    0 => words.push_str(VOCABULARY[dice.next(VOCABULARY.len())]),
                    _ => words.extend((0..1 + dice.next(3)).map(|_| SYLLABLES[dice.next(SYLLABLES.len())])),
                }
            }
            words.push(if asks { '?' } else { '.' });
            let seconds = words.len() as f64 / 15.0;
            length += words.len() + 1;
            let (start, end) = (clock, clock + seconds);
            sentences.push(Sentence { speaker: SPEAKERS[turn % 2], starts: sentence == 0, start, end, words });
            clock = end + 0.2;
        }
    }
    sentences
}

fn clock(seconds: f64, mark: char) -> String {
    let milliseconds = (seconds * 1000.0) as u64;
    let (whole, rest) = (milliseconds / 1000, milliseconds % 1000);
    format!("{:02}:{:02}:{:02}{mark}{rest:03}", whole / 3600, whole / 60 % 60, whole % 60)
}

/// The talk as turns: speaker, beginning, words.
fn turns(talk: &[Sentence]) -> Vec<(&'static str, f64, String)> {
    let mut turns: Vec<(&'static str, f64, String)> = Vec::new();
    for sentence in talk {
        match turns.last_mut().filter(|_| !sentence.starts) {
            Some((.., words)) => {
                words.push(' ');
                words.push_str(&sentence.words);
            }
            None => turns.push((sentence.speaker, sentence.start, sentence.words.clone())),
        }
    }
    turns
}

/// One file after another: what comes before, each piece of the talk, what comes after.
fn written<'t, T>(
    before: &str,
    pieces: &'t [T],
    after: &str,
    mut write: impl FnMut(usize, &'t T) -> String,
) -> Vec<u8> {
    let mut out = before.to_owned();
    for (number, piece) in pieces.iter().enumerate() {
        out.push_str(&write(number, piece));
    }
    out.push_str(after);
    out.into_bytes()
}

/// Words with their times, as speech recognition tells them.
fn timed_words(sentence: &Sentence) -> impl Iterator<Item = (f64, f64, &str)> {
    let count = sentence.words.split(' ').count();
    let each = (sentence.end - sentence.start) / count as f64;
    sentence.words.split(' ').enumerate().map(move |(number, word)| {
        let start = sentence.start + each * number as f64;
        (start, start + each, word)
    })
}

fn number(speaker: &str) -> usize {
    SPEAKERS.iter().position(|known| *known == speaker).unwrap_or(0)
}

fn docx(talk: &[Sentence]) -> Vec<u8> {
    let document = written(
        "<?xml version=\"1.0\"?><w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">\
         <w:body>",
        &turns(talk),
        "</w:body></w:document>",
        |_, (speaker, _, words)| {
            format!(
                "<w:p w:rsidR=\"00A77B3E\"><w:pPr><w:pStyle w:val=\"Normal\"/></w:pPr><w:r><w:rPr><w:b/></w:rPr>\
                 <w:t xml:space=\"preserve\">{speaker}: </w:t></w:r><w:r w:rsidRPr=\"00C21B\"><w:t>{words}</w:t></w:r>\
                 </w:p>"
            )
        },
    );
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    let begun = zip.start_file("word/document.xml", options).is_ok();
    let written = begun && zip.write_all(&document).is_ok();
    zip.finish().ok().filter(|_| written).map(Cursor::into_inner).unwrap_or_default()
}

/// Captions of two lines, of which the first repeats the one before.
fn rolling(talk: &[Sentence]) -> Vec<u8> {
    let mut before = "";
    written("WEBVTT\nKind: captions\n\n", talk, "", |_, one| {
        let cue = format!(
            "{} --> {} align:start position:0%\n{before}\n{}\n\n",
            clock(one.start, '.'),
            clock(one.end + 0.2, '.'),
            one.words
        );
        before = one.words.as_str();
        cue
    })
}

fn whisper(talk: &[Sentence]) -> Vec<u8> {
    written("{\"language\": \"en\", \"segments\": [", talk, "{}]}", |number, one| {
        let words: Vec<String> = timed_words(one)
            .map(|(start, end, word)| {
                format!("{{\"word\": \" {word}\", \"start\": {start:.2}, \"end\": {end:.2}, \"probability\": 0.98}}")
            })
            .collect();
        format!(
            "{{\"id\": {number}, \"start\": {:.2}, \"end\": {:.2}, \"text\": \" {}\", \"tokens\": [50364, 407, 13], \
             \"words\": [{}]}},\n",
            one.start,
            one.end,
            one.words,
            words.join(", ")
        )
    })
}

fn amazon(talk: &[Sentence]) -> Vec<u8> {
    written(
        "{\"jobName\": \"x\", \"results\": {\"transcripts\": [], \"items\": [",
        talk,
        "{\"type\": \"punctuation\", \"alternatives\": [{\"content\": \".\"}]}]}}",
        |_, one| {
            let mut out = String::new();
            for (start, end, word) in timed_words(one) {
                let _ = writeln!(
                    out,
                    "{{\"type\": \"pronunciation\", \"start_time\": \"{start:.2}\", \"end_time\": \"{end:.2}\", \
                     \"speaker_label\": \"spk_{}\", \"alternatives\": [{{\"confidence\": \"0.99\", \"content\": \
                     \"{}\"}}]}},",
                    number(one.speaker),
                    word.trim_end_matches(['.', '?'])
                );
            }
            out.push_str("{\"type\": \"punctuation\", \"alternatives\": [{\"content\": \".\"}]},\n");
            out
        },
    )
}

fn google(talk: &[Sentence]) -> Vec<u8> {
    written("{\"results\": [", talk, "{}]}", |_, one| {
        let words: Vec<String> = timed_words(one)
            .map(|(start, end, word)| {
                format!(
                    "{{\"startTime\": \"{start:.1}s\", \"endTime\": \"{end:.1}s\", \"word\": \"{word}\", \
                     \"speakerTag\": {}}}",
                    number(one.speaker) + 1
                )
            })
            .collect();
        format!(
            "{{\"alternatives\": [{{\"transcript\": \"{}\", \"confidence\": 0.9, \"words\": [{}]}}]}},\n",
            one.words,
            words.join(", ")
        )
    })
}

fn elan(talk: &[Sentence]) -> Vec<u8> {
    let mut out = String::from("<?xml version=\"1.0\"?><ANNOTATION_DOCUMENT><TIME_ORDER>\n");
    for (number, one) in talk.iter().enumerate() {
        for (place, time) in [one.start, one.end].into_iter().enumerate() {
            let (slot, time) = (number * 2 + place, (time * 1000.0) as u64);
            let _ = writeln!(out, "<TIME_SLOT TIME_SLOT_ID=\"ts{slot}\" TIME_VALUE=\"{time}\"/>");
        }
    }
    out.push_str("</TIME_ORDER>\n");
    for speaker in SPEAKERS {
        let _ = writeln!(out, "<TIER TIER_ID=\"{speaker}\" PARTICIPANT=\"{speaker}\">");
        for (number, one) in talk.iter().enumerate().filter(|(_, one)| one.speaker == speaker) {
            let _ = writeln!(
                out,
                "<ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID=\"a{number}\" TIME_SLOT_REF1=\"ts{}\" \
                 TIME_SLOT_REF2=\"ts{}\"><ANNOTATION_VALUE>{}</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION>",
                number * 2,
                number * 2 + 1,
                one.words
            );
        }
        out.push_str("</TIER>\n");
    }
    out.push_str("</ANNOTATION_DOCUMENT>\n");
    out.into_bytes()
}

fn textgrid(talk: &[Sentence]) -> Vec<u8> {
    let mut out = String::from(
        "File type = \"ooTextFile\"\nObject class = \"TextGrid\"\n\nxmin = 0\nxmax = 1\ntiers? <exists>\n",
    );
    out.push_str("size = 2\nitem []:\n");
    for (tier, speaker) in (1..).zip(SPEAKERS) {
        let own = || talk.iter().filter(|one| one.speaker == speaker);
        let _ = write!(out, "    item [{tier}]:\n        class = \"IntervalTier\"\n        name = \"{speaker}\"\n");
        let _ = write!(out, "        xmin = 0\n        xmax = 1\n        intervals: size = {}\n", own().count());
        for (number, one) in (1..).zip(own()) {
            let _ = write!(
                out,
                "        intervals [{number}]:\n            xmin = {}\n            xmax = {}\n            text = \
                 \"{}\"\n",
                one.start, one.end, one.words
            );
        }
    }
    out.into_bytes()
}

/// The name of a document in that format, and its bytes.
fn document(format: &str, talk: &[Sentence]) -> (&'static str, Vec<u8>) {
    let turns = turns(talk);
    match format {
        "text" => ("x.txt", written("", &turns, "", |_, (who, _, words)| format!("{who}: {words}\n\n"))),
        "timed text" => {
            ("x.txt", written("", &turns, "", |_, (who, at, words)| format!("[{}] {who}: {words}\n", clock(*at, '.'))))
        }
        "markdown" => {
            ("x.md", written("# Talk\n\n", &turns, "", |_, (who, _, words)| format!("**{who}:** {words}\n\n")))
        }
        "srt" => (
            "x.srt",
            written("", talk, "", |number, one| {
                let name = if one.starts { format!("{}: ", one.speaker) } else { String::new() };
                let times = (clock(one.start, ','), clock(one.end, ','));
                format!("{}\n{} --> {}\n{name}{}\n\n", number + 1, times.0, times.1, one.words)
            }),
        ),
        "vtt" => (
            "x.vtt",
            written("WEBVTT\n\n", talk, "", |_, one| {
                format!("{} --> {}\n<v {}>{}\n\n", clock(one.start, '.'), clock(one.end, '.'), one.speaker, one.words)
            }),
        ),
        "vtt rolling" => ("x.vtt", rolling(talk)),
        "whisper" => ("x.json", whisper(talk)),
        "podcasting" => (
            "x.json",
            written("{\"version\": \"1.0.0\", \"segments\": [", talk, "{}]}", |_, one| {
                format!(
                    "{{\"speaker\": \"{}\", \"startTime\": {:.3}, \"endTime\": {:.3}, \"body\": \"{}\"}},\n",
                    one.speaker, one.start, one.end, one.words
                )
            }),
        ),
        "json" => (
            "x.json",
            written("[", talk, "{}]", |_, one| {
                format!(
                    "{{\"speaker\": {}, \"start\": {:.3}, \"end\": {:.3}, \"text\": \"{}\"}},\n",
                    number(one.speaker),
                    one.start,
                    one.end,
                    one.words
                )
            }),
        ),
        "amazon" => ("x.json", amazon(talk)),
        "google" => ("x.json", google(talk)),
        "oyez" => (
            "x.json",
            written(
                "{\"transcript\": {\"sections\": [{\"turns\": [",
                &turns,
                "{\"text_blocks\": []}]}]}}",
                |_, turn| {
                    format!(
                        "{{\"start\": {:.2}, \"speaker\": {{\"ID\": 1, \"name\": \"{}\"}}, \"text_blocks\": [{{\"start\": \
                     {:.2}, \"text\": \"{}\"}}]}},\n",
                        turn.1, turn.0, turn.1, turn.2
                    )
                },
            ),
        ),
        "docx" => ("x.docx", docx(talk)),
        "html cite" => (
            "x.html",
            written("<!doctype html><html><body>\n", &turns, "</body></html>", |_, (who, at, words)| {
                format!("<cite>{who}:</cite>\n<time>{}</time>\n<p>{words}</p>\n", clock(*at, '.'))
            }),
        ),
        "html bold" => (
            "x.html",
            written("<!doctype html><html><body>\n", &turns, "</body></html>", |_, (who, _, words)| {
                format!("<p class=\"talk\"><b>{who}:</b> {words}</p>\n")
            }),
        ),
        "html page" => (
            "x.html",
            written(
                "<!doctype html><html><head><title>Talk</title></head><body><nav><a href=\"/\">Home</a></nav>\
                 <article><h1>Talk</h1>\n",
                &turns,
                "</article><footer>All rights reserved</footer></body></html>",
                |_, (who, _, words)| format!("<p class=\"talk\"><strong>{who}:</strong> {words}</p>\n"),
            ),
        ),
        "csv" => (
            "x.csv",
            written("timestamp,speaker,words,tags\n", talk, "", |_, one| {
                format!("{},{},\"{}\",storms\n", clock(one.start, '.'), one.speaker, one.words)
            }),
        ),
        "tsv" => (
            "x.tsv",
            written("TIMECODE\tSPEAKER\tTRANSCRIPT\n", talk, "", |_, one| {
                format!("{}\t{}\t{}\n", clock(one.start, '.'), one.speaker, one.words)
            }),
        ),
        "tei" => (
            "x.xml",
            written("<TEI><text><body>\n", talk, "</body></text></TEI>", |_, one| {
                format!("<u who=\"#s{}\" start=\"{:.2}\">{}</u>\n", number(one.speaker), one.start, one.words)
            }),
        ),
        "tei words" => (
            "x.xml",
            written("<TEI><text><body>\n", talk, "</body></text></TEI>", |_, one| {
                let words = one.words.split(' ').map(|word| format!("<w>{word}</w>")).collect::<Vec<_>>().join(" ");
                format!("<u who=\"#s{}\">{words}</u>\n", number(one.speaker))
            }),
        ),
        "chat" => (
            "x.cha",
            written("@UTF8\n@Begin\n@Participants:\tMIR Mira, JON Jonas\n", talk, "@End\n", |_, one| {
                let who = ["MIR", "JON"][number(one.speaker)];
                let words = one.words.trim_end_matches(['.', '?']);
                let end = &one.words[words.len()..];
                let times = ((one.start * 1000.0) as u64, (one.end * 1000.0) as u64);
                format!("*{who}:\t&-um {words} (.) [/] {end} \u{15}{}_{}\u{15}\n", times.0, times.1)
            }),
        ),
        "elan" => ("x.eaf", elan(talk)),
        "textgrid" => ("x.TextGrid", textgrid(talk)),
        "trs" => (
            "x.trs",
            written(
                "<?xml version=\"1.0\"?><Trans><Speakers><Speaker id=\"s0\" name=\"Mira\"/><Speaker id=\"s1\" \
                 name=\"Jonas\"/></Speakers><Episode><Section type=\"report\" startTime=\"0\" endTime=\"9\">\n",
                talk,
                "</Section></Episode></Trans>",
                |_, one| {
                    format!(
                        "<Turn speaker=\"s{}\" startTime=\"{:.2}\" endTime=\"{:.2}\"><Sync time=\"{:.2}\"/>\n{}\n\
                         </Turn>\n",
                        number(one.speaker),
                        one.start,
                        one.end,
                        one.start,
                        one.words
                    )
                },
            ),
        ),
        "ohms" => (
            "x.xml",
            written(
                "<ROOT><record><title>Talk</title><transcript>\n",
                &turns,
                "</transcript></record></ROOT>",
                |_, (who, _, words)| format!("{who}: {words}\n\n"),
            ),
        ),
        "otr" => (
            "x.otr",
            written("{\"text\": \"", &turns, "\", \"media\": \"\"}", |_, (who, at, words)| {
                format!("<p><span class=\\\"timestamp\\\" data-timestamp=\\\"{at:.2}\\\">0:01</span>{who}: {words}</p>")
            }),
        ),
        _ => (
            "x.yaml",
            written(
                "interleaf: interview/1\ntitle: Talk\nspeakers:\n- {id: okafor, name: Mira Okafor, role: \
                 interviewer}\n- {id: hale, name: Jonas Hale, role: guest}\nturns:\n",
                &turns,
                "",
                |_, (who, _, words)| {
                    let id = ["okafor", "hale"][number(who)];
                    format!("- speaker: {id}\n  text: |\n    {words}\n")
                },
            ),
        ),
    }
}

fn megabytes() -> usize {
    std::env::var("INTERLEAF_MB").ok().and_then(|value| value.parse().ok()).unwrap_or(4)
}

fn time(bencher: Bencher<'_, '_>, name: &str, bytes: &[u8]) {
    let options = Options::default();
    bencher.counter(BytesCount::of_slice(bytes)).with_inputs(|| bytes.to_vec()).bench_values(|bytes| {
        let read = read(bytes, name, &options);
        assert!(read.is_ok(), "{read:?}");
        read
    });
}

/// The best of five readings of each format, or of the formats whose names hold `wanted`.
fn by_processor_time(wanted: Option<String>) {
    let wanted = wanted.unwrap_or_default();
    let options = Options::default();
    for format in FORMATS.iter().filter(|format| format.contains(wanted.as_str())) {
        let (name, bytes) = document(format, &talk(megabytes() << 20));
        let mut best = u64::MAX;
        for _ in 0..5 {
            let copy = bytes.clone();
            let before = processor_time();
            let read = read(copy, name, &options);
            best = best.min(processor_time().saturating_sub(before)).max(1);
            assert!(read.is_ok(), "{read:?}");
        }
        let rate = bytes.len() as f64 / best as f64 * 1000.0;
        println!("{format:<14} {:>7.1} MB {rate:>7.1} MB/s", bytes.len() as f64 / 1e6);
    }
    if wanted.is_empty() {
        println!("\nreal transcripts");
        corpus_by_processor_time();
    }
}

/// The transcripts beside the repository, where they are to be had, folder by folder.
fn corpus_by_processor_time() {
    let corpus = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/corpus");
    let Ok(folders) = std::fs::read_dir(corpus) else { return };
    let mut folders: Vec<_> = folders.flatten().map(|folder| folder.path()).filter(|path| path.is_dir()).collect();
    folders.sort();
    for folder in folders {
        let files = std::fs::read_dir(&folder).into_iter().flatten().flatten();
        let files: Vec<_> =
            files.filter_map(|file| Some((file.file_name(), std::fs::read(file.path()).ok()?))).collect();
        let size: usize = files.iter().map(|(_, bytes)| bytes.len()).sum();
        let mut best = u64::MAX;
        for _ in 0..5 {
            let copies = files.clone();
            let before = processor_time();
            for (name, bytes) in copies {
                let _ = divan::black_box(read(bytes, &name.to_string_lossy(), &Options::default()));
            }
            best = best.min(processor_time().saturating_sub(before)).max(1);
        }
        let name = folder.file_name().unwrap_or_default().to_string_lossy();
        println!("{name:<14} {:>7.1} MB {:>7.1} MB/s", size as f64 / 1e6, size as f64 / best as f64 * 1000.0);
    }
}

/// Nanoseconds that this thread has had the processor.
fn processor_time() -> u64 {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    told.split(' ').next().and_then(|nanoseconds| nanoseconds.parse().ok()).unwrap_or_default()
}

#[divan::bench(sample_count = 10, sample_size = 1, args = FORMATS)]
fn import(bencher: Bencher<'_, '_>, format: &str) {
    let (name, bytes) = document(format, &talk(megabytes() << 20));
    time(bencher, name, &bytes);
}

#[divan::bench(sample_count = 3, sample_size = 1)]
fn captions_of_100_megabytes(bencher: Bencher<'_, '_>) {
    if std::env::var_os("INTERLEAF_LONG").is_none() {
        return;
    }
    let (name, mut bytes) = document("vtt", &talk(52 << 20));
    let end = bytes.iter().rposition(|byte| *byte == b'\n').unwrap_or(0);
    bytes.truncate(end);
    time(bencher, name, &bytes);
}

/// A crowd of ten thousand: time must grow with the words and not with the speakers.
#[divan::bench(sample_count = 5, sample_size = 1, args = [10, 10_000])]
fn speakers(bencher: Bencher<'_, '_>, speakers: usize) {
    let talk = talk(1 << 20);
    let bytes = written("", &talk, "", |number, one| {
        let speaker = number % speakers;
        format!("Person{speaker} Name{}: {}\n", speaker % 7, one.words)
    });
    time(bencher, "x.txt", &bytes);
}
