/* scores.c: the weights.
 *
 * They are natural logarithms of odds, rounded by hand: what a label says outright counts 5 to 9, a shape that is common 1 to 3.  They were
 * set by newsrooms' and ministries' files in fifty forms and eleven languages and by translated news without any labels, so that
 * neither kind of file loses a role to the other; no single one decides where the other text or the place speaks against it.
 *
 * What was measured is what tools/roles.py prints: here of 512 dispatches in 15 languages whose roles were told by hand, 120 of them of those fifty
 * forms and the others translated news and declarations under heads of many kinds.  Words that only a language has (labels, agencies, joints) stand in
 * templates/data/labels.ini; what is here holds for all. */
#include "read/scores.h"

#include "read/date.h"

#include <string.h>

/* Lengths in characters, beyond which a paragraph has never one of these roles; behind each the most that was measured, and of how many lines.  The
 * bounds lie two to eight times as far: of most roles few were seen, and what a bound lets in is still weighed, but what it keeps out is lost. */
enum {
  MAX_SOURCE = 160,   /* 47 of 849; 71 of 37 with place and date, several agencies more */
  MAX_CAPTION = 600,  /* 105 of 250; picture agencies tell a paragraph */
  MAX_DECK = 260,     /* 110 of 24 */
  MAX_CROSSHEAD = 70, /* 28 of 9 */
  MAX_KICKER = 90,    /* 41 of 24 */
  MAX_HEADLINE = 420, /* 167 of 995; statements have their first sentence for one */
  MAX_NOTICE = 300,   /* 37 of 2 */
  MAX_NOTE = 400,     /* 90 of 84; advisories tell what was corrected */
  MAX_BYLINE = 80     /* 16 of 28; several authors */
};

#define OUTRIGHT  8.0f /* a label with its colon, a mark that means nothing else */
#define SAID      6.0f /* words that begin such lines */
#define SHAPED    3.0f /* a shape that hardly anything else has */
#define HINTED    1.0f
#define OPEN_BODY 0.75 /* of the paragraphs end as sentences do, as in 93 of 100 texts: then one that does not is likely none */

/* A headline by its words, against a paragraph of the body.  Of headlines (and of body lines) 3.1 (2.0) in a hundred have up to three words, 5.4 (1.4)
 * four or five, 86 (25) up to 18, 5.6 (19) up to 26, and none (53) more: the logarithms of these quotients, but that short lines lose
 * to kickers, crossheads and names, which stand in the same places, and that the longest seen are no bound. */
static float
weigh_headline_words (guint n)
{
  static const struct {
    guint most;
    float weight;
  } steps[] = { { 0, -6 }, { 1, -3 }, { 2, -1.8f }, { 3, -0.6f }, { 5, 0.6f }, { 18, 1.3f }, { 26, 0.3f }, { 40, -1.2f }, { G_MAXUINT, -3 } };
  guint i = 0;

  while (n > steps[i].most)
    i++;
  return steps[i].weight;
}

static void
offer (DgScores *scores, DgRole role, float score, const char *why)
{
  if (score <= scores->score[role])
    return;
  scores->score[role] = score;
  scores->why[role] = why;
}

static void
add (DgScores *scores, DgRole role, float score)
{
  if (scores->score[role] > DG_SCORE_NEVER)
    scores->score[role] += score;
}

static gboolean
begins (const DgCue *cue, DgLabelKind kind)
{
  return (cue->phrases.begins & 1u << kind) != 0;
}

static gboolean
is_whole (const DgCue *cue, DgLabelKind kind)
{
  return (cue->phrases.whole & 1u << kind) != 0;
}

static gboolean
has_label (const DgScanLine *line, DgLabelKind kind)
{
  return line->label_length > 0 && (line->label_kinds & 1u << kind) != 0;
}

