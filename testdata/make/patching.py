# SPDX-License-Identifier: Apache-2.0
"""Changes in place to forms that libhdf5 reads and no longer writes. 8-byte offsets and lengths, no user block."""

import struct


def lookup3(data):
    """Bob Jenkins' hashlittle with initial value 0, the checksum of HDF5 metadata."""
    mask = 0xFFFFFFFF
    rot = lambda x, k: ((x << k) | (x >> (32 - k))) & mask
    a = b = c = (0xDEADBEEF + len(data)) & mask
    left, at = len(data), 0
    while left > 12:
        x, y, z = struct.unpack_from("<III", data, at)
        a, b, c = (a + x) & mask, (b + y) & mask, (c + z) & mask
        a = (a - c) & mask ^ rot(c, 4)
        c = (c + b) & mask
        b = (b - a) & mask ^ rot(a, 6)
        a = (a + c) & mask
        c = (c - b) & mask ^ rot(b, 8)
        b = (b + a) & mask
        a = (a - c) & mask ^ rot(c, 16)
        c = (c + b) & mask
        b = (b - a) & mask ^ rot(a, 19)
        a = (a + c) & mask
        c = (c - b) & mask ^ rot(b, 4)
        b = (b + a) & mask
        left, at = left - 12, at + 12
    if left == 0:
        return c
    x, y, z = struct.unpack("<III", bytes(data[at:]).ljust(12, b"\0"))
    a, b, c = (a + x) & mask, (b + y) & mask, (c + z) & mask
    c = ((c ^ b) - rot(b, 14)) & mask
    a = ((a ^ c) - rot(c, 11)) & mask
    b = ((b ^ a) - rot(a, 25)) & mask
    c = ((c ^ b) - rot(b, 16)) & mask
    a = ((a ^ c) - rot(c, 4)) & mask
    b = ((b ^ a) - rot(a, 14)) & mask
    c = ((c ^ b) - rot(b, 24)) & mask
    return c


