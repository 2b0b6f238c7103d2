// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** No package is a tangle: of types that know each other in a circle there are at most eight. */
final class KnotsTest {
    private static final int MOST_TYPES = 8;

    /** Top-level types of rooms with a bound of their own: vocabulary has more, the door and the engine fewer. */
    private static final Map<String, Integer> MOST_IN_ROOM =
            Map.of("io.h5coro", 17, "io.h5coro.internal.engine", 18, "io.h5coro.model", 78);

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ArchitectureTest.MainClasses())
            .importPackages("io.h5coro");

    private static Map<String, Set<String>> knots() {
        return Knots.largest(CLASSES);
    }

    @Test
    void noMoreThanEightTypesOfAPackageKnowEachOther() {
        knots().forEach((name, knot) -> assertTrue(knot.size() <= MOST_TYPES, () -> name + ": " + knot));
    }

    @Test
    void noRoomIsCrowded() {
        Map<String, Set<String>> types = Knots.types(CLASSES);
        types.forEach((name, all) -> {
            int most = MOST_IN_ROOM.getOrDefault(name, 30);
            assertTrue(all.size() <= most, () -> name + " has " + all.size() + " types: " + all);
        });
        assertTrue(types.keySet().containsAll(MOST_IN_ROOM.keySet()), () -> "packages: " + types.keySet());
    }

    /** Errors are one sealed family: it counts as one type. That circles are seen at all is checked, too. */
    @Test
    void aSealedFamilyCountsAsOneType() {
        Map<String, Set<String>> knots = knots();
        assertTrue(knots.size() > 20, () -> "packages: " + knots.keySet());
        assertTrue(knots.values().stream().anyMatch(knot -> knot.size() > 1), "no circle was found anywhere");
        assertEquals(1, knots.get("io.h5coro.error").size());
    }
}
