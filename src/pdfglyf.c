/* pdfglyf.c: a TrueType font whose glyphs are the codes of pdffont.c.
 *
 * libharfbuzz-subset picks the outlines and drops their instructions; here they are put in the order of the codes, and codes
 * that show several of them, or one of them moved, become composite glyphs (OpenType 1.9, glyf). */
#include <hb-subset.h>
#include <string.h>

#include "diglot.h"
#include "pdfprogram.h"

enum {                                   /* flags of a composite glyph's component */
  ARGS_ARE_WORDS = 0x0001, ARGS_ARE_XY = 0x0002, HAS_SCALE = 0x0008, MORE_COMPONENTS = 0x0020,
  HAS_XY_SCALE = 0x0040, HAS_2X2 = 0x0080, HAS_INSTRUCTIONS = 0x0100, USE_MY_METRICS = 0x0200, UNSCALED_OFFSET = 0x1000
};

#define MAX_DEPTH        8
#define MAX_SHORT_OFFSET 0x1FFFE     /* in loca: a half of it is 16 bits */

typedef struct {
  hb_blob_t    *blob;
  const guint8 *data;
  guint         length;
} Table;

/* One face's part of the font: its subset. */
typedef struct {
  hb_face_t *face;
  hb_map_t  *map;                /* the face's glyph → the subset's */
  Table      glyf, loca, head, maxp, hhea;
  gboolean   long_loca;
  guint      n_glyphs;
  guint16   *place;              /* by the subset's glyph: its number here, 0 for none */
} Source;

typedef struct {
  Source    *sources;
  guint      n_sources, main;
  GPtrArray *out;                /* GByteArray*: the new glyphs */
  GArray    *advances;           /* int, one a new glyph */
  guint      max_parts;
} Maker;

static guint
get16 (const guint8 *p)
{
  return (guint) (p[0] << 8 | p[1]);
}

static guint32
get32 (const guint8 *p)
{
  return (guint32) p[0] << 24 | (guint32) p[1] << 16 | (guint32) p[2] << 8 | p[3];
}

static void
set16 (guint8 *p, guint value)
{
  p[0] = (guint8) (value >> 8);
  p[1] = (guint8) value;
}

static void
set32 (guint8 *p, guint32 value)
{
  set16 (p, value >> 16);
  set16 (p + 2, value & 0xFFFF);
}

static void
put16 (GByteArray *out, int value)
{
  guint8 bytes[2];

  set16 (bytes, (guint) value & 0xFFFF);
  g_byte_array_append (out, bytes, 2);
}

static void
put32 (GByteArray *out, guint32 value)
{
  guint8 bytes[4];

  set32 (bytes, value);
  g_byte_array_append (out, bytes, 4);
}

static Table
open_table (hb_face_t *face, const char *tag)
{
  Table table;

  table.blob = hb_face_reference_table (face, HB_TAG (tag[0], tag[1], tag[2], tag[3]));
  table.data = (const guint8 *) hb_blob_get_data (table.blob, &table.length);
  return table;
}

/* The faces that the codes show: nothing else need be fit for embedding. */
static gboolean *
find_used (const DgPdfProgram *program)
{
  gboolean *used = g_new0 (gboolean, program->n_faces);

  used[program->main] = TRUE;
  for (guint i = 1; i < program->n_codes; i++)
    for (guint k = 0; k < program->codes[i].n; k++)
      used[program->parts[program->codes[i].first + k].source] = TRUE;
  return used;
}

gboolean
dg_pdf_program_is_glyf (const DgPdfProgram *program)
{
  g_autofree gboolean *used = find_used (program);

  for (guint i = 0; i < program->n_faces; i++)
    if (used[i])
      {
        Table glyf = open_table (program->faces[i], "glyf");
        gboolean has = glyf.length > 0;

        hb_blob_destroy (glyf.blob);
        if (!has)
          return FALSE;
      }
  return TRUE;
}

