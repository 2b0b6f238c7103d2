// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.values;

import io.h5coro.Attribute;
import io.h5coro.Dataset;
import io.h5coro.H5Coro;
import io.h5coro.H5Object;
import io.h5coro.ReadPromise;
import io.h5coro.cli.report.Report;
import io.h5coro.error.H5Exception;
import io.h5coro.model.DatasetRequest;
import io.h5coro.model.Dataspace;
import io.h5coro.model.H5Array;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Compares pairs of objects, many at a time: their attributes are read in one call of each file, and then their values.
 * Differences come out in the order of the pairs. Confined to one thread.
 */
final class PairWindow {
    /** Pairs of a window: as many as one call reads the attributes of. */
    private static final int MOST_PAIRS = 512;

    private final H5Coro left;
    private final H5Coro right;
    private final FileDiff.Rules rules;
    private final Report report;
    private final Differences differences;
    private final List<ObjectPair> pairs = new ArrayList<>();

    PairWindow(H5Coro left, H5Coro right, FileDiff.Rules rules, Report report, Differences differences) {
        this.left = left;
        this.right = right;
        this.rules = rules;
        this.report = report;
        this.differences = differences;
    }

    /** An attribute that both objects have. */
    private record Common(ObjectPair pair, String name) {
        String what() {
            return "attribute " + name + ": ";
        }
    }

    void add(ObjectPair pair) {
        pairs.add(pair);
        if (pairs.size() == MOST_PAIRS) {
            flush();
        }
    }

    /** Compares the pairs that were added, and says in what they differ. */
    void flush() {
        List<ValueTally> tallies = new ArrayList<>();
        List<Common> common = new ArrayList<>();
        for (ObjectPair pair : pairs) {
            if (!pair.isOpen()) {
                continue;
            }
            try {
                boolean values = pair.structure();
                attributes(pair, common);
                if (values && rules.values()) {
                    Dataset one = (Dataset) pair.left();
                    Dataset other = (Dataset) pair.right();
                    tallies.add(new ValueTally(pair, one, other, rules.closeness()));
                }
            } catch (H5Exception e) {
                report.error(pair.path(), e);
            }
        }
        compare(common);
        values(tallies);
        pairs.forEach(pair -> pair.found().forEach(differences::add));
        pairs.clear();
    }

    /** Compares the names, types and shapes of attributes; those whose values are left to compare are added. */
    private void attributes(ObjectPair pair, List<Common> common) {
        pair.readAttributes();
        Map<String, Attribute> others = new LinkedHashMap<>();
        pair.rightAttributes().forEach(attribute -> others.put(attribute.name(), attribute));
        for (Attribute one : pair.leftAttributes()) {
            Attribute other = others.remove(one.name());
            Common both = new Common(pair, one.name());
            if (other == null) {
                pair.differs("attribute", both.what() + "only in the first", null);
                continue;
            }
            try {
                boolean comparable = pair.types(both.what(), one.type(), other.type());
                if (pair.spaces(both.what(), one.dataspace(), other.dataspace())
                        && comparable
                        && one.dataspace().kind() != Dataspace.Kind.NULL) {
                    common.add(both);
                }
            } catch (H5Exception e) {
                report.error(pair.path() + "@" + one.name(), e);
            }
        }
        others.keySet().forEach(name -> pair.differs("attribute", "attribute " + name + ": only in the second", null));
    }

    private static ReadPromise read(H5Coro file, List<Common> common, boolean first) {
        List<DatasetRequest> requests = new ArrayList<>();
        for (Common attribute : common) {
            H5Object object = first ? attribute.pair().left() : attribute.pair().right();
            requests.add(object.attributeRequest(attribute.name()).named(Integer.toString(requests.size())));
        }
        return file.readDatasets(requests);
    }

    private void compare(List<Common> common) {
        ReadPromise one = read(left, common, true);
        ReadPromise other = read(right, common, false);
        for (int n = 0; n < common.size(); n++) {
            Common attribute = common.get(n);
            try {
                H5Array a = one.get(Integer.toString(n));
                H5Array b = other.get(Integer.toString(n));
                String what = ValueTally.attribute(rules.closeness(), a, b);
                if (!what.isEmpty()) {
                    attribute.pair().differs("attribute", attribute.what() + what, null);
                }
            } catch (H5Exception e) {
                report.error(attribute.pair().path() + "@" + attribute.name(), e);
            }
        }
    }

    private void values(List<ValueTally> tallies) {
        Set<ValueTally> failed = new HashSet<>();
        Iterator<PartReader.Part<ValueTally.Piece>> of = ValueTally.parts(tallies, true);
        Iterator<PartReader.Part<ValueTally.Piece>> with = ValueTally.parts(tallies, false);
        try (PartReader<ValueTally.Piece> one = new PartReader<>(left, of, Wanted.PART_BYTES / 2);
                PartReader<ValueTally.Piece> other = new PartReader<>(right, with, Wanted.PART_BYTES / 2)) {
            while (one.hasNext()) {
                PartReader.Read<ValueTally.Piece> a = one.next();
                PartReader.Read<ValueTally.Piece> b = other.next();
                ValueTally tally = a.owner().tally();
                try {
                    if (!failed.contains(tally)) {
                        tally.add(a.owner(), a.get(), b.get());
                    }
                } catch (H5Exception e) {
                    failed.add(tally);
                    report.error(tally.path(), e);
                }
            }
        }
        tallies.forEach(ValueTally::end);
    }
}
