# SPDX-License-Identifier: Apache-2.0
"""Writes the benchmark's files: make_files.py FOLDER. What is there already stays."""

import pathlib
import sys

import h5py
import numpy as np

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent.parent / "testdata/make"))
import filters  # noqa: E402
from large import FILES  # noqa: E402

import rows  # noqa: E402
import trades  # noqa: E402

CHUNKS = 1_000_000
CHUNK = 10


def small(path):
    """A thousand datasets of a few numbers, with attributes, in fifty groups."""
    with h5py.File(path, "w") as f:
        for group in range(50):
            for value in range(20):
                d = f.create_dataset(f"group_{group:02d}/value_{value:02d}", data=np.arange(1 + value) + group)
                d.attrs["long_name"] = f"value {value} of group {group} " * 3


def million(path, libver):
    """A dataset of a million chunks: a fixed array with 'latest', a B-tree of version 1 with 'earliest'."""
    with h5py.File(path, "w", libver=libver) as f:
        d = f.create_dataset("fixed", (CHUNKS * CHUNK,), "u2", chunks=(CHUNK,))
        step = 100_000
        for at in range(0, CHUNKS * CHUNK, step):
            d[at : at + step] = (np.arange(at, at + step) % 65521).astype("u2")


def main():
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    makers = {
        **{name + ".h5": write for name, write in FILES.items()},
        "small.h5": small,
        "million.h5": lambda path: million(path, "latest"),
        "filters.h5": filters.write,
        "million_v1.h5": lambda path: million(path, "earliest"),
        **trades.FILES,
        **rows.FILES,
    }
    for name, make in makers.items():
        path = folder / name
        if not path.exists():
            part = path.with_suffix(".part")
            make(part)
            part.rename(path)


main()
