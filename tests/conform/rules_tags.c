/* rules_tags.c: the rules of PDF/A's level A and of PDF/UA about structure, language and what belongs to them. */
#include "rules.h"

#include <stdlib.h>
#include <string.h>

static const char *
type_of (const PdfFile *file, const Element *element)
{
  const char *type = pdf_get_text (file, element->node, "/S");
  JsonNode   *map = pdf_get_path (file, file->catalog, "/StructTreeRoot", "/RoleMap", NULL);

  for (guint i = 0; i < 10 && *pdf_get_text (file, map, type); i++)
    type = pdf_get_text (file, map, type);
  return *type == '/' ? type + 1 : type;
}

static const Element *
element_at (const Judge *judge, guint i)
{
  return judge->file->elements->pdata[i];
}

/* Structure */

static void
check_marked (Judge *judge)
{
  JsonNode *marked = pdf_get_path (judge->file, judge->file->catalog, "/MarkInfo", "/Marked", NULL);

  if (!marked || !json_node_get_boolean (marked))
    wrong (judge, "/MarkInfo does not say that the content is marked");
}

static void
check_tree (Judge *judge)
{
  if (judge->file->elements->len == 0)
    wrong (judge, "there is no structure");
  for (guint i = 0; i < judge->file->elements->len; i++) {
    const Element *element = element_at (judge, i);
    const char    *parent = pdf_text (pdf_get_raw (element->node, "/P"));
    const char    *root = pdf_text (pdf_get_raw (judge->file->catalog, "/StructTreeRoot"));

    if (g_strcmp0 (parent, element->parent ? element->parent->ref : root) != 0)
      wrong (judge, "the parent of element %s is not the one that has it", element->ref);
  }
}

static void
check_types (Judge *judge)
{
  static const char *const standard[] = {
    "Document", "Part",    "Art",   "Sect",  "Div",   "BlockQuote", "Caption", "TOC",    "TOCI",      "Index",    "NonStruct", "Private", "P",
    "H",        "H1",      "H2",    "H3",    "H4",    "H5",         "H6",      "L",      "LI",        "Lbl",      "LBody",     "Table",   "TR",
    "TH",       "TD",      "THead", "TBody", "TFoot", "Span",       "Quote",   "Note",   "Reference", "BibEntry", "Code",      "Link",    "Annot",
    "Ruby",     "Warichu", "RB",    "RT",    "RP",    "WT",         "WP",      "Figure", "Formula",   "Form",     NULL,
  };

  for (guint i = 0; i < judge->file->elements->len; i++)
    if (!g_strv_contains (standard, type_of (judge->file, element_at (judge, i))))
      wrong (judge, "element %s is a %s", element_at (judge, i)->ref, type_of (judge->file, element_at (judge, i)));
}

/* Content */

static void
see_unmarked (Judge *judge, const Step *step)
{
  static const char *const shows[] = { "Tj", "TJ", "'", "\"", "f", "F", "f*", "S", "s", "B", "B*", "b", "b*", "Do", "sh", "EI", NULL };

  if (g_strv_contains (shows, step->operator) && !step->artifact && !step->marked)
    wrong (judge, "page %u: %s stands in no marked content", step->page + 1, step->operator);
}

static void
check_unmarked (Judge *judge)
{
  each_operator (judge, see_unmarked);
}

static void
see_nested (Judge *judge, const Step *step)
{
  if ((strcmp (step->operator, "BDC") == 0 || strcmp (step->operator, "BMC") == 0) && step->artifact && step->marked)
    wrong (judge, "page %u: artifact and tagged content within one another", step->page + 1);
}

static void
check_nested (Judge *judge)
{
  each_operator (judge, see_nested);
}

/* What marked content is told in the content, and in the tree. */
static void
see_mark (Judge *judge, const Step *step)
{
  const PdfFile *file = judge->file;
  guint          found = 0, mcid;

  if (strcmp (step->operator, "BDC") != 0 || step->operands->len < 3 || strcmp (step->operands->pdata[1], "MCID") != 0)
    return;
  mcid = (guint) atoi (step->operands->pdata[2]);
  for (guint i = 0; i < file->elements->len; i++)
    for (guint k = 0; k < element_at (judge, i)->marks->len; k++) {
      const Mark *mark = &g_array_index (element_at (judge, i)->marks, Mark, k);

      found += mark->page == step->page && mark->mcid == mcid;
    }
  if (found != 1)
    wrong (judge, "content %u of page %u is in the tree %u times", mcid, step->page + 1, found);
}

/* The value of @key in a number tree of one level, as it stands. */
static JsonNode *
find_number (const PdfFile *file, JsonNode *tree, guint key)
{
  JsonNode *numbers = pdf_get (file, tree, "/Nums");
  double    number;

  for (guint i = 0; i + 1 < pdf_length (numbers); i += 2)
    if (pdf_number (pdf_item (file, numbers, i), &number) && number == key)
      return json_array_get_element (json_node_get_array (numbers), i + 1);
  return NULL;
}

