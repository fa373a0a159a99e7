#!/usr/bin/env python3
"""The workloads of `badak bench` in PyTorch on the CPU: the tuned form (eager, hand-written gradients, operations in
place) and, with --forms, the form most users write (nn.Module, autograd, optim.SGD). Where PyTorch is not installed
it says so and ends with status 3."""

import statistics
import sys

import workloads

options = workloads.arguments(__doc__)

import numpy as np  # after the thread variables are set

try:
    import torch
except ImportError as missing:
    print(f"pytorch_peer: skipped, PyTorch is not installed for {sys.executable} ({missing})", file=sys.stderr)
    sys.exit(3)

I, H, C, B, RATE = workloads.INPUTS, workloads.HIDDEN, workloads.CLASSES, workloads.BATCH, workloads.RATE


def parameters():
    torch.manual_seed(1)
    deviation = workloads.DEVIATION
    return [deviation * torch.randn(I, H), torch.zeros(H), deviation * torch.randn(H, C), torch.zeros(C)]


def tuned(x, labels, steps, p):
    """SGD with hand-written gradients in place, without autograd."""
    w1, b1, w2, b2 = p
    with torch.inference_mode():
        xb, h, dh = torch.empty(B, I), torch.empty(B, H), torch.empty(B, H)
        y, one = torch.empty(B, C), torch.full((B, 1), -1.0)
        for _ in range(steps):
            chosen = torch.randint(len(x), (B,))
            torch.index_select(x, 0, chosen, out=xb)
            torch.addmm(b1, xb, w1, out=h).sigmoid_()
            torch.addmm(b2, h, w2, out=y)
            y = torch.softmax(y, 1)
            y.scatter_add_(1, labels[chosen].unsqueeze(1), one)
            torch.mm(y, w2.t(), out=dh)
            torch.ops.aten.sigmoid_backward.grad_input(dh, h, grad_input=dh)
            w2.addmm_(h.t(), y, alpha=-RATE / B)
            b2.sub_(y.sum(0), alpha=RATE / B)
            w1.addmm_(xb.t(), dh, alpha=-RATE / B)
            b1.sub_(dh.sum(0), alpha=RATE / B)


def compiled(x, labels, p):
    """The tuned step through torch.compile; gives what does a number of steps, after compiling it."""

    def step(w1, b1, w2, b2, xb, tb):
        h = torch.sigmoid(torch.addmm(b1, xb, w1))
        y = torch.softmax(torch.addmm(b2, h, w2), 1) - torch.nn.functional.one_hot(tb, C)
        dh = torch.mm(y, w2.t()) * h * (1 - h)
        w2.sub_(torch.mm(h.t(), y), alpha=RATE / B)
        b2.sub_(y.sum(0), alpha=RATE / B)
        w1.sub_(torch.mm(xb.t(), dh), alpha=RATE / B)
        b1.sub_(dh.sum(0), alpha=RATE / B)

    fast = torch.compile(step)

    def steps(count):
        with torch.inference_mode():
            xb = torch.empty(B, I)
            for _ in range(count):
                chosen = torch.randint(len(x), (B,))
                torch.index_select(x, 0, chosen, out=xb)
                fast(*p, xb, labels[chosen])

    steps(20)
    return steps


def network():
    torch.manual_seed(1)
    made = torch.nn.Sequential(torch.nn.Linear(I, H), torch.nn.Sigmoid(), torch.nn.Linear(H, C))
    for layer in (made[0], made[2]):
        torch.nn.init.normal_(layer.weight, std=workloads.DEVIATION)
        torch.nn.init.zeros_(layer.bias)
    return made


def module(x, labels, steps):
    """What most users write."""
    made = network()
    optimizer = torch.optim.SGD(made.parameters(), lr=RATE)
    criterion = torch.nn.CrossEntropyLoss()
    for _ in range(steps):
        chosen = torch.randint(len(x), (B,))
        optimizer.zero_grad()
        criterion(made(x[chosen]), labels[chosen]).backward()
        optimizer.step()


def adam_training(x, labels):
    """W2 as PyTorch does it best in eager mode: autograd, and Adam fused into one kernel."""
    torch.manual_seed(1)
    n, b = workloads.WIDE, workloads.WIDE_BATCH
    made = torch.nn.Sequential(
        torch.nn.Linear(I, n), torch.nn.ReLU(), torch.nn.Linear(n, n), torch.nn.ReLU(), torch.nn.Linear(n, C)
    )
    for layer in (made[0], made[2], made[4]):
        torch.nn.init.kaiming_normal_(layer.weight, nonlinearity="relu")
        torch.nn.init.zeros_(layer.bias)
    optimizer = torch.optim.Adam(made.parameters(), lr=workloads.ADAM_RATE, fused=True)
    criterion = torch.nn.CrossEntropyLoss()
    xb = torch.empty(b, I)

    def train(steps):
        for _ in range(steps):
            chosen = torch.randint(len(x), (b,))
            torch.index_select(x, 0, chosen, out=xb)
            optimizer.zero_grad(set_to_none=True)
            criterion(made(xb), labels[chosen]).backward()
            optimizer.step()

    return train


