#!/usr/bin/env python3
"""Compares `samebits train` on raw tables, with the label alone, with scikit-learn's MLPClassifier and MLPRegressor.

    bench/src/python/train_beside_sklearn.py --fann /usr/share/doc/libfann-dev/examples/datasets

scikit-learn gets inputs that a StandardScaler has seen, and Adam with its defaults (200 iterations at most), or at rate 0.01
for 100 iterations. A line is the median of five seeds: accuracy in percent, or the mean squared error. scikit-learn's own
tables have another quarter of their rows, by class, held out of everything for each seed. FANN's tables, of Debian's package
libfann-doc, have a test file, and a seed names the first weights and all else that is drawn. The same rows are learned from
and judged on here and there. Behind the numbers stands what was to be reached, and whether it was.
"""
import argparse
import json
import pathlib
import statistics
import subprocess
import tempfile
import warnings

import numpy as np
from sklearn import datasets
from sklearn.exceptions import ConvergenceWarning
from sklearn.model_selection import KFold, StratifiedKFold, train_test_split
from sklearn.neural_network import MLPClassifier, MLPRegressor
from sklearn.preprocessing import StandardScaler

# Of scikit-learn's own tables, with the accuracy to reach.
OWN = {"wine": 97, "breast_cancer": 95, "iris": 95, "digits": 97}
CLASSES = ("thyroid", "soybean", "gene", "diabetes", "mushroom")
QUANTITIES = ("building", "robot", "kin32fm", "bank32fm")
METHODS = ({}, {"learning_rate_init": 0.01, "max_iter": 100})
# Behind scikit-learn at most: points, and times its error.
POINTS = 1
TIMES = 1.1


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


class Samebits:
    """The command, and options that it would not need."""

    def __init__(self, command, options, folder):
        self.command = command
        self.options = options
        self.folder = folder

    def predict(self, train, test, seed, targets):
        """What the command predicts for the test rows, as lists of fields."""
        write(self.folder / "train.csv", train[0], train[1])
        write(self.folder / "test.csv", test, None)
        learned = ["--targets", ",".join("y%d" % j for j in range(targets))] if targets else ["--label", "y0"]
        model = str(self.folder / "model.onnx")
        subprocess.run([self.command, "train", "--data", str(self.folder / "train.csv"), *learned, "--model", model,
                        "--seed", str(seed), *self.options], check=True, stdout=subprocess.DEVNULL,
                       stderr=subprocess.DEVNULL)
        lines = subprocess.run([self.command, "predict", "--model", model, "--data", str(self.folder / "test.csv")],
                               check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True).stdout.split("\n")
        return np.array([line.split(",") for line in lines[1:-1]])

    def accuracy(self, train, test, seed):
        labels = np.array([["class%d" % c] for c in train[1]])
        given = self.predict((train[0], labels), test[0], seed, 0)[:, 0]
        return 100 * np.mean(given == np.array(["class%d" % c for c in test[1]]))

    def error(self, train, test, seed):
        texts = np.array([[repr(float(v)) for v in row] for row in train[1]])
        given = self.predict((train[0], texts), test[0], seed, test[1].shape[1]).astype(float)
        return np.mean((given - test[1]) ** 2)


def accuracy(method, train, test, seed):
    """Of scikit-learn."""
    scale = StandardScaler().fit(train[0]).transform
    return 100 * MLPClassifier(random_state=seed, **method).fit(scale(train[0]), train[1]).score(scale(test[0]), test[1])


def error(method, train, test, seed):
    """Of scikit-learn."""
    scale = StandardScaler().fit(train[0]).transform
    y = train[1] if train[1].shape[1] > 1 else train[1][:, 0]
    model = MLPRegressor(random_state=seed, **method).fit(scale(train[0]), y)
    return np.mean((model.predict(scale(test[0])).reshape(test[1].shape) - test[1]) ** 2)


def fann(path):
    numbers = np.array(pathlib.Path(path).read_text().split(), dtype=float)
    rows, inputs, outputs = numbers[:3].astype(int)
    table = numbers[3:3 + rows * (inputs + outputs)].reshape(rows, inputs + outputs)
    return table[:, :inputs].astype(np.float32), table[:, inputs:].astype(np.float32)


