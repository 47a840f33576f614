/* options.c: members of DiglotOptions by name. */
#include "api/options.h"

#include "base/nearest.h"
#include "base/refuse.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
  DiglotOptions options; /* what callers hold */
  DgSaid        said;
} Options;

const char *const dg_options_names[] = {
  "template", "set", "font-dir", "profile", "lang", "from", "encoding", "lexicon", "source-date", "limit", "min-score", "review", NULL,
};

void
dg_said_init (DgSaid *said)
{
  said->said = g_ptr_array_new_with_free_func (g_free);
  said->settings = g_ptr_array_new ();
  said->font_dirs = g_ptr_array_new ();
  g_ptr_array_add (said->settings, NULL);
  g_ptr_array_add (said->font_dirs, NULL);
}

void
dg_said_clear (DgSaid *said)
{
  g_ptr_array_unref (said->said);
  g_ptr_array_unref (said->settings);
  g_ptr_array_unref (said->font_dirs);
}

const char *
dg_said_add (DgSaid *said, const char *name, const char *value)
{
  char *kept = g_strdup (value);

  g_ptr_array_add (said->said, g_strdup (name));
  g_ptr_array_add (said->said, kept);
  return kept;
}

gboolean
dg_options_number (const char *name, const char *value, double least, double most, double *number, GError **error)
{
  char  *end = NULL;
  double read = g_ascii_strtod (value, &end);

  if (end == value || *end != '\0' || !(read >= least && read <= most))
    return dg_refuse (error, DIGLOT_ERROR_USAGE, "%s is a number from %g to %g, not \"%s\"", name, least, most, value);
  *number = read;
  return TRUE;
}

gboolean
dg_options_truth (const char *name, const char *value, gboolean *truth, GError **error)
{
  *truth = strcmp (value, "yes") == 0;
  return *truth || strcmp (value, "no") == 0 || dg_refuse (error, DIGLOT_ERROR_USAGE, "%s is yes or no, not \"%s\"", name, value);
}

gboolean
dg_options_refuse (const char *name, const char *const *names, GError **error)
{
  const char *nearest = dg_nearest_find (name, names);

  nearest = nearest != NULL ? nearest : dg_nearest_find (name, dg_options_names);
  return nearest != NULL ? dg_refuse (error, DIGLOT_ERROR_USAGE, "there is no option \"%s\"; did you mean \"%s\"?", name, nearest)
                         : dg_refuse (error, DIGLOT_ERROR_USAGE, "there is no option \"%s\"", name);
}

/* "pages=10"; 0 is no limit. */
static gboolean
set_limit (DiglotLimits *limits, const char *value, GError **error)
{
  const struct {
    const char *name;
    guint      *limit;
  } known[] = { { "bytes=", &limits->bytes }, { "paragraphs=", &limits->paragraphs }, { "pages=", &limits->pages } };
  guint64 number;

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    if (g_str_has_prefix (value, known[i].name) && g_ascii_string_to_unsigned (value + strlen (known[i].name), 10, 0, G_MAXUINT - 1, &number, NULL)) {
      *known[i].limit = number > 0 ? (guint) number : G_MAXUINT;
      return TRUE;
    }
  return dg_refuse (error, DIGLOT_ERROR_USAGE, "limit is bytes=N, paragraphs=N or pages=N, not \"%s\"", value);
}

/* Adds @value before the end of @list, and lends it to @member. */
static void
append (GPtrArray *list, const char *value, const char *const **member)
{
  g_ptr_array_insert (list, (int) list->len - 1, (gpointer) value);
  *member = (const char *const *) list->pdata;
}

int
dg_options_set (DiglotOptions *o, DgSaid *said, const char *name, const char *value, GError **error)
{
  const struct {
    const char  *name;
    const char **member;
  } strings[] = {
    { "template", &o->template_name }, { "profile", &o->profile }, { "lang", &o->languages },          { "from", &o->from },
    { "encoding", &o->encoding },      { "lexicon", &o->lexicon }, { "source-date", &o->source_date },
  };

  for (guint i = 0; i < G_N_ELEMENTS (strings); i++)
    if (strcmp (name, strings[i].name) == 0) {
      *strings[i].member = dg_said_add (said, name, value);
      return 1;
    }
  if (strcmp (name, "set") == 0)
    append (said->settings, dg_said_add (said, name, value), &o->settings);
  else if (strcmp (name, "font-dir") == 0)
    append (said->font_dirs, dg_said_add (said, name, value), &o->font_dirs);
  else if (strcmp (name, "limit") == 0)
    return set_limit (&o->limits, dg_said_add (said, name, value), error) ? 1 : -1;
  else if (strcmp (name, "min-score") == 0)
    return dg_options_number (name, dg_said_add (said, name, value), 0, 1, &o->min_score, error) ? 1 : -1;
  else if (strcmp (name, "review") == 0)
    return dg_options_truth (name, dg_said_add (said, name, value), &o->review, error) ? 1 : -1;
  else
    return 0;
  return 1;
}

DiglotOptions *
diglot_options_new (void)
{
  Options *own = g_new0 (Options, 1);

  dg_said_init (&own->said);
  return &own->options;
}

void
diglot_options_free (DiglotOptions *options)
{
  Options *own = (Options *) options;

  if (own == NULL)
    return;
  dg_said_clear (&own->said);
  g_free (own);
}

DiglotOptions *
diglot_options_copy (const DiglotOptions *options)
{
  const Options *own = (const Options *) options;
  DiglotOptions *copy = diglot_options_new ();

  for (guint i = 0; i < own->said.said->len; i += 2)
    dg_options_set (copy, &((Options *) copy)->said, own->said.said->pdata[i], own->said.said->pdata[i + 1], NULL);
  return copy;
}

gboolean
diglot_options_set (DiglotOptions *options, const char *name, const char *value, GError **error)
{
  static const char *const none[] = { NULL };
  int                      known;

  g_return_val_if_fail (options != NULL && name != NULL && value != NULL, FALSE);
  known = dg_options_set (options, &((Options *) options)->said, name, value, error);
  return known > 0 || (known == 0 && dg_options_refuse (name, none, error));
}
