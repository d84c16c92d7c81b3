import css from './TimeBar.module.css'

/** A step's time beside the longest one's, so that the slow ones are seen at once. */
export function TimeBar({ share }: { share: number }) {
  return (
    <span className={css.track} aria-hidden="true">
      <span
        className={css.bar}
        style={{ width: `${Math.max(share * 100, share > 0 ? 1.5 : 0)}%` }}
      />
    </span>
  )
}
