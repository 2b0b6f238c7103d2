// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.datacache;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * One version of one object, by hashes that tell nothing of either.
 *
 * @param object 64 hexadecimal digits, the SHA-256 of the object's identity
 * @param version the same of its strong version and size
 */
record ObjectKey(String object, String version) {
    /** Hexadecimal digits of a version in names of files; the whole hash stands in the files. */
    private static final int SHORT_DIGITS = 16;

    /**
     * The key of a version.
     *
     * @param identity what the storage calls the object
     */
    static ObjectKey of(String identity, String strongVersion, long sizeBytes) {
        return new ObjectKey(object(identity), hex(sizeBytes + " " + strongVersion));
    }

    /** The key of an object, whatever its version. */
    static String object(String identity) {
        return hex(identity);
    }

    /** What names of files hold of the version. */
    String shortVersion() {
        return version.substring(0, SHORT_DIGITS);
    }

    /** 32 bytes that stand in the files. */
    byte[] digest() {
        return sha256(object + version);
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(sha256(text));
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
