"""Draws scores.png, the README's picture, from test-vectors/ and metrics.json.

    python examples/digits/plot.py

Needs numpy and matplotlib only; train.py calls it at its end.
"""

import json
from pathlib import Path

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
import numpy as np

INK = "#1f2933"
FAINT = "#9aa5b1"
ACCENT = "#0b7285"
OTHER = "#ced4da"


def load_vectors(folder):
    """[(int8 [8, 8] image, int8 [10] scores, label)] of all test vectors."""
    vectors = folder / "test-vectors"
    return [
        (
            np.fromfile(vectors / record["input"], np.int8).reshape(8, 8),
            np.fromfile(vectors / record["output"], np.int8),
            record["label"],
        )
        for record in json.loads((vectors / "labels.json").read_text())
    ]


def choose(vectors):
    """The first image with the highest top score, then the one the network is least sure of."""
    top = [int(scores.max()) for _, scores, _ in vectors]
    return [vectors[int(np.argmax(top))], vectors[int(np.argmin(top))]]


def draw_image(axes, image):
    axes.imshow(image, cmap="gray_r", vmin=-128, vmax=127)
    for (y, x), value in np.ndenumerate(image):
        axes.text(x, y, value, ha="center", va="center", fontsize=6.5, color="white" if value > -40 else "#52606d")
    axes.set_xticks(np.arange(-0.5, 8), labels=[])
    axes.set_yticks(np.arange(-0.5, 8), labels=[])
    axes.grid(color="#e4e7eb", linewidth=0.6)
    axes.tick_params(length=0)
    for spine in axes.spines.values():
        spine.set_color(FAINT)


def draw_scores(axes, scores, quantization):
    percent = (scores.astype(int) - quantization["zeroPoint"]) * quantization["scale"] * 100
    winner = int(scores.argmax())
    bars = axes.bar(range(10), percent, color=[ACCENT if digit == winner else OTHER for digit in range(10)], width=0.72)
    for digit, (bar, score) in enumerate(zip(bars, scores, strict=True)):
        axes.annotate(
            str(score),
            (bar.get_x() + bar.get_width() / 2, bar.get_height()),
            xytext=(0, 3),
            textcoords="offset points",
            ha="center",
            fontsize=8,
            color=INK if digit == winner else FAINT,
            weight="bold" if digit == winner else "normal",
        )
    axes.set_xticks(range(10))
    axes.set_xlim(-0.6, 9.6)
    axes.set_ylim(0, 112)
    axes.set_yticks([0, 50, 100], labels=["0 %", "50 %", "100 %"])
    axes.tick_params(length=0, labelsize=9, colors=INK)
    axes.get_xticklabels()[winner].set_weight("bold")
    axes.get_xticklabels()[winner].set_color(ACCENT)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(FAINT)


def draw(folder):
    model = json.loads((folder / "metrics.json").read_text())["model"]
    rows = choose(load_vectors(folder))
    figure, grid = plt.subplots(
        len(rows), 2, figsize=(8, 2.9 * len(rows)), width_ratios=(1, 1.9), layout="constrained", squeeze=False
    )
    figure.get_layout_engine().set(w_pad=0.12, h_pad=0.1)
    for (left, right), (image, scores, label) in zip(grid, rows, strict=True):
        draw_image(left, image)
        draw_scores(right, scores, model["output"])
        left.set_xlabel(f"written as a {label}", fontsize=9, color=INK)
    grid[0][0].set_title("in: int8 [1, 8, 8, 1]", fontsize=10, color=INK, loc="left")
    grid[0][1].set_title("out: int8 [1, 10], the score of each digit", fontsize=10, color=INK, loc="left")
    figure.savefig(folder / "scores.png", dpi=130, facecolor="white", metadata={"Software": None})
    plt.close(figure)


if __name__ == "__main__":
    draw(Path(__file__).resolve().parent)
