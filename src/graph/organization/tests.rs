//! Bodies by name in jurisdictions of the shipped code lists.

use super::*;
use crate::graph::reference::{FUNCTIONS, PLACES};

fn identify(written: &str, adcode: &str) -> Organization {
    let functions = Functions::parse("functions.tsv", FUNCTIONS).unwrap();
    let places = Places::parse("places.tsv", PLACES).unwrap();
    let registry = Registry { functions: &functions, places: &places };
    registry.identify(written, places.by_code(adcode))
}

fn label(written: &str, adcode: &str) -> String {
    identify(written, adcode).label
}

#[test]
fn all_forms_of_a_name_mean_one_body() {
    for written in ["市发展改革委", "市发改委", "菏泽市发展和改革委员会", "菏泽市发改委"]
    {
        assert_eq!(label(written, "371700"), "菏泽市发展改革委", "{written}");
    }
    let body = identify("市发展改革委", "371700");
    assert_eq!(body.full_name, "菏泽市发展和改革委员会");
    assert_eq!(body.function.as_deref(), Some("发展改革"));
    assert_eq!(body.sector.as_deref(), Some("Government"));
    assert!(body.other_names.contains("市发改委") && body.other_names.contains("市发展改革委"));
}

#[test]
fn the_word_for_a_level_tells_the_place_above() {
    assert_eq!(label("省发展改革委", "371700"), "山东省发展改革委");
    assert_eq!(label("省住建厅", "371722"), "山东省住房城乡建设厅");
    assert_eq!(label("市市场监管局", "371700"), "菏泽市市场监管局");
    assert_eq!(label("省市场监管局", "371700"), "山东省市场监管局");
    assert_eq!(label("山东银保监局", "371700"), "山东省银保监局");
}

#[test]
fn a_name_that_shares_the_place_of_its_list_belongs_to_the_jurisdiction() {
    assert_eq!(label("商务厅", "370000"), "山东省商务厅");
    assert_eq!(label("发展改革委", "370000"), "山东省发展改革委");
    assert_eq!(label("发改委", "371700"), "菏泽市发展改革委");
    assert_eq!(label("教育部", "370000"), "教育部");
}

#[test]
fn the_place_may_stand_inside_the_name() {
    assert_eq!(label("团市委", "371700"), "团菏泽市委");
    assert_eq!(label("国家税务总局菏泽市税务局", "371700"), "菏泽市税务局");
    assert_eq!(label("中共菏泽市委组织部", "371700"), "菏泽市委组织部");
    assert_eq!(label("市委组织部", "371700"), "菏泽市委组织部");
    assert_eq!(identify("省法院", "371700").full_name, "山东省高级人民法院");
    assert_eq!(identify("市法院", "371700").full_name, "菏泽市中级人民法院");
}

#[test]
fn governments_and_the_centre_are_known() {
    assert_eq!(label("菏泽市人民政府", "371700"), "菏泽市人民政府");
    assert_eq!(label("市政府", "371700"), "菏泽市人民政府");
    assert_eq!(label("国务院办公厅", "371700"), "国务院办公厅");
    assert_eq!(identify("国务院", "371700").full_name, "中华人民共和国国务院");
    assert_eq!(identify("教育部", "371700").place.unwrap().level, 0);
    assert_eq!(label("单县人民政府", "371700"), "单县人民政府");
    assert_eq!(label("发展改革委", "100000"), "国家发展改革委");
    assert_eq!(label("国资委", "100000"), "国务院国资委");
}

#[test]
fn quotation_marks_do_not_make_another_body() {
    let body = identify("市重点产业“链长制”办公室", "371700");
    assert_eq!(body.label, "菏泽市重点产业链长制办公室");
    assert_eq!(body.full_name, "菏泽市重点产业“链长制”办公室");
    assert_eq!(label("市重点产业链长制办公室", "371700"), body.label);
}

#[test]
fn an_unknown_body_keeps_its_words_after_the_place() {
    let body = identify("市某某服务中心", "371700");
    assert_eq!((body.label.as_str(), body.function), ("菏泽市某某服务中心", None));
    assert_eq!(label("鲁西新区某某公司", "371700"), "菏泽市鲁西新区某某公司");
    assert_eq!(label("山东某某总站", "370000"), "山东某某总站");
}

