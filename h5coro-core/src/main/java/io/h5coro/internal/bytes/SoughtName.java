// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.bytes;

import io.h5coro.model.StoredText;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A name that is looked up: the bytes that it may have in a file, the likeliest first. Immutable.
 *
 * @param text for messages, and what the name that is found is shown as
 * @param candidates what the stored bytes may be; empty when no stored name has this text
 */
public record SoughtName(String text, List<StoredText> candidates) {
    /** A byte in hexadecimal, as {@link DistinctTexts} shows it. */
    private static final Pattern ESCAPE = Pattern.compile("\\\\x([0-9a-fA-F]{2})");

    /** Copies the list. */
    public SoughtName {
        candidates = List.copyOf(candidates);
    }

    /**
     * A name as a user states it: its UTF-8 bytes; else its ISO 8859-1 bytes; else the bytes in which each {@code \xb0}
     * is one. The latter two only where they are not UTF-8, which would have another text. A lone surrogate U+DC80 to
     * U+DCFF stands for one byte: {@link StoredText#exact()}. Example: "Temp\xb0" is looked for as these eight
     * characters first, then as "Temp" and the byte 0xb0.
     */
    public static SoughtName typed(String text) {
        List<StoredText> candidates = new ArrayList<>(1);
        byte[] utf8 = utf8(text);
        if (utf8 != null) {
            candidates.add(StoredText.of(utf8));
        }
        if (text.chars().allMatch(c -> c <= 0xff)) {
            addUnlessUtf8(candidates, text);
            if (ESCAPE.matcher(text).find()) {
                addUnlessUtf8(candidates, ESCAPE.matcher(text).replaceAll(SoughtName::escaped));
            }
        }
        return new SoughtName(text, candidates);
    }

    /** A name of exactly these bytes, given as {@link StoredText#exact()}. */
    public static SoughtName stored(String exact) {
        List<StoredText> candidates = typed(exact).candidates();
        return new SoughtName(candidates.get(0).text(), candidates.subList(0, 1));
    }

    /** The result of the first candidate that has one. */
    public <T> Optional<T> first(Function<StoredText, Optional<T>> find) {
        for (StoredText candidate : candidates) {
            Optional<T> found = find.apply(candidate);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static void addUnlessUtf8(List<StoredText> candidates, String bytes) {
        StoredText candidate = StoredText.of(bytes.getBytes(StandardCharsets.ISO_8859_1));
        if (!candidate.isUtf8()) {
            candidates.add(candidate);
        }
    }

    private static String escaped(MatchResult escape) {
        return Matcher.quoteReplacement(Character.toString(Integer.parseInt(escape.group(1), 16)));
    }

    /** The bytes of a text with lone surrogates for single bytes; null when it has others. */
    private static byte @Nullable [] utf8(String text) {
        if (text.chars().noneMatch(c -> Character.isSurrogate((char) c))) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            if (c >= 0xdc80 && c <= 0xdcff) {
                bytes.write(c & 0xff);
            } else if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
                return null;
            } else {
                bytes.writeBytes(Character.toString(c).getBytes(StandardCharsets.UTF_8));
            }
        }
        return bytes.toByteArray();
    }
}
