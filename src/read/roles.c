/* roles.c: the search for roles.
 *
 * A text has a head over its headline, the headline, more head under it, a body and a tail: zones, which have roles of their own and follow one
 * another.  The best series of roles through the zones is found for each text by Viterbi's algorithm, and with it, for every paragraph, how much
 * each other role would cost.  Then the two texts' paragraphs are put side by side, and what one text is sure of counts in the other: it
 * is sought again with that. */
#include "read/roles.h"

#include "read/echoes.h"
#include "read/scores.h"

#include <math.h>
#include <string.h>

/* Of a longer text the middle is running text, and only its ends are searched. */
enum { HEAD_PARAGRAPHS = 800, TAIL_PARAGRAPHS = 400, COMPARED = 100 };

typedef enum { ZONE_HEAD, ZONE_DECK, ZONE_BODY, ZONE_TAIL } Zone;

/* What a state asks of a paragraph beside its role's score. */
typedef enum { PLAIN, SECOND, OPENS, INSIDE } Kind;

typedef struct {
  Zone   zone;
  DgRole role;
  Kind   kind;
  float  extra;
} State;

/* clang-format off */
static const State STATES[] = {
  { ZONE_HEAD, DG_ROLE_KICKER, PLAIN, 0 },       { ZONE_HEAD, DG_ROLE_NOTE, PLAIN, 0 },        { ZONE_HEAD, DG_ROLE_NOTE, OPENS, 0 },
  { ZONE_HEAD, DG_ROLE_NOTE, INSIDE, -1.5f },    { ZONE_HEAD, DG_ROLE_FURNITURE, PLAIN, 0 },   { ZONE_HEAD, DG_ROLE_MARKER, PLAIN, 0 },
  { ZONE_HEAD, DG_ROLE_SOURCE, PLAIN, 0 },       { ZONE_HEAD, DG_ROLE_DATELINE, PLAIN, 0 },    { ZONE_HEAD, DG_ROLE_BYLINE, PLAIN, -3.5f },
  { ZONE_HEAD, DG_ROLE_CAPTION, PLAIN, -1 },     { ZONE_HEAD, DG_ROLE_NOTICE, PLAIN, -0.5f },  { ZONE_HEAD, DG_ROLE_CONTACT, PLAIN, -2 },
  { ZONE_HEAD, DG_ROLE_DECK, PLAIN, -4 },
  { ZONE_DECK, DG_ROLE_HEADLINE, PLAIN, 0 },     { ZONE_DECK, DG_ROLE_HEADLINE, SECOND, 0 },   { ZONE_DECK, DG_ROLE_DECK, PLAIN, 0 },
  { ZONE_DECK, DG_ROLE_BYLINE, PLAIN, 0 },       { ZONE_DECK, DG_ROLE_SOURCE, PLAIN, 0 },      { ZONE_DECK, DG_ROLE_DATELINE, PLAIN, 0 },
  { ZONE_DECK, DG_ROLE_NOTE, PLAIN, -0.3f },     { ZONE_DECK, DG_ROLE_FURNITURE, PLAIN, 0 },   { ZONE_DECK, DG_ROLE_KICKER, PLAIN, -3 },
  { ZONE_DECK, DG_ROLE_CAPTION, PLAIN, -0.5f },  { ZONE_DECK, DG_ROLE_MARKER, PLAIN, -1 },     { ZONE_DECK, DG_ROLE_NOTICE, PLAIN, -0.5f },
  { ZONE_BODY, DG_ROLE_BODY, PLAIN, 0 },         { ZONE_BODY, DG_ROLE_CROSSHEAD, PLAIN, 0 },   { ZONE_BODY, DG_ROLE_LIST, PLAIN, 0 },
  { ZONE_BODY, DG_ROLE_VERSE, PLAIN, 0 },        { ZONE_BODY, DG_ROLE_TABLE, PLAIN, 0 },       { ZONE_BODY, DG_ROLE_CAPTION, PLAIN, -1.5f },
  { ZONE_BODY, DG_ROLE_NOTE, PLAIN, -0.3f },     { ZONE_BODY, DG_ROLE_FURNITURE, PLAIN, -0.3f }, { ZONE_BODY, DG_ROLE_NOTE, OPENS, -1 },
  { ZONE_BODY, DG_ROLE_NOTE, INSIDE, -1 },
  { ZONE_TAIL, DG_ROLE_CAPTION, PLAIN, 0 },      { ZONE_TAIL, DG_ROLE_SOURCE, PLAIN, -0.2f },  { ZONE_TAIL, DG_ROLE_DATELINE, PLAIN, -0.5f },
  { ZONE_TAIL, DG_ROLE_BYLINE, PLAIN, -0.5f },   { ZONE_TAIL, DG_ROLE_SIGNOFF, PLAIN, 0 },     { ZONE_TAIL, DG_ROLE_END, PLAIN, 0 },
  { ZONE_TAIL, DG_ROLE_NOTE, PLAIN, 0 },         { ZONE_TAIL, DG_ROLE_NOTE, OPENS, 0.5f },     { ZONE_TAIL, DG_ROLE_NOTE, INSIDE, 0 },
  { ZONE_TAIL, DG_ROLE_CONTACT, PLAIN, 0 },      { ZONE_TAIL, DG_ROLE_CONTACT, OPENS, 0.5f },   { ZONE_TAIL, DG_ROLE_CONTACT, INSIDE, 0 },
    { ZONE_TAIL, DG_ROLE_BOILERPLATE, PLAIN, -0.5f },
  { ZONE_TAIL, DG_ROLE_BOILERPLATE, OPENS, 0 },  { ZONE_TAIL, DG_ROLE_BOILERPLATE, INSIDE, 0 }, { ZONE_TAIL, DG_ROLE_NOTICE, PLAIN, 0 },
  { ZONE_TAIL, DG_ROLE_FURNITURE, PLAIN, 0 },    { ZONE_TAIL, DG_ROLE_FURNITURE, OPENS, 0.5f }, { ZONE_TAIL, DG_ROLE_FURNITURE, INSIDE, 0 },
  { ZONE_TAIL, DG_ROLE_FOOTNOTE, PLAIN, 0 },     { ZONE_TAIL, DG_ROLE_MARKER, PLAIN, -2 },     { ZONE_TAIL, DG_ROLE_LIST, PLAIN, -5 },
};
/* clang-format on */

