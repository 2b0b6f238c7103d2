#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Reads exported files with numpy, pandas, pyarrow and duckdb, and compares values and types with those of h5py.

    python3 read_back.py types.h5 FOLDER

FOLDER holds what types.h5 was exported to: table.arrow, table.arrows, table.parquet and table.ndjson (the group /table),
table.csv (without "ragged"), table.npz (without "ragged" and "text"), scalar.npy and compound.npy. Exits with 1 where
something differs; prints a line for each reader.
"""
import csv
import json
import math
import sys

import duckdb
import h5py
import numpy as np
import pandas
import pyarrow
import pyarrow.feather
import pyarrow.ipc
import pyarrow.parquet

# The type of each column in Arrow.
ARROW = {
    "i1": "int8", "i2": "int16", "i4": "int32", "i8": "int64", "u1": "uint8", "u2": "uint16", "u4": "uint32",
    "u8": "uint64", "be_i4": "int32", "be_u8": "uint64", "f2": "halffloat", "f4": "float", "f8": "double",
    "be_f8": "double", "i3": "int32", "truth": "bool", "colour": "string", "fixed_text": "string",
    "space_text": "string", "text": "string", "opaque": "fixed_size_binary[3]", "bits": "uint8",
    "c8": "struct<real: float not null, imaginary: float not null>",
    "c16": "struct<real: double not null, imaginary: double not null>",
    "compound": "struct<n: int16 not null, xy: fixed_size_list<item: float not null>[2] not null, t: string not null, "
                "in: struct<a: int32 not null, b: double not null> not null, c: string not null>",
    "array": "fixed_size_list<item: fixed_size_list<item: int16 not null>[3] not null>[2]",
    "two_d": "fixed_size_list<item: float not null>[3]",
    "three_d": "fixed_size_list<item: fixed_size_list<item: int32 not null>[2] not null>[2]",
    "text_2d": "fixed_size_list<item: string not null>[2]",
    "truth_2d": "fixed_size_list<item: bool not null>[3]",
    "ragged": "list<item: int32 not null>",
}

# The type of each column of a Parquet file in duckdb, where it is not that of Arrow in other words.
DUCKDB = {
    "i1": "TINYINT", "i2": "SMALLINT", "i4": "INTEGER", "i8": "BIGINT", "u1": "UTINYINT", "u2": "USMALLINT",
    "u4": "UINTEGER", "u8": "UBIGINT", "be_i4": "INTEGER", "be_u8": "UBIGINT", "f2": "FLOAT", "f4": "FLOAT",
    "f8": "DOUBLE", "be_f8": "DOUBLE", "i3": "INTEGER", "truth": "BOOLEAN", "colour": "VARCHAR",
    "fixed_text": "VARCHAR", "space_text": "VARCHAR", "text": "VARCHAR", "opaque": "BLOB", "bits": "UTINYINT",
    "c8": "STRUCT(\"real\" FLOAT, imaginary FLOAT)", "c16": "STRUCT(\"real\" DOUBLE, imaginary DOUBLE)",
    "compound": "STRUCT(n SMALLINT, xy FLOAT[], t VARCHAR, \"in\" STRUCT(a INTEGER, b DOUBLE), c VARCHAR)",
    "array": "SMALLINT[][]", "two_d": "FLOAT[]", "three_d": "INTEGER[][]", "text_2d": "VARCHAR[]",
    "truth_2d": "BOOLEAN[]", "ragged": "INTEGER[]",
}

failures = []


def check(what, actual, expected):
    if not same(actual, expected):
        failures.append(f"{what}: {actual!r:.300} is not {expected!r:.300}")


def same(a, b):
    if isinstance(a, float) and isinstance(b, float):
        return a == b and math.copysign(1, a) == math.copysign(1, b) or math.isnan(a) and math.isnan(b)
    if isinstance(a, list) and isinstance(b, list):
        return len(a) == len(b) and all(same(x, y) for x, y in zip(a, b))
    if isinstance(a, dict) and isinstance(b, dict):
        return list(a) == list(b) and all(same(a[k], b[k]) for k in a)
    return type(a) is type(b) and a == b


def plain(value, dtype):
    """A value of h5py's as lists, dictionaries, numbers and texts of Python; enumerations as names."""
    names = h5py.check_enum_dtype(dtype)
    if dtype.subdtype is not None:
        return plain_list(value, dtype.base)
    if dtype.names is not None:
        return {name: plain(value[name], dtype.fields[name][0]) for name in dtype.names}
    if names is not None:
        return {number: name for name, number in names.items()}[int(value)]
    if h5py.check_string_dtype(dtype) is not None:
        return bytes(value).decode()
    if h5py.check_vlen_dtype(dtype) is not None:
        return plain_list(value, h5py.check_vlen_dtype(dtype))
    if dtype.kind == "V":
        return value.tobytes()
    if dtype.kind == "c":
        return {"real": float(value.real), "imaginary": float(value.imag)}
    return value.item()


