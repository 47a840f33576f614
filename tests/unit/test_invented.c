/* test_invented.c: dispatches that are put together from true ones and from lines of every kind: how they are read and paired, beside how they were when
 * somebody last looked (tests/answers).  What a line is taken for hangs on many small weights, and few texts lie where one of them decides. */
#include "answers.h"
#include "scratch.h"

/* Texts whose paragraphs answer each other one by one: the first line of each language's, counted from 1, and how many. */
static const struct {
  const char *name;
  guint       first[2], n;
} sources[] = {
  { "flood-en-ar", { 4, 17 }, 10 },
  { "lighthouse-en-ar", { 4, 11 }, 4 },
  { "port-fr-ar", { 3, 16 }, 9 },
  { "railway-en-he", { 4, 15 }, 8 },
};

/* One of @lines, with numbers in the place of "#". */
static void
append_line (GString *out, const char *const *lines, guint n)
{
  for (const char *p = lines[roll (0, n - 1)]; *p != '\0'; p++)
    if (*p == '#')
      g_string_append_printf (out, "%u", roll (1, 31));
    else
      g_string_append_c (out, *p);
  g_string_append_c (out, '\n');
}

static const char *const heads[][60] = {
  {
    "Ferry to the islands sails again after the storm",
    "Harbour",
    "New bridge opens",
    "THE LIGHTS OF TAMRA ARE LIT",
    "Minister: water prices to rise",
    "“We shall stay,” say the fishermen of Little Tamra",
    "Source: Agencies # May 2025 09:30",
    "Agencies # May 2025",
    "Selma Agency",
    "Agencies/Selma/#",
    "# May 2025",
    "# May 2025, 1#:05",
    "Monday, # May 2025",
    "Published: # May 2025",
    "1#:05:33 GMT",
    "By Nadia Selim",
    "By air and by sea",
    "Author: Nadia Selim",
    "Author: Nadia Selim, Tom Hale and Mira Halvi in Marsa and Tamra",
    "Author: She was at sea.",
    "Nadia Selim and Tom Hale, Selma Agency",
    "Photo: The eastern pier",
    "The eastern pier at dawn (Photo: Rami Haddad)",
    "BREAKING",
    "URGENT | Harbour",
    "Press release",
    "Ministry of Waterways",
    "No. 2#/2025",
    "Circular No. # of 2025 on the quays",
    "(Adds comment of the minister, paragraphs # to #)",
    "EMBARGOED until # May 2025 06:00 GMT",
    "Home > News > Harbour",
    "afp0#2# 4 pol 0187 Harbour",
    "Share  Print  Email",
    "-------",
    "Ref: TM/#/2025",
    "Three boats, one harbour, and no more waiting",
    "Dear readers,",
    "To: All desks",
    "1# 2# # 1# 2# 3#",
    "#",
    "Page # of #",
    "ATTENTION EDITORS",
    "TM-# 1# 2# 3#",
    "TM-# 1# 2# 3# 4#",
    "TM-# 1# 2# 3# 4# 5#",
    "X#/# 1# 2# 3# 4# 5# 6",
    "sel# r/# 0# hb 1# 2#",
  },
  {
    "عبّارة الجزر تبحر من جديد بعد العاصفة",
    "الميناء",
    "افتتاح الجسر الجديد",
    "الوزير: أسعار المياه سترتفع",
    "«سنبقى هنا»، يقول صيادو تمرة الصغرى",
    "المصدر: وكالات # أيار 2025 09:30",
    "وكالات # أيار/مايو 2025",
    "وكالة سلمى",
    "وكالات/سلمى/#",
    "# أيار 2025",
    "الاثنين # أيار 2025",
    "نُشر في: # أيار 2025",
    "1#:05",
    "نادية سليم",
    "بقلم: نادية سليم",
    "بقلم نادية سليم",
    "الكاتب: نادية سليم",
    "الكاتب: نادية سليم ورامي حداد وميرا حلبي من المرسى وتمرة الصغرى",
    "صورة: الرصيف الشرقي",
    "الرصيف الشرقي عند الفجر (تصوير: رامي حداد)",
    "عاجل",
    "عاجل | الميناء",
    "بيان صحفي",
    "وزارة الممرات المائية",
    "رقم 2#/2025",
    "تعميم رقم # لسنة 2025 بشأن الأرصفة",
    "(إضافة تعليق الوزير)",
    "محظور النشر حتى # أيار 2025",
    "الرئيسية > أخبار > الميناء",
    "مشاركة طباعة",
    "-------",
    "المرجع: م/#/2025",
    "ثلاثة قوارب ومرفأ واحد ولا انتظار بعد اليوم",
    "أعزاءنا القراء،",
    "1# 2# # 1# 2# 3#",
    "#",
    "صفحة # من #",
    "السيد المدير المحترم",
    "م.ع",
    "س.ن/ر.ح",
    "النص الكامل",
    "اقرأ أيضاً",
    "TM-# 1# 2# 3#",
    "TM-# 1# 2# 3# 4#",
    "TM-# 1# 2# 3# 4# 5#",
    "X#/# 1# 2# 3# 4# 5# 6",
    "sel# r/# 0# hb 1# 2#",
  },
};

