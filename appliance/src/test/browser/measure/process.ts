import { readFileSync, readdirSync } from 'node:fs'

/** Resident memory of a process in MiB. */
export function residentMb(pid: number): number {
  const line = readFileSync(`/proc/${pid}/status`, 'utf8').match(/VmRSS:\s+(\d+) kB/)
  return Number(line?.[1] ?? 0) / 1024
}

/** CPU time that a process has used, all threads, in milliseconds; the kernel counts in ticks of 10 ms. */
export function cpuMs(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) * 10
}

/** CPU time of each kind of thread of a process in milliseconds; numbers in names are left out. */
export function threadsMs(pid: number): Map<string, number> {
  const threads = new Map<string, number>()
  for (const id of readdirSync(`/proc/${pid}/task`)) {
    try {
      const name = readFileSync(`/proc/${pid}/task/${id}/comm`, 'utf8').trim().replace(/[-# ]*\d+$/, '')
      const nanos = Number(readFileSync(`/proc/${pid}/task/${id}/schedstat`, 'utf8').split(' ')[0])
      threads.set(name, (threads.get(name) ?? 0) + nanos / 1e6)
    } catch {
      // It has just ended.
    }
  }
  return threads
}

export function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

export const seconds = (count: number): Promise<void> => new Promise((done) => setTimeout(done, count * 1000))
