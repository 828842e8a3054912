//! Why a query has no answer, in Chinese. In: an error of a query; out: sentences with the limit in figures and what would help. Guarantee:
//! there is one for each error. Surprising: what the parser expected stays in the signs and keywords of SPARQL, which are the same in any
//! language; the English message is more exact in the rest, and stands below this on a page.

use super::error::QueryError;
use std::time::Duration;

impl QueryError {
    /// What is wrong and what would help, in Chinese.
    pub fn chinese(&self) -> String {
        match self {
            Self::Syntax { message, .. } => syntax(message),
            Self::Update => "这是更新语句，而数据只读；请用 SELECT、ASK、CONSTRUCT 或 DESCRIBE 查询。".into(),
            Self::TooLong { bytes, bytes_max } => format!(
                "查询语句有 {} KB，上限是 {} KB。请分几次查询，例如把 VALUES 中的值分成几批。",
                bytes.div_ceil(1024),
                bytes_max / 1024
            ),
            Self::TooComplex { what, count_max, line } => {
                let place = line.map(|line| format!("第 {line} 行起，")).unwrap_or_default();
                format!("{place}查询超过了上限：{}最多 {count_max} 个。请分几次查询。", part(what))
            }
            Self::Service(_) => "SERVICE 要访问的另一个端点不在这个服务允许的名单里，所以没有执行。请去掉 SERVICE，或请服务的管理者允许它。".into(),
            Self::OtherEndpoint(_) => "SERVICE 所指的另一个端点没有给出可用的回答。请稍后再试；改用 SERVICE SILENT 可以在它没有回答时继续。".into(),
            Self::TextCall(_) => "全文检索的写法不对。应为例如 ?m text:query \"养老托育\"，或 (?m ?score ?literal) text:query (zt:text \"养老 托育\" 20)。".into(),
            Self::Binding { name, .. } => format!("给变量 ?{name} 的值不能用在查询的这些位置上。"),
            Self::Format { form, fitting, .. } => {
                format!("这种格式装不下 {form} 的回答；可用：{fitting}。")
            }
            Self::Unsupported(_) => "查询合乎语法，但用了这里没有的函数。请改用 SPARQL 1.1 的函数，并核对函数名和参数个数。".into(),
            Self::Timeout { timeout_ms, costliest } => format!(
                "这条查询运行超过了每次查询的上限 {} 秒。请给更多变量限定取值（例如限定文件、部门或指标），或加 LIMIT、分几次查询。{}",
                seconds(*timeout_ms),
                blamed(costliest.as_deref())
            ),
            Self::TooManyHeld { rows_max, costliest } => format!(
                "查询需要排序或相乘的行超过了上限 {rows_max} 行。请让各个模式共用变量，去掉 ORDER BY 或 DISTINCT，或分几次查询。{}",
                blamed(costliest.as_deref())
            ),
            Self::TooManyRows { rows_max } => format!("回答超过 {rows_max} 行；请加 LIMIT。"),
            Self::Busy(_) => "服务此刻没有余力执行这条查询，请稍后再试。".into(),
            Self::Write(_) | Self::Internal(_) => "服务内部错误。".into(),
        }
    }
}

/// Seconds as they are read: 30, 0.5.
fn seconds(ms: u64) -> f64 {
    Duration::from_millis(ms).as_secs_f64()
}

/// The part of a query that is to blame, by the form in which `explain` tells it.
fn blamed(costliest: Option<&str>) -> String {
    let part = costliest.and_then(|words| words.strip_prefix("most rows are expected of "));
    let part = part.and_then(|rest| rest.strip_suffix(')')?.rsplit_once(" (about "));
    part.map_or_else(String::new, |(what, rows)| {
        format!("预计 {what} 这一部分的行最多，约 {rows} 行。")
    })
}

/// Of what a query has too many.
fn part(what: &str) -> &str {
    match what {
        "brackets open at once" => "同时开着的括号",
        "operators" => "运算符和分组关键词",
        "SERVICE blocks" => " SERVICE 块",
        "OPTIONAL and MINUS parts" => " OPTIONAL 和 MINUS ",
        "patterns in one group" => "一组里的三元组模式",
        "patterns" => "三元组模式",
        "copies of a value in one string" => "一个字符串里同一个值的副本",
        _ => "套在一起的 !、REPLACE、SUBSTR、REGEX、GROUP_CONCAT ",
    }
}

/// A mistake of grammar, by the forms in which `syntax` tells them.
fn syntax(message: &str) -> String {
    if let Some(expected) = message.strip_prefix("the query ends here, expected one of: ") {
        return format!("查询到这里就结束了，后面还应有以下之一：{}。", listed(expected));
    }
    if let Some(expected) = message.strip_prefix("near here: expected ") {
        return format!("这附近不合语法，此处可以是：{expected}。");
    }
    if message == "this string has no end" {
        return "这个字符串没有结尾的引号。".into();
    }
    let prefix = message.strip_prefix("the prefix ");
    if let Some(prefix) = prefix.and_then(|rest| rest.strip_suffix(": is not declared")) {
        return format!(
            "前缀 {prefix}: 没有声明。请在查询开头写 PREFIX {prefix}: <…>，或改用不必声明的前缀。"
        );
    }
    let Some(unexpected) = message.strip_prefix("unexpected ") else {
        return rule(message);
    };
    if let Some((word, expected)) = unexpected.split_once(", expected one of: ") {
        return format!("这里不能是 {word}，可以是：{}。", listed(expected));
    }
    match unexpected.split_once(": ") {
        Some((word, reason)) if reason.starts_with("the IRI here") => {
            format!("{word} 是相对的 IRI，或含有不允许的字符。")
        }
        Some((word, reason)) => format!("这里不能是 {word}：{}", rule(reason)),
        None => format!("这里不能是 {unexpected}。"),
    }
}

