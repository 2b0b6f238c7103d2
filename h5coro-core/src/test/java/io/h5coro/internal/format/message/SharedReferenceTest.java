// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.format.message;

import static io.h5coro.internal.bytes.MessageContract.damageEndsInATypedError;
import static io.h5coro.internal.bytes.MessageContract.malformed;
import static io.h5coro.internal.bytes.MessageContract.refusesEveryPrefix;
import static io.h5coro.internal.bytes.MessageContract.unsupported;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.internal.bytes.MessageBytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SharedReferenceTest {
    private static void leadsToAHeader(MessageBytes message) {
        SharedReference reference = SharedReference.parse(message.cursor());
        assertFalse(reference.inHeap());
        assertEquals(0x1450, reference.headerAddress());
        refusesEveryPrefix(message, SharedReference::parse);
        damageEndsInATypedError(message, SharedReference::parse);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 4, 8})
    void readsTheHeaderBehindTheUnusedHeapAddressOfVersion1(int lengths) {
        leadsToAHeader(
                new MessageBytes(4, lengths).u8(1, 0).zeros(6).length(0x77).address(0x1450));
    }

    @Test
    void readsTheHeaderOfVersions2And3() {
        leadsToAHeader(new MessageBytes(4, 8).u8(2, 0).address(0x1450));
        leadsToAHeader(new MessageBytes(8, 8).u8(2, 2).address(0x1450));
        leadsToAHeader(new MessageBytes(8, 8).u8(3, 2).address(0x1450));
    }

    @Test
    void readsAHeapIdOfVersion3WhateverTheWidths() {
        MessageBytes message = new MessageBytes(2, 2).u8(3, 1).u8(1, 2, 3, 4, 5, 6, 7, 8);
        SharedReference reference = SharedReference.parse(message.cursor());
        assertTrue(reference.inHeap());
        assertArrayEquals(new byte[] {1, 2, 3, 4, 5, 6, 7, 8}, reference.heapId());
        assertEquals(-1, reference.headerAddress());
        refusesEveryPrefix(message, SharedReference::parse);
    }

    @Test
    void refusesOtherTypesAndVersions() {
        malformed(new MessageBytes().u8(3, 0).address(8), SharedReference::parse);
        malformed(new MessageBytes().u8(3, 3).address(8), SharedReference::parse);
        unsupported(new MessageBytes().u8(0, 0).zeros(30), SharedReference::parse);
        unsupported(new MessageBytes().u8(4, 2).address(8), SharedReference::parse);
    }
}
