//! REFI-QDA, DOCX and OHMS.

use std::io::{Cursor, Read};

use interleaf::export::{Docx, Exporter, Format, Grouping, Ohms, Options, Qdc, Qdpx, Units};
use serde_json::json;

use crate::python::{python, python_json};
use crate::sample::{bytes_of, ferry, hostile, text_of};

const PROJECT: &str = "{urn:QDA-XML:project:1.0}";

/// The entries of an archive by name.
fn entries(bytes: Vec<u8>) -> Vec<(String, String)> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    (0..archive.len())
        .map(|index| {
            let mut file = archive.by_index(index).unwrap();
            let mut content = String::new();
            file.read_to_string(&mut content).unwrap();
            (file.name().unwrap().into_owned(), content)
        })
        .collect()
}

#[test]
fn formats_that_tell_no_topics_are_the_same_without_them() {
    for (format, group_by) in Format::ALL.into_iter().flat_map(|format| Grouping::ALL.map(|by| (format, by))) {
        if format.tells_topics(group_by) {
            continue;
        }
        let bytes = |documents: &[interleaf::export::Document]| {
            let mut out = Vec::new();
            format.exporter(Options { group_by, ..Options::default() }).export(documents, &mut out).unwrap();
            out
        };
        let whole = ferry();
        assert!(!whole.topics.is_empty());
        let mut bare = whole.clone();
        bare.topics.clear();
        assert!(bytes(&[whole]) == bytes(&[bare]), "{} by {}", format.name(), group_by.name());
    }
}

#[test]
fn every_coding_stands_where_its_positions_say() {
    for units in Units::ALL {
        let project = Qdpx { units, tags: Vec::new() };
        let entries = entries(bytes_of(&project, &[ferry(), hostile()]));
        assert_eq!(entries[0].0, "project.qde");
        let tree = roxmltree::Document::parse(&entries[0].1).unwrap();
        let mut checked = 0;
        for source in tree.descendants().filter(|node| node.has_tag_name("TextSource")) {
            let path = source.attribute("plainTextPath").unwrap().replace("internal://", "sources/");
            let text = &entries.iter().find(|(name, _)| *name == path).unwrap().1;
            let text: Vec<u32> = match units {
                Units::CodePoints => text.chars().map(u32::from).collect(),
                Units::Utf16 => text.encode_utf16().map(u32::from).collect(),
            };
            for selection in source.children().filter(|node| node.has_tag_name("PlainTextSelection")) {
                let [start, end] = ["startPosition", "endPosition"]
                    .map(|key| selection.attribute(key).unwrap().parse::<usize>().unwrap());
                let name = selection.attribute("name").unwrap();
                let name: Vec<u32> = match units {
                    Units::CodePoints => name.chars().map(u32::from).collect(),
                    Units::Utf16 => name.encode_utf16().map(u32::from).collect(),
                };
                assert_eq!(text[start..end], name);
                checked += 1;
            }
        }
        assert_eq!(checked, 4 + 7 + 1 + 3, "turns and placed notes");
    }
}

#[test]
fn a_project_keeps_the_standards_order() {
    let script = format!(
        "
import sys, zipfile
from lxml import etree
root = etree.fromstring(zipfile.ZipFile(sys.argv[1]).read('project.qde'))
P = '{PROJECT}'
order = [child.tag.replace(P, '') for child in root]
source = root.find(f'{{P}}Sources/{{P}}TextSource')
guids = [element.get('guid') for element in root.iter() if element.get('guid')]
targets = {{element.get('targetGUID') for element in root.iter() if element.get('targetGUID')}}
print(json.dumps({{
  'order': order,
  'source': [child.tag.replace(P, '') for child in source][:2],
  'codes': [code.get('name') for code in root.iter(P + 'Code')],
  'duplicates': len(guids) - len(set(guids)) - len(root.findall(f'{{P}}Cases/{{P}}Case')),
  'dangling': len(targets - set(guids)),
  'empty': [element.tag for element in root.iter() if element.tag.replace(P, '') in ('Users', 'Codes', 'Cases', 'Notes', 'Sources') and not len(element)],
  'memos': [element.text for element in root.iter(P + 'PlainTextContent')],
  'origin': bool(root.get('origin')),
  'times': [element.tag for element in root.iter(P + 'Coding', P + 'PlainTextSelection', P + 'TextSource', P + 'Note') if not element.get('creationDateTime')],
  'users': [element.tag for element in root.iter(P + 'Coding') if not element.get('creatingUser')],
}}))"
    );
    let bytes = bytes_of(&Qdpx::default(), &[ferry()]);
    let Some(project) = python_json(&["json", "lxml.etree"], &script, &bytes) else { return };
    assert_eq!(project["order"], json!(["Users", "CodeBook", "Cases", "Sources", "Notes"]));
    assert_eq!(project["source"], json!(["Description", "PlainTextSelection"]));
    assert_eq!(
        project["codes"],
        json!(["follow-up", "objects", "question", "steering", "age", "translation", "Ada Pryce", "Tom Bellis"])
    );
    assert_eq!(project["memos"], json!(["Who let him?", "So young.\nCheck the *law* of <1950>.", "Find the urn."]));
    assert_eq!(project["origin"], true);
    for nothing in ["duplicates", "dangling"] {
        assert_eq!(project[nothing], 0, "{nothing}");
    }
    for none in ["empty", "times", "users"] {
        assert_eq!(project[none], json!([]), "{none}");
    }
}

