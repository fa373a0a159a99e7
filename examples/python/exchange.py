#!/usr/bin/env python3
"""A Badak model in NumPy and PyTorch, and one of PyTorch in Badak.

    ./badak train --out runs/mnist
    ./badak export runs/mnist --format npz --out model.npz
    ./badak export runs/mnist --format safetensors --layout pytorch --out torch.safetensors
    python3 examples/python/exchange.py model.npz torch.safetensors back.npz
    ./badak import back.npz --layout pytorch --like runs/mnist --out back.safetensors
    ./badak evaluate back.safetensors

The network is the chapter's: 784-50-10, sigmoid, softmax. PyTorch, and its safetensors package, are used where they are
installed; the first part needs NumPy alone.
"""

import json
import struct
import sys

import numpy as np


def numpy_probabilities(path, x):
    """The book's own forward pass with the tensors of `--format npz`."""
    w = np.load(path)
    hidden = 1 / (1 + np.exp(-(x @ w["W1"] + w["b1"])))
    scores = hidden @ w["W2"] + w["b2"]
    scores = np.exp(scores - scores.max(axis=1, keepdims=True))
    return scores / scores.sum(axis=1, keepdims=True)


def safetensors(path):
    """All tensors of a safetensors file; the format is a length, a JSON header and the numbers."""
    with open(path, "rb") as file:
        (length,) = struct.unpack("<Q", file.read(8))
        header = json.loads(file.read(length))
        data = file.read()
    types = {"F32": "<f4", "F64": "<f8"}
    tensors = {}
    for name, entry in header.items():
        if name != "__metadata__":
            begin, end = entry["data_offsets"]
            tensors[name] = np.frombuffer(data[begin:end], types[entry["dtype"]]).reshape(entry["shape"])
    return tensors


def torch_model(path):
    import torch

    model = torch.nn.Sequential(
        torch.nn.Linear(784, 50), torch.nn.Sigmoid(), torch.nn.Linear(50, 10)
    )
    model.load_state_dict({name: torch.tensor(tensor) for name, tensor in safetensors(path).items()})
    return model


def main():
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    npz, torch_file, back = sys.argv[1:]
    x = np.random.default_rng(1).random((5, 784), dtype=np.float32)
    expected = numpy_probabilities(npz, x)
    print("NumPy:", expected.argmax(axis=1))
    try:
        import torch
    except ImportError:
        print("PyTorch is not installed: its part is left out")
        return
    model = torch_model(torch_file)
    with torch.no_grad():
        found = torch.softmax(model(torch.tensor(x)), dim=1).numpy()
    print("PyTorch:", found.argmax(axis=1), "largest difference", np.abs(found - expected).max())
    np.savez(back, **{name: tensor.numpy() for name, tensor in model.state_dict().items()})
    print("wrote", back)


if __name__ == "__main__":
    main()
