// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.virtual;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.error.MalformedFileException;
import io.h5coro.error.Where;
import io.h5coro.model.DataSelection;
import io.h5coro.model.StoredText;
import io.h5coro.model.VirtualMapping;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code %b} is a block's number and {@code %%} a percent sign (H5Pset_virtual). */
final class SourceNameTest {
    private static SourceName parse(String file, String dataset) {
        DataSelection all = new DataSelection.All();
        VirtualMapping mapping = new VirtualMapping(StoredText.of(file), StoredText.of(dataset), all, all);
        return SourceName.parse(mapping, Where.object("a.h5", "/v"));
    }

    @ParameterizedTest
    @CsvSource({
        "f-%b.h5, /d, f-12.h5, /d",
        "f.h5, /d%b, f.h5, /d12",
        "%b%b.h5, %b, 1212.h5, 12",
        "100%%.h5, /a%%b, 100%.h5, /a%b",
        "%%%b, /d, %12, /d",
        "., /d, ., /d"
    })
    void theNumberTakesThePlaceOfTheLetter(String file, String dataset, String foundFile, String foundDataset) {
        assertEquals(
                new VirtualSource.Name(foundFile, foundDataset),
                parse(file, dataset).of(12));
    }

    @Test
    void onlyNamesWithALetterAreNumbered() {
        assertTrue(parse("f-%b.h5", "/d").isNumbered());
        assertTrue(parse("f.h5", "/d%b").isNumbered());
        assertFalse(parse("100%%b.h5", "/d").isNumbered());
    }

    @ParameterizedTest
    @ValueSource(strings = {"f%d.h5", "f%", "%B", "% b"})
    void refusesOtherLettersBehindAPercentSign(String name) {
        MalformedFileException e = assertThrows(MalformedFileException.class, () -> parse(name, "/d"));
        assertEquals("/v", e.where().object());
        assertThrows(MalformedFileException.class, () -> parse("f.h5", name));
    }
}
