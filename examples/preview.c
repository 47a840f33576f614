/* preview.c: a window in which the pages of a dispatch are turned and printed, by GTK.
 * usage: preview DISPATCH        preview DISPATCH PDF: prints to the file, without a dialog
 *   cc -o preview preview.c $(pkg-config --cflags --libs diglot-cairo gtk+-3.0) */
#include <diglot-cairo.h>
#include <gtk/gtk.h>

#define MARGIN 18 /* pixels round the page */

typedef struct {
  DiglotResult *result;
  guint         page; /* shown, from 0 */
  GtkWidget    *window, *area, *back, *forth, *place;
} Preview;

static void
show_page (Preview *self, guint page)
{
  guint            n = diglot_result_n_pages (self->result);
  g_autofree char *place = g_strdup_printf ("%u / %u", page + 1, n);

  self->page = page;
  gtk_widget_set_sensitive (self->back, page > 0);
  gtk_widget_set_sensitive (self->forth, page + 1 < n);
  gtk_label_set_text (GTK_LABEL (self->place), place);
  gtk_widget_queue_draw (self->area);
}

static void
turn_back (GtkButton *button, gpointer self)
{
  (void) button;
  show_page (self, ((Preview *) self)->page - 1);
}

static void
turn_forth (GtkButton *button, gpointer self)
{
  (void) button;
  show_page (self, ((Preview *) self)->page + 1);
}

/* The page as large as the window lets it be, on white paper. */
static gboolean
draw (GtkWidget *area, cairo_t *cr, gpointer data)
{
  const Preview *self = data;
  double         width, height, across = gtk_widget_get_allocated_width (area), down = gtk_widget_get_allocated_height (area), scale;

  if (!diglot_result_page_size (self->result, self->page, &width, &height))
    return FALSE;
  scale = MAX (MIN ((across - 2 * MARGIN) / width, (down - 2 * MARGIN) / height), .05);
  cairo_set_source_rgb (cr, .6, .6, .6);
  cairo_paint (cr);
  cairo_translate (cr, (across - scale * width) / 2, (down - scale * height) / 2);
  cairo_scale (cr, scale, scale);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_rectangle (cr, 0, 0, width, height);
  cairo_fill (cr);
  diglot_page_draw (self->result, self->page, cr);
  return TRUE;
}

/* Printing */

static void
begin_print (GtkPrintOperation *print, GtkPrintContext *context, gpointer self)
{
  (void) context;
  gtk_print_operation_set_n_pages (print, (int) diglot_result_n_pages (((Preview *) self)->result));
}

/* Paper of the page's own size, which a printer then fits to what lies in it. */
static void
set_paper (GtkPrintOperation *print, GtkPrintContext *context, int page, GtkPageSetup *setup, gpointer self)
{
  double        width, height;
  GtkPaperSize *paper;

  (void) print;
  (void) context;
  if (!diglot_result_page_size (((Preview *) self)->result, (guint) page, &width, &height))
    return;
  paper = gtk_paper_size_new_custom ("dispatch", "Dispatch", width, height, GTK_UNIT_POINTS);
  gtk_page_setup_set_paper_size (setup, paper);
  gtk_paper_size_free (paper);
}

static void
print_page (GtkPrintOperation *print, GtkPrintContext *context, int page, gpointer self)
{
  (void) print;
  diglot_page_draw (((Preview *) self)->result, (guint) page, gtk_print_context_get_cairo_context (context));
}

static gboolean
print_pages (Preview *self, const char *file)
{
  GtkPrintOperation *print = gtk_print_operation_new ();
  g_autoptr (GError) error = NULL;
  GtkPrintOperationResult done;

  gtk_print_operation_set_unit (print, GTK_UNIT_POINTS);
  gtk_print_operation_set_use_full_page (print, TRUE);
  gtk_print_operation_set_export_filename (print, file);
  g_signal_connect (print, "begin-print", G_CALLBACK (begin_print), self);
  g_signal_connect (print, "request-page-setup", G_CALLBACK (set_paper), self);
  g_signal_connect (print, "draw-page", G_CALLBACK (print_page), self);
  done = gtk_print_operation_run (print, file != NULL ? GTK_PRINT_OPERATION_ACTION_EXPORT : GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG, GTK_WINDOW (self->window),
                                  &error);
  if (error != NULL)
    g_printerr ("%s\n", error->message);
  g_object_unref (print);
  return done == GTK_PRINT_OPERATION_RESULT_APPLY;
}

static void
print_on_click (GtkButton *button, gpointer self)
{
  (void) button;
  print_pages (self, NULL);
}

/* The window */

static GtkWidget *
add_button (GtkWidget *bar, const char *icon, GCallback clicked, Preview *self)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon, GTK_ICON_SIZE_BUTTON);

  g_signal_connect (button, "clicked", clicked, self);
  gtk_header_bar_pack_start (GTK_HEADER_BAR (bar), button);
  return button;
}

static void
make_window (Preview *self, const char *title)
{
  GtkWidget *bar = gtk_header_bar_new ();

  self->window = gtk_window_new (GTK_WINDOW_TOPLEVEL);
  gtk_window_set_default_size (GTK_WINDOW (self->window), 700, 960);
  gtk_header_bar_set_title (GTK_HEADER_BAR (bar), title);
  gtk_header_bar_set_show_close_button (GTK_HEADER_BAR (bar), TRUE);
  gtk_window_set_titlebar (GTK_WINDOW (self->window), bar);
  self->back = add_button (bar, "go-previous", G_CALLBACK (turn_back), self);
  self->forth = add_button (bar, "go-next", G_CALLBACK (turn_forth), self);
  self->place = gtk_label_new (NULL);
  gtk_header_bar_pack_start (GTK_HEADER_BAR (bar), self->place);
  add_button (bar, "document-print", G_CALLBACK (print_on_click), self);
  self->area = gtk_drawing_area_new ();
  g_signal_connect (self->area, "draw", G_CALLBACK (draw), self);
  g_signal_connect (self->window, "destroy", G_CALLBACK (gtk_main_quit), NULL);
  gtk_container_add (GTK_CONTAINER (self->window), self->area);
  show_page (self, 0);
  gtk_widget_show_all (self->window);
}

int
main (int argc, char **argv)
{
  g_autoptr (DiglotOptions) options = diglot_options_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (DiglotConverter) converter = NULL;
  g_autoptr (DiglotResult) result = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *name = NULL;
  Preview          self = { 0 };

  gtk_init (&argc, &argv);
  if (argc < 2)
    return 2;
  if ((converter = diglot_converter_new (options, &error)) == NULL || (bytes = diglot_read_file (argv[1], &error)) == NULL) {
    g_printerr ("%s\n", error->message);
    return 1;
  }
  name = g_path_get_basename (argv[1]);
  self.result = result = diglot_convert (converter, bytes, name, DIGLOT_FORMAT_PAGES);
  if (diglot_result_n_pages (result) == 0)
    return 1;
  if (argc > 2)
    return print_pages (&self, argv[2]) ? 0 : 1;
  make_window (&self, name);
  gtk_main ();
  return 0;
}
