//! What a paragraph says of who speaks it.

use std::ops::Range;

use super::lexicon::{self, Classes, Lexicon};
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
            let mut signals = scan.weigh(lexicon);
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

/// A word of a paragraph.
#[derive(Clone, Copy, Debug)]
struct Word {
    /// Bytes in [`Scan::lower`].
    start: u32,
    end: u32,
    capital: bool,
    /// Whether a comma or the like follows.
    comma: bool,
    /// Whether a colon follows.
    colon: bool,
}

/// A sentence of a paragraph: a range of words.
#[derive(Clone, Copy, Debug, Default)]
struct Sentence {
    first: usize,
    end: usize,
    /// Whether a question mark ends it.
    question: bool,
    /// Whether its end is within quotation marks.
    quoted: bool,
}

/// A paragraph in words and sentences. The memory is used again for the next.
#[derive(Debug, Default)]
struct Scan {
    lower: String,
    words: Vec<Word>,
    sentences: Vec<Sentence>,
    /// Characters that are words by themselves.
    alone: u32,
    /// Whether it breaks off, or begins in the middle.
    broken: bool,
    unfinished: bool,
    whole: bool,
}

/// What is found in a sentence.
#[derive(Clone, Copy, Debug, Default)]
struct Found {
    own: i32,
    you: i32,
    /// Classes of what it opens with.
    opens: Classes,
    /// Classes of what stands in it.
    holds: Classes,
    /// Classes of what it ends with.
    ends: Classes,
    /// Whether a tag is all that makes it a question.
    tagged: bool,
    /// Whether the one spoken to stands behind its verb: *do you*.
    inverted: bool,
    /// Whether speech is reported before a colon.
    announced: bool,
    /// Words from the last one that reports speech to the end; 0 where there is none.
    reports: usize,
}

/// Words of a term before its colon at most.
const ITEM: usize = 3;
/// Longest stretch within brackets that is taken for a remark of the transcriber, in bytes.
const REMARK: usize = 60;

impl Scan {
    fn read(&mut self, text: &str, elides: bool) {
        self.lower.clear();
        self.words.clear();
        self.sentences.clear();
        self.alone = 0;
        let text = text.trim();
        // A paragraph that is one quotation is not reported speech within talk.
        let whole = text.starts_with(['"', '“', '«', '„', '「', '『']);
        let mut quoted = false;
        let mut low = false;
        let mut first = 0;
        let mut word: Option<usize> = None;
        let mut capital = false;
        let mut skip_to = 0;
        let mut letters = text.char_indices().peekable();
        while let Some((at, c)) = letters.next() {
            if at < skip_to {
                continue;
            }
            let next = letters.peek().map(|&(_, next)| next);
            if lexicon::is_letter(c) || (word.is_some() && lexicon::is_joint(c) && next.is_some_and(lexicon::is_letter))
            {
                if word.is_none() {
                    word = Some(self.lower.len());
                    capital = c.is_uppercase();
                }
                let joint = matches!(c, '\'' | '’');
                match c {
                    _ if joint => self.lower.push('\''),
                    _ if c.is_ascii() => self.lower.push(c.to_ascii_lowercase()),
                    _ => self.lower.extend(c.to_lowercase()),
                }
                if !(joint && elides) {
                    continue;
                }
            }
            if let Some(start) = word.take() {
                self.word(start, capital);
            }
            if lexicon::stands_alone(c) {
                let start = self.lower.len();
                self.lower.push(c);
                self.word(start, false);
                self.alone += 1;
                continue;
            }
            match c {
                '[' | '(' | '（' | '［' => {
                    if let Some(end) = remark(&text[at..]) {
                        skip_to = at + end;
                    }
                }
                '„' => (quoted, low) = (true, true),
                '“' => (quoted, low) = (!low, false),
                '”' | '」' | '』' => quoted = false,
                '「' | '『' => quoted = true,
                '"' | '«' | '»' => quoted = !quoted,
                ',' | '，' | '、' | ':' | '：' | ';' | '—' | '–' => {
                    if let Some(last) = self.words.last_mut() {
                        last.comma = true;
                        last.colon |= matches!(c, ':' | '：');
                    }
                }
                '?' | '？' | '؟' | '!' | '！' | '。' | '…' | '.' => {
                    let ends = c != '.' || next.is_none_or(|next| !next.is_alphanumeric());
                    let question = matches!(c, '?' | '？' | '؟');
                    if ends && first < self.words.len() {
                        let end = self.words.len();
                        self.sentences.push(Sentence { first, end, question, quoted: quoted && !whole });
                        first = end;
                    } else if question && let Some(last) = self.sentences.last_mut() {
                        last.question = true;
                    }
                }
                _ => {}
            }
        }
        if let Some(start) = word {
            self.word(start, capital);
        }
        if first < self.words.len() {
            self.sentences.push(Sentence { first, end: self.words.len(), question: false, quoted: quoted && !whole });
        }
        self.whole = text.ends_with(['.', '!', '?', '…', '”', '"', '»', '。', '！', '？', '」', '』', '-', '—']);
        self.unfinished = text.ends_with([':', '：', ',', '，', '、', ';']);
        self.broken = text.ends_with(['-', '—', '–']) || text.starts_with(char::is_lowercase);
    }

