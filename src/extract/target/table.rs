//! Targets of tables of indicators. In: the tables, the body's blocks, what is known of time; out: a target for each row and year to
//! come. The surprise: of several years without a word the first is where things stand today; and \[300\] is a sum over the
//! years of the plan, not a level.

use super::Calendar;
use super::deadline::find_due_of_cell;
use super::quantity::is_unit;
use super::wording::find_modality;
use crate::document::{
    Basis, Deadline, DeadlineBasis, DueBy, Located, Qualifier, Quantity, Recurrence, Target,
};
use crate::extract::indicator_table::{Column, IndicatorTable};
use crate::extract::measure::is_background;
use crate::extract::outline::Outline;
use crate::text::{Pattern, Span, pattern};
use std::sync::LazyLock;

/// ≥90, 43左右, \[300\], 70%以上: a cell that is a number.
static VALUE: Pattern = LazyLock::new(|| {
    pattern(concat!(
        r"^(?P<sum>[\[［〔【])?\s*(?:(?P<least>≥|≧|不低于|不少于|不小于)|(?P<most>≤|≦|不高于|不超过|不大于|控制在)|(?P<more>[>＞]|超过|突破|大于|高于)|(?P<less>[<＜]|小于|低于)|(?P<about>约)|达到)?\s*",
        r"(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?:\s?[—–~～-]+\s?(?P<upper>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?))?\s?(?P<unit>[%％‰]|[\p{Han}/]{1,6}?)??",
        r"(?:(?P<above>及?以上)|(?P<within>以内|之内|及?以下)|(?P<near>左右))?\s*[\]］〕】]?$"
    ))
});

/// 绿化覆盖率（%）: the unit behind the name, with what marks a footnote before it.
static UNIT_BEHIND: Pattern = LazyLock::new(|| {
    pattern(r"^(.*?[^\s（(])\s?[（(]([^（()）]{1,12}(?:[（(〔][^（()）〔〕]{1,3}[）)〕])?)[）)]$")
});

/// 培训人次1: the mark of a footnote behind the name.
static FOOTNOTE: Pattern = LazyLock::new(|| pattern(r"[\p{Han}]\d$"));

static NUMBER_BEFORE: Pattern = LazyLock::new(|| {
    pattern(
        r"^(?:(?:[（(][\d一二三四五六七八九十]{1,3}[）)]|[\d一二三四五六七八九十]{1,3}[.、．])\s?|其中[：:])",
    )
});

/// What a column promises, if it does.
#[derive(Clone, Copy)]
struct Promise {
    column: usize,
    due: Option<u16>,
    recurrence: Option<Recurrence>,
}

/// The targets of `tables`, in the order of the text.
pub(super) fn find_table_targets(
    clean: &str,
    outline: &Outline,
    calendar: Calendar,
) -> Vec<Target> {
    let mut targets = Vec::new();
    for table in &outline.indicator_tables {
        let (promises, yearly) = find_promises(table, calendar);
        let read = |row: &Vec<Span>, promise| {
            read_cell(clean, outline, (table, row), promise, calendar.document_year)
        };
        for row in &table.rows {
            let before = targets.len();
            targets.extend(promises.iter().filter_map(|one| read(row, *one)));
            if targets.len() == before
                && let Some(yearly) = yearly
            {
                targets.extend(read(row, yearly));
            }
        }
    }
    for target in targets.iter_mut().filter(|target| target.deadline.is_none()) {
        target.deadline = calendar.period.map(|period| Deadline {
            due: period.into(),
            basis: DeadlineBasis::PlanEnd,
            words: None,
        });
    }
    targets
}

