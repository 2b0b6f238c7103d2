# SPDX-License-Identifier: Apache-2.0
"""Canonical bytes and printable values of HDF5 elements as libhdf5 hands them over (see ../README.md).

libhdf5 reads with the file's own datatype as the memory type, so it converts nothing; byte order, precision, padding
and odd floating-point geometries are resolved here, in exact arithmetic."""

import ctypes
import math
import struct
from fractions import Fraction

import numpy as np

from hdf5c import LIB, call, global_type, taken_string, token

INTEGER, FLOAT, TIME, STRING, BITFIELD, OPAQUE, COMPOUND, REFERENCE, ENUM, VLEN, ARRAY, COMPLEX = range(12)
NULL_LENGTH = b"\xff\xff\xff\xff"
ORDERS = {0: "le", 1: "be", 2: "vax", 4: ""}


class Type:
    """One HDF5 datatype in memory form. parse(buffer, offset, world) gives (canonical bytes, JSON value)."""

    text = ""
    size = 0
    numpy = None  # dtype when a whole array can be taken at once

    def parse(self, buffer, at, world):
        raise NotImplementedError


class IntegerType(Type):
    def __init__(self, t, prefix=None):
        self.size = LIB.H5Tget_size(t)
        self.order = LIB.H5Tget_order(t)
        self.precision, self.offset = LIB.H5Tget_precision(t), LIB.H5Tget_offset(t)
        self.signed = LIB.H5Tget_sign(t) == 1
        self.text = "%s%d%s" % ("i" if self.signed else "u", self.size, ORDERS[self.order] if self.size > 1 else "")
        if self.precision != self.size * 8 or self.offset:
            self.text += "[%d+%d]" % (self.offset, self.precision)
        elif self.size in (1, 2, 4, 8):
            self.numpy = np.dtype("%s%s%d" % (">" if self.order == 1 else "<", "i" if self.signed else "u", self.size))

    def value(self, raw):
        number = int.from_bytes(raw, "big" if self.order == 1 else "little")
        number = (number >> self.offset) & ((1 << self.precision) - 1)
        if self.signed and number >> (self.precision - 1):
            number -= 1 << self.precision
        return number

    def parse(self, buffer, at, world):
        number = self.value(buffer[at : at + self.size])
        return number.to_bytes(self.size, "little", signed=self.signed), number


def json_float(number):
    if math.isnan(number):
        return "NaN"
    if math.isinf(number):
        return "Infinity" if number > 0 else "-Infinity"
    return number


# geometries of the OCP small floats: (size, precision, epos, esize, mpos, msize, bias)
NO_SPECIALS = {(1, 6, 3, 2, 0, 3, 1), (1, 6, 2, 3, 0, 2, 3), (1, 4, 1, 2, 0, 1, 1)}
E4M3 = (1, 8, 3, 4, 0, 3, 7)


