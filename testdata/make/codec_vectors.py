# SPDX-License-Identifier: Apache-2.0
"""Writes encoded chunks of every codec with the hash of what they decode to, for the tests of the decoders.

    python codec_vectors.py [CODEC ...]        needs codec_requirements.txt; a second run gives the same bytes
    python codec_vectors.py --speed FOLDER     large vectors, a file per filter, for CodecSpeed (test scope)

The encoders are the HDF5 plugins where there is one (the chunk is taken out of the file unchanged), else the codec's own
library. One file per codec, h5coro-core/src/test/resources/codecs/<name of the filter>.vectors, all integers little-endian:

    "CDV1"
    per vector: u8 length + name, u8 count + u32 client data values, u16 element size, u32 decoded length,
                16 first bytes of the SHA-256 of the decoded bytes, u32 encoded length, encoded bytes
"""
import hashlib
import pathlib
import struct
import sys

import numpy as np

import codec_containers
import codec_encoders

TARGET = pathlib.Path(__file__).resolve().parents[2] / "h5coro-core/src/test/resources/codecs"


def record(name, client_data, element_size, plain, encoded):
    name = name.encode()
    return b"".join([
        struct.pack("<B", len(name)), name,
        struct.pack("<B%dI" % len(client_data), len(client_data), *client_data),
        struct.pack("<HI", element_size, len(plain)),
        hashlib.sha256(plain).digest()[:16],
        struct.pack("<I", len(encoded)), encoded])


def large(folder):
    folder.mkdir(parents=True, exist_ok=True)
    files = {}
    for filter_id, vector in codec_containers.speed():
        if filter_id not in files:
            files[filter_id] = (folder / ("%d.vectors" % filter_id)).open("wb")
            files[filter_id].write(b"CDV1")
        files[filter_id].write(record(*vector))
    for file in files.values():
        file.close()


def main(names):
    if names[:1] == ["--speed"]:
        return large(pathlib.Path(names[1]))
    TARGET.mkdir(parents=True, exist_ok=True)
    for name in names or sorted(codec_encoders.CODECS):
        vectors = [record(*vector) for vector in codec_encoders.CODECS[name]()]
        data = b"CDV1" + b"".join(vectors)
        (TARGET / (name.replace("_", "-") + ".vectors")).write_bytes(data)
        print("%-12s %4d vectors %8d bytes" % (name, len(vectors), len(data)))


if __name__ == "__main__":
    np.seterr(all="ignore")
    main(sys.argv[1:])
