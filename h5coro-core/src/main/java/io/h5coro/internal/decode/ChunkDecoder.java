// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode;

import io.h5coro.filter.ChunkFilter;
import io.h5coro.filter.FilterContext;
import io.h5coro.filter.FilterDataException;
import io.h5coro.filter.Span;
import io.h5coro.internal.bytes.JavaArray;
import io.h5coro.internal.decode.stage.StageBuffers;
import io.h5coro.internal.decode.stage.StagedFilter;
import io.h5coro.model.FilterDescription;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Undoes the filter pipeline of one dataset, a chunk at a time. Immutable and thread-safe.
 *
 * <p>Filters run from the last to the first. Bit {@code i} of a chunk's filter mask says that filter {@code i} was not
 * applied to it, so an unknown filter matters only to chunks that went through it.
 */
public final class ChunkDecoder {
    private static final int SHUFFLE = 2;
    private static final int FLETCHER32 = 3;
    private static final int UNKNOWN = -1;

    /**
     * What encoding, or a careless writer, may add to a chunk, beyond doubling it. The encodings that grow most (stream
     * VByte: a quarter) stay far below; more than this is no chunk of this dataset, and memory stays within a small
     * multiple of its size.
     */
    private static final int GROWTH_BYTES = 1 << 16;

    private final List<FilterDescription> filters;
    private final int elementSize;
    private final int chunkLength;
    private final FilterRegistry registry;

    /** What each filter knows of a chunk that went through all of them. */
    private final List<FilterContext> usual;

    /**
     * A decoder for the chunks of a dataset.
     *
     * @param filters the pipeline in the order in which the writer applied it
     * @param elementSize size in bytes of one element in the file
     * @param chunkLength number of bytes of a decoded chunk
     * @param registry where the filters are found, when a chunk needs them
     */
    public ChunkDecoder(List<FilterDescription> filters, int elementSize, int chunkLength, FilterRegistry registry) {
        if (chunkLength < 0 || elementSize < 0) {
            throw new IllegalArgumentException("chunk of " + chunkLength + " bytes, elements of " + elementSize);
        }
        this.filters = List.copyOf(filters);
        this.elementSize = elementSize;
        this.chunkLength = chunkLength;
        this.registry = registry;
        this.usual = contexts(0);
    }

    /**
     * Decodes one chunk. The result may share the stored bytes' array, where no filter had anything to do.
     *
     * <p>It is not longer than the dataset's chunks: libhdf5 pays no attention to bytes behind them. It may be shorter:
     * writers leave out what lies behind the extent, and whoever takes bytes from it checks that they are there.
     *
     * @param stored the chunk as it is in the file; not changed
     * @param filterMask bit {@code i} set: filter {@code i} was skipped when this chunk was written
     * @return the chunk's bytes, not to be changed; they may be a view of {@code stored}
     * @throws ChunkDecodeException when a filter is not known or the data are not what it writes
     */
    public Span decode(Span stored, int filterMask) throws ChunkDecodeException {
        return decode(stored, filterMask, new StageBuffers());
    }

    /**
     * Decodes one chunk into buffers that other chunks were decoded into before.
     *
     * @param stored the chunk as it is in the file; not changed
     * @param filterMask as for {@link #decode(Span, int)}
     * @param buffers get back what is not needed any more; the result's array is the caller's to give back
     * @return the chunk's bytes, not to be changed; they may be a view of {@code stored}
     * @throws ChunkDecodeException when a filter is not known or the data are not what it writes
     */
    public Span decode(Span stored, int filterMask, StageBuffers buffers) throws ChunkDecodeException {
        List<FilterContext> contexts = filterMask == 0 ? usual : contexts(filterMask);
        Span bytes = stored;
        for (int i = filters.size() - 1; i >= 0; i--) {
            if (applied(i, filterMask)) {
                Span before = bytes;
                bytes = undo(filters.get(i), before, contexts.get(i), buffers);
                if (bytes.array() != before.array()) {
                    buffers.giveBack(before.array());
                }
            }
        }
        return bytes.length() > chunkLength ? new Span(bytes.array(), bytes.offset(), chunkLength) : bytes;
    }