/// The columns that promise something, and the column of yearly growth.
fn find_promises(table: &IndicatorTable, calendar: Calendar) -> (Vec<Promise>, Option<Promise>) {
    let columns = || table.columns.iter().map(|&(column, _)| column).enumerate();
    let says_goal = columns()
        .any(|(_, column)| matches!(column, Column::Year { is_goal: true, .. } | Column::Goal));
    let mut years: Vec<(usize, u16)> = columns()
        .filter_map(|(at, column)| match column {
            Column::Year { year, is_goal, is_past } if is_goal || !(says_goal || is_past) => {
                Some((at, year))
            }
            _ => None,
        })
        .collect();
    years.sort_by_key(|&(_, year)| year);
    let is_told = says_goal
        || columns()
            .any(|(_, column)| matches!(column, Column::Past | Column::Year { is_past: true, .. }));
    let written = calendar.document_year;
    let is_base = |&(_, year): &(usize, u16)| written.is_none_or(|written| year <= written);
    if !is_told && years.len() > 1 && years.first().is_some_and(is_base) {
        years.remove(0);
    }
    let last = years.last().map(|&(_, year)| year);
    // 2025年目标 beside 2025年完成: a report.
    let is_done = |year: u16| {
        columns().any(|(_, column)| {
            matches!(column, Column::Year { year: past, is_past: true, .. } if past == year)
        })
    };
    years.retain(|&(_, year)| !is_done(year));
    years.retain(|&(_, year)| written.is_none_or(|written| year >= written));
    let mut promises: Vec<Promise> = years
        .into_iter()
        .map(|(column, year)| Promise { column, due: Some(year), recurrence: None })
        .collect();
    promises.extend(
        columns().filter(|&(_, column)| column == Column::Goal).map(|(column, _)| Promise {
            column,
            due: None,
            recurrence: None,
        }),
    );
    promises.sort_by_key(|promise| promise.column);
    let yearly = columns()
        .find(|&(_, column)| column == Column::Yearly)
        .map(|(column, _)| Promise { column, due: last, recurrence: Some(Recurrence::Year) });
    (promises, yearly)
}

/// The target that one cell of a row holds.
fn read_cell(
    clean: &str,
    outline: &Outline,
    (table, row): (&IndicatorTable, &[Span]),
    promise: Promise,
    document_year: Option<u16>,
) -> Option<Target> {
    let cell = |wanted: Column| {
        let at = table.columns.iter().position(|&(column, _)| column == wanted)?;
        row.get(at).copied().filter(|cell| !cell.is_empty())
    };
    let (name, printed_unit) = read_name(clean, cell(Column::Name)?)?;
    let unit = cell(Column::Unit).map(|unit| unit.slice(clean)).filter(|unit| has_words(unit));
    // What grows a year grows by a share, whatever the level is counted in.
    let unit = if promise.recurrence.is_some() { Some("%") } else { unit.or(printed_unit) };
    let value = row.get(promise.column).copied()?;
    let (quantity, is_sum) = read_value(clean, value, unit)?;
    let heading = table.columns.get(promise.column)?.1;
    let stated = |due: DueBy, words: Span| Deadline {
        due,
        basis: DeadlineBasis::Stated,
        words: Some(Located::new(words.slice(clean).to_owned(), words)),
    };
    let in_row = || {
        let words = cell(Column::Due)?;
        Some(stated(find_due_of_cell(words.slice(clean), document_year)?, words))
    };
    let deadline = promise.due.map(|year| stated(DueBy::Year(year), heading)).or_else(in_row);
    let holder =
        outline.blocks.partition_point(|block| block.span.byte_end <= name.span.byte_start);
    let item = outline.blocks.get(holder).and_then(|block| block.item);
    if item.is_some_and(|at| is_background(outline, at)) {
        return None;
    }
    Some(Target {
        item,
        basis: if promise.recurrence.is_some() {
            Basis::Growth
        } else {
            basis_of(&name.value, is_sum)
        },
        indicator: name.clone(),
        quantity,
        deadline,
        recurrence: promise.recurrence,
        baseline_year: None,
        compared_with: None,
        base_scope: None,
        item_condition: None,
        modality: cell(Column::Firmness).and_then(|firmness| find_modality(firmness.slice(clean))),
        span: Span::new(name.span.byte_start, value.byte_end),
    })
}

/// Whether a cell says something: not — or /.
fn has_words(cell: &str) -> bool {
    cell.contains(|c: char| c.is_alphanumeric() || matches!(c, '%' | '‰' | '％'))
}

