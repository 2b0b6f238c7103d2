// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage.http;

import io.h5coro.storage.StorageException;
import io.h5coro.storage.StorageException.Kind;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
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

    /**
     * @throws StorageException of kind {@code INVALID} when it is not an http or https URL with a host
     */
    static WebAddress of(URI uri) throws StorageException {
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw new StorageException(
                    Kind.INVALID, "not the address of an object on the web: scheme '" + scheme + "'");
        }
        if (uri.getHost() == null || uri.getHost().isEmpty()) {
            throw new StorageException(Kind.INVALID, "an " + scheme + " address without a usable name of a host");
        }
        String user = uri.getUserInfo();
        String basic = user == null
                ? null
                : "Basic " + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8));
        return new WebAddress(bare(uri, scheme), basic);
    }

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

    /** Host and port, as they are written in an address. */
    static String host(URI uri) {
        return uri.getPort() < 0 ? uri.getHost() : uri.getHost() + ":" + uri.getPort();
    }

    /** The address for messages: no user, no query. */
    String source() {
        return url.getScheme() + "://" + host(url) + url.getRawPath();
    }

    /**
     * What names the object whoever asks: the address without user and signature. Empty where the query may say something
     * else: it may choose an object, or hold a secret.
     */
    Optional<String> identity() {
        String query = url.getRawQuery();
        return query == null || isSignature(query) ? Optional.of(source()) : Optional.empty();
    }

    private static boolean isSignature(String query) {
        return Arrays.stream(query.split("&", -1))
                .map(part -> part.split("=", 2)[0].toLowerCase(Locale.ROOT))
                .allMatch(name ->
                        name.startsWith("x-amz-") || name.startsWith("x-goog-") || SIGNATURE_PARTS.contains(name));
    }

    /** Whether both URLs have the same scheme, host and port: who may see what was meant for one of them. */
    static boolean isSameOrigin(URI one, URI other) {
        return one.getScheme().equalsIgnoreCase(other.getScheme())
                && one.getHost().equalsIgnoreCase(other.getHost())
                && port(one) == port(other);
    }

    private static int port(URI uri) {
        if (uri.getPort() >= 0) {
            return uri.getPort();
        }
        return uri.getScheme().equalsIgnoreCase("https") ? 443 : 80;
    }

    @Override
    public String toString() {
        return source();
    }
}
