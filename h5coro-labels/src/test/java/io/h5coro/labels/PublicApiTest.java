// SPDX-License-Identifier: Apache-2.0
package io.h5coro.labels;

import io.h5coro.ReviewedApi;
import org.junit.jupiter.api.Test;

/** The public interface of the labelled view is the one in {@code api.txt}: each change of it is a reviewed line. */
final class PublicApiTest {
    @Test
    void isTheOneThatWasReviewed() {
        ReviewedApi.check(Labels.class);
    }
}
