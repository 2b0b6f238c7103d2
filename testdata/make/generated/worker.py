# SPDX-License-Identifier: Apache-2.0
"""Makes the files of some seeds in the current folder, a JSON line for each. campaign.py starts it, once more behind a
seed with which libhdf5 ends the process.

usage: worker.py FIRST STEP COUNT DUMPS    (of the files that h5dump can read, one in DUMPS gets its text; 0: none)"""

import json
import os
import re
import shutil
import subprocess
import sys
import traceback

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))

import hdf5plugin  # noqa: E402

from dump_options import LATER  # noqa: E402
from generated import axes, files  # noqa: E402

PAIRS = "pairs.json"
OPTIONS = ("", "-p", "-p", "-H", "-A", "-B", "-p -H", "-r", "-n 1", "-A 0", "-e", "-q creation_order", "-w 100")


def readable_by_h5dump(maker):
    """Whether h5dump 1.10 knows all that is in the file, and has its filters."""
    whole = maker.whole
    return (
        whole["bound"] in files.OLD
        and whole["driver"] == "plain"
        and whole["end"] != "unclosed"
        # Lengths of 4 bytes: it takes an unlimited dimension for a large one.
        and whole["sizes"] in ("8_8", "4_8")
        and not any(r["filter"] in axes.ENCODED for r in maker.recipes)
        and not maker.kinds.intersection(files.UNKNOWN)
        and not maker.newer
    )


def unbroken(found, width):
    """Two lines as one where that fits into a line of so many bytes."""
    one = found.expand(r"\1 \2")
    return one if len(one.encode()) <= width else found.group()


def h5dump(maker, options):
    """Writes what h5dump prints; false where it fails, as some of its failures show on its error stream only, or prints
    what libhdf5 is known to convert wrongly."""
    environment = {**os.environ, "HDF5_PLUGIN_PATH": hdf5plugin.PLUGIN_PATH, "LC_ALL": "C.UTF-8"}
    run = subprocess.run(["h5dump", *options.split(), maker.first], capture_output=True, env=environment)
    if run.returncode or run.stderr:
        return False
    text = run.stdout.decode("utf-8", "replace")
    if "bit big-endian integer" in text:  # docs/libhdf5-differences.md, narrow_big_endian
        return False
    for pattern, later in LATER + (
        (re.compile(r"\}(?=\})"), "} "),
        (re.compile(r'\b(DATASET|GROUP|DATATYPE) (\d+ )"/'), r'\1 "%s/' % maker.first),
        # The name that it has for these is longer, and breaks the line.
        (re.compile(r'^( *DATATYPE "[^"]*") \n *(H5T_[^\n]*F16[^\n]*)', re.MULTILINE),
         lambda found: unbroken(found, 100 if "-w 100" in options else 80)),
        # An address that is none, behind a user block.
        (re.compile(r"\bOFFSET (511|1023|2047)\b"), "OFFSET HADDR_UNDEF"),
        (re.compile(r'\bDATASET "/target'), r'DATASET "%s/target' % maker.first),
    ):
        text = pattern.sub(later, text)
    with open(maker.stem + ".ddl", "w") as out:
        out.write(text)
    return True


def made(seed, recipes, dumps):
    maker = files.Maker(seed, recipes)
    line = {"seed": seed, "stem": maker.stem, "recipes": maker.recipes}
    try:
        refused, changed = maker.make()
    except Exception as e:  # what libhdf5 does not do is no file, and says so
        last = [s for s in traceback.extract_tb(e.__traceback__) if "generated" in s.filename][-1]
        line["failed"] = "%s: %s (%s)" % (type(e).__name__, e, last.name)
        return line
    options = "-"
    if dumps and seed // 4 % dumps == 0 and readable_by_h5dump(maker):
        options = maker.rng.choice(OPTIONS)
        if not h5dump(maker, options):
            line["h5dump"], options = "failed", "-"
    name = files.name_of(maker.stem, maker.whole["driver"])
    line.update(
        refused=refused,
        changed=changed,
        task=[maker.stem, name, maker.whole["driver"], str(maker.whole["end"] == "unclosed").lower(), options],
    )
    return line


def pairs():
    """All pairs: campaign.py leaves them here, as finding them takes as long as a hundred files."""
    if not os.path.exists(PAIRS):
        return axes.all_pairs()
    with open(PAIRS) as f:
        return [[tuple(map(tuple, pair)) for pair in some] for some in json.load(f)]


def main():
    first, step, count, dumps = map(int, sys.argv[1:5])
    registered = files.register_links()
    recipes = files.Recipes(pairs())
    for seed in range(first, first + step * count, step):
        print(json.dumps({"begin": seed}), flush=True)
        print(json.dumps(made(seed, recipes, dumps)), flush=True)
        if shutil.disk_usage(".").free < 200_000_000:
            raise OSError("no room in " + os.getcwd())
    del registered


if __name__ == "__main__":
    main()
