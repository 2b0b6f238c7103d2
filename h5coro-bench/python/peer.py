# SPDX-License-Identifier: Apache-2.0
"""A reader to compare with, in a process of its own: peer.py READER, or peer.py versions. Speaks the lines of WorkerLoop.java: tab-separated
"read LOCATION REQUEST…" or "again REQUEST…", answered by "= seconds cpu-seconds sum" or "! message"."""

import io
import sys
import time

import numpy as np


def split(request):
    path, _, rest = request.partition("[")
    return path, eval("np.s_[" + rest) if rest else np.s_[...]


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
        return [self.file[path][where] for path, where in map(split, requests)]

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
            path, where = split(request)
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
        return [self.file[path][where] for path, where in map(split, requests)]

    def close(self):
        self.file.close()


READERS = {
    "remfile": remfile,
    "fsspec": fsspec,
    "ros3": ros3,
    "download": download,
    "h5py": h5py,
    "h5coro": H5coro,
    "pyfive": Pyfive,
}


def versions():
    from importlib import metadata

    found = [f"Python {sys.version.split()[0]}"]
    for name in ("h5coro", "remfile", "fsspec", "h5py", "hdf5plugin", "pyfive", "numpy"):
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
            total = sum(float(np.sum(value, dtype=np.float64)) for value in values)
            print(f"= {seconds:.6f} {cpu:.6f} {total!r}", file=answers, flush=True)
        except Exception as e:
            print("! " + repr(e)[:300].replace("\n", " "), file=answers, flush=True)


main()
