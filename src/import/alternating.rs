//! A document in which each paragraph is followed by its translation, to one paragraph with its translation.
//!
//! An interview held in two languages, one who asks in the one and one who answers in the other, looks much the same:
//! there a label stands on one side only, and what stands beside each other is of very different length.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::Warning;
use super::draft::{Draft, HeadingPlace, Speech};
use super::language::{self, Sides};
use crate::text::width;

/// Fewer paragraphs than this in each language are quotations.
const FEWEST: usize = 4;

/// The most that the logarithms of the lengths' ratios spread where one is the other's translation.
const SPREAD: f64 = 0.5;

/// `draft` with what is a translation of the paragraph before it as such; as it was where it holds none.
pub(super) fn bring_together(draft: Draft) -> Draft {
    if draft.ready.is_some() || !draft.translations.is_empty() || draft.blocks.len() < 2 * FEWEST {
        return draft;
    }
    let paragraphs: Vec<&str> = draft.blocks.iter().map(|block| draft.words(block)).collect();
    let Some(sides) = language::sides(&paragraphs) else { return draft };
    let pairs = pairs(&sides.second);
    let fits = pairs.len() >= FEWEST && are_even(&pairs, paragraphs.len()) && are_alike(&pairs, &paragraphs);
    match fits.then(|| same_people(&draft, &pairs)).flatten() {
        Some(people) => with_translations(&draft, &pairs, &people, &sides),
        None => draft,
    }
}

/// Paragraphs in the first language, and those in the second that follow them.
struct Pair {
    original: Range<usize>,
    translation: Range<usize>,
}

fn pairs(second: &[bool]) -> Vec<Pair> {
    let mut pairs: Vec<Pair> = Vec::new();
    for (at, second) in second.iter().enumerate() {
        match pairs.last_mut() {
            Some(pair) if *second => pair.translation.end = at + 1,
            Some(pair) if pair.translation.is_empty() => {
                pair.original.end = at + 1;
                pair.translation = at + 1..at + 1;
            }
            _ => pairs.push(Pair { original: at..at + 1, translation: at + 1..at + 1 }),
        }
    }
    pairs
}

/// Whether most pairs have as many paragraphs on one side as on the other.
fn are_even(pairs: &[Pair], paragraphs: usize) -> bool {
    let even = pairs.iter().filter(|pair| pair.original.len() == pair.translation.len());
    even.map(|pair| 2 * pair.original.len()).sum::<usize>() * 10 >= paragraphs * 7
}

/// Whether what stands beside each other is about as long, by one measure for the whole document.
fn are_alike(pairs: &[Pair], paragraphs: &[&str]) -> bool {
    let length = |range: &Range<usize>| {
        paragraphs.get(range.clone()).unwrap_or_default().iter().map(|words| width(words)).sum::<usize>() as f64
    };
    let whole = pairs.iter().filter(|pair| !pair.translation.is_empty());
    let ratios: Vec<f64> =
        whole.map(|pair| ((length(&pair.translation) + 8.0) / (length(&pair.original) + 8.0)).ln()).collect();
    let mean = ratios.iter().sum::<f64>() / ratios.len().max(1) as f64;
    let spread = ratios.iter().map(|ratio| (ratio - mean).powi(2)).sum::<f64>() / ratios.len().max(1) as f64;
    spread.sqrt() <= SPREAD
}

/// For each label of the translation the one of the original that it stands for; `None` where they are of different
/// people, or where those who speak one language do not speak the other.
fn same_people(draft: &Draft, pairs: &[Pair]) -> Option<BTreeMap<u32, u32>> {
    let label = |at: usize| match draft.blocks.get(at).map(|block| block.speech) {
        Some(Speech::Labelled(label)) => Some(label),
        _ => None,
    };
    let (mut beside, mut people): (BTreeMap<(u32, u32), usize>, BTreeSet<u32>) = Default::default();
    let (mut labelled, mut translated) = (0, 0);
    for pair in pairs {
        let here = pair.original.clone().find_map(label);
        people.extend(here);
        labelled += usize::from(here.is_some());
        let there = pair.translation.clone().find_map(label);
        translated += usize::from(there.is_some());
        if let (Some(here), Some(there)) = (here, there) {
            *beside.entry((there, here)).or_default() += 1;
        }
    }
    if translated == 0 {
        // Labels stand before the originals, of more than one person, or nowhere.
        return (labelled == 0 || people.len() > 1).then(BTreeMap::new);
    }
    let mut best: BTreeMap<u32, (u32, usize)> = BTreeMap::new();
    for ((there, here), count) in &beside {
        let so_far = best.entry(*there).or_insert((*here, *count));
        if *count > so_far.1 {
            *so_far = (*here, *count);
        }
    }
    let agree: usize = best.values().map(|(_, count)| count).sum();
    let met: usize = beside.values().sum();
    let fits = people.len() > 1 && agree * 10 >= met * 9 && met * 10 >= translated * 8;
    fits.then(|| best.into_iter().map(|(there, (here, _))| (there, here)).collect())
}

