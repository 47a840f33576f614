/* marks.c: open addressing.  GHashTable takes thrice the memory, and on machines of 32 bits holds no more of a digest than tells 60,000 texts apart.  There
 * are many small tables, so that one that grows needs little beside itself. */
#include "batch/marks.h"

#include "base/digest.h"

#include <string.h>

#define TABLES    256
#define FULL(n)   ((n) / 4 * 3)
#define LEAST_LEN 16

typedef struct {
  guint64 *slots; /* 0: free */
  guint    length, used;
} Table;

struct DgMarks {
  Table tables[TABLES];
};

DgMarks *
dg_marks_new (void)
{
  return g_new0 (DgMarks, 1);
}

void
dg_marks_free (DgMarks *marks)
{
  if (marks == NULL)
    return;
  for (guint i = 0; i < TABLES; i++)
    g_free (marks->tables[i].slots);
  g_free (marks);
}

guint64
dg_marks_find (const char *text)
{
  g_autofree char *digest = dg_digest_dup (text, strlen (text));
  guint64          mark;

  digest[16] = '\0';
  mark = g_ascii_strtoull (digest, NULL, 16);
  return mark != 0 ? mark : 1;
}

/* The place of @mark, or that where it would stand. */
static guint
find_place (const Table *table, guint64 mark)
{
  guint at = (guint) (mark >> 8) & (table->length - 1);

  while (table->slots[at] != 0 && table->slots[at] != mark)
    at = (at + 1) & (table->length - 1);
  return at;
}

static void
grow (Table *table)
{
  Table more = { .length = MAX (table->length * 2, LEAST_LEN), .used = table->used };

  more.slots = g_new0 (guint64, more.length);
  for (guint i = 0; i < table->length; i++)
    if (table->slots[i] != 0)
      more.slots[find_place (&more, table->slots[i])] = table->slots[i];
  g_free (table->slots);
  *table = more;
}

gboolean
dg_marks_add (DgMarks *marks, const char *text)
{
  guint64 mark = dg_marks_find (text);
  Table  *table = &marks->tables[mark % TABLES];
  guint   at;

  if (table->used >= FULL (table->length))
    grow (table);
  at = find_place (table, mark);
  if (table->slots[at] == mark)
    return FALSE;
  table->slots[at] = mark;
  table->used++;
  return TRUE;
}

gboolean
dg_marks_has (const DgMarks *marks, const char *text)
{
  guint64      mark = dg_marks_find (text);
  const Table *table = &marks->tables[mark % TABLES];

  return table->length > 0 && table->slots[find_place (table, mark)] == mark;
}