/* The subset's outline @glyph; empty for a blank one or one that does not lie inside the table. */
static const guint8 *
get_outline (const Source *source, guint glyph, guint *length)
{
  guint32 start, end;

  *length = 0;
  if (glyph >= source->n_glyphs)
    return NULL;
  if (source->long_loca)
    {
      if (source->loca.length < 4 * (glyph + 2))
        return NULL;
      start = get32 (source->loca.data + 4 * glyph);
      end = get32 (source->loca.data + 4 * glyph + 4);
    }
  else
    {
      if (source->loca.length < 2 * (glyph + 2))
        return NULL;
      start = 2 * get16 (source->loca.data + 2 * glyph);
      end = 2 * get16 (source->loca.data + 2 * glyph + 2);
    }
  if (end < start || end > source->glyf.length || end - start < 10)
    return NULL;
  *length = end - start;
  return source->glyf.data + start;
}

static guint place_outline (Maker *self, Source *source, guint glyph, guint depth);

/* A copy of an outline with the numbers of its components translated. */
static GByteArray *
copy_outline (Maker *self, Source *source, guint glyph, guint depth)
{
  GByteArray *out = g_byte_array_new ();
  guint length, at = 10, flags;
  const guint8 *data = get_outline (source, glyph, &length);

  if (!data)
    return out;
  if ((gint16) get16 (data) >= 0)
    {
      g_byte_array_append (out, data, length);
      return out;
    }
  g_byte_array_append (out, data, 10);
  do
    {
      guint size, component;

      if (at + 4 > length)
        break;
      flags = get16 (data + at);
      size = 4 + (flags & ARGS_ARE_WORDS ? 4 : 2) + (flags & HAS_SCALE ? 2 : flags & HAS_XY_SCALE ? 4 : flags & HAS_2X2 ? 8 : 0);
      if (at + size > length)
        break;
      component = depth < MAX_DEPTH ? place_outline (self, source, get16 (data + at + 2), depth + 1) : 0;
      put16 (out, (int) (flags & ~(guint) (HAS_INSTRUCTIONS | USE_MY_METRICS)));
      put16 (out, (int) component);
      g_byte_array_append (out, data + at + 4, size - 4);
      at += size;
    }
  while (flags & MORE_COMPONENTS);
  return out;
}

/* The number here of the subset's outline @glyph, added at the end where it has none yet. */
static guint
place_outline (Maker *self, Source *source, guint glyph, guint depth)
{
  GByteArray *outline;
  guint number;

  if (glyph >= source->n_glyphs)
    return 0;
  if (source->place[glyph])
    return source->place[glyph];
  if (self->out->len >= G_MAXUINT16)
    return 0;
  number = self->out->len;
  source->place[glyph] = (guint16) number;
  g_ptr_array_add (self->out, NULL);
  g_array_set_size (self->advances, number + 1);
  outline = copy_outline (self, source, glyph, depth);   /* may lengthen the array: never into it directly */
  self->out->pdata[number] = outline;
  return number;
}

static guint
subset_glyph (const Source *source, guint32 glyph)
{
  hb_codepoint_t mapped = hb_map_get (source->map, glyph);

  return mapped == HB_MAP_VALUE_INVALID ? 0 : mapped;
}

static gboolean
is_moved (const DgPdfPart *part)
{
  return part->x != 0 || part->y != 0 || part->scale != DG_PDF_SCALE;
}

