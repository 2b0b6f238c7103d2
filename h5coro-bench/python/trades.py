# SPDX-License-Identifier: Apache-2.0
"""Files as other trades keep them: lidar, neuroscience, point clouds, air quality. Synthetic values."""

import h5py
import numpy as np


def lidar(path):
    """Four beams of six groups of 23 datasets, with attributes: the shape of GEDI, 40 MB."""
    rng = np.random.default_rng(1)
    with h5py.File(path, "w") as f:
        for beam in range(4):
            group = f.create_group(f"BEAM{beam:04d}")
            group.attrs["description"] = "full power beam " * 12
            for part in range(6):
                below = group.create_group(f"part{part}")
                for value in range(23):
                    values = rng.normal(size=20_000).astype("f4")
                    d = below.create_dataset(f"v{value:03d}", data=values, chunks=(5000,), compression="gzip")
                    for attribute in range(6):
                        d.attrs[f"a{attribute}"] = "text " * 10


def recording(path):
    """64 channels over all time in 251 chunks, beside forty small groups with attributes: the shape of NWB, 40 MB."""
    rng = np.random.default_rng(2)
    with h5py.File(path, "w") as f:
        d = f.create_dataset("acquisition/series/data", (502_000, 64), "i2", chunks=(2000, 64), compression="gzip")
        for at in range(0, 502_000, 2000):
            d[at : at + 2000] = rng.normal(scale=60, size=(2000, 64)).astype("i2")
        for unit in range(40):
            group = f.create_group(f"processing/unit_{unit:02d}")
            group.attrs["neurodata_type"] = "TimeSeries"
            group.create_dataset("spike_times", data=rng.random(100).cumsum()).attrs["unit"] = "seconds"


def points(path):
    """A contiguous table of 25,000,000 times 3 numbers, 300 MB."""
    with h5py.File(path, "w") as f:
        d = f.create_dataset("points", (25_000_000, 3), "f4")
        for at in range(0, 25_000_000, 1_000_000):
            d[at : at + 1_000_000] = np.arange(at * 3, (at + 1_000_000) * 3).reshape(-1, 3) % 8191


def texts(path):
    """A million texts of variable length, 40 MB."""
    with h5py.File(path, "w") as f:
        kind = h5py.string_dtype()
        d = f.create_dataset("names", (1_000_000,), kind, chunks=(100_000,))
        for at in range(0, 1_000_000, 100_000):
            d[at : at + 100_000] = [f"name of number {i}" for i in range(at, at + 100_000)]


def air(path):
    """A swath in three big chunks, among thirty others: the shape of Sentinel-5P, 190 MB."""
    rng = np.random.default_rng(1)
    with h5py.File(path, "w") as f:
        support = "PRODUCT/SUPPORT_DATA/"
        for name, count in (("PRODUCT", 6), (support + "GEOLOCATIONS", 8), (support + "DETAILED_RESULTS", 8), (support + "INPUT_DATA", 8)):
            for value in range(count):
                values = rng.random((1, 4173, 450)).astype("f4")
                options = {"chunks": (1, 1391, 450), "compression": "gzip", "compression_opts": 1, "shuffle": True}
                d = f.create_dataset(f"{name}/value_{value:02d}", data=values, **options)
                for attribute in range(10):
                    d.attrs[f"attribute_{attribute}"] = "value " * 10


def single_elements(path):
    """A million chunks of one element, 9 MB of values."""
    with h5py.File(path, "w", libver="latest") as f:
        d = f.create_dataset("values", (1_000_000,), "i8", chunks=(1,))
        for at in range(0, 1_000_000, 10_000):
            d[at : at + 10_000] = np.arange(at, at + 10_000)


FILES = {
    "lidar.h5": lidar,
    "recording.h5": recording,
    "points.h5": points,
    "texts.h5": texts,
    "air.h5": air,
    "single_elements.h5": single_elements,
}
