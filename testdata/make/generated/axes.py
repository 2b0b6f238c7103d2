# SPDX-License-Identifier: Apache-2.0
"""What a generated file can have: axes with their options, what excludes what, and the pairs that follow.

A recipe is a dictionary of axis to option. A feature is a pair (axis, option); a pair of features counts as met when
one dataset has both, those of its file included."""

import itertools
import random

NUMBERS = ("int_le", "int_be", "float_le", "float_be", "half_le", "half_be")
NARROW = ("int_narrow_le", "int_narrow_be", "int_wide")
SMALL_FLOATS = ("bfloat16_le", "bfloat16_be", "fp8_e4m3", "fp8_e5m2", "fp6_e2m3", "fp6_e3m2", "fp4_e2m1")
ODD_FLOATS = ("x87", "binary128", "vax", "float_odd")
TEXTS = ("string_ascii", "string_utf8")
BITS = ("bitfield_le", "bitfield_be", "bitfield_part", "opaque", "time")
MADE = ("compound", "compound_deep", "enum_le", "enum_be", "bool", "array", "array_deep")
COMPLEX = ("complex_le", "complex_be", "complex_pair")
POINTED = (
    "vstring_ascii",
    "vstring_utf8",
    "vlen_le",
    "vlen_be",
    "vlen_vlen",
    "vlen_compound",
    "vlen_string",
    "compound_vlen",
    "array_vlen",
)
REFERENCES = ("objref", "regref", "ref_object", "ref_region", "ref_attribute")
OWN = ("deflate", "szip_nn", "szip_ec", "nbit", "scaleoffset", "lzf")
PLUGINS = ("bzip2", "lz4", "zstd", "blosc", "blosc2", "bitshuffle", "zfp", "fcidecomp")
ENCODED = ("jpeg", "snappy", "lzo", "vbz", "bitgroom", "bitround")  # libhdf5 has none of these here
REAL_CHUNKED = ("single", "implicit", "fixed_array", "extensible_array", "btree_v2", "btree_v1")

FILE_AXES = {
    "bound": ("earliest", "v18", "v110", "v112", "v114", "v200"),
    "nodes": ("default", "small"),
    "userblock": ("none", "512", "2048", "shifted"),
    "sizes": ("8_8", "4_8", "8_4", "4_4", "2_4"),
    "space": ("default", "page", "persist", "none"),
    "shared": ("none", "list", "btree"),
    "driver": ("plain", "family", "split", "multi", "onion"),
    "end": ("exact", "longer", "unclosed", "image"),
}

DATASET_AXES = {
    "type": NUMBERS + NARROW + SMALL_FLOATS + ODD_FLOATS + TEXTS + BITS + MADE + COMPLEX + POINTED + REFERENCES,
    "space_kind": ("scalar", "null", "empty", "1d", "2d", "3d", "5d"),
    "layout": ("compact", "contiguous", "chunked", "virtual", "external"),
    "index": ("none",) + REAL_CHUNKED,
    "filter": ("none",) + OWN + PLUGINS + ENCODED,
    "shuffle": ("no", "yes"),
    "fletcher": ("no", "yes"),
    "mask": ("none", "some"),
    "edges": ("filtered", "raw"),
    "resized": ("no", "grown", "shrunk"),
    "chunks": ("few", "many"),
    "fill": ("default", "set", "undefined"),
    "fill_time": ("ifset", "alloc", "never"),
    "alloc": ("default", "early", "late", "incr"),
    "written": ("whole", "part", "never"),
    "attributes": ("none", "few", "dense", "huge", "ordered"),
    "committed": ("no", "yes"),
    "times": ("no", "yes"),
    "mapping": ("none", "regular", "strided", "irregular", "unlimited", "numbered", "nested", "missing", "converted"),
    "group": ("default", "ordered", "dense", "filtered"),
    "link": ("hard", "soft", "external", "user", "alias"),
}
AXES = {**FILE_AXES, **DATASET_AXES}
PLAIN = {axis: options[0] for axis, options in AXES.items()}


def one_of(recipe, axis, options):
    """Whether the axis is decided and has one of the options."""
    return axis in recipe and recipe[axis] in options


