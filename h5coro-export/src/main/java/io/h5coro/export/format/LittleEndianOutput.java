// SPDX-License-Identifier: Apache-2.0
package io.h5coro.export.format;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Writes numbers, least significant byte first, through a buffer, and counts the bytes. Confined to one thread. */
public final class LittleEndianOutput {
    private static final int BUFFER_BYTES = 1 << 16;

    private final OutputStream out;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private long flushed;

    /** Writes to a stream, which is neither flushed nor closed. */
    public LittleEndianOutput(OutputStream out) {
        this.out = out;
    }

    /** Returns the number of bytes that were written. */
    public long position() {
        return flushed + buffer.position();
    }

    private ByteBuffer room(int bytes) throws IOException {
        if (buffer.remaining() < bytes) {
            flush();
        }
        return buffer;
    }

    /** Writes the lowest eight bits. */
    public void writeByte(int value) throws IOException {
        room(Byte.BYTES).put((byte) value);
    }

    /** Writes the lowest sixteen bits. */
    public void writeShort(int value) throws IOException {
        room(Short.BYTES).putShort((short) value);
    }

    /** Writes four bytes. */
    public void writeInt(int value) throws IOException {
        room(Integer.BYTES).putInt(value);
    }

    /** Writes eight bytes. */
    public void writeLong(long value) throws IOException {
        room(Long.BYTES).putLong(value);
    }

    /** Writes the four bytes of a number. */
    public void writeFloat(float value) throws IOException {
        writeInt(Float.floatToRawIntBits(value));
    }

    /** Writes the eight bytes of a number. */
    public void writeDouble(double value) throws IOException {
        writeLong(Double.doubleToRawLongBits(value));
    }

    /** Writes bytes as they are. */
    public void write(byte[] bytes) throws IOException {
        write(bytes, 0, bytes.length);
    }

    /** Writes {@code count} bytes from index {@code from}. */
    public void write(byte[] bytes, int from, int count) throws IOException {
        if (count > buffer.remaining()) {
            flush();
        }
        if (count > buffer.capacity()) {
            out.write(bytes, from, count);
            flushed += count;
        } else {
            buffer.put(bytes, from, count);
        }
    }

    /** Writes bytes of zero. */
    public void writeZeros(long count) throws IOException {
        for (long i = 0; i < count; i++) {
            writeByte(0);
        }
    }

    /** Hands all bytes to the stream. */
    public void flush() throws IOException {
        out.write(buffer.array(), 0, buffer.position());
        flushed += buffer.position();
        buffer.clear();
    }
}