static const char *const tails[][60] = {
  {
    "(Reporting by Salma Nader; editing by Tom Hale)",
    "(SN/TH)",
    "sn/th",
    "S.N.",
    "Selma Agency/#/SN",
    "- ENDS -",
    "###",
    "-30-",
    "(MORE)",
    "Contact: press@waterways.example",
    "Media contact:",
    "Salma Nader, press office",
    "Tel. +44 20 7946 00#",
    "press@waterways.example",
    "https://waterways.example/news/#",
    "© 2025 Selma Agency. All rights reserved",
    "All rights reserved",
    "About the ministry: it was founded in 19# and looks after 2# quays.",
    "Read also: Harbour opens after the storm",
    "Tags: harbour, storm, ferry",
    "#harbour #storm",
    "Follow us  Share  Print",
    "Page #",
    "[1] The statement was read by the deputy.",
    "* All times are local.",
    "Notes to editors",
    "1. The quay is lit.",
    "2. A doctor sails with every boat.",
    "• Dogs on a lead",
    "▪ Dogs on a lead",
    "◦ Lamps are lit at dusk",
    "Marsa – Tamra\t4.00\tfree",
    "The lights",
    "Who pays for it?",
    "The sea has no door, the door has no sea",
    "Photo: Fishing boats at the quay (Mira Halvi)",
    "Caption: The ferry leaves Marsa",
    "Yours faithfully,",
    "Signed: the minister",
    "# May 2025",
  },
  {
    "(إعداد سلمى نادر، تحرير توم هيل)",
    "(س.ن)",
    "س.ن/ت.ه",
    "وكالة سلمى/#/س ن",
    "- انتهى -",
    "انتهى",
    "###",
    "(يتبع)",
    "للتواصل الإعلامي:",
    "سلمى نادر، المكتب الإعلامي",
    "هاتف +44 20 7946 00#",
    "press@waterways.example",
    "© 2025 وكالة سلمى. جميع الحقوق محفوظة",
    "جميع الحقوق محفوظة",
    "حول الوزارة: تأسست عام 19# وتشرف على 2# رصيفاً.",
    "اقرأ أيضاً: افتتاح الميناء بعد العاصفة",
    "وسوم: ميناء، عاصفة، عبّارة",
    "#ميناء #عاصفة",
    "شارك الخبر",
    "صفحة #",
    "[1] قرأ البيانَ نائب الوزير.",
    "* الأوقات كلها محلية.",
    "ملاحظات للمحررين",
    "1. يُضاء الرصيف.",
    "2. يبحر طبيب مع كل قارب.",
    "• الكلاب برباط",
    "المرسى – تمرة\t4.00\tمجاناً",
    "الأضواء",
    "ماذا بعد",
    "من يدفع؟",
    "ما للبحر بابٌ وما للباب بحرُ",
    "صورة: قوارب صيد عند الرصيف (ميرا حلبي)",
    "تعليق: العبّارة تغادر المرسى",
    "وتفضلوا بقبول الاحترام،",
    "التوقيع: الوزير",
    "# أيار 2025",
    "رقم 2#/2025",
    "م.ع",
    "(1)",
    "***",
  },
};

