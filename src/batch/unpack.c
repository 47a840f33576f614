/* unpack.c: a pool of one worker that has an archive open. */
#include "batch/unpack.h"

#include "batch/sandbox.h"
#include "batch/spool.h"
#include "batch/worker.h"

#include <string.h>

#define LIST        G_MAXUINT /* the number of a job that is no entry's */
#define MEMBER_TYPE "(suutbmsu)"
#define LIST_TYPE   "(a" MEMBER_TYPE "m(is)u)"
#define ENTRY_TYPE  "(maym(is))"

struct DgUnpack {
  const DiglotBatch *batch;
  char              *path;
  DgPool            *pool;
  /* In the worker */
  gboolean   is_confined;
  DgArchive *archive;
  guint      next; /* least index that can still be read */
  /* The reply to the job in hand */
  GBytes *reply;
  GError *problem;
};

/* In the worker */

static GVariant *
new_error (const GError *error)
{
  return g_variant_new_maybe (G_VARIANT_TYPE ("(is)"), error != NULL ? g_variant_new ("(is)", error->code, error->message) : NULL);
}

static GVariant *
list (DgUnpack *unpack, const GError *refusal)
{
  g_autoptr (GError) error = NULL;
  guint n = 0;
  g_autoptr (GPtrArray) members = refusal == NULL ? dg_archive_list (unpack->path, unpack->batch, &n, &error) : g_ptr_array_new ();
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a" MEMBER_TYPE));
  for (guint i = 0; i < members->len; i++) {
    const DgMember *member = members->pdata[i];

    g_variant_builder_add (&builder, MEMBER_TYPE, member->name, member->index, member->nth, member->size, member->changed, member->picture,
                           member->picture_index);
  }
  return g_variant_new ("(@a" MEMBER_TYPE "@m(is)u)", g_variant_builder_end (&builder), new_error (refusal != NULL ? refusal : error), n);
}

static GVariant *
read_entry (DgUnpack *unpack, guint index, const GError *refusal)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;

  /* An entry that could not be read leaves the archive at a place that is not known. */
  if (refusal == NULL && (unpack->archive == NULL || index < unpack->next)) {
    g_clear_pointer (&unpack->archive, dg_archive_close);
    unpack->archive = dg_archive_open (unpack->path, unpack->batch, &error);
  }
  unpack->next = index + 1;
  if (unpack->archive != NULL)
    bytes = dg_archive_read (unpack->archive, index, &error);
  return g_variant_new (
    "(@may@m(is))", g_variant_new_maybe (G_VARIANT_TYPE_BYTESTRING, bytes != NULL ? g_variant_new_from_bytes (G_VARIANT_TYPE_BYTESTRING, bytes, TRUE) : NULL),
    new_error (refusal != NULL ? refusal : error));
}

static GBytes *
do_work (guint number, GBytes *input, gpointer data)
{
  DgUnpack *unpack = data;
  g_autoptr (GPtrArray) readable = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = NULL;

  (void) input;
  g_ptr_array_add (readable, unpack->path);
  if (!unpack->is_confined && unpack->batch->sandbox)
    unpack->is_confined = dg_sandbox_enter_reader (unpack->batch, readable, &error);
  reply = g_variant_ref_sink (number == LIST ? list (unpack, error) : read_entry (unpack, number, error));
  return g_variant_get_data_as_bytes (reply);
}

/* Beside it */

static void
take_reply (guint number, GBytes *reply, const GError *error, gpointer data)
{
  DgUnpack *unpack = data;

  (void) number;
  unpack->reply = reply != NULL ? g_bytes_ref (reply) : NULL;
  unpack->problem = error != NULL ? g_error_copy (error) : NULL;
}

DgUnpack *
dg_unpack_new (const DiglotBatch *batch, const char *path)
{
  DgUnpack *unpack = g_new0 (DgUnpack, 1);

  unpack->batch = batch;
  unpack->path = g_strdup (path);
  unpack->pool = dg_pool_new (1, 0, batch->memory, do_work, take_reply, unpack);
  dg_pool_set_alone (unpack->pool, strcmp (path, DG_SPOOL_PATH) == 0);
  return unpack;
}

