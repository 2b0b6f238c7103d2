# SPDX-License-Identifier: Apache-2.0
"""Filters beyond deflate, shuffle and fletcher32: libhdf5's own, LZF of h5py, and the plugins of hdf5plugin."""

import struct
import zlib

import h5py
import hdf5plugin
import imagecodecs
import numpy as np

from basics import compound
from datatypes import integer as integer_of_precision
from hdf5c import create
from writing import make, pattern, put, put_raw, small

Z = h5py.h5z


def smooth(dtype, shape):
    """A slow wave: what lossy and predictive codecs are made for."""
    n = int(np.prod(shape))
    wave = 1000 * np.sin(np.arange(n) / 25) + np.arange(n) % 3
    if np.dtype(dtype).kind == "u":
        wave = wave + 1100
    return (wave % 120 if np.dtype(dtype).itemsize == 1 else wave).astype(dtype).reshape(shape)


def noise(dtype, shape):
    return np.frombuffer(
        np.random.default_rng(17).bytes(int(np.prod(shape)) * np.dtype(dtype).itemsize), dtype
    ).reshape(shape)


def szip(f):
    for word, mask in (("nn", Z.SZIP_NN_OPTION_MASK), ("ec", Z.SZIP_EC_OPTION_MASK)):
        for ppb in (4, 8, 16, 32):
            for t in ("u1", "<i2", ">i4", "<f4", ">f8", "<u8"):
                name = "%s_%d/%s" % (word, ppb, np.dtype(t).str.strip("<>|"))
                put(f, name, smooth(t, (13, 20)), chunks=(7, 14), filters=[("szip", mask, ppb)])
        for name, data in (
            ("constant", np.full((300,), 7, "<i4")),
            ("noise", noise("u1", (300,))),
            ("noise_i2", noise("<i2", (300,))),
            ("zeros", np.zeros(5000, "<i2")),
        ):
            put(f, "%s_%s" % (word, name), data, chunks=(min(len(data), 1500),), filters=[("szip", mask, 16)])
        put(f, word + "_line_not_a_multiple", smooth("<i2", (10, 37)), chunks=(5, 37), filters=[("szip", mask, 8)])
        put(
            f,
            word + "_after_shuffle",
            smooth("<i4", (40,)),
            chunks=(40,),
            filters=["shuffle", ("szip", mask, 8), "fletcher32"],
        )


def nbit(f):
    for size, precision, offset in ((1, 5, 1), (2, 12, 3), (4, 17, 0), (4, 20, 12), (8, 40, 7)):
        for big in (False, True):
            for signed in (False, True):
                t = integer_of_precision(size, precision, offset, signed, big)
                raw = masked(noise("u1", (30, size)), precision, offset, big)
                put_raw(
                    f,
                    "integer/%d_%d_%d%s%s"
                    % (size, precision, offset, "_be" if big else "", "_signed" if signed else ""),
                    t,
                    (30,),
                    raw,
                    chunks=(8,),
                    filters=["nbit"],
                )
    put(f, "full_precision", smooth("<i4", (30,)), chunks=(8,), filters=["nbit"])
    put(f, "float", smooth("<f4", (30,)), chunks=(8,), filters=["nbit"])
    t12 = integer_of_precision(2, 12, 2, True, False)
    t5 = integer_of_precision(1, 5, 0, False, False)
    row = compound(
        16, ("a", 0, t12), ("c", 4, h5py.h5t.IEEE_F32BE), ("b", 2, t5), ("d", 8, h5py.h5t.array_create(t12, (3,)))
    )
    raw = np.zeros((20, 16), "u1")
    raw[:, 0:2] = np.frombuffer(masked(noise("u1", (20, 2)), 12, 2, False), "u1").reshape(20, 2)
    raw[:, 2] = np.arange(20) % 32
    raw[:, 4:8] = noise("u1", (20, 4)) & 0x3F
    raw[:, 8:14] = np.frombuffer(masked(noise("u1", (60, 2)), 12, 2, False), "u1").reshape(20, 6)
    put_raw(f, "compound", row, (20,), raw.tobytes(), chunks=(6,), filters=["nbit"])
    put_raw(
        f,
        "array",
        h5py.h5t.array_create(t12, (2, 2)),
        (10,),
        masked(noise("u1", (40, 2)), 12, 2, False),
        chunks=(4,),
        filters=["nbit"],
    )
    text = compound(7, ("n", 0, t12), ("s", 2, h5py.h5t.py_create(np.dtype("S5"))))
    put_raw(
        f,
        "compound_with_string",
        text,
        (6,),
        bytes(b"".join(bytes([4 * i, 1]) + b"abc%02d" % i for i in range(6))),
        chunks=(4,),
        filters=["nbit"],
    )
    put(f, "with_deflate", smooth("<i2", (30,)), chunks=(8,), filters=["nbit", "deflate"])


