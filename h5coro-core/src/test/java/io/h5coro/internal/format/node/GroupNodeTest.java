// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.format.node;

import static io.h5coro.internal.bytes.MessageContract.damageEndsInATypedError;
import static io.h5coro.internal.bytes.MessageContract.malformed;
import static io.h5coro.internal.bytes.MessageContract.refusesEveryPrefix;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.h5coro.internal.bytes.MessageBytes;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GroupNodeTest {
    private static MessageBytes node(int offsets, int lengths) {
        MessageBytes node =
                new MessageBytes(offsets, lengths).text("TREE").u8(0, 3).u16(2).address(-1, 0x900);
        return node.length(0).address(0x400).length(8).address(0x500).length(24);
    }

    @ParameterizedTest
    @CsvSource({"8, 8", "4, 8", "8, 4", "2, 2"})
    void readsKeysAndChildrenInTheFilesWidths(int offsets, int lengths) {
        MessageBytes node = node(offsets, lengths);
        assertEquals(new GroupNode(3, List.of(0L, 8L, 24L), List.of(0x400L, 0x500L)), GroupNode.parse(node.cursor()));
        assertEquals(2, GroupNode.entries(node.cursor()));
        assertEquals(node.size(), GroupNode.bytes(node.origin(), 2));
        refusesEveryPrefix(node, GroupNode::parse);
        damageEndsInATypedError(node, GroupNode::parse);
    }

    @Test
    void readsTheLeafOfAnEmptyGroup() {
        MessageBytes node =
                new MessageBytes().text("TREE").u8(0, 0).u16(0).address(-1, -1).length(0);
        assertEquals(new GroupNode(0, List.of(0L), List.of()), GroupNode.parse(node.cursor()));
        assertEquals(node.size(), GroupNode.bytes(node.origin(), 0));
    }

    @Test
    void refusesTreesOfChunksAndOtherSignatures() {
        malformed(
                new MessageBytes().text("TREE").u8(1, 0).u16(0).address(-1, -1).length(0), GroupNode::parse);
        malformed(
                new MessageBytes().text("SNOD").u8(0, 0).u16(0).address(-1, -1).length(0), GroupNode::parse);
    }

    @Test
    void refusesMoreEntriesThanAreThere() {
        malformed(
                new MessageBytes()
                        .text("TREE")
                        .u8(0, 0)
                        .u16(0xffff)
                        .address(-1, -1)
                        .length(0),
                GroupNode::parse);
    }
}
