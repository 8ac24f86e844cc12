#!/usr/bin/env python3
"""Times an epoch of `samebits train`, of scikit-learn's MLPClassifier and of PyTorch's eager loop on the same rows.

    nice -n -5 bench/src/python/train_speed.py --data /usr/share/datasets/fashion-mnist

The network, Adam, its rate, the batch and the number of threads are the same; none of the three holds rows out. Samebits also runs
plain descent, for what a step of Adam costs. Rounds alternate between them. A time is that of the fastest epoch of all rounds, but
for the first three of each, in which the JVM compiles. PyTorch has its rows as one tensor, scikit-learn as
one array, both of floats; Samebits reads bytes from the file. --clock processor counts the time that processors worked, which
tells of one thread even where the machine has other work.
"""
import argparse
import gzip
import os
import pathlib
import subprocess
import sys
import time

FIRST = 3


def now(options, process=None):
    if options.clock == "wall":
        return time.perf_counter()
    if process is None:
        return time.process_time()
    # User and system time, in ticks.
    fields = pathlib.Path("/proc/%d/stat" % process).read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def rows(folder):
    import numpy as np
    images = gzip.open(pathlib.Path(folder) / "train-images-idx3-ubyte.gz").read()
    labels = gzip.open(pathlib.Path(folder) / "train-labels-idx1-ubyte.gz").read()
    x = np.frombuffer(images, np.uint8, offset=16).reshape(-1, 784).astype(np.float32) / 255
    return x, np.frombuffer(labels, np.uint8, offset=8).astype(np.int64)


def sklearn(x, y, layers, batch, epochs, options):
    import warnings

    from sklearn.neural_network import MLPClassifier
    warnings.simplefilter("ignore")
    model = MLPClassifier(layers, batch_size=batch, alpha=0, max_iter=1, warm_start=True, random_state=1)
    for _ in range(epochs):
        began = now(options)
        model.fit(x, y)
        print(now(options) - began, flush=True)


def torch(x, y, layers, batch, epochs, options):
    import torch
    torch.set_num_threads(int(options.threads))
    x, y = torch.from_numpy(x), torch.from_numpy(y)
    widths = [x.shape[1], *layers, 10]
    parts = []
    for k in range(len(widths) - 1):
        parts += [torch.nn.Linear(widths[k], widths[k + 1]), torch.nn.ReLU()]
    model = torch.nn.Sequential(*parts[:-1])
    loss = torch.nn.CrossEntropyLoss()
    adam = torch.optim.Adam(model.parameters(), lr=0.001)
    for _ in range(epochs):
        began = now(options)
        order = torch.randperm(len(x))
        for at in range(0, len(x), batch):
            chosen = order[at:at + batch]
            adam.zero_grad()
            loss(model(x[chosen]), y[chosen]).backward()
            adam.step()
        print(now(options) - began, flush=True)


def samebits(options, layers, batch, threads, method):
    """Seconds of the epochs, by when their lines come."""
    arguments = [options.samebits, "train", "--data", options.data, "--layers", ",".join(map(str, layers)), "--optimizer", method,
                 "--learning-rate", "0.001", "--weight-decay", "0", "--batch", str(batch), "--epochs", str(options.epochs),
                 "--validation", "none", "--threads", str(threads), "--model", "/tmp/train_speed.onnx"]
    times = []
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        before = None
        for line in process.stdout:
            if line.startswith("epoch "):
                end = now(options, process.pid)
                if before:
                    times.append(end - before)
                before = end
    # The first has no line before it.
    return times[FIRST - 1:]


def other(name, options, layers, batch, threads):
    arguments = [sys.executable, __file__, "--data", options.data, "--epochs", str(options.epochs), "--one", name,
                 "--layers", ",".join(map(str, layers)), "--batch", str(batch), "--threads", str(threads), "--clock", options.clock]
    environment = dict(os.environ, OPENBLAS_NUM_THREADS=str(threads), OMP_NUM_THREADS=str(threads))
    lines = subprocess.run(arguments, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
                           env=environment).stdout.split()
    return [float(line) for line in lines][FIRST:]


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--data", required=True, help="folder with the official IDX files")
    options.add_argument("--samebits", default="./samebits", help="the command")
    options.add_argument("--epochs", type=int, default=8)
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--layers", default="128")
    options.add_argument("--batch", default="64,256")
    options.add_argument("--threads", default="1,2")
    options.add_argument("--clock", choices=("wall", "processor"), default="wall")
    options.add_argument("--one", help=argparse.SUPPRESS)
    chosen = options.parse_args()
    layers = [int(n) for n in chosen.layers.split(",")]
    if chosen.one:
        globals()[chosen.one](*rows(chosen.data), layers, int(chosen.batch), chosen.epochs, chosen)
        return
    print("| batch | threads | samebits, sgd | samebits, adam | scikit-learn | PyTorch | as fast as scikit-learn | as PyTorch "
          "| adam costs |\n|" + " --- |" * 9)
    for batch in map(int, chosen.batch.split(",")):
        for threads in map(int, chosen.threads.split(",")):
            found = {}
            for _ in range(chosen.rounds):
                for name in ("sgd", "adam", "sklearn", "torch"):
                    times = other(name, chosen, layers, batch, threads) if name in ("sklearn", "torch") else samebits(
                        chosen, layers, batch, threads, name)
                    found[name] = min(found.get(name, 1e9), min(times))
            ours = found["adam"]
            print("| %d | %d | %.2f s | %.2f s | %.2f s | %.2f s | %.2f | %.2f | %.2f |" % (
                batch, threads, found["sgd"], ours, found["sklearn"], found["torch"], found["sklearn"] / ours,
                found["torch"] / ours, ours / found["sgd"]), flush=True)


if __name__ == "__main__":
    main()
