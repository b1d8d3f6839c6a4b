/** What `verify` proves must be what firmware.elf has: faults are planted in the generated C, and verify has to find them. */
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadAssets } from '../../src/cli/assets.js';
import type { Assets } from '../../src/codegen/project.js';
import { traceTables } from '../../src/codegen/trace-tables.js';
import { compileModel } from '../../src/compiler.js';
import { type VerifyReport, verifySchema } from '../../src/report/verify.js';
import { digits, jsonOf, modelc } from '../cli/run.js';
import { build, writeModelProject } from './project-on-disk.js';

const bytes = readFileSync(digits);
const program = compileModel(bytes);
const { plan } = program;
const { layer, begin, end } = idlePlace();

/** Bytes of the arena that are neither in use nor its own to write during a layer that is computed at once. */
function idlePlace(): { readonly layer: number; readonly begin: number; readonly end: number } {
  const { traced, regions } = traceTables(program);
  const events = traced.map(({ next }) => next);
  for (const { next, idleBegin, idleEnd } of traced) {
    const place = regions.slice(idleBegin, idleEnd).find(({ bytes }) => bytes > 9);
    if (place === undefined || events.filter((other) => other === next).length !== 1) continue;
    return { layer: next, begin: place.offset, end: place.offset + place.bytes };
  }
  throw new Error('every byte of the arena is in use all the time');
}

/** The assets with `code` run by one layer after its own work. */
function planted(code: string, inLayer = layer): () => Assets {
  return patched('model.c.hbs', '{{body}}', `{{body}}\n    if ({{index}} == ${inLayer}) {\n        ${code}\n    }`);
}

function patched(template: string, from: string, to: string): () => Assets {
  const assets = loadAssets();
  const text = assets.templates.get(template) ?? '';
  expect(text).toContain(from);
  return () => ({ ...assets, templates: new Map(assets.templates).set(template, text.replace(from, to)) });
}

async function verify(board: string, assets: () => Assets): Promise<VerifyReport> {
  return jsonOf(await modelc(['verify', digits, '--board', board, '--json'], { assets }), verifySchema);
}

describe('firmware.elf', () => {
  it('is linked from the objects that verify.elf is linked from', async () => {
    const folder = writeModelProject(bytes, 'digits', 'mps2-an386');
    await build(folder, 'make', 'all');
    const objects = ['digits', 'digits-data', 'digits-selftest'].map((name) => join(folder, `build/model/${name}.o`));
    const before = objects.map((path) => statSync(path, { bigint: true }).mtimeNs);
    const printed = await build(folder, 'make', 'verify');
    expect(objects.map((path) => statSync(path, { bigint: true }).mtimeNs)).toEqual(before);
    expect(printed.match(/ -c \S+/g)).toEqual([' -c verify.c']);
  });

  it('has a hook that returns at once, and verify.elf one that traces', async () => {
    const folder = writeModelProject(bytes, 'digits', 'mps2-an386');
    await build(folder, 'make', 'all', 'verify');
    const size = async (elf: string) =>
      Number.parseInt(
        /^\S+ (\S+) . digits_on_layer$/m.exec(await build(folder, 'arm-none-eabi-nm', '-S', elf))?.[1] ?? '',
        16,
      );
    expect(await size('firmware.elf')).toBe(2);
    expect(await size('verify.elf')).toBeGreaterThan(50);
  });
});

describe.each(['mps2-an386', 'host:gcc'])('verify on %s', (board) => {
  it('finds what a model computes wrongly only without a layer hook', async () => {
    const report = await verify(
      board,
      patched(
        'model.c.hbs',
        '{{body}}',
        `{{body}}
#ifndef {{../NAME}}_LAYER_HOOK
    arena[${plan.values.find(({ tensors }) => tensors.includes(19))?.offset ?? 0}] ^= 1u;
#endif`,
      ),
    );
    expect(report).toMatchObject({ exit_code: 1, equal: false });
  });
});

