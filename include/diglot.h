/* diglot.h: the public face of Diglot.
 *
 * A converter holds what dispatches share (template, faces); it belongs to one thread, and several threads may have one each.
 * It turns the bytes of a dispatch into a PDF, pictures, JSON or a stage's text dump, and tells what it met on the way as messages.
 * Nothing here prints, ends the process, or changes its locale or environment (but see bind_process and diglot_batch_run).
 * Functions called new, parse, dup, steal, ref, copy hand over what they return; all others lend it.
 *
 * A program that was built with one version runs with later ones: types without members here are made, read and changed by functions alone, those with
 * members (a message, a part, a bead) stay as they are, and whatever more there is to say gets functions.
 */
#ifndef DIGLOT_H
#define DIGLOT_H

#include <glib-object.h>

G_BEGIN_DECLS

/* The library is built with everything else hidden. */
#pragma GCC visibility push(default)

#define DIGLOT_VERSION "0.1.0"

#ifndef __GI_SCANNER__ /* it would look for an enumeration DiglotError */
#define DIGLOT_ERROR (diglot_error_quark ())
GQuark diglot_error_quark (void);
#endif

/* Why the work could not go on; each is something a caller would treat differently. */
typedef enum {
  DIGLOT_ERROR_USAGE,    /* options that make no sense */
  DIGLOT_ERROR_READ,     /* input missing or unreadable */
  DIGLOT_ERROR_ENCODING, /* charset unknown */
  DIGLOT_ERROR_SYNTAX,   /* a dispatch nothing can be made of */
  DIGLOT_ERROR_TEMPLATE, /* template missing or wrong */
  DIGLOT_ERROR_FONT,     /* faces missing */
  DIGLOT_ERROR_LAYOUT,
  DIGLOT_ERROR_WRITE, /* output could not be written */
  DIGLOT_ERROR_CONFORMANCE,
  DIGLOT_ERROR_LIMIT,     /* a limit on the input was passed */
  DIGLOT_ERROR_ALIGN,     /* a file of alignments that is none */
  DIGLOT_ERROR_CANCELLED, /* the caller's progress function said so */
  DIGLOT_ERROR_KIND       /* an input that is no plain text: a PDF, a web page, a picture */
} DiglotErrorCode;

typedef enum { DIGLOT_SEVERITY_NONE, DIGLOT_SEVERITY_NOTE, DIGLOT_SEVERITY_WARNING, DIGLOT_SEVERITY_ERROR } DiglotSeverity;

typedef struct DiglotLimits     DiglotLimits;
typedef struct DiglotOptions    DiglotOptions;
typedef struct DiglotFigures    DiglotFigures;
typedef struct DiglotBatch      DiglotBatch;
typedef struct DiglotTally      DiglotTally;
typedef struct DiglotEvents     DiglotEvents;
typedef struct DiglotConverter  DiglotConverter;
typedef struct DiglotInput      DiglotInput;
typedef struct DiglotResult     DiglotResult;
typedef struct DiglotAlignment  DiglotAlignment;
typedef struct DiglotBundle     DiglotBundle;
typedef struct DiglotLearner    DiglotLearner;
typedef struct DiglotCollection DiglotCollection;

/* A message about a place in a dispatch.  @line and @column count from 1, columns in characters in logical order;
 * 0 where there is no place.  @text is fit for a terminal: no control and no bidi control character. */
typedef struct {
  const char    *file;
  guint          line;
  guint          column;
  DiglotSeverity severity;
  const char    *code; /* stable, e.g. "align.low-confidence" */
  const char    *text;
} DiglotMessage;

typedef enum {
  DIGLOT_FORMAT_PDF,
  DIGLOT_FORMAT_PNG, /* a file a page, as SVG */
  DIGLOT_FORMAT_SVG,
  DIGLOT_FORMAT_JSON,
  DIGLOT_FORMAT_DUMP_DOC,
  DIGLOT_FORMAT_DUMP_ALIGN,
  DIGLOT_FORMAT_DUMP_LINES,
  DIGLOT_FORMAT_DUMP_PAGES,
  DIGLOT_FORMAT_CHECK, /* read and pair, make nothing */
  DIGLOT_FORMAT_PAGES, /* set the pages, for diglot-cairo.h to draw; make no file; not for batches */
  DIGLOT_FORMAT_HTML,  /* a web page that needs nothing else */
  DIGLOT_FORMAT_TMX,   /* pairs as a translation memory */
  DIGLOT_FORMAT_XLIFF,
  DIGLOT_FORMAT_TSV,  /* the same as a table */
  DIGLOT_FORMAT_EPUB, /* an e-book */
  DIGLOT_FORMAT_DUMP_SOURCE
} DiglotFormat;

