// SPDX-License-Identifier: Apache-2.0
package io.h5coro.bench;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.Deflater;

/** Chunks of values like those of a granule, the same in each run. */
final class KernelValues {
    /** Elements of a chunk. */
    static final int ELEMENTS = 100_000;

    private KernelValues() {}

    static byte[] named(String name) {
        return switch (name) {
            case "heights" -> heights();
            case "times" -> times();
            case "classes" -> classes();
            case "shuffled times" -> shuffled(times(), 8);
            default -> throw new IllegalArgumentException(name);
        };
    }

    /** Floats of 4 bytes. */
    private static byte[] heights() {
        Random random = new Random(2);
        ByteBuffer bytes = ByteBuffer.allocate(ELEMENTS * 4).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < ELEMENTS; i++) {
            bytes.putFloat((float) (2500 + 200 * Math.sin(i / 7e4) + 3 * random.nextGaussian()));
        }
        return bytes.array();
    }

    /** Floats of 8 bytes that rise. */
    private static byte[] times() {
        Random random = new Random(3);
        ByteBuffer bytes = ByteBuffer.allocate(ELEMENTS * 8).order(ByteOrder.LITTLE_ENDIAN);
        double time = 5e7;
        for (int i = 0; i < ELEMENTS; i++) {
            time -= Math.log(1 - random.nextDouble()) * 1e-4;
            bytes.putDouble(time);
        }
        return bytes.array();
    }

    /** Numbers of 1 byte, five of them. */
    private static byte[] classes() {
        Random random = new Random(4);
        byte[] bytes = new byte[ELEMENTS * 5];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (random.nextInt(5) - 1);
        }
        return bytes;
    }

    /** Random bytes of elements of a size. */
    static byte[] noise(int size) {
        byte[] bytes = new byte[ELEMENTS * size];
        new Random(1).nextBytes(bytes);
        return bytes;
    }

    private static byte[] shuffled(byte[] plain, int size) {
        byte[] planes = new byte[plain.length];
        int count = plain.length / size;
        for (int i = 0; i < plain.length; i++) {
            planes[i % size * count + i / size] = plain[i];
        }
        return planes;
    }

    static byte[] deflated(byte[] plain) {
        Deflater deflater = new Deflater(6);
        deflater.setInput(plain);
        deflater.finish();
        byte[] packed = new byte[plain.length + 1000];
        int length = deflater.deflate(packed);
        deflater.end();
        return Arrays.copyOf(packed, length);
    }
}
