// SPDX-License-Identifier: Apache-2.0
package io.h5coro.serve.internal.http;

import io.h5coro.serve.internal.wire.WireException;
import io.h5coro.serve.option.PasswordFile;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Checks names and passwords. What was right once is known again by a keyed digest, since the hash of a password is
 * slow on purpose. Thread-safe.
 */
final class Credentials {
    private static final int MOST_KNOWN = 1000;
    private static final int MOST_CHECKS = 2;
    private static final int LONGEST = 1024;

    private final PasswordFile passwords;
    private final byte[] key = new byte[32];
    private final Semaphore checks = new Semaphore(MOST_CHECKS);
    private final Set<String> known = Collections.synchronizedSet(Collections.newSetFromMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > MOST_KNOWN;
        }
    }));

    Credentials(PasswordFile passwords) {
        this.passwords = passwords;
        new SecureRandom().nextBytes(key);
    }

    /**
     * Checks the header of a request.
     *
     * @throws WireException with status 401, or 429 while too many others are checked
     */
    void check(@Nullable String header) {
        if (header == null || !header.regionMatches(true, 0, "Basic ", 0, 6) || header.length() > LONGEST) {
            throw refused();
        }
        String text = decoded(header.substring(6).strip());
        int colon = text.indexOf(':');
        if (colon < 0) {
            throw refused();
        }
        String digest = digest(text);
        if (known.contains(digest)) {
            return;
        }
        if (!checks.tryAcquire()) {
            throw new WireException(429, "too many passwords are being checked");
        }
        try {
            if (!passwords.matches(
                    text.substring(0, colon), text.substring(colon + 1).toCharArray())) {
                throw refused();
            }
        } finally {
            checks.release();
        }
        known.add(digest);
    }

    private static String decoded(String base64) {
        try {
            return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw refused();
        }
    }

    private String digest(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static WireException refused() {
        return new WireException(401, "a name and its password are needed");
    }
}
