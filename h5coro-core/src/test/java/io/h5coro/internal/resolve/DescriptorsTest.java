// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.resolve;

import static io.h5coro.internal.walk.BuiltFile.group;
import static io.h5coro.internal.walk.BuiltFile.hardLink;
import static io.h5coro.internal.walk.BuiltFile.message;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.error.H5Exception;
import io.h5coro.error.MalformedFileException;
import io.h5coro.error.NotFoundException;
import io.h5coro.error.UnsupportedFeatureException;
import io.h5coro.internal.bytes.MessageBytes;
import io.h5coro.internal.format.message.FillValue;
import io.h5coro.internal.format.message.Layout;
import io.h5coro.internal.walk.BuiltFile;
import io.h5coro.internal.walk.HdfFile;
import io.h5coro.model.Dataspace;
import io.h5coro.model.ElementType.Order;
import io.h5coro.model.FilterDescription;
import io.h5coro.model.IntegerType;
import io.h5coro.model.ObjectInfo;
import io.h5coro.model.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Headers built by hand, and what they say of datasets, attributes and objects. */
final class DescriptorsTest {
    private static final MessageBytes SPACE =
            message(0x01, new MessageBytes().u8(2, 2, 0, 1).length(4, 6));
    private static final MessageBytes INT16 =
            new MessageBytes().u8(0x10).u24(8).u32(2).u16(0, 16);
    private static final MessageBytes TYPE = message(0x03, INT16);
    private static final MessageBytes CONTIGUOUS =
            message(0x08, new MessageBytes().u8(3, 1).address(0x30).length(48));
    private static final MessageBytes CHUNKED =
            message(0x08, new MessageBytes().u8(3, 2, 3).address(0x30).u32(2, 3, 2));

    private static <T> T of(Function<Descriptors, Function<ResolvedObject, T>> question, MessageBytes... messages) {
        BuiltFile file = new BuiltFile();
        long address = file.header(messages);
        HdfFile open = file.open(file.header(group(), hardLink("x", address)));
        ResolvedObject object = new ObjectCatalog(open).resolve("/x");
        return question.apply(new Descriptors(open)).apply(object);
    }

    private static DatasetDescriptor dataset(MessageBytes... messages) {
        return of(d -> d::dataset, messages);
    }

    private static <E extends H5Exception> void failsAtItsPath(Class<E> type, MessageBytes... messages) {
        E e = assertThrows(type, () -> dataset(messages));
        assertEquals("/x", e.where().object(), e.getMessage());
    }

    @Test
    void aDatasetIsWhatItsMessagesSay() {
        MessageBytes filters =
                message(0x0b, new MessageBytes().u8(2, 1).u16(1, 0, 1).u32(6));
        MessageBytes fill = message(0x05, new MessageBytes().u8(3, 0x29).u32(2).u8(7, 0));
        DatasetDescriptor dataset = dataset(SPACE, TYPE, CHUNKED, filters, fill);
        assertEquals("/x", dataset.path());
        assertEquals(48, dataset.headerAddress());
        assertEquals(Dataspace.simple(Shape.of(4, 6)), dataset.space());
        assertEquals(IntegerType.of(2, Order.LITTLE_ENDIAN, true), dataset.type());
        assertArrayEquals(
                new long[] {2, 3},
                assertInstanceOf(Layout.Chunked.class, dataset.layout()).chunkShape());
        assertEquals(List.of(new FilterDescription(1, "", false, new int[] {6})), dataset.filters());
        assertArrayEquals(new byte[] {7, 0}, dataset.fill().value());
    }

    @Test
    void theOldFillValueCountsWhereThereIsNoNewOne() {
        MessageBytes old = message(0x04, new MessageBytes().u32(2).u8(1, 2));
        MessageBytes recent =
                message(0x05, new MessageBytes().u8(3, 0x29).u32(2).u8(7, 0));
        assertArrayEquals(
                new byte[] {1, 2}, dataset(SPACE, TYPE, CONTIGUOUS, old).fill().value());
        assertArrayEquals(
                new byte[] {7, 0},
                dataset(SPACE, TYPE, CONTIGUOUS, old, recent).fill().value());
        assertEquals(
                FillValue.State.UNDEFINED,
                dataset(SPACE, TYPE, CONTIGUOUS).fill().state());
    }

    @Test
    void externalFilesTakeThePlaceOfAContiguousRunOnly() {
        MessageBytes files = message(
                0x07, new MessageBytes().u8(1, 0, 0, 0).u16(1, 1).address(0x30).length(8, 0, 48));
        assertInstanceOf(
                Layout.External.class, dataset(SPACE, TYPE, CONTIGUOUS, files).layout());
        assertInstanceOf(
                Layout.Chunked.class, dataset(SPACE, TYPE, CHUNKED, files).layout());
    }

