// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.file;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that say how the storage is reached. */
final class StorageMixin {
    @Option(names = "--endpoint", paramLabel = "URL", description = "S3: another server than Amazon's.")
    private @Nullable String endpoint;

    @Option(names = "--region", paramLabel = "R", description = "S3: the region.")
    private @Nullable String region;

    @Option(names = "--profile", paramLabel = "P", description = "S3: the profile with credentials.")
    private @Nullable String profile;

    @Option(names = "--anonymous", description = "S3: without credentials.")
    private boolean anonymous;

    @Option(names = "--path-style", description = "S3: the bucket is part of the path.")
    private boolean pathStyle;

    @Option(names = "--requester-pays", description = "S3: the caller pays.")
    private boolean requesterPays;

    @Option(names = "--bearer-token-env", paramLabel = "NAME", description = "HTTP: environment variable with a token.")
    private @Nullable String tokenVariable;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            description = "HTTP, S3: how long one range may take with all its repeats, 300 s unless set. A server that"
                    + " never answers is asked three times, for attempt_timeout (30 s) each.")
    private @Nullable String timeout;

    @Option(
            names = "--retries",
            paramLabel = "N",
            description = "HTTP, S3: how often a request is sent again, 7 unless set.")
    private @Nullable String retries;

    @Option(
            names = "--header",
            paramLabel = "NAME=VALUE",
            description = "HTTP, S3: a header of each request; may be repeated.")
    private List<String> headers = new ArrayList<>();

    @Option(
            names = "--user-agent",
            paramLabel = "TEXT",
            description = "HTTP, S3: how the command names itself to servers.")
    private @Nullable String userAgent;

    @Option(names = "--" + UrlCommand.OPTION, paramLabel = "CMD", description = UrlCommand.HELP)
    private @Nullable String urlCommand;

    @Option(names = "--storage", paramLabel = "KEY=VALUE", description = "Any other option of the storage.")
    private List<String> properties = new ArrayList<>();

    private PlainLine plain = PlainLine.EMPTY;

    /** Takes the options of a line that was parsed without picocli. */
    void take(PlainLine line) {
        plain = line;
    }

    StorageArguments arguments() {
        StorageArguments all = new StorageArguments();
        plain.flags().stream().filter(flag -> flag.startsWith("--")).forEach(flag -> all.take(flag.substring(2), null));
        plain.options().forEach(option -> all.take(option.name(), option.value()));
        text(all, "endpoint", endpoint);
        text(all, "region", region);
        text(all, "profile", profile);
        text(all, "bearer-token-env", tokenVariable);
        text(all, "timeout", timeout);
        text(all, "retries", retries);
        text(all, "user-agent", userAgent);
        text(all, UrlCommand.OPTION, urlCommand);
        headers.forEach(header -> all.take("header", header));
        flag(all, "anonymous", anonymous);
        flag(all, "path-style", pathStyle);
        flag(all, "requester-pays", requesterPays);
        properties.forEach(property -> all.take("storage", property));
        return all;
    }

    private static void text(StorageArguments all, String name, @Nullable String value) {
        if (value != null) {
            all.take(name, value);
        }
    }

    private static void flag(StorageArguments all, String name, boolean set) {
        if (set) {
            all.take(name, null);
        }
    }
}
