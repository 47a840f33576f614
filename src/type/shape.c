/* shape.c: HarfBuzz on the face that Pango chose, word by word where that gives what the whole item would.
 *
 * News repeats its words, and HarfBuzz would work longer on them than all the rest of the layout together: they are kept with their
 * face.  Whether a word may be shaped by itself is asked of HarfBuzz when it is shaped first, with its own spaces and one more
 * beyond each.  It may where no lookup has looked at those (HB_GLYPH_FLAG_UNSAFE_TO_CONCAT marks all that a lookup touched, whether it
 * matched or not), its own spaces are such as they, and the line could be cut at both: then nothing behind the spaces has a part in the
 * word, nor the word in that.  Letters do not join over a space, and the scripts that are cut have no shaper that remembers more.
 *
 * Every word of Gentium and of Noto may.  In Amiri six of a hundred may not: a kaf or an alef with hamza below at the start looks through
 * the space at the tail of the letter before; such a word is shaped together with the one it leans on.  Scheherazade has lookups on the
 * space itself and is shaped whole.
 *
 * Where most words of an item are new it is cheaper shaped whole; its words are noted, and shaped when they are met again. */
#include "type/prepared.h"

#include <string.h>
#include <unicode/uchar.h>

#define WORD_MAX  48   /* characters of a word that is kept, or of several that lean on one another */
#define WORDS_MET 6000 /* kept a face */
#define WORDS_KEY "dg-words"
#define AROUND    5 /* characters that HarfBuzz looks at round a text */
#define PAD       2 /* the word's own space, and one more */

static guint
make_features (const DgItem *item, hb_feature_t *features)
{
  guint n = 0;

  if (item->small_caps)
    features[n++] = (hb_feature_t){ HB_TAG ('s', 'm', 'c', 'p'), 1, 0, (unsigned int) -1 };
  if (item->tracking > 0)
    features[n++] = (hb_feature_t){ HB_TAG ('l', 'i', 'g', 'a'), 0, 0, (unsigned int) -1 };
  return n;
}

/* All that the glyphs of a word depend on. */
typedef struct {
  hb_font_t      *hb;
  hb_script_t     script;
  hb_language_t   language;
  double          tracking;
  gboolean        small_caps, rtl;
  gboolean        space_before, space_after; /* in the same item */
  guint           n;
  const gunichar *text;
} Word;

typedef enum {
  FREE,
  LEANS, /* on the word before it */
  BOUND
} Bond;

typedef struct {
  DgShaped shaped; /* clusters from the word's first character on */
  gboolean safe;   /* the line may be cut before it */
} Glyph;

/* A word with the space after it, as shaped; in visual order. */
typedef struct {
  Bond  bond;
  guint n;
  Glyph glyphs[];
} Shape;

static guint
hash_word (gconstpointer data)
{
  const Word *word = data;
  guint       hash = GPOINTER_TO_UINT (word->hb) ^ word->script ^ (guint) (word->space_before + 2 * word->space_after);

  for (guint i = 0; i < word->n; i++)
    hash = hash * 31 + word->text[i];
  return hash;
}

static gboolean
equal_words (gconstpointer one, gconstpointer other)
{
  const Word *a = one, *b = other;

  return a->hb == b->hb && a->script == b->script && a->language == b->language && a->tracking == b->tracking && a->small_caps == b->small_caps
         && a->rtl == b->rtl && a->space_before == b->space_before && a->space_after == b->space_after && a->n == b->n
         && memcmp (a->text, b->text, a->n * sizeof *a->text) == 0;
}

/* With its text behind it; free with g_free. */
static Word *
copy_word (const Word *word)
{
  Word     *copy = g_malloc (sizeof *copy + word->n * sizeof *word->text);
  gunichar *text = (gunichar *) (copy + 1);

  *copy = *word;
  copy->text = memcpy (text, word->text, word->n * sizeof *text);
  return copy;
}

/* What is kept with a face. */
typedef struct {
  GHashTable  *shapes; /* Word → Shape, or NULL for a word that was met but not yet shaped by itself */
  hb_buffer_t *buffer; /* used again for each word */
} Words;

static void
words_free (gpointer data)
{
  Words *words = data;

  g_hash_table_unref (words->shapes);
  hb_buffer_destroy (words->buffer);
  g_free (words);
}

static Words *
words_of (PangoFont *font)
{
  Words *words = g_object_get_data (G_OBJECT (font), WORDS_KEY);

  if (!words) {
    words = g_new (Words, 1);
    words->shapes = g_hash_table_new_full (hash_word, equal_words, g_free, g_free);
    words->buffer = hb_buffer_create ();
    g_object_set_data_full (G_OBJECT (font), WORDS_KEY, words, words_free);
  }
  return words;
}

