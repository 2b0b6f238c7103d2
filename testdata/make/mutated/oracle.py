# SPDX-License-Identifier: Apache-2.0
"""What libhdf5 answers of a damaged file, item by item: see MutantAnswers.java for keys and values."""

import ctypes
import hashlib
import math
import re

import h5py

import expect
from canon import parse_type
from generated.oracle import Values
from hdf5c import LIB, call, token

MOST_ELEMENTS = 200_000
MOST_BYTES = 64 << 20
LIB.H5Treclaim.restype, LIB.H5Treclaim.argtypes = ctypes.c_int, [ctypes.c_int64] * 3 + [ctypes.c_void_p]
LIB.H5Oopen_by_addr.restype, LIB.H5Oopen_by_addr.argtypes = ctypes.c_int64, [ctypes.c_int64, ctypes.c_uint64]


def escaped(name):
    return "".join(chr(b) if 0x20 < b < 0x7F and b != 0x25 else "%%%02x" % b for b in name)


def address(object_id):
    return int.from_bytes(token(object_id)[:8], "little")


def shape_text(shape):
    return "null" if shape is None else "[%s]" % ",".join(map(str, shape))


class World:
    """References are named by the address they lead to. What leads to nothing is refused, as is the object elsewhere."""

    def __init__(self, file):
        self.file_id = file.id
        # libhdf5 takes references of 4 bytes for 8 (docs/libhdf5-differences.md): those are not compared.
        self.narrow = file.get_create_plist().get_sizes()[0] != 8

    def path_of(self, key):
        if key is None:
            raise RuntimeError("a reference leads to nothing that can be opened")
        return "#%d" % int.from_bytes(key[:8], "little")


