// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.report;

import java.util.Map;

/** The options that stand for calls of the library, which messages of the library name. Pure. */
public final class OptionNames {
    public static final String ALLOW_TRUNCATED = "allow-truncated";
    public static final String ALLOW_UNCLOSED = "allow-unclosed";

    private static final Map<String, String> OPTIONS = Map.of(
            "ReadOptions.allowTruncated", "--" + ALLOW_TRUNCATED,
            "ReadOptions.allowUnclosed", "--" + ALLOW_UNCLOSED,
            "StorageOptions allow_changing", "--allow-changing",
            "StorageOptions.allowChanging", "--allow-changing",
            "can be read as anonymous", "can be read with --anonymous",
            "ReadOptions.fileDriver", "dump's option --filedriver",
            "HttpOptions.indexPages reads", "--storage index_pages=true reads",
            " (ReadOptions.linkDepth)", "");

    private OptionNames() {}

    static String inPlaceOfCalls(String message) {
        String text = message;
        for (Map.Entry<String, String> option : OPTIONS.entrySet()) {
            text = text.replace(option.getKey(), option.getValue());
        }
        return text;
    }
}
