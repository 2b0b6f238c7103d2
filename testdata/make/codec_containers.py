# SPDX-License-Identifier: Apache-2.0
"""The encoders behind codec_vectors.py, second part: containers around other codecs."""
import os
import struct

import numpy as np

from codec_encoders import (
    BITSHUFFLE, BLOSC, BLOSC2, BZIP2, LZ4, LZF, SIZES, SNAPPY, VBZ, WIDTHS, ZSTD, codec, element_type, kinds, mixed, noise,
    text, through_plugin, walk)

COUNTS = [1, 7, 8, 9, 63, 64, 65, 200, 803]


@codec
def bitshuffle():
    import hdf5plugin
    assert hdf5plugin
    for width in WIDTHS:
        for count in COUNTS:
            for codec_options in ((0, 0), (0, 2), (0, 3, 3)):
                name = "width %d count %d codec %d" % (width, count, codec_options[1])
                yield from through_plugin(name, walk(count * width, width), element_type(width), BITSHUFFLE,
                                          codec_options)
        for block in (8, 64, 1000):
            name = "width %d block %d" % (width, block)
            yield from through_plugin(name, walk(1100 * width, width), element_type(width), BITSHUFFLE, (block, 2))
    for codec_options in ((0, 2), (0, 3, 9)):
        yield from through_plugin("noise", noise(4004), element_type(4), BITSHUFFLE, codec_options)
        yield from through_plugin("long", walk(30000, 2), element_type(2), BITSHUFFLE, codec_options)
        yield from through_plugin("zeros", bytes(70000), element_type(8), BITSHUFFLE, codec_options)


@codec
def blosc():
    import blosc as library
    import hdf5plugin
    library.set_nthreads(1)  # more write their blocks in the order in which they finish
    shuffles = {0: library.NOSHUFFLE, 1: library.SHUFFLE, 2: library.BITSHUFFLE}
    names = [("blosclz", 0), ("lz4", 1), ("lz4hc", 2), ("snappy", 3), ("zlib", 4), ("zstd", 5)]
    for cname, code in names:
        for shuffle in shuffles:
            for width, count in ((1, 2000), (2, 515), (4, 600), (8, 303)):
                name = "%s shuffle %d width %d" % (cname, shuffle, width)
                options = hdf5plugin.Blosc(cname=cname, clevel=5, shuffle=shuffle).filter_options
                yield from through_plugin(name, walk(count * width, width), element_type(width), BLOSC, options)
        for level in range(10):
            options = hdf5plugin.Blosc(cname=cname, clevel=level, shuffle=1).filter_options
            yield from through_plugin("%s level %d" % (cname, level), walk(2400, 4), element_type(4), BLOSC, options)
    for cname in library.compressor_list():
        for block in (512, 4096):
            library.set_blocksize(block)
            for width in WIDTHS + [17, 255]:
                for shuffle in shuffles.values():
                    plain = walk(block + 1100 + width, width)
                    name = "%s width %d shuffle %d block %d" % (cname, width, shuffle, block)
                    encoded = library.compress(plain, typesize=width, clevel=5, shuffle=shuffle, cname=cname)
                    if cname == "lz4" or width in (3, 4) and block == 512 or cname == "zstd" and width == 8:
                        yield name, (2, 2, width, len(plain), 5, shuffle, 0), width, plain, encoded
    library.set_blocksize(0)
    for size in [0, 1, 3, 16, 127, 128, 129, 1000, 70000]:
        for kind, plain in (("text", text(size)), ("noise", noise(min(size, 1500))), ("zero", bytes(size))):
            for cname in ("blosclz", "lz4"):
                encoded = library.compress(plain, typesize=4, clevel=9, shuffle=1, cname=cname)
                yield "%s %s %d" % (cname, kind, size), (2, 2, 4, size, 9, 1, 0), 4, plain, encoded


@codec
def blosc2():
    import blosc2 as library
    import hdf5plugin
    library.set_nthreads(1)
    for cname in ("blosclz", "lz4", "lz4hc", "zlib", "zstd"):
        for filters in (0, 1, 2, 3, 4):
            for width, count in ((1, 900), (2, 515), (4, 600), (8, 203)):
                options = hdf5plugin.Blosc2(cname=cname, clevel=5, filters=filters).filter_options
                yield from through_plugin("%s filter %d width %d" % (cname, filters, width), walk(count * width, width),
                                          element_type(width), BLOSC2, options)
        for level in range(10):
            options = hdf5plugin.Blosc2(cname=cname, clevel=level, filters=1).filter_options
            yield from through_plugin("%s level %d" % (cname, level), walk(1000, 4), element_type(4), BLOSC2, options)
    for shape in ((7, 5), (33, 20), (1, 50), (64, 64), (5, 6, 7), (20, 9, 31), (3, 4, 5, 6), (2, 3, 1, 4, 5), (300, 40)):
        for width in (1, 4, 8):
            size = int(np.prod(shape)) * width
            for filters in (1, 2):
                options = hdf5plugin.Blosc2(cname="lz4", clevel=5, filters=filters).filter_options
                if size < 9000:
                    yield from through_plugin("shape %s width %d filter %d" % (shape, width, filters),
                                              walk(size, width), element_type(width), BLOSC2, options, shape)
    for kind, plain in (("zero", bytes(70000)), ("noise", noise(4000)), ("same", b"\x07" * 5000), ("text", text(70000))):
        options = hdf5plugin.Blosc2(cname="zstd", clevel=5, filters=1).filter_options
        yield from through_plugin(kind, plain, element_type(4), BLOSC2, options)
    yield from blosc2_frames(library)
    yield from blosc2_special(library)
    yield from blosc2_arrays(library)


