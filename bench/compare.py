#!/usr/bin/env python3
"""Badak beside its peers: runs Badak, NumPy, PyTorch, and DJL and DL4J where they are built (-Ppeers), in turn,
A B C A B C …, each in a process of its own, takes the median of the rounds and writes docs/benchmarks.md. See bench/README.md."""

import argparse
import datetime
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HOME = Path(__file__).resolve().parent.parent
PEERS = HOME / "bench" / "peers"
PEER_ENGINES = ("NumPy", "PyTorch", "DJL", "DL4J")
JVM_PEERS = {"djl": "DJL", "dl4j": "DL4J"}


def parse():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--torch-python", default=sys.executable, help="a Python that has PyTorch, if this one has not")
    parser.add_argument("--without-torch", action="store_true")
    parser.add_argument("--without-jvm", action="store_true", help="leave DJL and DL4J out, even if they are built")
    parser.add_argument("--quick", action="store_true", help="tiny sizes, to see whether everything runs")
    parser.add_argument("--out", type=Path, help="default: docs/benchmarks.md; bench/target/quick.md with --quick")
    parser.add_argument("--raw", type=Path, default=HOME / "bench" / "target" / "comparison.json")
    options = parser.parse_args()
    if options.out is None:
        options.out = HOME / "bench" / "target" / "quick.md" if options.quick else HOME / "docs" / "benchmarks.md"
    return options


class Process:
    """What a child process left: exit status, last line as JSON, wall-clock seconds, peak resident memory in MB."""

    def __init__(self, command, cwd=None):
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
            start = time.perf_counter()
            child = subprocess.Popen([str(part) for part in command], stdout=out, stderr=err, cwd=cwd)
            _, status, usage = os.wait4(child.pid, 0)
            self.seconds = time.perf_counter() - start
            child.returncode = self.status = os.waitstatus_to_exitcode(status)
            self.megabytes = usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024) / 1e6
            out.seek(0)
            err.seek(0)
            self.out, self.err = out.read().decode(), err.read().decode()
        lines = self.out.strip().splitlines()
        self.json = json.loads(lines[-1]) if self.status == 0 and lines and lines[-1].startswith("{") else {}


def demand(process, what):
    if process.status != 0:
        sys.exit(f"compare: {what} ended with status {process.status}:\n{process.out}{process.err}")
    return process


def load():
    return os.getloadavg()[0]


def processor():
    try:
        for line in Path("/proc/cpuinfo").read_text().splitlines():
            if line.startswith("model name"):
                return line.split(":", 1)[1].strip()
    except OSError:
        pass
    return platform.processor() or platform.machine()


