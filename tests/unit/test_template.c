/* Templates: what an INI file and --set make of the page, and what a wrong one is told. */
#include "diglot.h"
#include "scratch.h"
#include "page/template.h"

static DgTemplate *
read_good (const char *name, const char *const *settings)
{
  g_autoptr (GError) error = NULL;
  DgTemplate *template = dg_template_new (name, settings, &error);
  g_assert_no_error (error);
  g_assert_nonnull (template);
  return template;
}

static char *
dup_dump (const DgTemplate *template)
{
  GString *out = g_string_new (NULL);
  dg_template_dump (template, out);
  return g_string_free (out, FALSE);
}

/* The message for a template that must not be read. */
static char *
dup_error (const char *name, const char *const *settings)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DgTemplate) template = dg_template_new (name, settings, &error);
  g_assert_null (template);
  g_assert_error (error, DIGLOT_ERROR, DIGLOT_ERROR_TEMPLATE);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  return g_strdup (error->message);
}

/* A file of the text in a folder of its own; free with remove_file. */
static char *
write_file (const char *text, gsize length)
{
  g_autofree char *dir = scratch_make ();
  char            *path = g_build_filename (dir, "t.ini", NULL);
  g_assert_true (g_file_set_contents (path, text, (gssize) length, NULL));
  return path;
}

static void
remove_file (char *path)
{
  g_autofree char *dir = g_path_get_dirname (path);
  scratch_remove (dir);
  g_free (path);
}

static void
test_design (void)
{
  g_autoptr (DgTemplate) t = read_good ("dispatch", NULL);
  double measures = t->page_size.width - t->margin_left - t->margin_right - t->gutter;
  g_assert_cmpfloat_with_epsilon (t->page_size.width, 595.28, .01);
  g_assert_cmpfloat_with_epsilon (t->page_size.height, 841.89, .01);
  g_assert_true (t->column_ratio.is_auto);
  g_assert_cmpfloat_with_epsilon (measures, 252.5 + 215.3, .2);
  g_assert_cmpfloat (t->grid, ==, 16.5);
  /* 43 steps below the first baseline, and not a 44th. */
  g_assert_cmpfloat (t->first_baseline + 42 * t->grid, <=, t->last_baseline);
  g_assert_cmpstr (t->font_latin, ==, "Gentium Book Plus");
  g_assert_cmpstr (t->font_arabic, ==, "Amiri");
  g_assert_cmpfloat_with_epsilon (t->accent.r, 155 / 255., 1e-9);
  g_assert_cmpfloat (t->space_min, ==, .86);
  g_assert_cmpint (t->kashida, ==, DG_KASHIDA_ONE);
}

/* templates/dispatch.ini shows every key with the value that the table has as its default. */
static void
test_dispatch_is_complete (void)
{
  char *empty = write_file ("", 0);
  g_autoptr (DgTemplate) defaults = read_good (empty, NULL);
  g_autoptr (DgTemplate) dispatch = read_good ("templates/dispatch.ini", NULL);
  g_autofree char *expected = dup_dump (defaults);
  g_autofree char *found = dup_dump (dispatch);
  g_assert_cmpstr (found, ==, expected);
  remove_file (empty);

  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_assert_true (g_key_file_load_from_file (file, "templates/dispatch.ini", G_KEY_FILE_NONE, NULL));
#define _(member, group, key, type, value, meaning) g_assert_true (g_key_file_has_key (file, group, key, NULL));
  DG_TEMPLATE_TABLE (_)
#undef _
}

/* What a dump says can be given back by --set, key by key, and means the same. */
static void
assert_round_trip (const DgTemplate *template)
{
  g_autofree char *first = dup_dump (template);
  g_autofree char *text = g_strchomp (g_strdup (first));
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autoptr (DgTemplate) again = read_good ("dispatch", (const char *const *) lines);
  g_autofree char *second = dup_dump (again);
  g_assert_cmpstr (second, ==, first);
#define DG_SAME_DOUBLE(m) g_assert_cmpfloat (again->m, ==, template->m)
  DG_SAME_DOUBLE (page_size.width);
  DG_SAME_DOUBLE (last_baseline);
  DG_SAME_DOUBLE (gutter);
  DG_SAME_DOUBLE (column_ratio.first);
  DG_SAME_DOUBLE (space_max);
  DG_SAME_DOUBLE (kicker_tracking);
  DG_SAME_DOUBLE (accent.g);
#undef DG_SAME_DOUBLE
  g_assert_cmpint (again->column_ratio.is_auto, ==, template->column_ratio.is_auto);
}

