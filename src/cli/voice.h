/* voice.h: the language that the program speaks.
 * The process stays in the C locale, so that what is written for programs, and what the libraries say of it, is the same everywhere.  Only while
 * something is shown is the reader's locale the thread's: the one that LC_ALL, LC_MESSAGES or LANG names, with LANGUAGE to choose within it. */
#ifndef DG_CLI_VOICE_H
#define DG_CLI_VOICE_H

#include <locale.h>

typedef struct {
  locale_t reader;   /* 0 where the system has none of that name: English */
  int      is_known; /* it has been asked for */
} Voice;

/* Speaks the reader's language until the answer, the locale before, is given back. */
locale_t cli_voice_begin (Voice *voice);
void     cli_voice_end (locale_t before);
void     cli_voice_clear (Voice *voice);

#endif
