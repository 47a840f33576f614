"""A dispatch by ctypes: its pairs, a pairing changed, the PDF.  usage: ctypes-caller.py LIBRARY DISPATCH PDF"""
import ctypes as c
import sys


class Bead(c.Structure):
    """DiglotBead"""
    _fields_ = [("a", c.c_uint), ("n_a", c.c_uint), ("b", c.c_uint), ("n_b", c.c_uint), ("score", c.c_double)]


diglot, dispatch, pdf = c.CDLL(sys.argv[1]), sys.argv[2], sys.argv[3]
glib = c.CDLL("libglib-2.0.so.0")

for name in ("diglot_options_new", "diglot_converter_new", "diglot_input_new", "diglot_input_convert", "diglot_result_bytes", "diglot_read_file",
             "diglot_alignment_new_from_beads", "diglot_input_beads"):
    getattr(diglot, name).restype = c.c_void_p
diglot.diglot_version.restype = c.c_char_p
glib.g_bytes_get_data.restype = c.c_void_p
glib.g_bytes_unref.argtypes = [c.c_void_p]

options = c.c_void_p(diglot.diglot_options_new())
converter = c.c_void_p(diglot.diglot_converter_new(options, None))
text = c.c_void_p(diglot.diglot_read_file(dispatch.encode(), None))
source = c.c_void_p(diglot.diglot_input_new(converter, text, dispatch.rsplit("/", 1)[-1].encode()))


def beads():
    n = c.c_uint()
    first = c.cast(diglot.diglot_input_beads(source, 0, c.byref(n)), c.POINTER(Bead))
    return [first[i] for i in range(n.value)]


def convert(file_format):
    result = c.c_void_p(diglot.diglot_input_convert(source, 0, file_format))
    size = c.c_size_t()
    made = c.c_void_p(diglot.diglot_result_bytes(result))
    data = c.string_at(glib.g_bytes_get_data(made, c.byref(size)), size.value)
    diglot.diglot_result_free(result)
    return data


print("diglot", diglot.diglot_version().decode())
for bead in beads():
    print("%u-%u" % (bead.n_a, bead.n_b), bead.a, bead.b, "%.2f" % bead.score)
with open(pdf, "wb") as out:
    out.write(convert(0))

merged = c.c_void_p(diglot.diglot_alignment_new_from_beads(0, (Bead * 1)(Bead(0, 2, 0, 1, 0)), 1))
diglot.diglot_input_align(source, merged, None)
assert (beads()[0].n_a, beads()[0].n_b) == (2, 1)

diglot.diglot_input_free(source)
diglot.diglot_alignment_free(merged)
glib.g_bytes_unref(text)
diglot.diglot_converter_free(converter)
diglot.diglot_options_free(options)
