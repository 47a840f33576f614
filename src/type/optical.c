/* optical.c: the table of hanging signs.  Light signs hang further than dark ones; letters do not hang. */
#include "type/optical.h"

#define LIMIT .18 /* em: no sign hangs further, however wide it is */

static double
start_share (gunichar ch)
{
  switch (ch) {
  case 0x201C:
  case 0x201E:
  case 0x2018:
  case 0x201A:
  case '"':
  case '\'': return .5;
  case 0xAB:
  case 0x2039:
  case 0x201D:
  case 0x2019: /* 201D opens too where a writer typed it so */ return .4;
  case '(':
  case '[': return .15;
  default: return 0;
  }
}

static double
end_share (gunichar ch)
{
  switch (ch) {
  case '.':
  case 0x3002:
  case 0x06D4: return .65;
  case ',':
  case 0x060C:
  case 0x2010:
  case '-':
  case 0xAD: return .6;
  case ';':
  case ':':
  case 0x061B: return .35;
  case 0x201D:
  case 0x2019:
  case 0x201C:
  case 0x2018:
  case '"':
  case '\'': return .5;
  case 0xBB:
  case 0x203A: return .4;
  case 0x2013:
  case 0x2014:
  case '!':
  case '?':
  case 0x061F: return .2;
  case ')':
  case ']': return .15;
  default: return 0;
  }
}

double
dg_optical_start (gunichar ch, double width, double size)
{
  return MIN (start_share (ch) * width, LIMIT * size);
}

double
dg_optical_end (gunichar ch, double width, double size)
{
  return MIN (end_share (ch) * width, LIMIT * size);
}
