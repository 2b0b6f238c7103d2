// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.bytes;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.error.MalformedFileException;
import io.h5coro.error.UnsupportedFeatureException;
import io.h5coro.error.Where;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CursorTest {
    @Test
    void readsNumbersLittleEndian() {
        Cursor c = new MessageBytes()
                .u8(0xfe, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)
                .cursor();
        assertEquals(0xfe, c.u8());
        assertEquals(0x0201, c.u16());
        assertEquals(0x0605_0403L, c.u32());
        assertEquals(0x0e0d_0c0b_0a09_0807L, c.i64());
        assertEquals(15, c.unsigned(1));
        assertEquals(0, c.unsigned(0));
    }

    @Test
    void readsUnsignedNumbersOfEveryWidth() {
        for (int width = 0; width <= 8; width++) {
            Cursor c = new MessageBytes().u64(-1).cursor();
            assertEquals(width == 8 ? -1 : (1L << 8 * width) - 1, c.unsigned(width));
            assertEquals(width, c.offset());
        }
        assertThrows(
                MalformedFileException.class,
                () -> new MessageBytes().zeros(20).cursor().unsigned(9));
        assertThrows(
                MalformedFileException.class,
                () -> new MessageBytes().zeros(20).cursor().unsigned(-1));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 4, 8, 16})
    void allOnesInTheFilesWidthAreUndefined(int width) {
        Cursor c = new MessageBytes(width, width)
                .address(-1, 0x1234)
                .length(-1, 0x1234)
                .cursor();
        assertEquals(Cursor.UNDEFINED, c.address());
        assertEquals(0x1234, c.address());
        assertEquals(Cursor.UNDEFINED, c.length());
        assertEquals(0x1234, c.length());
        assertEquals(0, c.remaining());
    }

    @Test
    void addressesAbove63BitsAreMalformed() {
        assertThrows(
                MalformedFileException.class,
                () -> new MessageBytes().u64(-2).cursor().address());
        assertThrows(
                MalformedFileException.class,
                () -> new MessageBytes().u64(Long.MIN_VALUE).cursor().length());
        assertThrows(
                MalformedFileException.class,
                () -> new MessageBytes(16, 8).u64(5, 1).cursor().address());
        assertEquals(
                Long.MAX_VALUE, new MessageBytes().u64(Long.MAX_VALUE).cursor().address());
        assertEquals(
                0xffff_fffeL, new MessageBytes(4, 8).u32(0xffff_fffeL).cursor().address());
    }

    @Test
    void anAddressThatLiesInNoMemberIsMalformedAndALengthIsNot() {
        Cursor.Origin origin = new Cursor.Origin(MessageBytes.SOURCE, 8, 8, stored -> stored == 7 ? 70 : -1);
        byte[] bytes = new MessageBytes().u64(7, 8, 8).toArray();
        Cursor c = Cursor.of(bytes, origin, 0x100);
        assertEquals(70, c.address());
        MalformedFileException e = assertThrows(MalformedFileException.class, c::address);
        assertEquals(new Where(MessageBytes.SOURCE, null, 0x108), e.where());
        assertEquals(8, c.length());
    }

    @Test
    void nothingReadsBeyondItsEnd() {
        List<Consumer<Cursor>> reads = List.of(
                Cursor::u8,
                Cursor::u16,
                Cursor::u32,
                Cursor::i32,
                Cursor::i64,
                Cursor::address,
                Cursor::length,
                c -> c.unsigned(3),
                c -> c.bytes(3),
                c -> c.slice(3),
                c -> c.skip(3),
                c -> c.text(3),
                c -> c.signature("abc"),
                c -> c.bytes(-1),
                c -> c.slice(Integer.MAX_VALUE),
                c -> c.skip(Integer.MIN_VALUE),
                Cursor::nulTerminated);
        MessageBytes bytes = new MessageBytes().u8(9, 9).zeros(40);
        for (Consumer<Cursor> read : reads) {
            Cursor c = bytes.cut(2);
            c.skip(2);
            MalformedFileException e = assertThrows(MalformedFileException.class, () -> read.accept(c));
            assertEquals(MessageBytes.ADDRESS + 2, e.where().address());
            assertEquals(0, c.remaining());
        }
    }

    @Test
    void seeksWithinItsBytesOnly() {
        Cursor c = new MessageBytes().u8(1, 2, 3).cursor();
        assertEquals(3, c.seek(2).u8());
        assertEquals(0, c.seek(3).remaining());
        assertEquals(1, c.seek(0).u8());
        assertThrows(MalformedFileException.class, () -> c.seek(4));
        assertThrows(MalformedFileException.class, () -> c.seek(-1));
        assertEquals(MessageBytes.ADDRESS + 1, c.position());
    }

    @Test
    void slicesPartsAndCopiesKnowWhereTheyAre() {
        Cursor c = new MessageBytes().u8(1, 2, 3, 4, 5).cursor().skip(1);
        Cursor slice = c.slice(2);
        assertEquals(MessageBytes.ADDRESS + 1, slice.position());
        assertEquals(2, slice.u8());
        assertEquals(1, slice.remaining());
        assertEquals(4, c.u8());
        Cursor part = c.part(3, 2);
        assertEquals(MessageBytes.ADDRESS + 3, part.position());
        assertEquals(0x0504, part.u16());
        assertEquals(4, c.offset());
        assertEquals(0, c.copy().offset());
        for (int[] outside : new int[][] {{-1, 1}, {0, 6}, {5, 1}, {0, -1}, {6, 0}, {1, Integer.MAX_VALUE}}) {
            assertThrows(MalformedFileException.class, () -> c.part(outside[0], outside[1]));
        }
    }

    @Test
    void textEndsAtItsFirstNulOrWithItsBytes() {
        assertEquals("ab", new MessageBytes().text("ab").u8(0, 'c').cursor().text(4));
        assertEquals("abcd", new MessageBytes().text("abcd").cursor().text(4));
        assertEquals("", new MessageBytes().zeros(4).cursor().rest());
        Cursor two = new MessageBytes().name("one").name("two").cursor();
        assertEquals("one", two.nulTerminated());
        assertEquals("two", two.nulTerminated());
        assertThrows(
                MalformedFileException.class,
                () -> new MessageBytes().text("ab").cursor().nulTerminated());
    }

    @Test
    void aWrongSignatureIsShownWithoutControlCharacters() {
        Cursor c = new MessageBytes().u8('T', 0, 0x7f, 0xe9).cursor();
        assertFalse(c.startsWith("TREE"));
        MalformedFileException e = assertThrows(MalformedFileException.class, () -> c.signature("TREE"));
        assertEquals("signature 'T\\x00\\x7f\\xe9', expected TREE", e.problem());
        assertEquals(MessageBytes.ADDRESS, e.where().address());
        assertTrue(new MessageBytes().text("TREE").cursor().startsWith("TREE"));
        assertFalse(new MessageBytes().text("TRE").cursor().startsWith("TREE"));
    }

    @Test
    void anUnknownVersionIsUnsupportedAtItsByte() {
        Cursor c = new MessageBytes().u8(0, 9).cursor().skip(1);
        UnsupportedFeatureException e = assertThrows(UnsupportedFeatureException.class, () -> c.version("node", 1, 2));
        assertEquals("node version 9 (known: 1 to 2)", e.feature());
        assertEquals(MessageBytes.ADDRESS + 1, e.where().address());
        assertEquals(2, new MessageBytes().u8(2).cursor().version("node", 1, 2));
    }

    @Test
    void aChecksumCoversAllFromTheStart() {
        MessageBytes whole = new MessageBytes().text("FADB").u8(1, 2, 3).checksum();
        whole.cursor().skip(7).checksum(true, "block");
        byte[] damaged = whole.toArray();
        damaged[5] ^= 1;
        MalformedFileException e = assertThrows(
                MalformedFileException.class,
                () -> whole.over(damaged, damaged.length).skip(7).checksum(true, "block"));
        assertEquals(MessageBytes.ADDRESS, e.where().address());
        whole.over(damaged, damaged.length).skip(7).checksum(false, "block");
        assertArrayEquals(new byte[] {1, 2, 3}, whole.cursor().skip(4).bytes(3));
    }
}
