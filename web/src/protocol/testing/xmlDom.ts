/** The XML part of a browser's DOM, for tests of what reads and writes stanzas. Import it before everything else. */
import { DOMImplementation, DOMParser, XMLSerializer } from '@xmldom/xmldom'

Object.assign(globalThis, { DOMParser, XMLSerializer, document: { implementation: new DOMImplementation() } })