def blosc2_frame(library, name, plain, width, chunk_length=None, **options):
    parameters = dict({"codec": library.Codec.ZSTD, "clevel": 5, "typesize": width, "nthreads": 1}, **options)
    s = library.SChunk(chunksize=chunk_length or len(plain), data=plain, cparams=parameters)
    if s[:] == plain:
        yield name, (), width, plain, s.to_cframe()
    else:
        print("blosc2 itself does not restore", name)


def blosc2_frames(library):
    """Frames that the plugin does not write by itself but reads: other filters, more blocks, more chunks."""
    f, c = library.Filter, library.Codec
    pipelines = (
        ("delta", [f.DELTA, f.SHUFFLE]), ("delta alone", [f.DELTA]), ("shuffle", [f.SHUFFLE]),
        ("bitshuffle", [f.BITSHUFFLE]), ("byte delta", [f.SHUFFLE, f.BYTEDELTA]), ("two", [f.SHUFFLE, f.BITSHUFFLE]))
    for width in WIDTHS + [7, 24, 255, 300]:
        plain = walk(20 * width, 8) if width > 16 else walk(1200 // width * width, width)
        for name, filters in pipelines:
            if width == 300 and name == "byte delta":
                continue
            meta = [0, width if width < 128 else 0, 0, 0, 0, 0] if name == "byte delta" else [0] * 6
            yield from blosc2_frame(
                library, "%s width %d" % (name, width), plain, width, filters=filters + [f.NOFILTER] * (6 - len(filters)),
                filters_meta=meta, blocksize=512 // width * width if width <= 255 else width)
    for split in library.SplitMode:
        for kind in (c.BLOSCLZ, c.LZ4, c.ZSTD):
            yield from blosc2_frame(
                library, "split %s %s" % (split.name, kind.name), walk(1500, 4), 4, splitmode=split, codec=kind,
                blocksize=600)
    rounded = (np.frombuffer(walk(2000, 4), "<i4") / 7).astype("<f4")
    s = library.SChunk(chunksize=rounded.nbytes, data=rounded, cparams={
        "typesize": 4, "filters": [f.TRUNC_PREC, f.SHUFFLE], "filters_meta": [10, 0], "nthreads": 1})
    yield "truncated", (), 4, s[:], s.to_cframe()
    yield from blosc2_frame(library, "three chunks", walk(5000, 4), 4, chunk_length=2000)


def blosc2_special(library):
    for special in (library.SpecialValue.ZERO, library.SpecialValue.NAN, library.SpecialValue.VALUE):
        for width in (4, 8):
            s = library.SChunk(chunksize=800 * width, cparams={"typesize": width, "nthreads": 1})
            value = (-2.5 if width == 8 else 77) if special == library.SpecialValue.VALUE else None
            s.fill_special(1000, special, value)
            yield "special %s width %d" % (special.name, width), (), width, bytes(s[:]), s.to_cframe()


def blosc2_arrays(library):
    for shape, chunks, blocks in (
            ((10, 20), (10, 20), (4, 7)), ((13, 17), (5, 17), (5, 4)), ((9, 8, 7), (4, 4, 4), (3, 3, 3)),
            ((100,), (100,), (9,)), ((6, 100), (6, 100), (6, 100)), ((5, 5), (8, 9), (3, 4))):
        for width in (1, 2, 8, 16):
            array = np.frombuffer(walk(int(np.prod(shape)) * width, width), element_type(width)).reshape(shape)
            chunks = tuple(min(a, b) for a, b in zip(shape, chunks))
            blocks = tuple(min(a, b) for a, b in zip(chunks, blocks))
            b = library.asarray(array, chunks=chunks, blocks=blocks, cparams={"codec": library.Codec.LZ4, "nthreads": 1})
            assert b[:].tobytes() == array.tobytes()
            yield "array %s %s width %d" % (shape, blocks, width), (), width, array.tobytes(), b.to_cframe()
    zeros = library.zeros((40, 50), dtype="f8", chunks=(40, 50), blocks=(13, 11), cparams={"nthreads": 1})
    yield "array of zeros", (), 8, zeros[:].tobytes(), zeros.to_cframe()
    nans = library.nans((40, 50), dtype="f4", chunks=(30, 50), blocks=(13, 11), cparams={"nthreads": 1})
    yield "array of nan", (), 4, nans[:].tobytes(), nans.to_cframe()


@codec
def bzip2():
    import hdf5plugin
    assert hdf5plugin
    for size in (1, 2, 17, 255, 3001, 20000):
        for kind, plain in kinds(size):
            yield from through_plugin("%s %d" % (kind, size), plain, element_type(1), BZIP2, (9,))
    for level in range(1, 10):
        yield from through_plugin("level %d" % level, text(5000), element_type(1), BZIP2, (level,))
    plain = bytes(150000) + text(20000)
    yield from through_plugin("two blocks", plain, element_type(1), BZIP2, (1,))


@codec
def vbz():
    import vbz_h5py_plugin
    assert vbz_h5py_plugin
    for version in (0, 1):
        for width in (1, 2, 4):
            for zigzag in (0, 1):
                for level in (0, 1):
                    for count, step in ((1, 3), (2, 3), (5, 300), (64, 3), (603, 40), (700, 70000)):
                        name = "version %d width %d zigzag %d level %d count %d" % (version, width, zigzag, level, count)
                        plain = walk(count * width, width, step)
                        yield from through_plugin(name, plain, np.dtype("<i%d" % width), VBZ,
                                                  (version, width, zigzag, level))
    yield from through_plugin("three bytes", noise(3), element_type(1), VBZ, (0, 1, 0, 3))
    yield from through_plugin("no level", walk(3000, 2), np.dtype("<i2"), VBZ, (0, 2, 1))


@codec
def lzo():
    """PyTables' plugin is no longer distributed with LZO: its framing around what liblzo2 (LIBLZO2 is its path) encodes."""
    import ctypes
    import zlib
    library = ctypes.CDLL(os.environ.get("LIBLZO2", "liblzo2.so.2"))
    memory = ctypes.create_string_buffer(1 << 20)

    def encode(plain, method):
        out = ctypes.create_string_buffer(len(plain) + len(plain) // 16 + 67)
        length = ctypes.c_size_t(len(out))
        assert getattr(library, method)(plain, ctypes.c_size_t(len(plain)), out, ctypes.byref(length), memory) == 0
        return out.raw[:length.value]

    for size in SIZES:
        for kind, plain in kinds(size):
            encoded = encode(plain, "lzo1x_1_compress") + struct.pack("<II", zlib.adler32(plain), size)
            yield "%s %d" % (kind, size), (1, 20, 0), 1, plain, encoded
    for method in ("lzo1x_1_11_compress", "lzo1x_1_15_compress", "lzo1x_999_compress"):
        for plain in (mixed(5000), text(3000) + noise(300) + text(30000)):
            encoded = encode(plain, method) + struct.pack("<II", zlib.adler32(plain), len(plain))
            yield "%s %d" % (method, len(plain)), (1, 20, 3), 1, plain, encoded
            far = plain + noise(500) + plain
            yield "%s %d without trailer" % (method, len(far)), (1, 13, 0), 1, far, encode(far, method)


def speed():
    """32 MiB of correlated 4-byte integers and floats through every codec."""
    import hdf5plugin
    import cramjam
    import vbz_h5py_plugin
    assert vbz_h5py_plugin
    rng = np.random.default_rng(7)
    count = 8 << 20
    integers = np.cumsum(rng.integers(-50, 51, count)).astype("<i4").tobytes()
    floats = (np.cumsum(rng.normal(0, 0.1, count)) + 200).round(2).astype("<f4").tobytes()
    plugins = [("zstd level %d" % level, ZSTD, (level,)) for level in (1, 3, 9)]
    plugins += [("lz4", LZ4, (0,)), ("lzf", LZF, ()), ("bzip2", BZIP2, (9,)), ("vbz", VBZ, (0, 4, 1, 1))]
    plugins += [("bitshuffle " + name, BITSHUFFLE, options)
                for name, options in (("alone", (0, 0)), ("lz4", (0, 2)), ("zstd", (0, 3, 3)))]
    for cname in ("blosclz", "lz4", "snappy", "zlib", "zstd"):
        for shuffle in (1, 2):
            plugins.append(("blosc %s shuffle %d" % (cname, shuffle), BLOSC,
                            hdf5plugin.Blosc(cname=cname, clevel=5, shuffle=shuffle).filter_options))
            if cname != "snappy":
                plugins.append(("blosc2 %s shuffle %d" % (cname, shuffle), BLOSC2,
                                hdf5plugin.Blosc2(cname=cname, clevel=5, filters=shuffle).filter_options))
    for kind, plain in (("int", integers), ("float", floats)):
        for name, filter_id, options in plugins:
            yield from ((filter_id, v) for v in through_plugin(
                "%s %s" % (name, kind), plain, element_type(4), filter_id, options))
        yield SNAPPY, ("snappy " + kind, (), 4, plain, bytes(cramjam.snappy.compress_raw(plain)))
