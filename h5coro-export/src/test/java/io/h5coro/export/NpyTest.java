// SPDX-License-Identifier: Apache-2.0
package io.h5coro.export;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files of NPY byte by byte, as numpy's description of the format has them; the values are those of make_types.py. */
final class NpyTest {
    private static ByteBuffer values(byte[] npy) {
        int length = ByteBuffer.wrap(npy).order(ByteOrder.LITTLE_ENDIAN).getShort(8);
        return ByteBuffer.wrap(npy, 10 + length, npy.length - 10 - length)
                .slice()
                .order(ByteOrder.LITTLE_ENDIAN);
    }

    private static String header(byte[] npy) {
        int length = ByteBuffer.wrap(npy).order(ByteOrder.LITTLE_ENDIAN).getShort(8);
        return new String(npy, 10, length, StandardCharsets.ISO_8859_1);
    }

    private static String hex(ByteBuffer values) {
        byte[] bytes = new byte[values.remaining()];
        values.get(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    @Test
    void theHeaderIsThatOfNumpy() throws IOException {
        byte[] npy = Fixture.exported("npy", "/table/i4[2:4]");
        assertEquals(128 + 8, npy.length);
        assertEquals("934e554d50590100" + "7600", HexFormat.of().formatHex(npy, 0, 10));
        String text = "{'descr': '<i4', 'fortran_order': False, 'shape': (2,), }";
        assertEquals(text + " ".repeat(117 - text.length()) + "\n", header(npy));
        assertEquals("0200000003000000", hex(values(npy)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            value = {
                "/table/i1[0:2]        ; '|i1' ; (2,)      ; 807f",
                "/table/u8[1]          ; '<u8'  ; (1,)      ; ffffffffffffffff",
                "/table/be_i4[0]       ; '<i4'  ; (1,)      ; 00000080",
                "/table/i3[4]          ; '<i4'  ; (1,)      ; c0bdf0ff",
                "/table/f2[1:6]        ; '<f2'  ; (5,)      ; 007c00fc0080ff7b0004",
                "/table/f4[3]          ; '<f4'  ; (1,)      ; 00000080",
                "/table/be_f8[1]       ; '<f8'  ; (1,)      ; 000000000000f07f",
                "/table/truth[3:5]     ; '|b1' ; (2,)      ; 0100",
                "/table/colour[2]      ; '<i2'  ; (1,)      ; 0700",
                "/table/fixed_text[2]  ; '|S6' ; (1,)      ; 6772c3bcc39f",
                "/table/space_text[10] ; '|S6' ; (1,)      ; 313000000000",
                "/table/opaque[7]      ; '|V3' ; (1,)      ; 07ff00",
                "/table/bits[2]        ; '|u1' ; (1,)      ; 2e",
                "/table/c16[2]         ; '<c16' ; (1,)      ; 000000000000004000000000000010c0",
                "/table/three_d[1,1,:] ; '<i4'  ; (1, 1, 2) ; 0600000007000000",
                "/table/array[1]       ; '<i2'  ; (1, 2, 3) ; 06000700080009000a000b00",
                "/others/scalar        ; '<f8'  ; ()        ; 0000000000000440",
                "/others/empty_rows    ; '<f4'  ; (3, 0)    ; ''",
            })
    void everyTypeHasItsCodeAndBytes(String request, String descr, String shape, String bytes) throws IOException {
        byte[] npy = Fixture.exported("npy", request);
        assertEquals(
                "{'descr': " + descr + ", 'fortran_order': False, 'shape': " + shape + ", }",
                header(npy).strip());
        assertEquals(bytes.replace("'", ""), hex(values(npy)));
        assertEquals(0, (npy.length - values(npy).remaining()) % 64);
    }

    @Test
    void compoundsArePackedStructures() throws IOException {
        byte[] npy = Fixture.exported("npy", "/table/compound[7]");
        assertEquals(
                "{'descr': [('n', '<i2'), ('xy', '<f4', (2,)), ('t', '|S3'), ('in', [('a', '<i4'), ('b', '<f8')]), "
                        + "('c', '<i2')], 'fortran_order': False, 'shape': (1,), }",
                header(npy).strip());
        // n = 2, xy = (3.5, -7), t = "t7", a = 7000, b = 1, c = GREEN = 1
        assertEquals(
                "0200" + "00006040" + "0000e0c0" + "743700" + "581b0000" + "000000000000f03f" + "0100",
                hex(values(npy)));
    }

    @Test
    void anArchiveHoldsAFileForEachDataset() throws IOException {
        byte[] npz = Fixture.exported("npz", "/table/i4", "/others/short", "/others/scalar");
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(npz))) {
            for (String name : new String[] {"i4", "short", "scalar"}) {
                ZipEntry entry = zip.getNextEntry();
                assertEquals(name + ".npy", entry.getName());
                String path = (name.equals("i4") ? "/table/" : "/others/") + name;
                assertArrayEquals(Fixture.exported("npy", path), zip.readAllBytes());
            }
            assertNull(zip.getNextEntry());
        }
        assertArrayEquals(npz, Fixture.exported("npz", "/table/i4", "/others/short", "/others/scalar"));
        assertTrue(npz.length < 1000, "" + npz.length);
    }
}
