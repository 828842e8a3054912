"""The servers that are compared: how each is found, filled, started, stopped and weighed.

Each listens on 127.0.0.1 only. What filling took is kept beside the data, so that `--reuse` can still tell it.
"""

import json
import os
import shutil
import signal
import socket
import subprocess
import sysconfig
import time
from pathlib import Path
from urllib.parse import quote

from answers import JSON, NoAnswer, ask

ROOT = Path(__file__).resolve().parent.parent
HOST = "127.0.0.1"
# Buffers of Virtuoso, in bytes a triple.
VIRTUOSO_BUFFER_BYTES = 320
# The ASK that tells that a server answers.
FIRST = "ASK { ?s ?p ?o }"


def free_port():
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return probe.getsockname()[1]


def find_program(name):
    """The program itself; pip puts it beside Python, where a version manager's script would only slow its start."""
    beside = Path(sysconfig.get_path("scripts")) / name
    return str(beside) if beside.exists() else shutil.which(name)


def bytes_below(path):
    """Bytes of a file or of all files in a folder."""
    if path.is_file():
        return path.stat().st_size
    return sum(file.stat().st_size for file in path.rglob("*") if file.is_file())


def run(command, unpack=None, **options):
    """Runs to the end: seconds by the clock, seconds of processor, peak megabytes. What is to `unpack` is its input."""
    start = time.perf_counter()
    if unpack:
        options["stdin"] = subprocess.Popen(["gzip", "-dc", str(unpack)], stdout=subprocess.PIPE).stdout
    process = subprocess.Popen([str(part) for part in command], **options)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise SystemExit(f"{' '.join(map(str, command))}: exit status {process.returncode}")
    seconds = time.perf_counter() - start
    return {"seconds": seconds, "cpu": usage.ru_utime + usage.ru_stime, "peak_mb": usage.ru_maxrss / 1024}


def family(pid):
    """A process with all below it."""
    found, waiting = [], [pid]
    while waiting:
        pid = waiting.pop()
        found.append(pid)
        for tasks in Path(f"/proc/{pid}/task").glob("*/children"):
            waiting += [int(child) for child in tasks.read_text().split()]
    return found


def resident_mb(pid):
    """Resident memory of a process and its children, and the part of it that is not mapped files."""
    total = {"VmRSS": 0, "RssAnon": 0}
    for one in family(pid):
        for line in Path(f"/proc/{one}/status").read_text().splitlines():
            name, _, value = line.partition(":")
            if name in total:
                total[name] += int(value.split()[0]) / 1024
    return total["VmRSS"], total["RssAnon"]


class Peer:
    """A server with its data in a folder of its own."""

    name, path = "", "/sparql"

    def __init__(self, folder, options):
        self.folder, self.options = folder / self.name.lower(), options
        self.process, self.port, self.bounded = None, None, True

    def find(self):
        """Finds the program; where it is missing, a line that says how to get it."""
        raise NotImplementedError

    def version(self):
        raise NotImplementedError

    def build(self, graph):
        """Fills the empty data folder from N-Quads; what each step took."""
        raise NotImplementedError

    def command(self):
        raise NotImplementedError

    def weigh(self):
        """Bytes on disk by part."""
        raise NotImplementedError

    def fill(self, graph, reuse):
        """Fills the data folder; what it took, by step."""
        notes = self.folder / "built.json"
        if reuse and notes.exists():
            return json.loads(notes.read_text())
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        took = self.build(graph)
        notes.write_text(json.dumps(took))
        return took

    def log(self):
        return open(self.folder / "log", "ab")

    def start(self):
        """Starts the server; seconds until its first answer. It ends queries by itself where it is `bounded`."""
        self.port = free_port()
        log = self.log()
        start = time.perf_counter()
        self.process = subprocess.Popen(
            [str(part) for part in self.command()], cwd=self.folder, stdout=log, stderr=log, start_new_session=True
        )
        while True:
            try:
                self.ask(FIRST, 60)
                return time.perf_counter() - start
            except NoAnswer:
                if self.process.poll() is not None:
                    raise SystemExit(f"{self.name} ended at once; see {self.folder / 'log'}") from None
                if time.perf_counter() - start > 300:
                    raise SystemExit(f"{self.name} does not answer; see {self.folder / 'log'}") from None
                time.sleep(0.001)

    def ask(self, query, seconds_max, form=JSON):
        return ask((HOST, self.port), self.path, query, seconds_max, form)

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(60)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self.process = None

    def restart(self):
        """Ends what the server and its children may still be working on."""
        if self.process:
            # It leads a group of its own since its start.
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        self.start()


class Zhengtu(Peer):
    """The program of this repository, as a release build."""

    name = "Zhengtu"

    def __init__(self, folder, options):
        super().__init__(folder, options)
        self.program = Path(options.zhengtu).resolve()
        # Answers that are kept would be measured instead of queries.
        self.kept_mb = 0

    def find(self):
        if not self.program.exists():
            run(["cargo", "build", "--release", "--locked"], cwd=ROOT)

    def version(self):
        text = subprocess.check_output([str(self.program), "--version"], text=True)
        commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True)
        return f"{text.split()[1]} ({commit.stdout.strip() or 'no commit'})"

    def build(self, graph):
        base = ["--base", "https://bench.example/", "--queries", self.folder / "none"]
        (self.folder / "none").mkdir()
        packed = graph.suffix == ".gz"
        command = [self.program, "--releases", self.folder / "releases", "build", *base]
        # The peers make no files to be handed out either.
        command += ["--no-dumps", "--nquads", "-" if packed else graph]
        return {"build": run(command, graph if packed else None, stderr=self.log())}

    def command(self):
        listen = f"{HOST}:{self.port}"
        more = self.options.zhengtu_args.split()
        more = ["--kept-mb", self.kept_mb, *more]
        return [self.program, "--releases", self.folder / "releases", "serve", "--listen", listen, *more]

    def weigh(self):
        releases = self.folder / "releases"
        release = releases / (releases / "current").read_text().strip()
        image = release / "graph.image"
        return {"graph": bytes_below(image), "text index": bytes_below(release / "index"),
                "all": bytes_below(release)}


