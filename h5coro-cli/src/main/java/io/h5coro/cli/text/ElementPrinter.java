// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.text;

import io.h5coro.model.H5Array;

/** Writes elements as text, one after another into lines. Confined to one thread. */
public final class ElementPrinter implements Elements {
    private final Page page;
    private final ValueText values;
    /** The element under way; reused for each. */
    private final ByteText text = new ByteText();
    /** Elements since {@link #begin}. */
    private long index;
    /** Elements since the page began a row. */
    private long inRow;

    public ElementPrinter(Page page, ValueText values) {
        this.page = page;
        this.values = values;
    }

    @Override
    public Elements unconverted() {
        return new ElementPrinter(page, values.unconverted());
    }

    @Override
    public void begin(long position) {
        page.origin(position);
        index = 0;
        inRow = 0;
    }

    @Override
    public void add(H5Array array, int from, int to, boolean last) {
        for (int i = from; i < to; i++) {
            text.clear();
            values.add(text, array, i);
            if (i + 1 < to || !last) {
                text.add(page.style().separator());
            }
            if (!page.put(text, index, inRow)) {
                inRow = 0;
            }
            index++;
            inRow++;
            page.counted();
        }
    }
}
