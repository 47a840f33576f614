/* test_conform.c: what the profiles claim is true, as far as qpdf, our own checker, PDFBox and, where it is installed, veraPDF can see;
 * and the checker sees what is wrong: for every rule there is a file that was broken on purpose. */
#include <gio/gio.h>

#include "diglot.h"
#include "rules.h"
#include "scratch.h"

static char *folder;

/* Everything that the standards have a rule for: heads, crossheads, a caption, addresses, names in several scripts. */
static const char dispatch[] =
  "Source: Northern Wire 14 March 2023 09:30\n"
  "River breaks its banks at Lower Marsh\n"
  "The river rose by two metres on Tuesday night and ran over the dyke at Lower Marsh, the council said on https://example.org/marsh and by mail from press@example.org.\n"
  "Nobody was hurt, and the bridge holds.\n"
  "What happens next\n"
  "Some 240 people are in the school at Hillside until the water has gone, which may take a week.\n"
  "Volunteers have filled four thousand sacks with sand since the morning, and more are on their way.\n"
  "The council will meet on Friday and decide whether to raise the dyke by another metre.\n"
  "Pic: The bridge at Lower Marsh on Wednesday.\n"
  "\n"
  "المصدر: سلك الشمال 14 آذار 2023 09:30\n"
  "النهر يفيض على ضفتيه في المرج الأسفل\n"
  "ارتفع النهر مترين ليل الثلاثاء وتجاوز السد في المرج الأسفل، كما قال المجلس على https://example.org/marsh وفي رسالة من press@example.org.\n"
  "ولم يُصب أحد بأذى، والجسر صامد.\n"
  "ماذا بعد\n"
  "يقيم نحو 240 شخصاً في مدرسة التلة إلى أن ينحسر الماء، وقد يستغرق ذلك أسبوعاً.\n"
  "وملأ المتطوعون منذ الصباح أربعة آلاف كيس بالرمل، وهناك مزيد في الطريق.\n"
  "وسيجتمع المجلس يوم الجمعة ليقرر هل يرفع السد متراً آخر.\n"
  "صورة: الجسر في المرج الأسفل يوم الأربعاء.\n";

static DiglotConverter *
make_converter (const char *profile, const char *const *settings)
{
  DiglotOptions options = { .profile = profile, .settings = settings };
  g_autoptr (GError) error = NULL;
  DiglotConverter *converter = diglot_converter_new (&options, &error);

  g_assert_no_error (error);
  return converter;
}

/* Sets @text as the file @name; returns its path, yours to free. */
static char *
set (const char *profile, const char *const *settings, const char *text, gsize length, const char *name)
{
  g_autoptr (DiglotConverter) converter = make_converter (profile, settings);
  g_autoptr (GBytes) input = g_bytes_new (text, length);
  g_autoptr (DiglotResult) result = diglot_convert (converter, input, "/home/someone/desk/flood.txt", DIGLOT_FORMAT_PDF);
  g_autofree char *file = g_strdup_printf ("%s-%s.pdf", name, profile);
  char            *path = g_build_filename (folder, file, NULL);
  GBytes          *bytes = diglot_result_bytes (result);

  g_assert_nonnull (bytes);
  g_assert_true (g_file_set_contents (path, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes), NULL));
  return path;
}

static void
run (const char *const *argv, char **out)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *complaint = NULL;
  int              status;

  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, out, &complaint, &status, &error);
  g_assert_no_error (error);
  if (!g_spawn_check_wait_status (status, &error))
    g_error ("%s %s: %s %s", argv[0], argv[1], error->message, complaint);
}

static GPtrArray *
judge (const char *path, guint standards)
{
  g_autofree char *problem = NULL;
  PdfFile         *file = pdf_file_open (path, &problem);
  GPtrArray       *found;

  if (!file)
    g_error ("%s: %s", path, problem);
  found = rules_judge (file, standards);
  pdf_file_free (file);
  return found;
}

static guint
standards_of (const char *profile)
{
  return strcmp (profile, "archive") == 0 ? STANDARD_A | STANDARD_UA : strcmp (profile, "print") == 0 ? STANDARD_X : 0;
}

/* Notes what is reached from @node on. */
static void
reach (const PdfFile *file, JsonNode *node, GHashTable *reached)
{
  const char *ref = pdf_text (node);

  if (ref && g_str_has_suffix (ref, " R") && !pdf_string (node)) {
    if (!g_hash_table_add (reached, g_strconcat ("obj:", ref, NULL)))
      return;
    node = pdf_resolve (file, node);
    if (!node)
      g_error ("%s is referred to and is not there", ref);
  }
  if (JSON_NODE_HOLDS_ARRAY (node))
    for (guint i = 0; i < pdf_length (node); i++)
      reach (file, json_array_get_element (json_node_get_array (node), i), reached);
  else if (JSON_NODE_HOLDS_OBJECT (node)) {
    JsonObjectIter iter;

    json_object_iter_init (&iter, json_node_get_object (node));
    while (json_object_iter_next (&iter, NULL, &node))
      reach (file, node, reached);
  }
}

