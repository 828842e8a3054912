"""Text search by other engines, one a process, so that its memory can be told. `search.py` starts it:

    python3 benches/text_peers.py write|ask ENGINE FOLDER

In: `records.jsonl` and `searches.jsonl` as `cargo bench --bench search -- make` writes them. Out: the engine's index in FOLDER, its answers in
`answers-ENGINE.jsonl`, and what it took as a line of JSON. Each engine is asked as its own documentation has it for Chinese: the pieces of a search, parted by
spaces, must all stand in a text. It counts what is found and fetches the texts of the ten best. No engine here makes facets or snippets, knows other names
of a department, or reads quantities, percentages and numbers of documents as such.

sqlite-trigram   FTS5 with `tokenize='trigram'`. Pieces of three characters and more are looked up; shorter ones have no
                 trigram, so that every text that is left is read. Its documentation leaves LIKE for that, but up to 3.40 at least LIKE takes the bytes of two
                 Chinese characters for a trigram and finds nothing; so it is `instr`. Answers without a long piece have no order.
sqlite-bigrams   FTS5 with `unicode61` over texts that are cut into overlapping pairs of characters beforehand; a piece is a phrase of its pairs, a
                 single character the beginning of a pair. FTS5 itself does not know that the pairs are pairs: whoever uses it has to cut texts and searches.
xapian           TermGenerator and QueryParser with FLAG_CJK_NGRAM and AND: characters and pairs, wherever they stand in a text.
xapian-phrases   The same index, each piece in quotes: its characters side by side.
"""

import json
import os
import sqlite3
import sys
import time
from itertools import islice
from pathlib import Path

# Searches asked before the first is timed: each of so many. As in benches/search/answering.rs.
WARMING_EVERY = 5
COMPARED_MAX = 500
# An engine that reads all texts for a search would take hours: after so many seconds it is asked only every tenth of those that are left.
PATIENCE_S, THINNED_EVERY = 300, 10
BATCH = 10_000


def read_lines(path):
    with open(path) as lines:
        yield from map(json.loads, lines)


def records(folder):
    return ((number, record["id"], record["text"]) for number, record in enumerate(read_lines(folder / "records.jsonl"), 1))


class Trigrams:
    """A full-text table that keeps its texts; short pieces are looked for in them."""

    def __init__(self, folder, name="sqlite-trigram"):
        self.path = folder / name / "index.db"
        self.path.parent.mkdir(exist_ok=True)
        self.db = sqlite3.connect(self.path)

    def write(self, rows):
        self.db.execute("CREATE VIRTUAL TABLE texts USING fts5(id UNINDEXED, text, tokenize='trigram')")
        self.db.executemany("INSERT INTO texts(rowid, id, text) VALUES (?, ?, ?)", rows)
        self.finish()

    def finish(self):
        self.db.execute("INSERT INTO texts(texts) VALUES ('optimize')")
        self.db.commit()
        self.db.execute("VACUUM")
        self.db.close()

    def where(self, pieces):
        long = [f'"{piece}"' for piece in pieces if len(piece) >= 3]
        short = [piece for piece in pieces if len(piece) < 3]
        tests = ["texts MATCH ?"] * bool(long) + ["instr(text, ?)"] * len(short)
        values = [" AND ".join(long)] * bool(long) + short
        return " AND ".join(tests), values, bool(long)

    def answer(self, pieces):
        tests, values, is_ranked = self.where(pieces)
        total = self.db.execute(f"SELECT count(*) FROM texts WHERE {tests}", values).fetchone()[0]
        order = "ORDER BY rank" if is_ranked else ""
        self.db.execute(f"SELECT id, text FROM texts WHERE {tests} {order} LIMIT 10", values).fetchall()
        return total

    def all(self, pieces):
        tests, values, _ = self.where(pieces)
        return [row[0] for row in self.db.execute(f"SELECT id FROM texts WHERE {tests}", values)]


class Bigrams(Trigrams):
    """A full-text table of pairs beside a table of the texts themselves."""

    def __init__(self, folder):
        super().__init__(folder, "sqlite-bigrams")

    @staticmethod
    def pairs(text):
        return [text[at:at + 2] for at in range(len(text) - 1)]

    def write(self, rows):
        self.db.execute("CREATE TABLE stored(number INTEGER PRIMARY KEY, id TEXT, text TEXT)")
        self.db.execute("CREATE VIRTUAL TABLE texts USING fts5(pairs, content='', tokenize=\"unicode61 tokenchars '〔〕，。、：（）《》.%'\")")
        rows = iter(rows)
        while batch := list(islice(rows, BATCH)):
            self.db.executemany("INSERT INTO stored VALUES (?, ?, ?)", batch)
            cut = ((number, " ".join(" ".join([*self.pairs(line), line[-1:]]) for line in text.split("\n"))) for number, _, text in batch)
            self.db.executemany("INSERT INTO texts(rowid, pairs) VALUES (?, ?)", cut)
        self.finish()

    def match(self, pieces):
        phrase = lambda piece: f'"{piece}"*' if len(piece) == 1 else f'"{" ".join(self.pairs(piece))}"'
        return " AND ".join(map(phrase, pieces))

    def answer(self, pieces):
        match = self.match(pieces)
        total = self.db.execute("SELECT count(*) FROM texts WHERE texts MATCH ?", [match]).fetchone()[0]
        best = self.db.execute("SELECT rowid FROM texts WHERE texts MATCH ? ORDER BY rank LIMIT 10", [match]).fetchall()
        for row in best:
            self.db.execute("SELECT id, text FROM stored WHERE number = ?", row).fetchone()
        return total

    def all(self, pieces):
        found = self.db.execute("SELECT id FROM texts JOIN stored ON number = texts.rowid WHERE texts MATCH ?", [self.match(pieces)])
        return [row[0] for row in found]


