/* pdffile.h: a PDF as `qpdf --json` tells it, for those who judge it: objects, pages, content, structure, metadata.
 * In: a file's path.  Out: a PdfFile; yours to free, all it lends lives as long as it does. */
#ifndef PDFFILE_H
#define PDFFILE_H

#include <json-glib/json-glib.h>

typedef struct {
  GBytes     *bytes; /* the file */
  JsonParser *parser, *data_parser;
  JsonObject *objects; /* "obj:N G R" → { "value": … } or { "stream": … }, dictionaries as they stand in the file */
  JsonObject *streams; /* the same with the streams' data, decoded */
  JsonNode   *trailer, *catalog, *info;
  char       *version;   /* of the header */
  GPtrArray  *pages;     /* JsonNode*, lent: dictionaries */
  GPtrArray  *page_refs; /* char*: "N G R" */
  GPtrArray  *elements;  /* Element*, in the order in which they are read */
  GHashTable *xmp;       /* "pdfaid:part" → text; "dc:title@en", "dc:creator" and the like for the items of lists; NULL: no XMP can be read */
  char       *xmp_error; /* why; NULL */
} PdfFile;

/* A structure element. */
typedef struct Element Element;
struct Element {
  JsonNode  *node;
  char      *ref;     /* "N G R"; NULL for one that stands in its parent */
  Element   *parent;  /* NULL: the root */
  GArray    *marks;   /* Mark: content that it owns */
  GPtrArray *objects; /* char*: references to annotations that it owns */
};

typedef struct {
  guint page, mcid;
} Mark;

/* NULL where qpdf cannot read it; @problem says why, yours to free. */
PdfFile *pdf_file_open (const char *path, char **problem);
void     pdf_file_free (PdfFile *file);

/* What a reference points to (a stream's dictionary), or the node itself; NULL for NULL and for null. */
JsonNode *pdf_resolve (const PdfFile *file, JsonNode *node);
/* The value of a key, resolved or as it stands; NULL where @node is no dictionary or has none. */
JsonNode *pdf_get (const PdfFile *file, JsonNode *node, const char *key);
JsonNode *pdf_get_raw (JsonNode *node, const char *key);
/* The same along a path of keys, ending in NULL. */
JsonNode *pdf_get_path (const PdfFile *file, JsonNode *node, ...) G_GNUC_NULL_TERMINATED;
/* The text of a string, a name with its slash, a reference; NULL for others. */
const char *pdf_text (JsonNode *node);
/* A name's or string's text; "" for others. */
const char *pdf_get_text (const PdfFile *file, JsonNode *node, const char *key);
/* A PDF string's characters ("u:…"); NULL for others. */
const char *pdf_string (JsonNode *node);
gboolean    pdf_number (JsonNode *node, double *number);
/* An array's length, its items resolved; 0 and NULL for what is no array. */
guint     pdf_length (JsonNode *node);
JsonNode *pdf_item (const PdfFile *file, JsonNode *node, guint i);
/* The decoded data of the stream that @ref points to; NULL for none.  Yours to unref. */
GBytes *pdf_stream (const PdfFile *file, JsonNode *ref);

/* A token of a content stream. */
typedef enum { TOKEN_END, TOKEN_OPERATOR, TOKEN_NAME, TOKEN_NUMBER, TOKEN_STRING, TOKEN_OTHER } TokenKind;
typedef struct {
  TokenKind kind;
  GString  *text; /* OPERATOR, NAME (without slash), NUMBER; STRING: its bytes */
} Token;

/* Reads the next token of @data from *@at on. */
void pdf_next_token (GBytes *data, gsize *at, Token *token);

/* The content of a page, its streams joined; never NULL.  Yours to unref. */
GBytes *pdf_page_content (const PdfFile *file, guint page);

#endif
