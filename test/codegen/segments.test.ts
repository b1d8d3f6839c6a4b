import { describe, expect, it } from 'vitest';
import { timelineOf } from '../../src/codegen/timeline.js';
import { compileModel, type Program, portableTarget } from '../../src/compiler.js';
import { digits } from '../support/digits.js';
import { generatedFile } from './generate.js';

const balanced = compileModel(digits.bytes);
const speed = compileModel(digits.bytes, { target: { ...portableTarget, objective: 'speed' } });
const source = (program: Program) => generatedFile(program, 'model/model.c');

/** The tables of row orders in C, each as the numbers it holds. */
function orders(text: string): number[][] {
  return [...text.matchAll(/static const uint8_t order\[(\d+)\] = \{([^}]*)\}/g)].map(([, count, numbers = '']) => {
    const list = numbers.split(',').flatMap((number) => (number.trim() === '' ? [] : [Number(number)]));
    expect(list).toHaveLength(Number(count));
    return list;
  });
}

describe('segments in C', () => {
  it('walk the order of the plan by a table of bytes', () => {
    const interleaved = balanced.plan.segments.filter(({ layers }) => layers.length > 1);
    expect(interleaved.length).toBeGreaterThan(0);
    const wanted = interleaved.map(({ layers, order }) => order.map(({ layer }) => layers.indexOf(layer)));
    expect(orders(source(balanced))).toEqual(wanted);
  });

  it('have a mark in the picture for every event of a short one', () => {
    const marks = source(balanced).match(/^ \* +\d+ \|[#.]+/gm) ?? [];
    const events = balanced.plan.segments
      .filter(({ layers }) => layers.length > 1)
      .reduce((total, { order }) => total + Math.min(order.length, 84), 0);
    expect(marks.join('').replace(/[^#]/g, '')).toHaveLength(events);
  });

  it('are loops for layers by themselves, and calls for layers of one event', () => {
    const text = source(speed);
    expect(orders(text)).toEqual([]);
    for (const { layers, order } of speed.plan.segments) {
      const loop = new RegExp(
        `y < ${order.length}; y\\+\\+\\) \\{\\n +model_layer_${String(layers[0]).padStart(2, '0')}_`,
      );
      if (order.length > 1) expect(text).toMatch(loop);
      else
        expect(text).toMatch(
          new RegExp(`^ {4}model_layer_${String(layers[0]).padStart(2, '0')}_\\w+\\(ctx->arena\\);`, 'm'),
        );
    }
  });

  it('run every event once, whatever the objective', () => {
    for (const program of [balanced, speed]) {
      const seen = timelineOf(program).map(({ position, event }) => `${position} ${event}`);
      expect(new Set(seen).size).toBe(seen.length);
      const last = new Map(timelineOf(program).map(({ position, access }) => [position, access.events]));
      expect(seen).toHaveLength([...last.values()].reduce((total, events) => total + events, 0));
    }
  });
});
