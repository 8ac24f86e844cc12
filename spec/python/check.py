"""check.py FOLDER: compares tanh, gelu, the draws and the shuffle with the vectors in this folder."""
import json
import sys
from pathlib import Path

import functions
from floats import bits, of_bits

FUNCTIONS = {
    "tanh": (functions.tanh, functions.tanh_derivative),
    "gelu": (functions.gelu, functions.gelu_derivative),
}


def differences(name, vectors):
    """Texts of what differs, and the number of values that were compared."""
    found, compared = [], 0
    generator = order = None
    for vector in vectors:
        if vector["op"] == "function" and vector["name"] in FUNCTIONS:
            arguments = [of_bits(int(word, 16)) for word in vector["x"].split()]
            for which, function in zip(("value", "derivative"), FUNCTIONS[vector["name"]]):
                for x, want in zip(arguments, vector[which].split(), strict=True):
                    got = "%08X" % bits(function(x))
                    compared += 1
                    if got != want:
                        found.append(f"{name}: {vector['name']}, {which} of {x!r} is {got}, want {want}")
        elif vector["op"] in ("draws", "ints", "shuffle"):
            if vector.get("time") != "second":
                generator = functions.Generator(int(vector["seed"], 16))
                order = list(range(vector.get("n", 0)))
            if vector["op"] == "draws":
                got = " ".join("%016X" % generator.next_long() for _ in vector["longs"].split())
                want = vector["longs"]
            elif vector["op"] == "ints":
                got = " ".join(str(generator.next_int(vector["bound"])) for _ in vector["values"].split())
                want = vector["values"]
            else:
                generator.shuffle(order)
                got, want = " ".join(map(str, order)), vector["values"]
            compared += len(want.split())
            if got != want:
                found.append(f"{name}: {vector['op']} of seed {vector['seed']} gives {got}, want {want}")
    return found, compared


def main():
    failures, total = [], 0
    for name in ("01-random.json", "02-functions.json"):
        file = json.loads((Path(sys.argv[1]) / name).read_text())
        if file["arithmetic"] != 1:
            sys.exit(f"{name} is of arithmetic {file['arithmetic']}, and this program computes 1")
        found, compared = differences(name, file["vectors"])
        failures += found
        total += compared
    for failure in failures[:20]:
        print(failure)
    print(f"python: {total} values compared, {len(failures)} differ")
    sys.exit(bool(failures) or total < 1000)


main()
