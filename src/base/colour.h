/* colour.h: a colour as a template gives it: for screens, and for the press where it says so. */
#ifndef DG_COLOUR_H
#define DG_COLOUR_H

/* All from 0 to 1.  Where no ink is named (all of them 0) a profile for the press derives the inks from sRGB (pdf/profile.h). */
typedef struct {
  double r, g, b; /* sRGB */
  double c, m, y, k;
} DgColour;

#endif
