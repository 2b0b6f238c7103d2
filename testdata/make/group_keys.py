#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes a file of old-style groups whose B-trees have keys that are out of order or lead nowhere, and what libhdf5
makes of it: of each name whether it is found, is not, or cannot be looked up. No fixture, since its names are listed and
not found.

usage: group_keys.py"""

import os
import struct

import h5py

from hdf5c import create
from patching import Patch

FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "h5coro-core", "src", "test", "resources",
                      "io", "h5coro", "internal", "walk")
GROUPS = {
    "first_key_is_a_later_one": lambda keys: {0: keys[2]},
    "middle_key_is_the_last": lambda keys: {2: keys[-1]},
    "last_key_is_the_first": lambda keys: {len(keys) - 1: keys[0]},
    "two_keys_are_swapped": lambda keys: {1: keys[3], 3: keys[1]},
    "first_key_leads_nowhere": lambda keys: {0: 1 << 20},
}


def said(group, name):
    try:
        h5py.h5o.open(group.id, name.encode())
    except KeyError as e:
        # Each link leads nowhere. A key without a name is taken for one behind what is looked for, and said.
        text = str(e)
        return "error" if "local heap" in text else "found" if "component not found" in text else "not found"
    raise AssertionError(name)


def main():
    path = os.path.join(FOLDER, "group_keys.h5")
    with create(path, "earliest") as f:
        for key in GROUPS:
            group = f.create_group(key)
            for i in range(40):
                group["member_%02d" % i] = h5py.SoftLink("/x")
    p = Patch(path)
    with h5py.File(path) as f:
        trees = {}
        for key in GROUPS:
            header = h5py.h5o.get_info(f[key].id).addr
            body, _ = p.message(header, 17)
            trees[key] = struct.unpack_from("<Q", p.data, body)[0]
    for key, at in trees.items():
        assert p.data[at : at + 4] == b"TREE"
        count = struct.unpack_from("<H", p.data, at + 6)[0]
        keys = [struct.unpack_from("<Q", p.data, at + 24 + 16 * i)[0] for i in range(count + 1)]
        for i, changed in GROUPS[key](keys).items():
            struct.pack_into("<Q", p.data, at + 24 + 16 * i, changed)
    p.save()
    with h5py.File(path) as f, open(os.path.join(FOLDER, "group_keys.txt"), "w") as out:
        for key in GROUPS:
            for i in range(40):
                out.write("%s\tmember_%02d\t%s\n" % (key, i, said(f[key], "member_%02d" % i)))


if __name__ == "__main__":
    main()
