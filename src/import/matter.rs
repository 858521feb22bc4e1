//! What stands before and after the talk.

use super::draft::{Draft, Part, Speech};
use super::labels::Cast;

/// Headings of what follows an interview on a page.
#[rustfmt::skip]
const AFTERWARDS: &[&str] = &[
    "about the author", "about the authors", "about the interviewer", "about the podcast", "about the writer",
    "acknowledgements", "acknowledgments", "advertisement", "author's note", "author’s note", "bibliography",
    "comments", "conversation", "correction", "credits", "discussion", "editor's note", "editor’s note", "end",
    "end notes", "endnotes", "explore more", "footnotes", "further reading", "join the conversation",
    "join the discussion", "leave a comment", "leave a reply", "more from", "more stories", "most popular", "notes",
    "post a comment", "read more", "read next", "recommended", "references", "related", "related articles",
    "related posts", "related stories", "replies", "responses", "share", "share this", "show notes", "sources",
    "tags", "the end", "topics", "you may also like",
    "kommentare", "anmerkungen", "quellen", "mehr zum thema", "über die autorin", "über den autor", "commentaires",
    "notes de bas de page", "à lire aussi", "sur le même sujet", "comentarios", "notas", "relacionados",
    "comentários", "commenti", "note", "комментарии", "примечания", "komentarze", "przypisy",
    "评论", "评论区", "留言", "相关阅读", "相关文章", "延伸阅读", "注释", "編按", "编者按", "コメント", "関連記事", "댓글", "관련 기사",
];

/// Beginnings of lines that are about the interview and no part of it.
#[rustfmt::skip]
const ABOUT: &[&str] = &[
    "all rights reserved", "copyright", "©", "(c) 20", "end of interview", "end of recording", "end of transcript",
    "[end of", "(end of", "edited by", "interview by", "interview conducted", "photograph by", "photo by",
    "subscribe to", "sign up for", "transcribed by", "transcript by", "transcription by", "translated by",
    "the interview was conducted", "this article was", "this article is", "this conversation has been",
    "this conversation was", "this interview has been", "this interview was", "this transcript was",
    "this transcript has been", "this editable transcript", "transcription ended after",
    "das interview führte", "das gespräch führte", "propos recueillis", "entrevista de",
    "wywiad przeprowadził", "rozmawiała", "rozmawiał", "беседовал", "本文由", "责任编辑", "採訪、撰文", "采访、撰文", "文字整理",
];

/// The numbers of the first block of the talk and of the first one after it.
pub(super) fn extent(draft: &Draft, cast: &Cast) -> (usize, usize) {
    let blocks = &draft.blocks;
    let is_talk = |index: &usize| {
        let Some(block) = blocks.get(*index) else { return false };
        block.part == Part::Body
            || (matches!(block.speech, Speech::Labelled(_) | Speech::Changed)
                && !matches!(block.part, Part::Front | Part::Back))
    };
    let mut all = 0..blocks.len();
    let Some(front) = all.find(is_talk) else {
        // Nobody is named: all that is not marked otherwise is the talk.
        let open = |part: Part| part != Part::Front && part != Part::Back;
        let front = blocks.iter().position(|block| open(block.part)).unwrap_or(blocks.len());
        let back = blocks.iter().rposition(|block| open(block.part)).map_or(front, |last| last + 1);
        return (front, back.max(front));
    };
    let comments = (front + 1..blocks.len()).find(|&index| {
        let block = &blocks[index];
        block.part == Part::Unknown && block.speech == Speech::Unknown && counts_comments(draft.words(block))
    });
    let limit = comments.unwrap_or(blocks.len());
    let last = (front..limit).rev().find(is_talk).unwrap_or(front);
    let names: Vec<&str> = cast.people.iter().map(|person| person.name.as_str()).collect();
    let begins_back = |index: &usize| {
        let Some(block) = blocks.get(*index) else { return false };
        block.part == Part::Back
            || (block.part == Part::Unknown && block.speech == Speech::Unknown && is_after(draft.words(block), &names))
    };
    let back = (last + 1..limit).find(begins_back).unwrap_or(limit);
    (front, back)
}