/* What a format is: a file with its name as ending (--to), a stage's text (--dump), or nothing. */
typedef enum { DIGLOT_FORMAT_KIND_FILE, DIGLOT_FORMAT_KIND_DUMP, DIGLOT_FORMAT_KIND_NOTHING } DiglotFormatKind;

/* "pdf", "doc" …; NULL past the last format, so that a loop from 0 sees them all. */
const char      *diglot_format_name (DiglotFormat format);
DiglotFormatKind diglot_format_kind (DiglotFormat format);
/* The format called @name among those of @kind; the one whose file @path names by its ending, in any case.  FALSE where there is none. */
gboolean diglot_format_find (const char *name, DiglotFormatKind kind, DiglotFormat *format);
gboolean diglot_format_find_by_output (const char *path, DiglotFormat *format);
#ifdef DIGLOT_INSIDE
/* The one of @kind that @name, which is none, may have been meant to be; NULL: nobody knows. */
const char *dg_format_nearest (const char *name, DiglotFormatKind kind);
/* Always FALSE: @name is no format of a file, and the nearest one is told. */
gboolean dg_format_refuse (const char *name, GError **error);
#endif

/* The most that is taken on, so that no input costs more than its reader has.  0: the default, G_MAXUINT: no limit. */
#ifdef DIGLOT_INSIDE
struct DiglotLimits {
  guint bytes;      /* of an input: 16 MiB; diglot_read_file reads no more than 64 MiB */
  guint paragraphs; /* of a dispatch, both texts together: 200 000 */
  guint pages;      /* of a dispatch: 5 000 */
};
#endif

/* What a converter is made for.  All-zero is the default; everything is borrowed during the call only. */
#ifdef DIGLOT_INSIDE
struct DiglotOptions {
  const char        *template_name; /* a name or the path of an .ini file; NULL: "dispatch" */
  const char *const *settings;      /* NULL-terminated "group.key=value" */
  const char *const *font_dirs;     /* NULL-terminated folders with fonts that templates may name; NULL: none */
  const char        *profile;       /* what a PDF is for: "archive", "print" or "screen"; NULL: "archive" */
  const char        *languages;     /* "A,B" as BCP 47 tags, where detection should not decide */
  const char        *from;          /* what inputs are: "auto", "text", "html", "mail", "docx", "odt"; NULL: "auto", by what is in them */
  const char        *encoding;      /* charset, where detection should not decide */
  const char        *lexicon;       /* a file of learned words (diglot_learner_write); NULL: none */
  const char        *source_date;   /* seconds since 1970 as text (SOURCE_DATE_EPOCH); NULL or empty: none */
  double             min_score;     /* pairs less sure than this, 0 to 1, are in no translation memory */
  DiglotLimits       limits;
  gboolean           review;       /* results tell what an editor wants to see: diglot_result_review */
  gboolean           bind_process; /* sets PANGO_LANGUAGE: Pango does not ask the user's locale which language a foreign word is in; for programs only */
};
#endif

/* Options by their names on the command line: "template", "set" (KEY=VALUE, any number), "font-dir" (the same), "profile", "lang", "from", "encoding", "lexicon",
 * "source-date", "limit" (NAME=N), "min-score", "review" ("yes").  FALSE with @error (DIGLOT_ERROR_USAGE) for another name, which the nearest is told of,
 * or a value that is none.  What a template or a language is not is told when a converter is made. */
DiglotOptions *diglot_options_new (void);
DiglotOptions *diglot_options_copy (const DiglotOptions *options); /* of one that diglot_options_new made */
void           diglot_options_free (DiglotOptions *options);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DiglotOptions, diglot_options_free)
gboolean diglot_options_set (DiglotOptions *options, const char *name, const char *value, GError **error);