class Oxigraph(Peer):
    """Oxigraph's own server, over an optimised store."""

    name, path = "Oxigraph", "/query"

    def find(self):
        self.program = find_program("oxigraph")
        return None if self.program else "oxigraph is not installed: pip install oxigraph==0.5.13"

    def version(self):
        return subprocess.check_output([self.program, "--version"], text=True).split()[1]

    def build(self, graph):
        store = self.folder / "store"
        packed = graph.suffix == ".gz"
        command = [self.program, "load", "--location", store]
        command += ["--format", "nq"] if packed else ["--file", graph]
        load = run(command, graph if packed else None, stderr=self.log())
        optimize = run([self.program, "optimize", "--location", store], stderr=self.log())
        return {"load": load, "optimize": optimize}

    def command(self):
        listen, seconds = f"{HOST}:{self.port}", str(self.options.timeout)
        command = [self.program, "serve-read-only", "--location", self.folder / "store", "--bind", listen,
                   "--union-default-graph"]
        # With a time-out each query leaves a thread behind until it has passed, and thousands a second use them up.
        return [*command, "--timeout-s", seconds] if self.bounded else command

    def weigh(self):
        return {"graph": bytes_below(self.folder / "store"), "all": bytes_below(self.folder / "store")}


class Virtuoso(Peer):
    """Virtuoso 7, open-source edition, with buffers for all of its database where memory allows."""

    name = "Virtuoso"

    def find(self):
        self.program, self.isql = shutil.which("virtuoso-t"), shutil.which("isql-vt")
        if self.program and self.isql:
            return None
        return "virtuoso is not installed: apt-get install virtuoso-opensource-7-bin"

    def version(self):
        text = subprocess.run([self.program, "-?"], capture_output=True, text=True)
        words = (text.stdout + text.stderr).replace("Version", "\nVersion").split("\n")
        line = next((line for line in words if line.startswith("Version")), "7")
        return line.split("-")[0].replace("Version", "").strip()

    def configure(self, sql_port):
        memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
        # Its database takes half as much; all of a large machine's memory would take half a minute to set up.
        wanted = self.options.triples * VIRTUOSO_BUFFER_BYTES // 8192
        buffers = min(max(wanted, 100_000), int(memory * 0.6 / 8700))
        here = self.folder
        (here / "virtuoso.ini").write_text(f"""[Database]
DatabaseFile = {here}/virtuoso.db
ErrorLogFile = {here}/virtuoso.log
LockFile = {here}/virtuoso.lck
TransactionFile = {here}/virtuoso.trx
xa_persistent_file = {here}/virtuoso.pxa
FileExtension = 200
[TempDatabase]
DatabaseFile = {here}/virtuoso-temp.db
TransactionFile = {here}/virtuoso-temp.trx
[Parameters]
ServerPort = {HOST}:{sql_port}
ServerThreads = 20
ThreadsPerQuery = {os.cpu_count()}
NumberOfBuffers = {buffers}
MaxDirtyBuffers = {buffers * 3 // 4}
CheckpointInterval = 0
DirsAllowed = {here}
MaxQueryMem = 4G
[HTTPServer]
ServerPort = {HOST}:{self.port}
ServerRoot = {here}
ServerThreads = 10
[SPARQL]
ResultSetMaxRows = 10000000
MaxQueryCostEstimationTime = 0
MaxQueryExecutionTime = {self.options.timeout}
""")

    def build(self, graph):
        link = self.folder / f"load.nq{'.gz' if graph.suffix == '.gz' else ''}"
        link.symlink_to(graph)
        self.start()
        statements = [f"ld_dir('{self.folder}', '{link.name}', 'https://bench.example/graph/none')",
                      "rdf_loader_run()", "checkpoint"]
        script = "".join(f"{statement};\n" for statement in statements)
        command = [self.isql, f"{HOST}:{self.sql_port}", "dba", "dba", "VERBOSE=OFF"]
        start = time.perf_counter()
        subprocess.run(command, input=script, text=True, check=True, stdout=self.log(), stderr=self.log())
        seconds = time.perf_counter() - start
        check = "select ll_error from DB.DBA.load_list where ll_error is not null;\n"
        said = subprocess.run(command, input=check, text=True, check=True, capture_output=True).stdout
        if " Rows." in said and not said.strip().endswith("0 Rows."):
            print(said)
        self.stop()
        link.unlink()
        return {"load": {"seconds": seconds}}

    def command(self):
        self.sql_port = free_port()
        self.configure(self.sql_port)
        (self.folder / "virtuoso.lck").unlink(missing_ok=True)
        return [self.program, "+foreground", "+configfile", self.folder / "virtuoso.ini"]

    def weigh(self):
        return {"graph": bytes_below(self.folder / "virtuoso.db"), "all": bytes_below(self.folder / "virtuoso.db")}


ALL = {"oxigraph": Oxigraph, "virtuoso": Virtuoso}