/// Whether a heading after the last label tells that the talk is over.
pub(super) fn is_afterwards(heading: &str) -> bool {
    #[rustfmt::skip]
    const SUMMARIES: &[&str] = &[
        "summary", "conclusion", "conclusions", "closing", "closing thoughts", "wrap up", "wrap-up", "wrapping up",
        "resources", "links", "appendix", "takeaways", "key takeaways", "final words", "zusammenfassung", "fazit",
        "résumé", "conclusión", "resumen", "conclusão", "总结", "结语", "まとめ",
    ];
    let heading = heading.trim().to_lowercase();
    AFTERWARDS.contains(&heading.as_str()) || SUMMARIES.contains(&heading.as_str()) || heading.starts_with("about ")
}

/// Whether a paragraph after the last label tells that the talk is over.
fn is_after(text: &str, names: &[&str]) -> bool {
    let line = text.trim_matches(['*', '_', '(', ')', '[', ']', ':', '-', '—', '–', '=', '#', ' ', '.']);
    let short = line.chars().count() <= 40;
    let lower = if text.len() <= 200 { text.to_lowercase() } else { head(text).to_lowercase() };
    let plain = lower.trim_start_matches(['*', '_', '(', '[', '—', '–', '-', ' ']);
    (short && AFTERWARDS.contains(&line.to_lowercase().as_str()))
        || counts_comments(text)
        || ABOUT.iter().any(|about| lower.starts_with(about) || plain.starts_with(about))
        || names.iter().any(|name| tells_of(text, name))
}

/// `Mira Okafor writes about islands`: a full name, and then a verb and no comma.
fn tells_of(text: &str, name: &str) -> bool {
    let Some(rest) = text.trim_start_matches(['*', '_']).strip_prefix(name) else { return false };
    let rest = rest.trim_start_matches(['*', '_']);
    name.contains(' ') && rest.strip_prefix(' ').is_some_and(|rest| rest.starts_with(char::is_lowercase))
}

/// `3 comments`, `Comments (12)`.
fn counts_comments(text: &str) -> bool {
    const COMMENTS: &[&str] = &[
        "comment",
        "comments",
        "kommentar",
        "kommentare",
        "commentaire",
        "commentaires",
        "comentario",
        "comentarios",
        "comentário",
        "comentários",
        "commenti",
        "komentarz",
        "komentarze",
        "комментариев",
        "комментария",
        "评论",
        "条评论",
        "則留言",
        "コメント",
        "댓글",
    ];
    if text.len() > 60 || !text.contains(|c: char| c.is_ascii_digit()) {
        return false;
    }
    let word = text.trim_matches(|c: char| c.is_ascii_digit() || c.is_whitespace() || "()[],.:".contains(c));
    COMMENTS.contains(&word.to_lowercase().as_str())
}

fn head(text: &str) -> &str {
    let mut end = text.len().min(60);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_of_the_talk_is_known_by_what_follows() {
        let names = ["Mira Okafor", "Hale"];
        for text in [
            "Mira Okafor writes about islands.",
            "Conversation",
            "3 comments",
            "Comments (12)",
            "*Related*",
            "评论",
            "This interview has been edited and condensed.",
            "Transcribed by https://otter.ai",
            "[End of recording]",
            "Transcription ended after 00:41:07",
        ] {
            assert!(is_after(text, &names), "{text}");
        }
        for text in [
            "Mira Okafor, you asked me that before.",
            "Hale was my father.",
            "The conversation stopped there.",
            "No comments from me.",
            "Notes are what I lived by.",
        ] {
            assert!(!is_after(text, &names), "{text}");
        }
    }
}
