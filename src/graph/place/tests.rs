//! Places by name, by number and inside names, on a small invented list.

use super::*;

const LIST: &str = "adcode\tname\tshort_name\tlevel\tparent_code\tcode_prefix
100000\t中华人民共和国\t全国\t0\t\t国
900000\t甲省\t甲\t1\t100000\t甲
900100\t乙市\t乙\t2\t900000\t
900101\t市中区\t市中\t3\t900100\t
900200\t丙市\t丙\t2\t900000\t
900201\t市中区\t市中\t3\t900200\t
900300\t庚辛市\t庚辛\t2\t900000\t
900301\t壬癸县\t壬癸\t3\t900300\t
";

fn places() -> Places {
    Places::parse("places.tsv", LIST).unwrap()
}

#[test]
fn the_place_of_a_body_is_the_lowest_that_its_name_begins_with() {
    let place = places().place_of_body("甲省丙市市中区人民政府").unwrap();
    assert_eq!(place.adcode.as_deref(), Some("900201"));
    let place = places().place_of_body("乙市市中区教育局").unwrap();
    assert_eq!(place.adcode.as_deref(), Some("900101"));
}

#[test]
fn a_place_that_the_list_lacks_is_read_off_the_name() {
    let place = places().place_of_body("甲省丁戊市人民政府").unwrap();
    assert_eq!((place.name.as_str(), place.level), ("丁戊市", 2));
    assert_eq!(place.parent_code.as_deref(), Some("900000"));
    assert_eq!(places().place_of_body("己庚县民政局").unwrap().name, "己庚县");
    assert_eq!(places().place_of_body("某银行驻庚辛市分行"), None);
}

#[test]
fn a_body_without_a_place_has_none() {
    assert_eq!(places().place_of_body("市教育局"), None);
    assert_eq!(places().place_of_body("各县区人民政府"), None);
}

#[test]
fn of_two_divisions_of_one_name_the_one_inside_is_meant() {
    let places = places();
    let within = places.by_code("900200").unwrap();
    let (place, rest) = places.split_prefix("市中区民政局", Some(within)).unwrap();
    assert_eq!((place.adcode.as_deref(), rest), (Some("900201"), "民政局"));
}

#[test]
fn a_chain_climbs_to_the_province() {
    let places = places();
    let chain: Vec<_> =
        places.chain(places.by_code("900201").unwrap()).iter().map(|p| p.name.clone()).collect();
    assert_eq!(chain, ["市中区", "丙市", "甲省"]);
}

#[test]
fn a_name_that_several_divisions_bear_means_none_outside_a_jurisdiction() {
    let places = places();
    assert!(places.split_prefix("市中区民政局", None).is_none());
    assert!(places.split_prefix("市中区民政局", places.by_code("900000")).is_none());
}

#[test]
fn a_place_inside_a_name_is_found_with_those_below_it() {
    let places = places();
    let inside = |words: &str| places.find_inside(words).map(|place| place.name.clone());
    // Names of two characters, as here, are no evidence inside words.
    assert_eq!(inside("驻乙市甲局"), None);
    assert_eq!(inside("国家总局庚辛市某局").as_deref(), Some("庚辛市"));
    assert_eq!(inside("国家总局庚辛市壬癸县某局").as_deref(), Some("壬癸县"));
}

#[test]
fn a_prefecture_is_known_by_its_first_character_where_only_one_has_it() {
    let places = places();
    let name = |code: &str, within: Option<&str>| {
        let within = within.and_then(|code| places.by_code(code));
        places.by_number_code(code, within).map(|place| place.name.clone())
    };
    assert_eq!(name("庚政发", None).as_deref(), Some("庚辛市"));
    assert_eq!(name("庚教发", None), None);
    assert_eq!(name("丙政办", Some("900201")).as_deref(), Some("丙市"));
    assert_eq!(name("甲市政发", None), None);
    assert_eq!(name("甲教发", None).as_deref(), Some("甲省"));
}

#[test]
fn each_code_of_the_shipped_list_stands_once_and_its_parent_stands_too() {
    let places = Places::parse("places.tsv", crate::graph::PLACES).unwrap();
    let coded = places.iter().filter(|place| place.adcode.is_some());
    assert_eq!(coded.count(), places.by_code.len());
    let parents = places.iter().filter_map(|place| place.parent_code.as_deref());
    let lost: Vec<&str> = parents.filter(|code| places.by_code(code).is_none()).collect();
    assert_eq!(lost, Vec::<&str>::new());
}

#[test]
fn the_code_of_a_number_tells_the_place() {
    assert_eq!(places().by_number_code("甲政办发", None).unwrap().name, "甲省");
    assert_eq!(places().by_number_code("国办发", None).unwrap().level, 0);
}
