#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Damages small files in a few places and compares, wherever libhdf5 and h5coro both answer, what they answer: links,
shapes, values and attributes. What differs is asked again of libhdf5 in fresh processes whose memory holds other bytes,
and explained by mutated/reasons.py, or else kept.

usage: mutants.py [--count N] [--seconds S] [--first SEED] [--workers 2] [--keep FOLDER] [--generated 200]
       mutants.py --replay SEED

It needs what make/requirements.txt names, and a built checkout: ./mvnw -q -Dquick -DskipTests package. The pool is the
fixtures of at most 50,000 bytes, the files of CampaignTest, and --generated files of the campaign's generator. A seed is
the same file as long as these are the same."""

import argparse
import collections
import glob
import hashlib
import os
import queue
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import traceback

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
TOP = os.path.abspath(os.path.join(HERE, "..", ".."))
BATCH = 400
SHORTEST, LONGEST = 100, 50_000

from campaign import classpath  # noqa: E402
from mutated import reasons  # noqa: E402


def make_pool(folder, generated):
    """Writes the sound files with the addresses of their headers."""
    os.makedirs(folder)
    work = folder + ".made"
    os.makedirs(work)
    subprocess.run([sys.executable, os.path.join(HERE, "generated", "worker.py"), "0", "1", str(generated), "0"],
                   cwd=work, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    paths = glob.glob(os.path.join(HERE, "..", "src", "main", "resources", "fixtures", "*.h5"))
    paths += glob.glob(os.path.join(TOP, "h5coro-cli", "src", "test", "resources", "campaign", "g*.h5"))
    paths += glob.glob(os.path.join(work, "g*.h5"))
    for path in sorted(paths, key=os.path.basename):
        name = os.path.join(folder, os.path.basename(path))
        if SHORTEST <= os.path.getsize(path) <= LONGEST and not os.path.exists(name):
            shutil.copyfile(path, name)
    shutil.rmtree(work)
    subprocess.run([sys.executable, os.path.join(HERE, "mutated", "worker.py"), folder], check=True)


class Oracle:
    def __init__(self, pool, folder):
        command = [sys.executable, os.path.join(HERE, "mutated", "worker.py"), pool, folder]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        stderr=subprocess.DEVNULL, text=True, bufsize=1)
        self.bases = int(self.process.stdout.readline())

    def ask(self, first, count, filler=0):
        self.process.stdin.write("%d %d %d\n" % (first, count, filler))
        self.process.stdin.flush()
        for line in self.process.stdout:
            if line == ".\n":
                return
            yield line.rstrip("\n")

    def close(self):
        self.process.stdin.close()
        self.process.wait()


class Mutants:
    def __init__(self, options, pool, folder):
        self.options, self.pool, self.folder = options, pool, folder
        self.counts, self.classes = collections.Counter(), collections.Counter()
        self.refusals, self.reads, self.samples = collections.Counter(), collections.Counter(), {}
        self.lock, self.began = threading.Lock(), time.time()
        self.next, self.asked = options.first, queue.Queue(200)
        self.java = self.start()

    def start(self):
        java = os.path.join(os.environ["JAVA_HOME"], "bin", "java") if "JAVA_HOME" in os.environ else "java"
        # Code that runs so seldom is not worth more compiling: 2 ms a mutant, with C2 4 to 5.
        command = [java, "-Xmx768m", "-Xss1m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", classpath(),
                   "io.h5coro.Mutants"]
        return subprocess.Popen(command, cwd=self.folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
                                encoding="utf-8", bufsize=1)

    def over(self):
        o = self.options
        late = o.seconds and time.time() - self.began > o.seconds
        return late or o.count and self.next >= o.first + o.count

    def lane(self, oracle):
        while True:
            with self.lock:
                if self.over():
                    return
                first = self.next
                last = first + BATCH
                if self.options.count:
                    last = min(last, self.options.first + self.options.count)
                self.next = last
            self.batch(oracle, first, last - first)

    def batch(self, oracle, first, count):
        for line in oracle.ask(first, count):
            name, _, rest = line.partition("\t")
            if rest.startswith("!"):
                with self.lock:
                    self.counts["libhdf5 ended or hung (signal %s)" % rest[1:]] += 1
                line = name  # we must end well all the same
            with self.lock:
                self.asked.put((name, line))
                self.java.stdin.write(line + "\n")
                self.java.stdin.flush()

    def answers(self):
        try:
            self.take_all()
        except BaseException:
            traceback.print_exc()
            os._exit(2)

    def take_all(self):
        """Takes what the reader answers, in the order in which it was asked."""
        confirming = Oracle(self.pool, self.folder + ".again")
        told = time.time()
        while True:
            asked = self.asked.get()
            if asked is None:
                break
            name, line = asked
            answer = self.java.stdout.readline()
            if not answer:
                print("%s ended the reader" % name, flush=True)
                os._exit(2)  # its threads wait for it
            self.take(name, line, answer.rstrip("\n").split("\t"), confirming)
            if time.time() - told > 60:
                told = time.time()
                print(self.line(), flush=True)
        confirming.close()

    def take(self, name, line, words, confirming):
        _, equal, refused, read, *notes = words
        c = self.counts
        c["mutants"] += 1
        both = "\tfile ok" in line and not any(n.startswith("refused\x1ffile") for n in notes)
        c["opened by both"] += both
        c["items equal"] += int(equal)
        c["items only libhdf5 reads"] += int(refused)
        c["items only we read"] += int(read)
        notes = [n.split("\x1f", 3) for n in notes]
        different = [n for n in notes if n[0] == "differs"]
        for kind, key, their, our in notes:
            what = re.sub(r"#.*", "", key) or "#" + re.sub(r"[0-9]+", "", key[1:])[:1]
            if kind == "refused":
                self.refusals[(what, re.sub(r"[0-9]+|'.*'", "N", our)[:150])] += 1
            elif kind == "read":
                self.reads[(what, re.sub(r"[0-9]+", "N", their)[:120])] += 1
                self.samples.setdefault((what, re.sub(r"[0-9]+", "N", their)[:120]), []).append(name)
            elif kind == "defect":
                c["defects"] += 1
                print("%s DEFECT %s" % (name, our), flush=True)
                self.keep(name)
        if different:
            c["mutants with a difference"] += 1
            self.explain(name, different, confirming)
        os.remove(os.path.join(self.folder, name))

    def keep(self, name):
        os.makedirs(self.options.keep, exist_ok=True)
        shutil.copyfile(os.path.join(self.folder, name), os.path.join(self.options.keep, name))

    def explain(self, name, different, confirming):
        """Asks libhdf5 again: what it makes of memory that it never wrote is no answer."""
        seed = int(name[1:-3])
        fresh = []
        for filler in (0x55, 0xAA):
            line = list(confirming.ask(seed, 1, filler))[0]
            fresh.append(dict(item.partition(" ")[::2] for item in line.split("\t")[1:]))
        unexplained = []
        for _, key, their, our in different:
            again, other = fresh[0].get(key), fresh[1].get(key)
            if again != other or again is None or again.startswith("?"):
                reason = "libhdf5's answer depends on what its memory held before"
            elif again == our:
                reason = "libhdf5 answers as we do in a fresh process, and otherwise in one that has read damaged files"
            else:
                data = open(os.path.join(self.folder, name), "rb").read()
                reason = reasons.of(data, key, their, our, fresh[0])
            self.classes[reason or "unexplained"] += 1
            self.samples.setdefault(reason or "unexplained", []).append(name)
            if not reason:
                unexplained.append("%s: libhdf5 <%s> we <%s>" % (key, their, our))
        if unexplained:
            self.counts["mutants with an unexplained difference"] += 1
            print("%s: %s" % (name, " | ".join(unexplained)[:600]), flush=True)
            self.keep(name)

    def line(self):
        seconds = time.time() - self.began
        return "%d s: %s; %d mutants an hour" % (seconds, ", ".join(
            "%s %s" % (format(n, ",d"), what) for what, n in self.counts.items()), self.counts["mutants"] * 3600 / seconds)

    def report(self):
        print(self.line())
        usage = os.times()
        print("CPU: %.1f s of children, %.1f s here" % (usage[2] + usage[3], usage[0] + usage[1]))
        for title, counter in (("differences", self.classes), ("we refuse what libhdf5 reads", self.refusals),
                               ("libhdf5 refuses what we read", self.reads)):
            print("%s: %d" % (title, sum(counter.values())))
            for what, n in counter.most_common(40):
                print("  %6d  %s  %s" % (n, what, " ".join(self.samples.get(what, [])[:4])))

    def run(self):
        oracles = [Oracle(self.pool, self.folder) for _ in range(self.options.workers)]
        print("%d files in the pool" % oracles[0].bases, flush=True)
        taking = threading.Thread(target=self.answers)
        taking.start()
        if self.options.sound:
            self.batch(oracles[0], -oracles[0].bases, oracles[0].bases)
        self.began = time.time()
        lanes = [threading.Thread(target=self.lane, args=(oracle,)) for oracle in oracles]
        for lane in lanes:
            lane.start()
        for lane in lanes:
            lane.join()
        self.asked.put(None)
        taking.join()
        for oracle in oracles:
            oracle.close()
        self.java.stdin.close()
        self.java.wait()
        self.report()
        return 1 if self.counts["defects"] or self.classes["unexplained"] else 0


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--count", type=int, default=0)
    arguments.add_argument("--seconds", type=float, default=0)
    arguments.add_argument("--first", type=int, default=0)
    arguments.add_argument("--workers", type=int, default=2)
    arguments.add_argument("--generated", type=int, default=200)
    arguments.add_argument("--keep", default="mutants-kept")
    arguments.add_argument("--pool", help="a folder with the pool, made when it is not there")
    arguments.add_argument("--sound", action="store_true", help="the files of the pool as they are, first")
    arguments.add_argument("--replay", type=int)
    options = arguments.parse_args()
    if options.replay is not None:
        options.first, options.count, options.workers = options.replay, 1, 1
    options.keep = os.path.abspath(options.keep)
    folder = tempfile.mkdtemp(prefix="mutants", dir="/dev/shm" if os.path.isdir("/dev/shm") else None)
    os.mkdir(folder + ".again")
    pool = os.path.abspath(options.pool or os.path.join(folder, "pool"))
    if not os.path.isdir(pool):
        make_pool(pool, options.generated)
    version = hashlib.sha256(b"".join(open(p, "rb").read() for p in sorted(glob.glob(os.path.join(pool, "*.h5")))))
    print("pool %s, seeds from %d" % (version.hexdigest()[:12], options.first), flush=True)
    status = Mutants(options, pool, folder).run()
    shutil.rmtree(folder)
    shutil.rmtree(folder + ".again")
    return status


if __name__ == "__main__":
    sys.exit(main())
