// SPDX-License-Identifier: Apache-2.0
package io.h5coro.model;

import io.h5coro.event.ReadListener;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * How to open and read a file. The defaults suit most programs; each option says when to change it. Immutable.
 *
 * <pre>{@code
 * ReadOptions options = ReadOptions.builder()
 *         .deadline(Duration.ofSeconds(30))
 *         .cacheBytes(16 << 20)
 *         .build();
 * H5Coro file = H5Coro.open("s3://bucket/granule.h5", options);
 * }</pre>
 *
 * <p>Further bounds against hostile files are no options, because no writer comes near them; {@code docs/security.md}
 * lists them. A file that exceeds one fails with {@link io.h5coro.error.MalformedFileException} or
 * {@link io.h5coro.error.LimitExceededException}.
 */
public final class ReadOptions {
    private static final ReadOptions DEFAULTS = new Builder().build();

    private final long cacheBytes;
    private final long chunkCacheBytes;
    private final @Nullable MemoryBudget memoryBudget;
    private final int blockBytes;
    private final int firstReadBytes;
    private final long bytesInFlight;
    private final int maxRequestBytes;
    private final OptionalLong gapBytes;
    private final int decodeThreads;
    private final long resultBytes;
    private final Duration deadline;
    private final Duration hedgeAfter;
    private final boolean verifyChecksums;
    private final boolean allowTruncated;
    private final boolean allowUnclosed;
    private final int linkDepth;
    private final long metadataBudgetBytes;
    private final FileDriver fileDriver;
    private final boolean virtualToFirstMissing;
    private final long virtualGap;
    private final Optional<IndexCache> indexCache;
    private final Optional<DataCache> dataCache;
    private final Optional<ReadListener> listener;

    private ReadOptions(Builder b) {
        cacheBytes = b.cacheBytes;
        chunkCacheBytes = b.chunkCacheBytes;
        memoryBudget = b.memoryBudget;
        blockBytes = b.blockBytes;
        firstReadBytes = b.firstReadBytes;
        bytesInFlight = b.bytesInFlight;
        maxRequestBytes = b.maxRequestBytes;
        gapBytes = b.gapBytes;
        decodeThreads = b.decodeThreads;
        resultBytes = b.resultBytes;
        deadline = b.deadline;
        hedgeAfter = b.hedgeAfter;
        verifyChecksums = b.verifyChecksums;
        allowTruncated = b.allowTruncated;
        allowUnclosed = b.allowUnclosed;
        linkDepth = b.linkDepth;
        metadataBudgetBytes = b.metadataBudgetBytes;
        fileDriver = b.fileDriver;
        virtualToFirstMissing = b.virtualToFirstMissing;
        virtualGap = b.virtualGap;
        indexCache = b.indexCache;
        dataCache = b.dataCache;
        listener = b.listener;
    }

    /** Returns the defaults. */
    public static ReadOptions defaults() {
        return DEFAULTS;
    }

    /** Returns a builder that starts with the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns how many bytes of metadata an open file keeps in memory at most. Default: 64 MiB. */
    public long cacheBytes() {
        return cacheBytes;
    }

    /**
     * Returns how many bytes of decoded chunks an open file keeps in memory at most; 0 keeps none. Default: 64 MiB, or
     * a sixteenth of the largest heap when that is less.
     *
     * <p>A chunk is kept when a read used a part of it, so that walking through a dataset by rows or small slices
     * fetches and decodes each chunk once. A chunk that is used as a whole is not kept. Raise this when the chunks that
     * one row touches take more.
     */
    public long chunkCacheBytes() {
        return chunkCacheBytes;
    }

    /**
     * Returns the memory budget that this file shares with others.
     *
     * @return empty by default: all such files of this process share two thirds of the largest heap
     *     ({@code H5Coro.defaultMemoryBudget}), and a call that does not fit waits, at the longest until its deadline
     */
    public Optional<MemoryBudget> memoryBudget() {
        return Optional.ofNullable(memoryBudget);
    }

    /**
     * Returns the unit in which metadata is fetched and kept, in bytes: a power of two. Default: 0, which decides by
     * the storage and the file.
     */
    public int blockBytes() {
        return blockBytes;
    }

