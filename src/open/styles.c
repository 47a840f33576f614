/* styles.c: see styles.h. */
#include "open/styles.h"

#include <string.h>

/* Styles that are based on one another are followed so far. */
#define MAX_CHAIN 16

typedef struct {
  char *name, *parent;
} Style;

struct DgStyles {
  GHashTable *table; /* id → Style */
};

static void
free_style (gpointer data)
{
  Style *style = data;

  g_free (style->name);
  g_free (style->parent);
  g_free (style);
}

DgStyles *
dg_styles_new (void)
{
  DgStyles *styles = g_new0 (DgStyles, 1);

  styles->table = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_style);
  return styles;
}

void
dg_styles_free (DgStyles *styles)
{
  if (styles == NULL)
    return;
  g_hash_table_unref (styles->table);
  g_free (styles);
}

void
dg_styles_add (DgStyles *styles, const char *id, const char *name, const char *parent)
{
  Style *style = g_new (Style, 1);

  style->name = g_strdup (name);
  style->parent = g_strdup (parent);
  g_hash_table_replace (styles->table, g_strdup (id), style);
}

/* The letters and digits of @name: "heading 1" and "Heading_20_1" are one. */
static gboolean
is_called (const char *name, const char *plain)
{
  for (; *name != '\0'; name++) {
    if (strncmp (name, "_20_", 4) == 0)
      name += 3;
    else if (g_ascii_isalnum (*name) && g_ascii_tolower (*name) != *plain++)
      return FALSE;
  }
  return *plain == '\0';
}

static DgStyled
find_name (const char *name)
{
  static const struct {
    const char *name;
    DgStyled    styled;
  } known[] = {
    { "title", DG_STYLED_TITLE },      { "heading1", DG_STYLED_TITLE },       { "subtitle", DG_STYLED_SUBTITLE }, { "heading2", DG_STYLED_HEADING },
    { "heading3", DG_STYLED_HEADING }, { "heading4", DG_STYLED_HEADING },     { "heading5", DG_STYLED_HEADING },  { "heading6", DG_STYLED_HEADING },
    { "caption", DG_STYLED_CAPTION },  { "illustration", DG_STYLED_CAPTION }, { "figure", DG_STYLED_CAPTION },
  };

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    if (is_called (name, known[i].name))
      return known[i].styled;
  return DG_STYLED_NOT;
}

DgStyled
dg_styles_find (const DgStyles *styles, const char *id)
{
  DgStyled styled = DG_STYLED_NOT;

  for (guint i = 0; i < MAX_CHAIN && id != NULL && styled == DG_STYLED_NOT; i++) {
    const Style *style = g_hash_table_lookup (styles->table, id);

    styled = find_name (style != NULL && style->name != NULL ? style->name : id);
    id = style != NULL ? style->parent : NULL;
  }
  return styled;
}