def with_classes(x, y):
    return x, np.argmax(y, axis=1) if y.shape[1] > 1 else (y[:, 0] > 0.5).astype(int)


def folds(train, are_classes, seed):
    """A fifth of the rows to learn from, in the place of the test rows."""
    split = (StratifiedKFold if are_classes else KFold)(5, shuffle=True, random_state=1)
    kept, judged = list(split.split(train[0], train[1] if are_classes else None))[(seed - 1) % 5]
    return (train[0][kept], train[1][kept]), (train[0][judged], train[1][judged])


def rows(table, folder, seed):
    """The rows to learn from and the rows to judge on, as pairs of inputs and classes or values."""
    if table in OWN:
        data = getattr(datasets, "load_" + table)()
        a, b, c, d = train_test_split(data.data.astype(np.float32), data.target, test_size=0.25, random_state=seed,
                                      stratify=data.target)
        return (a, c), (b, d)
    train, test = (fann(pathlib.Path(folder) / (table + end)) for end in (".train", ".test"))
    return (with_classes(*train), with_classes(*test)) if table in CLASSES else (train, test)


def verdict(table, found):
    if table in OWN:
        return found[0] >= OWN[table] and found[0] >= found[1] - POINTS
    return found[0] >= max(found[1:]) - POINTS if table in CLASSES else found[0] <= TIMES * min(found[1:])


def goal(table):
    if table in OWN:
        return "%d, Adam − %d" % (OWN[table], POINTS)
    return "best − %d" % POINTS if table in CLASSES else "%s × best" % TIMES


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--samebits", default="./samebits", help="the command")
    options.add_argument("--fann", help="folder of FANN's tables; else those of scikit-learn alone")
    options.add_argument("--seeds", type=int, default=5)
    options.add_argument("--only", help="names of tables, with commas between")
    options.add_argument("--folds", action="store_true",
                         help="judge on fifths of the rows to learn from, and leave the test rows alone: to choose by")
    options.add_argument("--keep", help="file that keeps what scikit-learn found, and is asked first")
    options.add_argument("--options", default="", help="more options for the command, in one word with blanks")
    chosen = options.parse_args()
    warnings.simplefilter("ignore", ConvergenceWarning)
    kept = pathlib.Path(chosen.keep) if chosen.keep else None
    known = json.loads(kept.read_text()) if kept and kept.exists() else {}
    tables = chosen.only.split(",") if chosen.only else [*OWN, *(CLASSES + QUANTITIES if chosen.fann else ())]
    print("| table | samebits | Adam | Adam, rate 0.01 | to reach | reached |\n| --- | --- | --- | --- | --- | --- |")
    lead = []
    with tempfile.TemporaryDirectory() as name:
        command = Samebits(chosen.samebits, chosen.options.split(), pathlib.Path(name))
        for table in tables:
            are_classes = table not in QUANTITIES
            runs = []
            for seed in range(1, chosen.seeds + 1):
                train, test = rows(table, chosen.fann, seed)
                if chosen.folds:
                    train, test = folds(train, are_classes, seed)
                run = [command.accuracy(train, test, seed) if are_classes else command.error(train, test, seed)]
                for number, method in enumerate(METHODS):
                    key = "%s %d %d%s" % (table, seed, number, " fold" if chosen.folds else "")
                    if key not in known:
                        known[key] = float((accuracy if are_classes else error)(method, train, test, seed))
                    run.append(known[key])
                runs.append(run)
            middle = [(statistics.mean if chosen.folds else statistics.median)(run) for run in zip(*runs)]
            if table in OWN:
                lead.append(middle[0] - middle[1])
            form = "%.2f" if are_classes else "%.3g"
            print("| " + " | ".join([table.replace("_", " ") + (", %" if are_classes else ", MSE")]
                                    + [form % value for value in middle]
                                    + [goal(table), "yes" if verdict(table, middle) else "**no**"]) + " |", flush=True)
            if kept:
                kept.write_text(json.dumps(known))
    if lead:
        print("\nAhead of Adam's defaults on scikit-learn's own tables by %.2f points on average." % statistics.mean(lead))


if __name__ == "__main__":
    main()
