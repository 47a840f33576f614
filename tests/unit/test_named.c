/* test_named.c: options and batches by name, as callers set them who see no members; references; what GObject knows of the types. */
#undef DIGLOT_INSIDE
#include "diglot.h"

#include "scratch.h"

static const char dispatch[] = "Ferry to the islands is running again\n"
                               "The ferry to the islands has been running again since Sunday, after 12 days in the dock.\n"
                               "عودة العبّارة إلى الجزر\n"
                               "عادت العبّارة المتجهة إلى الجزر إلى العمل منذ يوم الأحد بعد 12 يوماً في الحوض.\n";

static DiglotResult *
convert (const DiglotOptions *options, DiglotFormat format)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DiglotConverter) converter = diglot_converter_new (options, &error);
  g_autoptr (GBytes) bytes = g_bytes_new_static (dispatch, strlen (dispatch));

  g_assert_no_error (error);
  return diglot_convert (converter, bytes, "a.txt", format);
}

static void
test_options (void)
{
  static const struct {
    const char *name, *value, *says;
  } wrong[] = {
    { "tempalte", "book", "there is no option \"tempalte\"; did you mean \"template\"?" },
    { "output", "x", "there is no option \"output\"" },
    { "limit", "pages", "limit is bytes=N, paragraphs=N or pages=N, not \"pages\"" },
    { "min-score", "2", "min-score is a number from 0 to 1, not \"2\"" },
    { "review", "maybe", "review is yes or no, not \"maybe\"" },
  };
  g_autoptr (DiglotOptions) options = diglot_options_new (), copy = NULL;
  g_autoptr (DiglotResult) plain = NULL, small = NULL, again = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++) {
    g_assert_false (diglot_options_set (options, wrong[i].name, wrong[i].value, &error));
    g_assert_error (error, DIGLOT_ERROR, DIGLOT_ERROR_USAGE);
    g_assert_true (g_str_has_prefix (error->message, wrong[i].says));
    g_clear_error (&error);
  }
  plain = convert (options, DIGLOT_FORMAT_SVG);
  g_assert_true (diglot_options_set (options, "template", "book", &error) && diglot_options_set (options, "set", "page.size=letter", &error)
                 && diglot_options_set (options, "set", "justify.kashida=none", &error) && diglot_options_set (options, "lang", "en,ar", &error)
                 && diglot_options_set (options, "limit", "pages=1", &error));
  small = convert (options, DIGLOT_FORMAT_SVG);
  copy = diglot_options_copy (options);
  g_clear_pointer (&options, diglot_options_free);
  again = convert (copy, DIGLOT_FORMAT_SVG);
  g_assert_false (g_bytes_equal (diglot_result_bytes (plain), diglot_result_bytes (small)));
  g_assert_true (g_bytes_equal (diglot_result_bytes (small), diglot_result_bytes (again)));
  g_assert_nonnull (g_strstr_len (g_bytes_get_data (diglot_result_bytes (small), NULL), 2000, "612"));
  g_assert_cmpuint (diglot_figures_pages (diglot_result_figures (small)), ==, 1);
  g_assert_cmpfloat (diglot_figures_lowest_score (diglot_result_figures (small)), >, 0);

  g_assert_true (diglot_options_set (copy, "template", "nothing", &error));
  g_assert_null (diglot_converter_new (copy, &error));
  g_assert_error (error, DIGLOT_ERROR, DIGLOT_ERROR_TEMPLATE);
}

/* What borrows another object keeps it alive, in whatever order callers let go of them. */
static void
test_references (void)
{
  g_autoptr (DiglotOptions) options = diglot_options_new ();
  g_autoptr (GBytes) bytes = g_bytes_new_static (dispatch, strlen (dispatch));
  g_autoptr (GError) error = NULL;
  DiglotConverter *converter = diglot_converter_new (options, &error);
  DiglotInput     *input = diglot_input_new (converter, bytes, "a.txt"), *twin;
  DiglotAlignment *alignment;
  DiglotBundle    *bundle = diglot_bundle_new (converter);
  g_autoptr (DiglotBead) bead = diglot_bead_new (0, 1, 0, 1);
  g_autoptr (GPtrArray) parts = NULL, beads = NULL;
  g_autoptr (GBytes) book = NULL;

  g_assert_no_error (error);
  diglot_converter_free (converter);
  alignment = diglot_alignment_new_from_beads (0, bead, 1);
  diglot_input_align (input, alignment, NULL);
  diglot_alignment_free (alignment);
  twin = diglot_input_ref (input);
  diglot_input_free (input);
  diglot_bundle_add (bundle, twin, 0);
  parts = diglot_input_dup_parts (twin, 0);
  beads = diglot_input_dup_beads (twin, 0);
  diglot_input_free (twin);
  book = diglot_bundle_write (bundle, &error);
  g_assert_no_error (error);
  diglot_bundle_free (bundle);
  g_assert_cmpuint (parts->len, ==, 4);
  g_assert_cmpstr (((const DiglotPart *) parts->pdata[0])->role, ==, "headline");
  g_assert_cmpuint (beads->len, ==, 1);
}

