/* site.c: see site.h. */
#include "batch/site.h"

#include "api/web.h"
#include "base/input.h"
#include "base/jsonread.h"
#include "base/output.h"
#include "base/refuse.h"
#include "web/html.h"

#include <string.h>

struct DgSite {
  const DiglotBatch *batch;
  char              *folder;
  GArray            *entries; /* DgSiteEntry */
};

DgSite *
dg_site_new (const DiglotBatch *batch, const char *folder, GError **error)
{
  g_autofree char *path = g_build_filename (folder, DG_JOBS_SITE_INDEX, NULL);
  g_autofree char *text = dg_input_read_plain (path, DG_INPUT_KEPT_MAX, NULL, NULL);
  DgSite          *site;

  if (text != NULL ? strstr (text, DG_HTML_MARK) == NULL : g_file_test (path, G_FILE_TEST_EXISTS)) {
    dg_refuse (error, DIGLOT_ERROR_USAGE, "%s is no page of ours and would be replaced; --output names a folder of its own", path);
    return NULL;
  }
  site = g_new0 (DgSite, 1);
  site->batch = batch;
  site->folder = g_strdup (folder);
  site->entries = g_array_new (FALSE, TRUE, sizeof (DgSiteEntry));
  g_array_set_clear_func (site->entries, dg_site_clear_entry);
  return site;
}

void
dg_site_free (DgSite *site)
{
  if (site == NULL)
    return;
  g_array_unref (site->entries);
  g_free (site->folder);
  g_free (site);
}

/* The string @name of @object; NULL where there is none. */
static const char *
find_string (JsonObject *object, const char *name)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node) : NULL;
}

static JsonObject *
find_object (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static void
add_part (DgSite *site, const char *output, JsonObject *told)
{
  JsonObject *languages = find_object (told, "languages"), *headlines = find_object (told, "headlines");
  const char *below = output + strlen (site->folder);
  DgSiteEntry entry = { NULL, { NULL, NULL }, { NULL, NULL }, NULL };

  /* Records that somebody wrote into tell of nothing. */
  if (!g_str_has_prefix (output, site->folder) || find_string (languages, "a") == NULL)
    return;
  entry.path = g_utf8_make_valid (below + strspn (below, "/"), -1);
  entry.langs[0] = g_strdup (find_string (languages, "a"));
  entry.langs[1] = g_strdup (find_string (languages, "b"));
  entry.titles[0] = g_strdup (find_string (headlines, "a"));
  entry.titles[1] = g_strdup (find_string (headlines, "b"));
  entry.date = g_strdup (find_string (told, "date"));
  g_array_append_val (site->entries, entry);
  /* cppcheck-suppress memleak ; the array has it */
}

void
dg_site_add (DgSite *site, const char *const *outputs, const char *details)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonNode  *root;
  JsonArray *parts;

  if (outputs == NULL || details == NULL || !dg_json_load (parser, details, strlen (details), NULL) || (root = json_parser_get_root (parser)) == NULL
      || !JSON_NODE_HOLDS_ARRAY (root))
    return;
  parts = json_node_get_array (root);
  for (guint i = 0; i < json_array_get_length (parts) && outputs[i] != NULL; i++) {
    JsonNode *part = json_array_get_element (parts, i);

    if (*outputs[i] != '\0' && JSON_NODE_HOLDS_OBJECT (part))
      add_part (site, outputs[i], json_node_get_object (part));
  }
}

gboolean
dg_site_close (DgSite *site, GError **error)
{
  g_autoptr (GBytes) index = NULL, feed = NULL;
  g_autofree char *index_path = g_build_filename (site->folder, DG_JOBS_SITE_INDEX, NULL),
                  *feed_path = g_build_filename (site->folder, DG_JOBS_SITE_FEED, NULL);

  if (site->entries->len == 0)
    return TRUE;
  return dg_web_write_site (&site->batch->conversion, site->entries, &index, &feed, error) && dg_output_replace (index_path, index, error)
         && dg_output_replace (feed_path, feed, error);
}
