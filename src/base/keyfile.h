/* keyfile.h: what a linguist knows, in files of groups: ours in templates/data/, and the user's own, which adds to it.
 * In: a file's name.  Out: each of its groups, one after the other. */
#ifndef DG_KEYFILE_H
#define DG_KEYFILE_H

#include <glib.h>

/* Takes the group @group of @file, which stands at @path; FALSE with @error where it is wrong. */
typedef gboolean (*DgKeyfileGroup) (GKeyFile *file, const char *path, const char *group, gpointer data, GError **error);

/* Hands over the groups of templates/data/@name and then those of the user's own file, which need not be there.  FALSE with @error
 * (DIGLOT_ERROR_READ, DIGLOT_ERROR_TEMPLATE) where one is wrong or ours is missing. */
gboolean dg_keyfile_each_group (const char *name, DgKeyfileGroup take, gpointer data, GError **error);

/* The user's own file: ~/.config/diglot/@name.  Free with g_free. */
char *dg_keyfile_dup_own_path (const char *name);

#endif
