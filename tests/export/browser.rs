//! The page as a browser lays it out. Where there is no Chromium, a test says so and passes.

use std::io::Write as _;
use std::process::{Command, Stdio};

use interleaf::export::{Document, Html};
use interleaf::model::{InterviewBuilder, Kind};
use serde_json::Value;

use crate::sample::{hostile, note, text_of};

/// Measures the page and leaves the figures in its title.
const MEASURE: &str = r#"<script>
const box = element => { const r = element.getBoundingClientRect(); return [r.left, r.top, r.right, r.bottom]; };
addEventListener('load', () => { document.title = JSON.stringify({
  glosses: [...document.querySelectorAll('.gloss')].map(box),
  passages: [...document.querySelectorAll('.passage > p')].map(box),
  owners: [...document.querySelectorAll('.passage')].filter(p => p.querySelector('aside')).map(p => [box(p.querySelector(':scope > p')), box(p.querySelector('aside'))]),
  width: document.documentElement.scrollWidth, window: document.documentElement.clientWidth, ran: window.ran === true,
}); });
</script>"#;

/// Lays a page out at some width; `None` where there is no browser.
fn laid_out(page: &str, width: u32) -> Option<Value> {
    let browser = ["chromium", "chromium-browser", "google-chrome"].into_iter().find(|name| {
        Command::new(name)
            .arg("--version")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .is_ok_and(|s| s.success())
    });
    let Some(browser) = browser else {
        let mut err = std::io::stderr();
        writeln!(err, "skipped: needs chromium").unwrap();
        return None;
    };
    // The page forbids scripts, so the one that measures comes with another policy.
    let policy = page.find("<meta http-equiv").unwrap();
    let end = policy + page[policy..].find('\n').unwrap();
    let measured = format!("{}{MEASURE}{}", &page[..policy], &page[end..]);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("page.html");
    std::fs::write(&path, measured).unwrap();
    let output = Command::new(browser)
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--dump-dom"])
        .arg(format!("--user-data-dir={}", folder.path().join("profile").display()))
        .arg(format!("--window-size={width},1000"))
        .arg(format!("file://{}", path.display()))
        .output()
        .unwrap();
    let dom = String::from_utf8_lossy(&output.stdout);
    let title = &dom[dom.find("<title>").unwrap() + 7..dom.find("</title>").unwrap()];
    Some(serde_json::from_str(&title.replace("&quot;", "\"").replace("&amp;", "&")).unwrap())
}

/// Four sides of each of several boxes.
fn boxes(value: &Value) -> Vec<[f64; 4]> {
    let sides = |sides: &Value| [0, 1, 2, 3].map(|side| sides[side].as_f64().unwrap());
    value.as_array().unwrap().iter().map(sides).collect()
}

fn overlap(a: &[f64; 4], b: &[f64; 4]) -> bool {
    a[0] < b[2] - 1.0 && b[0] < a[2] - 1.0 && a[1] < b[3] - 1.0 && b[1] < a[3] - 1.0
}

/// Short paragraphs with more notes than there is room for beside them.
fn crowded() -> Document {
    let mut builder = InterviewBuilder::default();
    builder.metadata.title = "Crowded".to_owned();
    for number in 0..30 {
        builder.turn(None, None).paragraph(&format!("Bell {number} rings over the water and nobody hears it."));
    }
    builder.turn(None, None).paragraph(&"The tide goes out and comes in. ".repeat(60)).paragraph("Last words.");
    let interview = builder.build();
    let long = "A long note about very little, such as a reader writes late in the evening. ".repeat(5);
    let mut notes: Vec<_> = (0..18)
        .map(|number| note(&interview, number, Kind::Note, &format!("Bell {number}"), &long, &["a/b"]))
        .collect();
    notes.push(note(&interview, 18, Kind::Question, "goes out", "Where to?", &[]));
    notes.push(note(&interview, 19, Kind::FollowUp, "Last", "At last.", &[]));
    Document { path: "crowded.txt".to_owned(), interview, topics: Vec::new(), notes }
}

#[test]
fn notes_never_overlap_and_never_push_the_text_apart() {
    let page = text_of(&Html, &[crowded()]);
    for width in [1280, 1600] {
        let Some(found) = laid_out(&page, width) else { return };
        let (glosses, passages) = (boxes(&found["glosses"]), boxes(&found["passages"]));
        assert_eq!((glosses.len(), passages.len()), (20, 32));
        for (index, gloss) in glosses.iter().enumerate() {
            assert!(glosses[..index].iter().all(|other| !overlap(gloss, other)), "{width}: gloss {index} overlaps");
            assert!(passages.iter().all(|passage| !overlap(gloss, passage)), "{width}: gloss {index} is over the text");
            assert!(gloss[0] > passages[0][2], "{width}: gloss {index} is not in the margin");
        }
        for pair in passages.windows(2) {
            assert!(pair[1][1] - pair[0][3] < 40.0, "{width}: a gap in the text: {pair:?}");
        }
        assert_eq!(found["width"], found["window"], "nothing to scroll sideways");
    }
}

#[test]
fn a_narrow_page_has_its_notes_below_their_paragraphs() {
    // No window is as narrow as a telephone's, so the page is.
    let page = text_of(&Html, &[crowded()]).replace("<style>", "<style>html { width: 380px; }");
    let Some(found) = laid_out(&page, 380) else { return };
    for owner in found["owners"].as_array().unwrap() {
        let both = boxes(owner);
        assert!(both[1][1] >= both[0][3], "{both:?}");
        assert!(both.iter().all(|sides| sides[2] <= 380.0), "{both:?}");
    }
}

#[test]
fn nothing_hostile_runs_even_where_scripts_may() {
    let document = hostile();
    let page = text_of(&Html, std::slice::from_ref(&document)).replace("alert(1)", "window.ran = true");
    let Some(found) = laid_out(&page, 1000) else { return };
    assert_eq!(found["ran"], false);
    assert_eq!(found["glosses"].as_array().unwrap().len(), 2);
}
