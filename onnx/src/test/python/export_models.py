#!/usr/bin/python3
"""Writes small models as exporters write them, with inputs and the outputs their own library gives.

Usage: export_models.py [TARGET]; needs python3-torch (1.13), python3-onnx (1.12) and python3-sklearn (1.2), as in Debian 12. The
models named torch-* are written by PyTorch's own exporter. Those named sklearn-* are trained by scikit-learn and put together here
operator by operator as its exporter skl2onnx writes them, for Debian has no package of that. Those named keras-* are put together
as tf2onnx writes the layers of Keras; NumPy computes their outputs. Beside each model: input.bin and output.bin, float32,
little-endian, row by row, and labels where the file has them.
"""
import pathlib
import sys
import warnings

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from sklearn.datasets import load_iris
from sklearn.linear_model import LogisticRegression
from sklearn.neural_network import MLPClassifier, MLPRegressor
from torch import nn

warnings.filterwarnings("ignore")
here = pathlib.Path(__file__).parent
target = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else here.parent / "resources" / "models"
target.mkdir(parents=True, exist_ok=True)
torch.manual_seed(1)
rng = np.random.RandomState(1)


def save(name, x, y):
    x.astype("<f4").tofile(target / f"{name}.input.bin")
    y.astype("<f4").tofile(target / f"{name}.output.bin")


def export(name, module, x, opset, **options):
    module.eval()
    torch.onnx.export(module, x[:1] if options.pop("one_row", False) else x, str(target / f"{name}.onnx"), opset_version=opset,
                      input_names=["x"], output_names=["y"], **options)
    with torch.no_grad():
        save(name, x.numpy().reshape(len(x), -1), module(x).numpy().reshape(len(x), -1))


class Chain(nn.Module):
    """Every activation of the library in a row, each behind a Linear of its own."""

    def __init__(self):
        super().__init__()
        functional = nn.functional
        self.activations = [torch.sigmoid, torch.tanh, torch.relu, functional.elu, functional.selu, functional.celu,
                            functional.leaky_relu, functional.hardtanh, functional.relu6, functional.hardsigmoid,
                            functional.softplus, lambda z: functional.softplus(z, beta=2), functional.silu, functional.gelu,
                            lambda z: functional.gelu(z, approximate="tanh"), lambda z: z * torch.sigmoid(1.702 * z),
                            torch.sin, nn.PReLU(6), nn.PReLU()]
        self.prelus = nn.ModuleList(a for a in self.activations if isinstance(a, nn.PReLU))
        self.linears = nn.ModuleList(nn.Linear(6, 6) for _ in self.activations)

    def forward(self, x):
        for linear, activation in zip(self.linears, self.activations):
            x = activation(linear(x))
        return x


class Images(nn.Module):
    """Images, normalised in the model, flattened by their own size, batch-normalised, dropped out."""

    def __init__(self):
        super().__init__()
        self.first = nn.Linear(12, 5)
        self.norm = nn.BatchNorm1d(5)
        self.norm.running_mean.uniform_(-1, 1)
        self.norm.running_var.uniform_(0.5, 2)
        self.last = nn.Linear(5, 3, bias=False)

    def forward(self, x):
        x = ((x - 0.1307) / 0.3081).view(x.size(0), -1)
        x = nn.functional.dropout(torch.relu(self.norm(self.first(x))), 0.5, self.training)
        return nn.functional.log_softmax(self.last(x), dim=1)


class Maxout(nn.Module):
    def __init__(self):
        super().__init__()
        self.linear = nn.Linear(4, 6)

    def forward(self, x):
        return self.linear(x).view(-1, 2, 3).max(dim=2)[0]


batch = {"dynamic_axes": {"x": {0: "N"}, "y": {0: "N"}}}
for opset in (12, 14, 17):
    export(f"torch-activations-{opset}", Chain(), torch.randn(8, 6), opset, **batch)
for opset in (9, 12, 16):
    export(f"torch-images-{opset}", Images(), torch.rand(8, 1, 3, 4), opset, do_constant_folding=opset != 12,
           training=torch.onnx.TrainingMode.PRESERVE if opset == 12 else torch.onnx.TrainingMode.EVAL, **batch)
export("torch-one-row", Images(), torch.rand(8, 1, 3, 4), 14, one_row=True)
export("torch-maxout", Maxout(), torch.randn(8, 4), 13, **batch)
export("torch-double", nn.Sequential(nn.Linear(4, 5), nn.Softplus(), nn.Linear(5, 2), nn.Softmax(1)).double(),
       torch.randn(8, 4).double(), 13, **batch)


def value(name, kind, *shape):
    return helper.make_tensor_value_info(name, kind, list(shape))


