/* template.h: the page as an INI file describes it.
 * In: a template's name or path and --set pairs.  Out: a DgTemplate whose every member has a value; yours to free.
 *
 * The table below is the one place where a key, its type, its default and its meaning meet; reading, checking and the
 * documents' table of keys are made from it.  Lengths are held in points (1/72 in). */
#ifndef DG_TEMPLATE_H
#define DG_TEMPLATE_H

#include <glib.h>

#include "page/value.h"

#define DG_RING_SIZE 15.0 /* pt: the ring about a row's number in the gutter */

/* Types: LENGTH (mm cm in pt), SIZE (pt), AUTOSIZE (pt, or auto, held as DG_SIZE_AUTO: matched to the Latin size by the faces' outlines), NUMBER, COUNT (a whole number), PERCENT (held as a share: 86 % is .86), BOOL (yes/no), COLOUR (#RRGGBB, cmyk(C, M, Y, K) in
 * per cent, or both), STRING (a family), TEXT (with placeholders in braces, may be empty), PATH (a file's; empty: none), ORDER, SEQUENCE, PAGE (a4, letter, a5, tabloid, or "W x H" as lengths), RATIO (equal, auto, A:B), FIRST, KASHIDA, ISOLATE, FACES, DIGITS, ARRANGEMENT,
 * NUMBERS, FOLIO, ADDRESS, UNIT, FOCUS (X% Y%), NOTES, BINDING. */
