# SPDX-License-Identifier: Apache-2.0
"""Mutates files of a pool and writes a line for each with what libhdf5 answers, in processes that it forks: libhdf5 may
end or hang with a damaged file.

usage: worker.py POOL            notes where the pool's files have headers and checksums
       worker.py POOL FOLDER     lines "FIRST COUNT FILLER" on standard input; "." ends the lines of an answer

FILLER is what fresh memory holds, so that what libhdf5 makes of memory it never wrote differs with it."""

import ctypes
import json
import mmap
import os
import random
import resource
import signal
import struct
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))

import hdf5plugin  # noqa: E402,F401

from hdf5c import LIB  # noqa: E402
from mutated import mutations, oracle  # noqa: E402

ANSWERS = os.dup(1)
os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # filter plugins print there
SECONDS = 2  # of processor time, for a file
MEMORY = 2 << 30
M_PERTURB = -6


def note_places(folder, checksum):
    """Writes NAME.places: the addresses of the headers that libhdf5 meets, and what has a checksum behind it. A process
    for each file, as libhdf5 does not survive all of them."""
    for name in sorted(os.listdir(folder)):
        path = os.path.join(folder, name)
        if not os.fork():
            items = oracle.answers(path, 0)
            headers = [int(key[1:]) for key in items if key[1:].isdigit()]
            with open(path, "rb") as f:
                base = mutations.Base(name, f.read(), headers)
            with open(path + ".places", "w") as out:
                json.dump([headers, base.summed_spans(checksum)], out)
            os._exit(0)
        os.wait()


def pool(folder):
    """The sound files."""
    bases = []
    for name in sorted(os.listdir(folder)):
        if name.endswith(".h5") and os.path.exists(os.path.join(folder, name + ".places")):
            with open(os.path.join(folder, name), "rb") as f:
                data = f.read()
            with open(os.path.join(folder, name + ".places")) as f:
                bases.append(mutations.Base(name, data, *json.load(f)))
    return bases


def mutant(seed, bases, checksum):
    """A negative seed is a file of the pool as it is."""
    if seed < 0:
        return bases[-1 - seed], bases[-1 - seed].data
    rng = random.Random(seed)
    base = rng.choice(bases)
    return base, mutations.Mutator(base, rng).mutant(checksum)


def limit_time():
    """Another mutant's time begins."""
    signal.setitimer(signal.ITIMER_PROF, SECONDS)


def several(first, last, filler, bases, checksum, place):
    """In a process of its own."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    ctypes.CDLL(None).mallopt(M_PERTURB, filler)
    for seed in range(first, last):
        struct.pack_into("<q", place, 0, seed)
        name = "m%d.h5" % seed
        base, data = mutant(seed, bases, checksum)
        with open(name, "wb") as f:
            f.write(data)
        limit_time()
        line = oracle.line(name, oracle.answers(name, filler))
        signal.setitimer(signal.ITIMER_PROF, 0)
        write(line)


def write(line):
    raw = (line + "\n").encode("utf-8", "replace")
    while raw:
        raw = raw[os.write(ANSWERS, raw) :]


def main():
    checksum = mutations.checksums(LIB)
    if len(sys.argv) == 2:
        note_places(sys.argv[1], checksum)
        return
    bases = pool(sys.argv[1])
    os.chdir(sys.argv[2])
    place = mmap.mmap(-1, 8)
    write("%d" % len(bases))
    for command in sys.stdin:
        first, count, filler = map(int, command.split())
        last = first + count
        while first < last:
            child = os.fork()
            if not child:
                status = 1
                try:
                    several(first, last, filler, bases, checksum, place)
                    status = 0
                finally:
                    os._exit(status)
            status = os.waitpid(child, 0)[1]
            if not status:
                break
            first = struct.unpack_from("<q", place, 0)[0] + 1
            write("m%d.h5\t!%d" % (first - 1, os.WTERMSIG(status) if os.WIFSIGNALED(status) else -1))
        write(".")


if __name__ == "__main__":
    main()
