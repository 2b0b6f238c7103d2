// SPDX-License-Identifier: Apache-2.0
package io.h5coro.labels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.H5Coro;
import io.h5coro.labels.anndata.AnnColumn;
import io.h5coro.labels.anndata.AnnData;
import io.h5coro.labels.anndata.SparseSlice;
import io.h5coro.labels.nwb.Nwb;
import io.h5coro.labels.nwb.NwbSeries;
import io.h5coro.labels.nwb.NwbTable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Java examples of {@code docs/labels.md} and of the README's section are this test's code, with what they print. */
final class DocumentTest {
    @TempDir
    private Path folder;

    private String file(String name) throws IOException {
        return Files.write(folder.resolve(name + ".nc"), LabelFixtures.bytes(name))
                .toString();
    }

    @Test
    void printsWhatTheDocumentShows() throws IOException {
        String location = file("bounds");
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream before = System.out;
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try (H5Coro file = H5Coro.open(location)) {
            Labels labels = Labels.open(file);
            System.out.println(labels.variable("/tas").dimensions());
            LabelledArray part = labels.variable("/tas").read("time=0:2, x=1:");
            System.out.println(part);
            LabelledArray time = labels.variable("/time").read("time=1850-02..1850-03");
            System.out.println(time.times().date(0));
        } finally {
            System.setOut(before);
        }
        String output = printed.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
        assertEquals(3, output.lines().count());
        assertTrue(document("docs/labels.md").contains("```text\n" + output + "```"), output);
    }

    @Test
    void readsRowsAsTheDocumentSays() throws IOException {
        try (H5Coro file = H5Coro.open(file("icesat"))) {
            Labels labels = Labels.open(file);
            LabelledGroup heights = labels.dataset("/gt1l/heights");
            LabelledArrays rows = heights.pick("h_ph", "lat_ph").rows(0, 2);
            float first = (float) rows.get("h_ph").array().getDouble(0);
            assertEquals(10, first);
        }
    }

    @Test
    void readsAsTheReadmeSays() throws IOException {
        try (H5Coro file = H5Coro.open(file("bounds"))) {
            LabelledArray tas = Labels.open(file).variable("/tas").read("time=1850-02..1850-03, x=0:2");
            assertEquals("(2, 2, 2)", tas.shape().toString());
        }
    }

    @Test
    void readsViewsAsTheDocumentSays() {
        try (H5Coro file = ViewFixtures.open("nwb")) {
            Nwb nwb = Nwb.open(file);
            NwbSeries.Samples licks = nwb.acquisition("lick_times").read();
            NwbTable.Rows units = nwb.units().rows(0, 2, "spike_times", "quality");
            double[] spikes = units.column("spike_times").get(0).toDoubles();
            assertEquals(2.5, licks.data().getDouble(0));
            assertEquals(0.7, spikes[2]);
        }
        try (H5Coro file = ViewFixtures.open("csr")) {
            AnnData cells = AnnData.open(file);
            SparseSlice rows = cells.x().sparseRows(0, 3);
            AnnColumn kinds = cells.obs().rows(0, 3, "kind").column("kind");
            assertEquals(5, rows.values().length());
            assertEquals("b", kinds.getString(1));
        }
    }

    @Test
    void showsTheSummaryOfTheDocument() throws IOException {
        try (H5Coro file = H5Coro.open(file("unlimited"))) {
            String summary = Labels.open(file).root().summary();
            assertTrue(document("docs/labels.md").contains("```text\n" + summary + "```"), summary);
        }
    }

    @Test
    void everyExampleIsCodeOfThisTest() throws IOException {
        String here = squeezed(Files.readString(Path.of("src/test/java/io/h5coro/labels/DocumentTest.java")));
        List<String> examples = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL)
                .matcher(document("docs/labels.md"))
                .results()
                .map(MatchResult::group)
                .toList();
        assertEquals(4, examples.size());
        for (String example : examples) {
            String code = example.replace("```java\n", "").replace("```", "");
            code.lines()
                    .filter(line -> !line.isBlank())
                    .forEach(line -> assertTrue(here.contains(squeezed(line)), line));
        }
        String line = "LabelledArray tas = Labels.open(file).variable(\"/tas\")";
        assertTrue(squeezed(document("README.md")).contains(squeezed(line)), line);
    }

    private static String squeezed(String text) {
        return text.replaceAll("\\s+", "");
    }

    private static String document(String name) throws IOException {
        return Files.readString(Path.of("..").resolve(name));
    }
}