/* Tables of states are as wide as WIDTH, which vectors of four fill. */
enum { N_STATES = G_N_ELEMENTS (STATES), WIDTH = (N_STATES + 3) / 4 * 4, N_SLOTS = DG_ROLE_COUNT + 1, SECOND_LINE = DG_ROLE_COUNT };

/* The price of going from zone to zone, in the scores' logarithms: of a hundred texts eight have no headline, and hardly one goes on after its tail
 * or ends before its body. */
#define WITHOUT_HEADLINE 2.0f
#define WITHOUT_BODY     3.0f
#define BODY_AGAIN       5.0f
#define HEAD_AGAIN       6.0f
#define DECK_AGAIN       1.0f
#define CROSSHEAD_FIRST  1.5f /* the story begins before its first crosshead */
#define CROSSHEAD_AGAIN  2.5f /* a heading stands over something */
#define LIKELY_NEXT      0.7f /* headline and source line stand together */
#define SAME_BLOCK       6.0f /* items under a heading for editors */
#define OUT_OF_BLOCK     4.0f /* from a block for editors to credits and the like, which such blocks have too */
#define NO_WAY           1000.0f

/* What of one text's certainty counts in the other: at most so much, and so much of it. */
#define CERTAIN 5.0f
#define COUNTS  0.8f

/* That the texts have as many paragraphs if a line is a headline, or if it is none. */
#define PARAGRAPH_MORE 3.0f

/* A line that has no counterpart: of two between the same neighbours one is more likely the other's than not. */
#define SKIPPED 0.5f

/* The score of the role that an editor gives. */
#define FIXED 20.0f

/* States whose score is so much below the paragraph's best are not followed. */
#define HOPELESS 16.0f

typedef struct {
  const DgCuedText *text;
  GArray           *scores; /* DgScores, one a searched paragraph */
  guint            *at;     /* the paragraphs that are searched */
  guint             n;
  float            *base;     /* WIDTH for each: what the paragraph itself says of each state */
  gboolean         *runs;     /* of each: the text may begin again with it */
  float            *loss;     /* N_SLOTS for each: what the best series with that role costs against the best */
  float            *transfer; /* N_SLOTS for each: what the other text says */
  guint8           *best;     /* state of each */
} Search;

static float
price (const State *from, const State *to)
{
  gboolean inside = to->kind == INSIDE;

  if (inside && (from->role != to->role || from->zone != to->zone || from->kind == PLAIN))
    return NO_WAY;
  if (to->kind == SECOND)
    return from->role == DG_ROLE_HEADLINE && from->zone == ZONE_DECK ? (from->kind == SECOND ? 1.5f : 0) : NO_WAY;
  if (to->role == DG_ROLE_HEADLINE)
    return from->zone != ZONE_HEAD ? NO_WAY : from->role == DG_ROLE_SOURCE || from->role == DG_ROLE_DATELINE ? -LIKELY_NEXT : 0;
  if (to->zone == ZONE_HEAD && from->zone == ZONE_HEAD && to->role == DG_ROLE_KICKER && from->role == DG_ROLE_SOURCE)
    return 2 * LIKELY_NEXT;
  if (to->zone == ZONE_DECK && from->role == DG_ROLE_HEADLINE && (to->role == DG_ROLE_SOURCE || to->role == DG_ROLE_DATELINE || to->role == DG_ROLE_BYLINE))
    return -LIKELY_NEXT;
  if (to->zone == from->zone && from->role == DG_ROLE_NOTE && from->kind != PLAIN
      && (to->role == DG_ROLE_BYLINE || to->role == DG_ROLE_SIGNOFF || to->role == DG_ROLE_LIST || to->role == DG_ROLE_DATELINE || to->role == DG_ROLE_CAPTION))
    return OUT_OF_BLOCK;
  if (to->zone == from->zone)
    return to->role == DG_ROLE_DECK && from->role == DG_ROLE_DECK             ? DECK_AGAIN
           : to->role == DG_ROLE_CROSSHEAD && from->role == DG_ROLE_CROSSHEAD ? CROSSHEAD_AGAIN
                                                                              : 0;
  if (to->zone < from->zone)
    return from->zone == ZONE_TAIL && to->zone == ZONE_BODY ? BODY_AGAIN : NO_WAY;
  if (from->zone == ZONE_HEAD)
    return to->zone == ZONE_BODY ? WITHOUT_HEADLINE + (to->role == DG_ROLE_CROSSHEAD ? CROSSHEAD_FIRST : 0) : NO_WAY;
  if (from->role == DG_ROLE_CROSSHEAD && to->zone == ZONE_TAIL)
    return CROSSHEAD_AGAIN;
  if (from->zone == ZONE_DECK && to->role == DG_ROLE_CROSSHEAD)
    return CROSSHEAD_FIRST;
  if (from->zone == ZONE_DECK && to->zone == ZONE_TAIL)
    return WITHOUT_BODY;
  return 0;
}

