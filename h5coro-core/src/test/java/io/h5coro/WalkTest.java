// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.error.H5Exception;
import io.h5coro.error.NotFoundException;
import io.h5coro.error.StorageFailureException;
import io.h5coro.internal.bytes.MessageBytes;
import io.h5coro.internal.walk.BuiltFile;
import io.h5coro.model.Link;
import io.h5coro.model.ReadOptions;
import io.h5coro.model.WalkOptions;
import io.h5coro.model.WalkOptions.Detail;
import io.h5coro.model.WalkOptions.Order;
import io.h5coro.storage.ByteRange;
import io.h5coro.storage.ForwardingRangeReader;
import io.h5coro.storage.MemoryRangeReader;
import io.h5coro.storage.RangeReader;
import io.h5coro.storage.StorageException;
import io.h5coro.storage.WaveRangeReader;
import io.h5coro.testdata.Fixtures;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Walks are compared with a walk by hand, link by link, through the same file; what they cost is counted. */
final class WalkTest {
    /** A small cache and a small first read, so that what is read ahead does not come with the open. */
    private static final ReadOptions SMALL_BLOCKS = ReadOptions.builder()
            .firstReadBytes(4 << 10)
            .blockBytes(512)
            .allowUnclosed(true)
            .build();

    static Stream<String> fixtures() {
        return Fixtures.all().stream();
    }

    private static RangeReader reader(String fixture) {
        return MemoryRangeReader.of(fixture, Fixtures.bytes(fixture));
    }

    /** One line for what was met: its depth, its path and what is there. */
    private static String line(int depth, String path, Object what) {
        return depth + " " + path + " " + what;
    }

    private static String text(Group.Member member) {
        return line(
                member.depth(),
                member.path(),
                member.object()
                        .map(WalkTest::text)
                        .orElse(member.failure()
                                .map(failure -> failure.getClass().getSimpleName())
                                .orElse("link")));
    }

    private static String text(H5Object object) {
        String kind = object.getClass().getSimpleName() + " at " + object.address();
        return object instanceof Dataset dataset ? kind + " " + shape(dataset) : kind;
    }

    private static String shape(Dataset dataset) {
        try {
            return dataset.type().shortName() + dataset.shape();
        } catch (H5Exception e) {
            return e.getClass().getSimpleName();
        }
    }

    /** A walk by hand. */
    private static final class ByHand {
        private final WalkOptions options;
        private final Set<Long> entered = new HashSet<>();
        private final List<String> lines = new ArrayList<>();

        ByHand(WalkOptions options) {
            this.options = options;
        }

        void object(String path, H5Object object, int level, boolean isEntered) {
            lines.add(line(level, path, text(object)));
            boolean goesOn = isEntered && level < options.depth();
            if (goesOn && object instanceof Group group && entered.add(group.address())) {
                for (Link link : group.links()) {
                    String below = (path.equals("/") ? "" : path) + "/" + link.name();
                    if (link instanceof Link.Hard) {
                        hard(group, link, below, level + 1);
                    } else {
                        lines.add(line(level + 1, below, "link"));
                    }
                }
            }
        }

