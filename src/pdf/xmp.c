/* xmp.c: see xmp.h. */
#include "pdf/xmp.h"

#include <string.h>

#include "diglot.h"

#define PRODUCER "Diglot " DIGLOT_VERSION

/* A date that is no date, for a standard that wants one where nothing is known. */
#define NO_DATE "1970-01-01T00:00:00Z"

static const char *
date_of (const DgInfo *info, const DgProfile *profile)
{
  return info->date || !profile->pdfx ? info->date : NO_DATE;
}

/* "2022-09-09T21:10:00Z" as a PDF date in UTC (ISO 32000-1 7.9.4). */
static char *
dup_pdf_date (const char *iso)
{
  g_autoptr (GString) digits = g_string_new ("D:");

  for (const char *p = iso; *p; p++)
    if (g_ascii_isdigit (*p) && digits->len < 16)
      g_string_append_c (digits, *p);
  g_string_append_len (digits, "000000", (gssize) (16 - digits->len));
  g_string_append_c (digits, 'Z');
  return g_string_free (g_steal_pointer (&digits), FALSE);
}

static void
append_text (GString *out, const char *key, const char *text)
{
  if (!text)
    return;
  g_string_append_printf (out, " /%s ", key);
  dg_pdf_append_text (out, text, -1);
}

guint
dg_pdf_info_write (const DgInfo *info, const DgProfile *profile, DgPdf *pdf)
{
  g_autoptr (GString) body = g_string_new ("<<");
  const char      *date = date_of (info, profile);
  g_autofree char *pdf_date = date ? dup_pdf_date (date) : NULL;

  append_text (body, "Title", info->title);
  append_text (body, "Author", info->author);
  append_text (body, "Producer", PRODUCER);
  append_text (body, "CreationDate", pdf_date);
  append_text (body, "ModDate", pdf_date);
  if (profile->pdfx)
    g_string_append (body, " /Trapped /False");
  g_string_append (body, " >>");
  return dg_pdf_add (pdf, body);
}

/* XMP */

/* Appends "<NAME>TEXT</NAME>"; nothing for NULL. */
static void
append_element (GString *out, const char *name, const char *text)
{
  g_autofree char *escaped = text ? g_markup_escape_text (text, -1) : NULL;

  if (escaped)
    g_string_append_printf (out, "<%s>%s</%s>\n", name, escaped, name);
}

static void
append_item (GString *out, const char *lang, const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  g_string_append (out, "<rdf:li");
  if (lang)
    g_string_append_printf (out, " xml:lang=\"%s\"", lang);
  g_string_append_printf (out, ">%s</rdf:li>", escaped);
}

static void
append_dublin_core (GString *out, const DgInfo *info)
{
  g_string_append (out, "<rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n"
                        "<dc:format>application/pdf</dc:format>\n<dc:title><rdf:Alt>");
  append_item (out, "x-default", info->title);
  for (guint i = 0; i < info->n_texts; i++)
    if (info->titles[i] && (i == 0 || strcmp (info->langs[0], info->langs[1]) != 0))
      append_item (out, info->langs[i], info->titles[i]);
  g_string_append (out, "</rdf:Alt></dc:title>\n<dc:language><rdf:Bag>");
  for (guint i = 0; i < info->n_texts; i++)
    append_item (out, NULL, info->langs[i]);
  g_string_append (out, "</rdf:Bag></dc:language>\n");
  if (info->author) {
    g_string_append (out, "<dc:creator><rdf:Seq>");
    append_item (out, NULL, info->author);
    g_string_append (out, "</rdf:Seq></dc:creator>\n");
  }
  g_string_append (out, "</rdf:Description>\n");
}

