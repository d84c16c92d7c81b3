import { useEffect, useRef, useState } from 'react'
import css from './ImageDiff.module.css'
import { comparePixels } from './pixels'

interface Names {
  left: string
  right: string
}

/**
 * Two pictures over one another, with a slider between them, beside the picture of their
 * difference.
 */
export function ImageDiff({
  left,
  right,
  names,
  of,
}: {
  /** A data URL, like the other. */
  left: string
  right: string
  names: Names
  of: string
}) {
  const [share, setShare] = useState(50)
  return (
    <section className={css.both} aria-label={`Difference in ${of}`}>
      <figure>
        <div className={css.stack}>
          <img src={left} alt={`${of}, ${names.left}`} />
          <img
            src={right}
            alt={`${of}, ${names.right}`}
            style={{ clipPath: `inset(0 0 0 ${share}%)` }}
          />
        </div>
        <label className={css.slider}>
          <span>{names.left}</span>
          <input
            type="range"
            min={0}
            max={100}
            value={share}
            aria-label={`How much of ${names.left} is shown, the rest is ${names.right}`}
            onChange={(event) => setShare(event.target.valueAsNumber)}
          />
          <span>{names.right}</span>
        </label>
      </figure>
      <Differing left={left} right={right} />
    </section>
  )
}

function Differing({ left, right }: { left: string; right: string }) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const [said, setSaid] = useState('Comparing …')
  // Pictures are decoded by the browser, outside of React.
  useEffect(() => {
    let stale = false
    draw(left, right)
      .then((found) => {
        if (stale || !canvas.current) return
        setSaid(found.said)
        if (found.image) {
          canvas.current.width = found.image.width
          canvas.current.height = found.image.height
          canvas.current.getContext('2d')?.putImageData(found.image, 0, 0)
        }
      })
      .catch(() => {
        if (!stale) setSaid('One of the two is no picture that a browser can show.')
      })
    return () => {
      stale = true
    }
  }, [left, right])
  return (
    <figure>
      <canvas ref={canvas} role="img" aria-label={said} />
      <figcaption>
        <span role="status">{said}</span>
      </figcaption>
    </figure>
  )
}

async function draw(left: string, right: string): Promise<{ said: string; image?: ImageData }> {
  const [a, b] = await Promise.all([decoded(left), decoded(right)])
  if (a.width !== b.width || a.height !== b.height) {
    return { said: `${a.width} × ${a.height} became ${b.width} × ${b.height} pixels` }
  }
  const { differing, shown, width, height } = comparePixels(a.data, b.data, a.width, a.height)
  const share = ((100 * differing) / (width * height)).toPrecision(2)
  return {
    said: `${differing} of ${width * height} pixels differ (${Number(share)} %)`,
    image: new ImageData(shown, width, height),
  }
}

async function decoded(url: string): Promise<ImageData> {
  const image = new Image()
  image.src = url
  await image.decode()
  const canvas = document.createElement('canvas')
  canvas.width = image.naturalWidth || 300
  canvas.height = image.naturalHeight || 150
  const context = canvas.getContext('2d')
  if (!context) throw new Error('no canvas')
  context.drawImage(image, 0, 0, canvas.width, canvas.height)
  return context.getImageData(0, 0, canvas.width, canvas.height)
}
