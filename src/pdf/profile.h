/* profile.h: what a PDF is for, and what each stage of writing it must do for that.
 * In: a profile's name and the template's pdf group.  Out: a DgProfile, made once a converter; yours to free.
 *
 * A profile is a set of answers, so that no stage asks for a profile's name.  docs/profiles.md tells what each promises. */
#ifndef DG_PROFILE_H
#define DG_PROFILE_H

#include "page/template.h"

typedef struct {
  const char *name;        /* "archive", "print", "screen" */
  const char *pdf_version; /* "1.7" */

  gboolean    cmyk;           /* colours are DeviceCMYK, black is black ink alone; else DeviceRGB, which means sRGB */
  GBytes     *icc;            /* what the colours mean, an ICC profile: pictures are converted to it */
  GBytes     *icc_deflated;   /* the same as zlib writes it, for a stream with /FlateDecode */
  const char *intent;         /* /S of the output intent that the file has, "GTS_PDFA1"; NULL: it has none */
  char       *condition;      /* /OutputConditionIdentifier */
  char       *condition_info; /* the ICC profile's description */
  gboolean    registered;     /* @condition is in the registry of http://www.color.org */

  guint    pdfa_part; /* ISO 19005's part, conformance level A; 0: no PDF/A */
  gboolean pdfua;     /* ISO 14289-1 */
  gboolean pdfx;      /* ISO 15930-7: boxes, Trapped, no annotations, dates */
  gboolean xmp;
  gboolean attach; /* the dispatch's text as an associated file */
  gboolean linearise;
  guint    picture_dpi; /* a JPEG's sides are halved as long as so many pixels an inch are left; 0: it is left as it is */
  double   bleed;       /* pt beyond the trim on each side */
  double   slug;        /* pt beyond the bleed, for marks; 0: none */
  DgOrder  order;       /* in which the structure tree is read */
  void    *inks;        /* littleCMS's transform from sRGB to inks; NULL without cmyk */
} DgProfile;

/* NULL with @error: DIGLOT_ERROR_USAGE for a name that is none, DIGLOT_ERROR_CONFORMANCE where the press profile is missing or
 * unfit. */
DgProfile *dg_profile_new (const char *name, const DgTemplate *template, GError **error);
void       dg_profile_free (DgProfile *profile);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DgProfile, dg_profile_free)

/* The file of the press profile that @template asks for; NULL where it names none and the default is not installed. */
char *dg_profile_dup_intent_path (const DgTemplate *template);

/* The inks of @colour, 0 to 1: the template's own; greys in black ink alone; others through @profile's ICC profile. */
void dg_profile_get_inks (const DgProfile *profile, const DgColour *colour, double inks[4]);

/* Appends the operators that make @colour the fill colour; for the press with the overprint that belongs to it
 * (dg_profile_resources). */
void dg_profile_append_colour (const DgProfile *profile, GString *out, const DgColour *colour);

/* What the operators of dg_profile_append_colour need in a page's resources; "" for nothing. */
const char *dg_profile_resources (const DgProfile *profile);

#endif