static GByteArray *
compose (Maker *self, const DgPdfPart *parts, guint n_parts)
{
  GByteArray *out = g_byte_array_new ();
  int box[4] = { G_MAXINT16, G_MAXINT16, G_MININT16, G_MININT16 };
  guint n = 0, last = 0;

  for (guint i = 0; i < 5; i++)
    put16 (out, i ? 0 : -1);
  for (guint i = 0; i < n_parts; i++)
    {
      Source *source = &self->sources[parts[i].source];
      guint length, glyph = subset_glyph (source, parts[i].glyph);
      const guint8 *data = get_outline (source, glyph, &length);

      if (!data)                 /* a blank part adds nothing */
        continue;
      for (guint k = 0; k < 4; k++)
        {
          int value = (gint16) get16 (data + 2 + 2 * k) * parts[i].scale / DG_PDF_SCALE + (k % 2 ? parts[i].y : parts[i].x);

          box[k] = k < 2 ? MIN (box[k], value) : MAX (box[k], value);
        }
      last = out->len;
      put16 (out, ARGS_ARE_WORDS | ARGS_ARE_XY | MORE_COMPONENTS | UNSCALED_OFFSET | (parts[i].scale != DG_PDF_SCALE ? HAS_SCALE : 0));
      put16 (out, (int) place_outline (self, source, glyph, 1));
      put16 (out, CLAMP (parts[i].x, G_MININT16, G_MAXINT16));
      put16 (out, CLAMP (parts[i].y, G_MININT16, G_MAXINT16));
      if (parts[i].scale != DG_PDF_SCALE)
        put16 (out, CLAMP (parts[i].scale, 0, G_MAXINT16));
      n++;
    }
  if (!n)
    {
      g_byte_array_set_size (out, 0);
      return out;
    }
  out->data[last + 1] &= (guint8) ~MORE_COMPONENTS;
  for (guint k = 0; k < 4; k++)
    set16 (out->data + 2 + 2 * k, (guint) CLAMP (box[k], G_MININT16, G_MAXINT16) & 0xFFFF);
  self->max_parts = MAX (self->max_parts, n);
  return out;
}

/* Fills the new glyphs: first the codes, then what they are composed of. */
static void
fill (Maker *self, const DgPdfProgram *program)
{
  g_ptr_array_set_size (self->out, (int) program->n_codes);
  g_array_set_size (self->advances, program->n_codes);
  /* A code that shows one outline in its place is that outline; others refer to it. */
  for (guint i = 1; i < program->n_codes; i++)
    {
      const DgPdfCode *code = &program->codes[i];
      const DgPdfPart *part = &program->parts[code->first];

      if (code->n == 1 && !is_moved (part))
        {
          Source *source = &self->sources[part->source];
          guint glyph = subset_glyph (source, part->glyph);

          if (glyph < source->n_glyphs && glyph && !source->place[glyph])
            source->place[glyph] = (guint16) i;
        }
    }
  for (guint i = 0; i < program->n_codes; i++)
    {
      const DgPdfCode *code = &program->codes[i];
      const DgPdfPart *parts = &program->parts[code->first];
      Source *source = &self->sources[code->n == 1 ? parts->source : self->main];
      guint glyph = code->n == 1 ? subset_glyph (source, parts->glyph) : 0;
      GByteArray *outline;

      g_array_index (self->advances, int, i) = code->advance;
      if (i == 0 || (code->n == 1 && glyph && glyph < source->n_glyphs && source->place[glyph] == i))
        outline = copy_outline (self, source, glyph, 0);
      else
        outline = compose (self, parts, code->n);
      self->out->pdata[i] = outline;
    }
}

/* The face with what its outlines need and no more: with a cmap, subsetting would look at each of its characters. */
static hb_face_t *
strip (hb_face_t *face)
{
  static const char *const needed[] = { "glyf", "loca", "head", "maxp", "hhea", "hmtx" };
  hb_face_t *stripped = hb_face_builder_create ();

  for (guint i = 0; i < G_N_ELEMENTS (needed); i++)
    {
      Table table = open_table (face, needed[i]);

      hb_face_builder_add_table (stripped, HB_TAG (needed[i][0], needed[i][1], needed[i][2], needed[i][3]), table.blob);
      hb_blob_destroy (table.blob);
    }
  return stripped;
}