/* "By Jane Roe": in scripts with capitals each longer word has one, which "By air and sea" lacks. */
static gboolean
is_byline (const DgCuedText *text, const DgCue *cue, const DgScanLine *line, const DgParagraph *paragraph)
{
  guint n_words = cue->date ? cue->n_other : cue->n_words;

  if (paragraph->n_chars > 80 || paragraph->closed || cue->n_words < 2 || n_words > (cue->cased ? 8 : 5) || (!cue->date && paragraph->n_chars > 60)
      || !dg_labels_begins (text->labels, DG_LABEL_BY, line->text, line->length))
    return FALSE;
  return !cue->cased || cue->date || (cue->n_agencies > 0 && cue->n_words <= 4) || (cue->n_capitals * 3 >= (cue->n_words - 1) * 2 && cue->n_capitals >= 1);
}

/* What a label with its colon makes of it. */
static void
score_labels (const DgCue *cue, const DgScanLine *line, const DgParagraph *paragraph, DgScores *scores)
{
  static const char why[] = "label";
  guint             size = paragraph->n_chars;

  if (line->label_length == 0)
    return;
  if (has_label (line, DG_LABEL_CAPTION) && size <= MAX_CAPTION && !(cue->bracketed && cue->n_words <= 5))
    offer (scores, DG_ROLE_CAPTION, OUTRIGHT + 1, why);
  if (has_label (line, DG_LABEL_SOURCE) && size <= MAX_SOURCE)
    offer (scores, DG_ROLE_SOURCE, OUTRIGHT, why);
  if (has_label (line, DG_LABEL_DATE) && size <= MAX_SOURCE && cue->date && cue->n_other <= 5)
    offer (scores, DG_ROLE_DATELINE, OUTRIGHT, why);
  if (has_label (line, DG_LABEL_BYLINE) && cue->n_items == 0 && size <= MAX_BYLINE && !(paragraph->closed && size > 50) && !cue->address)
    offer (scores, DG_ROLE_BYLINE, SAID, why);
  if (has_label (line, DG_LABEL_HEADLINE) && size <= MAX_HEADLINE)
    offer (scores, DG_ROLE_HEADLINE, OUTRIGHT, why);
  if (has_label (line, DG_LABEL_DECK) && size <= MAX_DECK)
    offer (scores, DG_ROLE_DECK, OUTRIGHT, why);
}

/* Source, date and the like without a label, by the agencies and dates that make up the line. */
static void
score_bare (const DgCue *cue, const DgScanLine *line, const DgParagraph *paragraph, DgScores *scores)
{
  if (paragraph->n_chars > 100 || line->label_length > 0)
    return;
  if (cue->seconds && cue->n_other <= 1)
    offer (scores, DG_ROLE_NOTE, SAID + 1, "a time as desks and machines write it");
  if (cue->n_agencies > 0 && cue->n_other == 0 && cue->n_words > 0) {
    offer (scores, DG_ROLE_SOURCE, SAID, "names agencies and nothing else");
    if (!cue->date)
      offer (scores, DG_ROLE_END, cue->starred ? SAID + 3 : SHAPED, "an agency's mark at the end");
  } else if (cue->date && cue->n_other == 0) {
    offer (scores, DG_ROLE_DATELINE, SAID, "a date and nothing else");
    if (cue->seconds || !cue->day)
      offer (scores, DG_ROLE_NOTE, cue->seconds ? SAID + 1 : SHAPED, "a time as desks and machines write it");
  } else if (cue->day && begins (cue, DG_LABEL_DATE) && cue->n_other <= 5 && !paragraph->closed) {
    offer (scores, DG_ROLE_DATELINE, SAID, "a date behind the words for one");
  } else if (cue->n_agencies > 0 && cue->n_other <= 4 && cue->date && cue->day && !paragraph->closed) {
    offer (scores, DG_ROLE_DATELINE, SAID, "place, date and agency on a line of their own");
  } else if (cue->n_agencies > 0 && cue->n_other <= 3 && !paragraph->closed && paragraph->n_chars <= 48 && (cue->ends_dash || cue->separated)) {
    offer (scores, DG_ROLE_DATELINE, SHAPED + 2, "place and agency on a line of their own");
  } else if (cue->day && cue->n_other <= 4 && !paragraph->closed && paragraph->n_chars <= 72 && cue->separated && cue->n_small <= 2) {
    offer (scores, DG_ROLE_DATELINE, SHAPED + 1.5f, "place and date on a line of their own");
  } else if (cue->date && cue->n_other <= 3 && !cue->day && cue->n_digits >= 4 && cue->n_letters < 24) {
    offer (scores, DG_ROLE_NOTE, SHAPED, "a time as desks and machines write it");
  }
}

