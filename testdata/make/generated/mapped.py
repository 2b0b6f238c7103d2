# SPDX-License-Identifier: Apache-2.0
"""Datasets whose values are elsewhere: in raw files, and in other datasets of this file or a second one."""

import math

import h5py
import numpy as np

from hdf5c import call
from linked import selected
from writing import UNLIMITED, held, properties, put_raw, space_of


def segments(rng, stem, size):
    """Raw files that hold `size` bytes together, one to three of them."""
    cuts = sorted(rng.randrange(size + 1) for _ in range(rng.choice((0, 0, 1, 2))))
    edges = [0] + cuts + [size]
    made = []
    for i, (a, b) in enumerate(zip(edges, edges[1:])):
        if b > a:
            name = "%s.raw%08x" % (stem, rng.getrandbits(32))
            made.append((name.encode(), rng.choice((0, 0, 7)), b - a))
    return made or [(("%s.raw" % stem).encode(), 0, size)]


class Target:
    """The virtual dataset that is being made."""

    def __init__(self, writer, group, name, recipe, element, shape):
        self.writer, self.group, self.name, self.recipe = writer, group, name, recipe
        self.element, self.shape, self.rng = element, shape, writer.rng
        self.mappings, self.count = [], 0

    def source(self, shape, element=None, limits=None, written=True):
        """A dataset to map: in this file, or in the one beside it. Its file's name and its path."""
        element = element or self.element
        here = element.pointed or self.rng.random() < 0.5
        parent = self.group if here else self.writer.beside()
        self.count += 1
        name = "%s source %d" % (self.name, self.count) if here else "s%08x" % self.rng.getrandbits(32)
        chunked = limits is not None or self.rng.random() < 0.5
        chunks = tuple(self.rng.randrange(1, max(2, s + 1)) for s in shape) if chunked and min(shape) else None
        dcpl = properties(chunks=chunks, filters=["deflate"] if chunks and self.rng.random() < 0.5 else [])
        raw = element.memory(math.prod(shape)) if written else None
        put_raw(parent, name, element.type, shape, raw, maxshape=limits, dcpl=dcpl)
        path = parent.name.rstrip("/") + "/" + name
        return "." if here else self.writer.beside_name, path

    def map(self, target, where, source):
        self.mappings.append((target, where[0].encode(), where[1].replace("%", "%%").encode(), source))


def virtual_dataset(writer, group, name, recipe, element, shape):
    target = Target(writer, group, name, recipe, element, shape)
    limits = globals()[recipe["mapping"]](target) or None
    dcpl = properties(
        alloc=None,
        attr_phase=(0, 0) if recipe["attributes"] in ("dense", "huge") else None,
        attr_order=3 if recipe["attributes"] == "ordered" else None,
    )
    dcpl.set_obj_track_times(recipe["times"] == "yes")
    if recipe["fill"] == "set":
        call("H5Pset_fill_value", dcpl.id, element.type.id, element.memory(1))
    dcpl.set_layout(h5py.h5d.VIRTUAL)
    for mapping in target.mappings:
        dcpl.set_virtual(*mapping)
    put_raw(group, name, element.type, shape, None, maxshape=limits, dcpl=dcpl)
    return h5py.Dataset(h5py.h5d.open(group.id, name.encode()))


def parts(target):
    """The dataset cut along its first dimension."""
    rows = target.shape[0]
    cuts = sorted({0, rows} | {target.rng.randrange(rows + 1) for _ in range(target.rng.randrange(3))})
    return list(zip(cuts, cuts[1:]))


def rows_of(target, start, count):
    return selected(target.shape, (start,) + (0,) * (len(target.shape) - 1), (count,) + target.shape[1:])


def regular(target):
    """Blocks of rows, each of a source; one may be left out, one source may never have been written."""
    for a, b in parts(target):
        if target.rng.random() < 0.2 and target.recipe["written"] != "whole":
            continue
        shape = (b - a,) + target.shape[1:]
        where = target.source(shape, written=target.recipe["written"] != "never")
        target.map(rows_of(target, a, b - a), where, space_of(shape))


