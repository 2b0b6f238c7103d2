// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.json;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import io.h5coro.cli.text.Sink;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * A JSON document that is written as it goes. Numbers are exact, whatever their size; what is no number is a string,
 * "NaN", "Infinity" or "-Infinity". What would act on a terminal is escaped. Confined to one thread.
 */
public final class Json {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .build()
            .setCharacterEscapes(new VisibleEscapes());

    private final Sink out;
    private final JsonGenerator generator;
    /** Whether a name was written whose value is still to come. */
    private boolean named;

    private Json(Sink out, JsonGenerator generator) {
        this.out = out;
        this.generator = generator;
    }

    /** Begins a document. */
    public static Json to(Sink out) {
        try {
            return new Json(out, FACTORY.createGenerator(new SinkStream(out), JsonEncoding.UTF8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private interface Step {
        void write(JsonGenerator generator) throws IOException;
    }

    private Json write(Step step) {
        try {
            step.write(generator);
            named = false;
            return this;
        } catch (IOException e) {
            // A sink has none: it throws Sink.Closed.
            throw new UncheckedIOException(e);
        }
    }

    /** Begins an object. */
    public Json object() {
        return write(JsonGenerator::writeStartObject);
    }

    /** Begins an object that is a field. */
    public Json object(String name) {
        return write(json -> json.writeObjectFieldStart(name));
    }

    /** Begins an array. */
    public Json array() {
        return write(JsonGenerator::writeStartArray);
    }

    /** Begins an array that is a field. */
    public Json array(String name) {
        return write(json -> json.writeArrayFieldStart(name));
    }

    /** Ends the object or array that was begun last. */
    public Json end() {
        return write(json -> {
            if (json.getOutputContext().inArray()) {
                json.writeEndArray();
            } else {
                json.writeEndObject();
            }
        });
    }

    /** Names the value that follows. */
    public Json name(String name) {
        write(json -> json.writeFieldName(name));
        named = true;
        return this;
    }

    public Json field(String name, String value) {
        return name(name).value(value);
    }

    public Json field(String name, long value) {
        return name(name).value(value);
    }

    public Json field(String name, double value) {
        return name(name).value(value);
    }

    /** Adds a decimal number with all its digits. */
    public Json field(String name, BigDecimal value) {
        return name(name).write(json -> json.writeNumber(value.toPlainString()));
    }

    public Json field(String name, boolean value) {
        return name(name).value(value);
    }

    /** Adds a list of numbers. */
    public Json field(String name, long[] values) {
        return name(name).write(json -> json.writeArray(values, 0, values.length));
    }

    public Json value(String value) {
        return write(json -> json.writeString(value));
    }

    public Json value(long value) {
        return write(json -> json.writeNumber(value));
    }

    public Json value(double value) {
        return write(json -> json.writeNumber(value));
    }

    public Json value(float value) {
        return write(json -> json.writeNumber(value));
    }

    public Json value(BigInteger value) {
        return write(json -> json.writeNumber(value));
    }

    public Json value(boolean value) {
        return write(json -> json.writeBoolean(value));
    }

    /** Adds a number as it is written. */
    Json number(String digits) {
        return write(json -> json.writeNumber(digits));
    }

    public Json none() {
        return write(JsonGenerator::writeNull);
    }

    /** Returns the number of objects and arrays that were begun and have not ended. */
    public int depth() {
        return generator.getOutputContext().getNestingDepth();
    }

    /** Ends what was begun below a depth: what is left of a value that could not be written whole. */
    public void unwind(int depth) {
        if (named) {
            none();
        }
        for (int open = depth(); open > depth; open--) {
            end();
        }
    }

    /** Ends a line, for documents of which several follow one another. */
    public void line() {
        write(JsonGenerator::flush);
        out.write("\n");
    }

    /** What a generator writes to. */
    private static final class SinkStream extends OutputStream {
        private final Sink out;

        SinkStream(Sink out) {
            this.out = out;
        }

        @Override
        public void write(int b) {
            out.write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int count) {
            out.write(bytes, from, from + count);
        }
    }
}