def masked(raw, precision, offset, big):
    """Elements of which only the significant bits are set (the filter drops the others)."""
    size = raw.shape[-1]
    keep = (((1 << precision) - 1) << offset).to_bytes(size, "big" if big else "little")
    return (raw & np.frombuffer(keep, "u1")).tobytes()


def scaleoffset(f):
    for t in ("i1", "u1", "<i2", ">i2", "<u4", ">i4", "<i8", ">u8"):
        word = np.dtype(t).str.strip("|").replace("<", "").replace(">", "be_")
        put(f, "integer/auto_" + word, smooth(t, (50,)), chunks=(20,), filters=[("scaleoffset", Z.SO_INT, 0)])
        put(
            f,
            "integer/nine_bits_" + word,
            (np.arange(50) % 100 + 3).astype(t),
            chunks=(20,),
            filters=[("scaleoffset", Z.SO_INT, 7)],
        )
        put(
            f,
            "integer/negative_" + word if t[-2] == "i" else "integer/high_" + word,
            (100 - np.arange(50) if t[-2] == "u" else np.arange(50) - 100).astype(t),
            chunks=(20,),
            filters=[("scaleoffset", Z.SO_INT, 0)],
        )
        d = make(
            f,
            "integer/fill_" + word,
            t,
            (50,),
            chunks=(20,),
            filters=[("scaleoffset", Z.SO_INT, 0)],
            fill=np.array(5, t),
        )
        d[3:30:2] = (np.arange(14) + 40).astype(t)
    put(f, "integer/constant", np.full(50, -77, "<i4"), chunks=(20,), filters=[("scaleoffset", Z.SO_INT, 0)])
    put(
        f,
        "integer/constant_is_fill",
        np.full(50, -77, "<i4"),
        chunks=(20,),
        filters=[("scaleoffset", Z.SO_INT, 0)],
        fill=np.int32(-77),
    )
    put(f, "integer/full_range", noise("<i4", (50,)), chunks=(20,), filters=[("scaleoffset", Z.SO_INT, 0)])
    put(f, "integer/all_bits", noise("<i4", (50,)), chunks=(20,), filters=[("scaleoffset", Z.SO_INT, 32)])
    put(
        f,
        "integer/with_deflate",
        smooth("<i4", (50,)),
        chunks=(20,),
        filters=["shuffle", "deflate"][1:] and [("scaleoffset", Z.SO_INT, 0), "deflate"],
    )
    for t in ("<f4", ">f4", "<f8", ">f8"):
        word = np.dtype(t).str.replace("<", "").replace(">", "be_")
        for digits in (0, 2, 4):
            put(
                f,
                "float/d%d_%s" % (digits, word),
                (smooth("<f8", (50,)) / 10).astype(t),
                chunks=(20,),
                filters=[("scaleoffset", Z.SO_FLOAT_DSCALE, digits)],
            )
        put(
            f,
            "float/negative_" + word,
            (-5 - np.arange(50) / 8).astype(t),
            chunks=(20,),
            filters=[("scaleoffset", Z.SO_FLOAT_DSCALE, 3)],
        )
        d = make(
            f,
            "float/fill_" + word,
            t,
            (50,),
            chunks=(20,),
            filters=[("scaleoffset", Z.SO_FLOAT_DSCALE, 3)],
            fill=np.array(-999.5, t),
        )
        d[5:40:3] = (np.arange(12) / 4).astype(t)
        put(
            f,
            "float/constant_" + word,
            np.full(50, 1.25, t),
            chunks=(20,),
            filters=[("scaleoffset", Z.SO_FLOAT_DSCALE, 3)],
        )


