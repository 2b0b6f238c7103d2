// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.inspect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.H5Coro;
import io.h5coro.cli.Run;
import io.h5coro.cli.report.ExitCode;
import io.h5coro.model.DatasetStorage;
import io.h5coro.model.FileInfo;
import io.h5coro.model.ReadStatistics;
import io.h5coro.model.Shape;
import io.h5coro.storage.StorageProfile;
import io.h5coro.testdata.Fixtures;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DoctorCommandTest {
    private static final String GRANULE = Fixtures.path("sample_granule").toString();

    private static DatasetFinding chunked(Shape shape, Shape chunks, DatasetStorage.Index index, long stored) {
        return new DatasetFinding(
                "/d", shape, 8, new DatasetStorage.Chunked(chunks, index), true, OptionalLong.of(stored));
    }

    private static String only(List<String> advice) {
        assertEquals(1, advice.size(), advice::toString);
        return advice.get(0);
    }

    /** A pattern names all members; a member alone is a part of a file. */
    @Test
    void takesAFamily() throws java.io.IOException {
        Path folder = Fixtures.path("family_00000").getParent();
        long bytes = 0;
        for (int i = 0; i < 5; i++) {
            bytes += java.nio.file.Files.size(folder.resolve("family_0000" + i + ".h5"));
        }
        Run run = Run.of("doctor", "-a", folder.resolve("family_%05d.h5").toString());
        assertEquals(0, run.status(), run.err());
        assertEquals("", run.err());
        assertTrue(
                run.out().startsWith("file      " + folder.resolve("family_%05d.h5") + ", " + PlanText.bytes(bytes)),
                run.out());
        assertTrue(run.out().contains("\ndataset   /"), run.out());
    }

    @Test
    void saysHowAFileLies() {
        Run run = Run.of("doctor", "-a", GRANULE);
        assertEquals(0, run.status(), run.err());
        assertEquals("", run.err());
        assertTrue(run.out().contains("\nformat    superblock 0 (libver earliest), metadata and data"), run.out());
        assertTrue(run.out().contains("1 wave, 1 of 1 region of 1 MiB"), run.out());
        assertTrue(run.out().contains("dataset   /gt1l/heights/h_ph  (7000,)  28.0 kB  "), run.out());
        assertTrue(run.out().contains("index btree 1, compressed "), run.out());
    }

    /** One that leads to another file or nowhere is no damage of this one. */
    @Test
    void saysWhichLinksCannotBeFollowed() {
        // Some links lead there, and out of a jar files come one by one.
        Fixtures.path("virtual_sources");
        Run run = Run.of("doctor", Fixtures.path("external_links_v110").toString());
        assertEquals(ExitCode.OK, run.status(), run.err());
        for (String name : List.of("to_missing_file", "to_missing_object", "outside", "absolute", "group/unicode")) {
            assertTrue(run.err().contains("h5coro: /" + name + ": a link that cannot be followed: "), run.err());
        }
        assertEquals(5, run.errorLines(), run.err());
        assertFalse(run.out().contains("not all of the file"), run.out());
    }

    /** The version of the header of /chunked/i1 is no version. */
    @Test
    void saysWhichMembersAreDamaged(@TempDir Path folder) throws java.io.IOException {
        byte[] bytes = Fixtures.bytes("numbers_earliest");
        try (H5Coro file = H5Coro.open(Fixtures.path("numbers_earliest"))) {
            bytes[(int) file.dataset("/chunked/i1").address()] = 99;
        }
        Path damaged = java.nio.file.Files.write(folder.resolve("damaged.h5"), bytes);
        Run run = Run.of("doctor", damaged.toString());
        assertEquals(ExitCode.CORRUPT, run.status(), run.err());
        assertTrue(run.err().startsWith("h5coro: /chunked/i1: "), run.err());
        assertEquals(1, run.errorLines(), run.err());
        assertTrue(run.out().contains(" (not all of the file: see "), run.out());
    }

    /** The extents of its virtual datasets follow from their sources, in another file. */
    @Test
    void opensSiblingFilesAsOtherCommandsDo() {
        Run run = Run.of("doctor", "-a", Fixtures.path("virtual_v110").toString());
        assertEquals(0, run.status(), run.err());
        assertEquals("", run.err());
        assertTrue(run.out().contains("\ndataset   /"), run.out());
    }

    @Test
    void doesNotCallChunksLargeOfWhichAnElementCanBeRead() {
        DatasetFinding raw = new DatasetFinding(
                "/d",
                Shape.of(80_000, 1000),
                4,
                new DatasetStorage.Chunked(Shape.of(80_000, 1000), DatasetStorage.Index.BTREE_1),
                false,
                OptionalLong.empty());
        assertEquals(List.of(), raw.advice());
    }

    @Test
    void looksAtNoMoreDatasetsThanAllowed() {
        Run run = Run.of("doctor", "--max-datasets=2", GRANULE);
        assertEquals(ExitCode.LIMIT, run.status(), run.err());
        assertTrue(run.err().contains("more than 2 datasets or groups"), run.err());
        assertEquals(1, run.errorLines(), run.err());
        assertTrue(run.out().contains(", 2 datasets (not all of the file"), run.out());
    }

    @Test
    void reportsAFileThatIsNotThere(@TempDir Path folder) {
        Run run = Run.of("doctor", folder.resolve("none.h5").toString());
        assertEquals(ExitCode.NOT_FOUND, run.status(), run.err());
        assertEquals(1, run.errorLines(), run.err());
        assertEquals(
                ExitCode.USAGE, Run.of("doctor", "--max-datasets=0", GRANULE).status());
    }

    @Test
    void advisesLargerChunks() {
        // 100 * 100 chunks of 800 bytes; all of the second dimension and 131 rows are nearly 1 MiB.
        DatasetFinding small =
                chunked(Shape.of(1000, 1000), Shape.of(10, 10), DatasetStorage.Index.FIXED_ARRAY, 1_000_000);
        assertEquals(
                "chunks are small: (131, 1000) would make 8 of 10000: h5repack -l /d:CHUNK=131x1000",
                only(small.advice()));
        assertTrue(small.description().endsWith("index fixed array, compressed 8.0 times"), small.description());
    }

    @Test
    void advisesSmallerChunks() {
        DatasetFinding large = chunked(
                Shape.of(1000, 1000, 100), Shape.of(100, 1000, 100), DatasetStorage.Index.FIXED_ARRAY, 1_000_000);
        assertEquals(
                "chunks are large: one value costs 80.0 MB to inflate; (1, 1000, 100) would make it 800.0 kB: "
                        + "h5repack -l /d:CHUNK=1x1000x100",
                only(large.advice()));
    }

    @Test
    void advisesAnArrayForADeepTreeAndNoFiltersThatSaveNothing() {
        Shape shape = Shape.of(10_000, 10_000);
        Shape chunks = Shape.of(100, 100);
        assertTrue(only(chunked(shape, chunks, DatasetStorage.Index.BTREE_1, 1_000_000)
                        .advice())
                .contains("h5repack --low=2"));
        assertTrue(only(chunked(shape, chunks, DatasetStorage.Index.FIXED_ARRAY, 800_000_000)
                        .advice())
                .contains("h5repack -f /d:NONE"));
        assertEquals(
                List.of(),
                chunked(shape, chunks, DatasetStorage.Index.FIXED_ARRAY, 100_000_000)
                        .advice());
    }

    @Test
    void advisesPagesWhereMetadataAreSpread() {
        FileInfo info = new FileInfo("f", 0, 0, 0, 0, 8, 8, 16, 4, 32, FileInfo.FileSpaceInfo.defaults(), 0, 96);
        ReadStatistics cost =
                new ReadStatistics(120, 30_000_000, 120, 30_000_000, 40, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, false);
        FileFinding spread = new FileFinding(info, 250_000_000, cost, 90, StorageProfile.REMOTE);
        // 40 round trips of 60 ms and 10 MB over each of three connections: 2.51 s.
        assertTrue(spread.metadata().contains("90 of 239 regions"), spread.metadata());
        assertTrue(spread.metadata().contains("about 2.51 s at 60 ms and 90 MB/s"), spread.metadata());
        // 30 MB are 8 pages of 4 MiB, and one with the open: two round trips, 9 pages over four to five connections.
        String advice = only(spread.advice(false));
        assertTrue(advice.contains("h5repack -S PAGE -G 4194304 gathers them in at most 8 pages"), advice);
        assertTrue(advice.endsWith("about 0.21 s instead of 2.51 s"), advice);
        FileFinding together = new FileFinding(
                info,
                250_000_000,
                new ReadStatistics(2, 2, 2, 2, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, false),
                1,
                StorageProfile.REMOTE);
        assertFalse(only(together.advice(false)).contains("h5repack"));
    }
}
