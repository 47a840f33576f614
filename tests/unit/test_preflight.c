/* test_preflight.c: other people's judges of the archive profile: PDFBox Preflight and, where it is on the PATH, veraPDF.
 *
 * Preflight knows PDF/A-1b alone, so it is given a twin of each file: the same pages, fonts, structure, annotations and metadata, byte for byte
 * in their streams, without what only the later parts allow (attachment, object streams, an ICC profile of version 4) and with what
 * only part 1 asks for (CIDSet).  A twin that is broken on purpose must be refused. */
#include <gio/gio.h>
#include <lcms2.h>

#include "diglot.h"
#include "pdffile.h"
#include "scratch.h"

#define JARS "/usr/share/java/"

static const char *const jars[] = {
  JARS "preflight.jar",       JARS "pdfbox2.jar",          JARS "fontbox2.jar", JARS "xmpbox.jar",
  JARS "commons-logging.jar", JARS "javax.activation.jar", JARS "jaxb-api.jar", NULL,
};

static char *folder;

/* Sets every sample for the archive; paths, char*. */
static GPtrArray *
set_samples (void)
{
  g_autoptr (GError) error = NULL;
  DiglotOptions options = { .profile = "archive" };
  g_autoptr (DiglotConverter) converter = diglot_converter_new (&options, &error);
  g_autoptr (GPtrArray) sources = diglot_find_dispatches ("tests/samples", &error);
  GPtrArray *paths = g_ptr_array_new_with_free_func (g_free);

  g_assert_no_error (error);
  for (guint i = 0; i < sources->len; i++) {
    g_autofree char *source = g_build_filename ("tests/samples", sources->pdata[i], NULL), *name = g_strconcat (sources->pdata[i], ".pdf", NULL);
    g_autoptr (GBytes) input = diglot_read_file (source, &error);
    g_autoptr (DiglotResult) result = diglot_convert (converter, input, sources->pdata[i], DIGLOT_FORMAT_PDF);
    char *path = g_build_filename (folder, name, NULL);

    g_assert_true (diglot_write_file (path, diglot_result_bytes (result), &error));
    g_ptr_array_add (paths, path);
  }
  g_assert_cmpuint (paths->len, >, 10);
  return paths;
}

/* Twins */

static JsonObject *
copy_object (const PdfFile *file, JsonObject *patch, const char *ref)
{
  g_autofree char *name = g_strconcat ("obj:", ref, NULL);
  g_autofree char *copy = json_to_string (json_object_get_member (file->objects, name), FALSE);

  json_object_set_member (patch, name, json_from_string (copy, NULL));
  return json_object_get_object_member (patch, name);
}

static void
set_stream (JsonObject *patch, const char *ref, const char *dictionary, gconstpointer data, gsize length)
{
  g_autofree char *name = g_strconcat ("obj:", ref, NULL), *coded = g_base64_encode (data, length);
  JsonObject      *object = json_object_new (), *stream = json_object_new ();

  json_object_set_member (stream, "dict", json_from_string (dictionary, NULL));
  json_object_set_string_member (stream, "data", coded);
  json_object_set_object_member (object, "stream", stream);
  json_object_set_object_member (patch, name, object);
}

static void
drop_attachment (const PdfFile *file, JsonObject *patch)
{
  JsonObject *catalog = json_object_get_object_member (copy_object (file, patch, pdf_text (pdf_get_raw (file->trailer, "/Root"))), "value");

  json_object_remove_member (catalog, "/AF");
  json_object_remove_member (catalog, "/Names");
}

static void
claim_part_1 (const PdfFile *file, JsonObject *patch)
{
  JsonNode *ref = pdf_get_raw (file->catalog, "/Metadata");
  g_autoptr (GBytes) data = pdf_stream (file, ref);
  g_autoptr (GString) text = g_string_new_len (g_bytes_get_data (data, NULL), (gssize) g_bytes_get_size (data));

  g_assert_cmpuint (g_string_replace (text, "<pdfaid:part>3", "<pdfaid:part>1", 0), ==, 1);
  g_assert_cmpuint (g_string_replace (text, "<pdfaid:conformance>A", "<pdfaid:conformance>B", 0), ==, 1);
  set_stream (patch, pdf_text (ref), "{ \"/Type\": \"/Metadata\", \"/Subtype\": \"/XML\" }", text->str, text->len);
}

