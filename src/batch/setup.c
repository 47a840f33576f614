/* setup.c: the digest of what all dispatches of a batch are made with. */
#include "batch/setup.h"

#include "base/datadir.h"
#include "type/fonts.h"
#include "base/input.h"
#include "base/keyfile.h"
#include "base/language.h"
#include "read/labels.h"
#include "pair/lexicon.h"
#include "pdf/profile.h"
#include "page/template.h"

#include <elf.h>
#include <hb.h>
#include <link.h>
#include <pango/pango.h>
#include <string.h>
#include <sys/stat.h>
#include <unicode/uversion.h>

#define EXTENDS_MAX 8

static void
add (GChecksum *digest, const char *text)
{
  if (text != NULL)
    g_checksum_update (digest, (const guchar *) text, (gssize) strlen (text));
  g_checksum_update (digest, (const guchar *) (text != NULL ? "\1" : "\2"), 2);
}

static void
add_number (GChecksum *digest, guint64 number)
{
  g_autofree char *text = g_strdup_printf ("%" G_GUINT64_FORMAT, number);

  add (digest, text);
}

/* The program's build ID, which the linker takes from its contents: a program that was built anew makes everything anew. */
static int
add_build_id (struct dl_phdr_info *info, size_t size, void *data)
{
  (void) size;
  for (guint i = 0; i < info->dlpi_phnum; i++) {
    const guint8 *at = (const guint8 *) (info->dlpi_addr + info->dlpi_phdr[i].p_vaddr);
    const guint8 *end = at + info->dlpi_phdr[i].p_memsz;

    while (info->dlpi_phdr[i].p_type == PT_NOTE && at + sizeof (ElfW (Nhdr)) <= end) {
      const ElfW (Nhdr) *note = (const void *) at;
      const guint8 *name = at + sizeof *note;
      const guint8 *value = name + (note->n_namesz + 3) / 4 * 4;

      if (note->n_type == NT_GNU_BUILD_ID && note->n_namesz == 4 && memcmp (name, "GNU", 4) == 0)
        g_checksum_update (data, value, (gssize) note->n_descsz);
      at = value + (note->n_descsz + 3) / 4 * 4;
    }
  }
  return 1; /* the first object is the program itself */
}

static void
add_versions (GChecksum *digest)
{
  UVersionInfo icu;
  char         icu_text[U_MAX_VERSION_STRING_LENGTH];

  u_getVersion (icu);
  u_versionToString (icu, icu_text);
  add (digest, DIGLOT_VERSION);
  add (digest, pango_version_string ());
  add (digest, hb_version_string ());
  add (digest, icu_text);
  dl_iterate_phdr (add_build_id, digest);
}

/* A file that may be replaced by a package's newer one; its contents would take long to read. */
static void
add_file_mark (GChecksum *digest, const char *path)
{
  struct stat info;

  add (digest, path);
  if (stat (path, &info) != 0)
    return;
  add_number (digest, (guint64) info.st_size);
  add_number (digest, (guint64) info.st_mtim.tv_sec);
}

static gboolean
add_faces (GChecksum *digest, const char *const *dirs, GError **error)
{
  g_autofree char *list = dg_fonts_list (dirs, error);

  if (list == NULL)
    return FALSE;
  add (digest, list);

  g_auto (GStrv) lines = g_strsplit (list, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++) {
    g_auto (GStrv) fields = g_strsplit (lines[i], "\t", -1);

    if (g_strv_length (fields) > 2)
      add_file_mark (digest, fields[2]);
  }
  return TRUE;
}

static int
compare_names (gconstpointer one, gconstpointer two)
{
  return strcmp (*(const char *const *) one, *(const char *const *) two);
}

/* A file that need not be there. */
static void
add_contents (GChecksum *digest, const char *path)
{
  g_autofree char *text = dg_input_read_plain (path, DG_INPUT_MAX, NULL, NULL);

  add (digest, text);
}

/* Every file of a folder, by name. */
static void
add_folder (GChecksum *digest, const char *folder, gboolean contents)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (names, g_build_filename (folder, name, NULL));
  g_ptr_array_sort (names, compare_names);
  for (guint i = 0; i < names->len; i++) {
    g_autofree char *text = NULL;

    if (!contents)
      add_file_mark (digest, names->pdata[i]);
    else if (g_file_get_contents (names->pdata[i], &text, NULL, NULL))
      add (digest, text);
  }
}

