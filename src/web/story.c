/* story.c: see story.h. */
#include "web/story.h"

static void
clear_row (gpointer data)
{
  DgStoryRow *row = data;

  g_ptr_array_unref (row->nodes[0]);
  g_ptr_array_unref (row->nodes[1]);
}

static DgStoryRow *
add_row (GArray *rows, DgRole role, double score)
{
  DgStoryRow row = { { g_ptr_array_new (), g_ptr_array_new () }, role, score };

  g_array_append_val (rows, row);
  return &g_array_index (rows, DgStoryRow, rows->len - 1);
}

/* What stands over the body of a text: above the headline what came first, below it what belongs to it. */
static GPtrArray *
list_head (const DgText *text)
{
  static const DgRole roles[] = { DG_ROLE_KICKER, DG_ROLE_SOURCE, DG_ROLE_DATELINE, DG_ROLE_HEADLINE, DG_ROLE_DECK, DG_ROLE_BYLINE };
  GPtrArray          *head = g_ptr_array_new ();

  for (guint r = 0; r < G_N_ELEMENTS (roles); r++) {
    g_autoptr (GPtrArray) nodes = dg_text_list (text, roles[r]);

    for (guint i = 0; i < nodes->len; i++)
      g_ptr_array_add (head, nodes->pdata[i]);
  }
  return head;
}

/* The paragraphs of a text with the crossheads that stand over them. */
static GPtrArray *
list_body (const DgText *text)
{
  GPtrArray *body = g_ptr_array_new ();

  for (guint i = 0; i < text->nodes->len; i++) {
    DgNode *node = text->nodes->pdata[i];

    if (dg_role_is_running (node->role) || node->role == DG_ROLE_CROSSHEAD)
      g_ptr_array_add (body, node);
  }
  return body;
}

/* The next @n paragraphs, each with the crossheads before it. */
static void
take (GPtrArray *nodes, const GPtrArray *body, guint *at, guint n)
{
  while (*at < body->len && n > 0) {
    DgNode *node = body->pdata[(*at)++];

    g_ptr_array_add (nodes, node);
    n -= dg_role_is_running (node->role);
  }
}

static DgRole
find_role (const DgStoryRow *row)
{
  for (guint side = 0; side < 2; side++)
    for (guint i = 0; i < row->nodes[side]->len; i++) {
      const DgNode *node = row->nodes[side]->pdata[i];

      if (dg_role_is_running (node->role))
        return node->role;
    }
  return DG_ROLE_CROSSHEAD;
}

static void
add_body (DgStory *story, const DgAlign *align)
{
  GPtrArray *bodies[2] = { list_body (&story->doc->text[0]), story->doc->n_texts > 1 ? list_body (&story->doc->text[1]) : g_ptr_array_new () };
  guint      at[2] = { 0, 0 };

  for (guint i = 0; i < align->beads->len; i++) {
    const DgBead *bead = &g_array_index (align->beads, DgBead, i);
    DgStoryRow   *row = add_row (story->rows, DG_ROLE_BODY, bead->n_a > 0 && bead->n_b > 0 ? bead->score : -1);

    take (row->nodes[0], bodies[0], &at[0], bead->n_a);
    take (row->nodes[1], bodies[1], &at[1], bead->n_b);
    row->role = find_role (row);
  }
  /* A crosshead with nothing under it. */
  if (at[0] < bodies[0]->len || at[1] < bodies[1]->len) {
    DgStoryRow *row = add_row (story->rows, DG_ROLE_CROSSHEAD, -1);

    take (row->nodes[0], bodies[0], &at[0], G_MAXUINT);
    take (row->nodes[1], bodies[1], &at[1], G_MAXUINT);
  }
  g_ptr_array_unref (bodies[0]);
  g_ptr_array_unref (bodies[1]);
}

static void
add_tail (DgStory *story, gboolean notes)
{
  /* The last ones are not for readers. */
  static const DgRole roles[] = { DG_ROLE_CAPTION, DG_ROLE_FOOTNOTE, DG_ROLE_SIGNOFF, DG_ROLE_BOILERPLATE, DG_ROLE_CONTACT,
                                  DG_ROLE_NOTICE,  DG_ROLE_END,      DG_ROLE_NOTE,    DG_ROLE_MARKER,      DG_ROLE_FURNITURE };
  enum { HIDDEN = 4 };

  for (guint r = 0; r < G_N_ELEMENTS (roles) - (notes ? 0 : HIDDEN); r++) {
    guint n = dg_text_count (&story->doc->text[0], roles[r]);

    if (story->doc->n_texts > 1)
      n = MAX (n, dg_text_count (&story->doc->text[1], roles[r]));
    for (guint i = 0; i < n; i++) {
      DgStoryRow *row = add_row (story->tail, roles[r], -1);

      for (guint side = 0; side < story->doc->n_texts; side++) {
        const DgNode *node = dg_text_nth (&story->doc->text[side], roles[r], i);

        if (node != NULL)
          g_ptr_array_add (row->nodes[side], (gpointer) node);
      }
    }
  }
}

DgStory *
dg_story_new (const DgAlign *align, gboolean notes)
{
  DgStory *story = g_new0 (DgStory, 1);

  story->doc = align->doc;
  story->head[0] = list_head (&align->doc->text[0]);
  story->head[1] = align->doc->n_texts > 1 ? list_head (&align->doc->text[1]) : g_ptr_array_new ();
  story->rows = g_array_new (FALSE, FALSE, sizeof (DgStoryRow));
  story->tail = g_array_new (FALSE, FALSE, sizeof (DgStoryRow));
  g_array_set_clear_func (story->rows, clear_row);
  g_array_set_clear_func (story->tail, clear_row);
  add_body (story, align);
  add_tail (story, notes);
  return story;
}

void
dg_story_free (DgStory *story)
{
  if (story == NULL)
    return;
  g_ptr_array_unref (story->head[0]);
  g_ptr_array_unref (story->head[1]);
  g_array_unref (story->rows);
  g_array_unref (story->tail);
  g_free (story);
}
