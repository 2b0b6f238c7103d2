// SPDX-License-Identifier: Apache-2.0
/** What is served: names, directories and open files. */
@NullMarked
package io.h5coro.serve.internal.root;

import org.jspecify.annotations.NullMarked;
