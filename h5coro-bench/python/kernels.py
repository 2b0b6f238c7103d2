# SPDX-License-Identifier: Apache-2.0
"""The other side of CodecTable.java: `kernels.py make FILE` writes a file with a dataset for each row; `kernels.py serve FILE [LIBDEFLATE]`
answers lines "rows", "sum ROW", "h5py ROW TIMES" and "libdeflate ROW TIMES" with "= …": processor seconds of reading the row so often, its
CRC-32. LIBDEFLATE is a shared library; without it the package `deflate` stands in, which allocates each result."""

import ctypes
import sys
import time
import zlib

import h5py
import hdf5plugin
import numpy as np

CHUNK_BYTES = 1 << 18
CHUNKS = 16


def values(count):
    """Correlated numbers, little-endian: what InflateBenchmark.java has."""
    rng = np.random.default_rng(1)
    yield "float32 walk", (100 + np.cumsum(rng.normal(0, 0.1, count * 2))).astype("<f4")
    yield "float32 rounded", np.round(np.cumsum(rng.normal(0, 1, count * 2)), 2).astype("<f4")
    yield "float64 times", 100 + np.cumsum(1e-3 + rng.normal(0, 1e-5, count)).astype("<f8")
    yield "int64 index", 1_000_000 + np.cumsum(rng.integers(0, 5, count)).astype("<i8")


def planes(array):
    """Each chunk's first bytes of all elements, then their second bytes, and so on."""
    return np.ascontiguousarray(array.view("u1").reshape(CHUNKS, -1, array.itemsize).transpose(0, 2, 1)).reshape(-1)


FILTERS = {
    "deflate": lambda: {"compression": "gzip", "compression_opts": 6},
    "zstd": lambda: hdf5plugin.Zstd(clevel=3),
    "lz4": lambda: hdf5plugin.LZ4(),
    "bitshuffle": lambda: hdf5plugin.Bitshuffle(cname="none"),
    "bitshuffle lz4": lambda: hdf5plugin.Bitshuffle(cname="lz4"),
    "bitshuffle zstd": lambda: hdf5plugin.Bitshuffle(cname="zstd"),
    "blosc lz4": lambda: hdf5plugin.Blosc(cname="lz4", clevel=5, shuffle=hdf5plugin.Blosc.SHUFFLE),
    "blosc blosclz": lambda: hdf5plugin.Blosc(cname="blosclz", clevel=5, shuffle=hdf5plugin.Blosc.SHUFFLE),
    "blosc zstd": lambda: hdf5plugin.Blosc(cname="zstd", clevel=5, shuffle=hdf5plugin.Blosc.SHUFFLE),
    "blosc zlib": lambda: hdf5plugin.Blosc(cname="zlib", clevel=5, shuffle=hdf5plugin.Blosc.SHUFFLE),
    "blosc lz4 bits": lambda: hdf5plugin.Blosc(cname="lz4", clevel=5, shuffle=hdf5plugin.Blosc.BITSHUFFLE),
    "blosc2 lz4": lambda: hdf5plugin.Blosc2(cname="lz4", clevel=5, filters=hdf5plugin.Blosc2.SHUFFLE),
    "blosc2 zstd": lambda: hdf5plugin.Blosc2(cname="zstd", clevel=5, filters=hdf5plugin.Blosc2.SHUFFLE),
}


def make(path):
    with h5py.File(path, "w") as file:
        for name, plain in values(CHUNKS * CHUNK_BYTES // 8):
            arrays = {name: plain, name + ", shuffled": planes(plain)}
            for codec, options in FILTERS.items():
                for kind, array in arrays.items():
                    if codec.startswith(("blosc", "bitshuffle")) and array is not plain:
                        continue
                    file.create_dataset(codec + ": " + kind, data=array, chunks=(CHUNK_BYTES // array.itemsize,), **options())


class Libdeflate:
    def __init__(self, path):
        self.library = ctypes.CDLL(path)
        self.library.libdeflate_alloc_decompressor.restype = ctypes.c_void_p
        self.decompressor = ctypes.c_void_p(self.library.libdeflate_alloc_decompressor())
        self.room = ctypes.create_string_buffer(CHUNK_BYTES)

    def decompress(self, chunk):
        failed = self.library.libdeflate_zlib_decompress(
            self.decompressor, chunk, ctypes.c_size_t(len(chunk)), self.room, ctypes.c_size_t(CHUNK_BYTES), None)
        if failed:
            raise ValueError(failed)


def package():
    import deflate

    return lambda chunk: deflate.zlib_decompress(chunk, CHUNK_BYTES)


def timed(times, work):
    start = time.process_time()
    for _ in range(times):
        work()
    return time.process_time() - start


def serve(path, library=None):
    decompress = Libdeflate(library).decompress if library else None
    with h5py.File(path, "r", rdcc_nbytes=1 << 20) as file:
        for line in sys.stdin:
            words = line.rstrip("\n").split("\t")
            if words[0] == "rows":
                print("= " + "\t".join(sorted(file)), flush=True)
                continue
            dataset = file[words[1]]
            room = np.empty(dataset.shape, dataset.dtype)
            if words[0] == "sum":
                dataset.read_direct(room)
                answer = zlib.crc32(room.tobytes())
            elif words[0] == "h5py":
                answer = timed(int(words[2]), lambda: dataset.read_direct(room))
            else:
                decompress = decompress or package()
                chunks = [dataset.id.read_direct_chunk((i * dataset.chunks[0],))[1] for i in range(CHUNKS)]
                answer = timed(int(words[2]), lambda: [decompress(chunk) for chunk in chunks])
            print("= %s" % answer, flush=True)


if __name__ == "__main__":
    {"make": make, "serve": serve}[sys.argv[1]](*sys.argv[2:])
