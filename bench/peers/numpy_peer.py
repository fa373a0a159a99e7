#!/usr/bin/env python3
"""The workloads of `badak bench` in NumPy, as one who knows NumPy well would write them: float32, buffers made once,
operations in place. The form of the book's own script (float64, a function per formula, the loss of each step) is a
figure of its own (--forms). `train` is the whole of `badak train`, for the comparison of processes."""

import statistics
import sys
import time

import workloads

options = workloads.arguments(__doc__, extra=("train",))

import numpy as np  # after the thread variables are set

I, H, C, B, RATE = workloads.INPUTS, workloads.HIDDEN, workloads.CLASSES, workloads.BATCH, workloads.RATE


def parameters(kind, seed=1):
    random = np.random.default_rng(seed)
    return [
        (workloads.DEVIATION * random.standard_normal((I, H))).astype(kind),
        np.zeros(H, kind),
        (workloads.DEVIATION * random.standard_normal((H, C))).astype(kind),
        np.zeros(C, kind),
    ]


class Training:
    """SGD on 784-50-10 with hand-written gradients, all in buffers made once."""

    def __init__(self, x, labels, seed=1):
        self.x, self.labels = x, labels
        self.random = np.random.default_rng(seed)
        self.p = parameters(np.float32, seed)
        self.xb = np.empty((B, I), np.float32)
        self.h = np.empty((B, H), np.float32)
        self.slope = np.empty((B, H), np.float32)
        self.dh = np.empty((B, H), np.float32)
        self.y = np.empty((B, C), np.float32)
        self.dw1 = np.empty((I, H), np.float32)
        self.dw2 = np.empty((H, C), np.float32)
        self.rows = np.arange(B)

    def run(self, steps, losses=None):
        w1, b1, w2, b2 = self.p
        xb, h, slope, dh, y, dw1, dw2, rows = self.xb, self.h, self.slope, self.dh, self.y, self.dw1, self.dw2, self.rows
        scale = np.float32(RATE / B)
        for _ in range(steps):
            chosen = self.random.integers(0, len(self.x), B)
            np.take(self.x, chosen, axis=0, out=xb, mode="clip")
            t = self.labels[chosen]
            np.matmul(xb, w1, out=h)
            h += b1
            np.negative(h, out=h)
            np.exp(h, out=h)
            h += 1
            np.reciprocal(h, out=h)
            np.matmul(h, w2, out=y)
            y += b2
            y -= y.max(axis=1, keepdims=True)
            np.exp(y, out=y)
            y /= y.sum(axis=1, keepdims=True)
            if losses is not None:
                losses.append(-float(np.log(y[rows, t]).mean()))
            y[rows, t] -= 1
            y *= scale  # the learning rate rides along
            np.matmul(y, w2.T, out=dh)
            np.subtract(1, h, out=slope)
            slope *= h
            dh *= slope
            np.matmul(h.T, y, out=dw2)
            w2 -= dw2
            b2 -= y.sum(axis=0)
            np.matmul(xb.T, dh, out=dw1)
            w1 -= dw1
            b1 -= dh.sum(axis=0)


def classes(p, x, h=None, y=None):
    w1, b1, w2, b2 = p
    h = np.matmul(x, w1, out=h)
    h += b1
    np.negative(h, out=h)
    np.exp(h, out=h)
    h += 1
    np.reciprocal(h, out=h)
    y = np.matmul(h, w2, out=y)
    y += b2
    return y.argmax(axis=1)