def lzf(f):
    for t in ("u1", "<i2", ">i4", "<f8"):
        put(f, "lzf_" + np.dtype(t).str.strip("<>|"), smooth(t, (30, 20)), chunks=(13, 9), filters=["lzf"])
    put(f, "lzf_shuffle", smooth("<i4", (30, 20)), chunks=(13, 9), filters=["shuffle", "lzf"])
    put(f, "lzf_noise", noise("u1", (300,)), chunks=(100,), filters=["lzf"])
    put(f, "lzf_zeros", np.zeros(30000, "<i4"), chunks=(30000,), filters=["lzf"])
    put(
        f,
        "lzf_text",
        np.frombuffer((b"the quick brown fox jumps over the lazy dog " * 60)[:2500], "u1"),
        chunks=(2500,),
        filters=["lzf"],
    )


SHAPES = {"1d": ((301,), (120,)), "2d": ((11, 23), (6, 12))}


def plug(f, name, options, types=("u1", "<i2", ">i4", "<f4", "<f8"), tests=("1d", "2d", "noise", "zeros", "tiny")):
    """One filter over several types; options is what hdf5plugin made. Optional, as h5py makes it: noise may stay as it is."""
    pipe = [(options.filter_id, options.filter_options, True)]
    for t in types:
        word = np.dtype(t).str.strip("<>|")
        for shape in ("1d", "2d"):
            if shape in tests and (shape == "1d" or t in ("<i2", "<f4")):
                put(
                    f,
                    "%s/%s_%s" % (name, word, shape),
                    smooth(t, SHAPES[shape][0]),
                    chunks=SHAPES[shape][1],
                    filters=pipe,
                )
    if "noise" in tests:
        put(f, name + "/noise", noise("<u2", (300,)), chunks=(300,), filters=pipe)
    if "zeros" in tests:
        put(f, name + "/zeros", np.zeros(9000, "<i4"), chunks=(9000,), filters=pipe)
    if "tiny" in tests:
        put(f, name + "/tiny", small("<i4", (3,)), chunks=(3,), filters=pipe)


def general(f):
    """Byte-oriented codecs."""
    plug(f, "lz4", hdf5plugin.LZ4())
    plug(f, "lz4_blocks_of_64", hdf5plugin.LZ4(nbytes=64), ("<i2",))
    plug(f, "zstd", hdf5plugin.Zstd(clevel=3))
    plug(f, "zstd_19", hdf5plugin.Zstd(clevel=19), ("<i4",))
    plug(f, "zstd_fast", hdf5plugin.Zstd(clevel=-5), ("<i4",))
    plug(f, "bzip2", hdf5plugin.BZip2(blocksize=9))
    text = (b"the quick brown fox jumps over the lazy dog; " * 900)[:40000]
    for name, options in (
        ("lz4", hdf5plugin.LZ4()),
        ("zstd", hdf5plugin.Zstd(clevel=12)),
        ("bzip2", hdf5plugin.BZip2(blocksize=1)),
    ):
        words = np.frombuffer(bytes(a ^ (b & 3) for a, b in zip(text, noise("u1", (40000,)).tobytes())), "u1")
        put(
            f,
            name + "/long_text",
            words[:6000],
            chunks=(6000,),
            filters=[(options.filter_id, options.filter_options, True)],
        )
    put(f, "zstd/after_shuffle", smooth("<f8", (300,)), chunks=(100,), filters=["shuffle", (32015, (3,)), "fletcher32"])


def bitshuffle(f):
    for word, options in (("none", {"cname": "none"}), ("lz4", {"cname": "lz4"}), ("zstd", {"cname": "zstd"})):
        plug(f, word, hdf5plugin.Bitshuffle(**options), ("u1", "<i2", ">i4", "<f8"), ("1d", "2d", "noise", "tiny"))
        plug(f, word + "_block_64", hdf5plugin.Bitshuffle(nelems=64, **options), ("<i2", "<f8"), ("1d", "tiny"))
        put(
            f,
            word + "/compound_of_7",
            noise("V7", (50,)),
            chunks=(20,),
            filters=[(32008, hdf5plugin.Bitshuffle(**options).filter_options)],
        )