class Comparison:
    def __init__(self, options):
        self.options = options
        self.engines = {}  # engine: figures by key, a list per round
        self.versions = {}
        self.processes = {}  # (work, engine): a list of Process
        self.torch = not options.without_torch
        self.jvm = [] if options.without_jvm or not (PEERS / "jvm" / "target" / "lib").is_dir() else list(JVM_PEERS)
        self.single = {}  # W5 with one thread: engine -> shape -> readings
        self.kernels = self.data = ""
        self.scratch = Path(tempfile.mkdtemp(prefix="badak-comparison-"))

    # ---- one engine once -------------------------------------------------------------------------------------
    def badak(self, *words):
        return [HOME / "badak", "bench", "--json", "--threads", self.options.threads, "--repeat", 1, *self.quick(), *words]

    def jvm_peer(self, name, *words):
        return [PEERS / "jvm" / "run", name, "--threads", self.options.threads, *self.quick(), *words]

    def peer(self, name, *words):
        python = self.options.torch_python if name == "pytorch" else sys.executable
        return [python, PEERS / f"{name}_peer.py", "--threads", self.options.threads, *self.quick(), *words]

    def quick(self):
        return ["--quick"] if self.options.quick else []

    def keep(self, process):
        figures = process.json
        engine = figures.pop("engine")
        self.versions[engine] = figures.pop("version")
        self.kernels = figures.pop("kernels", self.kernels)
        self.data = figures.pop("data", self.data)
        kept = self.engines.setdefault(engine, {})
        for row in figures.pop("W5", []):
            kept.setdefault("W5 " + row["shape"], []).append(row["gflops"])
        for key, value in figures.items():
            kept.setdefault(key, []).append(value)

    def one_thread(self, process, engine):
        kept = self.single.setdefault(engine, {})
        for row in process.json["W5"]:
            kept.setdefault(row["shape"], []).append(row["gflops"])
        if "peak_gflops" in process.json:
            kept.setdefault("peak", []).append(process.json["peak_gflops"])

    def whole(self, work, engine, command):
        process = demand(Process(command, cwd=self.scratch), f"{engine}, {work}")
        self.processes.setdefault((work, engine), []).append(process)

    def train(self, iterations):
        out = tempfile.mkdtemp(dir=self.scratch)
        return [HOME / "badak", "train", "--threads", self.options.threads, "--data", "mnist", "--json", "--out", out,
                "--iterations", iterations]

    # ---- one round -------------------------------------------------------------------------------------------
    def round(self, number):
        forms = ["--forms"] if number % 2 == 0 else []  # the slow forms in every other round
        badak = demand(Process(self.badak()), "badak bench")
        peak = badak.json.get("peak_gflops", 0)
        self.keep(badak)
        self.keep(demand(Process(self.peer("numpy", "--peak", peak, *forms)), "the NumPy peer"))
        if self.torch:
            process = Process(self.peer("pytorch", "--peak", peak, *forms))
            if process.status == 3:
                self.torch = False
                print("compare: " + process.err.strip(), flush=True)
            else:
                self.keep(demand(process, "the PyTorch peer"))
        for name in self.jvm:
            self.keep(demand(Process(self.jvm_peer(name)), f"the {JVM_PEERS[name]} peer"))
        self.one_thread(demand(Process(self.badak("W5", "--threads", 1)), "badak bench with one thread"), "Badak")
        self.one_thread(demand(Process(self.peer("numpy", "W5", "--threads", 1)), "the NumPy peer"), "NumPy")
        steps = 20 if self.options.quick else 10_000
        self.whole("W7", "Badak", self.badak("W7"))
        self.whole("W7", "NumPy", self.peer("numpy", "W7"))
        if self.torch:
            self.whole("W7", "PyTorch", self.peer("pytorch", "W7"))
        for name in self.jvm:
            self.whole("W7", JVM_PEERS[name], self.jvm_peer(name, "W7"))
        self.whole("train", "Badak", self.train(steps))
        self.whole("train", "NumPy", self.peer("numpy", "train"))
        self.whole("W7 command", "Badak", self.train(20 if self.options.quick else 600))

    def run(self):
        demand(Process([HOME / "badak", "--version"]), "building Badak")
        demand(Process([HOME / "badak", "bench", "--help"]), "building the benchmarks")
        self.loads = [load()]
        started = time.perf_counter()
        for number in range(self.options.rounds):
            self.round(number)
            self.loads.append(load())
            print(f"compare: round {number + 1} of {self.options.rounds}, "
                  f"{time.perf_counter() - started:.0f} s, load {self.loads[-1]:.1f}", flush=True)
        self.elapsed = time.perf_counter() - started

    # ---- what came of it ---------------------------------------------------------------------------------------
    def median(self, engine, key):
        values = self.engines.get(engine, {}).get(key)
        return statistics.median(values) if values else None

    def spread(self, engine, key):
        values = self.engines.get(engine, {}).get(key)
        return f"{number(min(values))}–{number(max(values))}" if values else ""

    def ratio(self, key, engine, peer_key, more):
        """The median of the ratios of the rounds: what ran side by side is compared."""
        mine = self.engines["Badak"][key]
        theirs = self.engines.get(engine, {}).get(peer_key)
        return times(statistics.median((m / t if more else t / m) for m, t in zip(mine, theirs))) if theirs else ""

    def best_ratio(self, key, peer_key, more):
        """Badak against the best of the peers, round by round."""
        mine = self.engines["Badak"][key]
        theirs = [v for e in PEER_ENGINES if (v := self.engines.get(e, {}).get(peer_key))]
        rounds = list(zip(mine, *theirs))
        return times(statistics.median((r[0] / max(r[1:]) if more else min(r[1:]) / r[0]) for r in rounds)) if theirs else ""

    def figures_table(self):
        rows = [
            ("W1 training, 10,000 steps, warm, s", "W1_seconds_warm", False, "W1_seconds_warm"),
            ("W1 first run in a fresh JVM, s", "W1_seconds_cold", False, "W1_seconds_warm"),
            ("W1 warm, zeros not skipped, s", "W1_dense_seconds_warm", False, "W1_seconds_warm"),
            ("W2 784-1024-1024-10, Adam, images/s", "W2_images_per_second", True, "W2_images_per_second"),
            ("W6 convolution of 30 filters, Adam, images/s", "W6_images_per_second", True, "W6_images_per_second"),
            ("W3 one numerical gradient, s", "W3_seconds", False, "W3_seconds"),
            ("W3 by series, s", "W3_series_seconds", False, "W3_seconds"),
            ("W3 naive evaluation, extrapolated, s", "W3_naive_seconds_extrapolated", False, "W3_seconds"),
            ("W4 inference in batches, images/s", "W4_images_per_second", True, "W4_images_per_second"),
            ("W4 in batches from bytes, images/s", "W4_bytes_images_per_second", True, "W4_images_per_second"),
            ("W4 single image, median, µs", "W4_single_us", False, "W4_single_us"),
        ]
        shapes = [key for key in self.engines["Badak"] if key.startswith("W5 ")]
        rows += [(f"{shape}, GFLOP/s", shape, True, shape) for shape in shapes]
        engines = [engine for engine in PEER_ENGINES if engine in self.engines]
        lines = ["| work | Badak | its range | " + " | ".join(engines) + " | against "
                 + " | against ".join(engines) + " | against the best |",
                 "|---" * (4 + 2 * len(engines)) + "|"]
        for title, key, more, peer_key in rows:
            mine = self.median("Badak", key)
            if mine is None:
                continue
            own = key == peer_key  # a peer's figure stands once
            cells = [title, number(mine), self.spread("Badak", key)]
            cells += [number(self.median(engine, peer_key)) if own else "" for engine in engines]
            cells += [self.ratio(key, engine, peer_key, more) for engine in engines]
            cells.append(self.best_ratio(key, peer_key, more))
            lines.append("| " + " | ".join(cells) + " |")
        return lines

    def single_table(self):
        badak, numpy = self.single["Badak"], self.single["NumPy"]
        lines = [f"Peak of one thread: {number(statistics.median(badak['peak']))} GFLOP/s.", "",
                 "| product, one thread | Badak, GFLOP/s | share | NumPy, GFLOP/s | share | Badak against NumPy |",
                 "|---|---|---|---|---|---|"]
        for shape, mine in badak.items():
            if shape in numpy:
                theirs = numpy[shape]
                share = [statistics.median(v / p for v, p in zip(values, badak["peak"])) for values in (mine, theirs)]
                lines.append(f"| {shape} | {number(statistics.median(mine))} | {100 * share[0]:.0f} % | "
                             f"{number(statistics.median(theirs))} | {100 * share[1]:.0f} % | "
                             f"{times(statistics.median(m / t for m, t in zip(mine, theirs)))} |")
        return lines

    def peak_table(self):
        peaks = self.engines["Badak"]["peak_gflops"]
        lines = [f"Peak of fused multiply-adds with {self.options.threads} threads, measured in the same processes: "
                 f"{number(statistics.median(peaks))} GFLOP/s ({number(min(peaks))}–{number(max(peaks))}). "
                 "Shares are medians of the shares of each round.", "",
                 "| product | Badak | NumPy | PyTorch | DJL | DL4J |", "|---|---|---|---|---|---|"]
        for key in self.engines["Badak"]:
            if key.startswith("W5 "):
                cells = [key[3:]]
                for engine in ("Badak", *PEER_ENGINES):
                    values = self.engines.get(engine, {}).get(key)
                    shares = [v / p for v, p in zip(values, peaks)] if values else []
                    cells.append(f"{100 * statistics.median(shares):.0f} %" if shares else "")
                lines.append("| " + " | ".join(cells) + " |")
        return lines

    def process_table(self):
        works = [
            ("load MNIST, 600 steps, both accuracies (W7)", "W7", ("Badak", *PEER_ENGINES), "W7"),
            ("the same by `badak train --iterations 600`, with its files", "W7 command", ("Badak",), "W7"),
            ("`badak train`: 10,000 steps, 18 evaluations, files; NumPy: the same steps with the loss of each, and "
             "accuracies, no files", "train", ("Badak", "NumPy"), "train"),
        ]
        lines = ["| whole process | engine | seconds, median | range | peak memory, MB | time, of NumPy's |",
                 "|---|---|---|---|---|---|"]
        for title, work, engines, yardstick in works:
            base = [p.seconds for p in self.processes[(yardstick, "NumPy")]]
            for engine in engines:
                done = self.processes.get((work, engine))
                if done:
                    seconds = [p.seconds for p in done]
                    lines.append(f"| {title} | {engine} | {number(statistics.median(seconds))} | "
                                 f"{number(min(seconds))}–{number(max(seconds))} | "
                                 f"{statistics.median(p.megabytes for p in done):.0f} | "
                                 f"{statistics.median(s / b for s, b in zip(seconds, base)):.2f} |")
        return lines

    def forms_lines(self):
        titles = {"W1_book_form_seconds": "NumPy in the form of the book's script: float64, loss of each step",
                  "W1_module_seconds": "PyTorch as most users write it: nn.Module, autograd, optim.SGD",
                  "W1_compiled_seconds": "PyTorch, the tuned step through torch.compile, without the time to compile"}
        mine = self.median("Badak", "W1_seconds_warm")
        lines = []
        for engine, key in zip(("NumPy", "PyTorch", "PyTorch"), titles):
            value = self.median(engine, key)
            if value is not None:
                lines.append(f"| {titles[key]} | {number(value)} | {len(self.engines[engine][key])} | {value / mine:.1f} |")
        head = ["| other forms of W1 | seconds | readings | times Badak's warm time |", "|---|---|---|---|"]
        return head + lines if lines else []

    def accuracies(self):
        found = [f"{engine} {100 * self.median(engine, 'W1_test_accuracy'):.2f} %" for engine in self.engines]
        return ", ".join(found)

    def markdown(self):
        options = self.options
        torch = "" if "PyTorch" in self.engines else " PyTorch was not installed and is left out."
        lines = [
            "# Benchmarks", "",
            "Written by `bench/compare.py`; [bench/README.md](../bench/README.md) says what is measured and how noise is "
            "handled. Only ratios from one run count: machines drift.", "",
            f"- Date: {datetime.date.today().isoformat()}",
            f"- Machine: {processor()}, {os.cpu_count()} processors, {platform.system()} {platform.release()}",
            f"- Load average before the first round {self.loads[0]:.1f}; this comparison itself makes up the rest",
            f"- Badak: {self.versions['Badak']}, kernels {self.kernels}",
            *[f"- {engine}: {version}" for engine, version in self.versions.items() if engine != "Badak"],
            f"- Threads: {options.threads} for everyone; {options.rounds} rounds in turn, each engine in fresh processes; "
            f"{self.elapsed / 60:.1f} minutes in all",
            f"- Data: {self.data.split(' from ')[0]}",
            f"- Command: `bench/compare.py --threads {options.threads} --rounds {options.rounds}"
            + (" --quick`: tiny sizes, the figures mean nothing" if options.quick else "`"), "",
            "## Warm figures", "",
            "Figures are medians of the rounds, ratios medians of the rounds' ratios; above 1× Badak is faster." + torch, "",
            *self.figures_table(), "",
            f"Test accuracy after W1: {self.accuracies()}. Badak's W1 includes the loss of each step, the peers' does not.",
            "NumPy's W3 is its naive evaluation, extrapolated from a sample; Badak's W3 is measured whole.", "",
            *self.forms_lines(), "",
            "## Share of the arithmetic peak", "", *self.peak_table(), "", *self.single_table(), "",
            "## Whole processes", "", *self.process_table(), "",
        ]
        return "\n".join(lines)

    def raw(self):
        return {
            "versions": self.versions, "threads": self.options.threads, "engines": self.engines, "loads": self.loads,
            "one_thread": self.single,
            "processes": {f"{work}, {engine}": [{"seconds": p.seconds, "megabytes": p.megabytes, "json": p.json} for p in done]
                          for (work, engine), done in self.processes.items()},
        }


def number(value):
    if value is None:
        return ""
    size = abs(value)
    decimals = 0 if size >= 1000 else 1 if size >= 100 else 2 if size >= 10 else 3 if size >= 0.1 else 4
    return f"{value:,.{decimals}f}"


def times(value):
    return f"{value:,.0f}×" if value >= 100 else f"{value:.2f}×"


def main():
    options = parse()
    if not os.environ.get("BADAK_DATA_HOME"):
        sys.exit("compare: set BADAK_DATA_HOME to the folder that has mnist/ with the four files in it")
    if load() > 0.5 * (os.cpu_count() or 1):
        print(f"compare: the load average is {load():.1f}: something else is running, the figures will be off", flush=True)
    comparison = Comparison(options)
    try:
        comparison.run()
    finally:
        shutil.rmtree(comparison.scratch, ignore_errors=True)
    options.raw.parent.mkdir(parents=True, exist_ok=True)
    options.raw.write_text(json.dumps(comparison.raw(), indent=1))
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text(comparison.markdown())
    print(f"compare: wrote {options.out} and {options.raw}")


main()