/* TRUE where of the two spaces at an end of a word, of clusters @first and @second, the @outer was not looked at, the @inner is just such a
 * one, and the line may be cut before glyph @cut. */
static gboolean
is_apart (const hb_glyph_info_t *infos, const hb_glyph_position_t *positions, guint first, guint second, guint outer, guint inner, guint cut)
{
  const hb_glyph_position_t *a = &positions[outer], *b = &positions[inner];

  return infos[outer].cluster == first && infos[inner].cluster == second && infos[outer].codepoint == infos[inner].codepoint && a->x_advance == b->x_advance
         && a->x_offset == b->x_offset && a->y_offset == b->y_offset && !(hb_glyph_info_get_glyph_flags (&infos[outer]) & HB_GLYPH_FLAG_UNSAFE_TO_CONCAT)
         && !(hb_glyph_info_get_glyph_flags (&infos[cut]) & HB_GLYPH_FLAG_UNSAFE_TO_BREAK);
}

/* How the word that is @n glyphs of @total characters is bound to what stands round it. */
static Bond
find_bond (const Word *word, const hb_glyph_info_t *infos, const hb_glyph_position_t *positions, guint n, guint total)
{
  guint last = n - 1;

  if (n < (guint) PAD * (word->space_before + word->space_after))
    return BOUND;
  if (word->space_after
      && !(word->rtl ? is_apart (infos, positions, total - 1, total - 2, 0, 1, 1)
                     : is_apart (infos, positions, total - 1, total - 2, last, last - 1, last - 1)))
    return BOUND;
  if (word->space_before
      && (n == PAD || !(word->rtl ? is_apart (infos, positions, 0, 1, last, last - 1, last - 2) : is_apart (infos, positions, 0, 1, 0, 1, 2))))
    return LEANS;
  return FREE;
}

/* Emoji of several characters (flags, keycaps, families, hands of a skin) are one cluster: no line ends in them and no space comes between. */

static gboolean
is_tone (gunichar ch)
{
  return ch >= 0x1F3FB && ch <= 0x1F3FF;
}

static gboolean
is_emoji (gunichar ch)
{
  return ch > 0xFF && u_hasBinaryProperty ((UChar32) ch, UCHAR_EMOJI);
}

static gboolean
is_flag (gunichar ch)
{
  return ch >= 0x1F1E6 && ch <= 0x1F1FF;
}

/* TRUE where a character makes one sign of itself and the one before it. */
static gboolean
has_emoji (const gunichar *text, guint n)
{
  for (guint i = 1; i < n; i++) {
    if (text[i] < 0x20E3)
      continue;
    if (text[i] == 0x20E3 || text[i] == 0xFE0F || (is_flag (text[i]) && is_flag (text[i - 1])) || (text[i] >= 0xE0020 && text[i] <= 0xE007F))
      return TRUE;
    if (is_tone (text[i]) ? is_emoji (text[i - 1]) : text[i - 1] == 0x200D && is_emoji (text[i]))
      return TRUE;
  }
  return FALSE;
}

/* TRUE for a swatch of skin that the face sets beside the hand, for want of a hand of that skin: of one colour it says nothing. */
static gboolean
is_swatch (const DgItem *item, const gunichar *text, const hb_glyph_info_t *info)
{
  hb_codepoint_t swatch;

  if (is_tone (text[info->cluster]) || !is_emoji (text[info->cluster]))
    return FALSE;
  for (gunichar tone = 0x1F3FB; tone <= 0x1F3FF; tone++)
    if (hb_font_get_nominal_glyph (item->hb, tone, &swatch) && swatch == info->codepoint)
      return TRUE;
  return FALSE;
}

/* A keycap that is set round a digit is wider than that: glyphs @first to @end, one cluster, get the room of their ink. */
static void
make_room (const DgItem *item, Glyph *glyphs, guint first, guint end)
{
  double unit = dg_fonts_unit (item->hb, item->size), pen = 0, left = 0, right = 0;

  for (guint i = first; i < end; i++) {
    const DgShaped    *glyph = &glyphs[i].shaped;
    hb_glyph_extents_t ink;

    if (hb_font_get_glyph_extents (item->hb, glyph->id, &ink)) {
      left = MIN (left, pen + glyph->dx + ink.x_bearing * unit);
      right = MAX (right, pen + glyph->dx + (ink.x_bearing + ink.width) * unit);
    }
    pen += glyph->advance;
  }
  for (guint i = first; i < end; i++)
    glyphs[i].shaped.dx -= left;
  glyphs[end - 1].shaped.advance += MAX (right - pen, 0) - left;
}

static void
make_rooms (const DgItem *item, Shape *shape)
{
  for (guint first = 0, end; first < shape->n; first = end) {
    for (end = first + 1; end < shape->n && shape->glyphs[end].shaped.cluster == shape->glyphs[first].shaped.cluster;)
      end++;
    if (end - first > 1)
      make_room (item, shape->glyphs, first, end);
  }
}

