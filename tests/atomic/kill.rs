//! Builds that are killed from outside, at a hundred seeded moments of their running time.

use super::nursery::{Nursery, acres_in, errors_of};
use std::process::Stdio;
use std::thread;
use std::time::{Duration, Instant};
use zhengtu::release::Release;

/// Kills on each of two folders at once.
const KILLS: u32 = 50;
/// Builds that may come to their end before their moment: how long one takes changes with what else the machine does.
const LATE_MAX: u32 = 100;

/// Numbers that look random and are the same in every run (xorshift).
struct Seeded(u64);

impl Seeded {
    fn next_fraction(&mut self) -> f64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        f64::from(u32::try_from(self.0 >> 32).unwrap()) / f64::from(u32::MAX)
    }
}

#[test]
fn a_build_that_is_killed_at_any_moment_leaves_the_old_release_or_the_new_one() {
    thread::scope(|scope| {
        let lanes = [("atomic-kill-a", 0x5EED_0001), ("atomic-kill-b", 0x5EED_0002)];
        let running = lanes.map(|(name, seed)| scope.spawn(move || kill_often(name, seed)));
        for lane in running {
            lane.join().unwrap();
        }
    });
}

fn kill_often(name: &str, seed: u64) {
    let nursery = Nursery::new(name);
    let mut seeded = Seeded(seed);
    let begun = Instant::now();
    nursery.build();
    let mut running_time = begun.elapsed();
    let (mut whole, mut late, mut published) = (100, 0, 0);
    for kill in 0..KILLS {
        // Each part of the running time has its kill, at a seeded place in it.
        let fraction = (f64::from(kill) + seeded.next_fraction()) / f64::from(KILLS);
        loop {
            let next = whole + 1;
            nursery.write(1, next);
            let in_time = kill_after(&nursery, running_time.mul_f64(fraction));
            let release = Release::open(&nursery.releases()).unwrap();
            let found: u32 = acres_in(&release).parse().unwrap();
            assert!(found == whole || found == next, "{found} where {whole} was published");
            if found == next {
                published += 1;
                release.check().unwrap();
                whole = next;
            }
            match in_time {
                None => break,
                Some(shorter) => {
                    running_time = shorter;
                    late += 1;
                    assert!(late <= LATE_MAX, "no build runs long enough to be killed");
                }
            }
        }
    }
    eprintln!(
        "{name}: {KILLS} kills within {running_time:?}; {late} builds ended before, {published} published"
    );
    nursery.write(1, 7);
    nursery.build();
    let release = Release::open(&nursery.releases()).unwrap();
    assert_eq!(acres_in(&release), "7");
    assert_eq!(nursery.beside_releases(), [".lock", "cache", "current"]);
    // What lies there was renamed when it was whole.
    for listed in zhengtu::release::list_releases(&nursery.releases()).unwrap() {
        Release::open_id(&nursery.releases(), &listed.id).unwrap().check().unwrap();
    }
}

/// Starts a build and kills it after `delay`. Where it had ended before, the time that it took.
fn kill_after(nursery: &Nursery, delay: Duration) -> Option<Duration> {
    let begun = Instant::now();
    let mut command = nursery.command(&["build"]);
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
    thread::sleep(delay.saturating_sub(begun.elapsed()));
    let ended = child.try_wait().unwrap();
    child.kill().unwrap();
    let took = begun.elapsed();
    let output = child.wait_with_output().unwrap();
    let status = ended?;
    assert!(status.success(), "{}", errors_of(&output));
    Some(took)
}
