/* webfaces.c: see webfaces.h. */
#include "api/webfaces.h"

#include "base/language.h"
#include "web/article.h"
#include "web/woff.h"

/* Signs that a page has beside its text: the words of its buttons, numbers, dots. */
#define FIRST_PLAIN 0x20u
#define LAST_PLAIN  0x7Eu

static void
add_chars (hb_set_t *chars, const char *text, gsize length)
{
  for (const char *p = text; p < text + length; p = g_utf8_next_char (p))
    hb_set_add (chars, g_utf8_get_char (p));
}

static hb_set_t *
collect_chars (const DgDoc *doc)
{
  hb_set_t *chars = hb_set_create ();

  hb_set_add_range (chars, FIRST_PLAIN, LAST_PLAIN);
  add_chars (chars, "\xC2\xB7\xE2\x80\xA6", 5);
  for (guint n = 0; n < doc->n_lines; n++) {
    gsize       length;
    const char *line = dg_source_line (doc->source, doc->first_line + n, &length);

    add_chars (chars, line, length);
  }
  for (guint side = 0; side < doc->n_texts; side++) {
    const char *digits = dg_language_value (dg_language_get (doc->text[side].lang), "digits");

    if (digits != NULL)
      add_chars (chars, digits, strlen (digits));
  }
  return chars;
}

static void
add_face (DgFonts *fonts, const char *family, gboolean bold, gboolean italic, const hb_set_t *chars, GString *out)
{
  PangoFontDescription *description = pango_font_description_new ();
  PangoFont            *font;
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *code = NULL;

  pango_font_description_set_family (description, family);
  pango_font_description_set_absolute_size (description, DG_FONTS_SIZE * PANGO_SCALE);
  pango_font_description_set_weight (description, bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_font_description_set_style (description, italic ? PANGO_STYLE_ITALIC : PANGO_STYLE_NORMAL);
  font = pango_context_load_font (dg_fonts_context (fonts), description);
  pango_font_description_free (description);
  if (font != NULL)
    bytes = dg_woff_new (hb_font_get_face (pango_font_get_hb_font (font)), chars);
  g_clear_object (&font);
  if (bytes == NULL)
    return;
  code = g_base64_encode (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_string_append (out, "@font-face{font-family:");
  dg_article_add_family (out, family);
  g_string_append_printf (out, ";font-weight:%d;font-style:%s;src:url(data:font/woff2;base64,%s)format(\"woff2\")}\n", bold ? 700 : 400,
                          italic ? "italic" : "normal", code);
}

/* TRUE where something of @text is set in italics (templates/web/page.css). */
static gboolean
needs_italic (const DgText *text)
{
  return dg_text_count (text, DG_ROLE_BYLINE) + dg_text_count (text, DG_ROLE_CAPTION) > 0;
}

char *
dg_webfaces_dup_rules (DgFonts *fonts, const DgDoc *doc, const DgTemplate *t)
{
  GString    *out = g_string_new (NULL);
  hb_set_t   *chars = collect_chars (doc);
  const char *done = NULL;

  for (guint side = 0; side < doc->n_texts; side++) {
    const DgText *text = &doc->text[side];
    const char   *script = dg_language_get (text->lang)->script;
    const char   *family = dg_fonts_family (fonts, text->lang, dg_template_family (t, text->lang));
    g_autofree char *class = dg_article_dup_script (text->lang);

    if (family == NULL || g_strcmp0 (family, done) == 0)
      continue;
    done = family;
    for (guint bold = 0; bold < 2; bold++)
      add_face (fonts, family, bold, FALSE, chars, out);
    if (needs_italic (text) && (g_str_equal (script, "Latn") || g_str_equal (script, "Grek") || g_str_equal (script, "Cyrl")))
      add_face (fonts, family, FALSE, TRUE, chars, out);
    g_string_append_printf (out, ".%s{font-family:", class);
    dg_article_add_family (out, family);
    g_string_append (out, ",serif}\n");
  }
  hb_set_destroy (chars);
  return g_string_free (out, FALSE);
}
