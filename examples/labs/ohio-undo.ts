import type { Scene } from './ohio-scene.ts';

type Plan = {
  regime: string;
  possible: boolean;
  systems: { system: string; would: string; why: string; until?: string }[];
};

/** Shows the undo plan of the token, before the undo. */
export async function thePlan({ story, publisher, id }: Scene): Promise<void> {
  story.show(`curl -H "Authorization: Bearer $KEY" \\`);
  story.show(`  $API/api/v1/rollbacks/${id}/plan`);
  const answer = await publisher('GET', `/api/v1/rollbacks/${id}/plan`);
  const plan = answer.body as Plan;
  for (const { system, would, why, until } of plan.systems)
    story.row(system, `${would}: ${why}${until ? ` Until ${until.slice(0, 10)}.` : ''}`);
  const all =
    plan.possible && plan.systems.length === 3 && plan.systems.every(({ would }) => would === 'reverse');
  story.claim(`${plan.regime}: an undo would reverse it in all three systems`, all, plan);
}

/** Requests the undo twice. */
export async function pressUndo({ story, publisher, id }: Scene): Promise<void> {
  story.show('curl -X POST -H "Authorization: Bearer $KEY" \\');
  story.show(`  $API/api/v1/rollbacks/${id}`);
  const press = () => publisher('POST', `/api/v1/rollbacks/${id}`);
  const [first, second] = [await press(), await press()];
  for (const [name, value] of Object.entries(first.body)) story.tell(`${name}: ${value}`);
  story.claim(
    '202, and a repeat gets the same answer, byte for byte',
    first.status === 202 && second.text === first.text,
    second.body,
  );
}
