# SPDX-License-Identifier: Apache-2.0
"""Files for the commands that read values, with what h5py, numpy and h5diff say of them, into
h5coro-cli/src/test/resources/values: python3 command_values.py"""

import json
import pathlib
import subprocess

import h5py
import numpy as np

FOLDER = pathlib.Path(__file__).resolve().parents[2] / "h5coro-cli" / "src" / "test" / "resources" / "values"


def climate(name, change):
    """A file as netCDF-4 makes it: dimensions, packed and missing values, groups, strings."""
    with h5py.File(FOLDER / name, "w", libver="earliest") as f:
        f.attrs["title"] = "A small \"climate\""
        f.attrs["history"] = np.array(["made", "by hand"], dtype=h5py.string_dtype())
        time = f.create_dataset("time", data=np.arange(6, dtype="f8") * 0.5, maxshape=(None,), chunks=(4,))
        time.attrs["units"] = "days since 2000-01-01"
        lat = f.create_dataset("lat", data=np.array([-45.0, 0.0, 45.1], dtype="f4"))
        lon = f.create_dataset("lon", data=np.arange(4, dtype="f4") * 90)
        level = f.create_dataset("level", data=np.zeros(2, dtype=">f4"))
        for scale, scale_name in ((time, "time"), (lat, "lat"), (lon, "lon"),
                                  (level, "This is a netCDF dimension but not a netCDF variable.         2")):
            scale.make_scale(scale_name)
        values = (np.arange(72, dtype="f4").reshape(6, 3, 4) * np.float32(0.1)) + 270
        values[0, 0, 0] = 1e20
        values[1, 2, 3] = np.nan
        if change == "values":
            values[5, 2, 1] += np.float32(0.25)
        tas = f.create_dataset("tas", data=values, maxshape=(None, 3, 4), chunks=(2, 3, 4), compression="gzip",
                               fillvalue=np.float32(1e20))
        tas.attrs["_FillValue"] = np.float32(1e20)
        tas.attrs["units"] = "K" if change != "attributes" else "degC"
        tas.attrs["valid_range"] = np.array([0, 1000.5], dtype="f4")
        if change != "attributes":
            tas.attrs["flag"] = np.int16(3)
        tas.dims[0].attach_scale(time)
        tas.dims[1].attach_scale(lat)
        tas.dims[2].attach_scale(lon)
        group = f.create_group("forecast")
        pressure = group.create_dataset("pressure", data=np.arange(12, dtype="u2").reshape(6, 2))
        pressure.attrs["missing_value"] = np.uint16(7)
        pressure.dims[0].attach_scale(time)
        pressure.dims[1].attach_scale(level)
        names = ["north", "a \"b\"", "caf\u00e9", "tab\there", "", "line\nbreak"]
        group.create_dataset("station", data=np.array(names, dtype=h5py.string_dtype()))
        if change == "structure":
            del group["station"]
            group.create_dataset("extra", data=np.int32(1))
            del f["lat"]
            f["lat"] = np.array([-45, 0, 45], dtype="i4")
        f["alias"] = h5py.SoftLink("/tas" if change != "links" else "/time")
        f["far"] = h5py.ExternalLink("other.h5", "/x")


