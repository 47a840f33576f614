/* progress.c: how far a batch has come, as a bar or as words. */
#include "diglot.h"

#define BAR_WIDTH 24

/* "1:02:03", "2:03". */
static char *
dup_duration (double seconds)
{
  guint64 all = seconds > 0 && seconds < 1e9 ? (guint64) (seconds + 0.5) : 0;

  if (all >= 3600)
    return g_strdup_printf ("%" G_GUINT64_FORMAT ":%02u:%02u", all / 3600, (guint) (all / 60 % 60), (guint) (all % 60));
  return g_strdup_printf ("%u:%02u", (guint) (all / 60), (guint) (all % 60));
}

/* Dispatches a second; those that were only looked at would make it meaningless. */
static double
find_rate (const DiglotTally *tally)
{
  guint set = tally->done - MIN (tally->done, tally->kept + tally->same);

  return tally->seconds > 0.05 ? set / tally->seconds : 0;
}

static void
append_bar (GString *out, const DiglotTally *tally)
{
  guint full = tally->total > 0 ? (guint) ((guint64) BAR_WIDTH * tally->done / tally->total) : 0;

  g_string_append_c (out, '[');
  for (guint i = 0; i < BAR_WIDTH; i++)
    g_string_append_c (out, i < full ? '#' : '-');
  g_string_append (out, "] ");
}

char *
diglot_tally_dup_progress (const DiglotTally *tally, guint columns)
{
  g_autoptr (GString) words = g_string_new (NULL);
  g_autofree char *line = NULL;
  GString         *out = g_string_new (NULL);
  double           rate = find_rate (tally);

  if (columns >= 60)
    append_bar (out, tally);
  g_string_append_printf (words, "%u/%u", tally->done, tally->total);
  if (rate > 0 && tally->done < tally->total) {
    g_autofree char *left = dup_duration ((tally->total - tally->done) / rate);

    g_string_append_printf (words, dg_text (", %.*f/s, %s left"), rate < 10 ? 1 : 0, rate, left);
  }
  if (tally->failed > 0)
    g_string_append_printf (words, dg_text (", %u failed"), tally->failed);
  line = dg_text_dup_line (words->str);
  g_string_append (out, line);
  if (columns > 0 && g_utf8_strlen (out->str, -1) > columns)
    g_string_truncate (out, (gsize) (g_utf8_offset_to_pointer (out->str, columns) - out->str));
  return g_string_free (out, FALSE);
}

char *
diglot_tally_dup_summary (const DiglotTally *tally)
{
  g_autoptr (GString) out = g_string_new (NULL);
  g_autofree char *time = tally->seconds < 60 ? g_strdup_printf (dg_text ("%.1f s"), tally->seconds) : dup_duration (tally->seconds);
  guint            set = tally->done - MIN (tally->done, tally->kept + tally->same + tally->failed);

  g_string_append_printf (out, dg_text_n ("%u dispatch in %s: %u set", "%u dispatches in %s: %u set", tally->done), tally->done, time, set);
  if (find_rate (tally) > 0 && set > 0)
    g_string_append_printf (out, dg_text (" (%.1f/s)"), find_rate (tally));
  if (tally->kept > 0)
    g_string_append_printf (out, dg_text (", %u kept"), tally->kept);
  if (tally->same > 0)
    g_string_append_printf (out, dg_text (", %u the same as another"), tally->same);
  if (tally->failed > 0)
    g_string_append_printf (out, dg_text (", %u failed"), tally->failed);
  if (tally->signal != 0 || tally->stopped)
    g_string_append_printf (out, dg_text (", %u not begun or not ended"), tally->total - tally->done);
  return dg_text_dup_line (out->str);
}
