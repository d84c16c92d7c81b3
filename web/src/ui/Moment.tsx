import { moment } from './format'

export function Moment({ at }: { at: string }) {
  return (
    <time dateTime={at} title={new Date(at).toLocaleString()}>
      {moment(at)}
    </time>
  )
}