/// What was expected, with the words that sum up many signs.
fn listed(expected: &str) -> String {
    let words = [
        ("a variable or an IRI", "变量或 IRI"),
        ("an expression", "表达式"),
        ("a variable", "变量"),
        ("an IRI", "IRI"),
        ("a term", "变量、IRI 或值"),
    ];
    words.into_iter().fold(expected.to_owned(), |text, (english, chinese)| {
        match text.strip_prefix(english) {
            Some(rest) => format!("{chinese}{rest}"),
            None => text,
        }
    })
}

/// The rules beyond grammar, by words of the parser.
const RULES: [(&str, &str); 13] = [
    (
        "variable that is unbound",
        "SELECT 里有变量没有取值：它不在查询中，或不在 GROUP BY 之中，也没有放进聚合函数。",
    ),
    ("The SELECT overrides", "SELECT 里用 AS 给出的变量在查询中已经有了，请换一个变量名。"),
    ("Duplicated variable name", "SELECT 里同一个变量写了两次。"),
    ("SELECT * is not authorized", "有 GROUP BY 时不能写 SELECT *，请逐个写出变量。"),
    ("BIND is overriding", "BIND 赋值的变量前面已经有值，请换一个变量名。"),
    ("Repeated variables", "VALUES 里同一个变量写了两次。"),
    ("same number of values", "VALUES 每一行的值要与变量一样多；没有值的写 UNDEF。"),
    ("hexadecimal digits", "\\u 后面应为十六进制数字。"),
    ("escaped in strings", "字符串里反斜线后面只能是 t b n r f \" ' \\ 之一。"),
    ("not allowed to end with", "不能以反斜线结尾。"),
    ("only available in SPARQL 1.2", "这是 SPARQL 1.2 的写法，这里只支持 SPARQL 1.1。"),
    ("LATERAL modifier", "这里不支持 LATERAL。"),
    ("subject position", "值不能作主语，主语须是变量或 IRI。"),
];

/// A rule beyond grammar that is broken.
fn rule(message: &str) -> String {
    let told = RULES.iter().find(|(words, _)| message.contains(words));
    told.map_or("这里违反了 SPARQL 的一条规则。", |(_, chinese)| chinese).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mistake(message: &str) -> String {
        QueryError::Syntax { line: 1, column: 1, message: message.to_owned() }.chinese()
    }

    #[test]
    fn a_mistake_is_told_in_chinese_with_its_word_and_what_may_stand_there() {
        for (message, chinese) in [
            (
                "unexpected ], expected one of: a variable or an IRI ! (",
                "这里不能是 ]，可以是：变量或 IRI ! (。",
            ),
            ("unexpected ), expected one of: an expression", "这里不能是 )，可以是：表达式。"),
            (
                "the query ends here, expected one of: . ; }",
                "查询到这里就结束了，后面还应有以下之一：. ; }。",
            ),
            ("this string has no end", "这个字符串没有结尾的引号。"),
            (
                "unexpected <标题>: the IRI here is relative or has an illegal character",
                "<标题> 是相对的 IRI，或含有不允许的字符。",
            ),
        ] {
            assert_eq!(mistake(message), chinese);
        }
        assert!(mistake("the prefix zy: is not declared").starts_with("前缀 zy: 没有声明。"));
        assert!(mistake("The SELECT contains a variable that is unbound").contains("GROUP BY"));
        assert!(mistake("something that no rule knows").contains("SPARQL"));
    }

    #[test]
    fn limits_are_told_in_figures() {
        let time = QueryError::Timeout { timeout_ms: 30_000, costliest: None }.chinese();
        assert!(time.contains("30 秒"), "{time}");
        let part = "most rows are expected of ?d ?e ?f (about 6.6e14)".to_owned();
        let blamed = QueryError::Timeout { timeout_ms: 30_000, costliest: Some(part) }.chinese();
        assert!(blamed.ends_with("预计 ?d ?e ?f 这一部分的行最多，约 6.6e14 行。"), "{blamed}");
        let half = QueryError::Timeout { timeout_ms: 500, costliest: None }.chinese();
        assert!(half.contains("0.5 秒"), "{half}");
        let long = QueryError::TooLong { bytes: 70_000, bytes_max: 65_536 }.chinese();
        assert!(long.contains("69 KB") && long.contains("64 KB"), "{long}");
        let deep =
            QueryError::TooComplex { what: "brackets open at once", count_max: 64, line: Some(3) };
        assert_eq!(
            deep.chinese(),
            "第 3 行起，查询超过了上限：同时开着的括号最多 64 个。请分几次查询。"
        );
    }
}
