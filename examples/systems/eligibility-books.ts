import type { Clock } from '#lib/clock.ts';

type Slot = string | number;
type Check = { key: string; slot: Slot; eligible: boolean; calls: { at: number }[] };
type Tools = { clock: Clock; rule?: (slot: Slot, key: string) => boolean };

/**
 * The Eligibility Service's books: a key is judged once, by the rule of that time, and always gets
 * that answer.
 */
export function eligibilityBooks({ clock, rule = () => true }: Tools) {
  const checks = new Map<string, Check>();

  function judge(key: string, slot: Slot, verdict: () => boolean) {
    const check = checks.get(key) ?? { key, slot, eligible: verdict(), calls: [] };
    checks.set(key, check);
    check.calls.push({ at: clock.now() });
    return { eligible: check.eligible };
  }

  return {
    check: (key: string, { slot }: { slot: Slot }) => judge(key, slot, () => rule(slot, key)),
    refuse: (key: string, { slot }: { slot: Slot }) => judge(key, slot, () => false),
    entries: (): Check[] => structuredClone([...checks.values()]),
  };
}