def blosc(f):
    for codec in ("blosclz", "lz4", "lz4hc", "snappy", "zlib", "zstd"):
        for shuffle in (0, 1, 2):
            plug(
                f,
                "%s_%d" % (codec, shuffle),
                hdf5plugin.Blosc(cname=codec, clevel=5, shuffle=shuffle),
                ("<i2", "<f8") if shuffle else ("u1", ">i4"),
                ("1d", "noise", "tiny"),
            )
    plug(f, "level_0", hdf5plugin.Blosc(cname="lz4", clevel=0, shuffle=1), ("<i4",), ("1d",))
    for codec in ("blosclz", "lz4", "snappy", "zstd", "zlib"):
        options = hdf5plugin.Blosc(cname=codec, clevel=9, shuffle=1)
        put(
            f,
            codec + "_many_blocks",
            smooth("<f8", (24000,)).round() // 40,
            chunks=(24000,),
            filters=[(options.filter_id, options.filter_options, True)],
        )
    options = hdf5plugin.Blosc(cname="lz4", shuffle=2)
    put(
        f,
        "compound_of_7",
        noise("V7", (50,)),
        chunks=(20,),
        filters=[(options.filter_id, options.filter_options, True)],
    )


def blosc2(f):
    for codec in ("blosclz", "lz4", "lz4hc", "zlib", "zstd"):
        for filters in (0, 1, 2):
            plug(
                f,
                "%s_%d" % (codec, filters),
                hdf5plugin.Blosc2(cname=codec, clevel=5, filters=filters),
                ("<i2", "<f8") if filters else ("u1", ">i4"),
                ("1d", "2d", "noise", "tiny"),
            )
    for word, value in (("delta", hdf5plugin.Blosc2.DELTA), ("trunc_prec", hdf5plugin.Blosc2.TRUNC_PREC)):
        plug(f, word, hdf5plugin.Blosc2(cname="zstd", clevel=5, filters=value), ("<f4", "<f8"), ("1d", "2d"))
    options = hdf5plugin.Blosc2(cname="zstd", clevel=5, filters=1)
    put(
        f,
        "nd/3d",
        smooth("<i4", (12, 20, 15)),
        chunks=(7, 11, 8),
        filters=[(options.filter_id, options.filter_options, True)],
    )
    put(
        f,
        "nd/4d",
        smooth("<i2", (5, 6, 7, 8)),
        chunks=(4, 4, 4, 4),
        filters=[(options.filter_id, options.filter_options, True)],
    )


def zfp(f):
    modes = {
        "rate16": dict(rate=16),
        "rate5": dict(rate=5.5),
        "precision12": dict(precision=12),
        "precision30": dict(precision=30),
        "accuracy": dict(accuracy=0.01),
        "accuracy_coarse": dict(accuracy=8),
        "reversible": dict(reversible=True),
        "expert": dict(minbits=1, maxbits=700, maxprec=24, minexp=-20),
    }
    shapes = {
        "1d": ((63,), (40,)),
        "2d": ((11, 13), (6, 7)),
        "3d": ((5, 6, 7), (4, 5, 6)),
        "4d": ((5, 3, 4, 5), (4, 3, 4, 5)),
    }
    for mode, options in modes.items():
        made = hdf5plugin.Zfp(**options)
        for t in ("<f4", "<f8", "<i4", "<i8"):
            if t[1] == "i" and "accuracy" in mode:
                continue
            for word, (shape, chunks) in shapes.items():
                if t in ("<f4", "<i8") and word in ("1d", "3d") or t in ("<f8", "<i4") and word in ("2d", "4d"):
                    put(
                        f,
                        "%s/%s_%s" % (mode, t[1:], word),
                        smooth(t, shape),
                        chunks=chunks,
                        filters=[(made.filter_id, made.filter_options, True)],
                    )
    for mode in ("reversible", "accuracy", "precision30"):
        made = hdf5plugin.Zfp(**modes[mode])
        put(
            f,
            mode + "/noise",
            np.random.default_rng(4).normal(0, 1e5, (12, 13)),
            chunks=(12, 13),
            filters=[(made.filter_id, made.filter_options, True)],
        )
        put(
            f,
            mode + "/zeros",
            np.zeros((9, 9), "<f4"),
            chunks=(9, 9),
            filters=[(made.filter_id, made.filter_options, True)],
        )


