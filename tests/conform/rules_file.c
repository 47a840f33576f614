/* rules_file.c: PDF/A's rules about the file, colours, annotations, metadata and attachments. */
#include "rules.h"

#include <lcms2.h>
#include <string.h>

#define STRING_MAX     32767
#define NAME_MAX_BYTES 127

/* A 6.1: the file */

static void
check_header (Judge *judge)
{
  gsize         length;
  const guint8 *p = g_bytes_get_data (judge->file->bytes, &length);
  const guint8 *end = memchr (p, '\n', MIN (length, 20));

  if (length < 20 || memcmp (p, "%PDF-1.", 7) != 0 || !g_ascii_isdigit (p[7]) || !end)
    wrong (judge, "the file does not begin with %%PDF-1.n");
  else if (end[1] != '%' || end[2] < 128 || end[3] < 128 || end[4] < 128 || end[5] < 128)
    wrong (judge, "no comment of four bytes over 127 follows");
}

static void
check_trailer (Judge *judge)
{
  JsonNode *id = pdf_get (judge->file, judge->file->trailer, "/ID");

  if (pdf_length (id) != 2)
    wrong (judge, "no /ID");
  if (pdf_get (judge->file, judge->file->trailer, "/Encrypt"))
    wrong (judge, "the file is encrypted");
}

static void
see_stream (Judge *judge, const char *ref, JsonNode *dictionary)
{
  static const char *const keys[] = { "/F", "/FFilter", "/FDecodeParms" };

  if (pdf_get_raw (dictionary, "/Length") || pdf_get_raw (dictionary, "/Filter"))
    for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
      if (pdf_get_raw (dictionary, keys[i]))
        wrong (judge, "stream %s has %s", ref, keys[i]);
}

static void
check_streams (Judge *judge)
{
  gsize       length;
  const char *p = g_bytes_get_data (judge->file->bytes, &length), *at = p;

  each_dictionary (judge, see_stream);
  while ((at = memmem (at, length - (gsize) (at - p), "endstream", 9)) != NULL) {
    if (at > p && at[-1] != '\n' && at[-1] != '\r')
      wrong (judge, "no end of line before endstream at byte %zu", (gsize) (at - p));
    at += 9;
  }
}

static void
see_filter (Judge *judge, const char *ref, JsonNode *dictionary)
{
  JsonNode *filter = pdf_get (judge->file, dictionary, "/Filter");

  for (guint i = 0; i < MAX (1, pdf_length (filter)); i++) {
    const char *name = pdf_text (pdf_length (filter) ? pdf_item (judge->file, filter, i) : filter);

    if (name && (strcmp (name, "/LZWDecode") == 0 || strcmp (name, "/Crypt") == 0))
      wrong (judge, "%s has the filter %s", ref, name);
  }
}

static void
check_filters (Judge *judge)
{
  each_dictionary (judge, see_filter);
}

static gsize
string_bytes (const char *text)
{
  if (g_str_has_prefix (text, "b:"))
    return (strlen (text) - 2) / 2;
  for (const char *p = text; *p; p++)
    if ((guchar) *p >= 0x80)
      return 2 + 2 * (gsize) g_utf8_strlen (text + 2, -1);
  return strlen (text + 2);
}

static void
see_limits (Judge *judge, const char *ref, JsonNode *dictionary)
{
  JsonObjectIter iter;
  const char    *key;
  JsonNode      *value;

  json_object_iter_init (&iter, json_node_get_object (dictionary));
  while (json_object_iter_next (&iter, &key, &value)) {
    const char *text = pdf_text (value);
    double      number;

    if (strlen (key) - 1 > NAME_MAX_BYTES || (text && text[0] == '/' && strlen (text) - 1 > NAME_MAX_BYTES))
      wrong (judge, "%s has a name of more than 127 bytes", ref);
    if (text && pdf_string (value) && string_bytes (text) > STRING_MAX)
      wrong (judge, "%s has a string of more than 32767 bytes", ref);
    if (pdf_number (value, &number) && (number > 2147483647. || number < -2147483648.))
      wrong (judge, "%s has a number beyond 32 bits", ref);
  }
}

static void
check_limits (Judge *judge)
{
  each_dictionary (judge, see_limits);
}

static void
check_permissions (Judge *judge)
{
  if (pdf_get (judge->file, judge->file->catalog, "/Perms"))
    wrong (judge, "the catalog has /Perms");
}

