#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes random files without end and compares what h5coro reads of them with what libhdf5 read: whole values, slices,
lists, points, attributes, links, and for some the text of `dump` with that of h5dump (1.10).

usage: campaign.py [--files N] [--seconds S] [--first SEED] [--workers 2] [--dumps 8] [--keep FOLDER]
       campaign.py --replay SEED

It needs what make/requirements.txt names, h5dump, and a built checkout: ./mvnw -q -Dquick -DskipTests package. Files
are made in --folder (default: of the memory file system) and deleted when they are as expected; the others are kept,
with their seed. A seed makes the same file as long as generated/ is the same."""

import argparse
import collections
import glob
import hashlib
import itertools
import json
import os
import queue
import shutil
import subprocess
import sys
import tempfile
import threading
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
TOP = os.path.abspath(os.path.join(HERE, "..", ".."))
BATCH = 2000

from generated import axes, files  # noqa: E402


def classpath():
    """Compiled classes, those of -Dquick first, before the jars of the last package."""
    folders = [
        os.path.join(TOP, module, "target", quick, kind)
        for quick in ("quick", "")
        for module in ("h5coro-cli", "h5coro-core", "testdata")
        for kind in ("test-classes", "classes")
    ]
    jars = open(os.path.join(TOP, "h5coro-cli", "target", "campaign.classpath")).read().strip()
    return os.pathsep.join(folders + [jars])


def rows():
    """Rows of docs/format-coverage.md, the features that reach them, and what is shown elsewhere."""
    for line in open(os.path.join(HERE, "generated", "rows.tsv"), encoding="utf-8"):
        if not line.startswith("#"):
            row, wanted, elsewhere = line.rstrip("\n").split("\t")
            yield row, [tuple(w.split("=")) for w in wanted.split() if w != "-"], elsewhere


class Reader:
    """The JVM that compares. Tasks go in, answers come out, in order."""

    def __init__(self, folder, java_options):
        java = os.path.join(os.environ["JAVA_HOME"], "bin", "java") if "JAVA_HOME" in os.environ else "java"
        # Code that runs so seldom is not worth more compiling: 17 ms a file, with C2 twice as much.
        command = [
            java,
            "-Xmx1g",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            *java_options,
            "-cp",
            classpath(),
            "io.h5coro.cli.Campaign",
        ]
        self.process = subprocess.Popen(
            command, cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8", bufsize=1
        )

    def ask(self, task):
        self.process.stdin.write("\t".join(task) + "\n")
        self.process.stdin.flush()
        return self.process.stdout.readline().rstrip("\n").split("\t")

    def close(self):
        self.process.stdin.close()
        self.process.wait()


class Campaign:
    def __init__(self, options):
        self.options, self.folder = options, options.folder
        self.began, self.seeds = time.time(), itertools.count(options.first, BATCH)
        self.made, self.ready = queue.Queue(40), threading.Event()
        self.counts, self.failed = collections.Counter(), collections.Counter()
        self.refused, self.unlike = collections.Counter(), []
        self.possible = axes.all_pairs()
        self.pairs, self.lock, self.stop = collections.Counter(), threading.Lock(), False

    def over(self):
        o = self.options
        return self.stop or o.seconds and time.time() - self.began > o.seconds

    def produce(self):
        """Runs workers, one batch after the other."""
        while not self.over():
            with self.lock:
                first = next(self.seeds)
            last = first + BATCH
            if self.options.files:
                last = min(last, self.options.first + self.options.files)
            while first < last and not self.over():
                first = self.batch(first, last)
            if self.options.files and last >= self.options.first + self.options.files:
                break
        self.made.put(None)

    def batch(self, first, last):
        """Seeds up to the last, or to one that ends the worker. Answers where to go on."""
        command = [
            sys.executable,
            os.path.join(HERE, "generated", "worker.py"),
            str(first),
            "1",
            str(last - first),
            str(self.options.dumps),
        ]
        worker = subprocess.Popen(
            command, cwd=self.folder, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        seed = first
        for line in worker.stdout:
            record = json.loads(line)
            if "begin" in record:
                seed = record["begin"]
                continue
            self.made.put(record)
            if self.over():
                worker.terminate()
                worker.wait()
                return last
        worker.wait()
        if worker.returncode:
            self.failed["libhdf5 or a plugin ended the process (%d)" % worker.returncode] += 1
            print("seed %d ended the process of libhdf5 (%d)" % (seed, worker.returncode), flush=True)
            self.delete(files.stem_of(seed))
            return seed + 1
        return last

    def delete(self, stem):
        for path in glob.glob(os.path.join(self.folder, stem + "*")):
            os.remove(path)

    def keep(self, stem):
        os.makedirs(self.options.keep, exist_ok=True)
        for path in glob.glob(os.path.join(self.folder, stem + "*")):
            shutil.move(path, os.path.join(self.options.keep, os.path.basename(path)))

    def consume(self, reader):
        """Takes files as they come."""
        open_workers, told = self.options.workers, time.time()
        while open_workers:
            record = self.made.get()
            if record is None:
                open_workers -= 1
                continue
            self.take(record, reader)
            if time.time() - told > 60:
                told = time.time()
                print(self.line(), flush=True)

    def take(self, record, reader):
        stem = record["stem"]
        if "failed" in record:
            self.failed[record["failed"]] += 1
            self.delete(stem)
            return
        stem, datasets, attributes, parts, elements, dumps, found = reader.ask(record["task"])
        for name, number in (
            ("files", 1),
            ("datasets", datasets),
            ("attributes", attributes),
            ("parts", parts),
            ("values", elements),
            ("dumps", dumps),
        ):
            self.counts[name] += int(number)
        self.counts["h5dump failed"] += "h5dump" in record
        for what in record["refused"]:
            self.refused[tuple(what)] += 1
        for path in record["changed"]:
            self.unlike.append((record["seed"], path))
            print("seed %d: libhdf5 reads other bytes of %s than it was given" % (record["seed"], path), flush=True)
        for recipe in record["recipes"]:
            self.pairs.update(itertools.combinations([(a, recipe[a]) for a in axes.AXES], 2))
        if found:
            self.counts["differences"] += 1
            print("seed %d: %s" % (record["seed"], found), flush=True)
            self.keep(stem)
        else:
            self.delete(stem)

    def line(self):
        seconds = time.time() - self.began
        shown = ("files", "datasets", "attributes", "values", "parts", "dumps", "differences")
        numbers = ", ".join("%s %s" % (format(self.counts[n], ",d"), n) for n in shown)
        return "%d s: %s; %d files an hour" % (seconds, numbers, self.counts["files"] * 3600 / max(1, seconds))

    def report(self):
        print(self.line())
        usage = os.times()
        print("CPU: %.1f s of children, %.1f s here" % (usage[2] + usage[3], usage[0] + usage[1]))
        print("files that libhdf5 did not make or read itself: %d" % sum(self.failed.values()))
        for what, count in self.failed.most_common():
            print("  %5d  %s" % (count, what))
        print(
            "filters that libhdf5 refused for a type: %s"
            % ", ".join("%s for %s %d" % (f, t, n) for (f, t), n in self.refused.most_common())
        )
        possible = [pair for some in self.possible for pair in some]
        order = list(axes.AXES)
        met = lambda pair: self.pairs[tuple(sorted(pair, key=lambda f: order.index(f[0])))]
        unmet = [pair for pair in possible if not met(pair)]
        single = collections.Counter()
        for (a, b), count in self.pairs.items():
            single[a], single[b] = max(single[a], count), max(single[b], count)
        print(
            "features: %d of %d met"
            % (sum(1 for a in axes.AXES for o in axes.AXES[a] if single[(a, o)]), sum(map(len, axes.AXES.values())))
        )
        for axis in axes.AXES:
            print("  %-11s %s" % (axis, ", ".join("%s %d" % (o, single[(axis, o)]) for o in axes.AXES[axis])))
        for row, wanted, elsewhere in rows():
            missed = [f for f in wanted if not single[f]]
            if missed or elsewhere:
                print("row %s: %s%s" % (row, "not met: %s; " % missed if missed else "", elsewhere))
        times = sorted(met(pair) for pair in possible)
        print(
            "pairs: %d of %d met; half of them %d times or more"
            % (len(possible) - len(unmet), len(possible), times[len(times) // 2])
        )
        for a, b in unmet[:60]:
            print("  not met: %s=%s with %s=%s" % (a + b))

    def run(self):
        os.makedirs(self.folder, exist_ok=True)
        with open(os.path.join(self.folder, "pairs.json"), "w") as out:
            json.dump(self.possible, out)
        reader = Reader(self.folder, self.options.java)
        threads = [threading.Thread(target=self.produce, daemon=True) for _ in range(self.options.workers)]
        for thread in threads:
            thread.start()
        try:
            self.consume(reader)
        except KeyboardInterrupt:
            self.stop = True
        reader.close()
        self.report()
        return 1 if self.counts["differences"] else 0


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--files", type=int, default=0)
    arguments.add_argument("--seconds", type=float, default=0)
    arguments.add_argument("--first", type=int, default=0)
    arguments.add_argument("--workers", type=int, default=2)
    arguments.add_argument(
        "--dumps", type=int, default=2, help="of the files that h5dump knows (one in four) one in so many is dumped"
    )
    arguments.add_argument("--keep", default="campaign-kept")
    arguments.add_argument("--folder")
    arguments.add_argument("--replay", type=int)
    arguments.add_argument("--java", nargs="*", default=[])
    options = arguments.parse_args()
    if options.replay is not None:
        options.first, options.files, options.workers, options.dumps = options.replay, 1, 1, 1
    options.keep = os.path.abspath(options.keep)
    shm = "/dev/shm" if os.path.isdir("/dev/shm") else None
    own = options.folder is None
    options.folder = options.folder or tempfile.mkdtemp(prefix="campaign", dir=shm)
    version = hashlib.sha256(
        b"".join(open(p, "rb").read() for p in sorted(glob.glob(os.path.join(HERE, "generated", "*.py"))))
    ).hexdigest()[:12]
    print("generator %s, seeds from %d" % (version, options.first), flush=True)
    status = Campaign(options).run()
    if own:
        shutil.rmtree(options.folder)
    return status


if __name__ == "__main__":
    sys.exit(main())
