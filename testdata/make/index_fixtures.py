# SPDX-License-Identifier: Apache-2.0
"""Writes what h5coro-core's tests of single structures compare with. make_fixtures.py runs it; alone:

    python index_fixtures.py

Chunk tables: what libhdf5 says of every stored chunk. One text file for each fixture below. A line "dataset <path> <address of its object header>" is followed by one line for
each chunk: "<element offsets, comma separated> <address> <stored bytes> <filter mask> <CRC-32 of the stored bytes>".
Addresses count from the base address of the file.

The address is "?" in extensible arrays whose unlimited dimension is not the first: the calls of libhdf5 2.0 that tell
addresses (H5Dchunk_iter, H5Dget_chunk_info and _by_coord) iterate over the array and give wrong offsets there, and leave
chunks out. What it reads is right (H5Dread_chunk looks chunks up), so the bytes stand for the address.
"""
import itertools
import math
import pathlib
import zlib

import h5py

HERE = pathlib.Path(__file__).parent
FIXTURES = HERE.parent / "src/main/resources/fixtures"
TABLES = HERE.parent.parent / "h5coro-core/src/test/resources/index"
FILES = [
    "chunk_indexes_earliest",
    "chunk_indexes_v110",
    "chunk_indexes_v200",
    "many_chunks_earliest",
    "many_chunks_v110",
    "widths_2_2_earliest",
    "widths_2_2_v110",
    "widths_4_4_earliest",
    "widths_4_4_v110",
    "widths_4_8_v110",
    "widths_8_4_earliest",
    "widths_8_4_v110",
    "userblock_512_earliest",
    "userblock_4096_v110",
]


def iterated(dataset):
    """Offset, address and size of the stored chunks, from the iteration."""
    found = []
    dataset.id.chunk_iter(found.append)
    return sorted((c.chunk_offset, c.byte_offset, c.size) for c in found)


def looked_up(dataset):
    """Offsets of the stored chunks, each place of the grid looked up."""
    counts = [-(-n // c) for n, c in zip(dataset.shape, dataset.chunks)]
    assert math.prod(counts) <= 100_000, dataset.name
    for at in itertools.product(*map(range, counts)):
        offset = tuple(i * c for i, c in zip(at, dataset.chunks))
        try:
            dataset.id.read_direct_chunk(offset)
        except (RuntimeError, ValueError, OSError):
            continue
        yield offset, None, None


def table(file):
    base = file.userblock_size
    lines = []

    def visit(name, thing):
        if not isinstance(thing, h5py.Dataset) or not thing.chunks:
            return
        lines.append(f"dataset /{name} {h5py.h5o.get_info(thing.id).addr}")
        unlimited = [d for d, n in enumerate(thing.maxshape) if n is None]
        for offset, address, size in looked_up(thing) if len(unlimited) == 1 and unlimited[0] > 0 else iterated(thing):
            mask, stored = thing.id.read_direct_chunk(offset)
            assert size in (None, len(stored)), thing.name
            place = "?" if address is None else address - base
            lines.append(f"{','.join(map(str, offset))} {place} {len(stored)} {mask} {zlib.crc32(stored):08x}")

    file.visititems(visit)
    return lines


def dense_groups(file):
    """Groups and the members that their fractal heap and B-tree hold: path, header address, number, CRC-32 of the names."""
    lines = []

    def visit(name, thing):
        if isinstance(thing, h5py.Group) and len(thing):
            names = "\n".join(sorted(thing)).encode()
            lines.append(f"/{name} {h5py.h5o.get_info(thing.id).addr} {len(thing)} {zlib.crc32(names):08x}")

    file.visititems(visit)
    return lines


def text_sets(file):
    """Contiguous datasets of variable-length text: path, address of the heap ids, number, CRC-32 of the texts."""
    lines = []

    def visit(name, thing):
        if not isinstance(thing, h5py.Dataset) or thing.chunks or not h5py.check_string_dtype(thing.dtype):
            return
        if h5py.check_string_dtype(thing.dtype).length is None and thing.size and thing.id.get_offset():
            texts = b"\n".join(thing[()].ravel()) if thing.shape else thing[()]
            place = thing.id.get_offset() - file.userblock_size
            lines.append(f"/{name} {place} {thing.size} {zlib.crc32(texts):08x}")

    file.visititems(visit)
    return lines


def write():
    TABLES.mkdir(parents=True, exist_ok=True)
    kinds = {name: table for name in FILES}
    kinds.update({name: dense_groups for name in ("fractal_heaps", "fractal_heaps_narrow")})
    kinds.update({name: text_sets for name in ("strings_earliest", "strings_v18")})
    for name, kind in kinds.items():
        with h5py.File(FIXTURES / (name + ".h5"), "r") as file:
            (TABLES / (name + ".txt")).write_text("\n".join(kind(file)) + "\n")


if __name__ == "__main__":
    write()
