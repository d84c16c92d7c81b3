import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { connect, createServer } from 'node:net'

/** A mail server that writes what comes into a file, and keeps it to itself. */
export class Mailbox {
  readonly file: string
  private server: ChildProcess | undefined
  url = ''

  constructor(file: string) {
    this.file = file
  }

  async start(): Promise<this> {
    const port = await freePort()
    const file = openSync(this.file, 'a')
    // Python brings one along, and does as all mail servers do.
    this.server = spawn(
      '/usr/bin/python3',
      ['-u', '-W', 'ignore', '-m', 'smtpd', '-n', '-c', 'DebuggingServer', `127.0.0.1:${port}`],
      { stdio: ['ignore', file, 'inherit'] },
    )
    closeSync(file)
    this.url = `smtp://127.0.0.1:${port}`
    while (!(await answers(port))) await new Promise((done) => setTimeout(done, 50))
    return this
  }

  stop() {
    this.server?.kill()
  }
}

function freePort(): Promise<number> {
  return new Promise((found) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => found(address && typeof address === 'object' ? address.port : 0))
    })
  })
}

function answers(port: number): Promise<boolean> {
  return new Promise((said) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => {
      socket.destroy()
      said(true)
    })
    socket.once('error', () => said(false))
  })
}
