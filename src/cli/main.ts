#!/usr/bin/env node
/** The `modelc` command. */
import { ExitCode, ModelcError } from '../errors.js';
import { runCli } from './run-cli.js';

const interruption = new AbortController();
// Not `once`: without a listener of ours, the package that runs other programs would end this process at the signal,
// before anything is cleaned up.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    if (interruption.signal.aborted) process.exit(ExitCode.interrupted);
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
