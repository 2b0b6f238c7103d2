// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.report;

import java.util.Map;

/** The options that stand for calls of the library, which messages of the library name. Pure. */
public final class OptionNames {
    public static final String ALLOW_TRUNCATED = "allow-truncated";
    public static final String ALLOW_UNCLOSED = "allow-unclosed";

    private static final Map<String, String> OPTIONS = Map.ofEntries(
            Map.entry("ReadOptions.allowTruncated", "--" + ALLOW_TRUNCATED),
            Map.entry("ReadOptions.allowUnclosed", "--" + ALLOW_UNCLOSED),
            Map.entry("StorageOptions allow_changing", "--allow-changing"),
            Map.entry("StorageOptions.allowChanging", "--allow-changing"),
            Map.entry("can be read as anonymous", "can be read with --anonymous"),
            Map.entry("HttpOptions.indexPages reads", "--storage index_pages=true reads"),
            Map.entry("ReadOptions.fileDriver", "dump's option --filedriver"),
            Map.entry(" (ReadOptions.linkDepth)", ""),
            Map.entry("option total_timeout of the storage", "option --timeout"),
            Map.entry("option retries of the storage", "option --retries"));

    private OptionNames() {}

    /** Returns a message that names options of the command where it named those of the library. */
    public static String inPlaceOfCalls(String message) {
        String text = message;
        for (Map.Entry<String, String> option : OPTIONS.entrySet()) {
            text = text.replace(option.getKey(), option.getValue());
        }
        return text;
    }
}
