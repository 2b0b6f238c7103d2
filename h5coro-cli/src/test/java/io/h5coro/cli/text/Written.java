// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.text;

import io.h5coro.model.H5Array;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.function.Consumer;

/** What the types of this room write, as text. */
final class Written {
    /** No value of these tests is a reference. */
    private static final ReferenceText NO_REFERENCES = (type, reference) -> {
        throw new AssertionError(type);
    };

    private Written() {}

    static Style.Elements elements(boolean escape, boolean letters, boolean characters) {
        return new Style.Elements(escape, letters, characters, CFormat.GENERAL);
    }

    /** The bytes that are added to a text, one character for each. */
    static String bytes(Consumer<ByteText> what) {
        ByteText text = new ByteText();
        what.accept(text);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            text.writeTo(out, 0, text.length());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString(StandardCharsets.ISO_8859_1);
    }

    static String utf8(Consumer<ByteText> what) {
        return new String(bytes(what).getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    /** One element, without a line around it. */
    static String element(H5Array array, int i, Style.Elements style) {
        Page page = new Page(Sink.nowhere(), Style.of(80, style), 0);
        return utf8(text -> new ValueText(page, NO_REFERENCES, null).add(text, array, i));
    }

    static String element(H5Array array, int i) {
        return element(array, i, elements(false, false, false));
    }

    /** What is written to a sink. */
    static String sink(Consumer<Sink> what) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Sink sink = Sink.to(out);
        what.accept(sink);
        sink.flush();
        return out.toString(StandardCharsets.UTF_8);
    }

    /** All elements of an array in the lines of a block with this width. */
    static String lines(H5Array array, int columns, boolean indices) {
        return sink(sink -> {
            Style style = Style.of(columns, elements(false, false, false)).data(indices);
            Page page = new Page(sink, style, 0);
            page.newLine();
            page.shape(array.shape());
            ElementPrinter printer = new ElementPrinter(page, new ValueText(page, NO_REFERENCES, null));
            printer.begin(0);
            printer.add(array, 0, array.length(), true);
        });
    }

    /** All elements as bytes in hexadecimal. */
    static String binary(H5Array array, BinaryValues.Form form) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Sink sink = Sink.to(out);
        BinaryValues values = new BinaryValues(sink, form);
        values.begin(0);
        values.add(array, 0, array.length(), true);
        sink.flush();
        return HexFormat.of().formatHex(out.toByteArray());
    }
}
