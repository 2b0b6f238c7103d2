# SPDX-License-Identifier: Apache-2.0
"""Vectors for filters that are plugins of libhdf5."""


def zfp(v):
    pass


def fcidecomp(v):
    pass
