/* test_align.c: paragraphs merged, dropped and added are paired right; doubtful and lonely ones are named; meaning, not freedom, is
 * what the lexicon adds. */
#include "pair/align.h"
#include "pair/tokens.h"
#include "scratch.h"

#include <gio/gio.h>
#include <json-glib/json-glib.h>
#include <time.h>

/* News of an invented harbour town. */
static const char *const news[][2] = {
  { "The council of Port Selma voted on Monday to build a new bridge over the river Lahn.",
    "صوّت مجلس مدينة بورت سلمى يوم الاثنين على بناء جسر جديد فوق نهر لان." },
  { "The old bridge, which is 120 years old, was closed in March 2021 after an engineer found cracks in its stones.",
    "وكان الجسر القديم الذي يبلغ عمره 120 عاماً قد أُغلق في آذار/مارس 2021 بعد أن وجد مهندس شقوقاً في حجارته." },
  { "Mayor Dalia Karam called it \"the most important project of this century\".", "ووصفته رئيسة البلدية داليا كرم بأنه «أهم مشروع في هذا القرن»." },
  { "It will cost 45 million dollars, half of which the national government will pay.", "وستبلغ كلفته 45 مليون دولار تدفع الحكومة الوطنية نصفها." },
  { "Who will pay for the other half?", "من سيدفع النصف الآخر؟" },
  { "The fishermen of the village of Tamra, who live on the other side of the river, have waited for four years; their children need two hours "
    "to reach the school, and the sick are carried to the hospital by boat.",
    "وينتظر صيادو قرية تمرة الذين يعيشون على الضفة الأخرى من النهر منذ أربع سنوات، إذ يحتاج أطفالهم إلى ساعتين للوصول إلى المدرسة، "
    "ويُنقل المرضى إلى المستشفى بالقارب." },
  { "\"Water is not our enemy,\" said Yusuf Nader, a teacher.", "وقال المعلم يوسف نادر: «الماء ليس عدونا»." },
  { "Work begins in September and will take 18 months.", "ويبدأ العمل في أيلول/سبتمبر ويستمر 18 شهراً." },
  { "A company from Ankara, Demir Yapi, won the contract against six others.", "وفازت بالعقد شركة «دمير يابي» من أنقرة متقدمة على ست شركات أخرى." },
  { "The police have asked drivers to use the road through the mountains until the end of the year.",
    "وطلبت الشرطة من السائقين استعمال الطريق عبر الجبال حتى نهاية السنة." },
  { "Trade in the market has fallen by 30% since the closing.", "وتراجعت التجارة في السوق بنسبة 30% منذ الإغلاق." },
  { "Some merchants have left the city, and 14 shops stand empty in the street of the goldsmiths alone.",
    "وغادر بعض التجار المدينة، وبات 14 متجراً خالياً في شارع الصاغة وحده." },
  { "The museum of the sea opens its doors free of charge on Friday (10:00 to 16:00).", "ويفتح متحف البحر أبوابه مجاناً يوم الجمعة (10:00 إلى 16:00)." },
  { "Visitors will see the plans, photographs of the old bridge and a model made of wood.",
    "وسيرى الزوار المخططات وصور الجسر القديم ونموذجاً مصنوعاً من الخشب." },
  { "Students of the university have written a book on its history; the library will lend it from 7 May.",
    "وكتب طلاب من الجامعة كتاباً عن تاريخه تعيره المكتبة ابتداء من 7 أيار/مايو." },
  { "Heavy rain is expected at night.", "ويُتوقع هطول أمطار غزيرة ليلاً." },
};

typedef struct {
  GPtrArray *text[2]; /* char*, owned */
  GArray    *beads;   /* DgBead: the truth */
} Sample;

static Sample
begin (void)
{
  return (Sample){ { g_ptr_array_new_with_free_func (g_free), g_ptr_array_new_with_free_func (g_free) }, g_array_new (FALSE, TRUE, sizeof (DgBead)) };
}

static void
finish (Sample *sample)
{
  g_ptr_array_unref (sample->text[0]);
  g_ptr_array_unref (sample->text[1]);
  g_array_unref (sample->beads);
}

/* Adds @n pairs as one bead, all in one paragraph on the sides that are not @split; side @dropped (2 for none) is left out. */
static void
put (Sample *sample, const char *const (*pairs)[2], guint n, guint split, guint dropped)
{
  DgBead bead = { sample->text[0]->len, 0, sample->text[1]->len, 0, 0, FALSE };

  for (guint side = 0; side < 2; side++) {
    g_autoptr (GString) joined = g_string_new (NULL);

    if (side == dropped)
      continue;
    for (guint i = 0; i < n; i++) {
      if (side == split) {
        g_ptr_array_add (sample->text[side], g_strdup (pairs[i][side]));
        continue;
      }
      g_string_append_printf (joined, "%s%s", i > 0 ? " " : "", pairs[i][side]);
    }
    if (side != split)
      g_ptr_array_add (sample->text[side], g_strdup (joined->str));
  }
  bead.n_a = sample->text[0]->len - bead.a;
  bead.n_b = sample->text[1]->len - bead.b;
  g_array_append_val (sample->beads, bead);
}

