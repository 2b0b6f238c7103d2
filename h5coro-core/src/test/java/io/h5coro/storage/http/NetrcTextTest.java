// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.h5coro.storage.StorageException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What people write into netrc files: line ends, macros, quotation marks, entries that lack something. */
final class NetrcTextTest {
    @TempDir
    private Path folder;

    private static String login(String text, String host) throws StorageException {
        return Netrc.parse(text)
                .authorization(host, true)
                .map(basic -> new String(
                        Base64.getDecoder().decode(basic.substring("Basic ".length())), StandardCharsets.UTF_8))
                .orElse("none");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "machine h login u password p",
                "machine h\n\tlogin u\r\n\tpassword p\r\n",
                "machine h password p login u",
                "machine h login u account a password p",
                "machine \"h\" login \"u\" password \"p\"",
                "machine H login u password p # comment",
                "#first\nmachine h login u #of me\npassword p",
                "machine h login x login u password y password p",
                "machine h login u password p\nmachine h login second password second",
                "machine h login u password p\ndefault login d password d",
                "macdef m\nmachine h login wrong password wrong\n\nmachine h login u password p",
                "macdef m\r\nmachine h login wrong password wrong\r\n\r\nmachine h login u password p",
                "machine h login u password p\nmacdef m\nmachine i login x password y",
                "machine g login a\nmachine h login u password p"
            })
    void anEntryIsFoundHoweverItIsWritten(String text) throws Exception {
        assertEquals("u:p", login(text, "h"));
        assertEquals("u:p", login(text, "H"));
    }

    @ParameterizedTest
    @CsvSource({
        "machine g login a password b, none",
        "machine h login u, none",
        "machine h login u default login d password e, d:e",
        "machine h password p, :p",
        "default login d password e default login f password g, d:e",
        "'', none",
        "'# machine h login u password p', none",
    })
    void aHostWithoutAPasswordHasNoneOrTheDefault(String text, String expected) throws Exception {
        assertEquals(expected, login(text, "h"));
    }

    @Test
    void quotedWordsHoldBlanksMarksAndBackslashes() throws Exception {
        assertEquals("u:a b", login("machine h login u password \"a b\"", "h"));
        assertEquals("u:a\"\\#", login("machine h login u password \"a\\\"\\\\\\#\"", "h"));
        assertEquals("u:", login("machine h login u password \"\"", "h"));
        assertEquals("u:p\u00e4\u20ac", login("machine h login u password p\u00e4\u20ac", "h"));
        assertEquals("u:p#q", login("machine h login u password p#q", "h"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "user x|cannot be understood at line 1",
                "macdef m\\n\\n\\nwhat|cannot be understood at line 4",
                "machine h login u password \"p\\n\"|has a quotation mark without its second, at line 1",
                "machine h login u password \"p\\\\|has a quotation mark without its second, at line 1",
                "machine h login u password \"|has a quotation mark without its second, at line 1",
                "machine h\\nlogin|ends within an entry, at line 2",
                "machine h\\nlogin # u|ends within an entry, at line 2",
            })
    void whatCannotBeReadIsPlacedByItsLine(String text, String problem) {
        StorageException failure = assertThrows(StorageException.class, () -> Netrc.parse(text.translateEscapes()));
        assertEquals("the netrc file " + problem, failure.getMessage());
        assertEquals(StorageException.Kind.INVALID, failure.kind());
    }

    private Path file(byte[] content) throws Exception {
        Path file = Files.write(folder.resolve("netrc"), content);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void aFileHasALimitAndAnEncoding() throws Exception {
        byte[] text = "machine h login u password p\n".getBytes(StandardCharsets.US_ASCII);
        byte[] full = new byte[1 << 20];
        Arrays.fill(full, (byte) '\n');
        System.arraycopy(text, 0, full, full.length - text.length, text.length);
        assertEquals(Optional.of("Basic dTpw"), Netrc.read(file(full)).authorization("h", false));
        StorageException large =
                assertThrows(StorageException.class, () -> Netrc.read(file(Arrays.copyOf(full, full.length + 1))));
        assertEquals("the netrc file is longer than 1048576 bytes", large.getMessage());
        StorageException binary = assertThrows(
                StorageException.class, () -> Netrc.read(file(new byte[] {'#', (byte) 0xff, (byte) 0xfe})));
        assertEquals("the netrc file cannot be read (MalformedInputException)", binary.getMessage());
        StorageException directory = assertThrows(
                StorageException.class,
                () -> Netrc.read(Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"))));
        assertEquals("the netrc file cannot be read (IOException)", directory.getMessage());
    }
}
