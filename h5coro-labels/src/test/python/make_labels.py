# SPDX-License-Identifier: Apache-2.0
"""Writes the fixtures of the labelled view, and what xarray makes of them.

    python make_labels.py            writes ../resources/labels

Each function below writes one file, with netCDF4, xarray or h5py. xarray then opens every group of it; dimensions,
coordinates, attributes, types and values go into a JSON file of the same name. Where h5netcdf refuses a file, or
h5coro's engine has names that it has not, `stated` says by hand what the labels are.
"""

import gzip
import json
import pathlib
import sys
import tempfile
import warnings

import h5netcdf
import h5py
import netCDF4
import numpy as np
import xarray as xr

HERE = pathlib.Path(__file__).parent
OUT = HERE.parent / "resources" / "labels"
warnings.simplefilter("ignore")


def packed(path):
    with netCDF4.Dataset(path, "w") as f:
        f.createDimension("x", 6)
        small = np.array([-32768, -1, 0, 1, 999, 32767], "i2")

        def add(name, data, stored, fill=None, **attrs):
            v = f.createVariable(name, stored, ("x",), fill_value=fill)
            v.set_auto_maskandscale(False)
            v.setncatts(attrs)
            v[:] = data
            return v

        f4, f8, i2, i4 = np.float32, np.float64, np.int16, np.int32
        add("plain", small, "i2")
        add("scale_f4", small, "i2", scale_factor=f4(0.01))
        add("scale_f8", small, "i2", scale_factor=f8(0.01))
        add("offset_f4", small, "i2", add_offset=f4(273.15))
        add("both_f4", small, "i2", scale_factor=f4(0.01), add_offset=f4(273.15))
        add("both_f8", small, "i2", scale_factor=f8(0.01), add_offset=f8(273.15))
        add("both_mixed", small, "i2", scale_factor=f4(0.01), add_offset=f8(273.15))
        add("fill_scale", small, "i2", fill=i2(-32768), scale_factor=f4(0.1), add_offset=f4(1))
        add("fill_only", small, "i2", fill=i2(999))
        add("int32_both_f4", small.astype("i4") * 60000, "i4", scale_factor=f4(0.01), add_offset=f4(1))
        add("int32_fill", small.astype("i4"), "i4", fill=i4(999))
        add("int64_fill", np.array([1, 2, 2**53 + 1, -5, 0, 2**62], "i8"), "i8", fill=np.int64(-5))
        add("int_scale", small, "i2", scale_factor=i4(3))
        add("byte", np.array([-1, -128, 0, 1, 127, 5], "i1"), "i1", _Unsigned="true")
        add("byte_fill", np.array([-1, -128, 0, 1, 127, 5], "i1"), "i1", fill=np.int8(-1), _Unsigned="true",
            scale_factor=f4(0.5))
        add("ubyte_signed", np.array([255, 128, 0, 1, 127, 5], "u1"), "u1", _Unsigned="false")
        add("uint32", np.array([2**32 - 1, 2, 3, 4, 5, 6], "u4"), "u4", fill=np.uint32(3))
        add("uint64", np.array([2**64 - 1, 2, 3, 4, 5, 6], "u8"), "u8")
        add("several_missing", small, "i2", missing_value=np.array([1, 999], "i2"))
        add("both_missing", small, "i2", fill=i2(0), missing_value=i2(999))
        add("float_fill", np.array([1, 2, 1e20, 4, np.nan, np.inf], "f4"), "f4", fill=f4(1e20))
        add("float_missing_f8", np.array([1, 2, -999, 4, 5, 6], "f4"), "f4", missing_value=f8(-999))
        add("float_nan_fill", np.array([1, 2, np.nan, 4, 5, 6], "f4"), "f4", fill=f4(np.nan), scale_factor=f8(0.1))
        add("double_scale_f4", np.array([1, 2, 3, 4, 5, 6.5], "f8"), "f8", scale_factor=f4(0.1))
        add("float_scale_f8", np.array([1, 2, 3, 4, 5, 6.5], "f4"), "f4", scale_factor=f8(0.1))
        add("big", np.arange(6, dtype=">i4"), ">i4", scale_factor=f8(2))
        add("marked_bool", np.array([0, 1, 1, 0, 0, 2], "i1"), "i1", dtype="bool")
        s = f.createVariable("scalar", "i2", (), fill_value=i2(-1))
        s.scale_factor = f8(0.25)
        s.set_auto_maskandscale(False)
        s[...] = 7


