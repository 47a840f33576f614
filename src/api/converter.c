/* converter.c: the settings that many dispatches are converted with: template, purpose, faces, limits; and what can be asked of the program
 * without a dispatch. */
#include "api/objects.h"
#include "base/refs.h"

#include "base/diag.h"
#include "base/language.h"
#include "base/refuse.h"
#include "read/decode.h"
#include "read/parse.h"

/* A dispatch is some thousand bytes, a day's wire in one file some million. */
#define BYTES_DEFAULT      (16u * 1024 * 1024)
#define PARAGRAPHS_DEFAULT 200000u
#define PAGES_DEFAULT      5000u

#define EPOCH_MAX G_GINT64_CONSTANT (253402300799) /* the last second of the year 9999 */

/* clang-format off */
G_DEFINE_QUARK (diglot-error-quark, diglot_error)
/* clang-format on */

const char *
diglot_version (void)
{
  return DIGLOT_VERSION;
}

char *
diglot_list_templates (void)
{
  return dg_template_list ();
}

char *
diglot_list_fonts (const char *const *font_dirs, GError **error)
{
  return dg_fonts_list (font_dirs, error);
}

/* Has the stages themselves judge the charset, by a dispatch of nothing, and the language tags, by one of one word. */
static gboolean
check_reading (const DiglotOptions *options, GError **error)
{
  g_autoptr (GBytes) nothing = g_bytes_new_static ("", 0);
  g_autoptr (GBytes) word = g_bytes_new_static ("word\n", 5);
  g_autoptr (DgDiag) diag = dg_diag_new ("");
  g_autoptr (DgSource) source = NULL;
  g_autoptr (DgDoc) doc = NULL;
  g_autoptr (GError) problem = NULL;

  if (options->encoding != NULL && (source = dg_decode ("", nothing, options->encoding, diag, &problem)) == NULL)
    goto unusable;
  g_clear_pointer (&source, dg_source_unref);
  source = dg_decode ("", word, "utf-8", diag, &problem);
  if (source != NULL && options->languages != NULL)
    doc = dg_parse (source, options->languages, diag, &problem);
  if (problem == NULL)
    return TRUE;

unusable:
  g_set_error_literal (error, DIGLOT_ERROR, DIGLOT_ERROR_USAGE, problem->message);
  return FALSE;
}

static gboolean
read_epoch (const char *text, char **date, GError **error)
{
  g_autoptr (GDateTime) time = NULL;
  guint64 seconds;

  if (text == NULL || *text == '\0')
    return TRUE;
  if (!g_ascii_string_to_unsigned (text, 10, 0, EPOCH_MAX, &seconds, NULL)) {
    g_set_error_literal (error, DIGLOT_ERROR, DIGLOT_ERROR_USAGE, "SOURCE_DATE_EPOCH is not a number of seconds since 1970 up to the year 9999");
    return FALSE;
  }
  time = g_date_time_new_from_unix_utc ((gint64) seconds);
  *date = g_date_time_format (time, "%Y-%m-%dT%H:%M:%SZ");
  return TRUE;
}

/* One family of the template, at the place where the template names it. */
static gboolean
check_family (const DiglotConverter *converter, const char *key, const char *family, const char *script, const char *at, GError **error)
{
  g_autoptr (GError) problem = NULL;

  if (dg_fonts_check_family (converter->fonts, family, script, &problem))
    return TRUE;
  g_set_error (error, DIGLOT_ERROR, DIGLOT_ERROR_TEMPLATE, "%s: error: fonts.%s: %s [template.font]", at ? at : converter->template->name, key,
               problem->message);
  return FALSE;
}

/* The template's families, each for its script. */
static gboolean
check_families (const DiglotConverter *converter, GError **error)
{
  const DgTemplate *t = converter->template;
  GHashTableIter    iter;
  gpointer          script, named;

  if (!check_family (converter, "latin", t->font_latin, "Latn", t->latin_at, error)
      || !check_family (converter, "arabic", t->font_arabic, "Arab", t->arabic_at, error))
    return FALSE;
  g_hash_table_iter_init (&iter, t->families);
  while (g_hash_table_iter_next (&iter, &script, &named)) {
    const DgTemplateFamily *family = named;

    if (!check_family (converter, script, family->family, script, family->at, error))
      return FALSE;
  }
  return TRUE;
}

