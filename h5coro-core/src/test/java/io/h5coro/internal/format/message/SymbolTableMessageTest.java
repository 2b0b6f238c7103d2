// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.format.message;

import static io.h5coro.internal.bytes.MessageContract.parses;

import io.h5coro.internal.bytes.MessageBytes;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SymbolTableMessageTest {
    @ParameterizedTest
    @ValueSource(ints = {2, 4, 8, 16})
    void readsTreeAndHeapInTheFilesWidth(int width) {
        MessageBytes message = new MessageBytes(width, 8).address(0x388, -1);
        parses(new SymbolTableMessage(0x388, -1), message, SymbolTableMessage::parse);
    }
}
