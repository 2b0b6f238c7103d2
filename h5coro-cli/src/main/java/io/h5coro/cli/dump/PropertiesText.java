// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.dump;

import io.h5coro.Dataset;
import io.h5coro.cli.text.ByteText;
import io.h5coro.cli.text.CFormat;
import io.h5coro.cli.text.Page;
import io.h5coro.model.ArrayType;
import io.h5coro.model.CompoundType;
import io.h5coro.model.DatasetStorage;
import io.h5coro.model.ElementType;
import io.h5coro.model.FillInfo;
import io.h5coro.model.FilterDescription;
import io.h5coro.model.SequenceType;
import io.h5coro.model.StringType;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** What option -p adds to a dataset: how it is stored, its filters, its fill value. */
final class PropertiesText {
    private static final CFormat RATIO = CFormat.parse("%.3f");

    private static final int SZIP_ALLOW_K13 = 1;
    private static final int SZIP_CHIP = 2;
    private static final int SZIP_ENTROPY = 4;
    private static final int SZIP_LSB = 8;
    private static final int SZIP_MSB = 16;
    private static final int SZIP_NEAREST = 32;
    private static final int SZIP_RAW = 128;

    private final Session session;
    private final OpenedFile file;
    private final Dataset dataset;
    private final Page page;

    PropertiesText(Session session, OpenedFile file, Dataset dataset, Page page) {
        this.session = session;
        this.file = file;
        this.dataset = dataset;
        this.page = page;
    }

    void line(String text) {
        page.line(text);
    }

    void begin(String text) {
        open(text + " {");
    }

    /** Starts a block with a line as it is. */
    void open(String line) {
        line(line);
        page.deeper();
    }

    void back() {
        page.back();
    }

    /** Writes a text one level deeper; where it has more lines than one, the others begin here. */
    void wrapped(String text) {
        page.deeper();
        page.newLine();
        page.begin();
        page.back();
        page.put(new ByteText().add(text));
    }

    void end() {
        page.back();
        line("}");
    }

    void print() {
        DatasetStorage storage = dataset.storage();
        boolean virtual = storage instanceof DatasetStorage.Virtual;
        begin("STORAGE_LAYOUT");
        storage(storage);
        end();
        if (!virtual) {
            begin("FILTERS");
            List<FilterDescription> filters = dataset.filters();
            filters.forEach(this::filter);
            if (filters.isEmpty()) {
                line("NONE");
            }
            end();
        }
        fill(storage, virtual);
    }

    private void storage(DatasetStorage storage) {
        if (storage instanceof DatasetStorage.Chunked chunked) {
            line(LongStream.of(chunked.chunkShape().dimensions())
                    .mapToObj(Long::toString)
                    .collect(Collectors.joining(", ", "CHUNKED ( ", " )")));
            line(chunkedSize());
        } else if (storage instanceof DatasetStorage.Compact compact) {
            line("COMPACT");
            line("SIZE " + compact.size());
        } else if (storage instanceof DatasetStorage.Contiguous contiguous) {
            line("CONTIGUOUS");
            line("SIZE " + (contiguous.address() < 0 ? 0 : contiguous.size()));
            line(
                    contiguous.address() < 0
                            ? "OFFSET HADDR_UNDEF"
                            : "OFFSET "
                                    + (contiguous.address()
                                            + file.reader().info().userBlockBytes()));
        } else if (storage instanceof DatasetStorage.External external) {
            line("CONTIGUOUS");
            begin("EXTERNAL");
            external.pieces()
                    .forEach(piece -> line("FILENAME " + piece.file() + " SIZE " + Long.toUnsignedString(piece.size())
                            + " OFFSET " + piece.offset()));
            end();
        } else if (storage instanceof DatasetStorage.Virtual virtual) {
            new MappingsText(this).print(virtual.mappings());
        }
    }

    private String chunkedSize() {
        long stored = dataset.storedBytes();
        if (dataset.filters().isEmpty()) {
            return "SIZE " + stored;
        }
        double plain = (double) dataset.dataspace().elementCount() * memoryBytes(dataset.type());
        return "SIZE " + stored + " (" + RATIO.format(stored == 0 ? 0 : plain / stored) + ":1 COMPRESSION)";
    }

