// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.file;

import io.h5coro.internal.bytes.AddressMap;
import io.h5coro.internal.driver.MountedFile;
import io.h5coro.storage.FileResolver;
import io.h5coro.storage.MemoryRangeReader;
import io.h5coro.testdata.Fixtures;

/** A fixture that is opened in memory with means of a test's. */
public final class FixtureFile {
    private FixtureFile() {}

    /** Opens a fixture of that name; the means outlive it. */
    public static CurrentFile open(String fixture, Means means) {
        return CurrentFile.of(
                hedging -> new MountedFile(
                        hedging.around(MemoryRangeReader.of(fixture, Fixtures.bytes(fixture))), AddressMap.SAME),
                means,
                FileResolver.none());
    }
}
