// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.storage.StorageListing.Depth;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What every listing promises. A test class of a {@link StorageProvider} that lists extends this and adds its own
 * cases.
 */
@Timeout(120)
public abstract class StorageListingContract {
    private static final Comparator<String> BYTES =
            Comparator.comparing(name -> name.getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned);

    /** Stores objects by their names below a new folder, and gives the location of the folder, with its slash. */
    protected abstract String store(Map<String, byte[]> objects) throws Exception;

    /** Options for listing and opening. */
    protected StorageOptions options() throws Exception {
        return StorageOptions.none();
    }

    protected StorageListing list(String prefix, Depth depth) throws Exception {
        return Storages.list(prefix, depth, options());
    }

    protected StorageListing find(String location) throws Exception {
        return Storages.find(location, options());
    }

    protected RangeReader open(String location) throws Exception {
        return Storages.open(location, options());
    }

    /** How a name is written in a location. */
    protected String written(String name) {
        return name;
    }

    /** How a wildcard is written that is a letter of a name. */
    protected String plain(char wildcard) {
        return "\\" + wildcard;
    }

    /** How many requests the storage has seen since the last call; empty where nobody counts them. */
    protected OptionalInt requestsSeen() {
        return OptionalInt.empty();
    }

    /** All of a listing, which it closes. */
    public static List<StoredObject> all(StorageListing listing) throws StorageException {
        try (listing) {
            List<StoredObject> all = new ArrayList<>();
            for (Optional<StoredObject> next = listing.next(); next.isPresent(); next = listing.next()) {
                all.add(next.get());
            }
            assertTrue(listing.next().isEmpty(), "the end stays");
            return all;
        }
    }

    private List<String> names(String folder, StorageListing listing) throws Exception {
        return all(listing).stream()
                .map(found -> {
                    assertTrue(found.location().startsWith(folder), found.location());
                    return found.location().substring(folder.length());
                })
                .toList();
    }

    /** Objects of these names, whose contents are their names. */
    protected static Map<String, byte[]> named(String... names) {
        Map<String, byte[]> objects = new TreeMap<>();
        for (String name : names) {
            objects.put(name, name.getBytes(StandardCharsets.UTF_8));
        }
        return objects;
    }

    private List<String> these(String... names) {
        return Arrays.stream(names).map(this::written).toList();
    }

    private static final String[] TREE = {
        "Z.h5",
        "a-b.h5",
        "a.h5",
        "a/b.h5",
        "a/c/d.h5",
        "a/c/e.txt",
        "a0.h5",
        "b/.hidden.h5",
        "b/x.h5",
        ".dot.h5",
        ".dots/x.h5",
        "\uff5e.h5",
        "\ud834\udd1e.h5",
        "é.h5"
    };

    @Test
    void listsObjectsAndFoldersOfOneFolderInTheOrderOfTheirBytes() throws Exception {
        String folder = store(named(TREE));
        List<String> expected = Arrays.stream(TREE)
                .map(name -> name.replaceAll("/.*", "/"))
                .distinct()
                .sorted(BYTES)
                .map(this::written)
                .toList();
        assertEquals(expected, names(folder, list(folder, Depth.FOLDER)));
    }

    @Test
    void listsATreeInTheOrderOfItsBytes() throws Exception {
        String folder = store(named(TREE));
        List<String> expected =
                Arrays.stream(TREE).sorted(BYTES).map(this::written).toList();
        assertEquals(expected, names(folder, list(folder, Depth.TREE)));
    }

    @Test
    void aPrefixIsTheBeginningOfNames() throws Exception {
        String folder = store(named(TREE));
        assertEquals(these("a-b.h5", "a.h5", "a/", "a0.h5"), names(folder, list(folder + "a", Depth.FOLDER)));
        assertEquals(these("a/b.h5", "a/c/"), names(folder, list(folder + "a/", Depth.FOLDER)));
        assertEquals(these("a/c/d.h5", "a/c/e.txt"), names(folder, list(folder + "a/c", Depth.TREE)));
        assertEquals(List.of(), names(folder, list(folder + "nothing", Depth.FOLDER)));
    }

    @Test
    void saysWhatItKnowsOfEachAndOpensIt() throws Exception {
        Map<String, byte[]> objects = named(
                "a b+c&d.h5",
                "100%.h5",
                "a%20b.h5",
                "a#b?c.h5",
                "x[1].h5",
                "{a,b}.h5",
                "sta*r.h5",
                "q'\"q.h5",
                "<i>.h5",
                "run:7.h5",
                "~u.h5",
                "ä€𝄞.h5",
                "dir with blank/x=1;y.h5");
        String folder = store(objects);
        List<StoredObject> found = all(list(folder, Depth.TREE));
        assertEquals(objects.size(), found.size());
        for (StoredObject object : found) {
            assertTrue(!object.isFolder(), object.location());
            try (RangeReader reader = open(object.location())) {
                boolean same =
                        object.version().isPresent() && object.sizeBytes().isPresent();
                assertTrue(
                        !same
                                || reader.expect(
                                        object.version().get(),
                                        object.sizeBytes().getAsLong()),
                        object.location());
                byte[] content = RangeReaderContract.get(reader.read(new ByteRange(0, 1_000)));
                byte[] expected = objects.remove(new String(content, StandardCharsets.UTF_8));
                assertArrayEquals(expected, content, object.location());
                assertEquals(content.length, object.sizeBytes().orElse(content.length));
            }
        }
        assertEquals(Map.of(), objects);
    }

