import { useEffect, useRef, useState } from 'react'
import css from './Output.module.css'

const TALLEST = 1200

/**
 * Recorded markup is other people's code: it gets a frame with an origin that is nobody's, without
 * network, and tells us no more than how tall it is. The frame's own file asks for the markup,
 * because what is written into `srcdoc` would live under this page's policy and could not run.
 */
export function Sandboxed({ html, of }: { html: string; of: string }) {
  const frame = useRef<HTMLIFrameElement>(null)
  const [height, setHeight] = useState(24)
  const [blocked, setBlocked] = useState<readonly string[]>([])
  // Listens to the frame, which is outside of React: it asks for the markup and tells its height.
  useEffect(() => {
    function hear(message: MessageEvent) {
      if (message.source !== frame.current?.contentWindow) return
      const told = Object(message.data)
      if (told.ready) frame.current?.contentWindow?.postMessage(html, '*')
      if (Number.isFinite(told.height)) setHeight(Math.min(Math.ceil(told.height), TALLEST))
      if (typeof told.blocked === 'string') {
        setBlocked((known) => (known.includes(told.blocked) ? known : [...known, told.blocked]))
      }
    }
    addEventListener('message', hear)
    return () => removeEventListener('message', hear)
  }, [html])
  return (
    <>
      <iframe
        key={html}
        ref={frame}
        className={css.frame}
        title={of}
        sandbox="allow-scripts"
        src="/frame.html"
        height={height}
      />
      {blocked.length > 0 && (
        <p className={css.note}>
          This output wanted to load {blocked.join(', ')}; recorded outputs have no network.
        </p>
      )}
    </>
  )
}
