// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.error.H5Exception;
import io.h5coro.error.LimitExceededException;
import io.h5coro.error.NotFoundException;
import io.h5coro.error.ReadAbortedException;
import io.h5coro.model.BlockOptions;
import io.h5coro.model.CompoundArray;
import io.h5coro.model.DataSelection;
import io.h5coro.model.DatasetRequest;
import io.h5coro.model.FileId;
import io.h5coro.model.H5Array;
import io.h5coro.model.Hyperslab;
import io.h5coro.model.IndexCache;
import io.h5coro.model.Link;
import io.h5coro.model.NestedArray;
import io.h5coro.model.ReadOptions;
import io.h5coro.model.ReadPlan;
import io.h5coro.model.Reference;
import io.h5coro.model.ReferenceArray;
import io.h5coro.model.RequestTarget;
import io.h5coro.model.SequenceArray;
import io.h5coro.storage.StorageOptions;
import io.h5coro.testdata.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An object is its file and its header, whatever led to it and whatever else has its path or its address. The files are
 * those of {@code testdata/make/handles.py}: 999 is wrong wherever it appears.
 */
final class HandlesTest {
    private static final double[] ONE_TWO_THREE = {1, 2, 3};

    @TempDir
    Path folder;

    @BeforeEach
    void copy() throws IOException {
        Files.createDirectory(folder.resolve("DATA"));
        for (String name : List.of("handles_main", "handles_linked", "handles_third")) {
            Files.copy(Fixtures.path(name), folder.resolve(name + ".h5"));
            Files.copy(Fixtures.path(name), folder.resolve("DATA").resolve(name + ".h5"));
        }
    }

    private H5Coro main() {
        return H5Coro.open(folder.resolve("handles_main.h5"));
    }

    static double[] doubles(H5Array array) {
        double[] values = new double[array.length()];
        for (int i = 0; i < values.length; i++) {
            values[i] = array.getDouble(i);
        }
        return values;
    }

    private static Dataset dataset(H5Object object) {
        return (Dataset) object;
    }

    private static Stream<Dataset> temperatures(H5Coro file) {
        return Stream.of(
                file.dataset("/temperature"),
                file.dataset("/other_name"),
                file.dataset("/through"),
                file.dataset("/g/temperature"),
                dataset(file.root().get("temperature")),
                dataset(file.root().get("g/temperature")),
                dataset(file.group("/g").get("temperature")),
                dataset(file.group("/g").get("./alias")),
                dataset(file.group("/g").get("/electrodes")),
                dataset(file.group("/g").get("from_root")),
                dataset(file.group("/g")
                        .get(file.group("/g").link("temperature").orElseThrow())),
                dataset(file.group("/g").get(file.group("/g").link("from_root").orElseThrow())),
                dataset(file.root().get(file.root().link("other_name").orElseThrow())),
                file.list("/").variables().get("temperature"),
                file.list("/").variables().get("through"),
                file.list("/g").variables().get("temperature"),
                file.list("/g").variables().get("alias"));
    }

    @Test
    void readsWhatAnExternalLinkLeadsToNotItsNamesake() {
        try (H5Coro file = main()) {
            temperatures(file).forEach(dataset -> {
                assertArrayEquals(ONE_TWO_THREE, doubles(dataset.read()), dataset::toString);
                assertArrayEquals(new double[] {2, 3}, doubles(dataset.read(Hyperslab.parse("[1:3]"))));
                try (RowBlocks blocks = dataset.blocks(BlockOptions.defaults())) {
                    assertArrayEquals(ONE_TWO_THREE, doubles(blocks.next().values()));
                }
                assertEquals("(3,)", dataset.shape().toString());
                assertEquals(1, dataset.attribute("k").orElseThrow().read().getLong(0));
                assertTrue(dataset.file().source().endsWith("handles_linked.h5"), dataset.file()::source);
            });
            assertArrayEquals(new double[] {7}, doubles(file.dataset("/local").read()));
            assertEquals(file.root().file(), file.dataset("/local").file());
        }
    }

