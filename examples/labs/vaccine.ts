import { type Answer, type Caller, callerOf } from './caller.ts';
import { eventually } from './eventually.ts';
import type { Lab } from './lab.ts';
import type { Story } from './story.ts';
import { tapBus } from './tap.ts';
import { oneReservation } from './vaccine-curl.ts';
import { theBoard, theBooks, theChangeOfMind } from './vaccine-money.ts';

/** Who plays, and what the chapters leave behind for the later ones. */
export type Scene = {
  story: Story;
  baseUrl: string;
  clearinghouse: string;
  booker: Caller;
  key: string;
  heard: { type: string; data: Record<string, unknown> }[];
  reserved: Record<number, string>;
};

const tenant = 'vaccines';
const site = 'Main Street Clinic';

export const lab: Lab = {
  title: 'A vaccine portal: fifty people, one slot',
  async play({ baseUrl, aws, bus, systems, keyFor }, story) {
    const tap = await tapBus({ aws, bus });
    try {
      const key = await keyFor(tenant, 'booker');
      const scheduler = callerOf(baseUrl, await keyFor(tenant, 'scheduler'));
      const clearinghouse = systems.clearinghouse?.url ?? '';
      const scene: Scene = {
        story,
        baseUrl,
        clearinghouse,
        booker: callerOf(baseUrl, key),
        key,
        heard: tap.heard,
        reserved: {},
      };
      await theSlots(scene, scheduler);
      await oneReservation(scene);
      await fiftyCallers(scene);
      await theBoard(scene, site);
      await theBooks(scene);
      await theChangeOfMind(scene, site);
    } finally {
      await tap.close();
    }
  },
};

async function theSlots({ story, booker }: Scene, scheduler: Caller): Promise<void> {
  story.chapter('A scheduler opens three slots');
  story.tell(
    'Each is made once: "If-None-Match: *" means that it must not exist yet. Slot 42 has a co-pay of nothing, the others of $25.00.',
  );
  for (const slot of [42, 43, 44]) {
    const body = {
      site,
      starts_at: `2027-01-15T09:${slot}:00Z`,
      price: { amount: slot === 42 ? 0 : 2500, currency: 'USD' },
    };
    const made = await scheduler('PUT', `/api/v1/slots/${slot}`, { headers: { 'If-None-Match': '*' }, body });
    story.claim(`slot ${slot}: 201, version ${made.headers.get('etag')}`, made.status === 201, made.body);
  }
  const seen = await booker('GET', '/api/v1/slots/42');
  story.claim('a booker sees slot 42 as free', seen.body.state === 'free', seen.body);
}

/** v1 and v2 are two doors to one room: half of the callers take each. */
async function fiftyCallers(scene: Scene): Promise<void> {
  const { story, booker, reserved } = scene;
  story.chapter('Fifty people press Confirm on slot 43 at the same moment');
  story.tell('Twenty-five use v1 and twenty-five v2, each with a key of their own.');
  const keys = Array.from({ length: 50 }, (_, i) => ({
    key: `caller-${i + 1}`,
    version: i % 2 ? 'v2' : 'v1',
  }));
  // A busy laptop may answer 503 to some of fifty at once: they press again, with the same key.
  const press = ({ key, version }: (typeof keys)[number]) =>
    eventually(
      () => booker('POST', `/api/${version}/slots/43/reservations`, { headers: { 'Idempotency-Key': key } }),
      ({ status }) => status !== 503,
    );
  const answers = await Promise.all(keys.map(press));
  const won = answers.filter(({ status }) => status === 200);
  const taken = answers.filter(({ status, body }) => status === 409 && body.title === 'Slot taken');
  story.claim(`one got it: ${won.length} × 200`, won.length === 1, told(answers));
  story.claim(`the others were told "Slot taken": ${taken.length} × 409`, taken.length === 49, told(answers));

  const winner = answers.findIndex(({ status }) => status === 200);
  const [mine, first] = [keys[winner], answers[winner]];
  if (!mine || !first) return;
  reserved[43] = String(first.body.reservation_id);
  await again(scene, mine, first);
}

async function again(
  { story, booker }: Scene,
  mine: { key: string; version: string },
  first: Answer,
): Promise<void> {
  story.tell(`The one who got it, ${mine.key} on ${mine.version}, presses again:`);
  const headers = { 'Idempotency-Key': mine.key };
  const repeat = await booker('POST', `/api/${mine.version}/slots/43/reservations`, { headers });
  story.claim(
    'the same answer, byte for byte',
    repeat.status === 200 && repeat.text === first.text,
    repeat.body,
  );
  story.claim('marked Idempotent-Replayed: true', repeat.headers.get('idempotent-replayed') === 'true');
  const other = mine.version === 'v1' ? 'v2' : 'v1';
  const across = await booker('POST', `/api/${other}/slots/43/reservations`, { headers });
  const same = across.status === 200 && across.body.reservation_id === first.body.reservation_id;
  story.claim(`${other} knows the key too: the same reservation`, same, across.body);
  const [v1, v2] = await Promise.all([booker('GET', '/api/v1/slots/43'), booker('GET', '/api/v2/slots/43')]);
  story.claim('v1 and v2 show one slot, booked', v1.text === v2.text && v1.body.state === 'booked', [
    v1.body,
    v2.body,
  ]);
}

const told = (answers: Answer[]) =>
  answers.map(({ status, body }) => `${status} ${body.title ?? body.status}`);
