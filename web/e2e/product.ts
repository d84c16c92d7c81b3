import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'

export const TOKEN = 'e2e-token'
const ROOT = resolve(import.meta.dirname, '../..')
const REPRISE = join(ROOT, 'bin/reprise')

/** The built product at work in a folder of its own, as a person would use it. */
export class Product {
  readonly folder: string
  private server: ChildProcess | undefined
  url = ''

  constructor(folder = mkdtempSync(join(tmpdir(), 'reprise-e2e-'))) {
    this.folder = folder
  }

  /**
   * Starts the server and waits until it says where it is.
   *
   * @param verify seconds of quiet after which it replays runs by itself, or off
   */
  async start(port = 0, verify = 'off'): Promise<this> {
    const words = ['server', '--port', String(port), '--home', this.home(), '--verify', verify]
    const server = spawn(REPRISE, words, {
      env: this.environment(),
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    this.server = server
    for await (const line of createInterface({ input: server.stdout })) {
      const address = /(http:\/\/[\w.:]+)\/\?token=/.exec(line)?.[1]
      if (address) {
        this.url = address
        server.stdout.resume()
        return this
      }
    }
    throw new Error('The server ended without saying where it is; is the product built?')
  }

  async stop() {
    const server = this.server
    if (!server || server.exitCode !== null) return
    const gone = new Promise((done) => server.once('exit', done))
    server.kill()
    await gone
  }

  /** A copy of one of the project's notebooks, with its data. */
  example(name: string): string {
    const copy = join(this.folder, name)
    cpSync(join(ROOT, 'notebooks', name), copy, { recursive: true })
    return copy
  }

  /** Writes a notebook of these cells. */
  notebook(name: string, cells: readonly string[]): string {
    const path = join(this.folder, name, `${name}.ipynb`)
    mkdirSync(join(this.folder, name), { recursive: true })
    const java = { name: 'java', display_name: 'Java', language: 'java' }
    writeFileSync(
      path,
      JSON.stringify({
        nbformat: 4,
        nbformat_minor: 5,
        metadata: { kernelspec: java, language_info: { name: 'java' } },
        cells: cells.map((source, index) => ({
          cell_type: 'code',
          id: `cell-${index}`,
          metadata: {},
          execution_count: null,
          outputs: [],
          source,
        })),
      }),
    )
    return path
  }

  /** Runs a notebook, recorded; returns the id of its run. */
  async run(notebook: string): Promise<string> {
    return JSON.parse(await this.command('run', notebook, '--json')).run
  }

  /** What a command says; fails where the command does. */
  async command(...args: readonly string[]): Promise<string> {
    const { stdout } = await promisify(execFile)(REPRISE, args, { env: this.environment() })
    return stdout
  }

  private home(): string {
    return join(this.folder, 'home')
  }

  private environment(): NodeJS.ProcessEnv {
    return {
      ...process.env,
      REPRISE_LIB: process.env.REPRISE_LIB ?? join(ROOT, 'target/dist/lib'),
      REPRISE_HOME: this.home(),
      REPRISE_TOKEN: TOKEN,
      ...(this.url && { REPRISE_URL: this.url }),
    }
  }
}
