/* xml.h: an XML file walked through by libxml2, event by event: it is never in memory as a tree, no entity is put in, and one that declares any
 * is refused. */
#ifndef DG_XML_H
#define DG_XML_H

#include <glib.h>
#include <libxml/xmlreader.h>

typedef struct {
  xmlTextReaderPtr reader;
  gboolean         skipped; /* the reader stands already at what comes next */
  gboolean         failed;
} DgXml;

/* NULL for what cannot be opened.  Borrows @bytes. */
DgXml *dg_xml_new (GBytes *bytes);
void   dg_xml_free (DgXml *xml);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DgXml, dg_xml_free)

/* The next element that begins (TRUE in @begins) or ends, or text (@name is NULL then).  An empty one begins and does not end: @is_empty.  FALSE at the
 * end, and with @error (DIGLOT_ERROR_KIND) where the file is broken. */
gboolean dg_xml_next (DgXml *xml, const char **name, gboolean *begins, gboolean *is_empty, GError **error);
/* Passes over the element that has begun and all in it. */
void dg_xml_skip (DgXml *xml);

/* The namespace of the element; "" for none.  The text.  Both lent until the next event. */
const char *dg_xml_namespace (const DgXml *xml);
const char *dg_xml_text (const DgXml *xml);
/* The value of the attribute whose name without prefix is @name; NULL for none.  Free with g_free. */
char *dg_xml_dup_attribute (const DgXml *xml, const char *name);

#endif