    @Test
    void requestsMadeFromHandlesCarryTheObject() {
        try (H5Coro file = main()) {
            List<DatasetRequest> requests = List.of(
                    file.dataset("/temperature").request(),
                    file.dataset("/g/temperature")
                            .request(Hyperslab.parse("[0:2]"))
                            .named("part"),
                    file.dataset("/local").request(),
                    file.dataset("/other_name").attributeRequest("k").named("k"));
            ReadPromise promise = file.readDatasets(requests);
            assertArrayEquals(ONE_TWO_THREE, doubles(promise.get("/temperature")));
            assertArrayEquals(new double[] {1, 2}, doubles(promise.get("part")));
            assertArrayEquals(new double[] {7}, doubles(promise.get("/local")));
            assertEquals(1, promise.get("k").getLong(0));
            ReadPlan plan = file.explain(requests);
            assertTrue(plan.failures().isEmpty(), plan.failures()::toString);
            assertEquals(24, plan.datasets().get(0).bytesDecoded());
            assertArrayEquals(ONE_TWO_THREE, doubles(file.read(requests.get(0))));
            try (RowBlocks blocks = file.stream(
                    file.dataset("/g/many").request(Hyperslab.parse("[4:11]")),
                    BlockOptions.defaults().withRows(3))) {
                assertArrayEquals(
                        new double[] {8, 9, 10, 11, 12, 13},
                        doubles(blocks.next().values()));
            }
        }
    }

    @Test
    void aRequestReadsTheHandlesFileAlsoThroughAnotherOpenFile() {
        try (H5Coro file = main();
                H5Coro third = H5Coro.open(folder.resolve("handles_third.h5"))) {
            DatasetRequest foreign = third.dataset("/inner/electrodes").request();
            DatasetRequest own = file.dataset("/temperature").request();
            ReadPromise promise = file.readDatasets(List.of(foreign, own));
            assertArrayEquals(new double[] {4, 5}, doubles(promise.get(foreign.name())));
            assertArrayEquals(ONE_TWO_THREE, doubles(promise.get(own.name())));
            third.close();
            assertThrows(ReadAbortedException.class, () -> file.read(foreign));
        }
    }

    @Test
    void refusesARequestForWhatIsNoDataset() {
        try (H5Coro file = main()) {
            DatasetRequest group = new DatasetRequest(
                    "x",
                    "/temperature",
                    null,
                    List.of(),
                    file.root().attributeRequest("k").target());
            assertThrows(NotFoundException.class, () -> file.read(group));
            assertThrows(NotFoundException.class, () -> file.stream(group, BlockOptions.defaults()));
            DatasetRequest foreign = new DatasetRequest("x", "/temperature", null, List.of(), new RequestTarget() {});
            assertThrows(NotFoundException.class, () -> file.read(foreign));
            DatasetRequest attribute = file.dataset("/local").attributeRequest("none");
            assertThrows(NotFoundException.class, () -> file.read(attribute));
        }
    }

    @Test
    void readsTheObjectAtAnAddressNotTheOneOfThePathGiven() {
        try (H5Coro file = main()) {
            Dataset there = dataset(file.objectAt(file.dataset("/local").address(), "/run1/temperature"));
            assertEquals(Optional.of("/run1/temperature"), there.path());
            assertArrayEquals(new double[] {7}, doubles(there.read()));
            assertEquals(7, there.attribute("k").orElseThrow().read().getLong(0));
            try (RowBlocks blocks = there.blocks(BlockOptions.defaults())) {
                assertArrayEquals(new double[] {7}, doubles(blocks.next().values()));
            }
        }
    }

    @Test
    void readsTheObjectOfAReferenceNotTheDatasetNamedAsItsAddress() {
        try (H5Coro file = main()) {
            ReferenceArray references = (ReferenceArray) file.read("/own_refs");
            Dataset local = dataset(file.dereference(references.get(0)));
            assertArrayEquals(new double[] {7}, doubles(local.read()));
            assertEquals(Optional.empty(), local.path());
            String name = "#0x" + Long.toHexString(local.address());
            assertEquals(name, local.request().name());
            assertArrayEquals(new double[] {999, 999, 999}, doubles(file.read("/" + name)));
            assertThrows(NotFoundException.class, () -> file.object("/#0x60"));
        }
    }

