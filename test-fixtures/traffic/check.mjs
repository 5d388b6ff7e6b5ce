// Checks recorded traffic and the examples of PROTOCOL.md against the types of the protocol:
//
//   node check.mjs PROTOCOL.md LOG…
//
// What the server sends must be what the types say and nothing more. Exits 1 when something is wrong.
import Ajv from 'ajv';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { lenient, schemaOf } from './schema.mjs';

const [protocol, ...logs] = process.argv.slice(2);
if (!protocol) {
  console.error('usage: node check.mjs PROTOCOL.md LOG…');
  process.exit(2);
}
const strict = schemaOf(protocol);
const validators = Object.fromEntries(
  Object.entries({ server: strict, client: lenient(strict) }).map(([from, schema]) => {
    const ajv = new Ajv({ strict: false, allErrors: true });
    ajv.addSchema(schema, 'messages');
    const known = new Map();
    return [
      from,
      (name) => {
        if (!known.has(name)) {
          const path = name.replaceAll('~', '~0').replaceAll('/', '~1').replaceAll(' ', '%20').replaceAll('$', '%24');
          known.set(name, name in schema.properties ? ajv.compile({ $ref: `messages#/properties/${path}` }) : null);
        }
        return known.get(name);
      },
    ];
  }),
);

/** May come from a server before it has answered initialize. */
const EARLY = new Set(['window/showMessage', 'window/logMessage', 'telemetry/event', 'window/showMessageRequest', '$/progress']);

const INVALID_PARAMS = -32602;

/** One conversation. */
class Session {
  findings = [];
  checked = 0;
  #asked = new Map();
  #streams = new Map();
  #phase = 'new';

  static #line(what, message) {
    return `${what}: ${JSON.stringify(message).slice(0, 400)}`;
  }

  #found(what, message) {
    this.findings.push(Session.#line(what, message));
  }

  /** @param findings where to write what is wrong */
  #valid(from, name, value, message, findings = this.findings) {
    const validate = validators[from](name);
    if (!validate) {
      if (from === 'server') findings.push(Session.#line(`no type is known for ${name}`, message));
      return;
    }
    this.checked++;
    if (!validate(value)) {
      const reasons = validate.errors
        .slice(0, 4)
        .map((error) => `${error.instancePath || '/'} ${error.message} ${error.params.additionalProperty ?? ''}`.trim());
      findings.push(Session.#line(`${from}'s ${name}: ${[...new Set(reasons)].join('; ')}`, message));
    }
  }

  take(from, message) {
    if (message.jsonrpc !== '2.0') this.#found('not JSON-RPC 2.0', message);
    if (message.method === undefined) {
      this.#answer(from, message);
      return;
    }
    const { id, method, params } = message;
    const findings = [];
    if (id !== undefined) this.#asked.set(`${from} ${id}`, { request: message, findings });
    this.#order(from, method, message);
    if (params?.workDoneToken !== undefined && id !== undefined) this.#streams.set(params.workDoneToken, 'work done');
    if (params?.partialResultToken !== undefined) this.#streams.set(params.partialResultToken, `${method} batch`);
    if (method === 'window/workDoneProgress/create') this.#streams.set(params.token, 'work done');
    if (params !== undefined) this.#valid(from, `${method} params`, params, message, findings);
    if (method === 'workspace/executeCommand') {
      this.#valid(from, `${params.command} arguments`, params.arguments ?? [], message, findings);
    }
    // Of a request it is known when it is answered: what makes no sense may be asked, and must be refused.
    if (id === undefined) this.findings.push(...findings);
    if (method === '$/progress') {
      const stream = this.#streams.get(params.token);
      if (!stream) this.#found('progress under a token that nobody gave, or whose request is answered', message);
      else this.#valid(from, stream, params.value, message);
    }
  }

  #order(from, method, message) {
    if (from === 'client' && this.#phase === 'new' && method !== 'initialize') this.#found('before initialize', message);
    if (from === 'server' && this.#phase === 'new' && !EARLY.has(method)) this.#found('before the answer to initialize', message);
    if (from === 'server' && this.#phase === 'ended') this.#found('after the answer to shutdown', message);
  }

  #answer(from, message) {
    const asker = from === 'server' ? 'client' : 'server';
    const asked = this.#asked.get(`${asker} ${message.id}`);
    if (!asked) {
      this.#found('an answer that nobody waits for', message);
      return;
    }
    const { request, findings } = asked;
    if (message.error?.code !== INVALID_PARAMS) this.findings.push(...findings);
    this.#asked.delete(`${asker} ${message.id}`);
    // A request's tokens are valid until it is answered.
    this.#streams.delete(request.params?.workDoneToken);
    this.#streams.delete(request.params?.partialResultToken);
    if (request.method === 'initialize') this.#phase = 'open';
    if (request.method === 'shutdown') this.#phase = 'ended';
    if ('result' in message === 'error' in message) {
      this.#found('an answer has a result or an error, and not both', message);
    } else if ('error' in message) {
      const { code, message: reason } = message.error;
      if (!Number.isInteger(code) || typeof reason !== 'string' || reason === '') this.#found('an error needs a code and a message', message);
    } else if (request.method === 'workspace/executeCommand') {
      this.#valid(from, `${request.params.command} result`, message.result, message);
    } else {
      this.#valid(from, `${request.method} result`, message.result, message);
    }
    if (request.method === 'initialize' && message.result?.capabilities?.experimental) {
      this.#valid(from, 'experimental', message.result.capabilities.experimental, message);
    }
  }

  /** A part of a message. */
  part(name, value) {
    this.#valid('server', name, value, value);
  }

  /** What is left open. */
  close() {
    for (const [key, { request }] of this.#asked) {
      if (key.startsWith('client ')) this.#found('never answered', request);
    }
  }
}

let wrong = 0;
function report(name, session) {
  session.close();
  console.log(`${name}: ${session.checked} checked, ${session.findings.length} wrong`);
  for (const finding of new Set(session.findings)) console.log(`  ${finding}`);
  wrong += session.findings.length;
  if (session.checked === 0) {
    console.log('  nothing was said');
    wrong++;
  }
}

for (const log of logs) {
  const session = new Session();
  for (const line of readFileSync(log, 'utf8').trim().split('\n')) {
    const { from, message, broken } = JSON.parse(line);
    if (broken) session.findings.push(`broken: ${broken}`);
    if (message) session.take(from, message);
  }
  report(basename(log), session);
}

// The examples are a conversation too: a message a block, requests by the client, all else by whom it is for.
const examples = new Session();
examples.take('client', { jsonrpc: '2.0', id: 0, method: 'initialize', params: { processId: null, rootUri: null, capabilities: {} } });
examples.take('server', { jsonrpc: '2.0', id: 0, result: { capabilities: {} } });
for (const [, block] of readFileSync(protocol, 'utf8').matchAll(/^```json\n(.*?)^```$/gms)) {
  const message = JSON.parse(block);
  if (message.jsonrpc) examples.take(message.id !== undefined && message.method ? 'client' : 'server', message);
  else examples.part(message.experimental ? 'experimental' : 'settings', message.experimental ?? message);
}
report(basename(protocol), examples);
process.exitCode = wrong === 0 ? 0 : 1;
