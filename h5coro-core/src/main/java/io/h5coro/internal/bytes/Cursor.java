// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.bytes;

import io.h5coro.error.MalformedFileException;
import io.h5coro.error.UnsupportedFeatureException;
import io.h5coro.error.Where;
import io.h5coro.model.StoredText;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A forward reader of little-endian structure bytes that knows where in which source they are. Every read is checked
 * against the end; running over it is a malformed file, never an index error. Confined to one task.
 */
public final class Cursor {
    /** What {@link #address()}-sized fields give for "undefined": all bits set in the file's own width. */
    public static final long UNDEFINED = -1;

    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /** Shared by all cursors made of this one, and never written. */
    private final byte[] bytes;

    /** First byte; offsets of {@link #seek} and {@link #part} count from it. */
    private final int start;

    /** Behind the last byte. Invariant: {@code start <= at <= end <= bytes.length}. */
    private final int end;

    private final Origin origin;

    /** Position in the source of the byte at {@code start}, for messages. */
    private final long startAddress;

    /** Index of the next byte in {@code bytes}. */
    private int at;

    /**
     * What all cursors of one file share.
     *
     * @param source the file, for messages
     * @param sizeOfOffsets bytes of an address: 2, 4, 8 (or 16, whose upper half must be zero)
     * @param sizeOfLengths bytes of a length: likewise
     * @param addresses what stored addresses mean
     */
    public record Origin(String source, int sizeOfOffsets, int sizeOfLengths, AddressMap addresses) {
        /** A file whose stored addresses are those of its one address space. */
        public Origin(String source, int sizeOfOffsets, int sizeOfLengths) {
            this(source, sizeOfOffsets, sizeOfLengths, AddressMap.SAME);
        }
    }

    /** Reads {@code bytes[start, end)}, whose first byte stands at {@code address} of the source. */
    public Cursor(byte[] bytes, int start, int end, Origin origin, long address) {
        this.bytes = bytes;
        this.start = start;
        this.end = end;
        this.origin = origin;
        this.startAddress = address;
        this.at = start;
    }

    /** Reads all of {@code bytes}. */
    public static Cursor of(byte[] bytes, Origin origin, long address) {
        return new Cursor(bytes, 0, bytes.length, origin, address);
    }

    /** The source and the widths. */
    public Origin origin() {
        return origin;
    }

    /** Address in the source of the next byte. */
    public long position() {
        return startAddress + (at - start);
    }

    /** Number of bytes read so far. */
    public int offset() {
        return at - start;
    }

    /** Number of bytes left. */
    public int remaining() {
        return end - at;
    }

    /**
     * Continues at a number of bytes from the start.
     *
     * @return this cursor
     * @throws MalformedFileException when the offset is outside of the bytes; their end is inside
     */
    public Cursor seek(int offset) {
        if (offset < 0 || offset > end - start) {
            throw malformed("structure refers to its byte " + offset + " of " + (end - start));
        }
        at = start + offset;
        return this;
    }

    /** Passes over bytes. */
    public Cursor skip(int count) {
        at = take(count) + count;
        return this;
    }

    /** Unsigned 8-bit number. */
    public int u8() {
        int i = take(1);
        at = i + 1;
        return bytes[i] & 0xff;
    }

    /** Unsigned 16-bit number. */
    public int u16() {
        int i = take(2);
        at = i + 2;
        return (short) SHORT.get(bytes, i) & 0xffff;
    }

    /** Unsigned 32-bit number. */
    public long u32() {
        int i = take(4);
        at = i + 4;
        return Integer.toUnsignedLong((int) INT.get(bytes, i));
    }

    /** 32 bits as they are. */
    public int i32() {
        int i = take(4);
        at = i + 4;
        return (int) INT.get(bytes, i);
    }

    /** 64 bits as they are. */
    public long i64() {
        int i = take(8);
        at = i + 8;
        return (long) LONG.get(bytes, i);
    }

    /** An unsigned number of 0 to 8 bytes; the bits as they are when it has 8. */
    public long unsigned(int width) {
        if (width < 0 || width > 8) {
            throw malformed("number of " + width + " bytes, expected at most 8");
        }
        int i = take(width);
        long value = 0;
        for (int k = width - 1; k >= 0; k--) {
            value = value << 8 | (bytes[i + k] & 0xff);
        }
        at = i + width;
        return value;
    }

    /**
     * An address in the file's width, relative to the base address; {@link #UNDEFINED} for all ones.
     *
     * @throws MalformedFileException when it is above 2^63 - 1, or in no file of several
     */
    public long address() {
        return wide(origin.sizeOfOffsets(), "address", origin.addresses());
    }

    /**
     * A length in the file's width; {@link #UNDEFINED} for all ones.
     *
     * @throws MalformedFileException when it is above 2^63 - 1
     */
    public long length() {
        return wide(origin.sizeOfLengths(), "length", AddressMap.SAME);
    }

    /**
     * Reads an address or a length. Example: in a file of 4-byte addresses {@code ff ff ff ff} is undefined, and
     * {@code fe ff ff ff} the address 4294967294.
     *
     * @param width 2, 4, 8 or 16 bytes, of which those behind the eighth have to be zeros, or ones with all others
     */
    private long wide(int width, String what, AddressMap map) {
        int low = Math.min(width, 8);
        int first = at;
        long value = unsigned(low);
        boolean ones = low == 8 ? value == -1 : value == (1L << (8 * low)) - 1;
        if (width > 8) {
            long high = unsigned(width - 8);
            ones &= high == (width == 16 ? -1 : (1L << (8 * (width - 8))) - 1);
            if (!ones && high != 0) {
                throw malformed(what + " above 2^63 - 1");
            }
        }
        if (ones) {
            return UNDEFINED;
        }
        long place = map.place(value);
        if (place < 0) {
            at = first;
            String problem = map == AddressMap.SAME ? " is above 2^63 - 1" : " lies in none of the files";
            throw malformed(what + " 0x" + Long.toHexString(value) + problem);
        }
        return place;
    }