/* A 6.2: colours, graphics */

/* The output intent of a kind; NULL. */
static JsonNode *
find_intent (const PdfFile *file, const char *kind)
{
  JsonNode *intents = pdf_get (file, file->catalog, "/OutputIntents");

  for (guint i = 0; i < pdf_length (intents); i++)
    if (strcmp (pdf_get_text (file, pdf_item (file, intents, i), "/S"), kind) == 0)
      return pdf_item (file, intents, i);
  return NULL;
}

/* The colour space that the output intent's profile is for; 0 and, with @judge, a word where there is none. */
static cmsColorSpaceSignature
read_intent (const PdfFile *file, Judge *judge)
{
  JsonNode *intent = find_intent (file, "/GTS_PDFA1"), *raw = pdf_get_raw (intent, "/DestOutputProfile");
  g_autoptr (GBytes) icc = pdf_stream (file, raw);
  gsize                  length = 0;
  gconstpointer          data = icc ? g_bytes_get_data (icc, &length) : NULL;
  cmsHPROFILE            profile = data ? cmsOpenProfileFromMem (data, (cmsUInt32Number) length) : NULL;
  cmsColorSpaceSignature space = profile ? cmsGetColorSpace (profile) : (cmsColorSpaceSignature) 0;
  double                 n = 0;

  pdf_number (pdf_get (file, pdf_resolve (file, raw), "/N"), &n);
  if (judge && !intent)
    wrong (judge, "there is no output intent GTS_PDFA1");
  else if (judge && !profile)
    wrong (judge, "its DestOutputProfile is no ICC profile");
  else if (judge && cmsGetDeviceClass (profile) != cmsSigDisplayClass && cmsGetDeviceClass (profile) != cmsSigOutputClass)
    wrong (judge, "its profile is neither for a screen nor for output");
  else if (judge && (guint) n != cmsChannelsOf (space))
    wrong (judge, "/N is %.0f, the profile has %u components", n, cmsChannelsOf (space));
  if (judge && intent && !*pdf_get_text (file, intent, "/OutputConditionIdentifier"))
    wrong (judge, "it has no OutputConditionIdentifier");
  if (profile)
    cmsCloseProfile (profile);
  return space;
}

static void
check_intent (Judge *judge)
{
  read_intent (judge->file, judge);
}

static void
see_colour (Judge *judge, const Step *step)
{
  gboolean               rgb = !g_ascii_strcasecmp (step->operator, "rg"), cmyk = !g_ascii_strcasecmp (step->operator, "k");
  cmsColorSpaceSignature space;

  if (!rgb && !cmyk)
    return;
  space = read_intent (judge->file, NULL);
  if ((rgb && space != cmsSigRgbData) || (cmyk && space != cmsSigCmykData))
    wrong (judge, "page %u sets a colour by %s, which the output intent does not cover", step->page + 1, step->operator);
}

static void
check_colours (Judge *judge)
{
  each_operator (judge, see_colour);
}

static void
see_state (Judge *judge, const char *ref, JsonNode *dictionary)
{
  static const char *const keys[] = { "/TR", "/HTP", "/HTO" };
  JsonNode                *tr2 = pdf_get (judge->file, dictionary, "/TR2");

  if (strcmp (pdf_get_text (judge->file, dictionary, "/Type"), "/ExtGState") != 0)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (pdf_get_raw (dictionary, keys[i]))
      wrong (judge, "%s has %s", ref, keys[i]);
  if (tr2 && g_strcmp0 (pdf_text (tr2), "/Default") != 0)
    wrong (judge, "%s has a transfer function", ref);
}

static void
check_states (Judge *judge)
{
  each_dictionary (judge, see_state);
}

static void
see_operator (Judge *judge, const Step *step)
{
  static const char *const known[] = {
    "b",  "B",  "b*", "B*", "BDC", "BI", "BMC", "BT", "BX", "c",  "cm",  "CS",  "cs", "d",    "d0",    "d1",   "Do", "DP", "EI", "EMC",
    "ET", "EX", "f",  "F",  "f*",  "G",  "g",   "gs", "h",  "i",  "ID",  "j",   "J",  "K",    "k",     "l",    "m",  "M",  "MP", "n",
    "q",  "Q",  "re", "RG", "rg",  "ri", "s",   "S",  "SC", "sc", "SCN", "scn", "sh", "T*",   "Tc",    "Td",   "TD", "Tf", "Tj", "TJ",
    "TL", "Tm", "Tr", "Ts", "Tw",  "Tz", "v",   "w",  "W",  "W*", "y",   "'",   "\"", "true", "false", "null", NULL,
  };

  if (!g_strv_contains (known, step->operator))
    wrong (judge, "page %u has the operator %s", step->page + 1, step->operator);
}

