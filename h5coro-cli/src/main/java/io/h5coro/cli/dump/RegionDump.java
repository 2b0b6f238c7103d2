// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.dump;

import io.h5coro.Dataset;
import io.h5coro.ReadPromise;
import io.h5coro.cli.text.ByteText;
import io.h5coro.cli.text.ElementPrinter;
import io.h5coro.cli.text.Page;
import io.h5coro.cli.text.TypeText;
import io.h5coro.error.H5Exception;
import io.h5coro.model.DataSelection;
import io.h5coro.model.DatasetRequest;
import io.h5coro.model.H5Array;
import io.h5coro.model.Hyperslab;
import io.h5coro.model.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The region of a dataset that a reference selects: its blocks or points, and with option -R their values. */
final class RegionDump {
    /** Regions read at once: enough to plan their ranges together, and few enough to hold their values. */
    private static final int BATCH = 512;

    private final Session session;
    private final OpenedFile file;
    private final Page page;

    RegionDump(Session session, OpenedFile file, Page page) {
        this.session = session;
        this.file = file;
        this.page = page;
    }

    void print(Dataset dataset, DataSelection region, int index) {
        boolean blocks = region instanceof DataSelection.Blocks;
        List<List<Long>> corners = corners(region);
        if (corners.isEmpty()) {
            return;
        }
        page.put(new ByteText().add(blocks ? " {" : "{"), index, index);
        page.deeper();
        page.newLine();
        page.put(new ByteText().add(text(corners, blocks)), index, index);
        session.datatype(file, page, dataset.type(), dataset.committedType());
        page.line(TypeText.dataspace(dataset.dataspace()));
        if (session.wants(DumpOptions.Part.REGIONS)) {
            page.line("DATA {");
            try {
                values(dataset, corners, blocks);
            } catch (H5Exception e) {
                session.report().error("unable to print data", e);
            }
            page.line("}");
        }
        page.back();
        page.line("}");
    }

    /**
     * The points, or the first and the last corner of each block in turn; none of what has no end or is all or nothing.
     */
    private static List<List<Long>> corners(DataSelection region) {
        if (region instanceof DataSelection.Blocks blocks) {
            return blocks.corners();
        }
        return region instanceof DataSelection.Points points ? points.coordinates() : List.of();
    }

    private static String text(List<List<Long>> corners, boolean blocks) {
        StringBuilder text = new StringBuilder(blocks ? "REGION_TYPE BLOCK  " : "REGION_TYPE POINT  ");
        for (int i = 0; i < corners.size(); i++) {
            boolean second = blocks && i % 2 == 1;
            text.append(second ? "-" : i > 0 ? "," + Page.OPTIONAL_BREAK + " " : "");
            text.append(corners.get(i).stream().map(c -> Long.toString(c)).collect(Collectors.joining(",", "(", ")")));
        }
        return text.toString();
    }

    private void values(Dataset dataset, List<List<Long>> corners, boolean blocks) {
        int count = blocks ? corners.size() / 2 : corners.size();
        List<Hyperslab> slices = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            List<Long> low = corners.get(blocks ? 2 * i : i);
            Hyperslab.Range[] ranges = new Hyperslab.Range[low.size()];
            for (int d = 0; d < ranges.length; d++) {
                long length = blocks ? corners.get(1).get(d) - corners.get(0).get(d) + 1 : 1;
                ranges[d] = Hyperslab.Range.of(low.get(d), low.get(d) + length);
            }
            slices.add(Hyperslab.of(ranges));
        }
        Page own = page.copy().on(session.data());
        own.restart();
        for (int from = 0; from < count; from += BATCH) {
            int to = Math.min(count, from + BATCH);
            List<DatasetRequest> requests = new ArrayList<>();
            for (int i = from; i < to; i++) {
                requests.add(dataset.request(slices.get(i)).named(Integer.toString(i)));
            }
            ReadPromise promise = file.reader().readDatasets(requests);
            for (int i = from; i < to; i++) {
                region(promise.get(Integer.toString(i)), own, i == count - 1, blocks);
            }
        }
    }

    private void region(H5Array values, Page own, boolean last, boolean blocks) {
        own.newLine();
        own.deeper();
        if (blocks) {
            own.shape(values.shape());
        } else {
            own.shape(Shape.of(0));
        }
        own.begin();
        ElementPrinter printer = new ElementPrinter(own, session.values(own, file));
        printer.begin(0);
        printer.add(values, 0, values.length(), last);
        own.back();
    }
}
