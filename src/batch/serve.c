/* serve.c: jobs as lines of JSON, and their answers: the worker of --worker.
 *
 * Lines go to a pool of clerks, who read inputs and write outputs; each has a few desks (desk.h), one for each kind of order, that stay warm. */
#include "diglot.h"

#include "base/digest.h"
#include "base/jsonbuild.h"
#include "base/jsonread.h"
#include "base/output.h"
#include "base/refuse.h"
#include "base/utf.h"
#include "batch/desk.h"
#include "batch/report.h"
#include "batch/sandbox.h"
#include "batch/worker.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

#define DESKS   4                    /* of a clerk: as many kinds of orders stay warm */
#define LONGEST (128u * 1024 * 1024) /* bytes: the largest dispatch as base64, and more */

typedef struct {
  const DiglotBatch *batch;
  DiglotConverter   *converter;
  DgDesk            *desks[DESKS]; /* of a clerk; the one used last stands first */
  int                in, out;
  GByteArray        *waiting; /* read, and not yet a line */
  guint              number;  /* of lines */
  gboolean           is_over; /* nothing more comes in */
  gboolean           is_lost; /* nobody reads the answers */
} Service;

/* Answers */

static gboolean
is_text (GBytes *bytes)
{
  gsize       size;
  const char *data = g_bytes_get_data (bytes, &size);

  return size == 0 || (memchr (data, '\0', size) == NULL && g_utf8_validate (data, (gssize) size, NULL));
}

static void
add_files (JsonBuilder *builder, const DgOrder *order, const DgPart *part)
{
  json_builder_set_member_name (builder, "files");
  json_builder_begin_array (builder);
  for (guint i = 0; i < part->files->len; i++) {
    const DgFile *file = part->files->pdata[i];

    json_builder_begin_object (builder);
    dg_build_string (builder, "output", file->path);
    dg_build_string (builder, "sha256", file->digest);
    json_builder_end_object (builder);
  }
  for (guint i = 0; order->output == NULL && !part->failed && i < part->made->len; i++) {
    GBytes          *bytes = part->made->pdata[i];
    gsize            size;
    const guchar    *data = g_bytes_get_data (bytes, &size);
    g_autofree char *text = order->format != DIGLOT_FORMAT_PDF && is_text (bytes) ? g_strndup ((const char *) data, size) : g_base64_encode (data, size);

    json_builder_begin_object (builder);
    dg_build_string (builder, order->format != DIGLOT_FORMAT_PDF && is_text (bytes) ? "text" : "base64", text);
    json_builder_end_object (builder);
  }
  json_builder_end_array (builder);
}

/* The members of the report but "files", which is a number there. */
static void
add_details (JsonBuilder *builder, JsonObject *details)
{
  g_autoptr (GList) members = json_object_get_members (details);

  for (const GList *at = members; at != NULL; at = at->next)
    if (strcmp (at->data, "files") != 0) {
      json_builder_set_member_name (builder, at->data);
      json_builder_add_value (builder, json_object_dup_member (details, at->data));
    }
}

static GBytes *
write_answer (const DgOrder *order, const DgOutcome *outcome)
{
  g_autofree char *details = dg_report_dup_details (outcome);
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char *name = g_utf8_make_valid (order->name != NULL ? order->name : "", -1);
  g_autofree char *json = NULL, *line = NULL;
  JsonArray       *parts;
  gsize            length;

  json_parser_load_from_data (parser, details, -1, NULL);
  parts = json_node_get_array (json_parser_get_root (parser));
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "id");
  json_builder_add_value (builder, json_node_copy (order->id));
  dg_build_string (builder, "status", dg_outcome_has_failed (outcome) ? "failed" : "set");
  dg_build_string (builder, "input", name);
  json_builder_set_member_name (builder, "dispatches");
  json_builder_begin_array (builder);
  for (guint i = 0; i < outcome->parts->len; i++) {
    json_builder_begin_object (builder);
    add_details (builder, json_array_get_object_element (parts, i));
    add_files (builder, order, outcome->parts->pdata[i]);
    json_builder_end_object (builder);
  }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  json = dg_build_print (builder, "%.6g");
  line = g_strconcat (json, "\n", NULL);
  length = strlen (line);
  return g_bytes_new_take (g_steal_pointer (&line), length);
}

