// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode;

import io.h5coro.filter.ChunkFilter;
import io.h5coro.filter.FilterContext;
import io.h5coro.filter.Span;
import io.h5coro.model.FilterDescription;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/**
 * A chunk that one filter's encoder wrote. A filter has those of the files with its name, {@link CodecVector} in
 * {@code /codecs} and {@link FilterVector} in {@code /filters}, or without such files those of the fixtures.
 *
 * @param clientData parameters of the filter
 * @param elementSize bytes of an element
 * @param length bytes of the decoded chunk
 * @param spare bytes that decoding may give beyond the length, as the filters before this one may have added some
 * @param encoded the chunk
 * @param right whether decoded bytes are those that were encoded; true of any where only a whole pipeline's are known
 */
@SuppressWarnings("ArrayRecordComponent") // read once, compared by name
record EncodedChunk(
        String name, int[] clientData, int elementSize, int length, int spare, byte[] encoded, Predicate<Span> right) {

    /** All chunks of a filter; empty when there are none. */
    static List<EncodedChunk> of(ChunkFilter filter) {
        List<EncodedChunk> chunks = new ArrayList<>();
        CodecVector.of(filter.name()).forEach(v -> chunks.add(of(v)));
        FilterVector.of(filter.name()).stream()
                .filter(v -> v.mask() == 0 && v.last().id() == filter.id())
                .forEach(v -> chunks.add(of(v)));
        return chunks.isEmpty() ? FixtureChunks.of(filter) : chunks;
    }

    /** A chunk that a filter decoded. */
    static EncodedChunk of(Span encoded, FilterContext context, Span decoded) {
        byte[] right = bytes(decoded);
        int length = context.expectedLength();
        return new EncodedChunk(
                "of a fixture, " + encoded.length() + " bytes",
                context.clientData(),
                context.elementSize(),
                length,
                context.maximumLength() - length,
                bytes(encoded),
                other -> Arrays.equals(right, bytes(other)));
    }

    private static EncodedChunk of(CodecVector v) {
        return new EncodedChunk(
                v.name(), v.clientData(), v.elementSize(), v.decodedLength(), 0, v.encoded(), v::matches);
    }

    private static EncodedChunk of(FilterVector v) {
        FilterDescription last = v.last();
        boolean alone = v.filters().size() == 1;
        int length = v.decoded().length;
        Predicate<Span> right = alone ? decoded -> Arrays.equals(v.decoded(), bytes(decoded)) : decoded -> true;
        return new EncodedChunk(
                v.name(), last.clientData(), v.elementSize(), length, alone ? 0 : length + 4096, v.stored(), right);
    }

    /** What a filter is told of this chunk. */
    FilterContext context() {
        return context(clientData, length);
    }

    /** What a filter is told of a chunk like this one, but with other client data or of another length. */
    FilterContext context(int[] otherData, int otherLength) {
        return new FilterContext(otherData, elementSize, otherLength, otherLength + spare);
    }

    /** A copy of a span's bytes. */
    static byte[] bytes(Span span) {
        return Arrays.copyOfRange(span.array(), span.offset(), span.end());
    }

    @Override
    public String toString() {
        return name;
    }
}
