// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.resolve;

import static io.h5coro.internal.walk.BuiltFile.group;
import static io.h5coro.internal.walk.BuiltFile.hardLink;
import static io.h5coro.internal.walk.BuiltFile.message;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.error.H5Exception;
import io.h5coro.error.LimitExceededException;
import io.h5coro.error.MalformedFileException;
import io.h5coro.error.NotFoundException;
import io.h5coro.error.UnsupportedFeatureException;
import io.h5coro.internal.bytes.MessageBytes;
import io.h5coro.internal.walk.BuiltFile;
import io.h5coro.internal.walk.ObjectHeader;
import io.h5coro.model.Link;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Paths through groups built by hand. */
final class ObjectCatalogTest {
    private final BuiltFile file = new BuiltFile();
    private final long leaf = file.header(message(0x0d, new MessageBytes().name("a leaf")));
    private final long inner = file.header(
            group(),
            hardLink("leaf", leaf),
            softLink("up", "/b/leaf"),
            softLink("beside", "leaf"),
            softLink("nowhere", "gone"));
    private final long other = file.header(group(), hardLink("leaf", inner));
    private final long root = file.header(
            group(),
            hardLink("b", other),
            hardLink("a", inner),
            softLink("self", "self"),
            softLink("round", "/trip"),
            softLink("trip", "/round"),
            softLink("soft", "a/beside"),
            hardLink("a/slash", leaf),
            hardLink("undefined", -1),
            externalLink("out", "other.h5", "/in/there"),
            externalLink("lost", "missing.h5", "/in"),
            typedLink("odd", 99));
    private final ObjectCatalog catalog = new ObjectCatalog(file.open(root), this::named);
    private final List<String> opened = new ArrayList<>();

    private static MessageBytes softLink(String name, String target) {
        MessageBytes body = new MessageBytes().u8(1, 8, 1, name.length()).text(name);
        return message(0x06, body.u16(target.length()).text(target));
    }

    private static MessageBytes externalLink(String name, String file, String target) {
        MessageBytes value = new MessageBytes().u8(0).name(file).name(target);
        MessageBytes body = new MessageBytes().u8(1, 8, 64, name.length()).text(name);
        return message(0x06, body.u16(value.size()).add(value));
    }

    private static MessageBytes typedLink(String name, int type) {
        return message(
                0x06,
                new MessageBytes().u8(1, 8, type, name.length()).text(name).u16(0));
    }

    /** The one other file that exists has a group /in with an object "there". */
    private Optional<ObjectCatalog> named(String name) {
        opened.add(name);
        if (!name.equals("other.h5")) {
            return Optional.empty();
        }
        BuiltFile linked = new BuiltFile();
        long there = linked.header(message(0x0d, new MessageBytes().name("there")));
        long in = linked.header(group(), hardLink("there", there));
        return Optional.of(new ObjectCatalog(linked.open(linked.header(group(), hardLink("in", in)))));
    }

    @ParameterizedTest
    @CsvSource({
        "/a/leaf, /a/leaf",
        "a/leaf, /a/leaf",
        "//a/./leaf/, /a/leaf",
        "/a/up/leaf, /a/up/leaf",
        "/soft, /soft",
        "/a/beside, /a/beside"
    })
    void followsHardAndSoftLinksAndKeepsThePathThatWasAsked(String path, String called) {
        ResolvedObject found = catalog.resolve(path);
        assertEquals(leaf, found.header().address());
        assertEquals(called, found.path());
        assertSame(catalog, found.catalog());
    }

    @Test
    void theRootIsReachedByEveryEmptyPath() {
        for (String path : List.of("", "/", ".", "//./")) {
            assertEquals(root, catalog.resolve(path).header().address());
            assertEquals("/", catalog.resolve(path).path());
        }
    }