class Patch:
    def __init__(self, path):
        self.path = path
        self.data = bytearray(open(path, "rb").read())

    def save(self):
        open(self.path, "wb").write(self.data)

    def messages_v1(self, header):
        """(position of the 8-byte message header, type, body size) of a version 1 object header."""
        assert self.data[header] == 1
        size = struct.unpack_from("<I", self.data, header + 8)[0]
        blocks = [(header + 16, size)]
        for start, length in blocks:
            at = start
            while at < start + length:
                kind, body = struct.unpack_from("<HH", self.data, at)
                if kind == 0x10:
                    blocks.append(struct.unpack_from("<QQ", self.data, at + 8))
                yield at, kind, body
                at += 8 + body

    def message(self, header, kind):
        return next((at + 8, body) for at, k, body in self.messages_v1(header) if k == kind)

    def remove_message(self, header, kind):
        self.retype_message(header, kind, 0)

    def retype_message(self, header, kind, other):
        at, _ = self.message(header, kind)
        struct.pack_into("<H", self.data, at - 8, other)
        self.data[at - 8 + 4] = 0

    def rebuild_v1(self, header, change):
        """Moves a version 1 header to the end of the file with changed messages and repoints what names it.

        change: (type, flags, body) -> body, or (type, flags, body). Continuations are folded in."""
        out = []
        for at, kind, size in self.messages_v1(header):
            if kind in (0x00, 0x10):
                continue
            flags, body = self.data[at + 4], bytes(self.data[at + 8 : at + 8 + size])
            changed = change(kind, flags, body)
            kind, flags, body = changed if isinstance(changed, tuple) else (kind, flags, changed)
            body = body.ljust(-(-len(body) // 8) * 8, b"\0")
            out.append(struct.pack("<HHB3x", kind, len(body), flags) + body)
        block = b"".join(out)
        prefix = struct.pack("<BxHII4x", 1, len(out), struct.unpack_from("<I", self.data, header + 4)[0], len(block))
        self.move_to_end(header, prefix + block)

    def move_to_end(self, old, content):
        """Appends a header and lets the symbol table entries or links that name the old one name it."""
        self.data += bytes(-len(self.data) % 8)
        was, now = struct.pack("<Q", old), struct.pack("<Q", len(self.data))
        places = list(self.symbol_table_addresses()) if self.data[8] < 2 else self.everywhere(was)
        places = [at for at in places if self.data[at : at + 8] == was]
        assert places, "nothing names the header at %d" % old
        for at in places:
            self.data[at : at + 8] = now
        self.data += content
        self.set_end()

    def symbol_table_addresses(self):
        node = self.data.find(b"SNOD")
        while node >= 0:
            for i in range(struct.unpack_from("<H", self.data, node + 6)[0]):
                yield node + 8 + 40 * i + 8
            node = self.data.find(b"SNOD", node + 4)

    def everywhere(self, what):
        at = self.data.find(what)
        while at >= 0:
            yield at
            at = self.data.find(what, at + 8)

    def set_end(self):
        """Writes the file's length into the superblock."""
        version = self.data[8]
        end = struct.pack("<Q", len(self.data))
        if version < 2:
            at = 40 + (4 if version == 1 else 0)
            self.data[at : at + 8] = end
        else:
            self.data[28:36] = end
            struct.pack_into("<I", self.data, 44, lookup3(self.data[:44]))

    def messages_v2(self, header):
        """(type, flags, body) of the first chunk of a version 2 header without creation order; and its prefix's length."""
        flags = self.data[header + 5]
        width = 1 << (flags & 3)
        where = header + 6 + (16 if flags & 0x20 else 0) + (4 if flags & 0x10 else 0)
        size = int.from_bytes(self.data[where : where + width], "little")
        at, end, out = where + width, where + width + size, []
        assert not flags & 4
        while at + 4 <= end:
            kind, length, mflags = struct.unpack_from("<BHB", self.data, at)
            out.append((kind, mflags, bytes(self.data[at + 4 : at + 4 + length])))
            at += 4 + length
        return out

    def rebuild_v2(self, header, change):
        """As rebuild_v1, for a version 2 header in one chunk; headers that name it get their checksums again."""
        out = b""
        for kind, mflags, body in self.messages_v2(header):
            assert kind != 0x10
            if kind == 0:
                continue
            changed = change(kind, mflags, body)
            kind, mflags, body = changed if isinstance(changed, tuple) else (kind, mflags, changed)
            out += struct.pack("<BHB", kind, len(body), mflags) + body
        content = b"OHDR" + bytes([2, 2]) + struct.pack("<I", len(out)) + out
        blocks = [(start, end) for start, _, _, end in self.headers_v2()] + list(self.continuations())
        blocks = [block for block in blocks if self.checksum_is_right(*block)]
        self.move_to_end(header, content + struct.pack("<I", lookup3(content)))
        for start, end in blocks:
            struct.pack_into("<I", self.data, end, lookup3(self.data[start:end]))

    def continuations(self):
        """(start, end before the checksum) of the continuation chunks that first chunks name."""
        for start, flags, _, end in list(self.headers_v2()):
            if not flags & 4 and self.checksum_is_right(start, end):
                for kind, _, body in self.messages_v2(start):
                    if kind == 0x10:
                        at, size = struct.unpack("<QQ", body)
                        yield at, at + size - 4

    def checksum_is_right(self, start, end):
        return end + 4 <= len(self.data) and struct.unpack_from("<I", self.data, end)[0] == lookup3(
            self.data[start:end]
        )

    def old_layout(self, header, version, dims):
        """Turns a version 3 layout message into version 1 or 2. A compact one loses its last elements: see below."""
        at, body = self.message(header, 0x08)
        old = bytes(self.data[at : at + body])
        assert old[0] == 3
        kind = old[1]
        if kind == 1:
            address = old[2:10]
            new = struct.pack("<BBB5x", version, len(dims), 1) + address + struct.pack("<%dI" % len(dims), *dims)
        elif kind == 2:
            rank = old[2]
            new = struct.pack("<BBB5x", version, rank, 2) + old[3:11] + old[11 : 11 + 4 * rank]
        else:
            new = self.old_compact(header, version, old)
        assert len(new) <= body, (len(new), body)
        self.data[at : at + body] = new.ljust(body, b"\0")

    def old_compact(self, header, version, old):
        """The old form is longer: make room by taking the last elements away, in the dataspace too."""
        size = struct.unpack_from("<H", old, 2)[0]
        space, _ = self.message(header, 0x01)
        count = struct.unpack_from("<Q", self.data, space + 8)[0]
        width = size // count
        fewer = count - -(-16 // width)
        struct.pack_into("<Q", self.data, space + 8, fewer)
        if self.data[space + 2] & 1:
            struct.pack_into("<Q", self.data, space + 16, fewer)
        return struct.pack("<BBB5xII", version, 1, 0, fewer, fewer * width) + old[4 : 4 + fewer * width]

    def dimension_member(self, header, name, count):
        """Makes a scalar member of a version 1 compound one-dimensional."""
        at, body = self.message(header, 0x03)
        assert self.data[at] >> 4 == 1 and self.data[at] & 15 == 6
        where = self.data.index(name.ljust(8, b"\0"), at, at + body) + 8
        self.data[where + 4] = 1
        struct.pack_into("<I", self.data, where + 16, count)

    def set_time_v1(self, header, seconds=1_600_000_000):
        """Fixes the modification time in a version 1 header."""
        at, _ = self.message(header, 0x12)
        struct.pack_into("<I", self.data, at + 4, seconds)
        self.save()

    def headers_v2(self):
        """(start, flags, position of times or None, end before checksum) of each version 2 object header's first chunk."""
        at = self.data.find(b"OHDR")
        while at >= 0:
            flags = self.data[at + 5]
            width = 1 << (flags & 3)
            where = at + 6 + (16 if flags & 0x20 else 0) + (4 if flags & 0x10 else 0)
            if where + width > len(self.data):
                return
            size = int.from_bytes(self.data[where : where + width], "little")
            yield at, flags, at + 6 if flags & 0x20 else None, where + width + size
            at = self.data.find(b"OHDR", at + 4)

    def set_times(self, seconds=1_600_000_000):
        """Fixes the times in all version 2 headers, so that the script always writes the same bytes."""
        for start, _, times, end in self.headers_v2():
            if times and self.checksum_is_right(start, end):
                struct.pack_into("<4I", self.data, times, *[seconds] * 4)
                struct.pack_into("<I", self.data, end, lookup3(self.data[start:end]))
        self.save()