def when(axis, options, then_axis, then_options, why):
    """Where the axis has one of the options, the other axis has one of its own."""
    some, others = frozenset(options), frozenset(then_options)

    def broken(recipe):
        return recipe.get(axis) in some and then_axis in recipe and recipe[then_axis] not in others

    concerned = {(axis, o) for o in options} | {(then_axis, o) for o in AXES[then_axis] if o not in others}
    return why, (axis, then_axis), broken, concerned


def only(axis, option, why, **needs):
    """An option that needs options of other axes."""
    return [when(axis, (option,), a, o if isinstance(o, tuple) else (o,), why) for a, o in needs.items()]


NEW = ("v18", "v110", "v112", "v114", "v200")
INDEXED = ("v110", "v112", "v114", "v200")
WHOLE_INTS = ("int_le", "int_be")
REAL = ("float_le", "float_be")
SIZED = ("1d", "2d", "3d", "5d")

# (why, the axes it looks at, whether a recipe, decided in part, breaks the rule)
RULES = [
    when("layout", ("chunked",), "index", REAL_CHUNKED, "chunks have an index"),
    when("index", REAL_CHUNKED, "layout", ("chunked",), "only chunks have an index"),
    when("bound", ("earliest", "v18"), "index", ("none", "btree_v1"), "these indexes are of 1.10"),
    when("bound", INDEXED, "index", tuple(i for i in DATASET_AXES["index"] if i != "btree_v1"), "B-tree 1 is older"),
    when("space_kind", ("scalar", "null"), "layout", ("compact", "contiguous"), "no dimension to divide"),
    when("space_kind", ("null",), "written", ("never",), "there is nothing to write"),
    when("space_kind", ("empty",), "layout", ("compact", "contiguous", "chunked"), "nothing to map"),
    when("space_kind", ("empty",), "written", ("never",), "there is nothing to write"),
    when("space_kind", ("empty",), "resized", ("no",), "a resized dataset starts with elements"),
    when("layout", ("compact", "contiguous", "chunked", "external"), "mapping", ("none",), "only virtual ones map"),
    when("layout", ("virtual",), "mapping", DATASET_AXES["mapping"][1:], "a virtual dataset has mappings"),
    *[
        when(a, o, "layout", ("chunked",), why)
        for a, o, why in (
            ("filter", DATASET_AXES["filter"][1:], "only chunks are filtered"),
            ("shuffle", ("yes",), "only chunks are filtered"),
            ("fletcher", ("yes",), "only chunks are filtered"),
            ("mask", ("some",), "only chunks have a filter mask"),
            ("edges", ("raw",), "only chunks have edges"),
            ("resized", ("grown", "shrunk"), "only chunks grow"),
            ("chunks", ("many",), "only chunks are many"),
            ("alloc", ("incr",), "only chunks are made one by one"),
        )
    ],
    *only(
        "index",
        "implicit",
        "an implicit index is allocated early, unfiltered, and fixed",
        filter="none",
        shuffle="no",
        fletcher="no",
        mask="none",
        alloc="early",
        edges="filtered",
        space_kind=SIZED,
    ),
    *only(
        "index", "single", "one chunk of fixed dimensions", chunks="few", resized="no", mask="none", space_kind=SIZED
    ),
    *only("index", "fixed_array", "a fixed array's dataset has a size", space_kind=SIZED),
    (
        "early and unfiltered is an implicit index",
        ("index", "alloc", "filter", "shuffle", "fletcher"),
        lambda r: one_of(r, "index", ("fixed_array",))
        and one_of(r, "alloc", ("early",))
        and all(r.get(a, n) == n for a, n in (("filter", "none"), ("shuffle", "no"), ("fletcher", "no")))
        and all(a in r for a in ("filter", "shuffle", "fletcher")),
    ),
    *only("index", "btree_v2", "two unlimited dimensions", space_kind=("2d", "3d", "5d", "empty")),
    *only(
        "chunks",
        "many",
        "small and quick to write",
        space_kind=("1d", "2d"),
        type=WHOLE_INTS + REAL,
        mask="none",
        filter=("none", "deflate", "lzf", "szip_nn", "scaleoffset"),
        link=("hard", "alias"),
        resized="no",
        index=("fixed_array", "extensible_array", "btree_v2", "implicit", "btree_v1"),
    ),
    *[
        r
        for f in ("szip_nn", "szip_ec")
        for r in only("filter", f, "szip takes numbers", type=NUMBERS, shuffle="no", space_kind=SIZED)
    ],
    *only(
        "filter",
        "nbit",
        "nbit takes numbers and records of them",
        type=WHOLE_INTS + REAL + ("int_narrow_le", "int_narrow_be", "compound", "array", "enum_le"),
        shuffle="no",
        fill=("default", "set"),
    ),
    *only("filter", "scaleoffset", "scale-offset takes whole and real numbers", type=WHOLE_INTS + REAL, shuffle="no"),
    *only(
        "filter",
        "zfp",
        "ZFP takes numbers of 4 and 8 bytes",
        type=WHOLE_INTS + REAL,
        space_kind=("1d", "2d", "3d"),
        shuffle="no",
        committed="no",
    ),
    *[
        r
        for f in ("blosc", "blosc2")
        for r in only(
            "filter",
            f,
            "the plugins divide by the size of a variable-length type, which is 0 to them",
            type=tuple(t for t in DATASET_AXES["type"] if t not in POINTED),
        )
    ],
    *only(
        "fletcher",
        "yes",
        "libhdf5 refuses it for variable-length types",
        type=tuple(t for t in DATASET_AXES["type"] if t not in POINTED),
    ),
    *only(
        "filter",
        "fcidecomp",
        "FCIDECOMP takes images",
        type=("int_le",),
        space_kind=("2d",),
        shuffle="no",
        committed="no",
        chunks="few",
    ),
    *[
        r
        for f in ENCODED
        for r in only(
            "filter",
            f,
            "written by hand, as one chunk",
            shuffle="no",
            fletcher="no",
            mask="none",
            edges="filtered",
            resized="no",
            written="whole",
            chunks="few",
            space_kind=("1d", "2d"),
            end=("exact", "longer", "unclosed"),
            driver="plain",
            userblock=("none", "512", "2048"),
            index=("single", "btree_v1", "extensible_array", "btree_v2"),
            fill=("default", "set"),
            alloc=("default", "late"),
            type={"jpeg": ("int_le",), "vbz": WHOLE_INTS, "bitgroom": REAL, "bitround": REAL}.get(
                f, NUMBERS + TEXTS + ("opaque", "compound", "enum_le", "enum_be", "array")
            ),
        )
    ],
    *only("filter", "jpeg", "an image", space_kind=("2d",)),
    (
        "a mask skips a filter",
        ("mask", "filter", "shuffle", "fletcher"),
        lambda r: one_of(r, "mask", ("some",))
        and r.get("filter", "?") == "none"
        and r.get("shuffle", "?") == "no"
        and r.get("fletcher", "?") == "no",
    ),
    (
        "raw edges skip a filter",
        ("edges", "filter", "shuffle", "fletcher"),
        lambda r: one_of(r, "edges", ("raw",))
        and r.get("filter", "?") == "none"
        and r.get("shuffle", "?") == "no"
        and r.get("fletcher", "?") == "no",
    ),
    *only(
        "edges",
        "raw",
        "edges need a grid",
        space_kind=SIZED,
        index=("fixed_array", "extensible_array", "btree_v2", "single", "btree_v1"),
        bound=INDEXED,
    ),
    *only(
        "mask",
        "some",
        "written by hand",
        written="whole",
        space_kind=SIZED,
        resized="no",
        edges="filtered",
        alloc=("default", "incr"),
        type=tuple(t for t in DATASET_AXES["type"] if t not in POINTED + REFERENCES),
    ),
    *only("resized", "grown", "written before it grows", space_kind=SIZED),
    (
        "libhdf5 2.0 cannot grow what was never written and has raw edges",
        ("edges", "resized", "written"),
        lambda r: one_of(r, "edges", ("raw",))
        and one_of(r, "resized", ("grown",))
        and one_of(r, "written", ("never",)),
    ),
    *only("resized", "shrunk", "written before it shrinks", space_kind=SIZED, written=("whole", "part")),
    *only(
        "fill",
        "set",
        "libhdf5 2.0 reads such a fill value only where it may write",
        type=tuple(t for t in DATASET_AXES["type"] if t not in POINTED + REFERENCES),
        space_kind=("scalar", "empty") + SIZED,
    ),
    *only(
        "fill",
        "undefined",
        "what was not written has no value",
        written=("whole",),
        resized="no",
        fill_time=("ifset", "never"),
        layout=("compact", "contiguous", "chunked", "external"),
        space_kind=("scalar",) + SIZED,
    ),
    *only(
        "fill_time",
        "never",
        "what was not written has no value",
        written=("whole",),
        resized="no",
        layout=("contiguous", "chunked"),
        space_kind=("scalar",) + SIZED,
    ),
    (
        "pointers are never left unfilled",
        ("type", "fill", "fill_time"),
        lambda r: one_of(r, "type", POINTED + REFERENCES)
        and (one_of(r, "fill_time", ("never",)) or one_of(r, "fill", ("undefined",))),
    ),
    *only("layout", "compact", "compact data are there at once", alloc=("default", "early")),
    *only(
        "layout",
        "virtual",
        "sources hold the values",
        alloc=("default", "incr"),
        fill_time="ifset",
        committed="no",
        type=tuple(t for t in DATASET_AXES["type"] if t not in REFERENCES),
        space_kind=("1d", "2d", "3d"),
        shared="none",
        driver="plain",
        sizes="8_8",
    ),
    *only(
        "layout",
        "external",
        "raw data of their own",
        type=tuple(t for t in DATASET_AXES["type"] if t not in POINTED + REFERENCES),
        space_kind=("1d", "2d", "3d"),
        driver="plain",
        alloc=("default", "early", "late"),
        written=("whole", "part"),
        userblock=("none", "512", "2048", "shifted"),
    ),
    *only("mapping", "unlimited", "one dimension grows", space_kind=("1d", "2d"), type=NUMBERS + TEXTS + ("compound",)),
    *only("mapping", "numbered", "one dimension grows", space_kind=("1d", "2d"), type=NUMBERS + TEXTS + ("compound",)),
    *only("mapping", "converted", "numbers are converted", type=WHOLE_INTS + REAL),
    *only("mapping", "irregular", "rows are chosen", space_kind=("2d", "3d")),
    (
        "variable-length values of another file are refused",
        ("type", "mapping"),
        lambda r: one_of(r, "type", POINTED) and one_of(r, "mapping", ("unlimited", "numbered", "missing")),
    ),
    *only(
        "sizes",
        "4_8",
        "narrow files are old ones",
        bound="earliest",
        space="default",
        shared="none",
        end=("exact", "longer"),
        driver="plain",
        userblock="none",
        type=tuple(t for t in DATASET_AXES["type"] if t not in REFERENCES),
        layout=("compact", "contiguous", "chunked"),
    ),
    *only(
        "sizes",
        "4_4",
        "narrow files are old ones",
        bound="earliest",
        space="default",
        shared="none",
        end=("exact", "longer"),
        driver="plain",
        userblock="none",
        type=tuple(t for t in DATASET_AXES["type"] if t not in REFERENCES),
        layout=("compact", "contiguous", "chunked"),
    ),
    *only(
        "sizes",
        "8_4",
        "narrow files are old ones",
        bound="earliest",
        space="default",
        shared="none",
        end=("exact", "longer"),
        driver="plain",
        userblock="none",
        layout=("compact", "contiguous", "chunked"),
    ),
    *only(
        "sizes",
        "2_4",
        "a file below 64 KiB",
        bound="earliest",
        space="default",
        shared="none",
        end="exact",
        driver="plain",
        userblock="none",
        chunks="few",
        layout=("compact", "contiguous", "chunked"),
        nodes="small",
        type=tuple(t for t in DATASET_AXES["type"] if t not in REFERENCES + POINTED),
        attributes=("none", "few"),
        group=("default",),
        filter=("none", "deflate"),
    ),
    *only("attributes", "dense", "attributes in a heap are of 1.8", bound=NEW),
    *only("attributes", "huge", "attributes in a heap are of 1.8", bound=NEW),
    *only(
        "group",
        "filtered",
        "a filtered heap; libhdf5 2.0 cannot read its own with shared messages",
        bound=NEW,
        shared="none",
    ),
    *only(
        "end",
        "unclosed",
        "marks of a writer are of superblock 3",
        bound=INDEXED,
        driver="plain",
        userblock="none",
        layout=("compact", "contiguous", "chunked", "external"),
        shared="none",
        space=("default", "none"),
    ),
    *only(
        "end",
        "image",
        "libhdf5 2.0 cannot read its own larger images",
        bound=INDEXED,
        driver="plain",
        userblock="none",
        shared="none",
        space="default",
        attributes="none",
        committed="no",
        group="default",
        link="hard",
        type=NUMBERS,
        layout=("compact", "contiguous", "chunked"),
        chunks="few",
    ),
    *only("end", "longer", "bytes behind the end", driver="plain"),
    *only(
        "userblock",
        "shifted",
        "moved as a whole",
        driver="plain",
        end=("exact", "longer"),
        bound=AXES["bound"],
        layout=("compact", "contiguous", "chunked", "external"),
    ),
    *[
        r
        for d in ("family", "split", "multi", "onion")
        for r in only(
            "driver",
            d,
            "plain in all else",
            userblock="none",
            space="default",
            sizes="8_8",
            end="exact",
            link=("hard", "soft", "alias", "user"),
        )
    ],
    *only("driver", "split", "as libhdf5 writes them", bound="earliest", shared="none"),
    *only("driver", "multi", "as libhdf5 writes them", bound="earliest", shared="none"),
    *only("driver", "onion", "as libhdf5 writes them", bound="earliest", shared="none", chunks="few"),
    *only(
        "space", "page", "page allocation is of 1.10, and a user block has to be a page", bound=NEW, userblock="none"
    ),
    *only("space", "persist", "as tested", bound=NEW),
    *only("committed", "yes", "a type in use", type=tuple(t for t in DATASET_AXES["type"])),
    *[
        r
        for t in ("ref_object", "ref_region", "ref_attribute")
        for r in only("type", t, "references of 1.12", bound=("v112", "v114", "v200"), driver="plain")
    ],
    *[r for t in ("complex_le", "complex_be") for r in only("type", t, "a type of 2.0", bound=("v200",))],
    *only(
        "type",
        "int_wide",
        "shuffle and nothing else",
        filter=tuple(f for f in DATASET_AXES["filter"] if f not in ("nbit", "scaleoffset")),
    ),
]


