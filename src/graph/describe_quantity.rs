//! A quantity: value, bounds, unit and qualifier.
//!
//! In: a printed quantity. Out: what it says, and no more. Guarantees, which the shapes check: 达到, 以上,
//! 超过 give a lower bound, 以下 and 低于 an upper one, 左右 none, a range both and no value; 全覆盖 is
//! 100 %, 清零 is 0…0. The value is the printed number times 万 or 亿, exact: decimal digits are moved,
//! never computed.

use super::describe_document::Description;
use super::unit::PrintedUnit;
use super::vocabulary::{qudt, skos, unit, zt};
use crate::document::{Qualifier, Quantity};
use oxigraph::model::{NamedNode, NamedNodeRef};

/// What the words say of a number.
#[derive(Debug, PartialEq, Eq)]
struct Bounds {
    qualifier: NamedNodeRef<'static>,
    value: Option<String>,
    lower: Option<String>,
    upper: Option<String>,
}

impl Description<'_> {
    /// Describes `quantity` as `iri`. `usual_unit` is the unit of the indicator, which holds where the
    /// text prints a counting word or no unit (千人口托位数达到4.8个).
    pub(super) fn describe_quantity(
        &mut self,
        iri: &NamedNode,
        quantity: &Quantity,
        usual_unit: Option<&NamedNode>,
    ) {
        let printed = quantity.unit.as_deref().unwrap_or_default();
        let read = self.reference.units.read(printed, &self.reference.mint);
        let bounds = bounds(quantity, read.exponent);
        self.out.string(iri, zt::VALUE_TEXT, &quantity.text.value);
        self.out.add(iri, zt::QUALIFIER, bounds.qualifier);
        let numbers = [
            (zt::VALUE, &bounds.value),
            (zt::LOWER_BOUND, &bounds.lower),
            (zt::UPPER_BOUND, &bounds.upper),
        ];
        for (property, number) in numbers {
            if let Some(number) = number {
                self.out.decimal(iri, property, number);
            }
        }
        if numbers.iter().all(|(_, number)| number.is_none()) {
            return;
        }
        if quantity.qualifier == Qualifier::All {
            self.out.add(iri, zt::UNIT, unit::PERCENT);
            return;
        }
        if let Some(classifier) = &read.classifier {
            self.out.string(iri, zt::CLASSIFIER, classifier);
        }
        let counted = read.iri.as_ref() == unit::NUM;
        let chosen = usual_unit.filter(|_| counted).unwrap_or(&read.iri).clone();
        self.describe_minted_unit(&read);
        self.out.add(iri, zt::UNIT, chosen);
    }

    fn describe_minted_unit(&mut self, read: &PrintedUnit) {
        if let Some(label) = &read.minted_label {
            self.out.class(&read.iri, qudt::UNIT);
            self.out.label(&read.iri, label);
            self.out.chinese(&read.iri, skos::PREF_LABEL, label);
        }
    }
}

/// The most that `quantity` may be, in yuan; `None` where its words set no upper bound or its unit is no sum of yuan.
pub(super) fn yuan_max(quantity: &Quantity, unit: &PrintedUnit) -> Option<String> {
    let upper = bounds(quantity, unit.exponent).upper;
    upper.filter(|_| unit.iri.as_ref() == unit::YUAN)
}

fn bounds(quantity: &Quantity, exponent: u32) -> Bounds {
    // 亿元以上: the multiplier alone is one of it.
    let alone = (exponent > 0).then_some("1");
    let number = quantity.number.as_deref().or(alone);
    let number = number.and_then(|number| scaled(number, exponent));
    let upper = quantity.number_upper.as_deref().and_then(|number| scaled(number, exponent));
    let of = |qualifier, value, lower, upper| Bounds { qualifier, value, lower, upper };
    let whole = |digits: &str| Some(digits.to_owned());
    match (quantity.qualifier, number, upper) {
        (Qualifier::All, ..) => of(zt::ALL_OF, whole("100"), whole("100"), None),
        (Qualifier::Zero, ..) => of(zt::ZERO, whole("0"), whole("0"), whole("0")),
        (Qualifier::Some, ..) | (_, None, _) => of(zt::SOME, None, None, None),
        (Qualifier::Between, lower, Some(upper)) => of(zt::BETWEEN, None, lower, Some(upper)),
        (Qualifier::Reach, value, _) => of(zt::REACH, value.clone(), value, None),
        (Qualifier::AtLeast, value, _) => of(zt::AT_LEAST, value.clone(), value, None),
        (Qualifier::MoreThan, value, _) => of(zt::MORE_THAN, value.clone(), value, None),
        (Qualifier::AtMost, value, _) => of(zt::AT_MOST, value.clone(), None, value),
        (Qualifier::LessThan, value, _) => of(zt::LESS_THAN, value.clone(), None, value),
        (Qualifier::Exactly, value, _) => of(zt::EXACTLY, value.clone(), value.clone(), value),
        // A range with one end only bounds nothing.
        (Qualifier::About | Qualifier::Between, value, _) => of(zt::ABOUT, value, None, None),
    }
}

