# SPDX-License-Identifier: Apache-2.0
"""A reader to compare with, in a process of its own: peer.py READER, or peer.py versions. Speaks the lines of WorkerLoop.java: tab-separated
"read LOCATION REQUEST…" or "again REQUEST…", answered by "= seconds cpu-seconds sum" or "! message". A request is a path with
slices behind it, "field:NAME:" before that for a member of the records, or "walk:" and a path: all objects below it with
their attributes, whose number is the sum; or "list:" and a path, the members of a group, or "names:", their names."""

import io
import sys
import time

import numpy as np


def split(request):
    """The path, and the slices of the first dimension's concatenation."""
    path, _, rest = request.partition("[")
    return path, [eval("np.s_[" + part + "]") for part in rest[:-1].split("][")] if rest else [np.s_[...]]


def only(request):
    path, slices = split(request)
    if len(slices) > 1 or path.startswith(("walk:", "list:", "names:", "field:")):
        raise NotImplementedError("one slice of a request")
    return path, slices[0]


def total(value):
    """The sum of numbers; of texts, the sum of their lengths."""
    if getattr(value, "dtype", None) == object:
        return float(sum(map(len, value.flat)))
    return float(np.sum(value, dtype=np.float64))


class WithH5py:
    """h5py over whatever file object `opened` gives."""

    def __init__(self, opened, **options):
        import h5py

        try:
            import hdf5plugin  # noqa: F401 - filters that h5py does not bring along
        except ImportError:
            pass

        self.opened, self.h5py, self.options = opened, h5py, options

    def open(self, location):
        self.source = self.opened(location)
        self.file = self.h5py.File(self.source, "r", **self.options)

    def read(self, requests):
        return [self.one(request) for request in requests]

    def one(self, request):
        if request.startswith("walk:"):
            return self.walk(self.file[request.removeprefix("walk:")])
        if request.startswith("list:"):
            return np.array([1 for member in self.file[request.removeprefix("list:")].values() if member.shape is not None])
        if request.startswith("names:"):
            return np.array([1 for name in self.file[request.removeprefix("names:")]])
        if request.startswith("field:"):
            _, field, request = request.split(":", 2)
            path, slices = split(request)
            return self.values(self.file[path].fields(field), slices)
        path, slices = split(request)
        return self.values(self.file[path], slices)

    def values(self, dataset, slices):
        return dataset[slices[0]] if len(slices) == 1 else np.concatenate([dataset[where] for where in slices])

    def walk(self, top):
        found = [top]
        top.visititems(lambda name, member: found.append(member))
        return np.array([1 for member in found if dict(member.attrs) is not None])

    def close(self):
        self.file.close()


def remfile():
    import remfile as module

    return WithH5py(module.File)


def fsspec():
    import aiohttp  # noqa: F401 - what fsspec reads with; its import does not count
    import fsspec as module

    filesystem = module.filesystem("http", skip_instance_cache=True)
    return WithH5py(lambda location: filesystem.open(location, "rb"))


def blockcache():
    """fsspec's block cache of 4 MiB, which its users are told to take."""
    import aiohttp  # noqa: F401
    import fsspec as module

    filesystem = module.filesystem("http", skip_instance_cache=True)
    options = {"cache_type": "blockcache", "block_size": 4 << 20}
    return WithH5py(lambda location: filesystem.open(location, "rb", **options))


