# SPDX-License-Identifier: Apache-2.0
"""Files of the size that users have, for measurements and for counting requests; synthetic values.

granule: the shape of ICESat-2's ATL03. Six beams of 1,500,000 photons, written in the order of time, so chunks of all columns
interleave; 30,000 segments of 50 photons each; sixty small datasets; attributes everywhere, dimension scales. 250 MB.
Mode original: superblock 0, chunks of 10,000 photons, metadata between the data, as an old writer leaves them. Mode
cloud: 8 MiB pages, chunks of 100,000 photons, newest format.

climate: air temperature on a grid of one degree, 400 days."""

import h5py
import numpy as np

PHOTONS = 1_500_000
PER_SEGMENT = 50
BEAMS = ("gt1l", "gt1r", "gt2l", "gt2r", "gt3l", "gt3r")

MODES = {
    "original": (10_000, {}),
    "cloud": (100_000, {"libver": "latest", "fs_strategy": "page", "fs_page_size": 8 << 20}),
}

GEOLOCATION = "delta_time segment_id segment_ph_cnt ph_index_beg segment_dist_x segment_length reference_photon_lat"
GEOLOCATION += " reference_photon_lon surf_type sigma_h velocity_sc altitude_sc solar_elevation"
CORRECTIONS = "delta_time dac dem_h geoid tide_earth tide_load tide_ocean tide_pole"


def photon_columns(rng, beam, photons):
    """The noise of each column is what decides how far it can be compressed."""
    count = np.arange(photons)
    time = 60_000_000.0 + beam / 8 + np.cumsum(rng.exponential(1e-4, photons))
    seconds = time - time[0]
    return {
        "delta_time": time,
        "lat_ph": 38.5 + seconds / 16 + rng.normal(scale=1e-7, size=photons),
        "lon_ph": -106.9 - seconds / 128 + rng.normal(scale=1e-7, size=photons),
        "h_ph": np.float32(2100 + 250 * np.cos(seconds / 6) + rng.normal(scale=3, size=photons)),
        "dist_ph_along": np.float32(rng.uniform(0, 20, photons)),
        "dist_ph_across": np.float32(rng.normal(3200, 1, photons)),
        "ph_id_channel": np.uint8(rng.integers(1, 121, photons)),
        "ph_id_count": np.uint8(rng.integers(1, 4, photons)),
        "ph_id_pulse": np.uint8(count // 8 % 200),
        "pce_mframe_cnt": np.uint32(count // 1600),
        "quality_ph": np.int8(rng.random(photons) < 0.01),
        "signal_conf_ph": np.int8(rng.choice([-1, 0, 2, 3, 4], (photons, 5))),
        "weight_ph": np.uint8(rng.integers(0, 255, photons)),
    }


def segment_column(rng, name, photons):
    number = np.arange(photons // PER_SEGMENT)
    known = {
        "segment_id": lambda: np.int32(500_000 + number),
        "segment_ph_cnt": lambda: np.full(len(number), PER_SEGMENT, np.int32),
        "ph_index_beg": lambda: np.int64(number * PER_SEGMENT + 1),
        "surf_type": lambda: np.int8(rng.random((len(number), 5)) < 0.5),
        "velocity_sc": lambda: np.float32(rng.normal(size=(len(number), 3))),
    }
    return known.get(name, lambda: rng.normal(size=len(number)))()


def describe(dataset, **attributes):
    """Texts of variable length, as h5py writes them: their collections stand between headers and data."""
    for key, text in attributes.items():
        dataset.attrs[key] = text


def about(name):
    return f"synthetic data: {name}" * 6


def column(group, name, values, chunk):
    return group.create_dataset(
        name,
        values.shape,
        values.dtype,
        chunks=(min(chunk, len(values)), *values.shape[1:]),
        maxshape=(None, *values.shape[1:]),
        compression="gzip",
        compression_opts=6,
    )


def write_beam(group, number, chunk, rng, photons):
    heights, geolocation, corrections = (group.create_group(n) for n in ("heights", "geolocation", "geophys_corr"))
    columns = photon_columns(rng, number, photons)
    made = {}
    for name, values in columns.items():
        made[name] = column(heights, name, values, chunk)
        describe(made[name], units="meters", long_name=name, description=about(name), contentType="modelResult")
    for start in range(0, photons, 10 * chunk):
        for name, values in columns.items():
            made[name][start : start + 10 * chunk] = values[start : start + 10 * chunk]
    made["delta_time"].make_scale("delta_time")
    for name, dataset in made.items():
        if name != "delta_time":
            dataset.dims[0].attach_scale(made["delta_time"])
    for part, names in ((geolocation, GEOLOCATION), (corrections, CORRECTIONS)):
        for name in names.split():
            values = segment_column(rng, name, photons)
            dataset = column(part, name, values, chunk)
            dataset[...] = values
            describe(dataset, units="1", long_name=name, description=about(name))


def granule(path, mode, photons=(PHOTONS,) * 6, seed=20181014):
    """photons: of each beam."""
    chunk, properties = MODES[mode]
    rng = np.random.default_rng(seed)
    with h5py.File(path, "w", **properties) as file:
        describe(file, title="Photon data", short_name="ATL03", identifier="synthetic")
        ancillary = file.create_group("ancillary_data")
        for i in range(60):
            made = ancillary.create_dataset(f"param_{i:02d}", data=rng.normal(size=1 + i % 5))
            describe(made, units="1", description="synthetic parameter " * 4)
        for number, beam in enumerate(BEAMS):
            group = file.create_group(beam)
            describe(group, atlas_beam_type=("strong", "weak")[number % 2], groundtrack_id=beam)
            write_beam(group, number, chunk, rng, photons[number])


def climate(path):
    rng = np.random.default_rng(1)
    with h5py.File(path, "w") as f:
        d = f.create_dataset("t2m", (400, 180, 360), "f4", chunks=(20, 45, 60), shuffle=True, compression="gzip")
        lat = np.cos(np.radians(np.arange(180) - 90))[:, None]
        for day in range(0, 400, 20):
            t = np.arange(day, day + 20)[:, None, None]
            d[day : day + 20] = np.round(
                250 + 45 * lat + 10 * np.sin(t / 58) + rng.normal(0, 1, (20, 180, 360)), 2
            ).astype("f4")


FILES = {
    "granule_original": lambda path: granule(path, "original"),
    "granule_cloud": lambda path: granule(path, "cloud"),
    "climate": climate,
}

# Further granules of one product: the shape of granule_original with other values, with more photons, with fewer, and with as
# many in each beam as came.
SIBLINGS = {
    "granule_same": lambda path: granule(path, "original", seed=2),
    "granule_more": lambda path: granule(path, "original", (1_725_000,) * 6, 3),
    "granule_less": lambda path: granule(path, "original", (1_215_000,) * 6, 4),
    "granule_varying": lambda path: granule(
        path, "original", (1_950_000, 1_120_000, 1_730_000, 1_010_000, 1_600_000, 880_000), 5
    ),
}
