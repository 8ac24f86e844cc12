#!/usr/bin/python3
"""Writes small networks with branches as users of PyTorch write them, with inputs and the outputs that PyTorch gives.

Usage: export_graphs.py [TARGET]; needs python3-torch (1.13), as in Debian 12, and no other package. The weights are random, of the
seed below. Beside each model: input.bin, all inputs of a row side by side, ids and masks as floats, and output.bin, all outputs
of a row side by side; float32, little-endian, row by row. What inference does not mean (constants, values drawn at random) is no
part of output.bin.
"""
import pathlib
import sys
import warnings

import torch
import torch.nn.functional as F
from torch import nn

warnings.filterwarnings("ignore")
here = pathlib.Path(__file__).parent
target = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else here.parent / "resources" / "models"
target.mkdir(parents=True, exist_ok=True)
torch.manual_seed(7)
ROWS = 9


def write(name, tensors):
    rows = torch.cat([t.detach().to(torch.float32).reshape(ROWS, -1) for t in tensors], 1)
    rows.numpy().astype("<f4").tofile(target / name)


def export(name, module, inputs, opset, outputs=("y",), wanted=None):
    """Of the outputs, those at the places of wanted are what a reader gives; all if that is left out."""
    module.eval()
    # What training would have moved.
    for part in module.modules():
        if isinstance(part, (nn.LayerNorm, nn.BatchNorm1d)):
            nn.init.uniform_(part.weight, 0.5, 1.5)
            nn.init.uniform_(part.bias, -0.5, 0.5)
        if isinstance(part, nn.BatchNorm1d):
            part.running_mean.uniform_(-0.5, 0.5)
            part.running_var.uniform_(0.5, 2)
    names = list(inputs)
    dynamic = {each: {0: "batch"} for each in names + list(outputs)}
    torch.onnx.export(module, tuple(inputs.values()), str(target / f"{name}.onnx"), opset_version=opset, input_names=names,
                      output_names=list(outputs), dynamic_axes=dynamic)
    write(f"{name}.input.bin", inputs.values())
    given = module(*inputs.values())
    given = given if isinstance(given, tuple) else (given,)
    write(f"{name}.output.bin", [given[i] for i in (wanted or range(len(given)))])


def ids(*sizes):
    return torch.stack([torch.randint(0, size, (ROWS,)) for size in sizes], 1)


def mlp(*sizes, act=nn.ReLU):
    layers = []
    for inputs, outputs in zip(sizes[:-1], sizes[1:]):
        layers += [nn.Linear(inputs, outputs), act(), nn.Dropout(0.1)]
    return nn.Sequential(*layers[:-2])


class ResidualBlock(nn.Module):
    def __init__(self, width, hidden):
        super().__init__()
        self.norm = nn.BatchNorm1d(width)
        self.first = nn.Linear(width, hidden)
        self.second = nn.Linear(hidden, width)
        self.dropout = nn.Dropout(0.2)

    def forward(self, x):
        return x + self.dropout(self.second(self.dropout(F.relu(self.first(self.norm(x))))))


class ResidualMlp(nn.Module):
    """As the ResNet for tables of Gorishniy and others."""

    def __init__(self):
        super().__init__()
        self.first = nn.Linear(10, 16)
        self.blocks = nn.Sequential(*[ResidualBlock(16, 24) for _ in range(3)])
        self.norm = nn.BatchNorm1d(16)
        self.head = nn.Linear(16, 3)

    def forward(self, x):
        return F.softmax(self.head(F.relu(self.norm(self.blocks(self.first(x))))), dim=-1)


class LayerNormMlp(nn.Module):
    """Norms in front of a block and behind it, gelu, a skip from the input."""

    def __init__(self):
        super().__init__()
        self.normalize = nn.LayerNorm(12)
        self.first = nn.Linear(12, 20)
        self.norm = nn.LayerNorm(20, eps=1e-6)
        self.second = nn.Linear(20, 20)
        self.last = nn.Sequential(nn.LayerNorm(32), nn.Linear(32, 4))

    def forward(self, x):
        h = F.gelu(self.norm(self.first(self.normalize(x))))
        h = h + F.gelu(self.second(h), approximate="tanh")
        return self.last(torch.cat((h, x), dim=-1))


