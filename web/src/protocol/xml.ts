/**
 * XML elements as plain values: what is read from stanzas and what is written to them. Only `fromElement` and
 * `toBuilder` know the DOM and Strophe; everything else in the protocol layer works on these values.
 */
import { $build, type Builder } from 'strophe.js'

export interface Xml {
  readonly name: string
  /** The namespace that applies to the element; absent where it is inherited and was not declared. */
  readonly ns?: string
  readonly attrs: Readonly<Record<string, string>>
  readonly children: readonly Xml[]
  readonly text: string
}

export type AttributeValue = string | number | boolean | undefined

/** An element to send; `xmlns` among the attributes declares its namespace, undefined attributes are left out. */
export function xml(
  name: string,
  attrs: Record<string, AttributeValue> = {},
  ...content: (Xml | string | undefined | false | readonly Xml[])[]
): Xml {
  const children: Xml[] = []
  let text = ''
  for (const item of content) {
    if (!item) continue
    if (typeof item === 'string') text += item
    else if (Array.isArray(item)) children.push(...item)
    else children.push(item as Xml)
  }
  const written: Record<string, string> = {}
  for (const [key, value] of Object.entries(attrs)) {
    if (value !== undefined) written[key] = String(value)
  }
  return { name, ns: written['xmlns'], attrs: written, children, text }
}

/** The first child of that name, and namespace when one is given. */
export function child(parent: Xml | undefined, name: string, ns?: string): Xml | undefined {
  return parent?.children.find((c) => c.name === name && (ns === undefined || c.ns === ns))
}

export function childrenOf(parent: Xml | undefined, name: string, ns?: string): Xml[] {
  return parent?.children.filter((c) => c.name === name && (ns === undefined || c.ns === ns)) ?? []
}

export function attr(element: Xml | undefined, name: string): string | undefined {
  return element?.attrs[name]
}

/** The text of the first child of that name; the empty string when there is none. */
export function childText(parent: Xml | undefined, name: string, ns?: string): string {
  return child(parent, name, ns)?.text ?? ''
}

/** A copy with other or more attributes. */
export function withAttrs(element: Xml, attrs: Record<string, AttributeValue>): Xml {
  const merged: Record<string, string> = { ...element.attrs }
  for (const [key, value] of Object.entries(attrs)) {
    if (value === undefined) delete merged[key]
    else merged[key] = String(value)
  }
  return { ...element, attrs: merged }
}

export function fromElement(element: Element): Xml {
  const attrs: Record<string, string> = {}
  for (const attribute of Array.from(element.attributes)) attrs[attribute.name] = attribute.value
  const children: Xml[] = []
  let text = ''
  for (const node of Array.from(element.childNodes)) {
    if (node.nodeType === 1) children.push(fromElement(node as Element))
    else if (node.nodeType === 3 || node.nodeType === 4) text += node.nodeValue ?? ''
  }
  return {
    name: element.localName,
    ns: attrs['xmlns'] ?? element.namespaceURI ?? undefined,
    attrs,
    children,
    text,
  }
}

export function toBuilder(element: Xml): Builder {
  const builder = $build(element.name, { ...element.attrs })
  append(builder, element)
  return builder
}

function append(builder: Builder, element: Xml): void {
  if (element.text) builder.t(element.text)
  for (const item of element.children) {
    builder.c(item.name, { ...item.attrs })
    append(builder, item)
    builder.up()
  }
}
