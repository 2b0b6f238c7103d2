#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes some files of the campaign, with what libhdf5 reads and h5dump (1.10) prints of them, into
h5coro-cli/src/test/resources/campaign: small ones that meet as many pairs of features as they can.

usage: campaign_files.py [COUNT [OF]]    (24 of the first 300 seeds)"""

import glob
import itertools
import os
import shutil
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
FOLDER = os.path.join(HERE, "..", "..", "h5coro-cli", "src", "test", "resources", "campaign")
MOST = 40_000  # bytes, of all files of a seed

from generated import axes, files, worker  # noqa: E402


def made(seed, recipes):
    """What is made of a seed: its task, its pairs, its size; nothing where libhdf5 fails."""
    record = worker.made(seed, recipes, 1)
    if "task" not in record or record["changed"]:
        return None
    size = sum(os.path.getsize(p) for p in glob.glob(record["stem"] + "*"))
    met = set()
    for recipe in record["recipes"]:
        met.update(itertools.combinations([(a, recipe[a]) for a in axes.AXES], 2))
    return (record["task"], met) if size <= MOST else None


def main():
    count, of = (int(a) for a in (sys.argv[1:] + ["24", "300"][len(sys.argv) - 1 :]))
    registered = files.register_links()
    recipes = files.Recipes(axes.all_pairs())
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        found = [m for m in (made(seed, recipes) for seed in range(of)) if m]
        chosen, met = [], set()
        for _ in range(count):
            best = max(found, key=lambda m: (m[0][4] != "-") * 40 + len(m[1] - met))
            found.remove(best)
            chosen.append(best[0])
            met |= best[1]
        shutil.rmtree(FOLDER, ignore_errors=True)
        os.makedirs(FOLDER)
        for task in chosen:
            for path in glob.glob(task[0] + "*"):
                shutil.copy(path, FOLDER)
        with open(os.path.join(FOLDER, "tasks.txt"), "w") as out:
            out.writelines("\t".join(task) + "\n" for task in sorted(chosen))
        print("%d files meet %d pairs" % (len(chosen), len(met)))
    del registered


if __name__ == "__main__":
    main()
