/* utf.h: questions about characters that the stages share. */
#ifndef DG_UTF_H
#define DG_UTF_H

#include <glib.h>

/* Bidi formatting characters: LRM RLM ALM, embeddings, overrides, isolates, PDF, PDI. */
gboolean dg_is_bidi_control (gunichar ch);
/* A strong right-to-left letter's script: Arabic, Hebrew, Syriac, Thaana, NKo. */
gboolean dg_is_rtl (gunichar ch);
/* A letter of the Arabic script. */
gboolean dg_is_arabic (gunichar ch);
/* A hyphen, a dash or a minus. */
gboolean dg_is_dash (gunichar ch);
/* The decimal value of a digit of any script; -1 for another character. */
int dg_digit_value (gunichar ch);

/* What GLib says of a character, as bits: readers ask several of these of every character, and several times.  ALNUM is g_unichar_isalnum's,
 * numerals of all kinds; DIGIT has a value (dg_digit_value). */
enum {
  DG_CHAR_ALPHA = 1 << 0,
  DG_CHAR_ALNUM = 1 << 1,
  DG_CHAR_MARK = 1 << 2,
  DG_CHAR_UPPER = 1 << 3,
  DG_CHAR_LOWER = 1 << 4,
  DG_CHAR_DIGIT = 1 << 5,
  DG_CHAR_SPACE = 1 << 6,
  DG_CHAR_HAS_SMALL = 1 << 7 /* g_unichar_tolower makes another of it */
};

guint dg_char_traits (gunichar ch);
/* What stands inside a word: letters, numerals, their marks, joiners, tatweel and apostrophes. */
gboolean dg_is_word_char (gunichar ch);
/* TRUE where both tags name the same language, whatever their regions ("en", "en-GB"). */
gboolean dg_lang_equal (const char *a, const char *b);
/* The byte of @to at the character that stands at byte @offset of @from: texts of as many characters. */
gsize dg_utf8_shift (const char *from, gsize offset, const char *to);
/* @text with control and bidi control characters shown as <U+XXXX>; free with g_free. */
char *dg_dup_printable (const char *text, gssize length);
/* The valid @json, on one line, with the same characters as its own escapes (\uXXXX), which only stand in strings.  Free with g_free. */
char *dg_dup_escaped (const char *json);

/* The character at *@p, which is valid UTF-8 and no end; *@p is put after it.  Inline, because readers go through every character
 * several times. */
static inline gunichar
dg_utf8_read (const char **p)
{
  const guchar *s = (const guchar *) *p;

  if (s[0] < 0x80) {
    *p += 1;
    return s[0];
  }
  if (s[0] < 0xE0) {
    *p += 2;
    return (gunichar) (s[0] & 0x1F) << 6 | (s[1] & 0x3F);
  }
  if (s[0] < 0xF0) {
    *p += 3;
    return (gunichar) (s[0] & 0x0F) << 12 | (gunichar) (s[1] & 0x3F) << 6 | (s[2] & 0x3F);
  }
  *p += 4;
  return (gunichar) (s[0] & 0x07) << 18 | (gunichar) (s[1] & 0x3F) << 12 | (gunichar) (s[2] & 0x3F) << 6 | (s[3] & 0x3F);
}

/* Writes @ch, a character, at @out, and returns how many bytes that took; inline as the reading is. */
static inline gsize
dg_utf8_write (gunichar ch, char *out)
{
  if (ch < 0x80) {
    out[0] = (char) ch;
    return 1;
  }
  if (ch < 0x800) {
    out[0] = (char) (0xC0 | ch >> 6);
    out[1] = (char) (0x80 | (ch & 0x3F));
    return 2;
  }
  return (gsize) g_unichar_to_utf8 (ch, out);
}

/* Words are looked up folded: lower case, no accents, vowel signs, tatweel or formatting characters, one form for the
 * letters that Arabic typists exchange (alef with and without hamza, yeh and alef maksura, heh and teh marbuta).
 * The folded character, or 0 where it is dropped. */
gunichar dg_fold_char (gunichar ch);
/* @text folded into @out, NUL-terminated, runs of space to one, none at the ends; the bytes written, 0 where @size does not do. */
gsize dg_fold (const char *text, gsize length, char *out, gsize size);

#endif
