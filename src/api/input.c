/* input.c: the dispatches of an input, read once: their parts, their beads, the picture and the alignment that go with them. */
#include "api/objects.h"
#include "base/refs.h"

#include "api/rows.h"
#include "pair/alignfile.h"
#include "read/decode.h"
#include "read/meta.h"
#include "read/parse.h"
#include "read/split.h"

static void
clear_picture (DgPictureFile *file)
{
  g_clear_pointer (&file->name, g_free);
  g_clear_pointer (&file->bytes, g_bytes_unref);
  g_clear_error (&file->problem);
}

static void
free_part (gpointer data)
{
  DgReadPart *part = data;

  dg_doc_free (part->doc);
  dg_diag_free (part->diag);
  g_clear_error (&part->error);
  g_clear_pointer (&part->parts, g_array_unref);
  g_clear_pointer (&part->beads, g_array_unref);
  clear_picture (&part->picture);
  g_free (part->date);
  g_free (part->path);
  g_free (part);
}

/* What the styles of a document say of its lines; NULL for text.  Free with g_array_unref. */
static GArray *
list_styles (const DgDocument *document)
{
  static const DgRole roles[] = {
    [DG_STYLED_TITLE] = DG_ROLE_HEADLINE,
    [DG_STYLED_SUBTITLE] = DG_ROLE_DECK,
    [DG_STYLED_HEADING] = DG_ROLE_CROSSHEAD,
    [DG_STYLED_CAPTION] = DG_ROLE_CAPTION,
  };
  GArray *list = document != NULL ? g_array_new (FALSE, FALSE, sizeof (DgLineFix)) : NULL;

  for (guint i = 0; list != NULL && i < document->styles->len; i++) {
    DgStyled  styled = g_array_index (document->styles, DgStyled, i);
    DgLineFix said = { i + 1, roles[styled], NULL };

    if (styled != DG_STYLED_NOT)
      g_array_append_val (list, said);
  }
  return list;
}

/* Reads @source, and what was said when the input was decoded goes with its lines.  @first: what has no line goes with it too.  @languages and
 * @fixes: an editor's word; NULL for none. */
static DgReadPart *
read_part (const DiglotInput *input, DgSource *source, const DgDiag *decoded, gboolean first, const char *languages, const GArray *fixes)
{
  DgReadPart *part = g_new0 (DgReadPart, 1);
  guint       from = dg_source_first_line (source);
  g_autoptr (GArray) styles = list_styles (input->document);

  part->diag = dg_diag_new (input->name);
  dg_diag_copy (part->diag, decoded, first ? 0 : from, from + dg_source_n_lines (source));
  part->doc = dg_parse_fixed (source, languages != NULL ? languages : input->converter->languages, (DgParseWord){ fixes, styles }, part->diag, &part->error);
  return part;
}

/* Reads @source, which nothing parts, unless a second head shows that it is several dispatches. */
static void
read_source (DiglotInput *input, DgSource *source, const DgDiag *decoded)
{
  DgReadPart *part = read_part (input, source, decoded, input->parts->len == 0, NULL, NULL);
  g_autoptr (GArray) heads = part->doc != NULL ? dg_split_find_heads (part->doc) : NULL;
  guint start = dg_source_first_line (source), end = start + dg_source_n_lines (source);

  if (heads == NULL) {
    g_ptr_array_add (input->parts, part);
    return;
  }
  free_part (part);
  g_array_append_val (heads, end);
  for (guint i = 0; i < heads->len; i++) {
    guint next = g_array_index (heads, guint, i);
    g_autoptr (DgSource) piece = dg_source_new_part (source, start, next - 1);

    g_ptr_array_add (input->parts, read_part (input, piece, decoded, input->parts->len == 0, NULL, NULL));
    start = next;
  }
}

/* Reads all the dispatches of the input anew. */
static void
read_all (DiglotInput *input, const DgDiag *decoded)
{
  g_autoptr (GPtrArray) sources = dg_split_source (input->source, input->converter->languages);

  g_ptr_array_set_size (input->parts, 0);
  for (guint i = 0; i < sources->len; i++)
    read_source (input, sources->pdata[i], decoded);
}

