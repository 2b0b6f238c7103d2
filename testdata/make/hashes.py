# SPDX-License-Identifier: Apache-2.0
"""Prints the SHA-256 of every numeric dataset of an HDF5 file, as libhdf5 reads it, as JSON: {path: hash}.

The bytes hashed are the elements in row-major order, little-endian. Used by LiveFilesTest of h5coro-s3-it for files
that are too large or not ours to commit.  usage: hashes.py FILE
"""

import hashlib
import json
import sys

import h5py
import numpy as np


def main(path):
    hashes = {}

    def visit(name, thing):
        if isinstance(thing, h5py.Dataset) and thing.shape is not None and thing.dtype.kind in "iuf":
            values = np.asarray(thing[()])
            hashes["/" + name] = hashlib.sha256(values.astype(values.dtype.newbyteorder("<")).tobytes()).hexdigest()

    with h5py.File(path, "r") as file:
        file.visititems(visit)
    json.dump(hashes, sys.stdout)


if __name__ == "__main__":
    main(sys.argv[1])
