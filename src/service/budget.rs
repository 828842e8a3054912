//! What each client may still ask. In: clients, and the time that their queries took; out: leave to evaluate one more, or how long to wait.
//!
//! Guarantees: nobody has more than so many evaluations at once, nor in the long run more time than flows back; memory is bounded, because who was
//! seen longest ago is forgotten. Surprising: a query is paid for when it has ended, because nobody knows before what it takes; so a balance may fall below
//! nothing, by as much as the queries that run at once may take, and is paid off before the next one.

use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use lru::LruCache;
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;

use super::client::Client;
use super::limits::CLIENTS_MAX;

/// What each client may take, and how clients are told apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Fairness {
    /// Seconds of evaluation that flow back to a client in a minute; 0 for no budget of time.
    pub refill_s: u32,
    /// Seconds of evaluation that a client can save up.
    pub burst_s: u32,
    /// Evaluations of one client at once; 0 for no bound.
    pub queries_max: u32,
    /// Proxies before the service that say for whom they ask; 0 to believe nobody.
    pub proxies: usize,
}

/// Why a client has to wait, and for how long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Spent {
    /// In a word, for programs.
    pub(crate) cause: &'static str,
    pub(crate) retry_after_s: u32,
    /// What each client may take.
    pub(crate) fairness: Fairness,
}

/// The causes in [`Spent`].
pub(crate) const TIME: &str = "budget";
pub(crate) const AT_ONCE: &str = "concurrency";
pub(crate) const JOBS: &str = "jobs";

/// Which refusals are counted together.
#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
pub(crate) struct Refused {
    cause: &'static str,
}

/// Refusals by their cause.
pub(crate) type Refusals = Family<Refused, Counter>;

/// No refusals yet, of either cause.
pub(crate) fn no_refusals() -> Refusals {
    let refusals = Refusals::default();
    for cause in [TIME, AT_ONCE] {
        drop(refusals.get_or_create(&Refused { cause }));
    }
    refusals
}

/// Balances are kept in parts of a millisecond, so that what flows back in a millisecond is a whole number.
const PARTS: i64 = 60;

/// Who waits comes back with at least this much, or it would be refused again after a query of no length.
const WORTH_WAITING: i64 = 1_000 * PARTS;

#[derive(Clone, Copy, Debug)]
struct Account {
    /// In parts of a millisecond.
    balance: i64,
    updated: Instant,
    running: u32,
}

impl Account {
    fn pay(&mut self, took: Duration) {
        let took_ms = i64::try_from(took.as_millis()).unwrap_or(i64::MAX / PARTS);
        self.balance = self.balance.saturating_sub(took_ms.saturating_mul(PARTS));
    }
}

/// The accounts of all clients.
pub(crate) struct Budgets {
    fairness: Fairness,
    accounts: Mutex<LruCache<Client, Account>>,
    refusals: Refusals,
}

/// What a client has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Standing {
    time_ms: i64,
    /// Until nothing more flows back.
    full_after_s: u64,
    free: u32,
}

/// What a client may take, and what is left of it.
pub(crate) struct Allowance {
    pub(crate) fairness: Fairness,
    pub(crate) left_ms: i64,
    /// Seconds until all of it has flowed back.
    pub(crate) full_after_s: u64,
}

impl Budgets {
    pub(crate) fn new(fairness: Fairness, refusals: Refusals) -> Self {
        let clients_max = NonZeroUsize::new(CLIENTS_MAX).unwrap_or(NonZeroUsize::MIN);
        Self { fairness, accounts: Mutex::new(LruCache::new(clients_max)), refusals }
    }

    /// Proxies that say for whom they ask.
    pub(crate) fn proxies(&self) -> usize {
        self.fairness.proxies
    }

    /// Leave for `client` to have a query evaluated from now on.
    pub(crate) fn enter(self: &Arc<Self>, client: Client) -> Result<Leave, Spent> {
        self.open(client, Instant::now()).inspect_err(|spent| {
            self.refusals.get_or_create(&Refused { cause: spent.cause }).inc();
        })?;
        Ok(Leave { budgets: Arc::clone(self), client, begun: None })
    }