/* The same where an editor says in which lines they begin. */
static void
read_parted (DiglotInput *input, const DgDiag *decoded, const GArray *starts)
{
  guint start = dg_source_first_line (input->source), end = start + dg_source_n_lines (input->source);

  g_ptr_array_set_size (input->parts, 0);
  for (guint i = 0; i < starts->len; i++) {
    guint next = i + 1 < starts->len ? g_array_index (starts, guint, i + 1) : end;
    g_autoptr (DgSource) piece = dg_source_new_part (input->source, i == 0 ? start : g_array_index (starts, guint, i), next - 1);

    g_ptr_array_add (input->parts, read_part (input, piece, decoded, i == 0, NULL, NULL));
  }
}

/* The text of @input, out of a document where it is one. */
static DgSource *
open_source (DiglotInput *input, DgDiag *diag, GError **error)
{
  const DiglotConverter *converter = input->converter;
  guint                  most = converter->limits.bytes;
  DgKind                 kind = converter->from;

  if (!dg_convert_is_within (g_bytes_get_size (input->bytes), most, "bytes", error))
    return NULL;
  if (kind == DG_KIND_AUTO)
    kind = dg_kind_find (input->bytes);
  if (kind == DG_KIND_TEXT)
    return dg_decode (input->name, input->bytes, converter->encoding, diag, error);
  input->document = dg_document_new (input->bytes, kind, error);
  if (input->document == NULL || !dg_convert_is_within (g_bytes_get_size (input->document->text), most, "bytes", error))
    return NULL;
  return dg_decode (input->name, input->document->text, "utf-8", diag, error);
}

/* The picture in the document, unless another is given. */
static void
take_picture (DiglotInput *input)
{
  const DgDocument *document = input->document;
  g_autofree char  *name = document != NULL && document->picture != NULL ? g_strconcat (input->name, "!", document->picture_name, NULL) : NULL;

  if (name != NULL)
    diglot_input_set_picture (input, 0, document->picture, name, NULL);
}

DiglotInput *
diglot_input_new (DiglotConverter *converter, GBytes *bytes, const char *name)
{
  DiglotInput *input;
  g_autoptr (DgDiag) decoded = NULL;
  g_autoptr (GError) error = NULL;
  locale_t before;

  g_return_val_if_fail (converter != NULL && bytes != NULL && name != NULL, NULL);
  input = g_new0 (DiglotInput, 1);
  decoded = dg_diag_new (name);
  before = uselocale (converter->locale);
  input->converter = diglot_converter_ref (converter);
  input->name = g_strdup (name);
  input->bytes = g_bytes_ref (bytes);
  input->source = open_source (input, decoded, &error);
  input->parts = g_ptr_array_new_with_free_func (free_part);
  if (input->source != NULL) {
    read_all (input, decoded);
  } else {
    DgReadPart *part = g_new0 (DgReadPart, 1);

    part->diag = g_steal_pointer (&decoded);
    part->error = g_steal_pointer (&error);
    g_ptr_array_add (input->parts, part);
  }
  take_picture (input);
  uselocale (before);
  input->decoded = g_steal_pointer (&decoded);
  return input;
}

DiglotInput *
diglot_input_ref (DiglotInput *input)
{
  return dg_ref (input);
}

void
diglot_input_free (DiglotInput *input)
{
  if (input == NULL || dg_unref (input))
    return;
  g_ptr_array_unref (input->parts);
  g_clear_pointer (&input->source, dg_source_unref);
  dg_diag_free (input->decoded);
  diglot_alignment_free (input->alignment);
  diglot_converter_free (input->converter);
  g_free (input->align_name);
  g_clear_pointer (&input->document, dg_document_free);
  g_bytes_unref (input->bytes);
  g_free (input->name);
  g_free (input);
}

/* Reads the @nth dispatch again, with an editor's word. */
static void
read_again (DiglotInput *input, guint nth, const char *languages, const GArray *fixes)
{
  DgReadPart *part = input->parts->pdata[nth], *again;
  locale_t    before = uselocale (input->converter->locale);

  again = read_part (input, part->doc->source, input->decoded, nth == 0, languages, fixes);
  uselocale (before);
  again->fixed = languages != NULL || fixes != NULL;
  again->picture = part->picture;
  part->picture = (DgPictureFile){ 0 };
  again->path = g_steal_pointer (&part->path);
  free_part (part);
  input->parts->pdata[nth] = again;
}

