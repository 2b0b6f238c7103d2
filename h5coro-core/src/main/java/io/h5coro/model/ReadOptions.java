// SPDX-License-Identifier: Apache-2.0
package io.h5coro.model;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * How to open and read. The defaults are meant to be right; every option says when to change it. Immutable.
 *
 * <p>Some bounds on hostile files are no options, since no writer gets near them: types nest up to 64 levels (each
 * takes 8 bytes of a message, and parsing recurses), B-trees up to 64 (a node has two children or more), a dataspace
 * has up to 32 dimensions (H5S_MAX_RANK) and a pipeline 32 filters (its mask has 32 bits), a selection meets up to 2^24
 * rows of chunks (half a gigabyte of bookkeeping), and a filter gives up to twice the bytes of a chunk and 64 KiB.
 * Every node of a tree, list or chain is visited once. What exceeds a bound is a
 * {@link io.h5coro.error.MalformedFileException} or a {@link io.h5coro.error.LimitExceededException};
 * {@code docs/security.md} lists them all.
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
    }

    /** All defaults. */
    public static ReadOptions defaults() {
        return DEFAULTS;
    }

    /** A builder that starts with the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /** Most bytes of metadata kept in memory for one open file; 64 MiB. */
    public long cacheBytes() {
        return cacheBytes;
    }

    /**
     * Most bytes of decoded chunks kept in memory for one open file; 64 MiB, or a sixteenth of the largest heap where
     * that is less, and 0 keeps none. A chunk is kept when a read used a part of it, so that a program which walks
     * through a dataset by rows or small slices fetches and decodes each chunk once; one that is used as a whole is not
     * kept. Raise it where the chunks that one row touches are more than this.
     */
    public long chunkCacheBytes() {
        return chunkCacheBytes;
    }

    /**
     * Memory that this file shares with others. Empty, the default: all files of this process without a budget of their
     * own share two thirds of the largest heap ({@code H5Coro.defaultMemoryBudget}), and a call that does not fit waits
     * until it does, at the longest until its deadline.
     */
    public Optional<MemoryBudget> memoryBudget() {
        return Optional.ofNullable(memoryBudget);
    }

    /** Unit in which metadata is fetched and kept, a power of two; 0 (the default) lets storage and file decide. */
    public int blockBytes() {
        return blockBytes;
    }

    /** Bytes of the first request of a file; 0 (the default) lets the storage decide. */
    public int firstReadBytes() {
        return firstReadBytes;
    }

    /** Most bytes of data requested and not yet decoded, over all reads of one open file; 256 MiB. */
    public long bytesInFlight() {
        return bytesInFlight;
    }

    /** Longest data request; 8 MiB: past that, two connections are faster than one. */
    public int maxRequestBytes() {
        return maxRequestBytes;
    }

    /**
     * Unwanted bytes between two wanted ranges that one request rather reads than two skip; empty lets the storage's
     * costs decide.
     */
    public OptionalLong gapBytes() {
        return gapBytes;
    }

    /** Threads that decode; the number of processors. */
    public int decodeThreads() {
        return decodeThreads;
    }

    /**
     * Most bytes that the results of one call may take in memory; half of the largest heap. A call that asks for more
     * fails before it allocates, so a file that claims to be huge costs nothing.
     */
    public long resultBytes() {
        return resultBytes;
    }

    /**
     * Longest time that one call may take, of whatever kind: opening, a list, one step of a walk in blocks, all results
     * of one {@code readDatasets}; 10 minutes. It is looked at while the call waits and between the structures that it
     * reads.
     */
    public Duration deadline() {
        return deadline;
    }

    /**
     * The earliest time after which a remote request that is late is sent a second time; 2 seconds, and 0 for never. It
     * is late when it takes several times longer than others of late did, relative to their size. The answer that is
     * there first counts, the other request is cancelled. At most 4 second requests are under way, and no more than 4
     * and 5 in a hundred of all requests are sent; {@link ReadStatistics#hedgedRequests()} counts them. The default is
     * longer than the pause after which a lost first packet is sent again (1 second, RFC 6298), which ends most delays
     * without us.
     */
    public Duration hedgeAfter() {
        return hedgeAfter;
    }

    /** Whether checksums of metadata and of fletcher32-filtered chunks are verified; true. */
    public boolean verifyChecksums() {
        return verifyChecksums;
    }

    /**
     * Whether a file that is shorter than its superblock says may be opened; false. What lies behind its end still
     * fails.
     */
    public boolean allowTruncated() {
        return allowTruncated;
    }

    /**
     * Whether a file may be opened that says that a writer has it open (or did not close it); false. Its metadata may
     * then be incomplete, and a dataset shorter than it is about to be.
     */
    public boolean allowUnclosed() {
        return allowUnclosed;
    }

    /** Most soft links followed for one path; 16, as in libhdf5 (H5L_NUM_LINKS). */
    public int linkDepth() {
        return linkDepth;
    }

    /**
     * Most bytes of metadata taken for one look-up: the chunks of an object header, the names of a group, the
     * attributes of an object, the places of chunks of which a slice consists. 1 GiB, or a quarter of the largest heap
     * where that is less: a hostile file can point at one long text from any number of places. More is a
     * {@link io.h5coro.error.LimitExceededException}; raise it for objects whose metadata are really that large.
     */
    public long metadataBudgetBytes() {
        return metadataBudgetBytes;
    }

    /**
     * How the file is spread over objects; {@link FileDriver.Automatic}. Concerns files that are opened by their
     * location.
     */
    public FileDriver fileDriver() {
        return fileDriver;
    }

    /**
     * Whether an unlimited virtual dataset ends where the first of its sources ends (H5D_VDS_FIRST_MISSING); false:
     * where the last one ends, as in libhdf5.
     */
    public boolean virtualToFirstMissing() {
        return virtualToFirstMissing;
    }

    /**
     * Sources missing in a row, in a virtual dataset whose sources are numbered, after which no further one is looked
     * for; 0.
     */
    public long virtualGap() {
        return virtualGap;
    }

    /** Where to keep what was learnt of files from one process to the next; empty: nowhere. */
    public Optional<IndexCache> indexCache() {
        return indexCache;
    }

    /** Builds {@link ReadOptions}. Confined to one thread. */
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

        private Builder() {}

        /** Sets {@link ReadOptions#cacheBytes()}. */
        public Builder cacheBytes(long bytes) {
            cacheBytes = positive(bytes, "cacheBytes");
            return this;
        }

        /** Sets {@link ReadOptions#chunkCacheBytes()}; 0 or more. */
        public Builder chunkCacheBytes(long bytes) {
            if (bytes < 0) {
                throw new IllegalArgumentException("chunkCacheBytes " + bytes + " is negative");
            }
            chunkCacheBytes = bytes;
            return this;
        }

        /** Sets {@link ReadOptions#memoryBudget()}, one that {@code H5Coro.memoryBudget} made. */
        public Builder memoryBudget(MemoryBudget budget) {
            memoryBudget = Objects.requireNonNull(budget);
            return this;
        }

        /** Sets {@link ReadOptions#blockBytes()}; 0 or a power of two from 512. */
        public Builder blockBytes(int bytes) {
            if (bytes != 0 && (bytes < 512 || Integer.bitCount(bytes) != 1)) {
                throw new IllegalArgumentException("blockBytes " + bytes + " is neither 0 nor a power of two from 512");
            }
            blockBytes = bytes;
            return this;
        }

        /** Sets {@link ReadOptions#firstReadBytes()}. */
        public Builder firstReadBytes(int bytes) {
            firstReadBytes = (int) positive(bytes, "firstReadBytes");
            return this;
        }

        /** Sets {@link ReadOptions#bytesInFlight()}. */
        public Builder bytesInFlight(long bytes) {
            bytesInFlight = positive(bytes, "bytesInFlight");
            return this;
        }

        /** Sets {@link ReadOptions#maxRequestBytes()}. */
        public Builder maxRequestBytes(int bytes) {
            maxRequestBytes = (int) positive(bytes, "maxRequestBytes");
            return this;
        }

        /** Sets {@link ReadOptions#gapBytes()}. */
        public Builder gapBytes(long bytes) {
            if (bytes < 0) {
                throw new IllegalArgumentException("gapBytes " + bytes + " is negative");
            }
            gapBytes = OptionalLong.of(bytes);
            return this;
        }

        /** Sets {@link ReadOptions#decodeThreads()}. */
        public Builder decodeThreads(int threads) {
            decodeThreads = (int) positive(threads, "decodeThreads");
            return this;
        }

        /** Sets {@link ReadOptions#resultBytes()}. */
        public Builder resultBytes(long bytes) {
            resultBytes = positive(bytes, "resultBytes");
            return this;
        }

        /** Sets {@link ReadOptions#deadline()}. */
        public Builder deadline(Duration time) {
            positive(time.toMillis(), "deadline");
            deadline = time;
            return this;
        }

        /** Sets {@link ReadOptions#hedgeAfter()}; 0 for never, at most an hour. */
        public Builder hedgeAfter(Duration time) {
            if (time.isNegative() || time.compareTo(Duration.ofHours(1)) > 0) {
                throw new IllegalArgumentException("hedgeAfter " + time + " is not 0 to 1 hour");
            }
            hedgeAfter = time;
            return this;
        }

        /** Sets {@link ReadOptions#verifyChecksums()}. */
        public Builder verifyChecksums(boolean verify) {
            verifyChecksums = verify;
            return this;
        }

        /** Sets {@link ReadOptions#allowTruncated()}. */
        public Builder allowTruncated(boolean allow) {
            allowTruncated = allow;
            return this;
        }

        /** Sets {@link ReadOptions#allowUnclosed()}. */
        public Builder allowUnclosed(boolean allow) {
            allowUnclosed = allow;
            return this;
        }

        /** Sets {@link ReadOptions#linkDepth()}. */
        public Builder linkDepth(int depth) {
            linkDepth = (int) positive(depth, "linkDepth");
            return this;
        }

        /** Sets {@link ReadOptions#metadataBudgetBytes()}. */
        public Builder metadataBudgetBytes(long bytes) {
            metadataBudgetBytes = positive(bytes, "metadataBudgetBytes");
            return this;
        }

        /** Sets {@link ReadOptions#fileDriver()}. */
        public Builder fileDriver(FileDriver driver) {
            fileDriver = Objects.requireNonNull(driver);
            return this;
        }

        /** Sets {@link ReadOptions#virtualToFirstMissing()}. */
        public Builder virtualToFirstMissing(boolean first) {
            virtualToFirstMissing = first;
            return this;
        }

        /** Sets {@link ReadOptions#virtualGap()}. */
        public Builder virtualGap(long sources) {
            if (sources < 0) {
                throw new IllegalArgumentException("virtualGap " + sources + " is negative");
            }
            virtualGap = sources;
            return this;
        }

        /** Sets {@link ReadOptions#indexCache()}. */
        public Builder indexCache(IndexCache cache) {
            indexCache = Optional.of(cache);
            return this;
        }

        /** The options. */
        public ReadOptions build() {
            return new ReadOptions(this);
        }

        private static long positive(long value, String option) {
            if (value <= 0) {
                throw new IllegalArgumentException(option + " " + value + " is not positive");
            }
            return value;
        }
    }
}
