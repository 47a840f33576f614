/* rules.h: what ISO 19005-3 (PDF/A-3a, and A-2a), ISO 14289-1 (PDF/UA-1) and ISO 15930-7 (PDF/X-4) ask of a file, as far as a program
 * can see it in the objects.
 * In: a PdfFile and the standards to judge it by.  Out: the rules it breaks. */
#ifndef RULES_H
#define RULES_H

#include "pdffile.h"

typedef enum { STANDARD_A = 1 << 0, STANDARD_UA = 1 << 1, STANDARD_X = 1 << 2 } Standard;

typedef struct Judge Judge;

typedef struct {
  const char *name;   /* by clause: "A 6.1.3", "UA 28-012" (Matterhorn Protocol 1.1), "X intent"; unique */
  const char *demand; /* what it asks for */
  void (*check) (Judge *judge);
} Rule;

struct Judge {
  const PdfFile *file;
  const Rule    *rule;  /* in hand */
  GPtrArray     *found; /* char*: "RULE: what is wrong" */
  GHashTable    *maps;  /* rules_font.c: font → its ToUnicode; values may be NULL */
};

/* Every rule, in the order of the standards; *@n of them. */
const Rule *rules_all (guint *n);

/* The standard that a rule belongs to. */
Standard rule_standard (const Rule *rule);

/* What the file breaks, char*: "RULE: what is wrong", sorted by rule; free with g_ptr_array_unref. */
GPtrArray *rules_judge (const PdfFile *file, guint standards);

/* For the rules themselves. */

/* Says what is wrong; a rule may say so several times. */
void wrong (Judge *judge, const char *format, ...) G_GNUC_PRINTF (2, 3);

/* Every dictionary of the file, nested ones too, with the reference of the object that it is in. */
void each_dictionary (Judge *judge, void (*see) (Judge *judge, const char *ref, JsonNode *dictionary));

/* An operator of a page's content. */
typedef struct {
  guint       page;
  const char *operator;
  GPtrArray  *operands;         /* char*: names without slash, numbers */
  GString    *codes;            /* the bytes of its strings */
  gboolean    artifact, marked; /* it stands in an artifact, in tagged content */
  guint       depth;            /* of marked content around it, after a BDC with it */
  JsonNode   *font;             /* the font in hand; NULL */
} Step;
void each_operator (Judge *judge, void (*see) (Judge *judge, const Step *step));

/* The tables of the rules' files, ending with a NULL name. */
extern const Rule file_rules[], font_rules[], tag_rules[], press_rules[];

#endif
