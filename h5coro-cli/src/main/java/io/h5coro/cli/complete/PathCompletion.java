// SPDX-License-Identifier: Apache-2.0
package io.h5coro.cli.complete;

import io.h5coro.Group;
import io.h5coro.H5Coro;
import io.h5coro.cli.config.Settings;
import io.h5coro.cli.file.CacheFolders;
import io.h5coro.cli.file.EscapedPath;
import io.h5coro.cli.file.Location;
import io.h5coro.cli.file.StorageArguments;
import io.h5coro.cli.report.UsageException;
import io.h5coro.cli.text.VisibleText;
import io.h5coro.error.H5Exception;
import io.h5coro.model.ReadOptions;
import io.h5coro.model.WalkOptions;
import io.h5coro.storage.FileResolver;
import io.h5coro.storage.SiblingFiles;
import io.h5coro.storage.StorageOptions;
import io.h5coro.storage.Storages;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What the last word of an unfinished command line may become: paths in a file. Of a remote file the index cache is
 * asked, and no server ever.
 */
public final class PathCompletion {
    /** A shell shows no more of them. */
    private static final int MOST = 1000;

    /** Who types does not wait longer. */
    private static final long PATIENCE_MILLIS = 2_000;

    private static final String REGION = "region";

    private final Settings settings;
    private final List<String> line;

    private PathCompletion(Settings settings, List<String> line) {
        this.settings = settings;
        this.line = settings.applied(line);
    }

    /**
     * The place that a word means.
     *
     * @param head the part of the word that stays
     * @param file what is opened
     * @param path what was typed of the path
     */
    private record Place(String head, String file, String path) {}

    /**
     * Returns what the last word may become; nothing where finding it out takes too long.
     *
     * @param words the command and its arguments, the last of them unfinished
     */
    public static List<String> of(Settings settings, List<String> words) {
        if (words.size() < 2) {
            return List.of();
        }
        String typed = words.get(words.size() - 1);
        return inTime(() -> new PathCompletion(settings, words.subList(0, words.size() - 1)).candidates(typed));
    }

    private static List<String> inTime(Supplier<List<String>> work) {
        FutureTask<List<String>> task = new FutureTask<>(work::get);
        Thread thread = new Thread(task, "h5coro-complete");
        thread.setDaemon(true);
        thread.start();
        try {
            return task.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        } catch (ExecutionException | TimeoutException e) {
            // Whoever types is not told: nothing is completed.
            return List.of();
        }
    }

    private List<String> candidates(String typed) {
        try {
            return place(typed).map(this::paths).orElse(List.of());
        } catch (H5Exception | UsageException e) {
            // What cannot be read completes nothing.
            return List.of();
        }
    }

    private Optional<Place> place(String typed) {
        String whole = settings.location(typed);
        if (whole.isEmpty()) {
            return Optional.empty();
        }
        Location location = Location.parse(whole);
        String path = whole.endsWith(location.path()) ? location.path() : "";
        if (!location.file().equals(whole) && (!path.isEmpty() || whole.endsWith("::"))) {
            String head = typed.substring(0, typed.length() - path.length());
            return Optional.of(new Place(head, location.file(), path));
        }
        return typed.startsWith("/")
                ? namedBefore().map(file -> new Place("", file, typed))
                : Optional.empty();
    }

    /** The file that a word before the last one names: the last word is a path in it. */
    private Optional<String> namedBefore() {
        return line.stream()
                .skip(1)
                .filter(word -> !word.isEmpty() && !word.startsWith("-"))
                .map(word -> Location.parse(word).file())
                .filter(file -> Location.isRemote(file) || isLocalFile(file))
                .findFirst();
    }

    private static boolean isLocalFile(String name) {
        try {
            return java.nio.file.Files.isRegularFile(Path.of(name));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private List<String> paths(Place place) {
        String folder = place.path().substring(0, place.path().lastIndexOf('/') + 1);
        try (H5Coro file = open(place.file())) {
            String at = folder.isEmpty() ? "/" : folder;
            String group = EscapedPath.in(file, at.length() > 1 ? at.substring(0, at.length() - 1) : at);
            if (!(file.object(group) instanceof Group found)) {
                return List.of();
            }
            WalkOptions options = WalkOptions.all().depth(1).with(WalkOptions.Detail.DESCRIPTORS);
            try (Stream<Group.Member> members = found.walk(options)) {
                return members.filter(member -> member.link().isPresent())
                        .map(member -> at + VisibleText.of(member.link().orElseThrow().name())
                                + (member.object().orElse(null) instanceof Group ? "/" : ""))
                        .filter(name -> name.startsWith(place.path()))
                        .limit(MOST)
                        .map(name -> place.head() + name)
                        .toList();
            }
        }
    }

    private H5Coro open(String file) {
        StorageArguments storage = new StorageArguments();
        CacheFolders caches = new CacheFolders();
        take(storage, caches);
        ReadOptions options = caches.builder().build();
        if (!Location.isRemote(file)) {
            return H5Coro.open(file, options);
        }
        if (options.indexCache().isEmpty()) {
            throw new UsageException("there is no index cache");
        }
        StorageOptions reaching = storage.options();
        KeptReader.Known known = new KeptReader.Known();
        SiblingFiles.Opener opener = at -> new KeptReader(Storages.open(at, reaching), known);
        try (H5Coro unconfirmed = H5Coro.open(file, options, opener, FileResolver.none())) {
            unconfirmed.info();
        } catch (H5Exception e) {
            // As expected: the version that the cache has could not be confirmed.
        }
        if (!known.isThere()) {
            throw new UsageException("the index cache does not have the file");
        }
        return H5Coro.open(file, options, opener, FileResolver.none());
    }

    /** Takes the options that say under which name the cache has a file. None that runs a program or is secret. */
    private void take(StorageArguments storage, CacheFolders caches) {
        boolean s3 = line.stream().anyMatch(word -> word.startsWith("s3"));
        if (s3) {
            // Without these the storage would look for both, perhaps on the network.
            storage.take("anonymous", null);
            storage.take(REGION, "us-east-1");
        }
        for (int i = 1; i < line.size(); i++) {
            String word = line.get(i);
            int equals = word.indexOf('=');
            String name = word.startsWith("--") ? word.substring(2, equals < 0 ? word.length() : equals) : "";
            String value = equals >= 0 ? word.substring(equals + 1) : i + 1 < line.size() ? line.get(i + 1) : "";
            if (value.isEmpty()) {
                continue;
            }
            if (name.equals("endpoint") || name.equals(REGION)) {
                storage.take(name, value);
            } else if (CacheFolders.names().contains(name)) {
                caches.take(name, value);
            }
        }
    }
}
