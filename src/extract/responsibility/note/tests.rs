//! Invented notes, and who has which role in them.

use super::*;

fn roles(note: &str) -> Vec<(String, Role)> {
    let assignments = parse_note(note, Span::new(0, note.len()));
    assignments.into_iter().map(|one| (one.agent.value, one.role)).collect()
}

fn named(pairs: &[(&str, Role)]) -> Vec<(String, Role)> {
    pairs.iter().map(|&(name, role)| (name.to_owned(), role)).collect()
}

#[test]
fn the_time_may_stand_in_front_of_the_label() {
    assert!(opens_with_label("6月底取得成效并持续推进，牵头考核单位：市园林局"));
    assert!(opens_with_label("按进度推进，牵头单位：市园林局"));
    assert!(!opens_with_label("加强养护，牵头单位：市园林局"));
    assert!(!opens_with_label("责任编辑：李木"));
}

#[test]
fn a_label_governs_what_follows() {
    assert_eq!(
        roles("牵头单位：市园林局；配合单位：市水务局、各区政府"),
        named(&[
            ("市园林局", Role::Lead),
            ("市水务局", Role::Support),
            ("各区政府", Role::Support)
        ])
    );
    assert_eq!(
        roles("责任单位：市园林局，市财政局等"),
        named(&[("市园林局", Role::Responsible), ("市财政局", Role::Responsible)])
    );
    assert_eq!(
        roles("责任领导：张某；完成时限：2025年6月；责任单位：市园林局"),
        named(&[("市园林局", Role::Responsible)])
    );
    assert_eq!(
        roles("牵头单位：市园林局、市财政局按职责分工负责；各区政府配合"),
        named(&[("市园林局", Role::Lead), ("市财政局", Role::Lead), ("各区政府", Role::Support)])
    );
    assert_eq!(roles("适用范围：全部试点"), Vec::new());
    assert_eq!(
        roles("牵头单位市园林局、区水务局"),
        named(&[("市园林局", Role::Lead), ("区水务局", Role::Lead)])
    );
}

#[test]
fn a_label_may_name_offices_and_what_they_do() {
    let parsed = roles(
        "责任单位及承办科室（单位）：市园林局、市水务局在花市设立窗口受理、发证，花市综合窗口、苗木窗口负责收件、反馈意见；市园林局审批科牵头承办，苗木管理中心、绿化监督站协办",
    );
    let found = named(&[
        ("市园林局", Role::Responsible),
        ("市水务局", Role::Responsible),
        ("花市综合窗口", Role::Responsible),
        ("苗木窗口", Role::Responsible),
        ("市园林局审批科", Role::Lead),
        ("苗木管理中心", Role::Support),
        ("绿化监督站", Role::Support),
    ]);
    assert_eq!(parsed, found);
    assert_eq!(
        roles("责任单位：市行政审批局、市园林局受理科、花市窗口收件、受理、初审"),
        named(&[
            ("市行政审批局", Role::Responsible),
            ("市园林局受理科", Role::Responsible),
            ("花市窗口", Role::Responsible),
        ])
    );
}

#[test]
fn a_role_word_governs_the_names_before_it() {
    assert_eq!(
        roles("省园林厅、公安厅牵头，省财政厅等参与，各市政府负责落实"),
        named(&[
            ("省园林厅", Role::Lead),
            ("公安厅", Role::Lead),
            ("省财政厅", Role::Support),
            ("各市政府", Role::Responsible)
        ])
    );
    assert_eq!(
        roles("市园林局、市水务局按职责分工负责"),
        named(&[("市园林局", Role::Shared), ("市水务局", Role::Shared)])
    );
    assert_eq!(
        roles("市园林局、市文旅局分别牵头会同市水务局等部门负责"),
        named(&[
            ("市园林局", Role::Lead),
            ("市文旅局", Role::Lead),
            ("市水务局", Role::Responsible)
        ])
    );
    assert_eq!(
        roles("市园林局牵头、各区按规定落实"),
        named(&[("市园林局", Role::Lead), ("各区", Role::Responsible)])
    );
    assert_eq!(
        roles("市园林局牵头、市水务局配合"),
        named(&[("市园林局", Role::Lead), ("市水务局", Role::Support)])
    );
    assert_eq!(
        roles("责任单位：市园林局，以下措施均需各区政府落实，不再列出"),
        named(&[("市园林局", Role::Responsible), ("各区政府", Role::Responsible)])
    );
    assert_eq!(
        roles("市园林局、市水务局等部门以及各区按职责分工负责"),
        named(&[("市园林局", Role::Shared), ("市水务局", Role::Shared), ("各区", Role::Shared)])
    );
    assert_eq!(
        roles("市园林局负责。以下政策均需各区政府落实，不再单独列出"),
        named(&[("市园林局", Role::Responsible), ("各区政府", Role::Responsible)])
    );
    assert_eq!(roles("以下任务除另有说明外不再列出"), Vec::new());
    assert_eq!(
        roles("责任单位：市园林局，各区政府（排在第一位的为牵头单位，下同）"),
        named(&[("市园林局", Role::Responsible), ("各区政府", Role::Responsible)])
    );
}

#[test]
fn by_when_names_nobody() {
    let both = named(&[("市园林局", Role::Lead), ("市水务局", Role::Support)]);
    for time in
        ["2031年6月底前完成", "完成时间：持续推进", "年内完成", "长期坚持", "2031年取得明显成效"]
    {
        let note = format!("市园林局牵头，市水务局配合，{time}");
        assert!(is_suffixed(&note), "{note}");
        assert_eq!(roles(&note), both, "{note}");
    }
    assert_eq!(roles("市园林局牵头，完成时限：6月底；市水务局配合"), both);
    assert_eq!(roles("市园林局牵头，6月底前完成；市水务局配合"), both);
}

#[test]
fn a_name_ends_where_the_next_paragraph_starts() {
    let cut = |line: &'static str| cut_run_on(line, Span::new(0, line.len())).slice(line);
    assert_eq!(cut("责任单位：市园林局、市水务局严格控制苗圃用水"), "责任单位：市园林局、市水务局");
    assert_eq!(cut("责任单位：市园林局各区要加强巡查"), "责任单位：市园林局");
    for whole in ["责任单位：市园林局、市政府办公室", "责任单位：市园林局在花市设立窗口受理"]
    {
        assert_eq!(cut(whole), whole);
    }
}

#[test]
fn a_note_names_a_body_before_its_role_word() {
    for words in [
        "市园林局负责",
        "市园林局、市水务局牵头",
        "市园林局牵头，市水务局配合",
        "某行某市中支、市园林局按职责分工负责",
        "市园林局牵头，各区政府负责落实，以下均需各区政府落实，不再列出",
        "市园林局、市水务局按职责分工负责，列第一的为牵头单位，下同",
        "园林、水务等部门按职责分工负责",
    ] {
        assert!(is_suffixed(words), "{words}");
    }
    assert!(!is_suffixed("以下统称谁主管谁负责"));
    assert!(!is_suffixed("花农向园林、水务等部门申报，谁主管谁负责"));
    assert!(!is_suffixed("园林、林业等部门认定的古树，由所有人负责"));
}
