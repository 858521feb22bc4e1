//! W3C Web Annotation in JSON-LD, and what Hypothesis exports, which is close to it.

use serde_json::Value;

use super::{AbsorbError, Foreign, add_tag, moment};
use crate::model::{Kind, Status};

/// How deep collections, pages and graphs may lie in one another.
const DEEP: usize = 8;

pub(super) fn read(text: &str) -> Result<Vec<Foreign>, AbsorbError> {
    let value: Value = serde_json::from_str(text)
        .map_err(|error| AbsorbError::Damaged { line: error.line(), message: error.to_string() })?;
    let mut found = Vec::new();
    let known = collect(&value, DEEP, &mut found);
    if known { Ok(found) } else { Err(AbsorbError::Unknown) }
}

/// Finds annotations in collections, pages, graphs, lists and Hypothesis's exports. Whether there is any such thing.
fn collect(value: &Value, depth: usize, found: &mut Vec<Foreign>) -> bool {
    match value {
        _ if depth == 0 => false,
        Value::Array(items) => {
            items.iter().fold(items.is_empty(), |known, item| collect(item, depth - 1, found) | known)
        }
        Value::Object(object) if object.contains_key("target") => {
            found.push(annotation(value));
            true
        }
        Value::Object(object) => {
            let is_collection = object.get("type").and_then(Value::as_str) == Some("AnnotationCollection");
            let parts = ["first", "items", "@graph", "rows", "annotations"].iter().filter_map(|key| object.get(*key));
            let known = parts.fold(is_collection, |known, inner| collect(inner, depth - 1, found) | known);
            // Pages lie in one another no deeper than the JSON's reader allows.
            object.get("next").filter(|next| next.is_object()).map(|next| collect(next, depth, found)).unwrap_or(false)
                | known
        }
        _ => false,
    }
}

fn annotation(value: &Value) -> Foreign {
    let text = |key: &str| value.get(key).and_then(Value::as_str).unwrap_or_default();
    let mut foreign = Foreign {
        id: text("id").to_owned(),
        created: moment(text("created")),
        updated: moment(if value.get("modified").is_some() { text("modified") } else { text("updated") }),
        ..Foreign::default()
    };
    let mut notes: Vec<&str> = [text("bodyValue"), text("text")].into_iter().filter(|note| !note.is_empty()).collect();
    for motivation in list(value.get("motivation")).filter_map(Value::as_str) {
        foreign.kind = match motivation.trim_start_matches("oa:") {
            "highlighting" => Some(Kind::Highlight),
            "questioning" => Some(Kind::Question),
            "bookmarking" => Some(Kind::Bookmark),
            _ => foreign.kind,
        };
    }
    for body in list(value.get("body")) {
        let purpose = body.get("purpose").and_then(Value::as_str).unwrap_or_default();
        let words = body.as_str().or_else(|| body.get("value").and_then(Value::as_str)).unwrap_or_default();
        match purpose.trim_start_matches("oa:") {
            "tagging" => add_tag(&mut foreign.tags, words),
            "classifying" => match (Kind::from_name(words), Status::from_name(words)) {
                (Some(kind), _) => foreign.kind = Some(kind),
                (_, Some(status)) => foreign.status = Some(status),
                _ => add_tag(&mut foreign.tags, words),
            },
            _ if !words.is_empty() => notes.push(words),
            _ => {}
        }
    }
    for tag in list(value.get("tags")).filter_map(Value::as_str) {
        add_tag(&mut foreign.tags, tag);
    }
    foreign.note = notes.join("\n\n");
    foreign.annotator = list(value.get("creator")).chain(list(value.get("user_info"))).find_map(name).or_else(|| {
        let user = text("user").trim_start_matches("acct:");
        let user = user.split('@').next().unwrap_or_default().trim();
        (!user.is_empty()).then(|| user.to_owned())
    });
    // Hypothesis lists the whole thread, the nearest last.
    foreign.reply_to = list(value.get("references")).filter_map(Value::as_str).last().map(str::to_owned);
    // Some tools call everything a highlight; what has words is a note.
    if foreign.kind == Some(Kind::Highlight) && !foreign.note.is_empty() {
        foreign.kind = None;
    }
    let is_reply = list(value.get("motivation")).chain(list(value.get("body")).filter_map(|body| body.get("purpose")));
    let is_reply = is_reply.filter_map(Value::as_str).any(|purpose| purpose.trim_start_matches("oa:") == "replying");
    for target in list(value.get("target")) {
        if let Some(id) = target.as_str().or_else(|| target.get("id")?.as_str()).filter(|_| is_reply)
            && target.get("selector").is_none()
        {
            foreign.reply_to = Some(id.to_owned());
            continue;
        }
        for selector in list(target.get("selector")) {
            select(selector, &mut foreign, DEEP);
        }
        let source = target.get("source").unwrap_or(target);
        for name in [Some(source), source.get("id"), source.get("label")].into_iter().flatten() {
            foreign.documents.extend(name.as_str().map(str::to_owned));
        }
    }
    foreign.documents.extend(value.get("uri").and_then(Value::as_str).map(str::to_owned));
    if let Some(document) = value.get("document") {
        foreign.documents.extend(list(document.get("title")).filter_map(Value::as_str).map(str::to_owned));
    }
    foreign
}

fn select(selector: &Value, foreign: &mut Foreign, depth: usize) {
    let text = |key: &str| selector.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
    let number = |key: &str| selector.get(key).and_then(Value::as_u64).and_then(|number| usize::try_from(number).ok());
    match selector.get("type").and_then(Value::as_str).unwrap_or_default().trim_start_matches("oa:") {
        "TextQuoteSelector" if foreign.quote.is_empty() => {
            foreign.quote = text("exact");
            foreign.before = text("prefix");
            foreign.after = text("suffix");
        }
        "TextPositionSelector" if foreign.position.is_none() => foreign.position = number("start").zip(number("end")),
        // What refines a part of the text counts within that part.
        "FragmentSelector" => {}
        _ if depth > 0 => list(selector.get("refinedBy")).for_each(|inner| select(inner, foreign, depth - 1)),
        _ => {}
    }
}

/// What somebody goes by.
fn name(agent: &Value) -> Option<String> {
    let fields = ["name", "nickname", "display_name", "nick"];
    let name = fields.iter().find_map(|field| list(agent.get(*field)).find_map(Value::as_str));
    let name = name.or_else(|| agent.as_str().or_else(|| agent.get("id")?.as_str()))?.trim();
    // Of an address the last part is the name.
    let name = if name.contains("://") { name.trim_end_matches('/').rsplit('/').next()? } else { name };
    (!name.is_empty()).then(|| name.to_owned())
}

/// A value, or each of several.
fn list(value: Option<&Value>) -> impl Iterator<Item = &Value> {
    let (several, one) = match value {
        Some(Value::Array(items)) => (items.as_slice(), None),
        one => (&[][..], one),
    };
    several.iter().chain(one.filter(|value| !value.is_null()))
}