/* What a conversion that set pages can be judged by; those of others know beads and scores only. */
#ifdef DIGLOT_INSIDE
struct DiglotFigures {
  guint  pages;
  guint  beads;
  double lowest_score; /* of the beads that pair two texts, 0 to 1; below 0: there are none */
  double waste;        /* white at the feet of shorter sides, as a share of the body's area */
  guint  spaced_lines; /* justified lines with word spaces; the next three are about these */
  guint  loose_lines;  /* whose mean word space is over half an em */
  double mean_space;   /* em */
  double widest_space; /* em: the largest mean of a line */
};
#endif
guint  diglot_figures_pages (const DiglotFigures *figures);
guint  diglot_figures_beads (const DiglotFigures *figures);
double diglot_figures_lowest_score (const DiglotFigures *figures);
double diglot_figures_waste (const DiglotFigures *figures);
guint  diglot_figures_spaced_lines (const DiglotFigures *figures);
guint  diglot_figures_loose_lines (const DiglotFigures *figures);
double diglot_figures_mean_space (const DiglotFigures *figures);
double diglot_figures_widest_space (const DiglotFigures *figures);

/* A piece of a dispatch, as it was understood. */
typedef struct {
  guint       text;    /* 0 for the language that comes first in the file (a), 1 for the other (b) */
  const char *role;    /* as in JSON: "headline", "source", "body", "caption" … */
  const char *content; /* its text in one line, UTF-8, the label at its beginning included */
  guint       label;   /* bytes of @content that are its label with the colon ("Source:"); 0: none */
  guint       line;    /* the first line it stands in, from 1 */
} DiglotPart;

/* Body paragraphs that answer each other: @n_a of text a from the @a-th (from 0), @n_b of text b from the @b-th.  A side of none
 * says that the other has no counterpart. */
typedef struct {
  guint  a, n_a;
  guint  b, n_b;
  double score; /* how sure, 0 to 1 */
} DiglotBead;

/* Where a conversion has come to. */
typedef enum {
  DIGLOT_STAGE_PAIR,   /* the paragraphs are about to be paired */
  DIGLOT_STAGE_LAYOUT, /* … lines and pages to be made */
  DIGLOT_STAGE_WRITE   /* … the result to be written */
} DiglotStage;

/* Called before each stage of a conversion, in the thread that converts.  FALSE ends it, with an error DIGLOT_ERROR_CANCELLED. */
typedef gboolean (*DiglotProgress) (DiglotStage stage, gpointer data);

/* A new converter.  NULL with @error set where the template, an option or the faces are unusable. */
DiglotConverter *diglot_converter_new (const DiglotOptions *options, GError **error);
DiglotConverter *diglot_converter_ref (DiglotConverter *converter);
void             diglot_converter_free (DiglotConverter *converter); /* of this reference, as for all that have ref */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DiglotConverter, diglot_converter_free)
void diglot_converter_set_progress (DiglotConverter *converter, DiglotProgress progress, gpointer data);

/* An input, decoded and divided into its dispatches, one at least; called @name in messages and furniture.  It holds a reference to @converter.
 * None of the arguments may be NULL, and it never is: the result of its first dispatch tells what failed. */
DiglotInput *diglot_input_new (DiglotConverter *converter, GBytes *bytes, const char *name);
DiglotInput *diglot_input_ref (DiglotInput *input);
void         diglot_input_free (DiglotInput *input);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DiglotInput, diglot_input_free)
guint diglot_input_count (const DiglotInput *input);

/* What the @nth dispatch of @input, from 0, says and how it is paired; all is lent by @input.  NULL where it cannot be read (its conversion
 * says why), for a language that it has not, and for beads where the alignment that was given does not fit. */
const char       *diglot_input_language (DiglotInput *input, guint nth, guint text);
const DiglotPart *diglot_input_parts (DiglotInput *input, guint nth, guint *n);
const char       *diglot_input_date (DiglotInput *input, guint nth); /* "2022-09-09T21:10", "2022-09-09"; NULL: not known */
const DiglotBead *diglot_input_beads (DiglotInput *input, guint nth, guint *n);
/* The same as DiglotPart * and DiglotBead *, which outlive the input; empty for NULL. */
GPtrArray *diglot_input_dup_parts (DiglotInput *input, guint nth);
GPtrArray *diglot_input_dup_beads (DiglotInput *input, guint nth);

