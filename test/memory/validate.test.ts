import { describe, expect, it } from 'vitest';
import type { MemoryNeeds } from '../../src/memory/needs.js';
import { planMemory } from '../../src/memory/plan.js';
import type { MemoryPlan, TensorPlacement } from '../../src/memory/types.js';
import { validatePlan } from '../../src/memory/validate.js';
import { execute } from './execution.js';
import { alias, build, type Case, overwrite, overwriteEither, random, randomCase } from './graphs.js';

const given = build({
  tensors: { x: 16, a: 32, r: 32, b: 32, y: 8 },
  inputs: ['x'],
  layers: [
    { name: 'CONV_2D', inputs: ['x'], outputs: ['a'], scratchBytes: 8 },
    { name: 'RESHAPE', inputs: ['a'], outputs: ['r'], ...alias },
    { name: 'RELU', inputs: ['r'], outputs: ['b'], ...overwrite },
    { name: 'ADD', inputs: ['b'], outputs: ['y'] },
  ],
  outputs: ['y'],
});
const plan = planMemory(given.graph, given.order, given.needs);

function move(from: MemoryPlan, tensor: number, change: Partial<TensorPlacement>): MemoryPlan {
  const place = { ...(from.tensors.get(tensor) as TensorPlacement), ...change };
  const storages = from.storages.map((storage) => {
    if (storage.id !== place.storage) return storage;
    const begin = Math.min(storage.offset, place.offset);
    const end = Math.max(storage.offset + storage.bytes, place.offset + place.bytes);
    return { ...storage, offset: begin, bytes: end - begin };
  });
  return { ...from, storages, tensors: new Map([...from.tensors, [tensor, place]]) };
}

function violations(changed: MemoryPlan, of: Case = given, needs: readonly MemoryNeeds[] = of.needs): string {
  return validatePlan(of.graph, of.order, needs, changed).join('\n');
}

