/* nearest.c: the distance of Damerau and Levenshtein, in which a slip of the fingers counts one (G. Navarro, A guided tour to approximate string matching, 2001). */
#include "base/nearest.h"

#include "diglot.h"

#include <string.h>

#define LONGEST 64

static char
fold (char letter)
{
  return letter == '_' ? '-' : g_ascii_tolower (letter);
}

guint
dg_nearest_distance (const char *a, const char *b)
{
  guint rows[3][LONGEST + 1];
  guint length_a = (guint) strnlen (a, LONGEST), length_b = (guint) strnlen (b, LONGEST);

  for (guint k = 0; k <= length_b; k++)
    rows[0][k] = k;
  for (guint i = 1; i <= length_a; i++) {
    guint       *row = rows[i % 3];
    const guint *last = rows[(i + 2) % 3], *before = rows[(i + 1) % 3];

    row[0] = i;
    for (guint k = 1; k <= length_b; k++) {
      gboolean same = fold (a[i - 1]) == fold (b[k - 1]);

      row[k] = MIN (MIN (last[k], row[k - 1]) + 1, last[k - 1] + !same);
      if (i > 1 && k > 1 && fold (a[i - 1]) == fold (b[k - 2]) && fold (a[i - 2]) == fold (b[k - 1]))
        row[k] = MIN (row[k], before[k - 2] + 1);
    }
  }
  return rows[length_a % 3][length_b];
}

/* A third of the letters may be wrong, of two or three one; a beginning that is a word's alone is that word. */
const char *
dg_nearest_find (const char *word, const char *const *words)
{
  gsize       length = strlen (word);
  guint       least = (guint) (length > 3 ? length / 3 : 1);
  const char *nearest = NULL, *begun = NULL;
  guint       n_begun = 0;

  if (length < 2 || length > LONGEST)
    return NULL;
  for (guint i = 0; words[i] != NULL; i++) {
    guint distance = dg_nearest_distance (word, words[i]);

    if (distance < least || (distance == least && nearest == NULL)) {
      least = distance;
      nearest = words[i];
    }
    if (length >= 3 && g_ascii_strncasecmp (words[i], word, length) == 0) {
      begun = words[i];
      n_begun++;
    }
  }
  return n_begun == 1 && (nearest == NULL || least > 1) ? begun : nearest;
}

char *
diglot_dup_nearest (const char *word, const char *const *words)
{
  return g_strdup (dg_nearest_find (word, words));
}