/* What is said to editors, of a language, or round a web page's text. */
static void
score_words (const DgCuedText *text, const DgCue *cue, const DgScanLine *line, const DgParagraph *paragraph, DgScores *scores)
{
  guint    size = paragraph->n_chars;
  gboolean few = cue->n_words <= 12, heading = cue->n_words <= 9 && size <= MAX_KICKER && (!paragraph->closed || cue->last == ':');

  if (size <= MAX_NOTE
      && (begins (cue, DG_LABEL_EMBARGO) || ((cue->phrases.first & 1u << DG_LABEL_EMBARGO) != 0 && (cue->date || cue->n_digits >= 3) && cue->n_words <= 14)))
    offer (scores, DG_ROLE_NOTE, OUTRIGHT + 2, "an embargo");
  if (is_whole (cue, DG_LABEL_NOTE)
      || (begins (cue, DG_LABEL_NOTE) && size <= MAX_NOTE
          && (few || line->label_length > 0 || memchr (line->text, ':', MIN (line->length, (gsize) 48)) != NULL)))
    offer (scores, DG_ROLE_NOTE, is_whole (cue, DG_LABEL_NOTE) ? OUTRIGHT - 1 : SAID, "words to editors");
  if (begins (cue, DG_LABEL_NOTES) && size <= MAX_SOURCE) {
    offer (scores, DG_ROLE_NOTE, is_whole (cue, DG_LABEL_NOTES) || heading ? OUTRIGHT : SAID, "opens a block for editors");
    scores->opens_note = TRUE;
  }
  if (cue->bracketed && size <= MAX_SOURCE && (cue->n_words >= 3 || has_label (line, DG_LABEL_CAPTION)))
    offer (scores, DG_ROLE_NOTE, has_label (line, DG_LABEL_CAPTION) ? SAID : HINTED, "all in brackets");
  if (cue->slug)
    offer (scores, DG_ROLE_NOTE, OUTRIGHT + 1, "keywords of a wire service");
  if (cue->codes)
    offer (scores, DG_ROLE_NOTE, SAID, "the numbers of pictures or files");
  if (cue->reference)
    offer (scores, DG_ROLE_NOTE, cue->n_digits == 0 ? SHAPED + 1 : SHAPED, cue->n_digits == 0 ? "keywords between slashes" : "a number of a file");
  if (cue->code && !cue->date)
    offer (scores, DG_ROLE_NOTE, SAID - 1, "a code of a desk");
  if ((is_whole (cue, DG_LABEL_SALUTATION) || (begins (cue, DG_LABEL_SALUTATION) && cue->n_words <= 7)) && size <= 60)
    offer (scores, DG_ROLE_NOTE, SAID, "greets or takes leave");
  else if ((cue->last == ',' || cue->last == 0x060C) && cue->n_words <= 6 && !cue->speech)
    offer (scores, DG_ROLE_NOTE, SHAPED, "greets or takes leave");
  if (is_whole (cue, DG_LABEL_LANGUAGES) && cue->n_words <= 3)
    offer (scores, DG_ROLE_MARKER, OUTRIGHT - 1, "names a language");
  if (begins (cue, DG_LABEL_FOLLOWS) && size <= 70 && few)
    offer (scores, DG_ROLE_MARKER, SAID + 1, "says which text follows");
  if (size <= MAX_SOURCE
      && ((cue->phrases.n_networks >= 2 && cue->n_words <= cue->phrases.n_networks + 4)
          || (cue->phrases.n_buttons >= 3 && cue->n_words <= cue->phrases.n_buttons + 1 && !paragraph->closed)))
    offer (scores, DG_ROLE_FURNITURE, OUTRIGHT, "a row of buttons");
  if (cue->hashtags)
    offer (scores, DG_ROLE_FURNITURE, OUTRIGHT, "tags");
  else if (line->text[0] == '@' && memchr (line->text, ' ', line->length) == NULL)
    offer (scores, DG_ROLE_FURNITURE, SAID, "a name on a network");
  if (cue->crumbs)
    offer (scores, DG_ROLE_FURNITURE, OUTRIGHT, "the way to a page");
  if (cue->page)
    offer (scores, DG_ROLE_FURNITURE, OUTRIGHT + 1, "a page's number");
  if (is_whole (cue, DG_LABEL_FURNITURE) || (begins (cue, DG_LABEL_FURNITURE) && size <= 120 && (few || cue->address)))
    offer (scores, DG_ROLE_FURNITURE, is_whole (cue, DG_LABEL_FURNITURE) ? SAID : SAID - 1, "words round a page's text");
  if (is_whole (cue, DG_LABEL_RELATED) || (begins (cue, DG_LABEL_RELATED) && heading)) {
    offer (scores, DG_ROLE_FURNITURE, SAID + 1, "opens a list of links");
    scores->opens_links = TRUE;
  } else if (begins (cue, DG_LABEL_RELATED) && size <= MAX_SOURCE && memchr (line->text, ':', line->length) != NULL) {
    offer (scores, DG_ROLE_FURNITURE, SAID, "leads to another story");
  }
  if ((cue->phrases.within & 1u << DG_LABEL_LEAVING) != 0 && size <= MAX_NOTE)
    offer (scores, DG_ROLE_FURNITURE, OUTRIGHT, "how not to get this letter any more");
  if (cue->twice)
    offer (scores, DG_ROLE_FURNITURE, SAID, "the labelled line above once more");
  /* A sentence that stands twice is a refrain, or what somebody says again. */
  if (cue->repeated && !paragraph->closed && size <= 60 && !cue->starred && cue->n_words > 0 && cue->n_verse == 0)
    offer (scores, DG_ROLE_FURNITURE, SHAPED - 0.5f, "stands twice, as running heads do");
  (void) text;
}

