/* labels.h: the words by which a line tells what it is: "Source:", "المصدر:", "Pic:", "By", "-30-".
 * Read once from templates/data/labels.ini and the user's own labels.ini, which adds to it, and never changed after. */
#ifndef DG_LABELS_H
#define DG_LABELS_H

#include <glib.h>

/* _(ID, "key in the file") */
/* clang-format off */
#define DG_LABEL_TABLE(_) \
  _ (SOURCE, "source") _ (CAPTION, "caption") _ (BYLINE, "byline") _ (BY, "by") _ (DATE, "date") _ (HEADLINE, "headline") \
  _ (DECK, "deck") _ (NOTICE, "notice") _ (END, "end") _ (AGENCIES, "agencies") _ (MAIL, "mail") \
  _ (KICKER, "kicker") _ (NOTE, "note") _ (NOTES, "notes") _ (EMBARGO, "embargo") _ (CONTACT, "contact") _ (CONTACTS, "contacts") \
  _ (ABOUT, "about") _ (SIGNOFF, "signoff") _ (FURNITURE, "furniture") _ (RELATED, "related") _ (LEAVING, "leaving") \
  _ (SALUTATION, "salutation") _ (FOLLOWS, "follows") _ (NETWORKS, "networks") _ (PAGE, "page") _ (LANGUAGES, "languages") _ (ISSUER, "issuer") \
  _ (JOINT, "joint") _ (OPENING, "opening")
/* clang-format on */

typedef enum {
#define _(id, key) DG_LABEL_##id,
  DG_LABEL_TABLE (_)
#undef _
    DG_LABEL_COUNT
} DgLabelKind;

/* The kinds up to this one are looked for by their signs too; of the others only the words count. */
#define DG_LABEL_LAST_OF_LINES DG_LABEL_MAIL

typedef struct DgLabels DgLabels;

/* The labels, lent for ever.  NULL with @error (DIGLOT_ERROR_READ, DIGLOT_ERROR_TEMPLATE) where the file is missing or wrong. */
const DgLabels *dg_labels_get (GError **error);

/* The file of templates/data/ that they stand in; the user's own has the same name (keyfile.h). */
#define DG_LABELS_FILE "labels.ini"

/* The label @text begins with, its colon included: its length in bytes, 0 for none.  @kinds gets a bit for each kind the label
 * is of, @langs one for each language that has it; either may be NULL. */
gsize dg_labels_match (const DgLabels *labels, const char *text, gsize length, guint *kinds, guint *langs);
/* The bit of @lang in @langs; 0 for a language without labels. */
guint dg_labels_lang_bit (const DgLabels *labels, const char *lang);
/* TRUE where the files have a group for the language. */
gboolean dg_labels_has (const DgLabels *labels, const char *lang);
/* TRUE where @text, end points aside, is a phrase of @kind. */
gboolean dg_labels_is (const DgLabels *labels, DgLabelKind kind, const char *text, gsize length);
/* The phrases of a line by its words alone, whatever signs stand round and between them: bits by kind. */
typedef struct {
  guint whole;  /* the line is one, numbers aside */
  guint begins; /* it begins with one of two words or more, or with one that a colon ends */
  guint first;  /* it begins with one, be it of a single word */
  guint within; /* one stands anywhere among its first words */
  guint n_networks;
  guint n_buttons; /* networks and other words of a page's frame */
} DgPhrases;

void dg_labels_find_phrases (const DgLabels *labels, const char *text, gsize length, DgPhrases *found);

/* TRUE where @text begins with a phrase of @kind as whole words. */
gboolean dg_labels_begins (const DgLabels *labels, DgLabelKind kind, const char *text, gsize length);
/* How many agencies @text names; what is left of it without them and the words that join them goes to @rest. */
guint dg_labels_strip_agencies (const DgLabels *labels, const char *text, gsize length, GString *rest);

#endif
