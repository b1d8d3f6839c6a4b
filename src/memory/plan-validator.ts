/**
 * Checks a plan without knowing how it was made: runs its events symbolically with an owner for every byte of the arena,
 * (value, byte of the value), and an adversary who orders reads and writes inside an event as badly as the kernel's
 * promises allow. Shares no code with the planner.
 */
import { bitsPerElement, elementCount } from '../ir/element-type.js';
import type { Graph, Operator } from '../ir/graph.js';
import type { Granule, LayerAccess, Span } from './access.js';
import type { MemoryPlan, PlannedScratch, PlannedSegment, PlannedValue } from './memory-plan.js';

export interface ValidationOptions {
  /** Bytes of a row of the input that arrives in rows; the layer −1 of the plan. */
  readonly streamedInput?: { readonly input: number; readonly rowBytes: number };
}

/** Bytes of the arena that hold one value or scratch without a gap: address − `base` is the byte of the value. */
interface Run {
  readonly begin: number;
  readonly end: number;
  readonly owner: string;
  readonly base: number;
}

/** Part of a value in the arena; a span of a ring has one or two. */
interface Piece {
  readonly begin: number;
  readonly end: number;
  /** Byte of the value at `begin`. */
  readonly byte: number;
}

interface Access {
  readonly slot: number;
  readonly value: PlannedValue;
  readonly span: Span;
  readonly pieces: readonly Piece[];
}

/** Violations after which the rest is only a consequence. */
const maxViolations = 50;