/// The name of an indicator without the number of its row, and the unit in the bracket behind it.
fn read_name(clean: &str, cell: Span) -> Option<(Located<String>, Option<&str>)> {
    let words = cell.slice(clean);
    let from = NUMBER_BEFORE.find(words).map_or(0, |number| number.end());
    let words = words.get(from..)?;
    let behind = UNIT_BEHIND.captures(words);
    let unit = behind.as_ref().and_then(|found| found.get(2)).filter(|unit| is_unit(unit.as_str()));
    let name = match (unit, behind.as_ref().and_then(|found| found.get(1))) {
        (Some(_), Some(name)) if FOOTNOTE.is_match(name.as_str()) => {
            name.as_str().trim_end_matches(|c: char| c.is_ascii_digit())
        }
        (Some(_), Some(name)) => name.as_str(),
        _ => words,
    };
    let span = Span::new(cell.byte_start + from, cell.byte_start + from + name.len());
    let is_named = name.chars().filter(|c| c.is_alphabetic()).count() >= 2;
    is_named.then(|| (Located::new(name.to_owned(), span), unit.map(|unit| unit.as_str())))
}

/// The number of a cell with its bounds, and whether it is a sum over years.
fn read_value(clean: &str, cell: Span, unit: Option<&str>) -> Option<(Quantity, bool)> {
    let words = cell.slice(clean);
    let found = VALUE.captures(words)?;
    let has = |name: &str| found.name(name).is_some();
    let upper = found.name("upper").map(|upper| upper.as_str().replace(',', ""));
    let qualifier = if upper.is_some() {
        Qualifier::Between
    } else if has("least") || has("above") {
        Qualifier::AtLeast
    } else if has("most") || has("within") {
        Qualifier::AtMost
    } else if has("more") {
        Qualifier::MoreThan
    } else if has("less") {
        Qualifier::LessThan
    } else if has("about") || has("near") {
        Qualifier::About
    } else {
        Qualifier::Reach
    };
    let own_unit = found.name("unit").map(|unit| unit.as_str()).filter(|unit| is_unit(unit));
    if found.name("unit").is_some() && own_unit.is_none() {
        return None;
    }
    let quantity = Quantity {
        number: Some(found.name("number")?.as_str().replace(',', "")),
        number_upper: upper,
        unit: match (own_unit, unit) {
            // 5.5万 under 人.
            (Some(scale @ ("万" | "亿")), Some(unit)) => Some(format!("{scale}{unit}")),
            _ => own_unit.or(unit).map(str::to_owned),
        },
        qualifier,
        text: Located::new(words.to_owned(), cell),
    };
    Some((quantity, has("sum")))
}

/// A sum over years and what is 新增 are increments; the name says what grows.
fn basis_of(name: &str, is_sum: bool) -> Basis {
    static GROWTH: Pattern =
        LazyLock::new(|| pattern(r"(?:增长率?|增速|增幅|下降率?|降低率?|降幅|提高率?)$"));
    if GROWTH.is_match(name) {
        Basis::Growth
    } else if is_sum || name.starts_with("新增") || name.starts_with("累计") {
        Basis::Increment
    } else {
        Basis::Level
    }
}

#[cfg(test)]
mod tests {
    use super::super::find_targets;
    use super::*;
    use crate::document::Modality;
    use crate::extract::outline::find_outline;
    use crate::extract::paragraph::find_paragraphs;

    fn targets(text: &str, written: Option<u16>) -> Vec<Target> {
        let paragraphs = find_paragraphs(text);
        let outline = find_outline(text, &paragraphs, &vec![false; paragraphs.len()]);
        find_targets(text, &outline, Calendar { document_year: written, period: None })
    }

    /// Name, number, unit and year of each target.
    fn shown(text: &str) -> Vec<(String, String, Option<String>, Option<u16>)> {
        let show = |target: Target| {
            let year = target.deadline.map(|deadline| deadline.due.year());
            (target.indicator.value, target.quantity.number.unwrap(), target.quantity.unit, year)
        };
        targets(text, None).into_iter().map(show).collect()
    }

