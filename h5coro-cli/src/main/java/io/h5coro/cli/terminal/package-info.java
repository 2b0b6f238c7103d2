// SPDX-License-Identifier: Apache-2.0
/** What a person in front of a terminal sees beside the output: colours, width, progress, the pager. */
@NullMarked
package io.h5coro.cli.terminal;

import org.jspecify.annotations.NullMarked;
