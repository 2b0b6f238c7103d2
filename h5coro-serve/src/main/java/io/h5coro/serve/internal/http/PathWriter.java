// SPDX-License-Identifier: Apache-2.0
package io.h5coro.serve.internal.http;

import io.h5coro.serve.internal.root.Directory;
import io.h5coro.serve.internal.root.ServedFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.msgpack.core.MessageBufferPacker;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessagePacker;

/**
 * Describes directories and files as clients read them.
 *
 * <pre>
 * {type: "directory", size, description: nil, labels: nil, files: {name: file}, directories: {name: nil}}
 * {type: "application/x-hdf5", size, last_modified}
 * </pre>
 */
final class PathWriter {
    private PathWriter() {}

    /** Describes a directory, without what is in those below it. */
    static void directory(MessagePacker out, Directory directory) throws IOException {
        out.packMapHeader(6);
        out.packString("type").packString("directory");
        out.packString("size").packLong(directory.bytes());
        out.packString("description").packNil();
        out.packString("labels").packNil();
        out.packString("files").packMapHeader(directory.files().size());
        for (Map.Entry<String, ServedFile> file : directory.files().entrySet()) {
            out.packString(file.getKey());
            file(out, file.getValue());
        }
        out.packString("directories").packMapHeader(directory.directories().size());
        for (String name : directory.directories()) {
            out.packString(name).packNil();
        }
    }

    /** Describes a file. */
    static void file(MessagePacker out, ServedFile file) throws IOException {
        out.packMapHeader(3);
        out.packString("type").packString(file.mediaType());
        out.packString("size").packLong(file.bytes());
        out.packString("last_modified").packLong(file.modifiedMillis());
    }

    /** Returns the bytes of an error. */
    static byte[] error(String text) {
        try (MessageBufferPacker out = MessagePack.newDefaultBufferPacker()) {
            out.packMapHeader(1).packString("error").packString(text);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