/* A stretch of an item: text[start, end) and the space at @end, if there is one. */
typedef struct {
  guint        start, end;
  const Shape *shape;
} Part;

/* An item, text[start, end) of @n characters, while it is cut. */
typedef struct {
  const DgItem   *item;
  const gunichar *text;
  guint           n, start, end;
  Words          *words;
  GArray         *parts; /* Part */
  GPtrArray      *mine;  /* Shape: those that are not kept */
} Cut;

static Word
part_word (const Cut *cut, const Part *part)
{
  const DgItem *item = cut->item;

  return (Word){ item->hb,
                 item->script,
                 item->language,
                 item->tracking,
                 item->small_caps,
                 item->level % 2 != 0,
                 part->start > cut->start,
                 part->end < cut->end,
                 part->end - part->start,
                 cut->text + part->start };
}

/* TRUE where nothing but the word itself has a part in its glyphs: its letters join none beside it, or its script's never do. */
static gboolean
can_keep (const Cut *cut, const Word *word, const Part *part)
{
  if (word->n > WORD_MAX)
    return FALSE;
  return cut->item->widens
         || ((word->space_before || part->start == 0 || cut->text[part->start - 1] == ' ')
             && (word->space_after || part->end == cut->n || cut->text[part->end] == ' '));
}

static void
keep (const Cut *cut, const Word *word, Shape *shape)
{
  g_hash_table_insert (cut->words->shapes, copy_word (word), shape);
}

/* Shapes the @word.  Free with g_free. */
static Shape *
shape_word (const Cut *cut, const Word *word, guint start)
{
  const DgItem              *item = cut->item;
  const gunichar            *text = cut->text;
  guint                      n = cut->n, end = start + word->n;
  guint                      lead = word->space_before ? PAD : MIN (start, AROUND), tail = word->space_after ? PAD : MIN (n - end, AROUND);
  guint                      total = lead + word->n + tail, from = word->space_before ? 0 : lead, to = total - (word->space_after ? 0 : tail);
  g_autofree gunichar       *around = g_new (gunichar, total + 1); /* never NULL, as memcpy wants it */
  hb_buffer_t               *buffer = cut->words->buffer;
  hb_feature_t               features[4];
  guint                      n_features = make_features (item, features), count;
  const hb_glyph_info_t     *infos;
  const hb_glyph_position_t *positions;
  double                     unit = dg_fonts_unit (item->hb, item->size);
  gboolean                   emoji = has_emoji (word->text, word->n);
  Shape                     *shape;

  for (guint i = 0; i < lead; i++)
    around[i] = word->space_before ? ' ' : text[start - lead + i];
  memcpy (around + lead, word->text, word->n * sizeof *around);
  for (guint i = 0; i < tail; i++)
    around[lead + word->n + i] = word->space_after ? ' ' : text[end + i];
  hb_buffer_reset (buffer);
  hb_buffer_set_cluster_level (buffer, emoji ? HB_BUFFER_CLUSTER_LEVEL_MONOTONE_GRAPHEMES : HB_BUFFER_CLUSTER_LEVEL_MONOTONE_CHARACTERS);
  hb_buffer_set_flags (buffer, word->space_before || word->space_after ? HB_BUFFER_FLAG_PRODUCE_UNSAFE_TO_CONCAT : HB_BUFFER_FLAG_DEFAULT);
  hb_buffer_set_direction (buffer, word->rtl ? HB_DIRECTION_RTL : HB_DIRECTION_LTR);
  hb_buffer_set_script (buffer, item->script);
  hb_buffer_set_language (buffer, item->language);
  hb_buffer_add_utf32 (buffer, around, (int) total, from, (int) (to - from));
  hb_shape (item->hb, buffer, features, n_features);
  /* HarfBuzz goes on with what it has, which is another text: better none. */
  if (!hb_buffer_allocation_successful (buffer))
    g_error ("failed to allocate the glyphs of a word");
  infos = hb_buffer_get_glyph_infos (buffer, &count);
  positions = hb_buffer_get_glyph_positions (buffer, NULL);

  shape = g_malloc (sizeof *shape + count * sizeof *shape->glyphs);
  shape->bond = find_bond (word, infos, positions, count, total);
  shape->n = 0;
  for (guint i = 0; i < count; i++) {
    const hb_glyph_position_t *position = &positions[i];
    Glyph glyph = { { infos[i].codepoint, infos[i].cluster - lead, position->x_advance * unit, position->x_offset * unit, position->y_offset * unit },
                    !(hb_glyph_info_get_glyph_flags (&infos[i]) & HB_GLYPH_FLAG_UNSAFE_TO_BREAK) };

    /* The word and the space after it. */
    if (infos[i].cluster < lead || infos[i].cluster > lead + word->n || (emoji && is_swatch (item, around, &infos[i])))
      continue;
    if (item->tracking > 0 && glyph.shaped.advance > 0)
      glyph.shaped.advance += item->tracking;
    shape->glyphs[shape->n++] = glyph;
  }
  if (emoji)
    make_rooms (item, shape);
  return shape;
}

