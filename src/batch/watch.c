/* watch.c: a checksum over names, sizes and times, taken again and again: that also sees what no notification tells, changes by other
 * hosts. */
#include "batch/watch.h"

#include "batch/aligns.h"
#include "batch/jobs.h"
#include "batch/material.h"
#include "batch/setup.h"

#include <poll.h>
#include <string.h>
#include <sys/stat.h>

#define PERIOD 500 /* ms between two looks */
#define QUIET  200 /* ms without a change before work begins: an editor may write a file in pieces */

static void
add_mark (GChecksum *digest, const char *path)
{
  struct stat info;
  gint64      marks[4] = { 0 };

  g_checksum_update (digest, (const guchar *) path, (gssize) strlen (path) + 1);
  if (stat (path, &info) == 0) {
    marks[0] = (gint64) info.st_ino;
    marks[1] = S_ISDIR (info.st_mode) ? 0 : (gint64) info.st_size;
    /* A folder's own time changes with every output beside its inputs. */
    marks[2] = S_ISDIR (info.st_mode) ? 0 : (gint64) info.st_mtim.tv_sec;
    marks[3] = S_ISDIR (info.st_mode) ? 0 : (gint64) info.st_mtim.tv_nsec;
  }
  g_checksum_update (digest, (const guchar *) marks, sizeof marks);
}

char *
dg_watch_dup_look (const DiglotBatch *batch)
{
  g_autoptr (GChecksum) digest = g_checksum_new (G_CHECKSUM_SHA256);
  g_autoptr (DgJobs) jobs = dg_jobs_new (batch, NULL);
  g_autoptr (GPtrArray) files = dg_setup_files (&batch->conversion);
  g_autoptr (DgAligns) aligns = dg_aligns_open (batch->align, NULL);

  if (aligns != NULL && jobs != NULL)
    dg_aligns_list (aligns, jobs, TRUE, files);
  else if (batch->align != NULL)
    g_ptr_array_add (files, g_strdup (batch->align));
  if (jobs != NULL)
    dg_forms_list (jobs->forms, batch, files);
  for (guint i = 0; jobs != NULL && i < jobs->places->len; i++)
    add_mark (digest, jobs->places->pdata[i]);
  for (guint i = 0; jobs != NULL && i < dg_jobs_count (jobs); i++) {
    g_autoptr (DgJob) job = dg_jobs_dup (jobs, i);
    g_autofree char *picture = dg_material_dup_picture_path (batch, job);

    if (picture != NULL)
      add_mark (digest, picture);
  }
  for (guint i = 0; i < files->len; i++)
    add_mark (digest, files->pdata[i]);
  return g_strdup (g_checksum_get_string (digest));
}

gboolean
dg_watch_wait (const DiglotBatch *batch, int signals, char **look)
{
  struct pollfd    polled = { .fd = signals, .events = POLLIN };
  g_autofree char *latest = g_strdup (*look);
  int              period = PERIOD;

  for (;;) {
    g_autofree char *now = NULL;

    if (poll (&polled, 1, period) > 0)
      return FALSE;
    now = dg_watch_dup_look (batch);
    if (strcmp (now, latest) != 0) {
      g_free (latest);
      latest = g_steal_pointer (&now);
      period = QUIET;
    } else if (strcmp (now, *look) != 0) {
      g_free (*look);
      *look = g_steal_pointer (&latest);
      return TRUE;
    } else {
      period = PERIOD;
    }
  }
}