static guint
count (const char *const *lines)
{
  guint n = 0;

  while (n < 60 && lines[n] != NULL)
    n++;
  return n;
}

static char **
read_source (guint nth)
{
  g_autofree char *path = g_strdup_printf ("tests/samples/%s.txt", sources[nth].name), *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  return g_strsplit (text, "\n", -1);
}

static gboolean
is_other_icu (void)
{
  if (U_ICU_VERSION_MAJOR_NUM == MADE_WITH_ICU)
    return FALSE;
  g_test_skip ("another release of ICU tells words and charsets apart otherwise");
  return TRUE;
}

/* The paragraph as a wire has it, in lines of @width bytes or so. */
static void
append_wrapped (GString *out, const char *paragraph, gsize width)
{
  const char *line = paragraph;

  for (const char *p = paragraph; *p != '\0'; p++)
    if (*p == ' ' && (gsize) (p - line) >= width) {
      g_string_append_len (out, line, p - line);
      g_string_append_c (out, '\n');
      line = p + 1;
    }
  g_string_append_printf (out, "%s\n", line);
}

/* Three or four paragraphs of each language between lines of the head and of the tail; now and then a blank line, or an odd line within. */
static void
test_oddities (void)
{
  const DiglotOptions options = { 0 };
  g_autoptr (DiglotConverter) converter = diglot_converter_new (&options, NULL);
  g_autoptr (GString) out = g_string_new (NULL);
  g_auto (GStrv) lines = read_source (0);

  if (is_other_icu ())
    return;
  seed = 77;
  for (guint round = 0; round < 220; round++) {
    g_autoptr (GString) text = g_string_new (NULL);
    g_autoptr (GBytes) bytes = NULL;
    g_autofree char *name = g_strdup_printf ("%u", round);
    guint            from = roll (0, 5), n = roll (2, 5), blank = roll (0, 2);

    for (guint side = 0; side < 2; side++) {
      for (guint i = roll (0, 4) + (side == 0); i > 0; i--)
        append_line (text, heads[side], count (heads[side]));
      if (blank == 1)
        g_string_append_c (text, '\n');
      for (guint i = 0; i < n; i++) {
        const char *paragraph = lines[sources[0].first[side] - 1 + from + i];

        append_wrapped (text, paragraph, round % 5 == 4 ? (side == 0 ? 60 : 90) : strlen (paragraph));
        g_string_append (text, blank == 2 ? "\n" : "");
        if (roll (0, 7) == 0)
          append_line (text, roll (0, 1) ? heads[side] : tails[side], 36);
      }
      for (guint i = roll (0, 3); i > 0; i--)
        append_line (text, tails[side], count (tails[side]));
      if (roll (0, 3) == 0)
        g_string_append_c (text, '\n');
    }
    bytes = g_bytes_new (text->str, text->len);
    append_reading (out, converter, bytes, name);
  }
  compare ("oddities", "Invented dispatches of true paragraphs and lines of every kind: languages; each line's text and role; beads; with how sure each is.",
           out);
}