def calendars(path):
    with netCDF4.Dataset(path, "w") as f:
        f.createDimension("n", 5)

        def add(name, data, stored, units, calendar=None, fill=None, **attrs):
            v = f.createVariable(name, stored, ("n",), fill_value=fill)
            v.set_auto_maskandscale(False)
            v.units = units
            if calendar:
                v.calendar = calendar
            v.setncatts(attrs)
            v[:] = data

        whole = np.array([0, 1, 59, 60, 400], "i4")
        part = np.array([0, 0.1, 59.5, 1 / 3, -0.7])
        add("std", whole, "i4", "days since 2000-01-01")
        add("std_part", part, "f8", "days since 2000-01-01 06:00:00", "standard")
        add("std_float", part.astype("f4"), "f4", "hours since 1990-06-01T12:30:15.25", "gregorian")
        add("std_nan", np.array([1, np.nan, 2, 3, 4.25]), "f8", "seconds since 2018-01-01", "standard")
        add("std_fill", np.array([1, -9, 2, 3, 4], "i2"), "i2", "minutes since 2018-01-01", fill=np.int16(-9))
        add("std_zone", whole, "i8", "hours since 1992-10-08 15:15:42.5 -6:00")
        add("std_zone2", whole, "i8", "hours since 1992-10-08T15:15:42+05:30", "proleptic_gregorian")
        add("std_old", np.array([0, 1, 2, 3, 4], "i4"), "i4", "days since 1582-10-03", "standard")
        add("std_from_1", np.array([730000, 730001, 730002, 0, 1]) + 0.25, "f8", "days since 0001-01-01", "standard")
        add("std_from_1_new", np.array([730000, 730001, 730002, 730003, 730004]) + 0.3, "f8", "days since 1-1-1")
        add("std_minus", np.array([-1, 0, 1, -366, -400], "i4"), "i4", "days since 0001-01-01", "standard")
        add("prolep_old", whole - 200, "i4", "days since 0000-12-30", "proleptic_gregorian")
        add("short_unit", part, "f8", "hr since 2001-02-03", "standard")
        add("noleap", whole, "i4", "days since 2000-02-01", "noleap")
        add("noleap_part", part, "f8", "hours since 1999-12-31 23:00", "365_day")
        add("years", whole, "i4", "common_years since 1900-03-04", "noleap")
        add("allleap", whole, "i4", "days since 1999-02-01", "all_leap")
        add("d360", whole, "i4", "days since 2000-02-01", "360_day")
        add("d360_part", part, "f4", "days since 0000-01-30", "360_day")
        add("months", whole, "i4", "months since 2000-02-30", "360_day")
        add("julian", whole, "i4", "days since 1900-02-20", "julian")
        add("julian_part", part, "f8", "days since 0001-01-01", "julian")
        add("micro", np.array([0, 1, -1, 10**15, 5], "i8"), "i8", "microseconds since 1970-01-01")
        add("nano", np.array([0, 1, -1, 10**18, 5], "i8"), "i8", "nanoseconds since 1970-01-01")
        add("packed", np.array([0, 1, 2, 3, -9], "i2"), "i2", "days since 2000-01-01", fill=np.int16(-9),
            scale_factor=np.float64(0.5), add_offset=np.float64(10))
        add("age", part, "f8", "days")
        add("lag", whole, "i4", "seconds", fill=np.int32(59))
        add("lag_ms", np.array([0.5, np.nan, 1.25, -3.125, 2e-7]), "f8", "milliseconds")
        add("marked", whole, "i8", "hours", dtype="timedelta64[ns]")
        add("not_time", part, "f8", "metres per second")


