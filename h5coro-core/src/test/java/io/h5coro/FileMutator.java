// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import io.h5coro.storage.ByteRange;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;

/**
 * Damages a file the way that storage, software and ill will do. Only bytes that somebody reads are changed. What comes
 * out follows from the seed alone. Confined to one thread.
 */
final class FileMutator {
    /** What was done to a file. */
    enum Damage {
        /** One to three bits are flipped. */
        FLIPPED_BITS,
        /** A number of 1, 2, 4 or 8 bytes becomes the largest or nearly the largest one. */
        ENLARGED,
        /** A byte becomes zero, one, or one more or less than it was. */
        OFF_BY_ONE,
        /** What could be an address becomes another one of the file: loops, and structures in the place of others. */
        ANOTHER_ADDRESS,
        /** Up to 64 bytes are zero. */
        ZEROED,
        /** The file ends at, right before or right behind what could be the start of a structure. */
        TRUNCATED
    }

    private static final byte[][] LARGE = {
        {-1},
        {0x7f},
        {(byte) 0x80},
        {-1, -1},
        {-1, 0x7f},
        {-1, -1, -1, -1},
        {-1, -1, -1, 0x7f},
        {0, 0, 0, 0x40},
        {-1, -1, -1, -1, -1, -1, -1, -1},
        {-1, -1, -1, -1, -1, -1, -1, 0x7f},
        {-2, -1, -1, -1, -1, -1, -1, -1},
        {0, 0, 0, 0, 1, 0, 0, 0},
        {0, 0, 0, 0, 0, 0, 0, 0x40}
    };

    private final byte[] file;
    private final List<ByteRange> read;
    private final int[] addressesAt;
    private final int[] boundaries;
    private final Random random;

    /**
     * A source of damaged files.
     *
     * @param file the sound one, which is not changed
     * @param read what of it is read
     */
    FileMutator(byte[] file, List<ByteRange> read, long seed) {
        this.file = file;
        this.read = read;
        this.random = new Random(seed);
        TreeSet<Integer> places = new TreeSet<>();
        TreeSet<Integer> targets = new TreeSet<>();
        for (ByteRange range : read) {
            targets.add((int) range.offset());
            targets.add((int) Math.min(file.length, range.end()));
            for (int at = (int) range.offset(); at <= Math.min(file.length, range.end()) - 8; at++) {
                long value = address(at);
                if (value >= 8 && value < file.length) {
                    places.add(at);
                    targets.add((int) value);
                }
            }
        }
        addressesAt = places.stream().mapToInt(Integer::intValue).toArray();
        boundaries = targets.stream().mapToInt(Integer::intValue).toArray();
    }

    private long address(int at) {
        long value = 0;
        for (int i = 7; i >= 0; i--) {
            value = value << 8 | (file[at + i] & 0xff);
        }
        return value;
    }

    /** The file with one damage of a kind. */
    byte[] damaged(Damage damage) {
        if (damage == Damage.TRUNCATED) {
            int at = boundaries[random.nextInt(boundaries.length)] + random.nextInt(3) - 1;
            return Arrays.copyOf(file, Math.max(0, Math.min(file.length, at)));
        }
        byte[] bytes = file.clone();
        int at = place();
        switch (damage) {
            case FLIPPED_BITS -> {
                for (int i = random.nextInt(3); i >= 0; i--) {
                    bytes[at] ^= (byte) (1 << random.nextInt(8));
                    at = place();
                }
            }
            case ENLARGED -> put(bytes, at, LARGE[random.nextInt(LARGE.length)]);
            case OFF_BY_ONE ->
                bytes[at] = (byte) List.of(0, 1, bytes[at] + 1, bytes[at] - 1)
                        .get(random.nextInt(4))
                        .intValue();
            case ANOTHER_ADDRESS -> anotherAddress(bytes);
            default -> Arrays.fill(bytes, at, Math.min(bytes.length, at + 1 + random.nextInt(64)), (byte) 0);
        }
        return bytes;
    }

    private int place() {
        ByteRange range = read.get(random.nextInt(read.size()));
        long length = Math.min(range.end(), file.length) - range.offset();
        return (int) range.offset() + random.nextInt((int) length);
    }

    private static void put(byte[] bytes, int at, byte[] value) {
        System.arraycopy(value, 0, bytes, at, Math.min(value.length, bytes.length - at));
    }

    private void anotherAddress(byte[] bytes) {
        if (addressesAt.length > 0) {
            int at = addressesAt[random.nextInt(addressesAt.length)];
            long target = boundaries[random.nextInt(boundaries.length)];
            for (int i = 0; i < 8; i++) {
                bytes[at + i] = (byte) (target >>> 8 * i);
            }
        }
    }
}