static void
check_parent_tree (Judge *judge)
{
  const PdfFile *file = judge->file;
  JsonNode      *tree = pdf_get_path (file, file->catalog, "/StructTreeRoot", "/ParentTree", NULL);
  double         key;

  each_operator (judge, see_mark);
  for (guint i = 0; i < file->elements->len; i++) {
    const Element *element = element_at (judge, i);

    for (guint k = 0; k < element->marks->len; k++) {
      const Mark *mark = &g_array_index (element->marks, Mark, k);
      JsonNode   *page = mark->page < file->pages->len ? file->pages->pdata[mark->page] : NULL, *list = NULL;

      if (pdf_number (pdf_get (file, page, "/StructParents"), &key))
        list = pdf_resolve (file, find_number (file, tree, (guint) key));
      if (mark->mcid >= pdf_length (list) || g_strcmp0 (pdf_text (json_array_get_element (json_node_get_array (list), mark->mcid)), element->ref) != 0)
        wrong (judge, "the parent tree does not lead from content %u of page %u to %s", mark->mcid, mark->page + 1, element->ref);
    }
    for (guint k = 0; k < element->objects->len; k++) {
      g_autofree char *ref = g_strdup (element->objects->pdata[k]);
      g_autoptr (JsonNode) node = json_node_init_string (json_node_alloc (), ref);

      if (!pdf_number (pdf_get (file, pdf_resolve (file, node), "/StructParent"), &key)
          || g_strcmp0 (pdf_text (find_number (file, tree, (guint) key)), element->ref) != 0)
        wrong (judge, "the parent tree does not lead from annotation %s to %s", ref, element->ref);
    }
  }
}

/* Languages, titles */

static gboolean
is_tag (const char *text)
{
  return g_regex_match_simple ("^[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*$", text, 0, 0);
}

static void
see_language (Judge *judge, const char *ref, JsonNode *dictionary)
{
  JsonNode *lang = pdf_get (judge->file, dictionary, "/Lang");

  if (lang && (!pdf_string (lang) || !is_tag (pdf_string (lang))))
    wrong (judge, "%s is in the language “%s”", ref, pdf_text (lang));
}

static void
check_languages (Judge *judge)
{
  if (!pdf_get (judge->file, judge->file->catalog, "/Lang"))
    wrong (judge, "the catalog names no language");
  each_dictionary (judge, see_language);
}

/* Every element that has content is, or stands in, one that names its language. */
static void
check_element_languages (Judge *judge)
{
  for (guint i = 0; i < judge->file->elements->len; i++) {
    const Element *element = element_at (judge, i), *at = element;

    while (at && !pdf_get (judge->file, at->node, "/Lang"))
      at = at->parent;
    if (element->marks->len && !at)
      wrong (judge, "element %s has content in no language", element->ref);
  }
}

static void
check_ua_claim (Judge *judge)
{
  const char *part = judge->file->xmp ? g_hash_table_lookup (judge->file->xmp, "pdfuaid:part") : NULL;

  if (g_strcmp0 (part, "1") != 0)
    wrong (judge, "pdfuaid:part is %s", part);
}

static void
check_ua_metadata (Judge *judge)
{
  if (!pdf_get (judge->file, judge->file->catalog, "/Metadata"))
    wrong (judge, "there is no XMP");
}

static void
check_title (Judge *judge)
{
  const char *title = judge->file->xmp ? g_hash_table_lookup (judge->file->xmp, "dc:title@x-default") : NULL;

  if (!title || !*title)
    wrong (judge, "there is no dc:title");
}

static void
check_title_key (Judge *judge)
{
  if (!pdf_get_path (judge->file, judge->file->catalog, "/ViewerPreferences", "/DisplayDocTitle", NULL))
    wrong (judge, "no word on the window's title");
}

static void
check_title_shown (Judge *judge)
{
  JsonNode *shown = pdf_get_path (judge->file, judge->file->catalog, "/ViewerPreferences", "/DisplayDocTitle", NULL);

  if (shown && !json_node_get_boolean (shown))
    wrong (judge, "the window shows the file's name");
}

/* Headings, figures */

/* The level of a heading, 0 for none. */
static guint
heading (const PdfFile *file, const Element *element)
{
  const char *type = type_of (file, element);

  return type[0] == 'H' && g_ascii_isdigit (type[1]) && !type[2] ? (guint) (type[1] - '0') : 0;
}

static void
check_first_heading (Judge *judge)
{
  for (guint i = 0; i < judge->file->elements->len; i++)
    if (heading (judge->file, element_at (judge, i))) {
      if (heading (judge->file, element_at (judge, i)) != 1)
        wrong (judge, "the first heading is of level %u", heading (judge->file, element_at (judge, i)));
      return;
    }
}

