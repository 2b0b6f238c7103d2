// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.format.message;

import static io.h5coro.internal.bytes.MessageContract.malformed;
import static io.h5coro.internal.bytes.MessageContract.parses;
import static io.h5coro.internal.bytes.MessageContract.unsupported;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.h5coro.internal.bytes.MessageBytes;
import io.h5coro.model.Dataspace;
import io.h5coro.model.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DataspaceMessageTest {
    private static void is(Dataspace expected, MessageBytes message) {
        parses(expected, message, DataspaceMessage::parse);
    }

    private static MessageBytes version1(int rank, int flags) {
        return new MessageBytes().u8(1, rank, flags).zeros(5);
    }

    private static MessageBytes version2(int rank, int flags, int type) {
        return new MessageBytes().u8(2, rank, flags, type);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 4, 8, 16})
    void readsDimensionsInTheFilesWidth(int width) {
        Dataspace expected = Dataspace.simple(Shape.of(3, 0, 500));
        is(expected, new MessageBytes(8, width).u8(1, 3, 0).zeros(5).length(3, 0, 500));
        is(expected, new MessageBytes(8, width).u8(2, 3, 0, 1).length(3, 0, 500));
    }

    @Test
    void readsMaximaUnlimitedOnesIncluded() {
        Dataspace expected = new Dataspace(Dataspace.Kind.SIMPLE, Shape.of(3, 5), new long[] {Dataspace.UNLIMITED, 6});
        is(expected, version1(2, 1).length(3, 5).length(-1, 6));
        is(expected, version2(2, 1, 1).length(3, 5).length(-1, 6));
    }

    @Test
    void withoutMaximaTheLengthsAreTheMaxima() {
        assertEquals(
                5, DataspaceMessage.parse(version1(1, 0).length(5).cursor()).maximum()[0]);
    }

    @Test
    void readsScalarAndNull() {
        is(Dataspace.scalar(), version1(0, 0));
        is(Dataspace.scalar(), version2(0, 0, 0));
        is(Dataspace.none(), version2(0, 0, 2));
    }

    @Test
    void readsTheGreatestRankAndNoGreaterOne() {
        MessageBytes greatest = version2(32, 0, 1);
        MessageBytes greater = version2(33, 0, 1);
        for (int i = 0; i < 33; i++) {
            greater.length(1);
        }
        for (int i = 0; i < 32; i++) {
            greatest.length(1);
        }
        assertEquals(32, DataspaceMessage.parse(greatest.cursor()).shape().rank());
        malformed(greater, DataspaceMessage::parse);
    }

    @Test
    void refusesARankThatItsTypeDoesNotHave() {
        malformed(version2(1, 0, 0).length(4), DataspaceMessage::parse);
        malformed(version2(1, 0, 2).length(4), DataspaceMessage::parse);
        malformed(version2(1, 0, 3).length(4), DataspaceMessage::parse);
    }

    @Test
    void refusesLengthsAboveTheirMaximumAndUnlimitedLengths() {
        malformed(version2(1, 1, 1).length(4, 3), DataspaceMessage::parse);
        malformed(version2(1, 1, 1).length(-1, -1), DataspaceMessage::parse);
        malformed(version2(1, 0, 1).length(Long.MIN_VALUE), DataspaceMessage::parse);
        malformed(version2(1, 1, 1).length(1, Long.MIN_VALUE), DataspaceMessage::parse);
    }

    @Test
    void refusesMoreElementsThanANumberHolds() {
        malformed(version2(2, 0, 1).length(1L << 32, 1L << 31), DataspaceMessage::parse);
        malformed(version2(3, 0, 1).length(1L << 40, 1L << 40, 1L << 40), DataspaceMessage::parse);
    }

    @Test
    void refusesOtherVersions() {
        unsupported(new MessageBytes().u8(0, 0, 0, 0), DataspaceMessage::parse);
        unsupported(new MessageBytes().u8(3, 0, 0, 0), DataspaceMessage::parse);
    }
}
