// SPDX-License-Identifier: Apache-2.0
package io.h5coro.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.h5coro.storage.StorageException;
import io.h5coro.storage.StorageException.Kind;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class S3LocationTest {
    @ParameterizedTest
    @CsvSource({
        "s3://bucket/key.h5, key.h5",
        "s3://bucket/a/b//c/, a/b//c/",
        "s3://bucket//a, /a",
        "S3://bucket/a b, a b",
        "s3://bucket/a%20b, a%20b",
        "s3://bucket/a+b#c?d=e&f, a+b#c?d=e&f"
    })
    void takesRawTextLetterByLetter(String text, String key) throws Exception {
        S3Location location = S3Location.parse(text);
        assertEquals(new S3Location("bucket", key), location);
        assertEquals(location, S3Location.of(location.toUri()));
        // What may be a query, though it is none here, is not shown.
        String shown = key.contains("?") ? key.substring(0, key.indexOf('?')) + "..." : key;
        assertEquals("s3://bucket/" + shown, location.toString());
    }

    @ParameterizedTest
    @CsvSource({
        "s3://bucket/a%20b, a b",
        "s3://bucket/a+b, a+b",
        "s3://bucket/a%2Bb%23c%3Fd%25e%2Ff, a+b#c?d%e/f",
        "s3://bucket/%C3%A4/ä, ä/ä",
        "s3://my_old.Bucket/x, x"
    })
    void decodesUris(String uri, String key) throws Exception {
        assertEquals(key, S3Location.of(URI.create(uri)).key());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "s3://bucket/a?versionId=1",
                "s3://bucket/a#b",
                "s3://bucket/%FF",
                "s3://bucket",
                "s3://bucket/",
                "s3:///key",
                "s3:bucket/key",
                "https://bucket/key",
                "s3://-b/key",
                "s3://MYKEY:MYSECRET@bucket/key"
            })
    void refusesOtherUrisAndRepeatsNoSecret(String uri) {
        StorageException failure = assertThrows(StorageException.class, () -> S3Location.of(URI.create(uri)));
        assertEquals(Kind.INVALID, failure.kind());
        assertFalse(String.valueOf(failure.getMessage()).contains("MYSECRET"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "s3://", "s3://b", "s3://bucket", "s3://bucket/", "/tmp/x.h5", "s3://ID:MYSECRET@b/k"})
    void refusesOtherText(String text) {
        StorageException failure = assertThrows(StorageException.class, () -> S3Location.parse(text));
        assertEquals(Kind.INVALID, failure.kind());
        assertFalse(String.valueOf(failure.getMessage()).contains("MYSECRET"));
    }

    @Test
    void staysOnOneLine() {
        assertEquals("s3://bucket/a%0Ab", new S3Location("bucket", "a\nb").toString());
    }
}
