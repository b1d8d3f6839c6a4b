/** Runs a planned graph on real bytes with made-up values, filling dead bytes with garbage before every layer. */
import { deadRanges } from '../../src/memory/occupancy.js';
import type { MemoryPlan } from '../../src/memory/types.js';
import { type Case, random } from './graphs.js';

/** Values that were not what they should be when they were read. */
export function execute({ graph, order }: Case, plan: MemoryPlan, seed: number): string[] {
  const wrong: string[] = [];
  const arena = new Uint8Array(plan.arenaBytes);
  const garbage = random(seed);
  const pattern = (tensor: number) => random(7919 * (tensor + 1));
  const content = new Map<number, number>();
  const write = (tensor: number) => {
    const place = plan.tensors.get(tensor);
    if (place === undefined) return;
    content.set(tensor, tensor);
    const next = pattern(tensor);
    for (let i = 0; i < place.bytes; i++) arena[place.offset + i] = next(256);
  };
  const check = (tensor: number, reader: string) => {
    const place = plan.tensors.get(tensor);
    if (place === undefined) return;
    const next = pattern(content.get(tensor) ?? -1);
    for (let i = 0; i < place.bytes; i++) {
      if (arena[place.offset + i] === next(256)) continue;
      wrong.push(`${reader} reads byte ${i} of tensor ${tensor}`);
      return;
    }
  };
  const poison = (time: number) => {
    for (const [begin, end] of deadRanges(plan, time)) for (let i = begin; i < end; i++) arena[i] = garbage(256);
  };

  arena.forEach((_, i) => {
    arena[i] = garbage(256);
  });
  for (const input of new Set(graph.inputs)) write(input);
  for (const [time, position] of order.entries()) {
    const { inputs, outputs } = graph.operators[position];
    poison(time);
    const scratch = plan.scratch[position];
    if (scratch !== undefined) arena.fill(garbage(256), scratch.offset, scratch.offset + scratch.bytes);
    for (const input of inputs) check(input, `layer ${time}`);
    for (const output of outputs) {
      const sharing = plan.tensors.get(output)?.sharing;
      if (sharing?.kind !== 'alias') {
        write(output);
        continue;
      }
      const source = inputs[sharing.input];
      const [from, to] = [source, output].map((tensor) => plan.tensors.get(tensor));
      if (from?.offset !== to?.offset && to?.bytes !== 0) wrong.push(`alias ${output} is apart`);
      content.set(output, content.get(source) ?? -1);
    }
    for (const output of outputs) check(output, `the writer, layer ${time},`);
  }
  poison(order.length);
  for (const output of graph.outputs) check(output, 'the caller');
  return wrong;
}
