/* languages.c: the list of the languages that Diglot knows, each with what it has for it. */
#include "base/language.h"
#include "base/ngrams.h"
#include "diglot.h"
#include "pair/words.h"
#include "read/labels.h"
#include "type/fonts.h"
#include "type/hyphens.h"

static void
list_language (const char *tag, DgFonts *fonts, const DgLabels *labels, GString *out)
{
  const DgLanguage *language = dg_language_get (tag);
  const char       *name = dg_language_value (language, "name");
  g_autofree char  *hyphens = dg_hyphens_dup_source (tag);

  g_string_append_printf (out, "%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\n", tag, name != NULL ? name : "-", language->script, language->rtl ? "rtl" : "ltr",
                          dg_fonts_family (fonts, tag, NULL), dg_ngrams_know (tag) ? "found" : "-", dg_labels_has (labels, tag) ? "labels" : "-",
                          dg_words_column (tag) >= 0 ? "words" : "-", hyphens != NULL ? hyphens : "-");
}

char *
diglot_list_languages (const char *const *font_dirs, GError **error)
{
  g_autoptr (DgFonts) fonts = NULL;
  g_autofree const char **tags = NULL;
  const DgLabels         *labels = NULL;
  GString                *out;

  if (!dg_languages_read (error) || (labels = dg_labels_get (error)) == NULL || (fonts = dg_fonts_new (font_dirs, FALSE, error)) == NULL)
    return NULL;
  tags = dg_languages_list ();
  out = g_string_new (NULL);
  for (guint i = 0; tags[i] != NULL; i++)
    list_language (tags[i], fonts, labels, out);
  return g_string_free (out, FALSE);
}