def write(name, nodes, constants, x, inputs, outputs, domains=()):
    graph = helper.make_graph(nodes, name, inputs, outputs,
                              [numpy_helper.from_array(np.asarray(array), key) for key, array in constants.items()])
    model = helper.make_model(graph, producer_name=name.split("-")[0], opset_imports=[
        helper.make_opsetid("", 15), *[helper.make_opsetid(d, 1) for d in domains]])
    onnx.checker.check_model(model)
    onnx.save(model, str(target / f"{name}.onnx"))


def mlp(network, x, kind):
    """The layers of a scikit-learn network, as skl2onnx writes them: Cast, then MatMul and Add with a bias of one row."""
    dtype = np.float64 if kind == TensorProto.DOUBLE else np.float32
    nodes = [helper.make_node("Cast", ["X"], ["cast_input"], "Cast", to=kind)]
    constants = {}
    last = "cast_input"
    operator = {"relu": "Relu", "tanh": "Tanh", "logistic": "Sigmoid", "softmax": "Softmax", "identity": "Identity"}
    for i, (weights, bias) in enumerate(zip(network.coefs_, network.intercepts_)):
        constants[f"coefficient{i}"] = weights.astype(dtype)
        constants[f"intercepts{i}"] = bias.reshape(1, -1).astype(dtype)
        final = i == len(network.coefs_) - 1
        nodes += [helper.make_node("MatMul", [last, f"coefficient{i}"], [f"mul_result{i}"], f"MatMul{i}"),
                  helper.make_node("Add", [f"mul_result{i}", f"intercepts{i}"], [f"add_result{i}"], f"Add{i}")]
        name = operator[network.out_activation_ if final else network.activation]
        last = "out_activations_result" if final else f"next_activations{i}"
        nodes.append(helper.make_node(name, [f"add_result{i}"], [last], f"{name}{i}"))
    return nodes, constants, last


def labels(name, texts):
    (target / f"{name}.labels.txt").write_text("".join(f"{text}\n" for text in texts))


def classifier(name, x, y, zipmap=True, kind=TensorProto.FLOAT, **options):
    network = MLPClassifier(random_state=1, max_iter=30, **options).fit(x, y)
    nodes, constants, last = mlp(network, x, kind)
    text = network.classes_.dtype.kind in "OU"
    if len(network.classes_) == 2:
        constants["unity"] = np.ones(1, np.float64 if kind == TensorProto.DOUBLE else np.float32)
        nodes += [helper.make_node("Sub", ["unity", last], ["negative_class_proba"], "Sub"),
                  helper.make_node("Concat", ["negative_class_proba", last], ["probabilities"], "Concat", axis=1)]
    else:
        nodes.append(helper.make_node("Identity", [last], ["probabilities"], "Identity"))
    nodes += [helper.make_node("ArgMax", ["probabilities"], ["argmax_output"], "ArgMax", axis=1),
              helper.make_node("ArrayFeatureExtractor", ["classes", "argmax_output"], ["array_feature_extractor_result"],
                               "ArrayFeatureExtractor", domain="ai.onnx.ml")]
    constants["shape_tensor"] = np.array([-1], np.int64)
    if text:
        constants["classes"] = network.classes_.astype(object)
        nodes.append(helper.make_node("Reshape", ["array_feature_extractor_result", "shape_tensor"], ["output_label"], "Reshape"))
        label = value("output_label", TensorProto.STRING, None)
    else:
        constants["classes"] = network.classes_.astype(np.int32)
        nodes += [helper.make_node("Cast", ["array_feature_extractor_result"], ["cast2_result"], "Cast1", to=TensorProto.FLOAT),
                  helper.make_node("Reshape", ["cast2_result", "shape_tensor"], ["reshaped_result"], "Reshape"),
                  helper.make_node("Cast", ["reshaped_result"], ["output_label"], "Cast2", to=TensorProto.INT64)]
        label = value("output_label", TensorProto.INT64, None)
    if zipmap:
        attributes = {"classlabels_strings": list(network.classes_)} if text else {
            "classlabels_int64s": [int(c) for c in network.classes_]}
        nodes.append(helper.make_node("ZipMap", ["probabilities"], ["output_probability"], "ZipMap", domain="ai.onnx.ml",
                                      **attributes))
        key = TensorProto.STRING if text else TensorProto.INT64
        scores = onnx.ValueInfoProto(name="output_probability")
        scores.type.sequence_type.elem_type.map_type.key_type = key
        scores.type.sequence_type.elem_type.map_type.value_type.tensor_type.elem_type = TensorProto.FLOAT
    else:
        scores = value("probabilities", kind, None, len(network.classes_))
    write(name, nodes, constants, x, [value("X", kind, None, x.shape[1])], [label, scores], ["ai.onnx.ml"])
    save(name, x[:8], network.predict_proba(x[:8]))
    labels(name, network.classes_)


