# SPDX-License-Identifier: Apache-2.0
"""Writes src/test/resources/links.h5 and links_other.h5: objects of two files at one address, enumerations, and a
group that leads back to the root. usage: make_links.py"""
import pathlib

import h5py
import numpy as np

out = pathlib.Path(__file__).parents[1] / "resources"
with h5py.File(out / "links_other.h5", "w") as f:
    time = f.create_dataset("time", data=np.array([1, 2, 3, 4], "i2"))
    time.make_scale("time")
    v = f.create_dataset("v", data=np.array([5, 6, 7, 8], "i2"))
    v.dims[0].attach_scale(time)
    for name, names in (("first", {"A": 0, "B": 1}), ("second", {"B": 0, "C": 2, "A": 1})):
        f.create_dataset(name, data=np.array([0, 1]), dtype=h5py.enum_dtype(names, basetype="i2"))
    there = h5py.h5o.get_info(time.id).addr
with h5py.File(out / "links.h5", "w") as f:
    x = f.create_dataset("x", data=np.array([10, 20, 30], "i2"))
    x.make_scale("x")
    x.attrs["scale_factor"] = 0.5
    assert h5py.h5o.get_info(x.id).addr == there
    f["outside"] = h5py.ExternalLink("links_other.h5", "/time")
    f["variable"] = h5py.ExternalLink("links_other.h5", "/v")
    f["soft"] = h5py.SoftLink("/variable")
    f["group/back"] = f["/"]