class Answers:
    """All answers of one open file. filler: the byte that memory holds before it is read into."""

    def __init__(self, file, filler, path):
        self.world, self.filler, self.path = World(file), bytes([filler]), path
        self.items, self.objects = {}, {}
        root = h5py.h5g.open(file, b"/")
        self.visit(address(root.id), root)
        for key, thing in self.objects.items():
            self.attributes("#%d" % key, thing)
            if isinstance(thing, h5py.h5d.DatasetID):
                self.put("#%d=" % key, lambda: self.dataset(thing))
                layout = thing.get_create_plist().get_layout() if filler else None
                if layout == h5py.h5d.VIRTUAL:
                    self.items["#%d!" % key] = "virtual"
                    self.put("#%d^" % key, lambda: self.unconverted("#%d" % key, thing))
                elif layout == h5py.h5d.CHUNKED:
                    self.put("#%d!" % key, lambda: self.order(thing))
                    if self.items["#%d!" % key] != "in order":
                        self.put("#%d*" % key, lambda: self.listed(thing))

    def put(self, key, answer):
        try:
            self.items[key] = answer()
        except Exception as refused:
            # A filter that libhdf5 does not find is no refusal of the file.
            self.items[key] = "~" if "H5PL__find_plugin" in str(refused) else "?%s" % refused

    def visit(self, at, thing):
        self.objects[at] = thing
        key = "#%d" % at
        if isinstance(thing, h5py.h5d.DatasetID):
            self.put(key, lambda: "dataset " + shape_text(expect.shape_of(thing.get_space())))
        elif isinstance(thing, h5py.h5g.GroupID):
            self.items[key] = "group"
            names = []
            try:
                thing.links.iterate(lambda n, *_: names.append(n), idx_type=h5py.h5.INDEX_NAME, order=h5py.h5.ITER_INC)
            except Exception as refused:
                self.items[key + "/"] = "?%s" % refused
                return
            self.items[key + "/"] = str(len(names))
            for name in names:
                self.link(key, thing, name)
        else:
            self.items[key] = "type"

    def link(self, key, group, name):
        where = key + "/" + escaped(name)
        if where in self.items or b"/" in name or name in (b"", b"."):
            # libhdf5 answers by name: of one that occurs twice, or is a path, for another link.
            self.items[where] = "~"
            return
        try:
            info = group.links.get_info(name)
            if info.type == h5py.h5l.TYPE_SOFT:
                self.items[where] = "soft " + escaped(group.links.get_val(name).split(b"\0")[0])
            elif info.type == h5py.h5l.TYPE_EXTERNAL:
                self.items[where] = "external %s %s" % tuple(map(escaped, group.links.get_val(name)))
            elif info.type == h5py.h5l.TYPE_HARD:
                self.items[where] = "hard %d" % info.u
            else:
                self.items[where] = "user"
        except Exception as refused:
            self.items[where] = "?%s" % refused
            return
        if info.type == h5py.h5l.TYPE_HARD and info.u not in self.objects:
            try:
                thing = h5py.h5o.open(group, name)
            except Exception as refused:
                self.items["#%d" % info.u] = "?%s" % refused
                return
            self.visit(info.u, thing)

    def attributes(self, key, thing):
        names = []
        try:
            h5py.h5a.iterate(thing, lambda name, *_: names.append(name))
        except Exception as refused:
            self.items[key + "@"] = "?%s" % refused
            return
        self.items[key + "@"] = str(len(names))
        for name in names:
            where = key + "@" + escaped(name)
            if where in self.items:
                self.items[where] = "~"
            else:
                self.put(where, lambda: self.attribute(thing, name))

    def attribute(self, owner, name):
        attribute = h5py.h5a.open(owner, name)
        space = attribute.get_space()
        text = shape_text(expect.shape_of(space))
        value = self.value(call("H5Aget_type", attribute.id), space, lambda t, raw: call("H5Aread", attribute.id, t, raw))
        return value if value == "~" else text + " " + value

    def dataset(self, dataset):
        def read(t, raw):
            call("H5Dread", dataset.id, t, 0, 0, 0, raw)

        return self.value(call("H5Dget_type", dataset.id), dataset.get_space(), read)

    def order(self, dataset):
        """Whether libhdf5's search, with which it reads, finds the chunks that libhdf5's own listing has, and in order."""
        listed = []
        dataset.chunk_iter(lambda chunk: listed.append(chunk))
        offsets = [chunk.chunk_offset for chunk in listed]
        if offsets != sorted(set(offsets)):
            return "out of order"
        for chunk in listed:
            try:
                dataset.read_direct_chunk(chunk.chunk_offset)
            except Exception:
                return "not found"
        return "in order"

    def listed(self, dataset):
        """The values that libhdf5 reads of the chunks of its listing, when a sound index has them."""
        listed, fapl = [], h5py.h5p.create(h5py.h5p.FILE_ACCESS)
        dataset.chunk_iter(lambda chunk: listed.append(chunk))
        t, space, plist = dataset.get_type(), dataset.get_space(), dataset.get_create_plist()
        if any(word in parse_type(t.id).text for word in ("vlen", "vstring", "ref")):
            return "values elsewhere in the file"
        fapl.set_fapl_core(1 << 20, False)
        with open(self.path, "rb") as data:
            with h5py.File(h5py.h5f.create(b"listed", h5py.h5f.ACC_TRUNC, fapl=fapl)) as sound:
                copy = h5py.h5d.create(sound.id, b"copy", t, space, plist)
                for chunk in listed:
                    data.seek(chunk.byte_offset)
                    if all(at < size for at, size in zip(chunk.chunk_offset, space.shape)):
                        copy.write_direct_chunk(chunk.chunk_offset, data.read(chunk.size), chunk.filter_mask)
                return self.dataset(copy)

    def listed_at(self, dataset, path):
        """The object of a path of the same file, by listed addresses where not by name, and whether by name."""
        found, thing = True, h5py.h5g.open(h5py.h5i.get_file_id(dataset), b"/")
        for name in filter(None, path.encode().split(b"/")):
            links = {}
            thing.links.iterate(lambda n, info: links.__setitem__(n, info.u), info=True)
            try:
                thing = h5py.h5o.open(thing, name)
            except Exception:
                found = False
                thing = h5py.h5i.wrap_identifier(call("H5Oopen_by_addr", dataset.id, links[name]))
        return thing, found

    def unconverted(self, key, dataset):
        """The values of the sources, read each in its own type, in which they take as many bytes: of sources in the
        same file that cover the virtual dataset."""
        t, unfound = dataset.get_type(), []

        def read(_, raw, into=dataset):
            mappings, covered = into.get_create_plist(), 0
            for i in range(mappings.get_virtual_count()):
                source, found = self.listed_at(into, mappings.get_virtual_dsetname(i))
                unfound.extend([] if found else [source])
                taken, space = mappings.get_virtual_srcspace(i), mappings.get_virtual_vspace(i)
                own, whole = source.get_type(), taken.get_select_type() == h5py.h5s.SEL_ALL
                covered += space.get_select_npoints()
                if own.get_size() != t.get_size() or mappings.get_virtual_filename(i) != ".":
                    raise RuntimeError("elements of another size, or elsewhere")
                if source.get_create_plist().get_layout() != h5py.h5d.VIRTUAL:
                    call("H5Dread", source.id, own.id, space.id, 0 if whole else taken.id, 0, raw)
                elif whole and source.shape == into.shape:
                    read(_, raw, source)
                else:
                    raise RuntimeError("a part of a virtual dataset")
            if covered != into.get_space().get_simple_extent_npoints():
                raise RuntimeError("fill values")

        digest = self.value(call("H5Dget_type", dataset.id), dataset.get_space(), read)
        self.items[key + "!"] = "not found by name" if unfound else "virtual"
        return digest

    def value(self, t, space, read):
        node, shape = parse_type(t), expect.shape_of(space)
        count = 0 if shape is None else math.prod(shape)
        narrow = self.world.narrow and ("objref" in node.text or "regref" in node.text)
        # What canon.py makes of floats with an explicit first bit is not libhdf5's: it does not convert them.
        own = "msbset" in node.text
        if narrow or own or count > MOST_ELEMENTS or count * node.size > MOST_BYTES:
            return "~"
        raw = ctypes.create_string_buffer(self.filler * max(1, count * node.size), max(1, count * node.size))
        if count:
            read(t, raw)
        digest = Values(node, raw, [0] if shape is None else shape, self.world).digest()
        if count and node.numpy is None:
            LIB.H5Treclaim(t, space.id, 0, raw)
        LIB.H5Tclose(t)
        return digest


def answers(path, filler):
    try:
        file = h5py.h5f.open(path.encode(), h5py.h5f.ACC_RDONLY)
    except Exception as refused:
        return {"file": "?%s" % refused}
    try:
        found = Answers(file, filler, path).items
    except Exception as refused:
        return {"file": "?%s" % refused}
    return {"file": "ok", **found}


def line(name, items):
    clean = lambda text: re.sub(r"[\s\x1f]", " ", text)
    return "\t".join([name] + ["%s %s" % (k, clean(v)) for k, v in items.items()])