def groups(path):
    with netCDF4.Dataset(path, "w") as f:
        f.title = "groups"
        f.version = np.int32(3)
        f.createDimension("x", 2)
        f.createDimension("time", None)
        f.createVariable("x", "f8", ("x",))[:] = [1, 2]
        f.createVariable("time", "i4", ("time",))[:] = [1, 2, 3]
        f["time"].units = "days since 2001-01-01"
        g = f.createGroup("a")
        g.note = "inner"
        g.createDimension("y", 3)
        g.createVariable("v", "f4", ("x", "y"))[:] = np.arange(6).reshape(2, 3)
        g.createVariable("w", "f4", ("time", "x"))[:] = np.arange(6).reshape(3, 2)
        h = g.createGroup("b")
        h.createDimension("x", 4)
        h.createVariable("x", "i2", ("x",))[:] = [4, 3, 2, 1]
        h.createVariable("u", "i2", ("y", "x"))[:] = np.arange(12).reshape(3, 4)
        f.createGroup("empty")


def unlimited(path):
    with netCDF4.Dataset(path, "w") as f:
        f.createDimension("t", None)
        f.createDimension("s", None)
        f.createDimension("k", 2)
        f.createVariable("a", "f4", ("t", "k"))[:] = np.arange(6).reshape(3, 2)
        f.createVariable("short", "i2", ("t",), fill_value=np.int16(-7))[0:2] = [5, 6]
        f.createVariable("bare", "i4", ("t", "s"))[0:1, 0:2] = [[1, 2]]
        f.createVariable("long", "i1", ("s",))[:] = np.arange(5)
        f.createVariable("none", "f8", ("t",))


def strings(path):
    with netCDF4.Dataset(path, "w") as f:
        f.createDimension("n", 3)
        f.createDimension("len", 5)
        f.createDimension("used", 3)
        f.createDimension("empty_n", 0)
        v = f.createVariable("vlen", str, ("n",))
        v[:] = np.array(["a", "längere Zeile", ""], object)
        c = f.createVariable("chars", "S1", ("n", "len"))
        c[:] = netCDF4.stringtochar(np.array(["ab", "hello", ""], "S5"))
        e = f.createVariable("utf", "S1", ("n", "len"))
        e._Encoding = "utf-8"
        e.set_auto_chartostring(False)
        e[:] = np.array(["\u00e9t\u00e9".encode(), b"x", b"yz"], "S5").view("S1").reshape(3, 5)
        f.createVariable("used", "i4", ("used",))[:] = [1, 2, 3]
        k = f.createVariable("kept", "S1", ("n", "used"))
        k[:] = np.array([list("abc"), list("def"), list("ghi")], "S1")
        f.createVariable("none", str, ("empty_n",))
        v = f.createVariable("filled", str, ("n",))
        v.missing_value = "gone"
        v[:] = np.array(["here", "gone", "there"], object)
        f.createVariable("letter", "S1", ())[...] = b"q"
        f.createVariable("word", str, ())[...] = "scalar text"
        f.setncattr_string("texts", ["one", "two"])
        f.setncattr("text", "gr\u00fcn")
        f.empty = ""
        f.numbers = np.array([1.5, 2.5], "f4")
        f.setncattr("byte", np.int8(-3))
        f.setncattr("ull", np.uint64(2**64 - 1))


def enums(path):
    with netCDF4.Dataset(path, "w") as f:
        f.createDimension("n", 4)
        clouds = f.createEnumType(np.uint8, "cloud_t", {"clear": 0, "cumulus": 1, "stratus": 2, "missing": 255})
        v = f.createVariable("cloud", clouds, ("n",))
        v[:] = np.array([0, 2, 1, 1], "u1")
        v = f.createVariable("flag", "i1", ("n",))
        v.flag_values = np.array([1, 2, 4], "i1")
        v.flag_meanings = "one two four"
        v[:] = [1, 2, 4, 1]


