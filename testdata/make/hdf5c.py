# SPDX-License-Identifier: Apache-2.0
"""The libhdf5 that h5py bundles, called directly: for what h5py's own API does not expose."""

import ctypes
import os

import h5py
import hdf5plugin  # noqa: F401  (registers the plugin filters with this libhdf5)

hid = ctypes.c_int64
LIB = ctypes.CDLL(next(line.split()[-1] for line in open("/proc/self/maps") if "/libhdf5-" in line))
INVALID = -1

# every function whose result or arguments are not plain C ints
_SIGNATURES = {
    "H5Tget_size": (ctypes.c_size_t, [hid]),
    "H5Tget_precision": (ctypes.c_size_t, [hid]),
    "H5Tget_ebias": (ctypes.c_size_t, [hid]),
    "H5Tget_super": (hid, [hid]),
    "H5Tget_native_type": (hid, [hid, ctypes.c_int]),
    "H5Tget_tag": (ctypes.c_void_p, [hid]),
    "H5Tget_member_name": (ctypes.c_void_p, [hid, ctypes.c_uint]),
    "H5Tget_member_type": (hid, [hid, ctypes.c_uint]),
    "H5Tget_member_offset": (ctypes.c_size_t, [hid, ctypes.c_uint]),
    "H5Tget_member_value": (ctypes.c_int, [hid, ctypes.c_uint, ctypes.c_void_p]),
    "H5Tget_array_dims2": (ctypes.c_int, [hid, ctypes.c_void_p]),
    "H5Tget_fields": (ctypes.c_int, [hid] + [ctypes.c_void_p] * 5),
    "H5Tset_fields": (ctypes.c_int, [hid] + [ctypes.c_size_t] * 5),
    "H5Tset_ebias": (ctypes.c_int, [hid, ctypes.c_size_t]),
    "H5Tset_size": (ctypes.c_int, [hid, ctypes.c_size_t]),
    "H5Tset_precision": (ctypes.c_int, [hid, ctypes.c_size_t]),
    "H5Tset_offset": (ctypes.c_int, [hid, ctypes.c_size_t]),
    "H5Tset_order": (ctypes.c_int, [hid, ctypes.c_int]),
    "H5Tset_norm": (ctypes.c_int, [hid, ctypes.c_int]),
    "H5Tcopy": (hid, [hid]),
    "H5Tcreate": (hid, [ctypes.c_int, ctypes.c_size_t]),
    "H5Tvlen_create": (hid, [hid]),
    "H5Tcomplex_create": (hid, [hid]),
    "H5Tarray_create2": (hid, [hid, ctypes.c_uint, ctypes.c_void_p]),
    "H5Tinsert": (ctypes.c_int, [hid, ctypes.c_char_p, ctypes.c_size_t, hid]),
    "H5Tcommit2": (ctypes.c_int, [hid, ctypes.c_char_p, hid, hid, hid, hid]),
    "H5Pcreate": (hid, [hid]),
    "H5Pset_obj_track_times": (ctypes.c_int, [hid, ctypes.c_bool]),
    "H5Tclose": (ctypes.c_int, [hid]),
    "H5Dget_type": (hid, [hid]),
    "H5Dget_space": (hid, [hid]),
    "H5Dcreate2": (hid, [hid, ctypes.c_char_p, hid, hid, hid, hid, hid]),
    "H5Dopen2": (hid, [hid, ctypes.c_char_p, hid]),
    "H5Dclose": (ctypes.c_int, [hid]),
    "H5Dread": (ctypes.c_int, [hid, hid, hid, hid, hid, ctypes.c_void_p]),
    "H5Dwrite": (ctypes.c_int, [hid, hid, hid, hid, hid, ctypes.c_void_p]),
    "H5Dget_chunk_index_type": (ctypes.c_int, [hid, ctypes.c_void_p]),
    "H5Acreate2": (hid, [hid, ctypes.c_char_p, hid, hid, hid, hid]),
    "H5Awrite": (ctypes.c_int, [hid, hid, ctypes.c_void_p]),
    "H5Aclose": (ctypes.c_int, [hid]),
    "H5Aget_type": (hid, [hid]),
    "H5Aread": (ctypes.c_int, [hid, hid, ctypes.c_void_p]),
    "H5Pset_chunk_opts": (ctypes.c_int, [hid, ctypes.c_uint]),
    "H5Pget_chunk_opts": (ctypes.c_int, [hid, ctypes.c_void_p]),
    "H5Pset_deflate": (ctypes.c_int, [hid, ctypes.c_uint]),
    "H5Pset_nbit": (ctypes.c_int, [hid]),
    "H5Pset_fill_value": (ctypes.c_int, [hid, hid, ctypes.c_void_p]),
    "H5Pset_istore_k": (ctypes.c_int, [hid, ctypes.c_uint]),
    "H5Pset_sym_k": (ctypes.c_int, [hid, ctypes.c_uint, ctypes.c_uint]),
    "H5Pset_link_phase_change": (ctypes.c_int, [hid, ctypes.c_uint, ctypes.c_uint]),
    "H5Pset_est_link_info": (ctypes.c_int, [hid, ctypes.c_uint, ctypes.c_uint]),
    "H5Pset_shared_mesg_nindexes": (ctypes.c_int, [hid, ctypes.c_uint]),
    "H5Pset_shared_mesg_index": (ctypes.c_int, [hid, ctypes.c_uint, ctypes.c_uint, ctypes.c_uint]),
    "H5Pset_shared_mesg_phase_change": (ctypes.c_int, [hid, ctypes.c_uint, ctypes.c_uint]),
    "H5Pset_filter": (ctypes.c_int, [hid, ctypes.c_int, ctypes.c_uint, ctypes.c_size_t, ctypes.c_void_p]),
    "H5Pset_virtual_printf_gap": (ctypes.c_int, [hid, ctypes.c_uint64]),
    "H5Pset_char_encoding": (ctypes.c_int, [hid, ctypes.c_int]),
    "H5Pset_mdc_image_config": (ctypes.c_int, [hid, ctypes.c_void_p]),
    "H5Pset_file_space_strategy": (ctypes.c_int, [hid, ctypes.c_int, ctypes.c_bool, ctypes.c_uint64]),
    "H5Pset_fapl_multi": (ctypes.c_int, [hid] + [ctypes.c_void_p] * 4 + [ctypes.c_bool]),
    "H5Pset_fapl_onion": (ctypes.c_int, [hid, ctypes.c_void_p]),
    "H5Oset_comment": (ctypes.c_int, [hid, ctypes.c_char_p]),
    "H5Rcreate_object": (ctypes.c_int, [hid, ctypes.c_char_p, hid, ctypes.c_void_p]),
    "H5Rcreate_region": (ctypes.c_int, [hid, ctypes.c_char_p, hid, hid, ctypes.c_void_p]),
    "H5Rcreate_attr": (ctypes.c_int, [hid, ctypes.c_char_p, ctypes.c_char_p, hid, ctypes.c_void_p]),
    "H5Rcreate": (ctypes.c_int, [ctypes.c_void_p, hid, ctypes.c_char_p, ctypes.c_int, hid]),
    "H5Ropen_object": (hid, [ctypes.c_void_p, hid, hid]),
    "H5Ropen_region": (hid, [ctypes.c_void_p, hid, hid]),
    "H5Rget_attr_name": (ctypes.c_ssize_t, [ctypes.c_void_p, ctypes.c_void_p, ctypes.c_size_t]),
    "H5Rget_type": (ctypes.c_int, [ctypes.c_void_p]),
    "H5Rdereference2": (hid, [hid, hid, ctypes.c_int, ctypes.c_void_p]),
    "H5Rget_region": (hid, [hid, ctypes.c_int, ctypes.c_void_p]),
    "H5Sget_select_npoints": (ctypes.c_int64, [hid]),
    "H5Sclose": (ctypes.c_int, [hid]),
    "H5Oclose": (ctypes.c_int, [hid]),
    "H5Lcreate_ud": (ctypes.c_int, [hid, ctypes.c_char_p, ctypes.c_int, ctypes.c_void_p, ctypes.c_size_t, hid, hid]),
    "H5Lregister": (ctypes.c_int, [ctypes.c_void_p]),
    "H5Oget_info3": (ctypes.c_int, [hid, ctypes.c_void_p, ctypes.c_uint]),
    "H5free_memory": (ctypes.c_int, [ctypes.c_void_p]),
}
for _name in ("class", "order", "sign", "strpad", "cset", "norm", "nmembers", "array_ndims", "offset"):
    _SIGNATURES["H5Tget_" + _name] = (ctypes.c_int, [hid])