/* The same where a run of the text's lines begins, with which the text may begin again. */
static float
price_run (const State *from, const State *to)
{
  float normal = price (from, to);

  if (normal < NO_WAY || from->zone < ZONE_BODY || to->kind == INSIDE || to->kind == SECOND)
    return normal;
  return to->zone == ZONE_HEAD || (to->role == DG_ROLE_HEADLINE && to->kind == PLAIN) ? HEAD_AGAIN : normal;
}

/* What going from state to state costs: [0] as a rule, [1] where a run begins. */
typedef struct {
  float from[2][N_STATES][WIDTH]; /* by where from, then where to */
  float to[2][N_STATES][WIDTH];   /* the other way round */
} Prices;

/* Made once, never changed. */
static const Prices *
get_prices (void)
{
  static gsize ready;

  if (g_once_init_enter (&ready)) {
    Prices *prices = g_new0 (Prices, 1);

    for (guint from = 0; from < N_STATES; from++)
      for (guint to = 0; to < N_STATES; to++) {
        prices->from[0][from][to] = prices->to[0][to][from] = price (&STATES[from], &STATES[to]);
        prices->from[1][from][to] = prices->to[1][to][from] = price_run (&STATES[from], &STATES[to]);
      }
    g_once_init_leave (&ready, (gsize) prices);
  }
  return (const Prices *) ready;
}

static const DgParagraph *
paragraph_at (const Search *search, guint i)
{
  return &g_array_index (search->text->paragraphs, DgParagraph, search->at[i]);
}

static const DgCue *
cue_at (const Search *search, guint i)
{
  return &g_array_index (search->text->cues, DgCue, search->at[i]);
}

static DgScores *
scores_at (const Search *search, guint i)
{
  return &g_array_index (search->scores, DgScores, i);
}

/* What a paragraph is worth inside a block that another one opened. */
static float
score_inside (const Search *search, guint i, DgRole role)
{
  const DgParagraph *paragraph = paragraph_at (search, i);
  const DgCue       *cue = cue_at (search, i);
  float              near = paragraph->gap == 0 ? 0.5f : search->text->by_gaps ? 0 : -0.7f;

  switch (role) {
  case DG_ROLE_NOTE: return near + (cue->n_items > 0 ? SAME_BLOCK : paragraph->closed ? 0.4f : 0.8f) - (cue->lead ? 4 : 0);
  case DG_ROLE_CONTACT: return near + (paragraph->n_chars > 90 ? -3 : paragraph->closed && cue->n_words > 8 ? -1.5f : 1.5f) - (cue->lead ? 4 : 0);
  case DG_ROLE_BOILERPLATE: return near + (paragraph->closed ? 2.2f : -0.3f);
  case DG_ROLE_FURNITURE:
    return near + (paragraph->n_chars > 120 ? -3 : !paragraph->closed || cue->last == '?' || cue->last == 0x061F ? 2.2f : -1.2f) - (cue->lead ? 4 : 0);
  default: return 0;
  }
}

/* What the paragraph says of a state, without what that asks of it. */
static float
score_state (const Search *search, guint i, const State *state)
{
  const DgScores   *scores = scores_at (search, i);
  const DgScanLine *line = search->text->lines->pdata[paragraph_at (search, i)->first];

  if (line->fixed)
    return line->role != state->role ? DG_SCORE_NEVER : state->kind == PLAIN ? FIXED : state->kind == SECOND ? FIXED - 1 : DG_SCORE_NEVER;
  switch (state->kind) {
  case SECOND: return scores->second_line;
  case INSIDE: return score_inside (search, i, state->role);
  case OPENS:
    if (!(state->role == DG_ROLE_NOTE          ? scores->opens_note
          : state->role == DG_ROLE_BOILERPLATE ? scores->opens_about
          : state->role == DG_ROLE_CONTACT     ? scores->opens_contact
                                               : scores->opens_links))
      return DG_SCORE_NEVER;
    break;
  case PLAIN: break;
  }
  return scores->score[state->role];
}