/* _(member, "group", "key", TYPE, "default", "meaning") */
/* clang-format off */
#define DG_TEMPLATE_TABLE(_) \
  _ (page_size,            "page", "size",               PAGE,    "a4",      "paper: a4, a5, letter, tabloid, or WIDTH x HEIGHT") \
  _ (margin_left,          "page", "margin-left",        LENGTH,  "51pt",    "from the page's left edge to the left measure") \
  _ (margin_right,         "page", "margin-right",       LENGTH,  "51pt",    "from the right measure to the page's right edge") \
  _ (mirrored,             "page", "mirrored",           BOOL,    "no",      "margin-left is the inner margin, margin-right the outer: left-hand pages mirror right-hand ones") \
  _ (first_number,         "page", "first-number",       COUNT,   "1",       "number of the first page; a page with an even number is a left-hand one, in a book that is bound on the right one with an odd number") \
  _ (first_baseline,       "page", "first-baseline",     LENGTH,  "68pt",    "first line of the grid, from the page's top") \
  _ (last_baseline,        "page", "last-baseline",      LENGTH,  "777.5pt", "no text baseline stands below it") \
  _ (arrangement,          "columns", "arrangement",     ARRANGEMENT, "side-by-side", "side-by-side; facing: each language on a page of its own, rows level across the spine; stacked: one over the other, row by row") \
  _ (column_ratio,         "columns", "ratio",           RATIO,   "auto",   "measure of the left-to-right text to the other: equal, auto, or A:B") \
  _ (ratio_min,            "columns", "ratio-min",       PERCENT, "45",      "the least share auto may give the first measure, per cent") \
  _ (ratio_max,            "columns", "ratio-max",       PERCENT, "62",      "the largest share auto may give the first measure, per cent") \
  _ (gutter,               "columns", "gutter",          LENGTH,  "25.5pt",  "white between the measures; facing: what both together leave free of the two pages") \
  _ (column_first,         "columns", "first",           FIRST,   "left",    "side of the left-to-right text (of the text that comes first, where both run one way): left, right, inside, outside") \
  _ (strips,               "columns", "strips",          COUNT,   "1",       "pairs of columns side by side on a sheet, in which the text runs on from one to the next: 2 makes four columns, 3 six") \
  _ (strip_gap,            "columns", "strip-gap",       LENGTH,  "24pt",    "white between such pairs, with a rule in the middle") \
  _ (grid,                 "grid", "step",               LENGTH,  "16.5pt",  "leading of the body; heads and captions move in halves of it") \
  _ (grid_vowelled,        "grid", "vowelled",           PERCENT, "115",     "of step, row gap and leadings, for text whose Arabic letters bear their vowels") \
  _ (page_search,          "grid", "fit",                BOOL,    "yes",     "to save a last page with little on it, or to fill it, rows may be tighter or wider apart, headlines smaller, a picture shallower") \
  _ (row_gap,              "grid", "row-gap",            LENGTH,  "8.25pt",  "white between rows, after the taller side") \
  _ (font_latin,           "fonts", "latin",             STRING,  "Gentium Book Plus", "family for Latin, Greek and Cyrillic") \
  _ (font_arabic,          "fonts", "arabic",            STRING,  "Amiri",   "family for the Arabic script") \
  _ (accent,               "fonts", "accent",            COLOUR,  "#9B1D20 cmyk(0, 95, 85, 38)", "colour of labels and of the caption's rule") \
  _ (body_size,            "body", "size",               SIZE,    "10.2pt",  "type size of the body") \
  _ (body_size_ar,         "body", "size-arabic",        AUTOSIZE, "12pt",    "the same for the Arabic script") \
  _ (bead_rule,            "body", "bead-rule",          LENGTH,  "0.5pt",   "weight of the rule in the gutter, one piece a row; 0: none") \
  _ (bead_rule_colour,     "body", "bead-rule-colour",   COLOUR,  "#787878", "its colour") \
  _ (row_numbers,          "marks", "row-numbers",       NUMBERS, "none",    "number of each row: none, gutter (in a ring), margin (outside each text, in its own digits)") \
  _ (line_numbers,         "marks", "line-numbers",      COUNT,   "0",       "outside each text the number of every row's first line and of each so-many-th; 0: none") \
  _ (source_lines,         "marks", "source-lines",      BOOL,    "no",      "outermost, the line of the input where a paragraph begins") \
  _ (confidence,           "marks", "confidence",        BOOL,    "no",      "in the gutter, how sure a pair is, per cent") \
  _ (name_missing,         "marks", "missing",           BOOL,    "no",      "what one language lacks is named in its place") \
  _ (notes,                "marks", "notes",             BOOL,    "no",      "lines for editors, language markers, end marks and what else is not for readers are set at the foot") \
  _ (mark_roles,           "marks", "roles",             BOOL,    "no",      "in the gutter, what a row is where it is no plain paragraph, and how sure that is where it is not") \
  _ (warnings,             "marks", "warnings",          BOOL,    "no",      "under a row what the program has to say of its lines") \
  _ (line_rule,            "marks", "line-rule",         LENGTH,  "0pt",     "weight of a rule under every line; 0: none") \
  _ (mark_size,            "marks", "size",              SIZE,    "6.8pt",   "type size of all marks") \
  _ (mark_size_ar,         "marks", "size-arabic",       AUTOSIZE, "8pt",    "the same for the Arabic script") \
  _ (mark_gap,             "marks", "gap",               LENGTH,  "11pt",    "from a text to its numbers; thrice that to the line of the input") \
  _ (justify_text,         "justify", "text",            BOOL,    "yes",     "body lines fill the measure") \
  _ (hyphenate,            "justify", "hyphenate",       BOOL,    "yes",     "words may be broken where the language's patterns allow") \
  _ (looseness,            "justify", "looseness",       BOOL,    "yes",     "a paragraph may take a line less or more where its row comes level by that") \
  _ (kashida,              "justify", "kashida",         KASHIDA, "one",     "strokes that lengthen Arabic words, after the word spaces: none, one, or several in a line") \
  _ (space_min,            "justify", "space-min",       PERCENT, "86",      "narrowest word space, per cent of the face's") \
  _ (space_max,            "justify", "space-max",       PERCENT, "150",     "widest word space before a line counts as loose") \
  _ (space_min_ar,         "justify", "space-min-arabic", PERCENT, "72",     "the same for the Arabic script") \
  _ (space_max_ar,         "justify", "space-max-arabic", PERCENT, "170",    "the same for the Arabic script") \
  _ (bidi_isolate,         "bidi", "isolate",            ISOLATE, "auto",    "telephone numbers, numbers with a sign, dates, ranges, addresses, C++ and the like keep their order inside right-to-left text: auto (but not where its author set directional marks), yes, or no (UAX #9 alone)") \
  _ (bidi_digits,          "bidi", "digits",             DIGITS,  "as-is",   "digits as written, or mapped to the language's own: as-is, language") \
  _ (kicker_size,          "head", "kicker-size",        SIZE,    "8.6pt",   "source line over the headline, small capitals") \
  _ (kicker_size_ar,       "head", "kicker-size-arabic", AUTOSIZE, "10.4pt",  "the same for the Arabic script") \
  _ (kicker_tracking,      "head", "kicker-tracking",    NUMBER,  "0.055",   "letter space of the kicker, em; never in joined scripts") \
  _ (kicker_rule_at,       "head", "kicker-rule-at",     LENGTH,  "73.5pt",  "rule under the kicker, from the page's top") \
  _ (top_rule,             "head", "top-rule",           LENGTH,  "2pt",     "weight of the rule at the head of page 1 and at the end") \
  _ (top_rule_at,          "head", "top-rule-at",        LENGTH,  "50pt",    "its place, from the page's top") \
  _ (thin_rule,            "head", "thin-rule",          LENGTH,  "0.35pt",  "weight of the rules under heads and running head") \
  _ (kicker_rule,          "head", "kicker-rule",        LENGTH,  "0.35pt",  "weight of the rule under the kicker; 0: none") \
  _ (head_in_rows,         "head", "in-rows",            BOOL,    "no",      "source, headline, deck and captions are set as rows among the others, named in the gutter") \
  _ (headline_at,          "head", "headline-baseline",  LENGTH,  "113.4pt", "first baseline of both headlines, from the page's top") \
  _ (headline_size,        "head", "headline-size",      SIZE,    "18.4pt",  "headline, bold") \
  _ (headline_size_ar,     "head", "headline-size-arabic", AUTOSIZE, "21.4pt",  "the same for the Arabic script") \
  _ (headline_leading,     "head", "headline-leading",   LENGTH,  "24.75pt", "from baseline to baseline") \
  _ (headline_leading_ar,  "head", "headline-leading-arabic", LENGTH, "28.875pt", "the same for the Arabic script, and for both where they have as many lines") \
  _ (headline_long,        "head", "headline-long",      COUNT,  "160",     "more characters than these are set in the smaller size") \
  _ (headline_long_size,   "head", "headline-long-size", SIZE,    "16pt",    "headline of a long title") \
  _ (headline_long_size_ar, "head", "headline-long-size-arabic", AUTOSIZE, "18.6pt", "the same for the Arabic script") \
  _ (headline_long_leading, "head", "headline-long-leading", LENGTH, "20.625pt", "from baseline to baseline") \
  _ (headline_long_leading_ar, "head", "headline-long-leading-arabic", LENGTH, "24.75pt", "the same for the Arabic script") \
  _ (deck_size,            "head", "deck-size",          SIZE,    "12.4pt",  "deck under the headline") \
  _ (deck_size_ar,         "head", "deck-size-arabic",   AUTOSIZE, "14.4pt",  "the same for the Arabic script") \
  _ (deck_leading,         "head", "deck-leading",       LENGTH,  "16.5pt", "from baseline to baseline") \
  _ (deck_leading_ar,      "head", "deck-leading-arabic", LENGTH, "20.625pt", "the same for the Arabic script") \
  _ (deck_gap,             "head", "deck-gap",           LENGTH,  "8.25pt", "white over the deck beyond its leading") \
  _ (head_foot,            "head", "foot",               LENGTH,  "4.5pt",   "foot of a head under its last baseline") \
  _ (head_rule_gap,        "head", "rule-gap",           LENGTH,  "9.25pt",  "from the foot of the taller head to the rule") \
  _ (head_body_gap,        "head", "body-gap",           LENGTH,  "27.5pt",  "from that rule to the first body baseline") \
  _ (caption_size,         "caption", "size",            SIZE,    "8.8pt",   "caption, italic in Latin") \
  _ (caption_size_ar,      "caption", "size-arabic",     AUTOSIZE, "10.4pt",  "the same for the Arabic script") \
  _ (caption_rule,         "caption", "rule",            LENGTH,  "0.8pt",   "weight of the accent rule over a caption") \
  _ (caption_rule_length,  "caption", "rule-length",     LENGTH,  "36pt",    "its length") \
  _ (caption_rule_gap,     "caption", "rule-gap",        LENGTH,  "22pt",    "from the last body baseline to that rule") \
  _ (caption_gap,          "caption", "gap",             LENGTH,  "41.25pt", "from the last body baseline to the caption's first") \
  _ (end_rule_gap,         "caption", "end-rule-gap",    LENGTH,  "17pt",    "from the last baseline to the end rule; 0: no end rule") \
  _ (small_size,           "small", "size",              SIZE,    "7.8pt",   "notes to the text, credits, what a release says of its issuer, whom to ask: at the end") \
  _ (small_size_ar,        "small", "size-arabic",       AUTOSIZE, "9.2pt",   "the same for the Arabic script") \
  _ (small_leading,        "small", "leading",           LENGTH,  "12.375pt", "from baseline to baseline") \
  _ (small_gap,            "small", "gap",               LENGTH,  "33pt",    "from the last baseline of body or captions to the first of them") \
  _ (small_apart,          "small", "apart",             LENGTH,  "6.2pt",   "white between two kinds of them, beyond the leading") \
  _ (footnotes,            "small", "footnotes",         NOTES,   "foot",    "where notes to the text stand: foot, of the page that has their mark, level on both sides; end, after the last row") \
  _ (picture_gap,          "picture", "gap",             LENGTH,  "11.25pt", "from the rule under the heads to the picture") \
  _ (picture_depth_min,    "picture", "depth-min",       NUMBER,  "8",       "least depth of a picture, in steps of the grid; depths are whole halves of them") \
  _ (picture_depth_max,    "picture", "depth-max",       NUMBER,  "16",      "greatest depth of a picture, in steps of the grid") \
  _ (picture_trim,         "picture", "trim",            PERCENT, "20",      "what may be cut off a picture's edges so that it fills both measures, per cent; one that would lose more is shown whole, with text round it") \
  _ (picture_focus,        "picture", "focus",           FOCUS,   "50% 50%", "the point of a picture, from its left and top edges, that stays in sight where edges are cut off") \
  _ (picture_text_min,     "picture", "text-min",        NUMBER,  "12",      "narrowest column of text beside a picture, in sizes of the body") \
  _ (picture_caption_gap,  "picture", "caption-gap",     LENGTH,  "16pt",    "from the picture's foot to the caption's first baseline") \
  _ (picture_rule_gap,     "picture", "rule-gap",        LENGTH,  "12.75pt", "from the last caption's baseline to the rule under it, at least") \
  _ (picture_body_gap,     "picture", "body-gap",        LENGTH,  "28.5pt",  "from that rule to the first body baseline") \
  _ (running_text,         "furniture", "running-text",  TEXT,    "{headline}", "what the running head says, in the language of its column") \
  _ (running_text_ar,      "furniture", "running-text-arabic", TEXT, "",     "the same for the Arabic script; empty: the same words") \
  _ (running_first,        "furniture", "running-first", BOOL,    "no",      "it stands on the first page too") \
  _ (running_size,         "furniture", "running-size",  SIZE,    "9pt",     "running head from page 2, italic in Latin; 0: none") \
  _ (running_size_ar,      "furniture", "running-size-arabic", AUTOSIZE, "10.2pt", "the same for the Arabic script") \
  _ (running_at,           "furniture", "running-baseline", LENGTH, "68pt",  "its baseline, from the page's top") \
  _ (running_rule_at,      "furniture", "running-rule-at", LENGTH, "73.5pt", "the rule under it") \
  _ (running_body,         "furniture", "body-baseline", LENGTH,  "101pt",   "first body baseline of the pages from 2") \
  _ (folio_text,           "furniture", "folio-text",    TEXT,    "{page}",  "what stands at the page's foot for each language") \
  _ (folio_text_ar,        "furniture", "folio-text-arabic", TEXT, "",       "the same for the Arabic script; empty: the same words") \
  _ (folio_place,          "furniture", "folio-place",   FOLIO,   "sides",   "sides: at the outer edge of each text; outside: both at the page's outer edge") \
  _ (folio_size,           "furniture", "folio-size",    SIZE,    "9pt",     "page number; 0: none") \
  _ (folio_size_ar,        "furniture", "folio-size-arabic", AUTOSIZE, "10.6pt", "the same for the Arabic script, in its own digits") \
  _ (folio_at,             "furniture", "folio-baseline", LENGTH, "809.9pt", "its baseline, from the page's top") \
  _ (masthead_size,        "furniture", "masthead-size", SIZE,    "0pt",     "of the bundle's title over the pairs of columns of its first sheet, smaller on the others; 0: none") \
  _ (masthead_size_ar,     "furniture", "masthead-size-arabic", AUTOSIZE, "0pt", "the same for the Arabic script") \
  _ (masthead_at,          "furniture", "masthead-baseline", LENGTH, "60pt",  "its baseline, from the page's top") \
  _ (masthead_rule,        "furniture", "masthead-rule-at", LENGTH, "72pt",   "the rule under it") \
  _ (foot_text,            "furniture", "foot-text",     TEXT,    "",  "between the page numbers, in the first text's language; empty: nothing") \
  _ (foot_size,            "furniture", "foot-size",     SIZE,    "6.8pt",   "its size") \
  _ (foot_colour,          "furniture", "foot-colour",   COLOUR,  "#636363", "its colour and that of line numbers") \
  _ (attach,               "pdf", "attach",              BOOL,    "yes",     "the dispatch's text goes with an archive's file; it is then PDF/A-3a, else PDF/A-2a") \
  _ (order,                "pdf", "order",               ORDER,   "pair",    "the paragraphs are read aloud pair by pair, or one language after the other: pair, language") \
  _ (intent,               "pdf", "intent",              PATH,    "",        "ICC profile of the press for print; none: FOGRA39") \
  _ (bleed,                "pdf", "bleed",               LENGTH,  "3mm",     "what is printed beyond the trim and cut off; for print") \
  _ (marks,                "pdf", "marks",               BOOL,    "yes",     "crop and registration marks, colour bar and slug line; for print") \
  _ (bundle_order,         "bundle", "order",            SEQUENCE, "given",   "dispatches of --bundle: as given, by date (oldest first, undated last), or by name: given, date, name") \
  _ (bundle_start,         "bundle", "start",            START,    "page",   "where the next dispatch of --bundle begins: on a new page, or below the one before where there is room: page, run-on") \
  _ (bundle_contents,      "bundle", "contents",         BOOL,    "yes",     "a table of contents comes first") \
  _ (binding,              "book", "binding",            BINDING, "left",    "edge at which the pages are bound: left; right, odd pages then lie on the left and inner margins are on the other side; auto: right where the first text runs from right to left") \
  _ (half_title,           "book", "half-title",         BOOL,    "no",      "a bundle begins with a page that has its title alone; contents and first dispatch begin on odd pages") \
  _ (book_title,           "book", "title",              TEXT,    "",        "of the half-title; empty: the language's word for dispatches") \
  _ (book_title_ar,        "book", "title-arabic",       TEXT,    "",        "the same for the Arabic script; empty: the same words, or the language's own") \
  _ (png_dpi,              "png", "dpi",                 NUMBER,  "150",     "pixels an inch of pages as PNG") \
  _ (html_address,         "html", "address",            ADDRESS, "",        "of the folder of the web that pages will stand in, https://example.org/news/: pages and feed then tell their own; empty: not known") \
  _ (html_fonts,           "html", "fonts",              FACES,   "name",    "faces of web pages: name, as readers have them; embed, in the page itself, with the characters of that page (WOFF2)") \
  _ (tm_unit,              "tm", "unit",                 UNIT,    "paragraph", "what a unit of a translation memory is: paragraph, as paired; sentence, paired within them")
