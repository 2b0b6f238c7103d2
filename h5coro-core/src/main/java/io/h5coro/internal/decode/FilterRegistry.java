// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode;

import io.h5coro.filter.ChunkFilter;
import io.h5coro.internal.decode.bitshuffle.BitshuffleFilter;
import io.h5coro.internal.decode.blosc.Blosc2Filter;
import io.h5coro.internal.decode.blosc.BloscFilter;
import io.h5coro.internal.decode.bzip2.Bzip2Filter;
import io.h5coro.internal.decode.identity.BitGroomFilter;
import io.h5coro.internal.decode.identity.GranularBitRoundFilter;
import io.h5coro.internal.decode.jpeg.JpegFilter;
import io.h5coro.internal.decode.jpegls.FcidecompFilter;
import io.h5coro.internal.decode.lz.Lz4Filter;
import io.h5coro.internal.decode.lz.LzfFilter;
import io.h5coro.internal.decode.lz.LzoFilter;
import io.h5coro.internal.decode.lz.SnappyFilter;
import io.h5coro.internal.decode.szip.SzipFilter;
import io.h5coro.internal.decode.vbz.VbzFilter;
import io.h5coro.internal.decode.zfp.ZfpFilter;
import io.h5coro.internal.decode.zstd.ZstdFilter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** The filters that can be undone, by HDF5 filter identifier. Thread-safe. */
public final class FilterRegistry {
    private static final FilterRegistry INSTALLED = new FilterRegistry(null);

    /** Null until the filters that are installed were looked for with success. */
    private volatile @Nullable Map<Integer, ChunkFilter> filters;

    private FilterRegistry(@Nullable Map<Integer, ChunkFilter> filters) {
        this.filters = filters;
    }

    /** The filters that come with the reader. */
    public static FilterRegistry builtIn() {
        return new FilterRegistry(byId(List.of()));
    }

    /**
     * The filters that come with the reader and those that this class's loader finds. They are looked for once, when
     * the first filter is: that opens every jar of the class path.
     */
    public static FilterRegistry installed() {
        return INSTALLED;
    }

    /**
     * The filters that come with the reader, and the given ones, which win over built-in ones of the same identifier.
     */
    public static FilterRegistry with(Iterable<? extends ChunkFilter> more) {
        return new FilterRegistry(byId(more));
    }

    /**
     * The filter with an identifier.
     *
     * @throws java.util.ServiceConfigurationError when a filter that is installed cannot be made; the next call tries
     *     again
     */
    public Optional<ChunkFilter> find(int id) {
        Map<Integer, ChunkFilter> known = filters;
        return Optional.ofNullable((known == null ? load() : known).get(id));
    }

    private synchronized Map<Integer, ChunkFilter> load() {
        Map<Integer, ChunkFilter> known = filters;
        if (known == null) {
            known = byId(ServiceLoader.load(ChunkFilter.class, FilterRegistry.class.getClassLoader()));
            filters = known;
        }
        return known;
    }

    private static Map<Integer, ChunkFilter> byId(Iterable<? extends ChunkFilter> more) {
        Map<Integer, ChunkFilter> byId = new HashMap<>();
        for (ChunkFilter filter : ownFilters()) {
            byId.put(filter.id(), filter);
        }
        for (ChunkFilter filter : more) {
            byId.put(filter.id(), filter);
        }
        return Map.copyOf(byId);
    }

    /** The filters that come with the reader: one line for each. */
    static List<ChunkFilter> ownFilters() {
        return List.of(
                new DeflateFilter(),
                new ShuffleFilter(),
                new Fletcher32Filter(),
                new NbitFilter(),
                new ScaleOffsetFilter(),
                new SzipFilter(),
                new LzfFilter(),
                new Lz4Filter(),
                new SnappyFilter(),
                new ZstdFilter(),
                new BitshuffleFilter(),
                new BloscFilter(),
                new ZfpFilter(),
                new FcidecompFilter(),
                new JpegFilter(),
                new Blosc2Filter(),
                new Bzip2Filter(),
                new LzoFilter(),
                new VbzFilter(),
                new BitGroomFilter(),
                new GranularBitRoundFilter());
    }
}
