/* mail.c: letters as the net carries them, by GMime: their parts that are text, decoded, one after another; of a part that is there twice the
 * plain one.  The text keeps the head that readers of letters see, which is understood as in a letter that came as plain text. */
#include "open/kinds.h"

#include "base/charset.h"
#include "base/input.h"
#include "base/refuse.h"

#include <gmime/gmime.h>
#include <string.h>

/* Letters within letters, parts within parts. */
#define MAX_DEPTH 32u
/* A plain part with less of the other's letters only says that there is another. */
#define PLAIN_SHARE 0.2

typedef struct {
  DgLines    *lines;
  DgDocument *document;
  guint       depth;
  guint       n_parts; /* that were text */
  GError     *error;   /* of a document that came with it; what else there is stays */
} Mail;

/* The bytes of @part without what they were encoded by. */
static GBytes *
decode (GMimePart *part)
{
  GMimeDataWrapper *content = g_mime_part_get_content (part);
  GMimeStream      *stream = g_mime_stream_mem_new ();
  GByteArray       *bytes = g_byte_array_new ();
  GBytes           *result;

  g_mime_stream_mem_set_byte_array (GMIME_STREAM_MEM (stream), bytes);
  if (content != NULL)
    g_mime_data_wrapper_write_to_stream (content, stream);
  result = g_bytes_new (bytes->data, bytes->len);
  g_object_unref (stream);
  g_byte_array_unref (bytes);
  return result;
}

/* A part's text in UTF-8: in the charset that it names, unless it names none, or one that it cannot be in. */
static char *
dup_text (GMimePart *part)
{
  g_autoptr (GBytes) bytes = decode (part);
  gsize         length;
  const guint8 *data = g_bytes_get_data (bytes, &length);
  const char   *named = g_mime_object_get_content_type_parameter (GMIME_OBJECT (part), "charset");
  g_autoptr (GArray) bad = g_array_new (FALSE, FALSE, sizeof (gsize));
  double confidence;

  if (length == 0)
    return g_strdup (""); /* a part may have no bytes at all */
  if (g_utf8_validate_len ((const char *) data, length, NULL))
    return g_strndup ((const char *) data, length);
  if (named == NULL || !dg_charset_is_known (named) || g_ascii_strcasecmp (named, "us-ascii") == 0 || g_ascii_strcasecmp (named, "utf-8") == 0)
    named = dg_charset_guess (data, length, &confidence);
  return g_string_free (dg_charset_decode (data, length, named, bad), FALSE);
}

/* A gap before what is no beginning. */
static void
part_from_before (Mail *mail)
{
  if (mail->n_parts++ > 0)
    dg_lines_end (mail->lines);
}

/* Lines that a program broke end in a space (RFC 3676): @flowed.  With @tight that space is no part of the text. */
static void
add_plain (Mail *mail, const char *text, gboolean flowed, gboolean tight)
{
  part_from_before (mail);
  while (*text != '\0') {
    gsize    length = strcspn (text, "\n"), kept = length;
    gboolean goes_on;

    while (kept > 0 && text[kept - 1] == '\r')
      kept--;
    goes_on = flowed && kept > 0 && text[kept - 1] == ' ' && !(kept == 3 && memcmp (text, "-- ", 3) == 0);
    if (flowed && kept > 0 && *text == ' ' && kept--)
      text++, length--; /* a space that only guards what follows */
    dg_lines_add (mail->lines, text, (gssize) (goes_on && tight && kept > 0 ? kept - 1 : kept));
    if (!goes_on)
      dg_lines_end (mail->lines);
    text += length + (text[length] == '\n');
  }
  if (dg_lines_is_begun (mail->lines))
    dg_lines_end (mail->lines);
}

static gboolean
says (GMimePart *part, const char *name, const char *value)
{
  const char *said = g_mime_object_get_content_type_parameter (GMIME_OBJECT (part), name);

  return said != NULL && g_ascii_strcasecmp (said, value) == 0;
}

static void
add_page (Mail *mail, GMimePart *part)
{
  g_autofree char *text = dup_text (part);
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  part_from_before (mail);
  if (*text != '\0' && !dg_html_read (bytes, mail->lines, mail->document, NULL))
    mail->n_parts--;
}

/* A document that came with the letter is text of it. */
static void
add_document (Mail *mail, GMimePart *part, gboolean (*read) (GBytes *, DgLines *, DgDocument *, GError **))
{
  g_autoptr (GBytes) bytes = decode (part);

  part_from_before (mail);
  if (mail->error == NULL)
    read (bytes, mail->lines, mail->document, &mail->error);
}

