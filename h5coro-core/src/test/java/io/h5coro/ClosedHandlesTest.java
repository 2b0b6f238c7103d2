// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.error.NotFoundException;
import io.h5coro.error.ReadAbortedException;
import io.h5coro.error.SelectionException;
import io.h5coro.internal.bytes.MessageBytes;
import io.h5coro.internal.walk.BuiltDataset;
import io.h5coro.internal.walk.BuiltFile;
import io.h5coro.model.BlockOptions;
import io.h5coro.model.DatasetRequest;
import io.h5coro.model.FileId;
import io.h5coro.model.Hyperslab;
import io.h5coro.model.Link;
import io.h5coro.model.ReadOptions;
import io.h5coro.model.Reference;
import io.h5coro.model.StoredText;
import io.h5coro.storage.FileResolver;
import io.h5coro.storage.MemoryRangeReader;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Handles of objects of every kind: what they say while the file is open, and that nothing reads once it is not. */
final class ClosedHandlesTest {
    /** {@code /g}, {@code /g/d} of 3 bytes with the attribute a, {@code /t} of 2 bytes, and a soft link to it. */
    private static H5Coro open(String name) {
        BuiltFile file = new BuiltFile();
        MessageBytes attribute = BuiltFile.message(
                0x0c,
                new MessageBytes()
                        .u8(3, 0)
                        .u16(2, 12, 4)
                        .u8(0)
                        .name("a")
                        .add(new MessageBytes().u8(0x10).u24(8).u32(2).u16(0, 16))
                        .u8(2, 0, 0, 0)
                        .u16(513));
        long data = file.append(new MessageBytes().u8(7, 8, 9));
        long dataset = file.header(
                BuiltDataset.space(3), BuiltDataset.integers(1), BuiltDataset.contiguous(data, 3), attribute);
        long group = file.header(BuiltFile.group(), BuiltFile.hardLink("d", dataset));
        long type = file.header(BuiltDataset.integers(2));
        MessageBytes soft = BuiltFile.message(
                0x06, new MessageBytes().u8(1, 8, 1, 1).text("s").u16(2).text("/t"));
        long root = file.header(BuiltFile.group(), BuiltFile.hardLink("g", group), BuiltFile.hardLink("t", type), soft);
        byte[] bytes = file.toArray(root, -1);
        return H5Coro.open(name, ReadOptions.defaults(), at -> MemoryRangeReader.of(name, bytes), FileResolver.none());
    }