        private void hard(Group group, Link link, String path, int level) {
            H5Object object;
            try {
                object = group.get(link);
            } catch (H5Exception e) {
                lines.add(line(level, path, e.getClass().getSimpleName()));
                return;
            }
            object(path, object, level, group.links().size() <= options.mostLinks());
        }
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void meetsWhatAWalkByHandMeets(String fixture) {
        WalkOptions all = WalkOptions.all();
        for (WalkOptions options : List.of(all.depth(0), all.depth(1), all.depth(2), all, all.mostLinks(4))) {
            ByHand expected = new ByHand(options);
            List<String> met;
            try (H5Coro file = H5Coro.open(reader(fixture), SMALL_BLOCKS)) {
                expected.object("/", file.root(), 0, true);
            } catch (H5Exception unreadable) {
                return;
            }
            try (H5Coro file = H5Coro.open(reader(fixture), SMALL_BLOCKS)) {
                met = file.root().walk(options).map(WalkTest::text).toList();
            }
            assertEquals(expected.lines, met);
        }
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void givesAttributesAndDescriptorsAsTheObjectsDo(String fixture) {
        try (H5Coro file = H5Coro.open(reader(fixture), SMALL_BLOCKS);
                H5Coro other = H5Coro.open(reader(fixture), SMALL_BLOCKS)) {
            WalkOptions options = WalkOptions.all().with(Detail.ATTRIBUTES, Detail.DESCRIPTORS);
            other.root().walk(options).forEach(member -> {
                if (member.object().isPresent() && member.failure().isEmpty()) {
                    H5Object same = file.objectAt(member.object().get().address(), member.path());
                    assertEquals(texts(same.attributes()), texts(member.attributes()), member.path());
                    assertEquals(text(same), text(member.object().get()));
                }
            });
        } catch (H5Exception unreadable) {
            assertFalse(unreadable instanceof StorageFailureException, unreadable::toString);
        }
    }

    private static List<String> texts(List<Attribute> attributes) {
        return attributes.stream().map(WalkTest::text).toList();
    }

    private static String text(Attribute attribute) {
        return attribute
                .failure()
                .map(Throwable::getMessage)
                .orElseGet(() -> attribute.name() + " " + attribute.type().shortName() + " " + attribute.shape());
    }

    /** Three levels of groups; headers with continuations. */
    @Test
    void walksAGranuleInAWaveOrTwoALevel() {
        ReadOptions blocks = ReadOptions.builder()
                .firstReadBytes(16 << 10)
                .blockBytes(4 << 10)
                .build();
        for (WalkOptions options : List.of(
                WalkOptions.all(),
                WalkOptions.all().with(Detail.ATTRIBUTES),
                WalkOptions.all().with(Detail.DESCRIPTORS))) {
            try (WaveRangeReader reader = new WaveRangeReader(reader("sample_granule"));
                    H5Coro file = H5Coro.open(reader, blocks)) {
                assertEquals(60, file.root().walk(options).count());
                int waves = reader.waves();
                assertTrue(waves >= 4 && waves <= 6, () -> waves + " waves, expected 4 to 6");
                long bytes = reader.bytes();
                assertTrue(bytes > 20_000 && bytes < 379_994, () -> bytes + " bytes");
            }
        }
    }

    @Test
    void walksNoFurtherThanTheDepthAndReadsNothingBelow() {
        try (WaveRangeReader reader = new WaveRangeReader(reader("sample_granule"));
                H5Coro file = H5Coro.open(reader, SMALL_BLOCKS)) {
            assertEquals(List.of("/"), paths(file.walk("/", 0)));
            int waves = reader.waves();
            assertTrue(waves <= 2, () -> waves + " waves");
            List<String> below = paths(file.walk("/", 1));
            assertTrue(below.contains("/gt1l"), below::toString);
            assertTrue(below.stream().noneMatch(path -> path.lastIndexOf('/') > 0), below::toString);
        }
    }

    @Test
    void readsNothingOfGroupsAmongManyLinks() {
        try (WaveRangeReader reader = new WaveRangeReader(reader("sample_granule"));
                H5Coro file = H5Coro.open(reader, SMALL_BLOCKS)) {
            int links = file.root().links().size();
            List<String> below = paths(file.root().walk(WalkOptions.all().mostLinks(links - 1)));
            assertEquals(1 + links, below.size());
            long bytes = reader.bytes();
            assertTrue(
                    paths(file.root().walk(WalkOptions.all().mostLinks(links))).size() > 2 * links);
            assertTrue(reader.bytes() > 2 * bytes, bytes + " and then " + reader.bytes() + " bytes");
        }
    }

    private static List<String> paths(Stream<Group.Member> members) {
        return members.map(Group.Member::path).toList();
    }

    @Test
    void endsInLoopsOfHardLinks() {
        try (H5Coro file = H5Coro.open(reader("groups_v200"), ReadOptions.defaults())) {
            List<String> below = paths(file.walk("/cycle", Integer.MAX_VALUE));
            assertEquals(new HashSet<>(below).size(), below.size());
            assertTrue(below.size() > 1, below::toString);
        }
    }

    @Test
    void keepsTheOrderThatIsAskedFor() {
        try (H5Coro file = H5Coro.open(reader("groups_v200"), ReadOptions.defaults())) {
            Group group = file.group("/ordered_dense");
            WalkOptions one = WalkOptions.all().depth(1);
            List<String> byName = paths(group.walk(one));
            assertEquals(byName.stream().sorted().toList(), byName);
            List<String> byCreation = paths(group.walk(one.order(Order.CREATION)));
            assertEquals(
                    group.links().stream()
                            .sorted(java.util.Comparator.comparingLong(Link::creationOrder))
                            .map(link -> "/ordered_dense/" + link.name())
                            .toList(),
                    byCreation.subList(1, byCreation.size()));
            assertFalse(byName.equals(byCreation), byName::toString);
            List<String> backwards = paths(group.walk(one.backwards()));
            assertEquals(byName.get(byName.size() - 1), backwards.get(1));
            List<String> stored = paths(group.walk(one.order(Order.STORED)));
            assertEquals(
                    group.storedLinks().stream()
                            .map(link -> "/ordered_dense/" + link.name())
                            .toList(),
                    stored.subList(1, stored.size()));
        }
    }

    /** A root group with so many empty groups, whose links are all in its header. */
    private static byte[] groups(int count) {
        BuiltFile file = new BuiltFile();
        MessageBytes[] messages = new MessageBytes[count + 1];
        messages[0] = BuiltFile.group();
        for (int i = 0; i < count; i++) {
            messages[i + 1] = BuiltFile.hardLink("group" + i, file.header(BuiltFile.group()));
        }
        return file.toArray(file.header(messages), -1);
    }

    @Test
    void meetsMoreObjectsThanAreHeldAhead() {
        byte[] bytes = groups(5_000);
        try (WaveRangeReader reader = new WaveRangeReader(MemoryRangeReader.of("many", bytes));
                H5Coro file = H5Coro.open(reader, SMALL_BLOCKS)) {
            assertEquals(
                    5_001, file.walk("/", 1).filter(m -> m.object().isPresent()).count());
            int waves = reader.waves();
            assertTrue(waves >= 3 && waves <= 12, () -> waves + " waves");
        }
    }

    /** Groups far ahead take no room from the members of those that are met next. */
    @Test
    void walksMoreGroupsThanAreHeldAheadInFewWaves() {
        BuiltFile file = new BuiltFile();
        List<Long> members = new ArrayList<>();
        for (int i = 0; i < 15_000; i++) {
            members.add(file.header(BuiltFile.group()));
        }
        MessageBytes[] messages = new MessageBytes[5_001];
        messages[0] = BuiltFile.group();
        for (int i = 0; i < 5_000; i++) {
            messages[i + 1] = BuiltFile.hardLink(
                    "group" + i,
                    file.header(
                            BuiltFile.group(),
                            BuiltFile.hardLink("a", members.get(3 * i)),
                            BuiltFile.hardLink("b", members.get(3 * i + 1)),
                            BuiltFile.hardLink("c", members.get(3 * i + 2))));
        }
        byte[] bytes = file.toArray(file.header(messages), -1);
        try (WaveRangeReader reader = new WaveRangeReader(MemoryRangeReader.of("many", bytes));
                H5Coro open = H5Coro.open(reader, SMALL_BLOCKS)) {
            assertEquals(20_001, open.walk("/", 2).count());
            int waves = reader.waves();
            assertTrue(waves >= 5 && waves <= 40, () -> waves + " waves");
        }
    }

    /** What leads where a link before it led is not a reason to read ahead once more: that would take minutes here. */
    @Test
    void meetsVeryManyLinksToOneObject() {
        BuiltFile file = new BuiltFile();
        long one = file.header(BuiltFile.group());
        MessageBytes[] messages = new MessageBytes[60_001];
        messages[0] = BuiltFile.group();
        for (int i = 1; i < messages.length; i++) {
            messages[i] = BuiltFile.hardLink("link" + i, one);
        }
        try (H5Coro open = opened(file.toArray(file.header(messages), -1))) {
            assertEquals(
                    60_000,
                    open.walk("/", Integer.MAX_VALUE)
                            .skip(1)
                            .filter(met -> met.object().orElseThrow().address() == one)
                            .count());
        }
    }

    /** The same of what cannot be read. */
    @Test
    void meetsVeryManyObjectsThatCannotBeRead() {
        BuiltFile file = new BuiltFile();
        MessageBytes[] messages = new MessageBytes[20_001];
        messages[0] = BuiltFile.group();
        for (int i = 1; i < messages.length; i++) {
            messages[i] = BuiltFile.hardLink("link" + i, file.append(new MessageBytes().text("NOHEADER")));
        }
        try (H5Coro open = opened(file.toArray(file.header(messages), -1))) {
            assertEquals(
                    20_000,
                    open.walk("/", Integer.MAX_VALUE)
                            .filter(met -> met.failure().isPresent())
                            .count());
        }
    }

    /** The paths of four thousand of these groups take gigabytes. */
    @Test
    void holdsFewPathsAheadWhereTheyAreLong() {
        BuiltFile file = new BuiltFile();
        String name = "x".repeat(250);
        long group = file.header(BuiltFile.group());
        for (int i = 0; i < 6_000; i++) {
            group = file.header(BuiltFile.group(), BuiltFile.hardLink(name, group));
        }
        try (H5Coro open = opened(file.toArray(group, -1))) {
            assertEquals(6_001, open.walk("/", Integer.MAX_VALUE).count());
        }
    }

    private static H5Coro opened(byte[] bytes) {
        return H5Coro.open(MemoryRangeReader.of("built", bytes), ReadOptions.defaults());
    }

    @Test
    void refusesAPathThatIsNoGroupAndADepthBelowZero() {
        try (H5Coro file = H5Coro.open(reader("groups_v200"), ReadOptions.defaults())) {
            assertThrows(NotFoundException.class, () -> file.walk("/nothing", 1));
            assertThrows(IllegalArgumentException.class, () -> file.walk("/", -1));
            assertThrows(IllegalArgumentException.class, () -> WalkOptions.all().mostLinks(-1));
        }
    }

    /** A walk that goes on without what the storage did not give would be a wrong one. */
    @Test
    void endsWhenTheStorageFails() {
        boolean[] failing = {false};
        RangeReader broken = new ForwardingRangeReader(reader("sample_granule")) {
            @Override
            public List<CompletableFuture<byte[]>> read(List<ByteRange> ranges) {
                return failing[0]
                        ? ranges.stream()
                                .map(range -> CompletableFuture.<byte[]>failedFuture(
                                        new StorageException(StorageException.Kind.UNREACHABLE, "gone")))
                                .toList()
                        : super.read(ranges);
            }
        };
        try (H5Coro file = H5Coro.open(broken, SMALL_BLOCKS)) {
            Stream<Group.Member> walk = file.root().walk(WalkOptions.all());
            failing[0] = true;
            assertThrows(StorageFailureException.class, walk::count);
        }
    }
}