static void
use_old_icc (const PdfFile *file, JsonObject *patch)
{
  JsonNode          *intent = pdf_item (file, pdf_get (file, file->catalog, "/OutputIntents"), 0);
  cmsHPROFILE        profile = cmsCreate_sRGBProfile ();
  cmsUInt32Number    length = 0;
  g_autofree guint8 *bytes = NULL;

  cmsSetProfileVersion (profile, 2.1);
  cmsSaveProfileToMem (profile, NULL, &length);
  bytes = g_malloc (length);
  cmsSaveProfileToMem (profile, bytes, &length);
  cmsCloseProfile (profile);
  set_stream (patch, pdf_text (pdf_get_raw (intent, "/DestOutputProfile")), "{ \"/N\": 3 }", bytes, length);
}

/* A CIDSet for each font: all codes of its widths. */
static void
add_cid_sets (const PdfFile *file, JsonObject *patch)
{
  g_autoptr (GList) names = json_object_get_members (file->objects);
  guint n = 0;

  for (GList *l = names; l; l = l->next) {
    JsonNode *font = json_object_get_member (json_object_get_object_member (file->objects, l->data), "value");
    guint8    bits[8192] = { 0 };
    guint     codes;

    if (!pdf_get (file, font, "/CIDSystemInfo") || !pdf_get (file, font, "/W"))
      continue;
    codes = pdf_length (pdf_item (file, pdf_get (file, font, "/W"), 1));
    for (guint i = 0; i < codes; i++)
      bits[i / 8] |= (guint8) (0x80 >> i % 8);
    {
      g_autofree char *ref = g_strdup_printf ("%u 0 R", 50000 + n++);
      JsonObject      *descriptor = json_object_get_object_member (copy_object (file, patch, pdf_text (pdf_get_raw (font, "/FontDescriptor"))), "value");

      set_stream (patch, ref, "{}", bits, (codes + 7) / 8);
      json_object_set_string_member (descriptor, "/CIDSet", ref);
    }
  }
}

static void
run (const char *const *argv, char **out)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *complaint = NULL;
  int              status;

  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, out, &complaint, &status, &error);
  g_assert_no_error (error);
  if (!g_spawn_check_wait_status (status, &error) && strcmp (argv[0], "qpdf") == 0)
    g_error ("%s: %s %s", argv[0], error->message, complaint);
}

/* @broken: its TrueType fonts lack their maps, which no part of PDF/A allows. */
static char *
make_twin (const char *path, gboolean broken)
{
  g_autofree char  *problem = NULL, *text = NULL, *patch_path = g_build_filename (folder, "patch.json", NULL), *out = NULL;
  g_autofree char  *update = g_strconcat ("--update-from-json=", patch_path, NULL);
  char             *twin = g_strconcat (path, broken ? ".broken.pdf" : ".twin.pdf", NULL);
  const char *const argv[] = { "qpdf", path, update, "--object-streams=disable", "--force-version=1.4", "--newline-before-endstream", twin, NULL };
  g_autoptr (JsonNode) top = json_from_string ("{ \"qpdf\": [ { \"jsonversion\": 2, \"pdfversion\": \"1.4\", \"maxobjectid\": 60000 }, {} ] }", NULL);
  JsonObject *patch = json_array_get_object_element (json_object_get_array_member (json_node_get_object (top), "qpdf"), 1);
  PdfFile    *file = pdf_file_open (path, &problem);

  g_assert_nonnull (file);
  drop_attachment (file, patch);
  claim_part_1 (file, patch);
  use_old_icc (file, patch);
  add_cid_sets (file, patch);
  text = json_to_string (top, FALSE);
  pdf_file_free (file);
  if (broken) {
    PdfFile *again = pdf_file_open (path, &problem);
    g_autoptr (GList) names = json_object_get_members (again->objects);

    for (GList *l = names; l; l = l->next)
      if (pdf_get_raw (json_object_get_member (json_object_get_object_member (again->objects, l->data), "value"), "/CIDToGIDMap"))
        json_object_remove_member (json_object_get_object_member (copy_object (again, patch, (const char *) l->data + 4), "value"), "/CIDToGIDMap");
    g_free (text);
    text = json_to_string (top, FALSE);
    pdf_file_free (again);
  }
  g_assert_true (g_file_set_contents (patch_path, text, -1, NULL));
  run (argv, &out);
  return twin;
}