def plain_list(values, dtype):
    return [plain_list(v, dtype) if isinstance(v, np.ndarray) and dtype.kind != "O" else plain(v, dtype)
            for v in values]


def whole(dataset):
    """All values; those of a type that numpy does not have as the next larger one."""
    try:
        dataset.dtype
    except TypeError:
        values = np.empty(dataset.shape, "<i4")
        dataset.id.read(h5py.h5s.ALL, h5py.h5s.ALL, values)
        return values
    return dataset[...]


def stored(dataset):
    # Each value as the file has it: a row at a time keeps lists of objects apart from dimensions.
    if dataset.name == "/table/i3":
        return whole(dataset).tolist()
    if dataset.ndim == 1:
        return [plain(dataset[i], dataset.dtype) for i in range(len(dataset))]
    return [plain_list(dataset[i], dataset.dtype) for i in range(len(dataset))]


def python(value):
    """What readers give as scalars of numpy, tuples or arrays."""
    if isinstance(value, np.ndarray):
        return [python(v) for v in value]
    if isinstance(value, (list, tuple)):
        return [python(v) for v in value]
    if isinstance(value, dict):
        return {k: python(v) for k, v in value.items()}
    if isinstance(value, np.generic):
        return value.item()
    return value


def compare(reader, columns, expected):
    check(reader + " columns", sorted(columns), sorted(expected))
    for name, values in expected.items():
        check(f"{reader} {name}", python(list(columns.get(name, []))), values)
    print(f"{reader}: {len(columns)} columns")


def arrow(folder, expected):
    for name, opener in ("table.arrow", pyarrow.ipc.open_file), ("table.arrows", pyarrow.ipc.open_stream):
        with pyarrow.memory_map(f"{folder}/{name}") as source:
            table = opener(source).read_all()
            table.validate(full=True)
            check(name + " types", {f.name: str(f.type) for f in table.schema}, {n: ARROW[n] for n in table.column_names})
            check(name + " nullable", [f.name for f in table.schema if f.nullable], [])
            compare("pyarrow " + name, table.to_pydict(), expected)
    frame = pandas.read_feather(f"{folder}/table.arrow")
    compare("pandas table.arrow", {name: frame[name].tolist() for name in frame}, expected)
    with pyarrow.memory_map(f"{folder}/table.arrows") as source:
        rows = pyarrow.ipc.open_stream(source).read_all().drop_columns(["f2"])
        relation = duckdb.sql("select * from rows")
        found = relation.fetchall()
        columns = {name: [row[i] for row in found] for i, name in enumerate(relation.columns)}
        compare("duckdb table.arrows", columns, {n: v for n, v in expected.items() if n != "f2"})


