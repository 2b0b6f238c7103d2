// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli;

import io.h5coro.cli.dump.SubsetSpec;
import io.h5coro.cli.file.Location;
import io.h5coro.cli.file.RequestText;
import io.h5coro.cli.report.UsageException;
import io.h5coro.model.Hyperslab;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/**
 * Fuzz target: any text as the file and object, and as the subset, of a command. It is refused as a
 * {@link UsageException}, or means a selection that lies in the dataset.
 */
public final class CommandTextFuzz {
    private static final long[][] SPACES = {{}, {7}, {0}, {Long.MAX_VALUE}, {3, 1L << 40, 5}};

    private CommandTextFuzz() {}

    /** What fuzzing starts from. */
    public static List<byte[]> seeds() {
        return Stream.of(
                        "0,1;2,3;4;1]",
                        "1:2,3:9:2,4]",
                        "0x10;077;9]",
                        "https://h.example/a.h5/b/c",
                        "s3://b/k.nc4?x/g",
                        "a.h5::/b",
                        "file:///tmp/x.h5/y",
                        ":]",
                        "9223372036854775807;1;1;1]")
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    /** One input. */
    public static void fuzzerTestOneInput(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        if (!Location.parse(text).path().startsWith("/")) {
            throw new IllegalStateException("not an absolute path");
        }
        for (long[] space : SPACES) {
            subset(text, space);
        }
    }

    private static SubsetSpec slice(List<Hyperslab> slices) {
        if (slices.isEmpty()) {
            throw new UsageException("the bracket is part of a folder's name");
        }
        return SubsetSpec.of(slices.get(0));
    }

    private static void subset(String text, long[] space) {
        SubsetSpec.Selection s;
        try {
            s = (text.indexOf(';') >= 0
                            ? SubsetSpec.parse("x[" + text, 1)
                            : slice(RequestText.parse("x[" + text).slices()))
                    .of(space);
        } catch (UsageException refused) {
            return;
        }
        for (int d = 0; d < space.length; d++) {
            long blocks = space[d] - s.block()[d] - s.start()[d];
            if (s.start()[d] < 0
                    || s.count()[d] < 0
                    || s.block()[d] < 1
                    || blocks < 0 && s.count()[d] > 0
                    || s.count()[d] - 1 > blocks / s.stride()[d]) {
                throw new IllegalStateException("a subset that lies outside of its dataset");
            }
        }
    }
}