/* The pairs, of which so many in a hundred begin a merger, and so many are dropped on one side. */
static void
disturb (Sample *sample, const char *const (*pairs)[2], guint n, gint merged, gint dropped)
{
  for (guint i = 0; i < n;) {
    gint roll = g_test_rand_int_range (0, 100);

    if (roll < merged && i + 1 < n) {
      guint joined = roll < 1 && i + 2 < n ? 3 : 2;

      put (sample, pairs + i, joined, (guint) g_test_rand_int_range (0, 2), 2);
      i += joined;
    } else {
      put (sample, pairs + i, 1, 2, roll < merged + dropped ? (guint) g_test_rand_int_range (0, 2) : 2);
      i++;
    }
  }
}

/* A document of body paragraphs alone; paragraph i of the first text stands in line i + 1, the second text's follow. */
static DgDoc *
make_doc (const Sample *sample, const char *lang_a, const char *lang_b)
{
  g_autoptr (DgSource) source = dg_source_new ("t.txt", g_strdup ("x\n"), 2, "utf-8");
  DgDoc *doc = dg_doc_new (source);
  guint  line = 1;

  doc->n_texts = 2;
  for (guint side = 0; side < 2; side++) {
    doc->text[side].lang = g_strdup (side == 0 ? lang_a : lang_b);
    for (guint i = 0; i < sample->text[side]->len; i++, line++) {
      DgNode *node = dg_node_new (DG_ROLE_BODY);
      DgPlace place = { 0, line, 1 };

      node->text = g_strdup (sample->text[side]->pdata[i]);
      g_array_append_val (node->lines, line);
      g_array_append_val (node->places, place);
      g_ptr_array_add (doc->text[side].nodes, node);
    }
  }
  return doc;
}

/* Every paragraph in one bead, in order. */
static void
assert_whole (const DgAlign *align, guint n_a, guint n_b)
{
  guint a = 0, b = 0;

  for (guint i = 0; i < align->beads->len; i++) {
    const DgBead *bead = &g_array_index (align->beads, DgBead, i);

    g_assert_true (bead->n_a == 0 || bead->a == a);
    g_assert_true (bead->n_b == 0 || bead->b == b);
    g_assert_cmpuint (bead->n_a + bead->n_b, >, 0);
    g_assert_true (bead->score >= 0 && bead->score <= 1);
    a += bead->n_a;
    b += bead->n_b;
  }
  g_assert_cmpuint (a, ==, n_a);
  g_assert_cmpuint (b, ==, n_b);
}

typedef struct {
  guint right, found, there;
  guint sure, sure_right;
} Score;

static double
measure (const Score *score)
{
  return 2.0 * score->right / MAX (score->found + score->there, 1);
}

static void
judge (const Sample *sample, const char *lang_a, const char *lang_b, Score *score)
{
  g_autoptr (DgDoc) doc = make_doc (sample, lang_a, lang_b);
  g_autoptr (DgDiag) diag = dg_diag_new ("t.txt");
  g_autoptr (DgAlign) align = dg_align_new (doc, NULL, NULL, diag);

  assert_whole (align, sample->text[0]->len, sample->text[1]->len);
  score->found += align->beads->len;
  score->there += sample->beads->len;
  for (guint i = 0; i < align->beads->len; i++) {
    const DgBead *bead = &g_array_index (align->beads, DgBead, i);
    gboolean      right = FALSE;

    for (guint k = 0; k < sample->beads->len; k++) {
      const DgBead *truth = &g_array_index (sample->beads, DgBead, k);

      right |= bead->n_a == truth->n_a && bead->n_b == truth->n_b && (bead->n_a == 0 || bead->a == truth->a) && (bead->n_b == 0 || bead->b == truth->b);
    }
    score->right += right;
    score->sure += bead->score >= 0.9;
    score->sure_right += right && bead->score >= 0.9;
  }
}

