// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.indexcache;

import io.h5coro.internal.indexcache.StoredRanges.Piece;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * What is known of one version of one object, and how it stands in a file. Numbers are big-endian.
 *
 * <pre>
 * "H5COROIX" format(4)=1   SHA-256 of the object's identity(32)   bytes of the version(4) version   size of the
 *                          object(8)
 * number of ranges(4)   range: offset(8) length(4)   the bytes of all ranges   SHA-256 of all that is before(32)
 * </pre>
 *
 * @param version the strong version of the object
 * @param sizeBytes size of the object
 * @param ranges metadata of it, all inside of it
 */
record IndexEntry(String version, long sizeBytes, StoredRanges ranges) {
    private static final byte[] MAGIC = "H5COROIX".getBytes(StandardCharsets.US_ASCII);

    /**
     * An entry of another number is ignored and overwritten; there is nothing to convert, since it can be learnt again.
     */
    private static final int FORMAT = 1;

    /** Bytes of a SHA-256. */
    static final int HASH_BYTES = 32;

    /** Offset and length of a range. */
    private static final int RANGE_BYTES = 12;

    /** Longer than any ETag: servers refuse headers of 8 KiB. */
    private static final int LONGEST_VERSION = 8 << 10;

    /** Bytes of an entry beside versions and ranges. */
    private static final int FRAME_BYTES = MAGIC.length + 4 + HASH_BYTES + 4 + 8 + 4 + HASH_BYTES;

    /** The same with a version of any length. */
    static final int MOST_FRAME_BYTES = FRAME_BYTES + LONGEST_VERSION;

    /**
     * Name of the file for an object; tells nothing of it.
     *
     * @param identity what the storage calls the object
     * @return 64 hexadecimal digits and the extension
     */
    static String fileName(String identity) {
        return hex(identity) + ".h5index";
    }

    /** The SHA-256 of a text in hexadecimal digits. */
    static String hex(String text) {
        return HexFormat.of().formatHex(hash(text));
    }

    /** Whether an entry of this version would be read again. Each character takes at most three bytes in UTF-8. */
    static boolean isUsable(String version) {
        return version.length() <= LONGEST_VERSION / 3;
    }

    /**
     * The contents of the file.
     *
     * @param identity of the object; only its hash is written
     */
    byte[] toBytes(String identity) {
        byte[] text = version.getBytes(StandardCharsets.UTF_8);
        List<Piece> pieces = ranges.pieces();
        long length = FRAME_BYTES + text.length + (long) RANGE_BYTES * pieces.size() + ranges.totalBytes();
        ByteBuffer out = ByteBuffer.allocate(Math.toIntExact(length));
        out.put(MAGIC).putInt(FORMAT).put(hash(identity));
        out.putInt(text.length).put(text).putLong(sizeBytes).putInt(pieces.size());
        pieces.forEach(piece -> out.putLong(piece.offset()).putInt(piece.bytes().length));
        pieces.forEach(piece -> out.put(piece.bytes()));
        out.put(sha256(out.array(), out.position()));
        return out.array();
    }

    /**
     * The entry in the contents of a file; empty unless they are exactly what {@link #toBytes} makes for that object.
     */
    static Optional<IndexEntry> parse(byte[] content, String identity) {
        int end = content.length - HASH_BYTES;
        if (content.length < FRAME_BYTES
                || !Arrays.equals(sha256(content, end), Arrays.copyOfRange(content, end, content.length))) {
            return Optional.empty();
        }
        ByteBuffer in = ByteBuffer.wrap(content, 0, end);
        boolean ours = Arrays.equals(take(in, MAGIC.length), MAGIC)
                && in.getInt() == FORMAT
                && Arrays.equals(take(in, HASH_BYTES), hash(identity));
        int text = ours ? in.getInt() : -1;
        if (text < 0 || text > LONGEST_VERSION || text > in.remaining() - 8 - 4) {
            return Optional.empty();
        }
        try {
            String version = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(take(in, text)))
                    .toString();
            return ranges(in, version, in.getLong());
        } catch (CharacterCodingException notText) {
            return Optional.empty();
        }
    }

    /** A correct checksum says who wrote it, not that the writer was right: every number is checked all the same. */
    private static Optional<IndexEntry> ranges(ByteBuffer in, String version, long sizeBytes) {
        int count = in.getInt();
        if (count < 0 || count > in.remaining() / RANGE_BYTES) {
            return Optional.empty();
        }
        long[] offsets = new long[count];
        int[] lengths = new int[count];
        long last = -1;
        long total = 0;
        for (int i = 0; i < count; i++) {
            offsets[i] = in.getLong();
            lengths[i] = in.getInt();
            if (offsets[i] <= last || lengths[i] <= 0 || offsets[i] > sizeBytes - lengths[i]) {
                return Optional.empty();
            }
            last = offsets[i] + lengths[i];
            total += lengths[i];
        }
        if (total != in.remaining()) {
            return Optional.empty();
        }
        List<Piece> pieces = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            pieces.add(new Piece(offsets[i], take(in, lengths[i])));
        }
        return Optional.of(new IndexEntry(version, sizeBytes, StoredRanges.of(pieces)));
    }

    static byte[] take(ByteBuffer in, int length) {
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }

    static byte[] hash(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return sha256(bytes, bytes.length);
    }

    static byte[] sha256(byte[] bytes, int length) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(bytes, 0, length);
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