/* What a state asks of paragraph @i, and what the other text says of it. */
static float
weigh_state (const Search *search, guint i, const State *state)
{
  float weight = state->extra + search->transfer[(gsize) i * N_SLOTS + (state->kind == SECOND ? (guint) SECOND_LINE : (guint) state->role)];

  /* Before the body's end only a label or a credit makes a caption. */
  if (state->zone != ZONE_TAIL && state->role == DG_ROLE_CAPTION && scores_at (search, i)->score[DG_ROLE_CAPTION] < 4)
    weight -= 2;
  return weight;
}

/* TRUE where the paragraph is the first of its text after lines of the other. */
static gboolean
begins_run (const Search *search, guint i)
{
  const DgParagraph *before = i > 0 ? paragraph_at (search, i - 1) : NULL;
  const DgScanLine  *last, *line = search->text->lines->pdata[paragraph_at (search, i)->first];

  if (before == NULL)
    return FALSE;
  last = search->text->lines->pdata[before->first + before->n - 1];
  return line->n - last->n > line->gap + 1;
}

/* The search through the states of all paragraphs. */
typedef struct {
  float  *own;      /* WIDTH for each: a state's score */
  float  *forward;  /* the best series up to that state */
  float  *backward; /* the best that goes on from it */
  guint8 *live;     /* WIDTH for each: the states that are followed */
  guint8 *n_live;
} Trellis;

static void
alloc_trellis (Trellis *trellis, guint n)
{
  trellis->own = g_new (float, (gsize) n *WIDTH);
  trellis->forward = g_new (float, (gsize) n *WIDTH);
  trellis->backward = g_new (float, (gsize) n *WIDTH);
  trellis->live = g_new (guint8, (gsize) n * WIDTH);
  trellis->n_live = g_new0 (guint8, n);
}

static void
clear_trellis (Trellis *trellis)
{
  g_free (trellis->own);
  g_free (trellis->forward);
  g_free (trellis->backward);
  g_free (trellis->live);
  g_free (trellis->n_live);
}

static void
score_states (const Search *search, Trellis *trellis)
{
  for (guint i = 0; i < search->n; i++) {
    float       *own = trellis->own + (gsize) i * WIDTH;
    const float *base = search->base + (gsize) i * WIDTH;
    float        top = -G_MAXFLOAT, least;

    for (guint s = 0; s < N_STATES; s++) {
      own[s] = base[s] + weigh_state (search, i, &STATES[s]);
      top = MAX (top, own[s]);
    }
    for (guint s = N_STATES; s < WIDTH; s++)
      own[s] = 0;
    least = MAX (top - HOPELESS, DG_SCORE_NEVER + 10);
    for (guint s = 0; s < N_STATES; s++)
      if (own[s] > least)
        trellis->live[i * WIDTH + trellis->n_live[i]++] = (guint8) s;
  }
}

/* What a series costs that begins with the state. */
static float
price_start (const State *state)
{
  if (state->zone == ZONE_HEAD || (state->role == DG_ROLE_HEADLINE && state->kind == PLAIN))
    return state->kind == INSIDE ? NO_WAY : 0;
  return state->zone == ZONE_BODY && state->kind != INSIDE ? WITHOUT_HEADLINE : NO_WAY;
}

/* Raises @top, for each state, to what comes of @value at the price. */
static inline void
lift (float *restrict top, float value, const float *restrict price)
{
  for (guint s = 0; s < WIDTH; s++) {
    float sum = value - price[s];

    top[s] = sum > top[s] ? sum : top[s];
  }
}

static void
go_forward (const Search *search, Trellis *trellis, const Prices *prices)
{
  for (guint i = 0; i < search->n; i++) {
    float       *forward = trellis->forward + (gsize) i * WIDTH, top[WIDTH];
    const float *own = trellis->own + (gsize) i * WIDTH;

    for (guint s = 0; s < WIDTH; s++)
      top[s] = i == 0 && s < N_STATES ? -price_start (&STATES[s]) : -G_MAXFLOAT;
    for (guint m = 0; i > 0 && m < trellis->n_live[i - 1]; m++) {
      guint from = trellis->live[(i - 1) * WIDTH + m];

      lift (top, trellis->forward[(gsize) (i - 1) * WIDTH + from], prices->from[search->runs[i]][from]);
    }
    for (guint s = 0; s < WIDTH; s++)
      forward[s] = top[s] + own[s];
  }
}

static void
go_backward (const Search *search, Trellis *trellis, const Prices *prices)
{
  for (guint i = search->n; i-- > 0;) {
    float       *top = trellis->backward + (gsize) i * WIDTH;
    const float *next_own = trellis->own + (gsize) (i + 1) * WIDTH;
    gboolean     last = i + 1 == search->n;

    for (guint s = 0; s < WIDTH; s++)
      top[s] = !last ? -G_MAXFLOAT : s < N_STATES && STATES[s].zone < ZONE_BODY ? -WITHOUT_BODY : 0;
    for (guint m = 0; !last && m < trellis->n_live[i + 1]; m++) {
      guint to = trellis->live[(i + 1) * WIDTH + m];

      lift (top, top[WIDTH + to] + next_own[to], prices->to[search->runs[i + 1]][to]);
    }
  }
}

