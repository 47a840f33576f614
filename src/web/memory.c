/* memory.c: see memory.h.
 *
 * TMX 1.4b: LISA OSCAR, 2005.  XLIFF 1.2: OASIS Standard, 2008. */
#include "web/memory.h"

#include "base/language.h"
#include "diglot.h"
#include "pair/content.h"
#include "pair/sentences.h"
#include "web/markup.h"

#include <string.h>

typedef struct {
  char  *texts[2];
  guint  lines[2][2]; /* the first line of each text in its file, and the last */
  DgRole role;
  double score;
} Unit;

/* A dispatch's part of the memory. */
typedef struct {
  char   *name;
  char   *langs[2];
  GArray *units; /* Unit */
} Source;

struct DgMemory {
  DgMemoryKind kind;
  gboolean     sentences;
  double       min_score;
  GArray      *sources; /* Source */
};

static void
clear_unit (gpointer data)
{
  Unit *unit = data;

  g_free (unit->texts[0]);
  g_free (unit->texts[1]);
}

static void
clear_source (gpointer data)
{
  Source *source = data;

  g_free (source->name);
  g_free (source->langs[0]);
  g_free (source->langs[1]);
  g_array_unref (source->units);
}

DgMemory *
dg_memory_new (DgMemoryKind kind, gboolean sentences, double min_score)
{
  DgMemory *memory = g_new0 (DgMemory, 1);

  memory->kind = kind;
  memory->sentences = sentences;
  memory->min_score = min_score;
  memory->sources = g_array_new (FALSE, FALSE, sizeof (Source));
  g_array_set_clear_func (memory->sources, clear_source);
  return memory;
}

void
dg_memory_free (DgMemory *memory)
{
  if (memory == NULL)
    return;
  g_array_unref (memory->sources);
  g_free (memory);
}

/* Units */

/* A unit in the making: what its sides are given, one piece after the other. */
typedef struct {
  GString *texts[2];
  guint    lines[2][2];
} Draft;

/* Adds [@start, @end) of @node's text; between pieces stands a space where the language has any. */
static void
add_piece (Draft *draft, guint side, const char *lang, const DgNode *node, gsize start, gsize end)
{
  const DgLanguage *language = dg_language_get (lang);
  gboolean          spaced =
    dg_language_value (language, "solid") == NULL && language->letters != G_UNICODE_SCRIPT_HAN && language->letters != G_UNICODE_SCRIPT_HIRAGANA;
  guint line, column;

  if (draft->texts[side] == NULL)
    draft->texts[side] = g_string_new (NULL);
  else if (spaced)
    g_string_append_c (draft->texts[side], ' ');
  g_string_append_len (draft->texts[side], node->text + start, (gssize) (end - start));
  dg_node_locate (node, start, &line, &column);
  if (draft->lines[side][0] == 0)
    draft->lines[side][0] = line;
  dg_node_locate (node, end > start ? end - 1 : start, &line, &column);
  draft->lines[side][1] = line;
}

/* Takes the draft, which becomes a unit where it has both sides and is sure enough. */
static void
add_unit (const DgMemory *memory, Source *source, Draft *draft, DgRole role, double score)
{
  gboolean whole = draft->texts[0] != NULL && draft->texts[1] != NULL && score >= memory->min_score;
  Unit     unit = { { NULL, NULL }, { { draft->lines[0][0], draft->lines[0][1] }, { draft->lines[1][0], draft->lines[1][1] } }, role, score };

  for (guint side = 0; side < 2; side++)
    if (draft->texts[side] != NULL)
      unit.texts[side] = g_string_free (draft->texts[side], FALSE);
  if (whole)
    g_array_append_val (source->units, unit);
  else
    clear_unit (&unit);
}

/* Where the words behind a label begin. */
static gsize
find_words (const DgNode *node)
{
  return node->label_length + strspn (node->text + node->label_length, " ");
}

static void
add_heads (const DgMemory *memory, Source *source, const DgDoc *doc)
{
  g_autoptr (GArray) pairs = dg_content_find_pairs (doc);

  for (guint i = 0; i < pairs->len; i++) {
    const DgContentPair *pair = &g_array_index (pairs, DgContentPair, i);
    Draft                draft = { { NULL, NULL }, { { 0, 0 }, { 0, 0 } } };

    add_piece (&draft, 0, source->langs[0], pair->a, find_words (pair->a), strlen (pair->a->text));
    add_piece (&draft, 1, source->langs[1], pair->b, find_words (pair->b), strlen (pair->b->text));
    add_unit (memory, source, &draft, pair->a->role, pair->score);
  }
}

