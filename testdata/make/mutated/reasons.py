# SPDX-License-Identifier: Apache-2.0
"""Why libhdf5 and h5coro may answer otherwise of a damaged file, each with the reason by which it is told."""


def of(data, key, their, our, theirs):
    """The class of a difference, or None. theirs: all that libhdf5 answers of the file."""
    if key.endswith("=") and theirs.get(key[:-1] + "!") in ("out of order", "not found"):
        listed = theirs.get(key[:-1] + "*", "")
        if listed == our:
            return "libhdf5 searches a damaged chunk index and misses chunks of its own listing; of these it reads what we do"
        if listed == "values elsewhere in the file":
            return "libhdf5 searches a damaged chunk index of variable-length values; not compared with its own listing"
    return None
