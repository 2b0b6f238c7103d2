# SPDX-License-Identifier: Apache-2.0
"""Writes the fixtures of the views of NWB and AnnData, and what pynwb, anndata and scipy make of them.

    python make_views.py             writes ../resources/views

`hostile_*` are damaged with h5py: what each is wrong in is said in the tests.
"""

import datetime
import gzip
import json
import pathlib
import shutil
import tempfile
import warnings

import anndata
import h5py
import numpy as np
import pandas as pd
import scipy.sparse as sp
from hdmf.common import DynamicTable, VectorData, VectorIndex
from pynwb import NWBHDF5IO, NWBFile, TimeSeries
from pynwb.behavior import BehavioralEvents, SpatialSeries, Position
from pynwb.ecephys import ElectricalSeries

HERE = pathlib.Path(__file__).parent
OUT = HERE.parent / "resources" / "views"
warnings.simplefilter("ignore")


def plain(value):
    """A value as JSON: texts of numbers, None where there is no value."""
    if isinstance(value, (list, tuple, np.ndarray, pd.Series)):
        return [plain(one) for one in (value.tolist() if isinstance(value, np.ndarray) else value)]
    if value is None or value is pd.NA:
        return None
    if isinstance(value, (bool, np.bool_)):
        return "true" if value else "false"
    if isinstance(value, (float, np.floating)):
        return repr(float(value))
    if isinstance(value, (int, np.integer)):
        return str(int(value))
    return str(value)


def nwb(path):
    start = datetime.datetime(2024, 5, 1, 12, 30, tzinfo=datetime.timezone.utc)
    f = NWBFile(session_description="mouse", identifier="m1", session_start_time=start)
    f.add_acquisition(TimeSeries(name="lick_times", data=np.array([1, 1, 0, 1], "i2"), unit="n/a",
                                 timestamps=np.array([0.5, 1.25, 2.0, 9.75]), conversion=2.0, offset=0.5,
                                 description="licks"))
    f.add_acquisition(TimeSeries(name="lfp", data=np.arange(12, dtype="i2").reshape(6, 2), unit="volts", rate=1000.0,
                                 starting_time=3.5, conversion=1e-6))
    f.add_acquisition(TimeSeries(name="shared", data=np.array([4.0, 5.0, 6.0, 7.0]), unit="m",
                                 timestamps=f.acquisition["lick_times"]))
    device = f.create_device(name="probe")
    group = f.create_electrode_group(name="shank0", description="s", location="CA1", device=device)
    f.add_electrode_column(name="label", description="name of the electrode")
    for i in range(4):
        f.add_electrode(x=1.5 * i, y=-2.0 * i, z=0.25, imp=float(i), location="CA%d" % (i % 2), filtering="none",
                        group=group, label="e%d" % i)
    region = f.create_electrode_table_region(region=[0, 2, 3], description="three")
    f.add_acquisition(ElectricalSeries(name="ephys", data=np.arange(9, dtype="i2").reshape(3, 3), electrodes=region,
                                       rate=30000.0, starting_time=0.0, conversion=4.675e-6,
                                       channel_conversion=np.array([1.0, 2.0, 0.5])))
    f.add_unit_column(name="quality", description="how good")
    f.add_unit_column(name="bursts", description="spikes of bursts", index=2)
    f.add_unit(spike_times=[0.1, 0.2, 0.7], quality="good", electrodes=[0, 1], bursts=[[1, 2], [3]])
    f.add_unit(spike_times=[], quality="noise", electrodes=[2], bursts=[])
    f.add_unit(spike_times=[5.5], quality="good", electrodes=[], bursts=[[], [4, 5, 6]])
    f.add_trial_column(name="correct", description="whether")
    f.add_trial(start_time=0.0, stop_time=1.0, correct=True)
    f.add_trial(start_time=2.0, stop_time=3.5, correct=False)
    module = f.create_processing_module(name="behavior", description="b")
    module.add(TimeSeries(name="speed", data=np.array([1, 2, 3], "f4"), unit="cm/s", rate=10.0, conversion=0.01))
    with NWBHDF5IO(str(path), "w") as io:
        io.write(f, cache_spec=False)
    return read_nwb(path)


def series(one):
    data = np.asarray(one.data[:])
    scaled = np.asarray(one.get_data_in_units())
    times = np.asarray(one.get_timestamps())
    return {"shape": list(map(str, data.shape)), "raw": plain(data.ravel()), "scaled": plain(scaled.ravel()),
            "unit": one.unit, "timestamps": plain(times),
            "rate": None if one.rate is None else plain(float(one.rate)), "conversion": plain(float(one.conversion)),
            "offset": plain(float(one.offset))}


def column(table, name):
    col = table[name]
    rows = []
    for i in range(len(table)):
        value = col[i]
        if isinstance(value, pd.DataFrame):
            value = list(value.index)
        elif hasattr(value, "name") and hasattr(value, "object_id"):
            value = value.name
        elif isinstance(value, list):
            value = [v.tolist() if isinstance(v, np.ndarray) else v for v in value]
        rows.append(plain(value))
    return rows


def table(t):
    return {"rows": str(len(t)), "id": plain(t.id[:]), "columns": {n: column(t, n) for n in t.colnames}}