void
dg_unpack_free (DgUnpack *unpack)
{
  if (unpack == NULL)
    return;
  dg_pool_free (unpack->pool);
  g_clear_pointer (&unpack->reply, g_bytes_unref);
  g_clear_error (&unpack->problem);
  g_free (unpack->path);
  g_free (unpack);
}

const char *
dg_unpack_path (const DgUnpack *unpack)
{
  return unpack->path;
}

/* The reply to the job @number, of @type; NULL with @error, that of the reply too, which may have come with something. */
static GVariant *
ask (DgUnpack *unpack, guint number, const char *type, GError **error)
{
  g_autoptr (GVariant) reply = NULL, maybe = NULL, problem = NULL;

  g_clear_pointer (&unpack->reply, g_bytes_unref);
  g_clear_error (&unpack->problem);
  if (dg_pool_give (unpack->pool, number, NULL, &unpack->problem))
    while (!dg_pool_is_idle (unpack->pool))
      dg_pool_wait (unpack->pool, -1);
  if (unpack->reply != NULL)
    reply = g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE (type), unpack->reply, FALSE));
  if (reply == NULL || !g_variant_is_normal_form (reply)) {
    if (unpack->problem != NULL)
      g_propagate_error (error, g_steal_pointer (&unpack->problem));
    else
      g_set_error_literal (error, DIGLOT_ERROR, DIGLOT_ERROR_READ, "cannot be read: who read it went astray");
    return NULL;
  }
  maybe = g_variant_get_child_value (reply, 1);
  problem = g_variant_get_maybe (maybe);
  if (problem != NULL) {
    gint32      code;
    const char *message;

    g_variant_get (problem, "(i&s)", &code, &message);
    g_set_error_literal (error, DIGLOT_ERROR, code, message);
  }
  return g_steal_pointer (&reply);
}

static void
free_member (gpointer data)
{
  DgMember *member = data;

  g_free (member->name);
  g_free (member->picture);
  g_free (member);
}

/* TRUE for a name that is as archives.h makes them, whoever made it. */
static gboolean
is_safe (const char *name)
{
  g_autofree char *safe = dg_archive_dup_safe_name (name);

  return g_strcmp0 (name, safe) == 0;
}

GPtrArray *
dg_unpack_list (DgUnpack *unpack, guint *n, GError **problem)
{
  GPtrArray *members = g_ptr_array_new_with_free_func (free_member);
  g_autoptr (GVariant) reply = ask (unpack, LIST, LIST_TYPE, problem);
  g_autoptr (GVariantIter) iter = NULL;
  DgMember one;

  *n = 0;
  if (reply == NULL)
    return members;
  g_variant_get_child (reply, 0, "a" MEMBER_TYPE, &iter);
  g_variant_get_child (reply, 2, "u", n);
  while (g_variant_iter_next (iter, MEMBER_TYPE, &one.name, &one.index, &one.nth, &one.size, &one.changed, &one.picture, &one.picture_index)) {
    DgMember *member = g_memdup2 (&one, sizeof one);

    if (is_safe (member->name) && (member->picture == NULL || is_safe (member->picture)))
      g_ptr_array_add (members, member);
    else
      free_member (member);
  }
  return members;
}

GBytes *
dg_unpack_read (DgUnpack *unpack, guint index, GError **error)
{
  g_autoptr (GVariant) reply = NULL, maybe = NULL, bytes = NULL;
  g_autoptr (GError) problem = NULL;

  g_return_val_if_fail (index != LIST, NULL);
  reply = ask (unpack, index, ENTRY_TYPE, &problem);
  if (problem != NULL) {
    g_propagate_error (error, g_steal_pointer (&problem));
    return NULL;
  }
  maybe = g_variant_get_child_value (reply, 0);
  bytes = g_variant_get_maybe (maybe);
  if (bytes != NULL)
    return g_variant_get_data_as_bytes (bytes);
  g_set_error_literal (error, DIGLOT_ERROR, DIGLOT_ERROR_READ, "cannot be read");
  return NULL;
}
