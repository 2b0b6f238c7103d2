// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.format.node;

import static io.h5coro.internal.bytes.MessageContract.damageEndsInATypedError;
import static io.h5coro.internal.bytes.MessageContract.malformed;
import static io.h5coro.internal.bytes.MessageContract.refusesEveryPrefix;
import static io.h5coro.internal.bytes.MessageContract.unsupported;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.h5coro.internal.bytes.MessageBytes;
import io.h5coro.internal.format.message.SymbolTableMessage;
import io.h5coro.internal.format.node.SymbolTableNode.Entry;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SymbolTableNodeTest {
    /** A dataset, a group whose tree and heap are cached, and a soft link whose path is at 48 of the heap. */
    private static MessageBytes node(int offsets, int lengths) {
        MessageBytes node =
                new MessageBytes(offsets, lengths).text("SNOD").u8(1, 0).u16(3);
        node.length(8).address(0x320).u32(0, 0).zeros(16);
        node.length(16).address(0x640).u32(1, 0).u64(0x88, 0x2a8);
        return node.length(32).address(-1).u32(2, 0).u32(48).zeros(12);
    }

    /** The scratch-pad has two numbers of 8 bytes, which narrower offsets read as the first one's digits. */
    private static SymbolTableMessage tables(int offsets) {
        return new SymbolTableMessage(0x88, offsets == 8 ? 0x2a8 : 0);
    }

    @ParameterizedTest
    @CsvSource({"8, 8", "4, 8", "8, 4", "2, 2"})
    void readsObjectsAndSoftLinks(int offsets, int lengths) {
        MessageBytes node = node(offsets, lengths);
        assertEquals(
                new SymbolTableNode(List.of(
                        new Entry(8, 0x320, -1), new Entry(16, 0x640, -1, tables(offsets)), new Entry(32, -1, 48))),
                SymbolTableNode.parse(node.cursor()));
        assertEquals(3, SymbolTableNode.count(node.cursor()));
        assertEquals(node.size(), SymbolTableNode.bytes(node.origin(), 3));
        refusesEveryPrefix(node, SymbolTableNode::parse);
        damageEndsInATypedError(node, SymbolTableNode::parse);
    }

    @Test
    void refusesMoreEntriesThanAreThereOtherSignaturesAndVersions() {
        malformed(new MessageBytes().text("SNOD").u8(1, 0).u16(0xffff).zeros(40), SymbolTableNode::parse);
        malformed(new MessageBytes().text("TREE").u8(1, 0).u16(0), SymbolTableNode::parse);
        unsupported(new MessageBytes().text("SNOD").u8(2, 0).u16(0), SymbolTableNode::parse);
    }

    /** Of a soft link that became one it would make a hard link to nothing. */
    @Test
    void refusesCacheTypesThatDoNotExist() {
        malformed(
                new MessageBytes()
                        .text("SNOD")
                        .u8(1, 0)
                        .u16(1)
                        .length(8)
                        .address(-1)
                        .u32(3, 0)
                        .zeros(16),
                SymbolTableNode::parse);
    }
}
