/* rules_press.c: what PDF/X-4 (ISO 15930-7:2010) asks for.  Its clauses are named by their subject. */
#include "rules.h"

#include <lcms2.h>
#include <string.h>

static const char *
xmp (const Judge *judge, const char *name)
{
  const char *text = judge->file->xmp ? g_hash_table_lookup (judge->file->xmp, name) : NULL;

  return text ? text : "";
}

static void
check_version (Judge *judge)
{
  if (strcmp (judge->file->version, "1.6") > 0)
    wrong (judge, "the file is of PDF %s", judge->file->version);
}

static void
check_trailer (Judge *judge)
{
  if (pdf_length (pdf_get (judge->file, judge->file->trailer, "/ID")) != 2)
    wrong (judge, "there is no identifier");
  if (pdf_get (judge->file, judge->file->trailer, "/Encrypt"))
    wrong (judge, "the file is encrypted");
}

static void
check_claim (Judge *judge)
{
  if (strcmp (xmp (judge, "pdfxid:GTS_PDFXVersion"), "PDF/X-4") != 0)
    wrong (judge, "pdfxid:GTS_PDFXVersion is “%s”", xmp (judge, "pdfxid:GTS_PDFXVersion"));
}

static void
check_metadata (Judge *judge)
{
  static const char *const names[] = {
    "dc:title@x-default", "xmp:CreateDate", "xmp:ModifyDate", "xmp:MetadataDate", "xmpMM:DocumentID", "xmpMM:VersionID", "xmpMM:RenditionClass",
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (!*xmp (judge, names[i]))
      wrong (judge, "XMP has no %s", names[i]);
}

static void
check_trapped (Judge *judge)
{
  const char *info = pdf_get_text (judge->file, judge->file->info, "/Trapped"), *told = xmp (judge, "pdf:Trapped");

  if (strcmp (info, "/True") != 0 && strcmp (info, "/False") != 0)
    wrong (judge, "/Trapped is “%s”", info);
  else if (strcmp (told, info + 1) != 0)
    wrong (judge, "pdf:Trapped is “%s”", told);
}

/* The bytes of the one intent's profile, NULL; with @complain a word on what is missing. */
static GBytes *
read_profile (Judge *judge, gboolean complain)
{
  JsonNode *intents = pdf_get (judge->file, judge->file->catalog, "/OutputIntents"), *intent = NULL;
  guint     n = 0;

  for (guint i = 0; i < pdf_length (intents); i++)
    if (strcmp (pdf_get_text (judge->file, pdf_item (judge->file, intents, i), "/S"), "/GTS_PDFX") == 0) {
      intent = pdf_item (judge->file, intents, i);
      n++;
    }
  if (complain && n != 1)
    wrong (judge, "there are %u output intents GTS_PDFX", n);
  if (complain && intent && !*pdf_get_text (judge->file, intent, "/OutputConditionIdentifier"))
    wrong (judge, "it names no condition");
  if (complain && intent && !*pdf_get_text (judge->file, intent, "/Info") && !*pdf_get_text (judge->file, intent, "/RegistryName"))
    wrong (judge, "it says neither where the condition is registered nor what it is");
  return pdf_stream (judge->file, pdf_get_raw (intent, "/DestOutputProfile"));
}

static void
check_intent (Judge *judge)
{
  g_autoptr (GBytes) icc = read_profile (judge, TRUE);

  if (!icc)
    wrong (judge, "there is no profile in it");
}

static void
check_profile (Judge *judge)
{
  g_autoptr (GBytes) icc = read_profile (judge, FALSE);
  gsize         length = 0;
  gconstpointer data = icc ? g_bytes_get_data (icc, &length) : NULL;
  cmsHPROFILE   profile = data ? cmsOpenProfileFromMem (data, (cmsUInt32Number) length) : NULL;

  if (!profile || cmsGetDeviceClass (profile) != cmsSigOutputClass)
    wrong (judge, "the profile is not one for output");
  else if (cmsGetColorSpace (profile) != cmsSigCmykData)
    wrong (judge, "the profile is not for CMYK");
  if (profile)
    cmsCloseProfile (profile);
}

static gboolean
read_box (const PdfFile *file, JsonNode *page, const char *key, double box[4])
{
  JsonNode *node = pdf_get (file, page, key);

  for (guint i = 0; i < 4; i++)
    if (!pdf_number (pdf_item (file, node, i), &box[i]))
      return FALSE;
  return TRUE;
}

static gboolean
is_within (const double inner[4], const double outer[4])
{
  return inner[0] >= outer[0] - .01 && inner[1] >= outer[1] - .01 && inner[2] <= outer[2] + .01 && inner[3] <= outer[3] + .01;
}

static void
check_trim (Judge *judge)
{
  double media[4], trim[4];

  for (guint i = 0; i < judge->file->pages->len; i++) {
    JsonNode *page = judge->file->pages->pdata[i];

    if (!read_box (judge->file, page, "/MediaBox", media) || !read_box (judge->file, page, "/TrimBox", trim) || pdf_get (judge->file, page, "/ArtBox"))
      wrong (judge, "page %u has no media box, no trim box, or an art box too", i + 1);
    else if (!is_within (trim, media))
      wrong (judge, "the trim of page %u is beyond its sheet", i + 1);
  }
}

static void
check_bleed (Judge *judge)
{
  double media[4], trim[4], bleed[4];

  for (guint i = 0; i < judge->file->pages->len; i++) {
    JsonNode *page = judge->file->pages->pdata[i];

    if (read_box (judge->file, page, "/BleedBox", bleed) && read_box (judge->file, page, "/MediaBox", media) && read_box (judge->file, page, "/TrimBox", trim)
        && (!is_within (trim, bleed) || !is_within (bleed, media)))
      wrong (judge, "the bleed of page %u is not between its trim and its sheet", i + 1);
  }
}

static void
see_operator (Judge *judge, const Step *step)
{
  static const char *const barred[] = { "rg", "RG", "g", "G", NULL };

  if (g_strv_contains (barred, step->operator))
    wrong (judge, "page %u sets a colour by %s", step->page + 1, step->operator);
}

static void
see_space (Judge *judge, const char *ref, JsonNode *dictionary)
{
  static const char *const keys[] = { "/ColorSpace", "/CS" };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (strcmp (pdf_get_text (judge->file, dictionary, keys[i]), "/DeviceRGB") == 0)
      wrong (judge, "%s is in DeviceRGB", ref);
}

static void
check_colours (Judge *judge)
{
  each_operator (judge, see_operator);
  each_dictionary (judge, see_space);
}

/* Text whose only ink is black: nothing of it is on another plate, and it overprints. */
static void
see_text (Judge *judge, const Step *step)
{
  static double   inks[4];
  static gboolean over = FALSE;

  if (strcmp (step->operator, "gs") == 0 && step->operands->len) {
    g_autofree char *name = g_strconcat ("/", step->operands->pdata[0], NULL);
    JsonNode        *state = pdf_get_path (judge->file, judge->file->pages->pdata[step->page], "/Resources", "/ExtGState", name, NULL);
    JsonNode        *fills = pdf_get (judge->file, state, "/op");
    double           mode = 0;

    pdf_number (pdf_get (judge->file, state, "/OPM"), &mode);
    over = fills && json_node_get_boolean (fills) && mode == 1;
  }
  if (strcmp (step->operator, "k") == 0 && step->operands->len == 4)
    for (guint i = 0; i < 4; i++)
      inks[i] = g_ascii_strtod (step->operands->pdata[i], NULL);
  if (strcmp (step->operator, "TJ") == 0 && inks[3] == 1 && (inks[0] + inks[1] + inks[2] > 0 || !over))
    wrong (judge, "page %u has black text that %s", step->page + 1, over ? "is not of black ink alone" : "does not overprint");
}

static void
check_black (Judge *judge)
{
  each_operator (judge, see_text);
}

static void
see_group (Judge *judge, const char *ref, JsonNode *dictionary)
{
  const char *space = pdf_get_text (judge->file, pdf_get (judge->file, dictionary, "/Group"), "/CS");

  if (strcmp (space, "/DeviceRGB") == 0)
    wrong (judge, "%s has a transparency group in RGB", ref);
}

static void
check_groups (Judge *judge)
{
  each_dictionary (judge, see_group);
}

static void
check_annotations (Judge *judge)
{
  for (guint i = 0; i < judge->file->pages->len; i++)
    if (pdf_length (pdf_get (judge->file, judge->file->pages->pdata[i], "/Annots")))
      wrong (judge, "page %u has annotations", i + 1);
}

static void
see_action (Judge *judge, const char *ref, JsonNode *dictionary)
{
  if (pdf_get (judge->file, dictionary, "/AA") || pdf_get (judge->file, dictionary, "/JS") || pdf_get (judge->file, dictionary, "/OpenAction"))
    wrong (judge, "%s has an action", ref);
}

static void
check_actions (Judge *judge)
{
  each_dictionary (judge, see_action);
}

static void
see_state (Judge *judge, const char *ref, JsonNode *dictionary)
{
  static const char *const keys[] = { "/TR", "/HTP" };

  if (strcmp (pdf_get_text (judge->file, dictionary, "/Type"), "/ExtGState") == 0)
    for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
      if (pdf_get_raw (dictionary, keys[i]))
        wrong (judge, "%s has %s", ref, keys[i]);
}

static void
check_states (Judge *judge)
{
  each_dictionary (judge, see_state);
}

const Rule press_rules[] = {
  { "X version", "PDF 1.6 at most", check_version },
  { "X trailer", "an identifier, no encryption", check_trailer },
  { "X claim", "the claim: PDF/X-4", check_claim },
  { "X metadata", "title, dates and identity in XMP", check_metadata },
  { "X trapped", "Trapped, the same in both metadata", check_trapped },
  { "X intent", "one output intent that names its condition", check_intent },
  { "X profile", "an ICC profile for output in CMYK", check_profile },
  { "X trim", "a trim box on the sheet", check_trim },
  { "X bleed", "a bleed box between trim and sheet", check_bleed },
  { "X colours", "no RGB", check_colours },
  { "X black", "black text of black ink alone, overprinting (our own promise)", check_black },
  { "X groups", "no transparency groups in RGB", check_groups },
  { "X annotations", "no annotations on the page", check_annotations },
  { "X actions", "no actions", check_actions },
  { "X states", "no transfer functions and halftones", check_states },
  { NULL, NULL, NULL },
};
