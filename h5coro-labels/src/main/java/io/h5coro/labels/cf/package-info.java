// SPDX-License-Identifier: Apache-2.0
/** Decodes stored values as the CF conventions ask: texts, missing values, packed numbers, times. Pure. */
package io.h5coro.labels.cf;
