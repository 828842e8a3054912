//! Search held to what readers found right, over invented texts with near-misses and the Heze notice. `README.md` says how it was judged.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on has failed, and says where"
)]

mod judgement;

use judgement::{Collection, Judgement, SETS};
use zhengtu::index::Mode;

/// Sets that must be exactly right.
const RIGHT_MIN: f64 = 0.9;
/// Mean of nDCG over the first ten.
const NDCG_MIN: f64 = 0.95;

/// How many sets are right, of how many; what the order comes to, of how much; and what is wrong.
#[derive(Default)]
struct Score {
    right: u32,
    counted: u32,
    gains: f64,
    judged: u32,
    wrong: Vec<String>,
}

impl Score {
    fn of(collection: &Collection, judgements: &[Judgement], mode: &str) -> Self {
        let mut score = Self::default();
        for judgement in judgements.iter().filter(|judgement| judgement.mode == mode) {
            let found = collection.search(judgement);
            score.gains += judgement.ndcg(&found);
            score.judged += 1;
            if judgement.is_relaxed() {
                continue;
            }
            score.counted += 1;
            match judgement.faults(&found) {
                None => score.right += 1,
                Some(faults) => {
                    score.wrong.push(format!("{} {}: {faults}", judgement.id, judgement.query));
                }
            }
        }
        score
    }

    fn and(self, other: &Self) -> Self {
        Self {
            right: self.right + other.right,
            counted: self.counted + other.counted,
            gains: self.gains + other.gains,
            judged: self.judged + other.judged,
            wrong: self.wrong,
        }
    }

    fn right_part(&self) -> f64 {
        f64::from(self.right) / f64::from(self.counted)
    }

    fn ndcg(&self) -> f64 {
        self.gains / f64::from(self.judged)
    }
}

#[test]
fn searches_find_what_readers_found_and_the_best_first() {
    for set in &SETS {
        let (collection, judgements) = (Collection::build(set), set.judgements());
        let mut all = Score::default();
        for mode in ["smart", "exact", "word"] {
            let score = Score::of(&collection, &judgements, mode);
            let (right, ndcg) = (score.right_part(), score.ndcg());
            println!(
                "{} set, {mode}: {right:.3} of {} sets right, nDCG@10 {ndcg:.3}",
                set.name, score.counted
            );
            println!("{}", score.wrong.join("\n"));
            all = all.and(&score);
        }
        let (right, ndcg) = (all.right_part(), all.ndcg());
        println!(
            "{} set, all: {right:.3} of {} sets right, nDCG@10 {ndcg:.3}",
            set.name, all.counted
        );
        assert!(right >= RIGHT_MIN, "{right:.3} of the sets are right");
        assert!(ndcg >= NDCG_MIN, "nDCG@10 is {ndcg:.3}");
    }
}

#[test]
fn no_search_for_what_is_surely_there_finds_nothing() {
    for set in &SETS {
        let collection = Collection::build(set);
        let mut judgements = set.judgements();
        judgements.retain(|judgement| {
            let is_there = !judgement.relevant.is_empty() && !judgement.is_doubtful();
            is_there && collection.search(judgement).is_empty()
        });
        let empty: Vec<String> = judgements.into_iter().map(|judgement| judgement.query).collect();
        assert_eq!(empty, Vec::<String>::new());
    }
}

#[test]
fn an_answer_says_when_nothing_has_all_the_words() {
    for set in &SETS {
        let collection = Collection::build(set);
        for judgement in set.judgements().iter().filter(|judgement| judgement.is_relaxed()) {
            let results = collection.results(&judgement.query, Mode::Smart);
            // Some may be found outright, where the place of the document counts.
            let may_be_whole = judgement.note.contains("found outright");
            assert!(results.relaxed || may_be_whole, "{}", judgement.query);
        }
    }
}

#[test]
fn a_measure_has_its_counterparts_in_the_documents_above_and_below() {
    let collection = Collection::build(&SETS[0]);
    // A city renovates old quarters under a guideline of the province's department that is about nothing else.
    let [above, _] = collection.counterparts("heze-2025-1#2");
    assert!(above.contains(&"sdj-2025-1#1".to_owned()), "{above:?}");
    assert!(above.iter().all(|key| key.starts_with("sdj-2025-1#")), "{above:?}");
    let [_, below] = collection.counterparts("sdj-2025-1#1");
    assert!(below.contains(&"heze-2025-1#2".to_owned()), "{below:?}");
    assert!(!below.iter().any(|key| key.starts_with("sdj-2025-1#")), "{below:?}");
    // What the guideline says nothing of has none.
    let [above, _] = collection.counterparts("heze-2025-1#6");
    assert_eq!(above, Vec::<String>::new());
}