    /** Size of an element in libhdf5's memory, where a string of variable length is a pointer. */
    private static long memoryBytes(ElementType type) {
        if (type instanceof StringType string && string.variable()) {
            return 8;
        }
        if (type instanceof SequenceType) {
            return 16;
        }
        if (type instanceof ArrayType array) {
            return array.shape().elementCount() * memoryBytes(array.base());
        }
        if (type instanceof CompoundType compound) {
            return compound.size()
                    + compound.members().stream()
                            .mapToLong(m -> memoryBytes(m.type()) - m.type().size())
                            .sum();
        }
        return type.size();
    }

    private void filter(FilterDescription filter) {
        int[] data = filter.clientData();
        int first = data.length > 0 ? data[0] : 0;
        switch (filter.id()) {
            case 1 -> line("COMPRESSION DEFLATE { LEVEL " + first + " }");
            case 2 -> line("PREPROCESSING SHUFFLE");
            case 3 -> line("CHECKSUM FLETCHER32");
            case 4 -> szip(first, data.length > 1 ? data[1] : 0);
            case 5 -> line("COMPRESSION NBIT");
            case 6 -> line("COMPRESSION SCALEOFFSET { MIN BITS " + first + " }");
            default -> userDefined(filter, data);
        }
    }

    private void userDefined(FilterDescription filter, int[] data) {
        begin("USER_DEFINED_FILTER");
        line("FILTER_ID " + filter.id());
        if (!filter.name().isEmpty()) {
            line("COMMENT " + filter.name());
        }
        if (data.length > 0) {
            StringBuilder text = new StringBuilder("PARAMS { ");
            for (int value : data) {
                text.append(value).append(' ');
            }
            line(text.append('}').toString());
        }
        end();
    }

    private void szip(int mask, int pixels) {
        begin("COMPRESSION SZIP");
        line("PIXELS_PER_BLOCK " + pixels);
        line((mask & SZIP_CHIP) != 0 ? "MODE HARDWARE" : (mask & SZIP_ALLOW_K13) != 0 ? "MODE K13" : "");
        line(
                (mask & SZIP_ENTROPY) != 0
                        ? "CODING ENTROPY"
                        : (mask & SZIP_NEAREST) != 0 ? "CODING NEAREST NEIGHBOUR" : "");
        line((mask & SZIP_LSB) != 0 ? "BYTE_ORDER LSB" : (mask & SZIP_MSB) != 0 ? "BYTE_ORDER MSB" : "");
        if ((mask & SZIP_RAW) != 0) {
            line("HEADER RAW");
        }
        end();
    }

    private void fill(DatasetStorage storage, boolean virtual) {
        FillInfo fill = dataset.fill();
        begin("FILLVALUE");
        line("FILL_TIME "
                + switch (fill.writeTime()) {
                    case ON_ALLOCATION -> "H5D_FILL_TIME_ALLOC";
                    case NEVER -> "H5D_FILL_TIME_NEVER";
                    case IF_SET -> "H5D_FILL_TIME_IFSET";
                });
        ByteText value = new ByteText().add("VALUE  ");
        switch (fill.state()) {
            case UNDEFINED -> value.add("H5D_FILL_VALUE_UNDEFINED");
            case DEFAULT -> value.add("H5D_FILL_VALUE_DEFAULT");
            case USER_DEFINED -> {
                page.back();
                fill.value().ifPresent(v -> session.values(page, file).add(value, v, 0));
                page.deeper();
            }
        }
        page.line(value);
        end();
        if (!virtual) {
            begin("ALLOCATION_TIME");
            line(
                    switch (fill.allocationTime()) {
                        case EARLY -> "H5D_ALLOC_TIME_EARLY";
                        case LATE -> "H5D_ALLOC_TIME_LATE";
                        case INCREMENTAL -> "H5D_ALLOC_TIME_INCR";
                        case DEFAULT ->
                            storage instanceof DatasetStorage.Compact
                                    ? "H5D_ALLOC_TIME_EARLY"
                                    : storage instanceof DatasetStorage.Chunked
                                            ? "H5D_ALLOC_TIME_INCR"
                                            : "H5D_ALLOC_TIME_LATE";
                    });
            end();
        }
    }
}
