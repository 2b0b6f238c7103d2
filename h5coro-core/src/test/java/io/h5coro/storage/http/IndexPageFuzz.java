// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage.http;

import io.h5coro.storage.StorageException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Fuzz target: any bytes as the index page of a folder. Every entry is an address directly in the folder, whatever
 * resolves it.
 */
public final class IndexPageFuzz {
    private static final URI FOLDER = URI.create("https://host.net:8443/data/%C3%A4/");
    private static final String TITLE = "<title>Index of /</title>";

    private IndexPageFuzz() {}

    /** What fuzzing starts from. */
    public static List<byte[]> seeds() {
        return Stream.of(
                        "<a href=\"x.h5\">x.h5</a>    29-Nov-2026 18:38      12345\n",
                        "<td><a href=\"x.h5\">x..&gt;</a></td><td>2026-11-29 18:38  </td><td> 12 </td></tr>",
                        "<a href=\"sub/\">sub/</a>  29-Nov-2026 18:38   -\n<A HREF='../'>up</A>",
                        "<a href=\"/data/%c3%a4/x.h5\">",
                        "<a href=\"https://host.net:8443/data/%C3%A4/x\">",
                        "<a href=\"..%2f..%5cx\"><a href=./run:7.h5><a href=\"x&#47;y\">",
                        "<a href=\"//evil.net/x\"><a href=\"?C=N;O=D\"><a href=\"x&amp;y%00\">")
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    /** One input. */
    public static void fuzzerTestOneInput(byte[] input) {
        String page = TITLE + new String(input, StandardCharsets.ISO_8859_1);
        Map<String, IndexPage.Entry> entries;
        try {
            entries = IndexPage.parse("fuzz", page.getBytes(StandardCharsets.ISO_8859_1), new IndexLinks(FOLDER));
        } catch (StorageException refused) {
            return;
        }
        entries.forEach((name, entry) -> {
            String location = FOLDER + entry.link();
            String resolved = FOLDER.resolve(URI.create(location)).normalize().toString();
            int slash = name.indexOf('/');
            boolean isName = !name.isEmpty() && (slash < 0 || slash == name.length() - 1) && slash != 0;
            boolean leads = resolved.equals(location)
                    && resolved.length() > FOLDER.toString().length();
            if (!isName || !leads || name.startsWith("../") || name.equals("..") || name.indexOf('\\') >= 0) {
                throw new IllegalStateException("the entry '" + name + "' leads to " + location);
            }
        });
    }
}