/* The states of the best series, from its end; what it is worth. */
static float
trace_back (Search *search, const Trellis *trellis, const Prices *prices)
{
  guint last = search->n - 1;
  float best = -G_MAXFLOAT;

  for (guint k = 0; k < trellis->n_live[last]; k++) {
    guint s = trellis->live[last * WIDTH + k];
    float sum = trellis->forward[last * WIDTH + s] + trellis->backward[last * WIDTH + s];

    if (sum > best) {
      best = sum;
      search->best[last] = (guint8) s;
    }
  }
  for (guint i = last; i > 0; i--) {
    float top = -G_MAXFLOAT;

    for (guint m = 0; m < trellis->n_live[i - 1]; m++) {
      guint from = trellis->live[(i - 1) * WIDTH + m];
      float sum = trellis->forward[(i - 1) * WIDTH + from] - prices->from[search->runs[i]][from][search->best[i]];

      if (sum > top) {
        top = sum;
        search->best[i - 1] = (guint8) from;
      }
    }
  }
  return best;
}

/* Finds the best series of states and what every other role would cost. */
static void
decode (Search *search)
{
  const Prices *prices = get_prices ();
  Trellis       trellis;
  float         best;

  if (search->n == 0)
    return;
  alloc_trellis (&trellis, search->n);
  score_states (search, &trellis);
  go_forward (search, &trellis, prices);
  go_backward (search, &trellis, prices);
  best = trace_back (search, &trellis, prices);
  for (guint i = 0; i < search->n; i++) {
    float *loss = search->loss + (gsize) i * N_SLOTS;

    for (guint r = 0; r < N_SLOTS; r++)
      loss[r] = NO_WAY;
    for (guint k = 0; k < trellis.n_live[i]; k++) {
      guint s = trellis.live[i * WIDTH + k], slot = STATES[s].kind == SECOND ? (guint) SECOND_LINE : (guint) STATES[s].role;

      loss[slot] = MIN (loss[slot], MAX (best - trellis.forward[i * WIDTH + s] - trellis.backward[i * WIDTH + s], 0));
    }
  }
  clear_trellis (&trellis);
}

/* What the paragraphs beside it say of one. */
static void
score_neighbours (Search *search)
{
  for (guint i = 0; i < search->n; i++) {
    const DgCue       *cue = cue_at (search, i);
    const DgParagraph *paragraph = paragraph_at (search, i);
    DgScores          *scores = scores_at (search, i);
    gboolean           near_page = (i > 0 && cue_at (search, i - 1)->page && paragraph->gap == 0)
                         || (i + 1 < search->n && cue_at (search, i + 1)->page && paragraph_at (search, i + 1)->gap == 0);

    /* With the source line under it even a title of two words is likely the headline. */
    if (cue->n_words <= 3 && scores->score[DG_ROLE_KICKER] < 5
        && ((i + 1 < search->n && scores_at (search, i + 1)->score[DG_ROLE_SOURCE] >= 6) || (i > 0 && scores_at (search, i - 1)->score[DG_ROLE_SOURCE] >= 6))) {
      scores->score[DG_ROLE_HEADLINE] += 3 * LIKELY_NEXT;
      scores->score[DG_ROLE_KICKER] -= 3 * LIKELY_NEXT;
    }
    /* "By Jane Roe", then "AP Sports Writer". */
    if (i > 0 && paragraph->gap == 0 && scores_at (search, i - 1)->score[DG_ROLE_BYLINE] >= 5 && cue->n_agencies > 0 && cue->n_other > 0 && cue->n_other <= 3
        && !paragraph->closed && !cue->date && (!cue->cased || cue->title) && scores->score[DG_ROLE_BYLINE] < 4.5f) {
      scores->score[DG_ROLE_BYLINE] = 4.5f;
      scores->why[DG_ROLE_BYLINE] = "an agency's writer, under a byline";
    }
    /* A statement ends with who made it, then where and when. */
    if (i > 1 && i + 1 < search->n && i + 3 >= search->n && scores_at (search, i + 1)->score[DG_ROLE_DATELINE] >= 4 && !paragraph->closed && cue->n_words <= 6
        && cue->n_digits == 0 && paragraph->gap <= 1 && scores->score[DG_ROLE_SIGNOFF] < 3.5f) {
      scores->score[DG_ROLE_SIGNOFF] = 3.5f;
      scores->why[DG_ROLE_SIGNOFF] = "stands over place and date at the end";
    }
    if (near_page && paragraph->n_chars <= 80 && !paragraph->closed && (cue->date || cue->repeated || cue->n_words <= 8)) {
      scores->score[DG_ROLE_FURNITURE] = MAX (scores->score[DG_ROLE_FURNITURE], 6.5f);
      scores->why[DG_ROLE_FURNITURE] = "stands with a page's number";
    }
    for (guint k = i + 1; paragraph->n_chars <= 90 && k < MIN (i + 5, search->n) && (k == i + 1 || paragraph_at (search, k)->gap == 0); k++)
      if (cue_at (search, k)->address && paragraph_at (search, k)->n_chars <= 120 && (cue->last == ':' || paragraph_at (search, i + 1)->gap == 0)
          && (cue->last == ':' || (!paragraph->closed && cue->n_words <= 10))) {
        float offered = cue->last == ':' ? 5 : cue->n_words <= 6 ? 2.5f : 1;

        if (scores->score[DG_ROLE_CONTACT] < offered) {
          scores->score[DG_ROLE_CONTACT] = offered;
          scores->opens_contact = TRUE;
          scores->why[DG_ROLE_CONTACT] = "stands over an address";
        }
      }
    if (i > 0 && paragraph->closed && paragraph->n_chars <= 160 && (cue_at (search, i - 1)->last == ',' || cue_at (search, i - 1)->last == 0x060C)
        && scores_at (search, i - 1)->score[DG_ROLE_NOTE] >= 3 && scores->score[DG_ROLE_NOTE] < 1.5f) {
      scores->score[DG_ROLE_NOTE] = 1.5f;
      scores->why[DG_ROLE_NOTE] = "follows a greeting";
    }
  }
}

