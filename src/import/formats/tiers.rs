//! What annotation tools call tiers: which of them are somebody's words, and whose.

use std::collections::HashMap;

use crate::import::Warning;

/// A tier.
#[derive(Clone, Debug, Default)]
pub(super) struct Tier {
    /// Its name.
    pub name: String,
    /// Whose tier it is, where the tool knows that.
    pub participant: Option<String>,
    /// Its intervals with words, in the order of the file.
    pub intervals: Vec<Interval>,
    /// 1-based line on which it begins.
    pub line: u32,
    /// Whether it stands below another tier that has words.
    pub below: bool,
    /// The name of the tier that it stands below.
    pub parent: Option<String>,
    /// What the tool calls the kind of the tier.
    pub kind: Option<String>,
}

/// The tiers of a document, sorted by what they hold.
#[derive(Debug, Default)]
pub(super) struct Sorted {
    /// What was said, each word once, with the speaker of each tier.
    pub spoken: Vec<(Option<String>, Tier)>,
    /// Translations of it: the place of the tier in `spoken`, where that can be told.
    pub translations: Vec<(Option<usize>, Tier)>,
    /// What is to be said of the others.
    pub left_out: Vec<Warning>,
}

/// Words and when they are said.
#[derive(Clone, Debug)]
pub(super) struct Interval {
    /// Begin, in milliseconds.
    pub start: i64,
    /// End, in milliseconds.
    pub end: i64,
    /// 1-based line of the source.
    pub line: u32,
    /// The words.
    pub words: String,
}

/// Names of tiers whose intervals are smaller than words, or no speech at all.
#[rustfmt::skip]
const NO_SPEECH: &[&str] = &[
    "phone", "phones", "phoneme", "phonemes", "phonetic", "segment", "segments", "seg", "ipa", "syllable", "syllables",
    "syll", "tone", "tones", "tobi", "break", "breaks", "break indices", "pitch", "f0", "intensity", "point", "points",
    "pos", "gloss", "glosses", "lemma", "morph", "morphs", "morphemes", "gesture", "gestures", "gaze", "hand", "head",
    "noise", "noises", "silence", "silences", "comment", "comments", "note", "notes", "misc", "events", "stress",
    "wordcount",
];

/// Names of tiers of speech that say nothing of who speaks, the ones with the most words in an interval first.
#[rustfmt::skip]
const SPEECH: &[&str] = &[
    "utterance", "utterances", "sentence", "sentences", "phrase", "phrases", "transcript", "transcription", "text",
    "speech", "orthography", "ortho", "ort", "trs", "tx", "dialogue", "turn", "turns", "ipu", "default", "default-lt",
    "spch", "words", "word", "w", "tokens", "token", "wor", "mots", "wörter",
];

/// Names of tiers, or of their kinds, that hold the words in another language.
#[rustfmt::skip]
const TRANSLATION: &[&str] = &[
    "translation", "translations", "translated", "free translation", "free", "ft", "fte", "txe", "gloss-free",
    "freetranslation", "free_translation", "transl", "trad", "traduction", "traducción", "traduccion", "tradução",
    "traducao", "traduzione", "übersetzung", "uebersetzung", "перевод", "tłumaczenie", "翻译", "訳", "번역",
];

fn is_translation(tier: &Tier) -> bool {
    let (_, kind) = split(&tier.name);
    let own = tier.kind.as_deref().map(str::to_lowercase).unwrap_or_default();
    let says = |name: &str| {
        let mut words = name.split(['-', '_', ' ', '@', '.', ':', '/']);
        TRANSLATION.contains(&name) || words.any(|word| word.chars().count() > 1 && TRANSLATION.contains(&word))
    };
    says(&kind) || says(&own) || says(&tier.name.to_lowercase())
}

/// What each tier holds.
pub(super) fn sort(mut tiers: Vec<Tier>) -> Sorted {
    tiers.retain(|tier| !tier.intervals.is_empty());
    let (translations, others): (Vec<Tier>, Vec<Tier>) = tiers.into_iter().partition(is_translation);
    // Where nothing else has words, what is called a translation is all that there is.
    if others.is_empty() {
        let (spoken, left_out) = spoken(translations);
        return Sorted { spoken, left_out, ..Sorted::default() };
    }
    let (spoken, left_out) = spoken(others);
    let mut sorted = Sorted { spoken, left_out, ..Sorted::default() };
    for tier in translations {
        let by_parent = sorted.spoken.iter().position(|(_, one)| Some(&one.name) == tier.parent.as_ref());
        let whose = tier.participant.clone().or_else(|| split(&tier.name).0);
        let by_speaker = || sorted.spoken.iter().position(|(speaker, _)| speaker.is_some() && *speaker == whose);
        let of = by_parent.or_else(by_speaker).or((sorted.spoken.len() == 1).then_some(0));
        // One translation is shown beside the words, the first.
        if sorted.translations.iter().any(|(other, _)| *other == of) {
            let message = format!("the tier `{}`: another translation", tier.name);
            sorted.left_out.push(Warning { line: tier.line, message });
        } else {
            sorted.translations.push((of, tier));
        }
    }
    sorted
}

