# SPDX-License-Identifier: Apache-2.0
"""Reads a whole HDF5 file with libhdf5 and describes it as the JSON of ../README.md."""

import ctypes
import hashlib
import json
import math
import os
import tempfile
import zlib

import h5py

from canon import canonical, parse_type
from hdf5c import call, token

INDEXES = {0: "btree_v1", 1: "single", 2: "implicit", 3: "fixed_array", 4: "extensible_array", 5: "btree_v2"}
LAYOUTS = {0: "compact", 1: "contiguous", 2: "chunked", 3: "virtual"}
THOROUGH = ("dataspaces", "chunk_indexes", "many_chunks", "h5coro_cases", "sample")  # fixtures with all slices
MAX_WHOLE = 5_000_000  # elements; of a larger dataset only slices are described
MAX_ALIASES = 4  # of one group are listed one by one; its "members" name all


class World:
    """One open file: where each object was met first."""

    def __init__(self, file, thorough):
        self.file_id = file.id.id
        self.thorough = thorough
        self.first = {}

    def path_of(self, key):
        return self.first.get(key, "")


def links(group):
    """Names of a group's links in the order of their bytes."""
    names = []
    group.id.links.iterate(lambda n, *_: names.append(n), idx_type=h5py.h5.INDEX_NAME, order=h5py.h5.ITER_INC)
    return sorted(names)


def text(name):
    return name.decode("utf-8", "surrogateescape")


def walk(file, world):
    """Pairs of path and h5py object or link description, every object once, groups before their members."""
    found = []

    def visit(path, thing):
        key = token(thing.id.id)
        if key in world.first:
            found.append((path, {"kind": "hardlink", "target": world.first[key]}))
            return
        world.first[key] = path
        found.append((path, thing))
        if not isinstance(thing, h5py.Group):
            return
        aliases = 0
        try:
            names = links(thing)
        except RuntimeError:  # a group that opens and cannot be listed
            found[-1] = (path, {"kind": "unopenable"})
            return
        for name in names:
            below = path.rstrip("/") + "/" + text(name)
            info = thing.id.links.get_info(name)
            if info.type == h5py.h5l.TYPE_HARD:
                try:
                    oid = h5py.h5o.open(thing.id, name)
                except KeyError:
                    found.append((below, {"kind": "unopenable"}))
                    continue
                if token(oid.id) in world.first:
                    aliases += 1
                    if aliases > MAX_ALIASES:
                        continue
                kind = {h5py.h5i.GROUP: h5py.Group, h5py.h5i.DATASET: h5py.Dataset}.get(
                    h5py.h5i.get_type(oid), h5py.Datatype
                )
                visit(below, kind(oid))
            elif info.type == h5py.h5l.TYPE_SOFT:
                found.append((below, {"kind": "softlink", "target": text(thing.id.links.get_val(name))}))
            elif info.type == h5py.h5l.TYPE_EXTERNAL:
                file_name, target = thing.id.links.get_val(name)
                found.append((below, {"kind": "externallink", "file": text(file_name), "target": text(target)}))
            else:
                found.append((below, {"kind": "userlink", "linkType": int(info.type)}))

    visit("/", h5py.Group(h5py.h5g.open(file.id, b"/")))
    return found


def shape_of(space):
    kind = space.get_simple_extent_type()
    return None if kind == h5py.h5s.NULL else list(space.get_simple_extent_dims())


def digest(node, raw, count, world, record):
    data, values = canonical(node, raw, count, world)
    record["sha256"] = hashlib.sha256(data).hexdigest()
    if values is not None and len(json.dumps(values)) <= 1000:
        record["values"] = values


def describe_attribute(owner, name, world):
    attribute = h5py.h5a.open(owner.id, name)
    shape = shape_of(attribute.get_space())
    t = call("H5Aget_type", attribute.id)
    node = parse_type(t)
    record = {"name": text(name), "shape": shape, "type": node.text}
    count = 0 if shape is None else math.prod(shape)
    raw = ctypes.create_string_buffer(max(1, count * node.size))
    if count:
        call("H5Aread", attribute.id, t, raw)
    digest(node, raw, count, world, record)
    return record


def read(dataset, t, node, file_space, shape):
    """Raw memory of the selected elements; file_space None is everything."""
    count = math.prod(shape)
    raw = ctypes.create_string_buffer(max(1, count * node.size))
    if count:
        memory = h5py.h5s.create_simple(tuple(shape)) if file_space is not None and shape else None
        call(
            "H5Dread",
            dataset.id.id,
            t,
            memory.id if memory else 0,
            file_space.id if file_space is not None else 0,
            0,
            raw,
        )
    return raw, count


