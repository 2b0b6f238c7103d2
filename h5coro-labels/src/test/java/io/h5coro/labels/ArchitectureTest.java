// SPDX-License-Identifier: Apache-2.0
package io.h5coro.labels;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import io.h5coro.Knots;
import org.junit.jupiter.api.Test;

/** What the labelled view may know, and that it is no tangle. */
final class ArchitectureTest {
    private static final int MOST_TYPES_IN_A_KNOT = 8;
    private static final int MOST_TYPES = 30;

    private static final JavaClasses CLASSES =
            new ClassFileImporter().withImportOption(ArchitectureTest::isMain).importPackages("io.h5coro.labels");

    private static boolean isMain(Location location) {
        return !location.contains("/test-classes/") && !location.contains("-tests.jar");
    }

    @Test
    void usesOfTheCoreOnlyWhatUsersSee() {
        noClasses()
                .should()
                .dependOnClassesThat(resideInAnyPackage("io.h5coro.internal..", "io.h5coro.storage.object.."))
                .check(CLASSES);
    }

    /** Calendars know no attributes, decoding knows no files and groups. */
    @Test
    void packagesKnowThoseBelowThemOnly() {
        noClasses()
                .that(resideInAnyPackage("io.h5coro.labels.time"))
                .should()
                .dependOnClassesThat(resideInAnyPackage("io.h5coro.labels", "io.h5coro.labels.cf", "io.h5coro"))
                .check(CLASSES);
        noClasses()
                .that(resideInAnyPackage("io.h5coro.labels.cf"))
                .should()
                .dependOnClassesThat(resideInAnyPackage("io.h5coro.labels", "io.h5coro"))
                .check(CLASSES);
        SlicesRuleDefinition.slices()
                .matching("io.h5coro.labels.(**)")
                .should()
                .beFreeOfCycles()
                .check(CLASSES);
    }

    @Test
    void noMoreThanEightTypesKnowEachOther() {
        assertTrue(CLASSES.size() > 30, () -> "types: " + CLASSES.size());
        Knots.largest(CLASSES)
                .forEach((name, knot) -> assertTrue(knot.size() <= MOST_TYPES_IN_A_KNOT, () -> name + ": " + knot));
    }

    @Test
    void isNotCrowded() {
        Knots.types(CLASSES)
                .forEach((name, all) -> assertTrue(all.size() <= MOST_TYPES, () -> name + ": " + all.size()));
    }
}
