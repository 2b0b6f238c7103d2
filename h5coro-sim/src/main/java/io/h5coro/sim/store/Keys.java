// SPDX-License-Identifier: Apache-2.0
package io.h5coro.sim.store;

/**
 * The tokens of a store, which get out of date all at once. Those who renew theirs get the one that is valid now.
 *
 * <p>One token serves as bearer token, as session token of S3 and as signature of an address.
 */
public final class Keys {
    private long generation = 1;
    private long renewals;

    Keys() {}

    /** Returns the token that is valid now; to be called by suppliers of the reader. */
    public String token() {
        renewals++;
        return "g" + generation;
    }

    /** Lets all tokens be out of date. */
    public void expire() {
        generation++;
    }

    /** Returns how often a token was given out. */
    public long renewals() {
        return renewals;
    }

    boolean fits(String token) {
        return token.equals("g" + generation);
    }

    /** Returns the valid token, for an address that the server signs itself. */
    String own() {
        return "g" + generation;
    }
}