def read_nwb(path):
    with NWBHDF5IO(str(path), "r") as io:
        f = io.read()
        return {"acquisition": {n: series(s) for n, s in f.acquisition.items()},
                "speed": series(f.processing["behavior"]["speed"]),
                "units": table(f.units), "electrodes": table(f.electrodes), "trials": table(f.trials),
                "start": f.session_start_time.isoformat(), "identifier": f.identifier,
                "description": f.session_description}


def dense_x():
    rng = np.random.default_rng(7)
    x = rng.integers(0, 9, (7, 5)).astype("f4")
    x[rng.random((7, 5)) < 0.55] = 0
    x[3] = 0
    return x


def tables():
    obs = pd.DataFrame(index=pd.Index(["cell%d" % i for i in range(7)], name="barcode"))
    obs["kind"] = pd.Categorical(["a", "b", None, "a", "c", "c", "b"], categories=["c", "a", "b"], ordered=True)
    obs["level"] = pd.Categorical([10, 20, 10, 30, 30, 10, 20])
    obs["count"] = pd.array([1, None, 3, 4, None, 6, 7], dtype="Int32")
    obs["flag"] = pd.array([True, None, False, True, False, None, True], dtype="boolean")
    obs["plain_flag"] = [True, False, True, True, False, False, True]
    obs["size"] = np.array([0.5, np.nan, 2, 3, 4, 5, 6.25])
    obs["number"] = np.arange(7, dtype="i8") * 2**40
    obs["text"] = ["x", "", "für", "z", "a", "b", "c"]
    var = pd.DataFrame(index=["g%d" % i for i in range(5)])
    var["mean"] = np.array([1, 2, 3, 4, 5], "f4")
    return obs, var


def rows(frame):
    def value(column, one):
        return None if one is pd.NA or (isinstance(one, float) and np.isnan(one) and column.dtype.name == "category") \
            else one
    return {"index": plain(list(frame.index)), "index_name": frame.index.name,
            "columns": {n: [plain(value(frame[n], v)) for v in frame[n].tolist()] for n in frame.columns}}


def adata(kind):
    def make(path):
        x = dense_x()
        obs, var = tables()
        stored = {"csr": sp.csr_matrix, "csc": sp.csc_matrix, "dense": np.asarray}[kind](x)
        a = anndata.AnnData(X=stored, obs=obs, var=var)
        a.layers["counts"] = sp.csr_matrix(x.astype("i4") * 3)
        anndata.settings.allow_write_nullable_strings = True
        a.write_h5ad(path)
        b = anndata.read_h5ad(path)
        dense = b.X if isinstance(b.X, np.ndarray) else b.X.toarray()
        csr = sp.csr_matrix(b.X)
        csr.sort_indices()
        return {"shape": list(map(str, b.shape)), "x": plain(dense.ravel()), "indptr": plain(csr.indptr),
                "indices": plain(csr.indices), "data": plain(csr.data),
                "counts": plain(b.layers["counts"].toarray().ravel()), "obs": rows(b.obs), "var": rows(b.var)}
    return make


def large(path):
    """A sparse matrix in chunks, for counts of requests."""
    row = np.repeat(np.arange(4000), 15)
    x = sp.csr_matrix((row % 5 + 1.5, (row, row % 7 + 20 * np.tile(np.arange(15), 4000))), (4000, 300), dtype="f4")
    a = anndata.AnnData(X=x)
    a.write_h5ad(path, compression=None)
    with h5py.File(path, "a") as f:
        for name in ("data", "indices"):
            values = f["X"][name][:]
            del f["X"][name]
            f["X"].create_dataset(name, data=values, chunks=(2000,))
    b = anndata.read_h5ad(path)
    part = b.X[1000:1003]
    return {"indptr": plain(part.indptr), "indices": plain(part.indices), "data": plain(part.data)}


def write(name, make):
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "x.h5"
        expected = make(path)
        with gzip.GzipFile(OUT / (name + ".h5.gz"), "wb", mtime=0) as out:
            out.write(path.read_bytes())
        if expected is not None:
            (OUT / (name + ".json")).write_text(json.dumps(expected, ensure_ascii=False, indent=0) + "\n")
    print(name)


def damaged(make, change):
    def damage(path):
        make(path)
        with h5py.File(path, "a") as f:
            change(f)
    return damage


def at(path, index, value):
    def change(f):
        f[path][index] = value
    return change


def without(path):
    def change(f):
        del f[path]
    return change


OUT.mkdir(exist_ok=True)
write("nwb", nwb)
for kind in ("csr", "csc", "dense"):
    write(kind, adata(kind))
write("large", large)


def hostile_nwb(f):
    f["units/spike_times_index"][1] = 1  # not ascending: 3, 1, 4
    f["units/electrodes_index"][2] = 99  # beyond
    f["units/bursts_index_index"][2] = 200  # beyond, in the outer one of two
    f["acquisition/lfp/starting_time"].attrs["rate"] = 0.0
    f["acquisition/lick_times/data"].attrs["conversion"] = "much"


def hostile_csr(f):
    f["X/indptr"][2] = f["X/indptr"][1] - 1  # not ascending
    f["obs/kind/codes"][1] = 3  # there are three categories
    f["obs/kind/codes"][2] = -2
    f["layers/counts/indptr"][7] = 1000  # beyond the indices
    f["layers/counts/indices"][0] = 5  # there are five columns


write("hostile_nwb", damaged(nwb, hostile_nwb))
write("hostile_csr", damaged(adata("csr"), hostile_csr))