/* Nothing lies in the file that nothing leads to, but for what holds the file itself together. */
static void
assert_reached (const char *path)
{
  g_autofree char *problem = NULL;
  PdfFile         *file = pdf_file_open (path, &problem);
  g_autoptr (GHashTable) reached = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  JsonObjectIter iter;
  const char    *name;

  reach (file, file->trailer, reached);
  json_object_iter_init (&iter, file->objects);
  while (json_object_iter_next (&iter, &name, NULL))
    if (g_str_has_prefix (name, "obj:") && !g_hash_table_contains (reached, name)) {
      g_autoptr (JsonNode) ref = json_node_init_string (json_node_alloc (), name + strlen ("obj:"));
      const char *type = pdf_get_text (file, pdf_resolve (file, ref), "/Type");

      if (strcmp (type, "/ObjStm") != 0 && strcmp (type, "/XRef") != 0)
        g_error ("%s: nothing leads to %s", path, name);
    }
  pdf_file_free (file);
}

static void
assert_good (const char *path, const char *profile)
{
  const char *const check[] = { "qpdf", "--check", path, NULL };
  g_autofree char  *out = NULL;
  g_autoptr (GPtrArray) found = judge (path, standards_of (profile));

  run (check, &out);
  for (guint i = 0; i < found->len; i++)
    g_test_message ("%s: %s", path, (const char *) found->pdata[i]);
  g_assert_cmpuint (found->len, ==, 0);
  if (strcmp (profile, "screen") != 0) /* libqpdf's, with its own table of what the first page needs */
    assert_reached (path);
}

static const char *const profiles[] = { "archive", "print", "screen" };

/* Every sample in every profile; and twice, to the same bytes. */
static void
test_samples (void)
{
  g_autoptr (GDir) dir = g_dir_open ("tests/samples", 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    for (guint i = 0; i < G_N_ELEMENTS (profiles); i++) {
      g_autofree char *source = g_build_filename ("tests/samples", name, NULL), *text = NULL, *again = NULL, *first = NULL, *second = NULL;
      gsize            length, n_first, n_second;

      if (!g_str_has_suffix (name, ".txt"))
        continue;
      g_assert_true (g_file_get_contents (source, &text, &length, NULL));
      {
        g_autofree char *path = set (profiles[i], NULL, text, length, name);

        assert_good (path, profiles[i]);
        g_assert_true (g_file_get_contents (path, &first, &n_first, NULL));
      }
      again = set (profiles[i], NULL, text, length, name);
      g_assert_true (g_file_get_contents (again, &second, &n_second, NULL));
      g_assert_cmpmem (first, n_first, second, n_second);
    }
}

/* What no sample has: no headline, one language, another order, no attachment, no marks, a bleed of nothing, hostile names. */
static void
test_variants (void)
{
  static const struct {
    const char *profile, *text;
    const char *settings[4];
  } cases[] = {
    { "archive", dispatch, { "pdf.attach=no" } },
    { "archive", dispatch, { "pdf.order=language" } },
    { "archive", "A word.\n", { NULL } },
    { "archive", "كلمة.\n", { NULL } },
    { "archive", "Pic: nothing but a caption\n", { NULL } },
    { "archive",
      "Title <b>&amp; \"more\" ]]> ()\\\n\nSee www.example.org/a(b)?c=%20&d=<x>, http://, @, a@b, https://exämple.org/ü and (mail@example.org).\n",
      { NULL } },
    { "print", dispatch, { "pdf.marks=no" } },
    { "print", dispatch, { "pdf.marks=no", "pdf.bleed=0" } },
    { "print", dispatch, { "page.size=80mm x 120mm", "page.last-baseline=110mm", "furniture.folio-baseline=115mm" } },
    { "print", "A word.\n", { NULL } },
    { "screen", "A word.\n", { NULL } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *name = g_strdup_printf ("variant-%u", i);
    g_autofree char *path = set (cases[i].profile, cases[i].settings, cases[i].text, strlen (cases[i].text), name);

    g_test_message ("%s", path);
    assert_good (path, cases[i].profile);
  }
}

/* Dispatches, one with addresses and one without a second language, that run on on one page. */
static void
test_bundle (void)
{
  static const char *const settings[] = { "bundle.start=run-on", NULL };
  const char              *texts[] = { dispatch, "A word.\n", dispatch, "كلمة.\n" };

  for (guint i = 0; i < G_N_ELEMENTS (profiles); i++) {
    g_autoptr (DiglotConverter) converter = make_converter (profiles[i], settings);
    DiglotBundle *bundle = diglot_bundle_new (converter);
    DiglotInput  *inputs[G_N_ELEMENTS (texts)];
    g_autoptr (GError) error = NULL;
    g_autoptr (GBytes) bytes = NULL;
    g_autofree char *file = g_strdup_printf ("bundle-%s.pdf", profiles[i]), *path = g_build_filename (folder, file, NULL);

    for (guint k = 0; k < G_N_ELEMENTS (texts); k++) {
      g_autoptr (GBytes) text = g_bytes_new (texts[k], strlen (texts[k]));

      inputs[k] = diglot_input_new (converter, text, "flood.txt");
      diglot_bundle_add (bundle, inputs[k], 0);
    }
    bytes = diglot_bundle_write (bundle, &error);
    g_assert_no_error (error);
    g_assert_true (g_file_set_contents (path, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes), NULL));
    assert_good (path, profiles[i]);
    diglot_bundle_free (bundle);
    for (guint k = 0; k < G_N_ELEMENTS (texts); k++)
      diglot_input_free (inputs[k]);
  }
}

/* A paragraph longer than a PDF's strings may be. */
static void
test_long (void)
{
  g_autoptr (GString) text = g_string_new ("Much\n\n");
  g_autofree char *path = NULL;

  while (text->len < 40000)
    g_string_append (text, "The council met again and said what it had said before. ");
  path = set ("archive", NULL, text->str, text->len, "long");
  assert_good (path, "archive");
}

/* What the files say of themselves: nothing of the folder, the user, the machine. */
static void
test_nothing_told (void)
{
  const char *const secrets[] = { "/home", "someone", "desk", g_get_user_name (), g_get_host_name (), "/usr/share", "/tmp" };

  for (guint i = 0; i < G_N_ELEMENTS (profiles); i++) {
    g_autofree char  *path = set (profiles[i], NULL, dispatch, strlen (dispatch), "told"), *plain = g_strconcat (path, ".plain", NULL);
    const char *const unpack[] = { "qpdf", "--qdf", "--object-streams=disable", path, plain, NULL };
    g_autofree char  *out = NULL, *bytes = NULL;
    gsize             length;

    run (unpack, &out);
    g_assert_true (g_file_get_contents (plain, &bytes, &length, NULL));
    for (guint k = 0; k < G_N_ELEMENTS (secrets); k++)
      if (strlen (secrets[k]) > 3 && memmem (bytes, length, secrets[k], strlen (secrets[k])))
        g_error ("%s has “%s”", path, secrets[k]);
  }
}

/* The attachment comes out as it went in, byte for byte, in whatever charset. */
static void
test_attachment (void)
{
  g_autoptr (GError) error = NULL;
  gsize            length, n;
  g_autofree char *legacy = g_convert (dispatch, -1, "WINDOWS-1256", "UTF-8", NULL, &length, &error), *path = NULL, *list = NULL;
  const char      *argv[] = { "qpdf", "--show-attachment=flood.txt", NULL, NULL };
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GBytes) bytes = NULL;

  g_assert_no_error (error);
  path = set ("archive", NULL, legacy, length, "legacy");
  argv[2] = path;
  process = g_subprocess_newv (argv, G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_communicate (process, NULL, NULL, &bytes, NULL, &error));
  n = g_bytes_get_size (bytes);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), n, legacy, length);
  {
    const char *const show[] = { "qpdf", "--list-attachments", "--verbose", path, NULL };

    run (show, &list);
  }
  g_assert_nonnull (strstr (list, "in windows-1256"));
}