/* What stands under a story. */
static void
score_tail (const DgCuedText *text, const DgCue *cue, const DgScanLine *line, const DgParagraph *paragraph, DgScores *scores)
{
  guint    size = paragraph->n_chars;
  gboolean heading = cue->n_words <= 10 && size <= MAX_KICKER && (!paragraph->closed || cue->last == ':');

  if (paragraph->n == 1 && size <= 60) {
    if (dg_labels_is (text->labels, DG_LABEL_END, line->text, line->length) || is_whole (cue, DG_LABEL_END))
      offer (scores, DG_ROLE_END, OUTRIGHT + 1, "an end mark");
    else if (line->text[0] == '(' && begins (cue, DG_LABEL_END) && cue->n_letters <= 20)
      offer (scores, DG_ROLE_END, SAID, "an end mark with initials");
    else if (line->text[0] == '(' && cue->n_letters <= 20 && (cue->phrases.within & 1u << DG_LABEL_END) != 0)
      offer (scores, DG_ROLE_END, SAID, "an end mark with initials");
  }
  if (size <= MAX_NOTICE && dg_labels_begins (text->labels, DG_LABEL_NOTICE, line->text, line->length)
      && (g_ascii_strncasecmp (line->text, "(c)", 3) != 0 || cue->n_digits >= 4 || (cue->phrases.within & 1u << DG_LABEL_NOTICE) != 0))
    offer (scores, DG_ROLE_NOTICE, OUTRIGHT, "begins as a copyright notice");
  else if (size <= MAX_NOTICE && (cue->phrases.within & 1u << DG_LABEL_NOTICE) != 0 && memmem (line->text, line->length, "\xC2\xA9", 2) != NULL)
    offer (scores, DG_ROLE_NOTICE, SAID, "a copyright notice");
  if (cue->initials)
    offer (scores, DG_ROLE_SIGNOFF, SHAPED + 1.5f, "initials");
  if (cue->n_agencies > 0 && cue->starred && size <= 40 && cue->n_letters <= 24 && cue->n_other > 0)
    offer (scores, DG_ROLE_SIGNOFF, SAID + 1, "an agency's mark with initials");
  if (line->length > 8 && strncmp (line->text, "SOURCE ", 7) == 0 && !cue->upper && cue->n_words <= 8)
    offer (scores, DG_ROLE_SOURCE, SAID, "in capitals before a name");
  if (cue->mark)
    offer (scores, DG_ROLE_SIGNOFF, SAID, "an agency's mark with names");
  if (begins (cue, DG_LABEL_FOLLOWS) && (cue->phrases.within & 1u << DG_LABEL_BY) != 0 && cue->n_capitals >= 3 && size <= MAX_KICKER)
    offer (scores, DG_ROLE_SIGNOFF, OUTRIGHT, "says who translated");
  if (begins (cue, DG_LABEL_SIGNOFF) && size <= MAX_SOURCE && (cue->bracketed || cue->starred || cue->n_words <= 8))
    offer (scores, DG_ROLE_SIGNOFF, cue->bracketed || cue->starred ? OUTRIGHT + 1 : SAID - 1, "credits");
  else if (cue->bracketed && size <= MAX_SOURCE && (cue->phrases.within & 1u << DG_LABEL_SIGNOFF) != 0)
    offer (scores, DG_ROLE_SIGNOFF, SHAPED + 2, "credits");
  else if (cue->bracketed && size > 24 && size <= MAX_SOURCE && cue->n_digits == 0 && cue->n_capitals >= cue->n_small
           && (strchr (line->text, ';') != NULL || cue->n_capitals >= 3))
    offer (scores, DG_ROLE_SIGNOFF, HINTED, "names in brackets");
  else if (line->text[0] == '*' && size <= MAX_KICKER && !paragraph->closed && cue->n_items < 2)
    offer (scores, DG_ROLE_SIGNOFF, HINTED, "behind an asterisk");
  else if (cue->starred && line->text[0] == '-' && size <= MAX_KICKER && cue->n_words <= 10 && cue->n_items < 2)
    offer (scores, DG_ROLE_SIGNOFF, SHAPED, "behind two dashes");
  if (cue->name)
    offer (scores, DG_ROLE_SIGNOFF, cue->cased ? HINTED : 0, "a name");
  if (begins (cue, DG_LABEL_CONTACTS) && heading) {
    offer (scores, DG_ROLE_CONTACT, SAID + 1, "opens the contacts");
    scores->opens_contact = TRUE;
  }
  if (begins (cue, DG_LABEL_CONTACT) && size <= 120 && (cue->address || cue->n_digits > 0 || cue->n_words <= 12))
    offer (scores, DG_ROLE_CONTACT, cue->address ? OUTRIGHT : SHAPED, "a number or an address");
  else if (cue->address && size <= 120)
    offer (scores, DG_ROLE_CONTACT, (cue->n_words <= 12 ? SAID - 1 : SHAPED - 1) - (cue->n_items > 0 ? SHAPED : 0), "a number or an address");
  scores->opens_contact = scores->opens_contact || (cue->address && scores->score[DG_ROLE_CONTACT] >= SHAPED);
  if (heading && !paragraph->closed
      && (begins (cue, DG_LABEL_ABOUT) || ((cue->phrases.first & 1u << DG_LABEL_ABOUT) != 0 && cue->n_words <= 6 && (cue->title || !cue->cased)))) {
    offer (scores, DG_ROLE_BOILERPLATE, SAID, "opens what is said of the issuer");
    scores->opens_about = TRUE;
  }
  if (cue->reference_mark)
    offer (scores, DG_ROLE_FOOTNOTE, OUTRIGHT, "its mark stands in the text");
  else if (line->text[0] == '[' && g_ascii_isdigit (line->text[1]))
    offer (scores, DG_ROLE_FOOTNOTE, SHAPED + 1, "a number in brackets");
}

