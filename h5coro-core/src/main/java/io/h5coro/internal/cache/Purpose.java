// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.cache;

/** What bytes are asked for: whether it pays to fetch what stands behind them. */
public enum Purpose {
    /** A structure that leads on. When nothing else is waited for, the next one may stand close behind it. */
    POINTER,
    /** An object header: what it leads to stands close behind it or far away, seldom in between. */
    HEADER,
    /** Needed, but nothing follows from it, so that others do not count it as something that is waited for. */
    ASIDE,

    /** Values, small enough to be fetched as metadata are; not counted as such. */
    DATA
}