/// `number`, in decimal notation, times ten to the power of `exponent`, without needless zeros;
/// `None` where it is no decimal number.
fn scaled(number: &str, exponent: u32) -> Option<String> {
    let (sign, digits) = number.strip_prefix('-').map_or(("", number), |digits| ("-", digits));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !all_digits(whole) || !all_digits(fraction) {
        return None;
    }
    let mut moved = whole.to_owned();
    let mut rest = fraction.chars();
    for _ in 0..exponent {
        moved.push(rest.next().unwrap_or('0'));
    }
    let whole = moved.trim_start_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    let fraction = rest.as_str().trim_end_matches('0');
    Some(if fraction.is_empty() {
        format!("{sign}{whole}")
    } else {
        format!("{sign}{whole}.{fraction}")
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Located;
    use crate::text::Span;

    fn quantity(number: Option<&str>, upper: Option<&str>, qualifier: Qualifier) -> Quantity {
        Quantity {
            number: number.map(str::to_owned),
            number_upper: upper.map(str::to_owned),
            unit: None,
            qualifier,
            text: Located::new(String::new(), Span::default()),
        }
    }

    fn check(qualifier: Qualifier, value: &str, lower: &str, upper: &str) {
        let found = bounds(&quantity(Some("2.5"), Some("4"), qualifier), 0);
        let shown = |number: Option<String>| number.unwrap_or_else(|| "-".to_owned());
        let found = [shown(found.value), shown(found.lower), shown(found.upper)];
        assert_eq!(found, [value, lower, upper], "{qualifier:?}");
    }

    #[test]
    fn digits_are_moved_and_never_computed() {
        assert_eq!(scaled("3.7", 4).as_deref(), Some("37000"));
        assert_eq!(scaled("1.30", 4).as_deref(), Some("13000"));
        assert_eq!(scaled("0.123456789012345678901", 8).as_deref(), Some("12345678.9012345678901"));
        assert_eq!(scaled("57.0", 0).as_deref(), Some("57"));
        assert_eq!(scaled("0", 8).as_deref(), Some("0"));
        assert_eq!(scaled("-1.5", 1).as_deref(), Some("-15"));
    }

    #[test]
    fn what_is_no_decimal_number_has_no_value() {
        for text in ["", ".5", "三", "1,000", "1e5", "1.2.3"] {
            assert_eq!(scaled(text, 0), None, "{text}");
        }
    }

    #[test]
    fn bounds_say_only_what_the_words_say() {
        check(Qualifier::Reach, "2.5", "2.5", "-");
        check(Qualifier::AtLeast, "2.5", "2.5", "-");
        check(Qualifier::MoreThan, "2.5", "2.5", "-");
        check(Qualifier::AtMost, "2.5", "-", "2.5");
        check(Qualifier::LessThan, "2.5", "-", "2.5");
        check(Qualifier::About, "2.5", "-", "-");
        check(Qualifier::Exactly, "2.5", "2.5", "2.5");
        check(Qualifier::Between, "-", "2.5", "4");
        check(Qualifier::All, "100", "100", "-");
        check(Qualifier::Zero, "0", "0", "0");
        check(Qualifier::Some, "-", "-", "-");
    }

    #[test]
    fn a_multiplier_without_a_number_is_one_of_it() {
        let found = bounds(&quantity(None, None, Qualifier::AtLeast), 8);
        assert_eq!(found.lower.as_deref(), Some("100000000"));
    }

    #[test]
    fn words_without_a_number_claim_none() {
        let found = bounds(&quantity(None, None, Qualifier::AtLeast), 0);
        assert_eq!(found.qualifier, zt::SOME);
    }
}
