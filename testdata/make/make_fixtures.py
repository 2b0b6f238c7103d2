#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes the HDF5 fixtures and, reading them back with libhdf5, their expected content.

usage: make_fixtures.py [--only REGEX]    write
       make_fixtures.py --check           compare the committed files with the committed JSON
"""

import argparse
import importlib
import json
import os
import re
import sys
import tempfile

here = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, here)
RESOURCES = os.path.join(here, "..", "src", "main", "resources")
FIXTURES = os.path.abspath(os.path.join(RESOURCES, "fixtures"))
EXPECTED = os.path.abspath(os.path.join(RESOURCES, "expected"))
MODULES = [
    "basics",
    "storage",
    "containers",
    "granule",
    "datatypes",
    "filtering",
    "linked",
    "internals",
    "foreign",
    "wild",
    "composed",
    "handles",
    "selecting",
    "damaged",
]


def json_path(name):
    return os.path.join(EXPECTED, name + ".json")


def write_lists():
    """Names of the fixtures, and of the files that fixtures name, for a reader of a jar, which cannot list folders."""
    names = sorted(n[:-5] for n in os.listdir(EXPECTED) if n.endswith(".json"))
    files = sorted(os.listdir(FIXTURES))
    with open(os.path.join(EXPECTED, "index.txt"), "w") as out:
        out.writelines(n + "\n" for n in names)
    with open(os.path.join(EXPECTED, "companions.txt"), "w") as out:
        out.writelines(f + "\n" for f in files if not (f.endswith(".h5") and f[:-3] in names))


def missing_cases():
    """What CASES.md names and no fixture holds."""
    missing, known = [], {}
    for name, path in re.findall(r"`([a-z0-9_@-]+)(:/[^`]*)?`", open(os.path.join(here, "..", "CASES.md")).read()):
        if name not in known:
            try:
                known[name] = {o["path"] for o in json.load(open(json_path(name)))["objects"]}
            except FileNotFoundError:
                known[name] = None
        if (
            known[name] is None
            and (path or "_" in name)
            or known[name] is not None
            and path
            and path[1:] not in known[name]
        ):
            missing.append(name + path)
    return missing


def main():
    import expect
    import index_fixtures
    from patching import Patch

    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--only", default="", help="names that contain this regular expression")
    arguments.add_argument("--check", action="store_true")
    options = arguments.parse_args()
    writers, opened_as, after = {}, {}, {}
    for module in map(importlib.import_module, MODULES):
        writers.update(module.fixtures())
        opened_as.update(getattr(module, "OPENED_AS", {}))
        after.update(getattr(module, "AFTER", {}))
    os.makedirs(FIXTURES, exist_ok=True)
    os.makedirs(EXPECTED, exist_ok=True)
    os.chdir(FIXTURES)  # so that external links and raw files are named relative to the fixture
    bad = 0
    for name, writer in writers.items():
        if not re.search(options.only, name):
            continue
        path = os.path.join(FIXTURES, name.split("@")[0] + ".h5")
        if options.check and name in after:  # libhdf5 refuses the changed file: look at one before the change
            with tempfile.TemporaryDirectory() as folder:
                made = os.path.join(folder, name + ".h5")
                writer(made)
                text = expect.dump(expect.describe(made))
        else:
            if not options.check:
                writer(path)
                Patch(path).set_times()
            text = expect.dump(expect.describe(path, opened_as.get(name)))
            if not options.check and name in after:
                after[name](path)
        if options.check:
            same = open(json_path(name)).read() == text
            bad += not same
            print("%-4s %s" % ("ok" if same else "BAD", name))
        else:
            with open(json_path(name), "w") as out:
                out.write(text)
    if not options.check:
        write_lists()
        index_fixtures.write()
    if options.check:
        for case in missing_cases():
            bad += 1
            print("CASES.md names what is not there: " + case)
        print("%d differ" % bad if bad else "all as expected")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
