// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.storage.StorageException.Kind;
import io.h5coro.storage.StorageListing.Depth;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The contract, kept by a storage of another jar; and what a glob asks of it. */
final class MemoryListingTest extends StorageListingContract {
    private final MemoryStorage storage = new MemoryStorage();

    @Override
    protected String store(Map<String, byte[]> objects) {
        objects.forEach((name, content) -> storage.put("dir/" + name, content));
        return "mem://box/dir/";
    }

    @Override
    protected StorageListing list(String prefix, Depth depth) throws Exception {
        return storage.list(LocationText.toUri("mem", prefix), depth, options());
    }

    @Override
    protected StorageListing find(String location) throws Exception {
        Optional<String> folder = Glob.folder(location);
        if (folder.isPresent()) {
            return new ListedObjects(list(folder.get(), Depth.FOLDER));
        }
        return new GlobListing(
                Glob.of(location), (prefix, depth) -> storage.list(uri(prefix), depth, StorageOptions.none()));
    }

    private static URI uri(String location) {
        try {
            return LocationText.toUri("mem", location);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @Override
    protected RangeReader open(String location) throws Exception {
        return storage.open(uri(location), options());
    }

    @Override
    protected OptionalInt requestsSeen() {
        int seen = storage.asked().size();
        storage.asked().clear();
        return OptionalInt.of(seen);
    }

    private List<String> asked(String location) throws Exception {
        storage.asked().clear();
        List<StoredObject> unused = all(find("mem://box/" + location));
        return List.copyOf(storage.asked());
    }

    @Test
    void aGlobAsksOnlyBelowItsLongestLiteralBeginning() throws Exception {
        for (String key :
                List.of("2026/01/x_1.h5", "2026/01/y.h5", "2026/02/x_2.h5", "2026/x/y/x_3.h5", "2027/x_.h5")) {
            storage.put(key, new byte[1]);
        }
        assertEquals(List.of("2026/01/x_"), asked("2026/01/x_*.h5"));
        assertEquals(List.of("2026/0", "2026/01/x_", "2026/02/x_"), asked("2026/0?/x_*.h5"));
        assertEquals(List.of("202", "2026/01/x_1.h5", "2027/01/x_1.h5"), asked("202?/01/x_1.h5"));
        assertEquals(List.of("2026/ and below"), asked("2026/**/x_*.h5"));
        assertEquals(List.of("202", "2026/ and below", "2027/ and below"), asked("202[67]/**"));
        assertEquals(List.of("2026/01/x_1.h5"), asked("2026/01/x_1.h5"));
        assertEquals(List.of(""), asked("*.h5"));
        assertEquals(
                List.of("", "2026/", "2027/", "2026/01/", "2026/02/", "2026/x/").size(),
                asked("*/*/x*.h5").size());
    }

    @Test
    void aMillionKeysAreMatchedAsTheyCome() throws Exception {
        long[] given = {0};
        StorageListing endless = new StorageListing() {
            @Override
            public Optional<StoredObject> next() {
                given[0]++;
                return given[0] > 1_000_000
                        ? Optional.empty()
                        : Optional.of(new StoredObject(
                                String.format("mem://box/x_%07d.h5", given[0]),
                                OptionalLong.empty(),
                                Optional.empty(),
                                Optional.empty()));
            }

            @Override
            public void close() {
                // Nothing is open.
            }
        };
        try (StorageListing found = new GlobListing(Glob.of("mem://box/x_*00000.h5"), (prefix, depth) -> endless)) {
            assertEquals("mem://box/x_0100000.h5", found.next().orElseThrow().location());
            assertEquals(100_000, given[0], "no more were asked for");
            assertEquals(9, all(found).size());
        }
        assertTrue(given[0] > 1_000_000);
    }

    @Test
    void aStorageThatDoesNotListSaysSo() {
        StorageProvider other = new StorageProvider() {
            @Override
            public Set<String> schemes() {
                return Set.of("other");
            }

            @Override
            public RangeReader open(URI uri, StorageOptions options) {
                throw new AssertionError();
            }
        };
        StorageException refused = assertThrows(
                StorageException.class,
                () -> other.list(URI.create("other://id:secret@box/x?secret"), Depth.TREE, StorageOptions.none()));
        assertEquals(Kind.UNSUPPORTED, refused.kind());
        assertEquals("other:...: the storage for other:// does not list", refused.getMessage());
    }

    @Test
    void foldersThatLeadBackToThemselvesEnd() {
        StorageListing.Folders loop = new StorageListing.Folders() {
            @Override
            public StorageListing list(String folder) {
                return new StorageListing() {
                    private boolean given;

                    @Override
                    public Optional<StoredObject> next() {
                        boolean first = !given;
                        given = true;
                        return first ? Optional.of(StoredObject.folder(folder + "a/")) : Optional.empty();
                    }

                    @Override
                    public void close() {
                        // Nothing is open.
                    }
                };
            }
        };
        StorageException refused = assertThrows(StorageException.class, () -> {
            try (StorageListing tree = StorageListing.tree(loop.list("mem://box/"), loop)) {
                Optional<StoredObject> unused = tree.next();
            }
        });
        assertEquals(Kind.PROTOCOL, refused.kind());
        assertTrue(String.valueOf(refused.getMessage()).contains("more than 100 levels"), refused.getMessage());
    }
}
