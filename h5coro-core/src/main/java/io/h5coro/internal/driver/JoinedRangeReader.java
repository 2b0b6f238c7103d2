// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.driver;

import io.h5coro.storage.ByteRange;
import io.h5coro.storage.RangeReader;
import io.h5coro.storage.StorageException;
import io.h5coro.storage.StorageException.Kind;
import io.h5coro.storage.StorageProfile;
import io.h5coro.storage.object.FailureCause;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/**
 * One object put together from runs of others. A call sends each member one list of ranges. A member that is shorter
 * than the runs that lie in it is a failure, never zeros. Thread-safe; owns its members.
 */
final class JoinedRangeReader implements RangeReader {
    /*
     * Example: stripes of 100 bytes on two members and a read of [150, 330). Its runs are [50, 100) of member 1
     * (address 150 is in stripe 1), [100, 200) of member 0 (stripe 2) and [100, 130) of member 1 (stripe 3). Member 0
     * is asked for one range, member 1 for two in one list, and the three answers are copied to 0, 50 and 150 of an
     * array of 180 bytes.
     */

    private final String source;
    private final List<RangeReader> members;
    private final Placement placement;

    /** Bytes of the whole object; a range is cut there, as a storage cuts it. */
    private final long size;

    /**
     * An object of {@code size} bytes.
     *
     * @param source what messages call it
     */
    JoinedRangeReader(String source, List<RangeReader> members, Placement placement, long size) {
        this.source = source;
        this.members = List.copyOf(members);
        this.placement = placement;
        this.size = size;
    }

    @Override
    public String source() {
        return source;
    }

    @Override
    public List<CompletableFuture<byte[]>> read(List<ByteRange> ranges) {
        Requests requests = new Requests(members.size());
        List<List<Part>> parts = new ArrayList<>(ranges.size());
        for (ByteRange range : ranges) {
            parts.add(parts(range, requests));
        }
        List<List<CompletableFuture<byte[]>>> answers = new ArrayList<>(members.size());
        for (int m = 0; m < members.size(); m++) {
            List<ByteRange> wanted = requests.of(m);
            answers.add(wanted.isEmpty() ? List.of() : members.get(m).read(wanted));
        }
        List<CompletableFuture<byte[]>> joined = new ArrayList<>(ranges.size());
        for (int i = 0; i < parts.size(); i++) {
            joined.add(joined(lengthInside(ranges.get(i)), parts.get(i), answers));
        }
        return joined;
    }

    /** The ranges that each member is asked for. Confined to one call. */
    private static final class Requests {
        private final List<List<ByteRange>> wanted = new ArrayList<>();

        Requests(int members) {
            for (int m = 0; m < members; m++) {
                wanted.add(new ArrayList<>());
            }
        }

        List<ByteRange> of(int member) {
            return wanted.get(member);
        }

        /** Adds a range; answers its place in the member's list. */
        int add(int member, ByteRange range) {
            wanted.get(member).add(range);
            return wanted.get(member).size() - 1;
        }
    }

    /**
     * What a member contributes to a range.
     *
     * @param request the place in the member's list of ranges
     * @param into where it goes in the range
     */
    private record Part(int member, int request, int into, int length) {}

    /** The range is cut where the object ends. */
    private int lengthInside(ByteRange range) {
        return Math.toIntExact(Math.max(0, Math.min(range.end(), size) - range.offset()));
    }

    /** The parts of a range, ascending; their requests are added. What no member holds has no part and stays zeros. */
    private List<Part> parts(ByteRange range, Requests requests) {
        List<Part> parts = new ArrayList<>();
        int length = lengthInside(range);
        int into = 0;
        while (into < length) {
            Placement.Run run = placement.runAt(range.offset() + into);
            int here = (int) Math.min(run.length(), length - into);
            if (run.member() != Placement.ZEROS) {
                int request = requests.add(run.member(), new ByteRange(run.offset(), here));
                parts.add(new Part(run.member(), request, into, here));
            }
            into += here;
        }
        return parts;
    }

    /**
     * The answer to a range once all its parts are there. Canceling it cancels the parts' requests.
     *
     * @param length bytes of the range inside of the object
     */
    private CompletableFuture<byte[]> joined(
            int length, List<Part> parts, List<List<CompletableFuture<byte[]>>> answers) {
        List<CompletableFuture<byte[]>> needed = parts.stream()
                .map(p -> answers.get(p.member()).get(p.request()))
                .toList();
        CompletableFuture<byte[]> whole = new CompletableFuture<>();
        CompletableFuture<Void> unused = CompletableFuture.allOf(needed.toArray(CompletableFuture<?>[]::new))
                .whenComplete((nothing, failure) -> {
                    if (failure != null) {
                        whole.completeExceptionally(FailureCause.of(failure));
                    } else {
                        assembleOrFail(whole, length, parts, needed);
                    }
                });
        CompletableFuture<byte[]> unusedToo = whole.whenComplete((bytes, failure) -> {
            if (whole.isCancelled()) {
                needed.forEach(answer -> answer.cancel(true));
            }
        });
        return whole;
    }

    /** Nothing that is thrown here, such as for want of memory, may leave those who wait without an answer. */
    private void assembleOrFail(
            CompletableFuture<byte[]> whole, int length, List<Part> parts, List<CompletableFuture<byte[]>> answers) {
        try {
            assemble(whole, length, parts, answers);
        } catch (Throwable failure) {
            whole.completeExceptionally(failure);
        }
    }

    /** Copies the parts to their places; a range that is one part is handed on without a copy. */
    private void assemble(
            CompletableFuture<byte[]> whole, int length, List<Part> parts, List<CompletableFuture<byte[]>> answers) {
        if (parts.size() == 1
                && parts.get(0).length() == length
                && answers.get(0).join().length == length) {
            whole.complete(answers.get(0).join());
            return;
        }
        byte[] bytes = new byte[length];
        for (int i = 0; i < parts.size(); i++) {
            Part part = parts.get(i);
            byte[] answer = answers.get(i).join();
            if (answer.length != part.length()) {
                RangeReader member = members.get(part.member());
                whole.completeExceptionally(new StorageException(
                        Kind.IO,
                        member.source() + ": is truncated: " + part.length() + " bytes of " + source
                                + " are expected in it, it has " + answer.length + " of them"));
                return;
            }
            System.arraycopy(answer, 0, bytes, part.into(), answer.length);
        }
        whole.complete(bytes);
    }

    @Override
    public OptionalLong size() {
        return OptionalLong.of(size);
    }

    /** The members' versions in their order, of those that were read; empty when one of them names none. */
    @Override
    public Optional<String> version() {
        StringBuilder all = new StringBuilder();
        for (RangeReader member : members) {
            Optional<String> version = member.version();
            if (version.isEmpty() && member.size().isPresent()) {
                return Optional.empty();
            }
            all.append(version.orElse("")).append(';');
        }
        return Optional.of(all.toString());
    }

    @Override
    public StorageProfile profile() {
        return members.get(0).profile();
    }

    @Override
    public long retries() {
        return members.stream().mapToLong(RangeReader::retries).sum();
    }

    @Override
    public void close() {
        members.forEach(RangeReader::close);
    }

    @Override
    public String toString() {
        return "JoinedRangeReader[" + source + ", " + members.size() + " members]";
    }
}