/* The words of the file @path, NULL for none. */
static gboolean
read_learned (const char *path, DiglotConverter *converter, GError **error)
{
  g_autoptr (GBytes) bytes = NULL;

  if (path == NULL)
    return TRUE;
  bytes = diglot_read_file (path, error);
  if (bytes == NULL) {
    g_prefix_error (error, "%s: ", path);
    return FALSE;
  }
  converter->learned = dg_learned_new (bytes, path, error);
  return converter->learned != NULL;
}

DiglotConverter *
diglot_converter_new (const DiglotOptions *options, GError **error)
{
  g_autoptr (DiglotConverter) converter = NULL;

  g_return_val_if_fail (options != NULL, NULL);
  converter = g_new0 (DiglotConverter, 1);
  converter->locale = newlocale (LC_ALL_MASK, "C", (locale_t) 0);
  converter->languages = g_strdup (options->languages);
  converter->encoding = g_strdup (options->encoding);
  if (options->from != NULL && !dg_kind_from_name (options->from, &converter->from)) {
    dg_refuse (error, DIGLOT_ERROR_USAGE, "there is no kind of input \"%s\"; there are %s", options->from, DG_KIND_NAMES);
    return NULL;
  }
  converter->limits = (DiglotLimits){
    .bytes = options->limits.bytes > 0 ? options->limits.bytes : BYTES_DEFAULT,
    .paragraphs = options->limits.paragraphs > 0 ? options->limits.paragraphs : PARAGRAPHS_DEFAULT,
    .pages = options->limits.pages > 0 ? options->limits.pages : PAGES_DEFAULT,
  };
  converter->review = options->review;
  converter->min_score = options->min_score;
  if (!dg_languages_read (error) || !read_epoch (options->source_date, &converter->date, error) || !check_reading (options, error))
    return NULL;
  converter->template = dg_template_new (options->template_name != NULL ? options->template_name : "dispatch", options->settings, error);
  if (converter->template == NULL)
    return NULL;
  converter->profile = dg_profile_new (options->profile != NULL ? options->profile : "archive", converter->template, error);
  if (converter->profile == NULL)
    return NULL;
  converter->fonts = dg_fonts_new (options->font_dirs, options->bind_process, error);
  if (converter->fonts == NULL || !check_families (converter, error))
    return NULL;
  if (!read_learned (options->lexicon, converter, error))
    return NULL;
  converter->hyphens = dg_hyphens_new ();
  return g_steal_pointer (&converter);
}

DiglotConverter *
diglot_converter_ref (DiglotConverter *converter)
{
  return dg_ref (converter);
}

void
diglot_converter_free (DiglotConverter *converter)
{
  if (converter == NULL || dg_unref (converter))
    return;
  g_clear_pointer (&converter->learned, dg_learned_free);
  g_clear_pointer (&converter->hyphens, dg_hyphens_free);
  g_clear_pointer (&converter->fonts, dg_fonts_free);
  g_clear_pointer (&converter->profile, dg_profile_free);
  g_clear_pointer (&converter->template, dg_template_free);
  if (converter->locale != (locale_t) 0)
    freelocale (converter->locale);
  g_free (converter->languages);
  g_free (converter->encoding);
  g_free (converter->date);
  g_free (converter);
}

void
diglot_converter_set_progress (DiglotConverter *converter, DiglotProgress progress, gpointer data)
{
  converter->progress = progress;
  converter->progress_data = data;
}

gboolean
dg_convert_begin (const DiglotConverter *converter, DiglotStage stage, GError **error)
{
  if (converter->progress == NULL || converter->progress (stage, converter->progress_data))
    return TRUE;
  g_set_error_literal (error, DIGLOT_ERROR, DIGLOT_ERROR_CANCELLED, "cancelled");
  return FALSE;
}

gboolean
dg_convert_is_within (gsize n, guint limit, const char *name, GError **error)
{
  if (n <= limit || limit == G_MAXUINT)
    return TRUE;
  g_set_error (error, DIGLOT_ERROR, DIGLOT_ERROR_LIMIT, "%zu %s, and %u is the limit; --limit %s=N sets another", n, name, limit, name);
  return FALSE;
}