/* Property: shapes that a reader sees at once are found, and the messages stand at the right lines. */
static void
test_evident (void)
{
  Sample sample = begin ();
  g_autoptr (DgDoc) doc = NULL;
  g_autoptr (DgDiag) diag = dg_diag_new ("t.txt");
  g_autoptr (DgAlign) align = NULL;
  g_autoptr (GString) dump = g_string_new (NULL);
  const DiglotMessage *messages;
  guint                n;

  put (&sample, news, 1, 2, 2);
  put (&sample, news + 1, 2, 0, 2); /* two of the first are one of the second */
  put (&sample, news + 3, 1, 2, 1); /* not translated */
  put (&sample, news + 4, 1, 2, 2);
  put (&sample, news + 5, 2, 1, 2);
  put (&sample, news + 7, 1, 2, 0); /* added */
  put (&sample, news + 8, 1, 2, 2);
  put (&sample, news + 9, 3, 0, 2);
  doc = make_doc (&sample, "en", "ar");
  align = dg_align_new (doc, NULL, NULL, diag);
  g_assert_cmpuint (align->beads->len, ==, sample.beads->len);
  for (guint i = 0; i < align->beads->len; i++) {
    const DgBead *bead = &g_array_index (align->beads, DgBead, i), *truth = &g_array_index (sample.beads, DgBead, i);

    g_assert_cmpuint (bead->n_a, ==, truth->n_a);
    g_assert_cmpuint (bead->n_b, ==, truth->n_b);
  }
  dg_align_dump (align, dump);
  g_test_message ("%s", dump->str);
  g_assert_true (g_str_has_prefix (dump->str, "1-1 1 11 "));
  g_assert_nonnull (strstr (dump->str, "\n2-1 2+3 12 "));
  g_assert_nonnull (strstr (dump->str, "\n1-0 4 - "));
  g_assert_nonnull (strstr (dump->str, "\n1-2 6 14+15 "));
  g_assert_nonnull (strstr (dump->str, "\n0-1 - 16 "));
  g_assert_nonnull (strstr (dump->str, "\n3-1 8+9+10 18 "));
  messages = dg_diag_list (diag, &n);
  g_assert_cmpuint (n, ==, 2);
  g_assert_cmpstr (messages[0].code, ==, "align.unpaired");
  g_assert_cmpuint (messages[0].line, ==, 4);
  g_assert_cmpstr (messages[1].code, ==, "align.unpaired");
  g_assert_cmpuint (messages[1].line, ==, 16);
  finish (&sample);
}

/* Every bead as in the truth. */
static void
assert_right (const Sample *sample, const char *lang_a, const char *lang_b)
{
  Score score = { 0 };

  judge (sample, lang_a, lang_b, &score);
  g_assert_cmpuint (score.right, ==, score.there);
  g_assert_cmpuint (score.found, ==, score.there);
}

/* Property: a short version, which leaves out the end, is not stretched over the whole: what it has is paired one by one, and the rest
 * stands alone. */
static void
test_short_version (void)
{
  Score score = { 0 };

  for (guint kept = 3; kept <= 12; kept++)
    for (guint lacking = 0; lacking < 2; lacking++) {
      Sample sample = begin ();

      for (guint i = 0; i < G_N_ELEMENTS (news); i++)
        put (&sample, news + i, 1, 2, i < kept ? 2 : lacking);
      judge (&sample, "en", "ar", &score);
      finish (&sample);
    }
  g_test_message ("F1 %.3f, of %u sure ones %u right", measure (&score), score.sure, score.sure_right);
  g_assert_cmpfloat (measure (&score), >=, 0.97);
  g_assert_cmpfloat (score.sure_right, >=, 0.985 * score.sure);
}

/* Property: where a sentence stands behind the border of its paragraph in one text and before it in the other, the two paragraphs of both are
 * one bead. */
static void
test_border (void)
{
  static const char *const moved[][2] = {
    { "The library of Tamra opens again on Monday after five years. Readers may borrow three books at a time. The old reading room keeps its lamps.",
      "تفتح مكتبة تمرة أبوابها من جديد يوم الاثنين بعد خمس سنوات. ويمكن للقراء استعارة ثلاثة كتب في كل مرة." },
    { "A lift was built for 320,000 euros.", "واحتفظت قاعة القراءة القديمة بمصابيحها. وبُني مصعد بكلفة 320,000 يورو." },
  };
  Sample sample = begin ();
  DgBead bead = { 0 };

  put (&sample, news, 1, 2, 2);
  put (&sample, news + 1, 1, 2, 2);
  bead = (DgBead){ .a = 2, .n_a = 2, .b = 2, .n_b = 2 };
  g_array_append_val (sample.beads, bead);
  for (guint i = 0; i < 2; i++)
    for (guint side = 0; side < 2; side++)
      g_ptr_array_add (sample.text[side], g_strdup (moved[i][side]));
  put (&sample, news + 4, 1, 2, 2);
  put (&sample, news + 7, 1, 2, 2);
  assert_right (&sample, "en", "ar");
  finish (&sample);
}

