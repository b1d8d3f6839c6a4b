/** The body of `<name>_run`: segments as loops over the events of their layers. */
import type { Program } from '../compiler.js';
import type { Segment } from '../schedule/segment.js';
import type { EmittedLayer } from './layers.js';

/** The statements that run all segments. `layers` are in execution order. */
export function runStatements({ plan, segments }: Program, layers: readonly EmittedLayer[], name: string): string {
  const indexOf = new Map(plan.order.map((position, index) => [position, index]));
  const layerAt = (position: number) => {
    const layer = layers[indexOf.get(position) ?? -1];
    if (layer === undefined) throw new Error(`layer ${position} is not in the order`);
    return layer;
  };
  return segments.map((segment) => singleLayerLoop(segment, segment.layers.map(layerAt), name)).join('\n');
}

function singleLayerLoop({ granules, reverse }: Segment, layers: readonly EmittedLayer[], name: string): string {
  const [granule] = granules;
  const [layer] = layers;
  if (granule === undefined || layer === undefined || layers.length !== 1)
    throw new Error('not a segment of one layer');
  const { events } = granule.access;
  if (events === 1) return call(layer, '', '0u', name).join('\n');
  const loop = reverse ? `int32_t y = ${events - 1}; y >= 0; y--` : `int32_t y = 0; y < ${events}; y++`;
  const body = call(layer, ', y', '(uint32_t)y', name).map((line) => `    ${line}`);
  return [`for (${loop}) {`, ...body, '}'].join('\n');
}

function call({ functionName, index }: EmittedLayer, argument: string, row: string, name: string): string[] {
  return [`${functionName}(ctx->arena${argument});`, `${name.toUpperCase()}_LAYER_DONE(ctx, ${index}u, ${row});`];
}