/* Bookmarks: headlines, and crossheads below them. */
static void
test_bookmarks (void)
{
  g_autofree char  *path = set ("archive", NULL, dispatch, strlen (dispatch), "bookmarks"), *out = NULL;
  const char *const argv[] = { "qpdf", "--json=2", "--json-key=outlines", path, NULL };

  run (argv, &out);
  {
    g_autoptr (JsonParser) parser = json_parser_new ();
    JsonArray *items;

    g_assert_true (json_parser_load_from_data (parser, out, -1, NULL));
    items = json_object_get_array_member (json_node_get_object (json_parser_get_root (parser)), "outlines");
    g_assert_cmpuint (json_array_get_length (items), ==, 2);
    g_assert_cmpstr (json_object_get_string_member (json_array_get_object_element (items, 0), "title"), ==, "River breaks its banks at Lower Marsh");
    g_assert_cmpstr (json_object_get_string_member (json_array_get_object_element (items, 1), "title"), ==, "النهر يفيض على ضفتيه في المرج الأسفل");
    items = json_object_get_array_member (json_array_get_object_element (items, 0), "kids");
    g_assert_cmpuint (json_array_get_length (items), ==, 1);
    g_assert_cmpstr (json_object_get_string_member (json_array_get_object_element (items, 0), "title"), ==, "What happens next");
  }
}

