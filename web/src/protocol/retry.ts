/** When to try again after a broken connection. */

/** The longest pause: the server is back for at most this long before it is noticed. */
const MAX_PAUSE_MS = 2000
const FIRST_PAUSE_MS = 100

/**
 * Milliseconds to wait before the given attempt, counted from 0. The first comes almost at once; jitter keeps the
 * clients of a restarted server from returning in one wave.
 */
export function retryDelayMs(attempt: number, random: () => number = Math.random): number {
  const pause = Math.min(FIRST_PAUSE_MS * 2 ** attempt, MAX_PAUSE_MS)
  return Math.round(pause * (0.5 + random() / 2))
}