    fn target(
        name: &str,
        number: &str,
        unit: &str,
        year: u16,
    ) -> (String, String, Option<String>, Option<u16>) {
        (name.into(), number.into(), Some(unit.into()), Some(year))
    }

    #[test]
    fn a_row_promises_what_stands_under_the_later_years() {
        let text = "一、目标\n指标\t单位\t2030年\t2033年\t2035年\n绿化覆盖率\t%\t41\t42\t43\n二、种树\n每年种树。";
        assert_eq!(
            shown(text),
            [target("绿化覆盖率", "42", "%", 2033), target("绿化覆盖率", "43", "%", 2035)]
        );
        assert_eq!(targets(text, None)[0].item, Some(0));
    }

    #[test]
    fn a_column_that_calls_itself_a_goal_is_the_only_one_that_promises() {
        let text = "序号\t指标\t2030年现状\t2035年目标\n1\t公园（个）\t50\t60";
        assert_eq!(shown(text), [target("公园", "60", "个", 2035)]);
        let text = "序号\t指标\t2035年\n1\t公园（个）\t60";
        assert_eq!(shown(text), [target("公园", "60", "个", 2035)]);
    }

    #[test]
    fn a_year_before_the_text_was_written_promises_nothing() {
        let text = "指标\t2027年\t2028年\t2035年\n公园（个）\t40\t50\t60";
        let years: Vec<_> = targets(text, Some(2030))
            .into_iter()
            .map(|one| one.deadline.unwrap().due.year())
            .collect();
        assert_eq!(years, [2035]);
    }

    #[test]
    fn bounds_sums_and_firmness_are_read_with_the_number() {
        let text = "指标\t2030年\t2035年\t属性\n古树保护率（%）\t80\t≥90\t约束性\n种树（万棵）\t-\t[300]\t预期性\n花农收入增长（%）\t5\t6左右\n绿化水平\t一般\t良好";
        let found = targets(text, None);
        let read: Vec<_> =
            found.iter().map(|one| (one.quantity.qualifier, one.basis, one.modality)).collect();
        assert_eq!(
            read,
            [
                (Qualifier::AtLeast, Basis::Level, Some(Modality::Binding)),
                (Qualifier::Reach, Basis::Increment, Some(Modality::Expected)),
                (Qualifier::About, Basis::Growth, None),
            ]
        );
    }

    #[test]
    fn a_name_keeps_the_numbers_that_are_its_own() {
        let name = |row: &str| {
            let text = format!("指标\t2035年\n{row}\t60");
            shown(&text).into_iter().map(|(name, _, unit, _)| (name, unit)).next().unwrap()
        };
        assert_eq!(name("二级古树（棵）"), ("二级古树".into(), Some("棵".into())));
        assert_eq!(name("5G花市（个）"), ("5G花市".into(), Some("个".into())));
        assert_eq!(name("1.公园（个）"), ("公园".into(), Some("个".into())));
        assert_eq!(name("（一）公园（个）"), ("公园".into(), Some("个".into())));
        assert_eq!(name("培训人次1（人次）"), ("培训人次".into(), Some("人次".into())));
        assert_eq!(name("人均GDP（元）"), ("人均GDP".into(), Some("元".into())));
    }

    #[test]
    fn years_that_all_lie_ahead_all_promise() {
        let text = "指标\t2031年\t2032年\n公园（个）\t50\t60";
        assert_eq!(targets(text, Some(2030)).len(), 2);
        let text = "指标\t现状\t2031年\t2032年\n公园（个）\t40\t50\t60";
        assert_eq!(targets(text, Some(2031)).len(), 2);
        let text = "指标\t2030年目标\t2030年完成\n公园（个）\t50\t60";
        assert_eq!(targets(text, Some(2030)).len(), 0);
    }

    #[test]
    fn growth_a_year_is_read_where_no_year_has_a_number() {
        let text = "指标\t2030年\t2035年\t年均增速（%）\n花农收入（元）\t-\t-\t7";
        let found = targets(text, None);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].recurrence, Some(Recurrence::Year));
        assert_eq!(found[0].basis, Basis::Growth);
        assert_eq!(found[0].quantity.unit.as_deref(), Some("%"));
    }
}
