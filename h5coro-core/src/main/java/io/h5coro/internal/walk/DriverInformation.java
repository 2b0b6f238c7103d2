// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.walk;

import io.h5coro.error.H5Exception;
import io.h5coro.error.LimitExceededException;
import io.h5coro.error.ReadAbortedException;
import io.h5coro.error.UnsupportedFeatureException;
import io.h5coro.error.Where;
import io.h5coro.internal.bytes.AddressMap;
import io.h5coro.internal.bytes.Cursor;
import io.h5coro.internal.format.DriverInfo;
import io.h5coro.internal.format.RawMessage;
import io.h5coro.internal.format.Superblock;
import java.util.Optional;

/**
 * Reads from a first member what the driver of several files needs to find the others, before any address of the file
 * means something.
 */
public final class DriverInformation {
    /** Keeps every address; those of other members only must not stop the superblock from being parsed. */
    private static final AddressMap ANY = stored -> stored & Long.MAX_VALUE;

    /** Longest information that is read; libhdf5's longest is that of seven member names of at most 1024 letters. */
    private static final int MOST_BYTES = 16 << 10;

    private DriverInformation() {}

    /**
     * What a first member says.
     *
     * @param endOfFile first address behind the whole file, as the superblock says it
     * @param info the driver's information; empty when the file has none
     */
    public record Found(long endOfFile, Optional<DriverInfo> info) {}

    /**
     * Reads the information of a first member; blocks.
     */
    public static Found read(RawFile member) {
        long base = member.find();
        Superblock superblock = member.superblock(base, ANY);
        FileSpace space = member.space(
                superblock.origin(member.source(), ANY), new FileSpace.Extent(base, member.bytes() - base));
        long end = superblock.endOfFile() - superblock.baseAddress() + base;
        if (superblock.driverInfoAddress() >= 0) {
            return new Found(end, Optional.of(block(space, superblock.driverInfoAddress())));
        }
        if (superblock.extensionAddress() < 0) {
            return new Found(end, Optional.empty());
        }
        ObjectHeaders headers =
                new ObjectHeaders(space, new SharedMessageTable(space, (bytes, filters, mask, length) -> {
                    throw new UnsupportedFeatureException(
                            Where.source(member.source()), "superblock extension in a filtered heap");
                }));
        return new Found(
                end,
                headers.body(headers.read(superblock.extensionAddress()), RawMessage.DRIVER_INFO)
                        .map(DriverInfo::parseMessage));
    }

    /** Reads the head of a block, then all of it; blocks. */
    private static DriverInfo block(FileSpace space, long address) {
        String what = "driver information block";
        Cursor head = space.read(address, DriverInfo.HEAD_BYTES, what);
        long size = DriverInfo.blockSize(head);
        if (size > MOST_BYTES) {
            throw new LimitExceededException(
                    new Where(space.origin().source(), null, space.base() + address),
                    "driver information of " + size + " bytes");
        }
        return DriverInfo.parseBlock(space.read(address, DriverInfo.HEAD_BYTES + size, what));
    }

    /**
     * Checks that the file has the driver information block that its superblock names, as libhdf5 does of every file:
     * where it is cut off nobody knows whether the file is one of several.
     */
    static void check(FileSpace space, Superblock superblock) {
        if (superblock.driverInfoAddress() >= 0) {
            String what = "driver information block";
            Cursor head = space.read(superblock.driverInfoAddress(), DriverInfo.HEAD_BYTES, what);
            space.check(superblock.driverInfoAddress(), DriverInfo.HEAD_BYTES + DriverInfo.blockSize(head), what);
        }
    }

    /** What a file that is opened as a single one says; nothing when that cannot be read. */
    static Found found(RawFile file) {
        try {
            return read(file);
        } catch (ReadAbortedException over) {
            throw over;
        } catch (H5Exception unreadable) {
            // Opening the file meets the same damage, and says more about it.
            return new Found(0, Optional.empty());
        }
    }
}
