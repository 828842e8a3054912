//! Suggestions over the release: its departments, indicators, places and headings, as they are typed.

use super::release;
use zhengtu::suggest::{How, Kind};

#[test]
fn an_indicator_is_found_in_every_script() {
    for (typed, how) in [
        ("常住人口城镇化", How::Prefix),
        ("changzhu renkou cheng", How::Pinyin),
        ("czrkczhl", How::Initials),
        ("常住rk", How::Mixed),
    ] {
        let found = release().suggestions.suggest(typed, 10);
        let hit = found.iter().find(|one| one.text == "常住人口城镇化率");
        let hit = hit.unwrap_or_else(|| panic!("{typed}: {found:?}"));
        assert_eq!((hit.kind, hit.how), (Kind::Indicator, how), "{typed}");
        assert_eq!(hit.iri.as_deref(), Some("https://w3id.org/zhengtu/indicator/常住人口城镇化率"));
    }
}

#[test]
fn a_place_is_found_as_it_is_read() {
    for (typed, place) in [("shanxian", "单县"), ("juancheng", "鄄城县"), ("heze", "菏泽市")]
    {
        let found = release().suggestions.suggest(typed, 10);
        assert!(found.iter().any(|one| one.text == place), "{typed}: {found:?}");
    }
}

#[test]
fn a_mistyped_name_is_offered_as_it_is_written() {
    for (typed, meant) in [("城镇化律", "城镇化率"), ("何泽市", "菏泽市"), ("城镇化率", "")]
    {
        let offered = release().suggestions.did_you_mean(typed).unwrap_or_default();
        assert_eq!(offered, meant, "{typed}");
    }
}
