import { defineConfig } from 'vitest/config';

// One project per suite, so that each has a command of its own: npm test -- --project unit
export default defineConfig({
  test: {
    // the registry of operators has to be there before a test imports it
    globalSetup: './test/support/registry.ts',
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: ['test/**/*.{sim,fuzz,oracle,shared}.test.ts'],
          // seconds are enough on an idle machine; nobody's machine is idle
          testTimeout: 60_000,
        },
      },
      { test: { name: 'sim', include: ['test/**/*.sim.test.ts'], testTimeout: 300_000, hookTimeout: 120_000 } },
      { test: { name: 'fuzz', include: ['test/**/*.fuzz.test.ts'], testTimeout: 900_000 } },
      { test: { name: 'oracle', include: ['test/**/*.oracle.test.ts'], testTimeout: 600_000 } },
      // needs the models of ../shared; says so and passes where they are absent
      { test: { name: 'shared', include: ['test/**/*.shared.test.ts'], testTimeout: 1_800_000 } },
    ],
  },
});
