// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.config;

import io.h5coro.cli.file.CacheFolders;
import io.h5coro.cli.report.UsageException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What can be set. */
public enum Key {
    /** Folder of metadata. */
    INDEX_CACHE("index-cache"),
    /** Folder of data, and its size. */
    DATA_CACHE("data-cache"),
    /** Of S3. */
    ENDPOINT("endpoint"),
    /** Of S3. */
    REGION("region"),
    /** Of S3. */
    PROFILE("profile"),
    /** When there are colours. */
    COLOR("color"),
    /** What shows long text. */
    PAGER("pager");

    private static final List<String> WHEN = List.of("auto", "always", "never");

    private final String text;

    Key(String text) {
        this.text = text;
    }

    /** Returns the name in the file, which is that of the option. */
    public String text() {
        return text;
    }

    /** Returns the name of its variable in the environment. */
    String variable() {
        return "H5CORO_" + name();
    }

    static Optional<Key> of(String text) {
        return Arrays.stream(values()).filter(key -> key.text.equals(text)).findFirst();
    }

    static List<String> names() {
        return Arrays.stream(values()).map(Key::text).toList();
    }

    /** Returns whether it says how S3 is reached. */
    boolean isOfStorage() {
        return this == ENDPOINT || this == REGION || this == PROFILE;
    }

    /** Returns whether it is the folder of a cache. */
    boolean isOfCaches() {
        return this == INDEX_CACHE || this == DATA_CACHE;
    }

    /**
     * Returns what is wrong with a value; empty when nothing is. Says nothing of the value where it may be a secret.
     *
     * @param value not empty
     */
    Optional<String> mistake(String value) {
        return switch (this) {
            case INDEX_CACHE, DATA_CACHE -> folderMistake(value);
            case ENDPOINT -> endpointMistake(value);
            case REGION ->
                value.matches("[A-Za-z0-9-]{1,64}") ? Optional.empty() : Optional.of("'" + value + "' is not a region");
            case COLOR ->
                WHEN.contains(value) ? Optional.empty() : Optional.of("color is auto, always or never, not '" + value + "'");
            case PROFILE, PAGER -> Optional.empty();
        };
    }

    private Optional<String> folderMistake(String value) {
        CacheFolders folders = new CacheFolders();
        folders.take(text, value);
        try {
            folders.builder();
            return Optional.empty();
        } catch (UsageException e) {
            return Optional.of(String.valueOf(e.getMessage()).replace("option --" + text + ": ", ""));
        }
    }

    private static Optional<String> endpointMistake(String value) {
        try {
            URI uri = new URI(value);
            String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
            if (uri.getRawUserInfo() != null) {
                return Optional.of("the endpoint has a user or a password, which do not belong here");
            }
            if ((scheme.equals("http") || scheme.equals("https")) && uri.getHost() != null) {
                return Optional.empty();
            }
        } catch (URISyntaxException e) {
            // Said below.
        }
        return Optional.of("the endpoint is no http or https address");
    }
}
