#!/usr/bin/env python3
"""Compares Zhengtu with other SPARQL servers over a generated graph, in one run, over HTTP on this machine.

    python3 benches/graph.py --triples 10000000 --peers oxigraph,virtuoso

Needs: Python 3.11, cargo, and what it is compared with: `pip install oxigraph==0.5.13`, `apt-get install
virtuoso-opensource-7-bin`, for small queries `apt-get install wrk`. A peer that is not installed is left out with a line that
says so. The graph, the servers' data and the table go to --folder; --reuse takes data that are already there. Some 1,400 bytes
of disk a triple are used with both peers.

Every query is asked of each server in turn: once as JSON, which warms up and is compared by count of rows and by content (a difference
is printed and fails the run), then --runs times as CSV, of which the median counts. BENCHMARKS.md tells what was measured with it.
"""

import argparse
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parent))
import peers  # noqa: E402
from answers import CSV, JSON, NoAnswer, count_lines, digest  # noqa: E402
from table import write_table  # noqa: E402

QUERIES = Path(__file__).resolve().parent / "queries"
# Answers that need not be the same: which ten of many are best is each engine's own opinion.
ONLY_COUNTED = {"text-1-top-ten"}
# Openings of each server; the median counts.
OPENINGS = 5
# Documents that small queries are asked about in turn.
SMALL_DOCUMENTS = 200
# Memory for kept answers where they are measured: what `zhengtu serve` has unless it is told otherwise.
KEPT_MB = 64


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--triples", type=int, default=1_000_000, help="size of the graph [1000000]")
    parser.add_argument("--seed", type=int, default=1, help="another seed, another graph of the same kind [1]")
    parser.add_argument("--peers", default="oxigraph,virtuoso", help="what to compare with; empty for nothing")
    parser.add_argument("--folder", type=Path, default=peers.ROOT / "target/bench", help="where all data go")
    parser.add_argument("--reuse", action="store_true", help="take graphs and filled servers that are there")
    parser.add_argument("--refill", default="", help="fill these again in spite of --reuse, e.g. zhengtu,oxigraph")
    parser.add_argument("--gzip", action="store_true", help="keep the graph packed: a twelfth of its size, slower to load")
    parser.add_argument("--runs", type=int, default=5, help="measured runs of each query [5]")
    parser.add_argument("--timeout", type=int, default=100, help="seconds that a query may take [100]")
    parser.add_argument("--only", default="", help="queries whose name has this expression")
    parser.add_argument("--wrk-seconds", type=int, default=8, help="length of each run of wrk; 0 for none [8]")
    parser.add_argument("--zhengtu", type=Path, default=peers.ROOT / "target/release/zhengtu")
    parser.add_argument("--zhengtu-args", default="", help="options for `zhengtu serve`")
    return parser.parse_args()


def say(line):
    print(line, file=sys.stderr, flush=True)


def make_graph(options, folder):
    """The graph's file and what the generator says of it."""
    graph, notes = folder / f"graph.nq{'.gz' if options.gzip else ''}", folder / "graph.json"
    if options.reuse and notes.exists():
        return graph, json.loads(notes.read_text())
    command = ["cargo", "bench", "--quiet", "--locked", "--bench", "generator", "--"]
    command += ["--triples", str(options.triples), "--seed", str(options.seed), "--literals"]
    with open(graph, "wb") as out:
        packing = subprocess.Popen(["gzip", "-1"], stdin=subprocess.PIPE, stdout=out) if options.gzip else None
        to = packing.stdin if packing else out
        said = subprocess.run(command, cwd=peers.ROOT, stdout=to, stderr=subprocess.PIPE, text=True, check=True).stderr
        if packing:
            packing.stdin.close()
            packing.wait()
    made = json.loads(said.strip().splitlines()[-1])
    notes.write_text(json.dumps(made, ensure_ascii=False))
    return graph, made


def choose_servers(options, folder):
    servers = [peers.Zhengtu(folder, options)]
    for name in filter(None, options.peers.split(",")):
        if name not in peers.ALL:
            raise SystemExit(f"no peer {name}; there are {', '.join(peers.ALL)}")
        servers.append(peers.ALL[name](folder, options))
    missing = {server.name: server.find() for server in servers}
    for reason in filter(None, missing.values()):
        say(f"left out: {reason}")
    return [server for server in servers if not missing[server.name]]


