//! Relief without a number. In: the words of a clause; out: the words that relieve and how much: 免征 is all, 减半 is 50 %.
//! The surprise: 免 alone says nothing (免费, 避免), so the words behind have to name a tax, a fee or a rent.

use crate::document::{Located, Qualifier, Quantity};
use crate::text::{Pattern, Span, pattern};
use std::sync::LazyLock;

static RELIEF: Pattern = LazyLock::new(|| {
    pattern(
        r"(?P<bound>免征收?|免收|免缴|免交|减半征收|减半收取|减半计征|减半缴纳|全额补贴|全额补助|全额返还|全额贴息|全额减免|减免|减收|免除)(?:(?P<months>\d{1,2})(?P<unit>个月|年)的?)?(?P<what>[\p{Han}、]{0,24}?(?:增值税|所得税|契税|房产税|土地使用税|印花税|购置税|消费税|资源税|占用税|关税|附加|税|费用|保险费|担保费|学费|费|租金|房租|保证金|使用金|利息|罚息)|)",
    )
});

static DENIED: Pattern =
    LazyLock::new(|| pattern(r"不得|不予|不再|停止|取消|不能|未予|不享受|已|原|恢复|问$"));

/// A relief; spans are in the words given.
#[derive(Clone, Debug)]
pub(super) struct Relief {
    /// 免征增值税.
    pub(super) name: Span,
    /// All, 50 %, or a time.
    pub(super) quantity: Quantity,
    /// Whether it is a time: 免收3个月租金.
    pub(super) is_time: bool,
}

/// The relief that `clause` grants.
pub(super) fn find_relief(clause: &str) -> Option<Relief> {
    let found = RELIEF.captures(clause)?;
    let (whole, bound, what) = (found.get(0)?, found.name("bound")?, found.name("what")?);
    let before = Span::new(0, whole.start()).slice(clause);
    let is_whole = bound.as_str().starts_with("全额");
    if DENIED.is_match(before) || (what.is_empty() && !is_whole) {
        return None;
    }
    let name = Span::new(whole.start(), whole.end());
    if let (Some(months), Some(unit)) = (found.name("months"), found.name("unit")) {
        let text = Span::new(months.start(), unit.end());
        let quantity = Quantity {
            number: Some(months.as_str().to_owned()),
            number_upper: None,
            unit: Some(unit.as_str().to_owned()),
            qualifier: Qualifier::Exactly,
            text: Located::new(text.slice(clause).to_owned(), text),
        };
        return Some(Relief { name, quantity, is_time: true });
    }
    // 减免 without a time or a number says nothing of how much.
    if ["减免", "减收", "免除"].contains(&bound.as_str()) {
        return None;
    }
    let halves = bound.as_str().starts_with("减半");
    let text = Span::new(bound.start(), bound.end());
    let quantity = Quantity {
        number: halves.then(|| "50".to_owned()),
        number_upper: None,
        unit: halves.then(|| "%".to_owned()),
        qualifier: if halves { Qualifier::Exactly } else { Qualifier::All },
        text: Located::new(text.slice(clause).to_owned(), text),
    };
    Some(Relief { name, quantity, is_time: false })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(clause: &str) -> Option<(&str, Qualifier)> {
        find_relief(clause).map(|found| (found.name.slice(clause), found.quantity.qualifier))
    }

    #[test]
    fn what_is_waived_or_halved_is_relief() {
        let table = [
            ("对花农暂免征收水资源费", Some(("免征收水资源费", Qualifier::All))),
            ("对花农免征增值税", Some(("免征增值税", Qualifier::All))),
            ("减半收取不动产登记费", Some(("减半收取不动产登记费", Qualifier::Exactly))),
            ("所缴契税由县级财政全额补贴", Some(("全额补贴", Qualifier::All))),
            ("免收3个月租金", Some(("免收3个月租金", Qualifier::Exactly))),
            ("减免部分费用", None),
            ("不得享受免征增值税政策", None),
            ("提供免费培训", None),
        ];
        for (clause, expected) in table {
            assert_eq!(shown(clause), expected, "{clause}");
        }
    }
}
