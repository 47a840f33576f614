/* profile.c: see profile.h. */
#include "pdf/profile.h"
#include "base/number.h"

#include <lcms2.h>
#include <libdeflate.h>
#include <math.h>
#include <string.h>

#include "diglot.h"
#include "base/input.h"
#include "pdf/file.h"

/* Free of known restrictions, as its copyright tag says; libgs-common's profile is under the AGPL with no exception for files
 * that it is embedded in. */
#define DEFAULT_INTENT    "/usr/share/texlive/texmf-dist/tex/generic/colorprofiles/FOGRA39L_coated.icc"
#define DEFAULT_CONDITION "FOGRA39"
#define DEFAULT_PACKAGE   "texlive-base"

#define MAX_ICC_BYTES (16 * 1024 * 1024)
#define SLUG          (12 * 72 / 25.4) /* pt: marks of 5 mm with room around them, the slug line and the colour bar */

static const DgProfile profiles[] = {
  { .name = "archive", .pdf_version = "1.7", .intent = "GTS_PDFA1", .pdfa_part = 3, .pdfua = TRUE, .xmp = TRUE },
  { .name = "print", .pdf_version = "1.6", .intent = "GTS_PDFX", .cmyk = TRUE, .pdfx = TRUE, .xmp = TRUE },
  { .name = "screen", .pdf_version = "1.7", .linearise = TRUE, .picture_dpi = 150 },
};

/* ICC profiles */

/* The bytes of sRGB as littleCMS builds it, the same whenever it does. */
static GBytes *
make_srgb (void)
{
  cmsHPROFILE     profile = cmsCreate_sRGBProfile ();
  cmsUInt32Number length = 0;
  guint8         *bytes = NULL;

  cmsSetProfileVersion (profile, 4.2); /* ISO 15076-1:2005, to which PDF 1.7 refers */
  if (cmsSaveProfileToMem (profile, NULL, &length))
    bytes = g_malloc0 (length);
  g_assert (bytes && cmsSaveProfileToMem (profile, bytes, &length) && length > 128);
  cmsCloseProfile (profile);
  memset (bytes + 24, 0, 12); /* when it was made: 1 January 2000 (ISO 15076-1 7.2.8) */
  bytes[24] = 2000 >> 8;
  bytes[25] = 2000 & 255;
  bytes[27] = bytes[29] = 1;
  memset (bytes + 84, 0, 16); /* its digest: not computed (7.2.18) */
  return g_bytes_new_take (bytes, length);
}

static GBytes *
deflate (GBytes *bytes)
{
  struct libdeflate_compressor *packer = libdeflate_alloc_compressor (9);
  gsize                         length, most;
  gconstpointer                 data = g_bytes_get_data (bytes, &length);
  guint8                       *packed;

  most = libdeflate_zlib_compress_bound (packer, length);
  packed = g_malloc (most);
  length = libdeflate_zlib_compress (packer, data, length, packed, most);
  libdeflate_free_compressor (packer);
  return g_bytes_new_take (packed, length);
}

static char *
dup_description (cmsHPROFILE icc)
{
  cmsUInt32Number  length = cmsGetProfileInfoASCII (icc, cmsInfoDescription, "en", "US", NULL, 0);
  g_autofree char *text = g_malloc0 (length + 1);
  g_autofree char *valid = NULL;

  cmsGetProfileInfoASCII (icc, cmsInfoDescription, "en", "US", text, length);
  valid = g_utf8_make_valid (text, -1);
  for (char *p = valid; *p; p = g_utf8_next_char (p))
    if (g_unichar_iscntrl (g_utf8_get_char (p)))
      *p = ' ';
  g_strstrip (valid);
  return *valid ? g_steal_pointer (&valid) : g_strdup ("unnamed ICC profile");
}

/* The press profile: for output, of CMYK, with the table that turns colours into inks. */
static gboolean
take_press_profile (DgProfile *self, GBytes *bytes, const char *path, GError **error)
{
  gsize         length;
  gconstpointer data = g_bytes_get_data (bytes, &length);
  cmsHPROFILE   icc = cmsOpenProfileFromMem (data, (cmsUInt32Number) length);
  const char   *fault = NULL;

  if (!icc)
    fault = N_ ("it is no ICC profile");
  else if (cmsGetDeviceClass (icc) != cmsSigOutputClass)
    fault = N_ ("it is not of the output class");
  else if (cmsGetColorSpace (icc) != cmsSigCmykData)
    fault = N_ ("it is not for CMYK");
  else if (!cmsIsIntentSupported (icc, INTENT_RELATIVE_COLORIMETRIC, LCMS_USED_AS_OUTPUT))
    fault = N_ ("it has no table for printing");
  if (!fault) {
    cmsHPROFILE srgb = cmsCreate_sRGBProfile ();

    self->inks = cmsCreateTransform (srgb, TYPE_RGB_DBL, icc, TYPE_CMYK_DBL, INTENT_RELATIVE_COLORIMETRIC,
                                     cmsFLAGS_BLACKPOINTCOMPENSATION | cmsFLAGS_NOOPTIMIZE | cmsFLAGS_NOCACHE);
    cmsCloseProfile (srgb);
    self->condition_info = dup_description (icc);
    if (!self->inks)
      fault = N_ ("colours cannot be converted to it");
  }
  if (icc)
    cmsCloseProfile (icc);
  if (fault) {
    g_autofree char *name = g_filename_display_name (path);

    g_set_error (error, DIGLOT_ERROR, DIGLOT_ERROR_CONFORMANCE, "%s cannot be the press profile: %s", name, fault);
  }
  return !fault;
}

