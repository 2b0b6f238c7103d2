# SPDX-License-Identifier: Apache-2.0
"""What SelectionsTest expects: what h5py reads of regions, lists, masks and points of the fixtures of selecting.py.

Writes h5coro-core/src/test/resources/selections.tsv. Usage: selections.py

A line: fixture, dataset, kind, what is selected, shape of the result, CRC-32 of its values as text with commas between.
h5py takes lists that ascend, one at a time; libhdf5 takes points in any order.
"""
import random
import zlib
from pathlib import Path

import h5py
import numpy as np

ROOT = Path(__file__).resolve().parents[2]
FIXTURES = ROOT / "testdata/src/main/resources/fixtures"
TARGET = ROOT / "h5coro-core/src/test/resources/selections.tsv"
NAMES = ["cube", "matrix", "flat", "records", "words"]
SELECTIONS = 150


def text(value):
    if isinstance(value, bytes):
        return value.decode()
    if isinstance(value, np.void):
        return ":".join(text(value[name]) for name in value.dtype.names)
    return repr(value.item())


def line(fixture, name, kind, what, values):
    joined = ",".join(text(v) for v in values.ravel())
    shape = ",".join(map(str, values.shape))
    return f"{fixture}\t{name}\t{kind}\t{what}\t{shape}\t{zlib.crc32(joined.encode()):08x}\n"


def regions(fixture, f):
    for i, ref in enumerate(f["regions"][...]):
        data = f[ref]
        yield line(fixture, data.name, "region", i, data[ref])


def part(length, pick):
    start = pick.randint(0, length - 1)
    return slice(start, pick.randint(start + 1, length), pick.choice([1, 1, 2, 3]))


def listed(data, pick):
    axis = pick.randrange(data.ndim)
    selection = [part(n, pick) for n in data.shape]
    length = data.shape[axis]
    selection[axis] = sorted(pick.sample(range(length), pick.randint(1, min(9, length))))
    parts = [f"{s.start}:{s.stop}:{s.step}" if isinstance(s, slice) else str(s) for s in selection]
    return "[" + ",".join(parts).replace(" ", "") + "]", data[tuple(selection)]


def masked(data, pick):
    mask = np.array([pick.random() < pick.choice([0.1, 0.9]) for _ in range(data.size)]).reshape(data.shape)
    mask.ravel()[pick.randrange(data.size)] = True
    return "".join("01"[int(m)] for m in mask.ravel()), data[mask]


def pointed(data, pick):
    points = np.array([[pick.randint(0, n - 1) for n in data.shape] for _ in range(pick.randint(1, 30))], "uint64")
    space = data.id.get_space()
    space.select_elements(points)
    values = np.zeros(len(points), data.dtype)
    data.id.read(h5py.h5s.create_simple(values.shape), space, values)
    return ";".join(",".join(map(str, p)) for p in points.tolist()), values


def lines():
    for fixture in ("selections_earliest", "selections_v110"):
        pick = random.Random(fixture)
        with h5py.File(FIXTURES / (fixture + ".h5")) as f:
            yield from regions(fixture, f)
            for kind, select in {"list": listed, "mask": masked, "points": pointed}.items():
                for _ in range(SELECTIONS // 3):
                    data = f[pick.choice(NAMES)]
                    yield line(fixture, data.name, kind, *select(data, pick))


if __name__ == "__main__":
    with open(TARGET, "w") as out:
        out.writelines(lines())
