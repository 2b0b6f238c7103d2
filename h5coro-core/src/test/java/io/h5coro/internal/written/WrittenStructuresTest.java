// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.written;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.h5coro.internal.bytes.Cursor;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A structure that was written is parsed to what was written, in files of all widths: 100,000 of them in each build.
 * With {@code -Dh5coro.written.seed=N} from other seeds than usual.
 */
final class WrittenStructuresTest {
    private static final int ALL = 100_000;

    private static final String PACKAGE = WrittenStructuresTest.class.getPackageName();

    private static Map<String, Written.Writer> writers() {
        Map<String, Written.Writer> all = new TreeMap<>(HeaderWriters.all());
        all.putAll(TypeWriters.all());
        all.putAll(MessageWriters.all());
        all.putAll(NodeWriters.all());
        all.putAll(BlockWriters.all());
        return all;
    }

    static Stream<String> structures() {
        return writers().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("structures")
    void isParsedToWhatWasWritten(String structure) {
        Written.Writer writer = writers().get(structure);
        int each = ALL / writers().size() + 1;
        long first = Long.getLong("h5coro.written.seed", 1);
        Set<Object> seen = new HashSet<>();
        for (long seed = first; seed < first + each; seed++) {
            String what = structure + " of seed " + seed;
            Written written = writer.apply(new Draw(seed));
            Cursor cursor = written.bytes().cursor();
            Object found;
            try {
                found = Written.parts(written.parser().apply(cursor));
            } catch (RuntimeException e) {
                throw new AssertionError(what, e);
            }
            Object says = Written.parts(written.says());
            assertEquals(says, found, what);
            assertEquals(written.left(), cursor.remaining(), what + ": bytes left");
            seen.add(says);
        }
        assertTrue(seen.size() > each / 4, structure + " says only " + seen.size() + " things in " + each);
    }

    /** A parser without a writer would be one whose grammar nobody has read again. */
    @Test
    void everyParserHasAWriter() {
        JavaClasses classes = new ClassFileImporter().importPackages("io.h5coro.internal");
        List<String> without = classes.stream()
                .filter(type -> type.getPackageName().startsWith("io.h5coro.internal.format"))
                .filter(type -> !type.getName().contains("Test"))
                .flatMap(type -> type.getMethods().stream())
                .filter(method -> method.getName().startsWith("parse"))
                .filter(method -> method.getModifiers().contains(JavaModifier.PUBLIC))
                .filter(method -> method.getAccessesToSelf().stream()
                        .noneMatch(access ->
                                access.getOriginOwner().getPackageName().equals(PACKAGE)))
                .map(JavaMember::getFullName)
                .sorted()
                .toList();
        assertEquals(List.of(), without);
    }
}