/** What is wrong with `plan`, in words; empty when it is valid. */
export function validatePlan(
  graph: Graph,
  accesses: readonly LayerAccess[],
  plan: MemoryPlan,
  { streamedInput }: ValidationOptions = {},
): string[] {
  const violations: string[] = [];
  const report = (message: string) => {
    if (violations.length < maxViolations) violations.push(message);
  };
  const byTensor = new Map<number, PlannedValue>();
  for (const value of plan.values) for (const tensor of value.tensors) byTensor.set(tensor, value);

  checkExtents(graph, plan, report);
  checkNames(graph, accesses, plan, byTensor, report);
  checkEvents(graph, accesses, plan, streamedInput?.rowBytes, report);
  if (violations.length > 0) return violations;

  let memory: readonly Run[] = [];
  const streamed = streamedInput === undefined ? undefined : graph.inputs[streamedInput.input];
  for (const input of new Set(graph.inputs)) {
    const value = byTensor.get(input);
    if (value === undefined || input === streamed) continue;
    for (const piece of piecesOf(value, { begin: 0, end: value.bytes })) memory = claim(memory, piece, nameOf(value));
  }
  const scratchOf = new Map(plan.scratch.map((scratch) => [scratch.layer, scratch]));
  const started = new Map<number, number>();

  let time = 0;
  for (const segment of plan.segments) {
    for (const { layer, event } of segment.order) {
      if (layer < 0) {
        const value = byTensor.get(streamed as number) as PlannedValue;
        const row = streamedInput?.rowBytes ?? 0;
        const span = { begin: event * row, end: Math.min(value.bytes, (event + 1) * row) };
        for (const piece of piecesOf(value, span)) memory = claim(memory, piece, nameOf(value));
      } else {
        const ran = started.get(layer) ?? 0;
        started.set(layer, ran + 1);
        memory = runEvent(layer, event, ran, segment);
      }
      time++;
      if (violations.length >= maxViolations) return violations;
    }
  }
  for (const output of graph.outputs) {
    const value = byTensor.get(output);
    if (value === undefined) continue;
    const pieces = piecesOf(value, { begin: 0, end: value.bytes });
    if (!pieces.every((piece) => holds(memory, piece, nameOf(value)))) {
      report(`the caller does not find output tensor ${output}`);
    }
  }
  return violations;

  function runEvent(layer: number, event: number, ran: number, segment: PlannedSegment): readonly Run[] {
    const operator = graph.operators[layer] as Operator;
    const granule = granuleOf(accesses, segment, layer) as Granule;
    const { access } = granule;
    const what = `event ${time} (layer ${layer} ${operator.name}, its event ${event})`;
    const reads = accessed(operator.inputs, (slot) => access.read(slot, event), access.readUnit, what);
    const written = operator.outputs.map((tensor) => (isRenamed(operator, tensor) ? -1 : tensor));
    const writes = accessed(written, (slot) => access.write(slot, event, segment.reverse), access.writeUnit, what);
    const scratch = scratchOf.get(layer);

    for (const { value, pieces } of reads) {
      for (const piece of pieces) {
        if (!holds(memory, piece, nameOf(value))) report(`${what} does not find what it reads of ${nameOf(value)}`);
      }
    }
    if (scratch !== undefined && granule.scratchKept && ran > 0) {
      const kept = { begin: scratch.offset, end: scratch.offset + scratch.bytes, byte: 0 };
      if (!holds(memory, kept, scratchName(layer))) report(`${what} has lost its scratch`);
    }
    // The adversary writes first: whatever the event reads has to be out of the way, or promised to be read in time
    for (const read of reads) {
      if (scratch !== undefined && read.pieces.some((piece) => meets(piece, scratchPiece(scratch)))) {
        report(`the scratch of ${what} meets ${nameOf(read.value)}, which it reads`);
      }
      for (const write of writes) {
        if (!read.pieces.some((piece) => write.pieces.some((other) => meets(piece, other)))) continue;
        if (!isPromised(read, write, access.overlap(read.slot, write.slot, segment.reverse), segment.reverse)) {
          report(`${what} writes ${nameOf(write.value)} over ${nameOf(read.value)}, which it reads`);
        }
      }
    }
    for (const [i, write] of writes.entries()) {
      for (const other of writes.slice(i + 1)) {
        if (write.pieces.some((piece) => other.pieces.some((another) => meets(piece, another)))) {
          report(`${what} writes two outputs to the same bytes`);
        }
      }
      if (scratch === undefined || !write.pieces.some((piece) => meets(piece, scratchPiece(scratch)))) continue;
      const last = ran === access.events - 1;
      const promised =
        last &&
        write.slot === 0 &&
        granule.scratchOverlap !== undefined &&
        write.pieces.length === 1 &&
        (write.pieces[0] as Piece).begin <= scratch.offset - granule.scratchOverlap;
      if (!promised) report(`${what} writes ${nameOf(write.value)} over its scratch`);
    }

    let after = memory;
    if (scratch !== undefined) after = claim(after, scratchPiece(scratch), scratchName(layer));
    for (const { value, pieces } of writes) for (const piece of pieces) after = claim(after, piece, nameOf(value));
    return after;
  }

  /** Whether the plan takes an output as another name of a value written before. */
  function isRenamed(operator: Operator, tensor: number): boolean {
    const value = byTensor.get(tensor);
    return value !== undefined && value.tensors[0] !== tensor && operator.inputs.some((i) => byTensor.get(i) === value);
  }

  function accessed(
    tensors: readonly number[],
    spanOf: (slot: number) => Span,
    unitOf: (slot: number) => number,
    what: string,
  ): readonly Access[] {
    return tensors.flatMap((tensor, slot): Access[] => {
      const value = byTensor.get(tensor);
      if (value === undefined) return [];
      const span = spanOf(slot);
      if (span.end <= span.begin) return [];
      if (span.begin < 0 || span.end > value.bytes) report(`${what} leaves ${nameOf(value)}`);
      if (value.layout.kind === 'ring') {
        const unit = unitOf(slot);
        if (value.layout.capacity % unit !== 0 || span.begin % unit !== 0) {
          report(`${what} takes ${unit} bytes of ${nameOf(value)} in one piece, which its ring may break`);
        }
        if (span.end - span.begin > value.layout.capacity)
          report(`${what} needs more than the ring of ${nameOf(value)}`);
      }
      return [{ slot, value, span, pieces: piecesOf(value, span) }];
    });
  }
}

/** Whether the kernel's order inside the event makes an overlap harmless. */
function isPromised(read: Access, write: Access, distance: number, reverse: boolean): boolean {
  if (read.pieces.length !== 1 || write.pieces.length !== 1) return false;
  if (read.value.layout.kind === 'ring' || write.value.layout.kind === 'ring') return false;
  const [from] = read.pieces as [Piece];
  const [to] = write.pieces as [Piece];
  return reverse ? to.end >= from.end + distance : to.begin <= from.begin - distance;
}

