//! Annotations, and whole files of them, written as if they were new.

use super::super::schema::{self, ANNOTATIONS, KEYS};
use super::super::yaml_out::{self, Within};
use super::{Document, Header, order};
use crate::model::{Annotation, Correction};

impl Document {
    /// A new block.
    pub(super) fn block(&self, annotation: &Annotation, indent: usize) -> String {
        let newline = self.newline();
        let mut out = String::new();
        let mut line = |text: String| {
            let dash = if out.is_empty() { "- " } else { "  " };
            out.push_str(&format!("{}{dash}{text}{newline}", " ".repeat(indent)));
        };
        for key in KEYS {
            if let Some(value) = schema::value_of(annotation, key) {
                line(format!("{key}:{}", value.render(indent + 4, newline)));
            }
        }
        for (key, value) in self.unknown_of.get(&annotation.id).into_iter().flatten() {
            line(format!("{}: {}", yaml_out::scalar(key, Within::Block), yaml_out::flow(value)));
        }
        out
    }

    /// The whole file, written as if it were new.
    pub(super) fn written_anew(
        &self,
        annotations: &[Annotation],
        corrections: &[Correction],
        header: &Header,
    ) -> String {
        let newline = self.newline();
        let known = if self.header == Header::default() { header } else { &self.header };
        // A file that holds nothing but comments keeps them at its head.
        let mut out = if self.says_nothing() { self.ended(self.text.clone()) } else { String::new() };
        let mut line = |text: &str| {
            out.push_str(text);
            out.push_str(newline);
        };
        let scalar = |text: &str| yaml_out::scalar(text, Within::Block);
        line(&format!("interleaf: {ANNOTATIONS}"));
        for (key, text) in [
            ("interview", Some(&known.interview)),
            ("title", Some(&known.title)),
            ("annotator", known.annotator.as_ref()),
        ] {
            if let Some(text) = text.filter(|text| !text.is_empty()) {
                line(&format!("{key}: {}", scalar(text)));
            }
        }
        for (key, value) in &self.unknown {
            line(&format!("{}: {}", scalar(key), yaml_out::flow(value)));
        }
        if !corrections.is_empty() {
            line("corrections:");
            corrections.iter().for_each(|correction| line(&format!("- {}", schema::correction(correction))));
        }
        line("annotations:");
        let mut sorted: Vec<&Annotation> = annotations.iter().collect();
        sorted.sort_by(|a, b| (order(a), a.created, &a.id).cmp(&(order(b), b.created, &b.id)));
        sorted.into_iter().for_each(|annotation| out.push_str(&self.block(annotation, 0)));
        out
    }
}
