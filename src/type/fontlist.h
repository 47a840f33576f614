/* fontlist.h: the families that there are: those of fonts/fonts.ini and those below the folders that a user gives.  Nothing is opened for
 * good here; fonts.c loads what is asked for. */
#ifndef DG_FONTLIST_H
#define DG_FONTLIST_H

#include <hb-ot.h>
#include <hb.h>

#include "type/fontmap.h"

typedef struct {
  char   *style, *path, *package;
  int     index; /* in a collection */
  DgFace *open;  /* NULL until loaded, and where it cannot be */
} DgListedFace;

typedef struct {
  char      *name;
  GPtrArray *scripts;           /* char*, ISO 15924, as listed: "Aran", "Hant" */
  guint32    letters[256 / 32]; /* bit set of GUnicodeScript: whose characters it sets */
  gboolean   base;
  gboolean   emoji;      /* its emoji go before those of other families */
  gboolean   everywhere; /* its digits, punctuation and symbols serve texts of other families too */
  gboolean   loaded;     /* its files were tried */
  guint      n_faces;    /* of them are open */
  gboolean   of_house;   /* found below a folder that was given */
  char      *refused;    /* why none of its faces may be used; NULL: some may */
  GPtrArray *faces;      /* DgListedFace */
} DgFamily;

/* The families in the order of fallback: ours first, which so go first where a character is in several.  NULL with @error
 * (DIGLOT_ERROR_FONT).  Free with g_ptr_array_unref. */
GPtrArray *dg_fontlist_read (const char *const *dirs, GError **error);

DgFamily *dg_fontlist_find (const GPtrArray *families, const char *name);

/* TRUE where the family sets characters of @script. */
gboolean dg_family_has (const DgFamily *family, GUnicodeScript script);
/* TRUE where it is listed for this very hand or mixture of scripts: Aran, Hant. */
gboolean dg_family_lists (const DgFamily *family, const char *script);

/* TRUE where the glyphs are outlines of one colour. */
gboolean dg_fontlist_has_outlines (hb_face_t *face);
/* A name of the face in one language; NULL where it has none. */
char *dg_fontlist_dup_name (hb_face_t *face, hb_ot_name_id_t id, hb_language_t language);

#endif
