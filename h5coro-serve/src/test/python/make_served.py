# SPDX-License-Identifier: Apache-2.0
"""Writes src/test/resources/served.h5, whose values the tests state: make_served.py FILE"""
import sys

import h5py
import numpy as np

with h5py.File(sys.argv[1], "w", libver="latest") as f:
    f["rows"] = np.arange(18, dtype="<i4").reshape(6, 3)
    f["rows"].attrs["units"] = "m"
    f["rows"].attrs["scale"] = np.array([1.5, 2.5])
    f["rows"].attrs["target"] = f["rows"].ref
    f["big_endian"] = np.array([1, 2, 300], ">i2")
    f["half"] = np.array([0.5, -2, np.inf], "<f2")
    f["flags"] = np.array([True, False, True])
    f["fixed"] = np.array([b"ab", b"cde"], "S4")
    f["texts"] = np.array(["one", "zwölf"], object)
    lists = f.create_dataset("lists", (2,), h5py.vlen_dtype("<i2"))
    lists[0], lists[1] = [1, 2, 3], []
    f["compound"] = np.array([(7, [[1, 2, 3], [4, 5, 6]])], [("id", "<u2"), ("grid", "<f4", (2, 3))])
    f.create_dataset("arrays", (2,), h5py.h5t.array_create(h5py.h5t.NATIVE_INT32, (2,)))
    f["scalar"] = 42.0
    f["empty"] = h5py.Empty("f4")
    f["references"] = np.array([f["rows"].ref], h5py.ref_dtype)
    f["chunked"] = f.create_dataset("group/below/chunked", data=np.arange(64, dtype="u1").reshape(8, 8), chunks=(3, 5),
                                    compression="gzip")
    f["soft"] = h5py.SoftLink("/rows")
    f["out"] = h5py.ExternalLink("../outside.h5", "/secret")
    for i in range(25):
        f.create_group("many/g%02d" % i)
    f["ambiguous/nd"] = 1
