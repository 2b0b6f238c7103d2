// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.written;

import io.h5coro.internal.bytes.Cursor;
import io.h5coro.internal.bytes.MessageBytes;
import io.h5coro.model.StoredText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/** What one seed draws: the widths of a file, and numbers that lie at the edges of their range more often than not. */
final class Draw {
    private static final int[] WIDTHS = {2, 4, 8, 16};

    private final SplittableRandom random;
    private final int offsets;
    private final int lengths;

    Draw(long seed) {
        random = new SplittableRandom(seed);
        offsets = WIDTHS[random.nextInt(4)];
        lengths = WIDTHS[random.nextInt(4)];
    }

    /** An empty structure of the file. */
    MessageBytes bytes() {
        return new MessageBytes(offsets, lengths);
    }

    int offsets() {
        return offsets;
    }

    int lengths() {
        return lengths;
    }

    Cursor.Origin origin() {
        return bytes().origin();
    }

    boolean flag() {
        return random.nextBoolean();
    }

    /** A number of {@code [from, to]}, each end with one chance in eight. */
    int between(int from, int to) {
        return (int) between((long) from, to);
    }

    /** A number of {@code [from, to]}, each end with one chance in eight, and small ones often where there are many. */
    long between(long from, long to) {
        long last = to - from < 0 ? Long.MAX_VALUE - 1 : Math.min(to - from, Long.MAX_VALUE - 1);
        return switch (random.nextInt(8)) {
            case 0 -> from;
            case 1 -> to;
            case 2, 3, 4 -> from + (random.nextLong(last + 1) >> (last < 64 ? 0 : random.nextInt(63)));
            default -> from + random.nextLong(last + 1);
        };
    }

    /** One of several. */
    @SafeVarargs
    final <T> T any(T... of) {
        return of[random.nextInt(of.length)];
    }

    int u8() {
        return between(0, 0xff);
    }

    int u16() {
        return between(0, 0xffff);
    }

    long u32() {
        return between(0L, 0xffff_ffffL);
    }

    int i32() {
        return (int) u32();
    }

    /** An address that is one. */
    long address() {
        return between(0L, most(offsets));
    }

    /** An address, or the undefined one. */
    long anyAddress() {
        return random.nextInt(6) == 0 ? Cursor.UNDEFINED : address();
    }

    /** A length that is one. */
    long length() {
        return between(0L, most(lengths));
    }

    /** A length, or the undefined one. */
    long anyLength() {
        return random.nextInt(6) == 0 ? Cursor.UNDEFINED : length();
    }

    /** The largest number of so many bytes that is neither undefined nor above 2^63 - 1. */
    static long most(int width) {
        return width >= 8 ? Long.MAX_VALUE : (1L << (8 * width)) - 2;
    }

    /** Bytes of any value. */
    byte[] junk(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    /** Text of ASCII or of UTF-8 without a NUL, of {@code [1, 20]} bytes. */
    StoredText name() {
        StringBuilder text = new StringBuilder();
        for (int left = between(1, 7); left > 0; left--) {
            text.appendCodePoint(random.nextInt(4) == 0 ? any(0xe4, 0x3b1, 0x20ac) : between('!', '~'));
        }
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        return StoredText.of(bytes);
    }

    /** So many of something. */
    <T> List<T> some(int from, int to, Supplier<T> one) {
        List<T> all = new ArrayList<>();
        for (int left = between(from, to); left > 0; left--) {
            all.add(one.get());
        }
        return all;
    }

    /** A cursor over bytes, for what a parser is to give. */
    Cursor cursor(byte[] bytes) {
        return Cursor.of(bytes, origin(), 0);
    }
}