DiglotPart *diglot_part_copy (const DiglotPart *part);
void        diglot_part_free (DiglotPart *part);
DiglotBead *diglot_bead_new (guint a, guint n_a, guint b, guint n_b);
DiglotBead *diglot_bead_copy (const DiglotBead *bead);
void        diglot_bead_free (DiglotBead *bead);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DiglotPart, diglot_part_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DiglotBead, diglot_bead_free)

/* Beads that an editor fixes: JSON as docs/pairing.md describes it, called @name in messages.  NULL with @error (DIGLOT_ERROR_ALIGN)
 * where its form is wrong. */
DiglotAlignment *diglot_alignment_new (GBytes *json, const char *name, GError **error);
/* The same for the @nth dispatch of an input from @n beads: all of it or some; their scores are not read. */
DiglotAlignment *diglot_alignment_new_from_beads (guint nth, const DiglotBead *beads, guint n);
DiglotAlignment *diglot_alignment_ref (DiglotAlignment *alignment);
void             diglot_alignment_free (DiglotAlignment *alignment);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DiglotAlignment, diglot_alignment_free)

/* Has @alignment fix beads of the dispatches of @input.  @name is the input's among the names in the alignment;
 * NULL: whatever name stands there. */
void diglot_input_align (DiglotInput *input, DiglotAlignment *alignment, const char *name);

/* Gives the @nth dispatch of @input, from 0, its picture: @bytes of a JPEG or PNG, called @name in messages; NULL where they could not be
 * read, for the reason @problem.  A picture that cannot be shown makes a warning, and the dispatch is set without it. */
void diglot_input_set_picture (DiglotInput *input, guint nth, GBytes *bytes, const char *name, const GError *problem);

/* Says where the web page of the @nth dispatch of @input will stand below the folder of its site ("a/b.html"): it then leads to the site's index,
 * and tells its own address where the template knows that folder's. */
void diglot_input_set_path (DiglotInput *input, guint nth, const char *path);

/* Converts the @nth dispatch of @input, from 0, as often as it is wanted.  Never NULL: the result tells what failed. */
DiglotResult *diglot_input_convert (DiglotInput *input, guint nth, DiglotFormat format);

/* The first, and mostly only, dispatch of the input @bytes in one call. */
DiglotResult *diglot_convert (DiglotConverter *converter, GBytes *bytes, const char *name, DiglotFormat format);
DiglotResult *diglot_result_ref (DiglotResult *result);
void          diglot_result_free (DiglotResult *result);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DiglotResult, diglot_result_free)

/* What was made, lent; NULL where it failed (a message of severity error says why) and for DIGLOT_FORMAT_CHECK. */
GBytes *diglot_result_bytes (const DiglotResult *result);
/* The same where it is several files: one a page as PNG or SVG; of other formats there is one.  The @nth counts from 0. */
guint                diglot_result_n_files (const DiglotResult *result);
GBytes              *diglot_result_file (const DiglotResult *result, guint nth);
const DiglotMessage *diglot_result_messages (const DiglotResult *result, guint *n);
GPtrArray           *diglot_result_dup_messages (const DiglotResult *result); /* the same as DiglotMessage *, which outlive the result */
DiglotSeverity       diglot_result_worst (const DiglotResult *result);
const DiglotFigures *diglot_result_figures (const DiglotResult *result);

/* Texts, pairs and their places on the pages as JSON, for the review page (docs/review.md), lent; NULL where it was not asked for and
 * where the dispatch could not be read. */
const char *diglot_result_review (const DiglotResult *result);
/* Its pictures as PNG, lent: 0 is a thumbnail of the first page, 1 the first page, 2 the second …  NULL where there is none. */
GBytes *diglot_result_picture (const DiglotResult *result, guint nth);

