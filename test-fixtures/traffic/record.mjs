// Stands between an editor and its language server and writes down what they say:
//
//   node record.mjs LOG COMMAND ARGUMENT…
//
// The bytes pass through as they are. LOG gets a JSON object a line: {"from": "client" | "server", "message": …}, at last
// {"exit": CODE}, where a signal that ended the server counts as 128 and more. It must not be there: a log is one conversation.
import { spawn } from 'node:child_process';
import { openSync, writeSync } from 'node:fs';
import { constants } from 'node:os';

const [file, command, ...rest] = process.argv.slice(2);
if (!command) {
  console.error('usage: node record.mjs LOG COMMAND ARGUMENT…');
  process.exit(2);
}
const log = openSync(file, 'wx');
const write = (line) => writeSync(log, `${JSON.stringify(line)}\n`);

/** Takes messages out of a stream of bytes that arrive in pieces. */
function messages(from) {
  let waiting = Buffer.alloc(0);
  return (bytes) => {
    waiting = Buffer.concat([waiting, bytes]);
    for (;;) {
      const head = waiting.indexOf('\r\n\r\n');
      if (head < 0) return;
      const header = waiting.toString('ascii', 0, head);
      const length = /^Content-Length: *(\d+)$/im.exec(header);
      if (!length) {
        write({ from, broken: `a header without Content-Length: ${header}` });
        waiting = Buffer.alloc(0);
        return;
      }
      const start = head + 4;
      const end = start + Number(length[1]);
      if (waiting.length < end) return;
      const text = waiting.toString('utf8', start, end);
      waiting = waiting.subarray(end);
      try {
        write({ from, message: JSON.parse(text) });
      } catch (failure) {
        write({ from, broken: `${failure.message}: ${text.slice(0, 200)}` });
      }
    }
  };
}

const server = spawn(command, rest, { stdio: ['pipe', 'pipe', 'inherit'] });
const fromClient = messages('client');
const fromServer = messages('server');
process.stdin.on('data', (bytes) => {
  fromClient(bytes);
  server.stdin.write(bytes);
});
process.stdin.on('end', () => server.stdin.end());
server.stdout.on('data', (bytes) => {
  fromServer(bytes);
  process.stdout.write(bytes);
});
// Either side may be gone before the other has said all; the log tells.
for (const stream of [server.stdin, process.stdin, process.stdout]) {
  stream.on('error', () => {});
}
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) {
  process.on(signal, () => server.kill(signal));
}
server.on('error', (failure) => {
  console.error(`${command} can't be started: ${failure.message}`);
  write({ exit: 127 });
  process.exit(127);
});
server.on('close', (code, signal) => {
  const exit = code ?? 128 + constants.signals[signal];
  write({ exit });
  process.exitCode = exit;
  process.stdin.destroy();
});
