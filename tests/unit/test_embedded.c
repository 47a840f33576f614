/* test_embedded.c: font programs as files: their tables stand where the directory says, none over another, each with its sum (OpenType 1.9, otff); and of
 * what kind of face, broken how, no program is made. */
#include <string.h>

#include "diglot.h"
#include "pdf/program.h"

#define FACE "tests/faces/boxes-regular.ttf"

static guint32
be32 (const guint8 *bytes)
{
  return (guint32) bytes[0] << 24 | (guint32) bytes[1] << 16 | (guint32) bytes[2] << 8 | bytes[3];
}

static guint
be16 (const guint8 *bytes)
{
  return (guint) bytes[0] << 8 | bytes[1];
}

/* A program of @n glyphs of the face in @file, @file_length bytes. */
static GBytes *
embed (const void *file, gsize file_length, guint n, gboolean as_cff, GError **error)
{
  hb_blob_t            *blob = hb_blob_create (file, (unsigned int) file_length, HB_MEMORY_MODE_READONLY, NULL, NULL);
  hb_face_t            *face = hb_face_create (blob, 0);
  g_autofree DgPdfPart *parts = g_new0 (DgPdfPart, n);
  g_autofree DgPdfCode *codes = g_new0 (DgPdfCode, n);
  DgPdfProgram          program = { &face, 1, 0, codes, n, parts };
  GBytes               *bytes;

  for (guint i = 0; i < n; i++) {
    parts[i] = (DgPdfPart){ 0, i, i % 3 == 2 ? 60 : 0, 0, DG_PDF_SCALE };
    codes[i] = (DgPdfCode){ 400 + (int) i, i, 1 };
  }
  bytes = as_cff ? dg_pdf_cff_new (&program, error) : dg_pdf_glyf_new (&program, error);
  hb_face_destroy (face);
  hb_blob_destroy (blob);
  return bytes;
}

static void
check_directory (const guint8 *data, gsize length)
{
  guint   n = be16 (data + 4), end = 12 + 16 * n;
  guint32 sum = 0, last = 0;

  for (guint i = 0; i < n; i++) {
    const guint8 *entry = data + 12 + 16 * i;
    guint32       tag = be32 (entry), at = be32 (entry + 8), size = be32 (entry + 12), own = 0;

    g_assert_cmpuint (tag, >, last); /* in the order of their names */
    g_assert_cmpuint (at % 4, ==, 0);
    g_assert_cmpuint (at, ==, end); /* one behind the other */
    end = at + (size + 3) / 4 * 4;
    g_assert_cmpuint (end, <=, length);
    for (guint k = 0; k < (size + 3) / 4; k++)
      own += tag == 0x68656164 && k == 2 ? 0 : be32 (data + at + 4 * k); /* head, without the sum of all */
    g_assert_cmpuint (own, ==, be32 (entry + 4));
    last = tag;
  }
  g_assert_cmpuint (end, ==, length);
  for (gsize k = 0; k < length / 4; k++)
    sum += be32 (data + 4 * k);
  g_assert_cmpuint (sum, ==, 0xB1B0AFBA);
}

/* Whatever the number of glyphs, and so the lengths of the tables. */
static void
test_directory (void)
{
  g_autofree char *file = NULL;
  gsize            length;

  g_assert_true (g_file_get_contents (FACE, &file, &length, NULL));
  for (guint n = 1; n < 60; n++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GBytes) bytes = embed (file, length, n, FALSE, &error);

    g_assert_no_error (error);
    check_directory (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  }
}

/* A face without one of the tables, or with one that is cut short, is refused with a word for it, or its glyphs are blank: nothing beyond its end is read. */
static void
test_short_tables (void)
{
  static const struct {
    const char *tag;
    guint       least; /* bytes, below which it is refused; 0: it may be empty */
  } tables[] = { { "head", 54 }, { "hhea", 36 }, { "maxp", 32 }, { "glyf", 0 }, { "loca", 0 }, { "hmtx", 0 } };
  g_autofree char *file = NULL;
  gsize            length;

  g_assert_true (g_file_get_contents (FACE, &file, &length, NULL));
  for (guint t = 0; t < G_N_ELEMENTS (tables); t++)
    for (guint i = 0; i < be16 ((const guint8 *) file + 4); i++) {
      const guint8 *entry = (const guint8 *) file + 12 + 16 * i;
      guint         whole = be32 (entry + 12);

      if (memcmp (entry, tables[t].tag, 4) != 0)
        continue;
      for (guint size = 0; size <= whole; size += size < 64 || size + 7 > whole ? 1 : 7) {
        /* Cut off at the very end, so that a reader beyond it is one beyond the file. */
        g_autofree guint8 *cut = g_malloc (length + size);
        guint32            at = GUINT32_TO_BE ((guint32) length), shorter = GUINT32_TO_BE (size);
        g_autoptr (GError) error = NULL;
        g_autoptr (GBytes) bytes = NULL, other = NULL;

        memcpy (cut, file, length);
        memcpy (cut + length, file + be32 (entry + 8), size);
        memcpy (cut + 12 + 16 * i + 8, &at, 4);
        memcpy (cut + 12 + 16 * i + 12, &shorter, 4);
        bytes = embed (cut, length + size, 40, FALSE, &error);
        g_assert_true ((bytes != NULL) == (error == NULL));
        g_assert_true ((bytes == NULL) == (size < tables[t].least));
        if (bytes != NULL)
          check_directory (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
        else
          g_assert_error (error, DIGLOT_ERROR, DIGLOT_ERROR_FONT);
        other = embed (cut, length + size, 40, TRUE, NULL);
      }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/embedded/directory", test_directory);
  g_test_add_func ("/embedded/short-tables", test_short_tables);
  return g_test_run ();
}
