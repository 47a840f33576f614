/* review.c: a dispatch as an editor looks at it, by JSON-GLib. */
#include "api/review.h"

#include "base/jsonbuild.h"
#include "draw/paint.h"
#include "read/meta.h"

#include <math.h>
#include <string.h>

/* The review page's pictures, in pixels: a page to read, and a thumbnail of the first. */
#define PICTURE_WIDTH   900
#define THUMBNAIL_WIDTH 112

#define DIGEST_LENGTH 16 /* hexadecimal digits */

static const char *const side_names[] = { "a", "b" };

static void
open_object (JsonBuilder *builder, const char *name)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_object (builder);
}

static void
open_array (JsonBuilder *builder, const char *name)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
}

/* The first headline; where there is none, the beginning of what there is. */
static void
add_title (JsonBuilder *builder, const DgText *text)
{
  const DgNode *node = dg_text_nth (text, DG_ROLE_HEADLINE, 0);

  if (node == NULL)
    node = dg_text_nth (text, DG_ROLE_BODY, 0);
  if (node != NULL)
    dg_build_string (builder, "title", node->text + node->label_length);
}

/* The paragraphs and heads whose roles are doubtful. */
static guint
count_unsure (const DgDoc *doc)
{
  guint n = 0;

  for (guint side = 0; side < doc->n_texts; side++)
    for (guint i = 0; i < doc->text[side].nodes->len; i++)
      n += dg_node_is_doubtful (doc->text[side].nodes->pdata[i]);
  return n;
}

/* The beads by how many paragraphs they take of each text, equal neighbours once: "1-1x12 2-1 1-0".  The page compares it with what an
 * editor wants. */
static char *
dup_pairs (const GArray *beads)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0, end; i < beads->len; i = end) {
    const DgBead *bead = &g_array_index (beads, DgBead, i);

    for (end = i + 1; end < beads->len && bead[end - i].n_a == bead->n_a && bead[end - i].n_b == bead->n_b; end++)
      continue;
    g_string_append_printf (out, "%s%u-%u", i > 0 ? " " : "", bead->n_a, bead->n_b);
    if (end - i > 1)
      g_string_append_printf (out, "x%u", end - i);
  }
  return g_string_free (out, FALSE);
}

/* A digest of the paragraphs that the beads are about: decisions on them hold as long as it stays. */
static char *
dup_text_digest (const DgDoc *doc)
{
  g_autoptr (GChecksum) digest = g_checksum_new (G_CHECKSUM_SHA256);

  for (guint side = 0; side < doc->n_texts; side++)
    for (guint i = 0; i < doc->text[side].nodes->len; i++) {
      const DgNode *node = doc->text[side].nodes->pdata[i];

      if (dg_role_is_running (node->role))
        g_checksum_update (digest, (const guchar *) node->text, (gssize) strlen (node->text) + 1);
    }
  return g_strndup (g_checksum_get_string (digest), DIGEST_LENGTH);
}

static void
add_summary (JsonBuilder *builder, const DgAlign *align)
{
  const DgDoc     *doc = align->doc;
  g_autofree char *date = dg_meta_dup_iso (&doc->date), *pairs = dup_pairs (align->beads), *text = dup_text_digest (doc);
  guint            doubtful = 0, unpaired = 0;

  for (guint i = 0; i < align->beads->len; i++) {
    const DgBead *bead = &g_array_index (align->beads, DgBead, i);

    doubtful += dg_bead_is_doubtful (bead);
    unpaired += bead->n_a == 0 || bead->n_b == 0 ? bead->n_a + bead->n_b : 0;
  }
  open_object (builder, "summary");
  for (guint side = 0; side < doc->n_texts; side++) {
    open_object (builder, side_names[side]);
    dg_build_string (builder, "lang", doc->text[side].lang);
    json_builder_set_member_name (builder, "rtl");
    json_builder_add_boolean_value (builder, doc->text[side].rtl);
    add_title (builder, &doc->text[side]);
    json_builder_end_object (builder);
  }
  if (date != NULL)
    dg_build_string (builder, "date", date);
  dg_build_string (builder, "text", text);
  dg_build_string (builder, "pairs", pairs);
  dg_build_int (builder, "doubtful", doubtful);
  dg_build_int (builder, "unpaired", doc->n_texts > 1 ? unpaired : 0);
  dg_build_int (builder, "unsure", count_unsure (doc));
  json_builder_end_object (builder);
}

