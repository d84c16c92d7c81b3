/** How long something took, with as many digits as anybody compares. */
export function duration(millis: number): string {
  if (millis < 1000) return `${Math.round(millis)} ms`
  const seconds = millis / 1000
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`
  if (seconds < 59.5) return `${Math.round(seconds)} s`
  const whole = Math.round(seconds)
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`
  const minutes = Math.round(whole / 60)
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB']

/** Bytes in decimal units, as disks and `ls -h --si` count them. */
export function size(bytes: number): string {
  let rest = bytes
  let unit = 0
  while (rest >= 999.5 && unit < UNITS.length - 1) {
    rest /= 1000
    unit++
  }
  return `${unit === 0 || rest >= 99.5 ? Math.round(rest) : rest.toFixed(1)} ${UNITS[unit]}`
}

/** When something happened, as short as it can be told on the day of {@code today}. */
export function moment(instant: string, today: Date = new Date()): string {
  const at = new Date(instant)
  const time = at.toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit' })
  if (at.toDateString() === today.toDateString()) return `today ${time}`
  const sameYear = at.getFullYear() === today.getFullYear()
  const day = at.toLocaleDateString(undefined, {
    day: 'numeric',
    month: 'short',
    ...(sameYear ? {} : { year: 'numeric' }),
  })
  return `${day} ${time}`
}

/** The beginning of a digest: enough to tell two apart by eye. */
export function shortDigest(digest: string): string {
  return digest.slice(0, 12)
}

/** The last part of a path, whichever machine wrote it. */
export function fileName(path: string): string {
  return path.split(/[/\\]/).pop() || path
}

export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}
