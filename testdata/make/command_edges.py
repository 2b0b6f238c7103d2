# SPDX-License-Identifier: Apache-2.0
"""Small files for the tests of the command, into h5coro-cli/src/test/resources: python3 command_edges.py"""

import pathlib

import h5py
import numpy as np

FOLDER = pathlib.Path(__file__).resolve().parents[2] / "h5coro-cli" / "src" / "test" / "resources"


def odd_names():
    """Names that would act on a terminal, names with brackets and colons, names in other scripts."""
    with h5py.File(FOLDER / "odd_names.h5", "w", libver="latest") as f:
        for name in ("a\nb", "x\x1b[31mred", "bell\x07", "\u202egnp", "y\x9b2J", "温度", "Größe"):
            f[name] = np.arange(3, dtype="i4")
        d = f.create_dataset("x[1]", data=np.arange(4, dtype="i4"))
        d.attrs["n\nATTRIBUTE \"fake\""] = np.int32(1)
        f.create_group("g::h")["y"] = np.int32(2)


def deep_groups():
    """More levels of groups than ls follows."""
    with h5py.File(FOLDER / "deep_groups.h5", "w", libver="latest") as f:
        group = f
        for _ in range(503):
            group = group.create_group("g")


def unknown_filter():
    """Chunks of a filter that nobody here undoes (MAFISC), and a second dataset without."""
    with h5py.File(FOLDER / "unknown_filter.h5", "w", libver="latest") as f:
        creation = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
        creation.set_chunk((10,))
        creation.set_filter(32002, h5py.h5z.FLAG_OPTIONAL, (1, 2))
        space = h5py.h5s.create_simple((30,))
        dataset = h5py.h5d.create(f.id, b"mafisc", h5py.h5t.STD_I32LE, space, creation)
        for i in range(3):
            # The first chunk was stored without the filter.
            dataset.write_direct_chunk((10 * i,), np.arange(10, dtype="<i4").tobytes(), 1 if i == 0 else 0)
        f.create_dataset("plain", data=np.arange(3, dtype="<i4"))


odd_names()
deep_groups()
unknown_filter()