static void
check_operators (Judge *judge)
{
  each_operator (judge, see_operator);
}

static void
see_xobject (Judge *judge, const char *ref, JsonNode *dictionary)
{
  static const char *const keys[] = { "/OPI", "/Alternates", "/PS", "/Ref" };
  const char              *type = pdf_get_text (judge->file, dictionary, "/Subtype");
  JsonNode                *smooth = pdf_get (judge->file, dictionary, "/Interpolate");

  if (strcmp (type, "/PS") == 0)
    wrong (judge, "%s is PostScript", ref);
  if (strcmp (type, "/Image") != 0 && strcmp (type, "/Form") != 0)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (pdf_get_raw (dictionary, keys[i]))
      wrong (judge, "%s has %s", ref, keys[i]);
  if (smooth && json_node_get_boolean (smooth))
    wrong (judge, "%s is interpolated", ref);
}

static void
check_xobjects (Judge *judge)
{
  each_dictionary (judge, see_xobject);
}

/* A 6.3, 6.4, 6.5: annotations, forms, actions */

static void
see_annotation_type (Judge *judge, const char *ref, JsonNode *dictionary)
{
  static const char *const barred[] = { "/3D", "/Sound", "/Screen", "/Movie", NULL };

  if (strcmp (pdf_get_text (judge->file, dictionary, "/Type"), "/Annot") == 0 && g_strv_contains (barred, pdf_get_text (judge->file, dictionary, "/Subtype")))
    wrong (judge, "annotation %s is a %s", ref, pdf_get_text (judge->file, dictionary, "/Subtype") + 1);
}

static void
check_annotation_types (Judge *judge)
{
  each_dictionary (judge, see_annotation_type);
}

static void
see_annotation (Judge *judge, const char *ref, JsonNode *dictionary)
{
  double flags = 0;

  if (strcmp (pdf_get_text (judge->file, dictionary, "/Type"), "/Annot") != 0 || strcmp (pdf_get_text (judge->file, dictionary, "/Subtype"), "/Popup") == 0)
    return;
  pdf_number (pdf_get (judge->file, dictionary, "/F"), &flags);
  if (((guint) flags & (1 | 2 | 4 | 32 | 256)) != 4)
    wrong (judge, "annotation %s is not just for print: /F %.0f", ref, flags);
}

static void
check_annotations (Judge *judge)
{
  each_dictionary (judge, see_annotation);
}

static void
check_forms (Judge *judge)
{
  if (pdf_get (judge->file, pdf_get (judge->file, judge->file->catalog, "/AcroForm"), "/XFA"))
    wrong (judge, "there is an XFA form");
}

static void
see_action (Judge *judge, const char *ref, JsonNode *dictionary)
{
  static const char *const allowed[] = { "/GoTo", "/GoToR", "/GoToE", "/Thread", "/URI", "/Named", "/SubmitForm", NULL };
  JsonNode                *action = pdf_get (judge->file, dictionary, "/A");
  const char              *type = pdf_get_text (judge->file, action, "/S");

  if (action && JSON_NODE_HOLDS_OBJECT (action) && strcmp (pdf_get_text (judge->file, dictionary, "/Type"), "/Annot") == 0 && !g_strv_contains (allowed, type))
    wrong (judge, "%s has an action %s", ref, type);
}

static void
check_actions (Judge *judge)
{
  each_dictionary (judge, see_action);
  if (pdf_get_path (judge->file, judge->file->catalog, "/Names", "/JavaScript", NULL))
    wrong (judge, "there is JavaScript");
}

static void
check_triggers (Judge *judge)
{
  if (pdf_get (judge->file, judge->file->catalog, "/AA"))
    wrong (judge, "the catalog has /AA");
  for (guint i = 0; i < judge->file->pages->len; i++)
    if (pdf_get (judge->file, judge->file->pages->pdata[i], "/AA"))
      wrong (judge, "page %u has /AA", i + 1);
}

/* A 6.6: metadata */