def read_queries(kind, only):
    """Pairs of a name and the query for each server: `NAME.contains.rq` is the one without text search."""
    found = {}
    for file in sorted(QUERIES.glob("*.rq")):
        name = file.name.removesuffix(".rq")
        plain = name.removesuffix(".contains")
        if re.match(kind, plain) and re.search(only, plain):
            found.setdefault(plain, {})["other" if plain != name else "zhengtu"] = file.read_text()
    return found


def query_for(server, texts):
    return texts["zhengtu"] if server.name == "Zhengtu" else texts.get("other", texts["zhengtu"])


def measure(server, query, options, result):
    """One run. The first warms up and gives the answer that is compared; the others are timed. A server that gave no
    answer is not asked again."""
    if "failed" in result:
        return
    warm = "answer" in result
    start = time.perf_counter()
    try:
        seconds, body = server.ask(query, options.timeout + 20, CSV if warm else JSON)
        rows = count_lines(body) if warm else digest(body)
    except NoAnswer as error:
        # A server's own limit may be lower than the one that was asked for.
        result["bound"] = min(time.perf_counter() - start, options.timeout) if error.ran_out else options.timeout
        result["failed"] = f">{result['bound']:.0f} s" if error.ran_out else "fails"
        say(f"    {server.name}: {error}")
        if error.ran_out or server.process.poll() is not None:
            server.restart()
        return
    if not warm:
        result["answer"] = rows
        return
    result["seconds"].append(seconds)
    if rows != result["answer"][0]:
        raise SystemExit(f"{server.name} gave {rows} rows as CSV, {result['answer'][0]} as JSON")


def compare(name, results, differences):
    answers = {who: result["answer"] for who, result in results.items() if "answer" in result}
    if name in ONLY_COUNTED:
        answers = {who: rows for who, (rows, _) in answers.items()}
    if len(set(answers.values())) > 1:
        differences.append(f"{name}: {answers}")
        say(f"    THE ANSWERS DIFFER: {answers}")


def ask_all(servers, queries, options, differences):
    """Each query to each server in turn."""
    table = {}
    for name, texts in queries.items():
        say(f"  {name}")
        asked = [server for server in servers if not ("other" in texts and server.name == "Virtuoso")]
        results = {server.name: {"seconds": []} for server in asked}
        for _ in range(1 + options.runs):
            for server in asked:
                measure(server, query_for(server, texts), options, results[server.name])
        for result in results.values():
            if "failed" not in result:
                result["median"] = statistics.median(result["seconds"])
        compare(name, results, differences)
        say("    " + ", ".join(f"{who} {told(result)}" for who, result in results.items()))
        table[name] = results
    return table


def told(result):
    return result.get("failed") or f"{result['median'] * 1000:.1f} ms ({result['answer'][0]} rows)"


def measure_openings(servers):
    """From the start of the process to its first answer, and the memory it then has."""
    openings = {}
    for server in servers:
        times = []
        for _ in range(OPENINGS):
            times.append(server.start())
            resident, anonymous = peers.resident_mb(server.process.pid)
            server.stop()
        openings[server.name] = {"seconds": statistics.median(times), "resident_mb": resident, "anonymous_mb": anonymous}
        say(f"  {server.name}: {openings[server.name]}")
    return openings


def small_documents(server):
    query = ("PREFIX zt: <https://w3id.org/zhengtu/ontology#> SELECT ?d WHERE { ?d zt:documentNumber ?n } "
             f"ORDER BY ?n LIMIT {SMALL_DOCUMENTS}")
    _, body = server.ask(query, 60)
    return [row["d"]["value"] for row in json.loads(body)["results"]["bindings"]]


