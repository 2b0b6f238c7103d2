// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.json;

import io.h5coro.cli.text.Sink;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * What a command finds in files as one document: {@code {"files": [{"file": …, "path": …, …}]}}. Where something goes
 * wrong, the file has what was found until then, and {@code "error"}, the message that stands on the error stream too.
 */
public final class JsonFiles {
    private JsonFiles() {}

    /**
     * What a document says of a place besides what the command finds.
     *
     * @param file the file, as it may be shown
     * @param path the object in it
     */
    public record Place(String file, String path) {}

    /**
     * Writes a document.
     *
     * @param places the files, in their order
     * @param place what to say of each
     * @param command writes the fields of one; gives what kept it from going on
     */
    public static <T> void write(
            Sink out, List<T> places, Function<T, Place> place, BiFunction<T, Json, Optional<Throwable>> command) {
        Json json = Json.to(out);
        json.object().array("files");
        for (T each : places) {
            Place at = place.apply(each);
            json.object().field("file", at.file()).field("path", at.path());
            int depth = json.depth();
            Optional<Throwable> problem = command.apply(each, json);
            json.unwind(depth);
            problem.ifPresent(failure -> json.field("error", message(failure)));
            json.end();
        }
        json.end().end().line();
        out.flush();
    }

    /** Returns what a document says of a problem. */
    public static String message(Throwable problem) {
        String message = problem.getMessage();
        return message == null ? problem.getClass().getSimpleName() : message;
    }
}