/* Items, rows, lines of verse: units of the running text. */
static void
score_units (const DgCue *cue, const DgScanLine *line, const DgParagraph *paragraph, DgScores *scores)
{
  /* Notes are no list, though each begins like an item. */
  if (cue->n_items >= 2 && !cue->reference_mark)
    offer (scores, DG_ROLE_LIST, OUTRIGHT, "one of several items");
  else if (cue->n_items == 1 && !paragraph->closed && cue->n_words <= 25 && dg_wrap_is_item (line->text, line->length))
    offer (scores, DG_ROLE_LIST, HINTED, "marked as an item");
  if (cue->n_cells >= 2)
    offer (scores, DG_ROLE_TABLE, OUTRIGHT + 1, "a row of cells");
  if (cue->n_verse >= 3)
    offer (scores, DG_ROLE_VERSE, SHAPED + 1, "one of several short lines close together");
}

static void
score_kicker (const DgCue *cue, const DgScanLine *line, const DgParagraph *paragraph, DgScores *scores)
{
  float score = -0.5f;

  if (paragraph->n_chars > MAX_KICKER || cue->address || cue->n_words > 12 || cue->n_words == 0 || paragraph->n > 1)
    return;
  score += cue->n_words <= 3 ? 1.4f : cue->n_words <= 6 ? 0.7f : cue->n_words <= 9 ? -0.6f : -2;
  score -= paragraph->closed ? 3 : 0;
  score -= 1.2f * (float) cue->echo;
  score += cue->upper ? 0.7f : 0;
  score -= cue->lead ? 4 : 0;
  score -= cue->date || cue->name ? 0.7f : 0;
  score -= cue->n_numbers > 0 ? HINTED : 0;
  score += cue->title ? 0.8f : 0;
  score += cue->n_words <= 10 && (cue->phrases.first & 1u << DG_LABEL_ISSUER) != 0 ? SHAPED - 1 : 0;
  offer (scores, DG_ROLE_KICKER, score, "short line over the headline");
  if (is_whole (cue, DG_LABEL_KICKER))
    offer (scores, DG_ROLE_KICKER, SAID, "kind, section or urgency");
  else if (begins (cue, DG_LABEL_KICKER) && cue->n_words <= 7 && !paragraph->closed)
    offer (scores, DG_ROLE_KICKER, cue->n_digits > 0 ? SAID : SHAPED, "kind, section or urgency");
  (void) line;
}