/* Many dispatches in one PDF, each from a new page on, behind a table of contents. */
DiglotBundle *diglot_bundle_new (DiglotConverter *converter);
DiglotBundle *diglot_bundle_ref (DiglotBundle *bundle);
void          diglot_bundle_free (DiglotBundle *bundle);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DiglotBundle, diglot_bundle_free)
/* Adds the @nth dispatch of @input.  One that cannot be set is left out. */
void diglot_bundle_add (DiglotBundle *bundle, DiglotInput *input, guint nth);
/* The PDF of all that was added, once.  NULL with @error where there is no dispatch that can be set, where it was called before, or as for
 * any PDF.  The progress function is called before each dispatch is set, anew where page numbers make the contents longer, and before the file
 * is written: FALSE ends the whole (DIGLOT_ERROR_CANCELLED), whereas a dispatch whose pairing it ended is left out. */
GBytes *diglot_bundle_write (DiglotBundle *bundle, GError **error);
/* What there is to say of the @nth dispatch that was added, from 0; all of it once the PDF is written.  Lent, without bytes. */
const DiglotResult *diglot_bundle_result (const DiglotBundle *bundle, guint nth);

/* Words that answer each other in pairs that are sure, learned from many dispatches, for the option "lexicon". */
DiglotLearner *diglot_learner_new (void);
DiglotLearner *diglot_learner_ref (DiglotLearner *learner);
void           diglot_learner_free (DiglotLearner *learner);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DiglotLearner, diglot_learner_free)
/* Pairs the @nth dispatch of @input and takes it in; the result tells what failed.  @input may be freed then. */
DiglotResult *diglot_learner_add (DiglotLearner *learner, DiglotInput *input, guint nth);
/* The lexicon as a file's bytes: the same, whatever the order of what was added. */
GBytes *diglot_learner_write (DiglotLearner *learner);

/* Many dispatches in one translation memory (DIGLOT_FORMAT_TMX, _XLIFF, _TSV) or one e-book (DIGLOT_FORMAT_EPUB). */
DiglotCollection *diglot_collection_new (DiglotConverter *converter, DiglotFormat format);
DiglotCollection *diglot_collection_ref (DiglotCollection *collection);
void              diglot_collection_free (DiglotCollection *collection);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DiglotCollection, diglot_collection_free)
/* Pairs the @nth dispatch of @input and takes it in; the result tells what failed.  @input may be freed then. */
DiglotResult *diglot_collection_add (DiglotCollection *collection, DiglotInput *input, guint nth);
/* The file's bytes, its parts in the order in which the dispatches were added.  NULL with @error for a book
 * without any, and where its style cannot be read. */
GBytes *diglot_collection_write (DiglotCollection *collection, GError **error);

/* One message as the line that Diglot prints, without its newline: text ("FILE:LINE:COL: warning: … [code]") or a JSON object.
 * Control and bidi control characters are shown as <U+XXXX>; in JSON the name of the file has them as JSON escapes them.  As text it is in the
 * language of the thread's locale (setlocale); its text member and the JSON are English always, and codes are the same in every language. */
char *diglot_message_dup_text (const DiglotMessage *message);
#ifdef DIGLOT_INSIDE
/* Marks a text for the catalogue, po/; it stays English where it stands. */
#ifndef __GI_SCANNER__
#define N_(text) text
#endif
/* @english, or its form for @n, in the language of the thread's locale; @translated with its gaps filled, fit for a line of a terminal. */
const char *dg_text (const char *english) G_GNUC_FORMAT (1);
const char *dg_text_n (const char *one, const char *many, guint n) G_GNUC_FORMAT (1) G_GNUC_FORMAT (2);
char       *dg_text_dup_line (const char *translated);
#endif
char *diglot_message_dup_json (const DiglotMessage *message);

/* @error as a message about @file (NULL: about no file), for what fails before or after a conversion.  Yours to free. */
DiglotMessage *diglot_message_new_from_error (const char *file, const GError *error);
DiglotMessage *diglot_message_copy (const DiglotMessage *message);
void           diglot_message_free (DiglotMessage *message);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DiglotMessage, diglot_message_free)

/* The bytes of the file @path, "-" for standard input.  NULL with @error: DIGLOT_ERROR_READ, or DIGLOT_ERROR_LIMIT for more
 * bytes than a dispatch can have. */
GBytes *diglot_read_file (const char *path, GError **error);

/* Writes @bytes to @path whole or not at all: beside its place, flushed, renamed.  FALSE with @error (DIGLOT_ERROR_WRITE). */
gboolean diglot_write_file (const char *path, GBytes *bytes, GError **error);

