import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from './fixture'

let web: Server
let url: string

test.beforeEach(async () => {
  web = createServer((_, response) => response.end('a,b\n1,2\n'))
  await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(web.address() as AddressInfo).port}`
})

test.afterEach(() => {
  web.close()
})

test('a reply from the network stands among the data, and can be downloaded', async ({
  page,
  product,
}) => {
  const notebook = product.notebook('fetched', [
    `new String(new java.net.URL("${url}/table.csv?token=s3cret").openStream().readAllBytes())`,
    `new java.net.Socket("127.0.0.1", ${new URL(url).port}).close();`,
  ])
  const run = await product.run(notebook)
  await page.goto(`/runs/${run}`)

  const reply = page.getByRole('list', { name: 'Data of step 1' }).getByRole('listitem')
  await expect(reply).toContainText(`received${url}/table.csv?token=***GET 2008 B`)
  await expect(reply.getByRole('link', { name: /download/ })).toBeVisible()
  await expect(page.getByRole('list', { name: 'Data of step 2' })).toContainText(
    `connected totcp:127.0.0.1:${new URL(url).port}`,
  )
})