class WideAndDeep(nn.Module):
    SIZES = (11, 7, 23, 5)

    def __init__(self):
        super().__init__()
        self.wide = nn.ModuleList(nn.Embedding(size, 1) for size in self.SIZES)
        self.wide_numbers = nn.Linear(6, 1)
        self.embeddings = nn.ModuleList(nn.Embedding(size, min(8, (size + 1) // 2)) for size in self.SIZES)
        self.deep = mlp(sum(e.embedding_dim for e in self.embeddings) + 6, 16, 8, 1)

    def forward(self, categories, numbers):
        wide = self.wide_numbers(numbers)
        for i, each in enumerate(self.wide):
            wide = wide + each(categories[:, i])
        deep = torch.cat([each(categories[:, i]) for i, each in enumerate(self.embeddings)] + [numbers], 1)
        return torch.sigmoid(wide + self.deep(deep)).squeeze(1)


class Offsets(nn.Module):
    """One table for all fields, in which each has its part."""

    def __init__(self, sizes, width):
        super().__init__()
        self.table = nn.Embedding(sum(sizes), width)
        starts = [sum(sizes[:i]) for i in range(len(sizes))]
        self.register_buffer("starts", torch.tensor(starts).unsqueeze(0))

    def forward(self, x):
        return self.table(x + self.starts)


class DeepFm(nn.Module):
    """26 categories and 13 numbers, as Criteo's: a line, a factorisation machine, a deep network."""

    SIZES = [3 + 2 * (i % 9) for i in range(26)]

    def __init__(self):
        super().__init__()
        self.linear = Offsets(self.SIZES, 1)
        self.embedding = Offsets(self.SIZES, 4)
        self.numbers = nn.Parameter(torch.randn(13, 4) * 0.1)
        self.numbers_linear = nn.Linear(13, 1)
        self.deep = mlp(39 * 4, 24, 12, 1)

    def forward(self, sparse, dense):
        fields = torch.cat([self.embedding(sparse), dense.unsqueeze(-1) * self.numbers], dim=1)
        square_of_sum = torch.sum(fields, dim=1) ** 2
        sum_of_square = torch.sum(fields ** 2, dim=1)
        pairs = 0.5 * torch.sum(square_of_sum - sum_of_square, dim=1, keepdim=True)
        line = torch.sum(self.linear(sparse), dim=1) + self.numbers_linear(dense)
        return torch.sigmoid(line + pairs + self.deep(fields.view(-1, 39 * 4)))


class DeepAndCross(nn.Module):
    """DCN v2 in parallel: crosses of full and of low rank beside a deep network."""

    SIZES = [9, 4, 31, 6, 12]

    def __init__(self):
        super().__init__()
        self.embedding = Offsets(self.SIZES, 3)
        width = 3 * len(self.SIZES) + 7
        self.crosses = nn.ModuleList(nn.Linear(width, width) for _ in range(2))
        self.down = nn.Linear(width, 5, bias=False)
        self.up = nn.Linear(5, width)
        self.deep = mlp(width, 18, 10)
        self.head = nn.Linear(width + 10, 1)

    def forward(self, categories, numbers):
        x0 = torch.cat([self.embedding(categories).flatten(1), torch.log1p(torch.relu(numbers))], dim=1)
        x = x0
        for cross in self.crosses:
            x = x0 * cross(x) + x
        x = x0 * self.up(self.down(x)) + x
        return self.head(torch.cat([x, self.deep(x0)], dim=-1))


class TwoTowers(nn.Module):
    def __init__(self):
        super().__init__()
        self.user = nn.Embedding(40, 6)
        self.item = nn.Embedding(60, 6)
        self.user_tower = mlp(6 + 5, 16, 8)
        self.item_tower = mlp(6 + 4, 16, 8)
        self.temperature = nn.Parameter(torch.tensor(0.07))

    def forward(self, user_id, user_features, item_id, item_features):
        u = F.normalize(self.user_tower(torch.cat([self.user(user_id), user_features], -1)), dim=-1)
        v = F.normalize(self.item_tower(torch.cat([self.item(item_id), item_features], -1)), p=2, dim=1)
        return (u * v).sum(dim=-1) / self.temperature


class CosineTowers(nn.Module):
    """One tower for both, compared by cosine."""

    def __init__(self):
        super().__init__()
        self.tower = mlp(8, 12, 6, act=nn.Tanh)

    def forward(self, query, document):
        return F.cosine_similarity(self.tower(query), self.tower(document), dim=1)


class NeuralCollaborativeFiltering(nn.Module):
    def __init__(self):
        super().__init__()
        self.user_mf, self.item_mf = nn.Embedding(50, 6), nn.Embedding(70, 6)
        self.user_mlp, self.item_mlp = nn.Embedding(50, 8), nn.Embedding(70, 8)
        self.mlp = mlp(16, 16, 8)
        self.out = nn.Linear(14, 1)

    def forward(self, user, item):
        mf = torch.mul(self.user_mf(user), self.item_mf(item))
        deep = torch.relu(self.mlp(torch.cat((self.user_mlp(user), self.item_mlp(item)), dim=-1)))
        return self.out(torch.cat((mf, deep), dim=-1)).sigmoid().view(-1)


class Gated(nn.Module):
    """GLU, SwiGLU behind RMSNorm as people write it, a highway, a gated residual."""

    def __init__(self):
        super().__init__()
        self.glu = nn.Linear(9, 24)
        self.gate, self.up, self.down = nn.Linear(12, 20, False), nn.Linear(12, 20, False), nn.Linear(20, 12, False)
        self.scale = nn.Parameter(torch.rand(12) + 0.5)
        self.transform, self.carry = nn.Linear(12, 12), nn.Linear(12, 12)
        self.alpha = nn.Parameter(torch.tensor(0.3))
        self.head = nn.Linear(12, 2)

    def forward(self, x):
        x = F.glu(self.glu(x), dim=-1)
        n = x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + 1e-6) * self.scale
        x = x + self.down(F.silu(self.gate(n)) * self.up(n))
        t = torch.sigmoid(self.carry(x))
        x = t * torch.tanh(self.transform(x)) + (1 - t) * x
        left, right = x.chunk(2, dim=-1)
        return self.head(x + torch.tanh(self.alpha) * torch.cat([right, left], -1))


class MultiTask(nn.Module):
    """Experts mixed for each task by a gate (MMoE); the chance to buy is that to click times that to buy then (ESMM)."""

    def __init__(self):
        super().__init__()
        self.experts = nn.ModuleList(mlp(11, 14, 8) for _ in range(3))
        self.gates = nn.ModuleList(nn.Linear(11, 3) for _ in range(3))
        self.heads = nn.ModuleList(mlp(8, 6, 1) for _ in range(2))
        self.amount = mlp(8, 6, 2)

    def forward(self, x):
        experts = torch.stack([F.relu(expert(x)) for expert in self.experts], dim=1)
        mixed = [(experts * F.softmax(gate(x), dim=-1).unsqueeze(-1)).sum(1) for gate in self.gates]
        click = torch.sigmoid(self.heads[0](mixed[0]))
        buy = click * torch.sigmoid(self.heads[1](mixed[1]))
        mean, log_variance = self.amount(mixed[2]).chunk(2, dim=1)
        return click, buy, mean, torch.exp(0.5 * log_variance.clamp(-10, 10))


class Actor(nn.Module):
    """As the policies of ML-Agents: several sensors, a running normalisation, branches of masked actions, a sampled output."""

    BRANCHES = (3, 4)

    def __init__(self):
        super().__init__()
        self.register_buffer("mean", torch.randn(8))
        self.register_buffer("variance", torch.rand(8) * 50 + 1)
        self.register_buffer("steps", torch.tensor(37.0))
        self.body = mlp(8 + 5, 16, 16, act=nn.SiLU)
        self.heads = nn.ModuleList(nn.Linear(16, n) for n in self.BRANCHES)
        self.mu = nn.Linear(16, 2)
        self.log_sigma = nn.Parameter(torch.zeros(1, 2))
        self.version = nn.Parameter(torch.tensor([3.0]), requires_grad=False)

    def forward(self, obs_0, obs_1, action_masks):
        normalized = torch.clamp((obs_0 - self.mean) / torch.sqrt(self.variance / self.steps), -5, 5)
        hidden = F.silu(self.body(torch.cat([normalized, obs_1], dim=1)))
        masks = torch.split(action_masks, self.BRANCHES, dim=1)
        logits = [head(hidden) * mask + (1 - mask) * -1e8 for head, mask in zip(self.heads, masks)]
        probabilities = [F.softmax(each, dim=1) * mask for each, mask in zip(logits, masks)]
        discrete = torch.cat([p / (p.sum(1, keepdim=True) + 1e-7) for p in probabilities], dim=1)
        mu = self.mu(hidden)
        sampled = torch.clamp(mu + torch.randn_like(mu) * torch.exp(self.log_sigma), -3, 3) / 3
        return self.version, sampled, torch.clamp(mu, -3, 3) / 3, discrete


class MaskedCategorical(nn.Module):
    """Actions that are not allowed get −1e9, or −∞, as users of torch.where and masked_fill write it."""

    def __init__(self):
        super().__init__()
        self.body = mlp(7, 16, 16, act=nn.ELU)
        self.policy = nn.Linear(16, 5)
        self.value = nn.Linear(16, 1)

    def forward(self, obs, mask):
        hidden = self.body(obs)
        logits = torch.where(mask > 0, self.policy(hidden), torch.tensor(-1e9))
        return F.softmax(logits, dim=-1), self.value(hidden)


class MaskedFill(MaskedCategorical):
    def forward(self, obs, mask):
        return F.softmax(self.policy(self.body(obs)).masked_fill(mask == 0, float("-inf")), dim=-1)


class Hinges(nn.Module):
    """Comparisons and thresholds of values, as features that people make by hand."""

    def __init__(self):
        super().__init__()
        self.first = nn.Linear(6, 8)
        self.register_buffer("threshold", torch.linspace(-0.5, 0.5, 8))
        self.last = nn.Linear(16, 2)

    def forward(self, x):
        h = self.first(x)
        above = (h > self.threshold).float()
        small = ((h.abs() <= 1) & ~(x[:, :1] < 0)).to(torch.float32)
        rare = torch.where((h >= 0.9) | (h == 0), torch.zeros_like(h), torch.log(h.abs() + 0.1))
        return self.last(torch.cat([above * rare, small], 1))


export("torch-graph-residual", ResidualMlp(), {"x": torch.randn(ROWS, 10)}, 13)
norms = LayerNormMlp()
numbers = torch.randn(ROWS, 12)
export("torch-graph-layer-norm-14", norms, {"x": numbers}, 14)
export("torch-graph-layer-norm-17", norms, {"x": numbers}, 17)
export("torch-graph-wide-deep", WideAndDeep(), {"categories": ids(*WideAndDeep.SIZES), "numbers": torch.randn(ROWS, 6)}, 12)
export("torch-graph-deepfm", DeepFm(), {"sparse": ids(*DeepFm.SIZES), "dense": torch.rand(ROWS, 13)}, 13)
export("torch-graph-dcn-v2", DeepAndCross(), {"categories": ids(*DeepAndCross.SIZES), "numbers": 3 * torch.randn(ROWS, 7)}, 16)
export("torch-graph-two-towers", TwoTowers(),
       {"user_id": torch.randint(0, 40, (ROWS,)), "user_features": torch.randn(ROWS, 5),
        "item_id": torch.randint(0, 60, (ROWS,)), "item_features": torch.randn(ROWS, 4)}, 11, ("score",))
export("torch-graph-cosine", CosineTowers(), {"query": torch.randn(ROWS, 8), "document": torch.randn(ROWS, 8)}, 14)
export("torch-graph-ncf", NeuralCollaborativeFiltering(),
       {"user": torch.randint(0, 50, (ROWS,)), "item": torch.randint(0, 70, (ROWS,))}, 10)
export("torch-graph-gated", Gated(), {"x": torch.randn(ROWS, 9)}, 15)
export("torch-graph-multi-task", MultiTask(), {"x": torch.randn(ROWS, 11)}, 13, ("click", "buy", "mean", "deviation"))
allowed = (torch.rand(ROWS, 7) < 0.6).float()
allowed[:, (0, 3)] = 1
export("torch-graph-actor", Actor(), {"obs_0": 3 * torch.randn(ROWS, 8), "obs_1": torch.randn(ROWS, 5), "action_masks": allowed}, 9,
       ("version_number", "continuous_actions", "deterministic_continuous_actions", "discrete_probabilities"), (2, 3))
masked = MaskedCategorical()
export("torch-graph-masked-where", masked, {"obs": torch.randn(ROWS, 7), "mask": allowed[:, :5]}, 13, ("policy", "value"))
fill = MaskedFill()
fill.load_state_dict(masked.state_dict())
export("torch-graph-masked-fill", fill, {"obs": torch.randn(ROWS, 7), "mask": allowed[:, :5]}, 17)
export("torch-graph-hinges", Hinges(), {"x": torch.randn(ROWS, 6)}, 17)
