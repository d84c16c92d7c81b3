/** The row that a key leads to from row {@code now}, which is -1 for none; -1 if the key does not. */
export function nextIndex(key: string, now: number, rows: number): number {
  switch (key) {
    case 'j':
    case 'ArrowDown':
      return Math.min(now + 1, rows - 1)
    case 'k':
    case 'ArrowUp':
      return now < 0 ? -1 : Math.max(now - 1, 0)
    case 'Home':
      return now < 0 ? -1 : 0
    case 'End':
      return now < 0 ? -1 : rows - 1
    default:
      return -1
  }
}
