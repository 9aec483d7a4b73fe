import fc from 'fast-check';

/** What many cases of a claim have shown: `against` is the first that speaks against it, made small. */
export type Looked = { cases: number; against?: string };
/** A claim about the strict readers, and what looks for a case against it. */
export type Checks = Record<string, (cases: number, seed: number) => Looked>;

export const looking =
  <T>(property: fc.IRawProperty<T>) =>
  (cases: number, seed: number): Looked => {
    const { failed, numRuns, counterexample, errorInstance } = fc.check(property, {
      numRuns: cases,
      seed,
    }) as fc.RunDetails<T>;
    if (!failed) return { cases: numRuns };
    const error = errorInstance instanceof Error ? ` ${errorInstance.message}` : '';
    return { cases: numRuns, against: `${fc.stringify(counterexample)}${error}` };
  };
