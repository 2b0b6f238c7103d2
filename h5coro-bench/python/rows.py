# SPDX-License-Identifier: Apache-2.0
"""Files of many links, many datasets, many chunks, records, and of parts that another file joins. Synthetic values."""

import h5py
import numpy as np

LINKS = 50_000
CHUNKS = 10_000_000
RECORDS = 4_000_000
PARTS = 24


def links(path, libver):
    """A group of 50,000 small datasets: a symbol table with 'earliest', a dense group with 'latest'."""
    with h5py.File(path, "w", libver=libver) as f:
        group = f.create_group("many")
        for i in range(LINKS):
            group.create_dataset(f"dataset_{i:05d}", data=np.int32(i))


def thousand(path):
    """A thousand datasets of 5,000 numbers in fifty groups."""
    rng = np.random.default_rng(3)
    with h5py.File(path, "w") as f:
        for group in range(50):
            for value in range(20):
                values = rng.normal(size=5000).astype("f4")
                f.create_dataset(f"group_{group:02d}/value_{value:02d}", data=values, chunks=(2500,), compression="gzip")


def ten_million(path):
    """Ten million chunks of one number, a fixed array."""
    with h5py.File(path, "w", libver="latest") as f:
        d = f.create_dataset("values", (CHUNKS,), "i4", chunks=(1,))
        for at in range(0, CHUNKS, 100_000):
            d[at : at + 100_000] = np.arange(at, at + 100_000)


def records(path):
    """Four million records of 32 bytes, contiguous."""
    kind = np.dtype([("time", "f8"), ("x", "f4"), ("y", "f4"), ("id", "i8"), ("count", "i4"), ("flags", "u4")])
    with h5py.File(path, "w") as f:
        d = f.create_dataset("records", (RECORDS,), kind)
        for at in range(0, RECORDS, 500_000):
            numbers = np.arange(at, at + 500_000)
            part = np.zeros(len(numbers), kind)
            for name in kind.names:
                part[name] = numbers % 8191
            d[at : at + len(numbers)] = part


def joined(path):
    """A virtual dataset over 24 files beside it."""
    layout = h5py.VirtualLayout((PARTS * 1000, 100), "f4")
    rng = np.random.default_rng(4)
    for i in range(PARTS):
        name = f"part_{i:02d}.h5"
        with h5py.File(path.parent / name, "w") as f:
            values = rng.normal(size=(1000, 100)).astype("f4")
            f.create_dataset("values", data=values, chunks=(250, 100), compression="gzip")
        layout[i * 1000 : (i + 1) * 1000] = h5py.VirtualSource(name, "values", (1000, 100))
    with h5py.File(path, "w", libver="latest") as f:
        f.create_virtual_dataset("values", layout)


FILES = {
    "links.h5": lambda path: links(path, "earliest"),
    "links_dense.h5": lambda path: links(path, "latest"),
    "thousand.h5": thousand,
    "records.h5": records,
    "joined.h5": joined,
    "ten_million.h5": ten_million,
}