def parquet(folder, expected):
    name = f"{folder}/table.parquet"
    types = {n: t.replace("halffloat", "float") for n, t in ARROW.items()}
    table = pyarrow.parquet.read_table(name)
    table.validate(full=True)
    for field in table.schema:
        lists = str(field.type).replace("element: ", "item: ")
        check(f"parquet {field.name}", lists, listed(types[field.name]))
    compare("pyarrow table.parquet", table.to_pydict(), expected)
    frame = pandas.read_parquet(name)
    compare("pandas table.parquet", {n: frame[n].tolist() for n in frame}, expected)
    relation = duckdb.sql(f"select * from '{name}'")
    check("duckdb types", dict(zip(relation.columns, map(str, relation.types))), {n: DUCKDB[n] for n in relation.columns})
    found = relation.fetchall()
    compare("duckdb table.parquet", {n: [row[i] for row in found] for i, n in enumerate(relation.columns)}, expected)
    statistics(pyarrow.parquet.ParquetFile(name).metadata, expected)


def listed(arrow_type):
    """Lists of one length are lists of any in Parquet."""
    for length in range(10):
        arrow_type = arrow_type.replace(f">[{length}]", ">")
    return arrow_type.replace("fixed_size_list", "list")


def statistics(metadata, expected):
    for name in "i1 i2 i4 i8 u1 u2 u4 u8 be_i4 be_u8 i3 bits text".split():
        chunk = next(metadata.row_group(0).column(i) for i in range(metadata.num_columns)
                     if metadata.row_group(0).column(i).path_in_schema == name)
        found = chunk.statistics
        order = str.encode if name == "text" else int
        check(f"least {name}", found.min, min(expected[name], key=order))
        check(f"greatest {name}", found.max, max(expected[name], key=order))
    duck = duckdb.sql("select count(*) from parquet_metadata('%s')" % (sys.argv[2] + "/table.parquet")).fetchall()
    check("duckdb metadata", duck[0][0] > 0, True)


def numpy_values(file, folder):
    with np.load(f"{folder}/table.npz", allow_pickle=False) as archive:
        datasets = {n: d for n, d in file["table"].items() if n not in ("text", "ragged")}
        check("npz names", sorted(archive.files), sorted(datasets))
        for name, dataset in datasets.items():
            numpy_equal(f"npz {name}", archive[name], whole(dataset))
        print(f"numpy table.npz: {len(archive.files)} arrays")
    numpy_equal("npy scalar", np.load(f"{folder}/scalar.npy", allow_pickle=False), file["others/scalar"][()])
    numpy_equal("npy compound", np.load(f"{folder}/compound.npy", allow_pickle=False), file["table/compound"][...])
    print("numpy scalar.npy, compound.npy")


def numpy_equal(what, actual, expected):
    expected = np.asarray(expected)
    check(what + " shape", list(actual.shape), list(expected.shape))
    check(what + " order", bool(actual.flags.c_contiguous), True)
    if expected.dtype.names is not None:
        check(what + " fields", list(actual.dtype.names), list(expected.dtype.names))
        for name in expected.dtype.names:
            numpy_equal(f"{what}.{name}", np.ascontiguousarray(actual[name]), expected[name])
        return
    kind = expected.dtype.newbyteorder("<") if expected.dtype.kind in "iufc" else expected.dtype
    check(what + " type", actual.dtype.str, kind.str)
    check(what, actual.tobytes() == expected.astype(kind).tobytes(), True)


def flat(name, value, into):
    """What a row of a CSV has of a value, by the names of its columns."""
    if isinstance(value, list):
        for i, element in enumerate(value):
            flat(f"{name}_{i}", element, into)
    elif isinstance(value, dict):
        for key, element in value.items():
            flat(f"{name}.{key}", element, into)
    else:
        into[name] = value.hex() if isinstance(value, bytes) else value