static void
add_node (JsonBuilder *builder, const DgNode *node)
{
  json_builder_begin_object (builder);
  dg_build_string (builder, "role", dg_role_name (node->role));
  open_array (builder, "lines");
  for (guint i = 0; i < node->lines->len; i++)
    json_builder_add_int_value (builder, g_array_index (node->lines, guint, i));
  json_builder_end_array (builder);
  dg_build_string (builder, "text", node->text);
  dg_build_double (builder, "confidence", node->confidence, 100);
  if (dg_node_is_doubtful (node)) {
    json_builder_set_member_name (builder, "doubtful");
    json_builder_add_boolean_value (builder, TRUE);
  }
  json_builder_end_object (builder);
}

/* The paragraphs that beads count, and all else. */
static void
add_nodes (JsonBuilder *builder, const DgText *text)
{
  for (guint is_body = 0; is_body < 2; is_body++) {
    open_array (builder, is_body ? "body" : "heads");
    for (guint i = 0; i < text->nodes->len; i++) {
      const DgNode *node = text->nodes->pdata[i];

      if (dg_role_is_running (node->role) == (gboolean) is_body)
        add_node (builder, node);
    }
    json_builder_end_array (builder);
  }
}

static void
add_range (JsonBuilder *builder, const char *name, guint first, guint n)
{
  open_array (builder, name);
  for (guint i = first; i < first + n; i++)
    json_builder_add_int_value (builder, i);
  json_builder_end_array (builder);
}

static void
add_beads (JsonBuilder *builder, const GArray *beads)
{
  open_array (builder, "beads");
  for (guint i = 0; i < beads->len; i++) {
    const DgBead *bead = &g_array_index (beads, DgBead, i);

    json_builder_begin_object (builder);
    add_range (builder, "a", bead->a, bead->n_a);
    add_range (builder, "b", bead->b, bead->n_b);
    dg_build_double (builder, "score", bead->score, 100);
    json_builder_set_member_name (builder, "doubtful");
    json_builder_add_boolean_value (builder, dg_bead_is_doubtful (bead));
    json_builder_set_member_name (builder, "fixed");
    json_builder_add_boolean_value (builder, bead->fixed);
    json_builder_end_object (builder);
  }
  json_builder_end_array (builder);
}

/* Places on pages */

typedef struct {
  double left, top, right, bottom; /* pt */
} Extent;

static void
grow (GHashTable *extents, int bead, const DgBox *box)
{
  const DgLine *line = box->line;
  double        size = dg_para_style (box->para)->size;
  Extent       *extent = g_hash_table_lookup (extents, GINT_TO_POINTER (bead));

  if (extent == NULL) {
    extent = g_new (Extent, 1);
    *extent = (Extent){ HUGE_VAL, HUGE_VAL, -HUGE_VAL, -HUGE_VAL };
    g_hash_table_insert (extents, GINT_TO_POINTER (bead), extent);
  }
  extent->left = MIN (extent->left, box->x - line->x);
  extent->right = MAX (extent->right, box->x - line->x + line->measure);
  extent->top = MIN (extent->top, box->y - size);
  extent->bottom = MAX (extent->bottom, box->y + size * .35);
}

static void
add_share (JsonBuilder *builder, double value, double whole)
{
  json_builder_add_int_value (builder, (gint64) CLAMP (round (1000 * value / whole), 0, 1000));
}

