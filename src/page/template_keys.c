/* template_keys.c: the table of keys as it is told to people: a list, and the key that was perhaps meant. */
#include "page/template.h"

#include <string.h>

#include "base/nearest.h"
#include "diglot.h"

static const struct {
  const char *path, *group, *key, *type, *value, *meaning;
} keys[] = {
#define _(member, group, key, type, value, meaning) { group "." key, group, key, #type, value, meaning },
  DG_TEMPLATE_TABLE (_)
#undef _
};

char *
diglot_list_keys (void)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++) {
    g_autofree char *type = g_ascii_strdown (keys[i].type, -1);

    g_string_append_printf (out, "%s\t%s\t%s\t%s\n", keys[i].path, type, *keys[i].value != '\0' ? keys[i].value : "-", keys[i].meaning);
  }
  return g_string_free (out, FALSE);
}

/* Of a path with another group, or none, the key by itself: "kashida" is "justify.kashida"; of several the first. */
const char *
dg_template_nearest_key (const char *path)
{
  const char *paths[G_N_ELEMENTS (keys) + 1] = { NULL }, *names[G_N_ELEMENTS (keys) + 1] = { NULL };
  const char *dot = strchr (path, '.'), *nearest, *same = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++) {
    paths[i] = keys[i].path;
    names[i] = keys[i].key;
    if (same == NULL && strcmp (keys[i].key, dot != NULL ? dot + 1 : path) == 0)
      same = keys[i].path;
  }
  if (same != NULL)
    return same;
  nearest = dg_nearest_find (path, paths);
  if (nearest != NULL)
    return nearest;
  nearest = dg_nearest_find (dot != NULL ? dot + 1 : path, names);
  for (guint i = 0; nearest != NULL && i < G_N_ELEMENTS (keys); i++)
    if (keys[i].key == nearest)
      return keys[i].path;
  return NULL;
}

const char *
dg_template_nearest_group (const char *group)
{
  const char *groups[G_N_ELEMENTS (keys) + 1] = { NULL };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    groups[i] = keys[i].group;
  return dg_nearest_find (group, groups);
}