static void
take_picture (Mail *mail, GMimePart *part)
{
  const char *name = g_mime_part_get_filename (part);
  gsize       stem;
  g_autoptr (GBytes) bytes = NULL;

  if (mail->document->picture != NULL || name == NULL || dg_input_rank_picture (name, &stem) < 0)
    return;
  bytes = decode (part);
  mail->document->picture = g_steal_pointer (&bytes);
  mail->document->picture_name = g_strdup (name);
}

static void
read_leaf (Mail *mail, GMimePart *part)
{
  GMimeContentType *type = g_mime_object_get_content_type (GMIME_OBJECT (part));
  const char       *name = g_mime_part_get_filename (part);

  if (g_mime_content_type_is_type (type, "text", "plain")) {
    g_autofree char *text = dup_text (part);

    add_plain (mail, text, says (part, "format", "flowed"), says (part, "delsp", "yes"));
  } else if (g_mime_content_type_is_type (type, "text", "html") || g_mime_content_type_is_type (type, "application", "xhtml+xml")) {
    add_page (mail, part);
  } else if (g_mime_content_type_is_type (type, "application", "vnd.openxmlformats-officedocument.wordprocessingml.document")
             || (name != NULL && g_str_has_suffix (name, ".docx"))) {
    add_document (mail, part, dg_docx_read);
  } else if (g_mime_content_type_is_type (type, "application", "vnd.oasis.opendocument.text") || (name != NULL && g_str_has_suffix (name, ".odt"))) {
    add_document (mail, part, dg_odt_read);
  } else if (g_mime_content_type_is_type (type, "image", "*")) {
    take_picture (mail, part);
  }
}

/* Letters in @object that a reader would see as text. */
static gsize
count_letters (GMimeObject *object)
{
  g_autofree char *text = GMIME_IS_PART (object) ? dup_text (GMIME_PART (object)) : NULL;
  gsize            n = 0;
  gboolean         in_tag = FALSE, is_page = g_mime_content_type_is_type (g_mime_object_get_content_type (object), "text", "html");

  for (const char *p = text; p != NULL && *p != '\0'; p = g_utf8_next_char (p)) {
    if (is_page && (*p == '<' || *p == '>'))
      in_tag = *p == '<';
    else
      n += !in_tag && g_unichar_isalpha (g_utf8_get_char (p));
  }
  return n;
}

static void read_object (Mail *mail, GMimeObject *object);

/* One text in several forms: the plain one, unless it only points to the other. */
static void
read_alternative (Mail *mail, GMimeMultipart *parts)
{
  GMimeObject *plain = NULL, *other = NULL;

  for (int i = 0; i < g_mime_multipart_get_count (parts); i++) {
    GMimeObject *part = g_mime_multipart_get_part (parts, i);

    if (g_mime_content_type_is_type (g_mime_object_get_content_type (part), "text", "plain"))
      plain = plain == NULL ? part : plain;
    else if (GMIME_IS_MULTIPART (part) || g_mime_content_type_is_type (g_mime_object_get_content_type (part), "text", "html"))
      other = part;
  }
  if (plain == NULL || (other != NULL && (double) count_letters (plain) < PLAIN_SHARE * (double) count_letters (other)))
    plain = other;
  if (plain != NULL)
    read_object (mail, plain);
}

static void
read_parts (Mail *mail, GMimeMultipart *parts)
{
  GMimeContentType *type = g_mime_object_get_content_type (GMIME_OBJECT (parts));
  /* Of letters in several languages the first part only says that they are (RFC 8255). */
  gboolean many = g_mime_content_type_is_type (type, "multipart", "multilingual");

  if (g_mime_content_type_is_type (type, "multipart", "alternative")) {
    read_alternative (mail, parts);
    return;
  }
  for (int i = many ? 1 : 0; i < g_mime_multipart_get_count (parts); i++)
    read_object (mail, g_mime_multipart_get_part (parts, i));
}

/* The value of field @name as readers of the letter see it; NULL for none.  Free with g_free. */
static char *
dup_field (GMimeMessage *message, const char *name)
{
  GMimeHeader *header = g_mime_header_list_get_header (g_mime_object_get_header_list (GMIME_OBJECT (message)), name);
  const char  *value = header != NULL ? g_mime_header_get_value (header) : NULL;
  char        *line = value != NULL ? g_utf8_make_valid (value, -1) : NULL;

  return line != NULL ? g_strstrip (g_strdelimit (line, "\r\n", ' ')) : NULL;
}