/* Where the beads stand on page @nth, in their own order. */
static void
add_page (JsonBuilder *builder, const DgPages *pages, guint nth, guint n_beads)
{
  const DgPage *page = pages->pages->pdata[nth];
  g_autoptr (GHashTable) extents = g_hash_table_new_full (NULL, NULL, NULL, g_free);

  for (guint i = 0; i < page->boxes->len; i++) {
    const DgBox *box = &g_array_index (page->boxes, DgBox, i);
    int          bead = box->element < 0 ? -1 : g_array_index (pages->elements, DgElement, box->element).bead;

    if (box->kind == DG_BOX_LINE && bead >= 0)
      grow (extents, bead, box);
  }
  for (guint bead = 0; bead < n_beads; bead++) {
    const Extent *e = g_hash_table_lookup (extents, GUINT_TO_POINTER (bead));

    if (e == NULL)
      continue;
    json_builder_begin_array (builder);
    json_builder_add_int_value (builder, nth);
    json_builder_add_int_value (builder, bead);
    add_share (builder, e->left, pages->width);
    add_share (builder, e->top, pages->height);
    add_share (builder, e->right - e->left, pages->width);
    add_share (builder, e->bottom - e->top, pages->height);
    json_builder_end_array (builder);
  }
}

/* The text whose paragraphs stand left of the other's. */
static const char *
find_left (const DgDoc *doc, const DgPages *pages)
{
  double x[2] = { HUGE_VAL, HUGE_VAL };

  for (guint i = 0; pages != NULL && pages->pages->len > 0 && i < ((const DgPage *) pages->pages->pdata[0])->boxes->len; i++) {
    const DgBox *box = &g_array_index (((const DgPage *) pages->pages->pdata[0])->boxes, DgBox, i);

    if (box->kind == DG_BOX_LINE && box->element >= 0) {
      const DgElement *element = &g_array_index (pages->elements, DgElement, box->element);

      if (element->side != DG_SIDE_NONE && element->bead >= 0)
        x[element->side] = MIN (x[element->side], box->x);
    }
  }
  if (isfinite (x[0]) && isfinite (x[1]))
    return side_names[x[1] < x[0]];
  return side_names[doc->n_texts > 1 && doc->text[0].rtl && !doc->text[1].rtl];
}

static void
add_details (JsonBuilder *builder, const DgAlign *align, const DgPages *pages)
{
  const DgDoc *doc = align->doc;

  open_object (builder, "details");
  dg_build_string (builder, "encoding", dg_source_encoding (doc->source));
  dg_build_string (builder, "left", find_left (doc, pages));
  for (guint side = 0; side < doc->n_texts; side++) {
    open_object (builder, side_names[side]);
    add_nodes (builder, &doc->text[side]);
    json_builder_end_object (builder);
  }
  add_beads (builder, align->beads);
  open_array (builder, "boxes");
  for (guint i = 0; pages != NULL && i < pages->pages->len; i++)
    add_page (builder, pages, i, align->beads->len);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

static void
add_words (JsonBuilder *builder, const DgDoc *doc)
{
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint side = 0; side < doc->n_texts; side++)
    for (guint i = 0; i < doc->text[side].nodes->len; i++)
      g_string_append_printf (words, "%s\n", ((const DgNode *) doc->text[side].nodes->pdata[i])->text);
  dg_build_string (builder, "words", words->str);
}

static char *
dup_json (const DgAlign *align, const DgPages *pages)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  add_summary (builder, align);
  add_details (builder, align, pages);
  add_words (builder, align->doc);
  json_builder_end_object (builder);
  return dg_build_print (builder, "%.6g");
}

gboolean
dg_review_add (const DgAlign *align, const DgPages *pages, DiglotResult *result, GError **error)
{
  result->review = dup_json (align, pages);
  result->pictures = dg_files_new ();
  for (guint i = 0; pages != NULL && i <= pages->pages->len; i++) {
    GBytes *bytes = dg_paint_preview (pages, i > 0 ? i - 1 : 0, (i > 0 ? PICTURE_WIDTH : THUMBNAIL_WIDTH) / pages->width, error);

    if (bytes == NULL)
      return FALSE;
    g_ptr_array_add (result->pictures, bytes);
  }
  return TRUE;
}
