// SPDX-License-Identifier: Apache-2.0
package io.h5coro.error;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.storage.StorageException.Kind;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What all errors of the library have in common. */
final class H5ExceptionTest {
    private static final Where PLACE = new Where("a.h5", null, 0x40);
    private static final Throwable CAUSE = new IllegalStateException("cause");

    static Stream<H5Exception> all() {
        return Stream.of(
                new MalformedFileException(PLACE, "problem", CAUSE),
                new UnsupportedFeatureException(PLACE, "feature", CAUSE),
                new NotFoundException(PLACE, "problem", CAUSE),
                new SelectionException(PLACE, "problem", CAUSE),
                new FilterException(PLACE, "problem", 32_015, CAUSE),
                new StorageFailureException(PLACE, "problem", Kind.TIMEOUT, CAUSE),
                new ObjectChangedException(PLACE, "problem", CAUSE),
                new LimitExceededException(PLACE, "problem", CAUSE),
                new ReadAbortedException(PLACE, "problem", CAUSE));
    }

    @Test
    void noErrorIsMissingHere() {
        Set<Class<?>> tested = all().map(Object::getClass).collect(Collectors.toSet());
        assertEquals(Set.copyOf(Arrays.asList(H5Exception.class.getPermittedSubclasses())), tested);
    }

    @ParameterizedTest
    @MethodSource("all")
    void theMessageIsOneLineOfPlaceAndProblem(H5Exception e) {
        assertEquals("a.h5 @ 0x40: " + e.problem(), e.getMessage());
        assertEquals(PLACE, e.where());
        assertSame(CAUSE, e.getCause());
    }

    @ParameterizedTest
    @MethodSource("all")
    void takesAnObjectPathOnceAndStaysWhatItIs(H5Exception e) {
        H5Exception named = e.in("/x");
        assertSame(e.getClass(), named.getClass());
        assertEquals("a.h5: /x @ 0x40: " + e.problem(), named.getMessage());
        assertEquals(e.problem(), named.problem());
        assertSame(e, named.getCause());
        assertSame(named, named.in("/y"));
        keepsItsOwn(e, named);
    }

    private static void keepsItsOwn(H5Exception one, H5Exception other) {
        if (one instanceof FilterException filter) {
            assertEquals(filter.filterId(), ((FilterException) other).filterId());
        } else if (one instanceof StorageFailureException storage) {
            assertEquals(storage.kind(), ((StorageFailureException) other).kind());
        } else if (one instanceof UnsupportedFeatureException feature) {
            assertEquals(feature.feature(), ((UnsupportedFeatureException) other).feature());
        }
    }

    /** Frameworks that distribute work send failures from one process to another. */
    @ParameterizedTest
    @MethodSource("all")
    void survivesSerialization(H5Exception e) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(e.in("/x"));
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            H5Exception read = (H5Exception) in.readObject();
            assertSame(e.getClass(), read.getClass());
            assertEquals(e.in("/x").getMessage(), read.getMessage());
            assertEquals(e.in("/x").where(), read.where());
            keepsItsOwn(e, read);
        }
    }

    @Test
    void aCauseIsNotNeeded() {
        assertNull(new MalformedFileException(PLACE, "problem").getCause());
        assertNull(new NotFoundException(PLACE, "problem").getCause());
        assertNull(new UnsupportedFeatureException(PLACE, "virtual dataset").getCause());
    }

    @Test
    void anUnsupportedFeatureSaysSo() {
        UnsupportedFeatureException e = new UnsupportedFeatureException(PLACE, "virtual dataset");
        assertEquals("virtual dataset", e.feature());
        assertEquals("virtual dataset is not supported", e.problem());
        assertEquals("virtual dataset", ((UnsupportedFeatureException) e.in("/x")).feature());
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void aStorageFailureKeepsItsKind(Kind kind) {
        H5Exception named = new StorageFailureException(PLACE, "problem", kind, null).in("/x");
        assertTrue(named instanceof StorageFailureException s && s.kind() == kind);
    }
}
