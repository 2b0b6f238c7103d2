# SPDX-License-Identifier: Apache-2.0
"""The encoders behind codec_vectors.py, first part: plain codecs. Each codec is a generator of (name, client data, element size, plain, encoded)."""
import os
import struct
import tempfile

import h5py
import numpy as np

LZF, BLOSC, SNAPPY, LZ4, BITSHUFFLE, ZSTD, VBZ, BLOSC2, BZIP2 = (
    32000, 32001, 32003, 32004, 32008, 32015, 32020, 32026, 307)
SIZES = [1, 2, 3, 7, 8, 15, 16, 17, 63, 64, 100, 255, 257, 1000, 4097, 20011, 70000]
SMALL = [1, 5, 16, 33, 129, 700, 5003]
WIDTHS = [1, 2, 3, 4, 8, 16]
CODECS = {}


def codec(function):
    CODECS[function.__name__] = function
    return function


def walk(size, width=4, step=20, seed=0):
    """Correlated little-endian integers of a width: a random walk."""
    rng = np.random.default_rng(1000 * seed + size + width)
    count = -(-size // width)
    values = np.cumsum(rng.integers(-step, step + 1, count)) + 70000
    return values.astype("<i8").view("u1").reshape(count, 8)[:, :min(8, width)].copy().repeat(
        2 if width == 16 else 1, axis=1).tobytes()[:size]


def noise(size, seed=1):
    return np.random.default_rng(size + seed).bytes(size)


def text(size, seed=2):
    """Few different bytes with long and short repetitions at all kinds of distances."""
    rng = np.random.default_rng(size + seed)
    parts, length = [], 0
    words = [rng.integers(97, 97 + int(rng.integers(1, 20)), int(rng.integers(1, 30))).astype("u1").tobytes()
             for _ in range(60)]
    while length < size:
        word = words[int(rng.integers(0, 60)) ** 2 // 60]
        parts.append(word * int(rng.choice([1, 1, 1, 1, 2, 5, 40])))
        length += len(parts[-1])
    return b"".join(parts)[:size]


def mixed(size):
    third = size // 3
    return text(third) + noise(third // 4) + bytes(third) + walk(size - 2 * third - third // 4, 4)


def kinds(size):
    if size <= 20011:
        yield "walk", walk(size)
    yield "text", text(size)
    yield "zero", bytes(size)
    if size <= 1000:
        yield "noise", noise(size)


def element_type(size):
    return np.dtype("<u%d" % size) if size in (1, 2, 4, 8) else np.dtype("V%d" % size)


def chunk(plain, dtype, filter_id, options=(), shape=None):
    """The chunk and the client data that libhdf5 stores; None where the filter declined to compress."""
    array = np.frombuffer(plain, dtype)
    shape = shape or (len(array),)
    space = h5py.h5s.create_simple(shape)
    properties = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
    properties.set_chunk(shape)
    properties.set_filter(filter_id, h5py.h5z.FLAG_OPTIONAL, tuple(options))
    handle, path = tempfile.mkstemp(suffix=".h5")
    os.close(handle)
    try:
        with h5py.File(path, "w") as f:
            d = h5py.h5d.create(f.id, b"d", h5py.h5t.py_create(dtype), space, properties)
            d.write(h5py.h5s.ALL, h5py.h5s.ALL, array.reshape(shape))
        with h5py.File(path) as f:
            d = f["d"].id
            back = np.empty(shape, dtype)
            d.read(h5py.h5s.ALL, h5py.h5s.ALL, back)
            assert back.tobytes() == plain
            mask, encoded = d.read_direct_chunk((0,) * len(shape))
            return None if mask else (d.get_create_plist().get_filter(0)[2], bytes(encoded))
    finally:
        os.unlink(path)


def through_plugin(name, plain, dtype, filter_id, options=(), shape=None):
    stored = chunk(plain, dtype, filter_id, options, shape)
    if stored:
        yield name, stored[0], dtype.itemsize, plain, stored[1]


@codec
def lzf():
    for size in SIZES:
        for kind, plain in kinds(size):
            yield from through_plugin("%s %d" % (kind, size), plain, element_type(1), LZF)
    yield from through_plugin("no client data", text(3000), element_type(1), LZF)
    for size in (30011, 70000):
        yield from through_plugin("mixed %d" % size, mixed(size), element_type(1), LZF)


@codec
def lz4():
    import hdf5plugin
    assert hdf5plugin
    for size in SIZES:
        for kind, plain in kinds(size):
            yield from through_plugin("%s %d" % (kind, size), plain, element_type(1), LZ4, (0,))
    for block in (16, 100, 999, 4096, 7000, 100000):
        yield from through_plugin("block %d" % block, mixed(7000), element_type(1), LZ4, (block,))
    import lz4.block
    for level in (1, 6, 9, 12):
        plain = mixed(9000)
        encoded = lz4.block.compress(plain, mode="high_compression", compression=level, store_size=False)
        framed = struct.pack(">QII", len(plain), 1 << 30, len(encoded)) + encoded
        yield "high %d" % level, (0,), 1, plain, framed
    yield "empty", (0,), 1, b"", struct.pack(">QI", 0, 1 << 30)


@codec
def snappy():
    import cramjam
    for size in [0] + SIZES:
        for kind, plain in kinds(size):
            yield "%s %d" % (kind, size), (), 1, plain, bytes(cramjam.snappy.compress_raw(plain))
    yield "mixed", (), 1, mixed(70000), bytes(cramjam.snappy.compress_raw(mixed(70000)))


@codec
def zstd():
    import hdf5plugin
    import zstandard
    assert hdf5plugin
    for size in SIZES:
        for kind, plain in kinds(size):
            yield from through_plugin("%s %d" % (kind, size), plain, element_type(1), ZSTD, (3,))
    for level in list(range(1, 23)) + [-1, -5, -50]:
        plain = text(7001) + walk(1000)
        yield "level %d" % level, (3,), 1, plain, zstandard.ZstdCompressor(level).compress(plain)
    for step in (1, 3, 300, 30000):
        plain = walk(13000, 4, step)
        for level in (1, 6, 19):
            yield "step %d level %d" % (step, level), (3,), 4, plain, zstandard.ZstdCompressor(level).compress(plain)
    for size in range(300, 324):
        # Literals alone: four streams, of 75 to 81 codes, the last of which is up to three shorter.
        dice = noise(3 * size)
        plain = bytes(a & b & c for a, b, c in zip(dice[::3], dice[1::3], dice[2::3]))
        yield "literals %d" % size, (3,), 1, plain, zstandard.ZstdCompressor(1).compress(plain)
    sums = zstandard.ZstdCompressor(5, write_checksum=True, write_content_size=False)
    for size in [0, 1, 4, 31, 32, 33, 100, 70000]:
        yield "checksum %d" % size, (3,), 1, walk(size), sums.compress(walk(size))
    single = zstandard.ZstdCompressor(3)
    plain = walk(270000, 2, 1)[:200000] + text(100000)
    yield "three blocks", (3,), 2, plain, single.compress(plain)
    stream = single.compressobj()
    parts = [stream.compress(text(1000)), stream.flush(zstandard.COMPRESSOBJ_FLUSH_BLOCK),
             stream.compress(bytes(5000)), stream.flush(zstandard.COMPRESSOBJ_FLUSH_BLOCK),
             stream.compress(text(1000) + noise(700)), stream.flush(zstandard.COMPRESSOBJ_FLUSH_BLOCK),
             stream.compress(text(3000)), stream.flush()]
    yield "flushed blocks", (3,), 1, text(1000) + bytes(5000) + text(1000) + noise(700) + text(3000), b"".join(parts)
    skip = b"\x57\x2a\x4d\x18" + struct.pack("<I", 5) + b"12345"
    two = sums.compress(text(500)) + single.compress(text(700))
    yield "two frames", (3,), 1, text(500) + text(700), two
    yield "skippable frames", (3,), 1, text(500) + text(700), skip + two + skip
    window = zstandard.ZstdCompressionParameters(
        window_log=10, chain_log=10, hash_log=10, strategy=zstandard.STRATEGY_BTULTRA2, compression_level=19,
        write_content_size=False)
    yield "small window", (3,), 1, text(40000), zstandard.ZstdCompressor(compression_params=window).compress(text(40000))
    far = noise(9000, 9)
    yield "far match", (3,), 1, far + far, zstandard.ZstdCompressor(12).compress(far + far)
    long = zstandard.ZstdCompressionParameters(enable_ldm=True, compression_level=19, window_log=22)
    plain = text(20000) + noise(3000) + text(20000)
    yield "long distance", (3,), 1, plain, zstandard.ZstdCompressor(compression_params=long).compress(plain)
    skewed = np.random.default_rng(5).geometric(0.3, 60000).clip(1, 255).astype("u1").tobytes()
    for size in (50, 300, 1023, 1024, 6000, 30000):
        yield "skewed %d" % size, (3,), 1, skewed[:size], single.compress(skewed[:size])
