"""What the peers share: arguments, MNIST, timing, the JSON line. No library is imported here that reads thread counts."""

import argparse
import gzip
import json
import os
import statistics
import sys
import time

WORKLOADS = ("W1", "W2", "W3", "W4", "W5", "W6")
PRODUCTS = (  # shape, form, rows, inner, columns: those of org.badak.bench.Product
    ("1024x1024x1024", "plain", 1024, 1024, 1024),
    ("2048x2048x2048", "plain", 2048, 2048, 2048),
    ("100x784x50", "plain", 100, 784, 50),
    ("784x100x50 left transposed", "left", 784, 100, 50),
    ("100x50x784 right transposed", "right", 100, 50, 784),
)
INPUTS, HIDDEN, CLASSES, BATCH, RATE, DEVIATION = 784, 50, 10, 100, 0.1, 0.01
WIDE, WIDE_BATCH, ADAM_RATE = 1024, 256, 0.001  # W2: 784-1024-1024-10


def arguments(description, extra=()):
    """The command line; sets the thread variables, so call it before NumPy or PyTorch is imported."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("workloads", nargs="*", metavar="WORKLOAD", help="of W1 W2 W3 W4 W5 W6, W7 or train; default: the first six")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--repeat", type=int, default=1, help="repetitions of each figure, the median counts")
    parser.add_argument("--forms", action="store_true", help="also the slower forms of W1 that users write")
    parser.add_argument("--peak", type=float, help="GFLOP/s that W5 is compared with, as Badak measured them")
    parser.add_argument("--quick", action="store_true", help="tiny sizes, to see whether everything runs")
    options = parser.parse_args()
    known = WORKLOADS + ("W7",) + tuple(extra)
    for workload in options.workloads:
        if workload not in known:
            parser.error(f"found '{workload}', expected one of {', '.join(known)}")
    options.workloads = options.workloads or list(WORKLOADS)
    options.steps = 20 if options.quick else 10_000
    options.adam_steps = 2 if options.quick else 60
    options.convolution_steps = 2 if options.quick else 60
    options.first_epoch = 20 if options.quick else 600
    options.seconds = 0.002 if options.quick else 0.2
    options.single = 20 if options.quick else 20_000
    for library in ("OPENBLAS", "OMP", "MKL", "BLIS", "VECLIB_MAXIMUM", "NUMEXPR"):
        os.environ[library + "_NUM_THREADS"] = str(options.threads)
    return options


def mnist(np):
    """(train pixels, train labels, test pixels, test labels), pixels as unsigned bytes [count, 784]."""
    home = os.environ.get("BADAK_DATA_HOME")
    if not home:
        sys.exit("peers: set BADAK_DATA_HOME to the folder that has mnist/ with the four files in it")
    arrays = []
    for half in ("train", "t10k"):
        for name, skip in ((half + "-images-idx3-ubyte", 16), (half + "-labels-idx1-ubyte", 8)):
            path = os.path.join(home, "mnist", name)
            opened = open(path, "rb") if os.path.exists(path) else gzip.open(path + ".gz", "rb")
            with opened as file:
                values = np.frombuffer(file.read(), np.uint8, offset=skip)
            arrays.append(values.reshape(-1, INPUTS) if skip == 16 else values)
    return arrays


def pixels(np, raw, kind):
    """Pixels scaled to [0, 1]."""
    scaled = raw.astype(kind)
    scaled /= 255
    return scaled


def timed(work):
    """Seconds that one call takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def median_of(repetitions, work):
    return statistics.median(timed(work) for _ in range(repetitions))


def per_call(work, seconds, repetitions):
    """Seconds per warm call, as org.badak.bench.Timing: warm-up, then the median of `repetitions` of many calls."""
    start = time.perf_counter()
    warm = 0
    while warm < 10 or time.perf_counter() - start < 3 * seconds:
        work()
        warm += 1
    calls = max(1, int(seconds / max(timed(work), 1e-7)))

    def many():
        for _ in range(calls):
            work()

    return median_of(repetitions, many) / calls


def single_image(classify, count, images):
    """Median microseconds of one call, after as many to warm up."""
    clock = time.perf_counter_ns
    readings = []
    for _ in range(2):
        readings = []
        for i in range(count):
            start = clock()
            classify(i % images)
            readings.append(clock() - start)
    return statistics.median(readings) / 1e3


def images_per_second(options, train):
    """W2: the median of `repeat` runs of train(steps), after one to warm up."""
    train(options.adam_steps)
    return WIDE_BATCH * options.adam_steps / median_of(options.repeat, lambda: train(options.adam_steps))


def products(options, multiply):
    """W5 rows; multiply(form, rows, inner, columns) gives something to call."""
    rows = []
    for shape, form, m, k, n in PRODUCTS[2:] if options.quick else PRODUCTS:
        seconds = per_call(multiply(form, m, k, n), options.seconds, options.repeat)
        row = {"shape": shape, "gflops": 2e-9 * m * k * n / seconds}
        if options.peak:
            row["share_of_peak"] = row["gflops"] / options.peak
        rows.append(row)
    return rows


def report(figures):
    """The figures as a table on standard error and one JSON line on standard output."""
    for key, value in figures.items():
        if key == "W5":
            for row in value:
                share = f", {row['share_of_peak']:.0%} of the peak" if "share_of_peak" in row else ""
                print(f"W5 {row['shape']:<40} {row['gflops']:12.2f} GFLOP/s{share}", file=sys.stderr)
        else:
            print(f"{key:<43} {value:12.5g}" if isinstance(value, float) else f"{key:<43} {value}", file=sys.stderr)
    print(json.dumps(figures))
