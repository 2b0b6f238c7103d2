// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.format.message;

/** A message of an object header that a reader acts on, decoded. */
public interface HeaderMessage {}
