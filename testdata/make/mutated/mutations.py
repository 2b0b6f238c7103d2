# SPDX-License-Identifier: Apache-2.0
"""Damages a file in a few places, most of them in its metadata. What comes out follows from the seed alone."""

import ctypes
import re
import struct

SIGNATURES = (b"OHDR OCHK TREE SNOD HEAP FRHP FHDB FHIB BTHD BTIN BTLF FAHD FADB EAHD EAIB EASB EADB GCOL SMTB SMLI "
              b"FSHD FSSE").split()
FOUND = re.compile(b"\x89HDF\r\n\x1a\n|" + b"|".join(SIGNATURES))
EDGES = (0, 1, 0x7F, 0x80, 0xFF)
LONGEST = 8192  # bytes of a structure with a checksum that is looked for


class Base:
    """A sound file: its structures, the headers that have no signature, and what its checksums span."""

    def __init__(self, name, data, headers, spans=()):
        self.name, self.data = name, data
        signed = [(m.start(), m.group()) for m in FOUND.finditer(data)]
        self.alike = {}
        for at, signature in signed:
            self.alike.setdefault(signature, []).append(at)
        self.alike[b""] = [at for at in headers if at < len(data) and data[at : at + 4] != b"OHDR"]
        self.starts = sorted({at for some in self.alike.values() for at in some}) or [0]
        self.signed, self.spans = signed, spans

    def summed_spans(self, checksum):
        """Start and length of all that has a checksum behind it."""
        return [span for at, signature in self.signed for span in self.span(at, signature, checksum)]

    def span(self, at, signature, checksum):
        """Where a structure ends that has its checksum behind it, by trying: the sums of 4 bytes do not meet by chance."""
        if signature in (b"TREE", b"SNOD", b"HEAP", b"GCOL"):
            return
        for length in range(8, min(LONGEST, len(self.data) - at - 4)):
            if struct.unpack_from("<I", self.data, at + length)[0] == checksum(self.data, at, length):
                yield at, length
                return


def checksums(library):
    """libhdf5's own checksum of metadata."""
    function = library.H5_checksum_metadata
    function.restype, function.argtypes = ctypes.c_uint32, [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_uint32]

    def checksum(data, at, length, held={}):
        if held.get("data") is not data:
            held.update(data=data, buffer=ctypes.create_string_buffer(bytes(data), len(data)))
        return function(ctypes.addressof(held["buffer"]) + at, length, 0)

    return checksum


class Mutator:
    def __init__(self, base, rng):
        self.base, self.rng, self.data, self.touched = base, rng, bytearray(base.data), []

    def place(self):
        """Mostly near the start of a structure, and there mostly at bytes that are not zero."""
        rng, size = self.rng, len(self.data)
        if rng.random() < 0.15:
            return rng.randrange(size)
        for _ in range(4):
            at = rng.choice(self.base.starts) + int(rng.expovariate(1 / rng.choice((16, 60, 200))))
            if at < size and (self.data[at] or rng.random() < 0.3):
                return at
        return rng.randrange(size)

    def put(self, at, raw):
        raw = raw[: len(self.data) - at]
        self.data[at : at + len(raw)] = raw
        self.touched.append(at)

    def bit(self):
        at = self.place()
        self.put(at, bytes([self.data[at] ^ 1 << self.rng.randrange(8)]))

    def edge(self):
        self.put(self.place(), bytes([self.rng.choice(EDGES)]))

    def step(self):
        at = self.place()
        self.put(at, bytes([self.data[at] + self.rng.choice((-1, 1)) & 0xFF]))

    def small(self):
        self.put(self.place(), bytes([self.rng.randrange(32)]))

    def any(self):
        self.put(self.place(), bytes([self.rng.randrange(256)]))

    def address(self):
        """Where a word of 8 bytes is an address of a structure, another one."""
        places = [at for at in range(0, len(self.data) - 8, 8) if struct.unpack_from("<Q", self.data, at)[0] in self.base.starts]
        if places:
            self.put(self.rng.choice(places), struct.pack("<Q", self.rng.choice(self.base.starts)))

    def copied(self):
        """A part of a structure over the same part of another one of its kind."""
        kinds = [some for some in self.base.alike.values() if len(some) > 1]
        if kinds:
            a, b = self.rng.sample(self.rng.choice(kinds), 2)
            at, size = self.rng.randrange(0, 64, 4), self.rng.choice((2, 4, 8, 16, 32, 64))
            if b + at < len(self.data):
                self.put(b + at, bytes(self.data[a + at : a + at + size]))

    def swapped(self):
        size = self.rng.choice((1, 2, 4, 8))
        a = self.place() // size * size
        b = min(len(self.data) - size, max(0, a + size * self.rng.randrange(-8, 9)))
        a = min(a, len(self.data) - size)
        x, y = bytes(self.data[a : a + size]), bytes(self.data[b : b + size])
        self.put(a, y)
        self.put(b, x)

    def summed(self, checksum):
        """Gives the structures that were touched the checksums of what they hold now."""
        for at, length in self.base.spans:
            if any(at <= t < at + length for t in self.touched):
                # One buffer for each structure, as one may be part of what another one spans.
                sum_of = checksum(bytes(self.data[at : at + length]), 0, length)
                struct.pack_into("<I", self.data, at + length, sum_of)

    def mutant(self, checksum):
        rng = self.rng
        if rng.random() < 0.03:
            end = rng.choice(self.base.starts + [len(self.data)]) - rng.randrange(64)
            return bytes(self.data[: max(8, end)])
        kinds = (self.bit, self.edge, self.step, self.small, self.any, self.address, self.copied, self.swapped)
        for _ in range(rng.choice((1, 1, 1, 2, 2, 3, 4))):
            rng.choices(kinds, (4, 4, 4, 3, 2, 1, 1, 1))[0]()
        if rng.random() < 0.75:
            self.summed(checksum)
        return bytes(self.data)
