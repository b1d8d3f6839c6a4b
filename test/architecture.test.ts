/** The rules of DESIGN.md that types cannot express: which room may know which, and what keeps the compiler pure. */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { supportedOperators } from '../src/operators/registry.js';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Rooms of the pure compiler, each with the rooms it may import besides itself. Files are rooms of their own. */
const pureRooms: Readonly<Record<string, readonly string[]>> = {
  'errors.ts': [],
  'problems.ts': ['errors.ts'],
  'precision.ts': ['errors.ts', 'ir'],
  'limits.ts': ['errors.ts', 'ir', 'operators'],
  ir: ['errors.ts', 'problems.ts'],
  tflite: ['errors.ts', 'problems.ts', 'ir'],
  operators: ['errors.ts', 'problems.ts', 'ir', 'kernels'],
  kernels: ['ir', 'operators', 'memory'],
  interpreter: ['errors.ts', 'ir', 'operators'],
  passes: ['errors.ts', 'ir', 'operators', 'interpreter'],
  schedule: ['ir', 'memory'],
  memory: ['errors.ts', 'ir'],
  codegen: [
    'errors.ts',
    'limits.ts',
    'compiler.ts',
    'ir',
    'tflite',
    'operators',
    'kernels',
    'interpreter',
    'schedule',
    'memory',
    'targets',
  ],
  hosts: ['codegen'],
  'compiler.ts': [
    'errors.ts',
    'problems.ts',
    'precision.ts',
    'limits.ts',
    'ir',
    'tflite',
    'operators',
    'kernels',
    'interpreter',
    'passes',
    'schedule',
    'memory',
  ],
  'check.ts': ['errors.ts', 'compiler.ts', 'ir', 'tflite'],
};

/** Rooms that touch the machine, each with what it may not know. */
const forbiddenElsewhere: Readonly<Record<string, readonly string[]>> = {
  targets: ['operators', 'codegen', 'simulators', 'verify', 'cli'],
  simulators: ['operators', 'codegen', 'passes', 'memory', 'verify', 'cli'],
  inputs: ['codegen', 'passes', 'memory', 'simulators', 'verify', 'cli'],
  hil: ['operators', 'codegen', 'passes', 'memory', 'cli'],
  project: ['operators', 'codegen', 'simulators', 'verify', 'cli'],
  verify: ['cli'],
  report: ['cli'],
};

