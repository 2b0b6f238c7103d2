// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.error.MalformedFileException;
import io.h5coro.model.CompoundArray;
import io.h5coro.model.DataSelection;
import io.h5coro.model.Reference;
import io.h5coro.model.ReferenceArray;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What stands in the place of a reference and is none does not take the values beside it along. */
final class DamagedReferencesTest {
    @ParameterizedTest
    @ValueSource(strings = {"no_collection", "no_object", "wide_address", "no_selection"})
    void readsTheCompoundAroundAGarbageRegionReference(String damage) {
        try (H5Coro file = NamesFiles.open("references_" + damage)) {
            CompoundArray rows = (CompoundArray) file.read("/rows");
            for (int i = 0; i < 3; i++) {
                assertEquals(i + 1, rows.field("id").getLong(i));
            }
            check(file, (ReferenceArray) rows.field("r"), "/rows");
            check(file, (ReferenceArray) file.read("/plain"), "/plain");
        }
    }

    private static void check(H5Coro file, ReferenceArray references, String path) {
        for (int i = 0; i < 3; i += 2) {
            Reference reference = references.get(i);
            assertNull(reference.failure());
            assertEquals("/x", file.dereference(reference) instanceof Dataset ? "/x" : "?");
            assertEquals(new DataSelection.Blocks(1, List.of(List.of((long) i), List.of(i + 1L))), reference.region());
        }
        Reference garbage = references.get(1);
        assertFalse(garbage.isNil());
        assertNotNull(garbage.failure());
        MalformedFileException e = assertThrows(MalformedFileException.class, () -> file.dereference(garbage));
        assertTrue(e.getMessage().contains(path), e.getMessage());
        assertThrows(MalformedFileException.class, garbage::address);
        assertThrows(MalformedFileException.class, garbage::region);
        assertTrue(references.toString().contains("unreadable"), references.toString());
    }
}
