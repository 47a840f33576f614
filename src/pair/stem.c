/* stem.c: light stemming of English and Arabic, and names by their consonants.
 *
 * None of this need be right as grammar.  It must send the forms of a word to one form on both sides: in the lexicon when
 * it is compiled, in the text when it is read.
 */
#include "pair/stem.h"

#include "base/utf.h"

#include <string.h>

void
dg_word_append (DgWord *word, gunichar ch)
{
  gunichar folded = dg_fold_char (ch);

  /* A hamza alone (U+0621) comes and goes between spellings. */
  if (folded != 0 && folded != ' ' && folded != 0x0621 && word->n < DG_WORD_MAX)
    word->ch[word->n++] = folded == 0x03C2 ? 0x03C3 : folded;
}

void
dg_word_set (DgWord *word, const char *text, gsize length)
{
  word->n = 0;
  for (const char *p = text; p < text + length; p = g_utf8_next_char (p))
    dg_word_append (word, g_utf8_get_char (p));
}

guint32
dg_word_hash (const DgWord *word, guint kind)
{
  guint64 hash = 0xcbf29ce484222325u + kind; /* FNV-1a, over characters rather than bytes */

  for (guint i = 0; i < word->n; i++)
    hash = (hash ^ word->ch[i]) * 0x100000001b3u;
  hash ^= hash >> 29;
  hash *= 0xbf58476d1ce4e5b9u;
  return ((guint32) (hash >> 32) & ~7u) | kind;
}

static gboolean
ends (const DgWord *word, const char *suffix)
{
  guint n = (guint) strlen (suffix);

  if (word->n < n)
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (word->ch[word->n - n + i] != (guchar) suffix[i])
      return FALSE;
  return TRUE;
}

void
dg_stem_english (const DgWord *word, DgWord *stem)
{
  static const struct {
    const char *suffix;
    guint8      keep; /* letters of the suffix that stay */
  } rules[] = {
    { "sses", 2 }, { "nesses", 0 }, { "ness", 0 }, { "ing", 0 },    { "ings", 0 },  { "edly", 0 }, { "ed", 0 }, { "ally", 2 },
    { "ly", 0 },   { "ments", 0 },  { "ment", 0 }, { "ations", 2 }, { "ation", 2 }, { "es", 0 },   { "s", 0 },
  };

  *stem = *word;
  for (guint i = 0; i < stem->n; i++)
    if (stem->ch[i] == '\'' || stem->ch[i] == 0x2019)
      stem->n = i;
  if (ends (stem, "ies") && stem->n > 4) {
    stem->n -= 2;
    stem->ch[stem->n - 1] = 'i';
    return;
  }
  for (guint i = 0; i < G_N_ELEMENTS (rules); i++) {
    guint cut = (guint) strlen (rules[i].suffix) - rules[i].keep;

    if (!ends (stem, rules[i].suffix) || stem->n < cut + 3 || (strcmp (rules[i].suffix, "s") == 0 && ends (stem, "ss")))
      continue;
    stem->n -= cut;
    break;
  }
  if (stem->n > 3 && stem->ch[stem->n - 1] == stem->ch[stem->n - 2] && strchr ("lsz", (int) (stem->ch[stem->n - 1] & 0x7F)) == NULL)
    stem->n--;
  if (stem->n > 3 && stem->ch[stem->n - 1] == 'e')
    stem->n--;
  if (stem->n > 2 && stem->ch[stem->n - 1] == 'y')
    stem->ch[stem->n - 1] = 'i';
}

