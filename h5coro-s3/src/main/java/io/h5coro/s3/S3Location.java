// SPDX-License-Identifier: Apache-2.0
package io.h5coro.s3;

import io.h5coro.storage.LocationText;
import io.h5coro.storage.StorageException;
import io.h5coro.storage.StorageException.Kind;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One object in S3: a bucket and a key. Immutable.
 *
 * <p>There are two text forms, which differ where a key has a percent sign:
 *
 * <ul>
 *   <li>A <em>raw</em> string, {@link #parse(String)}: everything after the bucket's slash is the key, character by
 *       character, as the tools of the object stores take it. {@code s3://b/a%20b} is a key of five characters.
 *   <li>A {@link URI}, {@link #of(URI)}: the path is percent-decoded as UTF-8; {@code s3://b/a%20b} is the key
 *       {@code a b}. A plus sign is a plus sign. A question mark or hash must be escaped, since in a URI they end the
 *       path.
 * </ul>
 *
 * @param bucket name of the bucket (or alias of an access point): letters, digits, {@code .}, {@code _} and {@code -}
 * @param key the key, not escaped, not empty; may start with a slash
 */
public record S3Location(String bucket, String key) {
    private static final String SCHEME = "s3";

    /** Wider than today's naming rules (3 to 63, no capitals): old buckets have such names. */
    private static final Pattern BUCKET = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{1,254}");

    /**
     * Checks the parts.
     *
     * @throws IllegalArgumentException when the bucket is no bucket name or the key is empty
     */
    public S3Location {
        if (!BUCKET.matcher(bucket).matches()) {
            throw new IllegalArgumentException("not a bucket name");
        }
        if (key.isEmpty()) {
            throw new IllegalArgumentException("the key is empty");
        }
    }

    /**
     * Parses a raw string {@code s3://bucket/key}.
     *
     * @throws StorageException of kind {@link Kind#INVALID} when it has another form
     */
    public static S3Location parse(String text) throws StorageException {
        String start = SCHEME + "://";
        if (!text.regionMatches(true, 0, start, 0, start.length())) {
            throw malformed("it does not start with " + start);
        }
        int slash = text.indexOf('/', start.length());
        String bucket = text.substring(start.length(), slash < 0 ? text.length() : slash);
        return checked(bucket, slash < 0 ? "" : text.substring(slash + 1));
    }

    /**
     * Parses a URI {@code s3://bucket/key}, and percent-decodes the key.
     *
     * @throws StorageException of kind {@link Kind#INVALID} when it has another form, has a query or a fragment, or its
     *     escapes are not UTF-8
     */
    public static S3Location of(URI uri) throws StorageException {
        return checked(bucket(uri), key(uri));
    }

    /** Returns the decoded key of a URI; empty when it names a bucket alone. */
    static String key(URI uri) throws StorageException {
        @Nullable String path = uri.getRawPath();
        return path == null || path.isEmpty() ? "" : decode(path.substring(1));
    }

    /**
     * Returns the bucket of a URI.
     *
     * @throws StorageException as {@link #of}
     */
    static String bucket(URI uri) throws StorageException {
        if (!SCHEME.equalsIgnoreCase(uri.getScheme()) || uri.isOpaque()) {
            throw malformed("it does not start with " + SCHEME + "://");
        }
        if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw malformed("it has a query or a fragment; in a key write ? as %3F and # as %23");
        }
        @Nullable String bucket = uri.getRawAuthority();
        return checkedBucket(bucket == null ? "" : bucket);
    }

    /** Returns the URI from which {@link #of(URI)} makes this location. */
    public URI toUri() {
        try {
            return new URI(SCHEME, bucket, "/" + key, null, null);
        } catch (URISyntaxException e) {
            throw new IllegalStateException("a checked location makes a URI", e);
        }
    }

    /** Returns the raw form up to a question mark, for messages. Control characters are escaped, so it is one line. */
    @Override
    public String toString() {
        return shown(bucket, key);
    }

    /** Returns the raw form of a key, or of a beginning of keys, for messages. */
    static String shown(String bucket, String key) {
        StringBuilder out = new StringBuilder();
        LocationText.shown(SCHEME + "://" + bucket + "/" + key).codePoints().forEach(letter -> {
            if (Character.isISOControl(letter) || letter == 0x2028 || letter == 0x2029) {
                out.append(String.format(Locale.ROOT, "%%%02X", letter));
            } else {
                out.appendCodePoint(letter);
            }
        });
        return out.toString();
    }

    private static S3Location checked(String bucket, String key) throws StorageException {
        String named = checkedBucket(bucket);
        if (key.isEmpty()) {
            throw new StorageException(Kind.INVALID, "s3://" + bucket + "/ names a bucket; the key is missing");
        }
        return new S3Location(named, key);
    }

    private static String checkedBucket(String bucket) throws StorageException {
        if (!BUCKET.matcher(bucket).matches()) {
            // The text is not repeated: with s3://id:secret@bucket it would hold a credential.
            throw malformed(
                    bucket.isEmpty()
                            ? "the bucket is missing"
                            : "the name of a bucket has 3 to 63 letters, digits, dots and hyphens, and starts with a "
                                    + "letter"
                                    + " or digit");
        }
        return bucket;
    }

    private static StorageException malformed(String why) {
        return new StorageException(Kind.INVALID, "not an s3://bucket/key: " + why);
    }

    private static String decode(String text) throws StorageException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
        int letter;
        for (int i = 0; i < text.length(); i += Character.charCount(letter)) {
            letter = text.codePointAt(i);
            if (letter == '%') {
                // java.net.URI has checked that two hexadecimal digits follow.
                bytes.write(Integer.parseInt(text, i + 1, i + 3, 16));
                i += 2;
            } else {
                bytes.writeBytes(Character.toString(letter).getBytes(StandardCharsets.UTF_8));
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw malformed("the escapes of its key are not UTF-8");
        }
    }
}
