/* xml.c: see xml.h. */
#include "open/xml.h"

#include "base/refuse.h"

#include <string.h>

/* What is wrong is told by who asked; libxml2 would print it. */
static void
be_quiet (void *data, xmlErrorPtr problem)
{
  (void) data;
  (void) problem;
}

DgXml *
dg_xml_new (GBytes *bytes)
{
  gsize            length;
  const char      *data = g_bytes_get_data (bytes, &length);
  xmlTextReaderPtr reader =
    length <= G_MAXINT ? xmlReaderForMemory (data != NULL ? data : "", (int) length, NULL, NULL, XML_PARSE_NONET | XML_PARSE_NOCDATA) : NULL;
  DgXml *xml;

  if (reader == NULL)
    return NULL;
  xmlTextReaderSetStructuredErrorHandler (reader, (xmlStructuredErrorFunc) be_quiet, NULL);
  xml = g_new0 (DgXml, 1);
  xml->reader = reader;
  return xml;
}

void
dg_xml_free (DgXml *xml)
{
  if (xml == NULL)
    return;
  xmlFreeTextReader (xml->reader);
  g_free (xml);
}

gboolean
dg_xml_next (DgXml *xml, const char **name, gboolean *begins, gboolean *is_empty, GError **error)
{
  for (;;) {
    int status = xml->skipped ? 1 : xmlTextReaderRead (xml->reader);

    xml->skipped = FALSE;
    if (status < 0 || xml->failed)
      return dg_refuse (error, DIGLOT_ERROR_KIND, "the document is damaged: its XML cannot be read");
    if (status == 0)
      return FALSE;
    switch (xmlTextReaderNodeType (xml->reader)) {
    case XML_READER_TYPE_DOCUMENT_TYPE:
    case XML_READER_TYPE_ENTITY_REFERENCE: return dg_refuse (error, DIGLOT_ERROR_KIND, "the document declares entities, which no word processor does");
    case XML_READER_TYPE_ELEMENT:
    case XML_READER_TYPE_END_ELEMENT:
      *name = (const char *) xmlTextReaderConstLocalName (xml->reader);
      *begins = xmlTextReaderNodeType (xml->reader) == XML_READER_TYPE_ELEMENT;
      *is_empty = *begins && xmlTextReaderIsEmptyElement (xml->reader) == 1;
      return TRUE;
    case XML_READER_TYPE_TEXT:
    case XML_READER_TYPE_CDATA:
    case XML_READER_TYPE_WHITESPACE:
    case XML_READER_TYPE_SIGNIFICANT_WHITESPACE:
      *name = NULL;
      *begins = *is_empty = FALSE;
      return TRUE;
    default: break;
    }
  }
}

void
dg_xml_skip (DgXml *xml)
{
  int status = xmlTextReaderNext (xml->reader);

  xml->failed = status < 0;
  xml->skipped = status == 1;
}

const char *
dg_xml_namespace (const DgXml *xml)
{
  const char *uri = (const char *) xmlTextReaderConstNamespaceUri (xml->reader);

  return uri != NULL ? uri : "";
}

const char *
dg_xml_text (const DgXml *xml)
{
  const char *text = (const char *) xmlTextReaderConstValue (xml->reader);

  return text != NULL ? text : "";
}

char *
dg_xml_dup_attribute (const DgXml *xml, const char *name)
{
  char *value = NULL;

  while (value == NULL && xmlTextReaderMoveToNextAttribute (xml->reader) == 1)
    if (strcmp ((const char *) xmlTextReaderConstLocalName (xml->reader), name) == 0)
      value = g_strdup (dg_xml_text (xml));
  xmlTextReaderMoveToElement (xml->reader);
  return value;
}
