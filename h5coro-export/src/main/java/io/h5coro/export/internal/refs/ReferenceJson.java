// SPDX-License-Identifier: Apache-2.0
package io.h5coro.export.internal.refs;

import com.fasterxml.jackson.core.JsonGenerator;
import io.h5coro.export.format.UnclosedOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes references as JSON, the form 1 of kerchunk.
 *
 * <pre>
 * {"version": 1, "refs": {
 *   ".zmetadata": "{...}",             all metadata, as Zarr consolidates them
 *   ".zgroup": "{...}",                metadata are texts of JSON
 *   "x/.zarray": "{...}",
 *   "x/0.0": ["s3://b/k.h5", 512, 99], a chunk: where, first byte, bytes
 *   "y/0": "base64:AAAA"}}             a chunk itself
 * </pre>
 *
 * @see <a href="https://fsspec.github.io/kerchunk/spec.html">References specification</a>
 */
public final class ReferenceJson {
    private ReferenceJson() {}

    /** Writes references to a stream, which is neither flushed nor closed. */
    public static void write(ReferenceSet references, OutputStream out) throws IOException {
        Map<String, Object> metadata = references.metadata();
        try (JsonGenerator json = JsonText.to(new UnclosedOutput(out))) {
            json.writeStartObject();
            json.writeNumberField("version", 1);
            json.writeObjectFieldStart("refs");
            json.writeStringField(".zmetadata", JsonText.of(consolidated(metadata)));
            for (Map.Entry<String, Object> entry : metadata.entrySet()) {
                json.writeStringField(entry.getKey(), JsonText.of(entry.getValue()));
            }
            for (ReferencedVariable variable : references.variables()) {
                ChunkGrid grid = variable.array().grid();
                for (ChunkReference chunk : variable.chunks()) {
                    json.writeFieldName(ReferenceSet.key(variable.path(), grid.key(chunk.index())));
                    write(json, chunk);
                }
            }
            json.writeEndObject();
            json.writeEndObject();
            json.writeRaw('\n');
        }
    }

    /** The content of {@code .zmetadata}. */
    static Map<String, Object> consolidated(Map<String, Object> metadata) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("metadata", metadata);
        all.put("zarr_consolidated_format", 1);
        return all;
    }

    private static void write(JsonGenerator json, ChunkReference chunk) throws IOException {
        if (chunk.inlined() != null) {
            json.writeString(text(chunk.inlined()));
            return;
        }
        json.writeStartArray();
        json.writeString(chunk.address());
        json.writeNumber(chunk.offset());
        json.writeNumber(chunk.length());
        json.writeEndArray();
    }

    /** Bytes as references have them. */
    static String text(byte[] inlined) {
        return "base64:" + Base64.getEncoder().encodeToString(inlined);
    }
}