/* The identifier of PDF/UA is no property that PDF/A knows, so that its schema is told too (ISO 19005-2 6.6.2.3). */
static const char *const ua_schema = "<rdf:Description rdf:about=\"\" xmlns:pdfaExtension=\"http://www.aiim.org/pdfa/ns/extension/\"\n"
                                     " xmlns:pdfaSchema=\"http://www.aiim.org/pdfa/ns/schema#\" xmlns:pdfaProperty=\"http://www.aiim.org/pdfa/ns/property#\">\n"
                                     "<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType=\"Resource\">\n"
                                     "<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>\n"
                                     "<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>\n"
                                     "<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>\n"
                                     "<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType=\"Resource\">\n"
                                     "<pdfaProperty:name>part</pdfaProperty:name>\n<pdfaProperty:valueType>Integer</pdfaProperty:valueType>\n"
                                     "<pdfaProperty:category>internal</pdfaProperty:category>\n"
                                     "<pdfaProperty:description>The part of ISO 14289 that the file conforms to</pdfaProperty:description>\n"
                                     "</rdf:li></rdf:Seq></pdfaSchema:property>\n"
                                     "</rdf:li></rdf:Bag></pdfaExtension:schemas>\n</rdf:Description>\n";

static void
append_claims (GString *out, const DgProfile *profile)
{
  if (profile->pdfa_part)
    g_string_append_printf (out,
                            "<rdf:Description rdf:about=\"\" xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\">\n"
                            "<pdfaid:part>%u</pdfaid:part>\n<pdfaid:conformance>A</pdfaid:conformance>\n</rdf:Description>\n",
                            profile->pdfa_part);
  if (profile->pdfua)
    g_string_append_printf (out,
                            "<rdf:Description rdf:about=\"\" xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\">\n"
                            "<pdfuaid:part>1</pdfuaid:part>\n</rdf:Description>\n%s",
                            ua_schema);
  if (profile->pdfx)
    g_string_append (out, "<rdf:Description rdf:about=\"\" xmlns:pdfxid=\"http://www.npes.org/pdfx/ns/id/\">\n"
                          "<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>\n</rdf:Description>\n");
}

/* A UUID out of @id (RFC 9562 5.8). */
static void
append_identity (GString *out, const char *id)
{
  g_autofree char *hex = g_compute_checksum_for_string (G_CHECKSUM_SHA256, id, -1);

  hex[12] = '8';
  hex[16] = "89ab"[g_ascii_xdigit_value (hex[16]) % 4];
  g_string_append_printf (out,
                          "<rdf:Description rdf:about=\"\" xmlns:xmpMM=\"http://ns.adobe.com/xap/1.0/mm/\">\n"
                          "<xmpMM:DocumentID>uuid:%.8s-%.4s-%.4s-%.4s-%.12s</xmpMM:DocumentID>\n"
                          "<xmpMM:VersionID>1</xmpMM:VersionID>\n<xmpMM:RenditionClass>default</xmpMM:RenditionClass>\n</rdf:Description>\n",
                          hex, hex + 8, hex + 12, hex + 16, hex + 20);
}

static guint
write_xmp (const DgInfo *info, const DgProfile *profile, const char *id, DgPdf *pdf)
{
  g_autoptr (GString) out = g_string_new ("<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
                                          "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n"
                                          "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n");
  const char *date = date_of (info, profile);

  append_claims (out, profile);
  append_dublin_core (out, info);
  g_string_append (out, "<rdf:Description rdf:about=\"\" xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\">\n");
  append_element (out, "pdf:Producer", PRODUCER);
  append_element (out, "pdf:Trapped", profile->pdfx ? "False" : NULL);
  g_string_append (out, "</rdf:Description>\n");
  if (date) {
    g_string_append (out, "<rdf:Description rdf:about=\"\" xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\">\n");
    append_element (out, "xmp:CreateDate", date);
    append_element (out, "xmp:ModifyDate", date);
    append_element (out, "xmp:MetadataDate", date);
    g_string_append (out, "</rdf:Description>\n");
  }
  if (profile->pdfx)
    append_identity (out, id);
  g_string_append (out, "</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"r\"?>");
  return dg_pdf_add_stream (pdf, "/Type /Metadata /Subtype /XML", out->str, out->len);
}