    @Test
    void refusesChunksOfAnotherRankThanTheDatasets() {
        MessageBytes line = message(0x01, new MessageBytes().u8(2, 1, 0, 1).length(24));
        failsAtItsPath(MalformedFileException.class, line, TYPE, CHUNKED);
    }

    @Test
    void anObjectThatLacksOneOfTheThreeMessagesIsNoDataset() {
        assertThrows(NotFoundException.class, () -> dataset(SPACE, TYPE));
        assertThrows(NotFoundException.class, () -> dataset(SPACE, CONTIGUOUS));
        assertThrows(NotFoundException.class, () -> dataset(TYPE, CONTIGUOUS));
        assertThrows(NotFoundException.class, () -> dataset(group()));
    }

    @Test
    void everyMessageThatIsCutFailsTheDatasetAtItsPath() {
        List<MessageBytes> bodies = List.of(
                new MessageBytes().u8(2, 2, 0, 1).length(4, 6),
                INT16,
                new MessageBytes().u8(3, 1).address(0x30).length(48),
                new MessageBytes().u8(2, 1).u16(1, 0, 1).u32(6),
                new MessageBytes().u8(3, 0x29).u32(2).u8(7, 0));
        int[] types = {0x01, 0x03, 0x08, 0x0b, 0x05};
        for (int cut = 0; cut < types.length; cut++) {
            for (int length = 0; length < bodies.get(cut).size(); length++) {
                MessageBytes[] messages = new MessageBytes[types.length];
                for (int i = 0; i < types.length; i++) {
                    messages[i] = message(types[i], i == cut ? prefix(bodies.get(i), length) : bodies.get(i));
                }
                failsAtItsPath(MalformedFileException.class, messages);
            }
        }
    }

    private static MessageBytes prefix(MessageBytes whole, int length) {
        MessageBytes cut = new MessageBytes();
        for (byte b : Arrays.copyOf(whole.toArray(), length)) {
            cut.u8(b);
        }
        return cut;
    }

    /** "n", an array of 3 numbers of 2 bytes. */
    private static MessageBytes attribute() {
        MessageBytes space = new MessageBytes().u8(2, 1, 0, 1).length(3);
        return new MessageBytes()
                .u8(3, 0)
                .u16(2, INT16.size(), space.size())
                .u8(0)
                .name("n")
                .add(INT16)
                .add(space)
                .u16(1, -2, 300);
    }

    @Test
    void anAttributeHasExactlyTheBytesOfItsElements() {
        MessageBytes padded = new MessageBytes().add(attribute()).zeros(5);
        AttributeDescriptor found = of(d -> o -> d.attribute(o, "n"), message(0x0c, padded))
                .orElseThrow()
                .content()
                .get();
        assertEquals("/x@n", found.path());
        assertArrayEquals(new byte[] {1, 0, -2, -1, 44, 1}, found.data());
        assertEquals(-1, found.committedType());
        assertEquals(Optional.empty(), of(d -> o -> d.attribute(o, "m"), message(0x0c, padded)));
    }

    @Test
    void anAttributeCutAnywhereFailsAloneAndIsListed() {
        MessageBytes whole = attribute();
        for (int length = 0; length < whole.size(); length++) {
            MessageBytes cut = message(0x0c, prefix(whole, length));
            List<ListedAttribute> listed = of(d -> d::attributes, cut, message(0x0c, other()));
            assertEquals(2, listed.size());
            ListedAttribute broken = listed.stream()
                    .filter(a -> !a.name().text().equals("other"))
                    .findFirst()
                    .orElseThrow();
            assertInstanceOf(
                    MalformedFileException.class, broken.content().failure().orElseThrow(), "of " + length);
            assertThrows(H5Exception.class, () -> of(d -> o -> d.attribute(o, "n"), cut), "of " + length);
            ListedAttribute right = listed.stream()
                    .filter(a -> a.name().text().equals("other"))
                    .findFirst()
                    .orElseThrow();
            assertEquals(6, right.content().get().data().length);
        }
    }

    private static MessageBytes other() {
        MessageBytes space = new MessageBytes().u8(2, 1, 0, 1).length(3);
        return new MessageBytes()
                .u8(3, 0)
                .u16(6, INT16.size(), space.size())
                .u8(0)
                .name("other")
                .add(INT16)
                .add(space)
                .u16(1, 2, 3);
    }