def numbers():
    """Numbers at the ends of their types, more than a sample holds, and elements that are no numbers."""
    random = np.random.default_rng(14)
    with h5py.File(FOLDER / "numbers.h5", "w", libver="latest") as f:
        f["u64"] = np.array([0, 1, 2**63, 2**64 - 1, 2**64 - 2], dtype="u8")
        f["i64"] = np.array([-2**63, 2**63 - 1, 2**63 - 1, -1, 2**63 - 2], dtype="i8")
        f["i1"] = np.array([-128, 127, 0], dtype="i1")
        f["be"] = np.array([1, 2, 30000], dtype=">i2")
        f["half"] = np.array([0.5, 1.25, np.nan, -65504], dtype="f2")
        f["single"] = np.array([0.1, 1e-5, 1e10, 123456.7, -0.0, np.inf, 3.4028235e38], dtype="f4")
        f["double"] = np.array([0.1, 1e-5, 1e300, 123456789.125, -np.inf, 5e-324, 1 / 3], dtype="f8")
        f["cancelling"] = np.array([1e16, 1.0, -1e16, 1.0], dtype="f8")
        f["nothing"] = np.array([np.nan, np.nan], dtype="f8")
        f["scalar"] = np.float64(2.5)
        f["none"] = h5py.Empty("f8")
        f.create_dataset("empty", shape=(0, 3), dtype="i4")
        f.create_dataset("filled", shape=(10,), chunks=(5,), fillvalue=-9, dtype="i4")
        f["filled"][2:5] = [4, 5, 7]
        many = np.cumsum(random.integers(0, 9, 30000)).astype("i4")
        f.create_dataset("many", data=many.reshape(3000, 10), chunks=(500, 10), compression="gzip", shuffle=True)
        f["flag"] = np.array([True, False, True])
        f["state"] = np.array([1, 2, 9], dtype=h5py.enum_dtype({"ON": 1, "OFF": 2}, basetype="u1"))
        f["complex"] = np.array([1 + 2j, -0.5 - 1j])
        f["text"] = np.array([b"ab", b"c"], dtype="S4")
        f["opaque"] = np.array([b"\x00\xff\x10", b"abc"], dtype="V3")
        ragged = f.create_dataset("ragged", (2,), dtype=h5py.vlen_dtype("i4"))
        ragged[0] = [1, 2, 3]
        ragged[1] = []
        table = np.dtype([("id", "u8"), ("energy", "f4"), ("name", h5py.string_dtype()), ("point", "f8", (2,))])
        f["table"] = np.array([(2**64 - 1, 0.1, "first", [1, 2.5]), (7, np.nan, "second", [3, 4])], dtype=table)
        f["cube"] = np.arange(24, dtype="i4").reshape(2, 3, 4)
        f["wide"] = np.arange(18, dtype="i4").reshape(3, 6)
        f["link"] = np.array([f["cube"].ref, h5py.Reference()], dtype=h5py.ref_dtype)


def missing(dataset):
    for name in ("_FillValue", "missing_value"):
        if name in dataset.attrs:
            return dataset.attrs[name]
    state = dataset.id.get_create_plist().fill_value_defined()
    return dataset.fillvalue if state == h5py.h5d.FILL_VALUE_USER_DEFINED else None


def statistics(values, fill):
    """Of a flat array; whole numbers by Python's own arithmetic."""
    gone = np.zeros(values.shape, dtype=bool)
    if values.dtype.kind == "f":
        gone |= np.isnan(values)
    if fill is not None:
        gone |= values == values.dtype.type(fill)
    left = values[~gone]
    result = {"count": int(left.size), "missing": int(gone.sum())}
    if left.size:
        whole = left.dtype.kind in "iu"
        kind = int if whole else float
        with np.errstate(invalid="ignore"):
            quantiles = np.quantile(left.astype("f8"), [0.05, 0.25, 0.5, 0.75, 0.95]).tolist()
        result["min"], result["max"] = kind(left.min()), kind(left.max())
        with np.errstate(invalid="ignore"):
            if whole:
                result["mean"] = sum(int(v) for v in left) / left.size
            elif np.isfinite(left).all():
                from fractions import Fraction
                result["mean"] = float(sum(Fraction(float(v)) for v in left) / left.size)
            if left.size <= 10000 and np.isfinite(left.astype("f8")).all():
                result["quantiles"] = quantiles
            result["exact_quantiles"] = quantiles
    return {k: v if not isinstance(v, float) or np.isfinite(v) else str(v) for k, v in result.items()}


