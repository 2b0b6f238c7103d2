// SPDX-License-Identifier: Apache-2.0
package io.h5coro.export.refs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.H5Coro;
import io.h5coro.model.ReadOptions;
import io.h5coro.storage.MemoryRangeReader;
import io.h5coro.storage.WaveRangeReader;
import io.h5coro.testdata.Fixtures;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * References of {@code refs.h5} against where libhdf5 says that chunks are ({@code refs.json}): make_refs.py. What zarr
 * and xarray read through them is compared by read_refs.py.
 */
final class ReferencesTest {
    private static final Path FOLDER = Path.of("src/test/resources");
    private static final String ADDRESS = "s3://bucket/folder/refs.h5";
    private static final long INLINED = 400;

    private static References references(ReferenceOptions options) {
        try (H5Coro file = H5Coro.open(FOLDER.resolve("refs.h5"))) {
            return References.of(file, options);
        }
    }

    private static References references() {
        return references(ReferenceOptions.at(ADDRESS).withInlineBytes(INLINED));
    }

    private static String json(References references) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        references.writeJson(out);
        return out.toString(StandardCharsets.UTF_8);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> refs(References references) throws IOException {
        Map<String, Object> all = (Map<String, Object>) JsonTree.of(json(references));
        assertEquals(1L, all.get("version"));
        return (Map<String, Object>) all.get("refs");
    }

