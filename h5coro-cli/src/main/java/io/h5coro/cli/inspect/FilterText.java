// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.inspect;

import io.h5coro.H5Coro;
import io.h5coro.cli.text.VisibleText;
import io.h5coro.filter.ChunkFilter;
import io.h5coro.model.FilterDescription;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A filter by its name, with the parameters that its writer chose: "deflate(level 6)", "blosc(lz4, level 5, shuffle)".
 * Pure, but for the filters that are installed.
 */
final class FilterText {
    private FilterText() {}

    /**
     * Returns a filter with its parameters. Those of a filter that cannot be undone are listed as unsigned numbers.
     */
    static String of(FilterDescription filter) {
        Optional<ChunkFilter> installed = H5Coro.installedFilter(filter.id());
        String name = installed.map(ChunkFilter::name).orElseGet(() -> nameOfUnknown(filter));
        String parameters = installed
                .map(known -> known.parameters(filter.clientData()))
                .orElseGet(() -> list(filter.clientData()));
        return name + (parameters.isEmpty() ? "" : "(" + parameters + ")");
    }

    private static String nameOfUnknown(FilterDescription filter) {
        if (!filter.registeredName().isEmpty()) {
            return filter.registeredName();
        }
        String given = filter.name().isBlank()
                ? "filter"
                : VisibleText.of(filter.name().strip());
        return given + "-" + filter.id();
    }

    private static String list(int[] clientData) {
        return IntStream.of(clientData).mapToObj(Integer::toUnsignedString).collect(Collectors.joining(" "));
    }
}