static void
test_round_trip (void)
{
  static const char *const cases[][6] = {
    { NULL },
    { "page.size=letter", "columns.ratio=auto", "columns.first=outside", NULL },
    { "page.size=180mm x 9.5in", "columns.gutter=7.1mm", "columns.ratio=57:41", NULL },
    { "columns.ratio=1:1.1", "justify.space-max=133.3", "head.kicker-tracking=-0.012", "fonts.accent=#01fE7f", NULL },
    { "columns.ratio=equal", "justify.kashida=none", "bidi.digits=language", "bidi.isolate=yes", "justify.text=no", NULL },
    { "columns.ratio = 0.54333333333:0.4321", "columns.ratio-min=50.05%", "grid.step = 6.05 mm", NULL },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (DgTemplate) template = read_good ("dispatch", cases[i]);
    assert_round_trip (template);
  }
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  for (guint i = 0; i < 300; i++) {
    g_autofree char  *gutter = g_strdup_printf ("columns.gutter=%d.%05dmm", g_rand_int_range (rand, 0, 20), g_rand_int_range (rand, 0, 100000));
    g_autofree char  *ratio = g_strdup_printf ("columns.ratio=%d:%d", g_rand_int_range (rand, 4000, 9000), g_rand_int_range (rand, 4000, 9000));
    const char *const settings[] = { gutter, ratio, NULL };
    g_autoptr (DgTemplate) template = read_good ("dispatch", settings);
    assert_round_trip (template);
  }
}

static void
test_units (void)
{
  static const struct {
    const char *setting;
    double      pt;
  } cases[] = {
    { "columns.gutter=25.5pt", 25.5 },
    { "columns.gutter=9mm", 9 * 72 / 25.4 },
    { "columns.gutter=.9 cm", 9 * 72 / 25.4 },
    { "columns.gutter=0.25in", 18 },
    { "columns.gutter=0", 0 },
    { " columns.gutter = +12pt ", 12 },
    { "columns.gutter=5.pt", 5 },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    const char *const settings[] = { cases[i].setting, NULL };
    g_autoptr (DgTemplate) template = read_good ("dispatch", settings);
    g_assert_cmpfloat_with_epsilon (template->gutter, cases[i].pt, 1e-9);
  }
}

/* Letter is shorter than A4 by 50 pt: the foot goes up with the page's end, and a foot that is given stays. */
static void
test_paper (void)
{
  const char *const letter[] = { "page.size=letter", NULL };
  g_autoptr (DgTemplate) t = read_good ("dispatch", letter);
  g_assert_cmpfloat_with_epsilon (t->page_size.width, 612, 1e-9);
  g_assert_cmpfloat_with_epsilon (792 - t->last_baseline, 841.89 - 777.5, .01);
  g_assert_cmpfloat_with_epsilon (792 - t->folio_at, 841.89 - 809.9, .01);
  g_assert_cmpfloat (t->first_baseline, ==, 68);

  const char *const given[] = { "page.last-baseline=700pt", "page.size=letter", NULL };
  g_autoptr (DgTemplate) u = read_good ("dispatch", given);
  g_assert_cmpfloat (u->last_baseline, ==, 700);

  static const char *const sizes[] = { "page.size=a5", "page.size=tabloid", "page.size=A4", "page.size=20x30" };
  for (guint i = 0; i < 2; i++) {
    const char *const settings[] = { sizes[i], NULL };
    g_autoptr (DgTemplate) other = read_good ("dispatch", settings);
    g_assert_nonnull (other);
  }
  for (guint i = 2; i < 4; i++) {
    const char *const settings[] = { sizes[i], NULL };
    g_autofree char  *message = dup_error ("dispatch", settings);
    g_assert_true (g_str_has_prefix (message, "--set: error: page.size is "));
  }
}

/* A template of one's own names only what differs; --set goes before both. */
static void
test_extends (void)
{
  static const char text[] = "\xEF\xBB\xBF# mine\r\n[template]\r\nextends = dispatch\r\n[body]\r\nsize = 9pt\r\nsize = 9.5pt\r\n[columns]\r\ngutter=1cm\r\n";
  char             *path = write_file (text, sizeof text - 1);
  const char *const settings[] = { "columns.gutter=8mm", NULL };
  g_autoptr (DgTemplate) t = read_good (path, settings);
  g_assert_cmpfloat (t->body_size, ==, 9.5);
  g_assert_cmpfloat (t->body_size_ar, ==, 12);
  g_assert_cmpfloat_with_epsilon (t->gutter, 8 * 72 / 25.4, 1e-9);
  remove_file (path);
}

