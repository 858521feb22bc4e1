//! DOCX: quotes and notes under headings, for word processors.

use std::io::{self, Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::markdown::one_line;
use super::xml::Xml;
use super::{Document, ExportError, Exporter, Grouping, PlacedNote};

const CONTENT_TYPES: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/></Types>
"#;

const RELATIONSHIPS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>
"#;

const DOCUMENT_RELATIONSHIPS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>
"#;

/// Styles by the names that word processors know, so that a house style takes over.
const STYLES: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="22"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="120" w:line="276" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style><w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/><w:basedOn w:val="Normal"/><w:qFormat/><w:rPr><w:sz w:val="44"/></w:rPr></w:style><w:style w:type="paragraph" w:styleId="Subtitle"><w:name w:val="Subtitle"/><w:basedOn w:val="Normal"/><w:qFormat/><w:rPr><w:color w:val="595959"/></w:rPr></w:style><w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:qFormat/><w:pPr><w:keepNext/><w:spacing w:before="360"/><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/><w:sz w:val="30"/></w:rPr></w:style><w:style w:type="paragraph" w:styleId="Heading2"><w:name w:val="heading 2"/><w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:qFormat/><w:pPr><w:keepNext/><w:spacing w:before="240"/><w:outlineLvl w:val="1"/></w:pPr><w:rPr><w:b/><w:sz w:val="26"/></w:rPr></w:style><w:style w:type="paragraph" w:styleId="Quote"><w:name w:val="Quote"/><w:basedOn w:val="Normal"/><w:qFormat/><w:pPr><w:keepNext/><w:spacing w:before="200"/><w:ind w:left="567" w:right="567"/></w:pPr><w:rPr><w:i/></w:rPr></w:style><w:style w:type="paragraph" w:customStyle="1" w:styleId="Reference"><w:name w:val="Reference"/><w:basedOn w:val="Normal"/><w:pPr><w:keepNext/><w:ind w:left="567"/></w:pPr><w:rPr><w:color w:val="595959"/><w:sz w:val="19"/></w:rPr></w:style></w:styles>
"#;

/// A document with the interview's title, the notes under headings, each quote in the style `Quote` with who said it
/// below and the note as plain paragraphs.
///
/// ```
/// use interleaf::export::{Docx, Exporter};
///
/// let mut out = Vec::new();
/// Docx::default().export(&[], &mut out)?;
/// assert!(out.starts_with(b"PK"));
/// # Ok::<(), interleaf::export::ExportError>(())
/// ```
#[derive(Clone, Copy, Debug, Default)]
pub struct Docx {
    /// What the headings are.
    pub group_by: Grouping,
}

impl Exporter for Docx {
    fn export(&self, documents: &[Document], out: &mut dyn Write) -> Result<(), ExportError> {
        let body = body(documents, self.group_by)?;
        let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
        // The default time is fixed, so that the same notes are the same bytes.
        let options = SimpleFileOptions::default();
        let failed = |error| ExportError::Io(io::Error::other(error));
        for (name, content) in [
            ("[Content_Types].xml", CONTENT_TYPES.as_bytes()),
            ("_rels/.rels", RELATIONSHIPS.as_bytes()),
            ("word/document.xml", &body),
            ("word/styles.xml", STYLES.as_bytes()),
            ("word/_rels/document.xml.rels", DOCUMENT_RELATIONSHIPS.as_bytes()),
        ] {
            archive.start_file(name, options).map_err(failed)?;
            archive.write_all(content)?;
        }
        Ok(out.write_all(archive.finish().map_err(failed)?.get_ref())?)
    }
}

fn body(documents: &[Document], group_by: Grouping) -> io::Result<Vec<u8>> {
    let mut xml = Xml::unindented()?;
    xml.open("w:document", &[("xmlns:w", "http://schemas.openxmlformats.org/wordprocessingml/2006/main")])?;
    xml.open("w:body", &[])?;
    for document in documents {
        paragraph(&mut xml, "Title", &one_line(document.title()))?;
        let metadata = &document.interview.metadata;
        let origin = super::interview::origin(metadata);
        for line in [metadata.subtitle.as_deref().unwrap_or_default(), &origin] {
            if !line.trim().is_empty() {
                paragraph(&mut xml, "Subtitle", &one_line(line))?;
            }
        }
        for group in group_by.groups(document) {
            if !group.title.is_empty() {
                let style = if group.level == 0 { "Heading1" } else { "Heading2" };
                paragraph(&mut xml, style, &one_line(&group.title))?;
            }
            for note in group.notes {
                write_note(&mut xml, document, note)?;
            }
        }
        let orphans: Vec<_> = document.notes.iter().filter(|note| note.resolution.span().is_none()).collect();
        if !orphans.is_empty() {
            paragraph(&mut xml, "Heading1", "Notes that have lost their place")?;
        }
        for note in orphans {
            write_note(&mut xml, document, note)?;
        }
    }
    xml.empty("w:sectPr", &[])?;
    xml.close("w:body")?;
    xml.close("w:document")?;
    Ok(xml.finish())
}

fn write_note(xml: &mut Xml, document: &Document, note: &PlacedNote) -> io::Result<()> {
    let annotation = &note.annotation;
    for words in document.quote(note).split('\n').filter(|words| !words.trim().is_empty()) {
        paragraph(xml, "Quote", words)?;
    }
    let mut parts: Vec<String> = Vec::new();
    parts.extend(document.speaker(note).map(|speaker| one_line(&speaker.name)));
    parts.extend(document.time(note).map(|time| time.to_string()));
    parts.push(match annotation.status {
        Some(status) => format!("{} ({})", annotation.kind.name(), status.name()),
        None => annotation.kind.name().to_owned(),
    });
    parts.extend(annotation.due.map(|due| format!("due {due}")));
    parts.extend(annotation.tags.iter().map(|tag| format!("#{tag}")));
    parts.extend(note.annotator.as_ref().map(|annotator| format!("by {}", one_line(annotator))));
    paragraph(xml, "Reference", &parts.join(" · "))?;
    for line in annotation.note.lines().filter(|line| !line.trim().is_empty()) {
        paragraph(xml, "Normal", line)?;
    }
    Ok(())
}

fn paragraph(xml: &mut Xml, style: &str, words: &str) -> io::Result<()> {
    xml.open("w:p", &[])?;
    xml.open("w:pPr", &[])?;
    xml.empty("w:pStyle", &[("w:val", style)])?;
    xml.close("w:pPr")?;
    xml.open("w:r", &[])?;
    xml.leaf("w:t", &[("xml:space", "preserve")], words)?;
    xml.close("w:r")?;
    xml.close("w:p")
}
