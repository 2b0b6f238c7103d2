// SPDX-License-Identifier: Apache-2.0
package io.h5coro.plot;

/**
 * What stands above a picture.
 *
 * @param subtitle smaller, below; "" for none
 */
public record Titles(String title, String subtitle) {}
