/* info.c: see info.h. */
#include "read/info.h"

#include <string.h>

#include "read/meta.h"
#include "base/utf.h"

#define TITLE_MAX 1000 /* characters: a PDF's strings have an end (ISO 19005-2 6.1.13), and nobody reads further */

/* @text as metadata may hold it: XML has no place for control characters.  Takes @text; NULL for NULL and for white space. */
static char *
clean (char *text)
{
  g_autofree char *given = text;
  g_autoptr (GString) out = g_string_new (NULL);
  guint n = 0;

  for (const char *p = given ? given : ""; *p && n < TITLE_MAX; p = g_utf8_next_char (p), n++) {
    gunichar ch = g_utf8_get_char (p);

    g_string_append_unichar (out, g_unichar_iscntrl (ch) || (ch & 0xFFFE) == 0xFFFE ? ' ' : ch);
  }
  g_strstrip (out->str);
  return *out->str ? g_strdup (out->str) : NULL;
}

static char *
dup_file_name (const char *path)
{
  g_autofree char *base = g_path_get_basename (path);

  return strcmp (base, "<stdin>") == 0 ? g_strdup ("dispatch.txt") : dg_dup_printable (base, -1);
}

/* A name in place of a headline. */
static char *
dup_stem (const char *name)
{
  const char *dot = strrchr (name, '.');

  return dot && dot > name ? g_strndup (name, (gsize) (dot - name)) : g_strdup (name);
}

/* As UTC, at midnight where no time is told. */
static char *
dup_own_date (const DgDoc *doc)
{
  g_autofree char *iso = dg_meta_dup_iso (&doc->date);

  return iso ? g_strconcat (iso, strchr (iso, 'T') ? ":00Z" : "T00:00:00Z", NULL) : NULL;
}

static void
take_source (DgInfo *self, const DgDoc *doc, GBytes *input)
{
  const char *text = dg_source_text (doc->source);
  guint       first = dg_source_first_line (doc->source), last = first + dg_source_n_lines (doc->source) - 1;

  self->source_name = dup_file_name (dg_source_name (doc->source));
  self->source = input ? g_bytes_ref (input) : g_bytes_new (text, strlen (text));
  self->source_note = input ? g_strdup_printf ("The dispatch as it came, in %s", dg_source_encoding (doc->source))
                            : g_strdup_printf ("The dispatch as it came, lines %u to %u of its file, in utf-8", first, MAX (first, last));
}

DgInfo *
dg_info_new (const DgDoc *doc, const char *date, GBytes *input)
{
  DgInfo *self = g_new0 (DgInfo, 1);

  take_source (self, doc, input);
  self->n_texts = doc->n_texts;
  self->rtl = doc->text[DG_SIDE_A].rtl;
  for (guint i = 0; i < doc->n_texts; i++) {
    self->langs[i] = g_strdup (doc->text[i].lang);
    self->titles[i] = clean (dg_meta_dup_role (&doc->text[i], DG_ROLE_HEADLINE));
    if (!self->author)
      self->author = clean (dg_meta_dup_source (&doc->text[i]));
  }
  self->title = clean (dg_meta_dup_title (doc));
  if (!self->title)
    self->title = dup_stem (self->source_name);
  self->date = date ? g_strdup (date) : dup_own_date (doc);
  return self;
}

void
dg_info_free (DgInfo *self)
{
  if (!self)
    return;
  for (guint i = 0; i < 2; i++) {
    g_free (self->titles[i]);
    g_free (self->langs[i]);
  }
  g_clear_pointer (&self->source, g_bytes_unref);
  g_free (self->title);
  g_free (self->author);
  g_free (self->date);
  g_free (self->source_name);
  g_free (self->source_note);
  g_free (self);
}
