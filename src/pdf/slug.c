/* slug.c: see slug.h. */
#include "pdf/slug.h"

#include "diglot.h"
#include "pdf/marks.h"

#define SIZE   6.5 /* pt */
#define INDENT 12  /* pt from the trim's left edge, clear of the crop mark */

static char *
dup_text (const DgInfo *info, const DgProfile *profile, guint page, guint n)
{
  /* The name has a direction of its own: isolated, it leaves the order of the rest alone (UAX #9 6.3). */
  return g_strdup_printf ("\u2068%s\u2069   %u/%u   %s   %s%.10s", info->source_name, page, n, profile->condition_info,
                          info->date ? "" : "Diglot " DIGLOT_VERSION, info->date ? info->date : "");
}

void
dg_slug_add (DgPages *pages, DgFonts *fonts, const DgInfo *info, const DgProfile *profile)
{
  DgParaStyle style = { .size = SIZE, .colour = { .k = 1 } };

  if (profile->slug <= 0)
    return;
  style.family = dg_fonts_family (fonts, "en", NULL);
  for (guint i = pages->runs_on ? 1 : 0; i < pages->pages->len; i++) {
    g_autofree char *text = dup_text (info, profile, i + 1, pages->pages->len);
    DgPara          *para = dg_para_new (fonts, text, "en", FALSE, &style);
    g_autofree char *cut = dg_para_cut (para, pages->width / 2 - 2 * INDENT);
    DgBox            box = { .kind = DG_BOX_LINE, .x = INDENT, .y = pages->height + dg_pdf_marks_slug_depth (profile), .element = -1 };

    dg_para_free (para);
    para = dg_para_new (fonts, cut, "en", FALSE, &style);
    g_ptr_array_add (pages->paras, para);
    box.para = para;
    box.line = dg_para_one_line (para);
    g_ptr_array_add (pages->lines, (gpointer) box.line);
    dg_para_finish (para);
    g_array_append_val (((DgPage *) pages->pages->pdata[i])->boxes, box);
  }
}