gboolean
dg_stem_is_stop (const DgWord *word)
{
  /* In order, for a search by halves. */
  static const char *const stops[] = {
    "a",     "about", "after", "all",     "also",  "am",     "among", "an",   "and",   "any",  "are",  "as",   "at",    "be",     "because", "been",   "being",
    "but",   "by",    "can",   "could",   "did",   "do",     "does",  "done", "down",  "each", "for",  "from", "had",   "has",    "have",    "having", "he",
    "her",   "here",  "hers",  "him",     "his",   "how",    "i",     "if",   "in",    "into", "is",   "it",   "its",   "itself", "just",    "may",    "me",
    "might", "more",  "most",  "must",    "my",    "no",     "nor",   "not",  "of",    "off",  "on",   "only", "onto",  "or",     "other",   "our",    "out",
    "over",  "own",   "s",     "shall",   "she",   "should", "so",    "some", "such",  "than", "that", "the",  "their", "them",   "then",    "there",  "these",
    "they",  "this",  "those", "through", "thus",  "to",     "too",   "up",   "upon",  "us",   "very", "was",  "we",    "were",   "what",    "when",   "where",
    "which", "while", "who",   "whom",    "whose", "why",    "will",  "with", "would", "you",  "your",
  };
  char  text[16];
  guint low = 0, high = G_N_ELEMENTS (stops);

  if (word->n >= sizeof text)
    return FALSE;
  for (guint i = 0; i < word->n; i++) {
    if (word->ch[i] >= 0x80)
      return FALSE;
    text[i] = (char) word->ch[i];
  }
  text[word->n] = '\0';
  while (low < high) {
    guint middle = (low + high) / 2;
    int   order = strcmp (text, stops[middle]);

    if (order == 0)
      return TRUE;
    if (order < 0)
      high = middle;
    else
      low = middle + 1;
  }
  return FALSE;
}

/* Affixes as folded: in Arabic alef without hamza, heh for teh marbuta, yeh for alef maksura.  Longer ones stand first. */
typedef struct {
  gunichar ch[4];
  guint8   n, leave; /* letters, and how many must be left */
} Affix;

static void
cut_first (DgWord *word, guint n)
{
  memmove (word->ch, word->ch + n, (word->n - n) * sizeof word->ch[0]);
  word->n -= n;
}

/* Cuts the first prefix of the list that the word has. */
static void
cut_prefix (DgWord *word, const Affix *list, guint n)
{
  for (guint i = 0; i < n; i++)
    if (word->n >= (guint) list[i].n + list[i].leave && memcmp (word->ch, list[i].ch, list[i].n * sizeof (gunichar)) == 0) {
      cut_first (word, list[i].n);
      return;
    }
}

static void
cut_suffix (DgWord *word, const Affix *list, guint n)
{
  for (guint i = 0; i < n; i++)
    if (word->n >= (guint) list[i].n + list[i].leave && memcmp (word->ch + word->n - list[i].n, list[i].ch, list[i].n * sizeof (gunichar)) == 0) {
      word->n -= list[i].n;
      return;
    }
}

