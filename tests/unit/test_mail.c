/* test_mail.c: electronic letters as the net carries them: their text as their readers see it, decoded; hostile ones refused. */
#include "diglot.h"

#include "open/document.h"
#include "scratch.h"

#define HEAD "From: Press office <press@example.org>\r\nSubject: Bridge opens\r\nMIME-Version: 1.0\r\n"
#define SEEN "From: Press office <press@example.org>\nMIME-Version: 1.0\nSubject: Bridge opens\n\n"

static DgDocument *
open_letter (const char *letter, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (letter, strlen (letter));

  return dg_document_new (bytes, DG_KIND_MAIL, error);
}

/* Takes @letter, which is known as one, for one whose text is @expected. */
static void
check (const char *letter, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_bytes_new (letter, strlen (letter));
  g_autoptr (DgDocument) document = open_letter (letter, &error);
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  g_assert_cmpint (dg_kind_find (bytes), ==, DG_KIND_MAIL);
  text = g_strndup (g_bytes_get_data (document->text, NULL), g_bytes_get_size (document->text));
  g_assert_cmpstr (text, ==, expected);
}

static void
test_encodings (void)
{
  check (HEAD "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n2KfZgdiq2KrYp9itINin2YTYrNiz2LE=\r\n",
         SEEN "\xD8\xA7\xD9\x81\xD8\xAA\xD8\xAA\xD8\xA7\xD8\xAD \xD8\xA7\xD9\x84\xD8\xAC\xD8\xB3\xD8\xB1\n");
  check (
    HEAD
    "Content-Type: text/plain; charset=windows-1256\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n=C7=E1=CC=D3=D1 is open; soft=\r\n ends join.\r\n",
    SEEN "\xD8\xA7\xD9\x84\xD8\xAC\xD8\xB3\xD8\xB1 is open; soft ends join.\n");
  /* A charset that the bytes are not in is not believed. */
  check (HEAD "Content-Type: text/plain; charset=us-ascii\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nCaf=C3=A9\r\n", SEEN "Caf\xC3\xA9\n");
}

/* Words of the head are encoded in a way of their own; what answering put before the subject is not the subject. */
static void
test_subject (void)
{
  check ("From: a@example.org\nSubject: Fwd: RE: =?utf-8?B?2KfZhNis2LPYsQ==?= =?iso-8859-1?Q?caf=E9?=\nContent-Type: text/html\n\n<p>The text.\n",
         "From: a@example.org\nSubject: \xD8\xA7\xD9\x84\xD8\xAC\xD8\xB3\xD8\xB1"
         "caf\xC3\xA9\n\nThe text.\n");
}

static void
test_flowed (void)
{
  check (
    HEAD
    "Content-Type: text/plain; format=flowed\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nThe bridge \r\nis open.\r\n From here.\r\n-- \r\nPress\r\n",
    SEEN "The bridge is open.\nFrom here.\n-- \nPress\n");
}

#define PART(type, text) "--b\r\nContent-Type: " type "\r\n\r\n" text "\r\n"
#define PARTS(kind)      HEAD "Content-Type: multipart/" kind "; boundary=b\r\n\r\n"

/* Of one text in two forms the plain one is read, unless it only says that there is another; texts that came together are read together. */
static void
test_parts (void)
{
  check (PARTS ("alternative") PART ("text/plain", "The bridge is open.") PART ("text/html", "<p>The <b>bridge</b> is open.</p>") "--b--\r\n",
         SEEN "The bridge is open.\n");
  check (PARTS ("alternative") PART ("text/plain", "See the page.")
           PART ("text/html",
                 "<style>p{}</style><p>The <b>bridge</b> is open, and whoever wants to may go over it from today on, by day and by night.</p>") "--b--\r\n",
         SEEN "The bridge is open, and whoever wants to may go over it from today on, by day and by night.\n");
  check (PARTS ("mixed") PART ("text/plain", "The bridge is open.") PART ("text/calendar", "BEGIN:VCALENDAR")
           PART ("text/plain; charset=utf-8\r\nContent-Disposition: attachment; filename=ar.txt", "\xD8\xA7\xD9\x84\xD8\xAC\xD8\xB3\xD8\xB1") "--b--\r\n",
         SEEN "The bridge is open.\n\n\xD8\xA7\xD9\x84\xD8\xAC\xD8\xB3\xD8\xB1\n");
}

