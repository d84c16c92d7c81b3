import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { Mailbox } from './mailbox'
import { Product } from './product'

/** Starts one server for all tests, with a run of the first example and one of many outputs. */
export default async function setup() {
  const product = new Product()
  const mailbox = await new Mailbox(join(product.folder, 'mail')).start()
  process.env.REPRISE_SMTP = mailbox.url
  process.env.E2E_MAIL = mailbox.file
  await product.start()
  const example = product.example('1-seattle-weather')
  process.env.E2E_URL = product.url
  process.env.E2E_FOLDER = product.folder
  process.env.E2E_WEATHER = await product.run(join(example, 'seattle-weather.ipynb'))
  process.env.E2E_OUTPUTS = await product.run(product.notebook('outputs', OUTPUTS))
  return async () => {
    await product.stop()
    mailbox.stop()
    rmSync(product.folder, { recursive: true, force: true })
  }
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
