// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.error.H5Exception;
import io.h5coro.error.UnsupportedFeatureException;
import io.h5coro.model.DatasetRequest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One attribute that cannot be parsed does not take the others with it. */
final class DamagedAttributesTest {
    @ParameterizedTest
    @ValueSource(strings = {"bad_v1", "bad_v2", "bad_dense"})
    void givesTheAttributesBesideOneThatCannotBeParsed(String name) {
        try (H5Coro file = NamesFiles.open(name)) {
            Dataset x = file.dataset("/x");
            List<Attribute> all = x.attributes();
            assertEquals(name.equals("bad_dense") ? 15 : 3, all.size());
            for (Attribute attribute : all) {
                assertEquals(attribute.name().equals("bad"), attribute.failure().isPresent());
            }
            others(x);
            others(file.inspect("/x").attributes());
            Attribute bad = file.inspect("/x").attributes().get("bad");
            H5Exception failure = assertThrows(H5Exception.class, bad::read);
            assertTrue(failure.getMessage().contains("/x@bad"), failure.getMessage());
            assertTrue(failure.getMessage().contains("datatype class 12"), failure.getMessage());
            assertThrows(H5Exception.class, bad::type);
            assertThrows(H5Exception.class, bad::shape);
            assertThrows(H5Exception.class, bad::dataspace);
            assertThrows(H5Exception.class, bad::committedType);
            assertTrue(bad.toString().contains("datatype class 12"), bad.toString());
            assertThrows(H5Exception.class, () -> x.attribute("bad"));
            assertThrows(H5Exception.class, () -> file.read(DatasetRequest.attribute("/x", "bad")));
            assertTrue(x.attribute("absent").isEmpty());
        }
    }

    @Test
    void givesTheAttributesBesideOneWhoseNameCannotBeRead() {
        try (H5Coro file = NamesFiles.open("bad_version")) {
            Dataset x = file.dataset("/x");
            assertEquals(
                    List.of("(attribute 2)", "good", "units"),
                    x.attributes().stream().map(Attribute::name).toList());
            others(x);
            H5Exception failure = x.attributes().get(0).failure().orElseThrow();
            assertTrue(failure instanceof UnsupportedFeatureException, failure.getMessage());
            assertThrows(UnsupportedFeatureException.class, () -> x.attribute("bad"), "it may be the damaged one");
        }
    }

    @Test
    void givesTheAttributesBesideOneWhoseSharedTypeIsNowhere() {
        try (H5Coro file = NamesFiles.open("bad_shared")) {
            Dataset x = file.dataset("/x");
            others(x);
            others(file.inspect("/x").attributes());
            assertThrows(H5Exception.class, () -> x.attribute("bad"));
        }
    }

    @Test
    void givesTheAttributesBesideOneWhoseTextIsNowhere() {
        try (H5Coro file = NamesFiles.open("bad_string")) {
            Dataset x = file.dataset("/x");
            others(x);
            Attribute bad = x.attribute("bad").orElseThrow();
            assertTrue(bad.failure().isEmpty());
            assertEquals("string", bad.type().shortName());
            H5Exception failure = assertThrows(H5Exception.class, bad::read);
            assertTrue(failure.getMessage().contains("/x@bad"), failure.getMessage());
        }
    }

    private static void others(Dataset x) {
        assertEquals(1.5, x.attribute("good").orElseThrow().read().getDouble(0));
        assertEquals(2.5, x.attribute("units").orElseThrow().read().getDouble(0));
        x.attributes().forEach(attribute -> assertFalse(attribute.toString().isEmpty()));
    }

    private static void others(Map<String, Attribute> attributes) {
        assertEquals(1.5, attributes.get("good").read().getDouble(0));
        assertEquals(2.5, attributes.get("units").read().getDouble(0));
    }
}