/* An editor may say of lines, and of the languages, what was not found. */
static void
fix_part (DiglotInput *input, guint nth)
{
  DgReadPart *part = input->parts->pdata[nth];
  const char *languages = NULL;
  g_autoptr (GArray) fixes = NULL;

  g_clear_pointer (&part->beads, g_array_unref);
  if (part->doc != NULL && part->fixed)
    read_again (input, nth, NULL, NULL);
  part = input->parts->pdata[nth];
  if (part->doc != NULL && input->alignment != NULL)
    languages = dg_alignfile_find_languages (input->alignment, input->align_name, part->doc, nth);
  if (languages != NULL)
    read_again (input, nth, languages, NULL);
  part = input->parts->pdata[nth];
  if (part->doc != NULL && input->alignment != NULL)
    fixes = dg_alignfile_find_lines (input->alignment, input->align_name, part->doc, nth);
  if (fixes != NULL)
    read_again (input, nth, languages, fixes);
}

/* TRUE where the dispatches that were found begin in the lines @starts; what stands before the first belongs to it. */
static gboolean
begin_in (const DiglotInput *input, const GArray *starts)
{
  gboolean same = starts->len == input->parts->len;

  for (guint i = 1; same && i < starts->len; i++) {
    const DgReadPart *part = input->parts->pdata[i];

    same = part->doc != NULL && part->doc->first_line == g_array_index (starts, guint, i);
  }
  return same;
}

/* An editor may say where the dispatches begin.  The pictures stay with those of the same number. */
static void
part_again (DiglotInput *input)
{
  g_autoptr (GArray) starts = NULL;
  g_autoptr (GPtrArray) before = NULL;
  locale_t locale;

  if (input->source == NULL)
    return;
  if (input->alignment != NULL)
    starts = dg_alignfile_find_starts (input->alignment, input->align_name, dg_source_first_line (input->source),
                                       dg_source_first_line (input->source) + dg_source_n_lines (input->source) - 1);
  if (starts != NULL ? begin_in (input, starts) : !input->parted)
    return;
  before = g_steal_pointer (&input->parts);
  input->parts = g_ptr_array_new_with_free_func (free_part);
  locale = uselocale (input->converter->locale);
  if (starts != NULL)
    read_parted (input, input->decoded, starts);
  else
    read_all (input, input->decoded);
  uselocale (locale);
  input->parted = starts != NULL;
  for (guint i = 0; i < MIN (before->len, input->parts->len); i++) {
    DgReadPart *part = input->parts->pdata[i], *old = before->pdata[i];

    part->picture = old->picture;
    old->picture = (DgPictureFile){ 0 };
    part->path = g_steal_pointer (&old->path);
  }
}

void
diglot_input_align (DiglotInput *input, DiglotAlignment *alignment, const char *name)
{
  diglot_alignment_free (input->alignment);
  input->alignment = alignment != NULL ? diglot_alignment_ref (alignment) : NULL;
  g_free (input->align_name);
  input->align_name = g_strdup (name);
  part_again (input);
  for (guint i = 0; i < input->parts->len; i++)
    fix_part (input, i);
}

DgReadPart *
dg_convert_get_part (const DiglotInput *input, guint nth)
{
  return nth < input->parts->len ? input->parts->pdata[nth] : NULL;
}

void
diglot_input_set_picture (DiglotInput *input, guint nth, GBytes *bytes, const char *name, const GError *problem)
{
  DgPictureFile *file;

  g_return_if_fail (nth < input->parts->len && (bytes != NULL || problem != NULL));
  file = &((DgReadPart *) input->parts->pdata[nth])->picture;
  clear_picture (file);
  *file = (DgPictureFile){ g_strdup (name), bytes != NULL ? g_bytes_ref (bytes) : NULL, problem != NULL ? g_error_copy (problem) : NULL };
}

DgInfo *
dg_convert_new_info (const DiglotInput *input, const DgDoc *doc)
{
  /* Of a document it is the text that was read which goes with a file. */
  DgInfo *info = dg_info_new (doc, input->converter->date, input->document == NULL && input->parts->len == 1 ? input->bytes : NULL);

  if (input->document != NULL) {
    char *name = g_strconcat (info->source_name, ".txt", NULL);

    g_free (info->source_name);
    info->source_name = name;
  }
  return info;
}

