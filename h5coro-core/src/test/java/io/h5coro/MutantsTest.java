// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.testdata.Fixtures;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The comparison of damaged files, on a sound one and on one that is not: what libhdf5 2.0 answers is written here. */
final class MutantsTest {
    private static final String VALUES = "#179= 4636993d3e1da4e9d6b8f87b79e8f7c6d018580d52661950eabc3845c5897a4d";
    private static final String[] THEIRS = {
        "file ok",
        "#48 group",
        "#48/ 3",
        "#48/beside hard 179",
        "#179 dataset [3]",
        "#48/user_defined user",
        "#48/user_defined_empty user",
        "#48@ 0",
        "#179@ 0",
        VALUES
    };

    private static String answer(Path file, String... theirs) {
        return Mutants.answer(file.getParent(), (file.getFileName() + "\t" + String.join("\t", theirs)).split("\t"));
    }

    @Test
    void whatBothAnswerAlikeIsCounted() {
        assertEquals("user_links.h5\t10\t0\t0", answer(Fixtures.path("user_links.h5"), THEIRS));
    }

    @Test
    void whatOneOfThemAnswersIsCountedApart() {
        String[] theirs = THEIRS.clone();
        theirs[9] = "#179= ?H5Dread failed";
        String found = answer(Fixtures.path("user_links.h5"), theirs);
        assertTrue(found.startsWith("user_links.h5\t9\t0\t1\tread\u001f#179=\u001f?H5Dread failed\u001f4636"), found);
    }

    @Test
    void anotherValueIsADifference() {
        String[] theirs = THEIRS.clone();
        theirs[4] = "#179 dataset [4]";
        String found = answer(Fixtures.path("user_links.h5"), theirs);
        assertEquals("user_links.h5\t9\t0\t0\tdiffers\u001f#179\u001fdataset [4]\u001fdataset [3]", found);
    }

    @Test
    void whatWeRefuseIsNoDifference(@TempDir Path folder) throws Exception {
        byte[] bytes = Fixtures.bytes("user_links.h5");
        bytes[0] = 0;
        Path file = Files.write(folder.resolve("damaged.h5"), bytes);
        String found = answer(file, THEIRS);
        assertTrue(found.startsWith("damaged.h5\t0\t1\t0\trefused\u001ffile\u001fok\u001f?Malformed"), found);
    }
}