def bounds(path):
    with netCDF4.Dataset(path, "w") as f:
        f.Conventions = "CF-1.8"
        f.createDimension("time", 3)
        f.createDimension("bnds", 2)
        f.createDimension("y", 2)
        f.createDimension("x", 3)
        t = f.createVariable("time", "f8", ("time",))
        t.units = "days since 1850-01-01"
        t.calendar = "noleap"
        t.bounds = "time_bnds"
        t[:] = [15.5, 45, 74.5]
        f.createVariable("time_bnds", "f8", ("time", "bnds"))[:] = [[0, 31], [31, 59], [59, 90]]
        f.createVariable("lat", "f4", ("y", "x"))[:] = np.arange(6).reshape(2, 3)
        f.createVariable("lon", "f4", ("y", "x"))[:] = np.arange(6).reshape(2, 3) * 2
        f.createVariable("height", "f8", ())[...] = 2.0
        c = f.createVariable("crs", "i4", ())
        c.grid_mapping_name = "rotated_latitude_longitude"
        v = f.createVariable("tas", "f4", ("time", "y", "x"), fill_value=np.float32(1e20))
        v.coordinates = "lat lon height"
        v.grid_mapping = "crs"
        v.units = "K"
        v[:] = np.arange(18).reshape(3, 2, 3)


def collisions(path):
    """A variable named as a dimension that it does not have, and coordinates of more dimensions than one."""
    with netCDF4.Dataset(path, "w") as f:
        f.createDimension("station", 2)
        f.createDimension("strlen", 4)
        f.createDimension("x", 3)
        f.createDimension("y", 2)
        s = f.createVariable("station", "S1", ("station", "strlen"))
        s[:] = netCDF4.stringtochar(np.array(["ab", "cdef"], "S4"))
        f.createVariable("x", "f4", ("y",))[:] = [1, 2]
        f.createVariable("data", "f4", ("station", "x"))[:] = np.arange(6).reshape(2, 3)


def by_xarray(path):
    ds = xr.Dataset(
        {
            "t2m": (("time", "lat"), np.array([[1.5, np.nan], [2.25, 3.5], [4, 5.75]])),
            "ok": (("lat",), np.array([True, False])),
            "who": (("time",), np.array(["x", "yy", "zzz"])),
            "wait": (("time",), np.array([1, 2, 3], "timedelta64[h]").astype("timedelta64[ns]")),
            "count": (("lat",), np.array([7, 8], "i8")),
        },
        coords={
            "time": np.array(["2020-01-01", "2020-01-02T12:00", "2020-02-29"], "datetime64[ns]"),
            "lat": np.array([10.0, 20.0]),
            "area": ("lat", np.array([1.0, 2.0])),
        },
        attrs={"history": "made", "levels": [1, 2, 3]},
    )
    ds.to_netcdf(
        path,
        engine="h5netcdf",
        unlimited_dims=["time"],
        encoding={
            "t2m": {"dtype": "i2", "scale_factor": 0.25, "add_offset": 1.0, "_FillValue": -32768},
            "time": {"units": "minutes since 2020-01-01", "calendar": "proleptic_gregorian"},
        },
    )


def phony(path):
    with h5py.File(path, "w") as f:
        f["a"] = np.arange(3)
        f["b"] = np.arange(9).reshape(3, 3)
        f["c"] = np.arange(20.0).reshape(4, 5)
        f["text"] = np.array([b"ab", b"c"], "S2")
        f["truth"] = np.array([True, False])
        g = f.create_group("g")
        g["d"] = np.arange(3, dtype="f4")
        g["e"] = np.arange(12).reshape(2, 2, 3)
        g["scalar"] = 5


