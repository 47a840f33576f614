/* answers.h: what is computed for many invented inputs, beside what was when somebody last looked: the files of tests/answers. */
#ifndef ANSWERS_H
#define ANSWERS_H

#include "diglot.h"

#include <unicode/uversion.h>
#include <math.h>
#include <string.h>

#include "api/objects.h"

#define FOLDER "tests/answers"

/* Numbers that are the same everywhere (Knuth's linear congruence). */
static guint64 seed;

static inline guint
roll (guint from, guint to)
{
  seed = seed * G_GUINT64_CONSTANT (6364136223846793005) + G_GUINT64_CONSTANT (1442695040888963407);
  return from + (guint) ((seed >> 33) % (to - from + 1));
}

#define MADE_WITH_ICU 72 /* Debian 12 */

#define LAST_PLACE .11 /* a logarithm differs from one release of the C library to the next in its last bit, and what is rounded in one place */

/* TRUE for two lines whose words are the same but for the last place of a fraction at their end. */
static inline gboolean
are_alike (const char *one, const char *other)
{
  g_auto (GStrv) words = g_strsplit (one, " ", -1), others = g_strsplit (other, " ", -1);

  if (g_strv_length (words) != g_strv_length (others))
    return FALSE;
  for (guint i = 0; words[i] != NULL; i++) {
    gsize a = strlen (words[i]), b = strlen (others[i]);

    if (strcmp (words[i], others[i]) == 0)
      continue;
    while (a > 0 && (g_ascii_isdigit (words[i][a - 1]) || words[i][a - 1] == '.'))
      a--;
    while (b > 0 && (g_ascii_isdigit (others[i][b - 1]) || others[i][b - 1] == '.'))
      b--;
    if (a != b || strncmp (words[i], others[i], a) != 0 || strchr (words[i] + a, '.') == NULL
        || fabs (g_ascii_strtod (words[i] + a, NULL) - g_ascii_strtod (others[i] + b, NULL)) > LAST_PLACE)
      return FALSE;
  }
  return TRUE;
}

/* The lines of @got that differ from the file's, as a failure; or the file, written. */
static inline void
compare (const char *name, const char *head, const GString *got)
{
  g_autofree char *path = g_build_filename (FOLDER, name, NULL);
  g_autofree char *whole = g_strconcat ("# ", head, "\n", got->str, NULL);
  g_autofree char *kept = NULL;
  g_auto (GStrv) one = NULL, other = NULL;
  gboolean is_alike;
  guint    n = 0;

  if (g_getenv ("DIGLOT_REGEN") != NULL) {
    g_assert_true (g_file_set_contents (path, whole, -1, NULL));
    return;
  }
  g_assert_true (g_file_get_contents (path, &kept, NULL, NULL));
  if (strcmp (whole, kept) == 0)
    return;
  one = g_strsplit (kept, "\n", -1);
  other = g_strsplit (whole, "\n", -1);
  is_alike = g_strv_length (one) == g_strv_length (other);
  for (guint i = 0; one[i] != NULL && other[i] != NULL && n < 5; i++)
    if (!are_alike (one[i], other[i])) {
      is_alike = FALSE;
      g_test_message ("%s:%u\n  was: %s\n  is:  %s", path, i + 1, one[i], other[i]);
      n++;
    }
  if (is_alike)
    return;
  g_test_message ("make regen T=answers writes them again; read the difference before you keep it");
  g_test_fail ();
}

/* How sure, as the digits of what is left to doubt: 2.0 for .99; what is nearer to certain is rounded off. */
static inline double
digits_of (double sure)
{
  return sure >= 1 ? 9 : MIN (-log10 (1 - sure), 9);
}

/* A line for the file: each line's language and role by some letters, with how sure both are; its beads likewise. */
static inline void
append_reading (GString *out, DiglotConverter *converter, GBytes *bytes, const char *name)
{
  g_autoptr (DiglotInput) input = diglot_input_new (converter, bytes, name);

  for (guint nth = 0; nth < diglot_input_count (input); nth++) {
    const DgDoc      *doc = dg_convert_get_part (input, nth)->doc;
    const DiglotBead *beads;
    guint             n;

    g_string_append_printf (out, "%s %u", name, nth + 1);
    for (guint i = 0; doc != NULL && i < doc->n_texts; i++)
      g_string_append_printf (out, " %s%.1f", doc->text[i].lang, digits_of (doc->text[i].confidence));
    for (guint i = 0; doc != NULL && i < doc->n_lines; i++)
      if (doc->lines[i].role != DG_ROLE_BLANK)
        g_string_append_printf (out, " %c:%.4s%.1f",
                                "-ab"[doc->lines[i].side == DG_SIDE_A   ? 1
                                      : doc->lines[i].side == DG_SIDE_B ? 2
                                                                        : 0],
                                dg_role_name (doc->lines[i].role), digits_of (doc->lines[i].confidence));
    g_string_append (out, " |");
    beads = diglot_input_beads (input, nth, &n);
    for (guint i = 0; beads != NULL && i < n; i++)
      g_string_append_printf (out, " %u-%u=%.1f", beads[i].n_a, beads[i].n_b, digits_of (beads[i].score));
    g_string_append_c (out, '\n');
  }
}

#endif
