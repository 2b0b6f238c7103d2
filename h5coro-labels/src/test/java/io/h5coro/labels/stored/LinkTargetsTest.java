// SPDX-License-Identifier: Apache-2.0
package io.h5coro.labels.stored;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.h5coro.H5Coro;
import io.h5coro.H5Object;
import io.h5coro.error.H5Exception;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Links that are followed together, in a file of {@code make_links.py} of h5coro-cli. */
final class LinkTargetsTest {
    private static final Path LINKS = Path.of("../h5coro-cli/src/test/resources/links.h5");

    @Test
    void oneThatLeadsNowhereTakesNoOtherAlong() {
        Map<String, H5Exception> failed = new LinkedHashMap<>();
        try (H5Coro file = H5Coro.open(LINKS)) {
            Map<String, H5Object> targets = LinkTargets.of(file, List.of("/soft", "/nix"), failed::put);
            assertEquals(List.of("/soft"), List.copyOf(targets.keySet()));
            assertEquals(file.object("/soft").address(), targets.get("/soft").address());
            assertEquals(List.of("/nix"), List.copyOf(failed.keySet()));
            assertEquals(Map.of(), LinkTargets.of(file, List.of(), failed::put));
        }
    }
}