fn with_translations(draft: &Draft, pairs: &[Pair], people: &BTreeMap<u32, u32>, sides: &Sides) -> Draft {
    let mut new = Draft {
        labels: draft.labels.clone(),
        declared: draft.declared.clone(),
        metadata: draft.metadata.clone(),
        left_out: draft.left_out.clone(),
        warnings: draft.warnings.clone(),
        ..Draft::default()
    };
    new.metadata.language = Some(sides.languages.0.to_owned());
    new.metadata.translation_language = Some(sides.languages.1.to_owned());
    let words = |at: usize| draft.blocks.get(at).map_or("", |block| draft.words(block));
    // The new number of each paragraph, or of the next one that stays.
    let mut moved = Vec::with_capacity(draft.blocks.len());
    for pair in pairs {
        for at in pair.original.clone() {
            moved.push(new.blocks.len() as u32);
            let Some(block) = draft.blocks.get(at) else { continue };
            let copy = new.push(words(at), block.line, block.speech);
            (copy.part, copy.time) = (block.part, block.time);
        }
        let first = new.blocks.len().saturating_sub(pair.original.len());
        for (place, at) in pair.translation.clone().enumerate() {
            moved.push(new.blocks.len() as u32);
            let original = (first + place.min(pair.original.len().saturating_sub(1))) as u32;
            new.translate(original, words(at));
        }
    }
    for heading in &draft.topics {
        let at = match heading.at {
            HeadingPlace::Block(block) => {
                HeadingPlace::Block(moved.get(block as usize).copied().unwrap_or(new.blocks.len() as u32))
            }
            time @ HeadingPlace::Time(_) => time,
        };
        let again = new.topics.last().is_some_and(|last| last.at == at && last.level == heading.level);
        if again {
            let message = format!("the translation’s heading “{}”", heading.title);
            new.left_out.push(Warning { line: 0, message });
        } else {
            new.topics.push(super::draft::Heading { at, ..heading.clone() });
        }
    }
    for (there, here) in people.iter().filter(|(there, here)| there != here) {
        let name = |label: &u32| draft.labels.get(*label as usize).map_or("", String::as_str);
        let message = format!("the translation’s label “{}”, which stands for {}", name(there), name(here));
        new.left_out.push(Warning { line: 0, message });
    }
    new
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(paragraphs: &[(&str, Option<&str>)]) -> Draft {
        let mut draft = Draft::default();
        for (words, label) in paragraphs {
            let speech = match label {
                Some(label) => Speech::Labelled(draft.label(label)),
                None => Speech::Unknown,
            };
            draft.push(words, 1, speech);
        }
        draft
    }

    const TALK: [(&str, &str); 6] = [
        ("Who looks after the bell now that the school is closed?", "学校关了以后，谁来照看那口钟？"),
        (
            "My sister does. She climbs up every Friday with a can of oil.",
            "我妹妹照看。她每个星期五都带着一罐油爬上去。",
        ),
        ("Has it ever fallen?", "它掉下来过吗？"),
        ("Once, in a flood year. It rang all the way down.", "掉过一次，那年发大水。它一路响着掉下来。"),
        ("What did the village do about it?", "村里人怎么办的？"),
        ("They held a meeting that lasted until the bell was back up.", "他们开会，一直开到钟挂回去为止。"),
    ];

    fn name(place: usize, names: [&'static str; 2]) -> Option<&'static str> {
        names.get(place % 2).copied()
    }

    #[test]
    fn a_translation_stands_beside_the_paragraph_before_it() {
        let labelled: Vec<_> = (0..)
            .zip(TALK)
            .flat_map(|(at, (here, there))| {
                [(here, name(at, ["Mira", "Jonas"])), (there, name(at, ["米拉", "约纳斯"]))]
            })
            .collect();
        let once: Vec<_> = (0..)
            .zip(TALK)
            .flat_map(|(at, (here, there))| [(here, name(at, ["Mira", "Jonas"])), (there, None)])
            .collect();
        for talk in [labelled, once] {
            let paired = bring_together(draft(&talk));
            assert_eq!(paired.blocks.len(), 6);
            let translations: Vec<&str> = paired.translations.iter().map(|(_, words)| words.as_str()).collect();
            assert_eq!(translations, TALK.map(|(_, there)| there));
            assert_eq!(paired.metadata.translation_language.as_deref(), Some("zh"));
        }
    }

    #[test]
    fn a_talk_held_in_two_languages_stays_as_it_is() {
        let talk: Vec<_> = TALK
            .chunks(2)
            .flat_map(|pair| [(pair[0].0, Some("Mira")), (pair[1].1, Some("Jonas"))])
            .chain(TALK.chunks(2).flat_map(|pair| [(pair[0].0, Some("Mira")), (pair[1].1, Some("Jonas"))]))
            .collect();
        assert!(bring_together(draft(&talk)).translations.is_empty());
    }

    #[test]
    fn languages_of_one_script_are_told_apart() {
        let talk = [
            ("Who looks after the bell now that the school on the hill is closed?", None),
            ("Wer kümmert sich um die Glocke, seit die Schule auf dem Hügel geschlossen ist?", None),
            ("My sister does, who climbs up every Friday with a can of oil in her hand.", None),
            ("Meine Schwester, die jeden Freitag mit einer Kanne Öl in der Hand hinaufsteigt.", None),
            ("Why?", None),
            ("Warum?", None),
            ("Because the bell would otherwise be heard in the next valley, and complain.", None),
            ("Weil man die Glocke sonst im nächsten Tal hören würde, und sie sich beschwert.", None),
            ("What did the village do when it fell down in the year of the great flood?", None),
            ("Was hat das Dorf getan, als sie im Jahr der großen Flut heruntergefallen ist?", None),
        ];
        let paired = bring_together(draft(&talk));
        assert_eq!(paired.translations.len(), 5, "{:?}", paired.translations);
        assert_eq!(paired.translations[2], (2, "Warum?".to_owned()));
        assert_eq!(paired.metadata.language.as_deref(), Some("en"));
    }
}