def icesat(path):
    """As ATL03 has it: delta_time is a scale, other dimensions have no name."""
    with h5py.File(path, "w") as f:
        for beam in ("gt1l", "gt2l"):
            g = f.create_group(beam + "/heights")
            t = g.create_dataset("delta_time", data=np.array([1e8, 1e8 + 0.001, 1e8 + 2]))
            t.attrs["units"] = np.bytes_("seconds since 2018-01-01")
            t.attrs["coordinates"] = np.bytes_("lat_ph lon_ph")
            t.make_scale("delta_time")
            for name, data in (("lat_ph", [1.5, 2.5, 3.5]), ("lon_ph", [4.5, 5.5, 6.5])):
                v = g.create_dataset(name, data=np.array(data))
                v.dims[0].attach_scale(t)
            h = g.create_dataset("h_ph", data=np.array([10, 3.4028235e38, 30], "f4"))
            h.attrs["_FillValue"] = np.float32(3.4028235e38)
            h.attrs["coordinates"] = np.bytes_("delta_time lat_ph lon_ph")
            h.attrs["units"] = np.bytes_("meters")
            h.dims[0].attach_scale(t)
            s = g.create_dataset("signal_conf_ph", data=np.arange(3, dtype="i1"))
            s.dims[0].attach_scale(t)
        f["orbit"] = np.array([7], "u2")


def gedi(path):
    """Without scales, as GEDI L2A and early ICESat-2 granules: labels only in the attributes `coordinates`."""
    with h5py.File(path, "w") as f:
        g = f.create_group("BEAM0000")
        n = 4
        g["delta_time"] = np.arange(n) + 1e8
        g["delta_time"].attrs["units"] = "seconds since 2018-01-01"
        g["lat_lowestmode"] = np.arange(n) * 0.5
        g["lon_lowestmode"] = np.arange(n) * 0.25
        g["elev_lowestmode"] = np.arange(n, dtype="f4")
        g["elev_lowestmode"].attrs["coordinates"] = "delta_time lat_lowestmode lon_lowestmode"
        g["quality_flag"] = np.arange(n, dtype="u1")
        g["quality_flag"].attrs["coordinates"] = "delta_time;lat_lowestmode,\nlon_lowestmode"
        g["rh"] = np.arange(n * 3, dtype="f4").reshape(n, 3)
        g["rh"].attrs["coordinates"] = "delta_time lat_lowestmode lon_lowestmode"
        g["square"] = np.arange(n * n).reshape(n, n)
        g["square"].attrs["coordinates"] = "delta_time"
        g["other"] = np.arange(7)


def mixed(path):
    """Some axes have scales, others have not. h5netcdf refuses such a file, and netCDF-C too."""
    with h5py.File(path, "w") as f:
        f["x"] = np.array([1.0, 2.0, 3.0])
        f["x"].make_scale("x")
        f["old"] = np.array([9.0, 8.0, 7.0])
        f["old"].make_scale("old")
        f["m"] = np.arange(6).reshape(3, 2)
        f["m"].dims[0].attach_scale(f["old"])
        f["m"].dims[0].attach_scale(f["x"])
        f["n"] = np.arange(9).reshape(3, 3)
        f["n"].dims[1].attach_scale(f["x"])
        f["free"] = np.arange(2)


def references(*axes):
    array = np.empty(len(axes), object)
    for i, axis in enumerate(axes):
        array[i] = np.array(axis, h5py.ref_dtype)
    return array


