//! Importers of structured formats: captions, documents, tables, speech recognition, research tools.

mod asr_json;
mod blanks;
mod captions;
mod chapters;
mod chat;
mod chat_words;
mod columns;
mod cue_labels;
mod cues;
mod docx;
mod elan;
mod html;
mod html_scan;
mod lines;
mod markup;
mod ohms;
mod otr;
mod page;
mod paragraphs;
mod rolling;
mod srt;
mod table;
mod tei;
mod tei_header;
mod textgrid;
mod tiers;
mod trs;
mod vtt;
mod xml;

pub(super) use chapters::headings as chapters;

use super::detect::Importer;

/// One entry per format.
pub(super) static FORMATS: &[&dyn Importer] = &[
    &vtt::Vtt,
    &tei::Tei,
    &trs::Trs,
    &elan::Elan,
    &ohms::Ohms,
    &chat::Chat,
    &textgrid::TextGrid,
    &otr::Otr,
    &srt::Srt,
    &asr_json::Podcasting,
    &asr_json::Oyez,
    &asr_json::Whisper,
    &asr_json::Amazon,
    &asr_json::Watson,
    &asr_json::Google,
    &asr_json::Bare,
    &docx::Docx,
    &html::Html,
    &table::Table,
];
