import type { Program } from '../compiler.js';
import { executionOrder } from './program-view.js';

/** For plan.json: which kernel computes each layer, and why none that the operator prefers. In execution order. */
export function kernelDecisions(program: Program) {
  return executionOrder(program).map((position, layer) => {
    const choice = program.kernels[position];
    if (choice === undefined) throw new Error(`layer ${position} has no kernel`);
    const { kernel, isa, passedOver } = choice;
    return { layer, kernel, isa, passedOver };
  });
}