void
dg_stem_arabic (const DgWord *word, DgWord *stem)
{
  static const Affix prefixes[] = {
    { { 0x648, 0x627, 0x644 }, 3, 2 },
    { { 0x641, 0x627, 0x644 }, 3, 2 },
    { { 0x628, 0x627, 0x644 }, 3, 2 },
    { { 0x643, 0x627, 0x644 }, 3, 2 },
    { { 0x648, 0x644, 0x644 }, 3, 2 },
    { { 0x641, 0x644, 0x644 }, 3, 2 },
    { { 0x644, 0x644 }, 2, 2 },
    { { 0x627, 0x644 }, 2, 2 },
    { { 0x648, 0x628 }, 2, 3 },
    { { 0x648, 0x644 }, 2, 3 },
    { { 0x648, 0x633 }, 2, 3 },
    { { 0x641, 0x633 }, 2, 3 },
    { { 0x648 }, 1, 3 },
    { { 0x641 }, 1, 3 },
    { { 0x628 }, 1, 3 },
    { { 0x644 }, 1, 3 },
    { { 0x643 }, 1, 3 },
    { { 0x633 }, 1, 3 },
  };
  static const Affix suffixes[] = {
    { { 0x647, 0x645, 0x627 }, 3, 3 },
    { { 0x643, 0x645, 0x627 }, 3, 3 },
    { { 0x62A, 0x647, 0x627 }, 3, 3 },
    { { 0x62A, 0x647, 0x645 }, 3, 3 },
    { { 0x62A, 0x647 }, 2, 3 },
    { { 0x647, 0x627 }, 2, 3 },
    { { 0x647, 0x645 }, 2, 3 },
    { { 0x647, 0x646 }, 2, 3 },
    { { 0x643, 0x645 }, 2, 3 },
    { { 0x643, 0x646 }, 2, 3 },
    { { 0x646, 0x627 }, 2, 3 },
    { { 0x627, 0x62A }, 2, 3 },
    { { 0x627, 0x646 }, 2, 3 },
    { { 0x648, 0x646 }, 2, 3 },
    { { 0x64A, 0x646 }, 2, 3 },
    { { 0x64A, 0x647 }, 2, 3 },
    { { 0x62A, 0x64A, 0x646 }, 3, 3 },
    { { 0x647 }, 1, 3 },
    { { 0x64A }, 1, 3 },
    { { 0x62A }, 1, 3 },
    { { 0x627 }, 1, 3 },
    { { 0x646 }, 1, 3 },
  };

  *stem = *word;
  cut_prefix (stem, prefixes, G_N_ELEMENTS (prefixes));
  cut_suffix (stem, suffixes, G_N_ELEMENTS (suffixes));
}

void
dg_stem_arabic_definite (const DgWord *word, DgWord *stem)
{
  static const gunichar alif = 0x627, lam = 0x644, waw = 0x648;
  const gunichar       *ch = word->ch;
  DgWord                definite = { { alif, lam }, 2 };
  guint                 from = word->n > 4 && ch[0] == waw ? 1 : 0;

  /* "al-", "bi-l-", "li-l-" */
  if (word->n > from + 3 && ((ch[from] == alif || ch[from] == lam) ? ch[from + 1] == lam : ch[from + 1] == alif && ch[from + 2] == lam)) {
    dg_stem_arabic (word, stem);
    return;
  }
  for (guint i = from; i < word->n && definite.n < DG_WORD_MAX; i++)
    definite.ch[definite.n++] = ch[i];
  dg_stem_arabic (&definite, stem);
}

void
dg_stem_arabic_root (const DgWord *stem, DgWord *root)
{
  guint first = 0;

  root->n = 0;
  /* Marks of the verb's person and form: ya, ta, nun, alef. */
  if (stem->n > 3 && (stem->ch[0] == 0x64A || stem->ch[0] == 0x62A || stem->ch[0] == 0x646 || stem->ch[0] == 0x627))
    first = 1;
  for (guint i = first; i < stem->n; i++)
    if (stem->ch[i] != 0x627 && stem->ch[i] != 0x648 && stem->ch[i] != 0x64A)
      root->ch[root->n++] = stem->ch[i];
  if (root->n < 3)
    root->n = 0;
}

/* Hebrew: plural, feminine, construct and pronouns.  What stands before the word is left to whoever looks it up, since a letter
 * there may as well be the word's own. */
static void
stem_hebrew (DgWord *stem)
{
  static const Affix suffixes[] = {
    { { 0x5D9, 0x5D5, 0x5EA, 0x5D9 }, 4, 2 },
    { { 0x5D5, 0x5EA, 0x5D9, 0x5D5 }, 4, 2 },
    { { 0x5D9, 0x5D5, 0x5EA }, 3, 2 },
    { { 0x5D5, 0x5EA, 0x5D9 }, 3, 2 },
    { { 0x5D9, 0x5D9, 0x5DD }, 3, 2 },
    { { 0x5D9, 0x5D4, 0x5DD }, 3, 2 },
    { { 0x5D9, 0x5DD }, 2, 2 },
    { { 0x5D5, 0x5EA }, 2, 2 },
    { { 0x5D9, 0x5EA }, 2, 2 },
    { { 0x5D9, 0x5D5 }, 2, 2 },
    { { 0x5D9, 0x5D4 }, 2, 2 },
    { { 0x5EA, 0x5D5 }, 2, 2 },
    { { 0x5D4 }, 1, 2 },
    { { 0x5EA }, 1, 2 },
    { { 0x5D9 }, 1, 2 },
    { { 0x5D5 }, 1, 2 },
    { { 0x5DD }, 1, 3 },
  };

  cut_suffix (stem, suffixes, G_N_ELEMENTS (suffixes));
}