/* @subject without what answering and forwarding put before it (RFC 5256, 2.1). */
static const char *
skip_prefixes (const char *subject)
{
  static const char *const prefixes[] = { "re", "fwd", "fw" };

  for (guint i = 0; i < G_N_ELEMENTS (prefixes); i++) {
    const char *rest = subject + strlen (prefixes[i]);

    if (g_ascii_strncasecmp (subject, prefixes[i], strlen (prefixes[i])) != 0)
      continue;
    rest += strspn (rest, " ");
    if (*rest != ':')
      continue;
    subject = rest + 1 + strspn (rest + 1, " ");
    i = G_MAXUINT; /* and once more from the first on */
  }
  return subject;
}

static void
add_subject (Mail *mail, GMimeMessage *message, const char *label)
{
  g_autofree char *subject = dup_field (message, "Subject");

  if (subject == NULL || *skip_prefixes (subject) == '\0')
    return;
  dg_lines_add (mail->lines, label, -1);
  dg_lines_add (mail->lines, skip_prefixes (subject), -1);
  dg_lines_end (mail->lines);
}

/* The head as far as it is understood (read/envelope.h); of a letter that another one brings only what stands over its text, and of one in
 * several languages that of each. */
static void
add_head (Mail *mail, GMimeMessage *message)
{
  static const char *const fields[] = { "From", "To", "Date", "MIME-Version" };
  GMimeObject             *body = g_mime_message_get_mime_part (message);

  for (guint i = 0; mail->depth == 0 && i < G_N_ELEMENTS (fields); i++) {
    g_autofree char *value = dup_field (message, fields[i]);

    if (value == NULL || *value == '\0')
      continue;
    dg_lines_add (mail->lines, fields[i], -1);
    dg_lines_add (mail->lines, ": ", 2);
    dg_lines_add (mail->lines, value, -1);
    dg_lines_end (mail->lines);
  }
  if (body == NULL || !g_mime_content_type_is_type (g_mime_object_get_content_type (body), "multipart", "multilingual"))
    add_subject (mail, message, mail->depth == 0 ? "Subject: " : "");
}

static void
read_message (Mail *mail, GMimeMessage *message)
{
  part_from_before (mail);
  add_head (mail, message);
  if (g_mime_message_get_mime_part (message) != NULL)
    read_object (mail, g_mime_message_get_mime_part (message));
}

static void
read_object (Mail *mail, GMimeObject *object)
{
  if (mail->depth == MAX_DEPTH) {
    if (mail->error == NULL)
      dg_refuse (&mail->error, DIGLOT_ERROR_LIMIT, "the letter has parts within parts more than %u deep", MAX_DEPTH);
    return;
  }
  mail->depth++;
  if (GMIME_IS_MULTIPART (object))
    read_parts (mail, GMIME_MULTIPART (object));
  else if (GMIME_IS_MESSAGE_PART (object) && g_mime_message_part_get_message (GMIME_MESSAGE_PART (object)) != NULL)
    read_message (mail, g_mime_message_part_get_message (GMIME_MESSAGE_PART (object)));
  else if (GMIME_IS_PART (object))
    read_leaf (mail, GMIME_PART (object));
  mail->depth--;
}

/* The library's tables, made when the first letter comes. */
static void
begin (void)
{
  static gsize begun;

  if (g_once_init_enter (&begun)) {
    g_mime_init ();
    g_once_init_leave (&begun, 1);
  }
}

gboolean
dg_mail_read (GBytes *bytes, DgLines *lines, DgDocument *document, GError **error)
{
  gsize         length;
  const char   *data = g_bytes_get_data (bytes, &length);
  gboolean      is_box = length >= 5 && memcmp (data, "From ", 5) == 0;
  Mail          mail = { .lines = lines, .document = document };
  GMimeStream  *stream;
  GMimeParser  *parser;
  GMimeMessage *message;

  begin ();
  stream = g_mime_stream_mem_new_with_buffer (data, length);
  parser = g_mime_parser_new_with_stream (stream);
  g_mime_parser_set_format (parser, is_box ? GMIME_FORMAT_MBOX : GMIME_FORMAT_MESSAGE);
  while ((message = g_mime_parser_construct_message (parser, NULL)) != NULL) {
    if (mail.n_parts > 0)
      dg_lines_add (lines, "\f", 1); /* another letter of the box: another dispatch */
    mail.n_parts = 0;
    read_message (&mail, message);
    g_object_unref (message);
    if (!is_box || g_mime_parser_eos (parser))
      break;
  }
  g_object_unref (parser);
  g_object_unref (stream);
  if (mail.error != NULL) {
    g_propagate_error (error, mail.error);
    return FALSE;
  }
  return mail.n_parts > 1 || dg_refuse (error, DIGLOT_ERROR_KIND, "this is no letter, or one without text");
}
