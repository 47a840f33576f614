/* test_profile.c: what each profile makes of colours, and which files it takes for the press. */
#include <lcms2.h>

#include "diglot.h"
#include "pdf/profile.h"
#include "scratch.h"

static DgProfile *
make (const char *name, const char *setting)
{
  const char *const settings[] = { setting, NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (DgTemplate) template = dg_template_new ("dispatch", settings, &error);
  DgProfile *profile;

  g_assert_no_error (error);
  profile = dg_profile_new (name, template, &error);
  g_assert_no_error (error);
  g_assert_nonnull (profile);
  return profile;
}

static DgColour
colour (const char *text)
{
  g_autofree char  *setting = g_strconcat ("fonts.accent=", text, NULL);
  const char *const settings[] = { setting, NULL };
  g_autoptr (DgTemplate) template = dg_template_new ("dispatch", settings, NULL);

  g_assert_nonnull (template);
  return template->accent;
}

static char *
operators (const DgProfile *profile, const char *text)
{
  GString *out = g_string_new (NULL);
  DgColour value = colour (text);

  dg_profile_append_colour (profile, out, &value);
  return g_string_free (out, FALSE);
}

/* Greys are black ink alone, whatever the press profile would make of them; inks of the template stay as they are. */
static void
test_inks (void)
{
  static const struct {
    const char *colour, *rgb, *cmyk;
  } cases[] = {
    { "#000000", "0 0 0 rg\n", "/Over gs 0 0 0 1 k\n" },
    { "#FFFFFF", "1 1 1 rg\n", "/Out gs 0 0 0 0 k\n" },
    { "#666666", "0.4 0.4 0.4 rg\n", "/Out gs 0 0 0 0.6 k\n" },
    { "#9B1D20 cmyk(0, 95, 85, 38)", "0.608 0.114 0.125 rg\n", "/Out gs 0 0.95 0.85 0.38 k\n" },
    { "cmyk(0,50,100,0)", "1 0.5 0 rg\n", "/Out gs 0 0.5 1 0 k\n" },
    { "cmyk(60, 0, 0, 60)", "0 0.4 0.4 rg\n", "/Out gs 0.6 0 0 0.6 k\n" },
    { "cmyk(0, 0, 0, 100)", "0 0 0 rg\n", "/Over gs 0 0 0 1 k\n" },
  };
  g_autoptr (DgProfile) archive = make ("archive", "pdf.bleed=0"), print = make ("print", "pdf.bleed=0");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *rgb = operators (archive, cases[i].colour);
    g_autofree char *cmyk = operators (print, cases[i].colour);

    g_assert_cmpstr (rgb, ==, cases[i].rgb);
    g_assert_cmpstr (cmyk, ==, cases[i].cmyk);
  }
}

/* The Lab values of a colour on the screen and of the inks that are printed for it. */
static double
distance (const DgProfile *print, const DgColour *value)
{
  gsize         length;
  gconstpointer data = g_bytes_get_data (print->icc, &length);
  cmsHPROFILE   press = cmsOpenProfileFromMem (data, (cmsUInt32Number) length), srgb = cmsCreate_sRGBProfile (), lab = cmsCreateLab4Profile (NULL);
  cmsHTRANSFORM from_press = cmsCreateTransform (press, TYPE_CMYK_DBL, lab, TYPE_Lab_DBL, INTENT_RELATIVE_COLORIMETRIC, cmsFLAGS_NOOPTIMIZE);
  cmsHTRANSFORM from_srgb = cmsCreateTransform (srgb, TYPE_RGB_DBL, lab, TYPE_Lab_DBL, INTENT_RELATIVE_COLORIMETRIC, cmsFLAGS_NOOPTIMIZE);
  const double  rgb[3] = { value->r, value->g, value->b };
  double        inks[4];
  cmsCIELab     printed, shown;

  dg_profile_get_inks (print, value, inks);
  for (guint i = 0; i < 4; i++)
    inks[i] *= 100;
  cmsDoTransform (from_press, inks, &printed, 1);
  cmsDoTransform (from_srgb, rgb, &shown, 1);
  cmsDeleteTransform (from_press);
  cmsDeleteTransform (from_srgb);
  cmsCloseProfile (press);
  cmsCloseProfile (srgb);
  cmsCloseProfile (lab);
  return cmsCIE2000DeltaE (&printed, &shown, 1, 1, 1);
}

/* What is printed looks like what is shown: colours that a press can print, derived or given. */
static void
test_looks_alike (void)
{
  static const char *const colours[] = { "#9B1D20", "#9B1D20 cmyk(0, 95, 85, 38)", "#2F5D8A", "#7A9A4B", "#C8A060" };
  g_autoptr (DgProfile) print = make ("print", "pdf.bleed=0");

  for (guint i = 0; i < G_N_ELEMENTS (colours); i++) {
    DgColour value = colour (colours[i]);
    double   error = distance (print, &value);

    g_test_message ("%s: %.2f", colours[i], error);
    g_assert_cmpfloat (error, <, 4);
  }
}

