// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Distinguishes paths of the local file system from URIs in the locations that users type, makes valid URIs of the
 * latter, and shortens either for display. Pure.
 *
 * <pre>{@code
 * String shown = LocationText.shown("https://host/granule.h5?token=secret");
 * }</pre>
 */
public final class LocationText {
    /** At least two letters, so that {@code C:\x} is a path; with {@code //}, so that {@code run:7.h5} is one too. */
    private static final Pattern SCHEME =
            Pattern.compile("([A-Za-z][A-Za-z0-9+.-]+)://.*|(?i:(file)):.*", Pattern.DOTALL);

    private static final Set<String> WEB = Set.of("http", "https");
    private static final String UNRESERVED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    private static final String DELIMITERS = "/!$&'()*+,;=:@";

    /** What looks as if an address was meant, though it may be a path: {@code https:/x}, {@code //user@host/x}. */
    private static final Pattern NEARLY =
            Pattern.compile("([A-Za-z][A-Za-z0-9+.-]+):/.*|[^/]*//[^/]*@.*|.*://.*", Pattern.DOTALL);

    /** Scheme, user, host with port, and path of an address on the web, in a form in which each part is certain. */
    private static final Pattern CLEAR = Pattern.compile(
            "(?i)(https?)://([^/?#@\\s]*@)?((?:[a-z0-9._-]+|\\[[0-9a-f:.]+\\])(:[0-9]{0,5})?)(/[^?#]*)?(?:[?#].*)?",
            Pattern.DOTALL);

    private static final Pattern BUCKET =
            Pattern.compile("(?i)s3://([a-z0-9][a-z0-9._-]{0,254})(/[^?]*)?([?].*)?", Pattern.DOTALL);
    private static final Pattern LOCAL =
            Pattern.compile("(?i)file:(?://(?:localhost)?(?=/))?(/?[^/].*)", Pattern.DOTALL);
    private static final Pattern LAME = Pattern.compile("(?i:https?|s3):(?:/[^/].*|[^/].*)?", Pattern.DOTALL);
    private static final String LEFT_OUT = "...";

    private LocationText() {}

    /**
     * Returns a location as messages, outputs and logs show it: without user, password, query and fragment. Every
     * message that names a location uses this text.
     *
     * <ul>
     *   <li>A path, also that of a {@code file:} text, is shown as it is.
     *   <li>An address on the web is shown with scheme, host, port and path.
     *   <li>An address in S3 is shown with bucket and key, up to a question mark.
     *   <li>An address in which the password cannot be found with certainty is shown as its scheme only, for example
     *       one with a user and an at sign behind its host, which may be in the password.
     * </ul>
     *
     * @param location path or URI as {@link Storages#open(String, StorageOptions)} takes it, well-formed or not
     */
    public static String shown(String location) {
        if (scheme(location).isEmpty()
                && !lacksASlash(location)
                && !NEARLY.matcher(location).matches()) {
            return location;
        }
        Matcher web = CLEAR.matcher(location);
        if (web.matches()) {
            @Nullable String path = web.group(5);
            // A password with a slash or question mark makes its first letters a port, one with an at sign a host.
            boolean mayBePassword = web.group(2) != null || web.group(4) != null;
            boolean doubtful = mayBePassword && location.indexOf('@', web.end(3)) >= 0;
            return doubtful ? hidden(location) : web.group(1) + "://" + web.group(3) + (path == null ? "" : path);
        }
        Matcher bucket = BUCKET.matcher(location);
        if (bucket.matches()) {
            @Nullable String key = bucket.group(2);
            return "s3://" + bucket.group(1) + (key == null ? "" : key) + (bucket.group(3) == null ? "" : LEFT_OUT);
        }
        Matcher local = LOCAL.matcher(location);
        return local.matches()
                        && !local.group(1).contains("//")
                        && !local.group(1).contains("@")
                ? "file:" + local.group(1)
                : hidden(location);
    }

    /** Returns a URI as messages show it; see {@link #shown(String)}. */
    public static String shown(URI location) {
        return shown(location.toString());
    }

    /**
     * Returns whether a text is an address on the web or in S3 with one slash too few, rather than a path below a
     * folder of that name.
     */
    static boolean lacksASlash(String text) {
        return LAME.matcher(text).matches();
    }

    /** Returns a scheme as messages show it. A text that is too long for a scheme may be something secret. */
    static String shownScheme(String scheme) {
        return scheme.length() <= 12 ? scheme : LEFT_OUT;
    }

    private static String hidden(String location) {
        int colon = location.indexOf(':');
        boolean named = colon > 0 && location.substring(0, colon).matches("[A-Za-z][A-Za-z0-9+.-]{0,11}");
        return named ? location.substring(0, colon) + ":" + LEFT_OUT : LEFT_OUT;
    }

    /** Returns the scheme in lower case; empty when {@code text} is a plain path. */
    static Optional<String> scheme(String text) {
        Matcher matcher = SCHEME.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        @Nullable String scheme = matcher.group(1);
        return Optional.of((scheme == null ? "file" : scheme).toLowerCase(Locale.ROOT));
    }

    /**
     * Returns the URI that {@code text} means. Its {@link URI#getPath()} is always the name that was meant.
     *
     * <p>On the web, {@code ?}, {@code #} and {@code %41} mean what RFC 3986 says. In a {@code file:} text, {@code %41}
     * is an escape, while {@code ?} and {@code #} are characters of a name. Elsewhere every character after the
     * authority stands for itself, as in the tools of the object stores: {@code s3://b/a%20b} names the key with a
     * percent sign. Characters that a URI cannot hold are escaped.
     */
    static URI toUri(String scheme, String text) throws URISyntaxException {
        boolean web = WEB.contains(scheme);
        boolean escapes = web || scheme.equals("file");
        int path = endOfAuthority(text, web ? "/?#" : "/");
        String tail = escape(text.substring(path), web ? DELIMITERS + "?#" : DELIMITERS, escapes);
        return new URI(text.substring(0, path) + tail);
    }

    private static int endOfAuthority(String text, String ends) {
        int start = text.indexOf(':') + 1;
        if (!text.startsWith("//", start)) {
            return start;
        }
        int end = start + 2;
        while (end < text.length() && ends.indexOf(text.charAt(end)) < 0) {
            end++;
        }
        return end;
    }

    private static String escape(String text, String literal, boolean escapes) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        int codePoint;
        for (int i = 0; i < text.length(); i += Character.charCount(codePoint)) {
            codePoint = text.codePointAt(i);
            boolean keep = UNRESERVED.indexOf(codePoint) >= 0
                    || literal.indexOf(codePoint) >= 0
                    || (escapes && isEscape(text, i));
            if (keep) {
                out.appendCodePoint(codePoint);
            } else {
                for (byte b : Character.toString(codePoint).getBytes(StandardCharsets.UTF_8)) {
                    out.append(String.format(Locale.ROOT, "%%%02X", b & 0xff));
                }
            }
        }
        return out.toString();
    }

    /** Returns a path with all but letters, digits, {@code -._~} and slashes escaped as UTF-8. */
    static String escaped(String path) {
        return escape(path, "/", false);
    }

    /** Returns whether a percent escape begins at {@code percent}. */
    static boolean isEscape(String text, int percent) {
        return percent + 2 < text.length()
                && text.charAt(percent) == '%'
                && Character.digit(text.charAt(percent + 1), 16) >= 0
                && Character.digit(text.charAt(percent + 2), 16) >= 0;
    }
}
