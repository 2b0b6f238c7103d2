// SPDX-License-Identifier: Apache-2.0
/** What went wrong: messages, hints and exit codes. */
@NullMarked
package io.h5coro.cli.report;

import org.jspecify.annotations.NullMarked;
