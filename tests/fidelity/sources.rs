//! The words of a source's body, read without the importers: by patterns and by other libraries.

use std::io::{Cursor, Read as _};

use interleaf::import::Imported;
use regex::Regex;
use serde_json::Value;

/// The words of a file's body; `None` where there is no second way to read it.
pub(crate) fn words_of(bytes: &[u8], name: &str, imported: &Imported) -> Option<String> {
    let report = &imported.report;
    let text = decoded(bytes, &report.encoding)?;
    Some(match report.format.as_str() {
        "docx" => docx(bytes),
        "html" => html(&text),
        "otr" => html(serde_json::from_str::<Value>(&text).ok()?["text"].as_str()?),
        "srt" | "vtt" => captions(&text),
        "table" => table(&text, imported),
        "tei" | "trs" | "elan" | "ohms" => xml(&text, &report.format, imported)?,
        "chat" => chat(&text),
        "textgrid" => textgrid(&text, imported),
        "interleaf" => native(&text)?,
        "text" | "markdown" => lines(&text),
        "whisper" | "podcasting" | "oyez" | "amazon" | "google" | "json" => json(&text, &report.format, name)?,
        _ => return None,
    })
}

fn decoded(bytes: &[u8], encoding: &str) -> Option<String> {
    let label = encoding.split(' ').next().unwrap_or_default();
    match encoding_rs::Encoding::for_label(label.as_bytes()) {
        Some(encoding) => Some(encoding.decode(bytes).0.into_owned()),
        None => Some(String::from_utf8_lossy(bytes).into_owned()),
    }
}

fn replace(text: &str, pattern: &str, with: &str) -> String {
    Regex::new(pattern).unwrap().replace_all(text, with).into_owned()
}

fn unescaped(text: &str) -> String {
    let mut text = text.to_owned();
    for (entity, character) in [
        ("&nbsp;", " "),
        ("&#160;", " "),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&apos;", "'"),
        ("&#39;", "'"),
        ("&#x27;", "'"),
        ("&rsquo;", "’"),
        ("&#8217;", "’"),
        ("&mdash;", "—"),
        ("&eacute;", "é"),
        ("&amp;", "&"),
    ] {
        text = text.replace(entity, character);
    }
    text
}

fn docx(bytes: &[u8]) -> String {
    let text = Regex::new(r"(?s)<w:t(?: [^>]*)?>(.*?)</w:t>|\x01").unwrap();
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut words = String::new();
    for part in ["word/document.xml", "word/footnotes.xml", "word/endnotes.xml"] {
        let mut xml = String::new();
        let Ok(mut file) = zip.by_name(part) else { continue };
        file.read_to_string(&mut xml).unwrap();
        xml = replace(&xml, r"(?s)<w:(del|moveFrom|instrText)\b[^>]*[^/]>.*?</w:(del|moveFrom|instrText)>", "");
        xml = replace(&xml, r"(?s)<mc:Fallback>.*?</mc:Fallback>", "");
        xml = replace(&xml, r"<w:(br|tab|cr|tc)\b[^>]*>|</w:p>", "\u{1}");
        // Only what stands in `w:t`, at any depth.
        for found in text.captures_iter(&xml) {
            words.push_str(found.get(1).map_or(" ", |text| text.as_str()));
        }
    }
    unescaped(&words)
}

