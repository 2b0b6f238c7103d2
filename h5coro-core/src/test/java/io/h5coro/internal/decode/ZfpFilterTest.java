// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode;

import io.h5coro.filter.ChunkFilter;
import io.h5coro.internal.decode.zfp.ZfpFilter;
import java.util.List;

final class ZfpFilterTest extends FilterContract {
    @Override
    ChunkFilter filter() {
        return new ZfpFilter();
    }

    @Override
    List<FilterVector> vectors() {
        return FilterVector.group("zfp");
    }
}