static void
begin (Search *search, const DgCuedText *text, gboolean restarts)
{
  guint n = text->paragraphs->len;

  search->text = text;
  search->at = g_new (guint, MIN (n, HEAD_PARAGRAPHS + TAIL_PARAGRAPHS) + 1);
  for (guint i = 0; i < n; i++)
    if (i < HEAD_PARAGRAPHS || i + TAIL_PARAGRAPHS >= n)
      search->at[search->n++] = i;
  search->scores = g_array_sized_new (FALSE, FALSE, sizeof (DgScores), search->n + 1);
  g_array_set_size (search->scores, search->n);
  for (guint i = 0; i < search->n; i++)
    dg_scores_read (text, search->at[i], scores_at (search, i));
  score_neighbours (search);
  search->base = g_new0 (float, (gsize) (search->n + 1) * WIDTH);
  search->runs = g_new0 (gboolean, search->n + 1);
  for (guint i = 0; i < search->n; i++) {
    search->runs[i] = restarts && begins_run (search, i);
    for (guint s = 0; s < N_STATES; s++)
      search->base[(gsize) i * WIDTH + s] = score_state (search, i, &STATES[s]);
  }
  search->loss = g_new0 (float, (gsize) (search->n + 1) * N_SLOTS);
  search->transfer = g_new0 (float, (gsize) (search->n + 1) * N_SLOTS);
  search->best = g_new0 (guint8, search->n + 1);
}

static void
end (Search *search)
{
  g_free (search->at);
  g_array_unref (search->scores);
  g_free (search->base);
  g_free (search->runs);
  g_free (search->loss);
  g_free (search->transfer);
  g_free (search->best);
}

static guint
count_shared (const DgCue *a, const DgCue *b)
{
  guint n = 0;

  for (guint i = 0; i < a->n_numbers; i++)
    for (guint k = 0; k < b->n_numbers; k++)
      if (a->numbers[i] == b->numbers[k]) {
        n++;
        break;
      }
  return n;
}

/* How well two paragraphs of the two texts go together: by what they may both be, by their numbers and lengths. */
static float
liken (const Search *a, guint i, const Search *b, guint k)
{
  const float *x = a->loss + (gsize) i * N_SLOTS, *y = b->loss + (gsize) k * N_SLOTS;
  const DgCue *one = cue_at (a, i), *two = cue_at (b, k);
  float        least = NO_WAY, length = fabsf (logf ((float) (paragraph_at (a, i)->n_chars + 8) / (float) (paragraph_at (b, k)->n_chars + 8)));
  guint        numbers = MAX (one->n_numbers, two->n_numbers);

  for (guint r = 0; r < N_SLOTS; r++)
    least = MIN (least, x[r] + y[r]);
  return 3 - MIN (least, 8.0f) - 1.5f * MAX (length - 0.25f, 0) + (numbers > 0 ? 2.5f * (float) count_shared (one, two) / (float) numbers - 0.8f : 0)
         + (paragraph_at (a, i)->closed == paragraph_at (b, k)->closed ? 0.5f : -1) + (one->address && two->address ? 2 : 0)
         + (one->bracketed == two->bracketed ? 0 : -0.5f);
}

/* TRUE for a source line, date or byline that is sure by itself: it may stand before or after the headline, on either side as it likes. */
static gboolean
is_free (const Search *search, guint i)
{
  const State *state = &STATES[search->best[i]];
  const float *loss = search->loss + (gsize) i * N_SLOTS;

  if (state->role != DG_ROLE_SOURCE && state->role != DG_ROLE_DATELINE && state->role != DG_ROLE_BYLINE)
    return FALSE;
  for (guint r = 0; r < N_SLOTS; r++)
    if (r != state->role && loss[r] < CERTAIN)
      return FALSE;
  return TRUE;
}

/* The paragraphs from @from to @to that are compared in order: all but the free ones of the roles in @leave, bits. */
static GArray *
pick (const Search *search, guint from, guint to, guint leave)
{
  GArray *picked = g_array_sized_new (FALSE, FALSE, sizeof (guint), to - from + 1);

  for (guint i = from; i < to; i++)
    if ((leave & 1u << STATES[search->best[i]].role) == 0 || !is_free (search, i))
      g_array_append_val (picked, i);
  return picked;
}