/* Read pair by pair, or one language after the other. */
static void
test_order (void)
{
  static const struct {
    const char *setting, *order;
  } cases[] = {
    /* Heads side by side, then pair by pair, the crossheads with the paragraphs under them, then the captions. */
    { "pdf.order=pair", "en en ar ar en ar en ar en en ar ar en ar en ar en ar " },
    { "pdf.order=language", "en en en en en en en en en ar ar ar ar ar ar ar ar ar " },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    const char *const settings[] = { cases[i].setting, NULL };
    g_autofree char  *path = set ("archive", settings, dispatch, strlen (dispatch), "order"), *problem = NULL;
    g_autoptr (GString) order = g_string_new (NULL);
    PdfFile *file = pdf_file_open (path, &problem);

    for (guint k = 0; k < file->elements->len; k++) {
      const Element *element = file->elements->pdata[k];
      const char    *lang = pdf_string (pdf_get (file, element->node, "/Lang"));
      JsonNode      *mode = pdf_get_path (file, element->node, "/A", "/WritingMode", NULL);

      if (lang) {
        g_string_append_printf (order, "%s ", lang);
        g_assert_cmpstr (pdf_text (mode), ==, strcmp (lang, "ar") == 0 ? "/RlTb" : NULL);
      }
    }
    pdf_file_free (file);
    g_assert_cmpstr (order->str, ==, cases[i].order);
  }
}

/* The share of a page that each ink covers, as Ghostscript separates it. */
static void
read_inks (const char *path, double inks[4])
{
  const char *const argv[] = { "gs", "-q", "-dSAFER", "-dBATCH", "-dNOPAUSE", "-sDEVICE=inkcov", "-o", "-", path, NULL };
  g_autofree char  *out = NULL;
  char             *at;

  run (argv, &out);
  at = out;
  for (guint i = 0; i < 4; i++)
    inks[i] = g_ascii_strtod (at, &at);
}

/* Black text and rules, greys too, are on the black plate and on no other; the accent is on those that its inks name. */
static void
test_plates (void)
{
  static const char *const black[] = { "pdf.marks=no", "fonts.accent=#202020", NULL }, *const accent[] = { "pdf.marks=no", NULL };
  g_autofree char *gs = g_find_program_in_path ("gs"), *plain = NULL, *red = NULL;
  double           inks[4];

  if (!gs) {
    g_test_skip ("Ghostscript is not installed");
    return;
  }
  plain = set ("print", black, dispatch, strlen (dispatch), "black");
  read_inks (plain, inks);
  g_assert_cmpfloat (inks[0] + inks[1] + inks[2], ==, 0);
  g_assert_cmpfloat (inks[3], >, .01);
  red = set ("print", accent, dispatch, strlen (dispatch), "red");
  read_inks (red, inks);
  g_assert_cmpfloat (inks[0], ==, 0);
  g_assert_cmpfloat (inks[1], >, 0);
  g_assert_cmpfloat (inks[2], >, 0);
  g_assert_cmpfloat (inks[1], <, inks[3] / 10);
}

/* Files that are broken on purpose */

/* A change to an object: the value at a path of keys in it, or words of its stream. */
typedef struct {
  const char *object;    /* a name of find_object */
  const char *keys;      /* "/MarkInfo /Marked"; NULL: @from and @to are words of the stream */
  const char *from, *to; /* @to: JSON; NULL: the key is taken away; "@NAME": a reference to that object */
} Edit;

typedef struct {
  const char *rule, *profile;
  const char *raw[2]; /* words of the file itself and what takes their place, of the same length */
  Edit        edits[3];
} Break;

#define RAW(rule, profile, from, to) \
  { \
    rule, profile, { from, to }, \
    { \
      { \
        0 \
      } \
    } \
  }
#define KEY(rule, profile, object, keys, to) \
  { \
    rule, profile, { NULL, NULL }, \
    { \
      { \
        object, keys, NULL, to \
      } \
    } \
  }
#define WORDS(rule, profile, object, from, to) \
  { \
    rule, profile, { NULL, NULL }, \
    { \
      { \
        object, NULL, from, to \
      } \
    } \
  }

