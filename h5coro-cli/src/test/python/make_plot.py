# SPDX-License-Identifier: Apache-2.0
"""Writes src/test/resources/plot.h5, the test file of `h5coro plot`, with h5py. usage: make_plot.py"""
import pathlib

import h5py
import numpy as np

out = pathlib.Path(__file__).parents[1] / "resources" / "plot.h5"
out.parent.mkdir(exist_ok=True)
with h5py.File(out, "w", track_order=True) as f:
    lat = f.create_dataset("lat", data=np.array([10.0, 0.0, -10.0]))
    lat.make_scale("lat")
    lat.attrs["units"] = "degrees_north"
    lon = f.create_dataset("lon", data=np.array([0.0, 90.0, 180.0, 270.0]))
    lon.make_scale("lon")
    lon.attrs["units"] = "degrees_east"
    time = f.create_dataset("time", data=np.array([0, 1]))
    time.make_scale("time")
    time.attrs["units"] = "days since 2020-01-01"
    packed = np.arange(24, dtype="i2").reshape(2, 3, 4)
    packed[0, 1, 1] = -1
    t = f.create_dataset("t", data=packed)
    t.attrs["scale_factor"] = 0.5
    t.attrs["_FillValue"] = np.int16(-1)
    t.attrs["units"] = "K"
    t.attrs["long_name"] = "temperature \x1b[31m"
    for i, scale in enumerate((time, lat, lon)):
        t.dims[i].attach_scale(scale)
    spike = np.where(np.arange(100_000) == 77_777, 5.0, 0.0).astype("f4")
    f.create_dataset("spike", data=spike, compression="gzip", chunks=(50_000,))
    f["missing"] = np.full(6, np.nan)
    f["one"] = np.array([7.25])
    f["nothing"] = np.zeros((0,))
    f["scalar"] = 3.0
    f["text"] = np.array([b"a", b"b"])
    f.create_dataset("wide", data=np.zeros((2, 9000), "i1"), compression="gzip")
    f["odd"] = np.arange(5)
    track = f.create_group("track")
    for name, values, units in (
        ("lat", [50.0, 51.0, 52.0], "degrees_north"),
        ("lon", [179.0, 180.0, -179.0], "degrees_east"),
        ("v", [1.0, 2.0, 3.0], "m"),
    ):
        track.create_dataset(name, data=np.array(values)).attrs["units"] = units
