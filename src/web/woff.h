/* woff.h: a face with the characters of one page, as web pages embed it (WOFF 2.0, W3C 2018).
 * HarfBuzz makes the subset and Brotli packs it; of the format's own transformations none is used, as it allows. */
#ifndef DG_WOFF_H
#define DG_WOFF_H

#include <glib.h>
#include <hb.h>

/* NULL where the face has none of @chars, or no subset of it can be made. */
GBytes *dg_woff_new (hb_face_t *face, const hb_set_t *chars);

#endif