class Xapian:
    """Terms with positions of the characters; the texts as data of the documents."""

    def __init__(self, folder):
        import xapian
        self.xapian = xapian
        self.path = str(folder / "xapian")

    def write(self, rows):
        xapian = self.xapian
        db = xapian.WritableDatabase(self.path, xapian.DB_CREATE_OR_OPEN)
        generator = xapian.TermGenerator()
        generator.set_flags(xapian.TermGenerator.FLAG_CJK_NGRAM)
        for _, name, text in rows:
            document = xapian.Document()
            document.set_data(name + "\n" + text)
            generator.set_document(document)
            for line in text.split("\n"):
                generator.index_text(line)
                generator.increase_termpos()
            db.add_document(document)
        db.commit()
        db.close()
        compact = self.path + "-compact"
        xapian.Database(self.path).compact(compact)
        os.rename(self.path, self.path + "-loose")
        os.rename(compact, self.path)
        remove(Path(self.path + "-loose"))

    def mset(self, pieces, count):
        xapian = self.xapian
        if not hasattr(self, "db"):
            self.db = xapian.Database(self.path)
        parser = xapian.QueryParser()
        parser.set_default_op(xapian.Query.OP_AND)
        flags = xapian.QueryParser.FLAG_CJK_NGRAM | xapian.QueryParser.FLAG_PHRASE
        enquire = xapian.Enquire(self.db)
        enquire.set_query(parser.parse_query(self.words(pieces), flags))
        return enquire.get_mset(0, count, self.db.get_doccount())

    @staticmethod
    def words(pieces):
        return " ".join(pieces)

    def answer(self, pieces):
        found = self.mset(pieces, 10)
        for match in found:
            match.document.get_data()
        return found.get_matches_estimated()

    def all(self, pieces):
        return [match.document.get_data().decode().split("\n", 1)[0] for match in self.mset(pieces, COMPARED_MAX)]


class XapianPhrases(Xapian):
    @staticmethod
    def words(pieces):
        return " ".join(f'"{piece}"' for piece in pieces)


ENGINES = {"sqlite-trigram": Trigrams, "sqlite-bigrams": Bigrams, "xapian": Xapian, "xapian-phrases": XapianPhrases}


def remove(folder):
    for file in folder.iterdir():
        file.unlink()
    folder.rmdir()


def megabytes(line):
    for own in Path("/proc/self/status").read_text().splitlines():
        if own.startswith(line + ":"):
            return int(own.split()[1]) / 1024
    return None


def write(engine, folder):
    start, start_cpu = time.perf_counter(), time.process_time()
    engine.write(records(folder))
    return {"seconds": time.perf_counter() - start, "cpu": time.process_time() - start_cpu, "peak_mb": megabytes("VmHWM")}


def ask(engine, folder, name):
    searches = list(read_lines(folder / "searches.jsonl"))
    start = time.perf_counter()
    for search in searches[::WARMING_EVERY]:
        engine.answer(search["pieces"])
        if time.perf_counter() - start > PATIENCE_S / 10:
            break
    start, answers = time.perf_counter(), []
    for number, search in enumerate(searches):
        if number % THINNED_EVERY and time.perf_counter() - start > PATIENCE_S:
            answers.append(None)
            continue
        before = time.thread_time_ns()
        total = engine.answer(search["pieces"])
        answers.append({"microseconds": (time.thread_time_ns() - before) // 1000, "total": total, "found": None})
    memory = {"resident_mb": megabytes("VmRSS"), "anonymous_mb": megabytes("RssAnon")}
    for search, answer in zip(searches, answers):
        if answer and search["checked"] and answer["total"] <= COMPARED_MAX:
            answer["found"] = engine.all(search["pieces"])
    with open(folder / f"answers-{name}.jsonl", "w") as out:
        out.writelines(json.dumps(answer, ensure_ascii=False) + "\n" for answer in answers)
    return memory


def main():
    command, name, folder = sys.argv[1], sys.argv[2], Path(sys.argv[3])
    engine = ENGINES[name](folder)
    print(json.dumps(write(engine, folder) if command == "write" else ask(engine, folder, name)))


if __name__ == "__main__":
    main()