    @Test
    void anAttributeOfMoreBytesThanANumberHoldsIsMalformed() {
        MessageBytes space = new MessageBytes().u8(2, 1, 0, 1).length(Long.MAX_VALUE);
        MessageBytes huge = new MessageBytes()
                .u8(3, 0)
                .u16(2, INT16.size(), space.size())
                .u8(0)
                .name("n")
                .add(INT16)
                .add(space);
        List<ListedAttribute> listed = of(d -> d::attributes, message(0x0c, huge));
        H5Exception e = listed.get(0).content().failure().orElseThrow();
        assertInstanceOf(MalformedFileException.class, e);
        assertEquals("/x@n", e.where().object());
    }

    @Test
    void aSharedDatatypeIsThatOfTheCommittedOne() {
        BuiltFile file = new BuiltFile();
        long type = file.header(TYPE);
        long dataset =
                file.header(SPACE, message(0x03, 2, new MessageBytes().u8(3, 2).address(type)), CONTIGUOUS);
        HdfFile open = file.open(file.header(group(), hardLink("d", dataset)));
        ResolvedObject object = new ObjectCatalog(open).resolve("/d");
        assertEquals(
                IntegerType.of(2, Order.LITTLE_ENDIAN, true),
                new Descriptors(open).dataset(object).type());
        assertEquals(type, Descriptors.committedType(object.header()));
    }

    private static ObjectInfo info(int type, MessageBytes body) {
        return of(d -> d::info, message(type, body));
    }

    @Test
    void readsLinkCountModificationTimeAndComment() {
        assertEquals(3, info(0x16, new MessageBytes().u8(0).u32(3)).referenceCount());
        assertEquals(
                OptionalLong.of(0xffff_0000L),
                info(0x12, new MessageBytes().u8(1, 0, 0, 0).u32(0xffff_0000L)).modified());
        assertEquals(
                Optional.of("a comment"),
                info(0x0d, new MessageBytes().name("a comment")).comment());
        ObjectInfo bare = info(0x02, new MessageBytes().u8(0, 0).address(-1, -1));
        assertEquals(1, bare.referenceCount());
        assertEquals(OptionalLong.empty(), bare.modified());
        assertEquals(Optional.empty(), bare.comment());
    }

    @Test
    void refusesEveryPrefixOfLinkCountModificationTimeAndComment() {
        refusesEveryPrefix(0x16, new MessageBytes().u8(0).u32(3));
        refusesEveryPrefix(0x12, new MessageBytes().u8(1, 0, 0, 0).u32(77));
        refusesEveryPrefix(0x0d, new MessageBytes().name("a comment"));
    }

    private static void refusesEveryPrefix(int type, MessageBytes whole) {
        for (int length = 0; length < whole.size(); length++) {
            MessageBytes cut = prefix(whole, length);
            MalformedFileException e =
                    assertThrows(MalformedFileException.class, () -> info(type, cut), type + " of " + length);
            assertEquals("/x", e.where().object());
        }
    }

    @Test
    void refusesOtherVersionsOfLinkCountAndModificationTime() {
        assertThrows(
                UnsupportedFeatureException.class,
                () -> info(0x16, new MessageBytes().u8(1).u32(3)));
        assertThrows(
                UnsupportedFeatureException.class,
                () -> info(0x12, new MessageBytes().u8(0, 0, 0, 0).u32(3)));
    }

    private static Descriptors withExtension(MessageBytes... messages) {
        BuiltFile file = new BuiltFile();
        long extension = file.header(messages);
        return new Descriptors(file.open(file.header(group()), extension));
    }

    @Test
    void theExtensionTellsHowWideTreesAre() {
        Descriptors told = withExtension(message(0x13, new MessageBytes().u8(0).u16(33, 17, 5)));
        assertEquals(33, told.chunkInternalK());
        assertEquals(17, told.groupInternalK());
        assertEquals(5, told.groupLeafK());
        Descriptors untold = withExtension();
        assertEquals(
                List.of(32, 16, 4), List.of(untold.chunkInternalK(), untold.groupInternalK(), untold.groupLeafK()));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6})
    void noWidthIsMadeUpOfACutMessage(int length) {
        MessageBytes whole = new MessageBytes().u8(0).u16(0x2121, 0x1717, 0x0505);
        Descriptors cut = withExtension(message(0x13, prefix(whole, length)));
        assertThrows(MalformedFileException.class, cut::groupLeafK);
        if (length >= 3) {
            assertEquals(0x2121, cut.chunkInternalK());
        } else {
            assertThrows(MalformedFileException.class, cut::chunkInternalK);
        }
        assertTrue(length >= 5 ? cut.groupInternalK() == 0x1717 : fails(cut));
    }

    private static boolean fails(Descriptors cut) {
        assertThrows(MalformedFileException.class, cut::groupInternalK);
        return true;
    }
}