function nameOf({ id, tensors }: PlannedValue): string {
  return `value ${id} (tensor ${tensors[0]})`;
}

function scratchName(layer: number): string {
  return `scratch of layer ${layer}`;
}

function scratchPiece({ offset, bytes }: PlannedScratch): Piece {
  return { begin: offset, end: offset + bytes, byte: 0 };
}

function granuleOf(accesses: readonly LayerAccess[], segment: PlannedSegment, layer: number): Granule | undefined {
  return accesses[layer]?.granules[segment.granules[segment.layers.indexOf(layer)] ?? -1];
}

/** Where bytes [begin, end) of a value lie. */
function piecesOf({ offset, layout }: PlannedValue, { begin, end }: Span): Piece[] {
  if (end <= begin) return [];
  if (layout.kind === 'linear') return [{ begin: offset + begin, end: offset + end, byte: begin }];
  const pieces: Piece[] = [];
  for (let byte = begin; byte < end; ) {
    const place = byte % layout.capacity;
    const length = Math.min(end - byte, layout.capacity - place);
    pieces.push({ begin: offset + place, end: offset + place + length, byte });
    byte += length;
  }
  return pieces;
}

function meets(a: { begin: number; end: number }, b: { begin: number; end: number }): boolean {
  return a.begin < b.end && b.begin < a.end;
}

/** Memory after a piece was written: what was there before is cut away. Runs ascend and touch only unlike neighbours. */
function claim(memory: readonly Run[], { begin, end, byte }: Piece, owner: string): readonly Run[] {
  if (end <= begin) return memory;
  const after: Run[] = [];
  let claimed: Run = { begin, end, owner, base: begin - byte };
  let placed = false;
  for (const run of memory) {
    if (run.end < begin || run.begin > end) {
      if (run.begin > end && !placed) {
        after.push(claimed);
        placed = true;
      }
      after.push(run);
      continue;
    }
    if (run.owner === owner && run.base === claimed.base) {
      claimed = { ...claimed, begin: Math.min(run.begin, claimed.begin), end: Math.max(run.end, claimed.end) };
      continue;
    }
    if (run.begin < begin) after.push({ ...run, end: Math.min(run.end, begin) });
    if (run.end > end) {
      if (!placed) after.push(claimed);
      placed = true;
      after.push({ ...run, begin: Math.max(run.begin, end) });
    }
  }
  if (!placed) after.push(claimed);
  return after;
}

/** Whether a piece holds its bytes of the owner. */
function holds(memory: readonly Run[], { begin, end, byte }: Piece, owner: string): boolean {
  let found = 0;
  for (const run of memory) {
    if (run.owner !== owner || run.base !== begin - byte) continue;
    found += Math.max(0, Math.min(run.end, end) - Math.max(run.begin, begin));
  }
  return found === end - begin;
}

/** Sizes, places and alignment, without regard to time. */
function checkExtents(graph: Graph, plan: MemoryPlan, report: (message: string) => void): void {
  const place = (what: string, offset: number, bytes: number, align: number) => {
    if (!Number.isInteger(offset) || offset < 0) report(`${what} lies at offset ${offset}`);
    else if (offset + bytes > plan.arenaBytes) report(`${what} ends at ${offset + bytes}, outside of the arena`);
    if (offset % align !== 0) report(`${what} at offset ${offset} is not ${align}-aligned`);
    if (plan.arenaAlign % align !== 0) report(`${what} needs an arena aligned to ${align} bytes`);
  };
  for (const value of plan.values) {
    let align = 4;
    for (const tensor of value.tensors) {
      const bytes = sizeOf(graph, tensor);
      if (bytes !== value.bytes) report(`tensor ${tensor} has ${bytes} bytes, ${nameOf(value)} has ${value.bytes}`);
      align = Math.max(align, (bitsPerElement(graph.tensors[tensor]?.type ?? 'int8') ?? 8) / 8);
    }
    const { layout } = value;
    if (layout.kind === 'ring' && !(layout.capacity > 0)) report(`the ring of ${nameOf(value)} is empty`);
    place(nameOf(value), value.offset, layout.kind === 'ring' ? layout.capacity : value.bytes, align);
  }
  for (const { layer, offset, bytes } of plan.scratch) place(scratchName(layer), offset, bytes, 4);
  if (plan.lowerBound > plan.arenaBytes) report(`the lower bound ${plan.lowerBound} exceeds the arena`);
}

