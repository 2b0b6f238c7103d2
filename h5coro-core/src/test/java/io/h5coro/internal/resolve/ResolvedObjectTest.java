// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.resolve;

import static io.h5coro.internal.walk.BuiltFile.group;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.h5coro.internal.walk.BuiltFile;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ResolvedObjectTest {
    private static ResolvedObject called(String path) {
        BuiltFile file = new BuiltFile();
        ObjectCatalog catalog = new ObjectCatalog(file.open(file.header(group())));
        return new ResolvedObject(path, catalog.root().header(), catalog);
    }

    @Test
    void membersAreCalledByTheirGroup() {
        assertEquals("/x", called("/").child("x"));
        assertEquals("/a/x", called("/a").child("x"));
        assertEquals("#0x60/x", called(ResolvedObject.label(96)).child("x"));
    }

    @Test
    void anAddressIsNoPath() {
        assertEquals(Optional.of("/a"), called("/a").knownPath());
        assertEquals(Optional.empty(), called(ResolvedObject.label(96)).knownPath());
    }
}
