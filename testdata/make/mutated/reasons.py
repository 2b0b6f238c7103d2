# SPDX-License-Identifier: Apache-2.0
"""Why libhdf5 and h5coro may answer otherwise of a damaged file, each with the reason by which it is told."""


MISSED = ("out of order", "not found")


def of(data, key, their, our, theirs):
    """The class of a difference, or None. theirs: all that libhdf5 answers of the file."""
    if not key.endswith("="):
        return None
    search = theirs.get(key[:-1] + "!")
    if search == "virtual" and any(k.endswith("!") and v in MISSED for k, v in theirs.items()):
        return "a virtual dataset in a file with a dataset of which libhdf5's search misses chunks"
    if our == theirs.get(key[:-1] + "^"):
        if search == "not found by name":
            return "a virtual dataset with a source that libhdf5 lists and does not find by its name; it has our values"
        return "libhdf5 converts what is no number in a virtual dataset; of the sources it reads what we do"
    if search in MISSED:
        listed = theirs.get(key[:-1] + "*", "")
        if listed == our:
            return "libhdf5's search misses chunks of its own listing of a damaged index; of these it reads what we do"
        if listed == "values elsewhere in the file":
            return "libhdf5 searches a damaged chunk index of variable-length values; not compared with its own listing"
    return None
