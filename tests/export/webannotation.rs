//! W3C Web Annotation.

use interleaf::export::{Document, WebAnnotation};
use serde_json::Value;

use crate::python::python_json;
use crate::sample::{bytes_of, ferry, hostile};

fn items(document: &Document) -> Vec<Value> {
    let collection: Value = serde_json::from_slice(&bytes_of(&WebAnnotation, std::slice::from_ref(document))).unwrap();
    assert_eq!(collection["total"], document.notes.len());
    assert_eq!(collection["first"]["partOf"]["id"], collection["id"]);
    assert_eq!(collection["first"].get("@context"), None);
    collection["first"]["items"].as_array().unwrap().clone()
}

#[test]
fn every_quote_stands_where_its_positions_say() {
    for document in [ferry(), hostile()] {
        let text: Vec<char> = document.interview.text().chars().collect();
        for item in items(&document) {
            let selectors = item["target"]["selector"].as_array().unwrap();
            let Some(position) = selectors.get(1) else { continue };
            let [start, end] = ["start", "end"].map(|key| position[key].as_u64().unwrap() as usize);
            let cut: String = text[start..end].iter().collect();
            assert_eq!(selectors[0]["exact"], cut.as_str());
        }
    }
}

#[test]
fn many_annotations_come_in_pages_that_lead_on() {
    let mut document = ferry();
    let template = document.notes[1].clone();
    document.notes = (0..250)
        .map(|number| {
            let mut note = template.clone();
            note.annotation.id = interleaf::model::AnnotationId::new(&format!("n{number}")).unwrap();
            note
        })
        .collect();
    document.notes[1].annotation.reply_to = Some(document.notes[0].annotation.id.clone());
    let bytes = bytes_of(&WebAnnotation, std::slice::from_ref(&document));
    let collection: Value = serde_json::from_slice(&bytes).unwrap();
    let (mut page, mut before, mut seen) = (&collection["first"], Value::Null, 0);
    while page.is_object() {
        assert_eq!(page["startIndex"], seen);
        assert_eq!((&page["partOf"]["id"], &page["prev"]), (&collection["id"], &before));
        seen += page["items"].as_array().unwrap().len();
        before = page["id"].clone();
        page = &page["next"];
    }
    assert_eq!((seen, &before), (250, &collection["last"]));
    let items = collection["first"]["items"].as_array().unwrap();
    assert_eq!(items[1]["target"][1], items[0]["id"]);
    assert_eq!(items[1]["body"][0]["purpose"], "replying");
    let again = interleaf::absorb::read(&bytes).unwrap().annotations;
    assert_eq!(again.len(), 250);
    assert_eq!(again[1].reply_to.as_deref(), items[0]["id"].as_str());
    assert_eq!(again[1].quote, "first take the wheel");
}

#[test]
fn a_fragment_names_turn_and_paragraph() {
    let items = items(&ferry());
    let fragment = &items[3]["target"]["selector"][2];
    assert_eq!(fragment["value"], "turn=1&paragraph=1");
    assert_eq!(fragment["refinedBy"]["start"], 21);
    assert_eq!(fragment["refinedBy"]["end"], 28);
    assert_eq!(items[3]["motivation"], "commenting");
    assert_eq!(items[1]["motivation"], "questioning");
    assert_eq!(items[7]["target"]["selector"].as_array().unwrap().len(), 1, "an orphan has its quote only");
}

#[test]
fn the_ids_are_names_of_their_own() {
    let items = items(&ferry());
    let mut ids: Vec<&str> = items.iter().map(|item| item["id"].as_str().unwrap()).collect();
    assert!(ids.iter().all(|id| id.starts_with("urn:uuid:") && id.len() == 45));
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), 8);
}

