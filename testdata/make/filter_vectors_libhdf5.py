# SPDX-License-Identifier: Apache-2.0
"""Vectors for the filters that libhdf5 brings along."""
import struct
import zlib

import numpy as np


def track(count, dtype, seed=1):
    """Correlated values, as an instrument gives them."""
    rng = np.random.default_rng(seed)
    steps = rng.integers(-40, 60, count)
    walk = np.cumsum(steps)
    kind = np.dtype(dtype).kind
    if kind == "f":
        return (walk * 0.37 + rng.random(count)).astype(dtype)
    if kind == "u":
        return (walk - walk.min()).astype(dtype)
    return walk.astype(dtype)


def basic(v):
    deflate_stream(v)
    for size in (1, 2, 3, 4, 5, 8, 12, 16):
        for count in (1, 2, 7, 8, 9, 64, 101):
            raw = np.random.default_rng(size * 1000 + count).integers(0, 256, size * count).astype(np.uint8)
            v.write(f"shuffle/size{size}/count{count}", raw.view(f"V{size}"), ["shuffle"])
    for count in (1, 2, 3, 720, 721, 1441, 5000):
        raw = np.random.default_rng(count).integers(0, 256, count).astype(np.uint8)
        v.write(f"fletcher32/{count}", raw, ["fletcher32"])
    v.write("fletcher32/zeros", np.zeros(9, np.uint8), ["fletcher32"])
    v.write("fletcher32/ones", np.full(1001, 255, np.uint8), ["fletcher32"])
    for dtype in ("<i4", ">f8", "<u2"):
        for filters in (["shuffle", "deflate"], ["shuffle", "deflate", "fletcher32"], ["fletcher32", "shuffle", "deflate"],
                        ["deflate", "fletcher32", "shuffle"], ["fletcher32", "deflate"], ["deflate", "deflate"]):
            v.write(f"{'+'.join(filters)}/{dtype}", track(500, dtype), filters)
    masks(v)
    old_fletcher32(v)


def deflate_stream(v):
    v.write("deflate/f4", track(1000, "<f4"), ["deflate"])
    v.write("deflate/zeros", np.zeros(5000, "<f8"), ["deflate"])
    v.write("deflate/noise", np.random.default_rng(3).integers(0, 256, 3000).astype(np.uint8), ["deflate"])
    values = track(300, "<i4")
    raw = values.tobytes()
    for level in (0, 1, 9):
        v.write(f"deflate/level{level}", values, ["deflate"], rewrite=(0, zlib.compress(raw, level)))
    for strategy in (zlib.Z_FIXED, zlib.Z_HUFFMAN_ONLY, zlib.Z_RLE):
        c = zlib.compressobj(9, zlib.DEFLATED, 9, 8, strategy)
        v.write(f"deflate/strategy{strategy}", values, ["deflate"], rewrite=(0, c.compress(raw) + c.flush()))
    c = zlib.compressobj(6)
    pieces = b"".join(c.compress(raw[i:i + 100]) + c.flush(zlib.Z_FULL_FLUSH) for i in range(0, len(raw), 100))
    v.write("deflate/flushed", values, ["deflate"], rewrite=(0, pieces + c.flush()))
    v.write("deflate/trailing", values, ["deflate"], rewrite=(0, zlib.compress(raw) + b"trailing"))


def masks(v):
    """A chunk that skipped some of its filters."""
    values = track(100, "<i4")
    raw = values.tobytes()
    shuffled = np.frombuffer(raw, np.uint8).reshape(-1, 4).T.tobytes()
    for mask, stored in ((1, zlib.compress(raw)), (2, shuffled), (3, raw)):
        v.write(f"mask{mask}/shuffle+deflate", values, ["shuffle", "deflate"], rewrite=(mask, stored))


def old_fletcher32(v):
    """The checksum as libhdf5 before 1.6.3 wrote it on little-endian machines: bytes of each half swapped."""
    for count in (6, 7, 1000):
        values = track(count, "u1")
        _, stored = v.write(f"fletcher32/new/{count}", values, ["fletcher32"])
        a, b, c, d = stored[-4:]
        v.write(f"fletcher32/old/{count}", values, ["fletcher32"], rewrite=(0, stored[:-4] + struct.pack("4B", b, a, d, c)))


def nbit(v):
    pass


def scaleoffset(v):
    pass


def szip(v):
    pass