    @Test
    @SuppressWarnings("unchecked")
    void chunksAreWhereLibhdf5SaysTheyAre() throws IOException {
        Map<String, Object> refs = refs(references());
        Map<String, Object> expected = (Map<String, Object>) JsonTree.of(Files.readString(FOLDER.resolve("refs.json")));
        int compared = 0;
        for (Map.Entry<String, Object> dataset : expected.entrySet()) {
            List<Object> places = new ArrayList<>();
            refs.forEach((key, place) -> {
                if (key.startsWith(dataset.getKey() + "/") && place instanceof List) {
                    places.add(place);
                }
            });
            if (places.isEmpty()) {
                continue;
            }
            List<Object> chunks = ((List<List<Object>>) dataset.getValue())
                    .stream()
                            .map(chunk -> (Object) List.of(ADDRESS, chunk.get(1), chunk.get(2)))
                            .toList();
            assertEquals(chunks, places, dataset.getKey());
            compared++;
        }
        assertEquals(22, compared);
        // 10 x 7 in chunks of 4 x 3.
        assertTrue(refs.containsKey("filters/plain/2.2"));
        assertFalse(refs.containsKey("filters/plain/3.0"));
        assertTrue(refs.containsKey("types/scalar/0"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "types/i4_be | [2,3] | [2,3] | >i4 | null | null | null",
                "types/u8 | [2,3] | [2,3] | <u8 | null | null | null",
                "types/truth | [3] | [3] | '|b1' | null | null | null",
                "types/enum | [3] | [3] | <i2 | null | null | null",
                "types/text | [3] | [3] | '|S4' | null | null | null",
                "types/vlen | [3] | [3] | '|O' | null | null | [{\"id\":\"vlen-utf8\"}]",
                "types/scalar | [] | [] | <f8 | null | null | null",
                "types/empty | [0,3] | [1,3] | <f4 | null | null | null",
                "filters/deflate | [10,7] | [4,3] | <i4 | {\"id\":\"zlib\",\"level\":5} | null | null",
                "filters/summed | [10,7] | [4,3] | <i4 | null | null | [{\"id\":\"shuffle\",\"elementsize\":4},"
                        + "{\"id\":\"zlib\",\"level\":4},{\"id\":\"fletcher32\"}]",
                "fill/attribute | [200] | [50] | <i4 | null | -7 | null",
                "fill/nan | [2] | [2] | <f8 | null | \"NaN\" | null",
                "fill/zero | [200] | [50] | <i4 | null | null | null",
            })
    void arraysAreDescribed(
            String path, String shape, String chunks, String type, String compressor, String fill, String filters)
            throws IOException {
        assertEquals(
                "{\"zarr_format\":2,\"shape\":" + shape + ",\"chunks\":" + chunks + ",\"dtype\":\"" + type
                        + "\",\"compressor\":" + compressor + ",\"fill_value\":" + fill
                        + ",\"order\":\"C\",\"filters\":" + filters + ",\"dimension_separator\":\".\"}",
                refs(references()).get(path + "/.zarray"));
    }

    @Test
    void whatCannotBeReferredToIsInlinedWhereItIsSmall() throws IOException {
        Map<String, Object> refs = refs(references());
        // 0, 1, 2, 3 in two bytes each, the least significant first.
        assertEquals("base64:AAABAAIAAwA=", refs.get("types/compact/0"));
        // Three texts: "a", "", and "späß" of six bytes.
        assertEquals("base64:AwAAAAEAAABhAAAAAAYAAABzcMOkw58=", refs.get("types/vlen/0"));
        // "a" and "bcd", without blanks.
        assertEquals("base64:YQAAYmNk", refs.get("types/blanks/0"));
        for (String small : List.of("filters/lzf_small/0.0", "filters/masked_small/0", "fill/stored_small/0")) {
            assertTrue(refs.get(small).toString().startsWith("base64:"), small);
        }
    }

    @Test
    void whatIsNotIsRefusedByName() {
        List<String> reasons =
                references().refused().stream().map(RefusedVariable::toString).toList();
        String more = ", and its 800 bytes are more than the 400 that are inlined";
        String missing = ": chunks were never written, and what HDF5 gives for them is not what Zarr gives" + more;
        String mask = ": chunks are stored without some of the filters" + more;
        assertEquals(
                List.of(
                        "/fill/other_attribute" + missing,
                        "/fill/stored_large" + missing,
                        "/filters/edge_unfiltered" + mask,
                        "/filters/lzf_large: numcodecs has no filter 32000 (lzf)" + more,
                        "/filters/masked_large" + mask,
                        "/types/compound: its elements, compounds, have no type in Zarr",
                        "/types/null: it has no values, not even none of them (a null dataspace)"),
                reasons);
        assertEquals(
                List.of("/: its attribute reference is left out, since JSON has no such values"),
                references().notes());
    }

    @Test
    void filesOfRawBytesAreFurtherAddresses() throws IOException {
        Map<String, Object> refs = refs(references());
        assertEquals(List.of("s3://bucket/folder/refs.raw", 8L, 24L), refs.get("elsewhere/raw/0.0"));
        assertEquals(List.of("s3://bucket/folder/refs.raw", 32L, 24L), refs.get("elsewhere/raw/1.0"));
    }

    @Test
    void attributesAreJson() throws IOException {
        Map<String, Object> refs = refs(references());
        assertEquals("{\"many\":[1,2,3],\"nan\":NaN,\"title\":\"references\"}", refs.get(".zattrs"));
        assertEquals("{\"_ARRAY_DIMENSIONS\":[\"phony_dim_5\"]}", refs.get("fill/nan/.zattrs"));
        String consolidated = refs.get(".zmetadata").toString();
        assertTrue(consolidated.startsWith("{\"metadata\":{\".zgroup\":{\"zarr_format\":2}"), consolidated);
        assertTrue(consolidated.endsWith("},\"zarr_consolidated_format\":1}"), consolidated);
        assertTrue(consolidated.contains("\"types/vlen/.zarray\":{"), consolidated);
    }

    /** h5py lists "values", "again" and, below "again", these two again. */
    @Test
    void aLinkToTheRootLeadsNoFurther() throws IOException {
        try (H5Coro file = H5Coro.open(FOLDER.resolve("root_again.h5"))) {
            Map<String, Object> refs = refs(References.of(file, ReferenceOptions.at(ADDRESS)));
            assertTrue(refs.containsKey("values/0"), refs::toString);
            assertTrue(refs.keySet().stream().noneMatch(key -> key.startsWith("again")), refs::toString);
        }
    }

    /** zarr.storage's normalize_path makes "back/slash" of it. */
    @Test
    void aNameThatZarrTakesForAPathIsRefused() {
        try (H5Coro file = H5Coro.open(FOLDER.resolve("root_again.h5"))) {
            References found = References.of(file, ReferenceOptions.at(ADDRESS));
            assertEquals(
                    List.of("/back\\slash: Zarr takes the backslash in its path for a slash"),
                    found.refused().stream().map(RefusedVariable::toString).toList());
        }
    }

    @Test
    void referencesAreTheSameEachTime() throws IOException {
        assertEquals(json(references()), json(references()));
    }

    @ParameterizedTest
    @CsvSource({
        "https://me:secret@host/a/refs.h5?X-Amz-Signature=abc#x, false, https://host/a/refs.h5",
        "https://host/a/refs.h5?token=abc, true, https://host/a/refs.h5?token=abc",
        "s3://bucket/what?.h5, false, s3://bucket/what?.h5",
        "folder/refs.h5, false, folder/refs.h5"
    })
    void signaturesAreLeftOut(String typed, boolean keep, String expected) throws IOException {
        ReferenceOptions options = ReferenceOptions.at(typed);
        References references = references(keep ? options.withQuery() : options);
        List<?> place = (List<?>) refs(references).get("filters/plain/0.0");
        assertEquals(expected, place.get(0));
        assertFalse(json(references).contains("ecret"));
        assertFalse(options.toString().contains("abc"), options.toString());
    }

    /** As many waves as levels force: the groups, what is in them, texts of variable length, and what is inlined. */
    @Test
    void aGranuleCostsFewWaves() throws IOException {
        try (WaveRangeReader reader =
                        new WaveRangeReader(MemoryRangeReader.of("granule", Fixtures.bytes("sample_granule")));
                H5Coro file = H5Coro.open(reader, ReadOptions.defaults())) {
            References references = References.of(file, ReferenceOptions.at("s3://bucket/granule.h5"));
            assertEquals(51, references.variableCount());
            assertEquals(List.of(), references.refused());
            assertTrue(reader.waves() >= 2 && reader.waves() <= 6, () -> reader.waves() + " waves");
        }
    }

    @Test
    void filesFollowOneAnother() throws IOException {
        ReferenceOptions options = ReferenceOptions.at(ADDRESS).withInlineBytes(0);
        // 10 rows in chunks of 4: the parts of these are no whole chunks. Those of "text" and "truth" are.
        References part = references(options.along("phony_dim_13"));
        References both = References.concat(List.of(part, part), "phony_dim_13");
        Map<String, Object> refs = refs(both);
        assertTrue(refs.get("types/text/.zarray").toString().contains("\"shape\":[6],\"chunks\":[3]"));
        assertEquals(refs.get("types/text/0"), refs.get("types/text/1"));
        assertFalse(refs.containsKey("types/text/2"));
        // The second dimension of 2 x 3.
        assertTrue(refs.get("types/i4_be/.zarray").toString().contains("\"shape\":[2,6],\"chunks\":[2,3]"));
        assertEquals(refs.get("types/i4_be/0.0"), refs.get("types/i4_be/0.1"));
        String refused = both.refused().toString();
        assertTrue(refused.contains("/types/vlen"), refused);
        assertEquals(
                "no variable has the dimension 'time'",
                assertThrows(IllegalArgumentException.class, () -> References.concat(List.of(part), "time"))
                        .getMessage());
    }

    @Test
    void inlinedValuesFollowOneAnother() throws IOException {
        References part = references(ReferenceOptions.at(ADDRESS).along("phony_dim_13"));
        Map<String, Object> refs = refs(References.concat(List.of(part, part), "phony_dim_13"));
        // Six texts.
        assertEquals("base64:BgAAAAEAAABhAAAAAAYAAABzcMOkw58BAAAAYQAAAAAGAAAAc3DDpMOf", refs.get("types/vlen/0"));
        // Rows 0 1 2 and 3 4 5, each twice.
        assertEquals("base64:AAECAAECAwQFAwQF", refs.get("types/i1/0.0"));
        byte[] once = json(part).getBytes(StandardCharsets.UTF_8);
        assertArrayEquals(
                once,
                json(references(ReferenceOptions.at(ADDRESS).along("phony_dim_13")))
                        .getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void partsThatAreNoWholeChunksAreRefused() {
        References part =
                references(ReferenceOptions.at(ADDRESS).withInlineBytes(0).along("phony_dim_7"));
        List<String> refused = References.concat(List.of(part, part), "phony_dim_7").refused().stream()
                .map(RefusedVariable::toString)
                .toList();
        assertTrue(
                refused.contains("/filters/plain: the lengths of its parts are no multiples of its chunks"),
                refused.toString());
    }
}