/* Persian and Urdu plurals, izafa and cases, as folded (yeh barree and heh goal are yeh and heh). */
static void
stem_persian (DgWord *stem)
{
  static const Affix suffixes[] = {
    { { 0x647, 0x627, 0x64A, 0x64A }, 4, 2 },
    { { 0x647, 0x627, 0x64A }, 3, 2 },
    { { 0x647, 0x627 }, 2, 2 },
    { { 0x64A, 0x648, 0x6BA }, 3, 2 },
    { { 0x648, 0x6BA }, 2, 2 },
    { { 0x64A, 0x6BA }, 2, 2 },
    { { 0x627, 0x646 }, 2, 3 },
    { { 0x627, 0x62A }, 2, 3 },
    { { 0x64A }, 1, 3 },
    { { 0x647 }, 1, 3 },
    { { 0x627 }, 1, 3 },
  };

  cut_suffix (stem, suffixes, G_N_ELEMENTS (suffixes));
}

gboolean
dg_stem_cut_particle (DgWord *word)
{
  if (word->n < 3)
    return FALSE;
  switch (word->ch[0]) {
  case 0x648:
  case 0x641:
  case 0x628:
  case 0x644:
  case 0x633: /* wa fa bi li sa */
    if (word->n < 4)
      return FALSE;
    break;
  case 0x5D5:
  case 0x5D4:
  case 0x5D1:
  case 0x5DC:
  case 0x5DB:
  case 0x5DE:
  case 0x5E9: /* ve ha be le ke mi she */ break;
  default: return FALSE;
  }
  cut_first (word, 1);
  return TRUE;
}

void
dg_stem_other (const DgWord *word, DgWord *stem)
{
  *stem = *word;
  if (word->n > 0 && word->ch[0] >= 0x5D0 && word->ch[0] <= 0x5EA) {
    stem_hebrew (stem);
    return;
  }
  if (word->n > 0 && word->ch[0] >= 0x620 && word->ch[0] <= 0x6FF)
    stem_persian (stem);
  if (stem->n > 7)
    stem->n = 6;
  else if (stem->n > 5)
    stem->n = 5;
}

/* The class of a letter's sound; '.' for vowels, breaths and letters not listed. */
static char
classify (gunichar ch)
{
  static const char latin[] = ".PKT.PK..KKLMN.PKRST.P.K.S";                  /* a-z */
  static const char arabic[] = ".......P.TTK.KTTRSSSSTTT.K......PKKLMN...."; /* U+0621-U+064A */
  static const char hebrew[] = ".PKT..S.T.KKLMMNNS.PPSSKRST";                /* U+05D0-U+05EA */
  static const char cyrillic[] = ".PPKT.SS..KLMN.PRST.PKSSSS......";         /* U+0430-U+044F */
  static const char greek[] = ".PKT.S.T.KLMNK.PRSST.PKP.";                   /* U+03B1-U+03C9 */

  if (ch >= 'a' && ch <= 'z')
    return latin[ch - 'a'];
  if (ch >= 0x0621 && ch < 0x0621 + sizeof arabic - 1)
    return arabic[ch - 0x0621];
  if (ch >= 0x05D0 && ch < 0x05D0 + sizeof hebrew - 1)
    return hebrew[ch - 0x05D0];
  if (ch >= 0x0430 && ch < 0x0430 + sizeof cyrillic - 1)
    return cyrillic[ch - 0x0430];
  if (ch >= 0x03B1 && ch < 0x03B1 + sizeof greek - 1)
    return greek[ch - 0x03B1];
  switch (ch) {
  case 0x067E:
  case 0x06A4: return 'P'; /* peh, veh */
  case 0x0679:
  case 0x0688: return 'T'; /* retroflex teh, dal */
  case 0x0686:
  case 0x0698: return 'S'; /* tcheh, jeh */
  case 0x06AF: return 'K'; /* gaf */
  case 0x0691: return 'R';
  case 0x06BA: return 'N';
  default: return '.';
  }
}

