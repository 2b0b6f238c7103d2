# SPDX-License-Identifier: Apache-2.0
"""Test vectors for the chunk filters: what libhdf5 (or a plugin) stores for a chunk, and what it reads back.

Writes one file per filter to h5coro-core/src/test/resources/filters: gzip of a big-endian stream, see FilterVector.java.
Where a chunk went through several filters, the file is that of the last one.
Usage: filter_vectors.py [filter ...]; all filters by default. Needs requirements.txt.
"""
import gzip
import io
import struct
import sys
from pathlib import Path

import h5py
import hdf5plugin  # noqa: F401  registers the plugins
import numpy as np

import filter_vectors_libhdf5 as libhdf5
import filter_vectors_plugins as plugins
from writing import properties

TARGET = Path(__file__).resolve().parents[2] / "h5coro-core/src/test/resources/filters"
FILTERS = {
    "deflate": libhdf5.deflate,
    "shuffle": libhdf5.shuffle,
    "fletcher32": libhdf5.fletcher32,
    "nbit": libhdf5.nbit,
    "scaleoffset": libhdf5.scaleoffset,
    "szip": libhdf5.szip,
    "zfp": plugins.zfp,
    "fcidecomp": plugins.fcidecomp,
    "jpeg": plugins.jpeg,
}


class Vectors:
    """Collects vectors and writes them."""

    def __init__(self):
        self.count = 0
        self.out = io.BytesIO()

    def text(self, value):
        data = value.encode()
        self.out.write(struct.pack(">H", len(data)) + data)

    def blob(self, value):
        self.out.write(struct.pack(">i", len(value)) + value)

    def add(self, name, filters, element_size, mask, stored, decoded):
        """filters: (id, name, flags, values), decoded: bytes in file byte order."""
        self.count += 1
        self.text(name)
        self.out.write(struct.pack(">iIH", element_size, mask, len(filters)))
        for number, label, flags, values in filters:
            self.out.write(struct.pack(">i", number))
            self.text(label)
            self.out.write(struct.pack(">BH", flags & 1, len(values)))
            self.out.write(struct.pack(f">{len(values)}I", *(v & 0xFFFFFFFF for v in values)))
        self.blob(stored)
        self.blob(decoded)

    def write(self, name, values, filters, dtype=None, chunks=None, fill=None, space=None, rewrite=None, readable=True, host_swapped=False):
        """One chunk (the first) of a dataset of these values, through libhdf5.

        dtype: a type of the file that numpy has no word for (h5py TypeID); values are then its raw bytes.
        rewrite: (mask, stored bytes) to put in place of what libhdf5 wrote.
        readable: False where libhdf5 may refuse what it wrote (a known bug); the values written are the truth then.
        host_swapped: as a machine of the other byte order writes it (ZFP): client data words and decoded numbers swapped.
        """
        kind = dtype if dtype is not None else h5py.h5t.py_create(values.dtype, logical=True)
        shape = values.shape if dtype is None else space
        chunks = chunks or shape
        with h5py.File("vector.h5", "w", driver="core", backing_store=False) as f:
            dcpl = properties(chunks=chunks, filters=filters, fill=fill)
            d = h5py.h5d.create(f.id, b"d", kind, h5py.h5s.create_simple(shape), dcpl)
            d.write(h5py.h5s.ALL, h5py.h5s.ALL, np.ascontiguousarray(values), kind)
            d.flush()
            if rewrite is not None:
                d.write_direct_chunk((0,) * len(shape), rewrite[1], filter_mask=rewrite[0])
            f.flush()
            image = f.id.get_file_image()
        with h5py.File(io.BytesIO(image), "r") as f:
            d = h5py.h5d.open(f.id, b"d")
            kind = d.get_type()
            mask, stored = d.read_direct_chunk((0,) * len(shape))
            part = h5py.h5s.create_simple(shape)
            part.select_hyperslab((0,) * len(shape), tuple(min(s, c) for s, c in zip(shape, chunks)))
            count = int(np.prod([min(s, c) for s, c in zip(shape, chunks)]))
            decoded = np.zeros(count * kind.get_size(), np.uint8)
            try:
                d.read(h5py.h5s.create_simple((count,)), part, decoded, kind)
            except OSError:
                if readable:
                    raise
                print("libhdf5 does not read", name)
                decoded = np.ascontiguousarray(values).view(np.uint8)
            plist = d.get_create_plist()
            pipeline = []
            for i in range(plist.get_nfilters()):
                number, flags, cd, label = plist.get_filter(i)
                pipeline.append((number, label.decode(errors="replace"), flags, cd))
            if host_swapped:
                decoded = decoded.view(f"u{kind.get_size()}").byteswap()
                pipeline = [(n, label, flags, cd[:1] + tuple(swap(x) for x in cd[1:])) for n, label, flags, cd in pipeline]
            self.add(name, pipeline, kind.get_size(), mask, bytes(stored), decoded.tobytes())
            return mask, bytes(stored), decoded.tobytes()

    def save(self, name):
        TARGET.mkdir(parents=True, exist_ok=True)
        data = struct.pack(">i", self.count) + self.out.getvalue()
        path = TARGET / f"{name}.vectors.gz"
        path.write_bytes(gzip.compress(data, 9, mtime=0))
        print(f"{name}: {self.count} vectors, {len(data)} bytes, {path.stat().st_size} packed")


def swap(word):
    return struct.unpack("<I", struct.pack(">I", word))[0]


def main():
    for name in sys.argv[1:] or FILTERS:
        vectors = Vectors()
        FILTERS[name](vectors)
        vectors.save(name)


if __name__ == "__main__":
    main()
