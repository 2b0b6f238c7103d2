// SPDX-License-Identifier: Apache-2.0
package io.h5coro.export.internal.refs;

import io.h5coro.model.FileId;
import java.util.Optional;

/**
 * How a file becomes references. Immutable.
 *
 * @param home the file
 * @param address of the file
 * @param inlineBytes most bytes of a dataset that is inlined because it cannot be referred to
 * @param concatenated the dimension along which files follow one another; datasets along it that are small enough are
 *     inlined, since their chunks may not fit together
 */
public record ScanRules(FileId home, FileAddress address, long inlineBytes, Optional<String> concatenated) {}