    @Test
    void givesTheRealPathOfWhatAReferenceLeadsToOnceItIsKnown() {
        try (H5Coro file = main()) {
            ReferenceArray references = (ReferenceArray) file.read("/holders/refs");
            assertEquals(Optional.empty(), file.dereference(references.get(1)).path());
            file.object("/g/temperature");
            assertEquals(Optional.empty(), file.dereference(references.get(0)).path());
            assertEquals(
                    Optional.of("/run1/temperature"),
                    file.dereference(references.get(1)).path());
            assertEquals(Optional.of("/"), file.objectAt(file.root().address()).path());
        }
    }

    private static void followed(H5Coro file, H5Array references) {
        Dataset electrodes = dataset(file.dereference(((ReferenceArray) references).get(0)));
        assertArrayEquals(ONE_TWO_THREE, doubles(electrodes.read()));
        assertTrue(electrodes.file().source().endsWith("handles_linked.h5"), electrodes.file()::source);
    }

    @Test
    void followsReferencesReadThroughALinkInTheFileTheyAreMeantIn() {
        try (H5Coro file = main()) {
            followed(file, file.read("/holders/refs"));
            followed(file, file.dataset("/holders/refs").read());
            followed(file, file.read("/holders/regions"));
            followed(file, file.read(DatasetRequest.attribute("/holders/refs", "object")));
            followed(
                    file,
                    file.dataset("/holders/refs")
                            .attribute("region")
                            .orElseThrow()
                            .read());
            followed(file, ((CompoundArray) file.read("/holders/compound")).field("ref"));
            followed(file, ((NestedArray) ((CompoundArray) file.read("/holders/compound")).field("two")).elements());
            followed(file, ((SequenceArray) file.read("/holders/lists")).elements());
            ReferenceArray own = (ReferenceArray) file.read("/own_refs");
            assertArrayEquals(
                    new double[] {7},
                    doubles(dataset(file.dereference(own.get(1))).read()));
            assertNotEquals(
                    own.get(0).home(),
                    ((ReferenceArray) file.read("/holders/refs")).get(0).home());
        }
    }

    @Test
    void readsTheRegionInTheFileItIsMeantIn() {
        try (H5Coro file = main()) {
            Reference region = ((ReferenceArray) file.read("/holders/regions")).get(0);
            List<List<Long>> corners = assertInstanceOf(DataSelection.Blocks.class, region.region())
                    .corners();
            Hyperslab slice = Hyperslab.parse(
                    "[" + corners.get(0).get(0) + ":" + (corners.get(1).get(0) + 1) + "]");
            assertArrayEquals(
                    new double[] {2, 3},
                    doubles(dataset(file.dereference(region)).read(slice)));
        }
    }

    private static void goesThroughSeveralFiles(H5Coro file, String third) {
        assertArrayEquals(
                new double[] {4, 5}, doubles(file.dataset(third + "/electrodes").read()));
        assertArrayEquals(ONE_TWO_THREE, doubles(file.dataset(third + "/back").read()));
        ReferenceArray revised = (ReferenceArray) file.read(third + "/refs");
        for (int i = 0; i < 3; i++) {
            Dataset there = dataset(file.dereference(revised.get(i)));
            assertArrayEquals(new double[] {4, 5}, doubles(there.read()), "reference " + i);
        }
        assertEquals("k", revised.get(2).attribute());
        Link.Hard link = (Link.Hard) file.group(third).link("electrodes").orElseThrow();
        assertArrayEquals(
                new double[] {4, 5}, doubles(dataset(file.objectAt(link)).read()));
        Link.Hard listed = (Link.Hard) file.inspect(third).links().get("electrodes");
        assertArrayEquals(
                new double[] {4, 5}, doubles(dataset(file.objectAt(listed)).read()));
        Group group = file.group(third);
        assertEquals(
                group.address(), file.objectAt(group.file(), group.address()).address());
        assertEquals(group.file(), file.objectAt(group.file(), group.address()).file());
    }

