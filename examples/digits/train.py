"""Trains a small CNN on 8x8 handwritten digits and writes everything else in this folder.

    python examples/digits/train.py

Written beside this file: digits.tflite (int8 in, int8 out), metrics.json, test-vectors/ and scores.png.
Equal package versions on an equal CPU give equal bytes; another CPU may round the float training differently and then
gives another network of the same quality.
"""

import json
import os
import shutil
import zlib
from importlib.metadata import version
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
# A GPU, or oneDNN's choice of kernel for the CPU at hand, would train other weights.
os.environ["CUDA_VISIBLE_DEVICES"] = "-1"
os.environ["TF_ENABLE_ONEDNN_OPTS"] = "0"

import keras
import numpy as np
import tensorflow as tf
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split
from tflite_micro.python.tflite_micro import runtime
from tflite_micro.tensorflow.lite.micro.python import schema_py_generated as schema

import plot

HERE = Path(__file__).resolve().parent
SEED = 1998
HELD_OUT = 450
EPOCHS = 60
BATCH = 32
VECTORS_PER_DIGIT = 2
PACKAGES = ("keras", "numpy", "scikit-learn", "tensorflow", "tflite-micro")


def load_split():
    """(images, labels) for training and for evaluation; images float32 [n, 8, 8, 1] in 0..1, as many of each digit."""
    digits = load_digits()
    images = (digits.images / 16.0).astype(np.float32)[..., np.newaxis]
    labels = digits.target.astype(np.int32)
    train_x, held_x, train_y, held_y = train_test_split(
        images, labels, test_size=HELD_OUT, random_state=SEED, stratify=labels
    )
    return (train_x, train_y), (held_x, held_y)


def conv_bn(x, layer, relu=True):
    """A convolution, batch normalisation (which conversion folds into the weights) and ReLU."""
    x = keras.layers.BatchNormalization()(layer(x))
    return keras.layers.ReLU()(x) if relu else x


def build_network():
    """Convolution, depthwise-separable block of stride 2, depthwise-separable residual block, pooling, classifier."""
    layers = keras.layers
    image = keras.Input((8, 8, 1), name="image")
    x = conv_bn(image, layers.Conv2D(24, 3, padding="same", use_bias=False))
    x = conv_bn(x, layers.DepthwiseConv2D(3, strides=2, padding="same", use_bias=False))
    x = shortcut = conv_bn(x, layers.Conv2D(48, 1, use_bias=False))
    x = conv_bn(x, layers.DepthwiseConv2D(3, padding="same", use_bias=False))
    x = conv_bn(x, layers.Conv2D(48, 1, use_bias=False), relu=False)
    x = layers.ReLU()(layers.Add()([x, shortcut]))
    x = layers.AveragePooling2D(2)(x)
    x = layers.Dropout(0.2)(layers.Flatten()(x))
    logits = layers.Dense(10, name="logits")(x)
    return keras.Model(image, layers.Softmax(name="scores")(logits), name="digits")