static const char *
xmp (const PdfFile *file, const char *name)
{
  return file->xmp ? g_hash_table_lookup (file->xmp, name) : NULL;
}

static void
check_xmp (Judge *judge)
{
  JsonNode *metadata = pdf_get (judge->file, judge->file->catalog, "/Metadata");

  if (judge->file->xmp_error)
    wrong (judge, "XMP cannot be read: %s", judge->file->xmp_error);
  if (metadata
      && (strcmp (pdf_get_text (judge->file, metadata, "/Type"), "/Metadata") != 0 || strcmp (pdf_get_text (judge->file, metadata, "/Subtype"), "/XML") != 0))
    wrong (judge, "the metadata are not of type Metadata and subtype XML");
}

static void
check_schemas (Judge *judge)
{
  if (xmp (judge->file, "pdfuaid:part") && g_strcmp0 (xmp (judge->file, "pdfaSchema:namespaceURI"), "http://www.aiim.org/pdfua/ns/id/") != 0)
    wrong (judge, "pdfuaid has no extension schema");
  if (xmp (judge->file, "pdfaSchema:namespaceURI")
      && (!xmp (judge->file, "pdfaSchema:prefix") || !xmp (judge->file, "pdfaProperty:name") || !xmp (judge->file, "pdfaProperty:valueType")
          || !xmp (judge->file, "pdfaProperty:category") || !xmp (judge->file, "pdfaProperty:description")))
    wrong (judge, "the extension schema is not complete");
}

/* "D:20220909211000Z" as XMP writes it. */
static char *
dup_xmp_date (const char *date)
{
  if (strlen (date) < 17)
    return g_strdup (date);
  return g_strdup_printf ("%.4s-%.2s-%.2sT%.2s:%.2s:%.2sZ", date + 2, date + 6, date + 8, date + 10, date + 12, date + 14);
}

