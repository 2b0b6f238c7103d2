// SPDX-License-Identifier: Apache-2.0
/**
 * The labelled view of a file: groups with named dimensions, variables with coordinates, values decoded as the CF
 * conventions ask. Start at {@link io.h5coro.labels.Labels#open}.
 */
package io.h5coro.labels;