class FloatType(Type):
    def __init__(self, t):
        self.size = LIB.H5Tget_size(t)
        self.order = LIB.H5Tget_order(t)
        fields = [ctypes.c_size_t() for _ in range(5)]
        call("H5Tget_fields", t, *[ctypes.byref(f) for f in fields])
        self.spos, self.epos, self.esize, self.mpos, self.msize = [f.value for f in fields]
        self.bias, self.norm = LIB.H5Tget_ebias(t), LIB.H5Tget_norm(t)  # norm: 0 implied, 1 msb set, 2 none
        self.precision, self.offset = LIB.H5Tget_precision(t), LIB.H5Tget_offset(t)
        geometry = (self.spos, self.epos, self.esize, self.mpos, self.msize, self.bias, self.norm)
        ieee = {2: (15, 10, 5, 0, 10, 15, 0), 4: (31, 23, 8, 0, 23, 127, 0), 8: (63, 52, 11, 0, 52, 1023, 0)}
        self.text = "f%d%s" % (self.size, ORDERS[self.order] if self.size > 1 else "")
        if self.order in (0, 1) and ieee.get(self.size) == geometry:
            self.numpy = np.dtype("%sf%d" % (">" if self.order == 1 else "<", self.size))
        else:
            self.text += "[s%d e%d+%d m%d+%d b%d %s]" % (
                self.spos,
                self.epos,
                self.esize,
                self.mpos,
                self.msize,
                self.bias,
                ("implied", "msbset", "none")[self.norm],
            )

    def value(self, raw):
        if self.order == 2:  # VAX: 16-bit words, most significant first, little-endian inside
            raw = b"".join(raw[i : i + 2] for i in range(len(raw) - 2, -1, -2))
        bits = int.from_bytes(raw, "big" if self.order == 1 else "little")
        sign = -1.0 if bits >> self.spos & 1 else 1.0
        exponent = bits >> self.epos & ((1 << self.esize) - 1)
        mantissa = bits >> self.mpos & ((1 << self.msize) - 1)
        top = (1 << self.esize) - 1
        shape = (self.size, self.precision, self.epos, self.esize, self.mpos, self.msize, self.bias)
        special = None if self.norm else shape  # libhdf5 knows these by their implied bit too
        if special == E4M3:
            if exponent == top and mantissa == (1 << self.msize) - 1:
                return math.nan
        elif special not in NO_SPECIALS and exponent == top:
            fraction = mantissa & ((1 << (self.msize - 1)) - 1) if self.norm else mantissa
            return math.nan if fraction else sign * math.inf
        if self.norm == 1:  # explicit leading bit
            significand, scale = mantissa, self.msize - 1
            power = (exponent if exponent else 1) - self.bias
        elif self.norm == 2:  # libhdf5 describes the x87 format so: its leading bit, too, is the unit
            significand, scale, power = mantissa, self.msize - 1, exponent - self.bias
        elif exponent == 0:
            significand, scale, power = mantissa, self.msize, 1 - self.bias
        else:
            significand, scale, power = mantissa | 1 << self.msize, self.msize, exponent - self.bias
        if significand == 0:
            return sign * 0.0
        shift = power - scale
        if significand.bit_length() + shift > 1100:
            return sign * math.inf
        if significand.bit_length() + shift < -1200:
            return sign * 0.0
        exact = Fraction(significand << shift) if shift > 0 else Fraction(significand, 1 << -shift)
        try:
            return sign * float(exact)  # Fraction -> float rounds to nearest even
        except OverflowError:
            return sign * math.inf

    def parse(self, buffer, at, world):
        raw = bytes(buffer[at : at + self.size])
        if self.numpy is not None:
            plain = raw[::-1] if self.order == 1 else raw
            if self.size == 2 and math.isnan(np.frombuffer(raw, self.numpy)[0]):
                plain = struct.pack("<H", struct.unpack("<H", plain)[0] & 0x8000 | 0x7E00)  # one NaN of each sign
            return plain, json_float(float(np.frombuffer(raw, self.numpy)[0]))
        number = self.value(raw)
        return struct.pack("<d", number) if not math.isnan(number) else struct.pack("<d", math.nan), json_float(number)


def string_value(raw):
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return {"hex": raw.hex()}


class StringType(Type):
    def __init__(self, t):
        self.size = LIB.H5Tget_size(t)
        self.pad = LIB.H5Tget_strpad(t)
        charset = "utf8" if LIB.H5Tget_cset(t) else "ascii"
        self.text = "string(%d,%s,%s)" % (self.size, ("nullterm", "nullpad", "spacepad")[self.pad], charset)

    def parse(self, buffer, at, world):
        raw = bytes(buffer[at : at + self.size])
        raw = raw.split(b"\0", 1)[0] if self.pad == 0 else raw.rstrip(b"\0" if self.pad == 1 else b" ")
        return struct.pack("<I", len(raw)) + raw, string_value(raw)


class VlenStringType(Type):
    size = 8

    def __init__(self, t):
        pad = ("nullterm", "nullpad", "spacepad")[LIB.H5Tget_strpad(t)]
        self.text = "vstring(%s,%s)" % (pad, "utf8" if LIB.H5Tget_cset(t) else "ascii")

    def parse(self, buffer, at, world):
        pointer = struct.unpack_from("<Q", buffer, at)[0]
        if not pointer:
            return NULL_LENGTH, None
        raw = ctypes.string_at(pointer)
        return struct.pack("<I", len(raw)) + raw, string_value(raw)