    /** Returns the length of a file's first request, in bytes. Default: 0, which decides by the storage. */
    public int firstReadBytes() {
        return firstReadBytes;
    }

    /**
     * Returns how many bytes of data, over all reads of one open file, may be requested and not yet decoded. Default:
     * 256 MiB. As many may be read from a {@link DataCache} and not yet decoded.
     */
    public long bytesInFlight() {
        return bytesInFlight;
    }

    /**
     * Returns the length of the longest request for data, in bytes. Default: 8 MiB; beyond that, two connections are
     * faster than one.
     */
    public int maxRequestBytes() {
        return maxRequestBytes;
    }

    /**
     * Returns the largest gap between two ranges that is still fetched with them in one request, in bytes.
     *
     * @return empty by default: the costs of the storage decide
     */
    public OptionalLong gapBytes() {
        return gapBytes;
    }

    /** Returns the number of threads that decode chunks. Default: the number of processors. */
    public int decodeThreads() {
        return decodeThreads;
    }

    /**
     * Returns how many bytes the results of one call may take in memory. Default: half of the largest heap. A call that
     * asks for more fails before it allocates, so a file that claims to be huge costs nothing.
     */
    public long resultBytes() {
        return resultBytes;
    }

    /**
     * Returns the longest time that one call may take. Default: 10 minutes. A call is an opening, a listing, one step
     * of a walk in blocks, or all results of one {@code readDatasets}. The time is checked while the call waits and
     * between the structures that it reads.
     */
    public Duration deadline() {
        return deadline;
    }

    /**
     * Returns the shortest time after which a late remote request is sent a second time; 0 means never. Default: 2
     * seconds.
     *
     * <p>A request is late when it takes several times longer than recent ones did, relative to their size. The first
     * answer counts; the other request is cancelled. At most 4 second requests are under way at once, and in all at
     * most 4 plus 5 % of the requests are sent a second time ({@link ReadStatistics#hedgedRequests()}). The default is
     * longer than the pause after which a lost first packet is sent again (1 second, RFC 6298), which ends most delays
     * by itself.
     */
    public Duration hedgeAfter() {
        return hedgeAfter;
    }

    /** Returns whether checksums of metadata and of chunks with the fletcher32 filter are verified. Default: true. */
    public boolean verifyChecksums() {
        return verifyChecksums;
    }

    /**
     * Returns whether a file may be opened that is shorter than its superblock says. Default: false. Reading what lies
     * beyond its end still fails.
     */
    public boolean allowTruncated() {
        return allowTruncated;
    }

    /**
     * Returns whether a file may be opened that is marked as open for writing, because a writer still has it open or
     * never closed it. Default: false. Its metadata may be incomplete, and its datasets shorter than what was written.
     */
    public boolean allowUnclosed() {
        return allowUnclosed;
    }

    /** Returns how many soft links are followed for one path at most. Default: 16, as in libhdf5 (H5L_NUM_LINKS). */
    public int linkDepth() {
        return linkDepth;
    }

    /**
     * Returns how many bytes of metadata one look-up may take. Default: 1 GiB, or a quarter of the largest heap when
     * that is less.
     *
     * <p>A look-up collects the chunks of an object header, the names of a group, the attributes of an object, or the
     * places of the chunks of a slice. The bound exists because a hostile file can point at one long text from any
     * number of places. A look-up that exceeds it fails with {@link io.h5coro.error.LimitExceededException}; raise it
     * for objects whose metadata is really that large.
     */
    public long metadataBudgetBytes() {
        return metadataBudgetBytes;
    }

    /**
     * Returns how the file is spread over several objects. Default: {@link FileDriver.Automatic}. Applies to files that
     * are opened by their location.
     */
    public FileDriver fileDriver() {
        return fileDriver;
    }

    /**
     * Returns where an unlimited virtual dataset ends: at the end of the shortest source (true, H5D_VDS_FIRST_MISSING)
     * or of the longest one (false). Default: false, as in libhdf5.
     */
    public boolean virtualToFirstMissing() {
        return virtualToFirstMissing;
    }

    /**
     * Returns how many numbered sources of a virtual dataset may be missing in a row before the search for further ones
     * ends. Default: 0.
     */
    public long virtualGap() {
        return virtualGap;
    }

