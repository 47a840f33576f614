/* jsonbuild.h: members and numbers of the JSON texts: of --to json, the report and the review page. */
#ifndef DG_JSONBUILD_H
#define DG_JSONBUILD_H

#include "diglot.h"

#include <json-glib/json-glib.h>

/* A member @name of the object that @builder is in. */
void dg_build_string (JsonBuilder *builder, const char *name, const char *value);
void dg_build_int (JsonBuilder *builder, const char *name, gint64 value);
/* @value rounded to the @steps-th part of 1. */
void dg_build_double (JsonBuilder *builder, const char *name, double value, double steps);
/* The members of a message but its file: line, column, severity, code, message. */
void dg_build_message (JsonBuilder *builder, const DiglotMessage *message);
/* The member "messages": an object for each. */
void dg_build_messages (JsonBuilder *builder, const DiglotMessage *const *messages, guint n);

/* What was built, on one line; fractions (doubles) are written by @format ("%.2f").  Free with g_free. */
char *dg_build_print (JsonBuilder *builder, const char *format);

#endif
