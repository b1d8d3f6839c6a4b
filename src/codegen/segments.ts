/** Turns segments into C: a loop for a layer by itself, a function with a table for layers that run interleaved. */
import type { Program } from '../compiler.js';
import type { PlannedSegment } from '../memory/memory-plan.js';
import type { EmittedLayer } from './layers.js';
import { arenaValue, executionOrder, granuleOf } from './program-view.js';

/** A function that runs the layers of a segment interleaved. */
export interface EmittedSegment {
  /** Lines of the comment above the function: its layers, rings, and when each layer runs. */
  readonly picture: readonly string[];
  readonly functionName: string;
  readonly body: string;
}

/** Columns of the picture's time axis. */
const pictureWidth = 84;

/** `layers` are in execution order. */
export function emitSegments(
  program: Program,
  layers: readonly EmittedLayer[],
  name: string,
): { readonly segments: readonly EmittedSegment[]; readonly run: string } {
  const order = executionOrder(program);
  const segments: EmittedSegment[] = [];
  const statements = program.plan.segments.map((segment, number) => {
    const own = segment.layers.map((position) => {
      const layer = layers[order.indexOf(position)];
      if (layer === undefined) throw new Error(`layer ${position} is not in the order`);
      return layer;
    });
    const [first] = own;
    if (first !== undefined && own.length === 1) return layerLoop(program, segment, first, name);
    const functionName = `${name}_segment_${String(number).padStart(2, '0')}`;
    segments.push({
      picture: pictureOf(program, segment, own),
      functionName,
      body: interleaved(program, segment, own, name),
    });
    return `${functionName}(ctx);`;
  });
  return { segments, run: statements.join('\n') };
}

/** A layer by itself. */
function layerLoop(program: Program, segment: PlannedSegment, layer: EmittedLayer, name: string): string {
  const { events } = granuleOf(program, segment, 0).access;
  if (events === 1) return call(layer, '', '0u', name).join('\n');
  const loop = segment.reverse ? `int32_t y = ${events - 1}; y >= 0; y--` : `int32_t y = 0; y < ${events}; y++`;
  const body = call(layer, ', y', '(uint32_t)y', name).map((line) => `    ${line}`);
  return [`for (${loop}) {`, ...body, '}'].join('\n');
}

/** A table of layers in the order of their events; each layer counts its own. */
function interleaved(program: Program, segment: PlannedSegment, layers: readonly EmittedLayer[], name: string): string {
  const { order, reverse } = segment;
  const events = layers.map((_, i) => granuleOf(program, segment, i).access.events);
  const counters = layers.flatMap(({ index }, i) => {
    const count = events[i] as number;
    return count === 1 ? [] : [`int32_t y${index} = ${reverse ? count - 1 : 0};`];
  });
  const cases = layers.flatMap((layer, i) => {
    const y = `y${layer.index}`;
    const statements =
      events[i] === 1
        ? call(layer, '', '0u', name)
        : [...call(layer, `, ${y}`, `(uint32_t)${y}`, name), `${y}${reverse ? '--' : '++'};`];
    return [`case ${i}:`, ...[...statements, 'break;'].map((line) => `    ${line}`)];
  });
  // the last layer takes every other number, so that a compiler sees no way past the switch
  const last = cases.lastIndexOf(`case ${layers.length - 1}:`);
  cases[last] = 'default:';
  return [
    '/* the layers of this segment, in the order in which their rows are due */',
    `static const uint8_t order[${order.length}] = {`,
    ...wrapped(order.map(({ layer }) => String(segment.layers.indexOf(layer)))),
    '};',
    ...counters,
    'for (size_t i = 0; i < sizeof order; i++) {',
    '    switch (order[i]) {',
    ...cases.map((line) => `    ${line}`),
    '    }',
    '}',
  ].join('\n');
}

function call({ functionName, index }: EmittedLayer, argument: string, row: string, name: string): string[] {
  return [`${functionName}(ctx->arena${argument});`, `${name}_on_layer(ctx, ${index}u, ${row});`];
}

/** Numbers of a table, in lines of the width of generated code. */
function wrapped(numbers: readonly string[]): string[] {
  const perLine = 36;
  return Array.from({ length: Math.ceil(numbers.length / perLine) }, (_, i) => {
    return `    ${numbers.slice(i * perLine, (i + 1) * perLine).join(', ')},`;
  });
}

/** A line for each layer: what it is, where its rows go, and a mark wherever one of them is due. */
function pictureOf(program: Program, segment: PlannedSegment, layers: readonly EmittedLayer[]): string[] {
  const { graph } = program;
  const { order, reverse } = segment;
  const shown = order.slice(0, pictureWidth);
  const rest = order.length > shown.length ? ` ... ${order.length - shown.length} more` : '';
  return [
    `Layers ${layers.map(({ index }) => index).join(', ')} run interleaved${reverse ? ', from the last row to the first' : ''}.`,
    ...layers.map(({ index }, i) => {
      const operator = graph.operators[segment.layers[i] as number];
      const outputs = (operator?.outputs ?? []).map((tensor) => {
        const value = arenaValue(program, tensor);
        const unit = granuleOf(program, segment, i).access.writeUnit(0);
        return value?.layout.kind === 'ring'
          ? `ring of ${value.layout.capacity / unit} x ${unit} bytes`
          : `${value?.bytes ?? 0} bytes`;
      });
      return ` layer ${index}: ${operator?.name}, ${granuleOf(program, segment, i).access.events} x, to ${outputs.join(', ')}`;
    }),
    ...layers.map(({ index }, i) => {
      const marks = shown.map(({ layer }) => (layer === segment.layers[i] ? '#' : '.')).join('');
      return `${String(index).padStart(4)} |${marks}${i === 0 ? rest : ''}`;
    }),
  ];
}
