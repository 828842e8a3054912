//! Numbers in brackets behind a promise. In: a clause that promised; out: the targets of its brackets. The surprise: most brackets hold
//! names and asides, so only those that break the promise down (其中：…) or say where another number holds (山区达到50%) are read.

use super::Reader;
use crate::document::Target;
use crate::extract::paragraph::find_clauses;
use crate::text::{Pattern, Span, pattern};
use std::sync::LazyLock;

impl Reader<'_> {
    /// 公园50个（其中：大型公园5个）: the bracket behind a promise breaks it down.
    pub(super) fn read_breakdown(&mut self, clause: Span) {
        static INSIDE: Pattern = LazyLock::new(|| {
            pattern(r"[（(](其中(?:包括)?[：:，,]?|包括[：:]?)([^（）()]{4,100})[）)]")
        });
        if !self.promised_before || !clause.slice(self.clean).contains(['（', '(']) {
            return;
        }
        let (due, measured) = (self.due.clone(), self.last_indicator.clone());
        self.clause_before = None;
        for found in INSIDE.captures_iter(clause.slice(self.clean)) {
            let Some(inside) = found.get(2) else { continue };
            let place = Span::new(inside.start(), inside.end()).shifted(clause.byte_start);
            for part in find_clauses(self.clean, place) {
                self.read_clause(part, place, (false, false));
            }
        }
        // 种树60棵（其中2031年6棵），浇水…: what the bracket says does not govern what follows.
        self.due = due;
        self.last_indicator = measured.or(self.last_indicator.take());
        self.read_exception(clause);
        self.read_level(clause);
    }

    /// 苗圃30个（国家级不少于6个）: how many of them are of a higher level.
    fn read_level(&mut self, clause: Span) {
        static LEVEL: Pattern = LazyLock::new(|| {
            pattern(
                r"\d[多余]?[个家处所座名项支](?:左右|以上)?[（(]((?:国家|省|市|县)级(?:以上)?(?:不少于|不低于|至少|达到)\d+[个家处所座名项支])[）)]",
            )
        });
        let found = LEVEL.captures(clause.slice(self.clean)).and_then(|found| found.get(1));
        let (Some(inside), Some(counted)) = (found, self.last_indicator.clone()) else { return };
        let place = Span::new(inside.start(), inside.end()).shifted(clause.byte_start);
        let first = self.targets.len();
        self.read_clause(place, place, (false, false));
        for target in self.targets.iter_mut().skip(first) {
            target.indicator.value.push_str(&counted.value);
        }
        self.last_indicator = Some(counted);
    }

    /// 绿化率达到30%（山区达到50%）: the bracket says where another number is to be reached.
    fn read_exception(&mut self, clause: Span) {
        static ELSEWHERE: Pattern = LazyLock::new(|| {
            pattern(
                r"[（(]([\p{Han}、]{2,16}?(?:达到?|不低于|不超过|降至|降到|提高到)\d[\d.]*[%％](?:以上|以内|以下|左右)?)[）)]",
            )
        });
        static REPORTED: Pattern = LazyLock::new(|| {
            pattern(r"^(?:其中|目前|现|已|全[国省市县区]|平均|上年|去年|原则|最|分别|力争|确保)")
        });
        let found = ELSEWHERE.captures(clause.slice(self.clean)).and_then(|found| found.get(1));
        let Some(inside) = found.filter(|inside| !REPORTED.is_match(inside.as_str())) else {
            return;
        };
        let place = Span::new(inside.start(), inside.end()).shifted(clause.byte_start);
        let (measured, first) = (self.last_indicator.clone(), self.targets.len());
        self.read_clause(place, place, (false, false));
        let Some(measured) = measured else { return };
        // （成活率达到90%）: a rate of its own.
        let is_place = |target: &&mut Target| {
            !target
                .indicator
                .value
                .ends_with(['率', '比', '重', '例', '量', '值', '度', '额', '数'])
        };
        for target in self.targets.iter_mut().skip(first).filter(is_place) {
            let what = measured.value.trim_start_matches(['全', '省', '市', '县', '区']);
            target.indicator.value.push_str(what);
        }
        self.last_indicator = Some(measured);
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::indicators;

    #[test]
    fn a_bracket_says_where_another_number_is_to_be_reached() {
        let text = "一、种树\n到2031年，全市绿化率达到30%（山区、林区达到50%），公园60个。";
        assert_eq!(indicators(text), ["全市绿化率", "山区、林区绿化率", "公园"]);
        let text = "一、种树\n建设苗圃30个（国家级不少于6个）。";
        assert_eq!(indicators(text), ["苗圃", "国家级苗圃"]);
        let text = "一、种树\n到2031年，全市绿化率达到30%（目前达到20%）。";
        assert_eq!(indicators(text), ["全市绿化率"]);
    }
}