def hostile(path):
    """Attributes of wrong types and shapes, and references that lead nowhere: HostileTest says what becomes of each."""
    with h5py.File(path, "w") as f:
        x = f.create_dataset("x", data=np.array([1.0, 2.0, 3.0]))
        x.make_scale("x")
        gone = f.create_dataset("gone", data=np.array([1.0, 2.0, 3.0]))
        gone.make_scale("gone")
        group = f.create_group("g")

        def add(name, data=(1, 2, 3), dtype="i2", **attrs):
            v = f.create_dataset(name, data=np.array(data, dtype))
            for key, value in attrs.items():
                v.attrs[key] = value
            return v

        add("good").dims[0].attach_scale(x)
        dangling = add("dangling")
        dangling.dims[0].attach_scale(gone)
        add("scale_text", scale_factor="two")
        add("scale_array", scale_factor=np.array([1.0, 2.0]))
        add("offset_text", add_offset=b"1")
        add("fill_text", _FillValue="none")
        add("missing_number", data=(b"a", b"b", b"c"), dtype="S2", missing_value=3)
        add("fill_wide", _FillValue=1e300)
        add("fill_part", _FillValue=1.5)
        add("fill_nan", _FillValue=np.nan)
        add("units_foo", units="foo since bar")
        add("units_date", units="days since 2000-02-31")
        add("units_zone", units="days since 2000-01-01 EST")
        add("units_months", units="months since 2000-01-01")
        add("units_number", units=5)
        add("calendar_foo", units="days since 2000-01-01", calendar="foo")
        add("calendar_number", units="days since 2000-01-01", calendar=3)
        add("time_far", data=(1e300, 1.0, 2.0), dtype="f8", units="days since 2000-01-01", calendar="noleap")
        add("time_infinite", data=(np.inf, 1.0, 2.0), dtype="f8", units="days since 2000-01-01")
        add("duration_far", data=(1e300, 1.0, 2.0), dtype="f8", units="days")
        add("product_far", data=(2**62, 1, 2), dtype="i8", scale_factor=np.int64(4))
        add("list_numbers", DIMENSION_LIST=np.array([1, 2, 3]))
        add("class_number", CLASS=7)
        s = add("scale_ids", CLASS=np.bytes_("DIMENSION_SCALE"), NAME=np.bytes_("scale_ids"))
        s.attrs["_Netcdf4Coordinates"] = np.array([77], "i4")
        s = add("scale_id_float", CLASS=np.bytes_("DIMENSION_SCALE"), NAME=np.bytes_("scale_id_float"))
        s.attrs["_Netcdf4Dimid"] = 1.5
        u = f.create_dataset("endless", data=np.arange(2), maxshape=(None,))
        u.attrs["CLASS"] = np.bytes_("DIMENSION_SCALE")
        u.attrs["REFERENCE_LIST"] = np.array([1.0, 2.0])
        nil = add("nil_list")
        kind = h5py.special_dtype(vlen=h5py.ref_dtype)
        nil.attrs.create("DIMENSION_LIST", references([h5py.Reference()]), dtype=kind)
        long_list = add("long_list")
        long_list.attrs.create("DIMENSION_LIST", references([x.ref], [x.ref]), dtype=kind)
        not_scale = add("not_scale")
        not_scale.attrs.create("DIMENSION_LIST", references([nil.ref]), dtype=kind)
        add("null_space").attrs["units"] = h5py.Empty("S1")
        f["nothing"] = h5py.Empty("f4")
        f["soft"] = h5py.SoftLink("/good")
        f["lost"] = h5py.SoftLink("/nowhere")
        group["loop"] = f["/"]
        group["v"] = np.arange(3)
        del f["gone"]


def selected(path):
    with netCDF4.Dataset(path, "w") as f:
        f.createDimension("time", 24)
        f.createDimension("lat", 9)
        f.createDimension("lon", 6)
        f.createDimension("level", 5)
        f.createDimension("wait", 3)
        f.createDimension("mess", 3)
        t = f.createVariable("time", "i4", ("time",))
        t.units = "days since 2000-01-16"
        t.calendar = "noleap"
        t[:] = np.arange(24) * 30
        f.createVariable("lat", "f4", ("lat",))[:] = np.arange(9)[::-1] * 0.1 - 0.4
        f.createVariable("lon", "f8", ("lon",))[:] = [0, 0.5, 1.5, 3, 10, 40]
        f.createVariable("level", "i8", ("level",))[:] = [2**60 + 4, 2**60 + 3, 2**60, 7, -5]
        w = f.createVariable("wait", "i4", ("wait",))
        w.units = "hours"
        w[:] = [1, 3, 5]
        f.createVariable("mess", "i4", ("mess",))[:] = [1, 3, 2]
        v = f.createVariable("v", "i2", ("time", "lat", "lon"))
        v.scale_factor = np.float32(0.5)
        v.set_auto_maskandscale(False)
        v[:] = np.arange(24 * 9 * 6).reshape(24, 9, 6)
        f.createVariable("p", "i4", ("level", "wait"))[:] = np.arange(15).reshape(5, 3)
        f.createVariable("q", "i4", ("mess",))[:] = [5, 6, 7]