def all_statistics():
    found = {}
    for name in ("climate.h5", "numbers.h5"):
        with h5py.File(FOLDER / name) as f:
            def visit(path, item):
                if isinstance(item, h5py.Dataset) and item.shape is not None and item.dtype.names is None:
                    if item.dtype.kind in "iuf" and h5py.check_enum_dtype(item.dtype) is None:
                        values = np.asarray(item[()]).reshape(-1).astype(item.dtype.newbyteorder("="))
                        found[name + "/" + path] = statistics(values, missing(item))
            f.visititems(visit)
    for key in found:
        if "exact_quantiles" in found[key] and not all(np.isfinite(found[key]["exact_quantiles"])):
            del found[key]["exact_quantiles"]
    (FOLDER / "statistics.json").write_text(json.dumps(found, indent=0) + "\n")


def text(value):
    """A value as cat prints it: numbers are compared as numbers, all else as text."""
    if isinstance(value, bytes):
        return value.decode()
    if isinstance(value, str):
        return value.replace("\t", "\\t").replace("\n", "\\n")
    if isinstance(value, (bool, np.bool_)):
        return str(bool(value)).upper()
    if isinstance(value, np.ndarray):
        return "[" + ", ".join(text(v) for v in value.tolist()) + "]"
    if isinstance(value, np.void) and value.dtype.names is None:
        return "0x" + value.tobytes().hex()
    if isinstance(value, np.floating):
        return repr(float(value)) if value.dtype != np.float32 else str(value)
    return str(value)


def cats():
    """What cat prints of each dataset, a line for each row."""
    found = {}
    wanted = {
        "climate.h5": ["/tas", "/time", "/lat", "/level", "/forecast/pressure", "/forecast/station"],
        "numbers.h5": ["/u64", "/i64", "/i1", "/be", "/half", "/single", "/double", "/scalar", "/none", "/empty",
                       "/filled", "/flag", "/complex", "/text", "/opaque", "/ragged", "/table", "/cube", "/wide"],
    }
    for name, paths in wanted.items():
        with h5py.File(FOLDER / name) as f:
            for path in paths:
                d = f[path]
                if d.shape is None:
                    found[name + path] = []
                    continue
                strings = h5py.check_string_dtype(d.dtype) is not None
                values = (d.asstr()[()] if strings else d[()])
                values = np.asarray(values, dtype=object if strings else None)
                if d.dtype.names:
                    rows = [[row["id"], row["energy"], row["name"].decode(), row["point"]] for row in values]
                elif values.dtype.kind == "c":
                    # Stored as a compound of r and i.
                    rows = [[v.real, v.imag] for v in values]
                elif d.ndim < 2:
                    rows = [[v] for v in values.reshape(-1)]
                else:
                    rows = list(values.reshape(-1, values.shape[-1]))
                found[name + path] = ["\t".join(text(v) for v in row) for row in rows]
    (FOLDER / "rows.json").write_text(json.dumps(found, indent=0) + "\n")


def verdicts():
    """Whether h5diff finds a difference: its exit status for pairs of files and options."""
    lines = []
    for other in ("same", "values", "attributes", "structure", "links"):
        for options in ([], ["-d", "0.5"], ["-p", "0.001"]):
            run = subprocess.run(["h5diff", *options, "climate.h5", f"climate_{other}.h5"], cwd=FOLDER,
                                 capture_output=True)
            lines.append(f"{other} {' '.join(options) or 'exact'} {run.returncode}")
    (FOLDER / "h5diff.txt").write_text("\n".join(lines) + "\n")


def references(name, renamed):
    """References to an object that has another name in the other file, at the same address."""
    with h5py.File(FOLDER / name, "w") as f:
        for place in ("a", "b"):
            f[place] = np.arange(6, dtype="i4")
        f.create_dataset("r", data=np.array([f.ref, f["a"].ref], dtype=h5py.ref_dtype))
        f.create_dataset("rr", (1,), dtype=h5py.regionref_dtype)[0] = f["a"].regionref[1:3]
        if renamed:
            f.move("a", "c")
            f.move("b", "a")
            f.move("c", "b")


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    climate("climate.h5", "")
    for kind in ("same", "values", "attributes", "structure", "links"):
        climate(f"climate_{kind}.h5", kind)
    references("references.h5", False)
    references("references_other.h5", True)
    numbers()
    all_statistics()
    cats()
    verdicts()