/* Makes the folder @path and those above it where they are missing. */
gboolean diglot_make_folder (const char *path, GError **error);

/* Paths (char *, relative to @folder, sorted by bytes) of every *.txt, in any case, below @folder.  Folders that are symbolic
 * links are not entered.  NULL with @error (DIGLOT_ERROR_READ). */
GPtrArray *diglot_find_dispatches (const char *folder, GError **error);

/* The name of what is made from @name in @format: "dir/a.pdf" from "dir/a.txt", "b.log.json" from "b.log".  Free with g_free. */
char *diglot_output_name (const char *name, DiglotFormat format);

/* Many dispatches: what to set, from what, where to, and how.  All-zero but for the inputs is the default; all is borrowed. */
#ifdef DIGLOT_INSIDE
struct DiglotBatch {
  const char *const *inputs;   /* NULL-terminated: files, folders, archives, "-" for standard input, "@FILE" with one of these a line */
  const char        *job_list; /* a file that names inputs with their outputs, templates and languages, "-" for standard input; NULL: none */
  gboolean           null;     /* names in lists end in a NUL, not in a line end */
  const char        *output;   /* a file, "-" for standard output, a folder (as --output says); NULL: beside each input */
  DiglotFormat       format;
  gboolean           format_by_output; /* @format was chosen by @output or for want of one: an ending of no format is refused */
  DiglotOptions      conversion;
  const char        *align;           /* a file of alignments, or a folder with one for each dispatch (NAME.json for NAME.txt); NULL */
  gboolean           bundle;          /* all in one PDF, @output */
  gboolean           learn;           /* a lexicon of all, @output, in place of pages */
  const char        *picture;         /* the picture of the one dispatch; NULL: those that stand beside the dispatches, NAME.jpg for NAME.txt */
  const char *const *include;         /* NULL-terminated: which files of folders and archives are dispatches; NULL: *.txt in any case */
  guint              fan_out;         /* below an output folder or in an archive: digits of a digest that name a folder over each output; 0: none */
  gboolean           dedupe;          /* of dispatches with the same bytes and picture only the first is set */
  guint              expect;          /* dispatches that the inputs hold, all shards together; 0: not said */
  guint              max_failures;    /* the batch ends after so many; 0: never */
  guint              jobs;            /* dispatches set at once; 0: one for each processor */
  guint              shard, shards;   /* only the dispatches of part @shard, 1 to @shards; 0: all */
  gboolean           shard_by_size;   /* parts of equal size, not of equal number: all dispatches must be looked at for it */
  double             timeout;         /* seconds for one dispatch; 0: none */
  guint              memory;          /* MiB for one dispatch; 0: no limit */
  guint              entries;         /* of an archive; 0: a million */
  guint              unpacked;        /* MiB of an archive's entries; 0: 16384 */
  gboolean           sandbox;         /* the process gives up for good what no batch needs (docs/security.md): for programs only */
  gboolean           require_sandbox; /* with @sandbox: nothing is done where this machine has not all of it */
  gboolean           update;          /* pass over what is made already from the same things */
  gboolean           watch;           /* go on until a signal comes: set again what changes; implies @update */
  const char        *done, *failed;   /* with @watch: folders that inputs are moved to once they are set, or could not be; NULL: they stay */
  const char        *strict;          /* codes of messages that fail a dispatch, "warning" among them; NULL: errors alone */
  gboolean           last;            /* the process ends after it: what it holds is left for the kernel to free, which is faster */
  const char        *report;          /* a file for one JSON object a dispatch, "-" for standard output; NULL: none */
  gboolean           times;           /* the report has milliseconds; they differ from run to run, nothing else in it does */
  const char        *manifest;        /* a file for the outputs' SHA-256, as sha256sum writes them; NULL: none */
  const char        *deps;            /* a file for Make's rules of the outputs; NULL: none */
  const char        *gallery;         /* a folder for the page on which an editor looks the batch through; NULL: none */
};
#endif