/// The tiers that hold what was said, each word once, with the speaker of each; and what is to be said of the others.
fn spoken(tiers: Vec<Tier>) -> (Vec<(Option<String>, Tier)>, Vec<Warning>) {
    let mut kept: Vec<(Option<String>, Tier, Rank)> = Vec::new();
    let mut left_out = Vec::new();
    let remark = |tier: &Tier| Warning { line: tier.line, message: format!("the tier `{}`", tier.name) };
    for tier in tiers {
        if tier.intervals.is_empty() {
            continue;
        }
        let (whose, kind) = split(&tier.name);
        let rank = SPEECH.iter().position(|known| *known == kind);
        if tier.below || (rank.is_none() && NO_SPEECH.contains(&kind.as_str())) {
            left_out.push(remark(&tier));
            continue;
        }
        let speaker = match (&tier.participant, whose, rank) {
            (Some(participant), ..) => Some(participant.clone()),
            (None, Some(whose), _) => Some(whose),
            (None, None, Some(_)) => None,
            (None, None, None) => Some(tier.name.clone()),
        };
        let words = count(&tier);
        kept.push((speaker, tier, (rank.unwrap_or(SPEECH.len()), std::cmp::Reverse(words))));
    }
    // Of several tiers of one speaker, the one with the longest intervals holds the words of the others.
    let mut best: Vec<(Option<String>, Tier, Rank)> = Vec::new();
    let mut places: HashMap<Option<String>, usize> = HashMap::new();
    for (speaker, tier, rank) in kept {
        let next = best.len();
        let place = *places.entry(speaker.clone()).or_insert(next);
        match best.get_mut(place) {
            Some(known) if rank < known.2 => {
                let worse = std::mem::replace(known, (speaker, tier, rank));
                left_out.push(remark(&worse.1));
            }
            Some(_) => left_out.push(remark(&tier)),
            None => best.push((speaker, tier, rank)),
        }
    }
    // A tier that names nobody beside tiers that name somebody is a layer of those.
    if best.iter().any(|(speaker, ..)| speaker.is_none()) && best.len() > 1 {
        let unnamed: usize = best.iter().filter(|one| one.0.is_none()).map(|one| count(&one.1)).sum();
        let named: usize = best.iter().filter(|one| one.0.is_some()).map(|one| count(&one.1)).sum();
        best.retain(|(speaker, tier, _)| {
            let keep = speaker.is_some() == (named > unnamed);
            if !keep {
                left_out.push(remark(tier));
            }
            keep
        });
    }
    (best.into_iter().map(|(speaker, tier, _)| (speaker, tier)).collect(), left_out)
}

/// How likely a tier is its speaker's words: the place of its kind, then the number of its words.
type Rank = (usize, std::cmp::Reverse<usize>);

fn count(tier: &Tier) -> usize {
    tier.intervals.iter().map(|interval| interval.words.split_whitespace().count()).sum()
}

/// `Mira - words`, `words@Mira`, `Mira_text`: whose a tier is and what kind it is of.
fn split(name: &str) -> (Option<String>, String) {
    let known = |part: &str| {
        let part = part.trim().to_lowercase();
        [SPEECH, NO_SPEECH, TRANSLATION].iter().any(|names| names.contains(&part.as_str()))
    };
    if known(name) {
        return (None, name.trim().to_lowercase());
    }
    if let Some((kind, whose)) = name.rsplit_once('@') {
        return (Some(whose.trim().to_owned()), kind.trim().to_lowercase());
    }
    for mark in [" - ", "-", "_", "/", ":", " "] {
        if let Some((whose, kind)) = name.rsplit_once(mark).filter(|(_, kind)| known(kind)) {
            return (Some(whose.trim().to_owned()), kind.trim().to_lowercase());
        }
        if let Some((kind, whose)) = name.split_once(mark).filter(|(kind, _)| known(kind)) {
            return (Some(whose.trim().to_owned()), kind.trim().to_lowercase());
        }
    }
    (None, String::new())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tiers(names: &[(&str, &str)]) -> Vec<Tier> {
        let tier = |(name, words): &(&str, &str)| Tier {
            name: (*name).to_owned(),
            intervals: vec![Interval { start: 0, end: 1, line: 1, words: (*words).to_owned() }],
            ..Tier::default()
        };
        names.iter().map(tier).collect()
    }

    fn found(names: &[(&str, &str)]) -> Vec<(Option<String>, String)> {
        spoken(tiers(names)).0.into_iter().map(|(speaker, tier)| (speaker, tier.name)).collect()
    }

    #[test]
    fn each_speaker_keeps_one_tier() {
        let some = |name: &str| Some(name.to_owned());
        assert_eq!(found(&[("phone", "m"), ("word", "Mary"), ("pitch", "1")]), [(None, "word".to_owned())]);
        assert_eq!(
            found(&[("Mira - words", "so"), ("Mira - phones", "s"), ("Jonas - words", "no")]),
            [(some("Mira"), "Mira - words".to_owned()), (some("Jonas"), "Jonas - words".to_owned())]
        );
        assert_eq!(
            found(&[("INT", "so"), ("words@JH", "no")]),
            [(some("INT"), "INT".to_owned()), (some("JH"), "words@JH".to_owned())]
        );
        assert_eq!(found(&[("word", "so"), ("utterance", "so it goes")]), [(None, "utterance".to_owned())]);
    }
}
