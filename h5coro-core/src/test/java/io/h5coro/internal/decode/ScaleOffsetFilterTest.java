// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode;

import io.h5coro.filter.ChunkFilter;
import java.util.List;

final class ScaleOffsetFilterTest extends FilterContract {
    @Override
    ChunkFilter filter() {
        return new ScaleOffsetFilter();
    }

    @Override
    List<FilterVector> vectors() {
        return FilterVector.group("scaleoffset");
    }
}