#[test]
fn another_zip_tool_finds_no_fault_and_no_path_that_leads_out() {
    let script = "
import sys
archive = zipfile.ZipFile(sys.argv[1])
assert archive.testzip() is None
for name in archive.namelist():
    assert not name.startswith('/') and '..' not in name and '\\\\' not in name, name
print('\\n'.join(archive.namelist()))
";
    for bytes in [bytes_of(&Qdpx::default(), &[hostile()]), bytes_of(&Docx::default(), &[hostile()])] {
        let Some(names) = python(&["zipfile"], script, &bytes) else { return };
        assert!(names.lines().count() >= 2);
    }
}

#[test]
fn a_codebook_is_a_tree_of_tags() {
    let text = text_of(&Qdc::default(), &[ferry()]);
    let tree = roxmltree::Document::parse(&text).unwrap();
    let root = tree.root_element();
    assert_eq!(root.tag_name().namespace(), Some("urn:QDA-XML:codebook:1.0"));
    let age = tree.descendants().find(|node| node.attribute("name") == Some("age")).unwrap();
    assert_eq!(age.parent().unwrap().attribute("name"), Some("steering"));
    assert!(!text.contains("Sets"));
}

#[test]
fn python_docx_reads_headings_quotes_and_notes() {
    let script = "
import sys
found = docx.Document(sys.argv[1])
print(json.dumps([[paragraph.style.name, paragraph.text] for paragraph in found.paragraphs]))
";
    let Some(found) = python_json(&["json", "docx"], script, &bytes_of(&Docx::default(), &[ferry()])) else { return };
    let found = found.as_array().unwrap();
    for expected in [
        json!(["Title", "The Last Ferry"]),
        json!(["Heading 1", "Taking the wheel"]),
        json!(["Quote", "eleven 🛥️ and my uncle"]),
        json!(["Reference", "Tom Bellis · 00:00:09 · follow-up (open) · #objects · #steering"]),
        json!(["Normal", "Check the *law* of <1950>."]),
        json!(["Heading 1", "Notes that have lost their place"]),
    ] {
        assert!(found.contains(&expected), "{expected} in {found:?}");
    }
}

#[test]
fn an_index_has_a_point_for_each_topic_with_a_time() {
    let text = text_of(&Ohms, &[ferry()]);
    let tree = roxmltree::Document::parse(&text).unwrap();
    let points: Vec<Vec<(&str, &str)>> = tree
        .descendants()
        .filter(|node| node.has_tag_name("point"))
        .map(|point| {
            let fields = point.children().filter(|node| node.is_element());
            fields.map(|field| (field.tag_name().name(), field.text().unwrap_or_default())).collect()
        })
        .collect();
    assert_eq!(points.len(), 3);
    assert_eq!(points[0][0], ("time", "4"));
    assert_eq!(points[0][1], ("title", "Taking the wheel"));
    assert!(points[0].contains(&("keywords", "objects;steering;steering/age;translation")), "{points:?}");
}

#[test]
fn an_index_needs_times() {
    let mut untimed = hostile();
    untimed.path = "talk.txt".to_owned();
    let error = Ohms.export(&[untimed], &mut Vec::new()).unwrap_err();
    assert!(error.to_string().contains("talk.txt") && error.to_string().contains("timecodes"), "{error}");
}
