//! What a paragraph says of who speaks it.

use super::cues::{self, Found};
use super::lexicon::{self, Lexicon};
use super::scan::Scan;
use super::{Names, Paragraph};

/// What a paragraph gives away.
#[derive(Clone, Debug, Default)]
pub(super) struct Signals {
    /// Reasons with their points; positive ones speak for the questioner.
    pub(super) reasons: Vec<(&'static str, i32)>,
    /// The sum of the reasons' points.
    pub(super) points: i32,
    /// Length in words; two characters of Han or kana count as one.
    pub(super) words: u32,
    /// The same as a logarithm to base 2.
    pub(super) length: f32,
    /// Whether it puts something to the other, so that an answer is expected.
    pub(super) asks: bool,
    /// Whether it ends with a question mark.
    pub(super) ends_asking: bool,
    /// Whether it opens as answers do.
    pub(super) replies: bool,
    /// Whether it opens as if it went on with the paragraph before.
    pub(super) goes_on: bool,
    /// Whether its last sentence is to be continued, as before a list or a quotation.
    pub(super) unfinished: bool,
    /// Whether it looks like an item of a list of terms.
    pub(super) item: bool,
    /// Whether it does nothing but acknowledge.
    pub(super) nods: bool,
    /// Whether it ends as sentences do; items of a list often do not.
    pub(super) whole: bool,
    /// Whether it hesitates or breaks off, as talk does and edited text does not.
    pub(super) rough: bool,
    /// How often it has what fills talk: *you know*.
    pub(super) oral: u32,
    /// Whether it calls the questioner, the answerer by name.
    pub(super) calls: [bool; 2],
}

/// Reads the signals of all paragraphs.
pub(super) fn read(paragraphs: &[Paragraph<'_>], lexicon: &Lexicon, names: Names<'_>) -> Vec<Signals> {
    let names = [first_name(names.questioner), first_name(names.answerer)];
    let mut scan = Scan::default();
    paragraphs
        .iter()
        .map(|paragraph| {
            scan.read(paragraph.text, lexicon.elides);
            let mut signals = weigh(&scan, lexicon);
            signals.calls = [scan.calls(&names[0]), scan.calls(&names[1])];
            signals
        })
        .collect()
}

/// The part of a name by which one calls a person, in lower case.
fn first_name(name: Option<&str>) -> String {
    let name = name.and_then(|name| name.split_whitespace().next()).unwrap_or_default().to_lowercase();
    if name.chars().count() < 2 { String::new() } else { name }
}

/// Words of a term before its colon at most.
const ITEM: usize = 3;

/// What the sentences of a paragraph give away together.
#[derive(Default)]
struct Tally {
    total: Found,
    opening: Found,
    last: Found,
    /// Asks the other to tell.
    prompts: bool,
    /// Asks the other before its last sentence.
    inside: bool,
    /// Sentences after such a question.
    after: u32,
    /// Sums up the other.
    abouts: bool,
    ends_asking: bool,
    ends_quoted: bool,
    ends_reported: bool,
    /// Sentences that only acknowledge.
    nodding: usize,
}

fn tally(scan: &Scan, lexicon: &Lexicon) -> Tally {
    let mut tally = Tally::default();
    let count = scan.sentences.len();
    for (place, &sentence) in scan.sentences.iter().enumerate() {
        let found = cues::find(scan, sentence, lexicon);
        let direct = sentence.question && !sentence.quoted;
        // *Am I on the right track?* is about the other's opinion.
        tally.total.own += if direct { 0 } else { found.own };
        tally.total.you += found.you;
        tally.total.holds |= found.holds;
        tally.total.oral += found.oral;
        let said = found.reports > 3 && found.opens & lexicon::ASKS == 0 && found.you == 0;
        let reported = found.announced || said;
        if place == 0 {
            tally.opening = found;
        }
        if place + 1 == count {
            tally.last = found;
            tally.ends_asking = direct || (!sentence.quoted && lexicon.asks_at_end(scan.sentence(sentence)));
            tally.ends_quoted = sentence.question && sentence.quoted;
            tally.ends_reported = reported;
        } else if direct && !reported && found.you > found.own && !found.tagged {
            tally.inside = true;
            tally.after = 0;
        } else if tally.inside {
            tally.after += 1;
        }
        tally.prompts |= found.opens & lexicon::PROMPT != 0 && !sentence.quoted && (place < 2 || place + 2 >= count);
        tally.abouts |= found.opens & lexicon::ABOUT != 0 && place < 2;
        if found.opens & lexicon::NOD != 0 && sentence.end - sentence.first <= 3 {
            tally.nodding += 1;
        }
    }
    tally
}

fn weigh(scan: &Scan, lexicon: &Lexicon) -> Signals {
    let Tally {
        total,
        opening,
        last,
        prompts,
        inside,
        after,
        abouts,
        ends_asking,
        ends_quoted,
        ends_reported,
        nodding,
    } = tally(scan, lexicon);
    let words = scan.words.len() as u32 - scan.alone + scan.alone.div_ceil(2);
    let mut signals = Signals { words, length: (words.max(1) as f32).log2(), ..Signals::default() };
    let mut add = |reason: &'static str, points: i32| {
        if points != 0 {
            signals.reasons.push((reason, points));
            signals.points += points;
        }
    };
    let unmarked = !ends_asking && !ends_quoted && last.opens & lexicon::ASKS != 0 && last.inverted;
    let lean = total.own - total.you;
    if ends_asking && last.tagged {
        add("asks for assent at the end", 3);
    } else if ends_asking && ends_reported {
        add("ends with a reported question", 1);
    } else if ends_asking && (last.you > 0 || total.you > total.own) {
        add("ends with a question to the other", 7);
    } else if ends_asking {
        add("ends with a question", 5);
    } else if unmarked {
        add("ends like a question without its mark", 3);
    }
    let puts = inside && after < 2 && lean < 0;
    if inside && lean < 0 {
        add("asks the other", if puts { 3 } else { 1 });
    }
    if prompts {
        add("asks the other to tell", 5);
    }
    if opening.opens & lexicon::ASKS != 0 && (ends_asking || inside) && !last.tagged {
        add("opens with a question word", 3);
    }
    if total.holds & lexicon::HOST != 0 {
        add("thanks, welcomes or takes leave as a host", 5);
    } else if total.holds & lexicon::GUEST != 0 {
        add("thanks or replies as a guest", -5);
    }
    if total.holds & lexicon::OWN != 0 && !ends_asking {
        add("tells of itself", -4);
    }
    if abouts && lean <= 0 {
        add("opens with what the other said or did", 3);
    }
    let replies = opening.opens & lexicon::REPLY != 0;
    if replies && !ends_asking && !prompts {
        add("opens like an answer", -1);
    }
    let nods = nodding > 0 && nodding == scan.sentences.len();
    if nods {
        add("only acknowledges", 3);
    }
    add(
        "speaks of itself more than of the other",
        match lean {
            ..=0 => 0,
            1..=2 => -1,
            3..=5 => -2,
            _ => -4,
        },
    );
    if !ends_asking && words <= 60 {
        add("speaks of the other more than of itself", i32::from(lean < 0) + i32::from(lean < -2));
    }
    add("is long", -(i32::from(words > 45) + i32::from(words > 80) + 3 * i32::from(words > 150)));
    signals.asks = (ends_asking && !last.tagged && !ends_reported) || unmarked || prompts || puts;
    signals.ends_asking = ends_asking;
    signals.replies = replies;
    signals.goes_on = opening.opens & lexicon::GOES_ON != 0;
    signals.nods = nods;
    signals.whole = scan.whole;
    signals.unfinished = scan.unfinished;
    signals.item = scan.words.iter().take(ITEM).any(|word| word.colon) && scan.words.len() > ITEM;
    signals.oral = total.oral.unsigned_abs();
    signals.rough = scan.broken || total.holds & lexicon::HESITATES != 0;
    signals
}
