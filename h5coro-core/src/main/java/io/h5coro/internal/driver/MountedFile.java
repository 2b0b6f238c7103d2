// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.driver;

import io.h5coro.internal.bytes.AddressMap;
import io.h5coro.storage.RangeReader;

/**
 * A file that may consist of several, as one object.
 *
 * @param reader all its bytes; closed by whoever opened it
 * @param addresses what the addresses that the file stores mean in it
 */
public record MountedFile(RangeReader reader, AddressMap addresses) {}