    /** A copy of the next bytes. */
    public byte[] bytes(int count) {
        int i = take(count);
        at = i + count;
        return Arrays.copyOfRange(bytes, i, i + count);
    }

    /**
     * The next bytes as a cursor of their own; this one passes over them. The bytes are shared, not copied; so are
     * those of {@link #part} and {@link #copy}.
     */
    public Cursor slice(int count) {
        int i = take(count);
        at = i + count;
        return new Cursor(bytes, i, i + count, origin, startAddress + (i - start));
    }

    /** A cursor over the same bytes that starts where this one started. */
    public Cursor copy() {
        return new Cursor(bytes, start, end, origin, startAddress);
    }

    /** All text that is left, cut at the first NUL if there is one. */
    public StoredText storedRest() {
        return storedText(remaining());
    }

    /** {@link #storedRest()} as text. */
    public String rest() {
        return storedRest().text();
    }

    /**
     * Bytes counted from the start of this cursor, as a cursor of their own; this one does not move, so it may be
     * shared.
     */
    public Cursor part(int offset, int count) {
        if (offset < 0 || count < 0 || offset > end - start - count) {
            throw malformed("structure refers to its bytes " + offset + " to " + ((long) offset + count) + " of "
                    + (end - start));
        }
        return new Cursor(bytes, start + offset, start + offset + count, origin, startAddress + offset);
    }

    /** Bytes up to a NUL (which is passed over); malformed when there is none before the end. */
    public StoredText storedNulTerminated() {
        for (int i = at; i < end; i++) {
            if (bytes[i] == 0) {
                StoredText text = StoredText.of(Arrays.copyOfRange(bytes, at, i));
                at = i + 1;
                return text;
            }
        }
        throw malformed("text without a NUL before the end of its structure");
    }

    /** {@link #storedNulTerminated()} as text. */
    public String nulTerminated() {
        return storedNulTerminated().text();
    }

    /** A fixed number of bytes, cut at the first NUL if there is one. */
    public StoredText storedText(int count) {
        int i = take(count);
        at = i + count;
        int stop = i;
        while (stop < i + count && bytes[stop] != 0) {
            stop++;
        }
        return StoredText.of(Arrays.copyOfRange(bytes, i, stop));
    }

    /** {@link #storedText(int)} as text. */
    public String text(int count) {
        return storedText(count).text();
    }

    /** Passes over a signature of ASCII letters. */
    public Cursor signature(String expected) {
        int first = at;
        String found = new String(bytes(expected.length()), StandardCharsets.ISO_8859_1);
        if (!found.equals(expected)) {
            at = first;
            throw malformed("signature " + printable(found) + ", expected " + expected);
        }
        return this;
    }

    /** Whether the next bytes are these ASCII letters; passes over nothing. */
    public boolean startsWith(String letters) {
        if (remaining() < letters.length()) {
            return false;
        }
        for (int i = 0; i < letters.length(); i++) {
            if (bytes[at + i] != (byte) letters.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Reads a version byte that must lie in {@code [min, max]}.
     *
     * @throws UnsupportedFeatureException for another version, since a later library may have written it
     */
    public int version(String structure, int min, int max) {
        long address = position();
        int found = u8();
        if (found < min || found > max) {
            throw new UnsupportedFeatureException(
                    new Where(origin.source(), null, address),
                    structure + " version " + found + " (known: " + min + (min == max ? "" : " to " + max) + ")");
        }
        return found;
    }

    /**
     * Reads a 4-byte checksum and compares it with that of all bytes from the start of this cursor to here. The cursor
     * has to start at the first byte of the structure: a slice that starts later gives another sum.
     *
     * @param verify false only reads it
     * @throws MalformedFileException when they differ
     */
    public void checksum(boolean verify, String structure) {
        int covered = offset();
        int expected = i32();
        if (verify) {
            int found = Lookup3.hash(bytes, start, covered);
            if (found != expected) {
                throw new MalformedFileException(
                        new Where(origin.source(), null, startAddress),
                        structure + " has checksum 0x" + Integer.toHexString(found) + " over its " + covered
                                + " bytes, the file says 0x" + Integer.toHexString(expected));
            }
        }
    }

    /** A malformed file at the next byte. */
    public MalformedFileException malformed(String problem) {
        return new MalformedFileException(new Where(origin.source(), null, position()), problem);
    }

    /** A valid but unsupported feature at the next byte. */
    public UnsupportedFeatureException unsupported(String feature) {
        return new UnsupportedFeatureException(new Where(origin.source(), null, position()), feature);
    }

    /**
     * Checks that so many bytes are left.
     *
     * @return the index of the first of them; the cursor does not move
     */
    private int take(int count) {
        if (count < 0 || count > end - at) {
            throw malformed("structure ends " + (end - at) + " bytes from here, " + count + " more expected");
        }
        return at;
    }

    /** For messages: what is no printable ASCII letter as {@code \xNN}. */
    private static String printable(String found) {
        StringBuilder text = new StringBuilder("'");
        for (int i = 0; i < found.length(); i++) {
            char c = found.charAt(i);
            text.append(c >= 32 && c < 127 ? String.valueOf(c) : String.format("\\x%02x", (int) c));
        }
        return text.append('\'').toString();
    }
}