/* A clerk */

static DgDesk *
find_desk (Service *service, const DgOrder *order)
{
  g_autofree char *key = dg_order_dup_key (order);
  DgDesk          *found = NULL;
  guint            place = 0;

  while (place < DESKS - 1 && service->desks[place] != NULL && !dg_desk_takes (service->desks[place], key))
    place++;
  if (service->desks[place] != NULL && dg_desk_takes (service->desks[place], key))
    found = service->desks[place];
  else
    dg_desk_free (service->desks[place]);
  memmove (&service->desks[1], &service->desks[0], place * sizeof service->desks[0]);
  service->desks[0] = found != NULL ? found : dg_desk_new (service->batch, order, service->converter);
  return service->desks[0];
}

static gboolean
read_order (DgOrder *order, GError **error)
{
  g_autoptr (GError) problem = NULL;

  if (order->bytes == NULL && (order->bytes = diglot_read_file (order->path, error)) == NULL)
    return FALSE;
  if (order->picture_path != NULL && (order->picture = diglot_read_file (order->picture_path, &problem)) == NULL)
    order->picture_problem = g_strdup (problem->message);
  return TRUE;
}

/* One place for all dispatches of the input, numbered where there are several. */
static void
deliver (const DiglotBatch *batch, const DgOrder *order, DgOutcome *outcome)
{
  g_autofree char *whole = g_build_filename (batch->output, order->output, NULL), *folder = g_path_get_dirname (whole);

  for (guint nth = 0; nth < outcome->parts->len; nth++) {
    DgPart          *part = outcome->parts->pdata[nth];
    g_autofree char *base = outcome->parts->len > 1 ? dg_output_dup_nth (whole, nth) : g_strdup (whole);

    for (guint i = 0; !part->failed && i < part->made->len; i++) {
      g_autofree char *path = part->made->len > 1 ? dg_output_dup_nth (base, i) : g_strdup (base);
      GBytes          *bytes = part->made->pdata[i];
      g_autoptr (GError) error = NULL;

      if (diglot_make_folder (folder, &error) && dg_output_replace (path, bytes, &error))
        dg_part_add_file (part, g_strdup (path), dg_digest_dup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes)), NULL);
      else
        dg_part_add_message (part, diglot_message_new_from_error (path, error));
    }
  }
  dg_output_settle (folder);
}

static GBytes *
do_line (guint number, GBytes *line, gpointer data)
{
  Service *service = data;
  g_autoptr (GError) error = NULL;
  gsize       length;
  const char *text = g_bytes_get_data (line, &length);
  g_autoptr (DgOrder) order = dg_order_new (service->batch, text != NULL ? text : "", length, number, &error);
  g_autoptr (DgOutcome) outcome = NULL;

  if (error != NULL || !read_order (order, &error))
    outcome = dg_desk_fail (order, error);
  else
    outcome = dg_desk_do (find_desk (service, order), order);
  if (order->output != NULL && error == NULL)
    deliver (service->batch, order, outcome);
  return write_answer (order, outcome);
}

static void
end_clerk (gpointer data)
{
  Service *service = data;

  for (guint i = 0; i < DESKS; i++)
    g_clear_pointer (&service->desks[i], dg_desk_free);
}

/* Lines */

static void
write_all (Service *service, GBytes *bytes)
{
  gsize       left;
  const char *data = g_bytes_get_data (bytes, &left);

  while (left > 0 && !service->is_lost) {
    gssize n = write (service->out, data, left);

    if (n < 0 && errno == EINTR)
      continue;
    service->is_lost = n < 0;
    data += MAX (n, 0);
    left -= (gsize) MAX (n, 0);
  }
}

