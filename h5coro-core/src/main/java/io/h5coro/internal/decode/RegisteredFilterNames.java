// SPDX-License-Identifier: Apache-2.0
package io.h5coro.internal.decode;

import java.util.Map;

/**
 * The names of the filters that are registered with The HDF Group, for messages about those that cannot be undone.
 *
 * @see <a href="https://github.com/HDFGroup/hdf5_plugins/blob/master/docs/RegisteredFilterPlugins.md">the register</a>
 */
final class RegisteredFilterNames {
    private static final Map<Integer, String> NAMES = Map.ofEntries(
            Map.entry(1, "deflate"),
            Map.entry(2, "shuffle"),
            Map.entry(3, "fletcher32"),
            Map.entry(4, "szip"),
            Map.entry(5, "nbit"),
            Map.entry(6, "scaleoffset"),
            Map.entry(305, "LZO"),
            Map.entry(307, "bzip2"),
            Map.entry(32000, "LZF"),
            Map.entry(32001, "Blosc"),
            Map.entry(32002, "MAFISC"),
            Map.entry(32003, "Snappy"),
            Map.entry(32004, "LZ4"),
            Map.entry(32005, "APAX"),
            Map.entry(32006, "CBF"),
            Map.entry(32007, "JPEG-XR"),
            Map.entry(32008, "bitshuffle"),
            Map.entry(32009, "SPDP"),
            Map.entry(32010, "LPC-Rice"),
            Map.entry(32011, "CCSDS-123"),
            Map.entry(32012, "JPEG-LS"),
            Map.entry(32013, "ZFP"),
            Map.entry(32014, "fpzip"),
            Map.entry(32015, "Zstandard"),
            Map.entry(32016, "B3D"),
            Map.entry(32017, "SZ"),
            Map.entry(32018, "FCIDECOMP"),
            Map.entry(32019, "JPEG"),
            Map.entry(32020, "VBZ"),
            Map.entry(32021, "FAPEC"),
            Map.entry(32022, "BitGroom"),
            Map.entry(32023, "Granular BitRound"),
            Map.entry(32024, "SZ3"),
            Map.entry(32025, "Delta-Rice"),
            Map.entry(32026, "Blosc2"),
            Map.entry(32027, "FLAC"),
            Map.entry(32028, "SPERR"),
            Map.entry(32029, "TERSE/PROLIX"),
            Map.entry(32030, "FFMPEG"),
            Map.entry(32033, "HTJ2K"));

    private RegisteredFilterNames() {}

    /** The name of a registered filter; empty for an identifier that is not known. */
    static String nameOf(int id) {
        return NAMES.getOrDefault(id, "");
    }
}
