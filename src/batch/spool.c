/* spool.c: kinds of archives are known by the bytes that they begin with. */
#include "batch/spool.h"

#include "base/input.h"
#include "batch/store.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define HEAD  512 /* bytes that tell an archive: a tar does so at its 257th */
#define BLOCK (64 * 1024)

/* A zip of a word processor is a document, and its first member says so. */
static gboolean
is_document (const guint8 *head, gsize length)
{
  static const char *const names[] = { "[Content_Types].xml", "mimetype", "_rels/", "word/" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (length >= 30 + strlen (names[i]) && memcmp (head + 30, names[i], strlen (names[i])) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
is_archive_head (const guint8 *head, gsize length)
{
  static const struct {
    gsize       at, length;
    const char *mark;
  } marks[] = {
    { 0, 2, "\x1F\x8B" }, { 0, 6, "\xFD\x37zXZ\0" }, { 0, 4, "\x28\xB5\x2F\xFD" }, { 0, 3, "BZh" }, { 0, 6, "7z\xBC\xAF\x27\x1C" },
    { 257, 5, "ustar" },  { 0, 5, "WARC/" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
    if (length >= marks[i].at + marks[i].length && memcmp (head + marks[i].at, marks[i].mark, marks[i].length) == 0)
      return TRUE;
  return length >= 4 && memcmp (head, "PK\3\4", 4) == 0 && !is_document (head, length);
}

/* Up to the end, and of what is no archive to a little more than may be read of it. */
static gboolean
copy (int to)
{
  g_autofree guint8 *block = g_malloc (BLOCK);
  gsize              held = 0, total = 0;
  gssize             n;
  gboolean           is_whole = FALSE;

  do {
    n = read (STDIN_FILENO, block + held, BLOCK - held);
    if (n < 0 && errno != EINTR)
      return FALSE;
    held += (gsize) MAX (n, 0);
    if (n != 0 && (n < 0 || (total == 0 && held < HEAD)))
      continue;
    is_whole = is_whole || (total == 0 && is_archive_head (block, held));
    if (!dg_store_fill (to, block, held))
      return FALSE;
    total += held;
    held = 0;
  } while (n != 0 && (is_whole || total <= DG_INPUT_MAX));
  return TRUE;
}

gboolean
dg_spool_stdin (gboolean *is_archive, GError **error)
{
  guint8      head[HEAD];
  struct stat info;
  gssize      n;

  *is_archive = FALSE;
  if (isatty (STDIN_FILENO))
    return TRUE;
  if (fstat (STDIN_FILENO, &info) == 0 && !S_ISREG (info.st_mode)) {
    int fd = dg_store_open_nameless ();

    if (fd < 0 || !copy (fd) || lseek (fd, 0, SEEK_SET) != 0 || dup2 (fd, STDIN_FILENO) < 0) {
      g_set_error (error, DIGLOT_ERROR, DIGLOT_ERROR_READ, "cannot be read: %s", g_strerror (errno));
      if (fd >= 0)
        close (fd);
      return FALSE;
    }
    close (fd);
  }
  n = lseek (STDIN_FILENO, 0, SEEK_CUR) == 0 ? pread (STDIN_FILENO, head, sizeof head, 0) : -1;
  *is_archive = n > 0 && is_archive_head (head, (gsize) n);
  return TRUE;
}