    @Test
    void everyHandleSaysWhatItsObjectIs() {
        try (H5Coro file = open("a.h5")) {
            Dataset dataset = file.dataset("g/d");
            assertEquals("dataset /g/d", dataset.toString());
            assertEquals("group /g", file.group("/g").toString());
            CommittedType type = (CommittedType) file.object("t");
            assertEquals("datatype /t", type.toString());
            assertEquals(2, type.type().size());
            assertEquals("/t", type.path().orElseThrow());
            assertEquals(FileId.opened("a.h5"), type.file());
            assertEquals(List.of(), type.attributes());
            assertTrue(type.attribute("a").isEmpty());
            assertEquals("/t", type.attributeRequest("a").path());
            assertEquals("a", type.attributeRequest("a").attribute());
            assertEquals(type.address(), file.objectAt(type.address()).address());
            assertEquals(type.address(), file.object("s").address());
            Attribute attribute = dataset.attribute("a").orElseThrow();
            assertEquals("a", attribute.name());
            assertEquals(StoredText.of("a"), attribute.storedName());
            assertEquals(OptionalLong.empty(), attribute.committedType());
            assertEquals(OptionalLong.empty(), attribute.creationOrder());
            assertEquals(513, attribute.read().getLong(0));
            Group root = file.root();
            assertEquals(
                    List.of("g", "s", "t"),
                    root.links().stream().map(Link::name).toList());
            assertEquals(
                    List.of("g", "t", "s"),
                    root.storedLinks().stream().map(Link::name).toList());
            assertFalse(root.tracksCreationOrder());
            assertEquals(dataset.address(), file.group("g").get("d").address());
            assertEquals("/g/d", file.group("g").get("d").path().orElseThrow());
        }
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "dataset, g, is not a dataset",
                "dataset, t, is not a dataset",
                "group, g/d, is not a group",
                "group, t, is not a group",
                "read, g, is not a dataset",
                "list, g/d, is not a group",
                "object, g/x, \"does not exist: group /g has no link 'x'\"",
                "object, x/y, \"does not exist: group / has no link 'x'\"",
                "object, g/d/e, \"does not exist: /g/d is not a group, so it has no member 'e'\"",
            })
    void aHandleOfAnotherKindIsRefused(String how, String path, String problem) {
        Map<String, BiConsumer<H5Coro, String>> ways = Map.of(
                "dataset", H5Coro::dataset,
                "group", H5Coro::group,
                "read", (file, at) -> file.read(at),
                "list", H5Coro::list,
                "object", H5Coro::object);
        try (H5Coro file = open("a.h5")) {
            NotFoundException failure =
                    assertThrows(NotFoundException.class, () -> ways.get(how).accept(file, path));
            assertEquals(problem, failure.problem());
            assertTrue(String.valueOf(failure.where().object()).endsWith(path), failure.getMessage());
        }
    }

    @TestFactory
    List<DynamicTest> nothingIsReadOfAClosedFile() {
        H5Coro file = open("a.h5");
        Group root = file.root();
        Group group = file.group("g");
        Dataset dataset = file.dataset("g/d");
        CommittedType type = (CommittedType) file.object("t");
        Attribute attribute = dataset.attribute("a").orElseThrow();
        Link.Hard link = (Link.Hard) root.link("g").orElseThrow();
        RowBlocks blocks = dataset.blocks(BlockOptions.defaults());
        file.close();
        file.close();
        Map<String, Executable> reads = new LinkedHashMap<>();
        reads.put("root", file::root);
        reads.put("object", () -> file.object("g"));
        reads.put("group", () -> file.group("g"));
        reads.put("dataset", () -> file.dataset("g/d"));
        reads.put("object at", () -> file.objectAt(type.address()));
        reads.put("object of a link", () -> file.objectAt(link));
        reads.put("dereference", () -> file.dereference(Reference.object(type.address())));
        reads.put("list", () -> file.list("/"));
        reads.put("inspect", () -> file.inspect("/"));
        reads.put("read", () -> file.read("g/d"));
        reads.put("read a request", () -> file.read(dataset.request()));
        reads.put("read the rest of an attribute", () -> file.read(dataset.attributeRequest("a")));
        reads.put("explain", () -> file.explain(List.of(DatasetRequest.of("g/d"))));
        reads.put("stream", () -> file.stream(DatasetRequest.of("g/d"), BlockOptions.defaults()));
        reads.put("links", group::links);
        reads.put("stored links", group::storedLinks);
        reads.put("one link", () -> group.link("d"));
        reads.put("child", () -> group.get("d"));
        reads.put("child of a link", () -> root.get(link));
        reads.put("read of a handle", () -> dataset.read());
        reads.put("read of an attribute", attribute::read);
        reads.put("open blocks", blocks::next);
        reads.put("blocks", () -> dataset.blocks(BlockOptions.defaults()).next());
        reads.put("attributes", dataset::attributes);
        reads.put("attribute", () -> dataset.attribute("a"));
        reads.put("attributes of a type", type::attributes);
        reads.put("attributes of a group", group::attributes);
        return reads.entrySet().stream()
                .map(read -> DynamicTest.dynamicTest(read.getKey(), () -> {
                    ReadAbortedException failure = assertThrows(ReadAbortedException.class, read.getValue());
                    assertEquals("a.h5", failure.where().source());
                    assertTrue(failure.problem().contains("closed"), failure.getMessage());
                }))
                .toList();
    }

    /** The path is for people: what is read is the object. */
    @Test
    void aRequestOfAHandleKeepsItsObjectWhateverIsChangedInIt() {
        try (H5Coro file = open("a.h5")) {
            Dataset named = (Dataset) file.objectAt(file.dataset("g/d").address(), "/t");
            Hyperslab beyond = Hyperslab.of(Hyperslab.Range.of(1, 9));
            for (DatasetRequest request : List.of(
                    named.request(beyond).clipped(),
                    named.request(beyond).named("x").clipped(),
                    named.request(beyond).clipped().named("x"))) {
                assertEquals("/t", request.path());
                assertEquals("int8 (2,) [8, 9]", file.read(request).toString());
            }
            assertEquals(513, file.read(named.attributeRequest("a").clipped()).getLong(0));
        }
    }

    @Test
    void whatWasReadBeforeStays() {
        H5Coro file = open("a.h5");
        Dataset dataset = file.dataset("g/d");
        ReadPromise promise = file.readDatasets(List.of(DatasetRequest.of("g/d"), DatasetRequest.of("x")));
        promise.await();
        file.close();
        assertEquals(9, promise.get("g/d").getLong(2));
        assertThrows(NotFoundException.class, () -> promise.get("x"));
        assertEquals("dataset /g/d", dataset.toString());
        assertTrue(file.statistics().toString().length() > 0);
    }

    @Test
    void aPromiseShowsItsResultsAndEndsWithThem() {
        try (H5Coro file = open("a.h5")) {
            ReadPromise promise = file.readDatasets(
                    List.of(DatasetRequest.of("g/d"), DatasetRequest.of("x").named("no such")));
            Iterator<ReadPromise.Result> results = promise.iterator();
            Map<String, ReadPromise.Result> byName = new LinkedHashMap<>();
            while (results.hasNext()) {
                ReadPromise.Result result = results.next();
                byName.put(result.name(), result);
            }
            assertThrows(NoSuchElementException.class, results::next);
            ReadPromise.Result good = byName.get("g/d");
            assertEquals("g/d: int8 (3,) [7, 8, 9]", good.toString());
            assertTrue(good.isSuccess() && good.failure().isEmpty());
            ReadPromise.Result bad = byName.get("no such");
            assertTrue(bad.toString().startsWith("no such: ") && !bad.isSuccess(), bad.toString());
            assertTrue(bad.failure().orElseThrow() instanceof NotFoundException);
            NotFoundException failure = assertThrows(NotFoundException.class, bad::array);
            assertEquals("/x", failure.where().object());
            assertThrows(IllegalArgumentException.class, () -> promise.get("another"));
            assertThrows(IllegalArgumentException.class, () -> promise.future("another"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"g/d[0:4]", "g/d[4]", "g/d[0,0]", "g/d[-4]"})
    void aSliceOutsideOfADatasetIsASelection(String request) {
        try (H5Coro file = open("a.h5")) {
            SelectionException failure = assertThrows(SelectionException.class, () -> file.read(request));
            assertEquals("/g/d", failure.where().object());
            assertThrows(
                    SelectionException.class,
                    () -> file.stream(DatasetRequest.parse(request), BlockOptions.defaults()));
        }
    }

    @Test
    void requestsThatCannotBeStreamedAreRefused() {
        try (H5Coro file = open("a.h5")) {
            Hyperslab one = Hyperslab.of(Hyperslab.Range.of(0, 1));
            for (DatasetRequest request :
                    List.of(DatasetRequest.of("g/d", one, one), DatasetRequest.attribute("g/d", "a"))) {
                SelectionException failure =
                        assertThrows(SelectionException.class, () -> file.stream(request, BlockOptions.defaults()));
                assertEquals("a.h5", failure.where().source());
            }
            NotFoundException group = assertThrows(
                    NotFoundException.class, () -> file.stream(DatasetRequest.of("g"), BlockOptions.defaults()));
            assertEquals("is not a dataset", group.problem());
        }
    }
}