/* Property: a paragraph that both texts have word for word, as a title that is quoted, is paired, whatever stands around it. */
static void
test_same_text (void)
{
  static const char *const song[1][2] = { { "\"Nobody sleeps upon the quay while yet the boats are out at sea\"",
                                            "«Nobody sleeps upon the quay, while yet the boats are out at sea»" } };
  Sample                   sample = begin ();

  put (&sample, news + 3, 1, 2, 2);
  put (&sample, news + 9, 1, 2, 1);
  put (&sample, song, 1, 2, 2);
  put (&sample, news + 13, 1, 2, 0);
  put (&sample, news + 15, 1, 2, 2);
  assert_right (&sample, "en", "ar");
  finish (&sample);
}

/* Property: sentences are counted as a reader does: neither abbreviations nor figures end one, and what marks none has one. */
static void
test_sentences (void)
{
  static const struct {
    const char *lang, *text;
    guint       sentences;
    double      last;
  } cases[] = {
    { "en", "The boat left. It came back at 4.30 p.m. with Dr. Karam on board! \"Who knows why?\" asked the U.S. envoy.", 3, 39 },
    { "en", "He wrote... and wrote.", 1, 22 },
    { "ar", "غادر القارب. وعاد في المساء! فمن يعرف السبب؟", 3, 16 },
    { "zh", "船开走了。傍晚又回来了！谁知道呢？", 3, 5 },
    { "ur", "کشتی چلی گئی۔ شام کو واپس آئی۔", 2, 17 },
    { "th", "เรือออกจากท่าแล้วกลับมา", 1, 19 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (DgLexicon) lexicon = dg_lexicon_new (cases[i].lang);
    g_autoptr (DgTokens) tokens = dg_tokens_new (cases[i].lang, lexicon, NULL, &cases[i].text, 1);
    const DgTokenPara *para = &g_array_index (tokens->paras, DgTokenPara, 0);

    g_test_message ("%s: %u sentences, the last %g", cases[i].text, para->sentences, para->ends[1].length);
    g_assert_cmpuint (para->sentences, ==, cases[i].sentences);
    g_assert_cmpfloat (para->ends[1].length, ==, cases[i].last);
    g_assert_cmpuint (para->ends[1].first + para->ends[1].n, ==, para->first + para->n);
    g_assert_cmpuint (para->ends[0].first, ==, para->first);
    g_assert_cmpint (tokens->pointed, ==, strcmp (cases[i].lang, "th") != 0);
  }
}

/* Whether a bead is among the found ones as it was fixed. */
static gboolean
is_among (const GArray *beads, const DgBead *wanted)
{
  for (guint i = 0; i < beads->len; i++) {
    const DgBead *bead = &g_array_index (beads, DgBead, i);

    if (bead->fixed && bead->n_a == wanted->n_a && bead->n_b == wanted->n_b && (bead->n_a == 0 || bead->a == wanted->a)
        && (bead->n_b == 0 || bead->b == wanted->b))
      return bead->score == 1;
  }
  return FALSE;
}

/* Property: whatever beads are fixed, of any shape and however far from what the texts say, they are found, and all other paragraphs are
 * paired around them; in texts that are searched whole and in those that are searched in a band. */
static void
test_fixed (void)
{
  for (guint round = 0; round < 12; round++) {
    guint  n = round < 10 ? 40 : 700, a = 0, b = 0;
    Sample sample = begin ();
    g_autoptr (DgDoc) doc = NULL;
    g_autoptr (DgDiag) diag = dg_diag_new ("t.txt");
    g_autoptr (DgAlign) align = NULL;
    g_autoptr (GArray) fixed = g_array_new (FALSE, TRUE, sizeof (DgBead)), alone = g_array_new (FALSE, TRUE, sizeof (DgBead));

    for (guint i = 0; i < n; i++)
      put (&sample, &news[i % G_N_ELEMENTS (news)], 1, 2, 2);
    doc = make_doc (&sample, "en", "ar");
    for (;;) {
      DgBead bead = { .score = 1, .fixed = TRUE };
      guint  shape = (guint) g_test_rand_int_range (0, 10), most = shape == 0 ? n / 3 : 4;

      bead.a = a += (guint) g_test_rand_int_range (0, 9);
      bead.b = b += (guint) g_test_rand_int_range (0, 9);
      bead.n_a = shape == 1 ? 0 : (guint) g_test_rand_int_range (1, (gint) most + 1);
      bead.n_b = shape == 1 || shape == 2 ? shape == 1 : (guint) g_test_rand_int_range (1, (gint) most + 1);
      bead.n_a = shape == 2 ? 1 : bead.n_a;
      if (bead.a + bead.n_a > n || bead.b + bead.n_b > n)
        break;
      a += bead.n_a;
      b += bead.n_b;
      g_array_append_val (bead.n_a > 0 && bead.n_b > 0 ? fixed : alone, bead);
    }
    g_array_append_vals (fixed, alone->data, alone->len);
    align = dg_align_new (doc, fixed, NULL, diag);
    assert_whole (align, n, n);
    for (guint i = 0; i < fixed->len; i++)
      g_assert_true (is_among (align->beads, &g_array_index (fixed, DgBead, i)));
    finish (&sample);
  }
}

/* Property: paragraphs that say nothing of each other are paired with doubt, and the doubt is told with both lines. */
static void
test_doubt (void)
{
  Sample sample = begin ();
  g_autoptr (DgDoc) doc = NULL;
  g_autoptr (DgDiag) diag = dg_diag_new ("t.txt");
  g_autoptr (DgAlign) align = NULL;
  const DiglotMessage *messages;
  guint                n, doubts = 0;

  for (guint i = 0; i < 3; i++)
    g_ptr_array_add (sample.text[0], g_strdup ("Nothing whatever happened here."));
  for (guint i = 0; i < 2; i++)
    g_ptr_array_add (sample.text[1], g_strdup ("قيل كلام لا معنى له هنا."));
  doc = make_doc (&sample, "en", "ar");
  align = dg_align_new (doc, NULL, NULL, diag);
  assert_whole (align, 3, 2);
  messages = dg_diag_list (diag, &n);
  for (guint i = 0; i < n; i++)
    if (strcmp (messages[i].code, "align.low-confidence") == 0) {
      doubts++;
      g_assert_cmpuint (messages[i].line, <=, 3);
      g_assert_nonnull (strstr (messages[i].text, "line "));
    }
  g_assert_cmpuint (doubts, >, 0);
  finish (&sample);
}

/* Property: of merged, dropped and added paragraphs of a shipped text nearly all are paired right without any dictionary, in either
 * order, and a high score can be trusted. */
/* A paragraph without a counterpart is no doubtful pair, however low its score. */
static void
test_doubtful_bead (void)
{
  g_assert_true (dg_bead_is_doubtful (&(const DgBead){ .n_a = 1, .n_b = 1, .score = 0 }));
  g_assert_true (dg_bead_is_doubtful (&(const DgBead){ .n_a = 2, .n_b = 1, .score = 0 }));
  g_assert_false (dg_bead_is_doubtful (&(const DgBead){ .n_a = 1, .n_b = 1, .score = 1 }));
  g_assert_false (dg_bead_is_doubtful (&(const DgBead){ .n_a = 1, .n_b = 0, .score = 0 }));
  g_assert_false (dg_bead_is_doubtful (&(const DgBead){ .n_a = 0, .n_b = 1, .score = 0 }));
}

static void
test_disturbed (void)
{
  Score score = { 0 };

  for (guint round = 0; round < 60; round++) {
    Sample sample = begin ();

    disturb (&sample, news, G_N_ELEMENTS (news), 6, 4);
    judge (&sample, "en", "ar", &score);
    if (round % 2 == 0) {
      Sample mirrored = begin ();

      for (guint i = 0; i < sample.beads->len; i++) {
        DgBead bead = g_array_index (sample.beads, DgBead, i);
        DgBead turned = { bead.b, bead.n_b, bead.a, bead.n_a, 0, FALSE };

        g_array_append_val (mirrored.beads, turned);
      }
      for (guint side = 0; side < 2; side++)
        for (guint i = 0; i < sample.text[side]->len; i++)
          g_ptr_array_add (mirrored.text[!side], g_strdup (sample.text[side]->pdata[i]));
      judge (&mirrored, "ar", "en", &score);
      finish (&mirrored);
    }
    finish (&sample);
  }
  g_test_message ("F1 %.3f, of %u sure ones %u right", measure (&score), score.sure, score.sure_right);
  g_assert_cmpfloat (measure (&score), >=, 0.96);
  g_assert_cmpfloat (score.sure_right, >=, 0.99 * score.sure);
  g_assert_cmpfloat (score.sure, >=, 0.85 * score.found);
}

/* A word of @n syllables; the first letter's offset tells the script. */
static char *
invent_word (guint n, gboolean cyrillic)
{
  static const char *const latin[] = { "ba", "do", "fi", "gu", "ka", "lo", "mi", "nu", "pa", "ro", "se", "tu", "ve", "zo" };
  static const char *const other[] = { "бе", "ду", "фа", "ги", "ко", "лу", "мо", "на", "пи", "ра", "су", "те", "во", "зи" };
  GString                 *word = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    g_string_append (word, (cyrillic ? other : latin)[g_test_rand_int_range (0, G_N_ELEMENTS (latin))]);
  return g_string_free (word, FALSE);
}

static void
write_dictionary (const char *folder, char *const (*words)[2], const guint *order, guint n)
{
  static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  g_autoptr (GString) text = g_string_new ("header\n"), index = g_string_new (NULL);
  g_autofree char *packed = g_build_filename (folder, "freedict-ukr-eng.dict.dz", NULL);
  g_autofree char *listed = g_build_filename (folder, "freedict-ukr-eng.index", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (packed);

  for (guint i = 0; i < n; i++) {
    gsize from = text->len, length;

    g_string_append_printf (text, "%s /x/\n%s\n", words[i][1], words[order[i]][0]);
    length = text->len - from;
    g_string_append_printf (index, "w\t%c%c%c%c\t%c%c\n", digits[from >> 18 & 63], digits[from >> 12 & 63], digits[from >> 6 & 63], digits[from & 63],
                            digits[length >> 6 & 63], digits[length & 63]);
  }
  {
    g_autoptr (GFileOutputStream) raw = g_file_replace (file, NULL, FALSE, G_FILE_CREATE_NONE, NULL, NULL);
    g_autoptr (GZlibCompressor) zip = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 6);
    g_autoptr (GOutputStream) stream = g_converter_output_stream_new (G_OUTPUT_STREAM (raw), G_CONVERTER (zip));

    g_assert_true (g_output_stream_write_all (stream, text->str, text->len, NULL, NULL, NULL));
    g_assert_true (g_output_stream_close (stream, NULL, NULL));
  }
  g_assert_true (g_file_set_contents (listed, index->str, -1, NULL));
}

/* Property: what a lexicon adds is its meaning.  Texts of invented words are paired better with their dictionary than with none or with
 * one whose translations are shuffled. */
static void
test_meaning (void)
{
  enum { N_WORDS = 300, N_PARAS = 16, N_TEXTS = 24 };
  static char *words[N_WORDS][2];
  guint        order[3][N_WORDS];
  double       reached[3];
  Sample       samples[N_TEXTS];

  for (guint i = 0; i < N_WORDS; i++) {
    words[i][0] = invent_word ((guint) g_test_rand_int_range (2, 5), FALSE);
    words[i][1] = invent_word ((guint) g_test_rand_int_range (2, 5), TRUE);
    order[0][i] = order[1][i] = order[2][i] = i;
  }
  for (guint i = N_WORDS - 1; i > 0; i--) {
    guint k = (guint) g_test_rand_int_range (0, (gint) i + 1), kept = order[2][i];

    order[2][i] = order[2][k];
    order[2][k] = kept;
  }
  for (guint t = 0; t < N_TEXTS; t++) {
    char *pairs[N_PARAS][2];

    samples[t] = begin ();
    for (guint p = 0; p < N_PARAS; p++) {
      GString *a = g_string_new (NULL), *b = g_string_new (NULL);
      guint    n = (guint) g_test_rand_int_range (9, 13);

      for (guint i = 0; i < n; i++) {
        guint w = (guint) g_test_rand_int_range (0, N_WORDS);

        g_string_append_printf (a, "%s ", words[w][0]);
        /* A translation in another order, not word for word. */
        if (g_test_rand_int_range (0, 4) > 0) {
          g_autofree char *word = g_strdup_printf ("%s ", words[w][1]);

          g_string_insert (b, g_test_rand_bit () ? 0 : -1, word);
        } else {
          g_autofree char *word = invent_word (3, TRUE);

          g_string_append_printf (b, "%s ", word);
        }
      }
      pairs[p][0] = g_string_free (a, FALSE);
      pairs[p][1] = g_string_free (b, FALSE);
    }
    disturb (&samples[t], (const char *const(*)[2]) pairs, N_PARAS, 10, 15);
    for (guint p = 0; p < N_PARAS; p++) {
      g_free (pairs[p][0]);
      g_free (pairs[p][1]);
    }
  }
  for (guint k = 0; k < 3; k++) {
    Score score = { 0 };

    write_dictionary (g_getenv ("DIGLOT_DICTIONARIES"), (char *const(*)[2]) words, order[k], k == 1 ? 0 : N_WORDS);
    for (guint t = 0; t < N_TEXTS; t++)
      judge (&samples[t], "en", "uk", &score);
    reached[k] = measure (&score);
  }
  g_test_message ("F1 with the dictionary %.3f, emptied %.3f, shuffled %.3f", reached[0], reached[1], reached[2]);
  g_assert_cmpfloat (reached[0], >=, 0.95);
  /* At least twice the errors without it. */
  g_assert_cmpfloat (2 * (1 - reached[0]), <, 1 - reached[1]);
  g_assert_cmpfloat (2 * (1 - reached[0]), <, 1 - reached[2]);
  for (guint t = 0; t < N_TEXTS; t++)
    finish (&samples[t]);
  for (guint i = 0; i < N_WORDS; i++) {
    g_free (words[i][0]);
    g_free (words[i][1]);
  }
}

static void
assert_same_tokens (const char *lang, const char *one, const char *other)
{
  g_autoptr (DgLexicon) lexicon = dg_lexicon_new (lang);
  g_autoptr (DgTokens) a = dg_tokens_new (lang, lexicon, NULL, &one, 1), b = dg_tokens_new (lang, lexicon, NULL, &other, 1);

  g_assert_cmpuint (a->types->len, >, 0);
  g_assert_cmpmem (a->types->data, a->types->len * sizeof (DgTokenType), b->types->data, b->types->len * sizeof (DgTokenType));
  g_assert_cmpmem (a->concepts->data, a->concepts->len * sizeof (guint32), b->concepts->data, b->concepts->len * sizeof (guint32));
  g_assert_cmpmem (a->members->data, a->members->len * sizeof (guint32), b->members->data, b->members->len * sizeof (guint32));
  g_assert_cmpfloat (g_array_index (a->paras, DgTokenPara, 0).length, ==, g_array_index (b->paras, DgTokenPara, 0).length);
}

/* Property: vowel signs, tatweel, hamzas, composition, direction marks and the script of digits leave the tokens as they are. */
static void
test_same_tokens (void)
{
  assert_same_tokens ("ar", "ذَهَبَ الْوَزِيرُ إِلَى الْمَدِينَةِ فِي ١٢ أَيَّارَ ٢٠٢١ مَعَ مُحَمَّدٍ.", "ذهب الوزير الى المدينة في 12 ايار 2021 مع محمد.");
  assert_same_tokens ("ar", "الحكـــومة تعلن 1,200 مشروع", "\xE2\x80\x8Fالحكومة تعلن ١٬٢٠٠ مشروع");
  assert_same_tokens ("he", "הַמֶּמְשָׁלָה הִצְהִירָה", "הממשלה הצהירה");
  assert_same_tokens ("fr",
                      "L\xE2\x80\x99"
                      "état a décidé",
                      "L'e\xCC\x81tat a de\xCC\x81"
                      "cide\xCC\x81");
}

/* Property: of Arabic that lost its spaces most words are found all the same. */
static void
test_glued (void)
{
  static const char *const plain = "صرح وزير الخارجية يوم الخميس أن المدينة تحتاج إلى مستشفى جديد ومدرسة.";
  g_auto (GStrv) words = g_strsplit (plain, " ", -1);
  g_autofree char *glued = g_strjoinv ("", words);
  const char      *one = glued;
  g_autoptr (DgLexicon) lexicon = dg_lexicon_new ("ar");
  g_autoptr (DgTokens) a = dg_tokens_new ("ar", lexicon, NULL, &plain, 1), b = dg_tokens_new ("ar", lexicon, NULL, &one, 1);
  guint there = 0, found = 0;

  for (guint i = 0; i < a->types->len; i++) {
    const DgTokenType *type = &g_array_index (a->types, DgTokenType, i);
    gboolean           met = FALSE;

    if (type->token_class != DG_TOKEN_WORD || type->n_strong == 0)
      continue;
    for (guint k = 0; k < b->concepts->len; k++)
      met |= g_array_index (b->concepts, guint32, k) == g_array_index (a->concepts, guint32, type->first);
    there++;
    found += met;
  }
  g_test_message ("%u of %u", found, there);
  g_assert_cmpuint (there, >=, 5);
  g_assert_cmpuint (2 * found, >=, there);
}

/* Property: sides without paragraphs, empty paragraphs and texts of one language are no trouble. */
static void
test_odd_documents (void)
{
  static const guint sizes[][2] = { { 0, 0 }, { 3, 0 }, { 0, 3 }, { 1, 1 }, { 1, 5 }, { 5, 1 } };

  for (guint k = 0; k < G_N_ELEMENTS (sizes); k++)
    for (guint empty = 0; empty < 2; empty++) {
      Sample sample = begin ();
      g_autoptr (DgDoc) doc = NULL;
      g_autoptr (DgDiag) diag = dg_diag_new ("t.txt");
      g_autoptr (DgAlign) align = NULL;

      for (guint side = 0; side < 2; side++)
        for (guint i = 0; i < sizes[k][side]; i++)
          g_ptr_array_add (sample.text[side], g_strdup (empty ? "" : news[i][side]));
      doc = make_doc (&sample, "en", "ar");
      align = dg_align_new (doc, NULL, NULL, diag);
      assert_whole (align, sizes[k][0], sizes[k][1]);
      finish (&sample);
    }
  {
    Sample sample = begin ();
    g_autoptr (DgDoc) doc = NULL;
    g_autoptr (DgDiag) diag = dg_diag_new ("t.txt");
    g_autoptr (DgAlign) align = NULL;
    guint n;

    put (&sample, news, 1, 2, 1);
    doc = make_doc (&sample, "en", NULL);
    doc->n_texts = 1;
    align = dg_align_new (doc, NULL, NULL, diag);
    assert_whole (align, 1, 0);
    dg_diag_list (diag, &n);
    g_assert_cmpuint (n, ==, 0);
    finish (&sample);
  }
}

/* Property: a long dispatch with a chapter missing on one side is paired along a band, in little time. */
static void
test_long (void)
{
  Sample  sample = begin ();
  Score   score = { 0 };
  clock_t from;

  for (guint i = 0; i < 1500; i++) {
    guint            k = (guint) g_test_rand_int_range (0, G_N_ELEMENTS (news));
    g_autofree char *a = g_strdup_printf ("%s (%u)", news[k][0], i * 7 + 1000), *b = g_strdup_printf ("%s (%u)", news[k][1], i * 7 + 1000);
    const char      *pair[1][2] = { { a, b } };

    put (&sample, (const char *const(*)[2]) pair, 1, 2, i >= 700 && i < 900 ? 1 : 2);
  }
  from = clock ();
  judge (&sample, "en", "ar", &score);
  g_assert_cmpfloat (measure (&score), >=, 0.99);
  /* Of the processor; a hundredth of this is usual, and sanitizers take their part. */
  g_assert_cmpint (clock () - from, <, 30 * CLOCKS_PER_SEC);
  finish (&sample);
}

/* Property: the same on parallel texts of other kinds, where they are at hand. */
static void
test_parallel_texts (void)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (GPtrArray) parsers = g_ptr_array_new_with_free_func (g_object_unref);
  const char *(*pairs)[2];
  guint n = 0;
  Score score = { 0 };

  if (!g_file_get_contents ("../shared/corpus/pairs.jsonl", &text, NULL, NULL)) {
    g_test_skip ("no ../shared/corpus/pairs.jsonl");
    return;
  }
  lines = g_strsplit (text, "\n", -1);
  pairs = g_malloc0_n (g_strv_length (lines) + 1, sizeof *pairs);
  for (guint i = 0; lines[i] != NULL; i++) {
    JsonParser *parser = json_parser_new ();
    JsonObject *pair;

    g_ptr_array_add (parsers, parser);
    if (!json_parser_load_from_data (parser, lines[i], -1, NULL) || json_parser_get_root (parser) == NULL)
      continue;
    pair = json_node_get_object (json_parser_get_root (parser));
    if (strcmp (json_array_get_string_element (json_object_get_array_member (pair, "l"), 0), "en") != 0
        || strcmp (json_array_get_string_element (json_object_get_array_member (pair, "l"), 1), "ar") != 0)
      continue;
    pairs[n][0] = json_object_get_string_member (pair, "a");
    pairs[n++][1] = json_object_get_string_member (pair, "b");
  }
  g_assert_cmpuint (n, >, 100);
  for (guint round = 0; round < 60; round++) {
    Sample sample = begin ();
    guint  from = (guint) g_test_rand_int_range (0, (gint) n - 30);

    disturb (&sample, (const char *const(*)[2]) pairs + from, (guint) g_test_rand_int_range (10, 26), 6, 4);
    judge (&sample, "en", "ar", &score);
    finish (&sample);
  }
  g_free (pairs);
  g_test_message ("F1 %.3f, of %u sure ones %u right", measure (&score), score.sure, score.sure_right);
  g_assert_cmpfloat (measure (&score), >=, 0.97);
  g_assert_cmpfloat (score.sure_right, >=, 0.985 * score.sure);
}

int
main (int argc, char **argv)
{
  g_autofree char *home = NULL;
  int              status;

  g_test_init (&argc, &argv, NULL);
  home = scratch_make_home ();
  g_test_add_func ("/align/evident", test_evident);
  g_test_add_func ("/align/short-version", test_short_version);
  g_test_add_func ("/align/border", test_border);
  g_test_add_func ("/align/same-text", test_same_text);
  g_test_add_func ("/align/sentences", test_sentences);
  g_test_add_func ("/align/doubt", test_doubt);
  g_test_add_func ("/align/doubtful-bead", test_doubtful_bead);
  g_test_add_func ("/align/fixed", test_fixed);
  g_test_add_func ("/align/disturbed", test_disturbed);
  g_test_add_func ("/align/meaning", test_meaning);
  g_test_add_func ("/align/same-tokens", test_same_tokens);
  g_test_add_func ("/align/glued", test_glued);
  g_test_add_func ("/align/odd-documents", test_odd_documents);
  g_test_add_func ("/align/long", test_long);
  g_test_add_func ("/align/parallel-texts", test_parallel_texts);
  status = g_test_run ();
  scratch_remove (home);
  return status;
}