/* Preflight's word on several files, as XML. */
static char *
ask_preflight (const GPtrArray *paths)
{
  g_autofree char  *list = g_build_filename (folder, "list", NULL), *class_path = g_strjoinv (":", (char **) jars), *out = NULL, *result = NULL;
  const char *const argv[] = { "java", "-cp", class_path, "org.apache.pdfbox.preflight.Validator_A1b", "xml", "group", list, NULL };
  g_autoptr (GString) lines = g_string_new (NULL);
  char *xml = NULL;

  for (guint i = 0; i < paths->len; i++)
    g_string_append_printf (lines, "%s\n", (const char *) paths->pdata[i]);
  g_assert_true (g_file_set_contents (list, lines->str, -1, NULL));
  run (argv, &out);
  result = g_strconcat (list, ".preflight.xml", NULL);
  if (!g_file_get_contents (result, &xml, NULL, NULL))
    g_error ("Preflight says nothing: %s", out);
  return xml;
}

static guint
count (const char *text, const char *words)
{
  guint n = 0;

  for (const char *p = text; (p = strstr (p, words)) != NULL; p += strlen (words))
    n++;
  return n;
}

static gboolean
has_preflight (void)
{
  g_autofree char *java = g_find_program_in_path ("java");

  for (guint i = 0; jars[i]; i++)
    if (!g_file_test (jars[i], G_FILE_TEST_EXISTS))
      return FALSE;
  return java != NULL;
}

static void
test_preflight (void)
{
  g_autoptr (GPtrArray) paths = NULL, twins = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *xml = NULL;

  if (!has_preflight ()) {
    g_test_skip ("PDFBox Preflight or Java is not installed");
    return;
  }
  paths = set_samples ();
  for (guint i = 0; i < paths->len; i++)
    g_ptr_array_add (twins, make_twin (paths->pdata[i], FALSE));
  g_ptr_array_add (twins, make_twin (paths->pdata[0], TRUE));
  xml = ask_preflight (twins);
  if (count (xml, ">true</isValid>") != paths->len)
    g_test_message ("%s", xml);
  g_assert_cmpuint (count (xml, ">true</isValid>"), ==, paths->len);
  g_assert_cmpuint (count (xml, ">false</isValid>"), ==, 1);
}

static void
test_verapdf (void)
{
  static const char *const flavours[] = { "3a", "ua1" };
  g_autofree char         *program = g_find_program_in_path ("verapdf");
  g_autoptr (GPtrArray) paths = NULL;

  if (!program) {
    g_test_skip ("veraPDF is not on the PATH");
    return;
  }
  paths = set_samples ();
  for (guint i = 0; i < paths->len; i++)
    for (guint k = 0; k < G_N_ELEMENTS (flavours); k++) {
      const char *const argv[] = { program, "-f", flavours[k], "--format", "text", paths->pdata[i], NULL };
      g_autofree char  *out = NULL;

      run (argv, &out);
      if (!g_str_has_prefix (out, "PASS"))
        g_error ("%s", out);
    }
}

int
main (int argc, char **argv)
{
  int result;

  g_test_init (&argc, &argv, NULL);
  folder = scratch_make ();
  g_test_add_func ("/preflight/pdfbox", test_preflight);
  g_test_add_func ("/preflight/verapdf", test_verapdf);
  result = g_test_run ();
  scratch_remove (folder);
  g_free (folder);
  return result;
}