class Libdeflate(WithH5py):
    """How long libdeflate takes to inflate the chunks that the values are in, from local disk: processor seconds."""

    def __init__(self):
        import deflate

        super().__init__(lambda location: location)
        self.deflate = deflate

    def walk(self, top):
        return np.zeros(1)

    def values(self, dataset, slices):
        if getattr(dataset, "chunks", None) is None or dataset.compression != "gzip":
            return np.zeros(1)
        size = int(np.prod(dataset.chunks)) * dataset.dtype.itemsize
        offsets = set()
        for where in slices:
            selected = () if where is ... else where if isinstance(where, tuple) else (where,)
            selected += (slice(None),) * (dataset.ndim - len(selected))
            for chunk in dataset.iter_chunks(selected):
                offsets.add(tuple(part.start // side * side for part, side in zip(chunk, dataset.chunks)))
        stored = [dataset.id.read_direct_chunk(offset)[1] for offset in sorted(offsets)]
        start = time.process_time()
        for chunk in stored:
            self.deflate.zlib_decompress(chunk, size)
        return np.array([time.process_time() - start])


class Missing:
    """A reader that is not here says why at each read."""

    def __init__(self, why):
        self.why = why

    def open(self, location):
        raise ImportError(self.why)


def ros3():
    import h5py

    if "ros3" not in h5py.registered_drivers():
        return Missing("this h5py was built without the ros3 driver")
    return WithH5py(lambda location: location, driver="ros3")


def download():
    import requests

    return WithH5py(lambda location: io.BytesIO(requests.get(location).content))


def h5py():
    return WithH5py(lambda location: location)


class H5coro:
    """The Python h5coro; a request is a path and a hyperslice of half-open ranges."""

    def __init__(self):
        import h5coro as module
        from h5coro import webdriver

        self.module, self.driver = module, webdriver.HTTPDriver

    def open(self, location):
        self.file = self.module.H5Coro(location, self.driver, errorChecking=True, verbose=False)

    def read(self, requests):
        datasets = []
        for request in requests:
            path, where = only(request)
            where = where if isinstance(where, tuple) else (where,)
            ranges = [] if where[0] is Ellipsis else [[part.start, part.stop] for part in where]
            datasets.append({"dataset": path, "hyperslice": ranges})
        promise = self.file.readDatasets(datasets, block=True)
        values = [promise[one["dataset"]] for one in datasets]
        if any(value is None for value in values):
            raise ValueError("no values")
        return values

    def close(self):
        self.file.close()


class Pyfive:
    """pyfive on a local file."""

    def __init__(self):
        import pyfive

        self.pyfive = pyfive

    def open(self, location):
        self.file = self.pyfive.File(location)

    def read(self, requests):
        return [self.file[path][where] for path, where in map(only, requests)]

    def close(self):
        self.file.close()


READERS = {
    "remfile": remfile,
    "fsspec": fsspec,
    "blockcache": blockcache,
    "libdeflate": Libdeflate,
    "ros3": ros3,
    "download": download,
    "h5py": h5py,
    "h5coro": H5coro,
    "pyfive": Pyfive,
}


def versions():
    from importlib import metadata

    found = [f"Python {sys.version.split()[0]}"]
    for name in ("h5coro", "remfile", "fsspec", "h5py", "hdf5plugin", "pyfive", "numpy", "deflate"):
        try:
            found.append(f"{name} {metadata.version(name)}")
        except metadata.PackageNotFoundError:
            found.append(f"no {name}")
    print(", ".join(found))


def create(name):
    try:
        return READERS[name]()
    except ImportError as e:
        return Missing(str(e))


def main():
    if sys.argv[1] == "versions":
        versions()
        return
    answers, sys.stdout = sys.stdout, sys.stderr  # what a reader prints is no answer
    reader = create(sys.argv[1])
    is_open = False
    for line in sys.stdin:
        words = line.rstrip("\n").split("\t")
        try:
            again = words[0] == "again"
            if is_open and not again:
                is_open = False
                reader.close()
            cpu = time.process_time()
            start = time.perf_counter()
            if not again:
                reader.open(words[1])
                is_open = True
            values = reader.read(words[1 if again else 2 :])
            seconds = time.perf_counter() - start
            cpu = time.process_time() - cpu
            print(f"= {seconds:.6f} {cpu:.6f} {sum(map(total, values))!r}", file=answers, flush=True)
        except Exception as e:
            print("! " + repr(e)[:300].replace("\n", " "), file=answers, flush=True)


main()