class RawType(Type):
    """Opaque, time and bitfield: bytes as stored; multi-byte bitfields and times in little-endian order."""

    def __init__(self, t, kind):
        self.size = LIB.H5Tget_size(t)
        self.swap = kind != OPAQUE and self.size > 1 and LIB.H5Tget_order(t) == 1
        self.bits = None
        if kind == OPAQUE:
            self.text = "opaque(%d,%r)" % (self.size, taken_string(LIB.H5Tget_tag(t)).decode("utf-8", "replace"))
        else:
            order = ORDERS[LIB.H5Tget_order(t)] if self.size > 1 else ""
            self.text = "%s%d%s" % ("bitfield" if kind == BITFIELD else "time", self.size, order)
            precision, offset = LIB.H5Tget_precision(t), LIB.H5Tget_offset(t) if kind == BITFIELD else 0
            if kind != BITFIELD or self.size <= 8:  # wider ones are bytes
                self.bits = ((1 << precision) - 1) << offset
            if precision != self.size * 8 or offset:
                self.text += "[%d+%d]" % (offset, precision)

    def parse(self, buffer, at, world):
        raw = bytes(buffer[at : at + self.size])
        raw = raw[::-1] if self.swap else raw
        if self.bits is not None:  # what is around the value is none of it
            raw = (int.from_bytes(raw, "little") & self.bits).to_bytes(self.size, "little")
        return raw, {"hex": raw.hex()}


class CompoundType(Type):
    def __init__(self, t):
        self.size = LIB.H5Tget_size(t)
        self.members = []
        for i in range(LIB.H5Tget_nmembers(t)):
            member = LIB.H5Tget_member_type(t, i)
            name = taken_string(LIB.H5Tget_member_name(t, i)).decode("utf-8", "replace")
            self.members.append((name, LIB.H5Tget_member_offset(t, i), parse_type(member)))
            LIB.H5Tclose(member)
        self.text = "compound(%d){%s}" % (self.size, ", ".join("%s@%d:%s" % (n, o, m.text) for n, o, m in self.members))

    def parse(self, buffer, at, world):
        parts = [(name,) + member.parse(buffer, at + offset, world) for name, offset, member in self.members]
        return b"".join(p[1] for p in parts), {p[0]: p[2] for p in parts}


class EnumType(Type):
    def __init__(self, t):
        base = LIB.H5Tget_super(t)
        self.base = parse_type(base)
        LIB.H5Tclose(base)
        self.size, self.numpy = self.base.size, self.base.numpy
        self.names = []
        for i in range(LIB.H5Tget_nmembers(t)):
            raw = ctypes.create_string_buffer(self.size)
            call("H5Tget_member_value", t, i, raw)
            self.names.append(
                (
                    taken_string(LIB.H5Tget_member_name(t, i)).decode("utf-8", "replace"),
                    self.base.value(raw.raw) if isinstance(self.base, IntegerType) else None,
                )
            )
        self.text = "enum(%s){%s}" % (self.base.text, ", ".join("%s=%s" % p for p in self.names))

    def parse(self, buffer, at, world):
        return self.base.parse(buffer, at, world)


class VlenType(Type):
    size = 16

    def __init__(self, t):
        base = LIB.H5Tget_super(t)
        self.base = parse_type(base)
        LIB.H5Tclose(base)
        self.text = "vlen(%s)" % self.base.text

    def parse(self, buffer, at, world):
        count, pointer = struct.unpack_from("<QQ", buffer, at)
        data = ctypes.string_at(pointer, count * self.base.size) if count else b""
        parts = [self.base.parse(data, i * self.base.size, world) for i in range(count)]
        return struct.pack("<I", count) + b"".join(p[0] for p in parts), [p[1] for p in parts]


class ArrayType(Type):
    def __init__(self, t):
        self.size = LIB.H5Tget_size(t)
        rank = LIB.H5Tget_array_ndims(t)
        dims = (ctypes.c_uint64 * rank)()
        call("H5Tget_array_dims2", t, dims)
        self.dims = list(dims)
        base = LIB.H5Tget_super(t)
        self.base = parse_type(base)
        LIB.H5Tclose(base)
        self.text = "array[%s](%s)" % (",".join(map(str, self.dims)), self.base.text)

    def parse(self, buffer, at, world):
        parts = [self.base.parse(buffer, at + i * self.base.size, world) for i in range(math.prod(self.dims))]
        return b"".join(p[0] for p in parts), [p[1] for p in parts]


