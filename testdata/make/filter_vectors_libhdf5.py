# SPDX-License-Identifier: Apache-2.0
"""Vectors for the filters that libhdf5 brings along."""
import struct
import zlib

from h5py import h5t
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


def shuffle(v):
    for size in (1, 2, 3, 4, 5, 8, 12, 16):
        for count in (1, 2, 7, 8, 9, 64, 101):
            raw = np.random.default_rng(size * 1000 + count).integers(0, 256, size * count).astype(np.uint8)
            v.write(f"shuffle/size{size}/count{count}", raw.view(f"V{size}"), ["shuffle"])
    pipelines(v, ["deflate", "fletcher32", "shuffle"])


def fletcher32(v):
    for count in (1, 2, 3, 720, 721, 1441, 5000):
        raw = np.random.default_rng(count).integers(0, 256, count).astype(np.uint8)
        v.write(f"fletcher32/{count}", raw, ["fletcher32"])
    v.write("fletcher32/zeros", np.zeros(9, np.uint8), ["fletcher32"])
    v.write("fletcher32/ones", np.full(1001, 255, np.uint8), ["fletcher32"])
    old_fletcher32(v)
    pipelines(v, ["shuffle", "deflate", "fletcher32"])


def deflate(v):
    deflate_stream(v)
    pipelines(v, ["shuffle", "deflate"], ["fletcher32", "shuffle", "deflate"], ["fletcher32", "deflate"],
              ["deflate", "deflate"])
    masks(v)


def pipelines(v, *several):
    for dtype in ("<i4", ">f8", "<u2"):
        for filters in several:
            v.write(f"{'+'.join(filters)}/{dtype}", track(500, dtype), filters)


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
        _, stored, _ = v.write(f"fletcher32/new/{count}", values, ["fletcher32"])
        a, b, c, d = stored[-4:]
        v.write(f"fletcher32/old/{count}", values, ["fletcher32"], rewrite=(0, stored[:-4] + struct.pack("4B", b, a, d, c)))


def narrow(base, precision, offset):
    """A copy of an integer type with fewer significant bits."""
    t = base.copy()
    t.set_precision(precision)
    t.set_offset(offset)
    return t


def noise(count, size, seed=9):
    return np.random.default_rng(seed).integers(0, 256, count * size).astype(np.uint8)