def measure_small(servers, options, folder, differences):
    """Requests a second of small queries, asked about one document after the other by two threads of wrk."""
    if not options.wrk_seconds or not shutil.which("wrk"):
        say("left out: small queries; wrk is not installed (apt-get install wrk) or --wrk-seconds is 0")
        return {}
    for server in servers:
        server.stop()
        server.bounded = False
        server.start()
    documents, table = small_documents(servers[0]), {}
    queries = {name: re.sub(r"^#.*\n", "", texts["zhengtu"]) for name, texts in read_queries("small-", options.only).items()}
    for name, query in queries.items():
        asked = [query.replace("DOCUMENT", document) for document in documents]
        answers = {server.name: tuple(digest(server.ask(one, 20)[1]) for one in asked[:20]) for server in servers}
        if len(set(answers.values())) > 1:
            differences.append(f"{name}: {answers}")
        table[name] = {server.name: [] for server in servers}
        for _ in range(2):
            for server in servers:
                table[name][server.name].append(run_wrk(server, asked, options, folder))
        table[name] = {who: max(rates) for who, rates in table[name].items()}
        say(f"  {name}: {table[name]}")
    zhengtu = servers[0]
    zhengtu.stop()
    zhengtu.kept_mb = KEPT_MB
    zhengtu.start()
    for name, query in queries.items():
        asked = [query.replace("DOCUMENT", document) for document in documents]
        rate = max(run_wrk(zhengtu, asked, options, folder) for _ in range(2))
        table[f"{name}, answers kept"] = {**table[name], zhengtu.name: rate}
        say(f"  {name} with answers kept: {rate}")
    return table


def run_wrk(server, asked, options, folder):
    paths = ",\n".join(json.dumps(f"{server.path}?query={peers.quote(one)}") for one in asked)
    script = folder / "wrk.lua"
    script.write_text(f"local paths = {{ {paths} }}\nlocal at = 0\nfunction request()\n  at = at % #paths + 1\n"
                      "  return wrk.format('GET', paths[at], {['Accept'] = 'application/sparql-results+json'})\nend\n")
    command = ["wrk", "-t2", "-c16", f"-d{options.wrk_seconds}s", "-s", script, f"http://{peers.HOST}:{server.port}"]
    ran = subprocess.run([str(part) for part in command], capture_output=True, text=True)
    refused = re.search(r"Non-2xx or 3xx responses: (\d+)", ran.stdout)
    if refused or ran.returncode:
        say(f"    {server.name}: {refused[0] if refused else ran.stderr.strip()}")
        return 0.0
    return float(re.search(r"Requests/sec:\s+([\d.]+)", ran.stdout)[1])


def main():
    options = arguments()
    folder = options.folder.resolve() / f"{options.triples}-{options.seed}"
    folder.mkdir(parents=True, exist_ok=True)
    graph, made = make_graph(options, folder)
    say(f"graph: {made}")
    servers = choose_servers(options, folder)
    report = {"made": made, "date": time.strftime("%Y-%m-%d"), "load": os.getloadavg()[0], "timeout": options.timeout,
              "servers": {server.name: server.version() for server in servers}, "runs": options.runs}
    differences = []
    report["built"], report["weighed"] = {}, {}
    for server in servers:
        say(f"filling {server.name}")
        reuse = options.reuse and server.name.lower() not in options.refill.split(",")
        report["built"][server.name] = server.fill(graph, reuse)
        report["weighed"][server.name] = server.weigh()
        say(f"  {report['built'][server.name]} {report['weighed'][server.name]}")
    say("opening")
    report["openings"] = measure_openings(servers)
    for server in servers:
        server.start()
    try:
        say("queries")
        report["queries"] = ask_all(servers, read_queries(r"\d\d-", options.only), options, differences)
        say("text")
        report["text"] = ask_all(servers, read_queries("text-", options.only), options, differences)
        say("small queries")
        report["small"] = measure_small(servers, options, folder, differences)
    finally:
        for server in servers:
            server.stop()
    report["load_after"] = os.getloadavg()[0]
    (folder / "report.json").write_text(json.dumps(report, ensure_ascii=False, indent=1))
    text = write_table(report)
    (folder / "report.md").write_text(text)
    print(text)
    for difference in differences:
        say(f"the answers differ: {difference}")
    return 1 if differences else 0


if __name__ == "__main__":
    sys.exit(main())
