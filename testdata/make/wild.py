# SPDX-License-Identifier: Apache-2.0
"""What other writers and old libraries leave: chunks of odd length, no fill value message."""

import struct
import zlib

import h5py
import numpy as np

from hdf5c import create
from patching import Patch
from writing import make, small

ROWS = 6
LIMITS = {"fixed": None, "one_unlimited": (None, 6), "two_unlimited": (None, None)}


def shuffled(raw, size):
    return np.frombuffer(raw, "u1").reshape(-1, size).T.tobytes()


def cut_chunks(path, bound):
    """Edge chunks that hold the rows inside the extent only, and chunks with bytes behind their end."""
    data = small("<i4", (9, 6))
    with create(path, bound) as f:
        for limits, maximum in LIMITS.items():
            for pipe in ([], ["deflate"], ["shuffle", "deflate"], ["deflate", "fletcher32"], ["fletcher32"]):
                name = "%s_%s" % (limits, "_".join(pipe) or "plain")
                for kind, extra in (("short", b""), ("long", b"\7" * 100)):
                    d = make(f, kind + "/" + name, "<i4", data.shape, maximum, chunks=(ROWS, 6), filters=pipe)
                    for row in range(0, 9, ROWS):
                        whole = np.full((ROWS, 6), -1, "<i4")
                        part = data[row : row + ROWS]
                        whole[: len(part)] = part
                        raw = (part if kind == "short" else whole).tobytes() + extra
                        raw = shuffled(raw, 4) if "shuffle" in pipe else raw
                        raw = zlib.compress(raw) if "deflate" in pipe else raw
                        raw += fletcher(raw) if "fletcher32" in pipe else b""
                        try:
                            d.id.write_direct_chunk((row, 0), raw)
                        except OSError:  # an index whose elements have no sizes
                            d[row : row + ROWS] = part


def fletcher(raw):
    """The checksum of the fletcher32 filter, as it stands behind a chunk."""
    sum1 = sum2 = 0
    for i in range(0, len(raw) // 2 * 2, 2):
        sum1 = (sum1 + (raw[i] << 8 | raw[i + 1])) % 65535
        sum2 = (sum2 + sum1) % 65535
    if len(raw) % 2:
        sum1 = (sum1 + (raw[-1] << 8)) % 65535
        sum2 = (sum2 + sum1) % 65535
    # libhdf5 folds sums and so has 65535 where the remainder is 0.
    return struct.pack("<I", (sum2 or 65535) << 16 | (sum1 or 65535))


def no_fill_message(path):
    """Datasets as HDF5 1.4 and older wrote them: message 5 becomes nil."""
    with create(path, "earliest") as f:
        make(f, "contiguous", "<i4", (4,))[...] = [1, 2, 3, 4]
        make(f, "chunked", "<i4", (4,), chunks=(2,))[:2] = [5, 6]
        dcpl = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
        dcpl.set_layout(h5py.h5d.COMPACT)
        space = h5py.h5s.create_simple((2,))
        compact = h5py.Dataset(h5py.h5d.create(f.id, b"compact", h5py.h5t.STD_I32LE, space, dcpl))
        compact[...] = [7, 8]
        make(f, "unwritten", "<i4", (4,))
        headers = [h5py.h5o.get_info(f[name].id).addr for name in ("contiguous", "chunked", "compact", "unwritten")]
    patch = Patch(path)
    for header in headers:
        for at, kind, size in patch.messages_v1(header):
            if kind == 5:
                struct.pack_into("<HHB", patch.data, at, 0, size, 0)
                patch.data[at + 8 : at + 8 + size] = bytes(size)
    patch.save()


def fixtures():
    return {
        "cut_chunks_earliest": lambda path: cut_chunks(path, "earliest"),
        "cut_chunks_v110": lambda path: cut_chunks(path, "v110"),
        "no_fill_message": no_fill_message,
    }
