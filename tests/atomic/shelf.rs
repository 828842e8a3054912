//! Releases of a folder: listed, gone back to, pruned, and written by one at a time.

use super::nursery::{Nursery, errors_of};
use std::fs;
use zhengtu::release::Release;

/// A folder with three releases, and their ids in the order in which they were published.
fn three(name: &str) -> (Nursery, Vec<String>) {
    let nursery = Nursery::new(name);
    let build = |acres| {
        nursery.write(1, acres);
        nursery.build_id()
    };
    let ids = [100, 200, 300].map(build).to_vec();
    (nursery, ids)
}

fn lines(nursery: &Nursery, args: &[&str]) -> Vec<String> {
    let output = nursery.run(args);
    assert!(output.status.success(), "{}", errors_of(&output));
    String::from_utf8(output.stdout).unwrap().lines().map(str::to_owned).collect()
}

#[test]
fn releases_are_listed_with_their_counts_and_can_be_gone_back_to() {
    let (nursery, ids) = three("atomic-shelf");
    let listed = lines(&nursery, &["releases"]);
    assert_eq!(listed.len(), 3);
    assert!(listed[0].starts_with(&format!("* {}", ids[2])), "{listed:?}");
    assert!(listed[1].starts_with(&format!("  {}", ids[1])), "{listed:?}");
    assert!(
        listed[0].contains("5 document, 6 measure") || listed[0].contains(" measure"),
        "{listed:?}"
    );
    lines(&nursery, &["rollback"]);
    assert_eq!(nursery.current(), ids[1]);
    lines(&nursery, &["rollback"]);
    assert_eq!(nursery.current(), ids[0]);
    let refused = nursery.run(&["rollback"]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(errors_of(&refused).contains("no release was published before"));
    lines(&nursery, &["rollback", &ids[2]]);
    assert_eq!(nursery.current(), ids[2]);
    let unknown = nursery.run(&["rollback", "0123456789abcdef"]);
    assert_eq!(unknown.status.code(), Some(2));
    assert!(errors_of(&unknown).contains(&ids[0]), "{}", errors_of(&unknown));
}

#[test]
fn a_damaged_release_is_not_gone_back_to_and_is_built_again_as_it_was() {
    let (nursery, ids) = three("atomic-shelf-damaged");
    let graph = nursery.releases().join(&ids[1]).join("graph.nq");
    fs::write(&graph, "").unwrap();
    let refused = nursery.run(&["rollback"]);
    assert_eq!(refused.status.code(), Some(3));
    assert!(errors_of(&refused).contains("graph.nq"), "{}", errors_of(&refused));
    assert_eq!(nursery.current(), ids[2]);
    nursery.write(1, 200);
    assert_eq!(nursery.build_id(), ids[1]);
    Release::open(&nursery.releases()).unwrap().check().unwrap();
    assert_eq!(nursery.beside_releases(), [".lock", "cache", "current"]);
}

#[test]
fn a_release_that_is_built_again_is_the_last_published() {
    let (nursery, ids) = three("atomic-shelf-again");
    nursery.write(1, 100);
    assert_eq!(nursery.build_id(), ids[0]);
    assert_eq!(nursery.current(), ids[0]);
    lines(&nursery, &["rollback"]);
    assert_eq!(nursery.current(), ids[2]);
}

#[test]
fn pruning_keeps_the_newest_the_current_one_and_those_that_are_open() {
    let (nursery, ids) = three("atomic-prune");
    let held = Release::open_id(&nursery.releases(), &ids[1]).unwrap();
    let pruned = lines(&nursery, &["prune", "--keep", "1"]);
    assert_eq!(
        pruned,
        [format!("{} kept: a process has it open", ids[1]), format!("{} removed", ids[0])]
    );
    drop(held);
    lines(&nursery, &["rollback", &ids[1]]);
    let pruned = lines(&nursery, &["prune", "--keep", "0"]);
    assert_eq!(
        pruned,
        [format!("{} removed", ids[2]), format!("{} kept: it is the current one", ids[1])]
    );
    assert_eq!(nursery.beside_releases(), [".lock", "cache", "current"]);
    assert!(nursery.run(&["validate"]).status.success());
}

#[test]
fn a_second_writer_is_refused_by_the_number_of_the_first() {
    let nursery = Nursery::new("atomic-locked");
    nursery.build();
    let lock = fs::OpenOptions::new().write(true).open(nursery.releases().join(".lock")).unwrap();
    lock.lock().unwrap();
    fs::write(nursery.releases().join(".lock"), "4321\n").unwrap();
    for args in [&["build"][..], &["prune"], &["rollback"]] {
        let refused = nursery.run(args);
        assert_eq!(refused.status.code(), Some(3), "{args:?}");
        assert!(errors_of(&refused).contains("process 4321"), "{}", errors_of(&refused));
    }
    lock.unlock().unwrap();
    nursery.build();
}

#[test]
fn what_a_dead_build_left_is_removed_by_the_next() {
    let nursery = Nursery::new("atomic-litter");
    nursery.build();
    let releases = nursery.releases();
    fs::create_dir_all(releases.join(".building-1/index")).unwrap();
    fs::write(releases.join(".building-1/graph.nq"), "<a").unwrap();
    fs::create_dir(releases.join(".removed-0123456789abcdef")).unwrap();
    fs::write(releases.join(".current-1"), "").unwrap();
    nursery.build();
    assert_eq!(nursery.beside_releases(), [".lock", "cache", "current"]);
}
