// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.h5coro.Knots;
import java.util.Set;

/** Which room of the command may know which, and how large and how tangled a room may be. */
@AnalyzeClasses(packages = "io.h5coro.cli", importOptions = ArchitectureTest.MainClasses.class)
final class ArchitectureTest {
    /** Leaves out tests, also those of a quick build, which ArchUnit's own option does not know. */
    static final class MainClasses implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("/test-classes/");
        }
    }

    private static final int MOST_IN_KNOT = 8;
    private static final int MOST_IN_ROOM = 30;

    private static final String COMMANDS = "io.h5coro.cli";
    private static final String TEXT = COMMANDS + ".text";
    private static final String REPORT = COMMANDS + ".report";
    private static final String FILE = COMMANDS + ".file";
    private static final String DUMP = COMMANDS + ".dump";
    private static final String INSPECT = COMMANDS + ".inspect";

    private static final String JSON = COMMANDS + ".json";
    private static final String VALUES = COMMANDS + ".values";
    private static final String EXPORT = COMMANDS + ".export";
    private static final String SERVE = COMMANDS + ".serve";

    private static final String TERMINAL = COMMANDS + ".terminal";
    private static final String COMPLETE = COMMANDS + ".complete";
    private static final String CONFIG = COMMANDS + ".config";

    private static final String PLOT = COMMANDS + ".plot";

    private static final Set<String> ROOMS = Set.of(
            COMMANDS, TERMINAL, CONFIG, COMPLETE, TEXT, JSON, REPORT, FILE, DUMP, INSPECT, VALUES, EXPORT, PLOT, SERVE);

    private static final DescribedPredicate<JavaClass> ALL = resideInAPackage(COMMANDS + "..");

    @ArchTest
    static final ArchRule textKnowsTheTerminalOnly = only(TEXT, TEXT, TERMINAL);

    @ArchTest
    static final ArchRule theTerminalKnowsNoOtherRoom = only(TERMINAL, TERMINAL);

    @ArchTest
    static final ArchRule completionReadsSettingsAndFiles = only(COMPLETE, COMPLETE, CONFIG, FILE, REPORT, TEXT);

    @ArchTest
    static final ArchRule settingsKnowNoOtherCommand = only(CONFIG, CONFIG, FILE, REPORT, TEXT);

    @ArchTest
    static final ArchRule textOpensNoFile = noClasses()
            .that()
            .resideInAPackage(TEXT)
            .should()
            .dependOnClassesThat(resideInAnyPackage("io.h5coro", "io.h5coro.storage..", "java.nio.file.."));

    @ArchTest
    static final ArchRule reportsKnowTextOnly = only(REPORT, REPORT, TEXT, TERMINAL);

    @ArchTest
    static final ArchRule filesKnowNothingThatIsPrintedOfThem = only(FILE, FILE, REPORT, TEXT, TERMINAL);

    @ArchTest
    static final ArchRule theDumpKnowsNoCommand = only(DUMP, DUMP, FILE, REPORT, TEXT, TERMINAL);

    @ArchTest
    static final ArchRule jsonKnowsTextOnly = only(JSON, JSON, TEXT);

    @ArchTest
    static final ArchRule whatLooksAtFilesMayDumpPartsOfThem = only(INSPECT, INSPECT, DUMP, FILE, JSON, REPORT, TEXT, TERMINAL);

    @ArchTest
    static final ArchRule whatReadsValuesDumpsNothing = only(VALUES, VALUES, FILE, JSON, REPORT, TEXT, TERMINAL);

    @ArchTest
    static final ArchRule exportsKnowNoOtherCommand = only(EXPORT, EXPORT, FILE, REPORT, TEXT, TERMINAL);

    @ArchTest
    static final ArchRule picturesKnowNoOtherCommand = only(PLOT, PLOT, FILE, REPORT, TEXT, TERMINAL);

    @ArchTest
    static final ArchRule serverKnowsNoOtherCommand = only(SERVE, SERVE, FILE, REPORT, TEXT, TERMINAL);

    @ArchTest
    static final ArchRule nobodyKnowsMain = noClasses()
            .that()
            .doNotBelongToAnyOf(Main.class)
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(Main.class);

    @ArchTest
    static final ArchRule roomsMakeNoCircle =
            slices().matching("(io.h5coro.cli..)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule onlyMainIsForOthers = classes()
            .that()
            .resideInAPackage(COMMANDS)
            .and()
            .arePublic()
            .should()
            .be(Main.class);

    @ArchTest
    static final ArchRule nothingIsNamedLikeTheJdksTypes = noClasses()
            .should()
            .haveSimpleName("Files")
            .orShould()
            .haveSimpleName("Objects")
            .orShould()
            .haveSimpleName("Flow");

    @ArchTest
    static void noMoreThanEightTypesOfARoomKnowEachOther(JavaClasses all) {
        Knots.largest(all).forEach((name, knot) -> assertTrue(knot.size() <= MOST_IN_KNOT, () -> name + ": " + knot));
    }

    @ArchTest
    static void noRoomIsCrowded(JavaClasses all) {
        Knots.types(all).forEach((name, types) -> assertTrue(types.size() <= MOST_IN_ROOM, () -> name + ": " + types));
        assertEquals(ROOMS, Knots.types(all).keySet());
    }

    private static ArchRule only(String room, String... known) {
        return noClasses()
                .that()
                .resideInAPackage(room)
                .should()
                .dependOnClassesThat(ALL.and(DescribedPredicate.not(resideInAnyPackage(known))));
    }
}
