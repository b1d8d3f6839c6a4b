#!/usr/bin/env node
/** The `modelc` command. */
import { ModelcError } from '../errors.js';
import { runCli } from './run-cli.js';

const interruption = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => {
    interruption.abort(
      new ModelcError({
        code: 'internal/interrupted',
        message: `Stopped by ${signal}.`,
        remedy: 'Nothing was left behind; run the command again.',
        place: {},
      }),
    );
  });
}
// the reader of a pipe may go before all is written, as in `modelc boards | head -1`
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

process.exitCode = await runCli(process.argv.slice(2), {
  stdout: process.stdout,
  stderr: process.stderr,
  variables: process.env,
  signal: interruption.signal,
});
