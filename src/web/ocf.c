/* ocf.c: see ocf.h. */
#include "web/ocf.h"

#include <string.h>
#include <zip.h>
#include <zlib.h>

#define UTF8_NAMES   (1 << 11) /* APPNOTE 6.3, 4.4.4 */
#define DOS_MADE_BY  20
#define FIRST_OF_DOS ((1 << 5) | 1) /* 1 January 1980, the first day that a ZIP can tell */

struct DgOcf {
  GByteArray *bytes;
  gsize       at; /* where the next byte goes */
  zipFile     file;
};

/* A file of minizip's that lies in memory. */

static voidpf
open_file (voidpf opaque, const void *name, int mode)
{
  (void) name;
  (void) mode;
  return opaque;
}

static uLong
read_file (voidpf opaque, voidpf stream, void *buffer, uLong size)
{
  DgOcf *pack = opaque;
  gsize  n = pack->at < pack->bytes->len ? MIN (size, pack->bytes->len - pack->at) : 0;

  (void) stream;
  memcpy (buffer, pack->bytes->data + pack->at, n);
  pack->at += n;
  return (uLong) n;
}

static uLong
write_file (voidpf opaque, voidpf stream, const void *buffer, uLong size)
{
  DgOcf *pack = opaque;

  (void) stream;
  if (pack->at + size > pack->bytes->len)
    g_byte_array_set_size (pack->bytes, (guint) (pack->at + size));
  memcpy (pack->bytes->data + pack->at, buffer, size);
  pack->at += size;
  return size;
}

static ZPOS64_T
tell_file (voidpf opaque, voidpf stream)
{
  (void) stream;
  return ((const DgOcf *) opaque)->at;
}

static long
seek_file (voidpf opaque, voidpf stream, ZPOS64_T offset, int origin)
{
  DgOcf *pack = opaque;

  (void) stream;
  pack->at = (gsize) offset + (origin == ZLIB_FILEFUNC_SEEK_CUR ? pack->at : origin == ZLIB_FILEFUNC_SEEK_END ? pack->bytes->len : 0);
  return 0;
}

static int
close_file (voidpf opaque, voidpf stream)
{
  (void) opaque;
  (void) stream;
  return 0;
}

DgOcf *
dg_ocf_new (void)
{
  DgOcf              *pack = g_new0 (DgOcf, 1);
  zlib_filefunc64_def functions = { open_file, read_file, write_file, tell_file, seek_file, close_file, close_file, pack };

  pack->bytes = g_byte_array_new ();
  pack->file = zipOpen2_64 ("", APPEND_STATUS_CREATE, NULL, &functions);
  g_assert (pack->file != NULL);
  return pack;
}

void
dg_ocf_add (DgOcf *pack, const char *name, GBytes *bytes, gboolean is_stored)
{
  zip_fileinfo  info = { .dosDate = FIRST_OF_DOS << 16 };
  gsize         length;
  gconstpointer data = g_bytes_get_data (bytes, &length);

  if (zipOpenNewFileInZip4_64 (pack->file, name, &info, NULL, 0, NULL, 0, NULL, is_stored ? 0 : Z_DEFLATED, Z_BEST_COMPRESSION, FALSE, -MAX_WBITS,
                               MAX_MEM_LEVEL, Z_DEFAULT_STRATEGY, NULL, 0, DOS_MADE_BY, UTF8_NAMES, FALSE)
        != ZIP_OK
      || zipWriteInFileInZip (pack->file, data, (unsigned) length) != ZIP_OK || zipCloseFileInZip (pack->file) != ZIP_OK)
    g_error ("a file in memory cannot be written"); /* there is no memory for it, which GLib says in the same way */
}

GBytes *
dg_ocf_finish (DgOcf *pack)
{
  GBytes *bytes;

  zipClose (pack->file, NULL);
  bytes = g_byte_array_free_to_bytes (pack->bytes);
  g_free (pack);
  return bytes;
}
