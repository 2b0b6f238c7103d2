// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode;

import io.h5coro.filter.ChunkFilter;
import io.h5coro.internal.decode.jpegls.FcidecompFilter;
import java.util.List;

final class FcidecompFilterTest extends FilterContract {
    @Override
    ChunkFilter filter() {
        return new FcidecompFilter();
    }

    @Override
    List<FilterVector> vectors() {
        return FilterVector.group("fcidecomp");
    }
}
