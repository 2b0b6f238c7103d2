// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode;

import io.h5coro.filter.FilterContext;
import io.h5coro.filter.Span;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One chunk as an encoder wrote it, with the hash of what was encoded. The files are written by
 * {@code testdata/make/codec_vectors.py}, which says their format.
 */
@SuppressWarnings("ArrayRecordComponent")
record CodecVector(String name, int[] clientData, int elementSize, int decodedLength, byte[] hash, byte[] encoded) {
    private static final int MAGIC = 0x31564443;
    private static final int HASH_BYTES = 16;

    /** All vectors of {@code /codecs/<codec>.vectors}; empty when there is no such file. */
    static List<CodecVector> of(String codec) {
        try (InputStream file = CodecVector.class.getResourceAsStream("/codecs/" + codec + ".vectors")) {
            return file == null ? List.of() : parse(file.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All vectors of a file's content. */
    static List<CodecVector> parse(byte[] content) {
        ByteBuffer in = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
        if (in.getInt() != MAGIC) {
            throw new IllegalStateException("not a file of vectors");
        }
        List<CodecVector> vectors = new ArrayList<>();
        while (in.hasRemaining()) {
            vectors.add(read(in));
        }
        return vectors;
    }

    private static CodecVector read(ByteBuffer in) {
        String name = new String(bytes(in, in.get() & 0xff), StandardCharsets.UTF_8);
        int[] clientData = new int[in.get() & 0xff];
        for (int i = 0; i < clientData.length; i++) {
            clientData[i] = in.getInt();
        }
        int elementSize = in.getShort() & 0xffff;
        int decodedLength = in.getInt();
        byte[] hash = bytes(in, HASH_BYTES);
        return new CodecVector(name, clientData, elementSize, decodedLength, hash, bytes(in, in.getInt()));
    }

    private static byte[] bytes(ByteBuffer in, int length) {
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }

    FilterContext context(int maximumLength) {
        return new FilterContext(clientData, elementSize, decodedLength, maximumLength);
    }

    /** Whether these are the bytes that were encoded. */
    boolean matches(Span decoded) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(decoded.array(), decoded.offset(), decoded.length());
            return decoded.length() == decodedLength && Arrays.equals(hash, Arrays.copyOf(digest.digest(), HASH_BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
