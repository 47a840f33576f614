/* envelope.h: what a carrier put around a dispatch: the headings and endings of wire services (IPTC 7901, ANPA 1312, ZCZC … NNNN) and the
 * head fields of electronic letters that say nothing to readers.
 * In: the lines with ink.  Out: those that are text; the others become fields of the document. */
#ifndef DG_ENVELOPE_H
#define DG_ENVELOPE_H

#include "read/scan.h"

/* Takes the lines of envelopes out of @lines (DgScanLine), gives them their role in @doc, and adds their fields to it. */
void dg_envelope_take (GArray *lines, const DgSource *source, DgDoc *doc);

#endif