static gboolean
open_source (Source *source, const DgPdfProgram *program, guint index)
{
  hb_subset_input_t *input = hb_subset_input_create_or_fail ();
  hb_subset_plan_t *plan;
  hb_face_t *stripped;
  hb_set_t *glyphs;

  if (!input)
    return FALSE;
  glyphs = hb_subset_input_glyph_set (input);
  hb_set_add (glyphs, 0);
  for (guint i = 1; i < program->n_codes; i++)
    for (guint k = 0; k < program->codes[i].n; k++)
      {
        const DgPdfPart *part = &program->parts[program->codes[i].first + k];

        if (part->source == index)
          hb_set_add (glyphs, part->glyph);
      }
  hb_subset_input_set_flags (input, HB_SUBSET_FLAGS_NO_HINTING | HB_SUBSET_FLAGS_NOTDEF_OUTLINE);
  stripped = strip (program->faces[index]);
  plan = hb_subset_plan_create_or_fail (stripped, input);
  if (plan)
    {
      source->face = hb_subset_plan_execute_or_fail (plan);
      source->map = hb_map_copy (hb_subset_plan_old_to_new_glyph_mapping (plan));
    }
  hb_subset_plan_destroy (plan);
  hb_subset_input_destroy (input);
  hb_face_destroy (stripped);
  if (!source->face)
    return FALSE;
  source->glyf = open_table (source->face, "glyf");
  source->loca = open_table (source->face, "loca");
  source->head = open_table (source->face, "head");
  source->maxp = open_table (source->face, "maxp");
  source->hhea = open_table (source->face, "hhea");
  if (source->head.length < 54 || source->maxp.length < 32 || source->hhea.length < 36)
    return FALSE;
  source->long_loca = get16 (source->head.data + 50) != 0;
  source->n_glyphs = get16 (source->maxp.data + 4);
  source->place = g_new0 (guint16, MAX (source->n_glyphs, 1));
  return TRUE;
}

static void
close_source (Source *source)
{
  hb_blob_destroy (source->glyf.blob);
  hb_blob_destroy (source->loca.blob);
  hb_blob_destroy (source->head.blob);
  hb_blob_destroy (source->maxp.blob);
  hb_blob_destroy (source->hhea.blob);
  hb_face_destroy (source->face);
  hb_map_destroy (source->map);
  g_free (source->place);
}

static guint32
check_sum (const guint8 *data, guint length)
{
  guint32 sum = 0;
  guint i;

  for (i = 0; i + 4 <= length; i += 4)
    sum += get32 (data + i);
  for (guint k = 0; i + k < length; k++)
    sum += (guint32) data[i + k] << (24 - 8 * k);
  return sum;
}

/* The file: a directory and the tables, in the order of their tags. */
static GBytes *
assemble (const char *const *tags, GByteArray *const *tables, guint n)
{
  GByteArray *out = g_byte_array_new ();
  guint offset = 12 + 16 * n, head = 0, power = 1, log = 0;
  static const guint8 zeros[4] = { 0 };

  while (power * 2 <= n)
    {
      power *= 2;
      log++;
    }
  put32 (out, 0x00010000);
  put16 (out, (int) n);
  put16 (out, (int) (16 * power));
  put16 (out, (int) log);
  put16 (out, (int) (16 * (n - power)));
  for (guint i = 0; i < n; i++)
    {
      g_byte_array_append (out, (const guint8 *) tags[i], 4);
      put32 (out, check_sum (tables[i]->data, tables[i]->len));
      put32 (out, offset);
      put32 (out, tables[i]->len);
      if (!strcmp (tags[i], "head"))
        head = offset;
      offset += (tables[i]->len + 3) & ~3U;
    }
  for (guint i = 0; i < n; i++)
    {
      g_byte_array_append (out, tables[i]->data, tables[i]->len);
      g_byte_array_append (out, zeros, (4 - tables[i]->len % 4) % 4);
    }
  set32 (out->data + head + 8, 0xB1B0AFBA - check_sum (out->data, out->len));
  return g_byte_array_free_to_bytes (out);
}

static GByteArray *
copy_table (const Table *table)
{
  GByteArray *out = g_byte_array_new ();

  return g_byte_array_append (out, table->data, table->length);
}

