import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** What an editor underlines; lines and columns count from 0. */
export interface Diagnostic {
  readonly range: { readonly start: { readonly line: number; readonly character: number } };
  readonly code?: string;
  readonly message: string;
}

interface Message {
  readonly id?: number | string;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

const program = join(import.meta.dirname, '../../node_modules/vscode-langservers-extracted/bin/vscode-eslint-language-server');

/** ESLint's language server for VS Code, in a process of its own, and the editor's side of it. */
export class LanguageServer {
  readonly #child;
  readonly #folder: string;
  readonly #waiting = new Map<number, { resolve: (result: unknown) => void; reject: (error: Error) => void }>();
  readonly #versions = new Map<string, number>();
  #received = Buffer.alloc(0);
  #sent = 0;

  private constructor(folder: string, env: Readonly<Record<string, string>>) {
    this.#folder = folder;
    this.#child = spawn(process.execPath, [program, '--stdio'], { cwd: folder, env: { ...process.env, ...env }, stdio: ['pipe', 'pipe', 'ignore'] });
    this.#child.stdout.on('data', (chunk: Buffer) => {
      this.#received = Buffer.concat([this.#received, chunk]);
      for (let message = this.#next(); message; message = this.#next()) this.#handle(message);
    });
    this.#child.on('exit', (code) => {
      for (const { reject } of this.#waiting.values()) reject(new Error(`The language server has ended with ${String(code)}.`));
    });
  }

  /** Starts it for a project, as an editor does that has opened the project's folder. */
  static async start(folder: string, env: Readonly<Record<string, string>> = {}): Promise<LanguageServer> {
    const server = new LanguageServer(folder, env);
    await server.#request('initialize', {
      processId: process.pid,
      rootUri: server.#uri('.'),
      workspaceFolders: [server.#workspaceFolder],
      capabilities: { workspace: { configuration: true, workspaceFolders: true }, textDocument: { diagnostic: { dynamicRegistration: true } } },
    });
    server.#notify('initialized', {});
    return server;
  }

  /** Opens a file with a text that may differ from the one on the disk. */
  open(path: string, text: string): void {
    const languageId = /\.[cm]?ts$/.test(path) ? 'typescript' : 'javascript';
    this.#versions.set(path, 1);
    this.#notify('textDocument/didOpen', { textDocument: { uri: this.#uri(path), languageId, version: 1, text } });
  }

  /** Replaces the text of an open file. */
  change(path: string, text: string): void {
    const version = (this.#versions.get(path) ?? 0) + 1;
    this.#versions.set(path, version);
    this.#notify('textDocument/didChange', { textDocument: { uri: this.#uri(path), version }, contentChanges: [{ text }] });
  }

  /** Has an open file linted. */
  async lint(path: string): Promise<readonly Diagnostic[]> {
    const report = await this.#request('textDocument/diagnostic', { textDocument: { uri: this.#uri(path) } });
    return (report as { items: readonly Diagnostic[] }).items;
  }

  /** Ends it. */
  async stop(): Promise<void> {
    if (this.#child.exitCode !== null) return;
    const ended = once(this.#child, 'exit');
    await this.#request('shutdown', null);
    this.#notify('exit', null);
    await ended;
  }

  get #workspaceFolder() {
    return { uri: this.#uri('.'), name: 'project' };
  }

  #uri(path: string): string {
    return pathToFileURL(join(this.#folder, path)).href;
  }

  #handle({ id, method, params, result, error }: Message): void {
    if (method === undefined) {
      const waiting = this.#waiting.get(Number(id));
      this.#waiting.delete(Number(id));
      if (error) waiting?.reject(new Error(error.message));
      else waiting?.resolve(result);
    } else if (id !== undefined) {
      this.#send({ id, result: method === 'workspace/configuration' ? (params as { items: unknown[] }).items.map(() => this.#settings) : null });
    }
  }

  /** What the extension answers when nobody has set anything. */
  get #settings() {
    return {
      validate: 'on',
      packageManager: 'npm',
      useESLintClass: true,
      experimental: { useFlatConfig: false },
      codeAction: { disableRuleComment: { enable: true, location: 'separateLine' }, showDocumentation: { enable: true } },
      codeActionOnSave: { mode: 'all' },
      format: false,
      quiet: false,
      onIgnoredFiles: 'off',
      options: {},
      rulesCustomizations: [],
      run: 'onType',
      problems: { shortenToSingleLine: false },
      nodePath: null,
      workingDirectory: { mode: 'location' },
      workspaceFolder: this.#workspaceFolder,
    };
  }

  async #request(method: string, params: unknown): Promise<unknown> {
    const id = ++this.#sent;
    const answer = new Promise<unknown>((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
    this.#send({ id, method, params });
    return answer;
  }

  #notify(method: string, params: unknown): void {
    this.#send({ method, params });
  }

  #send(message: Message): void {
    const body = JSON.stringify({ jsonrpc: '2.0', ...message });
    this.#child.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  }

  /** Takes the next whole message from what was received. */
  #next(): Message | undefined {
    const end = this.#received.indexOf('\r\n\r\n');
    if (end < 0) return undefined;
    const length = Number(/Content-Length: (\d+)/i.exec(this.#received.toString('latin1', 0, end))?.[1]);
    const start = end + 4;
    if (this.#received.length < start + length) return undefined;
    const body = this.#received.toString('utf8', start, start + length);
    this.#received = this.#received.subarray(start + length);
    return JSON.parse(body) as Message;
  }
}
