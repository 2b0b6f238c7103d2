// SPDX-License-Identifier: Apache-2.0
package io.h5coro.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.storage.StorageException;
import io.h5coro.storage.StorageException.Kind;
import io.h5coro.storage.StorageOptions;
import io.h5coro.storage.Storages;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;

class S3PropertiesTest {
    private static S3Options read(Map<String, String> properties) throws StorageException {
        return S3Properties.read(StorageOptions.none().withAll(properties));
    }

    private static String refusal(Map<String, String> properties) {
        StorageException failure = assertThrows(StorageException.class, () -> read(properties));
        assertEquals(Kind.INVALID, failure.kind());
        return String.valueOf(failure.getMessage());
    }

    private static AwsCredentials keys(S3Options options) {
        return options.credentials().orElseThrow().resolveCredentials();
    }

    @Test
    void withoutPropertiesTheSurroundingsDecide() throws Exception {
        assertEquals(S3Options.defaults(), read(Map.of()));
        assertEquals(S3Options.defaults(), read(Map.of("bearer_token", "x", "expiration", "2026-01-01")));
    }

    @Test
    void readsWhereTheServerIs() throws Exception {
        S3Options options = read(Map.of(
                "endpoint", "http://localhost:9000",
                "region", "us-west-2",
                "path_style", "False",
                "requester_pays", "true"));
        assertEquals(Optional.of(URI.create("http://localhost:9000")), options.endpoint());
        assertEquals(Optional.of("us-west-2"), options.region());
        assertEquals(Optional.of(false), options.pathStyle());
        assertTrue(options.requesterPays());
        assertTrue(options.credentials().isEmpty());
    }

    @Test
    void readsKeysInBothSpellingsWithAndWithoutToken() throws Exception {
        AwsCredentials plain = AwsBasicCredentials.create("ID", "SECRET");
        AwsCredentials session = AwsSessionCredentials.create("ID", "SECRET", "TOKEN");
        assertEquals(plain, keys(read(Map.of("aws_access_key_id", "ID", "aws_secret_access_key", "SECRET"))));
        assertEquals(plain, keys(read(Map.of("accessKeyId", "ID", "secretAccessKey", "SECRET", "sessionToken", ""))));
        assertEquals(
                session,
                keys(read(Map.of(
                        "aws_access_key_id", "ID", "aws_secret_access_key", "SECRET", "aws_session_token", "TOKEN"))));
        assertEquals(
                session,
                keys(read(Map.of(
                        "accessKeyId",
                        "ID",
                        "secretAccessKey",
                        "SECRET",
                        "sessionToken",
                        "TOKEN",
                        "expiration",
                        "x"))));
    }

    @Test
    void equalPropertiesAreEqualOptions() throws Exception {
        Map<String, String> map = Map.of("accessKeyId", "ID", "secretAccessKey", "SECRET", "region", "r");
        assertEquals(read(map), read(map));
        assertEquals(read(map).hashCode(), read(map).hashCode());
        assertFalse(read(map).toString().contains("SECRET"));
        assertFalse(String.valueOf(read(map).credentials().orElseThrow()).contains("SECRET"));
    }

    @Test
    void takesTheIdentityInTheOrderOfH5coro() throws Exception {
        Map<String, String> keys = Map.of("accessKeyId", "ID", "secretAccessKey", "SECRET", "profile", "p");
        assertEquals(Optional.of("p"), read(keys).profile());
        S3Options role = S3Properties.read(StorageOptions.none().withAll(keys).with("role", "true"));
        assertTrue(role.profile().isEmpty() && role.credentials().isEmpty() && !role.anonymous());
        S3Options anonymous = S3Properties.read(
                StorageOptions.none().withAll(keys).with("role", "true").with("annon", "True"));
        assertTrue(anonymous.anonymous()
                && anonymous.profile().isEmpty()
                && anonymous.credentials().isEmpty());
        assertFalse(read(Map.of("anon", "False")).anonymous());
        assertTrue(read(Map.of("anon", "1")).anonymous());
    }

    @Test
    void halfAPairOfKeysIsRefused() {
        assertTrue(refusal(Map.of("aws_access_key_id", "ID")).contains("aws_secret_access_key"));
        assertTrue(refusal(Map.of("secretAccessKey", "MYSECRET")).contains("accessKeyId"));
        assertTrue(refusal(Map.of("aws_session_token", "MYSECRET")).contains("aws_access_key_id"));
    }

    @Test
    void contradictionsAreRefused() {
        assertTrue(refusal(Map.of(
                        "accessKeyId",
                        "A",
                        "secretAccessKey",
                        "B",
                        "aws_access_key_id",
                        "C",
                        "aws_secret_access_key",
                        "D"))
                .contains("differ"));
        StorageOptions both = StorageOptions.none()
                .with(S3Options.class, S3Options.defaults())
                .with("region", "us-west-2");
        assertEquals(
                Kind.INVALID,
                assertThrows(StorageException.class, () -> S3Properties.read(both))
                        .kind());
    }

    @ParameterizedTest
    @CsvSource({
        "aws_access_key, aws_access_key_id",
        "AWS_ACCESS_KEY_ID, aws_access_key_id",
        "awsSecretAccessKey, aws_secret_access_key",
        "aws_secret_acces_key, aws_secret_access_key",
        "secretaccesskey, secretAccessKey",
        "session_token, sessionToken",
        "pathStyle, path_style",
        "requesterPays, requester_pays",
        "end_point, endpoint",
        "Region, region",
        "aws_region, known are",
        "annonymous, anonymous"
    })
    void aMisspeltNameIsNotSilent(String name, String hint) {
        StorageOptions misspelt = StorageOptions.none().with(name, "MYSECRET");
        String message =
                String.valueOf(assertThrows(StorageException.class, () -> Storages.open("s3://bucket/key", misspelt))
                        .getMessage());
        assertTrue(message.contains(hint), message);
        assertFalse(message.contains("MYSECRET"), message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"anon", "path_style", "requester_pays", "role", "endpoint", "region", "accessKeyId"})
    void anUnusableValueIsRefusedAndNotRepeated(String name) {
        Map<String, String> map = new HashMap<>(Map.of("secretAccessKey", "x", "accessKeyId", "ID"));
        map.put(name, "MY SECRET?");
        String message = refusal(map);
        assertFalse(message.contains("MY SECRET"), message);
        assertTrue(message.contains(name.equals("accessKeyId") ? "accessKeyId" : "S3 option"), message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost:9000",
                "ftp://localhost",
                "http://",
                "http://id:MYSECRET@localhost",
                "http://localhost?x=MYSECRET"
            })
    void anEndpointIsAWebAddress(String endpoint) {
        String message = refusal(Map.of("endpoint", endpoint));
        assertTrue(message.contains("endpoint must be http(s)://host"), message);
        assertFalse(message.contains("MYSECRET"), message);
        StorageOptions options = StorageOptions.none().with("endpoint", endpoint);
        for (String location : List.of("/no/file.h5", "https://localhost:1/x.h5", "s3://bucket/key")) {
            StorageException failure = assertThrows(StorageException.class, () -> Storages.open(location, options));
            assertEquals(message, failure.getMessage());
        }
    }

    @Test
    void aRoleIsAFlag() {
        assertTrue(refusal(Map.of("role", "arn:aws:iam::1:role/x")).contains("profile"));
    }
}
