# SPDX-License-Identifier: Apache-2.0
"""What a generated file holds, in the form of ../../README.md: libhdf5 reads every element in the file's own datatype,
so that it converts nothing, and parts are taken from the whole by index.

h5py's conversions are not in the way: it reads big-endian sequences in the wrong byte order, for one."""

import ctypes
import hashlib
import itertools
import math

import h5py
import numpy as np

import expect
from canon import parse_type
from hdf5c import LIB, call

LIB.H5Treclaim.restype, LIB.H5Treclaim.argtypes = ctypes.c_int, [ctypes.c_int64] * 3 + [ctypes.c_void_p]


class Values:
    """The elements of a dataset or attribute, each as its canonical bytes."""

    def __init__(self, node, raw, shape, world):
        count = math.prod(shape)
        if node.numpy is not None:
            whole = np.frombuffer(raw, node.numpy, count)
            whole = whole.astype(node.numpy.newbyteorder("<"))
            if node.numpy.kind == "f" and node.numpy.itemsize == 2:  # of NaN an array of floats keeps the sign only
                bits = whole.view("<u2")
                whole = np.where(np.isnan(whole), bits & 0x8000 | 0x7E00, bits)
                whole = whole.astype("<u2").view("<f2")
            self.items = whole.view("V%d" % node.numpy.itemsize).reshape(shape)
        else:
            view = memoryview(raw)
            self.items = np.empty(count, object)
            for i in range(count):
                self.items[i] = node.parse(view, i * node.size, world)[0]
            self.items = self.items.reshape(shape)

    def digest(self, items=None):
        items = self.items if items is None else items
        whole = items.tobytes() if items.dtype != object else b"".join(items.ravel().tolist())
        return hashlib.sha256(whole).hexdigest()


def picks(rng, shape):
    """Random parts: ranges with steps, lists of indices, points. Each as its kind, its text, and what numpy takes."""
    ranges = []
    for d in shape:
        start = rng.randrange(d)
        ranges.append((start, rng.randrange(start, d) + 1, rng.choice((1, 1, 1, 2, 3))))
    yield "slices", "[%s]" % ", ".join("%d:%d:%d" % r for r in ranges), tuple(slice(*r) for r in ranges)
    axis = rng.randrange(len(shape))
    listed = [rng.randrange(shape[axis]) for _ in range(rng.randrange(1, 6))]
    texts, taken = [], []
    for i, d in enumerate(shape):
        texts.append("[%s]" % ", ".join(map(str, listed)) if i == axis else "%d:%d:%d" % ranges[i])
        taken.append(listed if i == axis else list(range(*ranges[i])))
    yield "lists", "[%s]" % ", ".join(texts), np.ix_(*taken)
    points = [[rng.randrange(d) for d in shape] for _ in range(rng.randrange(1, 8))]
    yield "points", ",".join(map(str, itertools.chain(*points))), tuple(zip(*points))


def raw_values(did, t, node, count, space):
    raw = ctypes.create_string_buffer(max(1, count * node.size))
    if count:
        call("H5Dread", did, t, 0, 0, 0, raw)
    return raw


def reclaim(t, node, space, raw, count):
    if count and node.numpy is None and any(word in node.text for word in ("vlen", "vstring", "ref")):
        LIB.H5Treclaim(t, space.id, 0, raw)


def describe_dataset(path, dataset, world, rng):
    space = dataset.id.get_space()
    shape = expect.shape_of(space)
    t = call("H5Dget_type", dataset.id.id)
    node = parse_type(t)
    record = {"path": path, "kind": "dataset", "shape": shape, "type": node.text, **expect.storage(dataset)}
    count = 0 if shape is None else math.prod(shape)
    record.update(attributes_of(dataset, world))
    try:
        raw = raw_values(dataset.id.id, t, node, count, space)
        values = Values(node, raw, [0] if shape is None else shape, world)
        reclaim(t, node, space, raw, count)
    except RuntimeError:
        LIB.H5Tclose(t)
        return {**record, "unreadable": True}, None
    LIB.H5Tclose(t)
    record["sha256"] = values.digest()
    if shape and count:
        for kind, what, index in picks(rng, shape):
            part = values.items[index]
            record[kind] = [{"selection": what, "shape": list(part.shape), "sha256": values.digest(part)}]
    return record, raw


def describe_attribute(owner, name, world):
    attribute = h5py.h5a.open(owner.id, name)
    space = attribute.get_space()
    shape = expect.shape_of(space)
    t = call("H5Aget_type", attribute.id)
    node = parse_type(t)
    count = 0 if shape is None else math.prod(shape)
    raw = ctypes.create_string_buffer(max(1, count * node.size))
    if count:
        call("H5Aread", attribute.id, t, raw)
    values = Values(node, raw, [0] if shape is None else shape, world)
    reclaim(t, node, space, raw, count)
    LIB.H5Tclose(t)
    return {"name": expect.text(name), "shape": shape, "type": node.text, "sha256": values.digest()}


def attributes_of(owner, world):
    names = []
    h5py.h5a.iterate(owner.id, lambda name, *_: names.append(name))
    described = [describe_attribute(owner, name, world) for name in sorted(names)]
    return {"attributes": described} if described else {}


def describe(file, name, rng, memory):
    """All of an open file. memory: what was written of datasets, by path, where reading has to give the same bytes.
    Answers the description and the paths at which libhdf5 gave other bytes than it was given."""
    world = expect.World(file, False)
    objects, changed = [], []
    for path, thing in expect.walk(file, world):
        if isinstance(thing, dict):
            objects.append({"path": path, **thing})
        elif isinstance(thing, h5py.Dataset):
            record, raw = describe_dataset(path, thing, world, rng)
            objects.append(record)
            if path in memory and (raw is None or raw.raw[: len(memory[path])] != memory[path]):
                changed.append(path)
        elif isinstance(thing, h5py.Group):
            members = [expect.text(n) for n in expect.links(thing)]
            objects.append({"path": path, "kind": "group", "members": members, **attributes_of(thing, world)})
        else:
            kind = parse_type(thing.id.id).text
            objects.append({"path": path, "kind": "datatype", "type": kind, **attributes_of(thing, world)})
    return {"file": name, "objects": objects}, changed
