# SPDX-License-Identifier: Apache-2.0
"""Rebuilds the files that a server of hdfstream had when its client's tests were recorded, as far as the recordings
tell: rebuild_recorded.py TESTS FOLDER. TESTS is the folder tests of the client's sources, FOLDER is what to serve.
Values that no recording has are zeros."""
import glob
import gzip
import os
import pickle
import sys

import h5py
import msgpack
import numpy as np


def array(value):
    data = b"".join(value["data"])
    return np.frombuffer(data, np.dtype(value["type"])).reshape([int(n) for n in value["shape"]])


def merge(old, new):
    """The richer of two descriptions of one object."""
    if old is None or new is None:
        return old if new is None else new
    if new.get("hdf5_object") == "group" and old.get("hdf5_object") == "group":
        members = {name: merge(old["members"].get(name), new["members"].get(name)) for name in
                   list(old["members"]) + [n for n in new["members"] if n not in old["members"]]}
        return {**new, "members": members}
    return old


def place(tree, path, found):
    parts = [part for part in path.split("/") if part]
    if not parts:
        return merge(tree, found)
    tree = tree or {"hdf5_object": "group", "attributes": {}, "members": {}}
    tree["members"][parts[0]] = place(tree["members"].get(parts[0]), "/".join(parts[1:]), found)
    return tree


def write(group, tree, path, slices):
    for name, value in tree["attributes"].items():
        group.attrs.create(name, array(value))
    for name, member in tree.get("members", {}).items():
        own = path.rstrip("/") + "/" + name
        if member is None:
            group.create_group(name)
        elif member["hdf5_object"] == "soft_link":
            group[name] = h5py.SoftLink(member["target"])
        elif member["hdf5_object"] == "group":
            write(group.create_group(name), member, own, slices)
        else:
            shape = tuple(int(n) for n in member["shape"])
            chunks = tuple(min(n, 10000) for n in shape) if shape and all(shape) else None
            dataset = group.create_dataset(name, shape, np.dtype(member["type"]), chunks=chunks)
            if "data" in member:
                dataset[...] = array(member["data"])
            for index, values in slices.get(own, []):
                put(dataset, index, values)
            write(dataset, member, own, slices)


def put(dataset, index, values):
    if not index:
        dataset[()] = values.reshape(())
        return
    first, rest = index[0], tuple(slice(start, start + count) for start, count in index[1:])
    starts, counts = first if isinstance(first[0], list) else ([first[0]], [first[1]])
    counts = counts if isinstance(counts, list) else [counts] * len(starts)
    at = 0
    for start, count in zip(starts, counts):
        dataset[(slice(start, start + count),) + rest] = values[at:at + count]
        at += count


def main(tests, folder):
    trees, slices, directories, texts = {}, {}, {}, {}
    for name in sorted(glob.glob(os.path.join(tests, "cassettes", "**", "*.gz"), recursive=True)):
        with gzip.open(name) as recorded:
            interactions = msgpack.unpackb(recorded.read())["interactions"]
        for one in interactions:
            uri, body = one["request"]["uri"], one["request"]["body"]
            content = one["response"]["body"]["string"]
            if one["response"]["status"]["code"] != 200:
                continue
            kind, _, path = uri.split("/hdfstream/", 1)[1].partition("/")
            if kind == "download":
                texts[path] = content.encode() if isinstance(content, str) else content
                continue
            if content[:1] == b"<" or kind != "msgpack":
                continue
            asked = msgpack.unpackb(body.encode("latin1") if isinstance(body, str) else body) if body else {}
            answer = msgpack.unpackb(content)
            if "slice" in asked:
                if "nd" in answer:
                    slices.setdefault(path, {}).setdefault(asked["object"], []).append((asked["slice"], array(answer)))
            elif "object" in asked:
                trees[path] = place(trees.get(path), asked["object"], answer)
            elif answer.get("type") == "directory":
                directories[path] = answer
    for path, answer in directories.items():
        for name in answer["directories"]:
            os.makedirs(os.path.join(folder, path, name), exist_ok=True)
        for name in answer["files"]:
            os.makedirs(os.path.join(folder, path), exist_ok=True)
            open(os.path.join(folder, path, name), "wb").close()
    for path, content in texts.items():
        os.makedirs(os.path.dirname(os.path.join(folder, path)), exist_ok=True)
        with open(os.path.join(folder, path), "wb") as out:
            out.write(content)
    for path, tree in trees.items():
        os.makedirs(os.path.dirname(os.path.join(folder, path)), exist_ok=True)
        with h5py.File(os.path.join(folder, path), "w", libver="latest") as file:
            write(file, tree, "", slices.get(path, {}))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
