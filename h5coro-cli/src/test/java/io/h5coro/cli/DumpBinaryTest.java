// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values as bytes; what they are is h5dump's (1.10) word. */
final class DumpBinaryTest {
    @TempDir
    Path folder;

    /** The bytes of the data file in hexadecimal. */
    private String bytes(String arguments) throws IOException {
        return bytes(arguments, "binary.h5");
    }

    private String bytes(String arguments, String file) throws IOException {
        Path values = folder.resolve("values.bin");
        List<String> words = new ArrayList<>(List.of("dump"));
        words.addAll(List.of(arguments.split(" ")));
        words.addAll(List.of("-o", values.toString(), DumpFiles.one(folder, file)));
        Run run = Run.of(words.toArray(new String[0]));
        assertAll(() -> assertEquals(0, run.status(), run.err()), () -> assertEquals("", run.err()));
        return HexFormat.of().formatHex(Files.readAllBytes(values));
    }

    @ParameterizedTest
    @CsvSource({
        "-b LE, 03000400",
        "-bLE, 03000400",
        "-b BE, 00030004",
        "-b FILE, 00030004",
        "-bFILE, 00030004",
        "-b NATIVE, 03000400",
        "-b MEMORY, 03000400",
        "-b, 03000400",
        "--binary, 03000400",
        "--binary=BE, 00030004",
        "--binary LE, 03000400"
    })
    void writesTheBytesOfASubset(String option, String expected) throws IOException {
        assertEquals(expected, bytes(option + " -d x -s 3 -c 2"));
        assertEquals(expected, bytes("-d x -s 3 -c 2 " + option));
        assertEquals(expected, bytes(option + " -d x[3;;2;]"));
        assertEquals(expected, bytes(option + " -d x[3:5]"));
    }

    @Test
    void writesTheBytesOfBlocksOfAnyRank() throws IOException {
        assertEquals("0003000400060007", bytes("-b FILE -d x -s 3 -S 3 -c 2 -k 2"));
        assertEquals("0000d0410000e8410000104200001c42", bytes("-b LE -d y -s 1,1,1 -S 1,2,3 -c 1,2,2"));
        assertEquals(
                "41a8000041b0000041b8000041c0000041f80000420000004204000042080000"
                        + "4224000042280000422c000042300000424c0000425000004254000042580000",
                bytes("-b BE -d y -s 1,0,1 -S 1,2,2 -c 2,2,2 -k 1,1,2"));
    }

    @Test
    void keepsWhatIsNoValueOutOfTheBytes() throws IOException {
        assertEquals("746f206265", bytes("-b LE -r -d text"));
        assertEquals("746f206265", bytes("-b LE -d text"));
    }

    @Test
    void writesTheAttributesOfGroupsToo() throws IOException {
        assertEquals("63000000" + "00000100", bytes("-b LE -g g"));
        assertEquals("63000000", bytes("-A -b LE -g g"));
    }

    @Test
    void writesHalvesAsHalves() throws IOException {
        assertEquals("0000" + "003e" + "00c0" + "0100" + "ff7b", bytes("-b FILE -d half"));
    }

    @Test
    void convertsEnumerationsAsLibhdf5DoesUnlessTheFilesFormIsWanted() throws IOException {
        assertEquals("00000000" + "01000000" + "ffffffff" + "ffffffff", bytes("-b -d be4", "enumerations.h5"));
        assertEquals("00000000" + "00000001" + "00000005" + "fffffffe", bytes("-b FILE -d be4", "enumerations.h5"));
        assertEquals("05000000" + "feffffff", bytes("-b -d le4 -s 2 -c 2", "enumerations.h5"));
    }
}
