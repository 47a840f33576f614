/* voice.c: the reader's locale, made when something is first said, since most runs say nothing. */
#include "cli/voice.h"

locale_t
cli_voice_begin (Voice *voice)
{
  if (!voice->is_known)
    voice->reader = newlocale (LC_CTYPE_MASK | LC_MESSAGES_MASK, "", (locale_t) 0);
  voice->is_known = 1;
  return uselocale (voice->reader);
}

void
cli_voice_end (locale_t before)
{
  uselocale (before);
}

void
cli_voice_clear (Voice *voice)
{
  if (voice->reader != (locale_t) 0)
    freelocale (voice->reader);
  voice->reader = (locale_t) 0;
}
