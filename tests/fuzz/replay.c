/* replay.c: a target without libFuzzer: all its seeds as they are, then each changed a little, the same way in every run. With
 * "--seeds FOLDER" the seeds are only copied there, as a corpus to begin with. */
#include "fuzz.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

typedef struct {
  GPtrArray *bytes; /* GBytes */
  GPtrArray *names;
} Seeds;

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static void
find (const char *folder, const char *ending, GPtrArray *found)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL);

    if (g_file_test (path, G_FILE_TEST_IS_DIR))
      find (path, ending, found);
    else if (g_str_has_suffix (name, ending))
      g_ptr_array_add (found, g_steal_pointer (&path));
  }
}

static Seeds
read_seeds (void)
{
  Seeds seeds = { g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref), g_ptr_array_new_with_free_func (g_free) };

  for (const FuzzSeeds *s = fuzz_seeds; s->folder != NULL; s++)
    find (s->folder, s->ending, seeds.names);
  g_ptr_array_sort (seeds.names, compare_names);
  for (guint i = 0; i < seeds.names->len; i++) {
    char *data;
    gsize length;

    g_assert_true (g_file_get_contents (seeds.names->pdata[i], &data, &length, NULL));
    g_ptr_array_add (seeds.bytes, g_bytes_new_take (data, length));
  }
  return seeds;
}

/* Bytes that formats give a meaning. */
static const char *const pieces[] = {
  "\n",
  "\r\n",
  "\f",
  ":",
  "=",
  "[",
  "]",
  "{",
  "}",
  "\"",
  ",",
  "/",
  "../",
  "-1",
  "99999999999",
  "\xFF",
  "\xD9\x8B",
  "\xE2\x80\xAE",
  "\xE2\x81\xA6",
  "\xD8\xA8",
  "\xCC\x81",
  "\xC2\xAD",
  "\x01",
  "\x02",
  "\x03",
  "\xEF\xBB\xBF",
  "\xF0\x9F\x98\x80",
};

static void
change (GRand *rand, GByteArray *bytes, const Seeds *seeds)
{
  guint at = bytes->len > 0 ? (guint) g_rand_int_range (rand, 0, (gint32) bytes->len) : 0;
  guint size = (guint) g_rand_int_range (rand, 1, 40);

  switch (g_rand_int_range (rand, 0, 6)) {
  case 0:
    if (bytes->len > 0)
      bytes->data[at] ^= (guint8) (1 << g_rand_int_range (rand, 0, 8));
    break;
  case 1:
    if (bytes->len > 0)
      bytes->data[at] = (guint8) g_rand_int_range (rand, 0, 256);
    break;
  case 2:
    if (bytes->len > 0)
      g_byte_array_remove_range (bytes, at, MIN (size, bytes->len - at));
    break;
  case 3: g_byte_array_set_size (bytes, at); break;
  case 4: {
    GBytes       *other = seeds->bytes->pdata[g_rand_int_range (rand, 0, (gint32) seeds->bytes->len)];
    gsize         length;
    const guint8 *data = g_bytes_get_data (other, &length);
    guint         from = length > 0 ? (guint) g_rand_int_range (rand, 0, (gint32) length) : 0;

    g_byte_array_set_size (bytes, at);
    if (length > 0)
      g_byte_array_append (bytes, data + from, (guint) length - from);
    break;
  }
  default: {
    const char *piece = pieces[g_rand_int_range (rand, 0, G_N_ELEMENTS (pieces))];
    guint       n = g_rand_int_range (rand, 0, 8) == 0 ? 200 : 1;
    GByteArray *out = g_byte_array_new ();

    g_byte_array_append (out, bytes->data, at);
    for (guint i = 0; i < n; i++)
      g_byte_array_append (out, (const guint8 *) piece, (guint) strlen (piece));
    g_byte_array_append (out, bytes->data + at, bytes->len - at);
    g_byte_array_set_size (bytes, 0);
    g_byte_array_append (bytes, out->data, out->len);
    g_byte_array_unref (out);
  }
  }
}

static int
copy_seeds (const Seeds *seeds, const char *folder)
{
  for (guint i = 0; i < seeds->bytes->len; i++) {
    g_autofree char *base = g_path_get_basename (seeds->names->pdata[i]);
    g_autofree char *name = g_strdup_printf ("%03u-%s", i, base);
    g_autofree char *path = g_build_filename (folder, name, NULL);
    gsize            length;
    const char      *data = g_bytes_get_data (seeds->bytes->pdata[i], &length);

    if (!g_file_set_contents (path, data != NULL ? data : "", (gssize) length, NULL)) {
      fprintf (stderr, "%s: %s\n", path, g_strerror (errno));
      return 1;
    }
  }
  return 0;
}

static void
replay (const Seeds *seeds, const char *name)
{
  GRand *rand = g_rand_new_with_seed (20240229);
  guint  n = 0;

  puts ("1..2");
  fflush (stdout);
  for (guint i = 0; i < seeds->bytes->len; i++) {
    gsize         length;
    const guint8 *data = g_bytes_get_data (seeds->bytes->pdata[i], &length);

    LLVMFuzzerTestOneInput (data, length);
  }
  printf ("%s 1 - %s: %u seeds\n", seeds->bytes->len > 0 ? "ok" : "not ok", name, seeds->bytes->len);
  fflush (stdout);
  for (guint i = 0; i < seeds->bytes->len; i++)
    for (guint k = 0; k < fuzz_rounds; k++, n++) {
      GByteArray *bytes = g_byte_array_new ();
      gsize       length;
      const void *data = g_bytes_get_data (seeds->bytes->pdata[i], &length);
      gint32      changes = g_rand_int_range (rand, 1, 5);

      g_byte_array_append (bytes, data, (guint) length);
      for (gint32 c = 0; c < changes; c++)
        change (rand, bytes, seeds);
      LLVMFuzzerTestOneInput (bytes->data, bytes->len);
      g_byte_array_unref (bytes);
    }
  printf ("ok 2 - %s: %u inputs made of them\n", name, n);
  g_rand_free (rand);
}

int
main (int argc, char **argv)
{
  Seeds            seeds = read_seeds ();
  g_autofree char *name = g_path_get_basename (argv[0]);
  int              status = 0;

  if (argc == 3 && strcmp (argv[1], "--seeds") == 0)
    status = copy_seeds (&seeds, argv[2]);
  else
    replay (&seeds, name);
  g_ptr_array_unref (seeds.bytes);
  g_ptr_array_unref (seeds.names);
  return status;
}