    @Test
    void readsThroughLinksIntoAThirdFile() {
        try (H5Coro file = main()) {
            goesThroughSeveralFiles(file, "/third");
            goesThroughSeveralFiles(file, "/below");
            assertNotEquals(file.group("/third").file(), file.group("/below").file());
            assertThrows(LimitExceededException.class, () -> file.object("/loop"));
            Listing members = file.list("/");
            assertEquals(Set.of("loop", "nowhere", "number"), members.others());
            assertEquals(Set.of("g", "holders", "run1", "third", "below"), members.groups());
        }
    }

    @Test
    void aReferenceOutlivesTheFileItWasReadWith() {
        ReadOptions cached = ReadOptions.builder()
                .indexCache(IndexCache.at(folder.resolve("index")))
                .build();
        for (ReadOptions options : List.of(ReadOptions.defaults(), cached, cached)) {
            String location = folder.resolve("handles_main.h5").toString();
            try (H5Files files = H5Files.create(options, StorageOptions.none(), 0, Duration.ZERO)) {
                ReferenceArray references;
                Link.Hard link;
                Group group;
                try (H5Coro file = files.open(location)) {
                    references = (ReferenceArray) file.read("/below/refs");
                    group = file.group("/below");
                    link = (Link.Hard) group.link("electrodes").orElseThrow();
                }
                assertEquals(0, files.openFiles());
                try (H5Coro file = files.open(location)) {
                    Dataset there = dataset(file.dereference(references.get(0)));
                    assertArrayEquals(new double[] {4, 5}, doubles(there.read()));
                    assertEquals(group.file(), there.file());
                    assertArrayEquals(
                            new double[] {4, 5},
                            doubles(dataset(file.objectAt(link)).read()));
                    goesThroughSeveralFiles(file, "/third");
                }
                assertThrows(
                        ReadAbortedException.class,
                        () -> dataset(group.get("electrodes")).read());
            }
        }
    }

    @Test
    void findsTheFileThatAReferenceNamesBesideTheFileItWasReadFrom() {
        try (H5Coro file = main()) {
            FileId home = ((ReferenceArray) file.read("/below/refs")).get(0).home();
            long address = file.dataset("/g/from_root").address();
            Reference named = new Reference(address, null, null, "handles_linked.h5", home, null);
            Dataset there = dataset(file.dereference(named));
            assertArrayEquals(ONE_TWO_THREE, doubles(there.read()));
            assertTrue(there.file().source().endsWith("DATA/handles_linked.h5"), there.file()::source);
            Reference missing = new Reference(address, null, null, "no_such.h5", home, null);
            assertThrows(NotFoundException.class, () -> file.dereference(missing));
        }
    }

    @Test
    void refusesAReferenceOfAFileThatNothingLeadsTo() throws IOException {
        Path other = folder.resolve("DATA").resolve("handles_third.h5");
        try (H5Coro file = main();
                H5Coro third = H5Coro.open(other)) {
            ReferenceArray references = (ReferenceArray) third.read("/inner/refs");
            NotFoundException e = assertThrows(NotFoundException.class, () -> file.dereference(references.get(0)));
            assertTrue(e.getMessage().contains("handles_third.h5"), e.getMessage());
            // Once a link has led there, it is a file that this one names.
            file.group("/below");
            assertArrayEquals(
                    new double[] {4, 5},
                    doubles(dataset(file.dereference(references.get(0))).read()));
        }
        try (H5Coro file = main()) {
            ReferenceArray references = (ReferenceArray) file.read("/below/refs");
            Files.delete(folder.resolve("DATA").resolve("handles_third.h5"));
            try (H5Coro again = main()) {
                assertThrows(NotFoundException.class, () -> again.dereference(references.get(0)));
            }
        }
    }