/* Paragraphs that answer each other, of which some were left out, joined, cut in two or exchanged. */
static void
test_pairs (void)
{
  const DiglotOptions options = { 0 };
  g_autoptr (DiglotConverter) converter = diglot_converter_new (&options, NULL);
  g_autoptr (GString) out = g_string_new (NULL);

  if (is_other_icu ())
    return;
  seed = 3;
  for (guint round = 0; round < 160; round++) {
    guint nth = round % G_N_ELEMENTS (sources);
    g_auto (GStrv) lines = read_source (nth);
    g_autoptr (GString) text = g_string_new (NULL);
    g_autoptr (GBytes) bytes = NULL;
    g_autofree char *name = g_strdup_printf ("%u-%s", round, sources[nth].name);

    for (guint side = 0; side < 2; side++) {
      for (guint i = 0; i < sources[nth].n; i++) {
        const char *line = lines[sources[nth].first[side] - 1 + i];
        const char *stop = strstr (line + strlen (line) / 3, ". ");

        switch (roll (0, 9)) {
        case 0: break; /* left out */
        case 1: g_string_append_printf (text, "%s ", line); break;
        case 2:
          if (stop != NULL)
            g_string_append_len (text, line, stop + 1 - line);
          g_string_append_printf (text, "%s%s\n", stop != NULL ? "\n" : "", stop != NULL ? stop + 2 : line);
          break;
        case 4: g_string_append_printf (text, "%.*s.\n", (int) strcspn (line, " "), line); break; /* all but its first word */
        case 3:
          if (i + 1 < sources[nth].n)
            g_string_append_printf (text, "%s\n", lines[sources[nth].first[side] + i]);
          g_string_append_printf (text, "%s\n", line);
          i++;
          break;
        default: g_string_append_printf (text, "%s\n", line);
        }
      }
      g_string_append_c (text, '\n');
    }
    bytes = g_bytes_new (text->str, text->len);
    append_reading (out, converter, bytes, name);
  }
  compare ("pairs",
           "Paragraphs of true texts, some left out, joined, cut in two or exchanged: languages; each line's text and role; beads; with how sure each is.",
           out);
}

/* A head of one line and three paragraphs of @nth source, in the language of @side. */
static void
append_story (GString *out, guint nth, guint side)
{
  static const char *const titles[][2] = {
    { "Storm leaves three towns without light", "عاصفة تترك ثلاث بلدات بلا كهرباء" },
    { "Lighthouse shines again", "المنارة تضيء من جديد" },
    { "Le port reprend le travail", "الميناء يستأنف العمل" },
    { "Railway to the hills reopens", "הרכבת אל ההרים חוזרת" },
  };
  g_auto (GStrv) lines = read_source (nth);

  g_string_append_printf (out, "%s\n", titles[nth][side]);
  for (guint i = 0; i < 3; i++)
    g_string_append_printf (out, "%s\n", lines[sources[nth].first[side] - 1 + i]);
}

/* Several dispatches in one file, parted by signs or by nothing, each with its two texts together or all of one language first. */
static void
test_several (void)
{
  static const char *const signs[] = { "", "\n", "\n\n\n", "\f", "***\n", "-----\n", "NNNN\n", "###\n", "=====\n", "2)\n", "(END)\n\n" };
  const DiglotOptions      options = { 0 };
  g_autoptr (DiglotConverter) converter = diglot_converter_new (&options, NULL);
  g_autoptr (GString) out = g_string_new (NULL);

  if (is_other_icu ())
    return;
  seed = 41;
  for (guint round = 0; round < 110; round++) {
    g_autoptr (GString) text = g_string_new (NULL);
    g_autoptr (GBytes) bytes = NULL;
    guint            n = roll (2, 3), mode = roll (0, 3), first = roll (0, 3);
    const char      *sign = signs[round % G_N_ELEMENTS (signs)];
    g_autofree char *name = g_strdup_printf ("%u-%u of %u, %u:", round, mode, n, round % (guint) G_N_ELEMENTS (signs));

    for (guint i = 0; i < 2 * n; i++) {
      guint nth = mode < 2 ? i / 2 : i % n, side = mode < 2 ? i % 2 : i / n;

      if (mode == 3 && i >= n)
        break; /* one language only */
      append_story (text, (first + nth) % G_N_ELEMENTS (sources), mode == 1 ? 1 - side : side);
      if (mode >= 2 || i % 2 == 1)
        g_string_append (text, sign);
    }
    bytes = g_bytes_new (text->str, text->len);
    append_reading (out, converter, bytes, name);
  }
  compare ("several",
           "Several dispatches in one file (0, 1: each with both texts, 2: one language first, 3: one alone), parted by eleven signs: as what they are read.",
           out);
}

int
main (int argc, char **argv)
{
  char *home;
  int   status;

  g_test_init (&argc, &argv, NULL);
  home = scratch_make_home (); /* what dictionaries the machine has decides nothing */
  g_test_add_func ("/invented/oddities", test_oddities);
  g_test_add_func ("/invented/pairs", test_pairs);
  g_test_add_func ("/invented/several", test_several);
  status = g_test_run ();
  scratch_remove (home);
  g_free (home);
  return status;
}