static void
take_answer (guint number, GBytes *reply, const GError *error, gpointer data)
{
  Service *service = data;
  g_autoptr (DgOrder) order = g_new0 (DgOrder, 1);
  g_autoptr (DgOutcome) outcome = NULL;
  g_autoptr (GBytes) answer = NULL;

  if (reply != NULL) {
    write_all (service, reply);
    return;
  }
  order->id = json_node_init_int (json_node_alloc (), number);
  outcome = dg_desk_fail (order, error);
  answer = write_answer (order, outcome);
  write_all (service, answer);
}

static void
read_more (Service *service)
{
  guint8 part[65536];
  gssize n = read (service->in, part, sizeof part);

  if (n > 0)
    g_byte_array_append (service->waiting, part, (guint) n);
  else if (n == 0 || errno != EINTR)
    service->is_over = TRUE;
}

/* The next line, without its end; NULL where there is none yet. */
static GBytes *
steal_line (Service *service)
{
  const GByteArray *waiting = service->waiting;
  const guint8     *end = waiting->len > 0 ? memchr (waiting->data, '\n', waiting->len) : NULL;
  gsize             length = end != NULL ? (gsize) (end - waiting->data) : waiting->len;
  GBytes           *line;

  if (end == NULL && (!service->is_over || waiting->len == 0) && waiting->len < LONGEST)
    return NULL;
  line = g_bytes_new (waiting->data, length);
  g_byte_array_remove_range (service->waiting, 0, (guint) MIN (length + 1, waiting->len));
  return line;
}

static gboolean
is_blank (GBytes *line)
{
  gsize       length;
  const char *text = g_bytes_get_data (line, &length);

  while (length > 0 && g_ascii_isspace (text[length - 1]))
    length--;
  return length == 0;
}

static gboolean
can_read (int fd)
{
  struct pollfd polled = { .fd = fd, .events = POLLIN };

  return poll (&polled, 1, 0) > 0;
}

static void
serve (Service *service, guint jobs)
{
  g_autoptr (DgPool) pool = dg_pool_new (jobs, 0, 0, do_line, take_answer, service);

  dg_pool_set_end (pool, end_clerk);
  while (!service->is_lost) {
    g_autoptr (GBytes) line = dg_pool_has_room (pool) ? steal_line (service) : NULL;
    g_autoptr (GError) error = NULL;

    if (line != NULL && is_blank (line))
      continue;
    if (line != NULL && !dg_pool_give (pool, ++service->number, line, &error))
      take_answer (service->number, NULL, error, service);
    if (line != NULL)
      continue;
    if (service->is_over && dg_pool_is_idle (pool))
      break;
    if (service->is_over || !dg_pool_has_room (pool))
      dg_pool_wait (pool, -1);
    else if (dg_pool_is_idle (pool))
      read_more (service);
    else {
      dg_pool_wait (pool, service->in);
      if (can_read (service->in))
        read_more (service);
    }
  }
}

gboolean
diglot_batch_serve (const DiglotBatch *batch, int in, int out, GError **error)
{
  Service service = { .batch = batch, .in = in, .out = out, .waiting = g_byte_array_new () };
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  g_autoptr (DiglotConverter) converter = NULL;
  gboolean is_usable;

  if (batch->output != NULL && !diglot_make_folder (batch->output, error))
    return FALSE;
  is_usable = (!batch->sandbox || dg_sandbox_close_calls (batch->require_sandbox, error))
              && (converter = diglot_converter_new (&batch->conversion, error)) != NULL
              && (!batch->sandbox || dg_sandbox_close_files (batch, batch->output, none, FALSE, error));
  service.converter = converter;
  if (is_usable)
    serve (&service, batch->jobs);
  g_byte_array_unref (service.waiting);
  return is_usable;
}
