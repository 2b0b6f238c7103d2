// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode;

import io.h5coro.filter.ChunkFilter;
import io.h5coro.internal.decode.szip.SzipFilter;
import java.util.List;

final class SzipFilterTest extends FilterContract {
    @Override
    ChunkFilter filter() {
        return new SzipFilter();
    }

    @Override
    List<FilterVector> vectors() {
        return FilterVector.group("szip");
    }
}
