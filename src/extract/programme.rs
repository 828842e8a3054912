//! Named undertakings. In: the body's blocks, items and places; out: programmes. An action is launched by a heading
//! (实施城市更新行动) or named in text; pilots come with their places; projects with their size (30万吨/年). The
//! surprise: the name starts behind the verb that launches it, and 行动 is also an everyday word.

use super::outline::{Block, Outline};
use crate::document::{Item, Located, PlaceMention, Programme, ProgrammeKind, Qualifier, Quantity};
use crate::text::{Pattern, Span, pattern};
use std::sync::LazyLock;

/// Longer names are whole clauses.
const NAME_CHARS_MAX: usize = 30;

static NAMED: Pattern = LazyLock::new(|| {
    pattern(concat!(
        r"(?:实施|开展|推进|推动|落实|组织|启动|深化|推行|持续|滚动|继续|做好|落实好)+(?:实施|开展|好)?",
        r"((?:[“‘][^“”‘’，。；]{2,24}[”’])?[\p{Han}A-Za-z0-9、“”‘’]{0,28}?(?P<kind>行动方案|三年行动|行动计划|行动|工程包|工程|计划|项目建设|试点|示范创建))"
    ))
});

/// A word that each name and pilot needs: most blocks have none.
static MAY_NAME: Pattern = LazyLock::new(|| pattern(r"行动|工程|计划|项目建设|试点|示范"));

static QUOTED: Pattern = LazyLock::new(|| pattern(r"[“‘]([^“”‘’，。；]{3,24})[”’]"));

static LAUNCHED_BEFORE: Pattern = LazyLock::new(|| pattern(r"(?:推进|实施|开展|深化|做好|组织)$"));

static CAMPAIGN_BEHIND: Pattern = LazyLock::new(|| {
    pattern(r"^(?:、?[“‘][^“”‘’]{2,24}[”’])*等?[\p{Han}]{0,8}?(行动|工程|活动|计划)")
});

static PILOT: Pattern = LazyLock::new(|| {
    pattern(
        r"((?:国家级|省级|市级|国家|全国|全省)[^和、，。；“”]{0,16}?(?:试点|示范)(?:县|市|区|镇|园区|社区|城市)?)(?:建设|先行|创建|工作)?",
    )
});

static PROJECT: Pattern = LazyLock::new(|| {
    pattern(
        r"(\d+(?:\.\d+)?)((?:万|亿)?(?:吨|千瓦|立方米|平方米|台|套|件|标准箱)/[年日])([\p{Han}A-Za-z0-9]{2,16}?)(?:等[\p{Han}]{0,8})?项目",
    )
});

static LAUNCH: Pattern = LazyLock::new(|| {
    pattern(
        r"^(?:深入|全面|大力|组织|加快)?(?:实施|开展|推进)([\p{Han}A-Za-z0-9“”]{2,28}(?:行动|工程|计划))$",
    )
});

/// The programmes that the outline names, in the order of the text.
pub(super) fn find_programmes(
    clean: &str,
    outline: &Outline,
    places: &[PlaceMention],
) -> Vec<Programme> {
    let mut programmes = Vec::new();
    for block in &outline.blocks {
        let words = block.span.slice(clean);
        if block.is_heading {
            programmes.extend(find_launched(words, block));
        }
        let mut found = Vec::new();
        if MAY_NAME.is_match(words) {
            find_named(words, block, &mut found);
            find_pilots(clean, block, places, &mut found);
        }
        if words.contains(['“', '‘']) {
            find_campaigns(words, block, &mut found);
        }
        if words.contains("项目") {
            find_projects(words, block, &mut found);
        }
        found.sort_by_key(|programme| {
            (programme.name.span.byte_start, usize::MAX - programme.name.span.byte_end)
        });
        for one in found {
            let inside = |known: &Programme| known.name.span.contains(one.name.span);
            if !programmes.iter().rev().take(8).any(inside) {
                programmes.push(one);
            }
        }
    }
    programmes
}

fn find_launched(words: &str, block: &Block) -> Option<Programme> {
    let name = LAUNCH.captures(words)?.get(1)?;
    let kind = kind_of(name.as_str());
    let mut programme = make(name.as_str(), name.start(), block, kind);
    programme.launched = true;
    Some(programme)
}

fn find_named(words: &str, block: &Block, found: &mut Vec<Programme>) {
    for captures in NAMED.captures_iter(words) {
        let (Some(name), Some(kind)) = (captures.get(1), captures.name("kind")) else { continue };
        let stem = name.as_str().strip_suffix(kind.as_str()).unwrap_or_default();
        let behind = words.get(name.end()..).unwrap_or_default();
        let is_count = stem.ends_with('大') && stem.chars().count() < 8;
        let unbalanced = stem.matches('“').count() != stem.matches('”').count();
        let generic = is_count
            || unbalanced
            || stem.chars().count() < 3
            || stem.ends_with(['的', '等', '个', '类'])
            || behind.starts_with('化');
        if !generic && name.as_str().chars().count() <= NAME_CHARS_MAX && !stem.contains('、') {
            found.push(make(name.as_str(), name.start(), block, kind_of(name.as_str())));
        }
    }
}

/// “…” names a campaign where it is launched, where its own end says so, or where the words behind do.
fn find_campaigns(words: &str, block: &Block, found: &mut Vec<Programme>) {
    for captures in QUOTED.captures_iter(words) {
        let (Some(whole), Some(name)) = (captures.get(0), captures.get(1)) else { continue };
        let behind = words.get(whole.end()..).unwrap_or_default();
        let sort = CAMPAIGN_BEHIND
            .captures(behind)
            .and_then(|found| found.get(1))
            .map(|sort| sort.as_str());
        let ends = ["行动", "工程", "计划"].iter().any(|end| name.as_str().ends_with(end));
        let launched = LAUNCHED_BEFORE.is_match(words.get(..whole.start()).unwrap_or_default());
        if sort.is_some()
            || ends
            || (launched && (behind.is_empty() || behind.starts_with(['，', ',', '。', '；'])))
        {
            let kind =
                if sort == Some("工程") { ProgrammeKind::Works } else { kind_of(name.as_str()) };
            found.push(make(name.as_str(), name.start(), block, kind));
        }
    }
}