static const Break breaks[] = {
  RAW ("A 6.1.2", "archive", "%PDF-1.7", "%PDF-2.0"),
  RAW ("A 6.1.2", "archive", "%PDF-1.7\n%", "%PDF-1.7\n."),
  RAW ("A 6.1.3", "archive", "/ID [", "/XD ["),
  RAW ("A 6.1.7.1", "archive", "\nendstream", " endstream"),
  { "A 6.1.7.2", "archive", { NULL, NULL }, { { "file", NULL, NULL, "gEBA" }, { "file", "/Filter", NULL, "\"/LZWDecode\"" } } },
  KEY ("A 6.1.12", "archive", "catalog", "/Perms", "{}"),
  KEY ("A 6.1.13", "archive", "catalog", "/X", "99999999999"),
  KEY ("A 6.1.13", "archive", "catalog", "/X", "\"@long\""),
  WORDS ("A 6.2.2", "archive", "content", "rg\n", "rg\nshow\n"),
  KEY ("A 6.2.3", "archive", "intent", "/DestOutputProfile", NULL),
  KEY ("A 6.2.3", "archive", "intent", "/S", "\"/GTS_PDFX\""),
  KEY ("A 6.2.3", "archive", "intent", "/DestOutputProfile", "\"@metadata\""),
  WORDS ("A 6.2.4.3", "archive", "content", "0 0 0 rg", "0 0 0 1 k"),
  KEY ("A 6.2.5", "archive", "page", "/Resources /ExtGState", "{ \"/X\": { \"/Type\": \"/ExtGState\", \"/TR\": \"/Identity\" } }"),
  KEY ("A 6.2.8", "archive", "page", "/Resources /XObject", "{ \"/X\": { \"/Subtype\": \"/Image\", \"/Interpolate\": true } }"),
  KEY ("A 6.3.1", "archive", "link", "/Subtype", "\"/Movie\""),
  KEY ("A 6.3.2", "archive", "link", "/F", "2"),
  KEY ("A 6.3.2", "archive", "link", "/F", NULL),
  KEY ("A 6.4.2", "archive", "catalog", "/AcroForm", "{ \"/Fields\": [], \"/XFA\": [] }"),
  KEY ("A 6.5.1", "archive", "link", "/A", "{ \"/S\": \"/Launch\" }"),
  KEY ("A 6.5.2", "archive", "catalog", "/AA", "{}"),
  WORDS ("A 6.6.2.1", "archive", "metadata", "<rdf:RDF", "<rdf:RDX"),
  WORDS ("A 6.6.2.3", "archive", "metadata", "namespaceURI>http", "namespaceURI>ftp"),
  KEY ("A 6.6.3", "archive", "info", "/Title", "\"u:Another\""),
  KEY ("A 6.6.3", "archive", "info", "/ModDate", "\"u:D:20230314093001Z\""),
  WORDS ("A 6.6.4", "archive", "metadata", "conformance>A", "conformance>C"),
  KEY ("A 6.8", "archive", "filespec", "/AFRelationship", NULL),
  KEY ("A 6.8", "archive", "file", "/Subtype", NULL),
  KEY ("A 6.8", "archive", "catalog", "/AF", NULL),
  WORDS ("A 6.8", "archive", "metadata", "part>3", "part>2"),
  WORDS ("A 6.8 digest", "archive", "file", "River", "Rival"),
  KEY ("A 6.8 digest", "archive", "file", "/Params /Size", "1"),
  KEY ("A 6.10", "archive", "catalog", "/Requirements", "[]"),
  KEY ("A 6.2.11.2", "archive", "composite", "/Subtype", "\"/Type3\""),
  KEY ("A 6.2.11.3.2", "archive", "cid", "/CIDToGIDMap", NULL),
  KEY ("A 6.2.11.3.3", "archive", "composite", "/Encoding", "\"/UniGB-UTF16-H\""),
  KEY ("A 6.2.11.4.1", "archive", "descriptor", "/FontFile2", NULL),
  KEY ("A 6.2.11.5", "archive", "cid", "/W", "[ 0, [ 10, 20, 30 ] ]"),
  KEY ("A 6.2.11.7.2", "archive", "composite", "/ToUnicode", NULL),
  WORDS ("A 6.2.11.7.2", "archive", "to-unicode", "beginbfrange", "beginnothing"),
  WORDS ("A 6.2.11.7.3", "archive", "to-unicode", "><0", "><E"),
  WORDS ("A 6.2.11.8", "archive", "content", "[(", "[(\\000\\000"),
  KEY ("A 6.7.2.2", "archive", "catalog", "/MarkInfo /Marked", "false"),
  KEY ("A 6.7.3.1", "archive", "H1", "/P", "\"@page\""),
  KEY ("A 6.7.3.1", "archive", "catalog", "/StructTreeRoot", NULL),
  WORDS ("A 6.7.3.3", "archive", "content", "/MCID 0", "/MCID 900"),
  KEY ("A 6.7.3.3", "archive", "page", "/StructParents", "77"),
  KEY ("A 6.7.3.3", "archive", "link", "/StructParent", "77"),
  KEY ("A 6.7.3.4", "archive", "P", "/S", "\"/Paragraph\""),
  KEY ("A 6.7.4", "archive", "catalog", "/Lang", NULL),
  KEY ("A 6.7.4", "archive", "H1", "/Lang", "\"u:plain English\""),
  WORDS ("UA 01-003", "archive", "content", "/Type /Layout >> BDC", "/Type /Layout >> BDC /Span << /MCID 0 >> BDC"),
  WORDS ("UA 01-003", "archive", "content", "/Span << /MCID 0 >> BDC", "/Span << /MCID 0 >> BDC /Artifact BMC"),
  WORDS ("UA 01-005", "archive", "content", "/Span << /MCID 0 >> BDC", ""),
  KEY ("UA 02-001", "archive", "P", "/S", "\"/Paragraph\""),
  KEY ("UA 06-001", "archive", "catalog", "/Metadata", NULL),
  WORDS ("UA 06-002", "archive", "metadata", "<pdfuaid:part>1", "<pdfuaid:part>7"),
  WORDS ("UA 06-003", "archive", "metadata", "\"x-default\"", "\"de\""),
  KEY ("UA 07-001", "archive", "catalog", "/ViewerPreferences", NULL),
  KEY ("UA 07-002", "archive", "catalog", "/ViewerPreferences /DisplayDocTitle", "false"),
  KEY ("UA 11-001", "archive", "H1", "/Lang", NULL),
  { "UA 13-004", "archive", { NULL, NULL }, { { "P", "/S", NULL, "\"/Figure\"" }, { "P", "/ActualText", NULL, NULL } } },
  KEY ("UA 14-002", "archive", "H1", "/S", "\"/H2\""),
  KEY ("UA 14-003", "archive", "H2", "/S", "\"/H4\""),
  KEY ("UA 21-001", "archive", "filespec", "/UF", NULL),
  KEY ("UA 28-008", "archive", "page", "/Tabs", NULL),
  KEY ("UA 28-008", "archive", "page", "/Tabs", "\"/R\""),
  KEY ("UA 28-011", "archive", "Link", "/S", "\"/Span\""),
  KEY ("UA 28-012", "archive", "link", "/Contents", NULL),
  KEY ("UA 31-004", "archive", "cid", "/CIDSystemInfo", NULL),
  KEY ("UA 31-005", "archive", "cid", "/CIDToGIDMap", NULL),
  KEY ("UA 31-009", "archive", "descriptor", "/FontFile2", NULL),
  KEY ("UA 31-016", "archive", "cid", "/W", "[ 0, [ 10, 20, 30 ] ]"),
  KEY ("UA 31-027", "archive", "composite", "/ToUnicode", NULL),
  WORDS ("UA 31-028", "archive", "to-unicode", "><0", "><E"),
  WORDS ("UA 31-030", "archive", "content", "[(", "[(\\000\\000"),
  RAW ("X version", "print", "%PDF-1.6", "%PDF-1.7"),
  RAW ("X trailer", "print", "/ID [", "/XD ["),
  WORDS ("X claim", "print", "metadata", "PDF/X-4", "PDF/X-5"),
  WORDS ("X metadata", "print", "metadata", "xmpMM:VersionID", "xmpMM:Number"),
  WORDS ("X metadata", "print", "metadata", "xmp:MetadataDate", "xmp:SomeDate"),
  KEY ("X trapped", "print", "info", "/Trapped", "\"/Unknown\""),
  WORDS ("X trapped", "print", "metadata", ">False<", ">True<"),
  KEY ("X intent", "print", "intent", "/S", "\"/GTS_PDFA1\""),
  KEY ("X intent", "print", "intent", "/OutputConditionIdentifier", NULL),
  KEY ("X intent", "print", "intent", "/DestOutputProfile", NULL),
  KEY ("X profile", "print", "intent", "/DestOutputProfile", "\"@metadata\""),
  KEY ("X trim", "print", "page", "/TrimBox", NULL),
  KEY ("X trim", "print", "page", "/TrimBox", "[ -10, 0, 100, 100 ]"),
  KEY ("X bleed", "print", "page", "/BleedBox", "[ 60, 60, 100, 100 ]"),
  WORDS ("X colours", "print", "content", "0 0 0 1 k", "0 0 0 rg"),
  KEY ("X colours", "print", "page", "/Resources /XObject", "{ \"/X\": { \"/Subtype\": \"/Image\", \"/ColorSpace\": \"/DeviceRGB\" } }"),
  WORDS ("X black", "print", "content", "/Over gs", "/Out gs"),
  WORDS ("X black", "print", "content", "0 0 0 1 k", "0.5 0 0 1 k"),
  KEY ("X groups", "print", "page", "/Group", "{ \"/S\": \"/Transparency\", \"/CS\": \"/DeviceRGB\" }"),
  KEY ("X annotations", "print", "page", "/Annots", "[ { \"/Subtype\": \"/Link\" } ]"),
  KEY ("X actions", "print", "catalog", "/OpenAction", "{ \"/S\": \"/GoTo\" }"),
  KEY ("X states", "print", "page", "/Resources /ExtGState /Over /TR", "\"/Identity\""),
  KEY ("X fonts", "print", "descriptor", "/FontFile2", NULL),
  KEY ("X types", "print", "composite", "/Subtype", "\"/Type3\""),
};

