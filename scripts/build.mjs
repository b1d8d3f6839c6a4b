#!/usr/bin/env node
/**
 * Makes dist/: what TypeScript compiles, file by file, for programs that import the library; and the command, whose own
 * modules are joined into a few files, because to find and link a hundred small ones takes longer than to run them.
 * Nothing is minified, source maps lead back to src/, and packages stay outside.
 */
import { spawnSync } from 'node:child_process';
import { chmodSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import Handlebars from 'handlebars';

const root = fileURLToPath(new URL('..', import.meta.url));
const place = (path) => `${root}${path}`;

rmSync(place('dist'), { recursive: true, force: true });
const { status } = spawnSync(
  process.execPath,
  [place('node_modules/typescript/bin/tsc'), '-p', 'tsconfig.build.json'],
  {
    cwd: root,
    stdio: 'inherit',
  },
);
if (status !== 0) process.exit(status ?? 1);

/** Stands in for src/cli/templates.ts: the same functions, with templates compiled now. */
const compiledTemplates = {
  name: 'compiled-templates',
  setup({ onLoad }) {
    onLoad({ filter: /src[\\/]cli[\\/]templates\.ts$/ }, () => {
      const files = readdirSync(place('templates'), { recursive: true })
        .map((file) => file.replaceAll('\\', '/'))
        .filter((file) => /\.(hbs|py|cmake)$/.test(file));
      const entries = files.map((file) => {
        const text = readFileSync(place(`templates/${file}`), 'utf8');
        const compiled = file.endsWith('.hbs')
          ? // as src/hosts and src/codegen ask for them
            Handlebars.precompile(text, { noEscape: true, strict: file.startsWith('hosts/') })
          : 'undefined';
        return `{ file: ${JSON.stringify(file)}, text: ${JSON.stringify(text)}, compiled: ${compiled} }`;
      });
      return {
        contents: `import Handlebars from 'handlebars/runtime.js';
const templates = [${entries.join(',\n')}];
export function readTemplates() {
  return new Map(templates.map(({ file, text }) => [file, text]));
}
export function compileTemplate(text) {
  return Handlebars.template(templates.find((template) => template.text === text).compiled);
}
`,
        loader: 'js',
      };
    });
  },
};

await build({
  absWorkingDir: root,
  entryPoints: { main: 'src/cli/main.ts' },
  outdir: 'dist/cli',
  // beside main.js: the package's root is two levels above every file of the command
  chunkNames: 'command-[name]-[hash]',
  bundle: true,
  splitting: true,
  packages: 'external',
  plugins: [compiledTemplates],
  format: 'esm',
  platform: 'node',
  target: 'node20',
  sourcemap: true,
  sourcesContent: false,
  logLevel: 'warning',
});
chmodSync(place('dist/cli/main.js'), 0o755);