/* The profile's upper bounds: those of all sources, and what composing adds. */
static void
fit_profile (const Maker *self, GByteArray *maxp)
{
  guint parts = MAX (self->max_parts, 1);

  set16 (maxp->data + 4, self->out->len);
  for (guint i = 0; i < self->n_sources; i++)
    if (self->sources[i].maxp.length >= 32)
      for (guint at = 6; at < 32; at += 2)
        set16 (maxp->data + at, MAX (get16 (maxp->data + at), get16 (self->sources[i].maxp.data + at)));
  for (guint k = 0; k < 2; k++)                          /* points and contours, simple and composite */
    {
      guint most = MAX (get16 (maxp->data + 6 + 2 * k), get16 (maxp->data + 10 + 2 * k));

      set16 (maxp->data + 10 + 2 * k, MIN (most * parts, G_MAXUINT16));
    }
  set16 (maxp->data + 28, MAX (get16 (maxp->data + 28), parts));
  set16 (maxp->data + 30, MIN (get16 (maxp->data + 30) + 1, 16));
}

/* A row of loca: short ones are halved. */
static void
put_offset (GByteArray *loca, guint offset, gboolean wide)
{
  if (wide)
    put32 (loca, offset);
  else
    put16 (loca, (int) (offset / 2));
}

static GBytes *
write_font (Maker *self)
{
  static const char *const tags[] = { "glyf", "head", "hhea", "hmtx", "loca", "maxp" };
  const Source *main = &self->sources[self->main];
  GByteArray *glyf = g_byte_array_new (), *loca = g_byte_array_new (), *hmtx = g_byte_array_new ();
  GByteArray *head = copy_table (&main->head), *hhea = copy_table (&main->hhea), *maxp = copy_table (&main->maxp);
  GByteArray *tables[] = { glyf, head, hhea, hmtx, loca, maxp };
  GBytes *bytes;
  guint widest = 0;
  gsize room = 0;
  gboolean wide;

  for (guint i = 0; i < self->out->len; i++)
    room += ((const GByteArray *) self->out->pdata[i])->len + 1;
  wide = room > MAX_SHORT_OFFSET;
  for (guint i = 0; i < self->out->len; i++)
    {
      GByteArray *glyph = self->out->pdata[i];
      guint advance = (guint) g_array_index (self->advances, int, i);

      put_offset (loca, glyf->len, wide);
      g_byte_array_append (glyf, glyph->data, glyph->len);
      if (glyf->len % 2)
        g_byte_array_append (glyf, (const guint8 *) "", 1);
      put16 (hmtx, (int) advance);
      put16 (hmtx, glyph->len >= 10 ? (int) get16 (glyph->data + 2) : 0);      /* side bearing = xMin: the outline stays put */
      widest = MAX (widest, advance);
    }
  put_offset (loca, glyf->len, wide);
  set32 (head->data + 8, 0);
  set16 (head->data + 50, wide);
  set16 (hhea->data + 10, widest);
  set16 (hhea->data + 34, self->out->len);
  fit_profile (self, maxp);
  bytes = assemble (tags, tables, G_N_ELEMENTS (tags));
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    g_byte_array_unref (tables[i]);
  return bytes;
}

GBytes *
dg_pdf_glyf_new (const DgPdfProgram *program, GError **error)
{
  g_autofree Source *sources = g_new0 (Source, program->n_faces);
  g_autofree gboolean *used = find_used (program);
  g_autoptr (GPtrArray) out = g_ptr_array_new_with_free_func ((GDestroyNotify) g_byte_array_unref);
  g_autoptr (GArray) advances = g_array_new (FALSE, TRUE, sizeof (int));
  Maker self = { sources, program->n_faces, program->main, out, advances, 0 };
  gboolean open = TRUE;
  GBytes *bytes = NULL;

  for (guint i = 0; i < program->n_faces && open; i++)
    if (used[i])
      open = open_source (&sources[i], program, i);
  if (open)
    {
      fill (&self, program);
      bytes = write_font (&self);
    }
  else
    g_set_error (error, DIGLOT_ERROR, DIGLOT_ERROR_FONT, "a face lacks the tables that embedding needs");
  for (guint i = 0; i < program->n_faces; i++)
    close_source (&sources[i]);
  return bytes;
}
