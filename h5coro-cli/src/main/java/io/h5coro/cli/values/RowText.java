// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.values;

import io.h5coro.cli.text.InlineText;
import io.h5coro.cli.text.Sink;
import io.h5coro.cli.text.VisibleText;
import io.h5coro.model.CompoundArray;
import io.h5coro.model.H5Array;
import io.h5coro.model.StringArray;
import org.jspecify.annotations.Nullable;

/** Values alone, a row on each line. Confined to one thread. */
final class RowText {
    private final Sink out;
    private final StringBuilder line = new StringBuilder();
    private final InlineText values = new InlineText(line);
    private @Nullable Wanted owner;
    /** Values of a line. */
    private long length = 1;
    /** Values that the line has. */
    private long column;

    RowText(Sink out) {
        this.out = out;
    }

    /** Adds the next values of a dataset; a line may go on in the next call. */
    void add(Wanted of, H5Array array) {
        if (!of.equals(owner)) {
            owner = of;
            column = 0;
            length = of.dataset().shape().rank() < 2 ? 1 : of.slabs(1).rowLength();
        }
        for (int i = 0; i < array.length(); i++) {
            element(array, i);
            boolean ends = ++column == length;
            line.append(ends ? '\n' : '\t');
            if (ends) {
                column = 0;
                out.write(line.toString());
                line.setLength(0);
            }
        }
        out.write(line.toString());
        line.setLength(0);
    }

    private void element(H5Array array, int i) {
        if (array instanceof StringArray strings) {
            line.append(VisibleText.of(strings.getString(i)));
        } else if (array instanceof CompoundArray compound) {
            for (int k = 0; k < compound.fields().size(); k++) {
                line.append(k == 0 ? "" : "\t");
                element(compound.fields().get(k), i);
            }
        } else {
            values.add(array, i);
        }
    }
}
