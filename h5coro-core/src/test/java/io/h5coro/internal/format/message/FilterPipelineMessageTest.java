// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.format.message;

import static io.h5coro.internal.bytes.MessageContract.malformed;
import static io.h5coro.internal.bytes.MessageContract.parses;
import static io.h5coro.internal.bytes.MessageContract.refusesWithoutAllocating;
import static io.h5coro.internal.bytes.MessageContract.unsupported;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.h5coro.internal.bytes.MessageBytes;
import io.h5coro.model.FilterDescription;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FilterPipelineMessageTest {
    private static final FilterDescription NAMED = new FilterDescription(32_015, "zstd", true, new int[] {7, -1});

    private static void are(List<FilterDescription> expected, MessageBytes message) {
        parses(expected, message, FilterPipelineMessage::parse);
    }

    @Test
    void readsNamesAndPadsOddNumbersOfValuesInVersion1() {
        MessageBytes message = new MessageBytes().u8(1, 3).zeros(6);
        message.u16(1, 8, 0, 1).padded("deflate").u32(6).zeros(4);
        message.u16(2, 0, 1, 1).u32(8).zeros(4);
        message.u16(32_015, 8, 1, 2).padded("zstd").u32(7, 0xffff_ffffL);
        are(
                List.of(
                        new FilterDescription(1, "deflate", false, new int[] {6}),
                        new FilterDescription(2, "", true, new int[] {8}),
                        NAMED),
                message);
    }

    @Test
    void filtersBelow256HaveNoNameInVersion2() {
        MessageBytes message = new MessageBytes().u8(2, 3);
        message.u16(1, 0, 1).u32(6);
        message.u16(255, 1, 0);
        message.u16(32_015, 5, 1, 2).name("zstd").u32(7, 0xffff_ffffL);
        are(
                List.of(
                        new FilterDescription(1, "", false, new int[] {6}),
                        new FilterDescription(255, "", true, new int[0]),
                        NAMED),
                message);
    }

    @Test
    void readsANamedFilterWithoutAName() {
        are(
                List.of(new FilterDescription(256, "", false, new int[0])),
                new MessageBytes().u8(2, 1).u16(256, 0, 0, 0));
    }

    @Test
    void readsAPipelineWithoutFilters() {
        are(List.of(), new MessageBytes().u8(2, 0));
        are(List.of(), new MessageBytes().u8(1, 0).zeros(6));
    }

    @Test
    void readsTheLongestPipelineAndNoLongerOne() {
        MessageBytes longest = new MessageBytes().u8(2, 32);
        MessageBytes longer = new MessageBytes().u8(2, 33);
        for (int i = 0; i < 33; i++) {
            longer.u16(2, 0, 0);
        }
        for (int i = 0; i < 32; i++) {
            longest.u16(2, 0, 0);
        }
        assertEquals(32, FilterPipelineMessage.parse(longest.cursor()).size());
        malformed(longer, FilterPipelineMessage::parse);
    }

    @Test
    void moreValuesThanAreThereAllocateNothing() {
        refusesWithoutAllocating(new MessageBytes().u8(2, 1).u16(1, 0, 0xffff).u32(6), FilterPipelineMessage::parse);
        refusesWithoutAllocating(
                new MessageBytes().u8(2, 1).u16(300, 0xffff, 0, 0xffff).u32(6), FilterPipelineMessage::parse);
    }

    @Test
    void refusesOtherVersions() {
        unsupported(new MessageBytes().u8(0, 0), FilterPipelineMessage::parse);
        unsupported(new MessageBytes().u8(3, 0), FilterPipelineMessage::parse);
    }
}