    /**
     * Bytes that decoding a chunk takes besides those stored: what the last filter makes, and before it another one's.
     *
     * @param filterMask as for {@link #decode}
     * @return bytes; 0 for a chunk that no filter but fletcher32 went through
     */
    public long workBytes(int filterMask) {
        int applied = 0;
        for (int i = 0; i < filters.size(); i++) {
            if (applied(i, filterMask) && filters.get(i).id() != FLETCHER32) {
                applied++;
            }
        }
        return (long) Math.min(2, applied) * chunkLength;
    }

    /**
     * Finds out whether the filters of a chunk are known, before it is fetched.
     *
     * @param filterMask bit {@code i} set: filter {@code i} was skipped when this chunk was written
     * @throws ChunkDecodeException when one is not
     */
    public void requireFilters(int filterMask) throws ChunkDecodeException {
        for (int i = filters.size() - 1; i >= 0; i--) {
            if (applied(i, filterMask)) {
                registered(filters.get(i));
            }
        }
    }

    /** Whether a filter was applied. The mask has 32 bits, so filters from the 33rd on always were. */
    private static boolean applied(int index, int filterMask) {
        return index >= Integer.SIZE || (filterMask & 1 << index) == 0;
    }

    /**
     * What each filter knows of a chunk: above all, how many bytes went into it, as far as that follows from the
     * chunk's length.
     *
     * <p>Example: a chunk of 800 bytes went through shuffle, fletcher32, deflate. The lengths are 800 before shuffle,
     * 800 before fletcher32, 804 before deflate. The pipeline deflate, fletcher32 has 800, and 800 for want of a known
     * length.
     */
    private List<FilterContext> contexts(int filterMask) {
        List<FilterContext> contexts = new ArrayList<>(filters.size());
        int length = chunkLength;
        for (int i = 0; i < filters.size(); i++) {
            FilterDescription filter = filters.get(i);
            int expected = length == UNKNOWN ? chunkLength : length;
            contexts.add(new FilterContext(filter.clientData(), elementSize, expected, mostBytes()));
            if (applied(i, filterMask) && length != UNKNOWN) {
                length = lengthAfter(filter.id(), length);
            }
        }
        return contexts;
    }

    private static int lengthAfter(int filterId, int length) {
        return switch (filterId) {
            case SHUFFLE -> length;
            case FLETCHER32 -> length <= Integer.MAX_VALUE - 4 ? length + 4 : UNKNOWN;
            default -> UNKNOWN;
        };
    }

    private Span undo(FilterDescription filter, Span input, FilterContext context, StageBuffers buffers)
            throws ChunkDecodeException {
        ChunkFilter codec = registered(filter);
        ChunkDecodeException.Named name = new ChunkDecodeException.Named(filter.id(), codec.name());
        int maximum = context.maximumLength();
        try {
            Span output = codec instanceof StagedFilter ours
                    ? ours.decode(input, context, buffers)
                    : codec.decode(input, context);
            if (output.length() > maximum) {
                throw new FilterDataException(output.length() + " bytes, at the most " + maximum + " fit the chunk");
            }
            return output;
        } catch (FilterDataException e) {
            String problem = String.valueOf(e.getMessage());
            String verb = problem.startsWith("is ") || problem.startsWith("failed ") ? " " : ": ";
            throw new ChunkDecodeException(name, verb + problem, e.unsupported(), e);
        } catch (RuntimeException e) {
            // a filter of the user's that trusts its input
            throw new ChunkDecodeException(name, " failed with " + e, false, e);
        }
    }

    /** The most that any step may give: a filter that gives more is not believed, and the chunk fails. */
    private int mostBytes() {
        return (int) Math.min(JavaArray.MOST, 2L * chunkLength + GROWTH_BYTES);
    }

    private ChunkFilter registered(FilterDescription filter) throws ChunkDecodeException {
        Optional<ChunkFilter> codec = registry.find(filter.id());
        if (codec.isEmpty()) {
            String name = filter.name().isBlank() ? filter.registeredName() : filter.name();
            throw new ChunkDecodeException(
                    new ChunkDecodeException.Named(filter.id(), name), " is not supported", true, null);
        }
        return codec.get();
    }
}
