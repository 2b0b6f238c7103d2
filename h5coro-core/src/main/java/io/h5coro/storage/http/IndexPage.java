// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage.http;

import io.h5coro.storage.StorageException;
import io.h5coro.storage.StorageException.Kind;
import io.h5coro.storage.StorageListing;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Parses the page with which Apache, nginx and their like list a folder. Pure; takes time linear in the page.
 *
 * <p>Only links to what is directly in the folder count. Links to sort the page, to the parent folder, to other hosts
 * and to anything else are left out.
 *
 * <pre>
 * nginx   &lt;a href="x.h5"&gt;x.h5&lt;/a&gt;    29-Nov-2026 18:38      12345
 * Apache  &lt;a href="x.h5"&gt;x.h5&lt;/a&gt;    2026-11-29 18:38   12K
 * </pre>
 *
 * <p>Times have no zone, so they are not used. A size counts where it has all its digits.
 */
final class IndexPage {
    /** Entries of one page. A folder of more is not for listing over HTTP: its page alone would be 15 MB. */
    static final int MOST_ENTRIES = 100_000;

    /** Longer than a link to a name of 255 bytes, all of them escaped, in a deep folder. */
    private static final int MOST_TAG = 8_192;

    /** More than date and size of an entry take. */
    private static final int MOST_DETAILS = 512;

    /** Where the heading of a page is. */
    private static final int HEADING = 1 << 14;

    /** What stands in a text for bytes that are no UTF-8. */
    private static final char UNKNOWN = '\uFFFD';

    private static final Pattern TITLE = Pattern.compile(
            "<(?:title|h1)[^<>]{0,200}>\\s{0,200}(?:index of|directory listing for)", Pattern.CASE_INSENSITIVE);
    private static final Pattern HREF = Pattern.compile(
            "\\shref\\s{0,9}=\\s{0,9}(?:\"([^\"]*)\"|'([^']*)'|([^\\s\"'>]+))", Pattern.CASE_INSENSITIVE);
    private static final Pattern TAG = Pattern.compile("<[^<>]*>");
    private static final Pattern DETAILS = Pattern.compile(
            "\\s*(?:\\d{2}-[A-Za-z]{3}-\\d{4}|\\d{4}-\\d{2}-\\d{2}) \\d{2}:\\d{2}(?::\\d{2})?"
                    + "\\s+(\\d{1,18})(?:[\\s&].*)?",
            Pattern.DOTALL);

    private final String source;
    /** The letters are bytes. */
    private final String text;

    private final IndexLinks links;
    private final TreeMap<String, Entry> entries = new TreeMap<>(StorageListing.order());

    /**
     * An entry of the page.
     *
     * @param link the last part of its address, escaped; a slash behind it for a folder
     * @param sizeBytes empty where the page does not say it exactly
     */
    record Entry(String link, OptionalLong sizeBytes) {}

    private IndexPage(String source, byte[] page, IndexLinks links) {
        this.source = source;
        this.text = new String(page, StandardCharsets.ISO_8859_1);
        this.links = links;
    }

    /**
     * Returns the entries of a page by name, with a slash behind the names of folders, in the order of listings. A name
     * that is no UTF-8 has its link behind it.
     *
     * @param source names the folder in messages
     * @param links finds out what links lead to
     * @throws StorageException of kind {@code PROTOCOL} when it is not such a page or has too many entries
     */
    static Map<String, Entry> parse(String source, byte[] page, IndexLinks links) throws StorageException {
        IndexPage index = new IndexPage(source, page, links);
        index.parse();
        return index.entries;
    }

    private void parse() throws StorageException {
        String heading = text.substring(0, Math.min(HEADING, text.length()));
        if (!TITLE.matcher(heading).find()) {
            throw new StorageException(
                    Kind.PROTOCOL, source + ": is no index page of a web server (its title is not 'Index of ...')");
        }
        for (int open = text.indexOf('<'); open >= 0; open = text.indexOf('<', open + 1)) {
            if (isAnchor(open)) {
                int close = text.indexOf('>', open);
                if (close < 0) {
                    return;
                }
                if (close - open <= MOST_TAG) {
                    link(text.substring(open, close), close + 1);
                }
                open = close;
            }
        }
    }

    private boolean isAnchor(int open) {
        return open + 2 < text.length()
                && Character.toLowerCase(text.charAt(open + 1)) == 'a'
                && Character.isWhitespace(text.charAt(open + 2));
    }

    private void link(String tag, int behind) throws StorageException {
        Matcher href = HREF.matcher(tag);
        if (!href.find()) {
            return;
        }
        String written = href.group(1) != null ? href.group(1) : href.group(2) != null ? href.group(2) : href.group(3);
        Optional<IndexLinks.Target> target = links.target(written);
        if (target.isPresent() && !entries.containsKey(key(target.get()))) {
            if (entries.size() == MOST_ENTRIES) {
                throw new StorageException(
                        Kind.PROTOCOL, source + ": the index page has more than " + MOST_ENTRIES + " entries");
            }
            entries.put(key(target.get()), new Entry(target.get().link(), size(behind)));
        }
    }

    /** Names in another encoding than UTF-8 are alike in our text, so their links tell them apart. */
    private static String key(IndexLinks.Target target) {
        return target.name().indexOf(UNKNOWN) < 0 ? target.name() : target.name() + target.link();
    }

    /** Reads what follows the name of an entry, up to the next one. */
    private OptionalLong size(int from) {
        String rest = text.substring(from, Math.min(text.length(), from + MOST_DETAILS));
        int end = rest.indexOf("</a>");
        if (end < 0) {
            return OptionalLong.empty();
        }
        String details = rest.substring(end + "</a>".length()).split("\n|<a |</tr", 2)[0];
        Matcher found = DETAILS.matcher(TAG.matcher(details).replaceAll(" "));
        return found.matches() ? OptionalLong.of(Long.parseLong(found.group(1))) : OptionalLong.empty();
    }
}
