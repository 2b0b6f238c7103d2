// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.inspect;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.cli.CommandEdgesTest;
import io.h5coro.cli.Run;
import io.h5coro.cli.report.ExitCode;
import io.h5coro.model.DatasetStorage;
import io.h5coro.model.FileInfo;
import io.h5coro.model.ReadStatistics;
import io.h5coro.model.Shape;
import io.h5coro.storage.StorageProfile;
import io.h5coro.testdata.Fixtures;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the doctor says of files and datasets; sizes and counts are stated by hand. */
final class FindingsTest {
    private static DatasetFinding chunked(String path, Shape shape, Shape chunk, boolean filtered) {
        return new DatasetFinding(
                path,
                shape,
                8,
                new DatasetStorage.Chunked(chunk, DatasetStorage.Index.FIXED_ARRAY),
                filtered,
                OptionalLong.empty());
    }

    private static FileFinding file(int strategy, long page, long waves, int version) {
        FileInfo.FileSpaceInfo space = new FileInfo.FileSpaceInfo(strategy, false, 1, page);
        FileInfo info = new FileInfo("f", version, 0, 0, 0, 8, 8, 16, 4, 32, space, 0, 96);
        ReadStatistics cost =
                new ReadStatistics(waves, 1_000_000, waves, 1_000_000, waves, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, false);
        return new FileFinding(info, 50_000_000, cost, 20, StorageProfile.REMOTE);
    }

    /** A name comes from a file, and the advice goes into a shell. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "/plain/a_b-1.0|/plain/a_b-1.0:CHUNK=131x1000",
                "/two words|'/two words:CHUNK=131x1000'",
                "/x;rm -rf $HOME|'/x;rm -rf $HOME:CHUNK=131x1000'",
                "/$(date)`id`|'/$(date)`id`:CHUNK=131x1000'",
                "/it's|'/it'\\''s:CHUNK=131x1000'",
                "/温度|'/温度:CHUNK=131x1000'"
            })
    void adviceCanBePastedIntoAShell(String path, String argument) {
        List<String> advice =
                chunked(path, Shape.of(1000, 1000), Shape.of(10, 10), false).advice();
        assertEquals(1, advice.size());
        assertTrue(advice.get(0).endsWith(": h5repack -l " + argument), advice.get(0));
    }

    @Test
    void filtersThatSaveNothingAreAdvisedAgainstByTheirQuotedName() {
        DatasetFinding finding =
                chunked("/a b", Shape.of(100_000), Shape.of(100_000), true).withStored(OptionalLong.of(800_000));
        assertTrue(
                finding.advice().get(0).endsWith(": h5repack -f '/a b:NONE'"),
                finding.advice().toString());
    }

    @Test
    void fewSmallChunksAreFine() {
        assertEquals(List.of(), chunked("/d", Shape.of(160), Shape.of(10), true).advice());
        assertEquals(
                1, chunked("/d", Shape.of(170), Shape.of(10), true).advice().size());
    }

    @Test
    void anEmptyDatasetHasNoChunks() {
        DatasetFinding empty = chunked("/d", Shape.of(0, 10), Shape.of(5, 5), true);
        assertEquals(0, empty.chunks());
        assertEquals(0, empty.valueBytes());
        assertEquals(List.of(), empty.advice());
        assertTrue(
                empty.description().startsWith("/d  (0, 10)  0 bytes  0 chunks (5, 5) of 200 bytes"),
                empty.description());
    }

    @Test
    void whatIsNotChunkedHasNoAdvice() {
        DatasetFinding compact =
                new DatasetFinding("/d", Shape.scalar(), 4, new DatasetStorage.Compact(4), false, OptionalLong.empty());
        assertEquals(0, compact.chunks());
        assertEquals(List.of(), compact.advice());
        assertEquals("/d  ()  4 bytes  compact", compact.description());
    }

    @ParameterizedTest
    @CsvSource({
        "0, 4096, 0, 'superblock 0 (libver earliest), metadata and data aggregated, no pages'",
        "1, 4194304, 3, 'superblock 3, pages of 4.2 MB'",
        "1, 4096, 2, 'superblock 2, pages of 4096 bytes'",
        "3, 4096, 1, 'superblock 1 (libver earliest), metadata and data aggregated, no pages'"
    })
    void theFormatSaysHowSpaceIsManaged(int strategy, long page, int version, String expected) {
        assertEquals(expected, file(strategy, page, 5, version).format());
    }

    @Test
    void smallPagesAreAdvisedAgainstAndLargeOnesAreNot() {
        assertEquals(
                List.of("pages are small: h5repack -S PAGE -G 4194304 gathers metadata in fewer places"),
                file(1, 4096, 5, 3).advice(false));
        assertEquals(List.of(), file(1, 4 << 20, 5, 3).advice(false));
    }

    @Test
    void metadataThatStandTogetherNeedNothing() {
        assertEquals(
                List.of("metadata stand together: repacking gains nothing"),
                file(0, 4096, 2, 3).advice(false));
        assertEquals(List.of("metadata stand together"), file(0, 4096, 2, 3).advice(true));
        assertTrue(file(0, 4096, 3, 3).advice(true).get(0).startsWith("metadata are spread: h5repack -S PAGE "));
    }

    /** What a link leads to is in another file, which another h5repack would have to be asked for. */
    @Test
    void objectsOfOtherFilesAreNotCounted() {
        Run run = Run.of("doctor", "-a", CommandEdgesTest.resource("options/links.h5"));
        assertAll(
                () -> assertEquals(0, run.status(), run.err()),
                () -> assertTrue(run.out().contains("\ncontents  2 groups, 4 datasets\n"), run.out()),
                () -> assertFalse(run.out().contains("there"), run.out()),
                () -> assertTrue(
                        run.err().contains("/loop: more than 16 soft and external links on the way\n"), run.err()),
                () -> assertFalse(run.out().contains("inner"), run.out()));
    }

    @Test
    void everyDatasetHasALineWhenAsked() {
        String kinds = CommandEdgesTest.resource("options/kinds.h5");
        List<String> lines = Run.of("doctor", "--all", kinds).out().lines().toList();
        assertTrue(lines.contains("contents  11 groups, 55 datasets"), lines.toString());
        assertEquals(
                55, lines.stream().filter(line -> line.startsWith("dataset   ")).count());
        assertTrue(lines.contains("dataset   /space/null  (0,)  0 bytes  contiguous"), lines.toString());
        assertEquals("55 datasets without remarks", lines.get(lines.size() - 1));
        assertEquals(6, Run.of("doctor", kinds).out().lines().count());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 20})
    void stopsAtTheMostThatIsAllowed(int most) {
        String stored = CommandEdgesTest.resource("options/stored.h5");
        Run run = Run.of("doctor", "--max-datasets=" + most, stored);
        assertAll(
                () -> assertEquals(ExitCode.LIMIT, run.status()),
                () -> assertTrue(run.out().contains("contents  1 group, " + most + " dataset"), run.out()),
                () -> assertTrue(run.out().contains("(not all of the file"), run.out()),
                () -> assertEquals(1, run.errorLines(), run.err()));
        assertEquals(0, Run.of("doctor", "--max-datasets=21", stored).status());
    }

    @Test
    void pagesOfAFileAreNamed() {
        String out =
                Run.of("doctor", Fixtures.path("file_space_paged").toString()).out();
        assertTrue(out.matches("(?s).*\nformat    superblock \\d, pages of \\d+ bytes\n.*"), out);
    }
}
