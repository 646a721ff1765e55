/** Plays two soft notes on a speaker, to hear whether it is the right one. */
export async function playTestSound(speakerId: string): Promise<void> {
  const context = new AudioContext()
  const output = context.createMediaStreamDestination()
  const start = context.currentTime + 0.05
  for (const [i, frequency] of [523.25, 783.99].entries()) {
    const tone = context.createOscillator()
    const volume = context.createGain()
    const at = start + i * 0.22
    tone.frequency.value = frequency
    volume.gain.setValueAtTime(0, at)
    volume.gain.linearRampToValueAtTime(0.25, at + 0.03)
    volume.gain.exponentialRampToValueAtTime(0.001, at + 0.6)
    tone.connect(volume).connect(output)
    tone.start(at)
    tone.stop(at + 0.65)
  }
  const audio = new Audio()
  audio.srcObject = output.stream
  await audio.setSinkId?.(speakerId).catch(() => undefined)
  await audio.play().catch(() => undefined)
  setTimeout(() => void context.close(), 1500)
}