    fn open(&self, client: Client, now: Instant) -> Result<(), Spent> {
        let Fairness { refill_s, queries_max, .. } = self.fairness;
        let mut accounts = self.lock();
        let account = self.brought_up(&mut accounts, client, now);
        if queries_max > 0 && account.running >= queries_max {
            return Err(Spent { cause: AT_ONCE, retry_after_s: 1, fairness: self.fairness });
        }
        if refill_s > 0 && account.balance <= 0 {
            let missing = WORTH_WAITING - account.balance;
            let seconds = missing.unsigned_abs().div_ceil(1_000 * u64::from(refill_s));
            let retry_after_s = u32::try_from(seconds).unwrap_or(u32::MAX);
            return Err(Spent { cause: TIME, retry_after_s, fairness: self.fairness });
        }
        account.running += 1;
        Ok(())
    }

    /// Takes from the account of `client` what a query took that has ended.
    fn close(&self, client: Client, took: Duration, now: Instant) {
        let mut accounts = self.lock();
        let account = self.brought_up(&mut accounts, client, now);
        // One that was forgotten meanwhile knows nothing of what ran.
        account.running = account.running.saturating_sub(1);
        account.pay(took);
    }

    /// Takes from the account of `client` what something took that was not bounded with its queries.
    pub(crate) fn charge(&self, client: Client, took: Duration) {
        let mut accounts = self.lock();
        self.brought_up(&mut accounts, client, Instant::now()).pay(took);
    }

    /// The account with what flowed back until `now`.
    fn brought_up<'a>(
        &self,
        accounts: &'a mut LruCache<Client, Account>,
        client: Client,
        now: Instant,
    ) -> &'a mut Account {
        let full = i64::from(self.fairness.burst_s) * 1_000 * PARTS;
        let account = accounts.get_or_insert_mut(client, || Account {
            balance: full,
            updated: now,
            running: 0,
        });
        let passed = now.saturating_duration_since(account.updated).as_millis();
        let passed_ms = i64::try_from(passed).unwrap_or(i64::MAX);
        let back = passed_ms.saturating_mul(i64::from(self.fairness.refill_s));
        account.balance = account.balance.saturating_add(back).min(full);
        // What is less than a millisecond counts the next time.
        account.updated += Duration::from_millis(passed_ms.unsigned_abs());
        account
    }

    fn standing(&self, client: Client, now: Instant) -> Standing {
        let mut accounts = self.lock();
        let account = *self.brought_up(&mut accounts, client, now);
        let Fairness { refill_s, burst_s, queries_max, .. } = self.fairness;
        let missing = i64::from(burst_s) * 1_000 * PARTS - account.balance;
        Standing {
            time_ms: (account.balance / PARTS).max(0),
            full_after_s: missing.unsigned_abs().div_ceil(1_000 * u64::from(refill_s.max(1))),
            free: queries_max.saturating_sub(account.running),
        }
    }

    /// What `client` may take, to be told in words.
    pub(crate) fn allowance(&self, client: Client) -> Allowance {
        let Standing { time_ms, full_after_s, .. } = self.standing(client, Instant::now());
        Allowance { fairness: self.fairness, left_ms: time_ms, full_after_s }
    }

    /// The values of `RateLimit-Policy` and `RateLimit` for a client; none where nothing is bounded.
    pub(crate) fn headers(&self, client: Client) -> Option<[String; 2]> {
        let Fairness { refill_s, burst_s, queries_max, .. } = self.fairness;
        let Standing { time_ms, full_after_s, free } = self.standing(client, Instant::now());
        let (mut policies, mut limits) = (Vec::new(), Vec::new());
        // The window is the time in which all of it flows back.
        if let Some(window) = (burst_s * 60).checked_div(refill_s) {
            let quota = u64::from(burst_s) * 1_000;
            policies.push(format!("\"evaluation\";q={quota};qu=\"milliseconds\";w={window}"));
            limits.push(format!("\"evaluation\";r={time_ms};t={full_after_s}"));
        }
        if queries_max > 0 {
            let unit = "qu=\"concurrent-requests\"";
            policies.push(format!("\"{AT_ONCE}\";q={queries_max};{unit}"));
            limits.push(format!("\"{AT_ONCE}\";r={free}"));
        }
        (!policies.is_empty()).then(|| [policies.join(", "), limits.join(", ")])
    }

    fn lock(&self) -> MutexGuard<'_, LruCache<Client, Account>> {
        self.accounts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Leave to have one query evaluated; it is paid for when this is dropped.
pub(crate) struct Leave {
    budgets: Arc<Budgets>,
    client: Client,
    begun: Option<Instant>,
}

impl Leave {
    /// The evaluation begins; to wait for it cost nothing.
    pub(crate) fn begin(&mut self) {
        self.begun = Some(Instant::now());
    }
}