/* Each part brings a head of its own, and the first one only tells that there are several (RFC 8255). */
static void
test_several_languages (void)
{
#define LETTER(subject, text) "--b\r\nContent-Type: message/rfc822\r\n\r\nSubject: " subject "\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n" text "\r\n"
  check (PARTS ("multilingual") PART ("text/plain", "This letter is in two languages.") LETTER ("Bridge opens", "It is open.")
           LETTER ("Le pont ouvre", "Il est ouvert.") "--b--\r\n",
         "From: Press office <press@example.org>\nMIME-Version: 1.0\n\nBridge opens\n\nIt is open.\n\nLe pont ouvre\n\nIl est ouvert.\n");
}

static void
test_box (void)
{
  check (
    "From a Tue Nov  3 10:00:00 2026\nSubject: =?utf-8?Q?One?=\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nThe first.\n--b--\n\nFrom a Tue Nov  3 10:00:00 2026\nSubject: Two\n\nThe second.\n",
    "Subject: One\n\nThe first.\n\fSubject: Two\n\nThe second.\n");
}

/* The picture that came with it goes over its caption. */
static void
test_picture (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DgDocument) document =
    open_letter (PARTS ("mixed") PART ("text/plain", "The bridge is open.")
                   PART ("image/png\r\nContent-Disposition: attachment; filename=bridge.png\r\nContent-Transfer-Encoding: base64", "iVBORw==") "--b--\r\n",
                 &error);

  g_assert_no_error (error);
  g_assert_cmpstr (document->picture_name, ==, "bridge.png");
  g_assert_cmpuint (g_bytes_get_size (document->picture), ==, 4);
}

/* A letter in plain text is text: its head is understood where others are. */
static void
test_plain (void)
{
  g_autoptr (GBytes) letter = g_bytes_new_static ("From: a@example.org\nTo: b@example.org\nSubject: Bridge opens\n\nIt is open.\n", 72);

  g_assert_cmpint (dg_kind_find (letter), ==, DG_KIND_TEXT);
}

static void
test_hostile (void)
{
  GString *deep = g_string_new (HEAD);
  g_autoptr (GError) error = NULL, depth = NULL;

  g_assert_null (open_letter ("no letter at all", &error));
  g_assert_error (error, DIGLOT_ERROR, DIGLOT_ERROR_KIND);
  for (guint i = 0; i < 5000; i++)
    g_string_append_printf (deep, "Content-Type: multipart/mixed; boundary=b%u\n\n--b%u\n", i, i);
  g_string_append (deep, "Content-Type: text/plain\n\nat the bottom\n");
  g_assert_null (open_letter (deep->str, &depth));
  g_assert_nonnull (depth);
  g_string_free (deep, TRUE);
}

/* A letter without a word is told of, and sets nothing. */
static void
test_empty (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (open_letter (PARTS ("mixed") PART ("application/pdf", "%PDF") "--b--\r\n", &error));
  g_assert_error (error, DIGLOT_ERROR, DIGLOT_ERROR_KIND);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mail/encodings", test_encodings);
  g_test_add_func ("/mail/subject", test_subject);
  g_test_add_func ("/mail/flowed", test_flowed);
  g_test_add_func ("/mail/parts", test_parts);
  g_test_add_func ("/mail/several-languages", test_several_languages);
  g_test_add_func ("/mail/box", test_box);
  g_test_add_func ("/mail/picture", test_picture);
  g_test_add_func ("/mail/plain", test_plain);
  g_test_add_func ("/mail/hostile", test_hostile);
  g_test_add_func ("/mail/empty", test_empty);
  return g_test_run ();
}
