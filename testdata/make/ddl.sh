#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Writes what h5dump (1.10, Debian's hdf5-tools) prints for the cases of the command's tests.
# Cases are chosen where later versions of h5dump print the same.
set -eu
here=$(CDPATH='' cd -- "$(dirname "$0")" && pwd)
ddl=$here/../../h5coro-cli/src/test/resources/ddl
ddl=$(CDPATH='' cd -- "$ddl" && pwd)
cd "$here/../src/main/resources/fixtures"
while read -r name arguments; do
    # shellcheck disable=SC2086 # words without blanks
    set -f
    h5dump $arguments >"$ddl/$name.ddl"
done <"$ddl/cases.txt"
