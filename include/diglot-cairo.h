/* diglot-cairo.h: the pages of a result on any surface of Cairo: a window, a GTK print operation, PostScript, a PDF of your own.
 *   cc -o program program.c $(pkg-config --cflags --libs diglot-cairo) */
#ifndef DIGLOT_CAIRO_H
#define DIGLOT_CAIRO_H

#include <cairo.h>
#include <diglot.h>

G_BEGIN_DECLS

#pragma GCC visibility push(default)

/* The pages that were set: by DIGLOT_FORMAT_PAGES, which makes nothing else, and by all formats that show pages.  0 where there are none, where the
 * conversion failed, and for the results of a bundle. */
guint diglot_result_n_pages (const DiglotResult *result);

/* The size of the page @nth, from 0, in pt (1/72 inch), without a print profile's bleed.  FALSE: there is no such page. */
gboolean diglot_result_page_size (const DiglotResult *result, guint nth, double *width, double *height);

/* Draws the page @nth, from 0, its left top corner at the origin of @cr, whose unit is a pt: scale @cr before for another size.  The paper is not
 * painted.  Where the surface keeps text (PDF, PostScript, a recording), it gets glyphs with what they stand for, and a PDF links and the tags of headings,
 * paragraphs and pictures; others, where glyphs would be moved to whole pixels, get outlines.  @cr is left as it was, but for its path.
 * FALSE: there is no such page, or cairo_status (@cr) tells why it failed.
 *
 * It may be called as often as one likes, as long as @result lives, by one thread at a time; the converter and the input need not live on. */
gboolean diglot_page_draw (DiglotResult *result, guint nth, cairo_t *cr);

#pragma GCC visibility pop

G_END_DECLS

#endif
