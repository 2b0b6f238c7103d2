// SPDX-License-Identifier: Apache-2.0
package io.h5coro.s3;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;
import io.h5coro.Knots;
import org.junit.jupiter.api.Test;

/** What the S3 module may know, and that it is no tangle. */
final class ArchitectureTest {
    private static final int MOST_TYPES_IN_A_KNOT = 8;
    private static final int MOST_TYPES = 30;

    private static final JavaClasses CLASSES =
            new ClassFileImporter().withImportOption(ArchitectureTest::isMain).importPackages("io.h5coro.s3");

    private static boolean isMain(Location location) {
        return !location.contains("/test-classes/") && !location.contains("-tests.jar");
    }

    /** It has never heard of HDF5: of the core it knows what every storage knows. */
    @Test
    void usesOfTheCoreOnlyStorageAndErrors() {
        noClasses()
                .should()
                .dependOnClassesThat(resideInAPackage("io.h5coro..")
                        .and(DescribedPredicate.not(
                                resideInAnyPackage("io.h5coro.s3..", "io.h5coro.storage..", "io.h5coro.error.."))))
                .check(CLASSES);
    }

    /** HTTP of the JDK's client is another storage; what both need is in storage.object. */
    @Test
    void knowsNothingOfTheOtherHttp() {
        noClasses()
                .should()
                .dependOnClassesThat(resideInAnyPackage("io.h5coro.storage.http..", "java.net.http.."))
                .check(CLASSES);
    }

    @Test
    void noMoreThanEightTypesKnowEachOther() {
        assertTrue(CLASSES.size() > 10, () -> "types: " + CLASSES.size());
        Knots.largest(CLASSES)
                .forEach((name, knot) -> assertTrue(knot.size() <= MOST_TYPES_IN_A_KNOT, () -> name + ": " + knot));
    }

    @Test
    void isNotCrowded() {
        Knots.types(CLASSES)
                .forEach((name, all) -> assertTrue(all.size() <= MOST_TYPES, () -> name + ": " + all.size()));
    }
}
