/* test_ready.c: what --prepare compiles is used wherever no cache can be written, changes no output, and is kept tidy, as the user's cache is. */
#include "scratch.h"

static void
set_up (Scratch *s, gconstpointer data)
{
  scratch_set_up (s, data);
  g_assert_cmpint (scratch_run (s, "mkdir dictionaries && cp \"$samples\"/flood-en-ar.txt a.txt"), ==, 0);
}

#define OURS "DIGLOT_DICTIONARIES=$PWD/dictionaries DIGLOT_READY=$PWD/ready XDG_CACHE_HOME=$PWD/cache "

/* Where all lies ready the user's cache stays empty; where nothing does, and no cache can be written, the output is the same. */
static void
test_used (Scratch *s, gconstpointer data G_GNUC_UNUSED)
{
  g_assert_cmpint (scratch_run (s, OURS "diglot --prepare ready && ls ready | grep -q '^lexicon.ar.' && ls ready | grep -q '^hyphens.hyph_en_US'"), ==, 0);
  g_assert_cmpstr (s->out, ==, "");
  g_assert_cmpint (scratch_run (s, OURS "diglot -o a.pdf a.txt && test -z \"$(ls -A cache/diglot 2>/dev/null)\""), ==, 0);
  g_assert_cmpint (scratch_run (s, OURS "DIGLOT_READY= XDG_CACHE_HOME=/proc/none diglot -o b.pdf a.txt && cmp a.pdf b.pdf"), ==, 0);
  g_assert_cmpint (scratch_run (s, OURS "DIGLOT_READY= diglot -o c.pdf a.txt && cmp a.pdf c.pdf && ls cache/diglot | grep -q '^lexicon.ar.'"), ==, 0);
  /* Damaged files, and those that anybody can write, are passed over. */
  g_assert_cmpint (scratch_run (s, "for file in ready/*; do echo nonsense >\"$file\"; done; " OURS "diglot -o d.pdf a.txt && cmp a.pdf d.pdf"), ==, 0);
  g_assert_cmpint (scratch_run (s, OURS "diglot --prepare ready && chmod a+w ready/* && rm -r cache && " OURS
                                        "diglot -o e.pdf a.txt && cmp a.pdf e.pdf && ls cache/diglot | grep -q '^lexicon.ar.'"),
                   ==, 0);
}

/* Done again it writes nothing anew; what is made from an earlier state goes, and what is not Diglot's stays; a folder that cannot be is told of. */
static void
test_again (Scratch *s, gconstpointer data G_GNUC_UNUSED)
{
  g_assert_cmpint (scratch_run (s, OURS "diglot --prepare ready && touch -d 2001-01-01 ready/* && touch ready/lexicon.ar.old ready/mine && " OURS
                                        "diglot --prepare ready && find ready -newermt 2001-01-02 -printf '%f '"),
                   ==, 0);
  g_assert_cmpstr (g_strstrip (s->out), ==, "ready mine");
  g_assert_cmpint (scratch_run (s, "file=$(ls ready/hyphens.hyph_en_US*) && echo nonsense >\"$file\" && " OURS
                                   "diglot --prepare ready && test $(stat -c %s \"$file\") -gt 1000 && test $(stat -c %a \"$file\") = 644"),
                   ==, 0);
  g_assert_cmpint (scratch_run (s, "touch none; " OURS "diglot --prepare none/ready"), ==, 1);
  g_assert_nonnull (strstr (s->err, "[output.unwritable]"));
}

/* Of the states that a dictionary has had the last two are kept; what was made half a year ago goes with the next that is made. */
static void
test_pruned (Scratch *s, gconstpointer data G_GNUC_UNUSED)
{
  g_assert_cmpint (
    scratch_run (s, "mkdir -p cache/diglot && touch -d '-200 days' cache/diglot/hyphens-0123456789abcdef && touch -d '-100 days' cache/diglot/hyphens.some.0; "
                    "for state in 1 2 3 4; do echo $state$state >dictionaries/freedict-ara-eng.index; touch -d 2001-01-0$state "
                    "dictionaries/freedict-ara-eng.index; " OURS "DIGLOT_READY= diglot -o a.pdf a.txt || exit; done; "
                    "ls cache/diglot | grep -c '^lexicon.ar'; ls cache/diglot | grep -c '^hyphens.hyph_en_US'; ls cache/diglot | grep '^hyphens.*[-.]0'"),
    ==, 0);
  g_assert_cmpstr (s->out, ==, "2\n1\nhyphens.some.0\n");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/ready/used", Scratch, NULL, set_up, test_used, scratch_tear_down);
  g_test_add ("/ready/again", Scratch, NULL, set_up, test_again, scratch_tear_down);
  g_test_add ("/ready/pruned", Scratch, NULL, set_up, test_pruned, scratch_tear_down);
  return g_test_run ();
}
