//! What holds for any text and any bytes: no panic, spans inside the text on character borders, quotes that equal the source,
//! same bytes same triples. The property tests try it on texts made by chance, the fuzz targets on whatever reaches new code.

use std::sync::LazyLock;
use zhengtu::extract::{Extraction, Gazetteer, extract};
use zhengtu::graph::{DEFAULT_BASE, PLACES, Reference, describe_document};
use zhengtu::text::{Span, Text, read_source};

static GAZETTEER: LazyLock<Gazetteer> = LazyLock::new(|| Gazetteer::from_table(PLACES));

static REFERENCE: LazyLock<Reference> = LazyLock::new(|| Reference::new(DEFAULT_BASE).unwrap());

/// The bytes of a file called `name` are read or refused, each time alike, and the promises hold for their text.
pub(crate) fn hold_for_file(name: &str, bytes: &[u8]) {
    let source = read_source(name, bytes).map(|text| text.source().to_owned());
    let again = read_source(name, bytes).map(|text| text.source().to_owned());
    assert_eq!(source, again);
    if let Ok(source) = source {
        hold_for_text(source);
    }
}

/// Spans, quotes and triples of what is found in `source` are as promised.
pub(crate) fn hold_for_text(source: String) {
    let text = Text::from_source(source);
    let found = extract(&text, &GAZETTEER);
    for span in spans(&found) {
        assert!(span.byte_start <= span.byte_end, "{span:?} ends before it starts");
        assert!(
            text.clean().get(span.byte_start..span.byte_end).is_some(),
            "{span:?} cuts a character"
        );
        let range = text.source_range(span);
        let chars = range.char_end - range.char_start;
        let quote: String = text.source().chars().skip(range.char_start).take(chars).collect();
        assert_eq!(quote, text.source_slice(span));
    }
    let again = extract(&text, &GAZETTEER);
    let triples = |found: &Extraction| {
        describe_document(&text, "a.txt", &found.document, &found.findings, &REFERENCE)
    };
    assert_eq!(triples(&found), triples(&again));
    assert_eq!(found, again);
}

/// Every span of an extraction.
fn spans(found: &Extraction) -> Vec<Span> {
    let document = &found.document;
    let header = &document.header;
    let mut spans: Vec<Span> = found.findings.iter().map(|finding| finding.at.span).collect();
    spans.extend(
        header.title.iter().chain(&header.attached_title).chain(&header.kind).map(|one| one.span),
    );
    spans.extend(header.number.iter().map(|one| one.span));
    spans.extend(header.signed_on.iter().map(|one| one.span));
    spans.extend(header.period.iter().map(|one| one.span));
    spans.extend(header.openness.iter().map(|one| one.span));
    spans.extend(header.issuers.iter().chain(&header.addressees).map(|one| one.span));
    spans.extend(
        document.items.iter().flat_map(|item| [item.span, item.number.span, item.heading.span]),
    );
    spans
        .extend(document.items.iter().flat_map(|item| &item.assignments).map(|one| one.agent.span));
    spans.extend(
        document
            .targets
            .iter()
            .flat_map(|one| [one.span, one.indicator.span, one.quantity.text.span]),
    );
    spans.extend(
        document.targets.iter().filter_map(|one| one.base_scope.as_ref()).map(|one| one.span),
    );
    spans.extend(
        document
            .targets
            .iter()
            .filter_map(|one| one.item_condition.as_ref())
            .map(|one| one.text.span),
    );
    spans.extend(document.support_terms.iter().flat_map(|one| {
        let quantities = one.amount.iter().chain(&one.ceiling).chain(&one.rate);
        let words = one
            .rate_base
            .iter()
            .chain(&one.recipient)
            .chain(&one.condition)
            .chain(&one.tier)
            .chain(&one.per);
        let mut spans = vec![one.span, one.name.span];
        spans.extend(quantities.map(|quantity| quantity.text.span));
        spans.extend(words.map(|words| words.span));
        spans
    }));
    spans.extend(document.programmes.iter().map(|one| one.name.span));
    spans.extend(document.places.iter().map(|one| one.name.span));
    spans.extend(document.citations.iter().map(|one| one.span));
    spans
}
