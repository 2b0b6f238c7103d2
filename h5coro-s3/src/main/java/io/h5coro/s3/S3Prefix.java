// SPDX-License-Identifier: Apache-2.0
package io.h5coro.s3;

import io.h5coro.storage.StorageListing;
import io.h5coro.storage.StorageListing.Depth;
import io.h5coro.storage.StoredObject;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * What is listed: keys that begin alike. Pure.
 *
 * @param bucket the bucket
 * @param start what keys begin with, not escaped; empty for all
 * @param depth whether keys count that have a slash behind the last one of {@code start}
 */
record S3Prefix(String bucket, String start, Depth depth) {
    /** A page does not have what was asked for. */
    static final class Unsound extends Exception {
        private static final long serialVersionUID = 1L;

        Unsound(String what) {
            super(what);
        }
    }

    /**
     * Returns the objects and folders of a page by key, in the order of listings.
     *
     * @param last the last key of the page before; empty for the first page
     * @throws Unsound when there is a key that is not below the prefix, or not behind {@code last}
     */
    TreeMap<String, StoredObject> objects(ListObjectsV2Response page, String last) throws Unsound {
        TreeMap<String, StoredObject> found = new TreeMap<>(StorageListing.order());
        for (S3Object object : page.contents()) {
            String key = check(object.key(), last);
            if (depth == Depth.FOLDER && key.indexOf('/', folder()) >= 0) {
                throw new Unsound("lists the keys of inner folders, which it was not asked for");
            }
            found.put(key, object(key, object));
        }
        for (CommonPrefix common : page.commonPrefixes()) {
            String key = check(common.prefix(), last);
            if (depth == Depth.TREE || key.indexOf('/', folder()) != key.length() - 1) {
                throw new Unsound("lists a folder that it was not asked for");
            }
            found.put(key, StoredObject.folder(location(key)));
        }
        return found;
    }

    private StoredObject object(String key, S3Object object) {
        @Nullable Long size = object.size();
        @Nullable Instant modified = object.lastModified();
        return new StoredObject(
                location(key),
                size == null || size < 0 ? OptionalLong.empty() : OptionalLong.of(size),
                Optional.ofNullable(object.eTag()).flatMap(S3Prefix::version),
                Optional.ofNullable(modified));
    }

    /** Returns a strong tag as a header has it: some servers leave out its quotes in listings. */
    private static Optional<String> version(String etag) {
        if (etag.matches("\"[^\"]+\"")) {
            return Optional.of(etag);
        }
        return etag.matches("[A-Za-z0-9-]+") ? Optional.of("\"" + etag + "\"") : Optional.empty();
    }

    private String check(@Nullable String key, String last) throws Unsound {
        if (key == null || !key.startsWith(start)) {
            throw new Unsound("lists a key that does not begin as it was asked for");
        }
        if (!last.isEmpty() && StorageListing.order().compare(key, last) <= 0) {
            throw new Unsound("does not list keys in the order of their bytes");
        }
        return key;
    }

    /** Returns whether an object of a page only marks a folder: its key ends with a slash. */
    boolean isMarker(StoredObject object) {
        return object.isFolder() && (depth == Depth.TREE || object.location().equals(location(start)));
    }

    /** Where the names of the folder begin in keys. */
    private int folder() {
        return start.lastIndexOf('/') + 1;
    }

    private String location(String key) {
        return "s3://" + bucket + "/" + key;
    }

    /** The prefix for messages. */
    @Override
    public String toString() {
        return S3Location.shown(bucket, start);
    }
}
