/* glyf.c: a TrueType font whose glyphs are the codes of font.c.
 *
 * The glyphs of the codes come first, in their order, behind them what these are composed of.  A code that shows one outline where it
 * stands is that outline; one that shows several of them, or one of them moved, is a composite glyph (OpenType 1.9, glyf).  The
 * outlines are copied as they lie in the faces, less their instructions. */
#include <string.h>

#include "diglot.h"
#include "pdf/program.h"

enum { /* flags of a composite glyph's component */
       ARGS_ARE_WORDS = 0x0001,
       ARGS_ARE_XY = 0x0002,
       HAS_SCALE = 0x0008,
       MORE_COMPONENTS = 0x0020,
       HAS_XY_SCALE = 0x0040,
       HAS_2X2 = 0x0080,
       HAS_INSTRUCTIONS = 0x0100,
       USE_MY_METRICS = 0x0200,
       UNSCALED_OFFSET = 0x1000
};

#define HEADER           10      /* bytes: an outline's number of contours and its box */
#define COMPONENT        10      /* bytes at most, as written here */
#define MAX_SHORT_OFFSET 0x1FFFE /* in loca: a half of it is 16 bits */

typedef struct {
  hb_blob_t    *blob;
  const guint8 *data;
  guint         length;
} Table;

/* A face that outlines come from. */
typedef struct {
  Table    glyf, loca, head, maxp, hhea;
  gboolean long_loca;
  guint    n_glyphs;
  guint16 *place; /* by the face's glyph: its number here, 0 for none */
} Source;

typedef struct {
  Source *source;
  guint   glyph;
} Outline;