/* How far a batch has come. */
#ifdef DIGLOT_INSIDE
struct DiglotTally {
  guint       total, done;  /* dispatches; done ones are set, kept or failed */
  guint       found;        /* dispatches that the inputs name, all shards together */
  guint       twice;        /* of those not of another shard, named before: each is done once */
  guint       kept, failed; /* passed over as made already; failed */
  guint       same;         /* not set, as one with the same bytes was */
  guint       refused;      /* of those that failed: where the options cannot be obeyed */
  double      seconds;      /* since the batch began */
  guint       unwritten;    /* report, manifest and the like that could not be written; an archive too */
  gboolean    unexpected;   /* another number was found than expected */
  gboolean    stopped;      /* it ended before its end, after too many failures */
  guint64     peak;         /* the most memory a worker has had, KiB; 0 without workers; told at the end */
  int         signal;       /* that ended the batch before its end; 0 */
  const char *name;         /* of the dispatch done last, as messages call it */
};
#endif

/* What a batch tells on the way, in the order of the inputs whatever the number of workers.  Each may be NULL. */
#ifdef DIGLOT_INSIDE
struct DiglotEvents {
  void (*message) (const DiglotMessage *message, gpointer data);
  void (*progress) (const DiglotTally *tally, gpointer data); /* after each dispatch */
  void (*finished) (const DiglotTally *tally, gpointer data); /* at the end; when watching, after each round */
  gpointer data;
};
#endif

/* A batch by the names of the command line: those of diglot_options_set, and "output", "to", "align", "bundle", "learn", "picture", "include", "jobs", "shard",
 * "timeout", "memory", "update", "strict", "report", "times", "manifest", "deps", "gallery", "expect", "max-failures"; "yes" or "no" where there is no other value.  FALSE with @error
 * (DIGLOT_ERROR_USAGE) as there. */
DiglotBatch *diglot_batch_new (void);
DiglotBatch *diglot_batch_ref (DiglotBatch *batch);
void         diglot_batch_free (DiglotBatch *batch);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DiglotBatch, diglot_batch_free)
void     diglot_batch_add_input (DiglotBatch *batch, const char *input);
gboolean diglot_batch_set (DiglotBatch *batch, const char *name, const char *value, GError **error);

/* What it tells on the way, in the order of the inputs: each message; the tally after each dispatch. */
typedef void (*DiglotMessageFunc) (const DiglotMessage *message, gpointer data);
typedef void (*DiglotTallyFunc) (const DiglotTally *tally, gpointer data);
void diglot_batch_set_message_func (DiglotBatch *batch, DiglotMessageFunc func, gpointer data, GDestroyNotify destroy);
void diglot_batch_set_progress_func (DiglotBatch *batch, DiglotTallyFunc func, gpointer data, GDestroyNotify destroy);

/* Sets all dispatches of @batch; one that fails, whatever it does, keeps none of the others from being set.  NULL with @error
 * where the options, the template or the faces are unusable: nothing was done then.
 * SIGINT, SIGTERM and SIGHUP end it early with every output whole or absent; the caller should then end by that signal (diglot_tally_signal). */
DiglotTally *diglot_batch_run (DiglotBatch *batch, GError **error);

guint        diglot_tally_total (const DiglotTally *tally); /* dispatches */
guint        diglot_tally_done (const DiglotTally *tally);  /* set, kept or failed */
guint        diglot_tally_kept (const DiglotTally *tally);
guint        diglot_tally_failed (const DiglotTally *tally);
guint        diglot_tally_unwritten (const DiglotTally *tally); /* report, manifest and the like that could not be written */
double       diglot_tally_seconds (const DiglotTally *tally);
int          diglot_tally_signal (const DiglotTally *tally); /* that ended it before its end; 0 */
const char  *diglot_tally_name (const DiglotTally *tally);   /* of the dispatch done last; NULL at the end */
DiglotTally *diglot_tally_copy (const DiglotTally *tally);
void         diglot_tally_free (DiglotTally *tally);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DiglotTally, diglot_tally_free)

#ifdef DIGLOT_INSIDE
/* The same with members; FALSE for NULL. */
gboolean dg_batch_run (const DiglotBatch *batch, const DiglotEvents *events, DiglotTally *tally, GError **error);
#endif