/* The roles, bits, of which both texts have as many free lines: those answer each other wherever they stand, and what one text alone has may be the
 * counterpart of a line that the other is not sure of. */
static guint
find_free (const Search *a, guint from_a, guint to_a, const Search *b, guint from_b, guint to_b)
{
  int   n[DG_ROLE_COUNT] = { 0 };
  guint free = 0;

  for (guint i = from_a; i < to_a; i++)
    n[STATES[a->best[i]].role] += is_free (a, i);
  for (guint i = from_b; i < to_b; i++)
    n[STATES[b->best[i]].role] -= is_free (b, i);
  for (guint r = 0; r < DG_ROLE_COUNT; r++)
    free |= n[r] == 0 ? 1u << r : 0;
  return free;
}

/* Puts paragraphs @from_a … of the one text beside @from_b … of the other, in order, and lets each count in the other. */
static void
compare (Search *a, guint from_a, guint to_a, Search *b, guint from_b, guint to_b)
{
  const guint leave = find_free (a, from_a, to_a, b, from_b, to_b);
  g_autoptr (GArray) list_a = pick (a, from_a, to_a, leave), list_b = pick (b, from_b, to_b, leave);
  guint              n_a = list_a->len, n_b = list_b->len, i, k;
  g_autofree float  *sum = g_new0 (float, (gsize) (n_a + 1) * (n_b + 1));
  g_autofree guint8 *way = g_new0 (guint8, (gsize) (n_a + 1) * (n_b + 1));

  for (i = 1; i <= n_a; i++)
    for (k = 1; k <= n_b; k++) {
      float pair = sum[(i - 1) * (n_b + 1) + k - 1] + liken (a, g_array_index (list_a, guint, i - 1), b, g_array_index (list_b, guint, k - 1));
      float skip_a = sum[(i - 1) * (n_b + 1) + k] - SKIPPED, skip_b = sum[i * (n_b + 1) + k - 1] - SKIPPED;
      float best = MAX (pair, MAX (skip_a, skip_b));

      sum[i * (n_b + 1) + k] = best;
      way[i * (n_b + 1) + k] = pair >= best ? 0 : skip_a >= best ? 1 : 2;
    }
  for (i = n_a, k = n_b; i > 0 && k > 0;) {
    guint8 step = way[i * (n_b + 1) + k];

    if (step == 0) {
      guint        at_a = g_array_index (list_a, guint, i - 1), at_b = g_array_index (list_b, guint, k - 1);
      const float *x = a->loss + (gsize) at_a * N_SLOTS, *y = b->loss + (gsize) at_b * N_SLOTS;
      float       *to_first = a->transfer + (gsize) at_a * N_SLOTS, *to_second = b->transfer + (gsize) at_b * N_SLOTS;

      for (guint r = 0; r < N_SLOTS; r++) {
        to_first[r] = COUNTS * (CERTAIN - MIN (y[r], CERTAIN));
        to_second[r] = COUNTS * (CERTAIN - MIN (x[r], CERTAIN));
      }
    }
    i -= step != 2;
    k -= step != 1;
  }
}

static void
compare_texts (Search *a, Search *b)
{
  guint near_a = MIN (a->n, COMPARED), near_b = MIN (b->n, COMPARED);

  memset (a->transfer, 0, sizeof (float) * (gsize) a->n * N_SLOTS);
  memset (b->transfer, 0, sizeof (float) * (gsize) b->n * N_SLOTS);
  if (a->n <= 2 * COMPARED && b->n <= 2 * COMPARED) {
    compare (a, 0, a->n, b, 0, b->n);
    return;
  }
  compare (a, 0, near_a, b, 0, near_b);
  compare (a, a->n - near_a, a->n, b, b->n - near_b, b->n);
}

/* How many paragraphs of the body were found, and the first of them; the headline. */
static guint
count_body (const Search *search, guint *first, guint *headline)
{
  guint n = 0;

  *first = *headline = G_MAXUINT;
  for (guint i = 0; i < search->n; i++) {
    const State *state = &STATES[search->best[i]];

    if (state->role == DG_ROLE_BODY) {
      *first = MIN (*first, i);
      n++;
    } else if (state->role == DG_ROLE_HEADLINE) {
      *headline = MIN (*headline, i);
    }
  }
  return n;
}

/* TRUE where one of two lines is much longer than the other, whatever the languages. */
static gboolean
is_longer_far (const Search *a, guint i, const Search *b, guint k)
{
  guint x = paragraph_at (a, i)->n_chars, y = paragraph_at (b, k)->n_chars;

  return MAX (x, y) > 2 * MIN (x, y) + 2;
}

/* A headline that is a sentence, and for lack of which the text has a paragraph less than the other, is its first paragraph; the other way round a first
 * paragraph too many is a headline. */