    fn word(&mut self, start: usize, capital: bool) {
        self.words.push(Word {
            start: start as u32,
            end: self.lower.len() as u32,
            capital,
            comma: false,
            colon: false,
        });
    }

    fn text(&self, word: usize) -> &str {
        let word = self.words[word];
        &self.lower[word.start as usize..word.end as usize]
    }

    fn sentence(&self, sentence: Sentence) -> &str {
        &self.lower[self.words[sentence.first].start as usize..self.words[sentence.end - 1].end as usize]
    }

    /// Whether somebody is called by this name: at the end or the beginning of a sentence, beside a comma.
    fn calls(&self, name: &str) -> bool {
        if name.is_empty() {
            return false;
        }
        self.sentences.iter().any(|sentence| {
            let at = |word: usize| self.text(word) == name;
            let last = sentence.end - 1;
            let opens = at(sentence.first) && (self.words[sentence.first].comma || last == sentence.first);
            let ends = at(last) && last > sentence.first && self.words[last - 1].comma;
            let within =
                (sentence.first + 1..last).any(|word| at(word) && self.words[word].comma && self.words[word - 1].comma);
            opens || ends || within
        })
    }

    /// How many words follow `word` in a row that the lexicon knows, and what the row is.
    fn row(&self, entry: &lexicon::Entry, word: usize, end: usize) -> Option<(usize, Classes)> {
        entry.longer.iter().find_map(|(rest, classes)| {
            let fits = word + rest.len() < end
                && rest.iter().enumerate().all(|(place, text)| self.text(word + 1 + place) == *text);
            fits.then_some((rest.len(), *classes))
        })
    }

    fn speaks_to(&self, mut words: Range<usize>, lexicon: &Lexicon) -> bool {
        words.any(|word| lexicon.entry(self.text(word)).is_some_and(|entry| entry.classes & ADDRESS != 0))
    }

