// SPDX-License-Identifier: Apache-2.0
package io.h5coro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.h5coro.internal.bytes.Lookup3;
import io.h5coro.storage.MemoryRangeReader;
import io.h5coro.testdata.Fixtures;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A flipped bit in a structure that has a checksum never changes an answer: each call gives what it gave before, or a
 * typed error. Structures are found by their signatures and by a checksum that is right, without the reader's parsers.
 */
final class ChecksumTest {
    private static final Set<String> SIGNATURES = Set.of(
            "OHDR", "OCHK", "BTHD", "BTIN", "BTLF", "FRHP", "FHIB", "FAHD", "FADB", "EAHD", "EAIB", "EASB", "EADB",
            "SMTB");

    /** The first bytes of a file; the superblock of versions 2 and 3 has a checksum. */
    private static final String SUPERBLOCK = "\u0089HDF";

    /** Longest structure that is looked for. */
    private static final int MOST_BYTES = 2048;

    /** Objects tried for one structure. */
    private static final int MOST_READERS = 3;

    private final Random random = new Random(20261120);

    /** By signature: flips, and how many of them at least one call noticed. */
    private final Map<String, int[]> noticed = new TreeMap<>();

    private record Structure(String signature, int start, int end) {}

    @Test
    @Timeout(600)
    void flippedBitsInChecksummedStructuresNeverChangeAnAnswer() {
        for (String fixture : Fixtures.all()) {
            flip(fixture);
        }
        int flips = noticed.values().stream().mapToInt(n -> n[0]).sum();
        StringBuilder text = new StringBuilder();
        noticed.forEach((name, n) -> text.append(' ')
                .append(name)
                .append(' ')
                .append(n[1])
                .append('/')
                .append(n[0]));
        System.out.println("Flipped bits noticed:" + text.toString().replace("\u0089HDF", "superblock"));
        assertTrue(flips > 1500, flips + " flips");
        // Header and object are named by whoever reads them; of the others some stand beside what is read.
        assertEquals(noticed.get(SUPERBLOCK)[0], noticed.get(SUPERBLOCK)[1], "superblocks");
        for (String signature : SIGNATURES) {
            int[] n = noticed.getOrDefault(signature, new int[2]);
            assertTrue(n[1] > 0, "no flipped bit of a structure " + signature + " was noticed, of " + n[0]);
        }
    }

    private void flip(String fixture) {
        Map<Structure, List<ReadObject>> readers = new LinkedHashMap<>();
        Map<ReadObject, PublicCalls> sound = new IdentityHashMap<>();
        Map<Integer, Integer> ends = new HashMap<>();
        for (ReadObject object : ReadObject.of(fixture)) {
            for (Structure structure : structures(object, ends)) {
                readers.computeIfAbsent(structure, s -> new ArrayList<>()).add(object);
            }
        }
        readers.forEach((structure, objects) -> {
            // Who reads least is most likely to need it.
            objects.sort(Comparator.comparingInt(object -> object.read().size()));
            byte[] bytes = objects.get(0).file().clone();
            int bit = 8 * structure.start() + random.nextInt(8 * (structure.end() - structure.start()));
            bytes[bit / 8] ^= (byte) (1 << bit % 8);
            boolean failed = false;
            boolean opens = true;
            for (ReadObject object : objects.subList(0, Math.min(MOST_READERS, objects.size()))) {
                PublicCalls before = sound.computeIfAbsent(object, o -> calls(o, o.file()));
                opens &= !before.outcomes().containsKey("open");
                failed = failed
                        || isNoticed(
                                object,
                                structure,
                                before.outcomes(),
                                calls(object, bytes).outcomes());
            }
            if (opens) {
                int[] count = noticed.computeIfAbsent(structure.signature(), name -> new int[2]);
                count[0]++;
                count[1] += failed ? 1 : 0;
            }
        });
    }

    private static PublicCalls calls(ReadObject object, byte[] bytes) {
        return PublicCalls.on(
                MemoryRangeReader.of("flipped", bytes),
                ReadObject.options().build(),
                object.path(),
                PublicCalls.Extent.VALUES);
    }

    /** Whether a call fails that did not; none gives another answer. */
    private static boolean isNoticed(
            ReadObject object, Structure structure, Map<String, String> sound, Map<String, String> flipped) {
        boolean failed = false;
        for (Map.Entry<String, String> call : flipped.entrySet()) {
            if (call.getValue().startsWith("! ")) {
                failed |= !sound.getOrDefault(call.getKey(), "").startsWith("! ");
            } else {
                assertEquals(
                        sound.get(call.getKey()),
                        call.getValue(),
                        () -> object.fixture() + ", " + call.getKey() + ", a bit flipped in " + structure);
            }
        }
        return failed;
    }

    /** The checksummed structures that begin in what an object's calls read. */
    private static List<Structure> structures(ReadObject object, Map<Integer, Integer> ends) {
        List<Structure> found = new ArrayList<>();
        byte[] file = object.file();
        Set<Integer> seen = new HashSet<>();
        object.read().forEach(range -> {
            for (int at = (int) range.offset(); at < Math.min(range.end(), file.length - 12); at++) {
                String signature = new String(file, at, 4, StandardCharsets.ISO_8859_1);
                boolean known = SIGNATURES.contains(signature) || (at == 0 && signature.equals(SUPERBLOCK));
                if (known && seen.add(at)) {
                    int end = ends.computeIfAbsent(at, start -> end(file, start));
                    if (end > 0) {
                        found.add(new Structure(signature, at, end));
                    }
                }
            }
        });
        return found;
    }

    /** Where a structure ends, its checksum included; 0 when no checksum is right. */
    private static int end(byte[] file, int start) {
        for (int at = start + 12; at <= Math.min(file.length - 4, start + MOST_BYTES); at++) {
            int stored = (file[at] & 0xff)
                    | (file[at + 1] & 0xff) << 8
                    | (file[at + 2] & 0xff) << 16
                    | (file[at + 3] & 0xff) << 24;
            if (stored != 0 && stored == Lookup3.hash(file, start, at - start)) {
                return at + 4;
            }
        }
        return 0;
    }
}
