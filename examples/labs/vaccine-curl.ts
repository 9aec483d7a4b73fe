import { type CloudEvent, legacy } from '#events/event.ts';
import { eventually } from './eventually.ts';
import type { Scene } from './vaccine.ts';

/** Two calls and their event: the first calls of README.md, with the real answers. */
export async function oneReservation({ story, baseUrl, booker, heard, reserved }: Scene): Promise<void> {
  story.chapter('One reservation of slot 42, sent twice');
  story.show(`API=${baseUrl}`);
  const reserve = async () => {
    story.show('curl -X POST -H "Authorization: Bearer $KEY" -H "Idempotency-Key: abc123" \\');
    story.show('  $API/api/v1/slots/42/reservations');
    const answer = await booker('POST', '/api/v1/slots/42/reservations', {
      headers: { 'Idempotency-Key': 'abc123' },
    });
    story.show(answer.text);
    return answer;
  };
  const first = await reserve();
  story.claim('200, and a reservation', first.status === 200 && first.body.status === 'ok', first.body);
  const second = await reserve();
  story.claim(
    'still "ok", no duplicate: the same answer',
    second.status === 200 && second.text === first.text,
    second.body,
  );
  story.claim('marked Idempotent-Replayed: true', second.headers.get('idempotent-replayed') === 'true');
  reserved[42] = String(first.body.reservation_id);

  story.tell('The events that a subscriber of the bus got:');
  const reservedOf42 = () =>
    heard.filter(({ type, data }) => type === 'slot.reserved' && data.slot_id === 42);
  const events = await eventually(reservedOf42, (seen) => seen.length > 0);
  for (const event of events) story.show(legacy(event as CloudEvent));
  const expected = '{"event":"slot.reserved","data":{"slot":42}}';
  story.claim(
    'one event, with the fields that its schema promises',
    events.length === 1 && legacy(events[0] as CloudEvent) === expected,
    events,
  );
}
