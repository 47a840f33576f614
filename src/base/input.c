/* input.c: the bytes of an input, and the dispatches of a folder. */
#include "base/input.h"

#include "diglot.h"

#include <errno.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Appends to @bytes what @fd has, up to @most. */
static gboolean
read_all (int fd, GByteArray *bytes, gsize most, GError **error)
{
  guint8 buffer[64 * 1024];
  gssize n;

  while ((n = read (fd, buffer, sizeof buffer)) != 0) {
    if (n < 0 && errno == EINTR)
      continue;
    if (n < 0) {
      g_set_error (error, DIGLOT_ERROR, DIGLOT_ERROR_READ, "cannot be read: %s", g_strerror (errno));
      return FALSE;
    }
    if (bytes->len + (gsize) n > most) {
      g_set_error (error, DIGLOT_ERROR, DIGLOT_ERROR_LIMIT, "larger than %zu MiB", most / 1024 / 1024);
      return FALSE;
    }
    g_byte_array_append (bytes, buffer, (guint) n);
  }
  return TRUE;
}

GBytes *
diglot_read_file (const char *path, GError **error)
{
  gboolean is_stdin = strcmp (path, "-") == 0;
  int      fd = is_stdin ? STDIN_FILENO : open (path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  gboolean is_read;

  if (fd < 0) {
    g_set_error (error, DIGLOT_ERROR, DIGLOT_ERROR_READ, "cannot be read: %s", g_strerror (errno));
    return NULL;
  }
  is_read = read_all (fd, bytes, DG_INPUT_MAX, error);
  if (!is_stdin)
    close (fd);
  return is_read ? g_byte_array_free_to_bytes (g_steal_pointer (&bytes)) : NULL;
}

int
dg_input_open_plain (const char *path, int flags, struct stat *info)
{
  int fd = open (path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC | flags);

  if (fd >= 0 && fstat (fd, info) == 0 && S_ISREG (info->st_mode))
    return fd;
  if (fd >= 0) {
    close (fd);
    errno = EINVAL;
  }
  return -1;
}

char *
dg_input_read_plain (const char *path, gsize most, gsize *length, GError **error)
{
  struct stat info;
  int         fd = dg_input_open_plain (path, 0, &info);
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  gboolean is_read;

  if (fd < 0) {
    g_set_error (error, DIGLOT_ERROR, DIGLOT_ERROR_READ, "cannot be read: %s", errno == EINVAL ? "not a plain file" : g_strerror (errno));
    return NULL;
  }
  is_read = read_all (fd, bytes, most, error);
  close (fd);
  if (!is_read)
    return NULL;
  if (length != NULL)
    *length = bytes->len;
  g_byte_array_append (bytes, (const guint8 *) "", 1);
  return (char *) g_byte_array_free (g_steal_pointer (&bytes), FALSE);
}

gboolean
dg_input_is_part (const char *part)
{
  return *part != '\0' && strcmp (part, ".") != 0 && strcmp (part, "..") != 0;
}

gboolean
dg_input_is_chosen (const char *name, const char *const *include)
{
  const char *slash = strrchr (name, '/');
  const char *base = slash != NULL ? slash + 1 : name;
  gsize       length = strlen (base);

  if (include == NULL)
    return length > 4 && g_ascii_strcasecmp (base + length - 4, ".txt") == 0;
  for (guint i = 0; include[i] != NULL; i++)
    if (fnmatch (include[i], strchr (include[i], '/') != NULL ? name : base, FNM_PATHNAME) == 0)
      return TRUE;
  return FALSE;
}

static const char *const picture_endings[] = { ".jpg", ".jpeg", ".png" };

int
dg_input_rank_picture (const char *name, gsize *stem)
{
  gsize length = strlen (name);

  for (guint i = 0; i < G_N_ELEMENTS (picture_endings); i++) {
    gsize end = strlen (picture_endings[i]);

    if (length > end && g_ascii_strcasecmp (name + length - end, picture_endings[i]) == 0) {
      *stem = length - end;
      return (int) i;
    }
  }
  return -1;
}

gsize
dg_input_stem (const char *path)
{
  static const char *const endings[] = { ".txt", ".docx", ".odt", ".html", ".htm", ".eml" };
  gsize                    length = strlen (path);

  for (guint i = 0; i < G_N_ELEMENTS (endings); i++) {
    gsize end = strlen (endings[i]);

    if (length > end && path[length - end - 1] != '/' && g_ascii_strcasecmp (path + length - end, endings[i]) == 0)
      return length - end;
  }
  return length;
}

char *
dg_input_dup_picture (const char *path)
{
  gsize stem = dg_input_stem (path);

  for (guint i = 0; i < G_N_ELEMENTS (picture_endings); i++) {
    g_autofree char *large = g_ascii_strup (picture_endings[i], -1);
    char            *beside = g_strdup_printf ("%.*s%s", (int) stem, path, picture_endings[i]);

    if (g_file_test (beside, G_FILE_TEST_IS_REGULAR))
      return beside;
    memcpy (beside + stem, large, strlen (large));
    if (g_file_test (beside, G_FILE_TEST_IS_REGULAR))
      return beside;
    g_free (beside);
  }
  return NULL;
}
