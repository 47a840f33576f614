/* conform.c: conform a|ua|archive|x FILE...  prints which rules each file breaks; exit status 1 where one does.  With "rules" it lists them. */
#include <stdio.h>
#include <string.h>

#include "rules.h"

static int
list_rules (void)
{
  guint       n;
  const Rule *rules = rules_all (&n);

  for (guint i = 0; i < n; i++)
    printf ("%s\t%s\n", rules[i].name, rules[i].demand);
  return 0;
}

int
main (int argc, char **argv)
{
  const char *what = argc > 1 ? argv[1] : "";
  guint       standards = strcmp (what, "a") == 0         ? STANDARD_A
                          : strcmp (what, "ua") == 0      ? STANDARD_UA
                          : strcmp (what, "x") == 0       ? STANDARD_X
                          : strcmp (what, "archive") == 0 ? STANDARD_A | STANDARD_UA
                                                          : 0;
  int         status = 0;

  if (strcmp (what, "rules") == 0)
    return list_rules ();
  if (!standards || argc < 3) {
    fprintf (stderr, "usage: conform a|ua|archive|x FILE..., or conform rules\n");
    return 2;
  }
  for (int i = 2; i < argc; i++) {
    g_autofree char *problem = NULL;
    PdfFile         *file = pdf_file_open (argv[i], &problem);
    g_autoptr (GPtrArray) found = file ? rules_judge (file, standards) : g_ptr_array_new ();

    if (!file)
      fprintf (stderr, "%s: %s\n", argv[i], problem);
    for (guint k = 0; k < found->len; k++)
      printf ("%s: %s\n", argv[i], (const char *) found->pdata[k]);
    status = file && found->len == 0 ? status : 1;
    pdf_file_free (file);
  }
  return status;
}