static void
check_info (Judge *judge)
{
  static const struct {
    const char *info, *xmp;
  } same[] = {
    { "/Title", "dc:title@x-default" }, { "/Author", "dc:creator" },     { "/Subject", "dc:description@x-default" }, { "/Keywords", "pdf:Keywords" },
    { "/Creator", "xmp:CreatorTool" },  { "/Producer", "pdf:Producer" }, { "/CreationDate", "xmp:CreateDate" },      { "/ModDate", "xmp:ModifyDate" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (same); i++) {
    const char      *text = pdf_string (pdf_get (judge->file, judge->file->info, same[i].info));
    g_autofree char *date = text && strstr (same[i].info, "Date") ? dup_xmp_date (text) : NULL;

    if (text && g_strcmp0 (date ? date : text, xmp (judge->file, same[i].xmp)) != 0)
      wrong (judge, "%s is “%s”, %s “%s”", same[i].info, date ? date : text, same[i].xmp, xmp (judge->file, same[i].xmp));
  }
}

static void
check_claim (Judge *judge)
{
  const char *part = xmp (judge->file, "pdfaid:part"), *level = xmp (judge->file, "pdfaid:conformance");

  if (!part || (strcmp (part, "2") != 0 && strcmp (part, "3") != 0))
    wrong (judge, "pdfaid:part is %s", part);
  if (g_strcmp0 (level, "A") != 0)
    wrong (judge, "pdfaid:conformance is %s", level);
}

/* A 6.8: attachments */

static gboolean
is_associated (const PdfFile *file, const char *ref)
{
  JsonNode *list = pdf_get (file, file->catalog, "/AF");

  for (guint i = 0; i < pdf_length (list); i++)
    if (g_strcmp0 (pdf_text (json_array_get_element (json_node_get_array (list), i)), ref) == 0)
      return TRUE;
  return FALSE;
}

static void
see_file (Judge *judge, const char *ref, JsonNode *dictionary)
{
  static const char *const relations[] = { "/Source", "/Data", "/Alternative", "/Supplement", "/Unspecified", NULL };
  JsonNode                *file = pdf_get_path (judge->file, dictionary, "/EF", "/F", NULL);
  const char              *type = pdf_get_text (judge->file, file, "/Subtype");

  if (!pdf_get (judge->file, dictionary, "/EF"))
    return;
  if (g_strcmp0 (xmp (judge->file, "pdfaid:part"), "2") == 0)
    wrong (judge, "part 2 has no place for a text file");
  if (!*pdf_get_text (judge->file, dictionary, "/F") || !*pdf_get_text (judge->file, dictionary, "/UF"))
    wrong (judge, "%s has not both F and UF", ref);
  if (!g_strv_contains (relations, pdf_get_text (judge->file, dictionary, "/AFRelationship")))
    wrong (judge, "%s has no AFRelationship", ref);
  if (!is_associated (judge->file, ref))
    wrong (judge, "%s is not associated with the document", ref);
  if (!strchr (type, '/') || !strchr (type + 1, '/'))
    wrong (judge, "the file of %s has no MIME type", ref);
}

static void
check_files (Judge *judge)
{
  each_dictionary (judge, see_file);
}

static GChecksum *
digest_of (const PdfFile *file, JsonNode *ref)
{
  g_autoptr (GBytes) data = pdf_stream (file, ref);
  GChecksum *digest = g_checksum_new (G_CHECKSUM_MD5);

  if (data)
    g_checksum_update (digest, g_bytes_get_data (data, NULL), (gssize) g_bytes_get_size (data));
  return digest;
}

static void
see_digest (Judge *judge, const char *ref, JsonNode *dictionary)
{
  JsonNode *raw = pdf_get_raw (pdf_get (judge->file, dictionary, "/EF"), "/F"), *params;
  g_autoptr (GChecksum) digest = NULL;
  g_autoptr (GBytes) data = NULL;
  const char *told;
  double      size = -1;

  if (!raw)
    return;
  params = pdf_get (judge->file, pdf_resolve (judge->file, raw), "/Params");
  digest = digest_of (judge->file, raw);
  data = pdf_stream (judge->file, raw);
  told = pdf_text (pdf_get (judge->file, params, "/CheckSum"));
  pdf_number (pdf_get (judge->file, params, "/Size"), &size);
  if (!told || g_ascii_strcasecmp (told + 2, g_checksum_get_string (digest)) != 0)
    wrong (judge, "the digest of %s is not its file's", ref);
  if (!data || (gsize) size != g_bytes_get_size (data))
    wrong (judge, "the size of %s is not its file's", ref);
}

static void
check_digests (Judge *judge)
{
  each_dictionary (judge, see_digest);
}

static void
check_catalog (Judge *judge)
{
  if (pdf_get_path (judge->file, judge->file->catalog, "/Names", "/AlternatePresentations", NULL))
    wrong (judge, "there are alternate presentations");
  if (pdf_get (judge->file, judge->file->catalog, "/Requirements"))
    wrong (judge, "the catalog has /Requirements");
}

const Rule file_rules[] = {
  { "A 6.1.2", "the header, and a comment of bytes over 127", check_header },
  { "A 6.1.3", "an identifier, no encryption", check_trailer },
  { "A 6.1.7.1", "streams in the file, each with an end of line before endstream", check_streams },
  { "A 6.1.7.2", "no LZW, no Crypt", check_filters },
  { "A 6.1.12", "no permissions", check_permissions },
  { "A 6.1.13", "names, strings and numbers of bounded size", check_limits },
  { "A 6.2.2", "operators of PDF 1.7 alone", check_operators },
  { "A 6.2.3", "an output intent with an ICC profile", check_intent },
  { "A 6.2.4.3", "device colours that the output intent covers", check_colours },
  { "A 6.2.5", "no transfer functions and halftones of one's own", check_states },
  { "A 6.2.8", "pictures and forms without alternates, OPI, interpolation, PostScript", check_xobjects },
  { "A 6.3.1", "no annotations that play something", check_annotation_types },
  { "A 6.3.2", "annotations that are shown and printed", check_annotations },
  { "A 6.4.2", "no XFA forms", check_forms },
  { "A 6.5.1", "no actions that start something", check_actions },
  { "A 6.5.2", "no actions that nobody asks for", check_triggers },
  { "A 6.6.2.1", "XMP that can be read", check_xmp },
  { "A 6.6.2.3", "extension schemas for what PDF/A does not know", check_schemas },
  { "A 6.6.3", "document information that says what XMP says", check_info },
  { "A 6.6.4", "the claim: part 2 or 3, level A", check_claim },
  { "A 6.8", "attachments with type, name, relationship, associated with the document", check_files },
  { "A 6.8 digest", "attachments that are what their parameters say (ISO 32000-1 7.11.4)", check_digests },
  { "A 6.10", "no alternate presentations, no requirements", check_catalog },
  { NULL, NULL, NULL },
};
