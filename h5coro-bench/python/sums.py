# SPDX-License-Identifier: Apache-2.0
"""Sums all columns of a group over many files behind a web server, in some processes: h5py over remfile. Prints seconds
and processor seconds, without the start of Python: the processes are there before the clock runs."""

import multiprocessing
import os
import resource
import sys
import time

import h5py
import remfile


def sums(job):
    location, group = job
    with h5py.File(remfile.File(location), "r") as f:
        found = {}
        for name, dataset in f[group].items():
            if dataset.dtype.kind in "iuf" and dataset.ndim == 1:
                found[name] = dataset[...].astype("f8").sum()
        return found, resource.getrusage(resource.RUSAGE_SELF), os.getpid()


def processor(usages):
    return sum(u.ru_utime + u.ru_stime for u in usages.values())


def main():
    processes, group, *locations = sys.argv[1:]
    with multiprocessing.get_context("fork").Pool(int(processes)) as pool:
        start = time.monotonic()
        total, used = {}, {}
        for found, usage, process in pool.imap(sums, [(location, group) for location in locations]):
            used[process] = usage
            for name, value in found.items():
                total[name] = total.get(name, 0) + value
        print(f"{time.monotonic() - start:.3f} {processor(used):.3f} {len(total)}")


main()