_SIGNATURES["H5Tis_variable_str"] = (ctypes.c_int, [hid])
_SIGNATURES["H5Tequal"] = (ctypes.c_int, [hid, hid])
for _name, (_result, _arguments) in _SIGNATURES.items():
    _function = getattr(LIB, _name)
    _function.restype, _function.argtypes = _result, _arguments


def call(name, *arguments):
    """Calls a function of libhdf5; a negative answer is an error."""
    answer = getattr(LIB, name)(*arguments)
    if isinstance(answer, int) and answer < 0:
        raise RuntimeError("%s failed%s" % (name, innermost_error()))
    return answer


class ErrorEntry(ctypes.Structure):
    _fields_ = [("ids", ctypes.c_int64 * 3), ("line", ctypes.c_uint)] + [
        (name, ctypes.c_char_p) for name in ("function", "file", "text")
    ]


WALKER = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_uint, ctypes.POINTER(ErrorEntry), ctypes.c_void_p)
LIB.H5Ewalk2.restype, LIB.H5Ewalk2.argtypes = ctypes.c_int, [hid, ctypes.c_int, WALKER, ctypes.c_void_p]


def innermost_error():
    """What the last call found wrong where it failed first."""
    said = []

    def entry(_, found, __):
        parts = (found[0].function, found[0].text)
        said.append(" (%s: %s)" % tuple((part or b"").decode(errors="replace") for part in parts))
        return 1

    LIB.H5Ewalk2(0, 0, WALKER(entry), None)
    return said[0] if said else ""


