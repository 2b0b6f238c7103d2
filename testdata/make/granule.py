# SPDX-License-Identifier: Apache-2.0
"""A small granule of the shape of ICESat-2's ATL03, for demonstrations and end-to-end tests. Synthetic."""

import h5py
import numpy as np

from hdf5c import create, group
from writing import make, put, put_raw

PHOTONS = {"gt1l": 7_000, "gt2r": 4_000}
CHUNK = 2_000
UNITS = {
    "delta_time": "seconds since 2018-01-01",
    "lat_ph": "degrees_north",
    "lon_ph": "degrees_east",
    "h_ph": "meters",
    "dist_ph_along": "meters",
    "reference_photon_lat": "degrees_north",
    "reference_photon_lon": "degrees_east",
}


def photons(rng, n, start):
    """A terrain of hills, a canopy over some of it and background noise."""
    along = np.sort(rng.uniform(0, n * 0.7, n))
    ground = 1800 + 60 * np.sin(along / 900) + 4 * np.sin(along / 37)
    kind = rng.choice(3, n, p=(0.55, 0.25, 0.2))
    height = np.where(
        kind == 0,
        ground + rng.normal(0, 0.15, n),
        np.where(kind == 1, ground + rng.gamma(3, 4, n), ground + rng.uniform(-120, 300, n)),
    )
    confidence = np.stack(
        [np.where(kind == 2, rng.integers(-1, 2, n), rng.integers(2, 5, n)) for _ in range(5)], axis=1
    )
    return {
        "delta_time": start + along / 7000,
        "lat_ph": np.round(38.5 + along / 111_000, 9),
        "lon_ph": np.round(-106.9 - along / 1_300_000, 9),
        "h_ph": np.round(height, 2).astype("<f4"),
        "dist_ph_along": (along % 20).round(2).astype("<f4"),
        "signal_conf_ph": confidence.astype("i1"),
        "quality_ph": (rng.random(n) < 0.02).astype("i1"),
        "ph_id_channel": rng.integers(1, 121, n).astype("u1"),
        "ph_id_pulse": (np.arange(n) // 9 % 200).astype("u1"),
        "pce_mframe_cnt": (np.arange(n) // 1800 + 4_000_000).astype("<u4"),
    }


def segments(rng, heights):
    along = (heights["delta_time"] - heights["delta_time"][0]) * 7000
    number = (along // 20).astype(int)
    first = np.unique(number, return_index=True)[1]
    count = np.diff(np.append(first, len(along)))
    m = len(first)
    return {
        "delta_time": heights["delta_time"][first],
        "segment_id": (np.arange(m) + 730_000).astype("<i4"),
        "segment_ph_cnt": count.astype("<i4"),
        "ph_index_beg": (first + 1).astype("<i8"),
        "reference_photon_lat": heights["lat_ph"][first],
        "reference_photon_lon": heights["lon_ph"][first],
        "segment_length": np.full(m, 20.04),
        "surf_type": np.tile(np.array([1, 0, 0, 0, 0], "i1"), (m, 1)),
        "velocity_sc": rng.normal((6900, -120, 3.5), 0.5, (m, 3)).astype("<f4"),
        "solar_elevation": (35 + np.arange(m) * 1e-4).astype("<f4"),
    }


def describe(dset, name):
    dset.attrs["units"] = UNITS.get(name, "1")
    dset.attrs["long_name"] = name.replace("_", " ")
    dset.attrs["description"] = "Synthetic stand-in for the product's %s; not a measurement." % name


def columns(parent, values, chunk):
    made = {}
    for name, data in values.items():
        data = np.ascontiguousarray(data)
        made[name] = put(
            parent,
            name,
            data,
            (None,) + data.shape[1:],
            chunks=(min(chunk, len(data)),) + data.shape[1:],
            filters=["deflate"],
        )
        describe(made[name], name)
    made["delta_time"].make_scale("delta_time")
    for name, dset in made.items():
        if name != "delta_time":
            dset.dims[0].attach_scale(made["delta_time"])
    return made


def granule(path):
    rng = np.random.default_rng(303)
    with create(path, "earliest") as f:
        for key, value in (
            ("title", "Synthetic photon granule"),
            ("short_name", "ATL03"),
            ("Conventions", "CF-1.6"),
            ("identifier_product_type", "synthetic"),
        ):
            f.attrs[key] = np.bytes_(value.encode())
        ancillary = group(f, "ancillary_data")
        for name, value in (
            ("atlas_sdp_gps_epoch", [1198800018.0]),
            ("start_rgt", np.array([1203], "<i4")),
            ("end_rgt", np.array([1203], "<i4")),
            ("start_cycle", np.array([21], "<i4")),
            ("start_delta_time", [147_000_000.25]),
            ("end_delta_time", [147_000_001.5]),
        ):
            describe(put(ancillary, name, np.asarray(value)), name)
        for name, text in (
            ("data_start_utc", b"2022-08-29T09:20:00.250000Z"),
            ("data_end_utc", b"2022-08-29T09:20:01.500000Z"),
            ("release", b"000"),
        ):
            describe(put(ancillary, name, np.array([text])), name)
        orbit = group(f, "orbit_info")
        describe(put(orbit, "sc_orient", np.array([1], "i1"), (None,), chunks=(1,)), "sc_orient")
        describe(make(orbit, "crossing_time", "<f8", (0,), (None,), chunks=(16,), filters=["deflate"]), "crossing_time")
        for number, (beam, n) in enumerate(PHOTONS.items()):
            top = group(f, beam)
            top.attrs["groundtrack_id"] = beam
            top.attrs["atlas_beam_type"] = ("strong", "weak")[number]
            heights = photons(rng, n, 147_000_000.25 + number / 100)
            columns(group(top, "heights"), heights, CHUNK)
            columns(group(top, "geolocation"), segments(rng, heights), 300)


def conformance(path):
    """The cases that h5coro 1.0.5 reads wrong or not at all, one dataset each (and a few that it reads right)."""
    n = np.arange(1000)
    with create(path, "earliest") as f:
        put(f, "contiguous_1d", (n * 3).astype("<i4"))
        put(f, "contiguous_2d", (np.arange(600) * 5).reshape(20, 30).astype("<i4"))
        put(f, "chunk_edge_1d", (n * 7).astype("<i8"), chunks=(100,), filters=["deflate"])
        put(
            f,
            "chunk_edge_3d",
            np.arange(8 * 9 * 10).reshape(8, 9, 10).astype("<i4"),
            chunks=(4, 3, 5),
            filters=["shuffle", "deflate"],
        )
        put(f, "shuffle_only_1d", (n * 11).astype("<i4"), chunks=(64,), filters=["shuffle"])
        put(
            f, "shuffle_only_2d", np.arange(600).reshape(20, 30).astype("<i4") * 13, chunks=(7, 11), filters=["shuffle"]
        )
        put(f, "fletcher32_only_1d", (n * 17).astype("<i4"), chunks=(64,), filters=["fletcher32"])
        put(f, "scaleoffset_1d", (n % 50).astype("<i4"), chunks=(64,), filters=[("scaleoffset", h5py.h5z.SO_INT, 0)])
        put(
            f,
            "scaleoffset_2d",
            (np.arange(600) % 50).reshape(20, 30).astype("<i4"),
            chunks=(7, 11),
            filters=[("scaleoffset", h5py.h5z.SO_INT, 0)],
        )
        put(f, "lzf_1d", (n // 9).astype("<i4"), chunks=(64,), filters=["lzf"])
        put(f, "lzf_2d", (np.arange(600) // 9).reshape(20, 30).astype("<i4"), chunks=(7, 11), filters=["lzf"])
        put(
            f,
            "szip_2d",
            (np.arange(600) // 9).reshape(20, 30).astype("<i4"),
            chunks=(8, 10),
            filters=[("szip", h5py.h5z.SZIP_NN_OPTION_MASK, 8)],
        )
        put(f, "big_endian_int", n.astype(">i4"), chunks=(100,))
        put(f, "big_endian_float", (n / 8).astype(">f8"))
        put(f, "float16", (n / 8).astype("<f2"))
        put(f, "bool", n % 3 == 0)
        put(f, "compound", np.array([(1, 2.5), (3, 4.5)], [("a", "<i4"), ("b", "<f8")]))
        put_raw(
            f, "array", h5py.h5t.array_create(h5py.h5t.STD_I32LE, (3,)), (2, 2), np.arange(12, dtype="<i4").tobytes()
        )
        d = f.create_dataset("vlen_sequence", (3,), h5py.vlen_dtype("<i4"), track_times=False)
        d[0], d[2] = [1, 2, 3], [4]
        put(f, "opaque", np.array([b"\1\2\3", b"\4\0\6"], "V3"))
        f.create_dataset(
            "reference", data=np.array([f["bool"].ref, h5py.Reference()], h5py.ref_dtype), track_times=False
        )
        put(f, "fixed_strings", np.array([b"alpha", b"be", b""], "S6"))
        d = f.create_dataset("vlen_strings", (3,), h5py.string_dtype(), track_times=False)
        d[...] = ["first", "second", "dritte ß"]
        make(f, "unallocated", "<f4", (10,), (None,), chunks=(4,), fill=np.float32(-1))
        make(f, "empty", "<f4", (0,), (None,), chunks=(4,))
        put(f, "scalar", np.array(7.5))
        f["soft_link"] = h5py.SoftLink("/scalar")
        many = group(f, "three_hundred_links")
        for i in range(300):
            many.id.links.create_hard(b"link%03d" % i, f.id, b"scalar")
        d = put(f, "thirty_attributes", np.array(1, "<i4"))
        for i in range(30):
            d.attrs["attribute%02d" % i] = i


def fixtures():
    return {"sample_granule": granule, "h5coro_cases": conformance}