fn html(text: &str) -> String {
    let mut text = replace(
        text,
        r"(?is)<!--.*?-->|<(script|style|head|svg|button|noscript)\b.*?</(script|style|head|svg|button|noscript)>",
        " ",
    );
    text = replace(&text, r#"(?is)<span[^>]*data-timestamp[^>]*>.*?</span>"#, " ");
    text = replace(&text, r"(?i)</?(b|i|em|strong|a|span|u|font|sup|sub|o:p|w)\b[^>]*>", "");
    unescaped(&replace(&text, r"(?s)<[^>]*>", " "))
}

/// Captions, without what each repeats of the one before.
fn captions(text: &str) -> String {
    let text = text.replace('\r', "");
    let mut text =
        replace(&text, r"(?m)^[ \t]*\[?-?[\d: ]+[.,:]?\d*\s*-->[^\]\n]*?\]?([^\d\s\]:.,%a-z].*)?$", "\u{1}$1");
    text = replace(&text, r"(?m)^WEBVTT.*$|^(Kind|Language): .*$", "");
    text = replace(&text, r"(?ms)^(NOTE|STYLE|REGION)\b.*?(\n\n|\z)", "\n");
    text = replace(&text, r"(?s)\A---\n.*?\n---\n", "");
    text = replace(&text, r"<v[^>]*>|</?(c|i|b|u|font|lang|v)\b[^>]*>|<\d[\d:.]*>|\{\\[^}]*\}", "");
    text = unescaped(&text);
    let mut out: Vec<&str> = Vec::new();
    let mut before: Vec<&str> = Vec::new();
    for cue in text.split('\u{1}') {
        let lines = cue.lines().map(str::trim).filter(|line| !line.is_empty() && line.parse::<u32>().is_err());
        let lines: Vec<&str> = lines.collect();
        out.extend(lines.iter().filter(|line| !before.contains(line)));
        if !lines.is_empty() {
            before = lines;
        }
    }
    out.join("\n")
}

/// All cells but those of columns that the report leaves out, and those of times.
fn table(text: &str, imported: &Imported) -> String {
    let delimiter =
        [b'\t', b';', b','].into_iter().max_by_key(|d| text.lines().next().unwrap().bytes().filter(|b| b == d).count());
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .has_headers(false)
        .delimiter(delimiter.unwrap())
        .from_reader(text.as_bytes());
    let rows: Vec<_> = reader.records().map(Result::unwrap).collect();
    let left_out =
        |name: &str| imported.report.left_out.iter().any(|one| one.message == format!("the column `{}`", name.trim()));
    let header = &rows[0];
    let is_header = header.iter().any(|name| {
        ["speaker", "sprecher", "text", "transcript"].iter().any(|known| name.to_lowercase().contains(known))
    });
    let mut words = String::new();
    for row in rows.iter().skip(usize::from(is_header)) {
        for (column, cell) in row.iter().enumerate() {
            if !is_header || !left_out(header.get(column).unwrap_or_default()) {
                words.push_str(cell);
                words.push('\n');
            }
        }
    }
    replace(&words, r"(?m)^\[?\d+([.,]\d+)?\]?$", "")
}

fn xml(text: &str, format: &str, imported: &Imported) -> Option<String> {
    let options = roxmltree::ParsingOptions { allow_dtd: true, ..Default::default() };
    let text = text.replace("&mdash;", "—");
    let tree = roxmltree::Document::parse_with_options(text.trim_start(), options).ok()?;
    let left_out = |name: &str| imported.report.left_out.iter().any(|one| one.message == format!("the tier `{name}`"));
    let mut words = String::new();
    for node in tree.descendants() {
        let inside = |names: &[&str]| node.ancestors().any(|one| names.contains(&one.tag_name().name()));
        let said = match format {
            "tei" => {
                node.is_text()
                    && inside(&["text", "u"])
                    && !inside(&["note", "fw", "spanGrp", "timeline", "corr", "reg"])
            }
            "trs" => node.is_text() && inside(&["Turn"]),
            "elan" => {
                node.is_text()
                    && inside(&["ANNOTATION_VALUE"])
                    && node.ancestors().all(|one| one.attribute("TIER_ID").is_none_or(|tier| !left_out(tier)))
            }
            _ => {
                let point = ["title", "partial_transcript", "synopsis", "keywords", "subjects"];
                let has_talk = !imported.interview.turns().is_empty() && inside(&["point"]);
                node.is_text()
                    && (inside(&["transcript", "vtt_transcript", "transcript_alt"])
                        || (inside(&["point"])
                            && inside(&point)
                            && !(has_talk
                                && inside(&["partial_transcript"])
                                && tree
                                    .descendants()
                                    .any(|one| one.tag_name().name() == "transcript" && one.text().is_some()))))
            }
        };
        if said {
            // Elements of words stand without blanks between them, parts of words do too: blanks where the source has them.
            let apart = inside(&["w", "desc", "seg"]);
            words.push_str(if apart { " " } else { "" });
            words.push_str(node.text().unwrap_or_default());
            words.push_str(if apart { " " } else { "" });
        } else if node.is_element() && !["hi", "unclear", "emph"].contains(&node.tag_name().name()) {
            words.push(' ');
        }
        if format == "trs" && node.tag_name().name() == "Event" && node.attribute("type") == Some("noise") {
            words.push_str(node.attribute("desc").unwrap_or_default());
        }
    }
    for node in tree.descendants() {
        // Topics stand over the talk; in an index with more to tell they stand behind it as well.
        match node.tag_name().name() {
            "Topic" if format == "trs" => {
                words.push(' ');
                words.push_str(node.attribute("desc").unwrap_or_default());
            }
            "point" if format == "ohms" && !imported.interview.back().is_empty() => {
                let title = node.children().find(|one| one.tag_name().name() == "title").and_then(|title| title.text());
                words.push_str(title.unwrap_or_default());
            }
            _ => continue,
        }
        words.push(' ');
    }
    Some(words)
}

fn chat(text: &str) -> String {
    let joined = replace(text, r"\r?\n\t", " ");
    let omitted = Regex::new(r"^0\D|^\([\d.:]+\)$|^\d+_\d+$").unwrap();
    let mut words = String::new();
    for topic in joined.lines().filter_map(|line| line.strip_prefix("@Bg:")) {
        words.push_str(topic);
        words.push('\n');
    }
    for line in joined.lines().filter(|line| line.starts_with("*") || line.starts_with("%eng")) {
        let said = line.split_once(':').map_or("", |(_, said)| said);
        let said = replace(said, "\u{15}[^\u{15}]*\u{15}|\\[[^\\]]*\\]|[<>]", " ");
        for word in said.split_whitespace() {
            if !omitted.is_match(word) {
                let word = replace(word, r"@.*$|[()↑↓⌈⌉⌊⌋‹›]", "");
                words.push_str(&replace(&word, r"[_:]", " "));
                words.push(' ');
            }
        }
    }
    words
}

fn textgrid(text: &str, imported: &Imported) -> String {
    let left_out = |name: &str| imported.report.left_out.iter().any(|one| one.message == format!("the tier `{name}`"));
    let quoted = Regex::new(r#""((?:[^"]|"")*)""#).unwrap();
    let all: Vec<_> = quoted.captures_iter(text).map(|found| found[1].replace("\"\"", "\"")).collect();
    let mut words = String::new();
    let (mut open, mut at) = (false, 2);
    while at < all.len() {
        if all[at] == "IntervalTier" || all[at] == "TextTier" {
            open = !left_out(&all[at + 1]);
            at += 2;
            continue;
        }
        let silent = ["sp", "sil", "#", "_", "<sil>", "<p:>"].contains(&all[at].as_str());
        if open && !silent {
            words.push_str(&all[at]);
            words.push('\n');
        }
        at += 1;
    }
    words
}

fn native(text: &str) -> Option<String> {
    let document: serde_yaml::Value = serde_yaml::from_str(text).ok()?;
    let mut words = String::new();
    let mut add = |value: Option<&serde_yaml::Value>| {
        words.push_str(value.and_then(serde_yaml::Value::as_str).unwrap_or_default());
        words.push('\n');
    };
    add(document.get("front"));
    add(document.get("back"));
    for turn in document.get("turns").and_then(serde_yaml::Value::as_sequence).into_iter().flatten() {
        add(turn.get("text"));
        add(turn.get("translation"));
    }
    for topic in document.get("topics").and_then(serde_yaml::Value::as_sequence).into_iter().flatten() {
        add(topic.get("title"));
    }
    Some(words)
}

/// A Markdown or plain text without what is no word of the talk: front matter, addresses, images.
fn lines(source: &str) -> String {
    let mut text = source.replace("\r\n", "\n");
    if let Some(end) = text.strip_prefix("---\n").and_then(|rest| rest.find("\n---\n")) {
        text = text[end + 9..].to_owned();
    }
    for (pattern, with) in [
        (r"!\[[^\]]*\]\([^)]*\)", " "),
        (r"\]\([^)]*\)", " "),
        (r"(?m)^ {0,3}\[[^\]]+\]: .*$", " "),
        (r"(\[[^\]]+)\]\[[^\]]*\]", "$1"),
        (r"<[a-z/][^>]*>", " "),
    ] {
        text = replace(&text, pattern, with);
    }
    text
}

/// The strings of a JSON in the places where its kind has what was said.
fn json(text: &str, format: &str, name: &str) -> Option<String> {
    let document: Value = serde_json::from_str(&text.replace("NaN", "null")).ok()?;
    let mut words = String::new();
    let mut add = |value: &Value| {
        words.push_str(value.as_str().unwrap_or_default());
        words.push('\n');
    };
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    match format {
        "whisper" => {
            let segments = [list(&document["segments"]), list(&document["transcription"])].concat();
            segments.iter().for_each(|segment| add(&segment["text"]));
            if segments.is_empty() {
                add(&document["text"]);
            }
        }
        "podcasting" => list(&document["segments"]).iter().for_each(|segment| add(&segment["body"])),
        "oyez" => {
            let turns = list(&document["transcript"]["sections"])
                .iter()
                .flat_map(|one| list(&one["turns"]))
                .collect::<Vec<_>>();
            turns.iter().flat_map(|turn| list(&turn["text_blocks"])).for_each(|block| add(&block["text"]));
        }
        "amazon" => {
            list(&document["results"]["items"]).iter().for_each(|item| add(&item["alternatives"][0]["content"]));
        }
        "json" if document.is_array() => list(&document).iter().for_each(|one| {
            let one = if one["alternatives"].is_array() { &one["alternatives"][0] } else { one };
            let said =
                ["text", "transcript", "body", "content"].iter().map(|key| &one[*key]).find(|said| said.is_string());
            add(said.unwrap_or(&Value::Null));
        }),
        "watson" => {
            list(&document["results"]).iter().for_each(|result| add(&result["alternatives"][0]["transcript"]));
        }
        "google" => {
            let results = list(&document["results"]);
            let words = list(&results.last()?["alternatives"][0]["words"]);
            words.iter().for_each(|word| add(&word["word"]));
        }
        _ if document["utterances"].is_array() => {
            list(&document["utterances"]).iter().for_each(|one| add(&one["text"]));
        }
        _ if document["monologues"].is_array() => {
            let monologues = list(&document["monologues"]);
            let elements = monologues.iter().flat_map(|one| list(&one["elements"]));
            elements.for_each(|element| add(&element["value"]));
        }
        _ if document["events"].is_array() => {
            let events = list(&document["events"]);
            events.iter().flat_map(|one| list(&one["segs"])).for_each(|part| add(&part["utf8"]));
        }
        _ if document["results"]["channels"].is_array() => {
            add(&document["results"]["channels"][0]["alternatives"][0]["transcript"]);
        }
        _ => {
            println!("{name} has a shape of its own");
            return None;
        }
    }
    Some(words)
}