describe('the validator', () => {
  it('accepts the plan these tests corrupt', () => {
    expect(violations(plan)).toBe('');
  });

  it('reports another operator order', () => {
    expect(violations({ ...plan, order: [0, 1, 3, 2] })).toContain('another operator order');
  });

  it('reports an arena that is too small', () => {
    expect(violations({ ...plan, arenaBytes: plan.arenaBytes - 4 })).toContain('outside of the arena');
  });

  it('reports offsets that are negative or not aligned', () => {
    expect(violations(move(plan, 0, { offset: -4 }))).toContain('lies at offset -4');
    expect(violations(move(plan, 0, { offset: 2 }))).toContain('not 4-aligned');
  });

  it('reports an arena whose alignment is below that of a tensor', () => {
    expect(violations({ ...plan, arenaAlign: 2 })).toContain('needs an arena aligned to 4 bytes');
  });

  it('reports missing tensors and wrong sizes', () => {
    const tensors = new Map([...plan.tensors].filter(([tensor]) => tensor !== 1));
    expect(violations({ ...plan, tensors })).toContain('tensor 1 has no place');
    expect(violations(move(plan, 1, { bytes: 28 }))).toContain('28 bytes in the plan, 32 in the graph');
  });

  it('reports a tensor outside of its storage', () => {
    expect(violations(move(plan, 4, { storage: 99 }))).toContain('not inside its storage');
  });

  it('reports an output over an input that its operator still reads', () => {
    const { offset = 0 } = plan.tensors.get(1) ?? {};
    expect(violations(move(plan, 4, { offset }))).toContain('over tensor 3 "b", which it still reads');
  });

  it('reports overwriting that the operator does not allow', () => {
    const apart = given.needs.map((needs, position) => (position === 2 ? {} : needs));
    expect(violations(plan, given, apart)).toContain('writes tensor 3 "b" over tensor 2 "r"');
  });

  it('reports overwriting at another offset', () => {
    const roomy = { ...plan, arenaBytes: plan.arenaBytes + 8 };
    const { offset = 0 } = plan.tensors.get(3) ?? {};
    expect(violations(move(roomy, 3, { offset: offset + 4 }))).toContain('writes tensor 3 "b" over tensor 2 "r"');
  });

  it('reports an alias whose bytes are elsewhere', () => {
    const roomy = { ...plan, arenaBytes: plan.arenaBytes + 64 };
    expect(violations(move(roomy, 2, { offset: plan.arenaBytes }))).toContain('states an alias');
  });

  it('reports an alias that the plan hides', () => {
    expect(violations(move(plan, 2, { sharing: { kind: 'copy', input: 0 } }))).toContain('hides an alias');
  });

  it('reports scratch that meets the input or output of its operator', () => {
    for (const tensor of [0, 1]) {
      const offset = plan.tensors.get(tensor)?.offset ?? 0;
      const scratch = [{ offset, bytes: 8 }, undefined, undefined, undefined];
      expect(violations({ ...plan, scratch })).toContain('the scratch of layer 0 CONV_2D meets');
    }
  });

  it('reports scratch that destroys a tensor read later', () => {
    const residual = build({
      tensors: { x: 16, a: 16, b: 16, y: 16 },
      inputs: ['x'],
      layers: [
        { inputs: ['x'], outputs: ['a'] },
        { inputs: ['a'], outputs: ['b'], scratchBytes: 8 },
        { name: 'ADD', inputs: ['x', 'b'], outputs: ['y'] },
      ],
      outputs: ['y'],
    });
    const valid = planMemory(residual.graph, residual.order, residual.needs);
    const scratch = [undefined, { offset: valid.tensors.get(0)?.offset ?? 0, bytes: 8 }, undefined];
    expect(violations({ ...valid, scratch }, residual)).toContain('layer 2 ADD reads tensor 0 "x", but part of it');
  });

  it('reports missing and short scratch', () => {
    expect(violations({ ...plan, scratch: [] })).toContain('scratch of operator 0 is too small');
  });

  it('reports inputs that overlap', () => {
    const two = build({ tensors: { x: 8, y: 8 }, inputs: ['x', 'y'], layers: [], outputs: ['x', 'y'] });
    const valid = planMemory(two.graph, two.order, two.needs);
    expect(violations(move(valid, 1, { offset: valid.tensors.get(0)?.offset ?? 0 }), two)).toContain(
      'the caller reads',
    );
  });

  it('reports two outputs of one operator that overlap', () => {
    const split = build({
      tensors: { x: 8, a: 8, b: 8 },
      inputs: ['x'],
      layers: [{ name: 'SPLIT', inputs: ['x'], outputs: ['a', 'b'] }],
      outputs: ['a', 'b'],
    });
    const valid = planMemory(split.graph, split.order, split.needs);
    const offset = valid.tensors.get(1)?.offset ?? 0;
    expect(violations(move(valid, 2, { offset }), split)).toContain('to the same bytes');
  });

  it('reports a tensor read through a slot that is not declared as overwritten', () => {
    const twice = build({
      tensors: { x: 8, y: 8 },
      inputs: ['x'],
      layers: [{ name: 'MUL', inputs: ['x', 'x'], outputs: ['y'], ...overwriteEither }],
      outputs: ['y'],
    });
    const valid = planMemory(twice.graph, twice.order, twice.needs);
    expect(violations(valid, twice)).toBe('');
    expect(violations(valid, twice, [overwrite])).toContain('which it still reads');
  });

  it('reports lifetimes that end before the last read or begin at another layer', () => {
    expect(violations(move(plan, 0, { last: -1 }))).toContain('after its planned end');
    expect(violations(move(plan, 1, { first: 1 }))).toContain('written by layer 0, not 1 as planned');
  });

  it('reports a lower bound above the arena', () => {
    expect(violations({ ...plan, lowerBound: plan.arenaBytes + 1 })).toContain('lower bound');
  });
});

describe('random corruption', () => {
  it('is reported whenever an execution goes wrong', () => {
    let harmful = 0;
    for (let seed = 0; seed < 600; seed++) {
      const next = random(seed);
      const of = randomCase(seed, 2 + (seed % 15));
      const valid = planMemory(of.graph, of.order, of.needs, { nodeLimit: 500 });
      const tensors = [...valid.tensors.keys()];
      const tensor = tensors[next(tensors.length)];
      const place = valid.tensors.get(tensor) as TensorPlacement;
      const offset = Math.max(0, place.offset + 4 * (next(2) === 0 ? 1 + next(8) : -1 - next(8)));
      const changed = { ...move(valid, tensor, { offset }), arenaBytes: valid.arenaBytes + 64 };
      if (execute(of, changed, seed).length === 0) continue;
      harmful++;
      expect(validatePlan(of.graph, of.order, of.needs, changed), `seed ${seed}, tensor ${tensor}`).not.toEqual([]);
    }
    console.log(`${harmful} of 600 corruptions were harmful`);
    expect(harmful).toBeGreaterThan(100);
  });
});