def csv_values(folder, expected):
    name = f"{folder}/table.csv"
    rows = []
    for i in range(len(expected["i1"])):
        rows.append({})
        for column, values in expected.items():
            if column != "ragged":
                flat(column, values[i], rows[-1])
    with open(name, newline="", encoding="utf-8") as source:
        found = list(csv.DictReader(source))
    check("csv names", list(found[0]), list(rows[0]))
    singles = {c for c in rows[0] if c in ("f4", "f2", "c8.real", "c8.imaginary") or c.startswith(("two_d", "compound.xy"))}
    for row, text in zip(rows, found):
        check("csv row", {c: read(t, row[c], c in singles) for c, t in text.items()}, row)
    check("csv rows", len(found), len(rows))
    print(f"csv table.csv: {len(rows[0])} columns")
    types = {column: pandas_type([row[column] for row in rows]) for column in rows[0]}
    nans = {column: ["NaN"] for column, kind in types.items() if kind == "float64"}
    frame = pandas.read_csv(name, dtype=types, keep_default_na=False, na_values=nans)
    for column in rows[0]:
        values = [np.float32(v).item() if column in singles else v for v in frame[column].tolist()]
        check(f"pandas csv {column}", values, [row[column] for row in rows])
    print(f"pandas table.csv: {frame.shape[1]} columns")
    relation = duckdb.sql("select * from read_csv('%s', header=true, all_varchar=true, nullstr='\\N')" % name)
    found = relation.fetchall()
    for i, column in enumerate(relation.columns):
        values = [read(row[i], rows[k][column], column in singles) for k, row in enumerate(found)]
        check(f"duckdb csv {column}", values, [row[column] for row in rows])
    print(f"duckdb table.csv: {len(relation.columns)} columns")


def pandas_type(values):
    if isinstance(values[0], int) and not isinstance(values[0], bool):
        return "uint64" if max(values) > 2**62 and min(values) >= 0 else "int64"
    return {bool: "bool", float: "float64"}.get(type(values[0]), "str")


def read(text, like, single):
    if isinstance(like, bool):
        return {"true": True, "false": False}[text]
    if isinstance(like, int):
        return int(text)
    if isinstance(like, float):
        return np.float32(text).item() if single else float(text)
    return text


def ndjson_values(folder, expected):
    name = f"{folder}/table.ndjson"
    with open(name, encoding="utf-8") as source:
        rows = [json.loads(line) for line in source]
    for i, row in enumerate(rows):
        check("ndjson names", list(row), list(expected))
        for column, values in expected.items():
            check(f"ndjson {column} {i}", number(row[column], values[i], column in ("f4", "f2", "c8")), values[i])
    print(f"json table.ndjson: {len(rows)} rows")
    frame = pandas.read_json(name, lines=True, dtype=False)  # Its precise_float refuses subnormal numbers.
    check("pandas ndjson names", list(frame.columns), list(expected))
    for column in "i1 i8 u4 i3 truth colour fixed_text ragged two_d".split():
        check(f"pandas ndjson {column}", python(frame[column].tolist()), expected[column])
    print(f"pandas table.ndjson: {frame.shape[1]} columns")
    types = {n: t for n, t in DUCKDB.items() if n not in ("opaque",)}
    columns = ", ".join("'%s': '%s'" % (n, t) for n, t in types.items())
    relation = duckdb.sql(f"select * from read_json('{name}', format='newline_delimited', columns={{{columns}}})")
    found = relation.fetchall()
    compare("duckdb table.ndjson", {n: [row[i] for row in found] for i, n in enumerate(relation.columns)},
            {n: v for n, v in expected.items() if n != "opaque"})


def number(value, like, single):
    """A number of JSON, or the text of one that JSON does not have, as a number of its size."""
    if isinstance(like, dict):
        return {k: number(v, like[k], single) for k, v in value.items()}
    if isinstance(like, list):
        return [number(v, l, single) for v, l in zip(value, like)]
    if isinstance(like, bytes):
        return bytes.fromhex(value)
    if isinstance(like, float):
        return np.float32(value).item() if single else float(value)
    return value


def main():
    with h5py.File(sys.argv[1]) as file:
        expected = {name: stored(dataset) for name, dataset in file["table"].items()}
        check("columns", sorted(expected), sorted(ARROW))
        arrow(sys.argv[2], expected)
        parquet(sys.argv[2], expected)
        numpy_values(file, sys.argv[2])
        csv_values(sys.argv[2], expected)
        ndjson_values(sys.argv[2], expected)
    for failure in failures:
        print("DIFFERS", failure)
    return 1 if failures else 0


sys.exit(main())
