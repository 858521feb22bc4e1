//! The reader's own format, `interleaf: interview/1`.

use super::fields;
use crate::import::detect::{Importer, Recognised, Sample, Source};
use crate::import::draft::Draft;
use crate::import::{ImportError, Options, labels};
use crate::model::{Correction, Interview, Role};
use crate::store::interview_file;

/// The reader's own format.
#[derive(Debug)]
pub(super) struct Native;

impl Importer for Native {
    fn name(&self) -> &'static str {
        "interleaf"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["yaml", "yml"]
    }

    fn recognise(&self, sample: &Sample<'_>) -> Option<Recognised> {
        let mut keys = sample.text.lines().take(50).filter(|line| !line.starts_with('#'));
        let says_so = keys.any(|line| {
            line.strip_prefix("interleaf:").is_some_and(|kind| kind.trim().trim_matches(['"', '\'']).contains('/'))
        });
        says_so.then_some(Recognised { score: 100, because: "it says `interleaf: …`" })
    }

    fn import(&self, source: Source, options: &Options) -> Result<Draft, ImportError> {
        let Source { name, mut text, .. } = source;
        // YAML knows a lone CR as the end of a line; what looks for lines does not.
        if !text.contains('\n') && text.contains('\r') {
            text = text.replace('\r', "\n");
        }
        if let Some(line) = fields::too_deep(&text) {
            let message = "the YAML is nested too deeply to be an interview".to_owned();
            return Err(ImportError::Malformed { name, line, column: 1, message });
        }
        let interview = interview_file::read(&text).map_err(|fault| ImportError::Malformed {
            name,
            line: fault.line as u32,
            column: fault.column as u32,
            message: match fault.excerpt.trim() {
                "" => fault.message,
                excerpt => format!("{}\n  {excerpt}", fault.message),
            },
        })?;
        Ok(Draft { ready: Some(as_asked(interview, options)), ..Draft::default() })
    }
}

/// The interview with the speakers' names and parts that the reader asks for.
fn as_asked(interview: Interview, options: &Options) -> Interview {
    let renames = options.speakers.iter().map(|(from, to)| Correction::Rename { from: from.clone(), to: to.clone() });
    let mut asked: Vec<Correction> = renames.collect();
    if let Some(name) = &options.interviewer {
        for speaker in &interview.speakers {
            let asks = labels::is_called(name, &speaker.name, &speaker.id);
            if asks || speaker.role == Role::Interviewer {
                let role = if asks { Role::Interviewer } else { Role::Guest };
                asked.push(Correction::Role { speaker: speaker.name.clone(), role });
            }
        }
    }
    crate::import::correct(&interview, &asked)
}