describe.each(['mps2-an386', 'rp2040', 'rv32-virt'])('verify on %s', (board) => {
  const writes = [
    { place: 'past-arena', offset: plan.arenaBytes },
    { place: 'past-arena', offset: plan.arenaBytes + 59 },
    { place: 'before-arena', offset: -1 },
    { place: 'before-arena', offset: -60 },
    { place: 'dead', offset: begin },
    { place: 'dead', offset: end - 1 },
  ] as const;
  const assets = planted(writes.map(({ offset }) => `*(volatile uint8_t *)(arena + (${offset})) ^= 1u;`).join(' '));

  it('finds writes around the arena and into memory that holds no value, and names layer and place', async () => {
    const report = await verify(board, assets);
    expect(report).toMatchObject({ exit_code: 1, equal: false, first_difference: null, problems: [] });
    expect(report.layers.every(({ equal }) => equal)).toBe(true);
    const firstCase = report.stray_accesses.filter((stray) => stray.case.index === 0);
    const operator = report.layers[layer]?.operator;
    expect(firstCase.every((stray) => stray.layer === layer && stray.operator === operator)).toBe(true);
    for (const place of ['past-arena', 'before-arena', 'dead'] as const) {
      const offsets = writes.filter((write) => write.place === place).map(({ offset }) => offset);
      const found = firstCase.filter((stray) => stray.place === place);
      expect(found, place).toMatchObject([{ access: 'write', offset: Math.min(...offsets), bytes: 2 }]);
    }
    expect(new Set(report.stray_accesses.map((stray) => stray.case.index)).size).toBeGreaterThan(1);
  });
});

describe.each(['mps2-an386', 'host:clang'])('verify on %s', (board) => {
  it('finds a write of the very garbage that dead memory is filled with', async () => {
    const report = await verify(board, planted(`arena[${begin}] = 0xA5; arena[${begin + 1}] = 0x5A;`));
    expect(report).toMatchObject({ exit_code: 1, equal: false });
    expect(report.stray_accesses.slice(0, 2)).toMatchObject([
      { case: { index: 0 }, layer, place: 'dead', offset: begin + 1, bytes: 1 },
      { case: { index: 1 }, layer, place: 'dead', offset: begin, bytes: 1 },
    ]);
  });

  it('finds a write after the last layer', async () => {
    const to = `    ctx->arena[${plan.arenaBytes - 1}] ^= 1u;\n    return {{NAME}}_OK;\n}\n{{#each inputs}}`;
    const report = await verify(board, patched('model.c.hbs', '    return {{NAME}}_OK;\n}\n{{#each inputs}}', to));
    expect(report.stray_accesses[0]).toMatchObject({ layer: null, operator: null, place: 'dead' });
  });
});

describe('verify with a sanitizer', () => {
  it.each([
    ['host:gcc', 'read', 'past-arena', plan.arenaBytes, '(void)*(volatile uint8_t *)(arena + DIGITS_ARENA_SIZE);'],
    ['host:clang', 'read', 'before-arena', -1, '(void)*(volatile uint8_t *)(arena - 1);'],
    ['host:gcc', 'write', 'before-arena', -1, '*(volatile uint8_t *)(arena - 1) = 0;'],
    ['host:clang', 'write', 'past-arena', plan.arenaBytes, '*(volatile uint8_t *)(arena + DIGITS_ARENA_SIZE) = 0;'],
  ] as const)('on %s finds a %s %s', async (board, access, place, offset, code) => {
    const report = await verify(board, planted(code, 6));
    expect(report).toMatchObject({ exit_code: 1, equal: false, problems: [] });
    expect(report.stray_accesses).toMatchObject([{ case: { index: 0 }, layer: 6, access, place, offset, bytes: 1 }]);
    // what the layers before it wrote is in the trace
    expect(report.layers.slice(0, 6).map(({ equal }) => equal)).toEqual(Array(6).fill(true));
  });
});

describe('verify', () => {
  it('tells people which layer strayed and where', async () => {
    const assets = planted('arena[DIGITS_ARENA_SIZE] = 0;');
    const { stdout, exitCode } = await modelc(['verify', digits, '--board', 'mps2-an386'], { assets });
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(new RegExp(`Stray write on mps2-an386, gcc: layer ${layer} [A-Z0-9_]+$`, 'm'));
    expect(stdout).toMatch(new RegExp(`place +byte ${plan.arenaBytes}, past the arena's end`));
    expect(stdout).toMatch(/uses memory that is not its own$/m);
  });
});
