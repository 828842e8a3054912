//! The validator as a whole: a small graph with known faults gives the report beside it, in every
//! form. The report was checked by hand against the SHACL recommendation.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::Graph;
use oxigraph::model::dataset::CanonicalizationAlgorithm;
use proptest::prelude::*;
use zhengtu::shapes::{Report, Severity, Shapes};
use zhengtu::store::Store;

fn read(name: &str) -> Result<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/shapes").join(name);
    fs::read_to_string(&path).with_context(|| path.display().to_string())
}

fn report() -> Result<Report> {
    let data = read("data.ttl")?;
    let quads = RdfParser::from_format(RdfFormat::Turtle).for_slice(data.as_bytes());
    let store: Store = quads.collect::<Result<_, _>>()?;
    Ok(Shapes::parse(&read("shapes.ttl")?)?.validate(&store)?)
}

/// The triples as sorted lines, with the same name for a blank node in the same place.
fn lines(turtle: &str) -> Result<Vec<String>> {
    let mut graph = Graph::new();
    for quad in RdfParser::from_format(RdfFormat::Turtle).for_slice(turtle.as_bytes()) {
        graph.insert(quad?.as_ref());
    }
    graph.canonicalize(CanonicalizationAlgorithm::Unstable);
    let mut lines: Vec<String> = graph.iter().map(|triple| triple.to_string()).collect();
    lines.sort();
    Ok(lines)
}

#[test]
fn the_report_in_turtle_is_the_one_expected() -> Result<()> {
    assert_eq!(lines(&report()?.to_turtle())?, lines(&read("report.ttl")?)?);
    Ok(())
}

#[test]
fn the_report_as_text_has_a_line_a_result_and_a_summary() -> Result<()> {
    assert_eq!(report()?.to_string(), read("report.txt")?);
    Ok(())
}

#[test]
fn the_report_in_json_holds_the_same_results() -> Result<()> {
    let report = report()?;
    let json = report.to_json();
    assert_eq!(json["results"].as_array().map(Vec::len), Some(report.results.len()));
    assert_eq!(json["conforms"], false);
    assert_eq!(json["results"][4]["path"], "^<http://example.org/measure>");
    assert_eq!(json["results"][6]["value"], "\"20\"^^<http://www.w3.org/2001/XMLSchema#integer>");
    Ok(())
}

#[test]
fn severities_are_counted_apart() -> Result<()> {
    let report = report()?;
    assert_eq!((report.count(Severity::Violation), report.count(Severity::Warning)), (7, 1));
    assert!(!report.conforms());
    Ok(())
}

proptest! {
    /// Whatever is cut out of a shapes file, reading the rest gives shapes or an error.
    #[test]
    fn a_damaged_shapes_file_is_read_or_refused(start in 0_usize..1800, length in 1_usize..400) {
        let shapes = include_str!("shapes/shapes.ttl");
        let rest: String = shapes.chars().take(start).chain(shapes.chars().skip(start + length)).collect();
        match Shapes::parse(&rest) {
            Ok(shapes) => {
                let store: Store = std::iter::empty().collect();
                prop_assert!(shapes.validate(&store).is_ok());
            }
            Err(error) => prop_assert!(!error.to_string().is_empty()),
        }
    }
}