/* The first object of the file with this value for this key. */
static const char *
find_by (const PdfFile *file, const char *key, const char *value)
{
  g_autoptr (GList) names = json_object_get_members (file->objects);

  for (GList *l = names; l; l = l->next) {
    JsonObject *object = json_object_get_object_member (file->objects, l->data);
    JsonNode   *node = json_object_get_member (object, "value");

    if (!node && json_object_has_member (object, "stream"))
      node = json_object_get_member (json_object_get_object_member (object, "stream"), "dict");
    if (g_str_has_prefix (l->data, "obj:") && strcmp (pdf_get_text (file, node, key), value) == 0)
      return (const char *) l->data + 4;
  }
  g_error ("no object with %s %s", key, value);
}

static const char *
find_object (const PdfFile *file, const char *name)
{
  JsonNode        *intents = pdf_get (file, file->catalog, "/OutputIntents");
  g_autofree char *type = g_strconcat ("/", name, NULL);

  if (strcmp (name, "catalog") == 0)
    return pdf_text (pdf_get_raw (file->trailer, "/Root"));
  if (strcmp (name, "info") == 0)
    return pdf_text (pdf_get_raw (file->trailer, "/Info"));
  if (strcmp (name, "page") == 0)
    return file->page_refs->pdata[0];
  if (strcmp (name, "content") == 0)
    return pdf_text (pdf_get_raw (file->pages->pdata[0], "/Contents"));
  if (strcmp (name, "metadata") == 0)
    return pdf_text (pdf_get_raw (file->catalog, "/Metadata"));
  if (strcmp (name, "intent") == 0)
    return pdf_text (json_array_get_element (json_node_get_array (intents), 0));
  if (strcmp (name, "filespec") == 0)
    return find_by (file, "/Type", "/Filespec");
  if (strcmp (name, "file") == 0)
    return find_by (file, "/Type", "/EmbeddedFile");
  if (strcmp (name, "link") == 0)
    return find_by (file, "/Subtype", "/Link");
  if (strcmp (name, "composite") == 0)
    return find_by (file, "/Subtype", "/Type0");
  if (strcmp (name, "cid") == 0)
    return find_by (file, "/Subtype", "/CIDFontType2");
  if (strcmp (name, "descriptor") == 0)
    return find_by (file, "/Type", "/FontDescriptor");
  if (strcmp (name, "to-unicode") == 0) {
    g_autofree char *font = g_strconcat ("obj:", find_by (file, "/Subtype", "/Type0"), NULL);

    return pdf_text (pdf_get_raw (json_object_get_member (json_object_get_object_member (file->objects, font), "value"), "/ToUnicode"));
  }
  /* An element of the structure, the first in reading order. */
  for (guint i = 0; i < file->elements->len; i++)
    if (strcmp (pdf_get_text (file, ((const Element *) file->elements->pdata[i])->node, "/S"), type) == 0)
      return ((const Element *) file->elements->pdata[i])->ref;
  g_error ("no element %s", name);
}