typedef struct {
  const DgPdfProgram *program;
  Source             *sources;  /* one a face; those that are not shown are empty */
  GArray             *outlines; /* Outline: the glyphs behind those of the codes */
  GByteArray         *glyf, *hmtx;
  GArray             *offsets; /* guint: where each glyph begins in glyf, and where the last ends */
  guint               max_parts;
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
put16 (GByteArray *out, guint value)
{
  guint8 bytes[2];

  set16 (bytes, value);
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
    if (used[i]) {
      Table    glyf = open_table (program->faces[i], "glyf");
      gboolean has = glyf.length > 0;

      hb_blob_destroy (glyf.blob);
      if (!has)
        return FALSE;
    }
  return TRUE;
}

/* Outlines */

/* The face's outline @glyph; NULL for a blank one or one that does not lie inside the table. */
static const guint8 *
get_outline (const Source *source, guint glyph, guint *length)
{
  guint32 start, end;

  *length = 0;
  if (glyph >= source->n_glyphs)
    return NULL;
  if (source->long_loca) {
    if (source->loca.length < 4 * (glyph + 2))
      return NULL;
    start = get32 (source->loca.data + 4 * glyph);
    end = get32 (source->loca.data + 4 * glyph + 4);
  } else {
    if (source->loca.length < 2 * (glyph + 2))
      return NULL;
    start = 2 * get16 (source->loca.data + 2 * glyph);
    end = 2 * get16 (source->loca.data + 2 * glyph + 2);
  }
  if (end < start || end > source->glyf.length || end - start < HEADER)
    return NULL;
  *length = end - start;
  return source->glyf.data + start;
}

/* The number here of the face's outline @glyph, which comes last where it has none yet. */
static guint
place_outline (Maker *self, Source *source, guint glyph)
{
  Outline outline = { source, glyph };
  guint   number = self->program->n_codes + self->outlines->len;

  if (glyph >= source->n_glyphs)
    return 0;
  if (source->place[glyph])
    return source->place[glyph];
  if (number >= G_MAXUINT16)
    return 0;
  source->place[glyph] = (guint16) number;
  g_array_append_val (self->outlines, outline);
  return number;
}

/* One made of points, without its instructions: behind the points that end contours stand how long they are and they. */
static void
append_simple (GByteArray *out, const guint8 *data, guint length)
{
  guint at = HEADER + 2 * get16 (data), rest = length >= at + 2 ? at + 2 + get16 (data + at) : length;

  if (rest >= length)
    return;
  g_byte_array_append (out, data, at);
  put16 (out, 0);
  g_byte_array_append (out, data + rest, length - rest);
}

/* One made of others, whose numbers are translated. */
static void
append_composite (Maker *self, Source *source, const guint8 *data, guint length)
{
  guint at = HEADER, flags;

  g_byte_array_append (self->glyf, data, HEADER);
  do {
    guint size;

    if (at + 4 > length)
      break;
    flags = get16 (data + at);
    size = 4 + (flags & ARGS_ARE_WORDS ? 4 : 2) + (flags & HAS_SCALE ? 2 : flags & HAS_XY_SCALE ? 4 : flags & HAS_2X2 ? 8 : 0);
    if (at + size > length)
      break;
    put16 (self->glyf, flags & ~(guint) (HAS_INSTRUCTIONS | USE_MY_METRICS));
    put16 (self->glyf, place_outline (self, source, get16 (data + at + 2)));
    g_byte_array_append (self->glyf, data + at + 4, size - 4);
    at += size;
  } while (flags & MORE_COMPONENTS);
}

static void
append_outline (Maker *self, Source *source, guint glyph)
{
  guint         length;
  const guint8 *data = get_outline (source, glyph, &length);

  if (data && (gint16) get16 (data) >= 0)
    append_simple (self->glyf, data, length);
  else if (data)
    append_composite (self, source, data, length);
}

static guint
known_glyph (const Source *source, guint32 glyph)
{
  return glyph < source->n_glyphs ? glyph : 0;
}

static gboolean
is_moved (const DgPdfPart *part)
{
  return part->x != 0 || part->y != 0 || part->scale != DG_PDF_SCALE;
}

/* A composite of the faces' outlines; nothing where all parts are blank. */
static void
append_composed (Maker *self, const DgPdfPart *parts, guint n_parts)
{
  guint start = self->glyf->len, n = 0, last = 0;
  int   box[4] = { G_MAXINT16, G_MAXINT16, G_MININT16, G_MININT16 };

  g_byte_array_set_size (self->glyf, start + HEADER);
  for (guint i = 0; i < n_parts; i++) {
    const DgPdfPart *part = &parts[i];
    Source          *source = &self->sources[part->source];
    gboolean         scaled = part->scale != DG_PDF_SCALE;
    guint            length, glyph = known_glyph (source, part->glyph);
    const guint8    *data = get_outline (source, glyph, &length);
    guint8           component[COMPONENT];

    if (!data) /* a blank part adds nothing */
      continue;
    for (guint k = 0; k < 4; k++) {
      int value = (gint16) get16 (data + 2 + 2 * k) * part->scale / DG_PDF_SCALE + (k % 2 ? part->y : part->x);

      box[k] = k < 2 ? MIN (box[k], value) : MAX (box[k], value);
    }
    last = self->glyf->len;
    set16 (component, ARGS_ARE_WORDS | ARGS_ARE_XY | MORE_COMPONENTS | UNSCALED_OFFSET | (scaled ? HAS_SCALE : 0));
    set16 (component + 2, place_outline (self, source, glyph));
    set16 (component + 4, (guint) CLAMP (part->x, G_MININT16, G_MAXINT16) & 0xFFFF);
    set16 (component + 6, (guint) CLAMP (part->y, G_MININT16, G_MAXINT16) & 0xFFFF);
    set16 (component + 8, (guint) CLAMP (part->scale, 0, G_MAXINT16));
    g_byte_array_append (self->glyf, component, scaled ? COMPONENT : COMPONENT - 2);
    n++;
  }
  if (!n) {
    g_byte_array_set_size (self->glyf, start);
    return;
  }
  self->glyf->data[last + 1] &= (guint8) ~MORE_COMPONENTS;
  set16 (self->glyf->data + start, 0xFFFF);
  for (guint k = 0; k < 4; k++)
    set16 (self->glyf->data + start + 2 + 2 * k, (guint) CLAMP (box[k], G_MININT16, G_MAXINT16) & 0xFFFF);
  self->max_parts = MAX (self->max_parts, n);
}

/* The face's glyph that a code is as it stands; FALSE for a code that has to be composed. */
static gboolean
find_single (const Maker *self, guint code, Source **source, guint *glyph)
{
  const DgPdfCode *what = &self->program->codes[code];
  const DgPdfPart *part = &self->program->parts[what->first];

  *source = &self->sources[code > 0 && what->n == 1 ? part->source : self->program->main];
  *glyph = code > 0 && what->n == 1 ? known_glyph (*source, part->glyph) : 0;
  return code == 0 || (*glyph > 0 && !is_moved (part));
}

static void
append_code (Maker *self, guint code)
{
  const DgPdfCode *what = &self->program->codes[code];
  Source          *source;
  guint            glyph;

  if (find_single (self, code, &source, &glyph) && (code == 0 || source->place[glyph] == code))
    append_outline (self, source, glyph);
  else
    append_composed (self, &self->program->parts[what->first], what->n);
}

/* Each glyph, of which there may be more once one is written. */
static void
fill (Maker *self)
{
  guint n_codes = self->program->n_codes;

  for (guint i = 1; i < n_codes; i++) {
    Source *source;
    guint   glyph;

    if (find_single (self, i, &source, &glyph) && !source->place[glyph])
      source->place[glyph] = (guint16) i;
  }
  for (guint i = 0; i < n_codes + self->outlines->len; i++) {
    guint start = self->glyf->len;

    g_array_append_val (self->offsets, start);
    if (i < n_codes)
      append_code (self, i);
    else {
      Outline outline = g_array_index (self->outlines, Outline, i - n_codes);

      append_outline (self, outline.source, outline.glyph);
    }
    put16 (self->hmtx, i < n_codes ? (guint) self->program->codes[i].advance : 0);
    put16 (self->hmtx, self->glyf->len > start ? get16 (self->glyf->data + start + 2) : 0); /* bearing = xMin: it stays put */
    if (self->glyf->len % 2)
      g_byte_array_append (self->glyf, (const guint8 *) "", 1);
  }
  g_array_append_val (self->offsets, self->glyf->len);
}

/* Faces */

static gboolean
open_source (Source *source, hb_face_t *face)
{
  source->glyf = open_table (face, "glyf");
  source->loca = open_table (face, "loca");
  source->head = open_table (face, "head");
  source->maxp = open_table (face, "maxp");
  source->hhea = open_table (face, "hhea");
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
  g_free (source->place);
}

/* The file */

static guint32
check_sum (const guint8 *data, guint length)
{
  guint32 sum = 0;
  guint   i;

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
  GByteArray         *out = g_byte_array_new ();
  guint               offset = 12 + 16 * n, head = 0, power = 1, log = 0;
  static const guint8 zeros[4] = { 0 };

  while (power * 2 <= n) {
    power *= 2;
    log++;
  }
  put32 (out, 0x00010000);
  put16 (out, n);
  put16 (out, 16 * power);
  put16 (out, log);
  put16 (out, 16 * (n - power));
  for (guint i = 0; i < n; i++) {
    g_byte_array_append (out, (const guint8 *) tags[i], 4);
    put32 (out, check_sum (tables[i]->data, tables[i]->len));
    put32 (out, offset);
    put32 (out, tables[i]->len);
    if (!strcmp (tags[i], "head"))
      head = offset;
    offset += (tables[i]->len + 3) & ~3U;
  }
  for (guint i = 0; i < n; i++) {
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

/* The profile's upper bounds: those of all faces, and what composing adds; nothing of what instructions need (OpenType 1.9, maxp). */
static void
fit_profile (const Maker *self, GByteArray *maxp)
{
  static const guint8 unhinted[] = { 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 }; /* maxZones to maxSizeOfInstructions */
  guint               parts = MAX (self->max_parts, 1);

  set16 (maxp->data + 4, self->offsets->len - 1);
  for (guint i = 0; i < self->program->n_faces; i++)
    if (self->sources[i].maxp.length >= 32)
      for (guint at = 6; at < 32; at += 2)
        set16 (maxp->data + at, MAX (get16 (maxp->data + at), get16 (self->sources[i].maxp.data + at)));
  for (guint k = 0; k < 2; k++) /* points and contours, simple and composite */
  {
    guint most = MAX (get16 (maxp->data + 6 + 2 * k), get16 (maxp->data + 10 + 2 * k));

    set16 (maxp->data + 10 + 2 * k, MIN (most * parts, G_MAXUINT16));
  }
  memcpy (maxp->data + 14, unhinted, sizeof unhinted);
  set16 (maxp->data + 28, MAX (get16 (maxp->data + 28), parts));
  set16 (maxp->data + 30, MIN (get16 (maxp->data + 30) + 1, 16));
}

static GByteArray *
make_loca (const Maker *self, gboolean wide)
{
  GByteArray *loca = g_byte_array_new ();

  for (guint i = 0; i < self->offsets->len; i++)
    if (wide)
      put32 (loca, g_array_index (self->offsets, guint, i));
    else
      put16 (loca, g_array_index (self->offsets, guint, i) / 2);
  return loca;
}

static GBytes *
write_font (const Maker *self)
{
  static const char *const tags[] = { "glyf", "head", "hhea", "hmtx", "loca", "maxp" };
  const Source            *main = &self->sources[self->program->main];
  gboolean                 wide = self->glyf->len > MAX_SHORT_OFFSET;
  g_autoptr (GByteArray) head = copy_table (&main->head), hhea = copy_table (&main->hhea), maxp = copy_table (&main->maxp), loca = make_loca (self, wide);
  GByteArray *tables[] = { self->glyf, head, hhea, self->hmtx, loca, maxp };
  int         widest = 0;

  for (guint i = 0; i < self->program->n_codes; i++)
    widest = MAX (widest, self->program->codes[i].advance);
  set32 (head->data + 8, 0);
  set16 (head->data + 50, wide);
  set16 (hhea->data + 10, (guint) widest);
  set16 (hhea->data + 34, self->offsets->len - 1);
  fit_profile (self, maxp);
  return assemble (tags, tables, G_N_ELEMENTS (tags));
}

GBytes *
dg_pdf_glyf_new (const DgPdfProgram *program, GError **error)
{
  g_autofree Source   *sources = g_new0 (Source, program->n_faces);
  g_autofree gboolean *used = find_used (program);
  g_autoptr (GArray) outlines = g_array_new (FALSE, FALSE, sizeof (Outline)), offsets = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GByteArray) glyf = g_byte_array_new (), hmtx = g_byte_array_new ();
  Maker    self = { program, sources, outlines, glyf, hmtx, offsets, 0 };
  gboolean open = TRUE;
  GBytes  *bytes = NULL;

  for (guint i = 0; i < program->n_faces && open; i++)
    if (used[i])
      open = open_source (&sources[i], program->faces[i]);
  if (open) {
    fill (&self);
    bytes = write_font (&self);
  } else
    g_set_error (error, DIGLOT_ERROR, DIGLOT_ERROR_FONT, "a face lacks the tables that embedding needs");
  for (guint i = 0; i < program->n_faces; i++)
    close_source (&sources[i]);
  return bytes;
}