def taken_string(pointer):
    """The C string at an address that libhdf5 allocated for us; frees it."""
    text = ctypes.string_at(pointer)
    LIB.H5free_memory(pointer)
    return text


def global_type(name):
    """The id of a predefined datatype such as H5T_IEEE_F32LE."""
    LIB.H5open()
    return hid.in_dll(LIB, name + "_g").value


class ObjectInfo(ctypes.Structure):
    _fields_ = [
        ("fileno", ctypes.c_ulong),
        ("token", ctypes.c_ubyte * 16),
        ("type", ctypes.c_int),
        ("rc", ctypes.c_uint),
        ("times", ctypes.c_int64 * 4),
        ("num_attrs", ctypes.c_uint64),
    ]


def token(object_id):
    """What identifies an object inside its file: its token's bytes."""
    info = ObjectInfo()
    call("H5Oget_info3", object_id, ctypes.byref(info), 1)
    return bytes(info.token)


BOUNDS = {"earliest": 0, "v18": 1, "v110": 2, "v112": 3, "v114": 4, "v200": 5}
LATEST = max(BOUNDS.values())


def create(path, bound="earliest", fcpl=None, fapl=None, high=None):
    """A new file whose objects have at least the format of the named library version, without time stamps.

    fcpl: called with the creation property list before use."""
    if os.path.exists(path):
        os.remove(path)
    creation = h5py.h5p.create(h5py.h5p.FILE_CREATE)
    creation.set_obj_track_times(False)
    if fcpl:
        fcpl(creation)
    access = fapl or h5py.h5p.create(h5py.h5p.FILE_ACCESS)
    access.set_libver_bounds(BOUNDS[bound], LATEST if high is None else BOUNDS[high])
    access.set_fclose_degree(h5py.h5f.CLOSE_STRONG)
    return h5py.File(h5py.h5f.create(os.fsencode(path), h5py.h5f.ACC_TRUNC, creation, access))


def group(parent, name, setup=None):
    """A new group without time stamps; setup is called with its creation property list."""
    gcpl = h5py.h5p.create(h5py.h5p.GROUP_CREATE)
    gcpl.set_obj_track_times(False)
    if setup:
        setup(gcpl)
    lcpl = h5py.h5p.create(h5py.h5p.LINK_CREATE)
    lcpl.set_create_intermediate_group(True)
    return h5py.Group(h5py.h5g.create(parent.id, name.encode(), lcpl, gcpl))
