// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.error.NotFoundException;
import io.h5coro.error.UnsupportedFeatureException;
import io.h5coro.model.CompoundArray;
import io.h5coro.model.CompoundType;
import io.h5coro.model.DatasetRequest;
import io.h5coro.model.H5Array;
import io.h5coro.model.Link;
import io.h5coro.model.StoredText;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names are bytes: those that are not UTF-8 are found, each its own object, by the text that they are listed as. */
final class StoredNamesTest {
    private static final byte[] LATIN1 = {'a', (byte) 0xb0};
    private static final byte[] UTF8 = {'a', (byte) 0xc2, (byte) 0xb0};

    private static long first(H5Object object) {
        return ((Dataset) object).read().getLong(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"stored_earliest", "stored_latest"})
    void givesEachOfTwoNamesThatAreNotUtf8ItsOwnValues(String name) {
        try (H5Coro file = NamesFiles.open(name)) {
            Group few = file.group("/few");
            assertEquals(
                    List.of("a°", "aµ"), few.links().stream().map(Link::name).toList());
            long expected = 1;
            for (Link link : few.links()) {
                assertEquals(expected, first(few.get(link.name())));
                assertEquals(expected, first(few.get(link)));
                assertEquals(expected, first(file.object("/few/" + link.name())));
                assertEquals(
                        expected,
                        file.list("/few").variables().get(link.name()).read().getLong(2));
                assertEquals(link, few.link(link.name()).orElseThrow());
                Dataset dataset = (Dataset) few.get(link);
                assertEquals(
                        10 * expected,
                        dataset.attribute("u°").orElseThrow().read().getLong(0));
                assertEquals(
                        10 * expected + 1,
                        dataset.attribute("uµ").orElseThrow().read().getLong(0));
                assertEquals(
                        List.of("u°", "uµ"),
                        dataset.attributes().stream().map(Attribute::name).toList());
                assertEquals(
                        10 * expected + 1,
                        file.read(DatasetRequest.attribute(dataset.path().orElseThrow(), "uµ"))
                                .getLong(0));
                assertEquals(
                        10 * expected + 1,
                        file.read(dataset.path().orElseThrow() + "/uµ").getLong(0));
                expected++;
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"stored_earliest", "stored_latest"})
    void findsEachOfManyNamesThatAreNotUtf8(String name) {
        try (H5Coro file = NamesFiles.open(name)) {
            Map<String, Dataset> many = file.list("/many").variables();
            assertEquals(40, many.size());
            Dataset owner = file.dataset("/many_attributes");
            assertEquals(42, owner.attributes().size());
            for (int i = 0; i < 40; i++) {
                assertEquals(i, many.get("a" + i + "°").read().getLong(0));
                assertEquals(i, file.read("/many/a" + i + "°").getLong(1));
                assertEquals(
                        i, owner.attribute("v" + i + "°").orElseThrow().read().getLong(0));
                assertEquals(
                        i,
                        file.inspect("/many_attributes")
                                .attributes()
                                .get("v" + i + "°")
                                .read()
                                .getLong(0));
            }
            assertTrue(file.group("/many").link("a40°").isEmpty());
            assertTrue(owner.attribute("v40°").isEmpty());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"stored_earliest", "stored_latest"})
    void tellsANameFromTheUtf8NameThatLooksLikeIt(String name) {
        try (H5Coro file = NamesFiles.open(name)) {
            Group both = file.group("/both");
            List<Link> links = both.links();
            assertEquals(
                    List.of("a\\xb0", "a§", "a°"),
                    links.stream().map(Link::name).sorted().toList());
            for (Link link : links) {
                long expected = link.name().equals("a§") ? 9 : link.storedName().isUtf8() ? 2 : 1;
                assertEquals(expected, first(both.get(link)));
                assertEquals(expected, first(both.get(link.name())));
                assertEquals(expected, first(both.get(link.storedName().exact())));
                assertEquals(
                        expected,
                        file.list("/both").variables().get(link.name()).read().getLong(0));
            }
            assertArrayEquals(UTF8, both.link("a°").orElseThrow().storedName().bytes());
            assertArrayEquals(
                    LATIN1, both.link("a\\xb0").orElseThrow().storedName().bytes());
            assertArrayEquals(
                    LATIN1, both.link("a\udcb0").orElseThrow().storedName().bytes());
            Dataset latin1 = file.dataset("/both/a\\xb0");
            assertEquals(10, latin1.attribute("a\\xb0").orElseThrow().read().getLong(0));
            assertEquals(11, latin1.attribute("a°").orElseThrow().read().getLong(0));
            Dataset many = file.dataset("/many_attributes");
            assertEquals(100, many.attribute("a\\xb0").orElseThrow().read().getLong(0));
            assertEquals(101, many.attribute("a°").orElseThrow().read().getLong(0));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"stored_earliest", "stored_latest"})
    void tellsANameFromTheOneThatItWouldBeEscapedTo(String name) {
        try (H5Coro file = NamesFiles.open(name)) {
            Group literal = file.group("/literal");
            Set<String> texts = new TreeSet<>();
            for (Link link : literal.links()) {
                StoredText stored = link.storedName();
                long expected = stored.length() == 5 ? 3 : stored.isUtf8() ? 2 : 1;
                assertEquals(expected, first(literal.get(link.name())), link.name());
                texts.add(link.name());
            }
            assertEquals(Set.of("a\\xb0", "a°", "a\udcb0"), texts);
            assertEquals(3, file.list("/literal").variables().size());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"stored_earliest", "stored_latest"})
    void followsTheBytesOfAStoredPathAndNotItsText(String name) {
        try (H5Coro file = NamesFiles.open(name)) {
            assertEquals(1, file.read("/to_latin1").getLong(0));
            assertEquals(2, file.read("/to_utf8").getLong(0));
            assertEquals(7, file.read("/to_mixed").getLong(0));
            assertEquals(7, file.read("/é/b°/c").getLong(0));
            assertEquals(50, file.read("/other").getLong(0));
            assertThrows(NotFoundException.class, () -> file.read("/to_none"));
            assertEquals(9, file.read("/both/a§").getLong(0), "what a user types need not be the bytes");
            assertThrows(NotFoundException.class, () -> file.read("/few/a\ufffd"));
            assertThrows(NotFoundException.class, () -> file.read("/few/a\ud800"));
            assertThrows(NotFoundException.class, () -> file.read("/both/aÂ°"));
        }
    }

    @Test
    void readsTheSourcesOfAVirtualDatasetByTheirBytes() {
        try (H5Coro file = NamesFiles.open("virtual")) {
            H5Array values = file.read("/v");
            for (int i = 0; i < 6; i++) {
                assertEquals(1 + i / 3, values.getLong(i));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"stored_earliest", "stored_latest"})
    void givesEachMemberOfACompoundItsOwnValues(String name) {
        try (H5Coro file = NamesFiles.open(name)) {
            CompoundArray compound = (CompoundArray) file.read("/compound");
            assertEquals(
                    List.of("T\\xb0", "Tµ", "T°", "enum"),
                    compound.type().members().stream()
                            .map(CompoundType.Member::name)
                            .toList());
            assertEquals(1, compound.field("T\\xb0").getLong(0));
            assertEquals(5, compound.field("Tµ").getLong(1));
            assertEquals(3, compound.field("T°").getLong(0));
            assertEquals("E°", compound.field("enum").getString(0));
            assertEquals("Eµ", compound.field("enum").getString(1));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"slash_earliest", "slash_latest"})
    void listsAMemberWithASlashInItsNameAndSaysWhyItCannotBeOpened(String name) {
        try (H5Coro file = NamesFiles.open(name)) {
            Group root = file.root();
            assertEquals(
                    List.of("a", "a/b", "c/d/e", "x"),
                    root.links().stream().map(Link::name).toList());
            Listing listing = file.list("/");
            assertEquals(Set.of("a"), listing.groups());
            assertEquals(Set.of("a/b", "c/d/e"), listing.others());
            assertEquals(Set.of("x"), listing.variables().keySet());
            for (Link link : root.links()) {
                if (link.name().contains("/")) {
                    UnsupportedFeatureException e =
                            assertThrows(UnsupportedFeatureException.class, () -> root.get(link));
                    assertTrue(e.getMessage().contains("'" + link.name() + "'"), e.getMessage());
                    assertTrue(e.getMessage().contains("slash"), e.getMessage());
                }
            }
            assertEquals(1, file.read("/a/b").getLong(0), "a path leads through the group a");
            UnsupportedFeatureException e =
                    assertThrows(UnsupportedFeatureException.class, () -> file.dataset("/c/d/e"));
            assertTrue(e.getMessage().contains("'c/d/e'"), e.getMessage());
            assertThrows(UnsupportedFeatureException.class, () -> file.read("c/d/e"));
            assertThrows(NotFoundException.class, () -> file.object("/c/d"));
            assertThrows(NotFoundException.class, () -> file.object("/c/d/f"));
        }
    }
}