void
diglot_input_set_path (DiglotInput *input, guint nth, const char *path)
{
  DgReadPart *part = dg_convert_get_part (input, nth);

  g_return_if_fail (part != NULL);
  g_free (part->path);
  part->path = g_strdup (path);
}

guint
diglot_input_count (const DiglotInput *input)
{
  return input->parts->len;
}

const char *
diglot_input_language (DiglotInput *input, guint nth, guint text)
{
  const DgReadPart *part = dg_convert_get_part (input, nth);

  return part != NULL && part->doc != NULL && text < part->doc->n_texts ? part->doc->text[text].lang : NULL;
}

const char *
diglot_input_date (DiglotInput *input, guint nth)
{
  DgReadPart *part = dg_convert_get_part (input, nth);

  if (part != NULL && part->doc != NULL && part->date == NULL)
    part->date = dg_meta_dup_iso (&part->doc->date);
  return part != NULL ? part->date : NULL;
}

static GArray *
list_parts (const DgDoc *doc)
{
  GArray *parts = g_array_new (FALSE, FALSE, sizeof (DiglotPart));

  for (guint t = 0; t < doc->n_texts; t++)
    for (guint i = 0; i < doc->text[t].nodes->len; i++) {
      const DgNode *node = doc->text[t].nodes->pdata[i];
      DiglotPart    part = { t, dg_role_name (node->role), node->text, (guint) node->label_length, g_array_index (node->lines, guint, 0) };

      g_array_append_val (parts, part);
    }
  return parts;
}

const DiglotPart *
diglot_input_parts (DiglotInput *input, guint nth, guint *n)
{
  DgReadPart *part = dg_convert_get_part (input, nth);

  *n = 0;
  if (part == NULL || part->doc == NULL)
    return NULL;
  if (part->parts == NULL)
    part->parts = list_parts (part->doc);
  *n = part->parts->len;
  return (const DiglotPart *) (const void *) part->parts->data;
}

static DgAlign *
pair (const DiglotInput *input, const DgDoc *doc, guint nth, DgDiag *diag)
{
  g_autoptr (GArray) fixed = NULL;
  gboolean sound = TRUE;

  if (input->alignment != NULL)
    fixed = dg_alignfile_find (input->alignment, input->align_name, doc, nth, diag, &sound);
  if (sound && fixed == NULL && input->document != NULL && input->document->rows->len > 0 && input->parts->len == 1)
    return dg_rows_pair (doc, input->document->rows, input->converter->learned, diag);
  return sound ? dg_align_new (doc, fixed, input->converter->learned, diag) : NULL;
}

const DiglotBead *
diglot_input_beads (DiglotInput *input, guint nth, guint *n)
{
  DgReadPart *part = dg_convert_get_part (input, nth);
  g_autoptr (DgAlign) align = NULL;
  g_autoptr (DgDiag) unread = dg_diag_new (input->name);

  *n = 0;
  if (part == NULL || part->doc == NULL)
    return NULL;
  if (part->beads == NULL) {
    if ((align = pair (input, part->doc, nth, unread)) == NULL)
      return NULL;
    part->beads = g_array_new (FALSE, FALSE, sizeof (DiglotBead));
    for (guint i = 0; i < align->beads->len; i++) {
      const DgBead *from = &g_array_index (align->beads, DgBead, i);
      DiglotBead    bead = { from->a, from->n_a, from->b, from->n_b, from->score };

      g_array_append_val (part->beads, bead);
    }
  }
  *n = part->beads->len;
  return (const DiglotBead *) (const void *) part->beads->data;
}

static guint
count_nodes (const DgDoc *doc)
{
  guint n = 0;

  for (guint side = 0; side < doc->n_texts; side++)
    n += doc->text[side].nodes->len;
  return n;
}

DgAlign *
dg_convert_pair (const DiglotInput *input, const DgDoc *doc, guint nth, DgDiag *diag, GError **error)
{
  const DiglotConverter *converter = input->converter;

  if (!dg_convert_is_within (count_nodes (doc), converter->limits.paragraphs, "paragraphs", error) || !dg_convert_begin (converter, DIGLOT_STAGE_PAIR, error))
    return NULL;
  return pair (input, doc, nth, diag);
}
