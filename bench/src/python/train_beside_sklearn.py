#!/usr/bin/env python3
"""Compares `samebits train` on raw tables, with the label alone, with scikit-learn's MLPClassifier and MLPRegressor.

    bench/src/python/train_beside_sklearn.py --samebits ./samebits
    bench/src/python/train_beside_sklearn.py --samebits ./samebits --fann /usr/share/doc/libfann-dev/examples/datasets

scikit-learn has Adam's defaults (200 iterations at most), and rate 0.01 for 100 iterations, on inputs that a StandardScaler
has seen, and for the tables of FANN on raw ones, too. A line of its four own tables is the median of five seeds, each with
another quarter of the rows, by class, held out of everything. FANN's tables have a test file, and a line is one seed.
"""
import argparse
import pathlib
import statistics
import subprocess
import tempfile
import warnings

import numpy as np
from sklearn import datasets
from sklearn.exceptions import ConvergenceWarning
from sklearn.model_selection import train_test_split
from sklearn.neural_network import MLPClassifier, MLPRegressor
from sklearn.preprocessing import StandardScaler

CLASSES = ("thyroid", "soybean", "gene", "diabetes", "mushroom")
QUANTITIES = ("building", "robot", "kin32fm", "bank32fm")
METHODS = ({}, {"learning_rate_init": 0.01, "max_iter": 100})


def write(path, x, labels):
    """A table of inputs, and of labels if there are some."""
    columns = [np.array([repr(float(v)) for v in column]) for column in x.T]
    names = ["x%d" % j for j in range(x.shape[1])]
    if labels is not None:
        for j, column in enumerate(labels.T):
            names.append("y%d" % j)
            columns.append(column)
    with open(path, "w") as out:
        out.write(",".join(names) + "\n")
        for row in zip(*columns):
            out.write(",".join(map(str, row)) + "\n")


def samebits(command, folder, train, test, seed, targets):
    """What the command predicts for the test rows, as lists of fields."""
    write(folder / "train.csv", train[0], train[1])
    write(folder / "test.csv", test, None)
    learned = ["--targets", ",".join("y%d" % j for j in range(targets))] if targets else ["--label", "y0"]
    model = str(folder / "model.onnx")
    subprocess.run([command, "train", "--data", str(folder / "train.csv"), *learned, "--model", model, "--seed", str(seed)],
                   check=True, stdout=subprocess.DEVNULL)
    lines = subprocess.run([command, "predict", "--model", model, "--data", str(folder / "test.csv")], check=True,
                           stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True).stdout.split("\n")
    return np.array([line.split(",") for line in lines[1:-1]])


def classes(command, folder, train, test, seed, raw):
    """Accuracies in percent: Samebits, then scikit-learn's."""
    x, y = train
    labels = np.array([["class%d" % c] for c in y])
    given = samebits(command, folder, (x, labels), test[0], seed, 0)[:, 0]
    found = [100 * np.mean(given == np.array(["class%d" % c for c in test[1]]))]
    for scale in scales(x, raw):
        for method in METHODS:
            model = MLPClassifier(random_state=seed, **method).fit(scale(x), y)
            found.append(100 * model.score(scale(test[0]), test[1]))
    return found


def quantities(command, folder, train, test, seed, raw):
    """Mean squared errors: Samebits, then scikit-learn's."""
    x, y = train
    texts = np.array([[repr(float(v)) for v in row] for row in y])
    given = samebits(command, folder, (x, texts), test[0], seed, y.shape[1]).astype(float)
    found = [np.mean((given - test[1]) ** 2)]
    for scale in scales(x, raw):
        for method in METHODS:
            model = MLPRegressor(random_state=seed, **method).fit(scale(x), y if y.shape[1] > 1 else y[:, 0])
            found.append(np.mean((model.predict(scale(test[0])).reshape(test[1].shape) - test[1]) ** 2))
    return found


def scales(x, raw):
    standard = StandardScaler().fit(x).transform
    return [standard, lambda rows: rows] if raw else [standard]


def fann(path):
    numbers = np.array(pathlib.Path(path).read_text().split(), dtype=float)
    rows, inputs, outputs = numbers[:3].astype(int)
    table = numbers[3:3 + rows * (inputs + outputs)].reshape(rows, inputs + outputs)
    return table[:, :inputs].astype(np.float32), table[:, inputs:].astype(np.float32)


def row(name, found, form):
    print("| " + " | ".join([name] + [form % value for value in found]) + " |", flush=True)


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--samebits", default="./samebits", help="the command")
    options.add_argument("--fann", help="folder of FANN's tables; else those of scikit-learn")
    options.add_argument("--seeds", type=int, default=5)
    options.add_argument("--only", help="names of tables, with commas between")
    chosen = options.parse_args()
    warnings.simplefilter("ignore", ConvergenceWarning)
    head = ["table", "samebits", "Adam", "Adam, rate 0.01"] + (["Adam, raw", "Adam, rate 0.01, raw"] if chosen.fann else [])
    print("| " + " | ".join(head) + " |\n|" + " --- |" * len(head))
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        wanted = chosen.only.split(",") if chosen.only else None
        if chosen.fann:
            for table in CLASSES + QUANTITIES:
                if wanted and table not in wanted:
                    continue
                train, test = (fann(pathlib.Path(chosen.fann) / (table + end)) for end in (".train", ".test"))
                if table in CLASSES:
                    train, test = ((x, np.argmax(y, axis=1) if y.shape[1] > 1 else (y[:, 0] > 0.5).astype(int))
                                   for x, y in (train, test))
                    row(table + ", %", classes(chosen.samebits, folder, train, test, 1, True), "%.2f")
                else:
                    row(table + ", MSE", quantities(chosen.samebits, folder, train, test, 1, True), "%.3g")
            return
        for table in ("iris", "wine", "breast_cancer", "digits"):
            if wanted and table not in wanted:
                continue
            data = getattr(datasets, "load_" + table)()
            x, y = data.data.astype(np.float32), data.target
            runs = []
            for seed in range(1, chosen.seeds + 1):
                a, b, c, d = train_test_split(x, y, test_size=0.25, random_state=seed, stratify=y)
                runs.append(classes(chosen.samebits, folder, (a, c), (b, d), seed, False))
            row(table.replace("_", " ") + ", %", [statistics.median(run) for run in zip(*runs)], "%.1f")


if __name__ == "__main__":
    main()