def strided(target):
    """Every second row of one source, the others of another one."""
    rows, rest = target.shape[0], target.shape[1:]
    for first in (0, 1):
        count = (rows - first + 1) // 2
        if count:
            shape = (count + first,) + rest
            where = target.source(shape)
            here = selected(target.shape, (first,) + (0,) * len(rest), (count,) + rest, (2,) + (1,) * len(rest))
            target.map(here, where, selected(shape, (first,) + (0,) * len(rest), (count,) + rest))


def irregular(target):
    """Rows of a source that are no regular pattern."""
    rows, rest = target.shape[0], target.shape[1:]
    taken = sorted(target.rng.sample(range(rows + 5), rows))
    shape = (rows + 5,) + rest
    space = space_of(shape)
    space.select_none()
    for row in taken:
        space.select_hyperslab((row,) + (0,) * len(rest), (1,) + rest, op=h5py.h5s.SELECT_OR)
    target.map(selected(target.shape, (0,) * len(target.shape), target.shape), target.source(shape), space)


def growing(shape):
    return (None,) + shape[1:]


def unlimited(target):
    """A dimension as long as that of the source."""
    limits, rest = growing(target.shape), target.shape[1:]
    where = target.source(target.shape, limits=limits)
    zeros = (0,) * len(target.shape)
    target.map(
        selected(target.shape, zeros, (UNLIMITED,) + rest, maxshape=limits),
        where,
        selected(target.shape, zeros, (UNLIMITED,) + rest, maxshape=limits),
    )
    return limits


def numbered(target):
    """Sources that a number in their name tells apart; one of them may be missing."""
    limits, rest = growing(target.shape), target.shape[1:]
    each = target.rng.randrange(1, 4)
    base = "n%08x_" % target.rng.getrandbits(32)
    count = target.rng.randrange(1, 5)
    for i in range(count):
        if i != 1 or target.rng.random() < 0.7:
            shape = (each,) + rest
            put_raw(
                target.writer.beside(),
                base + str(i),
                target.element.type,
                shape,
                target.element.memory(math.prod(shape)),
            )
    zeros = (0,) * len(target.shape)
    blocks = selected(
        target.shape,
        zeros,
        (UNLIMITED,) + (1,) * len(rest),
        (each,) + (1,) * len(rest),
        (each,) + rest,
        maxshape=limits,
    )
    target.mappings.append(
        (blocks, target.writer.beside_name.encode(), ("/" + base + "%b").encode(), space_of((each,) + rest))
    )
    return limits


def nested(target):
    """A source that is virtual itself."""
    where = target.source(target.shape)
    inner = target.name + " inner"
    dcpl = properties(layout=h5py.h5d.VIRTUAL)
    name = where[1].replace("%", "%%").encode()
    dcpl.set_virtual(space_of(target.shape), where[0].encode(), name, space_of(target.shape))
    put_raw(target.group, inner, target.element.type, target.shape, None, dcpl=dcpl)
    target.map(space_of(target.shape), (".", target.group.name + "/" + inner), space_of(target.shape))


def missing(target):
    """A source whose file or dataset is not there, beside one that is."""
    for a, b in parts(target):
        shape = (b - a,) + target.shape[1:]
        where = target.rng.choice((("no such file.h5", "/a"), (target.writer.beside_name, "/nothing"), None))
        target.map(rows_of(target, a, b - a), where or target.source(shape), space_of(shape))


def converted(target):
    """A source of another number type, with values that both hold."""
    dtype = np.dtype(target.rng.choice((">i2", "<i4", ">f4", "<f8", "i1")))
    shape = target.shape
    chosen = target.rng.randrange(100)
    values = (np.arange(math.prod(shape)) % 100 + chosen % 20).astype(dtype)
    where = ".", target.group.name + "/" + target.name + " source"
    put_raw(target.group, target.name + " source", h5py.h5t.py_create(dtype), shape, held(values.tobytes()))
    target.map(space_of(shape), where, space_of(shape))