static void
add_paragraphs (const DgMemory *memory, Source *source, const DgAlign *align)
{
  g_autoptr (GPtrArray) a = dg_text_list_running (&align->doc->text[0]), b = dg_text_list_running (&align->doc->text[1]);

  for (guint i = 0; i < align->beads->len; i++) {
    const DgBead *bead = &g_array_index (align->beads, DgBead, i);
    Draft         draft = { { NULL, NULL }, { { 0, 0 }, { 0, 0 } } };
    DgRole        role = bead->n_a > 0 ? ((const DgNode *) a->pdata[bead->a])->role : DG_ROLE_BODY;

    for (guint k = bead->a; k < bead->a + bead->n_a; k++)
      add_piece (&draft, 0, source->langs[0], a->pdata[k], 0, strlen (((const DgNode *) a->pdata[k])->text));
    for (guint k = bead->b; k < bead->b + bead->n_b; k++)
      add_piece (&draft, 1, source->langs[1], b->pdata[k], 0, strlen (((const DgNode *) b->pdata[k])->text));
    add_unit (memory, source, &draft, role, bead->score);
  }
}

static void
add_sentences (const DgMemory *memory, Source *source, const DgAlign *align, const DgLearned *learned)
{
  g_autoptr (DgSentences) all = dg_sentences_new (align, learned);

  for (guint i = 0; i < all->pairs->len; i++) {
    const DgBead *pair = &g_array_index (all->pairs, DgBead, i);
    Draft         draft = { { NULL, NULL }, { { 0, 0 }, { 0, 0 } } };
    DgRole        role = pair->n_a > 0 ? g_array_index (all->sentences[0], DgSentence, pair->a).node->role : DG_ROLE_BODY;

    for (guint side = 0; side < 2; side++) {
      guint first = side == 0 ? pair->a : pair->b, n = side == 0 ? pair->n_a : pair->n_b;

      for (guint k = first; k < first + n; k++) {
        const DgSentence *sentence = &g_array_index (all->sentences[side], DgSentence, k);

        add_piece (&draft, side, source->langs[side], sentence->node, sentence->start, sentence->end);
      }
    }
    add_unit (memory, source, &draft, role, pair->score);
  }
}

void
dg_memory_add (DgMemory *memory, const DgAlign *align, const char *name, const DgLearned *learned)
{
  const DgDoc *doc = align->doc;
  Source       source = { NULL, { NULL, NULL }, NULL };

  if (doc->n_texts < 2)
    return;
  source.name = g_utf8_make_valid (name, -1);
  source.langs[0] = g_strdup (doc->text[0].lang);
  source.langs[1] = g_strdup (doc->text[1].lang);
  source.units = g_array_new (FALSE, FALSE, sizeof (Unit));
  g_array_set_clear_func (source.units, clear_unit);
  add_heads (memory, &source, doc);
  if (memory->sentences)
    add_sentences (memory, &source, align, learned);
  else
    add_paragraphs (memory, &source, align);
  g_array_append_val (memory->sources, source);
}

/* Files */

static const char *
format_score (char buffer[G_ASCII_DTOSTR_BUF_SIZE], double score)
{
  return g_ascii_formatd (buffer, G_ASCII_DTOSTR_BUF_SIZE, "%.2f", score);
}

static char *
dup_lines (const guint lines[2])
{
  return lines[0] < lines[1] ? g_strdup_printf ("%u-%u", lines[0], lines[1]) : g_strdup_printf ("%u", lines[0]);
}

static void
add_property (GString *out, const char *name, const char *value)
{
  g_string_append_printf (out, "<prop type=\"x-%s\">", name);
  dg_markup_text (out, value, -1);
  g_string_append (out, "</prop>\n");
}

