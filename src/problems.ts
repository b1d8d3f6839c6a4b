import { ModelcError, type Problem, type ProblemCode } from './errors.js';

/**
 * Collects the problems of one model so that they come out together. Keeps the first `capacity`, and after them the
 * first of each kind (code and operator): a hostile file can have more problems than there is memory to describe them.
 */
export class ProblemCollector {
  private readonly kept: Problem[] = [];
  private readonly kinds = new Set<string>();
  private omitted: { readonly code: ProblemCode; readonly count: number } | undefined;

  constructor(private readonly capacity = 100) {}

  get problems(): readonly Problem[] {
    return this.kept;
  }

  /** True when further problems are dropped; loops over untrusted counts may stop then. */
  get isFull(): boolean {
    return this.kept.length >= this.capacity;
  }

  add(...problems: readonly Problem[]): void {
    for (const problem of problems) {
      const kind = `${problem.code} ${problem.place.operator?.name}`;
      if (this.isFull && this.kinds.has(kind)) {
        this.omitted = { code: this.omitted?.code ?? problem.code, count: (this.omitted?.count ?? 0) + 1 };
      } else {
        this.kinds.add(kind);
        this.kept.push(problem);
      }
    }
  }

  /** Throws everything collected, if anything was, and says how many problems were not kept. */
  throwIfAny(): void {
    if (this.kept.length === 0) return;
    if (this.omitted !== undefined) {
      const message = `There are ${this.omitted.count} more problems of the kinds listed.`;
      this.kept.push({ code: this.omitted.code, message, remedy: 'Solve those listed first.', place: {} });
    }
    throw new ModelcError(this.kept);
  }
}