    fn find(&self, sentence: Sentence, lexicon: &Lexicon) -> Found {
        let Sentence { first, end, .. } = sentence;
        let mut found = Found::default();
        let mut opening = first;
        let mut asked_to = first;
        let mut word = first;
        while word < end {
            let text = self.text(word);
            let entry = lexicon.entry(text);
            let row = entry.and_then(|entry| self.row(entry, word, end));
            let mut classes = entry.map_or(0, |entry| entry.classes);
            if classes == 0 && row.is_none() {
                classes = lexicon.by_ending(text);
            }
            let consumed = match row {
                Some((_, row)) if row & lexicon::FILLER != 0 && word < asked_to => 1,
                Some((rest, row)) if row & CONSUMES != 0 && row & lexicon::ASKS == 0 => {
                    classes = row;
                    rest + 1
                }
                Some((rest, row)) if lexicon::stands_alone(text.chars().next().unwrap_or(' ')) => {
                    // The first character alone means nothing here.
                    classes = row;
                    found.you +=
                        i32::from(row & (ADDRESS | CONSUMES) == 0 && self.speaks_to(word..word + 1 + rest, lexicon));
                    rest + 1
                }
                Some((rest, row)) => {
                    classes |= row;
                    if row & lexicon::ASKS != 0 {
                        asked_to = word + 1 + rest;
                    }
                    found.inverted |= row & lexicon::ASKS != 0 && self.speaks_to(word + 1..word + 1 + rest, lexicon);
                    1
                }
                None => 1,
            };
            // Words such as *so*, *okay*, *well* do not take the opening from what follows them.
            let at_opening = word <= opening && word < first + 6;
            if at_opening {
                found.opens |= classes;
                if classes & (lexicon::GOES_ON | lexicon::REPLY | lexicon::NOD | lexicon::HESITATES | lexicon::TAG) != 0
                    || self.words[word + consumed - 1].comma
                {
                    opening = word + consumed;
                }
            }
            if word + consumed == end {
                found.ends = classes;
                found.tagged = classes & lexicon::TAG != 0
                    && (word == first || self.words[word - 1].comma || consumed > 1 || end - first == consumed);
            }
            if classes & lexicon::REPORTS != 0 {
                found.reports = end - word;
            }
            if classes & lexicon::FILLER == 0 {
                found.own += i32::from(classes & lexicon::SELF != 0);
                let formal = classes & lexicon::FORMAL != 0 && self.words[word].capital && word > first;
                found.you += i32::from(classes & lexicon::YOU != 0 || formal);
            }
            if classes & lexicon::PROMPT == 0 || at_opening {
                found.holds |= classes;
            }
            word += consumed;
            found.announced |= found.holds & lexicon::REPORTS != 0 && self.words[word - 1].colon;
        }
        found
    }

    fn weigh(&self, lexicon: &Lexicon) -> Signals {
        let mut total = Found::default();
        let mut opening = Found::default();
        let mut last = Found::default();
        let mut prompts = false;
        let mut inside = false;
        let mut after = 0;
        let mut abouts = false;
        let mut ends_asking = false;
        let mut ends_quoted = false;
        let mut ends_reported = false;
        let mut nodding = 0;
        let count = self.sentences.len();
        for (place, &sentence) in self.sentences.iter().enumerate() {
            let found = self.find(sentence, lexicon);
            let direct = sentence.question && !sentence.quoted;
            // *Am I on the right track?* is about the other's opinion.
            total.own += if direct { 0 } else { found.own };
            total.you += found.you;
            total.holds |= found.holds;
            let said = found.reports > 3 && found.opens & lexicon::ASKS == 0 && found.you == 0;
            let reported = found.announced || said;
            if place == 0 {
                opening = found;
            }
            if place + 1 == count {
                last = found;
                ends_asking = direct || (!sentence.quoted && lexicon.asks_at_end(self.sentence(sentence)));
                ends_quoted = sentence.question && sentence.quoted;
                ends_reported = reported;
            } else if direct && !reported && found.you > found.own && !found.tagged {
                inside = true;
                after = 0;
            } else if inside {
                after += 1;
            }
            prompts |= found.opens & lexicon::PROMPT != 0 && !sentence.quoted && (place < 2 || place + 2 >= count);
            abouts |= found.opens & lexicon::ABOUT != 0 && place < 2;
            if found.opens & lexicon::NOD != 0 && sentence.end - sentence.first <= 3 {
                nodding += 1;
            }
        }
        let words = self.words.len() as u32 - self.alone + self.alone.div_ceil(2);
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
        let nods = count > 0 && nodding == count;
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
        signals.whole = self.whole;
        signals.unfinished = self.unfinished;
        signals.item = self.words.iter().take(ITEM).any(|word| word.colon) && self.words.len() > ITEM;
        signals.rough = self.broken || total.holds & lexicon::HESITATES != 0;
        signals
    }
}

const ADDRESS: Classes = lexicon::YOU | lexicon::FORMAL;

/// Rows of words of these classes are taken as a whole: the pronouns in them speak of nobody.
const CONSUMES: Classes =
    lexicon::FILLER | lexicon::PROMPT | lexicon::HOST | lexicon::GUEST | lexicon::TAG | lexicon::OWN;

/// The length of a bracketed remark such as `[laughs]` that `text` begins with, but for its closing bracket.
fn remark(text: &str) -> Option<usize> {
    let end = text.find([']', ')', '）', '］'])?;
    let short = if text.starts_with('[') { REMARK } else { REMARK / 3 };
    (end <= short).then_some(end)
}
