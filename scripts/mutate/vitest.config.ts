import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Each fault is tried by the first file that runs through it: narrow and quick ones first, whole projects last. */
const order = ['verify', 'memory', 'tflite', 'ir', 'operators/edges', 'operators/refusals', 'operators', 'interpreter'];

class NarrowFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => {
      const found = order.findIndex((place) => moduleId.includes(`/test/${place}`));
      return found < 0 ? order.length + Number(moduleId.includes('/test/codegen/stack')) : found;
    };
    return files.toSorted((a, b) => rank(a) - rank(b) || a.moduleId.localeCompare(b.moduleId));
  }
}

// The unit suite as the mutation run uses it: one file after the other, and without what looks at the sources as text.
export default defineConfig({
  test: {
    globalSetup: './test/support/registry.ts',
    setupFiles: './scripts/mutate/rerun.ts',
    include: ['test/**/*.test.ts'],
    exclude: [
      'test/**/*.{sim,fuzz,oracle,shared}.test.ts',
      'test/{scripts,docs,simulators,package}/**',
      'test/architecture.test.ts',
    ],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    fileParallelism: false,
    sequence: { sequencer: NarrowFirst },
  },
});
