// SPDX-License-Identifier: Apache-2.0
package io.h5coro.model;

/**
 * The object that a request carries. Such a request reads this object whatever its path leads to.
 * {@code io.h5coro.Dataset.request} makes targets; any other implementation is refused when it is read.
 *
 * <pre>{@code
 * DatasetRequest request = file.dataset("/gt1l/heights/h_ph").request();
 * boolean resolved = request.target() != null;
 * }</pre>
 */
public interface RequestTarget {}