static void
score_headline (const DgCuedText *text, const DgCue *cue, const DgScanLine *line, const DgParagraph *paragraph, DgScores *scores)
{
  guint n = cue->n_words;
  float score = 0;

  if (paragraph->n_chars > MAX_HEADLINE)
    return;
  score += weigh_headline_words (n);
  if (paragraph->closed)
    score -= cue->last == '?' || cue->last == 0x061F || cue->last == '!' ? 0
             : cue->last == ':' || cue->last == ';'                      ? 2.5f
             : text->closed < OPEN_BODY                                  ? 2.4f
                                                                         : 2;
  else
    score += text->closed >= OPEN_BODY || text->n_body == 0 ? HINTED : 0;
  score -= cue->inner_stop ? 1.5f : 0;
  score += 1.5f * (float) cue->echo;
  score += cue->echo >= 0.85 && n >= 6 ? 1.2f : 0;
  score += cue->captioned >= 0.5 ? 2 : 0;
  if (text->median > 0)
    score += paragraph->n_chars * 4 <= text->median * 3 ? 0.5f : paragraph->n_chars * 10 > text->median * 13 ? -1.5f : -0.5f;
  score -= cue->lead ? 4 : 0;
  score -= cue->address ? 4 : 0;
  score -= cue->name ? HINTED : 0;
  score -= cue->n_numbers * 2 >= MAX (n, 1) ? 2 : 0;
  score -= cue->last == ',' || cue->last == 0x060C ? 2 : 0;
  score += line->heading > 0 ? SHAPED : 0;
  offer (scores, DG_ROLE_HEADLINE, score, line->heading > 0 ? "a heading in Markdown" : "the likeliest line for it");
  /* A second line of the headline: small letters go on where a title would begin with a capital. */
  scores->second_line = DG_SCORE_NEVER;
  if (!paragraph->closed && n >= 2 && paragraph->n_chars <= 100 && !cue->date && cue->n_agencies == 0 && line->label_length == 0) {
    scores->second_line = cue->cased ? (g_unichar_islower (g_utf8_get_char (line->text)) ? OUTRIGHT + 2 : -SHAPED) : 0;
    scores->second_line -= paragraph->gap > 0 ? 2.5f : 0;
    scores->second_line += text->by_gaps && paragraph->gap == 0 ? HINTED : 0;
  }
}