class ComplexType(Type):
    def __init__(self, t):
        self.size = LIB.H5Tget_size(t)
        base = LIB.H5Tget_super(t)
        self.base = parse_type(base)
        LIB.H5Tclose(base)
        self.text = "complex(%s)" % self.base.text

    def parse(self, buffer, at, world):
        re, im = self.base.parse(buffer, at, world), self.base.parse(buffer, at + self.size // 2, world)
        return re[0] + im[0], [re[1], im[1]]


class ReferenceType(Type):
    """Old and revised references; the target is named by the first path at which a walk of the file meets it."""

    def __init__(self, t):
        self.size = LIB.H5Tget_size(t)
        self.kind = next(
            k
            for k, n in (("objref", "H5T_STD_REF_OBJ"), ("regref", "H5T_STD_REF_DSETREG"), ("ref", "H5T_STD_REF"))
            if LIB.H5Tequal(t, global_type(n)) > 0
        )
        self.text = self.kind

    def parse(self, buffer, at, world):
        raw = bytes(buffer[at : at + self.size])
        if not any(raw) or (self.kind == "objref" and raw == b"\xff" * 8):
            return NULL_LENGTH, None
        held = ctypes.create_string_buffer(raw, self.size)
        points = attribute = None
        if self.kind == "ref":
            kind = LIB.H5Rget_type(held)
            target = call("H5Ropen_object", held, 0, 0)
            if kind == 3:
                space = call("H5Ropen_region", held, 0, 0)
                points = call("H5Sget_select_npoints", space)
                LIB.H5Sclose(space)
            elif kind == 4:
                name = ctypes.create_string_buffer(1024)
                call("H5Rget_attr_name", held, name, 1024)
                attribute = name.value.decode()
        else:
            kind = 0 if self.kind == "objref" else 1
            target = LIB.H5Rdereference2(world.file_id, 0, kind, held)
            if target < 0:  # dangling: an address without an object
                path = world.path_of(None)
                return struct.pack("<I", len(path.encode())) + path.encode(), path
            if kind:
                space = call("H5Rget_region", world.file_id, kind, held)
                points = call("H5Sget_select_npoints", space)
                LIB.H5Sclose(space)
        path = world.path_of(token(target))
        LIB.H5Oclose(target)
        out = struct.pack("<I", len(path.encode())) + path.encode()
        if points is not None:
            return out + struct.pack("<Q", points), {"path": path, "points": points}
        if attribute is not None:
            return out + struct.pack("<I", len(attribute.encode())) + attribute.encode(), {
                "path": path,
                "attribute": attribute,
            }
        return out, path


def parse_type(t):
    """The Type of an HDF5 datatype id."""
    kind = call("H5Tget_class", t)
    if kind == STRING:
        return VlenStringType(t) if LIB.H5Tis_variable_str(t) > 0 else StringType(t)
    simple = {
        INTEGER: IntegerType,
        FLOAT: FloatType,
        COMPOUND: CompoundType,
        REFERENCE: ReferenceType,
        ENUM: EnumType,
        VLEN: VlenType,
        ARRAY: ArrayType,
        COMPLEX: ComplexType,
    }
    return simple[kind](t) if kind in simple else RawType(t, kind)


def canonical(node, raw, count, world, wanted=40):
    """Canonical bytes of count elements in a memory buffer, and their values when there are at most `wanted`."""
    raw = memoryview(raw)
    if node.numpy is not None and count > wanted:
        array = np.frombuffer(raw, node.numpy, count)
        if node.numpy.kind == "f" and node.numpy.itemsize == 2:
            bits = array.astype("<f2").view("<u2")
            return np.where(np.isnan(array), bits & 0x8000 | 0x7E00, bits).astype("<u2").tobytes(), None
        return array.astype(node.numpy.newbyteorder("<")).tobytes(), None
    parts = [node.parse(raw, i * node.size, world) for i in range(count)]
    return b"".join(p[0] for p in parts), [p[1] for p in parts] if count <= wanted else None