    @Test
    void aFolderHasNoSizeVersionAndTime() throws Exception {
        String folder = store(named("a/b.h5"));
        StoredObject found = all(list(folder, Depth.FOLDER)).get(0);
        assertEquals(StoredObject.folder(folder + "a/"), found);
        assertTrue(found.isFolder());
    }

    @Test
    void asksNothingBeforeTheFirst() throws Exception {
        String folder = store(named("x.h5"));
        int unused = requestsSeen().orElse(0);
        StorageListing listing = list(folder, Depth.TREE);
        assertEquals(0, requestsSeen().orElse(0));
        listing.close();
        listing.close();
        assertEquals(0, requestsSeen().orElse(0));
    }

    @Test
    void findsWhatAPatternMeansInOrder() throws Exception {
        String folder = store(named(TREE));
        assertEquals(
                these("Z.h5", "a-b.h5", "a.h5", "a0.h5", "é.h5", "\uff5e.h5", "\ud834\udd1e.h5"),
                names(folder, find(folder + "*.h5")));
        assertEquals(these("a-b.h5", "a.h5", "a0.h5"), names(folder, find(folder + "a*.h5")));
        assertEquals(these("Z.h5", "a.h5"), names(folder, find(folder + "[aZ].h5")));
        assertEquals(these("a/b.h5", "b/x.h5"), names(folder, find(folder + "*/*.h5")));
        assertEquals(these("a/c/d.h5", "a/c/e.txt"), names(folder, find(folder + "a/[c]/{d,e}*")));
        assertEquals(these("a/c/d.h5"), names(folder, find(folder + "{a,b}/c/d.h5")));
        assertEquals(these("b/.hidden.h5"), names(folder, find(folder + "*/.h*")));
        assertEquals(these(".dot.h5"), names(folder, find(folder + ".*")));
        assertEquals(these(".dots/x.h5", "b/x.h5"), names(folder, find(folder + "{.dots,b}/x.h5")));
        assertEquals(List.of(), names(folder, find(folder + "*.nc")));
        assertEquals(List.of(), names(folder, find(folder + "no*/x.h5")));
    }

    @Test
    void twoStarsStandForAnyFolders() throws Exception {
        String folder = store(named(TREE));
        assertEquals(
                these(
                        "Z.h5",
                        "a-b.h5",
                        "a.h5",
                        "a/b.h5",
                        "a/c/d.h5",
                        "a0.h5",
                        "b/x.h5",
                        "é.h5",
                        "\uff5e.h5",
                        "\ud834\udd1e.h5"),
                names(folder, find(folder + "**/*.h5")));
        assertEquals(these("a/b.h5", "a/c/d.h5", "a/c/e.txt"), names(folder, find(folder + "a/**")));
        assertEquals(these("a/c/d.h5"), names(folder, find(folder + "**/c/d*")));
        assertEquals(these("a/c/d.h5", "a/c/e.txt"), names(folder, find(folder + "a/**/c/**/[de].*")));
    }

    @Test
    void aWildcardThatIsEscapedIsALetter() throws Exception {
        String folder = store(named("sta*r.h5", "staar.h5", "x[1].h5", "x1.h5", "{d}/x.h5", "d/x.h5"));
        assertEquals(these("sta*r.h5"), names(folder, find(folder + "sta" + plain('*') + "r.h5")));
        assertEquals(these("sta*r.h5"), names(folder, find(folder + "st*" + plain('*') + "*.h5")));
        assertEquals(these("x[1].h5"), names(folder, find(folder + "x" + plain('[') + "1].h5")));
        assertEquals(these("x[1].h5"), names(folder, find(folder + "x[[]1].h5")));
        assertEquals(these("{d}/x.h5"), names(folder, find(folder + plain('{') + "d}/*")));
        assertEquals(these("{d}/x.h5"), names(folder, find(folder + plain('{') + "d}/")));
    }

    @Test
    void aPatternThatEndsWithASlashMeansWhatIsInItsFolders() throws Exception {
        String folder = store(named(TREE));
        assertEquals(these("a/b.h5", "b/x.h5"), names(folder, find(folder + "[ab]/")));
    }

    @Test
    void aLocationWithoutWildcardsIsItselfOrTheObjectsOfItsFolder() throws Exception {
        String folder = store(named(TREE));
        assertEquals(these("a.h5"), names(folder, find(folder + "a.h5")));
        assertEquals(List.of(), names(folder, find(folder + "a.h")));
        assertEquals(these("a/b.h5"), names(folder, find(folder + "a/")));
    }

    @Test
    void listsMoreThanOnePage() throws Exception {
        String[] names = new String[2_500];
        Arrays.setAll(names, i -> String.format("x_%04d.h5", i));
        String folder = store(named(names));
        assertEquals(Arrays.asList(names), names(folder, list(folder, Depth.FOLDER)));
        assertEquals(250, names(folder, find(folder + "x_*3.h5")).size());
    }
}
