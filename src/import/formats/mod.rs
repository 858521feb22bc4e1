//! Importers of structured formats: captions, documents, tables, speech recognition, research tools.

mod asr_json;
mod captions;
mod columns;
mod cue_labels;
mod cues;
mod docx;
mod html;
mod html_scan;
mod lines;
mod markup;
mod page;
mod paragraphs;
mod rolling;
mod srt;
mod table;
mod vtt;

use super::detect::Importer;

/// One entry per format.
pub(super) static FORMATS: &[&dyn Importer] = &[
    &vtt::Vtt,
    &srt::Srt,
    &asr_json::Podcasting,
    &asr_json::Oyez,
    &asr_json::Whisper,
    &asr_json::Amazon,
    &asr_json::Google,
    &asr_json::Bare,
    &docx::Docx,
    &html::Html,
    &table::Table,
];
