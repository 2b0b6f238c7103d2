// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.file;

import io.h5coro.cli.report.UsageException;
import io.h5coro.storage.SignedUrls;
import io.h5coro.storage.StorageException;
import io.h5coro.storage.StorageOptions;
import io.h5coro.storage.Storages;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Options that say how a storage is reached. Confined to one thread. */
public final class StorageArguments {
    private static final String HEADER = "header";

    /** In a dump these have their value behind '='; alone they are options of h5dump's, which take none. */
    public static final Set<String> H5DUMPS = Set.of(HEADER, "region");

    /**
     * An option without a value: an object of which the server says at each request that it is another is read all the
     * same.
     */
    static final String ALLOW_CHANGING = "allow-changing";

    private static final Map<String, String> TEXTS = Map.of(
            "endpoint", "endpoint",
            "region", "region",
            "profile", "profile",
            "timeout", "total_timeout",
            "retries", "retries",
            "user-agent", "user_agent");
    private static final Map<String, String> FLAGS = Map.of(
            "anonymous",
            "anon",
            "path-style",
            "path_style",
            "requester-pays",
            "requester_pays",
            ALLOW_CHANGING,
            StorageOptions.ALLOW_CHANGING);
    private static final Set<String> OTHERS = Set.of("storage", "bearer-token-env", HEADER, UrlCommand.OPTION);

    private StorageOptions options = StorageOptions.none();

    /** The names of all options. */
    public static Set<String> names() {
        Set<String> names = new java.util.TreeSet<>(TEXTS.keySet());
        names.addAll(FLAGS.keySet());
        names.addAll(OTHERS);
        return names;
    }

    /** Whether an option of this name is followed by its value. */
    public static boolean takesValue(String name) {
        return TEXTS.containsKey(name) || OTHERS.contains(name);
    }

    /** Takes an option; false when it is none of these. */
    public boolean take(String name, @Nullable String value) {
        String key = TEXTS.get(name);
        if (key != null) {
            options = options.with(key, value(name, value));
            return true;
        }
        String flag = FLAGS.get(name);
        if (flag != null) {
            options = options.with(flag, value == null ? "true" : value);
            return true;
        }
        switch (name) {
            case "storage" -> property(value(name, value));
            case HEADER -> header(value(name, value));
            case "bearer-token-env" -> token(value(name, value));
            case UrlCommand.OPTION ->
                options = options.with(SignedUrls.class, SignedUrls.by(UrlCommand.parse(value(name, value))));
            default -> {
                return false;
            }
        }
        return true;
    }

    private void property(String text) {
        int equals = text.indexOf('=');
        if (equals <= 0) {
            throw new UsageException("option --storage is KEY=VALUE; a '=' is missing");
        }
        options = options.with(text.substring(0, equals), text.substring(equals + 1));
    }

    private void header(String text) {
        int equals = text.indexOf('=');
        if (equals <= 0) {
            throw new UsageException("option --header is NAME=VALUE; a '=' is missing");
        }
        options = options.with("header." + text.substring(0, equals).strip(), text.substring(equals + 1));
    }

    private void token(String variable) {
        String token = System.getenv(variable);
        if (token == null || token.isEmpty()) {
            // Not repeated: it may be the token itself.
            throw new UsageException("the environment variable that --bearer-token-env names is not set");
        }
        options = options.with("bearer_token", token);
    }

    private static String value(String name, @Nullable String value) {
        if (value == null || value.isEmpty()) {
            throw new UsageException("option --" + name + " needs an argument");
        }
        return value;
    }

    /**
     * The options taken so far.
     *
     * @throws UsageException when one is none that a storage knows
     */
    public StorageOptions options() {
        try {
            Storages.requireUsable(options);
        } catch (StorageException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
        return options;
    }
}
