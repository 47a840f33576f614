/* caller.c: a program that uses an installed libdiglot.  usage: caller DISPATCH PDF
 *   cc -o caller caller.c $(pkg-config --cflags --libs diglot) */
#include <diglot.h>
#include <stdio.h>

static int
complain (const GError *error)
{
  fprintf (stderr, "%s\n", error->message);
  return 1;
}

int
main (int argc, char **argv)
{
  g_autoptr (DiglotOptions) options = diglot_options_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (DiglotConverter) converter = NULL;
  g_autoptr (DiglotResult) result = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char     *name = NULL;
  const DiglotMessage *messages;
  guint                n;

  if (argc != 3)
    return 2;
  if (!diglot_options_set (options, "template", "dispatch", &error) || (converter = diglot_converter_new (options, &error)) == NULL
      || (bytes = diglot_read_file (argv[1], &error)) == NULL)
    return complain (error);
  name = g_path_get_basename (argv[1]);
  result = diglot_convert (converter, bytes, name, DIGLOT_FORMAT_PDF);
  messages = diglot_result_messages (result, &n);
  for (guint i = 0; i < n; i++) {
    g_autofree char *line = diglot_message_dup_text (&messages[i]);

    fprintf (stderr, "%s\n", line);
  }
  if (diglot_result_bytes (result) == NULL)
    return 1;
  return diglot_write_file (argv[2], diglot_result_bytes (result), &error) ? 0 : complain (error);
}
