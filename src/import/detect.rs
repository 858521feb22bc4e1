//! Which format a document is in, told from its content; the name's extension only breaks ties.

use super::draft::Draft;
use super::encoding;
use super::formats::FORMATS;
use super::text;
use super::{ImportError, Options, Report};

/// Reads one format.
pub trait Importer: Sync {
    /// The format's name for `--format`, the report and the document's source.
    fn name(&self) -> &'static str;

    /// Extensions, in lower case, that files of this format usually have; the first is the commonest.
    fn extensions(&self) -> &'static [&'static str];

    /// How much a document looks like this format; `None` where it cannot be that.
    fn recognise(&self, sample: &Sample<'_>) -> Option<Recognised>;

    /// What the source says.
    ///
    /// # Errors
    ///
    /// Where the source breaks the format.
    fn import(&self, source: Source, options: &Options) -> Result<Draft, ImportError>;
}

/// A document before it is understood.
#[derive(Debug)]
pub struct Source {
    /// The file's name, for messages.
    pub name: String,
    /// The whole text without a byte order mark; empty for an archive. Line ends are as in the file: `\n`, `\r\n`,
    /// a lone `\r`, NEL, U+2028 and U+2029.
    pub text: String,
    /// The whole file, for a zip archive only.
    pub archive: Vec<u8>,
}

/// What a format is recognised by.
#[derive(Clone, Copy, Debug)]
pub struct Sample<'a> {
    /// The file's extension in lower case, without the dot.
    pub extension: &'a str,
    /// The beginning of the text, up to 64 KiB; empty for an archive.
    pub text: &'a str,
    /// The whole file, for a zip archive only.
    pub archive: &'a [u8],
}

/// How much a document looks like a format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Recognised {
    /// 100: a signature that nothing else has; 80: the structure fits throughout; 50: it fits mostly; 10: it can be
    /// read so.
    pub score: u8,
    /// By what, as a phrase that follows "because": `it begins with WEBVTT`.
    pub because: &'static str,
}

/// More than this is not read.
const LARGEST: usize = 1 << 30;

/// How much of the text formats are recognised by.
const SAMPLE: usize = 64 << 10;

/// What an extension that fits adds to a score.
const EXTENSION: u8 = 5;

/// All importers, the ones with the sharper signatures first.
pub(super) fn importers() -> impl Iterator<Item = &'static dyn Importer> {
    FORMATS.iter().chain(text::FORMATS).copied()
}

/// The document's text or archive; refuses what cannot be read at all.
pub(super) fn open(bytes: Vec<u8>, name: &str, report: &mut Report) -> Result<Source, ImportError> {
    let owned = || name.to_owned();
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(ImportError::Empty { name: owned() });
    }
    if bytes.len() > LARGEST {
        return Err(ImportError::TooLarge { name: owned(), limit: (LARGEST >> 20) as u32 });
    }
    if bytes.starts_with(b"PK\x03\x04") {
        return Ok(Source { name: owned(), text: String::new(), archive: bytes });
    }
    if let Some((what, advice)) = binary(&bytes) {
        return Err(ImportError::NotText { name: owned(), what: what.to_owned(), advice: advice.to_owned() });
    }
    let Some(text) = encoding::decode(bytes, report) else {
        return Err(ImportError::NotText {
            name: owned(),
            what: "a binary file".to_owned(),
            advice: "save it as text, DOCX or another format that holds words".to_owned(),
        });
    };
    if text.trim().is_empty() {
        return Err(ImportError::Empty { name: owned() });
    }
    Ok(Source { name: owned(), text, archive: Vec::new() })
}