/* What the files say of themselves. */
static void
test_answers (void)
{
  g_autoptr (DgProfile) archive = make ("archive", "pdf.attach=yes"), plain = make ("archive", "pdf.attach=no");
  g_autoptr (DgProfile) print = make ("print", "pdf.bleed=5mm"), trim = make ("print", "pdf.marks=no"), screen = make ("screen", "pdf.bleed=0");

  g_assert_cmpuint (archive->pdfa_part, ==, 3);
  g_assert_cmpuint (plain->pdfa_part, ==, 2);
  g_assert_false (plain->attach);
  g_assert_cmpfloat_with_epsilon (print->bleed, 5 * 72 / 25.4, 1e-6);
  g_assert_cmpfloat (print->slug, >, 0);
  g_assert_cmpfloat (trim->slug, ==, 0);
  g_assert_cmpstr (print->condition, ==, "FOGRA39");
  g_assert_cmpfloat (screen->bleed, ==, 0);
  g_assert_null (screen->intent);
  g_assert_cmpuint (g_bytes_get_size (archive->icc), <, 1000);
}

/* The same sRGB profile every time it is made. */
static void
test_same_icc (void)
{
  g_autoptr (DgProfile) one = make ("archive", "pdf.bleed=0"), two = make ("archive", "pdf.bleed=0");

  g_assert_true (g_bytes_equal (one->icc, two->icc));
  g_assert_true (g_bytes_equal (one->icc_deflated, two->icc_deflated));
}

static void
assert_refused (const char *name, const char *path, DiglotErrorCode code, const char *why)
{
  g_autofree char  *setting = g_strconcat ("pdf.intent=", path, NULL);
  const char *const settings[] = { setting, NULL };
  g_autoptr (DgTemplate) template = dg_template_new ("dispatch", settings, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (DgProfile) profile = dg_profile_new (name, template, &error);

  g_assert_null (profile);
  g_assert_error (error, DIGLOT_ERROR, (int) code);
  if (!strstr (error->message, why))
    g_error ("“%s” is not in “%s”", why, error->message);
}

static void
test_refused (void)
{
  g_autofree char *dir = scratch_make ();
  g_autofree char *text = g_build_filename (dir, "text.icc", NULL), *srgb = g_build_filename (dir, "srgb.icc", NULL);
  g_autofree char *missing = g_build_filename (dir, "missing.icc", NULL);
  g_autoptr (DgProfile) archive = make ("archive", "pdf.bleed=0");
  gsize       length;
  const char *data = g_bytes_get_data (archive->icc, &length);

  g_assert_true (g_file_set_contents (text, "not a profile", -1, NULL));
  g_assert_true (g_file_set_contents (srgb, data, (gssize) length, NULL));
  assert_refused ("paper", "", DIGLOT_ERROR_USAGE, "there is no profile \"paper\"; there are archive, print and screen");
  assert_refused ("print", text, DIGLOT_ERROR_CONFORMANCE, "text.icc cannot be the press profile: it is no ICC profile");
  assert_refused ("print", srgb, DIGLOT_ERROR_CONFORMANCE, "it is not of the output class");
  assert_refused ("print", missing, DIGLOT_ERROR_CONFORMANCE, "cannot be read");
  assert_refused ("print", dir, DIGLOT_ERROR_CONFORMANCE, "it cannot be read: not a plain file");
  assert_refused ("print", "/dev/zero", DIGLOT_ERROR_CONFORMANCE, "it cannot be read: not a plain file");
  scratch_remove (dir);
}

/* The printing house's own file, named as seen from the template's folder. */
static void
test_own_intent (void)
{
  g_autofree char *dir = scratch_make ();
  g_autofree char *icc = g_build_filename (dir, "house.icc", NULL), *ini = g_build_filename (dir, "house.ini", NULL);
  g_autoptr (DgProfile) print = make ("print", "pdf.bleed=0"), own = NULL;
  g_autoptr (DgTemplate) template = NULL;
  g_autoptr (GError) error = NULL;
  gsize       length;
  const char *data = g_bytes_get_data (print->icc, &length);

  g_assert_true (g_file_set_contents (icc, data, (gssize) length, NULL));
  g_assert_true (g_file_set_contents (ini, "[pdf]\nintent = house.icc\n", -1, NULL));
  template = dg_template_new (ini, NULL, &error);
  g_assert_no_error (error);
  own = dg_profile_new ("print", template, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (own->condition, ==, "Custom");
  g_assert_cmpstr (own->condition_info, ==, print->condition_info);
  g_assert_false (own->registered);
  scratch_remove (dir);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/profile/inks", test_inks);
  g_test_add_func ("/profile/looks-alike", test_looks_alike);
  g_test_add_func ("/profile/answers", test_answers);
  g_test_add_func ("/profile/same-icc", test_same_icc);
  g_test_add_func ("/profile/refused", test_refused);
  g_test_add_func ("/profile/own-intent", test_own_intent);
  return g_test_run ();
}
