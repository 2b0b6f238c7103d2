// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode;

import io.h5coro.model.FilterDescription;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * A chunk as libhdf5 or a plugin stored it, and what libhdf5 reads back; written by testdata/make/filter_vectors.py. It
 * may have gone through several filters; the file is that of the last one.
 *
 * <p>A file is a gzipped big-endian stream: u32 count, then of each vector its name, u32 element size, u32 filter mask,
 * u16 number of filters, for each filter {u32 id, name, u8 optional, u16 count, u32 values}, u32 length and stored
 * bytes, u32 length and decoded bytes; a name is a u16 length and UTF-8.
 */
@SuppressWarnings("ArrayRecordComponent") // read once, compared by name
record FilterVector(
        String name, List<FilterDescription> filters, int elementSize, int mask, byte[] stored, byte[] decoded) {

    /** All vectors of {@code /filters/<filter>.vectors.gz}; empty when there is no such file. */
    static List<FilterVector> of(String filter) {
        try (InputStream packed = FilterVector.class.getResourceAsStream("/filters/" + filter + ".vectors.gz")) {
            if (packed == null) {
                return List.of();
            }
            byte[] all = new GZIPInputStream(packed).readAllBytes();
            DataInputStream in = new DataInputStream(new ByteArrayInputStream(all));
            List<FilterVector> vectors = new ArrayList<>();
            for (int left = in.readInt(); left > 0; left--) {
                vectors.add(read(in));
            }
            return vectors;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The vector of a filter that has a name. */
    static FilterVector of(String filter, String name) {
        return of(filter).stream().filter(v -> v.name.equals(name)).findFirst().orElseThrow();
    }

    /** The filter whose output is stored, unless the mask leaves it out. */
    FilterDescription last() {
        return filters.get(filters.size() - 1);
    }

    private static FilterVector read(DataInputStream in) throws IOException {
        String name = in.readUTF();
        int elementSize = in.readInt();
        int mask = in.readInt();
        List<FilterDescription> filters = new ArrayList<>();
        for (int left = in.readUnsignedShort(); left > 0; left--) {
            int id = in.readInt();
            String label = in.readUTF();
            boolean optional = in.readByte() != 0;
            int[] clientData = new int[in.readUnsignedShort()];
            for (int i = 0; i < clientData.length; i++) {
                clientData[i] = in.readInt();
            }
            filters.add(new FilterDescription(id, label, optional, clientData));
        }
        return new FilterVector(name, filters, elementSize, mask, blob(in), blob(in));
    }

    private static byte[] blob(DataInputStream in) throws IOException {
        byte[] bytes = new byte[in.readInt()];
        in.readFully(bytes);
        return bytes;
    }

    @Override
    public String toString() {
        return name;
    }
}