def rest(f):
    """Codecs that only special tools read; some of them lossy."""
    for t, shape in (("u1", (20, 30)), ("<u2", (20, 30)), ("i1", (16, 16))):
        options = hdf5plugin.FciDecomp()
        put(
            f,
            "fcidecomp/" + np.dtype(t).str.strip("<>|"),
            smooth(t, shape),
            chunks=(12, 16) if shape == (20, 30) else shape,
            filters=[(options.filter_id, options.filter_options, True)],
        )
    put(
        f,
        "fcidecomp/noise",
        noise("<u2", (20, 20)),
        chunks=(20, 20),
        filters=[(options.filter_id, options.filter_options, True)],
    )
    put(
        f,
        "fcidecomp/flat",
        np.full((20, 20), 5, "<u2"),
        chunks=(20, 20),
        filters=[(options.filter_id, options.filter_options, True)],
    )
    for name, options in (
        ("sz", hdf5plugin.SZ(absolute=0.01)),
        ("sz3", hdf5plugin.SZ3(absolute=0.01)),
        ("sperr", hdf5plugin.Sperr(rate=8)),
    ):
        put(
            f,
            "refused/" + name,
            smooth("<f4", (20, 30)),
            chunks=(20, 30),
            filters=[(options.filter_id, options.filter_options, True)],
        )
    put(f, "refused/beside_them", small("<i4", (4,)))
    identity(f)


def identity(f):
    """A filter that this libhdf5 lacks: skipped for its only chunk, or needed."""
    d = make(f, "unavailable/optional_skipped", "<i4", (6,), chunks=(6,), filters=[(40000, (), True), "deflate"])
    d.id.write_direct_chunk((0,), zlib.compress(small("<i4", (6,)).tobytes()), 1)
    d = make(f, "unavailable/needed", "<i4", (6,), chunks=(6,), filters=[(40000, (1, 2, 3), True)])
    d.id.write_direct_chunk((0,), small("<i4", (6,)).tobytes(), 0)


QUANTISERS = {"bitgroom": 32022, "granular_bitround": 32023}


def quantisers(path, mask=1):
    """BitGroom and Granular BitRound, which this libhdf5 lacks: lossy when writing, nothing to do when reading."""
    with create(path, "v110") as f:
        for name, number in QUANTISERS.items():
            d = make(f, name, "<f4", (6,), chunks=(6,), filters=[(number, (3, 4), True), "deflate"])
            d.id.write_direct_chunk((0,), zlib.compress(small("<f4", (6,)).tobytes()), mask)
            d = make(f, name + "_alone", "<f4", (18,), chunks=(6,), filters=[(number, (3, 4), True)])
            for start in (0, 6, 12):
                d.id.write_direct_chunk((start,), small("<f4", (6,), start).tobytes(), mask)


def encoded_here():
    """Codecs for which this libhdf5 has no plugin: name, filter, client data, values, the chunk as the filter stores it."""
    values = small("<i2", (6,))
    plain = values.tobytes()
    yield "snappy", 32003, (), values, imagecodecs.snappy_encode(plain)
    yield "lzo", 305, (1, 27, 4), values, bytes([17 + len(plain)]) + plain + b"\x11\0\0"  # literals, the end mark
    # version 0, integers of 2 bytes, zigzag, no zstd: the length, a byte of widths (all 1) for four values, differences
    yield "vbz", 32020, (0, 2, 1, 0), values, struct.pack("<I", len(plain)) + bytes(2) + bytes([2] * 6)
    image = imagecodecs.jpeg8_encode(smooth("u1", (21, 30)), level=80)
    yield "jpeg", 32019, (80, 30, 21, 0), imagecodecs.jpeg8_decode(image), image


def without_plugin(path, mask=1):
    with create(path, "v110") as f:
        for name, number, parameters, values, encoded in encoded_here():
            d = make(f, name, values.dtype, values.shape, chunks=values.shape, filters=[(number, parameters, True)])
            d.id.write_direct_chunk((0,) * values.ndim, values.tobytes() if mask else encoded, mask)


def each(bound, write):
    def made(path):
        with create(path, bound) as f:
            write(f)

    return made


def fixtures():
    writers = (szip, nbit, scaleoffset, lzf, general, bitshuffle, blosc, blosc2, zfp, rest)
    return {"codec_" + w.__name__: each("v110", w) for w in writers} | {
        "codec_quantisers": quantisers,
        "codec_without_plugin": without_plugin,
    }


# described with the filters skipped, which libhdf5 can read; then written as used
AFTER = {
    "codec_quantisers": lambda path: quantisers(path, 0),
    "codec_without_plugin": lambda path: without_plugin(path, 0),
}