static void
score_deck (const DgCuedText *text, guint i, const DgCue *cue, const DgScanLine *line, const DgParagraph *paragraph, DgScores *scores)
{
  const DgParagraph *next = i + 1 < text->paragraphs->len ? &g_array_index (text->paragraphs, DgParagraph, i + 1) : NULL;
  float              score = -0.6f;

  if (paragraph->n_chars > MAX_DECK || next == NULL || cue->n_words < 2)
    return;
  if (!paragraph->closed)
    score += text->closed >= OPEN_BODY && text->n_body >= 3 ? 1.6f : text->closed >= OPEN_BODY ? 0.6f : -0.6f;
  else
    score -= 1.2f;
  score += 0.8f * (float) cue->echo;
  score -= cue->n_words < 4 ? 1.2f : 0;
  score -= paragraph->n_chars > MAX (130, text->median) ? 1.5f : 0;
  score -= cue->n_items > 0 || cue->lead || cue->again || cue->twice ? 3 : 0;
  if (text->by_gaps && paragraph->gap == 0 && next->gap > 0 && i > 0)
    score += SHAPED;
  else if (paragraph->gap == 0 && next->gap > 0 && i > 0 && !paragraph->closed && (i == 1 || g_array_index (text->paragraphs, DgParagraph, i - 1).gap > 0)
           && !g_array_index (text->paragraphs, DgParagraph, i - 1).closed)
    score += 2; /* one line close under another, and white about both */
  offer (scores, DG_ROLE_DECK, score, "after the headline, and no sentence of the body");
  (void) line;
}

static void
score_crosshead (const DgCuedText *text, guint i, const DgCue *cue, const DgScanLine *line, const DgParagraph *paragraph, DgScores *scores)
{
  const DgParagraph *next = i + 1 < text->paragraphs->len ? &g_array_index (text->paragraphs, DgParagraph, i + 1) : NULL;
  const DgParagraph *before = i > 0 ? &g_array_index (text->paragraphs, DgParagraph, i - 1) : NULL;
  float              score;

  if (line->heading > 0 && before != NULL)
    offer (scores, DG_ROLE_CROSSHEAD, SAID, "a heading in Markdown");
  if (next == NULL || before == NULL || paragraph->closed || paragraph->n > 1 || paragraph->n_chars > MAX_CROSSHEAD || line->label_length > 0
      || cue->n_words > 10 || cue->n_words == 0 || cue->last == ',' || cue->last == 0x060C || cue->ends_dash || cue->n_items > 0)
    return;
  score = text->closed >= OPEN_BODY ? 0.8f : -2;
  score += before->closed ? 0.6f : -1;
  score += next->n_chars * 2 > paragraph->n_chars * 3 ? 0.8f : -2;
  score += text->n_body >= 3 ? 0.4f : -0.4f;
  score -= cue->address ? 3 : 0;
  score -= cue->n_digits > 1 ? 2 : 0;
  score -= cue->torn ? 2 : 0;
  offer (scores, DG_ROLE_CROSSHEAD, score, "short line without a full stop between paragraphs");
}

static void
score_caption (const DgCuedText *text, guint i, const DgCue *cue, const DgScanLine *line, const DgParagraph *paragraph, DgScores *scores)
{
  float score = -1.2f;

  if (line->picture)
    offer (scores, DG_ROLE_CAPTION, OUTRIGHT, "a picture in Markdown");
  if (cue->credit && paragraph->n_chars <= MAX_CAPTION)
    offer (scores, DG_ROLE_CAPTION, SAID, "ends with a photographer's credit");
  if (i == 0 || paragraph->closed || paragraph->n_chars > 110 || line->label_length > 0 || cue->n_words < 3 || cue->n_words > 16 || cue->n_items > 0
      || cue->address)
    return;
  score += cue->likeness >= 0.6 && !cue->again ? SHAPED : 0;
  score += text->n_body >= 3 && text->closed >= OPEN_BODY ? 0.8f : -0.5f;
  score += paragraph->n_chars * 2 < text->median ? 0.4f : -0.6f;
  score -= cue->n_words <= 4 && cue->likeness < 0.6 ? 1.5f : 0; /* a name, a title */
  offer (scores, DG_ROLE_CAPTION, score, cue->likeness >= 0.6 ? "short last line, in the headline's words" : "short last line without a full stop");
}