def selections(path):
    """Texts of selections and what xarray selects, by its own words."""
    coder = xr.coders.CFTimedeltaCoder(decode_via_units=True)
    with xr.open_dataset(path, engine="h5netcdf", decode_timedelta=coder) as ds:
        td = lambda text: np.timedelta64(int(text), "h")
        return [
            [name, text, variable(part.variable)]
            for name, text, part in [
                ("v", "", ds.v),
                ("v", "time=0:10, lat=2:3", ds.v.isel(time=slice(0, 10), lat=slice(2, 3))),
                ("v", "lon=-2:", ds.v.isel(lon=slice(-2, None))),
                ("v", "lon=1:6:2,time=3", ds.v.isel(lon=slice(1, 6, 2), time=[3])),
                ("v", "lat=-0.1..0.2", ds.v.sel(lat=slice(np.float32(0.2), np.float32(-0.1)))),
                ("v", "lat=..0", ds.v.sel(lat=slice(0, None))),
                ("v", "lon=0.5..3", ds.v.sel(lon=slice(0.5, 3))),
                ("v", "lon=0.6..1", ds.v.sel(lon=slice(0.6, 1))),
                ("v", "lon=2..", ds.v.sel(lon=slice(2, None))),
                ("v", "lon=~1.1", ds.v.sel(lon=[1.1], method="nearest")),
                ("v", "lon=~100, lat=~-9", ds.v.sel(lon=[100], lat=[-9], method="nearest")),
                ("v", "lat=~0.14", ds.v.sel(lat=[0.14], method="nearest")),
                ("v", "time=2000-03..2000-06", ds.v.sel(time=slice("2000-03", "2000-06"))),
                ("v", "time=2001..", ds.v.sel(time=slice("2001", None))),
                ("v", "time=2000-04-16..2000-06-15", ds.v.sel(time=slice("2000-04-16", "2000-06-15"))),
                ("p", "level=7..1152921504606846976", ds.p.sel(level=slice(2**60, 7))),
                ("p", "level=1152921504606846979..1152921504606846979", ds.p.sel(level=slice(2**60 + 3, 2**60 + 3))),
                ("p", "wait=PT2H..PT5H", ds.p.sel(wait=slice(td(2), td(5)))),
                ("q", "mess=1:2", ds.q.isel(mess=slice(1, 2))),
            ]
        ]


def many(path):
    """As many variables as a product of satellite data has, whose labels should take few round trips."""
    with netCDF4.Dataset(path, "w") as f:
        f.createDimension("time", 50)
        f.createVariable("time", "f8", ("time",))[:] = np.arange(50)
        f["time"].units = "days since 2000-01-01"
        for g in range(4):
            group = f.createGroup(f"group{g}")
            group.createDimension("x", 7)
            group.createVariable("x", "f4", ("x",))[:] = np.arange(7)
            for i in range(25):
                v = group.createVariable(f"v{i}", "f4", ("time", "x"))
                v.setncattr_string("units", "m")
                v.setncattr_string("long_name", f"variable {i}")
                v[:] = np.arange(350).reshape(50, 7) + i


# Names that h5netcdf does not give: dimensions by group and variable.
STATED = {
    "gedi": {
        "/BEAM0000": {
            "delta_time": ["delta_time"],
            "lat_lowestmode": ["delta_time"],
            "lon_lowestmode": ["delta_time"],
            "elev_lowestmode": ["delta_time"],
            "quality_flag": ["delta_time"],
            "rh": ["delta_time", "phony_dim_2"],
            "square": ["delta_time", "phony_dim_0"],
            "other": ["phony_dim_1"],
        }
    },
    "mixed": {
        "/": {
            "x": ["x"],
            "old": ["old"],
            "m": ["x", "phony_dim_2"],
            "n": ["old", "x"],
            "free": ["phony_dim_2"],
        }
    },
}