def selections(shape, chunks, thorough, choice):
    """Slices worth testing: from a chunk's edge, stepped, one element, leading dimension only; all of them or two."""
    if math.prod(shape) > MAX_WHOLE:
        yield [(d * 2 // 3 - 2, d * 2 // 3 + 3, 1) for d in shape]
        yield [(d - 3, d, 2) for d in shape]
        return
    edge = []
    for i, d in enumerate(shape):
        c = chunks[i] if chunks else max(1, d // 3)
        start = c if c < d else 0
        edge.append((start, min(d, start + c + 1), 1))
    yield edge
    more = [
        [(min(d - 1, 1 + i % 2), d, 2 + i % 3) for i, d in enumerate(shape)],
        [(d * 2 // 3, d * 2 // 3 + 1, 1) for d in shape],
    ]
    if len(shape) > 1:
        c = chunks[0] if chunks else 1
        more.append([((shape[0] - 1) // c * c, shape[0], 1)])
    if thorough:
        yield from more
    else:
        yield more[choice % len(more)]


def describe_slices(path, dataset, t, node, shape, chunks, world):
    seen = set()
    for ranges in selections(shape, chunks, world.thorough, zlib.crc32(path.encode())):
        name = "[%s]" % ", ".join("%d:%d%s" % (a, b, ":%d" % s if s != 1 else "") for a, b, s in ranges)
        if name in seen:
            continue
        seen.add(name)
        full = ranges + [(0, d, 1) for d in shape[len(ranges) :]]
        counts = [-(-(b - a) // s) for a, b, s in full]
        space = dataset.id.get_space()
        space.select_hyperslab(tuple(a for a, _, _ in full), tuple(counts), tuple(s for _, _, s in full))
        raw, count = read(dataset, t, node, space, counts)
        record = {"selection": name, "shape": counts}
        digest(node, raw, count, world, record)
        record.pop("values", None)
        yield record


def storage(dataset):
    dcpl = dataset.id.get_create_plist()
    layout = LAYOUTS[dcpl.get_layout()]
    record = {"layout": layout}
    if layout == "chunked":
        record["chunks"] = list(dcpl.get_chunk())
        index = ctypes.c_int()
        call("H5Dget_chunk_index_type", dataset.id.id, ctypes.byref(index))
        record["index"] = INDEXES[index.value]
        options = ctypes.c_uint()
        call("H5Pget_chunk_opts", dcpl.id, ctypes.byref(options))
        if options.value:
            record["rawEdgeChunks"] = True
    if dcpl.get_nfilters():
        record["filters"] = [
            {"id": int(i), "flags": int(fl), "values": [int(v) for v in vals], "name": n.decode()}
            for i, fl, vals, n in (dcpl.get_filter(k) for k in range(dcpl.get_nfilters()))
        ]
    return record


def describe_dataset(path, dataset, world):
    space = dataset.id.get_space()
    shape = shape_of(space)
    t = call("H5Dget_type", dataset.id.id)
    node = parse_type(t)
    record = {"path": path, "kind": "dataset", "shape": shape, "type": node.text}
    if shape:
        limits = [None if m == h5py.h5s.UNLIMITED else m for m in space.get_simple_extent_dims(True)]
        if limits != shape:
            record["maxshape"] = limits
    record.update(storage(dataset))
    if path.startswith("/undefined/"):  # libhdf5 reads beyond its buffers here; an error is the only right answer
        return {**record, "unreadable": True}
    try:
        if shape is None:
            count = 0
            digest(node, b"", 0, world, record)
        elif math.prod(shape) > MAX_WHOLE:
            count = 1
        else:
            raw, count = read(dataset, t, node, None, shape)
            digest(node, raw, count, world, record)
    except RuntimeError:
        record["unreadable"] = True
        return record
    record.update(attributes_of(dataset, world))
    if shape and count and "unreadable" not in record:
        chunks = record.get("chunks")
        record["slices"] = list(describe_slices(path, dataset, t, node, shape, chunks, world))
    return record


def attributes_of(owner, world):
    described = describe_attributes(owner, world)
    return {"attributes": described} if described else {}


def describe_attributes(owner, world):
    count = h5py.h5a.get_num_attrs(owner.id)
    names = sorted(h5py.h5a.open(owner.id, index=i).name for i in range(count))
    return [describe_attribute(owner, name, world) for name in names]


def describe(path, opened_as=None):
    """The expected content of one file. opened_as: name and file access properties where libhdf5 needs others."""
    result = described(path, "r", opened_as)
    if any("unreadable" in o for o in result["objects"]):
        # libhdf5 2.0 reads a variable-length fill value only where it may write ("no write intent on file")
        with tempfile.NamedTemporaryFile(dir=os.path.dirname(path), suffix=".h5") as copy:
            copy.write(open(path, "rb").read())
            copy.flush()
            result = {**described(copy.name, "r+"), "file": os.path.basename(path)}
    return result


def described(path, mode, opened_as=None):
    result = {"file": os.path.basename(path), "objects": []}
    try:
        if opened_as:
            file = h5py.File(h5py.h5f.open(opened_as[0].encode(), h5py.h5f.ACC_RDONLY, opened_as[1]()))
        else:
            file = h5py.File(path, mode)
    except OSError:
        result["unopenable"] = True
        return result
    with file:
        world = World(file, os.path.basename(path).startswith(THOROUGH))
        for where, thing in walk(file, world):
            if isinstance(thing, dict):
                result["objects"].append({"path": where, **thing})
            elif isinstance(thing, h5py.Dataset):
                result["objects"].append(describe_dataset(where, thing, world))
            elif isinstance(thing, h5py.Group):
                members = [text(n) for n in links(thing)]
                result["objects"].append(
                    {"path": where, "kind": "group", "members": members, **attributes_of(thing, world)}
                )
            else:
                result["objects"].append(
                    {
                        "path": where,
                        "kind": "datatype",
                        "type": parse_type(thing.id.id).text,
                        **attributes_of(thing, world),
                    }
                )
    return result


def dump(result):
    """JSON with one object of the file per line: small, and a change shows as one line."""
    compact = lambda o: json.dumps(o, ensure_ascii=True, separators=(",", ":"))
    head = {k: v for k, v in result.items() if k != "objects"}
    return compact(head)[:-1] + ',"objects":[\n' + ",\n".join(map(compact, result["objects"])) + "\n]}\n"
