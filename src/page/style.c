/* style.c: the template's keys as paragraph styles. */
#include "page/style.h"

#include <string.h>
#include "type/match.h"
#include "base/language.h"

static gboolean
has_italic (const char *lang)
{
  return g_strcmp0 (dg_language_value (dg_language_get (lang), "italic"), "yes") == 0;
}

/* The sizes of a role, and in them the paragraph's own: as the template says, or matched to the Latin by the outlines. */
static void
set_size (DgFonts *fonts, DgParaStyle *style, const char *lang, double latin_size, double arabic_size)
{
  const DgLanguage *language = dg_language_get (lang);

  style->latin_size = latin_size;
  style->arabic_size = arabic_size;
  if (arabic_size == DG_SIZE_AUTO)
    style->arabic_size = dg_match_size (fonts, style->latin_family, latin_size, style->arabic_family, "Arab");
  if (language->letters == G_UNICODE_SCRIPT_ARABIC && strcmp (style->family, style->arabic_family) == 0)
    style->size = style->arabic_size;
  else if (language->letters == G_UNICODE_SCRIPT_LATIN)
    style->size = latin_size;
  else
    style->size = dg_match_size (fonts, style->latin_family, latin_size, style->family, language->script);
}

void
dg_style_get (const DgTemplate *t, DgFonts *fonts, DgHyphens *hyphens, DgStyleName name, const char *lang, DgParaStyle *style, double *leading)
{
  gboolean arabic = dg_language_is_arabic (lang);
  double   ignored;

  if (!leading)
    leading = &ignored;
  memset (style, 0, sizeof *style);
  style->family = dg_fonts_family (fonts, lang, dg_template_family (t, lang));
  style->latin_family = dg_fonts_family (fonts, "en", dg_template_family (t, "en"));
  style->arabic_family = dg_fonts_family (fonts, "ar", dg_template_family (t, "ar"));
  style->label_colour = t->accent;
  style->isolate = t->bidi_isolate;
  style->space_min = arabic ? t->space_min_ar : t->space_min;
  style->space_max = arabic ? t->space_max_ar : t->space_max;
  style->hyphens = t->hyphenate ? hyphens : NULL; /* where lines are not justified, only for words wider than the measure */
  *leading = t->grid;
  switch (name) {
  case DG_STYLE_KICKER:
    set_size (fonts, style, lang, t->kicker_size, t->kicker_size_ar);
    style->small_caps = TRUE;
    style->tracking = t->kicker_tracking;
    break;
  case DG_STYLE_HEADLINE:
    set_size (fonts, style, lang, t->headline_size, t->headline_size_ar);
    *leading = arabic ? t->headline_leading_ar : t->headline_leading;
    style->bold = style->balance = TRUE;
    break;
  case DG_STYLE_HEADLINE_LONG:
    set_size (fonts, style, lang, t->headline_long_size, t->headline_long_size_ar);
    *leading = arabic ? t->headline_long_leading_ar : t->headline_long_leading;
    style->bold = style->balance = TRUE;
    break;
  case DG_STYLE_DECK:
    set_size (fonts, style, lang, t->deck_size, t->deck_size_ar);
    *leading = arabic ? t->deck_leading_ar : t->deck_leading;
    style->balance = TRUE;
    break;
  case DG_STYLE_BYLINE: set_size (fonts, style, lang, t->caption_size, t->caption_size_ar); break;
  case DG_STYLE_BODY:
    set_size (fonts, style, lang, t->body_size, t->body_size_ar);
    style->justify = t->justify_text;
    style->kashida = t->kashida;
    break;
  case DG_STYLE_VERSE: set_size (fonts, style, lang, t->body_size, t->body_size_ar); break;
  case DG_STYLE_CROSSHEAD:
    set_size (fonts, style, lang, t->body_size, t->body_size_ar);
    style->bold = style->balance = TRUE;
    break;
  case DG_STYLE_CAPTION:
    set_size (fonts, style, lang, t->caption_size, t->caption_size_ar);
    style->italic = has_italic (lang);
    break;
  case DG_STYLE_SMALL:
    set_size (fonts, style, lang, t->small_size, t->small_size_ar);
    *leading = t->small_leading;
    break;
  case DG_STYLE_RUNNING:
    set_size (fonts, style, lang, t->running_size, t->running_size_ar);
    style->italic = has_italic (lang);
    break;
  case DG_STYLE_FOLIO: set_size (fonts, style, lang, t->folio_size, t->folio_size_ar); break;
  case DG_STYLE_FOOT:
    set_size (fonts, style, lang, t->foot_size, DG_SIZE_AUTO);
    style->tracking = .04;
    style->colour = t->foot_colour;
    break;
  case DG_STYLE_ROW_NUMBER:
    style->bold = TRUE;
    /* fallthrough */
  case DG_STYLE_MARK:
    set_size (fonts, style, lang, t->mark_size, t->mark_size_ar);
    style->colour = t->accent;
    break;
  case DG_STYLE_REMARK:
    set_size (fonts, style, lang, t->caption_size, t->caption_size_ar);
    style->italic = TRUE;
    style->colour = t->accent;
    break;
  case DG_STYLE_LINE_NUMBER:
    set_size (fonts, style, lang, t->mark_size, t->mark_size_ar);
    style->colour = t->foot_colour;
    break;
  }
  for (guint i = 0; i < G_N_ELEMENTS (t->tall); i++)
    if (t->tall[i].em > 0 && strcmp (t->tall[i].lang, lang) == 0)
      *leading = MAX (*leading, t->tall[i].em * style->size);
  style->leading = *leading;
}
