/* diag.h: located messages about one dispatch.
 *
 * Stages add messages as they meet them; the list is sorted by place before it is shown, since passes find things
 * out of order.  Nothing here prints.  The table below is the only place where a code, its severity and its wording meet.
 */
#ifndef DG_DIAG_H
#define DG_DIAG_H

#include <glib.h>
#include "diglot.h"

/* _(ID, severity, "code", "wording with printf conversions") */
/* clang-format off */
#define DG_DIAG_TABLE(_) \
  _ (INPUT_UNREADABLE,    ERROR,   "input.unreadable",      "%s") \
  _ (INPUT_ENCODING,      WARNING, "input.encoding",        "bytes that are not %s; set as U+FFFD") \
  _ (INPUT_CONTROL,       WARNING, "input.control",         "control character U+%04X dropped") \
  _ (INPUT_MARKS,         WARNING, "input.marks",           "more than %d marks on one letter; the others are dropped") \
  _ (INPUT_GUESSED,       NOTE,    "input.guessed",         "read as %s by a guess; --encoding decides") \
  _ (INPUT_MOJIBAKE,      WARNING, "input.mojibake",        "text in %s was read as %s by whoever wrote the file; %s") \
  _ (INPUT_MENDED,        NOTE,    "input.mended",          "control characters taken for the signs of windows-1252 that they were") \
  _ (INPUT_VISUAL_ORDER,  WARNING, "input.visual-order",    "letters stand in the order in which they are seen; they have been put into that in which they are read") \
  _ (PARSE_EMPTY,         ERROR,   "parse.empty",           "no text in the dispatch") \
  _ (PARSE_ONE_LANGUAGE,  WARNING, "parse.one-language",    "text in one language only (%s); set in one column") \
  _ (PARSE_THIRD_LANGUAGE, WARNING, "parse.third-language", "text in a third language (%s) is %s") \
  _ (PARSE_LANGUAGE_DOUBTFUL, WARNING, "parse.language-doubtful", "the text may be in %s or in %s; --lang decides") \
  _ (PARSE_EMBARGO,       WARNING, "parse.embargo",         "not to be published before %s") \
  _ (PARSE_HEADLINE_DOUBTFUL, WARNING, "parse.headline-doubtful", "%s, but perhaps %s (sure to %.2f)") \
  _ (PARSE_CAPTION_DOUBTFUL, WARNING, "parse.caption-doubtful", "%s, but perhaps %s (sure to %.2f)") \
  _ (PARSE_DATELINE_DOUBTFUL, WARNING, "parse.dateline-doubtful", "%s, but perhaps %s (sure to %.2f)") \
  _ (PARSE_ROLE_DOUBTFUL, WARNING, "parse.role-doubtful",   "%s, but perhaps %s (sure to %.2f)") \
  _ (PARSE_SECOND_HEAD,   WARNING, "parse.second-head",     "another dispatch may begin here; a row of dashes before it parts them") \
  _ (PARSE_NO_HEADLINE,   NOTE,    "parse.no-headline",     "no headline found in the %s text") \
  _ (ALIGN_UNPAIRED,      WARNING, "align.unpaired",        "paragraph has no counterpart") \
  _ (ALIGN_LOW,           WARNING, "align.low-confidence",  "pair is doubtful (score %.2f), counterpart at line %u") \
  _ (ALIGN_FILE,          ERROR,   "align.file",            "%s: %s[%u]: %s") \
  _ (BIDI_OVERRIDE,       WARNING, "bidi.override",         "bidi override U+%04X: what follows may read as something else than it is") \
  _ (FONT_MISSING_GLYPH,  WARNING, "font.missing-glyph",    "no face has U+%04X (%s); boxes set: %u%s") \
  _ (FONT_NO_FACE,        ERROR,   "font.no-face",          "no face for the %s text: %u of its %u characters would be boxes") \
  _ (FONT_FALLBACK,       NOTE,    "font.fallback",         "face %s is not installed; %s takes its place") \
  _ (PICTURE_UNREADABLE,  WARNING, "picture.unreadable",    "the picture %s is not shown: %s") \
  _ (PICTURE_RESOLUTION,  WARNING, "picture.low-resolution", "the picture %s has %.0f pixels an inch on the page; %s wants %d or more") \
  _ (LINE_LOOSE,          NOTE,    "line.loose",            "loose line: word spaces of %.2f em") \
  _ (LINE_OVERFULL,       NOTE,    "line.overfull",         "line is wider than its measure by %.1f pt") \
  _ (LINE_TOUCHING,       NOTE,    "line.touching",         "ink of this line touches that of the line above") \
  _ (LINE_BROKEN_WORD,    WARNING, "line.broken-word",      "a word wider than its line is broken after \"%s\", where it has no hyphen") \
  _ (PROFILE_NO_DATE,     NOTE,    "profile.no-date",       "PDF/X wants a date and the dispatch tells none; it gets 1 January 1970, or SOURCE_DATE_EPOCH's")
/* clang-format on */

typedef enum {
#define _(id, severity, code, text) DG_DIAG_##id,
  DG_DIAG_TABLE (_)
#undef _
    DG_DIAG_COUNT
} DgDiagId;

typedef struct DgDiag DgDiag;

/* A new, empty list for the input called @file (as messages name it: "a.txt", "<stdin>", "b.zip!c.txt"). */
DgDiag *dg_diag_new (const char *file);
void    dg_diag_free (DgDiag *diag);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DgDiag, dg_diag_free)

/* Adds a message at @line and @column, both from 1, columns in characters in logical order; 0 where there is no place.
 * The variable arguments answer the table's wording.  The same message at the same place is kept once. */
void dg_diag_add (DgDiag *diag, DgDiagId id, guint line, guint column, ...);

/* Adds @error, which ended the work on this dispatch, as a message without a place. */
void dg_diag_add_error (DgDiag *diag, const GError *error);

/* Adds what @from says about lines @first to @last, 0 for what has no place. */
void dg_diag_copy (DgDiag *diag, const DgDiag *from, guint first, guint last);

/* The messages sorted by line, column, then order of finding.  Lent; valid until the next dg_diag_add. */
const DiglotMessage *dg_diag_list (DgDiag *diag, guint *n);

/* The worst severity present; DIGLOT_SEVERITY_NONE for an empty list. */
DiglotSeverity dg_diag_worst (const DgDiag *diag);

/* The codes of all stages' messages, NULL-terminated; whether @word is one, or the first part of one ("line" of "line.loose"). */
const char *const *dg_diag_codes (void);
gboolean           dg_diag_is_code (const char *word);

/* "error", "warning", "note". */
const char *dg_severity_name (DiglotSeverity severity);

#endif