static void
check_heading_levels (Judge *judge)
{
  guint last = 0;

  for (guint i = 0; i < judge->file->elements->len; i++) {
    guint level = heading (judge->file, element_at (judge, i));

    if (level > last + 1 && last)
      wrong (judge, "a heading of level %u follows one of level %u", level, last);
    last = level ? level : last;
  }
}

static void
check_figures (Judge *judge)
{
  for (guint i = 0; i < judge->file->elements->len; i++) {
    const Element *element = element_at (judge, i);

    if (strcmp (type_of (judge->file, element), "Figure") == 0 && !*pdf_get_text (judge->file, element->node, "/Alt")
        && !*pdf_get_text (judge->file, element->node, "/ActualText"))
      wrong (judge, "figure %s has no words in its place", element->ref);
  }
}

static void
see_ua_file (Judge *judge, const char *ref, JsonNode *dictionary)
{
  if (pdf_get (judge->file, dictionary, "/EF") && (!*pdf_get_text (judge->file, dictionary, "/F") || !*pdf_get_text (judge->file, dictionary, "/UF")))
    wrong (judge, "%s has not both F and UF", ref);
}

static void
check_ua_files (Judge *judge)
{
  each_dictionary (judge, see_ua_file);
}

/* Annotations */

static void
check_tab_order (Judge *judge)
{
  for (guint i = 0; i < judge->file->pages->len; i++) {
    JsonNode *page = judge->file->pages->pdata[i];

    if (pdf_length (pdf_get (judge->file, page, "/Annots")) && strcmp (pdf_get_text (judge->file, page, "/Tabs"), "/S") != 0)
      wrong (judge, "the annotations of page %u are not visited in the order of the structure", i + 1);
  }
}

/* The element that owns the annotation; NULL. */
static const Element *
owner_of (const Judge *judge, const char *ref)
{
  for (guint i = 0; i < judge->file->elements->len; i++)
    for (guint k = 0; k < element_at (judge, i)->objects->len; k++)
      if (g_strcmp0 (element_at (judge, i)->objects->pdata[k], ref) == 0)
        return element_at (judge, i);
  return NULL;
}

static gboolean
is_link (const PdfFile *file, JsonNode *dictionary)
{
  return strcmp (pdf_get_text (file, dictionary, "/Type"), "/Annot") == 0 && strcmp (pdf_get_text (file, dictionary, "/Subtype"), "/Link") == 0;
}

static void
see_link_owner (Judge *judge, const char *ref, JsonNode *dictionary)
{
  const Element *owner = owner_of (judge, ref);

  if (is_link (judge->file, dictionary) && (!owner || strcmp (type_of (judge->file, owner), "Link") != 0))
    wrong (judge, "link %s is in no Link element", ref);
}

static void
check_link_owners (Judge *judge)
{
  each_dictionary (judge, see_link_owner);
}

static void
see_link_words (Judge *judge, const char *ref, JsonNode *dictionary)
{
  if (is_link (judge->file, dictionary) && !*pdf_get_text (judge->file, dictionary, "/Contents"))
    wrong (judge, "link %s has no Contents", ref);
}

static void
check_link_words (Judge *judge)
{
  each_dictionary (judge, see_link_words);
}

const Rule tag_rules[] = {
  { "A 6.7.2.2", "content that is said to be marked", check_marked },
  { "A 6.7.3.1", "a structure tree whose elements know their parents", check_tree },
  { "A 6.7.3.3", "content that the structure tree leads to, and that leads back to it (ISO 32000-1 14.7.4.4)", check_parent_tree },
  { "A 6.7.3.4", "standard structure types", check_types },
  { "A 6.7.4", "languages", check_languages },
  { "UA 01-003", "no artifacts in tagged content and the other way round (01-003, 01-004)", check_nested },
  { "UA 01-005", "no content that is neither artifact nor tagged", check_unmarked },
  { "UA 02-001", "standard structure types", check_types },
  { "UA 06-001", "XMP", check_ua_metadata },
  { "UA 06-002", "the claim: part 1", check_ua_claim },
  { "UA 06-003", "a title", check_title },
  { "UA 07-001", "a word on what the window's title is", check_title_key },
  { "UA 07-002", "a window that shows the title", check_title_shown },
  { "UA 11-001", "a language for all content", check_element_languages },
  { "UA 13-004", "words in the place of figures", check_figures },
  { "UA 14-002", "a first heading of level 1", check_first_heading },
  { "UA 14-003", "headings that skip no level", check_heading_levels },
  { "UA 21-001", "two names for every attachment", check_ua_files },
  { "UA 28-008", "annotations visited in the order of the structure (28-008, 28-009)", check_tab_order },
  { "UA 28-011", "links in Link elements", check_link_owners },
  { "UA 28-012", "links with words", check_link_words },
  { NULL, NULL, NULL },
};
