/* layout_missing.c: characters that no face has: gathered as paragraphs are made, told once a script or block when all are. */
#include "page/layout_private.h"

#include <string.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include "base/language.h"
#include "base/utf.h"

/* Of a text of which one character in so many is a box nothing can be read. */
#define READABLE 10
/* So few boxes do not make a text unreadable, however short it is. */
#define FEW 3

/* The script's name, or, of what is common to many or nobody's, the block's: "Old Hungarian", "Private Use Area". */
static char *
dup_kind (gunichar ch)
{
  UErrorCode  status = U_ZERO_ERROR;
  UScriptCode script = uscript_getScript ((UChar32) ch, &status);
  gboolean    shared = U_FAILURE (status) || script == USCRIPT_COMMON || script == USCRIPT_INHERITED || script == USCRIPT_UNKNOWN;
  const char *name =
    shared ? u_getPropertyValueName (UCHAR_BLOCK, u_getIntPropertyValue ((UChar32) ch, UCHAR_BLOCK), U_LONG_PROPERTY_NAME) : uscript_getName (script);

  return g_strdelimit (g_strdup (name != NULL && strcmp (name, "No_Block") != 0 ? name : "unassigned"), "_", ' ');
}

static DgMissing *
find_kind (GArray *missing, const char *kind)
{
  for (guint i = 0; i < missing->len; i++) {
    DgMissing *known = &g_array_index (missing, DgMissing, i);

    if (strcmp (known->kind, kind) == 0)
      return known;
  }
  return NULL;
}

static guint
count_seen (const char *text)
{
  guint n = 0;

  while (*text != '\0') {
    gunichar ch = dg_utf8_read (&text);

    n += !g_unichar_isspace (ch) && !g_unichar_ismark (ch);
  }
  return n;
}

void
dg_layout_note_missing (DgLayout *layout, DgSide side, const DgPara *para, const DgNode *node, gsize from)
{
  const GArray *missing = dg_para_missing (para);

  layout->seen[side] += count_seen (dg_para_text (para));
  layout->boxes[side] += missing->len;
  for (guint i = 0; i < missing->len; i++) {
    guint            offset = g_array_index (missing, guint, i);
    gunichar         ch = g_utf8_get_char (dg_para_text (para) + offset);
    g_autofree char *kind = dup_kind (ch);
    DgMissing       *known = find_kind (layout->missing, kind);

    if (known == NULL) {
      DgMissing first = { NULL, ch, 0, 0, 0 };

      dg_node_locate (node, from + dg_utf8_shift (dg_para_text (para), offset, node->text + from), &first.line, &first.column);
      first.kind = g_steal_pointer (&kind);
      g_array_append_val (layout->missing, first);
      known = &g_array_index (layout->missing, DgMissing, layout->missing->len - 1);
    }
    known->n++;
  }
}

/* What would help, as the end of a sentence. */
static char *
dup_advice (const DgLayout *layout, gunichar ch)
{
  UErrorCode       status = U_ZERO_ERROR;
  const char      *script = uscript_getShortName (uscript_getScript ((UChar32) ch, &status));
  g_autofree char *face = dg_fonts_dup_wanting (layout->fonts, ch);

  if (face != NULL)
    return g_strdup_printf (N_ ("; %s is for it"), face);
  if (U_FAILURE (status) || script == NULL || dg_script_from_name (script) == NULL)
    return g_strdup ("");
  return g_strdup_printf (N_ ("; --font-dir and fonts.%s can name one"), script);
}

void
dg_layout_tell_missing (DgLayout *layout)
{
  for (guint i = 0; i < layout->missing->len; i++) {
    const DgMissing *missing = &g_array_index (layout->missing, DgMissing, i);
    g_autofree char *advice = dup_advice (layout, missing->first);

    dg_diag_add (layout->diag, DG_DIAG_FONT_MISSING_GLYPH, missing->line, missing->column, missing->first, missing->kind, missing->n, advice);
  }
  for (guint side = 0; side < layout->doc->n_texts; side++)
    if (layout->boxes[side] > FEW && layout->boxes[side] * READABLE > layout->seen[side])
      dg_diag_add (layout->diag, DG_DIAG_FONT_NO_FACE, 0, 0, layout->doc->text[side].lang, layout->boxes[side], layout->seen[side]);
}
