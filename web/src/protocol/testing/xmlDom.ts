/** The XML part of a browser's DOM, for tests of what reads and writes stanzas. Import it before everything else. */
import { DOMImplementation, DOMParser, XMLSerializer } from '@xmldom/xmldom'

const implementation = new DOMImplementation()
const someElement = implementation.createDocument(null, 'x', null).documentElement
Object.defineProperty(Object.getPrototypeOf(someElement), 'firstElementChild', {
  get(this: Element) {
    return Array.from(this.childNodes).find((node) => node.nodeType === 1) ?? null
  },
})

Object.assign(globalThis, { DOMParser, XMLSerializer, document: { implementation } })
