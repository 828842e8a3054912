#!/usr/bin/env python3
"""Compares Zhengtu's text search with other engines over generated measures, in one run.

    python3 benches/search.py --measures 100000

Needs: Python 3.11 with its sqlite3, cargo, and for Xapian `apt-get install python3-xapian`. What is not installed is left out with a line that says so. tantivy's own
n-grams are built with the benchmark. The texts, the indexes and the table (`report.md`, `report.json`) go to --folder.

Each engine indexes in a process of its own, and answers in another: some 2,000 searches, one after the other in one thread, each timed by the processor time of that
thread after a fifth of them warmed up. Zhengtu counts 20 facets and shows ten hits with snippets, departments, targets and reasons; the others count, and
fetch the texts of the ten best. `benches/text_peers.py` and `benches/search/ngrams.rs` tell how each is asked and what it does not do. Where a sample of the searches
is compared with the texts themselves (all pieces stand in them), 智能 is left out: it finds by words, names and quantities on purpose.
"""

import argparse
import json
import shutil
import subprocess
import sys
import time
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parent))
from peers import ROOT, bytes_below  # noqa: E402
from table import lines, machine  # noqa: E402

# Each engine: how it is shown, whether the benchmark's own program runs it, and whose index it asks.
ENGINES = {
    "smart": ("Zhengtu 智能", True, "zhengtu"),
    "exact": ("Zhengtu 精确", True, "zhengtu"),
    "ngrams": ("tantivy n-grams", True, "ngrams"),
    "sqlite-trigram": ("FTS5 trigram", False, "sqlite-trigram"),
    "sqlite-bigrams": ("FTS5 bigrams", False, "sqlite-bigrams"),
    "xapian": ("Xapian", False, "xapian"),
    "xapian-phrases": ("Xapian phrases", False, "xapian"),
}
PEERS = Path(__file__).resolve().parent / "text_peers.py"
# Searches are told apart by how much they find: up to these numbers.
FOUND_MAX = [10, 100, 1_000, 10_000, 50_000, 10_000_000]
# What an engine in Python must be able to do.
PROBES = {
    "sqlite-trigram": "import sqlite3; sqlite3.connect(':memory:').execute(\"CREATE VIRTUAL TABLE t USING fts5(a, tokenize='trigram')\")",
    "sqlite-bigrams": "import sqlite3; sqlite3.connect(':memory:').execute('CREATE VIRTUAL TABLE t USING fts5(a)')",
    "xapian": "import xapian; xapian.TermGenerator.FLAG_CJK_NGRAM",
}
REMEDIES = {"xapian": "apt-get install python3-xapian"}


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--measures", type=int, default=100_000, help="measures to search [100000]")
    parser.add_argument("--engines", default=",".join(ENGINES), help="which ones [all]")
    parser.add_argument("--folder", type=Path, default=ROOT / "target/bench", help="where all data go")
    parser.add_argument("--reuse", action="store_true", help="take texts and indexes that are there; Zhengtu's too")
    return parser.parse_args()


def say(line):
    print(line, file=sys.stderr, flush=True)


