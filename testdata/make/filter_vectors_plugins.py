# SPDX-License-Identifier: Apache-2.0
"""Vectors for filters that are plugins of libhdf5."""
import hdf5plugin
import numpy as np

SHAPES = ((50,), (4,), (3,), (9, 14), (8, 8), (5, 6, 7), (1, 5, 9), (3, 5, 4, 6))


def waves(shape, dtype, seed=3):
    """Smooth values with a little noise."""
    rng = np.random.default_rng(seed)
    grid = sum(np.sin((i + 1) * 0.3 * axis) for i, axis in enumerate(np.indices(shape)))
    values = grid * 1000 + rng.normal(size=shape)
    return values.astype(dtype)


def zfp(v):
    def write(name, values, mode):
        kwargs = dict(hdf5plugin.Zfp(**mode))
        v.write(name, values, [(kwargs["compression"], kwargs["compression_opts"])])

    floats = {"reversible": {"reversible": True}, "rate8": {"rate": 8}, "rate3.5": {"rate": 3.5},
              "precision20": {"precision": 20}, "precision5": {"precision": 5}, "accuracy.01": {"accuracy": 0.01},
              "accuracy100": {"accuracy": 100.0}, "accuracy1e-9": {"accuracy": 1e-9}, "default": {},
              "expert": {"minbits": 40, "maxbits": 900, "maxprec": 30, "minexp": -12},
              "expert-long": {"minbits": 1, "maxbits": 16658, "maxprec": 64, "minexp": -200}}
    integers = {"reversible": {"reversible": True}, "rate10": {"rate": 10}, "precision12": {"precision": 12},
                "precision40": {"precision": 40}, "default": {}}
    for dtype in ("<f4", "<f8", "<i4", "<i8"):
        for mode, arguments in (floats if "f" in dtype else integers).items():
            for shape in SHAPES:
                write(f"{dtype}/{mode}/{'x'.join(map(str, shape))}", waves(shape, dtype), arguments)
    for dtype in ("<f4", "<f8"):
        info = np.finfo(dtype)
        values = waves((7, 10), dtype)
        values[0:4, 0:4] = 0
        tiny = (values * float(info.tiny) * 1e-3).astype(dtype)
        huge = (values / np.abs(values).max() * float(info.max)).astype(dtype)
        strange = values.copy()
        strange[5, 5] = np.nan
        strange[2, 9] = -np.inf
        strange[6, 1] = -0.0
        for mode in ("reversible", "rate8", "precision20", "accuracy1e-9"):
            write(f"{dtype}/{mode}/zeros", np.zeros((6, 6), dtype), floats[mode])
            write(f"{dtype}/{mode}/tiny", tiny, floats[mode])
            write(f"{dtype}/{mode}/huge", huge, floats[mode])
        write(f"{dtype}/reversible/strange", strange, floats["reversible"])
    for dtype in ("<i4", "<i8"):
        info = np.iinfo(dtype)
        noise = np.random.default_rng(2).integers(info.min, info.max, (6, 9), dtype=dtype, endpoint=True)
        for mode in integers:
            write(f"{dtype}/{mode}/noise", noise, integers[mode])
    big_endian_host(v)


def big_endian_host(v):
    """Client data words as a big-endian machine writes them: the chunk's numbers are then big-endian, too."""
    values = waves((9, 14), "<f4")
    kwargs = dict(hdf5plugin.Zfp(reversible=True))
    name = "<f4/reversible/big-endian-host"
    v.write(name, values, [(kwargs["compression"], kwargs["compression_opts"])], host_swapped=True)


def fcidecomp(v):
    pass
