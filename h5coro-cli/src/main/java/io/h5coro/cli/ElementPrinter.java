// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli;

import io.h5coro.model.H5Array;

/** Writes elements as text, one after another into lines. Confined to one thread. */
final class ElementPrinter implements Elements {
    private final Sink out;
    private final Style style;
    private final Flow flow;
    private final ValueText values;
    private final ReferenceNames names;
    private final ByteText text = new ByteText();
    private long index;
    private long inRow;

    ElementPrinter(Sink out, Style style, Flow flow, ValueText values, ReferenceNames names) {
        this.out = out;
        this.style = style;
        this.flow = flow;
        this.values = values;
        this.names = names;
    }

    @Override
    public void begin(long position) {
        flow.origin = position;
        index = 0;
        inRow = 0;
    }

    @Override
    public void add(H5Array array, int from, int to, boolean last) {
        for (int i = from; i < to; i++) {
            text.clear();
            values.add(text, style.text(), array, i, flow, names);
            if (i + 1 < to || !last) {
                text.add(style.separator());
            }
            if (!flow.put(out, style, text, index, inRow)) {
                inRow = 0;
            }
            index++;
            inRow++;
            flow.element++;
        }
    }
}
