// SPDX-License-Identifier: Apache-2.0
package io.h5coro.labels.stored;

import io.h5coro.H5Coro;
import io.h5coro.H5Object;
import io.h5coro.error.H5Exception;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** What links lead to. */
public final class LinkTargets {
    private LinkTargets() {}

    /**
     * Follows links together; each for itself where one of them leads nowhere.
     *
     * @param links absolute paths
     * @param failed told of each that leads nowhere
     * @return the objects by path, in the order of the links
     */
    public static Map<String, H5Object> of(H5Coro file, List<String> links, BiConsumer<String, H5Exception> failed) {
        Map<String, H5Object> targets = new LinkedHashMap<>();
        if (links.isEmpty()) {
            return targets;
        }
        try {
            List<H5Object> objects = file.objects(links);
            for (int i = 0; i < links.size(); i++) {
                targets.put(links.get(i), objects.get(i));
            }
        } catch (H5Exception oneOfThem) {
            followEach(file, links, targets, failed);
        }
        return targets;
    }

    private static void followEach(
            H5Coro file, List<String> links, Map<String, H5Object> targets, BiConsumer<String, H5Exception> failed) {
        for (String link : links) {
            try {
                targets.put(link, file.object(link));
            } catch (H5Exception e) {
                failed.accept(link, e);
            }
        }
    }
}
