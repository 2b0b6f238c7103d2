// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage.http;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.h5coro.storage.SignedUrls;
import io.h5coro.storage.StorageException;
import io.h5coro.storage.StorageException.Kind;
import java.net.URI;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The current URL and token of an object, each renewed at most once after it was refused. Thread-safe. Holds secrets
 * and shows none.
 */
final class Access {
    /*
     * Ten requests are under way with the pass of generation 3 when the token expires. Each gets a 401 and calls
     * renew(). The first one finds generation 3, asks the supplier and makes it 4. The other nine find that 4 is
     * not their 3: there is something new to try, and the supplier is not asked again.
     *
     * A signer of URLs is asked without the lock: all ten wait for one call of it, and share its failure. Whoever then
     * wants a pass does not use the URL that was refused, but asks the signer again.
     */

    private final String source;
    private final @Nullable Supplier<String> tokens;
    private final @Nullable Supplier<URI> urls;
    /** Gives all URLs of a location that is signed; null for one that is a URL itself. */
    private final SignedUrls.@Nullable Location signed;

    /**
     * The object's URL and user, not where it redirects to. A token comes before the user. Null before the first pass
     * to a signed location.
     */
    @GuardedBy("this")
    private @Nullable WebAddress address;

    /** What the signer gave for {@link #address}, letter for letter. */
    @GuardedBy("this")
    private @Nullable URI given;

    /** Whether the URL of a signed location was refused, and there is no other yet. */
    @GuardedBy("this")
    private boolean urlRefused;

    /** Null until the first {@link #pass()}, and without a supplier. */
    @GuardedBy("this")
    private @Nullable String token;

    /** Invariant: rises by 1 exactly when a renewal brings another URL or token. */
    @GuardedBy("this")
    private int generation;
    /** Where redirects led last time; saves the way through them until it is refused. */
    @GuardedBy("this")
    private @Nullable URI shortcut;

    /**
     * URL and token for one request.
     *
     * @param url URL of the object
     * @param shortcut where its redirects led before; null when not known
     * @param authorization for the host of {@code url} only
     * @param generation distinguishes one set of credentials from the next
     */
    record Pass(URI url, @Nullable URI shortcut, @Nullable String authorization, int generation) {
        @Override
        public String toString() {
            return "Pass[" + generation + "]";
        }
    }

    /** Access to an object whose URL is known. */
    Access(WebAddress address, HttpOptions options) {
        this.source = address.source();
        this.address = address;
        this.signed = null;
        this.tokens = options.token;
        this.urls = options.renewedUrl;
    }

    /** Access to a location that is signed when its first byte is wanted. */
    Access(SignedUrls.Location signed, HttpOptions options) {
        this.source = WebAddress.sourceOf(signed.text());
        this.signed = signed;
        this.tokens = options.token;
        this.urls = null;
    }

    /** Names the object in messages: without user and query. */
    String source() {
        return source;
    }

    /** Returns the current URL and token. May block in the signer and in the token's supplier the first time. */
    Pass pass() throws StorageException {
        if (signed != null) {
            prepareSigned(signed);
        }
        synchronized (this) {
            if (token == null && tokens != null) {
                token = askForToken(tokens);
            }
            WebAddress known = Objects.requireNonNull(address);
            String authorization = token != null ? "Bearer " + token : known.basic();
            return new Pass(known.url(), shortcut, authorization, generation);
        }
    }

    /** Gets the first URL, or the one after a refused one. */
    private void prepareSigned(SignedUrls.Location location) throws StorageException {
        URI refused;
        int asOf;
        synchronized (this) {
            refused = given;
            asOf = generation;
            if (refused != null && !urlRefused) {
                return;
            }
        }
        boolean unused = takeSigned(location, refused, asOf);
    }

    /**
     * Gets a new token and URL after those of {@code refused} were refused; may block in the signer and the suppliers.
     * The lock is held while suppliers are asked: requests that start now would use what was just refused.
     *
     * @return whether there is something new to try
     * @throws StorageException of kind {@code ACCESS_DENIED} when a supplier fails, or what the signer throws
     */
    boolean renew(Pass refused) throws StorageException {
        URI old;
        synchronized (this) {
            if (refused.generation() != generation) {
                return true;
            }
            if (signed == null) {
                return replace(urls == null ? address : askForUrl(urls));
            }
            urlRefused = true;
            old = given;
        }
        return takeSigned(signed, old, refused.generation());
    }

    /**
     * Asks the signer for a URL, without the lock, and takes it unless another thread has taken one since.
     *
     * @param old the URL that was refused; null for the first one
     * @param asOf the generation that it belongs to
     * @return whether there is something new to try
     */
    private boolean takeSigned(SignedUrls.Location location, @Nullable URI old, int asOf) throws StorageException {
        URI url = old == null ? location.url() : location.urlAfter(old);
        WebAddress next = addressOf(url);
        synchronized (this) {
            if (generation != asOf || (address != null && old == null)) {
                return true;
            }
            given = url;
            urlRefused = false;
            if (old == null) {
                address = next;
                return true;
            }
            return replace(next);
        }
    }

    /** Takes a URL, and a token that is asked for now; false when both are the ones that there were. */
    @GuardedBy("this")
    private boolean replace(@Nullable WebAddress next) throws StorageException {
        String newToken = tokens == null ? token : askForToken(tokens);
        if (Objects.equals(next, address) && Objects.equals(newToken, token)) {
            return false;
        }
        address = next;
        token = newToken;
        shortcut = null;
        generation++;
        return true;
    }

    /**
     * Remembers where the redirects of {@code pass} led, unless it is outdated: a signed target belongs to its
     * credentials.
     */
    synchronized void remember(Pass pass, URI target) {
        if (pass.generation() == generation) {
            shortcut = target;
        }
    }

    /** Forgets where the redirects led, unless another request has found a newer way since. */
    synchronized void forget(Pass pass) {
        if (pass.generation() == generation && Objects.equals(shortcut, pass.shortcut())) {
            shortcut = null;
        }
    }

    private String askForToken(Supplier<String> supplier) throws StorageException {
        try {
            return Objects.requireNonNull(supplier.get());
        } catch (RuntimeException e) {
            throw new StorageException(Kind.ACCESS_DENIED, source + ": the supplier of the token failed", e);
        }
    }

    /** A renewed URL has the user of the first one unless it names another. */
    @GuardedBy("this")
    private WebAddress askForUrl(Supplier<URI> supplier) throws StorageException {
        try {
            WebAddress next = WebAddress.of(Objects.requireNonNull(supplier.get()));
            String first = address == null ? null : address.basic();
            return new WebAddress(next.url(), next.basic() == null ? first : next.basic());
        } catch (RuntimeException e) {
            throw new StorageException(Kind.ACCESS_DENIED, source + ": the supplier of the URL failed", e);
        }
    }

    private WebAddress addressOf(URI url) throws StorageException {
        try {
            return WebAddress.of(url);
        } catch (StorageException e) {
            // Not the cause, though it repeats nothing: what the signer gave may be anything.
            throw new StorageException(Kind.ACCESS_DENIED, source + ": its signer gives no http or https URL");
        }
    }
}
