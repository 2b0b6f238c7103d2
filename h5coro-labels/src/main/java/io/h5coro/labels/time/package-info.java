// SPDX-License-Identifier: Apache-2.0
/** Times in the calendars of the CF conventions, and durations. */
package io.h5coro.labels.time;
