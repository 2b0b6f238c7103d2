#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes the files of the command's tests of `dump`, and beside them what libhdf5 and h5dump (1.10) say of them."""

import ctypes
import os
import subprocess

import h5py
import numpy as np

from hdf5c import call, create, global_type
from linked import virtual
from writing import properties

HERE = os.path.dirname(os.path.abspath(__file__))
FOLDER = os.path.join(HERE, "..", "..", "h5coro-cli", "src", "test", "resources", "dump")


def binary():
    """Numbers of both byte orders, and attributes of a group, which h5dump writes as bytes too."""
    with create("binary.h5", "v110") as f:
        f["x"] = np.arange(20, dtype=">i2")
        f["y"] = np.arange(60, dtype="<f4").reshape(3, 4, 5)
        f["half"] = np.array([0, 1.5, -2, 6e-8, 65504], "<f2")
        f["text"] = np.frombuffer(b"to be", "i1")
        group = f.create_group("g")
        group.attrs["a"] = np.int32(99)
        group["w"] = np.arange(2, dtype="<i2")


def enumeration(f, name, base, dtype, values):
    t = h5py.h5t.enum_create(base)
    for member, number in {"A": 0, "B": 1}.items():
        t.enum_insert(member.encode(), number)
    d = h5py.h5d.create(f.id, name.encode(), t, h5py.h5s.create_simple((len(values),)), properties())
    d.write(h5py.h5s.ALL, h5py.h5s.ALL, np.array(values, dtype), mtype=t)


def enumerations():
    """Numbers without a name, of types that libhdf5 converts when it reads, and of types that it does not."""
    narrow = h5py.h5t.STD_I32LE.copy()
    narrow.set_precision(12)
    with create("enumerations.h5", "v110") as f:
        enumeration(f, "be1", h5py.h5t.STD_I8BE, "i1", [0, 1, 5, -2])
        enumeration(f, "be4", h5py.h5t.STD_I32BE, ">i4", [0, 1, 5, -2])
        enumeration(f, "le1", h5py.h5t.STD_I8LE, "i1", [0, 1, 5, -2])
        enumeration(f, "le4", h5py.h5t.STD_I32LE, "<i4", [0, 1, 5, -2])
        enumeration(f, "narrow", narrow, "<i4", [0, 1, 5, 7])
        e = h5py.enum_dtype({"A": 0, "B": 1}, basetype=">i2")
        f.create_dataset("array", (1,), dtype=np.dtype((e, (3,))))[0] = [0, 1, 6]
        f.create_dataset("record", data=np.array([(1, 9), (7, 8)], [("e", e), ("i", "<i4")]))
        f.create_dataset("filled", (2,), dtype=e, fillvalue=9)
    with open("enumerations.ddl", "w") as out:
        subprocess.run(["h5dump", "enumerations.h5"], stdout=out, check=True)


def aliases():
    """Objects with several paths: in a group that is stored in its header, and in one that is stored by hash."""
    with create("aliases.h5", "v110") as f:
        small = f.create_group("small")
        large = f.create_group("large")
        hidden = f.create_group("hidden")
        targets = [hidden.create_dataset("d%d" % i, data=i) for i in range(4)]
        for i in range(6):
            small["z%d" % (9 - i)] = targets[i % 2]
        for i in range(30):
            large["l%02d" % i] = targets[2 + i % 2]
        for i in range(4):
            del f["hidden/d%d" % i]
        references = f.create_dataset("references", (4,), h5py.ref_dtype)
        for i, target in enumerate(targets):
            references[i] = target.ref
    with h5py.File("aliases.h5") as f, open("aliases.txt", "w") as out:
        for reference in f["references"][:]:
            out.write(h5py.h5r.get_name(reference, f.id).decode() + "\n")


