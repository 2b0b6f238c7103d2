# SPDX-License-Identifier: Apache-2.0
"""Writes one file from a seed, and beside it what it holds (oracle.py). The same seed gives the same file."""

import ctypes
import json
import os
import random
import struct

import h5py
import numpy as np

from hdf5c import BOUNDS, LATEST, call, create, group
from foreign import REFUSE, LinkClass
from internals import ALL_SHARED, ImageConfig
from linked import family_access, multi_access, onion_access, split_access
from patching import lookup3
from writing import attribute_raw, put

from . import oracle
from .axes import DATASET_AXES, FILE_AXES, SMALL_FLOATS, allowed, complete
from .datasets import Writer
from .elements import Elements, References

NAMES = ("temperature", "lat", "Größe", "flag values", "x", "日付", "long_" * 6, "a.b", "z", "per%cent")
USER_LINK = 187
ORDERED = h5py.h5p.CRT_ORDER_TRACKED | h5py.h5p.CRT_ORDER_INDEXED

# What h5dump 1.10 does not know, or converts or prints unlike later versions: a seed in four does without.
OLD = ("earliest", "v18", "v110")
UNKNOWN = (
    "complex_le",
    "complex_be",
    "ref_object",
    "ref_region",
    "ref_attribute",
    "objref",
    "regref",
    "float_odd",
    "time",
    "int_wide",
    "int_narrow_be",
) + SMALL_FLOATS


def plain_enough(seed):
    """Whether h5dump 1.10 is to know all that is in the file of a seed."""
    return seed % 4 == 3


def stem_of(seed):
    """What the names of a seed's files begin with."""
    return "g%09d" % seed


def register_links():
    made = LinkClass(1, USER_LINK, b"ours", None, None, None, ctypes.cast(REFUSE, ctypes.c_void_p), None, None)
    call("H5Lregister", ctypes.byref(made))
    return made


