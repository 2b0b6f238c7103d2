// SPDX-License-Identifier: Apache-2.0
package io.h5coro.storage.http;

import io.h5coro.storage.ByteRange;
import io.h5coro.storage.StorageException;
import io.h5coro.storage.StorageException.Kind;
import io.h5coro.storage.StorageListing;
import io.h5coro.storage.StoredObject;
import java.net.URI;
import java.util.Collections;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Lists one folder of a web server by its index page, which is one request. */
final class IndexListing implements StorageListing {
    /** Room for some 100,000 entries. A longer page is refused. */
    private static final int MOST_BYTES = 16 << 20;

    /** Pages of one tree: a server that makes up folders is noticed in the end. */
    private static final int MOST_PAGES = 10_000;

    private final URI prefix;
    private final HttpOptions options;
    private final AtomicInteger pages;
    private @Nullable Iterator<Map.Entry<String, IndexPage.Entry>> entries;

    private IndexListing(URI prefix, HttpOptions options, AtomicInteger pages) {
        this.prefix = prefix;
        this.options = options;
        this.pages = pages;
    }

    /**
     * Lists what is below a prefix. Sends no request.
     *
     * @throws StorageException of kind {@code UNSUPPORTED} when the options do not allow to read index pages, and of
     *     kind {@code INVALID} when the address is not usable or has a query
     */
    static StorageListing of(URI prefix, Depth depth, HttpOptions options) throws StorageException {
        String source = WebAddress.of(prefix).source();
        if (!options.indexPages) {
            throw new StorageException(
                    Kind.UNSUPPORTED,
                    source.substring(0, source.lastIndexOf('/') + 1)
                            + ": HTTP has no listing; HttpOptions.indexPages reads the index pages of Apache and"
                            + " nginx");
        }
        if (prefix.getRawQuery() != null || prefix.getRawFragment() != null) {
            throw new StorageException(Kind.INVALID, source + ": an address with a query cannot be listed");
        }
        AtomicInteger pages = new AtomicInteger();
        StorageListing top = new IndexListing(prefix, options, pages);
        return depth == Depth.FOLDER
                ? top
                : StorageListing.tree(top, folder -> new IndexListing(URI.create(folder), options, pages));
    }

    @Override
    public Optional<StoredObject> next() throws StorageException {
        String path = prefix.getRawPath();
        int end = path.lastIndexOf('/') + 1;
        String folder =
                prefix.getScheme() + "://" + prefix.getRawAuthority() + (end == 0 ? "/" : path.substring(0, end));
        Iterator<Map.Entry<String, IndexPage.Entry>> all = entries;
        if (all == null) {
            all = named(URI.create(folder), path.substring(end));
            entries = all;
        }
        if (!all.hasNext()) {
            return Optional.empty();
        }
        IndexPage.Entry entry = all.next().getValue();
        String location = folder + entry.link();
        return Optional.of(
                location.endsWith("/")
                        ? StoredObject.folder(location)
                        : new StoredObject(location, entry.sizeBytes(), Optional.empty(), Optional.empty()));
    }

    /** The entries of a folder whose names begin so. */
    private Iterator<Map.Entry<String, IndexPage.Entry>> named(URI folder, String start) throws StorageException {
        WebAddress address = WebAddress.of(folder);
        if (pages.incrementAndGet() > MOST_PAGES) {
            throw new StorageException(
                    Kind.PROTOCOL, address.source() + ": more than " + MOST_PAGES + " folders in one listing");
        }
        String first = IndexLinks.decoded(start);
        return IndexPage.parse(address.source(), page(address), new IndexLinks(address.url())).entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(first))
                .iterator();
    }

    private byte[] page(WebAddress address) throws StorageException {
        try (HttpRangeReader reader = new HttpRangeReader(address, options)) {
            CompletableFuture<byte[]> page = reader.read(new ByteRange(0, MOST_BYTES + 1L));
            byte[] bytes = page.get();
            if (bytes.length > MOST_BYTES) {
                throw new StorageException(
                        Kind.PROTOCOL, address.source() + ": the index page has more than " + MOST_BYTES + " bytes");
            }
            return bytes;
        } catch (ExecutionException e) {
            StorageException failure = Fault.of(address.source(), e).failure();
            throw failure.kind() != Kind.PROTOCOL
                    ? failure
                    : new StorageException(
                            Kind.PROTOCOL,
                            failure.getMessage() + " (an index page has at most " + MOST_BYTES + " bytes)",
                            failure);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StorageException(Kind.CLOSED, address.source() + ": interrupted while it was listed", e);
        }
    }

    @Override
    public void close() {
        entries = Collections.emptyIterator();
    }
}
