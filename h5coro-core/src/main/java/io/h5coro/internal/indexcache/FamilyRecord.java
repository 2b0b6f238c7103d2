// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.indexcache;

import io.h5coro.storage.ByteRange;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a family, and how it stands in a file. Numbers are big-endian. Immutable.
 *
 * <pre>
 * "H5COROFA" format(4)=1   SHA-256 of the family's name(32)   cold bytes(8)   score of each way(4 each)
 * number of members(4)   member: size(8)   number of landmarks(4)   landmark: hash(8) address(8)
 *                                number of ranges(4)   range: offset(8) length(4)
 * SHA-256 of all that is before(32)
 * </pre>
 *
 * @param coldBytes what a file of the family costs that is read without guesses
 * @param scores how many in a thousand places a way would have found in files so far; those that were never tried are
 *     missing
 * @param members files that were read, the last one first
 */
record FamilyRecord(long coldBytes, Map<Way, Integer> scores, List<FamilyMember> members) {
    /** A place that was not read in so many files is asked for no longer. */
    static final int MOST_MEMBERS = 3;

    static final int SCORE_UNKNOWN = -1;
    static final int BEST_SCORE = 1000;

    /** A place is found when it is this close to the expected one: in the same block, mostly. */
    private static final long NEAR_BYTES = 16 << 10;

    /** No object is larger; sums of places in files of this size do not overflow. */
    private static final long LARGEST_FILE = 1L << 60;

    /** Above this a record is not ours. Three members with all that they may have take 90 KB. */
    static final int MOST_BYTES = 128 << 10;

    private static final byte[] MAGIC = "H5COROFA".getBytes(StandardCharsets.US_ASCII);
    private static final int FORMAT = 1;
    private static final int WAYS = Way.values().length;
    private static final int HEAD_BYTES = MAGIC.length + 4 + IndexEntry.HASH_BYTES + 8 + 4 * WAYS + 4;
    private static final int LANDMARK_BYTES = 16;
    private static final int RANGE_BYTES = 12;

    FamilyRecord {
        scores = Map.copyOf(scores);
        members = List.copyOf(members);
    }

    /** A family of which nothing is known. */
    static FamilyRecord empty() {
        return new FamilyRecord(0, Map.of(), List.of());
    }

    /** How many in a thousand places a way would have found; {@link #SCORE_UNKNOWN} where that is not known. */
    int score(Way way) {
        return scores.getOrDefault(way, SCORE_UNKNOWN);
    }

    /**
     * What is known after another file was read.
     *
     * @param reopened whether the file may be one of the members, since its metadata were on disk
     */
    FamilyRecord after(FamilyMember file, boolean reopened, long cost) {
        for (int i = 0; reopened && i < members.size(); i++) {
            if (members.get(i).isLike(file)) {
                List<FamilyMember> same = new ArrayList<>(members);
                same.set(i, members.get(i).with(file));
                return new FamilyRecord(cost, scores, same);
            }
        }
        Map<Way, Integer> now = new EnumMap<>(Way.class);
        now.putAll(scores);
        if (!members.isEmpty() && !file.ranges().isEmpty()) {
            for (Way way : Way.values()) {
                int score = score(file, way);
                now.merge(way, score, (before, latest) -> (before + latest) / 2);
            }
        }
        List<FamilyMember> all = new ArrayList<>(members);
        all.add(0, file);
        return new FamilyRecord(cost, now, all.subList(0, Math.min(MOST_MEMBERS, all.size())));
    }

    /** How many in a thousand places of a file a way would have found from the file before it. */
    private int score(FamilyMember file, Way way) {
        FamilyMember before = members.get(0);
        Projection projection = new Projection(before, file.sizeBytes(), file.landmarks());
        TreeSet<Long> expected = new TreeSet<>();
        before.ranges().forEach(range -> expected.add(projection.place(range.offset(), way)));
        int found = 0;
        for (ByteRange range : file.ranges()) {
            Long near = expected.ceiling(range.offset() - NEAR_BYTES);
            found += near != null && near <= range.offset() + NEAR_BYTES ? 1 : 0;
        }
        return BEST_SCORE * found / file.ranges().size();
    }

    /** Name of the file for a family; tells nothing of it. */
    static String fileName(String family) {
        return IndexEntry.hex(family) + ".h5family";
    }

