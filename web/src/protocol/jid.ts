/** Addresses of XMPP, `node@domain/resource`, as strings. */

export function bareJid(jid: string): string {
  const slash = jid.indexOf('/')
  return slash < 0 ? jid : jid.slice(0, slash)
}

export function nodeOf(jid: string): string {
  const bare = bareJid(jid)
  const at = bare.indexOf('@')
  return at < 0 ? '' : bare.slice(0, at)
}

export function domainOf(jid: string): string {
  const bare = bareJid(jid)
  return bare.slice(bare.indexOf('@') + 1)
}

export function resourceOf(jid: string): string {
  const slash = jid.indexOf('/')
  return slash < 0 ? '' : jid.slice(slash + 1)
}

/**
 * The MUC nick, which is the endpoint id everywhere: the first eight characters of an anonymous user's node, when
 * they are lower-case hexadecimal, else (and always for account holders) eight random ones.
 */
export function endpointId(jid: string, anonymous: boolean, random: () => string = randomHex8): string {
  const start = nodeOf(jid).slice(0, 8)
  return anonymous && /^[0-9a-f]{8}$/.test(start) ? start : random()
}

export function randomHex8(): string {
  return crypto.getRandomValues(new Uint32Array(1))[0]!.toString(16).padStart(8, '0')
}