def train(images, labels):
    network = build_network()
    steps = EPOCHS * -(-len(images) // BATCH)
    network.compile(
        optimizer=keras.optimizers.Adam(keras.optimizers.schedules.CosineDecay(3e-3, steps)),
        loss=keras.losses.SparseCategoricalCrossentropy(),
        metrics=["accuracy"],
    )
    network.fit(images, labels, batch_size=BATCH, epochs=EPOCHS, verbose=0)
    return network


def convert(network, representative):
    """The network as a fully quantised .tflite with a fixed batch of 1.

    A concrete function of a fixed shape is converted, not the Keras model: its open batch would leave dynamic shapes
    (SHAPE, STRIDED_SLICE, PACK) in front of every RESHAPE.
    """
    function = tf.function(
        lambda image: network(image, training=False),
        input_signature=[tf.TensorSpec((1, 8, 8, 1), tf.float32, name="image")],
    ).get_concrete_function()
    converter = tf.lite.TFLiteConverter.from_concrete_functions([function])
    converter.optimizations = [tf.lite.Optimize.DEFAULT]
    converter.representative_dataset = lambda: ([image[np.newaxis]] for image in representative)
    converter.target_spec.supported_ops = [tf.lite.OpsSet.TFLITE_BUILTINS_INT8]
    converter.inference_input_type = tf.int8
    converter.inference_output_type = tf.int8
    return converter.convert()


def operator_names(model):
    names = {code: name for name, code in vars(schema.BuiltinOperator).items() if isinstance(code, int)}
    parsed = runtime.convert_bytearray_to_object(model)
    codes = [runtime.get_builtin_code_from_operator_code(code) for code in parsed.operatorCodes]
    return [names[codes[operator.opcodeIndex]] for operator in parsed.subgraphs[0].operators]


class Int8Network:
    """The .tflite in TensorFlow Lite Micro with its reference kernels."""

    def __init__(self, model):
        self.interpreter = runtime.Interpreter.from_bytes(model)
        self.input = self.quantization(self.interpreter.get_input_details(0))
        self.output = self.quantization(self.interpreter.get_output_details(0))

    @staticmethod
    def quantization(details):
        parameters = details["quantization_parameters"]
        return {"scale": float(parameters["scales"][0]), "zeroPoint": int(parameters["zero_points"][0])}

    def quantize(self, image):
        """float32 [8, 8, 1] in 0..1 to the int8 [1, 8, 8, 1] the network takes."""
        quantized = np.round(image / np.float32(self.input["scale"])) + self.input["zeroPoint"]
        return np.clip(quantized, -128, 127).astype(np.int8)[np.newaxis]

    def scores(self, quantized_image):
        """int8 [10]: the score of each digit."""
        self.interpreter.set_input(quantized_image, 0)
        self.interpreter.invoke()
        return self.interpreter.get_output(0)[0].copy()


def write_test_vectors(folder, images, scores, labels):
    """The first few held-out images of each digit, in order of the digit: inNN.bin, outNN.bin and labels.json."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    chosen = [index for digit in range(10) for index in np.flatnonzero(labels == digit)[:VECTORS_PER_DIGIT]]
    records = []
    for number, index in enumerate(chosen):
        names = {"input": f"in{number:02d}.bin", "output": f"out{number:02d}.bin"}
        (folder / names["input"]).write_bytes(images[index].tobytes())
        (folder / names["output"]).write_bytes(scores[index].tobytes())
        records.append({**names, "label": int(labels[index]), "predicted": int(scores[index].argmax())})
    write_json(folder / "labels.json", records)


def write_json(path, value):
    path.write_text(json.dumps(value, indent=2) + "\n")


def main():
    # One thread: sums are then added in the same order whatever the number of cores.
    tf.config.threading.set_intra_op_parallelism_threads(1)
    tf.config.threading.set_inter_op_parallelism_threads(1)
    tf.config.experimental.enable_op_determinism()
    keras.utils.set_random_seed(SEED)

    (train_x, train_y), (held_x, held_y) = load_split()
    network = train(train_x, train_y)
    model = convert(network, train_x)
    (HERE / "digits.tflite").write_bytes(model)

    int8_network = Int8Network(model)
    quantized = [int8_network.quantize(image) for image in held_x]
    int8_scores = np.stack([int8_network.scores(image) for image in quantized])
    int8_digits = int8_scores.argmax(axis=1)
    float_digits = network.predict(held_x, batch_size=HELD_OUT, verbose=0).argmax(axis=1)

    def accuracy(digits):
        correct = int((digits == held_y).sum())
        return {"correct": correct, "of": len(held_y), "accuracy": round(correct / len(held_y), 4)}

    metrics = {
        "images": {"training": len(train_x), "heldOut": len(held_x)},
        "float": accuracy(float_digits),
        "int8": accuracy(int8_digits),
        "sameDigit": int((float_digits == int8_digits).sum()),
        "model": {
            "bytes": len(model),
            "crc32": f"{zlib.crc32(model):08x}",
            "parameters": int(sum(np.prod(weight.shape) for weight in network.trainable_weights)),
            "operators": operator_names(model),
            "input": {"type": "int8", "shape": [1, 8, 8, 1], **int8_network.input},
            "output": {"type": "int8", "shape": [1, 10], **int8_network.output},
        },
        "packages": {name: version(name) for name in PACKAGES},
    }
    write_json(HERE / "metrics.json", metrics)
    write_test_vectors(HERE / "test-vectors", quantized, int8_scores, held_y)
    plot.draw(HERE)
    print(json.dumps(metrics, indent=2))


if __name__ == "__main__":
    main()