static void
score_body (const DgCuedText *text, const DgCue *cue, const DgScanLine *line, const DgParagraph *paragraph, DgScores *scores)
{
  float score = 0;

  if (!paragraph->closed)
    score -= text->closed < OPEN_BODY || text->n_body == 0 ? -0.4f : paragraph->n_chars * 10 > text->median * 9 ? 0.4f : 1.8f;
  else
    score += 1.5f;
  score += paragraph->n_chars * 10 >= text->median * 6 ? 0.7f : paragraph->n_chars * 4 < text->median ? -0.6f : 0;
  score += cue->lead ? SHAPED : 0;
  score += paragraph->n_chars > MAX_HEADLINE ? SHAPED : 0;
  score -= cue->n_letters == 0 ? 2 : 0;
  score += cue->torn ? HINTED : 0;
  offer (scores, DG_ROLE_BODY, score, "none of the others");
  (void) line;
}

void
dg_scores_read (const DgCuedText *text, guint i, DgScores *scores)
{
  const DgParagraph *paragraph = &g_array_index (text->paragraphs, DgParagraph, i);
  const DgScanLine  *line = text->lines->pdata[paragraph->first];
  const DgCue       *cue = &g_array_index (text->cues, DgCue, i);

  memset (scores, 0, sizeof *scores);
  for (guint role = 0; role < DG_ROLE_COUNT; role++)
    scores->score[role] = DG_SCORE_NEVER;
  score_body (text, cue, line, paragraph, scores);
  score_labels (cue, line, paragraph, scores);
  score_headline (text, cue, line, paragraph, scores);
  if (line->styled)
    offer (scores, line->role, line->role == DG_ROLE_CROSSHEAD ? SHAPED : SAID, "its style in the document");
  if (paragraph->n_chars > MAX_CAPTION)
    return;
  score_bare (cue, line, paragraph, scores);
  score_words (text, cue, line, paragraph, scores);
  score_tail (text, cue, line, paragraph, scores);
  score_units (cue, line, paragraph, scores);
  score_kicker (cue, line, paragraph, scores);
  score_deck (text, i, cue, line, paragraph, scores);
  score_crosshead (text, i, cue, line, paragraph, scores);
  score_caption (text, i, cue, line, paragraph, scores);
  if (is_byline (text, cue, line, paragraph))
    offer (scores, DG_ROLE_BYLINE, SAID, "begins as a byline");
  else if (cue->name)
    offer (scores, DG_ROLE_BYLINE, cue->cased ? 0.3f : -0.3f, "a name");
  add (scores, DG_ROLE_CROSSHEAD, cue->n_verse >= 3 ? -2 : 0);
  /* Any short line may be one to editors or round a page; something has to say so, or the other text. */
  if (paragraph->n_chars <= MAX_NOTE) {
    offer (scores, DG_ROLE_NOTE, -3.5f, "as in the other text");
    offer (scores, DG_ROLE_FURNITURE, -4.5f, "as in the other text");
    offer (scores, DG_ROLE_CONTACT, paragraph->n_chars <= MAX_KICKER ? -3 : -5, "as in the other text");
    offer (scores, DG_ROLE_BOILERPLATE, -3.5f, "as in the other text");
    if (paragraph->n_chars <= MAX_KICKER) {
      offer (scores, DG_ROLE_SIGNOFF, -3, "as in the other text");
      offer (scores, DG_ROLE_END, paragraph->n_chars <= 30 ? -3.5f : -6, "as in the other text");
      offer (scores, DG_ROLE_MARKER, paragraph->n_chars <= 40 ? -4.0f : -6, "as in the other text");
      offer (scores, DG_ROLE_SOURCE, -4, "as in the other text");
      offer (scores, DG_ROLE_BYLINE, cue->n_words <= 6 ? -2 : -5, "as in the other text");
      offer (scores, DG_ROLE_DATELINE, paragraph->closed ? -7 : cue->date ? -2 : -5, "as in the other text");
      offer (scores, DG_ROLE_VERSE, -4, "as in the other text");
    }
    if (dg_wrap_is_item (line->text, line->length))
      offer (scores, DG_ROLE_LIST, -1.5f, "as in the other text");
  }
}