/* The value that an edit gives: JSON, with "@NAME" for a reference to an object and "@long" for a string that is too long. */
static JsonNode *
new_value (const PdfFile *file, const char *json)
{
  g_autoptr (GError) error = NULL;
  JsonNode   *node = json_from_string (json, &error);
  const char *text;

  g_assert_no_error (error);
  text = pdf_text (node);
  if (g_strcmp0 (text, "@long") == 0) {
    g_autofree char *words = g_strnfill (40000, 'x'), *string = g_strconcat ("u:", words, NULL);

    json_node_set_string (node, string);
  } else if (text && text[0] == '@')
    json_node_set_string (node, find_object (file, text + 1));
  return node;
}

static void
edit_keys (const PdfFile *file, JsonObject *dictionary, const Edit *edit)
{
  g_auto (GStrv) keys = g_strsplit (edit->keys, " ", -1);
  guint n = g_strv_length (keys);

  for (guint i = 0; i + 1 < n; i++) {
    if (!json_object_has_member (dictionary, keys[i]))
      json_object_set_object_member (dictionary, keys[i], json_object_new ());
    dictionary = json_object_get_object_member (dictionary, keys[i]);
  }
  if (edit->to)
    json_object_set_member (dictionary, keys[n - 1], new_value (file, edit->to));
  else {
    g_assert_true (json_object_has_member (dictionary, keys[n - 1]));
    json_object_remove_member (dictionary, keys[n - 1]);
  }
}

/* g_string_replace goes no farther than the first byte 0, which strings on a page have. */
static guint
replace_bytes (GString *text, const char *from, const char *to)
{
  guint       n = 0;
  const char *found;

  for (gsize at = 0; (found = memmem (text->str + at, text->len - at, from, strlen (from))); n++) {
    gssize place = found - text->str;

    g_string_erase (text, place, (gssize) strlen (from));
    g_string_insert (text, place, to);
    at = (gsize) place + strlen (to);
  }
  return n;
}

static void
edit_words (const PdfFile *file, JsonObject *stream, const char *ref, const Edit *edit)
{
  g_autoptr (JsonNode) node = json_node_init_string (json_node_alloc (), ref);
  g_autoptr (GBytes) data = pdf_stream (file, node);
  g_autoptr (GString) text = g_string_new_len (g_bytes_get_data (data, NULL), (gssize) g_bytes_get_size (data));
  g_autofree char *coded = NULL;

  if (edit->from) {
    g_assert_cmpuint (replace_bytes (text, edit->from, edit->to), >, 0);
    coded = g_base64_encode ((const guchar *) text->str, text->len);
  }
  json_object_set_string_member (stream, "data", coded ? coded : edit->to);
  json_object_remove_member (json_object_get_object_member (stream, "dict"), "/Filter");
}