def concerning():
    """The rules that a recipe with a feature may break, by feature: they are what a campaign asks for most often."""
    found = {(axis, option): [] for axis, options in AXES.items() for option in options}
    for _, axes, broken, *concerned in RULES:
        for feature in concerned[0] if concerned else [f for f in found if f[0] in axes]:
            found[feature].append(broken)
    return found


CONCERNING = concerning()


def allowed(recipe, axis=None):
    """Whether a recipe, decided in part, breaks no rule (of those that look at an axis)."""
    for feature in ((axis, recipe[axis]),) if axis else recipe.items():
        for broken in CONCERNING.get(feature, ()):
            if broken(recipe):
                return False
    return True


def complete(rng, recipe, axes):
    """A recipe with every one of the axes decided, or none where choice ran into a corner. Plain options are as likely
    as all others together, or files would be odd in every respect."""
    for _ in range(20):
        made = dict(recipe)
        for axis in rng.sample(list(axes), len(axes)):
            if axis in made:
                continue
            options = list(axes[axis])
            if axis not in ("type", "layout", "index", "space_kind", "bound") and rng.random() < 0.55:
                options.sort(key=lambda option: option != PLAIN[axis])
                options[1:] = rng.sample(options[1:], len(options) - 1)
            else:
                rng.shuffle(options)
            for option in options:
                made[axis] = option
                if allowed(made, axis):
                    break
            else:
                break
        else:
            return made
    return None


def features(recipe):
    return sorted(recipe.items())


def possible(pair):
    """Whether some whole recipe has both features."""
    if not allowed(dict(pair)):
        return False
    return complete(random.Random(1), dict(pair), AXES) is not None


def all_pairs():
    """Every pair of features of different axes that a recipe can have, those of files first; in a fixed mixed order."""
    of_file, of_dataset = [], []
    for (a, some), (b, others) in itertools.combinations(AXES.items(), 2):
        for pair in itertools.product(((a, o) for o in some), ((b, o) for o in others)):
            if possible(pair):
                (of_file if a in FILE_AXES else of_dataset).append(pair)
    random.Random(2).shuffle(of_file)
    random.Random(3).shuffle(of_dataset)
    return of_file, of_dataset