FILES = [packed, calendars, groups, unlimited, strings, enums, bounds, collisions, by_xarray, phony, icesat]
BY_HAND = [gedi, mixed]
OTHERS = {hostile: lambda path: None, selected: selections, many: lambda path: None}


def attribute(value):
    if isinstance(value, bytes):
        value = value.decode()
    if isinstance(value, str):
        return value
    if isinstance(value, list) and all(isinstance(v, str) for v in value):
        return value
    array = np.atleast_1d(value)
    return {"type": array.dtype.newbyteorder("=").name, "values": [number(v) for v in array.ravel()]}


def number(v):
    if isinstance(v, (np.floating, float)):
        return repr(float(v)) if not np.isfinite(v) else float(v)
    if isinstance(v, (np.bool_, bool)):
        return bool(v)
    if isinstance(v, (np.integer, int)):
        return str(int(v))
    if isinstance(v, bytes):
        return v.decode()
    return str(v)


def values(data):
    flat = data.ravel()
    if data.dtype.kind == "M":
        return "times", [None if np.isnat(v) else str(v.astype("datetime64[ns]").astype("i8")) for v in flat]
    if data.dtype.kind == "m":
        return "durations", [None if np.isnat(v) else str(v.astype("timedelta64[ns]").astype("i8")) for v in flat]
    if data.dtype.kind == "O" and flat.size and hasattr(flat[0], "calendar"):
        fields = lambda v: [v.year, v.month, v.day, v.hour, v.minute, v.second, v.microsecond]
        return "dates:" + flat[0].calendar, [fields(v) for v in flat]
    if data.dtype.kind in "OUS":
        return "text", [None if isinstance(v, float) else number(v) for v in flat]
    return data.dtype.newbyteorder("=").name, [number(v) for v in flat]


def variable(v):
    kind, flat = values(v.values)
    return {"dimensions": list(v.dims), "shape": list(v.shape), "type": kind, "values": flat}


def group_paths(path):
    paths = ["/"]
    with h5py.File(path) as f:
        f.visititems(lambda name, o: paths.append("/" + name) if isinstance(o, h5py.Group) else None)
    return paths


def expected(path):
    coder = xr.coders.CFTimedeltaCoder(decode_via_units=True)
    groups = {}
    for group in group_paths(path):
        options = dict(engine="h5netcdf", group=group, phony_dims="sort")
        with xr.open_dataset(path, decode_timedelta=coder, **options) as ds, h5netcdf.File(
            path, phony_dims="sort", decode_vlen_strings=True
        ) as f:
            raw = f if group == "/" else f[group]
            groups[group] = {
                "dimensions": {str(k): int(v) for k, v in ds.sizes.items()},
                "unlimited": sorted(ds.encoding.get("unlimited_dims", [])),
                "coordinates": sorted(str(c) for c in ds.coords),
                "attributes": {k: attribute(v) for k, v in raw.attrs.items()},
                "variables": {str(k): variable(v) for k, v in ds.variables.items()},
                "variable_attributes": {
                    str(k): {n: attribute(a) for n, a in v.attrs.items()} for k, v in raw.variables.items()
                },
            }
    return groups


def main():
    OUT.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        write(folder)


def write(folder):
    for make in FILES + BY_HAND + list(OTHERS):
        path = pathlib.Path(folder) / (make.__name__ + ".h5")
        make(path)
        if make in FILES:
            answer = expected(path)
        else:
            answer = OTHERS[make](path) if make in OTHERS else STATED[make.__name__]
        text = json.dumps(answer, indent=None, separators=(",", ":"), ensure_ascii=True)
        if answer is not None:
            (OUT / (make.__name__ + ".json")).write_text(text.replace('},"', '},\n"') + "\n")
        packed_file = OUT / (make.__name__ + ".h5.gz")
        packed_file.write_bytes(gzip.compress(path.read_bytes(), 9, mtime=0))
        print(make.__name__, path.stat().st_size, packed_file.stat().st_size)


if __name__ == "__main__":
    sys.exit(main())