iris = load_iris()
order = rng.permutation(len(iris.data))
features = iris.data[order].astype(np.float32)
classifier("sklearn-iris-names", features, iris.target_names[iris.target[order]], hidden_layer_sizes=(6,))
classifier("sklearn-iris-numbers", features, iris.target[order] * 10, zipmap=False, hidden_layer_sizes=(5, 4), activation="tanh")
classifier("sklearn-iris-double", features, iris.target[order], kind=TensorProto.DOUBLE, hidden_layer_sizes=(4,),
           activation="logistic")
classifier("sklearn-iris-binary", features, np.where(iris.target[order] == 1, "yes", "no"), hidden_layer_sizes=(5,))

regressor = MLPRegressor((6,), random_state=1, max_iter=50).fit(features[:, :3], features[:, 3])
nodes, constants, last = mlp(regressor, features, TensorProto.FLOAT)
constants["shape_tensor"] = np.array([-1, 1], np.int64)
nodes.append(helper.make_node("Reshape", [last, "shape_tensor"], ["variable"], "Reshape"))
scaler = helper.make_node("Scaler", ["input"], ["X"], "Scaler", domain="ai.onnx.ml",
                          offset=[float(m) for m in features[:, :3].mean(0)], scale=[float(1 / s) for s in features[:, :3].std(0)])
write("sklearn-scaled-regressor", [scaler, *nodes], constants, features, [value("input", TensorProto.FLOAT, None, 3)],
      [value("variable", TensorProto.FLOAT, None, 1)], ["ai.onnx.ml"])
standard = (features[:8, :3] - features[:, :3].mean(0)) / features[:, :3].std(0)
save("sklearn-scaled-regressor", features[:8, :3], regressor.predict(standard).reshape(-1, 1))


def logistic(name, x, y):
    """Logistic regression as skl2onnx writes it: one operator with both rows of weights, a Normalizer, a Cast and a ZipMap."""
    model = LogisticRegression(max_iter=200).fit(x, y)
    binary = len(model.classes_) == 2
    coefficients = np.vstack([-model.coef_, model.coef_]) if binary else model.coef_
    intercepts = np.hstack([-model.intercept_, model.intercept_]) if binary else model.intercept_
    classes = [int(c) for c in model.classes_]
    nodes = [helper.make_node("LinearClassifier", ["X"], ["label", "probability_tensor"], "LinearClassifier", domain="ai.onnx.ml",
                              classlabels_ints=classes, coefficients=[float(c) for c in coefficients.ravel()],
                              intercepts=[float(c) for c in intercepts], multi_class=int(not binary),
                              post_transform="LOGISTIC" if binary else "SOFTMAX"),
             helper.make_node("Normalizer", ["probability_tensor"], ["probabilities"], "Normalizer", domain="ai.onnx.ml",
                              norm="L1"),
             helper.make_node("Cast", ["label"], ["output_label"], "Cast", to=TensorProto.INT64),
             helper.make_node("ZipMap", ["probabilities"], ["output_probability"], "ZipMap", domain="ai.onnx.ml",
                              classlabels_int64s=classes)]
    scores = onnx.ValueInfoProto(name="output_probability")
    scores.type.sequence_type.elem_type.map_type.key_type = TensorProto.INT64
    scores.type.sequence_type.elem_type.map_type.value_type.tensor_type.elem_type = TensorProto.FLOAT
    write(name, nodes, {}, x, [value("X", TensorProto.FLOAT, None, x.shape[1])],
          [value("output_label", TensorProto.INT64, None), scores], ["ai.onnx.ml"])
    save(name, x[:8], model.predict_proba(x[:8]))
    labels(name, model.classes_)


logistic("sklearn-logistic-binary", features, (iris.target[order] == 1).astype(int))
logistic("sklearn-logistic", features, iris.target[order])


