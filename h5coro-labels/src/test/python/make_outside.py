# SPDX-License-Identifier: Apache-2.0
"""Writes files whose variables and groups are in another one, and which variables h5py finds in them. (h5netcdf 1.8
asks the first file for the names that objects have in theirs.)

    python make_outside.py           writes ../resources/outside
"""

import json
import pathlib

import h5py
import numpy as np

OUT = pathlib.Path(__file__).parent.parent / "resources" / "outside"


def part(path):
    with h5py.File(path, "w") as f:
        f["temp"] = np.arange(12, dtype="f4").reshape(3, 4)
        f["group/z"] = np.arange(5.0)
        f["group/below/w"] = np.arange(2, dtype="i2")
        f["group/soft"] = h5py.SoftLink("/temp")
        f["loop/v"] = np.arange(4.0)
        f["loop/up"] = h5py.SoftLink("/loop")
        f["group/home"] = h5py.ExternalLink("main.h5", "/own")


def main_file(path):
    with h5py.File(path, "w") as f:
        f["own"] = np.arange(3.0)
        f["temp"] = h5py.ExternalLink("part.h5", "/temp")
        f["inner/group"] = h5py.ExternalLink("part.h5", "/group")
        f["inner/soft"] = h5py.SoftLink("/temp")
        f["alias"] = h5py.SoftLink("/inner")


def broken(path):
    with h5py.File(path, "w") as f:
        f["own"] = np.arange(3.0)
        f["gone"] = h5py.ExternalLink("nowhere.h5", "/temp")
        f["loop"] = h5py.ExternalLink("part.h5", "/loop")
        f["lost"] = h5py.ExternalLink("part.h5", "/nowhere")


def variables(group):
    return {name: list(v.shape) for name, v in group.items() if isinstance(v, h5py.Dataset)}


def main():
    OUT.mkdir(parents=True, exist_ok=True)
    part(OUT / "part.h5")
    main_file(OUT / "main.h5")
    broken(OUT / "broken.h5")
    with h5py.File(OUT / "main.h5") as f:
        paths = ["/", "/inner", "/inner/group", "/inner/group/below", "/alias", "/alias/group"]
        answer = {path: variables(f[path]) for path in paths}
    (OUT / "main.json").write_text(json.dumps(answer, indent=1) + "\n")


main()
