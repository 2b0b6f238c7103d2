#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Reads HDF5 files through references with zarr and xarray, and compares each value with h5py and h5netcdf.

    read_refs.py COMMAND WORK FILE...

COMMAND is a command line that runs h5coro, WORK a folder for what it writes, FILE a local HDF5 or netCDF file, also one
packed as FILE.gz. A name that has ":nc" behind it is compared in xarray too, group by group. Needs zarr 3.1, fsspec,
xarray, h5netcdf, hdf5plugin and pandas with fastparquet or pyarrow; without them it says so and ends with status 77.
Also packs the references into Parquet and compares those, read with PARQUET_ENGINE (fastparquet). INLINE_BYTES sets
--inline-bytes; when it is 0, datasets named given_... must not be refused, and those named refused_... must be. With
OVER_HTTP=1 the command and zarr read the files from a server at the loopback address.
"""
import gzip, os, shlex, shutil, subprocess, sys, urllib.parse

os.environ["HDF5_EXTFILE_PREFIX"] = "${ORIGIN}"
try:
    import fsspec, h5py, hdf5plugin, h5netcdf, numpy as np, xarray as xr, zarr
    from fsspec.implementations.reference import LazyReferenceMapper, ReferenceFileSystem
except ImportError as e:
    print("skipped:", e)
    sys.exit(77)
import pandas, served_ranges, warnings

warnings.filterwarnings("ignore")

# With texts of pandas 3 fsspec 2026.9 takes the null of a missing chunk for an address.
pandas.options.future.infer_string = False



def refs(command, path, target, *options):
    run = subprocess.run(shlex.split(command) + ["refs", path, "-o", target, *options], capture_output=True, text=True)
    if run.returncode not in (0, 4):
        raise SystemExit(f"{path}: status {run.returncode}: {run.stderr}")
    refused = {}
    for line in run.stderr.splitlines():
        if line.startswith("h5coro: refused: "):
            name, reason = line[len("h5coro: refused: ") :].split(": ", 1)
            refused[name] = reason
    assert bool(refused) == (run.returncode == 4), run.stderr
    return refused


def store(target):
    if os.path.isdir(target):
        target = LazyReferenceMapper(target, fsspec.filesystem("file"), engine=ENGINE)
    remote = dict(remote_protocol="http", remote_options=dict(asynchronous=True)) if OVER_HTTP else dict(remote_protocol="file")
    fs = ReferenceFileSystem(target, asynchronous=True, **remote)
    return zarr.storage.FsspecStore(fs, read_only=True, path="")


def same(a, b):
    if a.dtype.kind == "O" or b.dtype.kind in "OTU":
        return [str(x) for x in a.ravel()] == [str(x) for x in b.ravel()]
    return a.astype(a.dtype.newbyteorder("<")).tobytes() == b.astype(b.dtype.newbyteorder("<")).tobytes()


def values(path, target, refused):
    """Each dataset through zarr and through h5py: equal, or refused."""
    root = zarr.open_group(store(target), mode="r", zarr_format=2, use_consolidated=False)
    counts = {"equal": 0, "refused": 0, "dropped": 0}

    def visit(name, obj):
        if not isinstance(obj, h5py.Dataset):
            return
        if b"This is a netCDF dimension but not a netCDF variable" in bytes(np.asarray(obj.attrs.get("NAME", b"")).astype("S")):
            counts["dropped"] += 1
            return
        leaf = name.rsplit("/", 1)[-1]
        if INLINE == ["--inline-bytes", "0"]:
            assert not (leaf.startswith("given_") and "/" + name in refused), (name, refused["/" + name])
            assert not (leaf.startswith("refused_") and "/" + name not in refused), name
        if "/" + name in refused:
            counts["refused"] += 1
            return
        stored = obj.asstr()[...] if h5py.check_string_dtype(obj.dtype) and h5py.check_string_dtype(obj.dtype).length is None else obj[...]
        stored = np.asarray(stored)
        key = name.replace("_nc4_non_coord_", "")
        array = root[key] if key in root else root[name]
        # A dataset may be shorter than an unlimited dimension; behind its end is the fill value.
        got = np.asarray(array[...])[tuple(slice(0, n) for n in stored.shape)]
        assert got.shape == stored.shape, (name, got.shape, stored.shape)
        fill = array.fill_value
        assert same(stored, got), (path, name, stored.dtype, got.dtype, stored.ravel()[:5], got.ravel()[:5], fill)
        counts["equal"] += 1

    with h5py.File(path) as f:
        f.visititems(visit)
    return counts


def groups(path):
    found = ["/"]
    with h5py.File(path) as f:
        f.visititems(lambda name, obj: found.append("/" + name) if isinstance(obj, h5py.Group) else None)
    return found


def datasets(path, target, refused):
    """Each group in xarray through the references and through h5netcdf: identical but for the form of attributes."""
    compared = 0
    for group in groups(path):
        try:
            want = xr.open_dataset(path, engine="h5netcdf", group=group, phony_dims="sort", decode_timedelta=True)
        except Exception as e:
            print("  h5netcdf cannot open", path, group, type(e).__name__, e)
            continue
        got = xr.open_zarr(store(target), group=group.strip("/") or None, consolidated=True, zarr_format=2, chunks=None, decode_timedelta=True)
        lost = {name for name in want.variables if group.rstrip("/") + "/" + name in refused}
        want = want.drop_vars(lost)
        try:
            assert set(want.variables) == set(got.variables), (set(want.variables) ^ set(got.variables))
            for name in want.variables:
                a, b = want[name].variable, got[name].variable
                # Axes without a name may have that of a coordinate of their length.
                named = [x == y or x.startswith("phony_dim") for x, y in zip(a.dims, b.dims, strict=True)]
                assert all(named), (name, a.dims, b.dims)
                x, y = a.values, b.values
                if x.dtype.kind == "f" and x.dtype != y.dtype:
                    # A scale of 32 bits is one of 64 in JSON: xarray then computes in doubles.
                    np.testing.assert_allclose(x, y, rtol=1e-6, err_msg=name)
                elif x.dtype.kind == "O":
                    assert [repr(v) for v in x.ravel()] == [repr(v) for v in y.ravel()], name
                else:
                    np.testing.assert_array_equal(x, y, err_msg=name)
                assert set(a.attrs) == set(b.attrs), (name, set(a.attrs) ^ set(b.attrs))
        except AssertionError as e:
            raise AssertionError(f"{path} {group}: {e}")
        compared += 1
    return compared


def address(path):
    return served_ranges.start(os.path.dirname(path)) + urllib.parse.quote(os.path.basename(path)) if OVER_HTTP else path


def main():
    command, work, *files = sys.argv[1:]
    failed = 0
    for named in files:
        file = named.removesuffix(":nc")
        name = os.path.basename(file).removesuffix(".gz")
        path = os.path.abspath(file)
        if file.endswith(".gz"):
            path = os.path.join(work, name)
            with gzip.open(file) as packed, open(path, "wb") as plain:
                shutil.copyfileobj(packed, plain)
        try:
            line = [name]
            for target, options in ((name + ".json", ()), (name + ".parq", ("--format", "parquet"))):
                target = os.path.join(work, target)
                shutil.rmtree(target, ignore_errors=True)
                refused = refs(command, address(path), target, *options, *INLINE)
                counts = values(path, target, refused)
                line.append(str(counts))
                if named.endswith(":nc"):
                    line.append(f"{datasets(path, target, refused)} groups in xarray")
            print(*line, *(f"\n    refused {path}: {reason}" for path, reason in refused.items()), flush=True)
        except Exception as e:
            failed += 1
            print(name, "FAILED", type(e).__name__, e, flush=True)
    sys.exit(1 if failed else 0)


INLINE = ["--inline-bytes", os.environ["INLINE_BYTES"]] if "INLINE_BYTES" in os.environ else []
OVER_HTTP = os.environ.get("OVER_HTTP") == "1"
ENGINE = os.environ.get("PARQUET_ENGINE", "fastparquet")
main()