/// The importer for a document, and why it was chosen.
pub(super) fn importer(source: &Source, options: &Options) -> Result<(&'static dyn Importer, String), ImportError> {
    if let Some(format) = &options.format {
        let found = importers().find(|importer| importer.name().eq_ignore_ascii_case(format));
        return found.map(|importer| (importer, "it was asked for".to_owned())).ok_or_else(|| {
            let known: Vec<_> = importers().map(Importer::name).collect();
            ImportError::UnknownFormat { format: format.clone(), known: known.join(", ") }
        });
    }
    let extension = source.name.rsplit_once('.').map(|(_, extension)| extension.to_lowercase()).unwrap_or_default();
    let sample = Sample { extension: &extension, text: head(&source.text, SAMPLE), archive: &source.archive };
    let mut best: Option<(u8, &'static dyn Importer, &'static str)> = None;
    for importer in importers() {
        let Some(recognised) = importer.recognise(&sample) else { continue };
        let fits = importer.extensions().contains(&sample.extension);
        let score = recognised.score.saturating_add(if fits { EXTENSION } else { 0 });
        if best.is_none_or(|(highest, ..)| score > highest) {
            best = Some((score, importer, recognised.because));
        }
    }
    best.map(|(_, importer, because)| (importer, because.to_owned())).ok_or_else(|| ImportError::NotText {
        name: source.name.clone(),
        what: "an archive without a document that is known here".to_owned(),
        advice: "unpack it, or save the document as DOCX or text".to_owned(),
    })
}

/// The first `bytes` bytes of `text`, cut at a character.
fn head(text: &str, bytes: usize) -> &str {
    let mut end = bytes.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// What a file that is no text is, and what helps.
fn binary(bytes: &[u8]) -> Option<(&'static str, &'static str)> {
    const TRANSCRIBE: &str = "transcribe it first, then open the transcript";
    const SIGNATURES: &[(usize, &[u8], &str, &str)] = &[
        (0, b"%PDF-", "a PDF", "turn it into text with `pdftotext -layout`"),
        (0, b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "an old Word document (.doc)", "save it as DOCX"),
        (0, b"{\\rtf", "an RTF document", "save it as DOCX or text"),
        (0, b"ID3", "a sound recording", TRANSCRIBE),
        (0, b"\xFF\xFB", "a sound recording", TRANSCRIBE),
        (0, b"\xFF\xF3", "a sound recording", TRANSCRIBE),
        (0, b"\xFF\xF1", "a sound recording", TRANSCRIBE),
        (0, b"OggS", "a sound recording", TRANSCRIBE),
        (0, b"fLaC", "a sound recording", TRANSCRIBE),
        (0, b"FORM", "a sound recording", TRANSCRIBE),
        (8, b"WAVE", "a sound recording", TRANSCRIBE),
        (8, b"AVI ", "a video", TRANSCRIBE),
        (4, b"ftyp", "a recording", TRANSCRIBE),
        (0, b"\x1A\x45\xDF\xA3", "a video", TRANSCRIBE),
        (0, b"\x89PNG\r\n", "an image", "turn it into text with a program for text recognition"),
        (0, b"\xFF\xD8\xFF", "an image", "turn it into text with a program for text recognition"),
        (0, b"GIF8", "an image", "turn it into text with a program for text recognition"),
        (8, b"WEBP", "an image", "turn it into text with a program for text recognition"),
        (0, b"II*\x00", "an image", "turn it into text with a program for text recognition"),
        (0, b"MM\x00*", "an image", "turn it into text with a program for text recognition"),
        (0, b"\x7FELF", "a program", "choose a document"),
        (0, b"MZ\x90", "a program", "choose a document"),
        (0, b"\xCF\xFA\xED\xFE", "a program", "choose a document"),
        (0, b"\x1F\x8B", "a compressed file", "unpack it first"),
        (0, b"BZh", "a compressed file", "unpack it first"),
        (0, b"\xFD7zXZ", "a compressed file", "unpack it first"),
        (0, b"7z\xBC\xAF", "a compressed file", "unpack it first"),
        (0, b"Rar!", "a compressed file", "unpack it first"),
        (0, b"PK\x05\x06", "an empty archive", "choose a document"),
        (0, b"SQLite format 3", "a database", "export the transcript as text"),
    ];
    SIGNATURES
        .iter()
        .find(|(at, signature, ..)| bytes.get(*at..).is_some_and(|rest| rest.starts_with(signature)))
        .map(|(_, _, what, advice)| (*what, *advice))
}
