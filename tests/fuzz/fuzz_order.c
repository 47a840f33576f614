/* fuzz_order.c: a job for --worker, a line of JSON from another program, and the bytes by which the process that reads has it. */
#include "fuzz.h"

#include "batch/order.h"

#include <string.h>

const FuzzSeeds fuzz_seeds[] = { { "tests/fuzz/seeds/order", "" }, { NULL, NULL } };
const guint     fuzz_rounds = 400;

static void
check (DgOrder *order, const DiglotBatch *batch)
{
  DiglotOptions    options = dg_order_options (order, batch);
  g_autofree char *key = dg_order_dup_key (order);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (DgOrder) same = NULL;

  if (order->bytes == NULL) /* the file, before it is read */
    order->bytes = g_bytes_new_static ("Harbour\n", 8);
  bytes = dg_order_to_bytes (order);
  same = dg_order_from_bytes (bytes);
  g_assert_cmpstr (options.languages, ==, order->languages);
  g_assert_nonnull (key);
  g_assert_nonnull (same);
  g_assert_cmpstr (same->name, ==, order->name);
  g_assert_cmpint (same->format, ==, order->format);
  g_assert_true (order->timeout <= batch->timeout && order->memory <= batch->memory);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  const DiglotBatch batch = { .timeout = 60, .memory = 512, .output = "/nowhere/out/" };
  g_autofree char  *line = g_strndup ((const char *) data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (DgOrder) order = dg_order_new (&batch, line, strlen (line), 7, &error);

  g_assert_nonnull (order);
  g_assert_nonnull (order->id);
  if (error == NULL)
    check (order, &batch);
  return 0;
}