/// The part of the annotation context that is used here, so that no test needs a network.
const CONTEXT: &str = r#"
OA = 'http://www.w3.org/ns/oa#'
iri = lambda name: {'@id': OA + name, '@type': '@id'}
context = {'@version': 1.1, 'oa': OA, 'id': '@id', 'type': '@type', 'as': 'http://www.w3.org/ns/activitystreams#',
  'dc': 'http://purl.org/dc/elements/1.1/', 'dcterms': 'http://purl.org/dc/terms/', 'xsd': 'http://www.w3.org/2001/XMLSchema#',
  'rdf': 'http://www.w3.org/1999/02/22-rdf-syntax-ns#', 'rdfs': 'http://www.w3.org/2000/01/rdf-schema#', 'foaf': 'http://xmlns.com/foaf/0.1/',
  'Annotation': 'oa:Annotation', 'SpecificResource': 'oa:SpecificResource', 'TextualBody': 'oa:TextualBody',
  'TextQuoteSelector': 'oa:TextQuoteSelector', 'TextPositionSelector': 'oa:TextPositionSelector', 'FragmentSelector': 'oa:FragmentSelector',
  'Text': 'http://purl.org/dc/dcmitype/Text', 'Person': 'foaf:Person',
  'AnnotationCollection': 'as:OrderedCollection', 'AnnotationPage': 'as:OrderedCollectionPage',
  'body': iri('hasBody'), 'target': iri('hasTarget'), 'source': iri('hasSource'), 'selector': iri('hasSelector'), 'refinedBy': iri('refinedBy'),
  'motivation': {'@id': 'oa:motivatedBy', '@type': '@vocab'}, 'purpose': {'@id': 'oa:hasPurpose', '@type': '@vocab'},
  'exact': 'oa:exact', 'prefix': 'oa:prefix', 'suffix': 'oa:suffix', 'value': 'rdf:value', 'label': 'rdfs:label', 'format': 'dc:format', 'language': 'dc:language',
  'start': {'@id': 'oa:start', '@type': 'xsd:nonNegativeInteger'}, 'end': {'@id': 'oa:end', '@type': 'xsd:nonNegativeInteger'},
  'created': {'@id': 'dcterms:created', '@type': 'xsd:dateTime'}, 'modified': {'@id': 'dcterms:modified', '@type': 'xsd:dateTime'},
  'items': {'@id': 'as:items', '@type': '@id', '@container': '@list'}, 'first': {'@id': 'as:first', '@type': '@id'}, 'last': {'@id': 'as:last', '@type': '@id'},
  'next': {'@id': 'as:next', '@type': '@id'}, 'prev': {'@id': 'as:prev', '@type': '@id'},
  'partOf': {'@id': 'as:partOf', '@type': '@id'}, 'total': {'@id': 'as:totalItems', '@type': 'xsd:nonNegativeInteger'}, 'startIndex': {'@id': 'as:startIndex', '@type': 'xsd:nonNegativeInteger'},
  'creator': {'@id': 'dcterms:creator', '@type': '@id'}, 'name': 'foaf:name'}
for name in 'commenting questioning highlighting bookmarking describing tagging classifying'.split(): context[name] = 'oa:' + name
"#;

#[test]
fn an_rdf_library_expands_it() {
    let script = format!(
        "{CONTEXT}
import sys
data = json.load(open(sys.argv[1], encoding='utf-8'))
data['@context'] = context
graph = rdflib.Graph().parse(data=json.dumps(data), format='json-ld')
ns = rdflib.Namespace(OA)
print(json.dumps({{
  'annotations': len(set(graph.subjects(rdflib.RDF.type, ns.Annotation))),
  'quotes': sorted(map(str, graph.objects(None, ns.exact))),
  'motivations': len(list(graph.subject_objects(ns.motivatedBy))),
  'targets': len(list(graph.subject_objects(ns.hasTarget))),
  'dates': [str(date.datatype) for date in graph.objects(None, rdflib.DCTERMS.created)],
}}))"
    );
    let document = ferry();
    let bytes = bytes_of(&WebAnnotation, std::slice::from_ref(&document));
    let Some(graph) = python_json(&["json", "rdflib"], &script, &bytes) else { return };
    assert_eq!(graph["annotations"], 8);
    assert_eq!(graph["motivations"], 8);
    assert_eq!(graph["targets"], 8);
    let mut quotes: Vec<String> = document.notes.iter().map(|note| document.quote(note).into_owned()).collect();
    quotes.sort_unstable();
    let found: Vec<&str> = graph["quotes"].as_array().unwrap().iter().map(|quote| quote.as_str().unwrap()).collect();
    assert_eq!(found, quotes);
    assert!(graph["dates"].as_array().unwrap().iter().all(|date| date == "http://www.w3.org/2001/XMLSchema#dateTime"));
}
