// SPDX-License-Identifier: Apache-2.0
package io.h5coro.export;

import io.h5coro.H5Coro;
import io.h5coro.model.DatasetRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** {@code types.h5}, which libhdf5 wrote: {@code src/test/python/make_types.py}. */
final class Fixture {
    static final int ROWS = 11;

    private Fixture() {}

    static Path path() {
        try {
            return Path.of(Objects.requireNonNull(Fixture.class.getResource("/types.h5"))
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    static H5Coro open() {
        return H5Coro.open(path());
    }

    static List<DatasetRequest> requests(String... texts) {
        return Arrays.stream(texts).map(DatasetRequest::parse).toList();
    }

    /** What is exported of datasets, in the text form of requests. */
    static byte[] exported(String format, String... texts) throws IOException {
        try (H5Coro file = open()) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            Export.to(format).write(file, requests(texts), out);
            return out.toByteArray();
        }
    }
}
