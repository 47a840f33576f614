/* dump.c: lines and pages as tab-separated text.  Numbers are rounded to what is seen on paper. */
#include "page/dump.h"

#include <math.h>
#include <string.h>

/* The line's own text, logical order, trailing space cut. */
static char *
line_text (const DgPara *para, const DgLine *line)
{
  return g_strchomp (g_strndup (dg_para_text (para) + line->start, line->end - line->start));
}

/* The line as the eye meets it from the left: each glyph's text, with inserted tatweels and hyphens. */
static char *
visual_text (const DgPara *para, const DgLine *line)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < line->glyphs->len; i++) {
    const DgGlyph *glyph = &g_array_index (line->glyphs, DgGlyph, i);

    if (glyph->kind == DG_GLYPH_KASHIDA)
      g_string_append (out, "\u0640");
    else if (glyph->kind == DG_GLYPH_HYPHEN)
      g_string_append (out, "\u2010");
    else
      g_string_append_len (out, dg_para_text (para) + glyph->start, glyph->length);
  }
  return g_strstrip (g_string_free (out, FALSE));
}

static const char *
role_name (const DgPages *pages, int element)
{
  return element < 0 ? "furniture" : dg_role_name (g_array_index (pages->elements, DgElement, element).role);
}

/* What the lines of one language come to. */
typedef struct {
  const char *lang; /* lent */
  guint       lines, hyphens, kashidas, spaces;
  double      loosest;      /* em: the widest word space of a justified line */
  double      sum, squares; /* of word spaces in justified lines, em */
} Tally;

/* Counts a line of body text. */
static void
count_line (GArray *tallies, const DgBox *box)
{
  const DgLine *line = box->line;
  double        space = line->space / dg_para_style (box->para)->size;
  Tally        *tally = NULL;

  for (guint i = 0; i < tallies->len && !tally; i++)
    if (strcmp (g_array_index (tallies, Tally, i).lang, dg_para_lang (box->para)) == 0)
      tally = &g_array_index (tallies, Tally, i);
  if (!tally) {
    Tally fresh = { dg_para_lang (box->para), 0, 0, 0, 0, 0, 0, 0 };

    g_array_append_val (tallies, fresh);
    tally = &g_array_index (tallies, Tally, tallies->len - 1);
  }
  tally->lines++;
  tally->hyphens += line->hyphenated ? 1 : 0;
  tally->kashidas += line->n_kashidas;
  if (!line->justified || line->n_spaces == 0)
    return;
  tally->spaces += line->n_spaces;
  tally->loosest = MAX (tally->loosest, space);
  tally->sum += space * line->n_spaces;
  tally->squares += space * space * line->n_spaces;
}

static void
append_tallies (const GArray *tallies, GString *out)
{
  g_string_append (out, "language\tlines\thyphens\tkashidas\tloosest space\tmean space\tdeviation\n");
  for (guint i = 0; i < tallies->len; i++) {
    const Tally *tally = &g_array_index (tallies, Tally, i);
    double       mean = tally->spaces ? tally->sum / tally->spaces : 0;
    double       variance = tally->spaces ? tally->squares / tally->spaces - mean * mean : 0;

    g_string_append_printf (out, "%s\t%u\t%u\t%u\t%.3f\t%.3f\t%.3f\n", tally->lang, tally->lines, tally->hyphens, tally->kashidas, tally->loosest, mean,
                            sqrt (MAX (variance, 0)));
  }
}

void
dg_dump_lines (const DgPages *pages, GString *out)
{
  g_autoptr (GArray) tallies = g_array_new (FALSE, FALSE, sizeof (Tally));

  g_string_append (out, "page\trole\tlang\tmeasure\twidth\tratio\tbadness\tspace\tspaces\tkashidas\tbreak\ttext\tfrom the left\n");
  for (guint p = 0; p < pages->pages->len; p++) {
    const DgPage *page = pages->pages->pdata[p];

    for (guint i = 0; i < page->boxes->len; i++) {
      const DgBox     *box = &g_array_index (page->boxes, DgBox, i);
      const DgLine    *line = box->line;
      g_autofree char *text = NULL;
      g_autofree char *visual = NULL;

      if (box->kind != DG_BOX_LINE || box->element < 0)
        continue;
      if (g_array_index (pages->elements, DgElement, box->element).role == DG_ROLE_BODY)
        count_line (tallies, box);
      text = line_text (box->para, line);
      visual = visual_text (box->para, line);
      g_string_append_printf (out, "%u\t%s\t%s\t%.1f\t%.1f\t%.2f\t%.0f\t%.3f\t%u\t%u\t%s\t%s\t%s\n", p + 1, role_name (pages, box->element),
                              dg_para_lang (box->para), line->measure, line->width, line->ratio, MIN (line->badness, 99999),
                              line->space / dg_para_style (box->para)->size, line->n_spaces, line->n_kashidas,
                              line->last         ? "end"
                              : line->hyphenated ? "hyphen"
                                                 : "space",
                              text, visual);
    }
  }
  append_tallies (tallies, out);
}

void
dg_dump_pages (const DgPages *pages, GString *out)
{
  g_string_append_printf (out, "paper\t%.2f\t%.2f\n", pages->width, pages->height);
  g_string_append_printf (out, "waste\t%.3f\n", pages->waste);
  for (guint p = 0; p < pages->pages->len; p++) {
    const DgPage *page = pages->pages->pdata[p];

    g_string_append_printf (out, "page\t%u\n", p + 1);
    for (guint i = 0; i < page->boxes->len; i++) {
      const DgBox *box = &g_array_index (page->boxes, DgBox, i);

      if (box->kind == DG_BOX_PICTURE) {
        /* Of two facing pages' pictures the second one belongs to no element. */
        const DgPara *para = box->element >= 0 ? g_array_index (pages->elements, DgElement, box->element).para : NULL;

        g_string_append_printf (out, "picture\t%.2f\t%.2f\t%.2f\t%.2f\t%s\n", box->x, box->y, box->width, box->height, para != NULL ? dg_para_text (para) : "");
      } else if (box->kind != DG_BOX_LINE) {
        g_string_append_printf (out, "%s\t%.2f\t%.2f\t%.2f\t%.2f\n", box->kind == DG_BOX_RING ? "ring" : "rule", box->x, box->y, box->width, box->height);
      } else {
        g_autofree char *text = line_text (box->para, box->line);
        int              bead = box->element < 0 ? -1 : g_array_index (pages->elements, DgElement, box->element).bead;

        g_string_append_printf (out, "line\t%.2f\t%.2f\t%.2f\t%s\t%s\t", box->x, box->y, box->line->width, role_name (pages, box->element),
                                dg_para_lang (box->para));
        if (bead >= 0)
          g_string_append_printf (out, "%d", bead);
        g_string_append_printf (out, "\t%s\n", text);
      }
    }
  }
}
