# SPDX-License-Identifier: Apache-2.0
"""What StoredChunksTest expects: the stored bytes of chunks as libhdf5 gives them (H5Dread_chunk), and the bytes of slices
of contiguous datasets. Addresses are not compared but read from: what stands there has to have this checksum.

Writes h5coro-core/src/test/resources/stored_chunks.tsv. Usage: stored_chunks.py
"""
import itertools
import math
import zlib
from pathlib import Path

import h5py

ROOT = Path(__file__).resolve().parents[2]
FIXTURES = ROOT / "testdata/src/main/resources/fixtures"
TARGET = ROOT / "h5coro-core/src/test/resources/stored_chunks.tsv"
FILES = [
    "chunk_indexes_earliest",
    "chunk_indexes_v110",
    "chunk_indexes_v200",
    "filters_v200",
    "many_chunks_earliest",
    "numbers_earliest",
    "sample_granule",
    "userblock_512_earliest",
]
MOST = 12  # chunks of one dataset, from the first and the last ones
MOST_BYTES = 1 << 22  # of a chunk: some fixtures have chunks of gigabytes that nobody wrote


def origins(data):
    grid = [range(0, n, c) for n, c in zip(data.shape, data.chunks)]
    every = list(itertools.islice(itertools.product(*grid), 4000))
    return every if len(every) <= MOST else every[: MOST // 2] + every[-MOST // 2 :]


def chunks(name, data):
    for origin in origins(data):
        try:
            mask, stored = data.id.read_direct_chunk(origin)
        except (OSError, RuntimeError, MemoryError):
            stored = None  # never written: its length is undefined, 2^64 - 1
        place = ",".join(map(str, origin))
        end = ",".join(str(min(o + c, n)) for o, c, n in zip(origin, data.chunks, data.shape))
        what = "none" if stored is None else f"{mask}\t{len(stored)}\t{zlib.crc32(stored):08x}"
        yield f"{name}\t{data.name}\t{place}\t{end}\t{what}"


def contiguous(name, data):
    whole = tuple(slice(0, n) for n in data.shape)
    inner = tuple(slice(n // 3, n - n // 4) for n in data.shape)
    for part in {str(s): s for s in (whole, inner)}.values():
        stored = data[part].tobytes()
        start = ",".join(str(s.start) for s in part)
        stop = ",".join(str(s.stop) for s in part)
        yield f"{name}\t{data.name}\t{start}\t{stop}\trun\t{len(stored)}\t{zlib.crc32(stored):08x}"


def lines():
    for name in FILES:
        with h5py.File(FIXTURES / f"{name}.h5") as file:
            found = []
            file.visititems(lambda _, item: found.append(item) if isinstance(item, h5py.Dataset) else None)
            for data in found:
                if data.shape is None or 0 in data.shape:
                    continue
                if data.chunks and math.prod(data.chunks) * data.dtype.itemsize > MOST_BYTES:
                    continue
                if data.chunks:
                    yield from chunks(name, data)
                elif data.id.get_offset() is not None and data.dtype.kind in "iuf" and data.ndim > 0:
                    yield from contiguous(name, data)


TARGET.write_text("\n".join(lines()) + "\n")
