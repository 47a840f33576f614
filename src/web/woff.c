/* woff.c: see woff.h.  Numbers of the format are big-endian. */
#include "web/woff.h"

#include <brotli/encode.h>
#include <hb-subset.h>
#include <string.h>

#define SIGNATURE     0x774F4632u /* wOF2 */
#define HEADER        48u
#define EMPTY_FIELDS  24u /* bytes of the header: version, metadata, private data */
#define SFNT_HEADER   12u
#define SFNT_ENTRY    16u
#define ANY_TAG       63u
#define UNTRANSFORMED (3u << 6) /* of glyf and loca; of other tables that is 0 */
#define HEAD_FLAGS    16u       /* byte of the flags in head */
#define HEAD_LOSSLESS 0x08      /* in their upper half: the face was packed and unpacked */
#define MOST_TABLES   64u
#define GLYF          HB_TAG ('g', 'l', 'y', 'f')
#define LOCA          HB_TAG ('l', 'o', 'c', 'a')

/* The tags that have a number of their own (5.2), in their order. */
static const char known_tags[] =
  "cmapheadhheahmtxmaxpnameOS/2postcvt fpgmglyflocaprepCFF VORGEBDTEBLCgasphdmxkernLTSHPCLTVDMXvheavmtxBASEGDEFGPOSGSUBEBSCJSTFMATH"
  "CBDTCBLCCOLRCPALSVG sbixacntavarbdatblocbslncvarfdscfeatfmtxfvargvarhstyjustlcarmortmorxopbdproptrakZapfSilfGlatGlocFeatSill";

typedef struct {
  hb_face_t  *face;
  GByteArray *directory, *tables;
  guint       n, size; /* tables, and bytes of the face that they make when unpacked */
  gboolean    is_cff;
} Packer;

static void
add_number (GByteArray *out, guint bytes, guint32 n)
{
  for (guint i = bytes; i-- > 0;) {
    guint8 byte = (guint8) (n >> (8 * i));

    g_byte_array_append (out, &byte, 1);
  }
}

/* UIntBase128 (4.1): seven bits a byte, the highest first, all but the last with the eighth set. */
static void
add_length (GByteArray *out, guint32 n)
{
  guint more = 0;

  while (more < 4 && n >> (7 * (more + 1)) != 0)
    more++;
  for (; more > 0; more--)
    add_number (out, 1, 0x80 | (n >> (7 * more) & 0x7F));
  add_number (out, 1, n & 0x7F);
}

static void
add_entry (GByteArray *directory, hb_tag_t tag, guint32 length)
{
  char  name[4];
  guint n = 0;

  hb_tag_to_string (tag, name);
  while (n < ANY_TAG && memcmp (known_tags + 4 * (gsize) n, name, 4) != 0)
    n++;
  add_number (directory, 1, n | (tag == GLYF || tag == LOCA ? UNTRANSFORMED : 0));
  if (n == ANY_TAG)
    add_number (directory, 4, tag);
  add_length (directory, length);
}

static void
add_table (Packer *packer, hb_tag_t tag)
{
  hb_blob_t    *blob = hb_face_reference_table (packer->face, tag);
  unsigned int  length;
  const guint8 *bytes = (const guint8 *) hb_blob_get_data (blob, &length);
  guint         at = packer->tables->len;

  add_entry (packer->directory, tag, length);
  g_byte_array_append (packer->tables, bytes, length);
  if (tag == HB_TAG ('h', 'e', 'a', 'd') && length > HEAD_FLAGS)
    packer->tables->data[at + HEAD_FLAGS] |= HEAD_LOSSLESS;
  packer->size += SFNT_ENTRY + ((length + 3) & ~3u);
  packer->is_cff = packer->is_cff || tag == HB_TAG ('C', 'F', 'F', ' ');
  packer->n++;
  hb_blob_destroy (blob);
}

/* All tables; where glyphs lie is told right behind them (5.3). */
static void
add_tables (Packer *packer)
{
  hb_tag_t     tags[MOST_TABLES];
  unsigned int n = MOST_TABLES;

  hb_face_get_table_tags (packer->face, 0, &n, tags);
  for (guint i = 0; i < n; i++) {
    if (tags[i] != LOCA)
      add_table (packer, tags[i]);
    if (tags[i] == GLYF)
      add_table (packer, LOCA);
  }
}

static GBytes *
write_file (const Packer *packer, const guint8 *packed, gsize size)
{
  static const guint8 empty[EMPTY_FIELDS] = { 0 };
  GByteArray         *out = g_byte_array_new ();
  gsize               length = (HEADER + packer->directory->len + size + 3) & ~(gsize) 3;

  add_number (out, 4, SIGNATURE);
  add_number (out, 4, packer->is_cff ? HB_TAG ('O', 'T', 'T', 'O') : 0x00010000);
  add_number (out, 4, (guint32) length);
  add_number (out, 2, packer->n);
  add_number (out, 2, 0);
  add_number (out, 4, packer->size);
  add_number (out, 4, (guint32) size);
  g_byte_array_append (out, empty, sizeof empty);
  g_byte_array_append (out, packer->directory->data, packer->directory->len);
  g_byte_array_append (out, packed, (guint) size);
  g_byte_array_append (out, empty, (guint) length - out->len);
  return g_byte_array_free_to_bytes (out);
}

static GBytes *
pack (hb_face_t *face)
{
  Packer             packer = { face, g_byte_array_new (), g_byte_array_new (), 0, SFNT_HEADER, FALSE };
  g_autofree guint8 *packed = NULL;
  gsize              size;
  GBytes            *bytes = NULL;

  add_tables (&packer);
  size = BrotliEncoderMaxCompressedSize (packer.tables->len);
  packed = g_malloc (size);
  if (BrotliEncoderCompress (BROTLI_MAX_QUALITY, BROTLI_DEFAULT_WINDOW, BROTLI_MODE_FONT, packer.tables->len, packer.tables->data, &size, packed))
    bytes = write_file (&packer, packed, size);
  g_byte_array_unref (packer.directory);
  g_byte_array_unref (packer.tables);
  return bytes;
}

GBytes *
dg_woff_new (hb_face_t *face, const hb_set_t *chars)
{
  hb_subset_input_t *input = hb_subset_input_create_or_fail ();
  hb_set_t          *own = hb_set_create ();
  hb_face_t         *subset = NULL;
  GBytes            *bytes = NULL;

  hb_face_collect_unicodes (face, own);
  hb_set_intersect (own, chars);
  if (input != NULL && !hb_set_is_empty (own)) {
    hb_set_union (hb_subset_input_unicode_set (input), own);
    subset = hb_subset_or_fail (face, input);
  }
  if (subset != NULL) {
    /* As a file: of a face that is only built not every HarfBuzz tells the tables. */
    hb_blob_t *file = hb_face_reference_blob (subset);
    hb_face_t *read = hb_face_create (file, 0);

    bytes = pack (read);
    hb_face_destroy (read);
    hb_blob_destroy (file);
  }
  hb_face_destroy (subset);
  hb_set_destroy (own);
  hb_subset_input_destroy (input);
  return bytes;
}
