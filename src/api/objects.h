/* objects.h: what the files of api share: the objects of diglot.h from inside. */
#ifndef DG_API_OBJECTS_H
#define DG_API_OBJECTS_H

#include "diglot.h"

#include "open/document.h"
#include "pair/align.h"
#include "type/fonts.h"
#include "type/hyphens.h"
#include "page/pages.h"
#include "base/picture.h"
#include "draw/cairo.h"
#include "pdf/profile.h"
#include "read/info.h"
#include "page/template.h"

#include <locale.h>

struct DiglotConverter {
  gint refs; /* beyond the first */
  DgTemplate *template;
  DgProfile     *profile;
  DgFonts       *fonts;
  DgHyphens     *hyphens;
  DgLearned     *learned; /* NULL */
  char          *languages;
  char          *encoding;
  DgKind         from;
  DiglotLimits   limits; /* none is 0 */
  gboolean       review;
  double         min_score;
  char          *date;     /* SOURCE_DATE_EPOCH as ISO 8601; NULL: the dispatch's own */
  locale_t       locale;   /* "C", so that no number depends on the caller's locale */
  DiglotProgress progress; /* NULL: none */
  gpointer       progress_data;
};

/* The picture that goes with a dispatch. */
typedef struct {
  char   *name;    /* NULL: there is none */
  GBytes *bytes;   /* NULL where it could not be read */
  GError *problem; /* why */
} DgPictureFile;

/* A dispatch that has been read. */
typedef struct {
  DgDoc        *doc; /* NULL where it could not be */
  DgDiag       *diag;
  GError       *error;
  GArray       *parts; /* DiglotPart; NULL until somebody asks */
  GArray       *beads; /* DiglotBead; the same */
  DgPictureFile picture;
  char         *date;  /* ISO 8601; NULL until somebody asks, and where it is not known */
  char         *path;  /* of its page below the folder of a site; NULL */
  gboolean      fixed; /* read with an editor's word on its lines or languages */
} DgReadPart;

struct DiglotInput {
  gint             refs; /* beyond the first */
  DiglotConverter *converter;
  char            *name;
  GBytes          *bytes;      /* as they came */
  DgSource        *source;     /* the whole text; NULL where there is none */
  gboolean         parted;     /* where its dispatches begin is an editor's word */
  GPtrArray       *parts;      /* DgReadPart */
  DgDocument      *document;   /* what the text was taken from; NULL where it is the bytes themselves */
  DgDiag          *decoded;    /* what was said when the bytes became text */
  DiglotAlignment *alignment;  /* an editor's; NULL */
  char            *align_name; /* this input's among the names there; NULL: any */
};

struct DiglotResult {
  gint          refs; /* beyond the first */
  DgDiag       *diag;
  GPtrArray    *files; /* GBytes, what was made; NULL where nothing was */
  DiglotFigures figures;
  char         *review;   /* NULL */
  GPtrArray    *pictures; /* GBytes; NULL */
  DgPages      *pages;    /* as they were set; NULL */
  DgPicture    *picture;  /* that stands on them; NULL */
  DgCairoFaces *faces;    /* for pages that were drawn; NULL */
};

/* What was said when the @nth dispatch of @input was read; @error is why it could not be, if so. */
DiglotResult *dg_convert_new_result (const DiglotInput *input, guint nth, GError **error);

/* Tells the caller that @stage begins.  FALSE with @error (DIGLOT_ERROR_CANCELLED) where the work is to end. */
gboolean dg_convert_begin (const DiglotConverter *converter, DiglotStage stage, GError **error);

/* FALSE with @error where there are @n of what only @limit are taken on of; @name is theirs in --limit. */
gboolean dg_convert_is_within (gsize n, guint limit, const char *name, GError **error);

/* The @nth dispatch of @input; NULL where there is none. */
DgReadPart *dg_convert_get_part (const DiglotInput *input, guint nth);

/* What @doc, of @input, tells of itself. */
DgInfo *dg_convert_new_info (const DiglotInput *input, const DgDoc *doc);

/* NULL where the editor's alignment does not fit, of which @diag tells, or with @error where there are too many paragraphs. */
DgAlign *dg_convert_pair (const DiglotInput *input, const DgDoc *doc, guint nth, DgDiag *diag, GError **error);

/* NULL where there is none or none that can be shown, of which @diag tells. */
DgPicture *dg_convert_read_picture (const DgPictureFile *file, const DgDoc *doc, DgDiag *diag);

/* Tells of what the purpose of the PDF does not like in the pages; FALSE with @error where there are too many. */
gboolean dg_convert_check_pages (const DiglotConverter *converter, const DgPages *pages, const DgPictureFile *file, const DgDoc *doc, DgDiag *diag,
                                 GError **error);

/* TRUE for what is made of beads without pages, but for JSON. */
gboolean dg_web_has (DiglotFormat format);
/* NULL with @error. */
GBytes *dg_web_write (const DiglotInput *input, const DgAlign *align, const DgReadPart *part, DiglotFormat format, DgDiag *diag, GError **error);

/* The collection of one dispatch. */
GBytes *dg_collection_write_one (const DiglotInput *input, const DgAlign *align, const DgReadPart *part, DiglotFormat format, DgDiag *diag, GError **error);

/* Files, GBytes each: none yet; @bytes, which it takes, NULL for NULL; @text, which it takes; one a page as PNG or SVG, NULL with @error. */
GPtrArray *dg_files_new (void);
GPtrArray *dg_files_new_one (GBytes *bytes);
GPtrArray *dg_files_new_text (GString *text);
GPtrArray *dg_files_new_pages (const DgPages *pages, DiglotFormat format, const DgTemplate *template, GError **error);

#endif
