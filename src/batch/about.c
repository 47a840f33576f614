/* about.c: which versions of the libraries that shape a page are at work; a report of a fault wants them. */
#include "batch/sandbox.h"
#include "diglot.h"
#include "draw/paint.h"

#include <hb.h>
#include <lcms2.h>
#include <pango/pango.h>
#include <png.h>
#include <qpdf/qpdf-c.h>
#include <unicode/uversion.h>
#include <zlib.h>

char *
diglot_list_libraries (void)
{
  GString     *list = g_string_new (NULL);
  UVersionInfo icu;
  char         icu_text[U_MAX_VERSION_STRING_LENGTH];
  int          lcms = cmsGetEncodedCMMversion ();

  u_getVersion (icu);
  u_versionToString (icu, icu_text);
  g_string_append_printf (list, "GLib %u.%u.%u\n", glib_major_version, glib_minor_version, glib_micro_version);
  g_string_append_printf (list, "Pango %s\n", pango_version_string ());
  g_string_append_printf (list, "HarfBuzz %s\n", hb_version_string ());
  g_string_append_printf (list, "Cairo %s\n", dg_paint_version ());
  g_string_append_printf (list, "qpdf %s\n", qpdf_get_qpdf_version ());
  g_string_append_printf (list, "ICU %s\n", icu_text);
  g_string_append_printf (list, "Little CMS %d.%d\n", lcms / 1000, lcms % 1000 / 10);
  g_string_append_printf (list, "libpng %s\n", png_get_libpng_ver (NULL));
  g_string_append_printf (list, "zlib %s\n", zlibVersion ());
  return g_string_free (list, FALSE);
}

char *
diglot_sandbox_name (void)
{
  return dg_sandbox_dup_name ();
}
