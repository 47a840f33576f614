/* jsonbuild.h: members and numbers of JSON texts, as the report and the review page have them. */
#ifndef DG_JSONBUILD_H
#define DG_JSONBUILD_H

#include "diglot.h"

#include <json-glib/json-glib.h>

/* A member @name of the object that @builder is in. */
void  dg_build_string (JsonBuilder *builder, const char *name, const char *value);
void  dg_build_int (JsonBuilder *builder, const char *name, gint64 value);
/* @value rounded to the @steps-th part of 1. */
void  dg_build_double (JsonBuilder *builder, const char *name, double value, double steps);
/* The member "messages": line, column, severity, code, message. */
void  dg_build_messages (JsonBuilder *builder, const DiglotMessage *const *messages, guint n);

/* What was built, on one line; numbers with six digits at most, where they are members.  Free with g_free. */
char *dg_build_print (JsonBuilder *builder);

#endif
