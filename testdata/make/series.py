# SPDX-License-Identifier: Apache-2.0
"""Writes files whose datasets are parts of one another's: what h5coro-core's FileSeriesTest and SeriesDatasetTest read.
Row r of all files together has the value r in every dataset, in the form that its type gives it."""

import pathlib

import h5py
import numpy as np

RESOURCES = pathlib.Path(__file__).parent.parent.parent / "h5coro-core/src/test/resources/series"

# Rows of the files that fit together; one has none.
ROWS = (2500, 0, 1200, 1, 3000)


def write(name, first, rows):
    numbers = np.arange(first, first + rows)
    texts = [f"row {r}" for r in numbers]
    with h5py.File(RESOURCES / name, "w", libver="latest") as o:
        o.attrs["first"] = np.int32(first)
        # Behind each other, so that each takes requests of its own.
        o.create_dataset("contiguous", data=numbers.astype("i4"))
        columns = np.repeat(numbers[:, None], 3, 1) + [0, 0.25, 0.5]
        o.create_dataset("chunked", data=columns, chunks=(700, 2), compression="gzip", maxshape=(None, 3))
        few = min(rows, 20)
        o.create_dataset("few/short", data=numbers[:few].astype("i2"))
        o.create_dataset("few/byte", data=numbers[:few].astype("i1"))
        o.create_dataset("few/long", data=numbers[:few].astype("u8"))
        o.create_dataset("few/float", data=numbers[:few].astype("f4"))
        o.create_dataset("few/text", data=texts[:few], dtype=h5py.string_dtype())
        o.create_dataset("few/fixed", data=np.array(texts[:few], "S8") if few else np.zeros(0, "S8"))
        compound = np.zeros(few, [("id", "i4"), ("pair", "f8", (2,)), ("code", "S2")])
        compound["id"] = numbers[:few]
        compound["pair"] = np.stack([numbers[:few], -numbers[:few]], 1)
        compound["code"] = [b"%02d" % (r % 100) for r in numbers[:few]]
        o.create_dataset("few/compound", data=compound)
        sequences = o.create_dataset("few/sequence", (few,), h5py.vlen_dtype("i4"))
        for i in range(few):
            sequences[i] = np.arange(numbers[i], numbers[i] + i % 3)
        o.create_dataset("few/opaque", data=numbers[:few].astype("<i4").view("V4") if few else np.zeros(0, "V4"))
        o.create_dataset("few/complex", data=numbers[:few] + 1j * numbers[:few])
        references = o.create_dataset("few/reference", (few,), h5py.ref_dtype)
        for i in range(few):
            references[i] = o["contiguous"].ref
        o.create_dataset("scalar", data=np.int32(first))


def joined(name, files):
    """A virtual dataset over so many files, each of which has the contents of part_0."""
    layout = h5py.VirtualLayout((files * ROWS[0],), "i4")
    for i in range(files):
        source = h5py.VirtualSource(f"file_{i:02d}.h5", "contiguous", (ROWS[0],))
        layout[i * ROWS[0] : (i + 1) * ROWS[0]] = source
    with h5py.File(RESOURCES / name, "w", libver="latest") as o:
        o.create_virtual_dataset("values", layout)


def many(name, groups, datasets):
    """So many groups of so many datasets."""
    with h5py.File(RESOURCES / name, "w") as o:
        for group in range(groups):
            for i in range(datasets):
                number = group * datasets + i
                o.create_dataset(f"group_{group:02d}/value_{i:02d}", data=np.arange(8, dtype="i4") + number)


def main():
    RESOURCES.mkdir(parents=True, exist_ok=True)
    first = 0
    for i, rows in enumerate(ROWS):
        write(f"part_{i}.h5", first, rows)
        first += rows
    joined("joined.h5", 24)
    many("many.h5", 50, 20)
    with h5py.File(RESOURCES / "other_type.h5", "w") as o:
        o["contiguous"] = np.arange(4, dtype="i8")
        o["chunked"] = np.zeros((4, 2))
        o["scalar"] = np.int32(1)


main()
