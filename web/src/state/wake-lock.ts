/** Keeps the screen on until the returned function is called; does nothing where the browser can't. */
export function keepAwake(): () => void {
  const { document, navigator } = globalThis
  if (!navigator?.wakeLock) return () => undefined
  let lock: WakeLockSentinel | undefined
  let done = false
  const take = async () => {
    if (done || document.visibilityState !== 'visible') return
    lock = await navigator.wakeLock.request('screen').catch(() => undefined)
    if (done) void lock?.release()
  }
  // The browser takes it away with the page's visibility.
  document.addEventListener('visibilitychange', take)
  void take()
  return () => {
    done = true
    document.removeEventListener('visibilitychange', take)
    void lock?.release().catch(() => undefined)
  }
}