char *
dg_setup_dup_digest (const DiglotBatch *batch, GError **error)
{
  const DiglotOptions *o = &batch->conversion;
  g_autoptr (GChecksum) digest = g_checksum_new (G_CHECKSUM_SHA256);
  g_autoptr (DgTemplate) template = dg_template_new (o->template_name != NULL ? o->template_name : "dispatch", o->settings, error);
  g_autoptr (GString) keys = g_string_new (NULL);
  g_autofree char *data = dg_datadir_path ("templates", "data", NULL);
  g_autofree char *web = dg_datadir_path ("templates", "web", NULL);
  g_autofree char *list = dg_datadir_path ("fonts", NULL);
  g_autofree char *intent = NULL;
  g_autofree char *labels = dg_keyfile_dup_own_path (DG_LABELS_FILE), *languages = dg_keyfile_dup_own_path (DG_LANGUAGES_FILE);

  if (template == NULL)
    return NULL;
  if (g_strcmp0 (o->profile, "print") == 0)
    intent = dg_profile_dup_intent_path (template);
  add_versions (digest);
  add_number (digest, (guint64) batch->format);
  add (digest, batch->strict);
  add_number (digest, (guint64) (o->min_score * 1e6));
  add (digest, o->profile);
  if (intent != NULL)
    add_file_mark (digest, intent);
  add (digest, o->languages);
  add (digest, o->encoding);
  add (digest, o->from);
  add (digest, o->source_date);
  dg_template_dump (template, keys);
  add (digest, keys->str);
  if (!add_faces (digest, o->font_dirs, error))
    return NULL;
  add_folder (digest, data, TRUE);
  add_folder (digest, web, TRUE);
  add_contents (digest, labels);
  add_contents (digest, languages);
  add_folder (digest, list, TRUE);
  add_folder (digest, "/usr/share/hyphen", FALSE);
  add_folder (digest, dg_lexicon_folder (), FALSE);
  if (o->lexicon != NULL)
    add_contents (digest, o->lexicon);
  return g_strdup (g_checksum_get_string (digest));
}

/* The file of the template that is called @name by a command line, or by the template @by. */
static char *
dup_template_path (const char *name, const char *by)
{
  g_autofree char *base = g_strconcat (name, ".ini", NULL);
  g_autofree char *folder = by != NULL ? g_path_get_dirname (by) : NULL;

  if (strchr (name, '/') == NULL && !g_str_has_suffix (name, ".ini"))
    return dg_datadir_path ("templates", base, NULL);
  return folder != NULL && !g_path_is_absolute (name) ? g_build_filename (folder, name, NULL) : g_strdup (name);
}

/* What the user brings beside the template: words that were learned, labels, languages, faces, and the ICC profile of a press. */
static void
add_own_files (GPtrArray *files, const DiglotOptions *options)
{
  g_autofree char *labels = dg_keyfile_dup_own_path (DG_LABELS_FILE), *languages = dg_keyfile_dup_own_path (DG_LANGUAGES_FILE);
  g_autofree char *list = options->font_dirs != NULL && options->font_dirs[0] != NULL ? dg_fonts_list (options->font_dirs, NULL) : NULL;
  g_auto (GStrv) lines = g_strsplit (list != NULL ? list : "", "\n", -1);

  if (options->lexicon != NULL)
    g_ptr_array_add (files, g_strdup (options->lexicon));
  if (g_file_test (labels, G_FILE_TEST_IS_REGULAR))
    g_ptr_array_add (files, g_strdup (labels));
  if (g_file_test (languages, G_FILE_TEST_IS_REGULAR))
    g_ptr_array_add (files, g_strdup (languages));
  if (g_strcmp0 (options->profile, "print") == 0) {
    g_autoptr (DgTemplate) template = dg_template_new (options->template_name != NULL ? options->template_name : "dispatch", options->settings, NULL);
    char *intent = template != NULL ? dg_profile_dup_intent_path (template) : NULL;

    if (intent != NULL)
      g_ptr_array_add (files, intent);
  }
  for (guint i = 0; lines[i] != NULL; i++) {
    g_auto (GStrv) fields = g_strsplit (lines[i], "\t", -1);

    if (g_strv_length (fields) > 3 && strcmp (fields[3], "--font-dir") == 0 && *fields[2] != '\0')
      g_ptr_array_add (files, g_strdup (fields[2]));
  }
}

GPtrArray *
dg_setup_files (const DiglotOptions *options)
{
  GPtrArray       *files = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *name = g_strdup (options->template_name != NULL ? options->template_name : "dispatch");

  for (guint i = 0; i < EXTENDS_MAX && name != NULL; i++) {
    g_autoptr (GKeyFile) keys = g_key_file_new ();
    const char *by = files->len > 0 ? files->pdata[files->len - 1] : NULL;
    char       *path = dup_template_path (name, by);
    gboolean    is_last = strcmp (name, "dispatch") == 0; /* the one that all of ours come down to */

    g_ptr_array_add (files, path);
    g_clear_pointer (&name, g_free);
    if (!is_last && g_key_file_load_from_file (keys, path, G_KEY_FILE_NONE, NULL))
      name = g_key_file_get_string (keys, "template", "extends", NULL);
  }
  g_ptr_array_add (files, dg_datadir_path ("fonts", "fonts.ini", NULL));
  add_own_files (files, options);
  return files;
}