/** What makes a result depend on the machine, the time or the run. */
const impurities: readonly (readonly [what: string, pattern: RegExp])[] = [
  ['process', /\bprocess\s*[.[]/],
  ['Node.js buffers', /\bBuffer\.(from|alloc|concat)/],
  ['a clock', /\b(Date\.now|new Date|performance\.now|hrtime)\b/],
  ['randomness', /\bMath\.random\b|\bcrypto\b/],
  ['a timer', /\b(setTimeout|setInterval|setImmediate|queueMicrotask)\b/],
  ['a global object', /\bglobalThis\b/],
  ['the console', /\bconsole\./],
  ['the network', /\bfetch\(/],
  ['the locale', /\btoLocale\w+|\bIntl\.|\blocaleCompare\b/],
];

interface SourceFile {
  readonly path: string;
  readonly room: string;
  /** The text without comments. */
  readonly code: string;
  readonly imports: readonly string[];
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|[^:'"`])\/\/.*$/gm, '$1');
}

function roomOf(path: string): string {
  return relative(join(root, 'src'), path).split('/')[0] as string;
}

const sources: readonly SourceFile[] = readdirSync(join(root, 'src'), { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
  .map((entry) => {
    const path = join(entry.parentPath, entry.name);
    const code = withoutComments(readFileSync(path, 'utf8'));
    const imports = [...code.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*'([^']+)'/g)].map((match) => match[1] as string);
    return { path, room: roomOf(path), code, imports };
  });

/** Rooms that a file imports, its own left out. */
function roomsKnownTo({ path, room, imports }: SourceFile): string[] {
  const rooms = imports
    .filter((specifier) => specifier.startsWith('.'))
    .map((specifier) => roomOf(join(dirname(path), specifier.replace(/\.js$/, '.ts'))));
  return [...new Set(rooms)].filter((known) => known !== room);
}

describe.each(Object.keys(pureRooms))('src/%s', (room) => {
  const files = sources.filter((file) => file.room === room);

  it('is there', () => {
    expect(files.length).toBeGreaterThan(0);
  });

  it('knows only the rooms it may know', () => {
    const strangers = files.flatMap((file) =>
      roomsKnownTo(file)
        .filter((known) => !pureRooms[room]?.includes(known))
        .map((known) => `${relative(root, file.path)} imports ${known}`),
    );
    expect(strangers).toEqual([]);
  });

  it('does not touch the machine', () => {
    const packages = ['flatbuffers', 'handlebars'];
    const touches = files.flatMap(({ path, code, imports }) => [
      ...imports
        .filter((specifier) => !specifier.startsWith('.') && !packages.includes(specifier))
        .map((specifier) => `${relative(root, path)} imports ${specifier}`),
      ...impurities.filter(([, pattern]) => pattern.test(code)).map(([what]) => `${relative(root, path)} uses ${what}`),
    ]);
    expect(touches).toEqual([]);
  });
});

describe('the other rooms', () => {
  it.each(Object.entries(forbiddenElsewhere))('src/%s does not know %j', (room, forbidden) => {
    const strangers = sources
      .filter((file) => file.room === room)
      .flatMap((file) =>
        roomsKnownTo(file)
          .filter((known) => forbidden.includes(known))
          .map((known) => `${relative(root, file.path)} imports ${known}`),
      );
    expect(strangers).toEqual([]);
  });

  it('are all named in these rules', () => {
    const known = new Set([
      ...Object.keys(pureRooms),
      ...Object.keys(forbiddenElsewhere),
      'cli',
      'index.ts',
      'leftovers.ts',
      'node.ts',
    ]);
    expect([...new Set(sources.map(({ room }) => room))].filter((room) => !known.has(room))).toEqual([]);
  });
});

describe('operators', () => {
  const operators = sources
    .filter(({ path, code }) => /src\/operators\/[^/]+\.ts$/.test(path) && /^export default /m.test(code))
    .map(({ path, code }) => ({ file: (path.split('/').at(-1) as string).replace(/\.ts$/, ''), code }));

  it('are all in the generated registry, under the name of their file', () => {
    execFileSync(process.execPath, [join(root, 'scripts/generate-registry.mjs'), '--check'], { stdio: 'pipe' });
    expect(operators.length).toBeGreaterThan(20);
    const names = operators.map(({ file }) => file.toUpperCase().replaceAll('-', '_'));
    expect(names.sort()).toEqual(supportedOperators());
  });

  it('say in their first comment what they support', () => {
    const table = readFileSync(join(root, 'src/operators/README.md'), 'utf8');
    const rows = [...table.matchAll(/^\| \[([A-Z0-9_]+)\]\([a-z0-9-]+\.ts\) \| ([^|]{10,}) \|/gm)].map(
      ([, name]) => name,
    );
    expect(rows.sort()).toEqual(supportedOperators());
  });

  it.each(operators.map(({ file }) => file))('%s has a file of test cases', (file) => {
    expect(existsSync(join(root, 'test/operators', `${file}.cases.ts`))).toBe(true);
  });
});

describe('kernels', () => {
  const kernels = sources
    .filter(({ path }) => /src\/kernels\/[^/]+\.ts$/.test(path) && !path.endsWith('/kernel.ts'))
    .map(({ path, code }) => ({ file: (path.split('/').at(-1) as string).replace(/\.ts$/, ''), code }));

  it.each(kernels)('$file lies beside a header of the same name', ({ file, code }) => {
    const name = file.replaceAll('-', '_');
    expect([...code.matchAll(/^ {2}name: '(\w+)',$/gm)].every(([, stated]) => stated === name)).toBe(true);
    expect(code).toMatch(/^ {2}name: '\w+',$/m);
    expect(existsSync(join(root, `runtime-c/modelc_${name}.h`))).toBe(true);
  });

  it('use every header', () => {
    const headers = readdirSync(join(root, 'runtime-c')).filter((name) => name.endsWith('.h'));
    const used = new Set(kernels.map(({ file }) => `modelc_${file.replaceAll('-', '_')}.h`));
    for (const header of used) {
      const source = readFileSync(join(root, 'runtime-c', header), 'utf8');
      for (const match of source.matchAll(/^#include "(modelc_\w+\.h)"/gm)) used.add(match[1] as string);
    }
    expect(headers.filter((header) => !used.has(header))).toEqual([]);
  });
});

describe('the repository', () => {
  it('names no path of the machine it was written on', () => {
    const tracked = execFileSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8' })
      .split('\0')
      .filter(Boolean);
    const texts = tracked.filter((path) => /\.(ts|mjs|js|json|md|c|h|hbs|py|ld|txt|fbs|yml|sh)$/.test(path));
    const machinePath = /(^|[\s"'`(=:])\/(work|root|home)\/[\w-]/;
    const offenders = texts.filter(
      (path) => existsSync(join(root, path)) && machinePath.test(readFileSync(join(root, path), 'utf8')),
    );
    expect(offenders).toEqual([]);
  });
});
