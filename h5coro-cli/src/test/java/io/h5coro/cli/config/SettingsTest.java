// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.h5coro.cli.report.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SettingsTest {
    @TempDir
    private Path home;

    private Settings settings(String text, Map<String, String> variables) throws IOException {
        Path file = home.resolve(".config/h5coro/config");
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        Map<String, String> environment = new HashMap<>(variables);
        environment.put("HOME", home.toString());
        return Settings.of(environment);
    }

    @Test
    void theFileIsInFrontOfWhatWasTypedAndVariablesGoBeforeIt() throws IOException {
        String text = "# mine\n\nindex-cache = ~/index\nendpoint=https://a.example:9000\nregion = eu-west-1\n";
        Settings settings = settings(text, Map.of("H5CORO_REGION", "us-west-2", "H5CORO_DATA_CACHE", "/d:20G"));
        assertEquals(
                List.of(
                        "ls",
                        "--index-cache=" + home + "/index",
                        "--data-cache=/d:20G",
                        "--endpoint=https://a.example:9000",
                        "--region=us-west-2",
                        "s3://b/x.h5",
                        "--region",
                        "eu-north-1"),
                settings.applied(List.of("ls", "s3://b/x.h5", "--region", "eu-north-1")));
        assertEquals(
                List.of("doctor", "a.h5"), settings.applied(List.of("doctor", "a.h5")), "it has no caches, nor S3");
        assertEquals(List.of("help", "ls"), settings.applied(List.of("help", "ls")));
    }

    @Test
    void variablesOfAwsGoBeforeTheFile() throws IOException {
        String text = "region = eu-west-1\nendpoint = http://a\nprofile = p\n";
        Map<String, String> aws = Map.of("AWS_REGION", "x", "AWS_ENDPOINT_URL", "http://b", "AWS_PROFILE", "q");
        assertEquals(List.of("ls", "s3://b/x"), settings(text, aws).applied(List.of("ls", "s3://b/x")));
    }

    @ParameterizedTest
    @CsvSource({
        "nsidc:ATL03/a.h5, s3://bucket/some/ATL03/a.h5",
        "nsidc:/a.h5::/gt1l, s3://bucket/some/a.h5::/gt1l",
        "nsidc:, s3://bucket/some",
        "deep:a.h5, s3://bucket/deep/a.h5",
        "other:a.h5, other:a.h5",
        "./nsidc:a.h5, ./nsidc:a.h5",
        "nsidc::/x, nsidc::/x"
    })
    void anAliasIsTheBeginningOfALocation(String word, String location) throws IOException {
        Settings settings = settings("nsidc: = s3://bucket/some\ndeep: = s3://bucket/deep/\n", Map.of());
        assertEquals(List.of("ls", "-r", location), settings.applied(List.of("ls", "-r", word)));
    }

    @Test
    void whatIsServedHasItsNameInFrontOfTheLocation() throws IOException {
        Settings settings = settings("nsidc: = s3://bucket/some\nregion = eu-west-1\n", Map.of());
        assertEquals(
                List.of("serve", "--region=eu-west-1", "a=s3://b/", "c=/data", "--port=1"),
                settings.applied(List.of("serve", "a=s3://b/", "c=/data", "--port=1")));
        assertEquals(
                List.of("serve", "--region=eu-west-1", "ice=s3://bucket/some/x/"),
                settings.applied(List.of("serve", "ice=nsidc:x/")));
        assertEquals(List.of("serve", "c=/data"), settings.applied(List.of("serve", "c=/data")));
    }

    @Test
    void whatIsBehindAnOptionIsNoLocation() throws IOException {
        List<String> line = List.of("cat", "-d", "al:x", "--header", "al:y", "--index-cache", "al:z");
        assertEquals(line, settings("al: = s3://b\n", Map.of()).applied(line));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "index_cache = /x | :1: unknown key 'index_cache'; did you mean index-cache?; an alias ends with a"
                        + " colon",
                "color = yes | :1: color is auto, always or never, not 'yes'",
                "data-cache = /x:5X | :1: '5X' is not a size; one is a number and K, M, G or T, as in DIR:20G",
                "endpoint = ftp://a | :1: the endpoint is no http or https address",
                "endpoint = https://me:secret@a | :1: the endpoint has a user or a password, which do not belong here",
                "region = a b | :1: 'a b' is not a region",
                "region | :1: a line is KEY = VALUE; a '=' is missing",
                "region = | :1: region has no value",
                "s3: = x | :1: 's3:' is no name of an alias, which has two letters or more and is no scheme"
            })
    void aMistakeIsNamedWithItsLine(String line, String message) {
        UsageException e = assertThrows(UsageException.class, () -> settings(line + "\n", Map.of()));
        assertEquals(home + "/.config/h5coro/config" + message, e.getMessage());
    }

    @Test
    void aMistakeInAVariableIsNamedWithIt() {
        UsageException e = assertThrows(UsageException.class, () -> Settings.of(Map.of("H5CORO_COLOR", "blue")));
        assertEquals("H5CORO_COLOR: color is auto, always or never, not 'blue'", e.getMessage());
    }

    @Test
    void withoutAFileNothingIsSet() {
        assertEquals(Map.of(), Settings.of(Map.of("HOME", home.toString())).values());
        assertEquals(
                home.resolve("h5coro/config"),
                Settings.of(Map.of("XDG_CONFIG_HOME", home.toString())).file());
        assertEquals(
                Path.of("other"), Settings.of(Map.of("H5CORO_CONFIG", "other")).file());
    }
}