/** Every tensor that needs memory belongs to one value, and shares it only with tensors that rename it. */
function checkNames(
  graph: Graph,
  accesses: readonly LayerAccess[],
  plan: MemoryPlan,
  byTensor: ReadonlyMap<number, PlannedValue>,
  report: (message: string) => void,
): void {
  const names = plan.values.flatMap(({ tensors }) => tensors);
  if (new Set(names).size !== names.length) report('a tensor belongs to two values');
  const used = [
    ...graph.inputs,
    ...graph.operators.flatMap(({ inputs, outputs }) => [...inputs, ...outputs]),
    ...graph.outputs,
  ];
  for (const tensor of new Set(used)) {
    const found = graph.tensors[tensor];
    if (found === undefined || found.data !== undefined || found.isVariable) continue;
    if (sizeOf(graph, tensor) !== undefined && !byTensor.has(tensor)) report(`tensor ${tensor} has no place`);
  }
  for (const [position, { inputs, outputs }] of graph.operators.entries()) {
    for (const [slot, output] of outputs.entries()) {
      const value = byTensor.get(output);
      if (value === undefined || value.tensors[0] === output) continue;
      const offers = accesses[position]?.aliases ?? [];
      const declared = offers.some(
        (offer) => offer.output === slot && byTensor.get(inputs[offer.input] ?? -1) === value,
      );
      if (!declared) report(`tensor ${output} shares ${nameOf(value)} without renaming it`);
    }
  }
}

/** Every layer with code runs all its events once, in the direction of its segment; layers that rename run none. */
function checkEvents(
  graph: Graph,
  accesses: readonly LayerAccess[],
  plan: MemoryPlan,
  rowBytes: number | undefined,
  report: (message: string) => void,
): void {
  const renamed = new Set(plan.renamed);
  const seen = new Set<number>();
  const scratchBytes = new Map(plan.scratch.map(({ layer, bytes }) => [layer, bytes]));
  for (const segment of plan.segments) {
    const next = new Map<number, number>();
    for (const layer of segment.layers) {
      if (seen.has(layer)) report(`layer ${layer} is in two segments`);
      seen.add(layer);
      const granule = layer < 0 ? undefined : granuleOf(accesses, segment, layer);
      if (layer >= 0 && granule === undefined) {
        report(`layer ${layer} has no granule`);
        continue;
      }
      if (segment.reverse && !(granule?.access.reversible ?? false)) report(`layer ${layer} cannot run in reverse`);
      if ((granule?.scratchBytes ?? 0) > (scratchBytes.get(layer) ?? 0)) report(`${scratchName(layer)} is too small`);
      const total = granule?.access.events ?? segment.order.filter((event) => event.layer === layer).length;
      next.set(layer, segment.reverse ? total - 1 : 0);
    }
    for (const { layer, event } of segment.order) {
      const expected = next.get(layer);
      if (expected !== event) report(`layer ${layer} runs its event ${event} when ${expected} is next`);
      next.set(layer, event + (segment.reverse ? -1 : 1));
    }
    for (const [layer, reached] of next) {
      const total = layer < 0 ? reached : (granuleOf(accesses, segment, layer)?.access.events ?? 0);
      if (reached !== (segment.reverse ? -1 : total)) report(`layer ${layer} does not run all its events`);
    }
  }
  for (const position of graph.operators.keys()) {
    if (renamed.has(position) === seen.has(position)) {
      report(`layer ${position} ${seen.has(position) ? 'runs although it only renames' : 'does not run'}`);
    }
  }
  if (seen.has(-1) !== (rowBytes !== undefined)) report('the plan and the caller disagree on how the input arrives');
}

function sizeOf(graph: Graph, tensor: number): number | undefined {
  const found = graph.tensors[tensor];
  const bits = found === undefined ? undefined : bitsPerElement(found.type);
  return bits === undefined ? undefined : Math.ceil((bits * elementCount(found?.shape ?? [])) / 8);
}
