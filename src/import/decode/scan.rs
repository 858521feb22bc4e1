//! A paragraph in words and sentences.

use super::lexicon;

/// A word of a paragraph.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word {
    /// First byte in [`Scan::lower`].
    start: u32,
    /// First byte after.
    end: u32,
    /// Whether it is capitalised.
    pub(super) capital: bool,
    /// Whether a comma or the like follows.
    pub(super) comma: bool,
    /// Whether a colon follows.
    pub(super) colon: bool,
}

/// A sentence of a paragraph: a range of words.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Sentence {
    /// Its first word.
    pub(super) first: usize,
    /// The first word after; a sentence is never empty.
    pub(super) end: usize,
    /// Whether a question mark ends it.
    pub(super) question: bool,
    /// Whether its end is within quotation marks.
    pub(super) quoted: bool,
}

/// A paragraph in words and sentences. The memory is used again for the next.
#[derive(Debug, Default)]
pub(super) struct Scan {
    /// The words in lower case, without anything between them.
    lower: String,
    pub(super) words: Vec<Word>,
    pub(super) sentences: Vec<Sentence>,
    /// Characters that are words by themselves.
    pub(super) alone: u32,
    /// Whether it breaks off, or begins in the middle.
    pub(super) broken: bool,
    /// Whether its last sentence is to be continued, as before a list or a quotation.
    pub(super) unfinished: bool,
    /// Whether it ends as sentences do; items of a list often do not.
    pub(super) whole: bool,
}

/// Longest stretch within brackets that is taken for a remark of the transcriber, in characters.
const REMARK: usize = 60;

impl Scan {
    pub(super) fn read(&mut self, text: &str, elides: bool) {
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

    pub(super) fn text(&self, word: usize) -> &str {
        let word = self.words[word];
        &self.lower[word.start as usize..word.end as usize]
    }

    pub(super) fn sentence(&self, sentence: Sentence) -> &str {
        &self.lower[self.words[sentence.first].start as usize..self.words[sentence.end - 1].end as usize]
    }

    /// Whether somebody is called by this name: at the end or the beginning of a sentence, beside a comma.
    pub(super) fn calls(&self, name: &str) -> bool {
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
}

/// The length of a bracketed remark such as `[laughs]` that `text` begins with, but for its closing bracket.
fn remark(text: &str) -> Option<usize> {
    let longest = if text.starts_with('[') { REMARK } else { REMARK / 3 };
    let mut within = text.char_indices().take(longest);
    within.find(|(_, c)| matches!(c, ']' | ')' | '）' | '］')).map(|(at, _)| at)
}