#[test]
fn a_government_that_the_list_lacks_is_a_body_of_its_own_place() {
    let body = identify("丁戊县人民政府", "371700");
    assert_eq!((body.label.as_str(), body.function.as_deref()), ("丁戊县人民政府", Some("政府")));
    assert_eq!(body.place.unwrap().parent_code.as_deref(), Some("371700"));
}

#[test]
fn the_jurisdiction_tells_the_body_in_every_province() {
    let body = identify("省发展改革委", "350000");
    assert_eq!(
        (body.label.as_str(), body.function.as_deref()),
        ("福建省发展改革委", Some("发展改革"))
    );
    assert_eq!(label("省发展改革委", "350900"), "福建省发展改革委");
    assert_eq!(label("自治区教育厅", "450300"), "广西壮族自治区教育厅");
    assert_eq!(label("州财政局", "522700"), "黔南布依族苗族自治州财政局");
    assert_eq!(label("区教育局", "370102"), "历下区教育局");
    assert_eq!(label("市教育局", "370102"), "济南市教育局");
    assert_eq!(label("市住建局", "522702"), "福泉市住房城乡建设局");
    assert_eq!(label("银保监会", "411700"), "银保监会");
    assert_eq!(identify("银保监会", "411700").function.as_deref(), Some("金融监管"));
}

#[test]
fn a_branch_belongs_to_the_place_in_its_name() {
    assert_eq!(label("人行福州中心支行", "350000"), "人民银行福州市分行");
    assert_eq!(label("中国人民银行楚雄州分行", "530000"), "人民银行楚雄彝族自治州分行");
    let body = identify("国家金融监督管理总局玉林监管分局", "450000");
    assert_eq!(body.label, "玉林市金融监管分局");
    assert_eq!(body.place.unwrap().name, "玉林市");
    assert_eq!(identify("福州海关", "350000").place.unwrap().name, "福州市");
    assert_eq!(label("三明", "350000"), "三明市人民政府");
}

#[test]
fn bodies_that_do_the_same_work_under_other_names_are_not_merged() {
    for (one, other) in [
        ("市水利局", "市水务局"),
        ("市教育局", "市教育和体育局"),
        ("市工信局", "市经信局"),
        ("市林业局", "市园林局"),
        ("市发展改革委", "市发展改革局"),
        ("市自然资源和规划局", "市规划局"),
    ] {
        assert_ne!(label(one, "371700"), label(other, "371700"));
    }
    assert_eq!(label("市工信局", "371700"), label("市工业和信息化局", "371700"));
    assert_eq!(identify("市水利局", "371700").function.as_deref(), Some("水利"));
    assert_eq!(identify("市经信局", "371700").function.as_deref(), Some("工业和信息化"));
}

#[test]
fn a_body_with_another_name_for_the_same_work_stays_itself() {
    let body = identify("县发展和改革局", "371722");
    assert_eq!(body.label, "单县发展和改革局");
    assert_eq!(body.function.as_deref(), Some("发展改革"));
    assert!(body.other_names.contains("县发展和改革局"));
}

#[test]
fn many_bodies_at_once_are_a_collective_of_the_jurisdiction() {
    let body = identify("各县区人民政府(管委会)", "371700");
    assert_eq!(body.sector.as_deref(), Some("Collective"));
    assert!(body.label.starts_with("菏泽市各县区人民政府"));
    assert_eq!(identify("各相关单位", "371700").sector.as_deref(), Some("Collective"));
}

#[test]
fn a_body_of_the_province_never_gets_the_name_of_a_bureau() {
    let names = identify("省住房城乡建设厅", "370000").other_names;
    assert!(names.contains("省住建厅") && !names.contains("省住建局"));
}

#[test]
fn without_a_jurisdiction_a_body_keeps_its_words() {
    let functions = Functions::parse("functions.tsv", FUNCTIONS).unwrap();
    let places = Places::parse("places.tsv", PLACES).unwrap();
    let registry = Registry { functions: &functions, places: &places };
    let body = registry.identify("市教育局", None);
    assert_eq!((body.label.as_str(), body.function.as_deref()), ("市教育局", Some("教育")));
    assert_eq!(registry.place_of_issuer("国务院办公厅").unwrap().level, 0);
    assert_eq!(registry.place_of_issuer("中共菏泽市委").unwrap().name, "菏泽市");
}