    /** Returns the folder that keeps metadata from one process to the next. Default: empty, nothing is kept on disk. */
    public Optional<IndexCache> indexCache() {
        return indexCache;
    }

    /** Returns where data are kept from one process to the next. Default: empty, nothing is kept. */
    public Optional<DataCache> dataCache() {
        return dataCache;
    }

    /** Returns who is told what reads do. Default: empty. */
    public Optional<ReadListener> listener() {
        return listener;
    }

    /**
     * Collects the options of {@link ReadOptions}. Confined to one thread. Setters throw
     * {@link IllegalArgumentException} for values outside of the range that they state.
     */
    public static final class Builder {
        private long cacheBytes = 64L << 20;
        private long chunkCacheBytes = Math.min(64L << 20, Runtime.getRuntime().maxMemory() / 16);
        private @Nullable MemoryBudget memoryBudget;
        private int blockBytes;
        private int firstReadBytes;
        private long bytesInFlight = 256L << 20;
        private int maxRequestBytes = 8 << 20;
        private OptionalLong gapBytes = OptionalLong.empty();
        private int decodeThreads = Runtime.getRuntime().availableProcessors();
        private long resultBytes = Runtime.getRuntime().maxMemory() / 2;
        private Duration deadline = Duration.ofMinutes(10);
        private Duration hedgeAfter = Duration.ofSeconds(2);
        private boolean verifyChecksums = true;
        private boolean allowTruncated;
        private boolean allowUnclosed;
        private int linkDepth = 16;
        private long metadataBudgetBytes =
                Math.min(1L << 30, Runtime.getRuntime().maxMemory() / 4);
        private FileDriver fileDriver = new FileDriver.Automatic();
        private boolean virtualToFirstMissing;
        private long virtualGap;
        private Optional<IndexCache> indexCache = Optional.empty();
        private Optional<DataCache> dataCache = Optional.empty();
        private Optional<ReadListener> listener = Optional.empty();

        private Builder() {}

        /** Sets how many bytes of metadata an open file keeps in memory, at least 1. Default: 64 MiB. */
        public Builder cacheBytes(long bytes) {
            cacheBytes = positive(bytes, "cacheBytes");
            return this;
        }

        /**
         * Sets how many bytes of decoded chunks an open file keeps in memory; 0 keeps none, at least 0. Default: 64
         * MiB, or a sixteenth of the largest heap when that is less.
         */
        public Builder chunkCacheBytes(long bytes) {
            chunkCacheBytes = atLeast(0, bytes, "chunkCacheBytes");
            return this;
        }

        /**
         * Sets the memory budget that the file shares with others. Default: the budget of the process.
         *
         * @param budget made by {@code H5Coro.memoryBudget}
         */
        public Builder memoryBudget(MemoryBudget budget) {
            memoryBudget = Objects.requireNonNull(budget);
            return this;
        }

        /**
         * Sets the unit in which metadata is fetched and kept, in bytes. Default: 0, which decides by the storage and
         * the file.
         *
         * @param bytes 0, or a power of two of at least 512
         */
        public Builder blockBytes(int bytes) {
            if (bytes != 0 && (bytes < 512 || Integer.bitCount(bytes) != 1)) {
                throw new IllegalArgumentException("blockBytes " + bytes + " is neither 0 nor a power of two from 512");
            }
            blockBytes = bytes;
            return this;
        }

        /** Sets the length of a file's first request, in bytes, at least 1. Default: decided by the storage. */
        public Builder firstReadBytes(int bytes) {
            firstReadBytes = (int) positive(bytes, "firstReadBytes");
            return this;
        }

        /** Sets how many bytes of data may be requested and not yet decoded, at least 1. Default: 256 MiB. */
        public Builder bytesInFlight(long bytes) {
            bytesInFlight = positive(bytes, "bytesInFlight");
            return this;
        }

        /** Sets the length of the longest request for data, in bytes, at least 1. Default: 8 MiB. */
        public Builder maxRequestBytes(int bytes) {
            maxRequestBytes = (int) positive(bytes, "maxRequestBytes");
            return this;
        }

        /**
         * Sets the largest gap between two ranges that is still fetched with them in one request, in bytes; 0 joins
         * only ranges that touch, at least 0. Default: decided by the costs of the storage.
         */
        public Builder gapBytes(long bytes) {
            gapBytes = OptionalLong.of(atLeast(0, bytes, "gapBytes"));
            return this;
        }

