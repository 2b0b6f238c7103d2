# SPDX-License-Identifier: Apache-2.0
"""Writes the benchmark's files other than the granules: make_files.py FOLDER. What is there already stays."""

import pathlib
import sys

import h5py
import numpy as np

CHUNKS = 1_000_000
CHUNK = 10


def climate(path):
    """Air temperature on a one-degree grid, 400 days; shuffle and deflate."""
    rng = np.random.default_rng(1)
    with h5py.File(path, "w") as f:
        d = f.create_dataset("t2m", (400, 180, 360), "f4", chunks=(20, 45, 60), shuffle=True, compression="gzip")
        lat = np.cos(np.radians(np.arange(180) - 90))[:, None]
        for day in range(0, 400, 20):
            t = np.arange(day, day + 20)[:, None, None]
            d[day : day + 20] = np.round(
                250 + 45 * lat + 10 * np.sin(t / 58) + rng.normal(0, 1, (20, 180, 360)), 2
            ).astype("f4")


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
        "climate.h5": climate,
        "small.h5": small,
        "million.h5": lambda path: million(path, "latest"),
        "million_v1.h5": lambda path: million(path, "earliest"),
    }
    for name, make in makers.items():
        path = folder / name
        if not path.exists():
            part = path.with_suffix(".part")
            make(part)
            part.rename(path)


main()