static GBytes *
read_icc (const char *path, GError **error)
{
  g_autofree char *name = g_filename_display_name (path);
  g_autoptr (GError) problem = NULL;
  gsize length;
  char *data = dg_input_read_plain (path, MAX_ICC_BYTES, &length, &problem);

  if (data)
    return g_bytes_new_take (data, length);
  g_set_error (error, DIGLOT_ERROR, DIGLOT_ERROR_CONFORMANCE,
               problem->code == DIGLOT_ERROR_LIMIT ? N_ ("%s cannot be the press profile: it is %s") : N_ ("%s cannot be the press profile: it %s"), name,
               problem->message);
  return NULL;
}

static gboolean
read_press_profile (DgProfile *self, const DgTemplate *template, GError **error)
{
  g_autofree char *path = dg_profile_dup_intent_path (template);

  if (!path) {
    g_set_error (error, DIGLOT_ERROR, DIGLOT_ERROR_CONFORMANCE,
                 "the profile print needs the ICC profile of a press: name the printing house's file by pdf.intent, or install the Debian package %s "
                 "for %s",
                 DEFAULT_PACKAGE, DEFAULT_CONDITION);
    return FALSE;
  }
  self->icc = read_icc (path, error);
  if (!self->icc || !take_press_profile (self, self->icc, path, error))
    return FALSE;
  self->registered = *template->intent == '\0';
  self->condition = g_strdup (self->registered ? DEFAULT_CONDITION : "Custom");
  return TRUE;
}

/* The header's functions */

char *
dg_profile_dup_intent_path (const DgTemplate *template)
{
  if (*template->intent)
    return g_strdup (template->intent);
  return g_file_test (DEFAULT_INTENT, G_FILE_TEST_IS_REGULAR) ? g_strdup (DEFAULT_INTENT) : NULL;
}

static const DgProfile *
find_profile (const char *name, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (profiles); i++)
    if (strcmp (profiles[i].name, name) == 0)
      return &profiles[i];
  g_set_error (error, DIGLOT_ERROR, DIGLOT_ERROR_USAGE, "there is no profile \"%s\"; there are archive, print and screen", name);
  return NULL;
}

DgProfile *
dg_profile_new (const char *name, const DgTemplate *template, GError **error)
{
  const DgProfile *like = find_profile (name, error);
  g_autoptr (DgProfile) self = NULL;

  if (!like)
    return NULL;
  self = g_memdup2 (like, sizeof *like);
  self->order = template->order;
  if (self->cmyk) {
    if (!read_press_profile (self, template, error))
      return NULL;
    self->bleed = template->bleed;
    self->slug = template->marks ? SLUG : 0;
  } else {
    self->icc = make_srgb ();
    self->condition = g_strdup ("sRGB IEC61966-2.1");
    self->condition_info = g_strdup (self->condition);
    self->registered = TRUE;
  }
  if (self->pdfa_part) {
    self->attach = template->attach;
    self->pdfa_part = self->attach ? 3 : 2; /* only part 3 lets a text file be attached */
  }
  if (self->intent)
    self->icc_deflated = deflate (self->icc);
  return g_steal_pointer (&self);
}

void
dg_profile_free (DgProfile *self)
{
  if (!self)
    return;
  if (self->inks)
    cmsDeleteTransform (self->inks);
  g_clear_pointer (&self->icc, g_bytes_unref);
  g_clear_pointer (&self->icc_deflated, g_bytes_unref);
  g_free (self->condition);
  g_free (self->condition_info);
  g_free (self);
}

void
dg_profile_get_inks (const DgProfile *self, const DgColour *colour, double inks[4])
{
  const double rgb[3] = { colour->r, colour->g, colour->b };

  memcpy (inks, (const double[4]){ colour->c, colour->m, colour->y, colour->k }, 4 * sizeof *inks);
  if (colour->c > 0 || colour->m > 0 || colour->y > 0 || colour->k > 0)
    return;
  if (colour->r == colour->g && colour->g == colour->b) {
    inks[3] = 1 - colour->r;
    return;
  }
  cmsDoTransform (self->inks, rgb, inks, 1);
  for (guint i = 0; i < 4; i++)
    inks[i] = CLAMP (round (inks[i]) / 100, 0, 1); /* littleCMS counts inks in per cent; a whole one is what a press can hold */
}

static void
append_numbers (GString *out, const double *numbers, guint n, const char *operator)
{
  for (guint i = 0; i < n; i++) {
    dg_number_append (out, numbers[i], 3);
    g_string_append_c (out, ' ');
  }
  g_string_append (out, operator);
}

void
dg_profile_append_colour (const DgProfile *self, GString *out, const DgColour *colour)
{
  double inks[4];

  if (!self->cmyk) {
    append_numbers (out, (const double[3]){ colour->r, colour->g, colour->b }, 3, "rg\n");
    return;
  }
  dg_profile_get_inks (self, colour, inks);
  g_string_append (out, inks[3] == 1 ? "/Over gs " : "/Out gs ");
  append_numbers (out, inks, 4, "k\n");
}

const char *
dg_profile_resources (const DgProfile *self)
{
  /* Black over a picture or a tint leaves what is under it, so that no white shows where the plates are out of register; mode 1
   * lets inks of which there is none alone (ISO 32000-1 8.6.7). */
  return self->cmyk ? "/ExtGState << /Over << /Type /ExtGState /op true /OP true /OPM 1 >> /Out << /Type /ExtGState /op false /OP false /OPM 0 >> >>" : "";
}
