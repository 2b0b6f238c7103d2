#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs campaign.py or mutants.py in pieces, each from a first seed of its own, and adds up what the pieces say. A run
that is ended goes on behind the last piece that is whole; of the others what they said last counts.

usage: pieces.py FOLDER campaign|mutants FIRST EACH SECONDS [-- ARGUMENT...]    runs pieces of EACH seeds for SECONDS
       pieces.py FOLDER campaign|mutants                                        adds up"""

import collections
import glob
import os
import re
import signal
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
SIZE = {"campaign": "--files", "mutants": "--count"}
SAID = re.compile(r"(\d+) s: (.*)")


def logs(folder, kind):
    found = glob.glob(os.path.join(folder, kind + "-*.log"))
    return sorted((int(re.search(r"-(\d+)\.log$", path).group(1)), path) for path in found)


def whole(path):
    """Whether a piece came to its end: it says what it cost."""
    with open(path, errors="replace") as f:
        return any(line.startswith("CPU: ") for line in f)


def run(folder, kind, first, each, seconds, arguments):
    ends = time.time() + seconds
    while ends - time.time() > 30:
        path = os.path.join(folder, "%s-%d.log" % (kind, first))
        if os.path.exists(path) and whole(path):
            first += each
            continue
        command = [sys.executable, os.path.join(HERE, kind + ".py"), "--first", str(first), SIZE[kind], str(each),
                   "--seconds", "%.0f" % (ends - time.time()), *arguments]
        with open(path, "w") as log:
            piece = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT)
            signal.signal(signal.SIGTERM, lambda *_: (piece.terminate(), sys.exit(1)))
            piece.wait()
        first += each


def add_up(folder, kind):
    totals, notes = collections.Counter(), []
    for _, path in logs(folder, kind):
        said = cpu = None
        with open(path, errors="replace") as f:
            for line in f:
                said = SAID.match(line) or said
                cpu = re.match(r"CPU: ([\d.]+) s of children, ([\d.]+) s here", line) or cpu
                if re.match(r"(seed \d+: |m-?\d+\.h5)", line):
                    notes.append(line.rstrip()[:400])
        if not said:
            continue
        totals["pieces"] += 1
        totals["seconds"] += int(said.group(1))
        for number, what in re.findall(r"(\d[\d,]*) ([^,;]+)", said.group(2).rpartition(";")[0]):
            totals[what] += int(number.replace(",", ""))
            if cpu and what in ("files", "mutants"):
                totals[what + " in whole pieces"] += int(number.replace(",", ""))
        if cpu:
            totals["CPU seconds of whole pieces"] += float(cpu.group(1)) + float(cpu.group(2))
    for what, number in totals.items():
        print("%14s  %s" % (format(round(number), ",d"), what))
    print("\n".join(notes))


if __name__ == "__main__":
    if len(sys.argv) > 3:
        more = sys.argv[7:] if sys.argv[6:7] == ["--"] else []
        run(sys.argv[1], sys.argv[2], *map(int, sys.argv[3:6]), more)
    add_up(sys.argv[1], sys.argv[2])
