/** From the last segment of a page's address to the room's name on the server (wire contract, section 1). */

// Never part of a name: what has a meaning in an address, in a JID or in markup.
const DROPPED = /[:?#[\]@!$&'()*+,;=></"]/g

/**
 * The node of the room's JID. It is lower-case and holds no character that an address would have to escape other
 * than `%`. Empty when nothing usable is left.
 */
export function normaliseRoomName(segment: string): string {
  const kept = segment.replace(DROPPED, '')
  let decoded: string
  try {
    decoded = decodeURIComponent(kept)
  } catch {
    // A percent sign that starts no escape stands for itself.
    decoded = kept
  }
  // Lone surrogates cannot be encoded.
  const name = decoded.replace(/\p{Surrogate}/gu, '').normalize('NFKC').toLowerCase()
  return encodeURIComponent(name).toLowerCase()
}