/* Shapes the part, or finds how it was shaped before. */
static const Shape *
shape_part (const Cut *cut, const Part *part)
{
  Word     word = part_word (cut, part);
  gboolean can = can_keep (cut, &word, part);
  Shape   *shape = can ? g_hash_table_lookup (cut->words->shapes, &word) : NULL;

  if (shape)
    return shape;
  shape = shape_word (cut, &word, part->start);
  if (can && g_hash_table_size (cut->words->shapes) < WORDS_MET)
    keep (cut, &word, shape);
  else
    g_ptr_array_add (cut->mine, shape);
  return shape;
}

/* Lists the words of the item with the shapes that are known; returns how many are met the first time. */
static guint
list_words (const Cut *cut)
{
  guint fresh = 0;

  for (guint at = cut->start; at < cut->end;) {
    Part     part = { at, at, NULL };
    gpointer shape = NULL;
    Word     word;

    while (part.end < cut->end && cut->text[part.end] != ' ')
      part.end++;
    at = part.end + 1;
    word = part_word (cut, &part);
    if (!can_keep (cut, &word, &part)) {
      fresh++;
    } else if (!g_hash_table_lookup_extended (cut->words->shapes, &word, NULL, &shape)) {
      fresh++;
      if (g_hash_table_size (cut->words->shapes) < WORDS_MET)
        keep (cut, &word, NULL);
    }
    part.shape = shape;
    g_array_append_val (cut->parts, part);
  }
  return fresh;
}

/* Cuts the item at its spaces; FALSE where that cannot be or does not pay.  Scripts with shapers of their own are not cut, nor is a direction that is not
 * the script's own, of which HarfBuzz judges by the whole text. */
static gboolean
cut_item (const Cut *cut)
{
  const DgItem  *item = cut->item;
  hb_direction_t direction = item->level % 2 ? HB_DIRECTION_RTL : HB_DIRECTION_LTR;
  Part          *parts;
  guint          n = 0;

  if (!(item->widens || item->script == HB_SCRIPT_ARABIC) || direction != hb_script_get_horizontal_direction (item->script))
    return FALSE;
  if (list_words (cut) * 2 > cut->parts->len)
    return FALSE;
  parts = (Part *) (void *) cut->parts->data;
  for (guint i = 0; i < cut->parts->len; i++) {
    Part part = parts[i];

    if (!part.shape)
      part.shape = shape_part (cut, &part);
    while (part.shape->bond == LEANS) {
      part.start = parts[--n].start;
      if (part.end - part.start > WORD_MAX)
        return FALSE;
      part.shape = shape_part (cut, &part);
    }
    if (part.shape->bond == BOUND)
      return FALSE;
    parts[n++] = part;
  }
  g_array_set_size (cut->parts, n);
  return TRUE;
}

static void
append_part (const Part *part, GArray *out, gboolean *unsafe)
{
  const Shape *shape = part->shape;
  DgShaped    *to;

  g_array_set_size (out, out->len + shape->n);
  to = &g_array_index (out, DgShaped, out->len - shape->n);
  for (guint i = 0; i < shape->n; i++) {
    to[i] = shape->glyphs[i].shaped;
    to[i].cluster += part->start;
    if (unsafe && shape->glyphs[i].safe)
      unsafe[to[i].cluster] = FALSE;
  }
}

void
dg_shape (const DgItem *item, const gunichar *text, guint n, guint start, guint end, GArray *out, gboolean *unsafe)
{
  g_autoptr (GArray) parts = g_array_new (FALSE, FALSE, sizeof (Part));
  g_autoptr (GPtrArray) mine = g_ptr_array_new_with_free_func (g_free);
  Cut cut = { item, text, n, start, end, words_of (item->font), parts, mine };

  if (g_hash_table_size (cut.words->shapes) >= WORDS_MET)
    g_hash_table_remove_all (cut.words->shapes);
  if (!cut_item (&cut)) {
    Part whole = { start, end, NULL };

    whole.shape = shape_part (&cut, &whole);
    g_array_set_size (parts, 0);
    g_array_append_val (parts, whole);
  }
  if (unsafe)
    /* A character inside a cluster cannot start a line; the first of each cluster can, unless the shaper says no. */
    for (guint i = start + 1; i < end; i++)
      unsafe[i] = TRUE;
  for (guint i = 0; i < parts->len; i++)
    append_part (&g_array_index (parts, Part, item->level % 2 ? parts->len - 1 - i : i), out, unsafe);
}
