# SPDX-License-Identifier: Apache-2.0
"""Datasets and references to random regions of them; selections.py says what h5py reads of these."""

import random

import h5py
import numpy as np

from hdf5c import create
from writing import put

RECORD = np.dtype([("x", "<i4"), ("y", ">f8"), ("z", "<i2")])
REGIONS = 120


def records(shape):
    values = np.zeros(shape, RECORD)
    numbers = np.arange(values.size).reshape(shape)
    values["x"], values["y"], values["z"] = numbers, numbers / 4, -numbers
    return values


def words(shape):
    count = int(np.prod(shape))
    return np.array(["word %d" % i * (i % 3) for i in range(count)], object).reshape(shape)


def slab(space, shape, pick, op):
    """Adds a regular pattern of blocks, or takes elements in or out."""
    start, count, stride, block = [], [], [], []
    for length in shape:
        first = pick.randint(0, length - 1)
        each = pick.randint(1, max(1, (length - first) // 2))
        step = each + pick.randint(0, 2)
        start.append(first)
        block.append(each)
        stride.append(step)
        count.append(pick.randint(1, max(1, (length - first - each) // step + 1)))
    space.select_hyperslab(tuple(start), tuple(count), tuple(stride), tuple(block), op=op)


def region(shape, pick):
    space = h5py.h5s.create_simple(shape)
    kind = pick.choice(["points", "pattern", "union", "union", "none"] if pick.random() < 0.3 else ["union", "pattern"])
    if kind == "none":
        space.select_none()
    elif kind == "points":
        count = pick.randint(1, 20)
        points = [[pick.randint(0, n - 1) for n in shape] for _ in range(count)]
        space.select_elements(np.array(points, "uint64"))
    else:
        slab(space, shape, pick, h5py.h5s.SELECT_SET)
        for _ in range(pick.randint(1, 4) if kind == "union" else 0):
            slab(space, shape, pick, pick.choice([h5py.h5s.SELECT_OR, h5py.h5s.SELECT_OR, h5py.h5s.SELECT_XOR]))
    return space


def write(path, bound, seed):
    pick = random.Random(seed)
    with create(path, bound) as f:
        put(f, "cube", np.arange(13 * 11 * 9, dtype="<i2").reshape(13, 11, 9), filters=("deflate",), chunks=(4, 3, 5))
        put(f, "matrix", np.arange(1200).reshape(40, 30).astype(">f8") / 4)
        put(f, "flat", np.arange(300, dtype="<i4"), chunks=(7,), maxshape=(None,))
        put(f, "records", records((7, 6)), chunks=(2, 4))
        put(f, "words", words((5, 8)), dtype=h5py.string_dtype(), chunks=(2, 3))
        names = ["cube", "matrix", "flat", "records", "words"]
        refs = []
        for _ in range(REGIONS):
            data = f[pick.choice(names)]
            refs.append(h5py.h5r.create(data.id, b".", h5py.h5r.DATASET_REGION, region(data.shape, pick)))
        put(f, "regions", np.array(refs, h5py.regionref_dtype), dtype=h5py.regionref_dtype)


def fixtures():
    return {
        "selections_earliest": lambda path: write(path, "earliest", 1),
        "selections_v110": lambda path: write(path, "v110", 2),
    }