class AdamTraining:
    """W2: Adam on 784-1024-1024-10 with ReLU and hand-written gradients, in buffers made once."""

    def __init__(self, x, labels, seed=1):
        n, b = workloads.WIDE, workloads.WIDE_BATCH
        random = np.random.default_rng(seed)
        self.x, self.labels, self.random, self.step = x, labels, random, 0
        sizes = [(I, n), (n, n), (n, C)]
        self.p = []
        for rows, columns in sizes:
            self.p += [(np.sqrt(2 / rows) * random.standard_normal((rows, columns))).astype(np.float32),
                       np.zeros(columns, np.float32)]
        self.g, self.m, self.v, self.a, self.b = ([np.zeros_like(p) for p in self.p] for _ in range(5))
        self.xb = np.empty((b, I), np.float32)
        self.h1, self.h2, self.d1, self.d2 = (np.empty((b, n), np.float32) for _ in range(4))
        self.y = np.empty((b, C), np.float32)
        self.rows = np.arange(b)

    def run(self, steps):
        w1, b1, w2, b2, w3, b3 = self.p
        xb, h1, h2, d1, d2, y, g = self.xb, self.h1, self.h2, self.d1, self.d2, self.y, self.g
        for _ in range(steps):
            chosen = self.random.integers(0, len(self.x), len(xb))
            np.take(self.x, chosen, axis=0, out=xb, mode="clip")
            np.matmul(xb, w1, out=h1)
            h1 += b1
            np.maximum(h1, 0, out=h1)
            np.matmul(h1, w2, out=h2)
            h2 += b2
            np.maximum(h2, 0, out=h2)
            np.matmul(h2, w3, out=y)
            y += b3
            y -= y.max(axis=1, keepdims=True)
            np.exp(y, out=y)
            y /= y.sum(axis=1, keepdims=True)
            y[self.rows, self.labels[chosen]] -= 1
            y /= np.float32(len(xb))
            np.matmul(h2.T, y, out=g[4])
            np.sum(y, axis=0, out=g[5])
            np.matmul(y, w3.T, out=d2)
            d2 *= h2 > 0
            np.matmul(h1.T, d2, out=g[2])
            np.sum(d2, axis=0, out=g[3])
            np.matmul(d2, w2.T, out=d1)
            d1 *= h1 > 0
            np.matmul(xb.T, d1, out=g[0])
            np.sum(d1, axis=0, out=g[1])
            self.update()

    def update(self):
        self.step += 1
        first, second = 1 - 0.9**self.step, 1 - 0.999**self.step
        rate, root = np.float32(workloads.ADAM_RATE / first), np.float32(second**-0.5)
        for p, g, m, v, a, b in zip(self.p, self.g, self.m, self.v, self.a, self.b):
            m *= np.float32(0.9)
            np.multiply(g, np.float32(0.1), out=a)
            m += a
            v *= np.float32(0.999)
            np.multiply(g, g, out=a)
            a *= np.float32(0.001)
            v += a
            np.sqrt(v, out=b)
            b *= root
            b += np.float32(1e-8)
            np.divide(m, b, out=a)
            a *= rate
            p -= a


def accuracy(p, x, labels):
    correct = 0
    for first in range(0, len(x), 1000):
        correct += int((classes(p, x[first : first + 1000]) == labels[first : first + 1000]).sum())
    return correct / len(x)


# ---- the book's form: a function per formula, float64 ------------------------------------------------------------


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def softmax(x):
    e = np.exp(x - np.max(x, axis=-1, keepdims=True))
    return e / np.sum(e, axis=-1, keepdims=True)


def predict(p, x):
    return softmax(np.dot(sigmoid(np.dot(x, p[0]) + p[1]), p[2]) + p[3])


def loss(p, x, t):
    y = predict(p, x)
    return -np.sum(np.log(y[np.arange(len(y)), t.argmax(axis=1)] + 1e-7)) / len(y)


def gradient(p, x, t):
    z = sigmoid(np.dot(x, p[0]) + p[1])
    y = softmax(np.dot(z, p[2]) + p[3])
    dy = (y - t) / len(x)
    da = np.dot(dy, p[2].T) * (1 - z) * z
    return [np.dot(x.T, da), np.sum(da, axis=0), np.dot(z.T, dy), np.sum(dy, axis=0)]


def book(x, t, steps):
    p = parameters(np.float64)
    losses = []
    for _ in range(steps):
        mask = np.random.choice(len(x), B)
        xb, tb = x[mask], t[mask]
        for tensor, slope in zip(p, gradient(p, xb, tb)):
            tensor -= RATE * slope
        losses.append(loss(p, xb, tb))
    return losses


def naive_difference_seconds(x, t, sample):
    """Two losses per parameter for `sample` parameters spread evenly; the seconds that all would take."""
    p = parameters(np.float64)
    count = sum(tensor.size for tensor in p)
    h = 1e-4

    def differences():
        for i in range(sample):
            number, tensor = count * i // sample, 0
            while number >= p[tensor].size:
                number -= p[tensor].size
                tensor += 1
            flat = p[tensor].reshape(-1)
            before = flat[number]
            flat[number] = before + h
            plus = loss(p, x, t)
            flat[number] = before - h
            minus = loss(p, x, t)
            flat[number] = before
            _ = (plus - minus) / (2 * h)

    differences()
    return workloads.timed(differences) / sample * count


