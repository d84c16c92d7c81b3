import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { Mailbox } from './mailbox'
import { Product } from './product'

/** A server with a run of the first example and one of many outputs, which one worker's tests share. */
export interface Prepared {
  product: Product
  mailbox: Mailbox
  weather: string
  outputs: string
}

export async function prepare(): Promise<Prepared> {
  const product = new Product()
  const mailbox = await new Mailbox(join(product.folder, 'mail')).start()
  process.env.REPRISE_SMTP = mailbox.url
  await product.start()
  const example = product.example('1-seattle-weather')
  return {
    product,
    mailbox,
    weather: await product.run(join(example, 'seattle-weather.ipynb')),
    outputs: await product.run(product.notebook('outputs', OUTPUTS)),
  }
}

export async function clear({ product, mailbox }: Prepared) {
  await product.stop()
  mailbox.stop()
  rmSync(product.folder, { recursive: true, force: true })
}

const HOSTILE = `
  <p id="said">waiting</p>
  <script>
    let reached = 'nothing'
    try { reached = parent.document.title } catch (refused) { reached = 'nobody' }
    document.getElementById('said').textContent = 'origin ' + self.origin + ', reached ' + reached
  </script>
  <script src="https://example.org/plot.js"></script>`

const OUTPUTS = [
  'System.out.println("\\u001b[31mred\\u001b[0m"); System.err.println("careful");',
  'display("# Heading\\n\\n* **bold** <img src=x onerror=alert(1)>", "text/markdown");\n' +
    'display("{\\"depth\\": [1, 2]}", "application/json");',
  `display("""${HOSTILE}""", "text/html");`,
  'for (int line = 0; line < 1000; line++) System.out.println("line " + line);',
  'System.out.println(Math.random() + new java.security.SecureRandom().nextDouble());',
]
