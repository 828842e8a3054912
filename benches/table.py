"""What was measured, as Markdown. In: the report of a run. Out: tables with the figures and their ratios."""

import math
import os
import platform
from pathlib import Path


def write_table(report):
    names = list(report["servers"])
    parts = [head(report), queries(report, "queries", names, "Query"), text(report, names), sizes(report, names)]
    if report["small"]:
        parts.append(small(report, names))
    return "\n\n".join(parts) + "\n"


def row(cells):
    return "| " + " | ".join(str(cell) for cell in cells) + " |"


def lines(header, rows):
    return "\n".join([row(header), row(["---"] + ["---:"] * (len(header) - 1)), *map(row, rows)])


def head(report):
    made = report["made"]
    servers = ", ".join(f"{name} {version}" for name, version in report["servers"].items())
    return (f"{report['date']}; {made['triples']:,} triples in {made['documents']:,} documents with {made['measures']:,} "
            f"measures, seed {made['seed']}. {servers}. {machine()}; load {report['load']:.1f} before, "
            f"{report['load_after']:.1f} after. Medians of {report['runs']} runs, as CSV, after one to warm up.")


def machine():
    model = "processor"
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            model = line.split(":", 1)[1].strip()
            break
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{os.cpu_count()} cores of {model}, {memory:.0f} GB, {platform.system()} {platform.release()}"


def seconds_of(result):
    """The median; where there is none the time that was waited, which is less than it would have taken."""
    return result.get("median") or result["bound"]


def shown(result):
    if "failed" in result:
        return result["failed"]
    return f"{result['median'] * 1000:,.1f} ms"


def ratio(ours, theirs):
    """How many times longer the other takes; at least so many where it ran out of time."""
    if ours is None or theirs is None:
        return "–"
    value = seconds_of(theirs) / seconds_of(ours)
    sign = "".join((">" if "failed" in theirs else "", "<" if "failed" in ours else ""))
    return f"{sign}{value:.2f}" if value < 10 else f"{sign}{value:.0f}"


def queries(report, part, names, title):
    peers = names[1:]
    header = [title, "Rows", *names, *(f"{peer} / {names[0]}" for peer in peers)]
    rows, logs = [], {peer: [] for peer in peers}
    for name, results in report[part].items():
        ours = results[names[0]]
        count = next((result["answer"][0] for result in results.values() if "answer" in result), "–")
        cells = [shown(results[who]) if who in results else "–" for who in names]
        ratios = [ratio(ours, results.get(peer)) for peer in peers]
        for peer in peers:
            if peer in results:
                logs[peer].append(math.log(seconds_of(results[peer]) / seconds_of(ours)))
        rows.append([name, f"{count:,}" if count != "–" else count, *cells, *ratios])
    means = [f"**{math.exp(sum(log) / len(log)):.2f}**" if log else "–" for log in logs.values()]
    rows.append(["**geometric mean**", "", *("" for _ in names), *means])
    return lines(header, rows)


def text(report, names):
    return queries(report, "text", [name for name in names if name != "Virtuoso"], "Text (CONTAINS elsewhere)")


def sizes(report, names):
    triples, literal = report["made"]["triples"], report["made"]["literal_bytes"]
    weighed, built, opened = report["weighed"], report["built"], report["openings"]
    step = lambda who, key, unit: " + ".join(f"{name} {took[key]:,.0f} {unit}" for name, took in built[who].items() if key in took) or "–"
    rows = [
        ["opening to the first answer", *(f"{opened[who]['seconds'] * 1000:,.0f} ms" for who in names)],
        ["resident memory then", *(f"{opened[who]['resident_mb']:,.0f} MB" for who in names)],
        ["of it not mapped files", *(f"{opened[who]['anonymous_mb']:,.0f} MB" for who in names)],
        ["graph on disk", *(f"{weighed[who]['graph'] / 2**20:,.0f} MB" for who in names)],
        ["bytes a triple", *(f"{weighed[who]['graph'] / triples:.1f}" for who in names)],
        [f"beside the literals' own text ({literal / triples:.1f})",
         *(f"{(weighed[who]['graph'] - literal) / triples:.1f}" for who in names)],
        ["text index", *(f"{weighed[who]['text index'] / 2**20:,.0f} MB" if "text index" in weighed[who] else "–" for who in names)],
        ["all on disk", *(f"{weighed[who]['all'] / 2**20:,.0f} MB" for who in names)],
        ["building", *(step(who, "seconds", "s") for who in names)],
        ["processor time", *(step(who, "cpu", "s") for who in names)],
        ["peak memory", *(step(who, "peak_mb", "MB") for who in names)],
    ]
    return lines(["", *names], rows)


def small(report, names):
    rows = []
    for name, rates in report["small"].items():
        ours = rates[names[0]]
        against = [f"{ours / rates[peer]:.2f}" if rates[peer] else "–" for peer in names[1:]]
        rows.append([name, *(f"{rates[who]:,.0f}" if rates[who] else "fails" for who in names), *against])
    header = ["Requests a second", *names, *(f"{names[0]} / {peer}" for peer in names[1:])]
    return lines(header, rows)