/* clang-format on */

/* A family for one script, "fonts.hebrew = …", and where it was named. */
typedef struct {
  char *family, *at;
} DgTemplateFamily;

typedef struct {
  char    *name;
  char    *latin_at, *arabic_at; /* "FILE:LINE:COL" where the families were named; NULL: nowhere, they are the defaults */
  gboolean ratio_is_own;         /* columns.ratio is of --set or of a template that is not ours */
  /* Of a dispatch that is laid out: what the ink of a language asks for from baseline to baseline, em; 0: no more than the leadings give. */
  struct {
    const char *lang;
    double      em;
  } tall[2];
  gboolean    in_bundle;      /* the dispatch is one of several, */
  const char *title_langs[2]; /* … the title of which stands over each sheet in these; NULL: in none */
  GHashTable *families;       /* ISO 15924 → DgTemplateFamily: those that fonts.SCRIPT names */
#define _(member, group, key, type, value, meaning) DG_TEMPLATE_C_##type member;
  DG_TEMPLATE_TABLE (_)
#undef _
} DgTemplate;

/* @name: a template's name ("dispatch"), looked up in the templates' folder, or the path of an .ini file (it has a "/" or ends in ".ini").
 * @settings: NULL-terminated "group.key=value", may be NULL.
 * NULL with @error (DIGLOT_ERROR_TEMPLATE, text "FILE:LINE:COL: error: … [template.…]") for a missing file, an unknown key,
 * a bad value, an impossible geometry, or a chain of "extends" that never ends. */
DgTemplate *dg_template_new (const char *name, const char *const *settings, GError **error);
void        dg_template_free (DgTemplate *template);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DgTemplate, dg_template_free)

/* The family that the template wants for text in a language: that of its script as it is written (nastaliq), else of its letters; NULL: none. */
const char *dg_template_family (const DgTemplate *template, const char *lang);

/* The key "group.key", or the group, that was perhaps meant by @path or @group; NULL: none.  Lent for ever. */
const char *dg_template_nearest_key (const char *path);
const char *dg_template_nearest_group (const char *group);

/* Every key with its value, one a line, "group.key = value". */
void dg_template_dump (const DgTemplate *template, GString *out);
/* Names of the templates found, sorted, one a line; free with g_free. */
char *dg_template_list (void);

#endif
