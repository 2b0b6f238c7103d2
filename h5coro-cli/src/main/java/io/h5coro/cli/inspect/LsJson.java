// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.inspect;

import io.h5coro.Dataset;
import io.h5coro.Group;
import io.h5coro.H5Coro;
import io.h5coro.H5Object;
import io.h5coro.cli.file.FoundFiles;
import io.h5coro.cli.file.Location;
import io.h5coro.cli.file.OnFile;
import io.h5coro.cli.file.OpenMixin;
import io.h5coro.cli.json.Json;
import io.h5coro.cli.json.JsonFiles;
import io.h5coro.cli.report.UsageException;
import io.h5coro.cli.text.Sink;
import io.h5coro.error.H5Exception;
import io.h5coro.model.Link;
import io.h5coro.model.WalkOptions;
import io.h5coro.storage.StorageException;
import io.h5coro.storage.StoredObject;
import java.util.List;
import java.util.Optional;

/**
 * What {@code ls} lists, as JSON: {@code "members"} of a group, {@code "objects"} of a folder.
 *
 * @param open how storages are reached
 * @param onFile opens files
 * @param walk how far groups are listed, and what is said of their members
 */
record LsJson(OpenMixin open, OnFile onFile, WalkOptions walk) {
    /** Writes the document. */
    void write(Sink out, List<Location> places) {
        JsonFiles.write(
                out,
                places,
                place -> new JsonFiles.Place(Location.shown(place.file()), place.path()),
                (place, json) -> {
                    Optional<String> folder = place.path().equals("/")
                            ? FoundFiles.listable(place.file(), open.storage())
                            : Optional.empty();
                    return folder.isPresent()
                            ? folder(folder.get(), json)
                            : onFile.at(place, (file, path) -> members(file, path, json));
                });
    }

    private Optional<Throwable> folder(String folder, Json json) {
        json.array("objects");
        try {
            FolderText.each(folder, walk.depth() > 1, open.storage(), (found, name) -> object(json, found, name));
            json.end();
            return Optional.empty();
        } catch (StorageException | UsageException e) {
            onFile.report().error("", e);
            return Optional.of(e);
        }
    }

    private static void object(Json json, StoredObject found, String name) {
        json.object().field("name", name).field("kind", FolderText.kind(found, name));
        found.sizeBytes().ifPresent(size -> json.field("bytes", size));
        found.modified().ifPresent(time -> json.field("modified", time.toString()));
        FolderText.version(found).ifPresent(version -> json.field("version", version));
        json.end();
    }

    private void members(H5Coro file, String path, Json json) {
        H5Object object = file.object(path);
        json.array("members");
        if (object instanceof Group group) {
            group.walk(walk).skip(1).forEach(member -> member(json, member));
        } else {
            json.object().field("path", path);
            described(json, object);
            json.end();
        }
        json.end();
    }

    private void member(Json json, Group.Member member) {
        json.object().field("path", member.path());
        Link link = member.link().orElseThrow();
        int depth = json.depth();
        if (!(link instanceof Link.Hard)) {
            ObjectJson.link(json, link);
        } else {
            try {
                member.object().ifPresent(object -> described(json, object));
                member.failure().ifPresent(failure -> failed(json, member.path(), failure));
            } catch (H5Exception e) {
                json.unwind(depth);
                failed(json, member.path(), e);
            }
        }
        json.end();
    }

    private void failed(Json json, String path, H5Exception failure) {
        json.field("error", JsonFiles.message(failure));
        onFile.report().error(path, failure);
    }

    private void described(Json json, H5Object object) {
        ObjectJson.object(json, object);
        if (object instanceof Dataset dataset && walk.details().contains(WalkOptions.Detail.STORED_BYTES)) {
            json.field("storage", dataset.storage().getClass().getSimpleName().toLowerCase(java.util.Locale.ROOT));
            json.field("storedBytes", dataset.storedBytes()).array("filters");
            dataset.filters().forEach(filter -> json.value(FilterText.of(filter)));
            json.end();
        }
    }
}