    @Test
    void refusesAnAddressWhereNoObjectIs() {
        try (H5Coro file = main()) {
            for (long address : new long[] {Long.MIN_VALUE, -5, 1, 1L << 40, Long.MAX_VALUE}) {
                assertThrows(H5Exception.class, () -> file.objectAt(address), () -> "" + address);
                assertThrows(H5Exception.class, () -> file.objectAt(address, "/local"), () -> "" + address);
                Reference reference = Reference.object(address);
                assertThrows(H5Exception.class, () -> file.dereference(reference), () -> "" + address);
            }
        }
    }

    @Test
    void knowsTheFileOfReferencesInAVirtualDataset() {
        try (H5Coro file = main()) {
            followed(file, file.read("/virtual_refs"));
            ReferenceArray mixed = (ReferenceArray) file.read("/mixed_refs");
            NotFoundException e = assertThrows(NotFoundException.class, () -> file.dereference(mixed.get(0)));
            assertTrue(e.getMessage().contains("one of the sources of /mixed_refs"), e.getMessage());
            assertArrayEquals(
                    new double[] {7},
                    doubles(dataset(file.dereference(((ReferenceArray) file.read("/mixed_refs[2:4]")).get(0)))
                            .read()));
        }
    }

    @Test
    void readsACommittedTypeOfAnotherFile() {
        try (H5Coro file = main()) {
            CommittedType number = (CommittedType) file.object("/number");
            Dataset typed = file.dataset("/typed");
            assertEquals(number.type(), typed.type());
            assertSame(number.type(), number.type());
            long address = typed.committedType().orElseThrow();
            assertEquals(number.type(), ((CommittedType) file.objectAt(typed.file(), address)).type());
            assertArrayEquals(new double[] {1, 2}, doubles(typed.read()));
        }
    }

    @Test
    void aHandleParsesItsHeaderOnce() {
        try (H5Coro file = main()) {
            Dataset many = file.dataset("/g/many");
            assertSame(many.dataspace(), many.dataspace());
            assertSame(many.shape(), many.dataspace().shape());
            assertSame(many.type(), many.type());
            assertSame(many.filters(), many.filters());
            AllocatedBytes allocated = new AllocatedBytes();
            long rows = 0;
            for (int i = 0; i < 10_000; i++) {
                rows += many.shape().dimension(0);
            }
            assertEquals(200_000, rows);
            // Parsing took 3,400 bytes each time; what is counted here is mostly the counting.
            assertTrue(allocated.count() < 10_000 * 100, allocated.count() + " bytes");
            Attribute k = file.dataset("/temperature").attribute("k").orElseThrow();
            assertSame(k.dataspace(), k.dataspace());
            assertSame(k.type(), k.type());
        }
    }

    @Test
    void aHandleOfAVirtualDatasetHasTheExtentThatItsSourcesHaveNow() throws IOException {
        for (String name : List.of("virtual_v110", "virtual_sources")) {
            Files.copy(Fixtures.path(name), folder.resolve(name + ".h5"));
        }
        Path sources = folder.resolve("virtual_sources.h5");
        Path away = folder.resolve("away.h5");
        Files.move(sources, away);
        try (H5Coro file = H5Coro.open(folder.resolve("virtual_v110.h5"))) {
            Dataset unlimited = file.dataset("/unlimited");
            assertEquals(0, unlimited.shape().dimension(0));
            Files.move(away, sources);
            assertEquals(unlimited.read().shape(), unlimited.shape());
        }
    }

    @Test
    void readsHandlesOfAFamilyAndBehindAUserBlock() {
        for (String location : List.of(
                Fixtures.path("family_00000").toString().replace("00000", "%05d"),
                Fixtures.path("userblock_512_earliest").toString(),
                Fixtures.path("shifted_base_v110").toString())) {
            try (H5Coro file = H5Coro.open(location)) {
                for (Dataset dataset : file.list("/").variables().values()) {
                    H5Object again = file.objectAt(dataset.file(), dataset.address());
                    assertEquals(dataset.address(), again.address());
                    assertEquals(
                            again.address(),
                            file.object(again.path().orElseThrow()).address());
                    assertEquals(
                            PublicCalls.text(file.read(dataset.path().orElseThrow())),
                            PublicCalls.text(dataset(again).read()),
                            dataset::toString);
                }
            }
        }
    }
}
