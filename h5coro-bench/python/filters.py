# SPDX-License-Identifier: Apache-2.0
"""The file of the filters' benchmark: sixteen megabytes of values for each filter, in chunks of 65,536 elements."""

import h5py
import numpy as np

CHUNK = 65_536
BYTES = 16 << 20


def walk(dtype, scale, seed=1):
    """Correlated values with noise, as an instrument gives them."""
    rng = np.random.default_rng(seed)
    count = BYTES // np.dtype(dtype).itemsize
    values = 2500 + 200 * np.sin(np.arange(count) / 7e4) + scale * rng.normal(size=count)
    return values.astype(dtype)


def pipelines():
    """Name of the dataset, its values, and keywords of create_dataset."""
    import hdf5plugin

    heights = walk("<f4", 3)
    wide = walk("<f8", 3)
    counts = walk("<u2", 10)
    codes = walk("<i4", 50)
    yield "shuffle_4", heights, {"shuffle": True}
    yield "shuffle_8", wide, {"shuffle": True}
    yield "fletcher32", heights, {"fletcher32": True}
    for name, values in (("2", counts), ("4", heights), ("8", wide), ("1", (counts >> 4).astype("u1"))):
        yield "bitshuffle_" + name, values, hdf5plugin.Bitshuffle(cname="none")
    yield "bitshuffle_lz4_4", heights, hdf5plugin.Bitshuffle(cname="lz4")
    yield "szip_nn_u2", counts, {"compression": "szip", "compression_opts": ("nn", 16)}
    yield "szip_nn_u2_32", counts, {"compression": "szip", "compression_opts": ("nn", 32)}
    yield "szip_ec_u2", counts, {"compression": "szip", "compression_opts": ("ec", 16)}
    yield "szip_nn_u1", (counts >> 4).astype("u1"), {"compression": "szip", "compression_opts": ("nn", 16)}
    yield "szip_nn_f4", heights, {"compression": "szip", "compression_opts": ("nn", 16)}
    yield "scaleoffset_i4", codes, {"scaleoffset": 0}
    yield "scaleoffset_u2", counts, {"scaleoffset": 0}
    yield "scaleoffset_f4", heights, {"scaleoffset": 2}
    yield "scaleoffset_f8", wide, {"scaleoffset": 4}
    yield "deflate_4", heights, {"shuffle": True, "compression": "gzip", "fletcher32": True}


def nbit(file, name, values, precision):
    """h5py has no keyword for n-bit."""
    kind = h5py.h5t.py_create(values.dtype).copy()
    kind.set_precision(precision)
    plist = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
    plist.set_chunk((CHUNK,))
    plist.set_filter(h5py.h5z.FILTER_NBIT, 0, ())
    d = h5py.h5d.create(file.id, name.encode(), kind, h5py.h5s.create_simple(values.shape), plist)
    d.write(h5py.h5s.ALL, h5py.h5s.ALL, values)


def write(path):
    with h5py.File(path, "w") as f:
        for name, values, keywords in pipelines():
            f.create_dataset(name, data=values, chunks=(CHUNK,), **keywords)
        nbit(f, "nbit_i4", walk("<i4", 50), 19)
        nbit(f, "nbit_u2", walk("<u2", 10), 12)
