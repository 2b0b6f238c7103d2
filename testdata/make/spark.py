# SPDX-License-Identifier: Apache-2.0
"""Writes what h5coro-spark's tests read: forty small granules, and the same values as h5py reads them, in sums and as one
Parquet file that Spark's own reader takes. Needs pyarrow besides h5py. With a folder: granules to measure with."""

import gzip
import io
import json
import pathlib
import sys

import h5py
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

RESOURCES = pathlib.Path(__file__).parent.parent.parent / "h5coro-spark/src/test/resources"
GRANULES = 40
CHUNK = 128
SURFACE = h5py.enum_dtype({"LAND": 0, "OCEAN": 1, "ICE": 2}, "i1")
GROUP = "gt1l/heights"


def photons(rng, number, rows):
    along = np.sort(rng.uniform(0, 100, rows))
    height = (1800 + 60 * np.sin(along / 9) + rng.normal(0, 3, rows)).round(2).astype("<f4")
    height[rng.random(rows) < 0.01] = np.nan
    height[rng.random(rows) < 0.01] = -0.0
    return {
        "delta_time": 60_000_000 + 100 * number + along,
        "lat_ph": (38.5 + along / 111).round(7),
        "lon_ph": (-106.9 - along / 1300).round(7),
        "h_ph": height,
        "signal_conf_ph": rng.integers(-1, 5, (rows, 5)).astype("i1"),
        "quality_ph": (rng.random(rows) < 0.1).astype("i1"),
        "ph_id_channel": rng.integers(1, 200, rows).astype("u1"),
        "ph_id_pulse": rng.integers(0, 60_000, rows).astype("u2"),
        "pce_mframe_cnt": (4_000_000_000 + np.arange(rows) // 100 + number).astype("<u4"),
        "ph_count": np.uint64(2**63) + (np.arange(rows) * 7 + number).astype("<u8"),
        "segment_id": (730_000 + along * 10).astype("<i4"),
        "beam": rng.choice(["weak", "strong", "äußerst"], rows),
        "surface": rng.integers(0, 3, rows).astype("i1"),
        "night": rng.random(rows) < 0.3,
    }


def write(path, number, columns, geophysical):
    rows = len(columns["h_ph"])
    with h5py.File(path, "w", libver="latest" if number % 2 else "earliest") as o:
        o.attrs["short_name"] = "ATL03"
        o.create_dataset("orbit_info/rgt", data=np.array([number * 3], "i2"))
        o.create_dataset("orbit_info/orbit", data=np.int32(number))
        group = o.create_group(GROUP)
        for name, values in columns.items():
            shape = (min(CHUNK, rows), *values.shape[1:])
            if name == "beam":
                group.create_dataset(name, data=list(values), dtype=h5py.string_dtype(), chunks=shape)
            elif name == "surface":
                group.create_dataset(name, data=values, dtype=SURFACE, chunks=shape, compression="gzip")
            elif name == "segment_id":
                group.create_dataset(name, data=values)
            else:
                group.create_dataset(name, data=values, chunks=shape, compression="gzip", shuffle=True)
        group.create_dataset("of_another_length", data=np.arange(3))
        o["gt1l"].attrs["atlas_beam_type"] = "strong" if number % 3 else "weak"
        o.create_dataset("gt1l/geophysical/dem_h", data=geophysical, chunks=(CHUNK,), compression="gzip")


def read(path):
    """What h5py has, as Arrow; unsigned types, lists and texts as Spark's reader of Parquet takes them."""
    with h5py.File(path) as f:
        group = f[GROUP]
        rows = len(group["h_ph"])
        columns = {}
        for name, dataset in group.items():
            if dataset.shape[0] != rows:
                continue
            values = dataset[()]
            if dataset.ndim > 1:
                columns[name] = pa.array(list(values), pa.list_(pa.from_numpy_dtype(dataset.dtype)))
            elif name == "beam":
                columns[name] = pa.array([text.decode() for text in values])
            elif name == "surface":
                names = {v: k for k, v in h5py.check_enum_dtype(dataset.dtype).items()}
                columns[name] = pa.array([names[v] for v in values])
            else:
                columns[name] = pa.array(values)
        columns["dem_h"] = pa.array(f["gt1l/geophysical/dem_h"][()])
        columns["rgt"] = pa.array(np.full(rows, f["orbit_info/rgt"][0]))
        columns["file"] = pa.array([path.name] * rows)
        columns["row"] = pa.array(np.arange(rows))
        return pa.table(columns)


def sums(table):
    result = {"rows": table.num_rows}
    for name in ("delta_time", "lat_ph", "lon_ph", "quality_ph", "ph_id_channel", "ph_id_pulse", "pce_mframe_cnt"):
        values = table[name].to_numpy()
        result[name] = float(np.sum(values.astype("f8"))) if values.dtype.kind == "f" else int(values.sum())
    height = table["h_ph"].to_numpy()
    result["h_ph_nan"] = int(np.isnan(height).sum())
    result["h_ph"] = float(np.nansum(height.astype("f8")))
    result["ph_count"] = str(sum(int(v) for v in table["ph_count"].to_numpy()))
    result["signal_conf_ph"] = int(np.stack(table["signal_conf_ph"].to_numpy(zero_copy_only=False)).sum())
    result["night"] = int(table["night"].to_numpy(zero_copy_only=False).sum())
    return result


def write_types(path):
    """One dataset of each type, for what Spark makes of it."""
    rows = 5
    number = np.arange(rows)
    with h5py.File(path, "w") as o:
        for kind in ("i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "f2", "f4", "f8"):
            o[f"plain/{kind}"] = (number - (2 if kind[0] != "u" else 0)).astype(kind)
        o["plain/largest_u8"] = (2**64 - 1 - number.astype("u8")).astype("u8")
        o["plain/big_endian"] = number.astype(">i4")
        o["text/fixed"] = np.array([b"a", b"bc", b"", b"d ", b"efg"], "S3")
        o.create_dataset("text/variable", data=["ä", "b", "", "d", "ε"], dtype=h5py.string_dtype())
        compound = np.zeros(rows, [("id", "u2"), ("pair", "f8", (2,)), ("code", "S2")])
        compound["id"] = number
        compound["pair"] = np.stack([number, -number], 1)
        compound["code"] = [b"%d" % n for n in number]
        o["made/compound"] = compound
        lists = o.create_dataset("made/list", (rows,), h5py.vlen_dtype("i4"))
        for i in range(rows):
            lists[i] = np.arange(i)
        o["made/cube"] = np.arange(rows * 6).reshape(rows, 2, 3).astype("i2")
        o.create_dataset("made/surface", data=number % 3, dtype=SURFACE)
        o["made/flag"] = number % 2 == 0
        o["made/opaque"] = number.astype("<i4").view("V4")
        o["made/complex"] = number + 1j * number[::-1]
        o.create_dataset("made/reference", data=[o.ref] * rows, dtype=h5py.ref_dtype)


def write_differing(folder):
    """Files whose column n is of 4, of 2 and of 8 bytes; x is a float in the second."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, kind in (("a", "<i4"), ("b", "<i2"), ("c", "<i8")):
        with h5py.File(folder / f"{name}.h5", "w", libver="latest") as o:
            o["t/n"] = np.array([1, -2, 300], kind)
            o["t/x"] = np.array([0.5, 1.5, 2.5], "<f4" if name == "b" else "<f8")


def write_late(path):
    """Half a million rows in plain chunks of 80,000 bytes, packed for the repository: a condition on /t/when leaves runs
    of rows, and what is fetched of the other columns shows which chunks were read."""
    number = np.arange(500_000)
    columns = {"when": number // 1000 * 1.0} | {f"v{i}": number % 1000 * (i + 1.0) for i in range(7)}
    content = io.BytesIO()
    with h5py.File(content, "w", libver="latest") as o:
        for name in columns:
            o.create_dataset(f"t/{name}", (500_000,), "f8", chunks=(10_000,))
        # An index comes into being with its first chunk: so all of them are at the beginning of the file.
        for part in (slice(0, 10_000), slice(10_000, 500_000)):
            for name, values in columns.items():
                o[f"t/{name}"][part] = values[part]
    path.write_bytes(gzip.compress(content.getvalue(), 9, mtime=0))


def write_large(folder):
    """Forty granules of 60,000 rows and seven columns, for bin/h5coro-bench spark."""
    folder.mkdir(parents=True, exist_ok=True)
    rng = np.random.default_rng(40)
    rows = 60_000
    for number in range(GRANULES):
        along = np.sort(rng.uniform(0, 100, rows))
        columns = {
            "delta_time": 60_000_000 + 100 * number + along,
            "lat_ph": (38.5 + along / 111).round(7),
            "lon_ph": (-106.9 - along / 1300).round(7),
            "h_ph": (1800 + 60 * np.sin(along / 9) + rng.normal(0, 3, rows)).round(2).astype("<f4"),
            "dist_ph_along": rng.uniform(0, 20, rows).astype("<f4"),
            "quality_ph": (rng.random(rows) < 0.1).astype("i1"),
            "ph_id_channel": rng.integers(1, 121, rows).astype("u1"),
        }
        with h5py.File(folder / f"large_{number:03}.h5", "w", libver="latest") as o:
            for name, values in columns.items():
                o.create_dataset(f"{GROUP}/{name}", data=values, chunks=(10_000,), compression="gzip", shuffle=True)


def main():
    folder = RESOURCES / "granules"
    folder.mkdir(parents=True, exist_ok=True)
    rng = np.random.default_rng(13)
    tables = []
    for number in range(GRANULES):
        rows = int(rng.integers(200, 600))
        path = folder / f"ATL03_{number:03}.h5"
        write(path, number, photons(rng, number, rows), rng.normal(size=rows).astype("f4"))
        tables.append(read(path))
    table = pa.concat_tables(tables)
    pq.write_table(table, RESOURCES / "granules.parquet", compression="zstd", row_group_size=4000)
    expected = {"all": sums(table), "files": {t["file"][0].as_py(): sums(t) for t in tables}}
    (RESOURCES / "granules.json").write_text(json.dumps(expected, indent=1) + "\n")
    write_types(RESOURCES / "types.h5")
    write_differing(RESOURCES / "differing")
    write_late(RESOURCES / "late.h5.gz")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        write_large(pathlib.Path(sys.argv[1]))
    else:
        main()