/* Each broken template under tests/golden/template gets the message that stands beside it; DIGLOT_REGEN=1 writes it anew. */
static void
test_broken (void)
{
  static const char folder[] = "tests/golden/template";
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  g_assert_nonnull (dir);
  guint n = 0;
  for (const char *file = g_dir_read_name (dir); file; file = g_dir_read_name (dir)) {
    if (!g_str_has_suffix (file, ".ini"))
      continue;
    g_autofree char *path = g_build_filename (folder, file, NULL);
    g_autofree char *golden = g_strdup_printf ("%.*s.diag", (int) strlen (path) - 4, path);
    g_autofree char *line = dup_error (path, NULL);
    g_autofree char *found = g_strconcat (line, "\n", NULL);
    g_autofree char *expected = NULL;
    if (g_getenv ("DIGLOT_REGEN"))
      g_assert_true (g_file_set_contents (golden, found, -1, NULL));
    g_assert_true (g_file_get_contents (golden, &expected, NULL, NULL));
    g_test_message ("%s", path);
    g_assert_cmpstr (found, ==, expected);
    n++;
  }
  g_assert_cmpuint (n, >=, 30);
}

static void
test_settings (void)
{
  static const struct {
    const char *setting, *message;
  } cases[] = {
    { "page.size", "--set: error: “page.size” is not GROUP.KEY=VALUE [template.syntax]" },
    { "", "--set: error: “” is not GROUP.KEY=VALUE [template.syntax]" },
    { "size=a4", "--set: error: there is no key “size”; did you mean page.size? [template.unknown-key]" },
    { "nowhere=a4", "--set: error: “nowhere=a4” is not GROUP.KEY=VALUE [template.syntax]" },
    { "page.siez=a4", "--set: error: there is no key as in “page.siez=a4”; did you mean page.size? [template.unknown-key]" },
    { "template.extends=x", "--set: error: there is no key as in “template.extends=x” [template.unknown-key]" },
    { "body.size=nan", "--set: error: body.size is “nan”; expected a type size in pt [template.value]" },
    { "body.size=501pt", "--set: error: body.size is 501pt; it may be 1pt to 500pt [template.range]" },
    { "justify.space-min=130", "--set: error: justify.space-min is 130; it may be 10 to 100 [template.range]" },
    { "furniture.folio-size=.5pt", "--set: error: furniture.folio-size is .5pt; it may be 0, or 1pt to 500pt [template.range]" },
    { "grid.step=0", "--set: error: grid.step is 0; it may be 1pt to 14173.25pt [template.range]" },
    { "page.margin-left=600pt", "--set: error: margins and gutter leave no room on a page of 595.3 pt for the measures [template.geometry]" },
    { "fonts.latin=a\x1b[31m", "--set: error: fonts.latin is “a<U+001B>[31m”; expected the name of one family [template.value]" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    const char *const settings[] = { cases[i].setting, NULL };
    g_autofree char  *message = dup_error ("dispatch", settings);
    g_assert_cmpstr (message, ==, cases[i].message);
  }
  const char *const not_utf8[] = { "fonts.latin=\xff", NULL };
  g_autofree char  *message = dup_error ("dispatch", not_utf8);
  g_assert_true (g_str_has_suffix (message, "is not UTF-8 [template.syntax]"));
}

/* Furniture that 0 turns off. */
/* A family for any script, by its name or code; the script as it is written goes before its letters. */
static void
test_families (void)
{
  char             *path = write_file ("[fonts]\nNastaliq = Amiri\nhan=One\nHant = Two\nlatin = Three\n", -1);
  const char *const settings[] = { "fonts.hebrew=Four", NULL }, *const wrong[] = { "fonts.klingonese=Four", NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (DgTemplate) t = dg_template_new (path, settings, &error);
  static const char *const cases[][2] = {
    { "ur", "Amiri" }, { "ar", "Amiri" }, { "zh", "One" }, { "zh-TW", "Two" }, { "ja", "One" }, { "en", "Three" }, { "ru", "Three" }, { "yi", "Four" },
  };
  g_autofree char *at = g_strconcat (path, ":2:12", NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpstr (dg_template_family (t, cases[i][0]), ==, cases[i][1]);
  g_assert_cmpstr (((DgTemplateFamily *) g_hash_table_lookup (t->families, "Aran"))->at, ==, at);
  g_autofree char *dump = dup_dump (t);
  g_assert_nonnull (strstr (dump, "fonts.Aran = Amiri\nfonts.Hani = One\nfonts.Hant = Two\nfonts.Hebr = Four\n"));
  g_assert_null (dg_template_new (path, wrong, &error));
  g_assert_nonnull (strstr (error->message, "there is no key as in “fonts.klingonese=Four”"));
  remove_file (path);
}

static void
test_none (void)
{
  const char *const settings[] = { "furniture.folio-size=0", "furniture.running-size=0pt", "body.bead-rule=0", "caption.end-rule-gap=0", NULL };
  g_autoptr (DgTemplate) t = read_good ("dispatch", settings);
  g_assert_cmpfloat (t->folio_size, ==, 0);
}

static void
test_names (void)
{
  static const char *const names[] = {
    "",          ".",    "..",          "gazette", "dispatch.", "../templates/dispatch", "/",        "/dev/zero",
    "/dev/null", "/etc", "no/such.ini", ".ini",    "templates", "disp\x1b[31match",      "\xff\xfe", "tests/golden/template",
  };
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree char *message = dup_error (names[i], NULL);
    g_assert_null (strchr (message, '\x1b'));
    g_assert_true (g_str_has_suffix (message, " [template.missing]"));
  }
  g_autofree char *list = dg_template_list ();
  g_assert_nonnull (strstr (list, "dispatch\n"));
}

/* Large, binary and cut files end in a message or a template, never in a crash or a long wait. */
static void
test_hostile (void)
{
  gsize            length = 10 * 1024 * 1024;
  g_autofree char *large = g_malloc (length);
  memset (large, '[', length);
  char            *path = write_file (large, length);
  g_autofree char *message = dup_error (path, NULL);
  g_assert_true (g_str_has_suffix (message, "the template is larger than 1 MiB [template.size]"));
  remove_file (path);

  g_autoptr (GString) many = g_string_new ("[page]\n");
  while (many->len < 1000 * 1000)
    g_string_append (many, "size=a4\n[body]\n[page]\n");
  path = write_file (many->str, many->len);
  g_autoptr (DgTemplate) repeated = read_good (path, NULL);
  g_assert_nonnull (repeated);
  remove_file (path);

  g_autofree char *good = NULL;
  gsize            good_length = 0;
  g_assert_true (g_file_get_contents ("templates/dispatch.ini", &good, &good_length, NULL));
  g_autoptr (GRand) rand = g_rand_new_with_seed (42);
  path = write_file ("", 0);
  for (guint i = 0; i < 600; i++) {
    g_autofree char *bytes = g_memdup2 (good, good_length);
    gsize            cut = i % 3 == 0 ? (gsize) g_rand_int_range (rand, 0, (gint32) good_length) : good_length;
    for (guint k = 0; k < 1 + i % 40; k++)
      bytes[g_rand_int_range (rand, 0, (gint32) good_length)] = (char) (i % 2 ? g_rand_int_range (rand, 0, 256) : g_rand_int_range (rand, 9, 127));
    FILE *out = g_fopen (path, "wb");
    g_assert_nonnull (out);
    fwrite (bytes, 1, cut, out);
    fclose (out);
    g_autoptr (GError) error = NULL;
    g_autoptr (DgTemplate) template = dg_template_new (path, NULL, &error);
    g_assert_true ((template == NULL) == (error != NULL));
    if (error)
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
  }
  remove_file (path);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/template/design", test_design);
  g_test_add_func ("/template/dispatch-is-complete", test_dispatch_is_complete);
  g_test_add_func ("/template/round-trip", test_round_trip);
  g_test_add_func ("/template/units", test_units);
  g_test_add_func ("/template/paper", test_paper);
  g_test_add_func ("/template/extends", test_extends);
  g_test_add_func ("/template/broken", test_broken);
  g_test_add_func ("/template/settings", test_settings);
  g_test_add_func ("/template/families", test_families);
  g_test_add_func ("/template/none", test_none);
  g_test_add_func ("/template/names", test_names);
  g_test_add_func ("/template/hostile", test_hostile);
  return g_test_run ();
}
