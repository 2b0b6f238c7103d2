// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import io.h5coro.error.LimitExceededException;
import io.h5coro.error.SelectionException;
import io.h5coro.error.Where;
import io.h5coro.internal.grid.Selection;
import io.h5coro.model.DatasetRequest;
import io.h5coro.model.ElementSelection;
import io.h5coro.model.Hyperslab;
import io.h5coro.model.Shape;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/**
 * Fuzz target: any text as a request. It is refused as an {@link IllegalArgumentException}, or parsed into slices that
 * say the same as text; these are refused by a shape as a {@link SelectionException}, or lie in it.
 */
public final class RequestTextFuzz {
    private static final List<Shape> SHAPES =
            List.of(Shape.of(), Shape.of(0), Shape.of(7), Shape.of(Long.MAX_VALUE), Shape.of(3, 1L << 40, 5));

    private RequestTextFuzz() {}

    /** What fuzzing starts from. */
    public static List<byte[]> seeds() {
        return Stream.of(
                        "/gt1l/heights/h_ph[503000:903000]",
                        "/a[0:10][20:30]",
                        "a[1, :, 3:4:2, ...]",
                        "/a/b[...]",
                        "/x[5]",
                        "[5]",
                        "/x[]",
                        "/x[[1,-1],0:1]",
                        "/x[...,[]]",
                        "/x[:,:]",
                        "/x[9223372036854775806]",
                        "/x[0:9223372036854775807:3]")
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    /** One input. */
    public static void fuzzerTestOneInput(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        DatasetRequest request;
        try {
            request = DatasetRequest.parse(text);
        } catch (IllegalArgumentException refused) {
            return;
        }
        for (Hyperslab slice : request.slices()) {
            if (!Hyperslab.parse(slice.toString()).equals(slice)) {
                throw new IllegalStateException(slice + " is another slice when it is read back");
            }
        }
        for (Shape shape : SHAPES) {
            if (request.selection() instanceof ElementSelection.Axes axes) {
                select(shape, axes);
            } else {
                select(shape, request.slices());
            }
        }
    }

    private static void select(Shape shape, ElementSelection.Axes axes) {
        boolean isShown = axes.axes().stream().allMatch(axis -> axis.count() <= 16);
        if (isShown && !ElementSelection.parse(axes.toString()).equals(axes)) {
            throw new IllegalStateException(axes + " is another selection when it is read back");
        }
        Selection selection;
        try {
            selection = Selection.of(shape, axes, Where.source("fuzz"), bytes -> {});
        } catch (SelectionException | LimitExceededException refused) {
            return;
        }
        long elements = 1;
        for (int d = 0; d < shape.rank(); d++) {
            elements *= selection.result().dimension(d);
        }
        if (elements != selection.elementCount()) {
            throw new IllegalStateException(axes + " of " + shape + " has " + selection.elementCount() + " elements");
        }
    }

    private static void select(Shape shape, List<Hyperslab> slices) {
        Selection selection;
        try {
            selection = Selection.of(shape, slices, Where.source("fuzz"));
        } catch (SelectionException | LimitExceededException refused) {
            return;
        }
        selection.boxes().forEach(box -> {
            for (int d = 0; d < shape.rank(); d++) {
                long count = box.count()[d];
                boolean inside = count == 0
                        || (count > 0
                                && box.start()[d] >= 0
                                && count - 1 <= (shape.dimension(d) - 1 - box.start()[d]) / box.step()[d]);
                if (!inside) {
                    throw new IllegalStateException("a box of " + slices + " lies outside of " + shape);
                }
            }
        });
    }
}
