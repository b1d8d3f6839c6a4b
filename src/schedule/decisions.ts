/** Why a plan is as it is, in sentences for people. */
import type { Graph } from '../ir/graph.js';
import type { Granule } from '../memory/access.js';
import type { Decision } from '../memory/memory-plan.js';
import { inputRows, type PlanLayer } from '../memory/values.js';
import type { Draft } from './draft.js';
import type { SegmentPrices } from './segment-prices.js';

export function explainPlan(graph: Graph, draft: Draft): readonly Decision[] {
  return [arenaDecision(graph, draft), ...segmentDecisions(graph, draft), ...nameDecisions(graph, draft)];
}

function layerName(graph: Graph, { position, name }: PlanLayer): string {
  return position === inputRows ? 'the input, row by row' : `layer ${graph.operators[position]?.index} ${name}`;
}

function arenaDecision(graph: Graph, { prices, segments, packing, lowerBound, peakEvent }: Draft): Decision {
  const { layers } = prices.problem;
  const order = segments.flatMap(({ run }) => run.order);
  const layer = layers[order[peakEvent] ?? -1];
  const where =
    layer === undefined
      ? 'before the first event'
      : `at event ${peakEvent} of ${order.length}, ${layerName(graph, layer)}`;
  const floor = `${lowerBound} bytes are in use ${where}`;
  const { arenaBytes, optimal, searchNodes } = packing;
  const subject = 'arena';
  const choice = `${arenaBytes} bytes`;
  if (arenaBytes === lowerBound) return { subject, choice, reason: `the lower bound is met: ${floor}` };
  const proof = optimal ? 'proven minimal for these segments' : 'the best found';
  const gap = `${arenaBytes - lowerBound} bytes above the lower bound (${floor})`;
  return { subject, choice, reason: `${gap}; ${proof} in ${searchNodes} search nodes` };
}

function segmentDecisions(graph: Graph, { prices, segments }: Draft): Decision[] {
  const { layers } = prices.problem;
  return segments.flatMap(({ first, last, reverse, bytes, run }): Decision[] => {
    const [from, to] = [layers[first], layers[last]];
    if (from === undefined || to === undefined) return [];
    const direction = reverse ? ' from the last row to the first' : '';
    if (first === last) {
      if (!reverse) return [];
      const forward = prices.priceOf({ first, last, reverse: false }).bytes;
      const reason =
        forward > bytes
          ? `forward it would have ${forward} bytes in use, not ${bytes}`
          : 'its neighbours then fit closer';
      return [{ subject: layerName(graph, from), choice: `runs${direction}`, reason }];
    }
    const alone = aloneBytes(prices, first, last);
    const rings = run.rings.size;
    const reason =
      alone > bytes
        ? `one after another they would have ${alone} bytes in use, not ${bytes}`
        : `${bytes} bytes are in use, and their neighbours fit closer`;
    const choice = `run interleaved${direction} in ${run.order.length} events with ${rings} ring${rings === 1 ? '' : 's'}`;
    return [{ subject: `${layerName(graph, from)} to ${layerName(graph, to)}`, choice, reason }];
  });
}

/** Bytes in use when layers run one after another, each as a whole segment. */
function aloneBytes(prices: SegmentPrices, first: number, last: number): number {
  let bytes = 0;
  for (let layer = first; layer <= last; layer++) bytes = Math.max(bytes, prices.price(layer, layer).bytes);
  return bytes;
}

function nameDecisions(graph: Graph, { prices: { problem, granules } }: Draft): Decision[] {
  const tensor = (index: number | undefined) => `tensor ${index} "${graph.tensors[index ?? -1]?.name}"`;
  const aliases = problem.values.flatMap(({ tensors: [written, ...others] }) =>
    others.map((other) => ({
      subject: tensor(other),
      choice: `another name of ${tensor(written)}`,
      reason: 'the operator changes only the shape',
    })),
  );
  const pieces = problem.layers.flatMap((layer, i): Decision[] => {
    const granule = granules[i] as Granule;
    if (granule === layer.granules[0] || layer.position === inputRows) return [];
    const piece = granule.size === 1 ? `one ${granule.kind.slice(0, -1)}` : `${granule.size} ${granule.kind}`;
    const sums = granule.scratchKept ? `, with ${granule.scratchBytes} bytes of sums` : '';
    const slower = Math.round((granule.cost - 1) * 100);
    const cost = slower > 0 ? `, for about ${slower} % more instructions` : '';
    const choice = granule.kind === 'whole' ? 'all at once' : `${piece} at a time${sums}`;
    return [{ subject: layerName(graph, layer), choice, reason: `less has to be in memory at a time${cost}` }];
  });
  return [...pieces, ...aliases];
}
