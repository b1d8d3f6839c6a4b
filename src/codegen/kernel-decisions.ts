import type { Program } from '../compiler.js';

/** For plan.json: which kernel computes each layer, and why none that the operator prefers. In execution order. */
export function kernelDecisions({ plan, kernels }: Program) {
  return plan.order.map((position, layer) => {
    const choice = kernels[position];
    if (choice === undefined) throw new Error(`layer ${position} has no kernel`);
    const { kernel, isa, passedOver } = choice;
    return { layer, kernel, isa, passedOver };
  });
}
