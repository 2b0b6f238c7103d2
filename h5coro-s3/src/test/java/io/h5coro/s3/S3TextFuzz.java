// SPDX-License-Identifier: Apache-2.0
package io.h5coro.s3;

import io.h5coro.storage.StorageException;
import io.h5coro.storage.StorageOptions;
import io.h5coro.storage.object.ContentRange;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Fuzz target: any text as a location in S3, as properties, and as a Content-Range. What is refused is a
 * {@link StorageException} without a secret in it; what is taken says itself as a URI that is taken back.
 */
public final class S3TextFuzz {
    private static final List<String> SECRETS =
            List.of("aws_secret_access_key", "secretAccessKey", "aws_session_token");
    private static final int SECRET_LENGTH = 12;

    private S3TextFuzz() {}

    /** What fuzzing starts from. */
    public static List<byte[]> seeds() {
        return Stream.of(
                        "s3://bucket/a/b%20c.h5",
                        "S3://b_u.c-ket//x?y#z",
                        "s3://bucket/\u00e9\ud83d\ude00",
                        "bytes 0-99/1000",
                        "bytes 5-9/*",
                        "bytes */77",
                        "annon=True\nregion=eu-west-1",
                        "profile=x y",
                        "aws_access_key_id=ID\naws_secret_access_key=SECRETSECRET\naws_session_token=TOKEN",
                        "accessKeyId=ID\nsecretAccessKey=SECRET\nendpoint=http://localhost:9000\npath_style=on",
                        "role=arn:aws:iam::1:role/x",
                        "aws_secret_acess_key=SECRETSECRETSECRET")
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    /** One input. */
    public static void fuzzerTestOneInput(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        location(text);
        range(text);
        properties(text);
    }

    private static void location(String text) {
        try {
            S3Location location = S3Location.parse(text);
            if (!S3Location.of(location.toUri()).equals(location)) {
                throw new IllegalStateException(location + " becomes another one as a URI");
            }
            if (location.toString().indexOf('\n') >= 0) {
                throw new IllegalStateException("a location of two lines");
            }
        } catch (StorageException refused) {
            // Refused.
        }
        try {
            S3Location.of(new URI(text));
        } catch (URISyntaxException | StorageException refused) {
            // Refused.
        }
    }

    private static void range(String text) {
        Optional<ContentRange> range = ContentRange.parse(text);
        if (range.isPresent()) {
            ContentRange r = range.get();
            if (r.start() < 0 || r.end() <= r.start() || r.end() > r.total().orElse(Long.MAX_VALUE)) {
                throw new IllegalStateException("no range: " + r);
            }
        }
        ContentRange.sizeOfUnsatisfied(text);
    }

    private static void properties(String text) {
        Map<String, String> properties = new TreeMap<>();
        for (String line : text.split("\n", 12)) {
            int equals = line.indexOf('=');
            if (equals >= 0) {
                properties.put(line.substring(0, equals), line.substring(equals + 1));
            }
        }
        try {
            S3Options options = S3Properties.read(StorageOptions.none().withAll(properties));
            keepsSecrets(properties, options.toString());
        } catch (StorageException refused) {
            if (refused.kind() != StorageException.Kind.INVALID) {
                throw new IllegalStateException("refused as " + refused.kind(), refused);
            }
            keepsSecrets(properties, String.valueOf(refused.getMessage()));
        }
    }

    private static void keepsSecrets(Map<String, String> properties, String shown) {
        for (String name : SECRETS) {
            String secret = properties.getOrDefault(name, "");
            // The name of an unknown option is shown.
            boolean isName = properties.keySet().stream().anyMatch(key -> key.contains(secret));
            if (secret.length() >= SECRET_LENGTH && !isName && shown.contains(secret)) {
                throw new IllegalStateException("a message shows a secret");
            }
        }
    }
}
