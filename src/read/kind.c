/* kind.c: the signatures of files that come in place of text.  A page of tags or fifty messages about controls would help nobody. */
#include "read/kind.h"

#include "base/letter.h"
#include "diglot.h"

#include <string.h>

typedef struct {
  const char *bytes;
  gsize       size;
  const char *kind;
  const char *advice;
} Signature;

/* clang-format off */
#define S(bytes, kind, advice) { bytes, sizeof bytes - 1, kind, advice }
/* clang-format on */

static const char PANDOC[] = N_ ("\"pandoc -t plain FILE -o FILE.txt\" writes its text");
static const char LETTER[] = N_ ("--from mail reads it");
static const char UNPACK[] = N_ ("unpack it first");
static const char PICTURE[] = N_ ("a dispatch is text; --picture takes pictures");

static const Signature SIGNATURES[] = {
  S ("{\\rtf", N_ ("a document in RTF"), PANDOC),
  S ("%PDF-", N_ ("a PDF"), N_ ("\"pdftotext -layout FILE\" writes its text")),
  S ("PK\3\4", N_ ("a document of a word processor, or another packed file"), PANDOC),
  S ("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", N_ ("an old Word document"), N_ ("\"antiword FILE\" writes its text")),
  S ("\x89PNG\r\n\x1A\n", N_ ("a picture (PNG)"), PICTURE),
  S ("\xFF\xD8\xFF", N_ ("a picture (JPEG)"), PICTURE),
  S ("GIF8", N_ ("a picture (GIF)"), PICTURE),
  S ("II*\0", N_ ("a picture (TIFF)"), PICTURE),
  S ("MM\0*", N_ ("a picture (TIFF)"), PICTURE),
  S ("\x1F\x8B\x08", N_ ("packed (gzip)"), UNPACK),
  S ("\x28\xB5\x2F\xFD", N_ ("packed (Zstandard)"), UNPACK),
  S ("\xFD"
     "7zXZ\0",
     N_ ("packed (xz)"), UNPACK),
  S ("7z\xBC\xAF\x27\x1C", N_ ("packed (7z)"), UNPACK),
  S ("\x7F"
     "ELF",
     N_ ("a program"), N_ ("a dispatch is text")),
};

/* Of a page only the first tag says so: text may speak of tags further on. */
static const char *const TAGS[] = { "<!doctype html", "<html", "<head>", "<body", "<?xml" };

gboolean
dg_kind_is_text (const guint8 *bytes, gsize length, GError **error)
{
  const char *text = (const char *) bytes, *end = text + length;

  for (guint i = 0; i < G_N_ELEMENTS (SIGNATURES); i++)
    if (length >= SIGNATURES[i].size && memcmp (bytes, SIGNATURES[i].bytes, SIGNATURES[i].size) == 0) {
      g_set_error (error, DIGLOT_ERROR, DIGLOT_ERROR_KIND, "this is %s and no plain text; %s", SIGNATURES[i].kind, SIGNATURES[i].advice);
      return FALSE;
    }
  if (length >= 3 && memcmp (text, "\xEF\xBB\xBF", 3) == 0)
    text += 3;
  while (text < end && g_ascii_isspace (*text))
    text++;
  if (dg_letter_is_encoded (text, (gsize) (end - text))) {
    g_set_error (error, DIGLOT_ERROR, DIGLOT_ERROR_KIND, "this is a letter as the net carries it, encoded or in parts, and no plain text; %s", LETTER);
    return FALSE;
  }
  for (guint i = 0; i < G_N_ELEMENTS (TAGS); i++)
    if ((gsize) (end - text) > strlen (TAGS[i]) && g_ascii_strncasecmp (text, TAGS[i], strlen (TAGS[i])) == 0) {
      g_set_error (error, DIGLOT_ERROR, DIGLOT_ERROR_KIND, "this is a web page (HTML) and no plain text; %s", PANDOC);
      return FALSE;
    }
  return TRUE;
}