typedef struct {
  guint    messages, done;
  gboolean is_gone;
} Told;

static void
on_message (const DiglotMessage *message, gpointer data)
{
  g_assert_cmpstr (message->code, ==, "parse.empty");
  ((Told *) data)->messages++;
}

static void
on_progress (const DiglotTally *tally, gpointer data)
{
  ((Told *) data)->done = diglot_tally_done (tally);
}

static void
on_gone (gpointer data)
{
  ((Told *) data)->is_gone = TRUE;
}

static void
test_batch (Scratch *f, gconstpointer data)
{
  g_autoptr (DiglotBatch) batch = diglot_batch_new ();
  g_autoptr (DiglotTally) tally = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *one = g_build_filename (f->folder, "a.txt", NULL), *two = g_build_filename (f->folder, "b.txt", NULL);
  g_autofree char *out = g_build_filename (f->folder, "out/", NULL), *made = g_build_filename (f->folder, "out/a.svg", NULL);
  Told             told = { 0 };

  (void) data;
  scratch_put (f, "a.txt", dispatch);
  scratch_put (f, "b.txt", "");
  g_assert_false (diglot_batch_set (batch, "outptu", out, &error));
  g_assert_cmpstr (error->message, ==, "there is no option \"outptu\"; did you mean \"output\"?");
  g_clear_error (&error);
  g_assert_false (diglot_batch_set (batch, "to", "docx", &error));
  g_clear_error (&error);
  g_assert_false (diglot_batch_set (batch, "jobs", "many", &error));
  g_clear_error (&error);
  g_assert_true (diglot_batch_set (batch, "output", out, &error) && diglot_batch_set (batch, "to", "svg", &error)
                 && diglot_batch_set (batch, "jobs", "2", &error) && diglot_batch_set (batch, "template", "book", &error)
                 && diglot_batch_set (batch, "timeout", "60", &error));
  g_assert_null (diglot_batch_run (batch, &error));
  g_assert_error (error, DIGLOT_ERROR, DIGLOT_ERROR_USAGE);
  g_clear_error (&error);
  diglot_batch_add_input (batch, one);
  diglot_batch_add_input (batch, two);
  diglot_batch_set_message_func (batch, on_message, &told, on_gone);
  diglot_batch_set_progress_func (batch, on_progress, &told, NULL);
  tally = diglot_batch_run (batch, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (diglot_tally_total (tally), ==, 2);
  g_assert_cmpuint (diglot_tally_failed (tally), ==, 1);
  g_assert_cmpuint (told.messages, ==, 1);
  g_assert_cmpuint (told.done, ==, 2);
  g_assert_true (g_file_test (made, G_FILE_TEST_EXISTS));
  g_clear_pointer (&batch, diglot_batch_free);
  g_assert_true (told.is_gone);
}

static void
test_types (void)
{
  const GType types[] = { DIGLOT_TYPE_OPTIONS,   DIGLOT_TYPE_FIGURES,    DIGLOT_TYPE_MESSAGE, DIGLOT_TYPE_PART,      DIGLOT_TYPE_BEAD,
                          DIGLOT_TYPE_CONVERTER, DIGLOT_TYPE_INPUT,      DIGLOT_TYPE_RESULT,  DIGLOT_TYPE_ALIGNMENT, DIGLOT_TYPE_BUNDLE,
                          DIGLOT_TYPE_LEARNER,   DIGLOT_TYPE_COLLECTION, DIGLOT_TYPE_BATCH,   DIGLOT_TYPE_TALLY };
  DiglotBead *bead = diglot_bead_new (1, 2, 3, 4), *copy = g_boxed_copy (DIGLOT_TYPE_BEAD, bead);

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    g_assert_true (G_TYPE_IS_BOXED (types[i]));
  g_assert_cmpuint (copy->n_b, ==, 4);
  g_boxed_free (DIGLOT_TYPE_BEAD, copy);
  diglot_bead_free (bead);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/named/options", test_options);
  g_test_add_func ("/named/references", test_references);
  g_test_add ("/named/batch", Scratch, NULL, scratch_set_up, test_batch, scratch_tear_down);
  g_test_add_func ("/named/types", test_types);
  return g_test_run ();
}
