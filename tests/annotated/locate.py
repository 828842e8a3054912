#!/usr/bin/env python3
"""Write annotations of texts that stay outside the repository, with places instead of words.

    locate.py COLLECTION.jsonl FOLDER > SET.tsv

FOLDER holds annotations dN.json of the texts in line N (from 0) of COLLECTION.jsonl (one object a line, the text in
`text`). Each row of the table is one fact of the text named last; `real.rs` reads it and says which columns a fact has. Words
that the text has are written @START+LENGTH, counted in characters without white space; ? at the end of a row marks what
need not be found. Standard library only.
"""
import json
import pathlib
import sys


def rows_of(annotation, place):
    """The facts of one annotation, each a list of columns; `place` turns words into where they stand."""
    header = annotation["document"]
    for name in ("title", "number", "attached_title"):
        if header.get(name):
            yield [name, place(header[name])]
    for name in ("date", "kind"):
        if header.get(name):
            yield [name, header[name]]
    for name in ("issuers", "recipients"):
        for words in header.get(name) or []:
            yield [name, place(words)]
    for one in annotation.get("references") or []:
        yield ["reference", place(one.get("title")), place(one.get("number")), *spare(one)]
    for one in annotation.get("outline") or []:
        yield ["item", one["path"], place(one["title"])]
    for one in annotation.get("measures") or []:
        yield ["measure", one["path"], *spare(one)]
    for one in (annotation.get("measures") or []) + (annotation.get("assignments") or []):
        for body in one.get("departments") or []:
            yield ["body", one["path"], body["role"], place(body["name"]), *spare(body)]
    for one in annotation.get("targets") or []:
        shown = [one.get(name) for name in ("value", "unit", "comparator", "deadline", "recurrence", "baseline")]
        yield ["target", one["path"], place(one["indicator"]), *map(show, shown), *spare(one)]


def spare(one):
    return ["?"] if one.get("optional") else []


def show(value):
    """A value as a column; of several deadlines that are all right, one behind the other."""
    if isinstance(value, list):
        return "|".join(show(one) for one in value)
    return "" if value is None else str(value)


def main():
    lines = pathlib.Path(sys.argv[1]).read_text(encoding="utf-8").splitlines()
    files = sorted(pathlib.Path(sys.argv[2]).glob("d*.json"), key=lambda file: int(file.stem[1:]))
    for file in files:
        at = int(file.stem[1:])
        text = "".join(json.loads(lines[at])["text"].split())

        def place(words):
            bare = "".join((words or "").split())
            start = text.find(bare)
            return f"@{start}+{len(bare)}" if start >= 0 and len(bare) > 1 else bare

        print("text", at, len(text), sep="\t")
        for row in rows_of(json.loads(file.read_text(encoding="utf-8")), place):
            print(*row, sep="\t")


main()
