import { ModelcError, type Problem } from './errors.js';

/**
 * Collects the problems of one model so that they come out together. Keeps the first `capacity`: a hostile file can
 * have more problems than there is memory to describe them.
 */
export class ProblemCollector {
  private readonly kept: Problem[] = [];

  constructor(private readonly capacity = 100) {}

  get problems(): readonly Problem[] {
    return this.kept;
  }

  /** True when further problems are dropped; loops over untrusted counts may stop then. */
  get isFull(): boolean {
    return this.kept.length >= this.capacity;
  }

  add(...problems: readonly Problem[]): void {
    for (const problem of problems) if (!this.isFull) this.kept.push(problem);
  }

  /** Throws everything collected, if anything was. */
  throwIfAny(): void {
    if (this.kept.length > 0) throw new ModelcError(this.kept);
  }
}
