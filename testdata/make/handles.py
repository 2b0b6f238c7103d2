# SPDX-License-Identifier: Apache-2.0
"""Files whose links lead into each other, where each path and each address is something else in another file: what was
reached through a link, by its address or by a reference has to be read where it is. 999 is wrong wherever it appears."""

import ctypes
import struct

import h5py
import numpy as np

from datatypes import T, commit, copied, global_type, sequences, vlen
from hdf5c import call, create, group
from linked import selected, virtual
from writing import put, put_raw

LINKED = "handles_linked.h5"
THIRD = "handles_third.h5"
MAIN = "handles_main.h5"
WRONG = np.array([999.0, 999.0, 999.0])


def doubles(*values):
    return np.array(values, "<f8")


def dataset(f, name, *values):
    made = put(f, name, doubles(*values))
    made.attrs["k"] = np.int32(values[0])
    return made


def main(path):
    with create(path, "earliest") as f:
        dataset(f, "decoy", *WRONG)  # where electrodes stand in the linked file
        dataset(f, "run1/temperature", *WRONG)
        dataset(f, "local", 7)
        # Named as the text that stands for an address without a path.
        put(f, "#0x%x" % h5py.h5o.get_info(f["local"].id).addr, doubles(*WRONG))
        f["temperature"] = h5py.ExternalLink(LINKED, "/run1/temperature")
        f["other_name"] = h5py.ExternalLink(LINKED, "/run1/temperature")
        f["number"] = h5py.ExternalLink(LINKED, "/number")
        f["typed"] = h5py.ExternalLink(LINKED, "/typed")
        f["g"] = h5py.ExternalLink(LINKED, "/run1")
        f["holders"] = h5py.ExternalLink(LINKED, "/holders")
        f["through"] = h5py.SoftLink("/g/temperature")
        f["third"] = h5py.ExternalLink(LINKED, "/third")
        f["below"] = h5py.ExternalLink("DATA/" + LINKED, "/third")
        f["loop"] = h5py.ExternalLink(LINKED, "/loop")
        f["nowhere"] = h5py.ExternalLink(LINKED, "/no/such")
        whole = selected((2,))
        virtual(f, "virtual_refs", (2,), [(whole, LINKED, "holders/refs", whole)], dtype=h5py.h5t.STD_REF_OBJ)
        virtual(
            f,
            "mixed_refs",
            (4,),
            [
                (selected((4,), (0,), (2,)), LINKED, "holders/refs", whole),
                (selected((4,), (2,), (2,)), ".", "own_refs", whole),
            ],
            dtype=h5py.h5t.STD_REF_OBJ,
        )
        put(f, "own_refs", np.array([f["local"].ref] * 2, h5py.ref_dtype), dtype=h5py.ref_dtype)


def linked(path):
    with create(path, "earliest") as f:
        electrodes = dataset(f, "electrodes", 1, 2, 3)
        dataset(f, "run1/temperature", 1, 2, 3)
        dataset(f, "temperature", *WRONG)
        dataset(f, "local", *WRONG)
        put(f, "run1/many", np.arange(40, dtype="<i4").reshape(20, 2), chunks=(3, 2))
        f["run1/alias"] = h5py.SoftLink("temperature")
        f["run1/from_root"] = h5py.SoftLink("/electrodes")
        f["run1/nowhere"] = h5py.SoftLink("nothing")
        number = commit(f, "number", copied("H5T_STD_I16BE"))
        put_raw(f, "typed", number, (2,), b"\0\1\0\2")
        f["third"] = h5py.ExternalLink(THIRD, "/inner")
        f["loop"] = h5py.ExternalLink(MAIN, "/loop")
        holders = group(f, "holders")
        references = [electrodes.ref, f["run1/temperature"].ref]
        refs = put(holders, "refs", np.array(references, h5py.ref_dtype), dtype=h5py.ref_dtype)
        refs.attrs.create("object", electrodes.ref, dtype=h5py.ref_dtype)
        refs.attrs.create("region", electrodes.regionref[1:3], dtype=h5py.regionref_dtype)
        regions = np.array([electrodes.regionref[1:3]], h5py.regionref_dtype)
        put(holders, "regions", regions, dtype=h5py.regionref_dtype)
        pair = np.dtype([("n", "<i4"), ("ref", h5py.ref_dtype), ("two", h5py.ref_dtype, (2,))])
        values = np.zeros(1, pair)
        values[0]["n"] = 4
        values[0]["ref"] = electrodes.ref
        values[0]["two"][:] = references
        put(holders, "compound", values, dtype=pair)
        addresses = [h5py.h5o.get_info(f[name].id).addr for name in ("electrodes", "run1/temperature")]
        memory, kept = sequences([struct.pack("<2Q", *addresses)], 8)
        put_raw(holders, "lists", vlen(h5py.h5t.STD_REF_OBJ), (1,), memory)
        del kept


def third(path):
    """References of HDF5 1.12, also into another file."""
    with create(path, "v200") as f:
        dataset(f, "decoy", *WRONG)
        inner = group(f, "inner")
        dataset(inner, "electrodes", 4, 5)
        inner["back"] = h5py.ExternalLink(LINKED, "/electrodes")

        def made(name, *args):
            out = ctypes.create_string_buffer(64)
            call(name, f.id.id, b"/inner/electrodes", *args, out)
            return out.raw

        space = h5py.h5s.create_simple((2,))
        space.select_hyperslab((1,), (1,))
        t = T(call("H5Tcopy", global_type("H5T_STD_REF")))
        all_kinds = made("H5Rcreate_object", 0) + made("H5Rcreate_region", space.id, 0) + made("H5Rcreate_attr", b"k", 0)
        put_raw(inner, "refs", t, (3,), all_kinds)


def fixtures():
    return {"handles_linked": linked, "handles_third": third, "handles_main": main}