def convolution_training(x, labels):
    """W6: 30 filters of 5x5, ReLU, pools of 2x2, 100 units, ReLU; autograd and fused Adam."""
    torch.manual_seed(1)
    made = torch.nn.Sequential(
        torch.nn.Conv2d(1, 30, 5), torch.nn.ReLU(), torch.nn.MaxPool2d(2), torch.nn.Flatten(),
        torch.nn.Linear(30 * 12 * 12, 100), torch.nn.ReLU(), torch.nn.Linear(100, C),
    )  # fmt: skip
    optimizer = torch.optim.Adam(made.parameters(), lr=workloads.ADAM_RATE, fused=True)
    criterion = torch.nn.CrossEntropyLoss()
    images = x.view(-1, 1, 28, 28)
    xb = torch.empty(B, 1, 28, 28)

    def train(steps):
        for _ in range(steps):
            chosen = torch.randint(len(x), (B,))
            torch.index_select(images, 0, chosen, out=xb)
            optimizer.zero_grad(set_to_none=True)
            criterion(made(xb), labels[chosen]).backward()
            optimizer.step()

    return train


def classes(p, x):
    return torch.addmm(p[3], torch.addmm(p[1], x, p[0]).sigmoid_(), p[2]).argmax(1)


def accuracy(p, x, labels):
    with torch.inference_mode():
        correct = sum(
            int((classes(p, x[first : first + 1000]) == labels[first : first + 1000]).sum())
            for first in range(0, len(x), 1000)
        )
    return correct / len(x)


def multiply(form, m, k, n):
    a = torch.rand((k, m) if form == "left" else (m, k)) * 2 - 1
    b = torch.rand((n, k) if form == "right" else (k, n)) * 2 - 1
    a, b = (a.t() if form == "left" else a), (b.t() if form == "right" else b)
    c = torch.empty(m, n)
    return lambda: torch.mm(a, b, out=c)


def main():
    torch.set_num_threads(options.threads)
    figures = {"engine": "PyTorch", "version": f"PyTorch {torch.__version__}, Python {sys.version.split()[0]}"}
    figures["threads"] = options.threads
    raw = workloads.mnist(np)
    train, test = (torch.from_numpy(workloads.pixels(np, raw[i], np.float32)) for i in (0, 2))
    labels, test_labels = (torch.from_numpy(raw[i].astype(np.int64)) for i in (1, 3))
    for workload in options.workloads:
        if workload == "W1":
            tuned(train, labels, min(200, options.steps), parameters())  # warm-up
            seconds = []
            for _ in range(options.repeat):
                p = parameters()
                seconds.append(workloads.timed(lambda: tuned(train, labels, options.steps, p)))
            figures["W1_seconds_warm"] = statistics.median(seconds)
            figures["W1_test_accuracy"] = accuracy(p, test, test_labels)
            if options.forms:
                module(train, labels, min(200, options.steps))
                figures["W1_module_seconds"] = workloads.median_of(
                    options.repeat, lambda: module(train, labels, options.steps)
                )
                try:
                    steps = compiled(train, labels, parameters())
                except Exception as failure:  # torch.compile needs a C++ compiler and packages that PyTorch runs without
                    print(f"pytorch_peer: W1 compiled is left out: {failure}", file=sys.stderr)
                else:
                    figures["W1_compiled_seconds"] = workloads.median_of(options.repeat, lambda: steps(options.steps))
        elif workload == "W2":
            figures["W2_images_per_second"] = workloads.images_per_second(options, adam_training(train, labels))
        elif workload == "W6":
            train_steps = convolution_training(train, labels)
            train_steps(options.convolution_steps)  # warm-up
            seconds = workloads.median_of(options.repeat, lambda: train_steps(options.convolution_steps))
            figures["W6_images_per_second"] = B * options.convolution_steps / seconds
        elif workload == "W3":
            continue  # not measured here: NumPy is the peer of W3
        elif workload == "W4":
            p = parameters()
            with torch.inference_mode():

                def batches():
                    for first in range(0, len(test), 1000):
                        classes(p, test[first : first + 1000])

                seconds = workloads.per_call(batches, options.seconds, options.repeat)
                figures["W4_images_per_second"] = len(test) / seconds
                figures["W4_single_us"] = workloads.single_image(
                    lambda i: int(classes(p, test[i : i + 1])), options.single, len(test)
                )
        elif workload == "W5":
            with torch.inference_mode():
                figures["W5"] = workloads.products(options, multiply)
        else:
            p = parameters()
            tuned(train, labels, options.first_epoch, p)
            figures["W7_train_accuracy"] = accuracy(p, train, labels)
            figures["W7_test_accuracy"] = accuracy(p, test, test_labels)
    workloads.report(figures)


main()
