/* fontmap.c: see fontmap.h.  Two classes of GObject, each with the least that Pango 1.50 asks of its kind. */
#include "type/fontmap.h"

#include <stdlib.h>

#include "base/cleanup.h"

#define EMOJI "emoji" /* the family that Pango asks for them */

struct DgFace {
  hb_face_t            *face;
  hb_font_t            *font;        /* in the face's own units, to ask for characters */
  PangoFontDescription *description; /* family, style and weight; no size */
  PangoCoverage        *coverage;    /* what it was told to show */
  guint                 rank;
  gboolean              emoji;
  int                   slant, weight, width;
  GPtrArray            *fonts; /* Font, one for each size */
};

typedef struct {
  PangoFont             parent;
  PangoFontMap         *map; /* NULL when that has gone */
  hb_face_t            *face;
  PangoFontDescription *description;
  PangoCoverage        *coverage;
} Font;

typedef struct {
  PangoFontClass parent;
} FontClass;

typedef struct {
  PangoFontMap parent;
  GPtrArray   *faces;  /* DgFace */
  GHashTable  *sets;   /* PangoFontDescription → PangoFontset */
  guint        serial; /* Pango's, of the state of the faces; never 0 */
} Map;

typedef struct {
  PangoFontMapClass parent;
} MapClass;

static GType font_get_type (void);
static GType map_get_type (void);

G_DEFINE_TYPE (Font, font, PANGO_TYPE_FONT)
G_DEFINE_TYPE (Map, map, PANGO_TYPE_FONT_MAP)

/* Font: a face at a size */

static PangoFontDescription *
font_describe (PangoFont *font)
{
  return pango_font_description_copy (((Font *) font)->description);
}

static PangoCoverage *
font_get_coverage (PangoFont *font, PangoLanguage *language)
{
  (void) language;
  return g_object_ref (((Font *) font)->coverage);
}

static hb_font_t *
font_create_hb_font (PangoFont *font)
{
  const Font *self = (Font *) font;
  hb_font_t  *sized = hb_font_create (self->face);
  int         size = pango_font_description_get_size (self->description);

  hb_font_set_scale (sized, size, size);
  return sized;
}

static PangoFontMap *
font_get_font_map (PangoFont *font)
{
  return ((Font *) font)->map;
}

static void
font_finalize (GObject *object)
{
  Font *self = (Font *) object;

  g_clear_weak_pointer (&self->map);
  hb_face_destroy (self->face);
  pango_font_description_free (self->description);
  g_object_unref (self->coverage);
  G_OBJECT_CLASS (font_parent_class)->finalize (object);
}

static void
font_init (Font *self)
{
  (void) self;
}

static void
font_class_init (FontClass *class)
{
  G_OBJECT_CLASS (class)->finalize = font_finalize;
  class->parent.describe = font_describe;
  class->parent.describe_absolute = font_describe;
  class->parent.get_coverage = font_get_coverage;
  class->parent.create_hb_font = font_create_hb_font;
  class->parent.get_font_map = font_get_font_map;
}

/* Face */

static int
count_slant (PangoStyle style)
{
  return style == PANGO_STYLE_NORMAL ? 0 : style == PANGO_STYLE_ITALIC ? 10 : 11;
}

static void
free_face (gpointer data)
{
  DgFace *face = data;

  g_ptr_array_unref (face->fonts);
  g_object_unref (face->coverage);
  pango_font_description_free (face->description);
  hb_font_destroy (face->font);
  hb_face_destroy (face->face);
  g_free (face);
}

/* The face at a size (1/PANGO_SCALE pt).  Transfer full. */
static PangoFont *
get_font (Map *map, DgFace *face, int size)
{
  Font *font;

  for (guint i = 0; i < face->fonts->len; i++)
    if (pango_font_description_get_size (((Font *) face->fonts->pdata[i])->description) == size)
      return g_object_ref (face->fonts->pdata[i]);
  font = g_object_new (font_get_type (), NULL);
  g_set_weak_pointer (&font->map, (PangoFontMap *) map);
  font->face = hb_face_reference (face->face);
  font->description = pango_font_description_copy (face->description);
  pango_font_description_set_absolute_size (font->description, size);
  font->coverage = g_object_ref (face->coverage);
  g_ptr_array_add (face->fonts, font);
  return g_object_ref ((PangoFont *) font);
}

gboolean
dg_face_has (const DgFace *face, gunichar ch)
{
  hb_codepoint_t glyph;

  return hb_font_get_nominal_glyph (face->font, ch, &glyph);
}

void
dg_face_show (DgFace *face, gunichar ch)
{
  pango_coverage_set (face->coverage, (int) ch, PANGO_COVERAGE_EXACT);
}

void
dg_face_take_emoji (DgFace *face)
{
  face->emoji = TRUE;
}

/* Map */

