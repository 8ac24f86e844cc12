#!/usr/bin/python3
"""Packs the conformance cases of ONNX that the reader is tested with, out of Debian's package libonnx-testdata.

Usage: copy_conformance.py [SOURCE] [TARGET]; needs python3-onnx. Takes each case of one node whose operator stands in the list
below: its model, its first data set, and nothing else. The same cases give the same bytes. They are ONNX's, Apache License 2.0.
"""
import pathlib
import sys
import zipfile

import onnx

OPERATORS = set("""Add ArgMax BatchNormalization Cast Celu Clip Constant Div Dropout Elu Flatten Gemm HardSigmoid Identity
LeakyRelu LogSoftmax MatMul Max Min Mul Neg PRelu ReduceMax Relu Reshape Selu Sigmoid Sin Softmax Softplus Squeeze Sub Sum
Tanh Unsqueeze""".split())

here = pathlib.Path(__file__).parent
source = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else "/usr/share/libonnx-testdata/data/node")
target = pathlib.Path(sys.argv[2]) if len(sys.argv) > 2 else here.parent / "resources" / "conformance" / "cases.zip"
copied = 0
with zipfile.ZipFile(target, "w") as archive:
    for case in sorted(source.iterdir()):
        model = onnx.load(str(case / "model.onnx"))
        if len(model.graph.node) != 1 or model.graph.node[0].op_type not in OPERATORS:
            continue
        for file in [case / "model.onnx", *sorted((case / "test_data_set_0").glob("*.pb"))]:
            entry = zipfile.ZipInfo(f"{case.name}/{file.name}", (1980, 1, 1, 0, 0, 0))
            archive.writestr(entry, file.read_bytes(), zipfile.ZIP_DEFLATED, 9)
        copied += 1
print(f"{copied} cases")
