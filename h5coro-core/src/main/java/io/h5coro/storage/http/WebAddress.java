// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage.http;

import io.h5coro.storage.LocationText;
import io.h5coro.storage.StorageException;
import io.h5coro.storage.StorageException.Kind;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The address of an object on the web.
 *
 * @param url without user and fragment; its query may be a secret
 * @param basic the value of an {@code Authorization} header for the user that the address named, null without one
 */
record WebAddress(URI url, @Nullable String basic) {
    /** Parts of signed addresses beside those that begin with x-amz- and x-goog-: S3's old form and CloudFront's. */
    private static final Set<String> SIGNATURE_PARTS =
            Set.of("awsaccesskeyid", "googleaccessid", "signature", "expires", "policy", "key-pair-id");

    /** Letters that a URI may hold as they are, apart from brackets and the per cent sign. */
    private static final String LITERAL =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/?#@!$&'()*+,;=:";

    /** A location of any scheme that can have neither user nor query. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]{1,31}://[^@?#\\s\\p{Cntrl}]*");

    /** How {@link LocationText} ends where it leaves something out. */
    private static final String LEFT_OUT = "...";

    private static final Pattern ESCAPE = Pattern.compile("%[0-9A-Fa-f]{2}");

    /** What stands before a bracket of an IPv6 address. */
    private static final Pattern IPV6_START =
            Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*:)?//([^/?#]*@)?(\\[[0-9A-Fa-f:.]*)?");

    /**
     * @throws StorageException of kind {@code INVALID} when it is not an http or https URL with a host
     */
    static WebAddress of(URI uri) throws StorageException {
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw new StorageException(
                    Kind.INVALID, "not the address of an object on the web: scheme '" + scheme + "'");
        }
        if (Authority.of(uri).isEmpty()) {
            throw new StorageException(Kind.INVALID, "an " + scheme + " address without a usable name of a host");
        }
        String user = user(uri);
        String basic = user == null
                ? null
                : "Basic " + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8));
        return new WebAddress(bare(uri, scheme), basic);
    }

    /** Returns the URL without user and fragment; an empty path becomes a slash. */
    private static URI bare(URI uri, String scheme) throws StorageException {
        String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        try {
            return new URI(scheme + "://" + host(uri) + path + query);
        } catch (URISyntaxException e) {
            throw new StorageException(
                    Kind.INVALID, "the address of an object on the web is malformed: " + e.getReason());
        }
    }

    /**
     * Returns the decoded user and password. {@link URI#getUserInfo()} gives none when it does not recognise the host.
     */
    private static @Nullable String user(URI uri) {
        String authority = uri.getAuthority();
        int at = authority.lastIndexOf('@');
        return at < 0 ? null : authority.substring(0, at);
    }

    /** Host and port, as they are written in an address. */
    static String host(URI uri) {
        return Authority.of(uri).map(Authority::toString).orElse("");
    }

    /** The host alone, as it is written in an address. */
    static String hostName(URI uri) {
        return Authority.of(uri).map(Authority::host).orElse("");
    }

    /**
     * The address that a redirect leads to. Letters that a URI cannot hold are escaped byte for byte, as browsers
     * do. From {@code https://host/dir/file}:
     *
     * <pre>
     * Location          leads to
     * /a b              https://host/a%20b
     * other             https://host/dir/other
     * ?part=1           https://host/dir/file?part=1
     * //else.net/x      https://else.net/x
     * /100%             https://host/100%25
     * /100%25           https://host/100%25
     * </pre>
     *
     * A reference of a query alone keeps the last part of the path, which {@link URI#resolve(URI)} would drop.
     *
     * @param from where the redirect came from
     * @param location the header, whose letters are bytes
     * @throws StorageException when that is no address on the web
     */
    static WebAddress redirected(URI from, String location) throws StorageException {
        StringBuilder text = new StringBuilder();
        String given = location.strip();
        for (int i = 0; i < given.length(); i++) {
            char letter = given.charAt(i);
            boolean bracket = (letter == '[' || letter == ']')
                    && IPV6_START.matcher(given.substring(0, i)).matches();
            boolean escape = letter == '%'
                    && ESCAPE.matcher(given).region(i, given.length()).lookingAt();
            if (bracket || escape || (letter != '%' && LITERAL.indexOf(letter) >= 0)) {
                text.append(letter);
            } else if (letter <= 0xff) {
                text.append(String.format(Locale.ROOT, "%%%02X", (int) letter));
            } else {
                throw new StorageException(Kind.PROTOCOL, "a header has letters that are no bytes");
            }
        }
        try {
            if (text.length() > 0 && text.charAt(0) == '?') {
                return of(new URI(from.getScheme() + "://" + host(from) + from.getRawPath() + text));
            }
            return of(from.resolve(new URI(text.toString())));
        } catch (URISyntaxException | IllegalArgumentException e) {
            // Not the cause: it may hold the address, and the address a signature.
            throw new StorageException(Kind.PROTOCOL, "no address on the web");
        }
    }

    /** The address for messages: no user, no query, and no more than the scheme where a password may go on. */
    String source() {
        String rest = url.toString().substring(url.getScheme().length());
        return named(url.getScheme() + (basic == null ? rest : rest.replaceFirst("://", "://user@")));
    }

    /**
     * Returns what messages call a location that is signed: whole where it has neither user nor query.
     *
     * @param location its text, of any scheme
     */
    static String sourceOf(String location) {
        return NAME.matcher(location).matches() ? location : named(location);
    }

    /**
     * Shows a location. What is shown also tells the files apart that a file names: two locations of which the same is
     * left out must not be one, so it leaves a mark.
     */
    private static String named(String location) {
        String shown = LocationText.shown(location);
        return shown.endsWith(LEFT_OUT) ? shown + mark(location) : shown;
    }

    private static String mark(String location) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(location.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private String withoutQuery() {
        return url.getScheme() + "://" + host(url) + url.getRawPath();
    }

    /**
     * Returns a name of the object that is the same for every user: the address without user and signature. It is empty
     * when the query may choose an object, or hold a secret.
     */
    Optional<String> identity() {
        String query = url.getRawQuery();
        return query == null || isSignature(query) ? Optional.of(withoutQuery()) : Optional.empty();
    }

    /**
     * Returns a name of the object that a signed location stands for. It is that of the address where the location is
     * one on the web, else the location itself where messages show it whole too.
     *
     * @param uri the location as a URI
     * @param location its text
     */
    static Optional<String> identityOf(URI uri, String location) throws StorageException {
        return uri.getScheme().regionMatches(true, 0, "http", 0, "http".length())
                ? of(uri).identity()
                : Optional.of(location).filter(text -> sourceOf(text).equals(text));
    }

    /** Returns whether a query has parts of a signature only, so that it does not choose an object. */
    private static boolean isSignature(String query) {
        return Arrays.stream(query.split("&", -1))
                .map(part -> part.split("=", 2)[0].toLowerCase(Locale.ROOT))
                .allMatch(name ->
                        name.startsWith("x-amz-") || name.startsWith("x-goog-") || SIGNATURE_PARTS.contains(name));
    }

    /**
     * Returns whether both URLs have the same scheme, host and port, so that secrets for one may be sent to the other.
     */
    static boolean isSameOrigin(URI one, URI other) {
        Optional<Authority> here = Authority.of(one);
        Optional<Authority> there = Authority.of(other);
        return one.getScheme().equalsIgnoreCase(other.getScheme())
                && here.isPresent()
                && there.isPresent()
                && here.get().isSameAs(there.get(), one.getScheme());
    }

    @Override
    public String toString() {
        return source();
    }
}
