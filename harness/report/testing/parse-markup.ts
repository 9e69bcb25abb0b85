/** Parses markup strictly: anything that is not well-formed XML throws. The page is written so that it is both HTML and XML. */
import { type Document, DOMParser, type Element, onErrorStopParsing } from '@xmldom/xmldom';

export function parseMarkup(source: string, type: 'application/xhtml+xml' | 'text/xml'): Document {
  return new DOMParser({ onError: onErrorStopParsing }).parseFromString(source, type);
}

/** Elements of a name in document order; '*' for all. */
export function elements(parent: Document | Element, name: string): Element[] {
  return [...parent.getElementsByTagName(name)];
}

/** Text of an element without that of the named descendants. */
export function textWithout(element: Element, names: readonly string[]): string {
  const parts: string[] = [];
  for (let child = element.firstChild; child !== null; child = child.nextSibling) {
    if (child.nodeType === child.TEXT_NODE) parts.push(child.nodeValue ?? '');
    const isElement = child.nodeType === child.ELEMENT_NODE;
    if (isElement && !names.includes(child.nodeName)) parts.push(textWithout(child as Element, names));
  }
  return parts.join(' ');
}