impl Drop for Leave {
    fn drop(&mut self) {
        let now = Instant::now();
        let took = self.begun.map_or(Duration::ZERO, |begun| now - begun);
        self.budgets.close(self.client, took, now);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: Client = Client::V4(1);
    const OTHER: Client = Client::V4(2);

    fn budgets() -> Budgets {
        let fairness = Fairness { refill_s: 20, burst_s: 60, queries_max: 2, proxies: 0 };
        Budgets::new(fairness, Refusals::default())
    }

    fn seconds(number: u64) -> Duration {
        Duration::from_secs(number)
    }

    #[test]
    fn who_has_spent_the_budget_waits_for_as_long_as_is_said() {
        let (budgets, start) = (budgets(), Instant::now());
        budgets.open(ONE, start).unwrap();
        budgets.close(ONE, seconds(70), start);
        let spent = budgets.open(ONE, start).unwrap_err();
        // Ten seconds of debt and one to come back with, at twenty a minute.
        assert_eq!((spent.cause, spent.retry_after_s), (TIME, 33));
        assert!(budgets.open(ONE, start + seconds(30)).is_err());
        budgets.open(ONE, start + seconds(33)).unwrap();
        budgets.open(OTHER, start).unwrap();
    }

    #[test]
    fn a_client_saves_up_no_more_than_the_burst() {
        let (budgets, start) = (budgets(), Instant::now());
        budgets.open(ONE, start).unwrap();
        budgets.close(ONE, seconds(30), start);
        let later = start + seconds(86_400);
        assert_eq!(
            budgets.standing(ONE, start),
            Standing { time_ms: 30_000, full_after_s: 90, free: 2 }
        );
        assert_eq!(
            budgets.standing(ONE, later),
            Standing { time_ms: 60_000, full_after_s: 0, free: 2 }
        );
    }

    #[test]
    fn what_flows_back_is_the_same_however_often_it_is_looked_at() {
        let (budgets, start) = (budgets(), Instant::now());
        budgets.open(ONE, start).unwrap();
        budgets.close(ONE, seconds(60), start);
        for step in 1..=3_000 {
            budgets.standing(ONE, start + Duration::from_micros(step * 1_100));
        }
        assert_eq!(budgets.standing(ONE, start + Duration::from_millis(3_300)).time_ms, 1_100);
    }

    #[test]
    fn no_client_has_more_at_once_than_allowed_and_the_others_do_not_notice() {
        let (budgets, start) = (budgets(), Instant::now());
        budgets.open(ONE, start).unwrap();
        budgets.open(ONE, start).unwrap();
        assert_eq!(budgets.open(ONE, start).unwrap_err().cause, AT_ONCE);
        budgets.open(OTHER, start).unwrap();
        budgets.close(ONE, Duration::ZERO, start);
        budgets.open(ONE, start).unwrap();
    }

    #[test]
    fn the_table_of_clients_is_bounded_and_who_is_forgotten_begins_anew() {
        let (budgets, start) = (budgets(), Instant::now());
        budgets.open(ONE, start).unwrap();
        for other in 0..CLIENTS_MAX {
            let other = u64::try_from(other).unwrap();
            budgets.open(Client::V6(other), start).unwrap();
        }
        assert_eq!(budgets.lock().len(), CLIENTS_MAX);
        budgets.close(ONE, seconds(90), start);
        assert_eq!(budgets.standing(ONE, start).free, 2);
        assert!(budgets.open(ONE, start).is_err());
    }

    #[test]
    fn leave_that_was_never_used_costs_nothing() {
        let budgets = Arc::new(budgets());
        drop(budgets.enter(ONE).unwrap());
        assert_eq!(budgets.standing(ONE, Instant::now()).time_ms, 60_000);
    }

    #[test]
    fn the_headers_say_quota_window_and_what_is_left() {
        let budgets = Arc::new(budgets());
        let [policy, limit] = budgets.headers(ONE).unwrap();
        let concurrency = "\"concurrency\";q=2;qu=\"concurrent-requests\"";
        assert_eq!(
            policy,
            format!("\"evaluation\";q=60000;qu=\"milliseconds\";w=180, {concurrency}")
        );
        assert_eq!(limit, "\"evaluation\";r=60000;t=0, \"concurrency\";r=2");
        assert_eq!(Budgets::new(Fairness::default(), Refusals::default()).headers(ONE), None);
    }

    #[test]
    fn without_bounds_nothing_is_refused() {
        let (budgets, start) =
            (Budgets::new(Fairness::default(), Refusals::default()), Instant::now());
        for _ in 0..100 {
            budgets.open(ONE, start).unwrap();
            budgets.close(ONE, seconds(1_000), start);
        }
    }
}
