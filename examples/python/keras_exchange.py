#!/usr/bin/env python3
"""A convolutional network of Badak in Keras, and back.

    ./badak train --out runs/cnn --layers "conv 6 5 padding:2, batchnorm, relu, maxpool 2, flatten, dense 10"
    ./badak export runs/cnn --format npz --layout keras --out cnn.npz
    KERAS_BACKEND=torch python3 examples/python/keras_exchange.py cnn.npz back.npz
    ./badak import back.npz --layout keras --like runs/cnn --out back.safetensors
    ./badak evaluate back.safetensors

The tensors of `--layout keras` stand in the order of `get_weights`, images with their channels last. What Keras sets
otherwise by itself has to be said: Badak's batch normalisation has an epsilon of 1e-5.
"""

import sys

import numpy as np


def model():
    import keras
    from keras import layers

    return keras.Sequential([
        keras.Input((28, 28, 1)),
        layers.Conv2D(6, 5, padding="same"),
        layers.BatchNormalization(epsilon=1e-5),
        layers.ReLU(),
        layers.MaxPooling2D(2),
        layers.Flatten(),
        layers.Dense(10, activation="softmax"),
    ])


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    source, back = sys.argv[1:]
    tensors = np.load(source)
    network = model()
    network.set_weights([tensors[name] for name in tensors])
    image = np.random.default_rng(1).random((1, 28, 28, 1), dtype=np.float32)
    print("Keras:", network.predict(image, verbose=0).round(4)[0])
    np.savez(back, **dict(zip(tensors, network.get_weights())))
    print("wrote", back)


if __name__ == "__main__":
    main()