def keras():
    """Dense layers with Keras's own forms of leaky ReLU, PReLU, hard sigmoid, GELU and swish, and a normalisation in front."""
    f = np.float32
    sizes = [5, 6, 6, 6, 6, 6, 3]
    constants = {"mean": rng.randn(1, 5).astype(f), "deviation": rng.uniform(0.5, 2, (1, 5)).astype(f),
                 "alpha": f(0.2), "slopes": rng.uniform(0, 1, 6).astype(f), "slope": f(0.2), "shift": f(0.5), "zero": f(0),
                 "one": f(1), "half": f(0.5), "root": f(np.sqrt(2))}
    nodes = [helper.make_node("Sub", ["dense_input", "mean"], ["sub"]), helper.make_node("Div", ["sub", "deviation"], ["z"])]
    x = rng.randn(8, 5).astype(f) * 3
    a = (x.astype(np.float64) - constants["mean"]) / constants["deviation"]
    forms = [
        ([("Mul", ["alpha", "z"], "az"), ("Max", ["az", "z"], "a")], lambda z: np.maximum(0.2 * z, z)),
        ([("Relu", ["z"], "p"), ("Neg", ["z"], "n"), ("Relu", ["n"], "q"), ("Neg", ["slopes"], "s"), ("Mul", ["s", "q"], "r"),
          ("Add", ["p", "r"], "a")], lambda z: np.maximum(z, 0) - constants["slopes"] * np.maximum(-z, 0)),
        ([("Mul", ["z", "slope"], "m"), ("Add", ["m", "shift"], "t"), ("Clip", ["t", "zero", "one"], "a")],
         lambda z: np.clip(0.2 * z + 0.5, 0, 1)),
        ([("Div", ["z", "root"], "d"), ("Erf", ["d"], "e"), ("Add", ["e", "one"], "o"), ("Mul", ["z", "half"], "h"),
          ("Mul", ["h", "o"], "a")],
         lambda z: z / 2 * (1 + torch.erf(torch.from_numpy(z) / np.sqrt(2)).numpy())),
        ([("Sigmoid", ["z"], "g"), ("Mul", ["z", "g"], "a")], lambda z: z / (1 + np.exp(-z))),
        ([("Softmax", ["z"], "a")], lambda z: np.exp(z) / np.exp(z).sum(1, keepdims=True)),
    ]
    last = "z"
    for i, (form, function) in enumerate(forms):
        weights, bias = rng.randn(sizes[i], sizes[i + 1]).astype(f), rng.randn(sizes[i + 1]).astype(f)
        constants[f"kernel{i}"], constants[f"bias{i}"] = weights, bias
        nodes += [helper.make_node("MatMul", [last, f"kernel{i}"], [f"product{i}"], f"dense{i}/MatMul"),
                  helper.make_node("Add", [f"product{i}", f"bias{i}"], [f"z{i}"], f"dense{i}/BiasAdd")]
        for operator, inputs, output in form:
            inputs = [name if name in constants else f"{name}{i}" for name in inputs]
            nodes.append(helper.make_node(operator, inputs, [f"{output}{i}"], f"dense{i}/{output}"))
        last = f"a{i}"
        a = function(a @ weights + bias)
    write("keras-forms", nodes, constants, x, [value("dense_input", TensorProto.FLOAT, None, 5)],
          [value(last, TensorProto.FLOAT, None, 3)])
    save("keras-forms", x, a)


keras()


def halves(name, kind):
    """A network of PyTorch whose weights are stored in half precision, with a Cast in front of each and external data beside."""
    module = nn.Sequential(nn.Linear(4, 6), nn.GELU(), nn.Linear(6, 2)).half().float()
    x = torch.randn(8, 4)
    nodes, constants, last = [], {}, "x"
    for key in ("0", "2"):
        for part in ("weight", "bias"):
            array = dict(module.named_parameters())[f"{key}.{part}"].detach().numpy().astype(np.float16)
            constants[f"{key}.{part}"] = array
            nodes.append(helper.make_node("Cast", [f"{key}.{part}"], [f"{key}.{part}.float"], to=TensorProto.FLOAT))
        nodes.append(helper.make_node("Gemm", [last, f"{key}.weight.float", f"{key}.bias.float"], [f"z{key}"], transB=1))
        last = f"z{key}"
        if key == "0":
            nodes += [helper.make_node("Div", [last, "root"], ["d"]), helper.make_node("Erf", ["d"], ["e"]),
                      helper.make_node("Add", ["e", "one"], ["o"]), helper.make_node("Mul", [last, "o"], ["p"]),
                      helper.make_node("Mul", ["p", "half"], ["a"])]
            last = "a"
    constants |= {"root": np.float32(np.sqrt(2)), "one": np.float32(1), "half": np.float32(0.5)}
    write(name, nodes, constants, x, [value("x", TensorProto.FLOAT, "N", 4)], [value(last, TensorProto.FLOAT, "N", 2)])
    model = onnx.load(str(target / f"{name}.onnx"))
    (target / f"{name}.onnx.data").unlink(missing_ok=True)
    onnx.save(model, str(target / f"{name}.onnx"), save_as_external_data=True, location=f"{name}.onnx.data", size_threshold=8)
    with torch.no_grad():
        save(name, x.numpy(), module(x).numpy())


halves("torch-half-external", TensorProto.FLOAT16)
