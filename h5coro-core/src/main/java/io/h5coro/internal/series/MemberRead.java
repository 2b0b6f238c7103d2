// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.series;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.h5coro.error.ReadAbortedException;
import io.h5coro.error.Where;
import io.h5coro.internal.call.Deadline;
import io.h5coro.internal.engine.Call;
import io.h5coro.internal.engine.Reads;
import io.h5coro.internal.resolve.MemoryLimit;
import io.h5coro.model.DatasetRequest;
import io.h5coro.storage.machine.Machine;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One read of one member, from its opening to its closing, which comes as soon as all requests have ended. Thread-safe.
 */
final class MemberRead {
    private final int index;
    private final Member member;
    private final AheadMemory.Room room;
    private final Listener listener;

    @GuardedBy("this")
    private Member.@Nullable Opened opened;

    @GuardedBy("this")
    private @Nullable Call call;

    @GuardedBy("this")
    private @Nullable Throwable failure;

    /** Why it was given up; null while it is of use. */
    @GuardedBy("this")
    private @Nullable String over;

    @GuardedBy("this")
    private boolean ended;

    /** Who follows a read. Is called under no lock, by the thread on which it happens. */
    interface Listener {
        /** The file is open, or cannot be opened: its first answer is here. */
        void opened();

        /** The requests are under way, or it has failed. */
        void started();

        /** All requests have ended, or it has failed: the file may be closed. */
        void ended(MemberRead read);
    }

    MemberRead(int index, Member member, AheadMemory.Room room, Listener listener) {
        this.index = index;
        this.member = member;
        this.room = room;
        this.listener = listener;
    }

    int index() {
        return index;
    }

    AheadMemory.Room room() {
        return room;
    }

    /** Opens the file and starts to read; blocks. Throws nothing. */
    void open(Machine machine, Duration limit) {
        Where where = Where.source(member.source());
        try {
            Call started = Deadline.within(machine, limit, this::over, () -> MemoryLimit.within(where, this::started));
            listener.started();
            started.whenEnded(this::end);
        } catch (Throwable thrown) {
            fail(thrown);
        }
    }

    /** Ends it: it cannot be opened. */
    void fail(Throwable thrown) {
        boolean unopened;
        synchronized (this) {
            failure = thrown;
            unopened = opened == null;
        }
        if (unopened) {
            listener.opened();
        }
        end();
        listener.started();
    }

    private Call started() {
        check();
        Member.Opened file = member.open();
        synchronized (this) {
            opened = file;
        }
        listener.opened();
        check();
        List<DatasetRequest> requests = file.requests();
        Call started = file.file().within(() -> Reads.start(file.file().unconfirmed(), requests, room));
        synchronized (this) {
            call = started;
        }
        if (over() != null) {
            started.cancel();
        }
        return started;
    }

    private void check() {
        String why = over();
        if (why != null) {
            throw new ReadAbortedException(Where.source(member.source()), why);
        }
    }

    private synchronized @Nullable String over() {
        return over;
    }

    private void end() {
        synchronized (this) {
            ended = true;
        }
        listener.ended(this);
    }

    /** Whether its requests are under way or have ended, or it has failed. */
    synchronized boolean hasStarted() {
        return call != null || failure != null;
    }

    synchronized boolean hasEnded() {
        return ended;
    }

    /** The call; null before it has started, and when it has failed. */
    synchronized @Nullable Call call() {
        return call;
    }

    /** Why there is no call; null when there is one, or nothing yet. */
    synchronized @Nullable Throwable failure() {
        return failure;
    }

    /** Bytes of metadata that are kept for it. */
    long metadataBytes(long unopened) {
        Member.@Nullable Opened file;
        synchronized (this) {
            if (ended) {
                return 0;
            }
            file = opened;
        }
        return file == null ? unopened : file.file().unconfirmed().cache().heldBytes();
    }

    /** Ends it: opening, requests and memory. The listener, which hears that it has ended, closes the file. */
    void abort(String why) {
        Call started;
        synchronized (this) {
            over = why;
            started = call;
        }
        room.leave();
        if (started != null) {
            started.cancel();
        }
    }

    /** Closes the file, if it is open. */
    void close() {
        Member.@Nullable Opened file;
        synchronized (this) {
            file = opened;
        }
        if (file != null) {
            file.close();
        }
    }
}
