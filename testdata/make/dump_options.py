#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes small files with an object of every kind, and what h5dump (1.10) prints of them with each of its options, into
h5coro-cli/src/test/resources/options. A case whose h5dump refuses the arguments is kept as that. What later versions
(1.14, 2.0) print differently is written as they do: see LATER."""

import hashlib
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile

import h5py
import numpy as np

import hdf5c
from hdf5c import call, create
from linked import virtual
from writing import make, properties, put, put_raw

HERE = os.path.dirname(os.path.abspath(__file__))
FOLDER = os.path.join(HERE, "..", "..", "h5coro-cli", "src", "test", "resources", "options")

# Characters of an answer of which only the hash is kept.
LONG = 50_000

# The last brace behind the base of a sequence, and numbers of 16 bits and addresses that have no name in 1.10.
LATER = (
    (re.compile(r"(H5T_VLEN \{ [^{}]*[^ {}])\}"), r"\1 }"),
    (re.compile(r"^( *)\}\}", re.MULTILINE), r"\1} }"),
    (re.compile(r"16-bit (little|big)-endian floating-point 16-bit precision"),
     lambda m: "H5T_IEEE_F16" + ("LE" if m.group(1) == "little" else "BE")),
    (re.compile(r"OFFSET 18446744073709551615"), "OFFSET HADDR_UNDEF"),
)


def string_type(size, padding, charset=h5py.h5t.CSET_ASCII):
    t = h5py.h5t.C_S1.copy()
    t.set_size(h5py.h5t.VARIABLE if size is None else size)
    t.set_strpad(padding)
    t.set_cset(charset)
    return t


def numbers(f):
    for code in ("i1", "u1", "<i2", ">u2", "<i4", ">i4", "<u8", ">i8"):
        low = np.iinfo(code).min
        put(f, "int/" + code.strip("<>") + ("be" if code[0] == ">" else ""),
            np.array([[0, 1, 65], [low, low + 1, np.iinfo(code).max]], code))
    special = [0.0, -0.0, np.inf, -np.inf, np.nan, 1 / 3, -1234567.0, 0.00001]
    put(f, "float/f2", np.array([1.5, -0.0, 65504, 6e-8, np.inf, -np.inf], "<f2"))
    put(f, "float/f4", np.array(special + [1.4e-45, 3.4028235e38], "<f4"))
    put(f, "float/f4be", np.array(special, ">f4"))
    put(f, "float/f8", np.array(special + [5e-324, 2.2250738585072014e-308, 1.7976931348623157e308], "<f8"))
    put(f, "float/f8be", np.array(special, ">f8"))


def texts(f):
    samples = [b"", b"a", b'q"\\\'', b"t\tn\nr\rb\bf\f", b"\x01\x1b[m", b"caf\xc3\xa9", b"123456789012"]
    for name, padding in (("nullterm", h5py.h5t.STR_NULLTERM), ("nullpad", h5py.h5t.STR_NULLPAD),
                          ("spacepad", h5py.h5t.STR_SPACEPAD)):
        fill = b" " if name == "spacepad" else b"\0"
        raw = b"".join((s[:11] if name == "nullterm" else s[:12]).ljust(12, fill) for s in samples)
        put_raw(f, "text/" + name, string_type(12, padding), (len(samples),), raw)
    put_raw(f, "text/one", string_type(1, h5py.h5t.STR_NULLPAD, h5py.h5t.CSET_UTF8), (3,), b"a\0z")
    f["text"].create_dataset("variable", data=[s for s in samples], dtype=h5py.string_dtype("ascii"))
    f["text"].create_dataset("utf8", data=["Größe", "温度", ""], dtype=h5py.string_dtype())
    f["text"].create_dataset("long", data=["word " * 30, "x" * 100, ""], dtype=h5py.string_dtype())
    make(f, "text/unwritten", string_type(None, h5py.h5t.STR_NULLTERM), (2,))
    put(f, "text/bytes", np.frombuffer(b'to "be"\n\tor\x00not\x7f\xff' + b"x" * 70, "i1"))
    put(f, "text/octets", np.frombuffer(b"unsigned", "u1").reshape(2, 4))


def composites(f):
    inner = np.dtype([("x", "<f4"), ("y", ">i2")])
    outer = np.dtype([("id", "u1"), ("in", inner), ("list", "<i4", (3,)), ("name", "S4")])
    values = np.array([(1, (0.5, -2), [1, 2, 3], b"ab"), (255, (np.nan, 7), [4, 5, 6], b"wxyz")], outer)
    put(f, "made/compound", values)
    put(f, "made/compound_scalar", values[0])
    put(f, "made/compound_grid", np.array([[(1, 2), (3, 4)], [(5, 6), (7, 8)]], [("a", "<i2"), ("b", "<i2")]))
    colour = h5py.enum_dtype({"RED": 0, "GREEN": 1, "a long name of it": 200}, basetype="u1")
    f["made"].create_dataset("enum", data=np.array([0, 1, 200, 1], "u1"), dtype=colour)
    f["made"].create_dataset("enum_be", data=np.array([-5, 5], ">i4"),
                             dtype=h5py.enum_dtype({"MINUS": -5, "PLUS": 5}, basetype=">i4"))
    f["made"].create_dataset("bool", data=np.array([True, False]))
    matrix = h5py.h5t.array_create(h5py.h5t.STD_I32LE, (2, 3))
    put_raw(f, "made/matrix", matrix, (2,), np.arange(12, dtype="<i4").tobytes())
    nested = h5py.h5t.array_create(matrix, (2,))
    put_raw(f, "made/matrices", nested, (2,), np.arange(24, dtype="<i4").tobytes())
    pair = h5py.h5t.py_create(np.dtype([("p", "<i2"), ("q", "<i2")]))
    put_raw(f, "made/array_of_compound", h5py.h5t.array_create(pair, (2,)), (2,), np.arange(8, dtype="<i2").tobytes())
    put_raw(f, "made/array_of_text", h5py.h5t.array_create(string_type(2, h5py.h5t.STR_NULLPAD), (2,)), (1,), b"abc\0")
    v = f["made"].create_dataset("sequence", (3,), h5py.vlen_dtype(np.dtype("<i4")))
    v[0], v[2] = [1, 2, 3], [4]
    v = f["made"].create_dataset("sequence_be", (2,), h5py.vlen_dtype(np.dtype(">f4")))
    v[0], v[1] = [1.5], [-2.5, np.nan]
    v = f["made"].create_dataset("sequence_of_compound", (1,), h5py.vlen_dtype(inner))
    v[0] = np.array([(1, 2), (3, 4)], inner)
    opaque = h5py.h5t.create(h5py.h5t.OPAQUE, 3)
    opaque.set_tag(b"three bytes")
    put_raw(f, "made/opaque", opaque, (3,), bytes(range(1, 10)))
    one = h5py.h5t.create(h5py.h5t.OPAQUE, 1)
    one.set_tag(b"")
    put_raw(f, "made/opaque_byte", one, (2,), b"\x00\xfe")
    for name, data in (("B8LE", b"\x00\x81\xff"), ("B16BE", b"\x12\x34\xff\x00"), ("B32LE", b"\x01\x02\x03\x80"),
                       ("B64BE", bytes(range(8)))):
        size = int(name[1:-2]) // 8
        put_raw(f, "made/bits" + name, getattr(h5py.h5t, "STD_" + name), (len(data) // size,), data)


def spaces(f):
    make(f, "space/null", "<i4", None)
    put(f, "space/scalar", np.int32(42))
    make(f, "space/zero", "<i4", (0, 3))
    put(f, "space/line", np.arange(100, dtype="<i2"))
    put(f, "space/grid", np.arange(60, dtype="<i4").reshape(5, 12))
    put(f, "space/cube", np.arange(120, dtype="<i4").reshape(4, 5, 6))
    put(f, "space/four", np.arange(72, dtype="<i2").reshape(2, 3, 4, 3))
    put(f, "space/growing", np.arange(6, dtype="<i4").reshape(2, 3), maxshape=(None, 3), chunks=(2, 2))
    put(f, "space/wide", np.arange(40, dtype="<i8") * 10**12, chunks=(7,))


def attributes(f):
    def tracked(gcpl):
        gcpl.set_attr_creation_order(h5py.h5p.CRT_ORDER_TRACKED | h5py.h5p.CRT_ORDER_INDEXED)
        gcpl.set_link_creation_order(h5py.h5p.CRT_ORDER_TRACKED | h5py.h5p.CRT_ORDER_INDEXED)

    g = hdf5c.group(f, "attr", tracked)
    g.attrs["z"] = np.arange(3, dtype="<i4")
    g.attrs["m"] = "text"
    g.attrs["a"] = np.float32(2.5)
    g.attrs["a/b"] = np.int8(-1)
    g.attrs["empty"] = h5py.Empty("<f8")
    g.attrs.create("grid", np.arange(30, dtype="<i2").reshape(2, 15))
    g.attrs.create("bytes", np.frombuffer(b"letters", "i1"))
    g.attrs.create("record", np.array((1, 2.5), [("i", "<i4"), ("f", "<f8")]))
    for name in ("late", "early", "middle"):
        hdf5c.group(g, name, tracked)
    put(g, "late/data", np.arange(3, dtype="<i4")).attrs["a"] = np.int16(7)


def types(f):
    point = h5py.h5t.py_create(np.dtype([("x", "<f8"), ("y", "<f8")]))
    point.commit(f.id, b"point")
    f["point"].attrs["unit"] = "m"
    f["alias"] = f["point"]
    h5py.h5t.STD_U16BE.copy().commit(f.id, b"short")
    for name in ("uses", "too"):
        make(f, "typed/" + name, h5py.h5t.open(f.id, b"point"), (1,))
    gone = h5py.h5t.STD_I64BE.copy()
    gone.commit(f.id, b"gone")
    make(f, "typed/orphan", h5py.h5t.open(f.id, b"gone"), (2,))
    del f["gone"]


def kinds():
    with create("kinds.h5", "earliest") as f:
        for part in (numbers, texts, composites, spaces, attributes, types):
            part(f)


def stored():
    """Every layout, filter, fill value and time of allocation."""
    with create("stored.h5", "earliest") as f:
        line = np.arange(20, dtype="<i4")
        put(f, "compact", line, layout=h5py.h5d.COMPACT)
        put(f, "contiguous", line)
        make(f, "unwritten", "<i4", (20,))
        put(f, "chunked", line, chunks=(6,))
        put(f, "filtered", line, chunks=(10,), filters=("shuffle", "deflate", "fletcher32"))
        put(f, "nbit", line, chunks=(10,), filters=("nbit",))
        put(f, "scaleoffset", line, chunks=(10,), filters=(("scaleoffset", h5py.h5z.SO_INT, 0),))
        put(f, "szip_nn", line, chunks=(10,), filters=(("szip", h5py.h5z.SZIP_NN_OPTION_MASK, 8),))
        put(f, "szip_ec", line, chunks=(10,), filters=(("szip", h5py.h5z.SZIP_EC_OPTION_MASK, 4),))
        make(f, "lzf", "<i4", (20,), chunks=(10,), filters=("lzf",))
        make(f, "many_filtered", h5py.h5t.array_create(h5py.h5t.STD_I32LE, (3,)), (4,), chunks=(2,),
             filters=("deflate",))
        make(f, "external", "<i4", (6,), external=((b"one.bin", 0, 8), (b"two.bin", 4, 16)))
        make(f, "fill", "<f8", (2,), fill=np.float64(-999.5))
        make(f, "fill_text", "S3", (2,), fill=np.bytes_(b"no"))
        make(f, "fill_record", [("a", "<i2"), ("b", "<f4")], (1,),
             fill=np.array((7, 0.5), [("a", "<i2"), ("b", "<f4")]))
        make(f, "never", "<i4", (2,), fill_time=h5py.h5d.FILL_TIME_NEVER)
        make(f, "always", "<i4", (2,), fill_time=h5py.h5d.FILL_TIME_ALLOC)
        make(f, "early", "<i4", (2,), alloc=h5py.h5d.ALLOC_TIME_EARLY)
        make(f, "late", "<i4", (2,), alloc=h5py.h5d.ALLOC_TIME_LATE)
        make(f, "incremental", "<i4", (4,), chunks=(2,), alloc=h5py.h5d.ALLOC_TIME_INCR)
        undefined = properties()
        call("H5Pset_fill_value", undefined.id, h5py.h5t.STD_I32LE.id, None)
        make(f, "undefined", "<i4", (2,), dcpl=undefined)
    with open("one.bin", "wb") as out:
        out.write(np.arange(2, dtype="<i4").tobytes())
    with open("two.bin", "wb") as out:
        out.write(b"skip" + np.arange(2, 6, dtype="<i4").tobytes())
    with create("mapped.h5", "v110") as f:
        put(f, "a", np.arange(12, dtype="<i4"))
        whole = h5py.h5s.create_simple((12,))
        some = h5py.h5s.create_simple((12,))
        some.select_hyperslab((0,), (3,), (4,), (2,))
        odd = h5py.h5s.create_simple((12,))
        odd.select_hyperslab((0,), (1,), None, (3,))
        odd.select_hyperslab((7,), (1,), None, (5,), h5py.h5s.SELECT_OR)
        virtual(f, "whole", (12,), [(whole, ".", "a", whole)])
        virtual(f, "some", (12,), [(some, ".", "a", some)])
        virtual(f, "odd", (12,), [(odd, ".", "a", odd)])


def links():
    """Links of every kind, objects with several names, a circle, and comments."""
    with create("linked_to.h5", "earliest") as f:
        put(f, "there", np.arange(3, dtype="<i4")).attrs["far"] = np.int32(1)
        put(f, "group/inner", np.int32(5))
        h5py.h5t.STD_I16LE.copy().commit(f.id, b"type")
    with create("links.h5", "earliest") as f:
        data = put(f, "data", np.arange(4, dtype="<i4"))
        g = hdf5c.group(f, "g")
        f["g/circle"] = g
        f["g/up"] = f["/"]
        f["g/again"] = f["data"]
        f["twin"] = f["data"]
        f["soft"] = h5py.SoftLink("/data")
        f["relative"] = h5py.SoftLink("g/again")
        f["dangling"] = h5py.SoftLink("/no/such")
        f["loop"] = h5py.SoftLink("/loop")
        f["out"] = h5py.ExternalLink("linked_to.h5", "/there")
        f["out_group"] = h5py.ExternalLink("linked_to.h5", "/group")
        f["out_type"] = h5py.ExternalLink("linked_to.h5", "/type")
        f["out_nothing"] = h5py.ExternalLink("linked_to.h5", "/nothing")
        f["out_missing"] = h5py.ExternalLink("no_such_file.h5", "/x")
        f["name with blanks"] = np.int32(1)
        f["a;b"] = np.int32(2)
        put(f, "brackets[0]", np.arange(3, dtype="<i4"))
        call("H5Oset_comment", data.id.id, b"about data")
        call("H5Oset_comment", g.id.id, b"about a group")


def large():
    """Datasets of more than h5dump, and the command, hold at once: nothing is written, so that the file is small."""
    text = string_type(1000, h5py.h5t.STR_NULLTERM)
    with create("large.h5", "earliest") as f:
        make(f, "rows", text, (34000,))
        make(f, "planes", text, (2, 3, 6000))
        make(f, "long_rows", text, (2, 20000))
        make(f, "long_text", string_type(20_000_000, h5py.h5t.STR_NULLTERM), (2,))
        make(f, "wide", "<i4", (2, 9_000_000), fill=np.int32(7))
        make(f, "wide_cube", "<i2", (2, 2, 15_000_000), fill=np.int16(-1))


def unwritten():
    """What libhdf5 hands over without converting it: enumerations of another byte order, of which nothing is stored. Of
    null dataspaces, bytes; and mappings of many blocks."""
    with create("unwritten.h5", "earliest") as f:
        for order in "<>":
            for size in (1, 4):
                base = "%si%d" % (order, size)
                plain = h5py.enum_dtype({"ONE": 1, "TWO": 2}, basetype=base)
                zero = h5py.enum_dtype({"ONE": 1, "ZERO": 0}, basetype=base)
                name = base.replace("<", "le").replace(">", "be")
                make(f, name, plain, (3,))
                make(f, name + "_zero", zero, (3,))
                make(f, name + "_chunks", plain, (3,), chunks=(2,))
                part = make(f, name + "_part", plain, (4,), chunks=(2,))
                part.id.write_direct_chunk((0,), np.array([1, 7], base).tobytes(), 0)
                make(f, name + "_fill", plain, (2,), fill=np.array(7, base))
                make(f, name + "_record", np.dtype([("e", plain), ("i", base)]), (2,))
        for kind in ("i1", "u1", "<i2"):
            make(f, "null_" + kind.strip("<"), kind, None).attrs["empty"] = h5py.Empty(kind)
    with create("blocks.h5", "v110") as f:
        put(f, "source", np.arange(400, dtype="<i4").reshape(20, 20))
        line, grid = h5py.h5s.create_simple((400,)), h5py.h5s.create_simple((20, 20))
        in_line, in_grid = [(i * i + 3 * i,) for i in range(17)], [(i, i * i % 19) for i in range(19)]
        for space, starts in ((line, in_line), (grid, in_grid)):
            space.select_none()
            for start in starts:
                space.select_hyperslab(start, (1,) * len(start), None, (1,) * len(start), h5py.h5s.SELECT_OR)
        some = h5py.h5s.create_simple((17,))
        virtual(f, "many", (400,), [(line, ".", "source", some)])
        virtual(f, "grid", (20, 20), [(grid, ".", "source", grid)])
        plain = h5py.enum_dtype({"ONE": 1, "TWO": 2}, basetype=">i4")
        make(f, "nothing", plain, (3,), layout=h5py.h5d.VIRTUAL)


CASES = os.path.join(HERE, "dump_options.txt")


def later(text):
    for pattern, replacement in LATER:
        text = pattern.sub(replacement, text)
    return text


def ran(arguments, folder):
    """What h5dump does: its answer, and the files that it writes."""
    done = subprocess.run(["h5dump"] + shlex.split(arguments), cwd=folder, capture_output=True, timeout=30)
    text = "@ " + arguments + "\n"
    if done.returncode != 0:
        text += "! refused\n"
        left = False
    else:
        answer = later(done.stdout.decode("utf-8"))
        if len(answer) > LONG:
            answer = "= " + hashlib.sha256(answer.encode()).hexdigest()
        text += answer if answer.endswith("\n") or not answer else answer + "\n"
        left = True
    for name in sorted(os.listdir(folder)):
        if name.startswith("out."):
            path = os.path.join(folder, name)
            with open(path, "rb") as out:
                content = out.read()
            os.remove(path)
            if left:
                text += "%% %s %s\n" % (name, content.hex())
    return text


def expected():
    """One file for each group of cases: a line that begins with # names it."""
    with tempfile.TemporaryDirectory() as folder:
        for name in os.listdir("."):
            if not name.endswith(".txt"):
                shutil.copy(name, folder)
        out = None
        for line in open(CASES).read().splitlines():
            if line.startswith("#"):
                if out:
                    out.close()
                out = open(line[1:].strip() + ".txt", "w", encoding="utf-8")
            elif line:
                out.write(ran(line, folder))
        out.close()


def main():
    os.makedirs(FOLDER, exist_ok=True)
    os.chdir(FOLDER)
    if "--expected" not in sys.argv:
        for write in (kinds, stored, links, large, unwritten):
            write()
    expected()


if __name__ == "__main__":
    main()
