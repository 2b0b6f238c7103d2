#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes types.h5 with libhdf5: a column of each type of HDF5, 11 rows each, and what no format holds.

    python3 make_types.py ../resources/types.h5
"""
import sys

import h5py
import numpy as np

ROWS = 11


def whole(kind):
    info = np.iinfo(kind)
    values = np.arange(ROWS, dtype=kind)
    values[0], values[1] = info.min, info.max
    return values


def floats(kind):
    info = np.finfo(kind)
    values = (np.arange(ROWS) / 3).astype(kind)
    values[:7] = [np.nan, np.inf, -np.inf, -0.0, info.max, info.tiny, info.smallest_subnormal]
    return values


def text():
    return ["", "a", "grüße", "日本", 'say "x"', "a,b", "two\nlines", " ends ", "0", "null", "x" * 300]


def low_level(group, name, stored, values, memory=None):
    """A dataset of a type that h5py makes of no dtype; converts from that of the values unless another is given."""
    space = h5py.h5s.create_simple((ROWS,))
    dataset = h5py.h5d.create(group.id, name.encode(), stored, space)
    dataset.write(h5py.h5s.ALL, h5py.h5s.ALL, values, mtype=memory)


with h5py.File(sys.argv[1], "w", libver=("earliest", "latest")) as file:
    table = file.create_group("table")
    for kind in "i1 i2 i4 i8 u1 u2 u4 u8 >i4 >u8".split():
        table[kind.replace(">", "be_")] = whole(kind)
    for kind in "f2 f4 f8 >f8".split():
        table[kind.replace(">", "be_")] = floats(kind)
    three = h5py.h5t.STD_I32LE.copy()
    three.set_precision(24)
    three.set_size(3)
    low_level(table, "i3", three, (np.arange(ROWS, dtype="i4") - 5) * 1_000_000)
    table["truth"] = np.arange(ROWS) % 3 == 0
    colours = h5py.enum_dtype({"RED": 0, "GREEN": 1, "BLUE": 7}, basetype="i2")
    table.create_dataset("colour", data=np.array([0, 1, 7] * 4)[:ROWS], dtype=colours)
    low_level(table, "c8", h5py.h5t.COMPLEX_IEEE_F32LE, (floats("f4") + 1j * np.arange(ROWS)).astype("c8"),
              h5py.h5t.COMPLEX_IEEE_F32LE)
    low_level(table, "c16", h5py.h5t.COMPLEX_IEEE_F64LE, np.arange(ROWS) - 2j * np.arange(ROWS),
              h5py.h5t.COMPLEX_IEEE_F64LE)
    table["fixed_text"] = np.array([t.encode()[:6] for t in text()], dtype="S6")
    space = h5py.h5t.C_S1.copy()
    space.set_size(6)
    space.set_strpad(h5py.h5t.STR_SPACEPAD)
    low_level(table, "space_text", space, np.array([b"%d" % i for i in range(ROWS)], dtype="S6"))
    table.create_dataset("text", data=text(), dtype=h5py.string_dtype())
    table["opaque"] = np.array([bytes([i, 255, 0]) for i in range(ROWS)], dtype="V3")
    low_level(table, "bits", h5py.h5t.STD_B8LE, np.arange(ROWS, dtype="u1") * 23, h5py.h5t.STD_B8LE)
    inner = np.dtype([("a", "<i4"), ("b", ">f8")])
    compound = np.dtype([("n", "<i2"), ("xy", "<f4", (2,)), ("t", "S3"), ("in", inner), ("c", colours)])
    values = np.zeros(ROWS, dtype=compound)
    for i in range(ROWS):
        values[i] = (i - 5, (i / 2, -i), b"t%d" % i, (i * 1000, i / 7), [0, 1, 7][i % 3])
    table.create_dataset("compound", data=values)
    arrays = table.create_dataset("array", (ROWS,), dtype=np.dtype(("<i2", (2, 3))))
    arrays[...] = np.arange(ROWS * 6, dtype="i2").reshape(ROWS, 2, 3)
    table.create_dataset("two_d", data=np.arange(ROWS * 3, dtype="f4").reshape(ROWS, 3) / 4, chunks=(4, 2),
                         compression="gzip")
    table["three_d"] = np.arange(ROWS * 4, dtype="i4").reshape(ROWS, 2, 2)
    table["text_2d"] = np.array([[b"%d" % i, b""] for i in range(ROWS)], dtype="S2")
    table["truth_2d"] = np.arange(ROWS * 3).reshape(ROWS, 3) % 2 == 0
    ragged = table.create_dataset("ragged", (ROWS,), dtype=h5py.vlen_dtype("<i4"))
    for i in range(ROWS):
        ragged[i] = np.arange(i % 4, dtype="<i4") - i
    others = file.create_group("others")
    others["scalar"] = 2.5
    others["short"] = np.arange(4, dtype="i4")
    others["i4"] = np.arange(4, dtype="i4")
    others["long"] = np.arange(9, dtype="i4")
    others["long_too"] = np.arange(9, dtype="i8")
    others.create_dataset("empty", (0,), "f4")
    others.create_dataset("empty_rows", (3, 0), "f4")
    others.create_dataset("ragged_texts", (2,), dtype=h5py.vlen_dtype(h5py.string_dtype()))
    refused = file.create_group("refused")
    refused["reference"] = np.array([others.ref, table.ref], dtype=h5py.ref_dtype)
    refused["long_double"] = np.arange(2, dtype="longdouble")
    refused["null"] = h5py.Empty("f4")
    refused.create_dataset("wide", (2, 1001), "i1")