def nbit(v):
    def write(name, kind, count=37, filters=("nbit",)):
        v.write(name, noise(count, kind.get_size(), len(name)), list(filters), dtype=kind, space=(count,))

    cases = {
        "u1": (h5t.STD_U8LE, ((1, 0), (3, 2), (5, 3), (7, 1))),
        "i2le": (h5t.STD_I16LE, ((12, 0), (9, 4), (3, 11), (5, 6))),
        "i2be": (h5t.STD_I16BE, ((12, 0), (9, 4), (3, 11), (5, 6))),
        "u4le": (h5t.STD_U32LE, ((17, 5), (31, 0), (24, 8), (1, 31))),
        "u4be": (h5t.STD_U32BE, ((17, 5), (31, 0), (24, 8), (1, 31))),
        "i8le": (h5t.STD_I64LE, ((53, 7), (33, 31), (63, 1))),
        "i8be": (h5t.STD_I64BE, ((53, 7), (33, 31), (63, 1))),
    }
    for name, (base, parts) in cases.items():
        for precision, offset in parts:
            write(f"{name}/{precision}at{offset}", narrow(base, precision, offset))
    for base, size in ((h5t.STD_I64LE, 64), (h5t.STD_U32BE, 32), (h5t.STD_I16LE, 16)):
        for precision in range(1, size + 1):
            write(f"widths/{size}/{precision}", narrow(base, precision, (size - precision) // 2), 9 + precision % 8)
    write("long/i4", narrow(h5t.STD_I32LE, 19, 3), 1030)
    write("i4/full", h5t.STD_I32LE)
    write("f4/full", h5t.IEEE_F32BE)
    half = h5t.IEEE_F32LE.copy()
    half.set_fields(20, 13, 7, 0, 13)
    half.set_precision(21)
    write("f4/21bits", half)
    pair = h5t.create(h5t.COMPOUND, 12)
    pair.insert(b"a", 0, narrow(h5t.STD_I16BE, 11, 3))
    pair.insert(b"b", 3, narrow(h5t.STD_U32LE, 20, 0))
    pair.insert(b"c", 8, h5t.STD_I8LE)
    write("compound", pair)
    write("array", h5t.array_create(narrow(h5t.STD_U16LE, 10, 2), (3, 2)))
    text = h5t.C_S1.copy()
    text.set_size(5)
    mixed = h5t.create(h5t.COMPOUND, 40)
    mixed.insert(b"text", 1, text)
    mixed.insert(b"n", 6, narrow(h5t.STD_U16LE, 9, 1))
    mixed.insert(b"grid", 8, h5t.array_create(narrow(h5t.STD_I16BE, 13, 0), (4,)))
    mixed.insert(b"pair", 16, pair)
    mixed.insert(b"f", 32, h5t.IEEE_F64LE)
    write("compound/mixed", mixed)
    write("array/text", h5t.array_create(text, (4,)))
    tail = h5t.create(h5t.COMPOUND, 40)
    tail.insert(b"n", 0, narrow(h5t.STD_U16LE, 9, 1))
    tail.insert(b"pairs", 4, h5t.array_create(pair, (3,)))
    write("compound/array-of-compound-last", tail)
    write("array/compound", h5t.array_create(pair, (2,)))
    write("array/array", h5t.array_create(h5t.array_create(narrow(h5t.STD_I32LE, 19, 4), (2,)), (3,)))
    write("after-shuffle", narrow(h5t.STD_U32LE, 17, 5), filters=("nbit", "shuffle", "deflate"))


def scaleoffset(v):
    rng = np.random.default_rng(4)
    for dtype in ("i1", "u1", "<i2", ">i2", "<u2", "<i4", ">i4", ">u4", "<i8", ">u8", "<u8"):
        info = np.iinfo(dtype)
        spread = min(info.max, 1000)
        values = (info.min // 2 + rng.integers(0, spread // 3, 41)).astype(dtype)
        special = values.copy()
        special[::5] = 7
        for factor in (0, 5, np.dtype(dtype).itemsize * 8):
            v.write(f"{dtype}/bits{factor}", values, [("scaleoffset", 2, factor)])
            v.write(f"{dtype}/bits{factor}/fill7", special, [("scaleoffset", 2, factor)], fill=np.array(7, dtype))
        everything = np.linspace(0, 1, 41) * (float(info.max) - float(info.min)) + float(info.min)
        everything = np.array([int(min(max(x, info.min), info.max)) for x in everything.tolist()], dtype)
        v.write(f"{dtype}/full", everything, [("scaleoffset", 2, 0)], readable=False)
        v.write(f"{dtype}/constant", np.full(11, 3, dtype), [("scaleoffset", 2, 0)])
        v.write(f"{dtype}/constant/fill", np.full(11, 9, dtype), [("scaleoffset", 2, 0)], fill=np.array(9, dtype))
        v.write(f"{dtype}/constant/otherfill", np.full(11, 9, dtype), [("scaleoffset", 2, 0)], fill=np.array(4, dtype))
    for dtype in ("<f4", ">f4", "<f8", ">f8"):
        values = (np.cumsum(rng.normal(size=45)) * 12.3456789 - 3).astype(dtype)
        special = values.copy()
        special[::4] = -999.25
        for digits in (0, 1, 3, 6):
            v.write(f"{dtype}/digits{digits}", values, [("scaleoffset", 0, digits)])
            v.write(f"{dtype}/digits{digits}/fill", special, [("scaleoffset", 0, digits)], fill=np.array(-999.25, dtype))
        v.write(f"{dtype}/constant", np.full(8, 2.5, dtype), [("scaleoffset", 0, 2)])
        v.write(f"{dtype}/constant/fill", np.full(8, 2.5, dtype), [("scaleoffset", 0, 2)], fill=np.array(2.5, dtype))
        v.write(f"{dtype}/wide", (values * 1e6).astype(dtype), [("scaleoffset", 0, 12)], readable=False)
    v.write("with-shuffle", track(100, "<i4"), [("scaleoffset", 2, 0), "shuffle", "deflate"])
    for dtype in ("u1", "<u2", ">i4", "<i8"):
        info = np.iinfo(dtype)
        for bits in range(1, info.bits - 1):
            values = [info.min // 3 + int(x) for x in rng.integers(0, 1 << bits, 9 + bits % 8, dtype="u8")]
            values[0], values[-1] = info.min // 3, info.min // 3 + (1 << bits) - 1
            v.write(f"{dtype}/widths/{bits}", np.array(values, dtype), [("scaleoffset", 2, 0)])
    for dtype, scale in (("<i4", (2, 0)), ("<f4", (0, 2)), (">f8", (0, 3))):
        v.write(f"{dtype}/long", track(1030, dtype), [("scaleoffset", *scale)])


def szip(v):
    EC, NN = 4, 32
    for dtype in ("u1", "<u2", ">i2", "<i4", ">u4", "<f4", "<i8", ">f8"):
        for option in (EC, NN):
            for block, shape in ((32, (40, 50)), (8, (7, 64)), (16, (500,)), (2, (3, 30))):
                count = int(np.prod(shape))
                v.write(f"{dtype}/option{option}/block{block}/{'x'.join(map(str, shape))}",
                        track(count, dtype, block).reshape(shape), [("szip", option, block)])
    for option in (EC, NN):
        szip_options(v, option)
    for name, base, precision in (("u1/5bits", h5t.STD_U8LE, 5), ("u2/11bits", h5t.STD_U16BE, 11),
                                  ("u4/19bits", h5t.STD_U32LE, 19), ("u4/24bits", h5t.STD_U32BE, 24),
                                  ("u4/29bits", h5t.STD_U32LE, 29), ("u8/40bits", h5t.STD_U64LE, 40)):
        kind = narrow(base, precision, 0)
        order = ">" if base in (h5t.STD_U16BE, h5t.STD_U32BE) else "<"
        size = kind.get_size()
        values = (track(300, "<u8", precision) & (2**precision - 1)).astype(f"{order}u{size}")
        for option in (EC, NN):
            v.write(f"{name}/option{option}", values.view(np.uint8), [("szip", option, 16)], dtype=kind, space=(300,))
    v.write("with-shuffle", track(256, "<i4"), [("szip", NN, 32), "shuffle", "deflate"])
    for count in range(8, 81):
        v.write(f"lengths/{count}", track(count, "<u2", count), [("szip", NN, 8)])
    szip_long(v)
    szip_damaged(v)


def mixture(count, seed):
    """Runs of zeros, of few values, of constants and of noise."""
    rng = np.random.default_rng(seed)
    pieces = [np.zeros(rng.integers(1, 90)), rng.integers(0, 2, 50), rng.integers(0, 65536, 40),
              np.full(rng.integers(1, 60), 65535), rng.integers(0, 300, 70), np.zeros(30)]
    return np.resize(np.concatenate([pieces[i] for i in rng.permutation(len(pieces))]), count)


def szip_long(v):
    """More samples than are decoded at a time; scan lines that end inside a block."""
    for dtype in ("u1", "<u2", ">u2", "<f4"):
        for option, block in ((32, 32), (4, 10)):
            values = mixture(5000, block).astype(dtype)
            v.write(f"long/{dtype}/option{option}", values, [("szip", option, block)])
            v.write(f"long/{dtype}/lines/option{option}", values.reshape(2, 2500), [("szip", option, block)])


def szip_damaged(v):
    """Streams with a flipped bit that libhdf5 reads all the same: the values are what it makes of them.

    Where it reads over the end of the stream, the values depend on what is there; those are left out.
    """
    rng = np.random.default_rng(12)
    for dtype, option, block in (("u1", 32, 8), ("<u2", 32, 16), (">u2", 4, 8), ("<u2", 32, 2), ("<f4", 32, 8)):
        values = mixture(160, block).astype(dtype)  # whole blocks: libhdf5 does not read what fills the last one
        name = f"damaged/{dtype}/option{option}/block{block}"
        filters = [("szip", option, block)]
        _, stored, _ = v.write(name, values, filters)
        for bit in rng.choice(np.arange(32, 8 * len(stored)), 60, replace=False):
            damaged = bytearray(stored)
            damaged[bit // 8] ^= 0x80 >> bit % 8
            try:
                ends = (b"", b"\0" * 500, b"\xff" * 500)
                read = {type(v)().write(name, values, filters, rewrite=(0, bytes(damaged) + end))[2] for end in ends}
                if len(read) == 1:
                    v.write(f"{name}/bit{bit}", values, filters, rewrite=(0, bytes(damaged)))
            except OSError:
                continue


def szip_options(v, option):
    """Data that make the encoder choose each kind of block."""
    rng = np.random.default_rng(11)
    zeros = np.zeros((70, 128), "<u2")
    v.write(f"zeros/option{option}", zeros, [("szip", option, 8)])
    zeros[5, 17] = zeros[40, 3] = zeros[41, 127] = 900
    v.write(f"zeros-but-few/option{option}", zeros, [("szip", option, 2)])
    v.write(f"zeros-but-few/long-lines/option{option}", zeros.reshape(-1)[:8192].reshape(2, 4096), [("szip", option, 32)])
    sparse = (rng.random(4000) < 0.08).astype("<u2").reshape(40, 100)
    v.write(f"pairs/option{option}", sparse, [("szip", option, 16)])
    v.write(f"pairs/bytes/option{option}", sparse.astype("u1"), [("szip", option, 10)])
    for bits in range(1, 17):
        wide = rng.integers(0, 1 << bits, 256).astype("<u2")
        v.write(f"split{bits}/option{option}", wide, [("szip", option, 16)])
    extremes = np.where(rng.random(640) < 0.5, 0, 65535).astype("<u2")
    v.write(f"extremes/option{option}", extremes, [("szip", option, 32)])
    mixed = np.concatenate([np.zeros(900), rng.integers(0, 3, 300), rng.integers(0, 60000, 300), np.full(600, 77)])
    v.write(f"mixed/option{option}", mixed.astype(">u2").reshape(21, 100), [("szip", option, 20)])
    v.write(f"mixed/whole/option{option}", mixed.astype("<u2"), [("szip", option, 32)])