def run(command):
    """The line of JSON that a command ends with."""
    done = subprocess.run([str(part) for part in command], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    if done.returncode != 0:
        raise SystemExit(f"{' '.join(map(str, command))}: exit status {done.returncode}")
    return json.loads(done.stdout.strip().splitlines()[-1])


def build():
    """The benchmark's own program."""
    command = ["cargo", "bench", "--locked", "--bench", "search", "--no-run", "--message-format", "json"]
    built = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    if built.returncode != 0:
        raise SystemExit("the benchmark does not build")
    messages = map(json.loads, built.stdout.splitlines())
    return next(own["executable"] for own in messages if own.get("executable") and own["target"]["name"] == "search")


def find_python(engine):
    """A Python that has what the engine needs: this one, else that of the system."""
    for python in (sys.executable, "/usr/bin/python3"):
        if Path(python).exists() and subprocess.run([python, "-c", PROBES[engine]], capture_output=True).returncode == 0:
            return python
    return None


def choose(options, program):
    """For each engine that is there, the command that writes or asks."""
    chosen = {}
    for name in filter(None, options.engines.split(",")):
        if name not in ENGINES:
            raise SystemExit(f"no engine {name}; there are {', '.join(ENGINES)}")
        _, is_own, index = ENGINES[name]
        python = None if is_own else find_python(index)
        if is_own:
            chosen[name] = [program]
        elif python:
            chosen[name] = [python, PEERS]
        else:
            say(f"left out: {name}: {REMEDIES.get(index, 'this Python has no FTS5 with that tokenizer')}")
    return chosen


def write_index(name, command, options, folder):
    """What indexing took; kept beside the index."""
    _, is_own, index = ENGINES[name]
    notes = folder / f"written-{index}.json"
    if not (options.reuse and notes.exists()):
        shutil.rmtree(folder / index, ignore_errors=True)
        measures = [options.measures] if is_own else []
        written = run([*command, "write", index, *measures, folder])
        written["bytes"] = bytes_below(folder / index)
        notes.write_text(json.dumps(written))
    return json.loads(notes.read_text())


def read_lines(path):
    with open(path) as rows:
        return list(map(json.loads, rows))


def truths(folder, searches):
    """Of each search that is checked, the records in which all its pieces stand."""
    checked = {number: search["pieces"] for number, search in enumerate(searches) if search["checked"]}
    found = {number: set() for number in checked}
    with open(folder / "records.jsonl") as records:
        for record in map(json.loads, records):
            text = record["text"]
            for number, pieces in checked.items():
                if all(piece in text for piece in pieces):
                    found[number].add(record["id"])
    return found


def is_right(answer, truth):
    return answer["total"] == len(truth) and (answer["found"] is None or set(answer["found"]) == truth)


def at(times, share):
    """The time that this share of the searches does not exceed."""
    return sorted(times)[min(int(len(times) * share), len(times) - 1)] / 1000 if times else None


def shown_time(milliseconds):
    if milliseconds is None:
        return "–"
    return f"{milliseconds:.2f}" if milliseconds < 10 else f"{milliseconds:,.0f}"


def summary(report):
    names, made = list(report["engines"]), report["made"]
    rows = []
    for name in names:
        own = report["engines"][name]
        written, times = own["written"], own["times"]
        right = f"{own['right'] * 100 / own['compared']:.0f} %" if own["compared"] and name != "smart" else "–"
        rows.append([
            ENGINES[name][0], f"{made['measures'] / written['seconds']:,.0f}", f"{written['seconds']:.1f} s", f"{written['cpu']:.1f} s",
            f"{written['peak_mb']:,.0f} MB", f"{written['bytes'] / 2**20:,.0f} MB", f"{written['bytes'] / made['measure_bytes']:.2f}",
            *(shown_time(at(times, share)) for share in (0.5, 0.9, 0.99, 1)), f"{own['memory']['resident_mb']:,.0f} MB",
            f"{own['memory']['anonymous_mb']:,.0f} MB", f"{own['asked'] - own['unanswered']:,}", right,
        ])
    header = ["Engine", "Measures/s", "Indexing", "Processor", "Peak", "On disk", "× text", "p50 ms", "p90 ms", "p99 ms", "max ms",
              "Resident", "Not mapped", "Answered", "Right"]
    return lines(header, rows)


def by_kind(report):
    names = list(report["engines"])
    rows = []
    for kind, share, _ in report["made"]["kinds"]:
        cells = []
        for name in names:
            times = report["engines"][name]["by_kind"].get(kind, [])
            cells.append(f"{shown_time(at(times, 0.5))} / {shown_time(at(times, 0.99))}" if times else "–")
        found = report["found"].get(kind)
        rows.append([kind, f"{share} %", f"{found:,}" if found is not None else "–", *cells])
    return lines(["p50 / p99 in ms", "Share", "Found", *(ENGINES[name][0] for name in names)], rows)


def by_found(report):
    """How times grow with what is found, by each engine's own number."""
    names, rows, least = list(report["engines"]), [], 0
    for most in FOUND_MAX:
        cells = []
        for name in names:
            times = [time for time, total in report["engines"][name]["timed"] if least <= total <= most]
            cells.append(f"{shown_time(at(times, 0.5))} ({len(times):,})" if times else "–")
        rows.append([f"{least:,} to {most:,}", *cells])
        least = most + 1
    return lines(["p50 in ms (searches) by what was found", *(ENGINES[name][0] for name in names)], rows)


def kinds(report):
    rows = [[kind, about, f"`{report['examples'][kind]}`"] for kind, _, about in report["made"]["kinds"] if kind in report["examples"]]
    return "\n".join(["| Kind | What it is | For example |", "| --- | --- | --- |", *(f"| {' | '.join(row)} |" for row in rows)])


def head(report):
    made = report["made"]
    return (f"{report['date']}; {made['measures']:,} measures of {made['measure_chars'] / made['measures']:.0f} characters "
            f"({made['measure_bytes'] / 2**20:.1f} MB; all texts {made['record_bytes'] / 2**20:.1f} MB) in {made['documents']:,} documents, "
            f"{made['entries']:,} entries in all; {report['searches']:,} searches. {machine()}; SQLite {report['sqlite']}.")


def tell(folder, report, searches):
    """Times of each kind and rightness, from the answers on disk."""
    truth = truths(folder, searches)
    for name, own in report["engines"].items():
        answers = read_lines(folder / f"answers-{name}.jsonl")
        given = [(search["kind"], answer) for search, answer in zip(searches, answers) if answer and answer["total"] is not None]
        own["asked"] = sum(answer is not None for answer in answers)
        own["unanswered"] = own["asked"] - len(given)
        own["times"] = [answer["microseconds"] for _, answer in given]
        own["timed"] = [(answer["microseconds"], answer["total"]) for _, answer in given]
        own["by_kind"] = {}
        for kind, answer in given:
            own["by_kind"].setdefault(kind, []).append(answer["microseconds"])
        compared = [(answers[number], wanted) for number, wanted in truth.items() if answers[number]]
        own["compared"] = len(compared)
        own["right"] = sum(answer["total"] is not None and is_right(answer, wanted) for answer, wanted in compared)
        if name == "smart":
            totals = {}
            for kind, answer in given:
                totals.setdefault(kind, []).append(answer["total"])
            report["found"] = {kind: sorted(own)[len(own) // 2] for kind, own in totals.items()}


def main():
    options = arguments()
    folder = options.folder.resolve() / f"search-{options.measures}"
    folder.mkdir(parents=True, exist_ok=True)
    program = build()
    engines = choose(options, program)
    notes = folder / "made.json"
    if not (options.reuse and notes.exists()):
        say(f"making {options.measures:,} measures")
        notes.write_text(json.dumps(run([program, "make", options.measures, folder]), ensure_ascii=False))
    searches = read_lines(folder / "searches.jsonl")
    version = subprocess.run([find_python("sqlite-bigrams") or sys.executable, "-c", "import sqlite3; print(sqlite3.sqlite_version)"],
                             capture_output=True, text=True).stdout.strip()
    report = {"date": time.strftime("%Y-%m-%d"), "made": json.loads(notes.read_text()), "searches": len(searches), "sqlite": version,
              "examples": {search["kind"]: search["words"] for search in reversed(searches)}, "found": {}, "engines": {}}
    written = {}
    for name, command in engines.items():
        index = ENGINES[name][2]
        if index not in written:
            say(f"{index}: indexing")
            written[index] = write_index(name, command, options, folder)
        say(f"{name}: answering")
        report["engines"][name] = {"written": written[index], "memory": run([*command, "ask", name, folder])}
    tell(folder, report, searches)
    (folder / "report.json").write_text(json.dumps(report, ensure_ascii=False))
    table = "\n\n".join([head(report), summary(report), by_kind(report), by_found(report), kinds(report)]) + "\n"
    (folder / "report.md").write_text(table)
    print(table)


if __name__ == "__main__":
    main()
