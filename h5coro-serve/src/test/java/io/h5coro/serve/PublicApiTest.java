// SPDX-License-Identifier: Apache-2.0
package io.h5coro.serve;

import io.h5coro.ReviewedApi;
import org.junit.jupiter.api.Test;

/** The public interface is the one in {@code api.txt}: each change of it is a line that somebody reviews. */
final class PublicApiTest {
    @Test
    void isTheOneThatWasReviewed() {
        ReviewedApi.check(H5Server.class);
    }
}