        /** Sets the number of threads that decode chunks, at least 1. Default: the number of processors. */
        public Builder decodeThreads(int threads) {
            decodeThreads = (int) positive(threads, "decodeThreads");
            return this;
        }

        /** Sets how many bytes the results of one call may take, at least 1. Default: half of the largest heap. */
        public Builder resultBytes(long bytes) {
            resultBytes = positive(bytes, "resultBytes");
            return this;
        }

        /**
         * Sets the longest time that one call may take. Default: 10 minutes.
         *
         * @param time at least 1 ms
         */
        public Builder deadline(Duration time) {
            if (time.compareTo(Duration.ofMillis(1)) < 0) {
                throw new IllegalArgumentException("deadline " + time + " is shorter than 1 ms");
            }
            deadline = time;
            return this;
        }

        /**
         * Sets the shortest time after which a late remote request is sent a second time. Default: 2 seconds.
         *
         * @param time 0 for never, at most an hour
         */
        public Builder hedgeAfter(Duration time) {
            if (time.isNegative() || time.compareTo(Duration.ofHours(1)) > 0) {
                throw new IllegalArgumentException("hedgeAfter " + time + " is not 0 to 1 hour");
            }
            hedgeAfter = time;
            return this;
        }

        /** Sets whether checksums are verified. Default: true. */
        public Builder verifyChecksums(boolean verify) {
            verifyChecksums = verify;
            return this;
        }

        /** Sets whether a file may be opened that is shorter than its superblock says. Default: false. */
        public Builder allowTruncated(boolean allow) {
            allowTruncated = allow;
            return this;
        }

        /** Sets whether a file may be opened that is marked as open for writing. Default: false. */
        public Builder allowUnclosed(boolean allow) {
            allowUnclosed = allow;
            return this;
        }

        /** Sets how many soft links are followed for one path, at least 1. Default: 16. */
        public Builder linkDepth(int depth) {
            linkDepth = (int) positive(depth, "linkDepth");
            return this;
        }

        /**
         * Sets how many bytes of metadata one look-up may take, at least 1. Default: 1 GiB, or a quarter of the
         * largest heap when that is less.
         */
        public Builder metadataBudgetBytes(long bytes) {
            metadataBudgetBytes = positive(bytes, "metadataBudgetBytes");
            return this;
        }

        /** Sets how the file is spread over several objects. Default: {@link FileDriver.Automatic}. */
        public Builder fileDriver(FileDriver driver) {
            fileDriver = Objects.requireNonNull(driver);
            return this;
        }

        /**
         * Sets whether an unlimited virtual dataset ends at the end of its shortest source. Default: false, at the end
         * of its longest source.
         */
        public Builder virtualToFirstMissing(boolean first) {
            virtualToFirstMissing = first;
            return this;
        }

        /**
         * Sets how many numbered sources of a virtual dataset may be missing in a row before the search ends, at least
         * 0. Default: 0.
         */
        public Builder virtualGap(long sources) {
            virtualGap = atLeast(0, sources, "virtualGap");
            return this;
        }

        /** Sets the folder that keeps metadata from one process to the next. Default: none, nothing is kept on disk. */
        public Builder indexCache(IndexCache cache) {
            indexCache = Optional.of(cache);
            return this;
        }

        /** Sets where data are kept from one process to the next. Default: none, nothing is kept. */
        public Builder dataCache(DataCache cache) {
            dataCache = Optional.of(cache);
            return this;
        }

        /**
         * Sets who is told what opening the file and its reads do. {@link ReadListener} says on which threads, and what
         * it may do there. Default: nobody, which costs nothing.
         */
        public Builder listener(ReadListener told) {
            listener = Optional.of(told);
            return this;
        }

        /** Builds the options. The builder can be used further. */
        public ReadOptions build() {
            return new ReadOptions(this);
        }

        private static long positive(long value, String option) {
            return atLeast(1, value, option);
        }

        private static long atLeast(int least, long value, String option) {
            if (value < least) {
                String why = least > 0 ? " is not positive" : " is negative";
                throw new IllegalArgumentException(option + " " + value + why);
            }
            return value;
        }
    }
}