/* The changed objects, as qpdf takes them. */
static void
write_patch (const PdfFile *file, const Break *wrong_file, const char *path)
{
  g_autoptr (JsonNode) top = json_from_string ("{ \"qpdf\": [ { \"jsonversion\": 2, \"pdfversion\": \"1.7\", \"maxobjectid\": 100000 }, {} ] }", NULL);
  JsonObject      *objects = json_array_get_object_element (json_object_get_array_member (json_node_get_object (top), "qpdf"), 1);
  g_autofree char *text = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (wrong_file->edits) && wrong_file->edits[i].object; i++) {
    const Edit      *edit = &wrong_file->edits[i];
    const char      *ref = find_object (file, edit->object);
    g_autofree char *name = g_strconcat ("obj:", ref, NULL);
    JsonObject      *object, *stream;

    if (!json_object_has_member (objects, name)) {
      g_autofree char *copy = json_to_string (json_object_get_member (edit->keys ? file->objects : file->streams, name), FALSE);

      json_object_set_member (objects, name, json_from_string (copy, NULL));
    }
    object = json_object_get_object_member (objects, name);
    stream = json_object_has_member (object, "stream") ? json_object_get_object_member (object, "stream") : NULL;
    if (edit->keys)
      edit_keys (file, stream ? json_object_get_object_member (stream, "dict") : json_object_get_object_member (object, "value"), edit);
    else
      edit_words (file, stream, ref, edit);
  }
  text = json_to_string (top, FALSE);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static void
write_raw (const char *good, const Break *wrong_file, const char *path)
{
  g_autofree char *bytes = NULL;
  gsize            length;
  char            *at;

  g_assert_true (g_file_get_contents (good, &bytes, &length, NULL));
  g_assert_cmpuint (strlen (wrong_file->raw[0]), ==, strlen (wrong_file->raw[1]));
  at = memmem (bytes, length, wrong_file->raw[0], strlen (wrong_file->raw[0]));
  g_assert_nonnull (at);
  memcpy (at, wrong_file->raw[1], strlen (wrong_file->raw[1]));
  g_assert_true (g_file_set_contents (path, bytes, (gssize) length, NULL));
}

static gboolean
says (const GPtrArray *found, const char *rule)
{
  g_autofree char *start = g_strconcat (rule, ": ", NULL);

  for (guint i = 0; i < found->len; i++)
    if (g_str_has_prefix (found->pdata[i], start))
      return TRUE;
  return FALSE;
}

static void
test_broken (void)
{
  g_autofree char     *archive = set ("archive", NULL, dispatch, strlen (dispatch), "good"), *print = set ("print", NULL, dispatch, strlen (dispatch), "good");
  g_autofree char     *patch = g_build_filename (folder, "patch.json", NULL), *broken = g_build_filename (folder, "broken.pdf", NULL);
  g_autofree char     *problem = NULL, *update = g_strconcat ("--update-from-json=", patch, NULL);
  PdfFile             *files[] = { pdf_file_open (archive, &problem), pdf_file_open (print, &problem) };
  guint                n;
  const Rule          *rules = rules_all (&n);
  g_autofree gboolean *proven = g_new0 (gboolean, n);

  assert_good (archive, "archive");
  assert_good (print, "print");
  for (guint i = 0; i < G_N_ELEMENTS (breaks); i++) {
    gboolean          is_print = strcmp (breaks[i].profile, "print") == 0;
    const char       *good = is_print ? print : archive;
    const char *const argv[] = { "qpdf", good, update, "--stream-data=preserve", "--newline-before-endstream", broken, NULL };
    g_autoptr (GPtrArray) found = NULL;
    g_autofree char *out = NULL;

    if (breaks[i].raw[0])
      write_raw (good, &breaks[i], broken);
    else {
      write_patch (files[is_print], &breaks[i], patch);
      run (argv, &out);
    }
    found = judge (broken, standards_of (breaks[i].profile));
    if (!says (found, breaks[i].rule))
      g_error ("%s does not see what is wrong (case %u, %u others do)", breaks[i].rule, i, found->len);
    for (guint k = 0; k < n; k++)
      proven[k] = proven[k] || strcmp (rules[k].name, breaks[i].rule) == 0;
  }
  for (guint k = 0; k < n; k++)
    if (!proven[k])
      g_error ("no file is broken for rule %s", rules[k].name);
  pdf_file_free (files[0]);
  pdf_file_free (files[1]);
}

int
main (int argc, char **argv)
{
  int result;

  g_test_init (&argc, &argv, NULL);
  folder = scratch_make ();
  g_test_add_func ("/conform/samples", test_samples);
  g_test_add_func ("/conform/variants", test_variants);
  g_test_add_func ("/conform/bundle", test_bundle);
  g_test_add_func ("/conform/long", test_long);
  g_test_add_func ("/conform/nothing-told", test_nothing_told);
  g_test_add_func ("/conform/attachment", test_attachment);
  g_test_add_func ("/conform/bookmarks", test_bookmarks);
  g_test_add_func ("/conform/order", test_order);
  g_test_add_func ("/conform/plates", test_plates);
  g_test_add_func ("/conform/broken", test_broken);
  result = g_test_run ();
  scratch_remove (folder);
  g_free (folder);
  return result;
}
