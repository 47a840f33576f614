/* test_kashida.c: where words may be lengthened, rule by rule. */
#include <glib.h>
#include "type/kashida.h"

typedef struct {
  const char   *rule;
  const char   *word;
  const char   *lengthened; /* with a tatweel where it goes; NULL: nowhere */
  DgKashidaRank rank;
} Case;

static const Case cases[] = {
  { "author's own tatweel first", "مـحمد", "مــحمد", DG_KASHIDA_TATWEEL },
  { "after seen joined forward", "مسلم", "مسـلم", DG_KASHIDA_SEEN },
  { "after sad joined forward", "منصور", "منصـور", DG_KASHIDA_SEEN },
  { "before final teh marbuta", "مدينة", "مدينـة", DG_KASHIDA_FINAL_HEH },
  { "before final dal", "جديد", "جديـد", DG_KASHIDA_FINAL_HEH },
  { "before final alef", "كتابا", "كتابـا", DG_KASHIDA_FINAL_ALEF },
  { "before final kaf", "ممالك", "ممالـك", DG_KASHIDA_FINAL_ALEF },
  { "before a medial beh that reh follows", "كبير", "كبـير", DG_KASHIDA_BEH_REH },
  { "before final feh", "لطيف", "لطيـف", DG_KASHIDA_FINAL_WAW },
  { "any other join, nearest the end", "محمن", "محمـن", DG_KASHIDA_JOIN },
  { "marks stay with the letter before", "مدِينَةٌ", "مدِينَـةٌ", DG_KASHIDA_FINAL_HEH },
  { "none in a word of two letters", "في", NULL, DG_KASHIDA_NOWHERE },
  { "none in a word of three, however many signs stand on them", "نَصْرٌ", NULL, DG_KASHIDA_NOWHERE },
  { "none in a particle", "الذي", NULL, DG_KASHIDA_NOWHERE },
  { "nor behind a proclitic", "وعليهم", NULL, DG_KASHIDA_NOWHERE },
  { "nor where its author stretched it", "أولـئك", NULL, DG_KASHIDA_NOWHERE },
  { "nor where it bears signs", "فَعِنْدَمَا", NULL, DG_KASHIDA_NOWHERE },
  { "but in a word that only begins like one", "عندنا", "عندنـا", DG_KASHIDA_FINAL_ALEF },
  { "none inside lam-alef", "والاد", NULL, DG_KASHIDA_NOWHERE },
  { "none in the name of God", "الله", NULL, DG_KASHIDA_NOWHERE },
  { "nor with a prefix", "بالله", NULL, DG_KASHIDA_NOWHERE },
  { "nor with one that takes the alef's place", "لله", NULL, DG_KASHIDA_NOWHERE },
  { "nor with one before that", "فلله", NULL, DG_KASHIDA_NOWHERE },
  { "nor with one that takes its alef", "ولله", NULL, DG_KASHIDA_NOWHERE },
  { "nor with a letter behind", "اللهم", NULL, DG_KASHIDA_NOWHERE },
  { "none where nothing joins", "أدوار", NULL, DG_KASHIDA_NOWHERE },
  { "none in Latin", "word", NULL, DG_KASHIDA_NOWHERE },
};

static void
test_case (gconstpointer data)
{
  const Case          *c = data;
  glong                n;
  g_autofree gunichar *word = g_utf8_to_ucs4_fast (c->word, -1, &n);
  guint                place = 0;

  g_assert_cmpint (dg_kashida_find (dg_language_get ("ar"), word, (guint) n, &place), ==, c->rank);
  if (c->lengthened) {
    g_autofree char *head = g_ucs4_to_utf8 (word, place, NULL, NULL, NULL);
    g_autofree char *tail = g_ucs4_to_utf8 (word + place, n - (glong) place, NULL, NULL, NULL);
    g_autofree char *whole = g_strconcat (head, "ـ", tail, NULL);

    g_assert_cmpstr (whole, ==, c->lengthened);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *path = g_strdup_printf ("/kashida/%s", cases[i].rule);

    g_test_add_data_func (path, &cases[i], test_case);
  }
  return g_test_run ();
}