/// A pilot's places stand in the words before it.
fn find_pilots(clean: &str, block: &Block, places: &[PlaceMention], found: &mut Vec<Programme>) {
    let words = block.span.slice(clean);
    for captures in PILOT.captures_iter(words) {
        let Some(name) = captures.get(1) else { continue };
        let clause_start = words
            .get(..name.start())
            .and_then(|before| before.rfind(['，', ',', '。', '；', ';']))
            .unwrap_or(0);
        let reach = Span::new(clause_start, name.end()).shifted(block.span.byte_start);
        let mut programme = make(name.as_str(), name.start(), block, ProgrammeKind::Pilot);
        programme.places = (0..places.len())
            .filter(|&at| places.get(at).is_some_and(|place| reach.contains(place.name.span)))
            .collect();
        found.push(programme);
    }
}

fn find_projects(words: &str, block: &Block, found: &mut Vec<Programme>) {
    for captures in PROJECT.captures_iter(words) {
        let (Some(number), Some(unit), Some(name)) =
            (captures.get(1), captures.get(2), captures.get(3))
        else {
            continue;
        };
        let text = Span::new(number.start(), unit.end());
        let mut programme = make(name.as_str(), name.start(), block, ProgrammeKind::Project);
        programme.capacity = Some(Quantity {
            number: Some(number.as_str().to_owned()),
            number_upper: None,
            unit: Some(unit.as_str().to_owned()),
            qualifier: Qualifier::Exactly,
            text: Located::new(text.slice(words).to_owned(), text.shifted(block.span.byte_start)),
        });
        found.push(programme);
    }
}

fn kind_of(name: &str) -> ProgrammeKind {
    if name.ends_with("计划") && !name.ends_with("行动计划") {
        ProgrammeKind::Scheme
    } else if name.ends_with("工程") || name.ends_with("工程包") {
        ProgrammeKind::Works
    } else if name.ends_with("试点") || name.ends_with("示范创建") {
        ProgrammeKind::Pilot
    } else if name.ends_with("项目建设") {
        ProgrammeKind::Project
    } else {
        ProgrammeKind::Action
    }
}

/// A programme named at `start` of the block's words, without quotation marks around the whole name.
fn make(name: &str, start: usize, block: &Block, kind: ProgrammeKind) -> Programme {
    let bare = name
        .strip_prefix('“')
        .and_then(|rest| rest.strip_suffix('”'))
        .filter(|inner| !inner.contains(['“', '”']));
    let (value, lead) = bare.map_or((name, 0), |bare| (bare, '“'.len_utf8()));
    let span = Span::new(start + lead, start + lead + value.len()).shifted(block.span.byte_start);
    Programme {
        item: block.item,
        name: Located::new(value.to_owned(), span),
        kind,
        launched: false,
        capacity: None,
        places: Vec::new(),
    }
}

/// How many items launch an action.
pub(super) fn count_launched(items: &[Item]) -> usize {
    let launches = |item: &&Item| {
        item.path.len() == 1
            && LAUNCH.captures(&item.heading.value).is_some_and(|found| {
                found.get(1).is_some_and(|name| name.as_str().ends_with("行动"))
            })
    };
    items.iter().filter(launches).count()
}

#[cfg(test)]
mod tests {
    use super::super::outline::find_outline;
    use super::super::paragraph::find_paragraphs;
    use super::*;

    fn programmes(text: &str) -> Vec<(String, ProgrammeKind, bool)> {
        let paragraphs = find_paragraphs(text);
        let outline = find_outline(text, &paragraphs, &vec![false; paragraphs.len()]);
        find_programmes(text, &outline, &[])
            .into_iter()
            .map(|one| (one.name.value, one.kind, one.launched))
            .collect()
    }

    #[test]
    fn a_heading_launches_an_action() {
        assert_eq!(
            programmes("一、实施绿城提升行动\n做好工作。"),
            [("绿城提升行动".into(), ProgrammeKind::Action, true)]
        );
        assert_eq!(
            programmes("一、开展清河工程\n做好工作。"),
            [("清河工程".into(), ProgrammeKind::Works, true)]
        );
        assert_eq!(programmes("一、加强组织领导\n采取行动。"), []);
    }

    #[test]
    fn running_text_names_programmes() {
        assert_eq!(
            programmes("深入实施河道清障三年行动，加强管理。"),
            [("河道清障三年行动".into(), ProgrammeKind::Action, false)]
        );
        assert_eq!(
            programmes("开展“绿满山川”等活动。"),
            [("绿满山川".into(), ProgrammeKind::Action, false)]
        );
        assert_eq!(
            programmes("建设省级绿色试点县。"),
            [("省级绿色试点县".into(), ProgrammeKind::Pilot, false)]
        );
        assert_eq!(programmes("统一思想和行动。"), []);
    }

    #[test]
    fn a_project_may_have_a_size() {
        let text = "推进20万吨/年树脂等重大项目建设。";
        let paragraphs = find_paragraphs(text);
        let outline = find_outline(text, &paragraphs, &[false]);
        let found = find_programmes(text, &outline, &[]);
        assert_eq!(found[0].capacity.as_ref().unwrap().text.value, "20万吨/年");
    }
}