class Recipes:
    """The recipes of a file: those that hold the pairs whose turn it is, and chance for the rest. Pairs take turns by
    the number of the seed: a campaign meets each of them about as often, and a seed is enough to make a file again."""

    def __init__(self, pairs):
        self.of_file, self.of_dataset = pairs

    def make(self, seed):
        rng = random.Random(seed)
        file_axes, dataset_axes = self.axes(seed)
        first = None
        while first is None:
            pinned = self.turn(self.of_file, seed, dataset_axes, file_axes)
            first = complete(rng, pinned, {**file_axes, **dataset_axes})
        whole = {axis: first[axis] for axis in FILE_AXES}
        recipes = [first]
        count = 1 if whole["end"] == "image" else 2 if whole["sizes"] == "2_4" else rng.choice((3, 5, 6, 6, 7))
        for j in range(1, count):
            pinned = {**whole, **self.turn(self.of_dataset, seed * 6 + j, dataset_axes)}
            made = complete(rng, pinned, dataset_axes) if allowed(pinned) else None
            made = made or complete(rng, whole, dataset_axes)
            if made:
                recipes.append(made)
        return rng, recipes

    def turn(self, pairs, number, *axes):
        """The pair whose turn it is, if the file may have it. Pairs come round shifted: none is always left out."""
        pair = dict(pairs[(number + number // len(pairs)) % len(pairs)])
        may = all(option in axis.get(name, (option,)) for name, option in pair.items() for axis in axes)
        return pair if may else {}

    def axes(self, seed):
        if not plain_enough(seed):
            return FILE_AXES, DATASET_AXES
        known = tuple(t for t in DATASET_AXES["type"] if t not in UNKNOWN)
        return {**FILE_AXES, "bound": OLD, "driver": ("plain",)}, {**DATASET_AXES, "type": known}


def access(recipe, beside=False):
    """File access properties for the driver, and the name to open the file by."""
    driver = "plain" if beside else recipe["driver"]
    made = {"family": family_access, "split": split_access, "multi": multi_access}.get(
        driver, lambda: h5py.h5p.create(h5py.h5p.FILE_ACCESS)
    )()
    return made


def name_of(stem, driver):
    return {"family": stem + "_%05d.h5", "split": stem, "multi": stem}.get(driver, stem + ".h5")


def creation(recipe, rng):
    def fcpl(p):
        if recipe["nodes"] == "small":
            call("H5Pset_istore_k", p.id, rng.randrange(2, 6))
            call("H5Pset_sym_k", p.id, rng.randrange(2, 5), rng.randrange(1, 4))
        if recipe["userblock"] in ("512", "2048"):
            p.set_userblock(int(recipe["userblock"]))
        if recipe["sizes"] != "8_8":
            p.set_sizes(*map(int, recipe["sizes"].split("_")))
        if recipe["space"] != "default":
            strategy = {
                "page": h5py.h5f.FSPACE_STRATEGY_PAGE,
                "persist": h5py.h5f.FSPACE_STRATEGY_FSM_AGGR,
                "none": h5py.h5f.FSPACE_STRATEGY_NONE,
            }[recipe["space"]]
            p.set_file_space_strategy(
                strategy, recipe["space"] == "persist" or rng.random() < 0.3 and recipe["space"] == "page", 1
            )
            if recipe["space"] == "page":
                p.set_file_space_page_size(rng.choice((512, 4096)))
        if recipe["shared"] != "none":
            call("H5Pset_shared_mesg_nindexes", p.id, 1)
            call("H5Pset_shared_mesg_index", p.id, 0, ALL_SHARED, rng.choice((1, 20)))
            most = 400 if recipe["shared"] == "list" else 0
            call("H5Pset_shared_mesg_phase_change", p.id, most, 0)

    return fcpl


class Maker:
    """Makes one file in the current folder."""

    def __init__(self, seed, recipes):
        self.seed, self.stem = seed, stem_of(seed)
        self.rng, self.recipes = recipes.make(seed)
        self.known = recipes.axes(seed)[1]["type"]
        self.whole = {axis: self.recipes[0][axis] for axis in FILE_AXES}
        self.other, self.newer = None, False
        self.kinds = {recipe["type"] for recipe in self.recipes}
        self.first = self.stem + {"family": "_00000.h5", "split": "-m.h5", "multi": "-s.h5"}.get(
            self.whole["driver"], ".h5"
        )

    def make(self):
        """Writes the file and its description. Answers features of its datasets, and what libhdf5 did not do."""
        driver = self.whole["driver"]
        name = name_of(self.stem, driver)
        fapl = access(self.whole)
        if self.whole["end"] == "image":
            config = ImageConfig(1, True, False, -1)
            call("H5Pset_mdc_image_config", fapl.id, ctypes.byref(config))
        with create(name, self.whole["bound"], creation(self.whole, self.rng), fapl) as f:
            writer = self.fill(f)
        if self.other is not None:
            self.other.close()
        if driver == "onion":
            self.revise(name)
        self.shift()
        with self.opened(name) as f:
            described, changed = oracle.describe(f, self.first, self.rng, writer.memory)
        if any(o["kind"] == "unopenable" for o in described["objects"]):
            raise RuntimeError("libhdf5 cannot open an object that it wrote")
        writer.finish(name, self.bounded())
        self.end()
        described.update(seed=self.seed, driver=driver, unclosed=self.whole["end"] == "unclosed", features=self.recipes)
        with open(self.stem + ".json.part", "w") as out:
            out.write(json.dumps(described, separators=(",", ":")))
        os.rename(self.stem + ".json.part", self.stem + ".json")
        return writer.refused, changed

    def bounded(self):
        fapl = h5py.h5p.create(h5py.h5p.FILE_ACCESS)
        fapl.set_libver_bounds(BOUNDS[self.whole["bound"]], LATEST)
        return fapl

    def opened(self, name):
        fapl = onion_access() if self.whole["driver"] == "onion" else access(self.whole)
        fapl.set_fclose_degree(h5py.h5f.CLOSE_STRONG)
        return h5py.File(h5py.h5f.open(os.fsencode(name), h5py.h5f.ACC_RDONLY, fapl))

    def fill(self, f):
        target = put(f, "target", np.arange(30, dtype="<i4").reshape(6, 5))
        target.attrs["note"] = 5
        references = References(f, self.rng, "/target", (6, 5), "note")
        self.elements = Elements(self.rng, references)
        writer = Writer(self.rng, self.elements, self.stem)
        writer.beside, writer.beside_name = self.beside, self.stem + "_beside.h5"
        taken = set()
        for recipe in self.recipes:
            name = self.rng.choice(NAMES)
            while name in taken or name in f:
                name += str(self.rng.randrange(10))
            taken.add(name)
            parent = group(f, name, lambda p: self.style(p, recipe["group"]))
            dataset = writer.write(parent, self.rng.choice(NAMES), recipe)
            if recipe["times"] == "yes":
                call("H5Oset_comment", dataset.id.id, ("commented on: " + name).encode())
            self.attributes(dataset, recipe["attributes"])
            self.link(parent, dataset, recipe["link"])
            self.members(parent, recipe["group"])
        references.close()
        self.elements.kept.clear()
        return writer

    def beside(self):
        """The second file, which sources of virtual datasets are in."""
        if self.other is None:
            bound = self.rng.choice(OLD if plain_enough(self.seed) else ("earliest", "v110", "v200"))
            self.newer = bound == "v200"
            self.other = create(self.stem + "_beside.h5", bound)
        return self.other

    def style(self, p, kind):
        if kind == "ordered" or kind != "default" and self.whole["bound"] == "earliest":
            p.set_link_creation_order(self.rng.choice((1, ORDERED)))
        if kind in ("dense", "filtered"):
            call("H5Pset_link_phase_change", p.id, 0, 0)
        if kind == "filtered":
            call("H5Pset_deflate", p.id, 6)

    def members(self, parent, kind):
        count = {"default": self.rng.choice((0, 0, 3, 20)), "ordered": 3, "dense": 12, "filtered": 12}[kind]
        if self.whole["sizes"] == "2_4":
            count = min(count, 3)
        if self.whole["end"] == "image":
            return
        for i in range(count):
            parent["member %d %s" % (i * 7 % count, "n" * self.rng.randrange(20))] = h5py.SoftLink(
                "/target" + "/." * (i % 3)
            )
        if kind in ("dense", "filtered") and self.rng.random() < 0.1:
            parent["huge"] = h5py.SoftLink("/" + "a/" * 2200)

    def link(self, parent, dataset, kind):
        last = dataset.name.rsplit("/", 1)[1]
        if kind == "soft":
            parent["soft"] = h5py.SoftLink(
                self.rng.choice(("./" + last, dataset.name, "/target", "nothing/here", "soft"))
            )
        elif kind == "external":
            where = self.rng.choice((self.stem + "_beside.h5", self.stem + ".h5", "no such file.h5"))
            parent["external"] = h5py.ExternalLink(where, self.rng.choice(("/target", "/", "/nothing")))
        elif kind == "user":
            data = self.rng.choice((b"some data", b""))
            call("H5Lcreate_ud", parent.id.id, b"user", USER_LINK, data or None, len(data), 0, 0)
        elif kind == "alias":
            parent["alias"] = dataset
            parent.file["alias of " + parent.name.strip("/")] = dataset

    def attributes(self, owner, kind):
        count = {"none": 0, "few": self.rng.randrange(1, 4), "dense": 10, "huge": 2, "ordered": 4}[kind]
        for i in range(count):
            name = self.rng.choice(("units", "long_name", "Länge", "a", "valid range")) + " %d" % i
            self.attribute(owner, name)
        if kind == "huge":
            owner.attrs.create("huge", np.arange(self.rng.randrange(9000, 12000), dtype="<i8"))
        if kind == "ordered" and count and self.rng.random() < 0.5:
            del owner.attrs[list(owner.attrs)[0]]

    def attribute(self, owner, name):
        probe = {**self.whole, "type": None}
        while True:
            probe["type"] = self.rng.choice(self.known)
            if allowed(probe):
                break
        self.kinds.add(probe["type"])
        element = self.elements.make(probe["type"])
        shape = self.rng.choice(((), (), (1,), (3,), (2, 2), (0,), None))
        count = 0 if shape is None else int(np.prod(shape))
        attribute_raw(owner, name, element.type, shape, element.memory(count) if count else None)

    def revise(self, name):
        """A second revision of an onion file."""
        fid = h5py.h5f.open(os.fsencode(name), h5py.h5f.ACC_RDWR, onion_access(comment=b"second"))
        with h5py.File(fid) as f:
            f["target"][2] = -7
            put(f, "added later", np.arange(self.rng.randrange(1, 90), dtype=">i2"))

    def shift(self):
        if self.whole["userblock"] == "shifted":
            with open(self.first, "rb") as f:
                raw = f.read()
            with open(self.first, "wb") as f:
                f.write(b"\xa5" * self.rng.choice((512, 1024)) + raw)

    def end(self):
        if self.whole["end"] == "longer":
            with open(self.first, "ab") as f:
                f.write(b"bytes behind the end" * self.rng.randrange(1, 60))
        elif self.whole["end"] == "unclosed":
            with open(self.first, "r+b") as f:
                head = bytearray(f.read(48))
                head[11] = self.rng.choice((1, 5))
                struct.pack_into("<I", head, 44, lookup3(bytes(head[:44])))
                f.seek(0)
                f.write(head)
