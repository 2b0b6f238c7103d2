// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Fuzz target: any text as a location that a person types, and as the name of another file that a file states. The
 * former is a path, a URI or a {@link URISyntaxException}, with wildcards or without; the latter never leads out of the
 * folder.
 */
public final class LocationTextFuzz {
    private static final List<String> BASES =
            List.of("https://h.example/a/b/f.h5?q=1", "s3://bucket/a/b/f.h5", "/a/b/f.h5");
    private static final List<String> FOLDERS = List.of("https://h.example/a/b/", "s3://bucket/a/b/", "/a/b/");

    private LocationTextFuzz() {}

    /** What fuzzing starts from. */
    public static List<byte[]> seeds() {
        return Stream.of(
                        "https://h.example/a%20b?x=y#z",
                        "s3://bucket/a b%20c#d",
                        "file:///a b.h5",
                        "file:/x",
                        "C:\\x\\y.h5",
                        "run:7.h5",
                        "../up.h5",
                        "/absolute/name.h5",
                        "sub/dir/x.h5",
                        "sub\\..\\x.h5",
                        "%2e%2e/x.h5",
                        "http://[::1]:80/x",
                        "..",
                        "a/./b//c",
                        "s3://bucket/2026/**/ATL03_{2026,2027}*_[!a-c]?.h5",
                        "file:///a%2Ab/[x-z]*",
                        "https://h/a\\*{b,{c,d}}[]]",
                        "\u00e9\ud83d\ude00.h5")
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    /** One input. */
    public static void fuzzerTestOneInput(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        Optional<String> scheme = LocationText.scheme(text);
        if (scheme.isPresent()) {
            try {
                URI uri = LocationText.toUri(scheme.get(), text);
                if (!scheme.get().equalsIgnoreCase(uri.getScheme())) {
                    throw new IllegalStateException("another scheme: " + uri);
                }
            } catch (URISyntaxException refused) {
                // Refused.
            }
        }
        glob(text);
        for (int i = 0; i < BASES.size(); i++) {
            sibling(BASES.get(i), FOLDERS.get(i), text);
        }
    }

    /** A location is plain or has wildcards. What a part of it is without wildcards, that it matches. */
    private static void glob(String text) {
        try {
            Optional<String> plain = Storages.plain(text);
            if (plain.isEmpty() && Glob.folder(text).isPresent()) {
                throw new IllegalStateException("a folder with wildcards: " + text);
            }
            Glob glob = Glob.of(text);
            for (int i = 0; i < glob.size(); i++) {
                NamePattern part = glob.part(i);
                String start = part == null ? "" : part.start();
                if (part != null && part.isLiteral() && !part.matches(start)) {
                    throw new IllegalStateException("does not match itself: " + start);
                }
                if (part != null && part.matches(text) && !text.startsWith(start)) {
                    throw new IllegalStateException("matches what does not begin with " + start);
                }
            }
            boolean unused = glob.matches(0, List.of(text.split("/", -1)));
        } catch (StorageException refused) {
            // Refused.
        }
    }

    private static void sibling(String base, String folder, String name) {
        List<String> opened = new ArrayList<>();
        FileResolver files = SiblingFiles.ofLocation(base, at -> {
            opened.add(at);
            return MemoryRangeReader.of(at, new byte[0]);
        });
        try {
            files.open(name);
            files.within(name).open("inner.h5");
        } catch (StorageException refused) {
            // Refused.
        }
        for (String at : opened) {
            String below = at.startsWith(folder) ? at.substring(folder.length()) : "..";
            boolean web = base.startsWith("https:");
            if (Arrays.asList(below.split("[/\\\\]", -1)).contains("..")
                    || (web && !URI.create(at).normalize().toString().startsWith(folder))) {
                throw new IllegalStateException("'" + name + "' beside " + base + " leads to " + at);
            }
        }
    }
}
