//! ELAN's `.eaf`: tiers of annotations along a time line.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use super::textgrid::merge;
use super::tiers::{Interval, Tier};
use super::xml::{self, Event, Events, Tag};
use crate::import::detect::{Importer, Recognised, Sample, Source};
use crate::import::draft::Draft;
use crate::import::{ImportError, Options};

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
        let mut reader = Reader::default();
        let mut events = Events::of(&source);
        while let Some(event) = events.next()? {
            if let Event::Start(tag) = event {
                reader.element(tag, &mut events)?;
            }
        }
        Ok(reader.finish())
    }
}

#[derive(Default)]
struct Reader<'a> {
    date: Option<String>,
    /// Moments of the time slots in milliseconds.
    slots: HashMap<Cow<'a, str>, i64>,
    last_slot: i64,
    tiers: Vec<Tier>,
    /// The begin and end of annotations that others may refer to.
    moments: HashMap<Cow<'a, str>, (i64, i64)>,
    /// The begin and end of the annotation around, and its line.
    open: (i64, i64, u32),
    /// Intervals whose annotation refers to another one, by tier and place in it.
    referring: Vec<(usize, usize, Cow<'a, str>)>,
    refers_to: Option<Cow<'a, str>>,
    /// What annotations refer to that refer to others.
    chain: HashMap<Cow<'a, str>, Cow<'a, str>>,
}

impl<'a> Reader<'a> {
    fn element(&mut self, tag: Tag<'a>, events: &mut Events<'a>) -> Result<(), ImportError> {
        let own =
            |name: &str| tag.attribute(name).map(|value| value.trim().to_owned()).filter(|value| !value.is_empty());
        match tag.name {
            "ANNOTATION_DOCUMENT" => self.date = own("DATE").and_then(|date| date.split('T').next().map(str::to_owned)),
            "TIME_SLOT" => {
                // One without a time has that of the slot before.
                let time = tag.attribute("TIME_VALUE").and_then(|time| time.parse().ok());
                self.last_slot = time.unwrap_or(self.last_slot);
                self.slots.insert(tag.attribute("TIME_SLOT_ID").unwrap_or_default(), self.last_slot);
            }
            "TIER" => {
                let (name, participant) = (own("TIER_ID").unwrap_or_default(), own("PARTICIPANT"));
                let (parent, kind) = (own("PARENT_REF"), own("LINGUISTIC_TYPE_REF"));
                self.tiers.push(Tier { name, participant, line: events.line(), parent, kind, ..Tier::default() });
            }
            "ALIGNABLE_ANNOTATION" => {
                let at = |name: &str| tag.attribute(name).and_then(|slot| self.slots.get(&slot)).copied();
                self.open = (at("TIME_SLOT_REF1").unwrap_or(0), at("TIME_SLOT_REF2").unwrap_or(0), events.line());
                self.refers_to = None;
                if let Some(id) = tag.attribute("ANNOTATION_ID") {
                    self.moments.insert(id, (self.open.0, self.open.1));
                }
            }
            "REF_ANNOTATION" => {
                self.open = (0, 0, events.line());
                self.refers_to = tag.attribute("ANNOTATION_REF");
                if let Some((id, of)) = tag.attribute("ANNOTATION_ID").zip(self.refers_to.clone()) {
                    self.chain.insert(id, of);
                }
            }
            "ANNOTATION_VALUE" => {
                let words = events.words()?;
                let (start, end, line) = self.open;
                let number = self.tiers.len();
                if let Some(tier) = self.tiers.last_mut().filter(|_| !words.is_empty()) {
                    if let Some(of) = self.refers_to.take() {
                        self.referring.push((number - 1, tier.intervals.len(), of));
                    }
                    tier.intervals.push(Interval { start, end, line, words });
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn finish(mut self) -> Draft {
        for (tier, place, of) in &self.referring {
            let moment = self.moment(of);
            if let Some(interval) = self.tiers.get_mut(*tier).and_then(|tier| tier.intervals.get_mut(*place)) {
                (interval.start, interval.end) = moment;
            }
        }
        let with_words: HashSet<String> =
            self.tiers.iter().filter(|tier| !tier.intervals.is_empty()).map(|tier| tier.name.clone()).collect();
        for tier in &mut self.tiers {
            tier.below = tier.parent.as_ref().is_some_and(|parent| with_words.contains(parent));
        }
        let mut draft = merge(self.tiers);
        draft.metadata.date = self.date;
        draft
    }

    /// When the annotation of that id is, which may refer to others in turn.
    fn moment(&self, id: &str) -> (i64, i64) {
        const FAR: usize = 20;
        let mut id = id;
        for _ in 0..FAR {
            if let Some(moment) = self.moments.get(id) {
                return *moment;
            }
            match self.chain.get(id) {
                Some(next) => id = next,
                None => break,
            }
        }
        (0, 0)
    }
}
