//! ELAN's `.eaf`: tiers of annotations along a time line.

use std::collections::{HashMap, HashSet};

use roxmltree::Node;

use super::textgrid::merge;
use super::tiers::{Tier, spoken};
use super::xml;
use crate::import::detect::{Importer, Recognised, Sample, Source};
use crate::import::draft::Draft;
use crate::import::{ImportError, Options, Warning};

/// ELAN.
#[derive(Debug)]
pub(super) struct Elan;

impl Importer for Elan {
    fn name(&self) -> &'static str {
        "elan"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["eaf"]
    }

    fn recognise(&self, sample: &Sample<'_>) -> Option<Recognised> {
        let (name, _) = xml::root(sample.text)?;
        (name == "ANNOTATION_DOCUMENT").then_some(Recognised { score: 100, because: "its outermost element is ELAN's" })
    }

    fn import(&self, source: Source, _options: &Options) -> Result<Draft, ImportError> {
        let tree = xml::tree(&source)?;
        let root = tree.root_element();
        let times = times(root);
        let mut tiers = Vec::new();
        let mut parents: Vec<Option<String>> = Vec::new();
        let mut moments: HashMap<&str, (i64, i64)> = HashMap::new();
        for node in root.children().filter(|node| node.tag_name().name() == "TIER") {
            let own =
                |name: &str| node.attribute(name).map(str::trim).filter(|value| !value.is_empty()).map(str::to_owned);
            let mut tier =
                Tier { name: own("TIER_ID").unwrap_or_default(), participant: own("PARTICIPANT"), ..Tier::default() };
            for annotation in node.descendants().filter(|one| one.is_element()) {
                let id = annotation.attribute("ANNOTATION_ID").unwrap_or_default();
                let moment = match annotation.tag_name().name() {
                    "ALIGNABLE_ANNOTATION" => {
                        let at = |name: &str| annotation.attribute(name).and_then(|slot| times.get(slot)).copied();
                        (at("TIME_SLOT_REF1").unwrap_or(0), at("TIME_SLOT_REF2").unwrap_or(0))
                    }
                    "REF_ANNOTATION" => annotation
                        .attribute("ANNOTATION_REF")
                        .and_then(|of| moments.get(of))
                        .copied()
                        .unwrap_or_default(),
                    _ => continue,
                };
                moments.insert(id, moment);
                let words = xml::find_text(annotation, "ANNOTATION_VALUE").unwrap_or_default();
                if !words.is_empty() {
                    tier.intervals.push((moment.0, moment.1, words));
                }
            }
            parents.push(own("PARENT_REF"));
            tiers.push(tier);
        }
        let with_words: HashSet<String> =
            tiers.iter().filter(|tier| !tier.intervals.is_empty()).map(|tier| tier.name.clone()).collect();
        for (tier, parent) in tiers.iter_mut().zip(parents) {
            tier.below = parent.is_some_and(|parent| with_words.contains(&parent));
        }
        let (tiers, left_out) = spoken(tiers);
        let mut draft = merge(tiers);
        for name in left_out {
            draft.left_out.push(Warning { line: 0, message: format!("the tier `{name}`") });
        }
        draft.metadata.date = root.attribute("DATE").map(|date| date.split('T').next().unwrap_or(date).to_owned());
        Ok(draft)
    }
}

/// The moments of the time slots in milliseconds; one without a time has that of the slot before.
fn times<'a>(root: Node<'a, '_>) -> HashMap<&'a str, i64> {
    let mut times = HashMap::new();
    let mut last = 0;
    for slot in root.descendants().filter(|node| node.tag_name().name() == "TIME_SLOT") {
        last = slot.attribute("TIME_VALUE").and_then(|time| time.parse().ok()).unwrap_or(last);
        times.insert(slot.attribute("TIME_SLOT_ID").unwrap_or_default(), last);
    }
    times
}
