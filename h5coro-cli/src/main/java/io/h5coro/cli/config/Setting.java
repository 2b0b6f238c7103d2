// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.config;

/**
 * A value that is in force.
 *
 * @param value the value
 * @param source whence it is: a variable, or a file and its line
 */
record Setting(String value, String source) {}