def multiply(form, m, k, n):
    random = np.random.default_rng(1)
    a = random.uniform(-1, 1, (k, m) if form == "left" else (m, k)).astype(np.float32)
    b = random.uniform(-1, 1, (n, k) if form == "right" else (k, n)).astype(np.float32)
    a, b = (a.T if form == "left" else a), (b.T if form == "right" else b)
    c = np.empty((m, n), np.float32)
    return lambda: np.matmul(a, b, out=c)


def blas():
    try:
        found = np.show_config(mode="dicts")["Build Dependencies"]["blas"]
        return f"{found['name']} {found['version']}"
    except (TypeError, KeyError):
        return "BLAS unknown"


def main():
    figures = {"engine": "NumPy", "version": f"NumPy {np.__version__} ({blas()}), Python {sys.version.split()[0]}"}
    figures["threads"] = options.threads
    raw = workloads.mnist(np)
    train, test = workloads.pixels(np, raw[0], np.float32), workloads.pixels(np, raw[2], np.float32)
    for workload in options.workloads:
        if workload == "W1":
            Training(train, raw[1]).run(min(200, options.steps))  # warm-up
            seconds = []
            for _ in range(options.repeat):
                training = Training(train, raw[1])
                seconds.append(workloads.timed(lambda: training.run(options.steps)))
            figures["W1_seconds_warm"] = statistics.median(seconds)
            figures["W1_test_accuracy"] = accuracy(training.p, test, raw[3])
            if options.forms:
                one_hot = np.eye(C)[raw[1]]
                wide = workloads.pixels(np, raw[0], np.float64)
                figures["W1_book_form_seconds"] = workloads.median_of(
                    options.repeat, lambda: book(wide, one_hot, options.steps)
                )
                del wide
        elif workload == "W2":
            training = AdamTraining(train, raw[1])
            figures["W2_images_per_second"] = workloads.images_per_second(options, training.run)
        elif workload == "W3":
            sample = 10 if options.quick else 1_000
            x = workloads.pixels(np, raw[0][:B], np.float64)
            figures["W3_seconds"] = naive_difference_seconds(x, np.eye(C)[raw[1][:B]], sample)
            figures["W3_sample"] = sample
        elif workload == "W4":
            p = parameters(np.float32)
            h, y = np.empty((1000, H), np.float32), np.empty((1000, C), np.float32)

            def batches():
                for first in range(0, len(test), 1000):
                    classes(p, test[first : first + 1000], h, y)

            figures["W4_images_per_second"] = len(test) / workloads.per_call(batches, options.seconds, options.repeat)
            h1, y1 = np.empty((1, H), np.float32), np.empty((1, C), np.float32)
            figures["W4_single_us"] = workloads.single_image(
                lambda i: int(classes(p, test[i : i + 1], h1, y1)[0]), options.single, len(test)
            )
        elif workload == "W6":
            continue  # not measured here: NumPy has no convolution
        elif workload == "W5":
            figures["W5"] = workloads.products(options, multiply)
        elif workload == "W7":
            training = Training(train, raw[1])
            training.run(options.first_epoch)
            figures["W7_train_accuracy"] = accuracy(training.p, train, raw[1])
            figures["W7_test_accuracy"] = accuracy(training.p, test, raw[3])
        else:
            whole_training(figures, raw, train, test)
    workloads.report(figures)


def whole_training(figures, raw, train, test):
    """What `badak train` computes: 10,000 steps, the loss of each, both accuracies at each epoch and at the end."""
    training = Training(train, raw[1])
    losses = []
    readings = []
    start = time.perf_counter()
    for first in range(0, options.steps, 600):
        readings.append((accuracy(training.p, train, raw[1]), accuracy(training.p, test, raw[3])))
        training.run(min(600, options.steps - first), losses)
    readings.append((accuracy(training.p, train, raw[1]), accuracy(training.p, test, raw[3])))
    figures["train_seconds"] = time.perf_counter() - start
    figures["train_readings"] = len(readings)
    figures["train_train_accuracy"], figures["train_test_accuracy"] = readings[-1]
    figures["train_last_loss"] = losses[-1]


main()