static void
weigh_counts (Search *search, const Search *other)
{
  guint first, headline, other_first, other_headline, n = count_body (search, &first, &headline), n_other = count_body (other, &other_first, &other_headline);

  if (other_headline == G_MAXUINT)
    return;
  if (headline != G_MAXUINT && paragraph_at (search, headline)->closed
      && (!paragraph_at (other, other_headline)->closed || is_longer_far (search, headline, other, other_headline)))
    search->transfer[headline * N_SLOTS + DG_ROLE_HEADLINE] += n + 1 == n_other ? -PARAGRAPH_MORE : n == n_other ? PARAGRAPH_MORE / 2 : 0;
  else if (headline == G_MAXUINT && first != G_MAXUINT)
    search->transfer[first * N_SLOTS + DG_ROLE_HEADLINE] += n == n_other + 1 ? PARAGRAPH_MORE : n == n_other ? -PARAGRAPH_MORE / 2 : 0;
}

/* What nobody searched: the middle of a long text. */
static void
fill_middle (const DgCuedText *text)
{
  for (guint i = HEAD_PARAGRAPHS; i + TAIL_PARAGRAPHS < text->paragraphs->len; i++) {
    static const DgRole roles[] = { DG_ROLE_BODY, DG_ROLE_CROSSHEAD, DG_ROLE_LIST, DG_ROLE_TABLE, DG_ROLE_VERSE, DG_ROLE_FURNITURE };
    DgParagraph        *paragraph = &g_array_index (text->paragraphs, DgParagraph, i);
    DgScores            scores;

    dg_scores_read (text, i, &scores);
    paragraph->role = DG_ROLE_BODY;
    for (guint r = 0; r < G_N_ELEMENTS (roles); r++)
      if (scores.score[roles[r]] > scores.score[paragraph->role])
        paragraph->role = roles[r];
    paragraph->why = scores.why[paragraph->role];
    paragraph->confidence = 0.9;
    if (((const DgScanLine *) text->lines->pdata[paragraph->first])->fixed)
      paragraph->role = ((const DgScanLine *) text->lines->pdata[paragraph->first])->role;
  }
}

/* Writes what was found into the paragraphs. */
static void
settle (const Search *search)
{
  for (guint i = 0; i < search->n; i++) {
    DgParagraph    *paragraph = &g_array_index (search->text->paragraphs, DgParagraph, search->at[i]);
    const State    *state = &STATES[search->best[i]];
    const DgScores *scores = scores_at (search, i);
    const float    *loss = search->loss + (gsize) i * N_SLOTS;
    float           next = NO_WAY;

    paragraph->role = paragraph->rival = state->role;
    paragraph->why = state->kind == SECOND   ? "goes on with the headline"
                     : state->kind == INSIDE ? "inside the block that stands above"
                                             : scores->why[state->role];
    paragraph->by_label = g_strcmp0 (paragraph->why, "label") == 0;
    if (((const DgScanLine *) search->text->lines->pdata[paragraph->first])->fixed) {
      paragraph->why = "an editor's word";
      paragraph->unlike = scores->score[state->role] < 0;
    }
    paragraph->embargo = state->role == DG_ROLE_NOTE && (cue_at (search, i)->phrases.begins & 1u << DG_LABEL_EMBARGO) != 0;
    paragraph->new_head = i > 0 && STATES[search->best[i - 1]].zone >= ZONE_BODY && state->zone < ZONE_BODY;
    for (guint r = 0; r < DG_ROLE_COUNT; r++)
      if (r != state->role && loss[r] < next) {
        next = loss[r];
        paragraph->rival = (DgRole) r;
      }
    paragraph->confidence = 1 / (1 + exp (-(double) MIN (next, 30.0f)));
  }
}

/* A paragraph that a page's foot cut in two: it does not end as a sentence, and what follows the foot is running text. */
static void
join_over_feet (const DgCuedText *text)
{
  guint before = G_MAXUINT; /* the last paragraph of the body */

  for (guint i = 0; i < text->paragraphs->len; i++) {
    DgParagraph *paragraph = &g_array_index (text->paragraphs, DgParagraph, i);

    if (paragraph->role == DG_ROLE_BODY) {
      const DgParagraph *last = before != G_MAXUINT ? &g_array_index (text->paragraphs, DgParagraph, before) : NULL;

      paragraph->goes_on = last != NULL && before + 1 < i && !last->closed && (text->closed >= 0.75 || last->n_chars > 60);
      before = i;
    } else if (paragraph->role != DG_ROLE_FURNITURE || paragraph->unlike) {
      before = G_MAXUINT;
    }
  }
}

void
dg_roles_find (DgCuedText *texts, guint n_texts, gboolean in_blocks)
{
  enum { ROUNDS = 2 };
  Search searches[2] = { { 0 } };

  for (guint t = 0; t < n_texts; t++) {
    dg_cues_read (&texts[t]);
    dg_echoes_find (&texts[t]);
    begin (&searches[t], &texts[t], in_blocks);
    decode (&searches[t]);
  }
  for (guint round = 0; n_texts == 2 && round < ROUNDS; round++) {
    compare_texts (&searches[0], &searches[1]);
    weigh_counts (&searches[0], &searches[1]);
    weigh_counts (&searches[1], &searches[0]);
    for (guint t = 0; t < 2; t++)
      decode (&searches[t]);
  }
  for (guint t = 0; t < n_texts; t++) {
    settle (&searches[t]);
    fill_middle (&texts[t]);
    join_over_feet (&texts[t]);
    end (&searches[t]);
    g_array_unref (texts[t].cues);
  }
}
