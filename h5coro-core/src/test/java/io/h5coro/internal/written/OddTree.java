// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.written;

import io.h5coro.model.StoredText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A whole odd file: a root, groups below it, and datasets, each under several names.
 *
 * @param bytes the file
 * @param datasets what each path leads to
 * @param groups names of each group's links by its path
 */
record OddTree(byte[] bytes, Map<String, OddDataset.Written> datasets, Map<String, List<String>> groups) {
    /** The file of a seed; empty when it is longer than its addresses reach. */
    static Optional<OddTree> of(long seed) {
        Draw draw = new Draw(seed);
        OddFile file = new OddFile(draw);
        boolean old = draw.flag();
        int[] k = {draw.between(1, 4), draw.between(1, 4), draw.between(1, 4)};
        OddGroup writer = new OddGroup(file, old ? k : null);
        boolean narrow = Math.min(draw.offsets(), draw.lengths()) == 2;
        List<OddDataset.Written> datasets = draw.some(1, narrow ? 3 : 8, () -> OddDataset.write(file, old ? k[2] : 32));
        Map<String, OddDataset.Written> paths = new TreeMap<>();
        Map<String, List<String>> groups = new TreeMap<>();
        Map<StoredText, Long> root = new LinkedHashMap<>();
        for (String group : List.of("empty", "few", "many")) {
            int count = group.equals("empty") ? 0 : group.equals("few") ? 3 : draw.between(20, narrow ? 60 : 300);
            Map<StoredText, Long> links = new LinkedHashMap<>();
            for (int i = 0; i < count; i++) {
                StoredText name =
                        StoredText.of(draw.name().text().replace('/', '-').replace('.', '-') + i);
                OddDataset.Written dataset = datasets.get(i % datasets.size());
                links.put(name, dataset.address());
                paths.put("/" + group + "/" + name.text(), dataset);
            }
            groups.put(
                    "/" + group,
                    links.keySet().stream().map(StoredText::text).sorted().toList());
            root.put(StoredText.of(group), writer.write(links));
        }
        groups.put("/", new ArrayList<>(List.of("empty", "few", "many")));
        byte[] bytes = file.toArray(writer.write(root), old ? k : null);
        long reach = Draw.most(Math.min(draw.offsets(), draw.lengths()));
        return bytes.length > reach ? Optional.empty() : Optional.of(new OddTree(bytes, paths, groups));
    }
}