static gboolean
is_asked (const PangoFontDescription *wanted, const DgFace *face)
{
  const char *family = pango_font_description_get_family (wanted);

  return g_strcmp0 (family, pango_font_description_get_family (face->description)) == 0 || (face->emoji && g_strcmp0 (family, EMOJI) == 0);
}

static int
compare_faces (gconstpointer a, gconstpointer b, gpointer data)
{
  const PangoFontDescription *wanted = data;
  const DgFace               *one = *(const DgFace *const *) a, *two = *(const DgFace *const *) b;
  int                         slant = count_slant (pango_font_description_get_style (wanted)), weight = pango_font_description_get_weight (wanted);
  int                         steps[] = {
                            is_asked (wanted, two) - is_asked (wanted, one),         (int) one->rank - (int) two->rank, abs (one->slant - slant) - abs (two->slant - slant),
                            abs (one->weight - weight) - abs (two->weight - weight), two->weight - one->weight, /* of two that are as near the heavier */
                            abs (one->width - 100) - abs (two->width - 100),
  };

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    if (steps[i] != 0)
      return steps[i];
  return 0;
}

static PangoFontset *
map_load_fontset (PangoFontMap *map, PangoContext *context, const PangoFontDescription *wanted, PangoLanguage *language)
{
  Map                *self = (Map *) map;
  PangoFontsetSimple *set = g_hash_table_lookup (self->sets, wanted);
  g_autoptr (GPtrArray) faces = NULL;

  (void) context;
  if (set != NULL)
    return g_object_ref ((PangoFontset *) set);
  faces = g_ptr_array_copy (self->faces, NULL, NULL);
  g_ptr_array_set_free_func (faces, NULL);
  g_ptr_array_sort_with_data (faces, compare_faces, (gpointer) wanted);
  set = pango_fontset_simple_new (language);
  for (guint i = 0; i < faces->len; i++)
    pango_fontset_simple_append (set, get_font (self, faces->pdata[i], pango_font_description_get_size (wanted)));
  g_hash_table_insert (self->sets, pango_font_description_copy (wanted), set);
  return g_object_ref ((PangoFontset *) set);
}

static PangoFont *
map_load_font (PangoFontMap *map, PangoContext *context, const PangoFontDescription *wanted)
{
  Map    *self = (Map *) map;
  DgFace *best = NULL;

  (void) context;
  for (guint i = 0; i < self->faces->len; i++)
    if (best == NULL || compare_faces (&self->faces->pdata[i], &best, (gpointer) wanted) < 0)
      best = self->faces->pdata[i];
  return best != NULL ? get_font (self, best, pango_font_description_get_size (wanted)) : NULL;
}

static guint
map_get_serial (PangoFontMap *map)
{
  return ((Map *) map)->serial;
}

static void
map_finalize (GObject *object)
{
  Map *self = (Map *) object;

  g_hash_table_unref (self->sets);
  g_ptr_array_unref (self->faces);
  G_OBJECT_CLASS (map_parent_class)->finalize (object);
}

static void
map_init (Map *self)
{
  self->faces = g_ptr_array_new_with_free_func (free_face);
  self->sets = g_hash_table_new_full ((GHashFunc) pango_font_description_hash, (GEqualFunc) pango_font_description_equal,
                                      (GDestroyNotify) pango_font_description_free, g_object_unref);
  self->serial = 1;
}

static void
map_class_init (MapClass *class)
{
  G_OBJECT_CLASS (class)->finalize = map_finalize;
  class->parent.load_fontset = map_load_fontset;
  class->parent.load_font = map_load_font;
  class->parent.get_serial = map_get_serial;
}

PangoFontMap *
dg_fontmap_new (void)
{
  return g_object_new (map_get_type (), NULL);
}

DgFace *
dg_fontmap_add (PangoFontMap *map, hb_face_t *face, const char *family, guint rank)
{
  Map     *self = (Map *) map;
  DgFace  *added = g_new0 (DgFace, 1);
  gboolean italic;

  added->face = hb_face_reference (face);
  added->font = hb_font_create (face);
  added->coverage = pango_coverage_new ();
  added->rank = rank;
  added->fonts = g_ptr_array_new_with_free_func (g_object_unref);
  italic = hb_style_get_value (added->font, HB_STYLE_TAG_ITALIC) > 0;
  added->slant = count_slant (italic ? PANGO_STYLE_ITALIC : PANGO_STYLE_NORMAL);
  added->weight = (int) hb_style_get_value (added->font, HB_STYLE_TAG_WEIGHT);
  added->width = (int) hb_style_get_value (added->font, HB_STYLE_TAG_WIDTH);
  added->description = pango_font_description_new ();
  pango_font_description_set_family (added->description, family);
  pango_font_description_set_style (added->description, italic ? PANGO_STYLE_ITALIC : PANGO_STYLE_NORMAL);
  pango_font_description_set_weight (added->description, (PangoWeight) added->weight);
  g_ptr_array_add (self->faces, added);
  g_hash_table_remove_all (self->sets);
  if (++self->serial == 0)
    self->serial = 1;
  return added;
}
