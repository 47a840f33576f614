/* test_place.c: where a dispatch says that it was written, and what only looks like it. */
#include "read/place.h"

#include <string.h>

typedef struct {
  const char *place;  /* NULL: none */
  const char *before; /* the story, with its dash or colon */
  const char *story;
} Case;

static const Case cases[] = {
  { "CAIRO", "CAIRO (Agencies) –", " The harbour opened again." },
  { "PORT SELMA", "PORT SELMA, May 13, 2025 (AFP) -", " The harbour opened again." },
  { "BEIRUT", "BEIRUT —", " The harbour opened again." },
  { "RIO DE JANEIRO", "RIO DE JANEIRO, 13 May (Reuters) –", " The harbour opened again." },
  { "Rio de Janeiro", "Rio de Janeiro (Reuters) –", " The harbour – it is old – opened again." },
  { "Port-au-Prince", "Port-au-Prince (Selma Press Agency) —", " The harbour opened." },
  { "Saint-Denis", "Saint-Denis (Agence) :", " Le port a rouvert." },
  { "القاهرة", "القاهرة (رويترز) –", " فُتح الميناء من جديد." },
  { "القاهرة", "القاهرة - وكالات:", " فُتح الميناء من جديد." },
  { "القاهرة", "القاهرة – وكالات –", " فُتح الميناء من جديد." },
  { "بيروت", "بيروت (أ.ف.ب) -", " فُتح الميناء." },
  { "МОСКВА", "МОСКВА, 13 мая (ТАСС) —", " Порт открылся." },
  { "Berlin", "Berlin (dpa) -", " Der Hafen ist wieder offen." },
  { "北京", "北京（新华社）—", " 港口重新开放。" },
  { "BEIRUT", "BEIRUT, Nov. 4 (Xinhua) --", " The harbour opened again." },
  { "BEIRUT", "BEIRUT (AP) _", " The harbour opened again." },
  { "BEIRUT", "BEIRUT, November 4. /TASS/.", " The harbour opened again." },
  { "BEIRUT", "BEIRUT. Nov 4 (Interfax) -", " The harbour opened again." },
  { "Beirut, Lebanon", "Beirut, Lebanon, Nov 4, 2025 (AFP) -", " The harbour opened again." },
  { "Beirut", "Beirut, 4 nov (EFE).-", " The harbour opened again." },
  { "Beirut", "Beirut, SANA-", " The harbour opened again." },
  { "Beirut", "Beirut, Nov 4 (PTI)", " The harbour opened again." },
  { "BEIRUT", "(ANSA) - BEIRUT, NOV 4 -", " The harbour opened again." },
  { "BEIRUT/DAMASCUS", "BEIRUT/DAMASCUS, Nov 4 (Reuters) -", " The harbour opened again." },
  { "BEIRUT", "BEIRUT--(BUSINESS WIRE)--", "The harbour opened again." },
  { "بيروت", "بيروت-سانا", " فُتح الميناء." },
  { "بيروت", "بيروت في 4 نوفمبر /أ ش أ/", " فُتح الميناء." },
  { "بيروت", "بيروت/ وسيم نصر/ الأناضول -", " فُتح الميناء." },
  { "بيروت", "بيروت 4-11-2025 وفا-", " فُتح الميناء." },
  { "بيروت", "وطنية - بيروت -", " فُتح الميناء." },
  { "بعلبك", "وطنية – بعلبك –", " فُتح الميناء." },
  { "بيروت", "(أ ف ب) - بيروت -", " فُتح الميناء." },
  { "Beirut", "NNA - Beirut -", " The harbour opened again." },
  { "إسطنبول", "إسطنبول/ الأناضول", " فُتح الميناء." },
  { "موسكو", "موسكو 4 نوفمبر. سبوتنيك.", " فُتح الميناء." },
  { "MOSCOW", "MOSCOW, Nov 4. TASS.", " The harbour opened again." },
  { "New Delhi [India]", "New Delhi [India], November 4 (ANI):", " The harbour opened again." },
  { "BRUSSELS", "BRUSSELS 4/11 (Belga) =", " The harbour opened again." },
  { "ALGIERS", "ALGIERS-", " The harbour opened again." },
  { NULL, "", "HIGH- and low-pressure pipes were laid." },
  { NULL, "", "الصناعة وطنية - وهي قديمة - منذ عام." },
  { NULL, "", "وطنية المدير - وقد عُرفت - قديمة." },
  { NULL, "", "Twenty-two boats (AP) sailed." },
  { NULL, "", "The Reuters building (it is old) was sold on 4 May." },
  { NULL, "", "Beirut — the old one — is a harbour." },
  { NULL, "", "The harbour – nine days after the storm – opened again." },
  { NULL, "", "The mayor (Dalia Karam) – who is 40 – said it." },
  { NULL, "", "Note: the harbour opened." },
  { NULL, "", "وقال المدير: فُتح الميناء." },
  { NULL, "", "May 13, 2025 – The harbour opened." },
  { NULL, "", "AFP – The harbour opened." },
  { NULL, "", "– (AFP) –" },
  { NULL, "", "- Two ferries a day (AFP) - sail." },
  { NULL, "", "" },
};

static void
test_paragraphs (void)
{
  const DgLabels *labels = dg_labels_get (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    const Case      *c = &cases[i];
    g_autofree char *text = g_strconcat (c->before, c->story, NULL);
    DgPlaceFound     found;

    g_test_message ("%s", text);
    dg_place_find (labels, text, "en", FALSE, &found);
    g_assert_cmpuint (found.place_length, ==, c->place != NULL ? strlen (c->place) : 0);
    g_assert_cmpuint (found.length, ==, strlen (c->before));
    g_assert_true (c->place == NULL || g_str_has_prefix (text + found.start, c->place));
  }
}

static void
test_date_lines (void)
{
  static const struct {
    const char *text;
    gsize       length;
  } lines[] = {
    { "Port Selma, 13 May 2025", 10 },
    { "CAIRO, 09 September 21:10", 5 },
    { "Tue, 13 May 2025", 0 },
    { "13 May 2025", 0 },
    { "May 13, 2025", 0 },
    { "Port Selma", 0 },
    { "Nine days in Port Selma, 13 May 2025", 0 },
  };
  const DgLabels *labels = dg_labels_get (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++) {
    DgPlaceFound found;

    g_test_message ("%s", lines[i].text);
    dg_place_find (labels, lines[i].text, "en", TRUE, &found);
    g_assert_cmpuint (found.place_length, ==, lines[i].length);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/place/paragraphs", test_paragraphs);
  g_test_add_func ("/place/date-lines", test_date_lines);
  return g_test_run ();
}
