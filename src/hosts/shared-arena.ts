/** One arena for several models that do not run at the same time. */
import type { ProjectFile } from '../codegen/project.js';

/** `modelc_arena.h`: size and alignment of an arena that holds any of the models, and an array that is one. */
export function sharedArenaHeader(names: readonly string[]): ProjectFile {
  const largest = (suffix: string) =>
    names.map((name) => `${name.toUpperCase()}_${suffix}`).reduce((a, b) => `MODELC_MAXIMUM(${a}, ${b})`);
  const text = [
    '/* One arena for these models, which run one after the other: read the outputs of one before the next runs. */',
    '#ifndef MODELC_ARENA_H',
    '#define MODELC_ARENA_H',
    '',
    ...names.map((name) => `#include "${name}.h"`),
    '',
    '#define MODELC_MAXIMUM(a, b) ((a) > (b) ? (a) : (b))',
    `#define MODELC_ARENA_SIZE ${largest('ARENA_SIZE')}`,
    `#define MODELC_ARENA_ALIGN ${largest('ARENA_ALIGN')}`,
    '',
    '#endif',
    '',
  ].join('\n');
  return { path: 'modelc_arena.h', text };
}
