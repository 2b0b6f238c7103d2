# SPDX-License-Identifier: Apache-2.0
"""Writes the files of large.py, and air and lidar of h5coro-bench's trades.py, with their values taken out, small enough
to keep: what h5coro-core's LargeFile opens and RequestCeilingsTest reads. Takes minutes. An argument is a pattern of
names: only those are written.

A hollow file has each byte of metadata and each chunk where it was and as long as it was, but a chunk's stream says one
byte over and over, and zeros follow it (inflate, of libhdf5 too, ignores what follows the stream). So it packs to some
hundred kB.

NAME.extents.gz: 8 bytes length of the file, then for each extent the zeros before it and its length, both as LEB128, and
its bytes; big-endian, gzip.

NAME.expected.txt: a line "task|request|stored bytes|CRC-32" for each request of each task: the bytes of the chunks that it
meets, and the CRC-32 of the little-endian values, both as libhdf5 tells from the hollow file."""

import gzip
import pathlib
import re
import struct
import sys
import tempfile
import zlib

import h5py
import numpy as np

from large import BEAMS, FILES, SIBLINGS

ROOT = pathlib.Path(__file__).parent.parent.parent
sys.path.append(str(ROOT / "h5coro-bench/python"))
from trades import air, lidar  # noqa: E402

RESOURCES = ROOT / "h5coro-core/src/test/resources/large"
LEAST_GAP = 24


def chunked(file):
    found = []
    file.visititems(lambda name, o: found.append(o) if isinstance(o, h5py.Dataset) and o.chunks else None)
    return found


def table(dataset):
    found = []
    dataset.id.chunk_iter(found.append)
    return sorted((c.chunk_offset, c.byte_offset, c.size) for c in found)


def content(column, number):
    """The byte that a chunk consists of; its neighbours and the same chunk of other columns have others."""
    return 1 + (number + 7 * column) % 100


def stream(dataset, byte):
    """A short stream of a chunk that is one byte over and over."""
    return zlib.compress(bytes([byte]) * int(np.prod(dataset.chunks)) * dataset.dtype.itemsize, 9)


def hollow(path):
    """Takes the values out of a granule, in place."""
    places, tables = {}, {}
    with h5py.File(path) as file:
        for column, dataset in enumerate(chunked(file)):
            tables[dataset.name] = table(dataset)
            for number, (_, address, size) in enumerate(tables[dataset.name]):
                places[address] = (size, stream(dataset, content(column, number)))
    with open(path, "r+b") as file:
        for address, (size, short) in places.items():
            if len(short) <= size:  # else what is there is short enough
                file.seek(address)
                file.write(short.ljust(size, b"\0"))
    with h5py.File(path) as file:
        for column, dataset in enumerate(chunked(file)):
            assert table(dataset) == tables[dataset.name]
            for number, (offset, address, size) in enumerate(tables[dataset.name]):
                if len(places[address][1]) <= size:
                    values = dataset[tuple(slice(at, at + n) for at, n in zip(offset, dataset.chunks))]
                    assert set(values.tobytes()) == {content(column, number)}, (dataset.name, offset)


def leb128(number):
    out = bytearray()
    while number > 127:
        out.append(number & 127 | 128)
        number >>= 7
    out.append(number)
    return bytes(out)


def extents(file):
    """What is not zero: (start, end) pairs, with more than LEAST_GAP zeros between two."""
    places = np.flatnonzero(np.frombuffer(file, "u1"))
    cuts = np.flatnonzero(np.diff(places) > LEAST_GAP + 1)
    starts = places[np.concatenate(([0], cuts + 1))]
    return zip(starts.tolist(), (places[np.concatenate((cuts, [len(places) - 1]))] + 1).tolist())


def pack(file):
    out, at = bytearray(struct.pack(">q", len(file))), 0
    for start, end in extents(file):
        out += leb128(start - at) + leb128(end - start) + file[start:end]
        at = end
    return gzip.compress(bytes(out), 9, mtime=0)


def of_granule():
    photon = ("h_ph", "lat_ph", "lon_ph", "delta_time", "signal_conf_ph", "quality_ph")
    for name in photon:
        yield "slice", f"/gt2r/heights/{name}", np.s_[503_000:903_000]
        yield "beam", f"/gt2r/heights/{name}", ()
    for name in ("segment_id", "segment_ph_cnt"):
        yield "slice", f"/gt2r/geolocation/{name}", np.s_[10_060:18_060]
        yield "beam", f"/gt2r/geolocation/{name}", ()
    yield "point", "/gt2r/heights/h_ph", np.s_[777_777:777_778]
    for i in range(60):
        yield "tiny", f"/ancillary_data/param_{i:02d}", ()
    for beam in BEAMS:
        for name in photon[:4]:
            yield "all", f"/{beam}/heights/{name}", ()


def of_climate():
    yield "map", "/t2m", np.s_[200:201, 0:180, 0:360]
    yield "series", "/t2m", np.s_[0:400, 90:91, 180:181]
    yield "box", "/t2m", np.s_[100:160, 40:100, 90:200]


def of_air():
    yield "window", "/PRODUCT/SUPPORT_DATA/INPUT_DATA/value_07", np.s_[0:1, 0:4173, 100:300]


def of_lidar():
    for beam in range(4):
        yield "column", f"/BEAM{beam:04d}/part3/v005", ()


TASKS = {"climate": of_climate, "air": of_air, "lidar": of_lidar}


def meets(offset, chunks, where):
    """Whether a chunk has elements of a selection; dimensions that the selection leaves out are whole."""
    return all(at < part.stop and at + length > part.start for at, length, part in zip(offset, chunks, where))


def expected(path, tasks):
    lines = []
    with h5py.File(path) as file:
        for task, name, where in tasks:
            where = where if isinstance(where, tuple) else (where,)
            dataset = file[name]
            stored = dataset.nbytes
            if dataset.chunks:
                stored = sum(size for at, _, size in table(dataset) if meets(at, dataset.chunks, where))
            values = dataset[where]
            crc = zlib.crc32(np.ascontiguousarray(values, values.dtype.newbyteorder("<")))
            slices = ",".join(f"{part.start}:{part.stop}" for part in where)
            lines.append(f"{task}|{name}{f'[{slices}]' if slices else ''}|{stored}|{crc:08x}\n")
    return "".join(sorted(lines))


def main():
    RESOURCES.mkdir(parents=True, exist_ok=True)
    for name, write in (FILES | SIBLINGS | {"air": air, "lidar": lidar}).items():
        if re.search(sys.argv[1] if sys.argv[1:] else "", name) is None:
            continue
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "file.h5"
            write(path)
            hollow(path)
            (RESOURCES / f"{name}.extents.gz").write_bytes(pack(path.read_bytes()))
            tasks = TASKS.get(name, of_granule)()
            (RESOURCES / f"{name}.expected.txt").write_text(expected(path, tasks))


if __name__ == "__main__":
    main()
