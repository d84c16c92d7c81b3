import { ImageDiff } from './ImageDiff'
import { LineDiff } from './LineDiff'
import { TableDiff } from './TableDiff'
import { tableIn } from './tables'

/** Something that came out in the same form twice, shown as that form is best compared. */
export function FormDiff({
  mime,
  left,
  right,
  names,
  of,
}: {
  mime: string
  left: string
  right: string
  names: { left: string; right: string }
  of: string
}) {
  if (mime.startsWith('image/')) {
    const only = left && right ? undefined : left ? names.left : names.right
    if (only) {
      return (
        <figure>
          <img src={dataUrl(mime, left || right)} alt={`${of}, ${only}`} />
          <figcaption>only in {only}</figcaption>
        </figure>
      )
    }
    return (
      <ImageDiff left={dataUrl(mime, left)} right={dataUrl(mime, right)} names={names} of={of} />
    )
  }
  const tables = [tableIn(mime, left), tableIn(mime, right)]
  if (tables[0] && tables[1]) return <TableDiff left={tables[0]} right={tables[1]} of={of} />
  return <LineDiff expected={left} actual={right} names={names} of={of} />
}

/** A picture in an img element never runs what may stand in it. */
function dataUrl(mime: string, text: string): string {
  return mime === 'image/svg+xml'
    ? `data:${mime},${encodeURIComponent(text)}`
    : `data:${mime};base64,${text}`
}
