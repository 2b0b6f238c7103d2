# SPDX-License-Identifier: Apache-2.0
"""Vectors for filters that are plugins of libhdf5."""
import hdf5plugin
import imagecodecs
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


def picture(shape, largest, seed=5):
    """Smooth with some noise, flat regions and edges."""
    rng = np.random.default_rng(seed)
    y, x = np.indices(shape[-2:])
    values = (np.sin(x / 9.0) * np.cos(y / 7.0) + 1) / 2 * largest + rng.normal(size=shape) * max(1, largest / 300)
    values[..., y > shape[-2] * 0.7] = largest // 3
    values[..., (x > shape[-1] * 0.8) & (y < 4)] = largest
    return np.clip(values, 0, largest)


def fcidecomp(v):
    number = hdf5plugin.FciDecomp().filter_id
    for dtype, largest in (("u1", 255), ("u1", 7), ("<u2", 65535), ("<u2", 1000), ("<i2", 32767), ("i1", 127)):
        for shape in ((30, 41), (9, 100), (3, 20, 25), (4, 12, 33)):
            name = f"{dtype}/{largest}/{'x'.join(map(str, shape))}"
            v.write(name, picture(shape, largest).astype(dtype), [(number, ())])
    rng = np.random.default_rng(6)
    v.write("u1/noise", rng.integers(0, 256, (20, 30)).astype("u1"), [(number, ())], readable=False)
    v.write("u1/flat", np.full((20, 300), 77, "u1"), [(number, ())])
    v.write("u1/two-levels", (rng.random((40, 50)) < 0.05).astype("u1") * 200, [(number, ())])
    v.write("<u2/two-levels", (rng.random((40, 50)) < 0.05).astype("<u2") * 65535, [(number, ())])
    jpegls_streams(v, number, rng)


def jpegls_streams(v, number, rng):
    """Streams that the plugin reads but does not write: near-lossless, interleaved."""
    for near in (1, 3, 10):
        for dtype, largest in (("u1", 255), ("<u2", 65535), ("<u2", 4095)):
            image = picture((25, 40), largest).astype(dtype)
            stream = imagecodecs.jpegls_encode(image, level=near)
            v.write(f"{dtype}/{largest}/near{near}", image, [(number, ())], rewrite=(0, stream))
    for near in (0, 2):
        for samples in (3, 4):
            for dtype, largest in (("u1", 255), ("<u2", 65535)):
                planes = picture((samples, 20, 30), largest).astype(dtype)
                planes[:, 5:9, 3:20] = rng.integers(0, 3, (samples, 4, 17))
                image = np.ascontiguousarray(np.moveaxis(planes, 0, -1))
                stream = imagecodecs.jpegls_encode(image, level=near)
                flat = image.reshape(20, 30 * samples)
                v.write(f"{dtype}/interleaved{samples}/near{near}", flat, [(number, ())], rewrite=(0, stream))


def jpeg(v):
    """The plugin is not in hdf5plugin; it hands a chunk to libjpeg, and so does imagecodecs."""
    def write(name, image, **arguments):
        stored = imagecodecs.jpeg8_encode(image, **arguments)
        decoded = imagecodecs.jpeg8_decode(stored)
        colour = image.ndim == 3
        assert decoded.shape == image.shape
        data = (arguments["level"], image.shape[1], image.shape[0], int(colour))
        v.add(name, [(32019, "jpeg", 0, data)], 1, 0, stored, decoded.tobytes())

    for shape in ((32, 48), (33, 41), (1, 1), (7, 100), (9, 3), (16, 5), (8, 4)):
        for level in (95, 50, 5):
            size = "x".join(map(str, shape))
            grey = picture(shape, 255, level).astype("u1")
            write(f"grey/{level}/{size}", grey, level=level)
            rgb = np.ascontiguousarray(np.moveaxis(picture((3, *shape), 255, level), 0, -1)).astype("u1")
            rgb[..., 2] = np.roll(rgb[..., 2], 5)
            for subsampling in ("444", "422", "420"):
                write(f"rgb/{subsampling}/{level}/{size}", rgb, level=level, subsampling=subsampling)
    noise = np.random.default_rng(8).integers(0, 256, (24, 40, 3)).astype("u1")
    write("rgb/noise", noise, level=100, subsampling="420")
    write("rgb/noise/optimized", noise, level=80, subsampling="420", optimize=True)
    write("rgb/as-is", noise, level=90, outcolorspace="rgb")
