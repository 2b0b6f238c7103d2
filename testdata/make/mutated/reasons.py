# SPDX-License-Identifier: Apache-2.0
"""Why libhdf5 and h5coro may answer otherwise of a damaged file, each with the reason by which it is told."""


def of(data, key, their, our, theirs):
    """The class of a difference, or None. theirs: all that libhdf5 answers of the file."""
    if key.endswith("=") and theirs.get(key[:-1] + "!") in ("out of order", "not found"):
        return "libhdf5 searches a chunk index that is out of order or damaged inside, and misses chunks that its own listing has"
    return None