static void
add_tmx_unit (GString *out, const Source *source, const Unit *unit)
{
  char score[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append (out, "<tu>\n");
  add_property (out, "score", format_score (score, unit->score));
  add_property (out, "role", dg_role_name (unit->role));
  add_property (out, "file", source->name);
  for (guint side = 0; side < 2; side++) {
    g_autofree char *lines = dup_lines (unit->lines[side]);

    g_string_append (out, "<tuv");
    dg_markup_attribute (out, "xml:lang", source->langs[side]);
    g_string_append (out, ">\n");
    add_property (out, "lines", lines);
    g_string_append (out, "<seg>");
    dg_markup_text (out, unit->texts[side], -1);
    g_string_append (out, "</seg>\n</tuv>\n");
  }
  g_string_append (out, "</tu>\n");
}

/* The language that all units are from; "*all*" where there are several. */
static const char *
find_source_language (const DgMemory *memory)
{
  const char *lang = NULL;

  for (guint i = 0; i < memory->sources->len; i++) {
    const Source *source = &g_array_index (memory->sources, Source, i);

    if (lang != NULL && strcmp (lang, source->langs[0]) != 0)
      return "*all*";
    lang = source->langs[0];
  }
  return lang != NULL ? lang : "*all*";
}

static void
write_tmx (const DgMemory *memory, GString *out)
{
  g_string_append_printf (out,
                          "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<tmx version=\"1.4\">\n<header creationtool=\"Diglot\" creationtoolversion=\"%s\" "
                          "segtype=\"%s\" o-tmf=\"Diglot\" adminlang=\"en\" srclang=\"%s\" datatype=\"plaintext\" />\n<body>\n",
                          DIGLOT_VERSION, memory->sentences ? "sentence" : "paragraph", find_source_language (memory));
  for (guint i = 0; i < memory->sources->len; i++) {
    const Source *source = &g_array_index (memory->sources, Source, i);

    for (guint k = 0; k < source->units->len; k++)
      add_tmx_unit (out, source, &g_array_index (source->units, Unit, k));
  }
  g_string_append (out, "</body>\n</tmx>\n");
}

static void
add_xliff_unit (GString *out, const Source *source, const Unit *unit, guint number)
{
  char             score[G_ASCII_DTOSTR_BUF_SIZE];
  g_autofree char *first = dup_lines (unit->lines[0]), *second = dup_lines (unit->lines[1]);

  g_string_append_printf (out, "<trans-unit id=\"%u\">\n<source", number);
  dg_markup_attribute (out, "xml:lang", source->langs[0]);
  g_string_append_c (out, '>');
  dg_markup_text (out, unit->texts[0], -1);
  g_string_append (out, "</source>\n<target");
  dg_markup_attribute (out, "xml:lang", source->langs[1]);
  dg_markup_attribute (out, "state", dg_bead_is_doubtful (&(DgBead){ .n_a = 1, .n_b = 1, .score = unit->score }) ? "needs-review-translation" : "translated");
  g_string_append_c (out, '>');
  dg_markup_text (out, unit->texts[1], -1);
  g_string_append (out, "</target>\n<context-group purpose=\"location\">\n<context context-type=\"sourcefile\">");
  dg_markup_text (out, source->name, -1);
  g_string_append_printf (out, "</context>\n<context context-type=\"linenumber\">%u</context>\n</context-group>\n", unit->lines[0][0]);
  g_string_append_printf (out, "<note from=\"Diglot\">score=%s; role=%s; lines=%s,%s</note>\n</trans-unit>\n", format_score (score, unit->score),
                          dg_role_name (unit->role), first, second);
}

static void
write_xliff (const DgMemory *memory, GString *out)
{
  g_string_append (out, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<xliff version=\"1.2\" xmlns=\"urn:oasis:names:tc:xliff:document:1.2\">\n");
  for (guint i = 0; i < memory->sources->len; i++) {
    const Source *source = &g_array_index (memory->sources, Source, i);

    g_string_append (out, "<file");
    dg_markup_attribute (out, "original", source->name);
    dg_markup_attribute (out, "source-language", source->langs[0]);
    dg_markup_attribute (out, "target-language", source->langs[1]);
    g_string_append_printf (
      out,
      " datatype=\"plaintext\" tool-id=\"diglot\">\n<header><tool tool-id=\"diglot\" tool-name=\"Diglot\" tool-version=\"%s\" /></header>\n"
      "<body>\n",
      DIGLOT_VERSION);
    for (guint k = 0; k < source->units->len; k++)
      add_xliff_unit (out, source, &g_array_index (source->units, Unit, k), k + 1);
    g_string_append (out, "</body>\n</file>\n");
  }
  g_string_append (out, "</xliff>\n");
}

/* A field has neither tabs nor line ends. */
static void
add_field (GString *out, const char *text, char end)
{
  for (const char *p = text; *p != '\0'; p++)
    g_string_append_c (out, *p == '\t' || *p == '\n' || *p == '\r' ? ' ' : *p);
  g_string_append_c (out, end);
}

static void
write_tsv (const DgMemory *memory, GString *out)
{
  g_string_append (out, "lang_a\tlang_b\ttext_a\ttext_b\tscore\trole\tfile\tlines_a\tlines_b\n");
  for (guint i = 0; i < memory->sources->len; i++) {
    const Source *source = &g_array_index (memory->sources, Source, i);

    for (guint k = 0; k < source->units->len; k++) {
      const Unit      *unit = &g_array_index (source->units, Unit, k);
      char             score[G_ASCII_DTOSTR_BUF_SIZE];
      g_autofree char *first = dup_lines (unit->lines[0]), *second = dup_lines (unit->lines[1]);

      add_field (out, source->langs[0], '\t');
      add_field (out, source->langs[1], '\t');
      add_field (out, unit->texts[0], '\t');
      add_field (out, unit->texts[1], '\t');
      add_field (out, format_score (score, unit->score), '\t');
      add_field (out, dg_role_name (unit->role), '\t');
      add_field (out, source->name, '\t');
      add_field (out, first, '\t');
      add_field (out, second, '\n');
    }
  }
}

GBytes *
dg_memory_write (const DgMemory *memory)
{
  GString *out = g_string_new (NULL);

  if (memory->kind == DG_MEMORY_TMX)
    write_tmx (memory, out);
  else if (memory->kind == DG_MEMORY_XLIFF)
    write_xliff (memory, out);
  else
    write_tsv (memory, out);
  return g_string_free_to_bytes (out);
}