    @Test
    void aPathFromAGroupStartsThereUnlessItIsAbsolute() {
        ResolvedObject b = catalog.resolve("/b");
        assertEquals(inner, catalog.resolve(b, "leaf").header().address());
        assertEquals("/b/leaf", catalog.resolve(b, "leaf").path());
        assertEquals(leaf, catalog.resolve(b, "/a/leaf").header().address());
        assertEquals("/b", catalog.resolve(b, ".").path());
    }

    @Test
    void anExternalLinkLeadsToItsTargetInTheOtherFileNotToItsNamesakeHere() {
        ResolvedObject found = catalog.resolve("/out");
        assertEquals(List.of("other.h5"), opened);
        assertTrue(found.catalog() != catalog);
        assertEquals("/out", found.path());
        assertThrows(NotFoundException.class, () -> catalog.resolve("/lost"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/x", "/a/x", "/a/leaf/x", "/a/nowhere", "/soft/x", "/b/leaf/leaf/leaf"})
    void whatDoesNotExistIsNotFoundAndNamesThePath(String path) {
        NotFoundException e = assertThrows(NotFoundException.class, () -> catalog.resolve(path));
        assertEquals(MessageBytes.SOURCE, e.where().source());
        assertEquals(path, e.where().object());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/self", "/round", "/trip", "/a/../round"})
    void linksThatLeadInACircleEnd(String path) {
        Class<? extends H5Exception> expected =
                path.contains("..") ? NotFoundException.class : LimitExceededException.class;
        assertThrows(expected, () -> catalog.resolve(path));
    }

    @Test
    void whatNoPathLeadsToIsSaidNotGuessed() {
        assertThrows(UnsupportedFeatureException.class, () -> catalog.resolve("/odd"));
        assertThrows(MalformedFileException.class, () -> catalog.resolve("/undefined"));
        assertThrows(NotFoundException.class, () -> catalog.resolve("/a/slash"));
        Link slash = catalog.link(catalog.root(), "a/slash").orElseThrow();
        assertThrows(UnsupportedFeatureException.class, () -> catalog.resolve(catalog.root(), slash));
    }

    @Test
    void followsALinkOfAListing() {
        ResolvedObject top = catalog.root();
        Link soft = catalog.link(top, "soft").orElseThrow();
        assertEquals(leaf, catalog.resolve(top, soft).header().address());
        assertEquals("/soft", catalog.resolve(top, soft).path());
        assertEquals(Optional.empty(), catalog.link(top, "none"));
        assertEquals(Optional.empty(), catalog.link(catalog.resolve("/a/leaf"), "none"));
    }

    @Test
    void listsLinksInTheOrderOfTheirBytes() {
        assertEquals(
                List.of("a", "a/slash", "b", "lost", "odd", "out", "round", "self", "soft", "trip", "undefined"),
                catalog.links(catalog.root()).stream().map(Link::name).toList());
        assertThrows(NotFoundException.class, () -> catalog.links(catalog.resolve("/a/leaf")));
    }

    @Test
    void anAddressIsCalledByThePathThatLedThere() {
        assertEquals("#0x" + Long.toHexString(leaf), catalog.at(leaf).path());
        assertEquals(leaf, catalog.resolve("/b/leaf/leaf").header().address());
        assertEquals("/b/leaf/leaf", catalog.at(leaf).path());
        assertEquals("/given/name", catalog.at(leaf, "given//name/").path());
        assertEquals("/", catalog.at(root).path());
    }

    @Test
    void aHeaderIsReadOnce() {
        ObjectHeader first = catalog.header(leaf);
        assertSame(first, catalog.header(leaf));
        assertSame(first, catalog.resolve("/a/leaf").header());
    }

    @Test
    void addressesOutsideTheFileAreMalformed() {
        for (long address : new long[] {-1, 1L << 40, Long.MAX_VALUE}) {
            assertThrows(MalformedFileException.class, () -> catalog.at(address), "" + address);
        }
    }

    @Test
    void withoutOtherFilesExternalLinksAreNotSupported() {
        ObjectCatalog alone = new ObjectCatalog(catalog.file());
        assertThrows(UnsupportedFeatureException.class, () -> alone.resolve("/out"));
    }
}
