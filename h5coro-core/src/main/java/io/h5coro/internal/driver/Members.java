// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.driver;

import io.h5coro.error.LimitExceededException;
import io.h5coro.error.Where;
import io.h5coro.internal.cache.RangeBlockCache;
import io.h5coro.internal.cache.StorageFailures;
import io.h5coro.internal.call.Deadline;
import io.h5coro.internal.walk.DriverInformation;
import io.h5coro.internal.walk.RawFile;
import io.h5coro.model.ReadOptions;
import io.h5coro.storage.ByteRange;
import io.h5coro.storage.RangeReader;
import io.h5coro.storage.StorageException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** The members of one file that have been opened so far; closes them all when one fails. Confined to one task. */
final class Members {
    /**
     * Most members of one file: a family of 64 Ki files of libhdf5's default size holds 6 TB. Without a bound a hostile
     * end of file would make us open any number of members.
     */
    private static final int MOST = 1 << 16;

    /** Opens what a location names, without a request. */
    interface Opener {
        RangeReader open(String location) throws StorageException;
    }

    private final String shown;
    private final Opener opener;
    private final ReadOptions options;

    /** Invariant: every reader that {@link #open} has given, for {@link #close} when a later one fails. */
    private final List<RangeReader> opened = new ArrayList<>();

    /**
     * No member yet.
     *
     * @param shown what messages call the file; a location may hold a token
     */
    Members(String shown, Opener opener, ReadOptions options) {
        this.shown = shown;
        this.opener = opener;
        this.options = options;
    }

    /** Opens one more member. Makes no request. The reader belongs to the file, or is closed by {@link #close}. */
    RangeReader open(String location) {
        if (opened.size() == MOST) {
            throw new LimitExceededException(Where.source(shown), "a file of more than " + MOST + " members");
        }
        try {
            RangeReader reader = opener.open(location);
            opened.add(reader);
            return reader;
        } catch (StorageException e) {
            throw StorageFailures.translate(shown, Where.NO_ADDRESS, e);
        }
    }

    /** What messages call the whole file. */
    String shown() {
        return shown;
    }

    /** All members in the order in which they were opened. */
    List<RangeReader> all() {
        return List.copyOf(opened);
    }

    /**
     * What a first member says of its driver. Blocks. The bytes read are not kept: the file's own cache reads the
     * superblock again.
     */
    DriverInformation.Found information(RangeReader first) {
        RangeBlockCache cache = new RangeBlockCache(first, options);
        try {
            return DriverInformation.read(new RawFile(cache, () -> first.size().orElse(0), first.source(), options));
        } finally {
            cache.close();
        }
    }

    /** Reads bytes of a member, fewer at its end; blocks. */
    byte[] read(RangeReader member, long offset, long length) {
        return await(member, member.read(new ByteRange(offset, length)), until());
    }

    /**
     * The sizes of members; blocks for one round trip.
     *
     * @return bytes of each, in the order given
     */
    long[] sizes(List<RangeReader> members) {
        List<CompletableFuture<byte[]>> answers =
                members.stream().map(m -> m.read(new ByteRange(0, 1))).toList();
        Deadline until = until();
        long[] sizes = new long[members.size()];
        for (int i = 0; i < sizes.length; i++) {
            int bytes = await(members.get(i), answers.get(i), until).length;
            sizes[i] = members.get(i).size().orElse(bytes);
        }
        return sizes;
    }

    private Deadline until() {
        return Deadline.currentOr(options.deadline());
    }

    private static byte[] await(RangeReader member, CompletableFuture<byte[]> answer, Deadline until) {
        try {
            return until.await(answer, Where.source(member.source()));
        } catch (ExecutionException e) {
            throw StorageFailures.translate(member.source(), 0, e);
        }
    }

    /** Only for a file that could not be put together: a {@link JoinedRangeReader} closes its members itself. */
    void close() {
        opened.forEach(RangeReader::close);
    }
}
