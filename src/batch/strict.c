/* strict.c: the words of --strict, each looked for among a dispatch's messages. */
#include "batch/strict.h"

#include <string.h>

#include "base/diag.h"
#include "base/nearest.h"
#include "base/refuse.h"

#define WARNING "warning"

gboolean
dg_strict_check (const char *strict, GError **error)
{
  g_auto (GStrv) words = g_strsplit (strict != NULL ? strict : WARNING, ",", -1);

  if (words[0] == NULL)
    return dg_refuse (error, DIGLOT_ERROR_USAGE, "--strict= names no code");
  for (guint i = 0; words[i] != NULL; i++) {
    const char *const *codes = dg_diag_codes ();
    const char        *nearest;

    if (strcmp (words[i], WARNING) == 0 || dg_diag_is_code (words[i]))
      continue;
    nearest = dg_nearest_find (words[i], codes);
    if (nearest != NULL)
      return dg_refuse (error, DIGLOT_ERROR_USAGE, "no message has the code \"%s\"; did you mean %s?", words[i], nearest);
    return dg_refuse (error, DIGLOT_ERROR_USAGE, "no message has the code \"%s\"", words[i]);
  }
  return TRUE;
}

/* TRUE for the code itself and for its first part. */
static gboolean
names_code (const char *word, const char *code)
{
  gsize length = strlen (word);

  return code != NULL && strncmp (code, word, length) == 0 && (code[length] == '\0' || code[length] == '.');
}

gboolean
dg_strict_fails (const char *strict, const DiglotMessage *messages, guint n)
{
  g_auto (GStrv) words = strict != NULL ? g_strsplit (strict, ",", -1) : NULL;

  for (guint w = 0; words != NULL && words[w] != NULL; w++)
    for (guint i = 0; i < n; i++)
      if (strcmp (words[w], WARNING) == 0 ? messages[i].severity >= DIGLOT_SEVERITY_WARNING : names_code (words[w], messages[i].code))
        return TRUE;
  return FALSE;
}

char *
dg_strict_dup_reason (const char *strict)
{
  if (strcmp (strict, WARNING) == 0)
    return g_strdup (N_ ("with --strict a warning counts as an error"));
  return g_strdup_printf (N_ ("a message that --strict=%s does not let pass"), strict);
}