/* The output intent (ISO 32000-1 14.11.5). */
static guint
write_intent (const DgProfile *profile, DgPdf *pdf)
{
  g_autofree char *entries = g_strdup_printf ("/N %d /Filter /FlateDecode", profile->cmyk ? 4 : 3);
  gsize            length;
  gconstpointer    icc = g_bytes_get_data (profile->icc_deflated, &length);
  guint            stream = dg_pdf_add_stream (pdf, entries, icc, length);
  g_autoptr (GString) body = g_string_new (NULL);

  g_string_append_printf (body, "<< /Type /OutputIntent /S /%s /DestOutputProfile %u 0 R", profile->intent, stream);
  append_text (body, "OutputConditionIdentifier", profile->condition);
  append_text (body, "Info", profile->condition_info);
  if (profile->registered)
    append_text (body, "RegistryName", "http://www.color.org");
  g_string_append (body, " >>");
  return dg_pdf_add (pdf, body);
}

/* Associated files */

/* A file specification for readers that know no Unicode. */
static char *
dup_ascii (const char *name)
{
  GString *out = g_string_new (NULL);

  for (const char *p = name; *p; p = g_utf8_next_char (p))
    g_string_append_c (out, (guchar) *p < 0x80 ? *p : '_');
  return g_string_free (out, FALSE);
}

static guint
write_file (const DgInfo *info, DgPdf *pdf)
{
  gsize            length;
  gconstpointer    data = g_bytes_get_data (info->source, &length);
  g_autofree char *digest = g_compute_checksum_for_bytes (G_CHECKSUM_MD5, info->source); /* ISO 32000-1 table 46 knows no other */
  g_autofree char *date = info->date ? dup_pdf_date (info->date) : NULL, *ascii = dup_ascii (info->source_name);
  g_autoptr (GString) body = g_string_new ("/Type /EmbeddedFile /Subtype /text#2Fplain");
  guint stream;

  g_string_append_printf (body, " /Params << /Size %" G_GSIZE_FORMAT " /CheckSum <%s>", length, digest);
  append_text (body, "ModDate", date);
  g_string_append (body, " >>");
  stream = dg_pdf_add_stream (pdf, body->str, data, length);
  g_string_assign (body, "<< /Type /Filespec /AFRelationship /Source");
  append_text (body, "F", ascii);
  append_text (body, "UF", info->source_name);
  append_text (body, "Desc", info->source_note);
  g_string_append_printf (body, " /EF << /F %u 0 R /UF %u 0 R >> >>", stream, stream);
  return dg_pdf_add (pdf, body);
}

/* The dispatches' texts, associated with the whole document (ISO 19005-3 6.8).  The names' tree is sorted, and no two are alike. */
static void
attach_files (const DgPdfDocument *documents, guint n, DgPdf *pdf, GString *catalog)
{
  g_autoptr (GString) files = g_string_new (NULL);
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < n; i++) {
    const DgInfo    *info = documents[i].info;
    g_autofree char *ascii = NULL, *name = NULL;
    guint            file;

    if (!info->source)
      continue;
    file = write_file (info, pdf);
    ascii = dup_ascii (info->source_name);
    name = n > 1 ? g_strdup_printf ("%06u-%s", i + 1, ascii) : g_strdup (ascii);
    dg_pdf_append_ref (files, file);
    g_string_append_c (names, ' ');
    dg_pdf_append_text (names, name, -1);
    dg_pdf_append_ref (names, file);
  }
  if (files->len)
    g_string_append_printf (catalog, " /AF [%s ] /Names << /EmbeddedFiles << /Names [%s ] >> >>", files->str, names->str);
}

void
dg_pdf_meta_write (const DgPdfDocument *documents, guint n, const DgInfo *info, const DgProfile *profile, const char *id, DgPdf *pdf, GString *catalog)
{
  if (profile->xmp)
    g_string_append_printf (catalog, " /Metadata %u 0 R", write_xmp (info, profile, id, pdf));
  if (profile->intent)
    g_string_append_printf (catalog, " /OutputIntents [ %u 0 R ]", write_intent (profile, pdf));
  if (profile->attach)
    attach_files (documents, n, pdf, catalog);
}