def elsewhere():
    """References of HDF5 1.12 to what is in another file, where every namesake here is wrong."""
    with create("referenced.h5", "v112") as other, create("references.h5", "v112") as f:
        other["values"] = np.array([1.0, 2.0, 3.0, 4.0])
        other["values"].attrs["note"] = np.int32(5)
        other.create_group("group")
        f["values"] = np.full(4, 999.0)
        f["values"].attrs["note"] = np.int32(-999)
        t = call("H5Tcopy", global_type("H5T_STD_REF"))

        def made(name, *arguments):
            out = ctypes.create_string_buffer(64)
            call(name, other.id.id, *arguments, out)
            return out.raw

        space = h5py.h5s.create_simple((4,))
        space.select_hyperslab((1,), (2,))
        for name, references in (
            ("attribute", [made("H5Rcreate_attr", b"/values", b"note", 0)]),
            ("object", [made("H5Rcreate_object", p, 0) for p in (b"/values", b"/group")]),
            ("region", [made("H5Rcreate_region", b"/values", space.id, 0)]),
        ):
            extent = h5py.h5s.create_simple((len(references),))
            dcpl = properties()
            d = call("H5Dcreate2", f.id.id, name.encode(), t, extent.id, 0, dcpl.id, 0)
            call("H5Dwrite", d, t, 0, 0, 0, ctypes.create_string_buffer(b"".join(references)))
            call("H5Dclose", d)


def linked():
    """References of 1.8 in a file that a link leads into: they are meant there."""
    with create("linked.h5", "v18") as f:
        f["electrodes"] = np.array([1.0, 2.0, 3.0])
        f.create_dataset("references", (1,), h5py.ref_dtype)[0] = f["electrodes"].ref
        f.create_dataset("regions", (1,), h5py.regionref_dtype)[0] = f["electrodes"].regionref[1:3]
        f["references"].attrs.create("a", f["electrodes"].ref, dtype=h5py.ref_dtype)
    with create("linking.h5", "v18") as f:
        f["decoy"] = np.array([999.0])
        f["r"] = h5py.ExternalLink("linked.h5", "/references")
        f["q"] = h5py.ExternalLink("linked.h5", "/regions")


def outside():
    """What must not be read without a word: another file above the folder, as target, as source, and as raw data."""
    with create("outside.h5", "v110") as f:
        f["link"] = h5py.ExternalLink("../secret.h5", "/s")
        f["inside"] = h5py.ExternalLink("linked.h5", "/electrodes")
        f["missing"] = h5py.ExternalLink("missing.h5", "/s")
        one = h5py.h5s.create_simple((1,))
        virtual(f, "virtual", (1,), [(one, "../secret.h5", "s", one)])
        f.create_dataset("raw", (1,), "<i4", external=[("../secret.bin", 0, 4)])
    with create("secret.h5", "v110") as f:
        f["s"] = np.array([4711], "<i4")


def letters():
    """Text that is not ASCII, and names that act on a terminal."""
    with create("letters.h5", "v110") as f:
        f["text"] = np.array(["µV", "a\nb", "\x1b[31mred", "温度", "\u202eabc"], h5py.string_dtype())
        f["latin"] = np.array([b"\xb5V", b"ab"], "S2")
        f["\x1b[31mname\n dataset    fake"] = np.int32(1)
        f.create_dataset("e", data=np.array([0], "<i2"), dtype=h5py.enum_dtype({"µ": 0}, basetype="<i2"))


def slashes():
    """Names with a slash, as nothing but other bytes in place of some."""
    with create("slashes.h5", "earliest") as f:
        f["aXb"] = np.array([4], "<i4")
        f.create_group("gXg")["in"] = np.int32(5)
        f["plain"] = np.array([6], "<i4")
        f["twin"] = f["aXb"]
    with open("slashes.h5", "r+b") as out:
        content = out.read().replace(b"aXb", b"a/b").replace(b"gXg", b"g/g")
        out.seek(0)
        out.write(content)


def many():
    """Links to more files than are kept open."""
    with create("many.h5", "v110") as f:
        for i in range(300):
            f["l%03d" % i] = h5py.ExternalLink("f%03d.h5" % i, "/s")


def main():
    os.makedirs(FOLDER, exist_ok=True)
    os.chdir(FOLDER)
    for write in (binary, enumerations, aliases, elsewhere, linked, outside, letters, slashes, many):
        write()


if __name__ == "__main__":
    main()