    /** The contents of the file. */
    byte[] toBytes(String family) {
        int length = HEAD_BYTES + IndexEntry.HASH_BYTES;
        for (FamilyMember member : members) {
            length += 16
                    + LANDMARK_BYTES * member.landmarks().size()
                    + RANGE_BYTES * member.ranges().size();
        }
        ByteBuffer out = ByteBuffer.allocate(length);
        out.put(MAGIC).putInt(FORMAT).put(IndexEntry.hash(family)).putLong(coldBytes);
        for (Way way : Way.values()) {
            out.putInt(score(way));
        }
        out.putInt(members.size());
        for (FamilyMember member : members) {
            out.putLong(member.sizeBytes()).putInt(member.landmarks().size());
            member.landmarks().forEach((hash, address) -> out.putLong(hash).putLong(address));
            out.putInt(member.ranges().size());
            member.ranges().forEach(range -> out.putLong(range.offset()).putInt((int) range.length()));
        }
        return out.put(IndexEntry.sha256(out.array(), out.position())).array();
    }

    /**
     * The record in the contents of a file; empty unless they are exactly what {@link #toBytes} makes for that family.
     * Numbers are checked although the checksum fits: they say what is asked of a storage.
     */
    static Optional<FamilyRecord> parse(byte[] content, String family) {
        int end = content.length - IndexEntry.HASH_BYTES;
        if (content.length < HEAD_BYTES + IndexEntry.HASH_BYTES
                || content.length > MOST_BYTES
                || !Arrays.equals(IndexEntry.sha256(content, end), Arrays.copyOfRange(content, end, content.length))) {
            return Optional.empty();
        }
        ByteBuffer in = ByteBuffer.wrap(content, 0, end);
        if (!Arrays.equals(IndexEntry.take(in, MAGIC.length), MAGIC)
                || in.getInt() != FORMAT
                || !Arrays.equals(IndexEntry.take(in, IndexEntry.HASH_BYTES), IndexEntry.hash(family))) {
            return Optional.empty();
        }
        long cold = in.getLong();
        Map<Way, Integer> scores = new EnumMap<>(Way.class);
        boolean good = cold >= 0;
        for (Way way : Way.values()) {
            int score = in.getInt();
            good &= score >= SCORE_UNKNOWN && score <= BEST_SCORE;
            if (score != SCORE_UNKNOWN) {
                scores.put(way, score);
            }
        }
        int count = in.getInt();
        List<FamilyMember> members = new ArrayList<>();
        for (int i = 0; good && i < count; i++) {
            FamilyMember member = count > MOST_MEMBERS ? null : member(in);
            good = member != null && members.add(member);
        }
        return good && count >= 0 && !in.hasRemaining()
                ? Optional.of(new FamilyRecord(cold, scores, members))
                : Optional.empty();
    }

    private static @Nullable FamilyMember member(ByteBuffer in) {
        if (in.remaining() < 12) {
            return null;
        }
        long size = in.getLong();
        int landmarks = in.getInt();
        if (size <= 0
                || size > LARGEST_FILE
                || landmarks < 0
                || landmarks > FamilyMember.MOST_LANDMARKS
                || in.remaining() < LANDMARK_BYTES * landmarks + 4) {
            return null;
        }
        TreeMap<Long, Long> addresses = new TreeMap<>();
        for (int i = 0; i < landmarks; i++) {
            long hash = in.getLong();
            long address = in.getLong();
            if (address < 0 || address >= size || addresses.put(hash, address) != null) {
                return null;
            }
        }
        List<ByteRange> ranges = ranges(in, size);
        return ranges == null ? null : new FamilyMember(size, addresses, ranges);
    }

    private static @Nullable List<ByteRange> ranges(ByteBuffer in, long size) {
        int count = in.getInt();
        if (count < 0 || count > FamilyMember.MOST_RANGES || in.remaining() < RANGE_BYTES * count) {
            return null;
        }
        List<ByteRange> ranges = new ArrayList<>(count);
        long last = 0;
        for (int i = 0; i < count; i++) {
            long offset = in.getLong();
            int length = in.getInt();
            if (offset < last || length <= 0 || length > FamilyMember.LONGEST_RANGE || offset > size - length) {
                return null;
            }
            ranges.add(new ByteRange(offset, length));
            last = offset + length;
        }
        return ranges;
    }
}