/* Answers jobs, a line of JSON each, that come in by the descriptor @in until its end, each with a line of JSON to @out (docs/worker.md).  Of @batch the options
 * of the conversion, format, limits, jobs and sandbox are what a job leaves out; @output is the folder that files may be written to, NULL for none.  FALSE
 * with @error where these are unusable: nothing was read then. */
gboolean diglot_batch_serve (const DiglotBatch *batch, int in, int out, GError **error);

/* One report out of several, its objects in the order of the whole; @events is told what is wrong with the whole: a dispatch that is in none of them
 * (report.missing), an output of two dispatches (output.clash).  Lines of JSON, or the database that the ending of @name asks for (".sqlite").  NULL with
 * @error (DIGLOT_ERROR_READ, DIGLOT_ERROR_SYNTAX). */
GBytes *diglot_merge_reports (const char *const *files, const char *name, const DiglotEvents *events, GError **error);

/* A line of progress: a bar of at most @columns characters for a terminal; with 0 plain words for a log.  What a batch came to,
 * in a sentence.  Both without a newline; free with g_free. */
char *diglot_tally_dup_progress (const DiglotTally *tally, guint columns);
char *diglot_tally_dup_summary (const DiglotTally *tally);

/* Compiles the installed dictionaries and hyphenation patterns into the folder @path, for all to read, unless that is done; what an earlier state of
 * them left there goes.  Meant for the folder ready/ of the data folder: what does not lie there is compiled once a user, or where no cache
 * can be written once a process.  FALSE with @error (DIGLOT_ERROR_WRITE). */
gboolean diglot_prepare (const char *path, GError **error);

/* Text as lines, one an installed thing: templates by name; faces with file and package; languages with script, direction, family and what
 * is known of each; the keys of templates as "group.key", type, default, meaning.  Free with g_free. */
char       *diglot_list_templates (void);
char       *diglot_list_keys (void);
char       *diglot_list_fonts (const char *const *font_dirs, GError **error);
char       *diglot_list_languages (const char *const *font_dirs, GError **error);
char       *diglot_list_libraries (void); /* "Pango 1.50.12", the versions that are at work */
const char *diglot_version (void);

/* The one of the NULL-terminated @words that somebody meant who wrote @word; NULL where none is near.  Free with g_free. */
char *diglot_dup_nearest (const char *word, const char *const *words);

/* What the batch's sandbox consists of on this machine: "Landlock 7, seccomp", "none".  Free with g_free. */
char *diglot_sandbox_name (void);

/* The types as GObject's bindings know them. */
#define DIGLOT_TYPE_OPTIONS    (diglot_options_get_type ())
#define DIGLOT_TYPE_FIGURES    (diglot_figures_get_type ())
#define DIGLOT_TYPE_MESSAGE    (diglot_message_get_type ())
#define DIGLOT_TYPE_PART       (diglot_part_get_type ())
#define DIGLOT_TYPE_BEAD       (diglot_bead_get_type ())
#define DIGLOT_TYPE_CONVERTER  (diglot_converter_get_type ())
#define DIGLOT_TYPE_INPUT      (diglot_input_get_type ())
#define DIGLOT_TYPE_RESULT     (diglot_result_get_type ())
#define DIGLOT_TYPE_ALIGNMENT  (diglot_alignment_get_type ())
#define DIGLOT_TYPE_BUNDLE     (diglot_bundle_get_type ())
#define DIGLOT_TYPE_LEARNER    (diglot_learner_get_type ())
#define DIGLOT_TYPE_COLLECTION (diglot_collection_get_type ())
#define DIGLOT_TYPE_BATCH      (diglot_batch_get_type ())
#define DIGLOT_TYPE_TALLY      (diglot_tally_get_type ())
GType diglot_options_get_type (void);
GType diglot_figures_get_type (void);
GType diglot_message_get_type (void);
GType diglot_part_get_type (void);
GType diglot_bead_get_type (void);
GType diglot_converter_get_type (void);
GType diglot_input_get_type (void);
GType diglot_result_get_type (void);
GType diglot_alignment_get_type (void);
GType diglot_bundle_get_type (void);
GType diglot_learner_get_type (void);
GType diglot_collection_get_type (void);
GType diglot_batch_get_type (void);
GType diglot_tally_get_type (void);

#pragma GCC visibility pop

G_END_DECLS

#endif
