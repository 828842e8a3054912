//! Builds that have no room: on a disk that is full, and where files may not grow.

use super::nursery::{Nursery, acres_in, errors_of};
use std::fs;
use std::process::Command;
use zhengtu::release::Release;

#[test]
fn where_files_may_not_grow_the_build_says_which_and_the_old_release_stays() {
    let nursery = Nursery::new("atomic-limited");
    let old = nursery.build_id();
    nursery.write(1, 200);
    // In blocks of 512 bytes: some files of a release fit, and the graph does not.
    for blocks in [0, 8, 1000] {
        let script =
            format!("trap '' XFSZ; ulimit -f {blocks}; exec {}", env!("CARGO_BIN_EXE_zhengtu"));
        let mut limited = Command::new("sh");
        limited.args(["-c", &format!("{script} build")]).current_dir(&nursery.root);
        limited.env("ZHENGTU_RELEASES", nursery.releases());
        limited.env("ZHENGTU_DATA", nursery.root.join("data"));
        limited.env("ZHENGTU_QUERIES", nursery.root.join("queries"));
        let output = limited.output().unwrap();
        let said = errors_of(&output);
        assert_eq!(output.status.code(), Some(3), "{said}");
        let last = said.lines().last().unwrap();
        assert!(last.contains("cannot write") && last.contains("File too large"), "{said}");
        assert!(last.contains(".building-"), "{said}");
        assert_eq!(nursery.current(), old);
        assert_eq!(acres_in(&Release::open(&nursery.releases()).unwrap()), "100");
        assert_eq!(nursery.beside_releases(), [".lock", "cache", "current"]);
    }
    assert_ne!(nursery.build_id(), old);
    assert_eq!(acres_in(&Release::open(&nursery.releases()).unwrap()), "200");
}

/// Mounts a small disk at `releases/`, where only this command and its children see it.
fn on_a_small_disk(nursery: &Nursery, script: &str) -> Option<String> {
    fs::create_dir_all(nursery.releases()).unwrap();
    let mount = "mount -t tmpfs -o size=40m tmpfs \"$ZHENGTU_RELEASES\" || exit 77";
    let mut shell = Command::new("unshare");
    shell.args(["--mount", "--map-root-user", "sh", "-c", &format!("{mount}\n{script}")]);
    shell.current_dir(&nursery.root);
    shell.env("ZHENGTU", env!("CARGO_BIN_EXE_zhengtu"));
    shell.env("ZHENGTU_RELEASES", nursery.releases());
    shell.env("ZHENGTU_DATA", nursery.root.join("data"));
    shell.env("ZHENGTU_QUERIES", nursery.root.join("queries"));
    let output = shell.output().ok()?;
    let said = format!("{}{}", String::from_utf8_lossy(&output.stdout), errors_of(&output));
    if output.status.success() {
        return Some(said);
    }
    let refused = output.status.code() == Some(77) || said.contains("unshare");
    assert!(refused, "{said}");
    None
}

#[test]
fn on_a_full_disk_the_old_release_answers_and_the_next_build_is_clean() {
    let nursery = Nursery::new("atomic-full");
    let script = r#"
        ask() { "$ZHENGTU" search 苗圃规模 | grep -c "$1亩" ; }
        "$ZHENGTU" build 2>&1 || exit 1
        sed -i s/100亩/200亩/g data/documents/1.txt
        for room in 0 1000 3000 6000 8000; do
            free=$(df -k --output=avail "$ZHENGTU_RELEASES" | tail -1)
            head -c $(( (free - room) * 1024 )) /dev/zero > "$ZHENGTU_RELEASES/filler"
            "$ZHENGTU" build 2> said && { echo "room of $room was enough"; rm "$ZHENGTU_RELEASES/filler"; continue; }
            echo "status $?: $(tail -1 said)"
            echo "old hits: $(ask 100)"
            rm "$ZHENGTU_RELEASES/filler"
            ls -A "$ZHENGTU_RELEASES" | grep '^[.]building' && exit 1
        done
        "$ZHENGTU" build 2>&1 || exit 1
        echo "new hits: $(ask 200)"
        "$ZHENGTU" validate > /dev/null || exit 1
    "#;
    let Some(said) = on_a_small_disk(&nursery, script) else {
        eprintln!(
            "skipped: this user may not mount a small disk (unshare --mount --map-root-user)"
        );
        return;
    };
    let failures: Vec<&str> = said.lines().filter(|line| line.starts_with("status ")).collect();
    assert!(failures.len() >= 2, "{said}");
    for failure in &failures {
        assert!(failure.contains("status 3") && failure.contains("cannot write"), "{said}");
        assert!(failure.contains("No space left on device"), "{said}");
        assert!(failure.contains("/releases/"), "{said}");
    }
    assert_eq!(said.matches("old hits: 0").count(), 0, "{said}");
    assert_eq!(said.matches("old hits: ").count(), failures.len(), "{said}");
    assert!(said.contains("new hits: 1"), "{said}");
}
