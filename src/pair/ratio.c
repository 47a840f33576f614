/* ratio.c: the ratio of lengths as a mean that is pulled from what is expected to what is seen. */
#include "pair/ratio.h"

#include <math.h>

#include "base/language.h"

/* Of a language of whose lengths nothing is known. */
#define UNKNOWN_SPREAD 0.2
/* No language is written in so many times another's characters (a log). */
#define MOST_RATIO 3.0
/* Translators differ, whatever the languages. */
#define OWN_SPREAD 0.08

/* Whole texts: what paragraphs of one alone do to their sums, and how many texts leave out more than that. */
#define SUM_SPREAD  0.1
#define SHORT_SHARE 0.1
#define SHORT_RANGE 1.5

/* Pieces further off than so many standard deviations count less, as the absolute value does. */
#define FAR 1.5

#define FREEDOM 3.0 /* degrees of it */

/* "-0.08;0.05": the ratio against English and its spread. */
static DgRatio
find_language (const char *tag)
{
  const char *value = dg_language_value (dg_language_get (tag), "length");
  DgRatio     ratio = { 0, UNKNOWN_SPREAD };
  char       *end;
  double      number;

  if (value == NULL)
    return ratio;
  number = g_ascii_strtod (value, &end);
  if (end == value || !(fabs (number) < MOST_RATIO))
    return ratio;
  ratio.mean = number;
  number = *end == ';' ? g_ascii_strtod (end + 1, NULL) : 0;
  if (number >= 0 && number < MOST_RATIO)
    ratio.spread = number;
  return ratio;
}

DgRatio
dg_ratio_expect (const char *lang_a, const char *lang_b)
{
  DgRatio a = find_language (lang_a), b = find_language (lang_b);

  return (DgRatio){ b.mean - a.mean, sqrt (a.spread * a.spread + b.spread * b.spread + OWN_SPREAD * OWN_SPREAD) };
}

double
dg_ratio_start (const DgRatio *expected, double seen)
{
  double variance = expected->spread * expected->spread, accidents = SUM_SPREAD * SUM_SPREAD, off = seen - expected->mean, whole, part;

  /* The chances that so much is missing by accident here and there, or as a part that was left out. */
  whole = (1 - SHORT_SHARE) * exp (-off * off / (2 * (variance + accidents))) / sqrt (2 * G_PI * (variance + accidents));
  part = fabs (off) < SHORT_RANGE ? SHORT_SHARE / (2 * SHORT_RANGE) : 0;
  return expected->mean + (whole > 0 ? whole / (whole + part) : 0) * off * variance / (variance + accidents);
}

/* Student's distribution: texts whose ratio is far from all others' are there too. */
double
dg_ratio_weigh (const DgRatio *expected, double ratio)
{
  double z = (ratio - expected->mean) / expected->spread;

  return -(FREEDOM + 1) / 2 * log1p (z * z / FREEDOM);
}

double
dg_ratio_learn (const DgRatio *expected, double before, const DgRatioPiece *pieces, guint n)
{
  double off = (before - expected->mean) / expected->spread;
  double weights = (FREEDOM + 1) / (FREEDOM + off * off) / (expected->spread * expected->spread), sum = 0;

  for (guint i = 0; i < n; i++) {
    double z = fabs (pieces[i].ratio - before) * sqrt (pieces[i].weight);
    double weight = pieces[i].weight * (z > FAR ? FAR / z : 1);

    weights += weight;
    sum += weight * (pieces[i].ratio - expected->mean);
  }
  return expected->mean + sum / weights;
}
