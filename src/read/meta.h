/* meta.h: what a dispatch says of itself: title, source, date.  For the JSON and for the PDF's metadata. */
#ifndef DG_META_H
#define DG_META_H

#include "read/doc.h"

/* The text of every node of @role, labels left out, a newline between them; NULL where there is none.  Free with g_free. */
char *dg_meta_dup_role (const DgText *text, DgRole role);

/* Who sent it: the source line without its label and its date ("Agencies"); NULL where there is none.  Free with g_free. */
char *dg_meta_dup_source (const DgText *text);

/* Both headlines as one title; NULL where there is none.  Free with g_free. */
char *dg_meta_dup_title (const DgDoc *doc);

/* A complete date as ISO 8601, "2022-09-09T21:10" or "2022-09-09"; NULL for one that is not complete.  Free with g_free. */
char *dg_meta_dup_iso (const DgDate *date);

#endif
