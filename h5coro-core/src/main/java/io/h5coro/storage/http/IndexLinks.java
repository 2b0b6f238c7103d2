// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage.http;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds out which links of a page lead to what is directly in its folder. Pure. In the folder {@code
 * https://host/data/}:
 *
 * <pre>
 * link                     leads to
 * x.h5                     https://host/data/x.h5
 * ./run:7.h5               https://host/data/run:7.h5
 * /data/sub/               https://host/data/sub/
 * https://host/data/a%20b  https://host/data/a%20b
 * ?C=N;O=D                 nowhere: sorts the page
 * ../ or /                 nowhere: is above the folder
 * sub/x.h5                 nowhere: is in another folder
 * https://other/data/x.h5  nowhere: is on another host
 * %2e%2e%2fx or a%00b      nowhere: is no name
 * </pre>
 *
 * @param folder address of the folder; its path ends with a slash
 */
record IndexLinks(URI folder) {
    private static final String LITERAL =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$&'()*+,;=:@";
    private static final Pattern ENTITY =
            Pattern.compile("&(?:(amp|lt|gt|quot|apos)|#([0-9]{1,7})|#[xX]([0-9a-fA-F]{1,6}));");
    private static final Pattern ESCAPE = Pattern.compile("%([0-9A-Fa-f]{2})");
    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:.*", Pattern.DOTALL);
    private static final Pattern ABSOLUTE = Pattern.compile("(https?://[^/?#]+)(/.*)", Pattern.CASE_INSENSITIVE);

    /**
     * What a link leads to.
     *
     * @param name its name as it is, a slash behind that of a folder
     * @param link the same, escaped as in an address
     */
    record Target(String name, String link) {}

    /**
     * Returns what a link leads to; empty when that is not directly in the folder.
     *
     * @param written the attribute of the page, whose letters are bytes
     */
    Optional<Target> target(String written) {
        String link = withoutEntities(written).strip();
        if (link.chars().anyMatch(letter -> letter < ' ' || letter == 0x7f || letter == '?' || letter == '#')) {
            return Optional.empty();
        }
        @Nullable String relative = relative(link);
        if (relative == null) {
            return Optional.empty();
        }
        boolean isFolder = relative.endsWith("/");
        String part = isFolder ? relative.substring(0, relative.length() - 1) : relative;
        String name = decoded(part);
        boolean isName = part.indexOf('/') < 0
                && !name.isEmpty()
                && !name.equals(".")
                && !name.equals("..")
                && name.chars().noneMatch(letter -> letter == '/' || letter == '\\' || letter == 0);
        String slash = isFolder ? "/" : "";
        return isName ? Optional.of(new Target(name + slash, escaped(part) + slash)) : Optional.empty();
    }

    /** Returns a link as it follows the address of the folder; null when it is elsewhere. */
    private @Nullable String relative(String link) {
        String path = link;
        Matcher absolute = ABSOLUTE.matcher(link);
        if (absolute.matches()) {
            if (!isOwnHost(absolute.group(1))) {
                return null;
            }
            path = absolute.group(2);
        } else if (link.startsWith("./")) {
            return link.substring(2);
        } else if (SCHEME.matcher(link).matches() || link.startsWith("//")) {
            return null;
        }
        if (!path.startsWith("/")) {
            return path;
        }
        int end = path.lastIndexOf('/', path.length() - 2) + 1;
        return decoded(path.substring(0, end)).equals(decoded(folder.getRawPath())) ? path.substring(end) : null;
    }

    private boolean isOwnHost(String origin) {
        String own = folder.getScheme() + "://" + WebAddress.host(folder);
        return origin.toLowerCase(Locale.ROOT).equals(own.toLowerCase(Locale.ROOT));
    }

    private static String withoutEntities(String text) {
        return ENTITY.matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(letters(found.group(1), found.group())));
    }

    /** Returns what an entity stands for, as letters that are bytes. */
    private static String letters(@Nullable String name, String whole) {
        if (name != null) {
            return switch (name) {
                case "amp" -> "&";
                case "lt" -> "<";
                case "gt" -> ">";
                case "quot" -> "\"";
                default -> "'";
            };
        }
        boolean hexadecimal = Character.toLowerCase(whole.charAt(2)) == 'x';
        String digits = whole.substring(hexadecimal ? 3 : 2, whole.length() - 1);
        int letter = Integer.parseInt(digits, hexadecimal ? 16 : 10);
        byte[] bytes = Character.isValidCodePoint(letter)
                ? Character.toString(letter).getBytes(StandardCharsets.UTF_8)
                : new byte[1];
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /** Decodes percent escapes of a text whose letters are bytes, as UTF-8. */
    static String decoded(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
        Matcher escape = ESCAPE.matcher(text);
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '%' && escape.region(i, text.length()).lookingAt()) {
                bytes.write(Integer.parseInt(escape.group(1), 16));
                i += 2;
            } else {
                bytes.write(text.charAt(i));
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /** Escapes what an address cannot hold, byte for byte, and keeps what is escaped. */
    private static String escaped(String part) {
        StringBuilder out = new StringBuilder();
        Matcher escape = ESCAPE.matcher(part);
        for (int i = 0; i < part.length(); i++) {
            char letter = part.charAt(i);
            boolean isEscape = letter == '%' && escape.region(i, part.length()).lookingAt();
            if (isEscape || LITERAL.indexOf(letter) >= 0) {
                out.append(letter);
            } else {
                out.append(String.format(Locale.ROOT, "%%%02X", letter & 0xff));
            }
        }
        return out.toString();
    }
}