static void
add_reading (DgSkeleton *skeleton, const char *text)
{
  if (strlen (text) < 2 || skeleton->n >= DG_SKELETON_READINGS)
    return;
  for (guint i = 0; i < skeleton->n; i++)
    if (strcmp (skeleton->text[i], text) == 0)
      return;
  g_strlcpy (skeleton->text[skeleton->n++], text, DG_SKELETON_MAX + 1);
}

/* One reading of the letters from @first on; @soft decides between two sounds of ch, g, j and the Arabic jeem.  TRUE where it did. */
static gboolean
read_skeleton (const DgWord *word, guint first, gboolean soft, DgSkeleton *skeleton)
{
  char     text[DG_SKELETON_MAX + 1];
  guint    n = 0;
  gboolean decided = FALSE;

  for (guint i = first; i < word->n && n < DG_SKELETON_MAX; i++) {
    gunichar ch = word->ch[i], next = i + 1 < word->n ? word->ch[i + 1] : 0;
    char     sound = classify (ch);

    if (next == 'h' && ch == 's')
      sound = 'S';
    else if (next == 'h' && ch == 'p')
      sound = 'P';
    else if (ch == 'c' && (next == 'e' || next == 'i' || next == 'y'))
      sound = 'S';
    else if (ch == 'j' || ch == 0x062C || (ch == 'c' && next == 'h') || (ch == 'g' && (next == 'e' || next == 'i'))) {
      decided = TRUE;
      sound = soft ? 'S' : 'K';
    }
    if (sound != '.' && (n == 0 || text[n - 1] != sound))
      text[n++] = sound;
    if (ch == 'x' && n < DG_SKELETON_MAX)
      text[n++] = 'S';
  }
  text[n] = '\0';
  add_reading (skeleton, text);
  return decided;
}

void
dg_skeleton (const DgWord *word, DgSkeleton *skeleton)
{
  guint particle = 0;

  skeleton->n = 0;
  if (word->n < 3)
    return;
  if (read_skeleton (word, 0, FALSE, skeleton))
    read_skeleton (word, 0, TRUE, skeleton);
  /* Particles that are written with the word: Arabic al- and one letter before it, Hebrew he, bet, vav, lamed, mem. */
  if (word->ch[0] == 0x0627 && word->ch[1] == 0x0644 && word->n > 4)
    particle = 2;
  else if ((word->ch[0] == 0x0648 || word->ch[0] == 0x0628 || word->ch[0] == 0x0644 || word->ch[0] == 0x0641 || word->ch[0] == 0x0643))
    particle = word->n > 5 && word->ch[1] == 0x0627 && word->ch[2] == 0x0644 ? 3 : word->n > 3 ? 1 : 0;
  else if (word->n > 3 && (word->ch[0] == 0x05D4 || word->ch[0] == 0x05D1 || word->ch[0] == 0x05D5 || word->ch[0] == 0x05DC || word->ch[0] == 0x05DE))
    particle = 1;
  if (particle > 0 && read_skeleton (word, particle, FALSE, skeleton))
    read_skeleton (word, particle, TRUE, skeleton);
}
