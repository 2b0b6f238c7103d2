// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import io.h5coro.storage.ByteRange;
import io.h5coro.storage.StorageException;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Which package may know which. The rooms and the reasons are in CONTRIBUTING.md. */
@AnalyzeClasses(packages = "io.h5coro", importOptions = ArchitectureTest.MainClasses.class)
final class ArchitectureTest {
    /** Leaves out tests, also those of a quick build, which ArchUnit's own option does not know. */
    static final class MainClasses implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("/test-classes/") && !location.contains("-tests.jar");
        }
    }

    private static final String INTERNAL = "io.h5coro.internal.";
    private static final String STORAGE = "io.h5coro.storage..";
    private static final String FORMAT = INTERNAL + "format..";
    private static final String BYTES = INTERNAL + "bytes..";
    private static final String ERROR = "io.h5coro.error..";
    private static final String MODEL = "io.h5coro.model..";
    private static final String EVENT = "io.h5coro.event..";
    private static final String GRID = INTERNAL + "grid..";
    private static final String PLAN = INTERNAL + "plan..";
    private static final String DECODE = INTERNAL + "decode..";
    private static final String SCATTER = INTERNAL + "scatter..";
    private static final String SERIES = INTERNAL + "series";
    private static final String ENGINE = INTERNAL + "engine";
    private static final String VIRTUAL = INTERNAL + "virtual";
    private static final String PREPARE = INTERNAL + "prepare";
    private static final String FILE = INTERNAL + "file";

    private static final DescribedPredicate<JavaClass> OURS = resideInAPackage("io.h5coro..");
    private static final DescribedPredicate<JavaClass> CONCURRENCY = resideInAPackage("java.util.concurrent..");
    /** Why bytes could not be had: one vocabulary for the storage and for who passes on what it said. */
    private static final DescribedPredicate<JavaClass> STORAGES_WORDS =
            equivalentTo(StorageException.class).or(equivalentTo(StorageException.Kind.class));

    private static final DescribedPredicate<JavaClass> FILES = resideInAPackage("java.nio.file..");

    @ArchTest
    static final ArchRule storageHasNeverHeardOfHdf5 = noClasses()
            .that()
            .resideInAPackage(STORAGE)
            .should()
            .dependOnClassesThat(OURS.and(not(resideInAPackage(STORAGE))));

    @ArchTest
    static final ArchRule modelAndErrorUseOnlyEachOther = noClasses()
            .that()
            .resideInAnyPackage(MODEL, ERROR)
            .should()
            .dependOnClassesThat(
                    OURS.and(not(resideInAnyPackage(MODEL, ERROR, EVENT))).and(not(STORAGES_WORDS)));

    @ArchTest
    static final ArchRule eventsKnowNothing = noClasses()
            .that()
            .resideInAPackage(EVENT)
            .should()
            .dependOnClassesThat(OURS.and(not(resideInAPackage(EVENT))));

    @ArchTest
    static final ArchRule whoTellsOfEventsKnowsNoMoreThanTheirWords = noClasses()
            .that()
            .resideInAPackage(INTERNAL + "watch..")
            .should()
            .dependOnClassesThat(OURS.and(not(resideInAnyPackage(EVENT, INTERNAL + "watch..")))
                    .and(not(equivalentTo(ByteRange.class))));

    @ArchTest
    static final ArchRule onlyStorageFailuresKnowTheStoragesWords = noClasses()
            .that()
            .resideInAnyPackage(MODEL, ERROR)
            .and()
            .doNotHaveSimpleName("StorageFailureException")
            .should()
            .dependOnClassesThat(STORAGES_WORDS);

    @ArchTest
    static final ArchRule parsingIsAFunctionOfBytes = noClasses()
            .that()
            .resideInAPackage(FORMAT)
            .should()
            .dependOnClassesThat(
                    CONCURRENCY.or(FILES).or(OURS.and(not(resideInAnyPackage(FORMAT, BYTES, ERROR, MODEL)))));

    @ArchTest
    static final ArchRule pureStepsKnowNoExecutorFutureOrFile = noClasses()
            .that()
            .resideInAnyPackage(GRID, PLAN, DECODE, SCATTER, BYTES)
            .should()
            .dependOnClassesThat(CONCURRENCY.or(FILES));

    @ArchTest
    static final ArchRule pureStepsKnowNoStorageButThePlansRanges = noClasses()
            .that()
            .resideInAnyPackage(GRID, PLAN, DECODE, SCATTER, BYTES)
            .should()
            .dependOnClassesThat(resideInAPackage(STORAGE).and(not(equivalentTo(ByteRange.class))));

    @ArchTest
    static final ArchRule onlyThePlanKnowsByteRanges = noClasses()
            .that()
            .resideInAnyPackage(GRID, DECODE, SCATTER, BYTES)
            .should()
            .dependOnClassesThat(equivalentTo(ByteRange.class));

    /**
     * Others may hold a future and wait for it ({@code join}, {@code get}); making one or chaining to one decides on
     * which thread code runs, and that is the business of these packages alone.
     */
    @ArchTest
    static final ArchRule onlySchedulersMakeOrChainFutures = noClasses()
            .that()
            .resideInAPackage(INTERNAL + ".")
            .and()
            .resideOutsideOfPackages(
                    INTERNAL + "cache..",
                    INTERNAL + "datacache..",
                    INTERNAL + "driver..",
                    INTERNAL + "fetch..",
                    FILE,
                    VIRTUAL,
                    ENGINE)
            .should()
            .callMethodWhere(describe("it makes or chains a future", ArchitectureTest::makesOrChains))
            .orShould()
            .callConstructorWhere(describe("it makes a future", ArchitectureTest::isOnFuture));

    /** A call goes down through these rooms and never up again. */
    @ArchTest
    static final ArchRule aCallGoesDownOnly = layers("io.h5coro", SERIES, ENGINE, VIRTUAL, PREPARE, FILE);

    /** None of the types of a room knows one of the rooms before it. */
    private static ArchRule layers(String... rooms) {
        CompositeArchRule all = null;
        for (int i = 1; i < rooms.length; i++) {
            ArchRule rule = noClasses()
                    .that()
                    .resideInAPackage(rooms[i])
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(Arrays.copyOf(rooms, i));
            all = all == null ? CompositeArchRule.of(rule) : all.and(rule);
        }
        return Objects.requireNonNull(all);
    }

    @ArchTest
    static final ArchRule belowTheFileNobodyKnowsIt = noClasses()
            .that()
            .resideInAPackage(INTERNAL + ".")
            .and()
            .resideOutsideOfPackages(SERIES, ENGINE, VIRTUAL, PREPARE, FILE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.h5coro", SERIES, ENGINE, VIRTUAL, PREPARE, FILE);

    @ArchTest
    static final ArchRule metadataIsReadThroughTheCache = noClasses()
            .that()
            .resideInAnyPackage(INTERNAL + "resolve..", INTERNAL + "index..")
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("io.h5coro.storage.RangeReader");

    @ArchTest
    static final ArchRule theIndexCacheKnowsNoFormat = noClasses()
            .that()
            .resideInAPackage(INTERNAL + "indexcache..")
            .should()
            .dependOnClassesThat(OURS.and(not(resideInAnyPackage(
                    INTERNAL + "indexcache..", INTERNAL + "cache..", INTERNAL + "call..", STORAGE, MODEL, ERROR))));

    @ArchTest
    static final ArchRule theDataCacheKnowsNoFormat = noClasses()
            .that()
            .resideInAPackage(INTERNAL + "datacache..")
            .should()
            .dependOnClassesThat(
                    OURS.and(not(resideInAnyPackage(INTERNAL + "datacache..", INTERNAL + "memory..", STORAGE, MODEL))));

    @ArchTest
    static final ArchRule packagesFormNoCycle =
            slices().assignedFrom(new ByPackage()).should().beFreeOfCycles();

    @ArchTest
    static final ArchRule theFilterSpiStandsAlone = noClasses()
            .that()
            .resideInAPackage("io.h5coro.filter..")
            .should()
            .dependOnClassesThat(OURS.and(not(resideInAnyPackage("io.h5coro.filter..", ERROR, MODEL))));

    /** Each package is a slice of its own, however deep. */
    private static final class ByPackage implements SliceAssignment {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            return SliceIdentifier.of(type.getPackageName());
        }

        @Override
        public String getDescription() {
            return "one slice for each package";
        }
    }

    private static boolean isOnFuture(JavaAccess<?> access) {
        JavaClass owner = access.getTargetOwner();
        return owner.isAssignableTo(CompletableFuture.class) || owner.isEquivalentTo(CompletionStage.class);
    }

    private static boolean makesOrChains(JavaAccess<?> access) {
        if (!isOnFuture(access)) {
            return false;
        }
        return switch (access.getTarget().getName()) {
            case "get", "join", "getNow", "isDone", "isCancelled", "isCompletedExceptionally", "cancel" -> false;
            default -> true;
        };
    }
}
