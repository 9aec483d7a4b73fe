import type { ServerResponse } from 'node:http';

export type Answer = { status: number; body: unknown; headers?: Record<string, string> };
/** One call as it stands before the partner: what acting on it or refusing it would answer, and the wire back. */
export type Turn = {
  key: string;
  act: () => Answer;
  refuse: () => Answer;
  /** Acts once this is done; until then whoever asks about the call, or makes it again, hears that it is pending. */
  actAfter: (work: () => Promise<void>) => Promise<Answer>;
  answer: (answer: Answer) => void;
  response: ServerResponse;
  drop: () => void;
  /** The connections go, and nobody listens any more. */
  die: () => void;
  delay: () => Promise<void>;
  pause: (ms: number) => Promise<void>;
};

/**
 * Every way in which a partner can be told to misbehave. fail, hang, drop-before, html, error-200, redirect, busy and die leave its books alone;
 * in all others it acts, or refuses, and what goes wrong is the answer or the time.
 */
export const behaviours = {
  refuse: (turn: Turn) => turn.answer(turn.refuse()),
  fail: (turn: Turn) => turn.answer({ status: 500, body: { error: 'failed' } }),
  hang: () => {},
  /** Acts after the delay, although the caller may have gone. */
  late: async (turn: Turn) => {
    await turn.delay();
    turn.answer(turn.act());
  },
  /** Acts at once, answers after the delay. */
  slow: async (turn: Turn) => {
    const answer = turn.act();
    await turn.delay();
    turn.answer(answer);
  },
  'drop-before': (turn: Turn) => turn.drop(),
  'drop-after': (turn: Turn) => {
    turn.act();
    turn.drop();
  },
  /** Killed before it acts. */
  die: (turn: Turn) => turn.die(),
  'die-after': (turn: Turn) => {
    turn.act();
    turn.die();
  },
  /** What stands in front of the partner answers in its place. */
  html: ({ response }: Turn) => {
    response
      .writeHead(200, { 'content-type': 'text/html' })
      .end('<!doctype html><title>Welcome</title><p>Please sign in.</p>');
  },
  /** A refusal inside a 200. */
  'error-200': (turn: Turn) => turn.answer({ status: 200, body: { error: 'refused' } }),
  redirect: (turn: Turn) =>
    turn.answer({ status: 302, body: {}, headers: { location: 'https://elsewhere.invalid/' } }),
  busy: (turn: Turn) =>
    turn.answer({ status: 429, body: { error: 'busy' }, headers: { 'retry-after': '2' } }),
  /** Answers about something else. */
  'wrong-id': (turn: Turn) => {
    const { body, ...answer } = turn.act();
    const other = Object.entries(body as object).map(([name, value]) => [
      name,
      value === turn.key ? somebodyElse : value,
    ]);
    turn.answer({ ...answer, body: Object.fromEntries(other) });
  },
  /** Two megabytes of an answer that is otherwise right. */
  oversized: (turn: Turn) => {
    const { body, ...answer } = turn.act();
    turn.answer({ ...answer, body: { ...(body as object), filler: 'x'.repeat(2_097_152) } });
  },
  /** Byte after byte, none of which ends the answer. */
  endless: async ({ act, response, pause }: Turn) => {
    act();
    response.writeHead(200, { 'content-type': 'application/json' });
    while (!response.destroyed) {
      response.write(' ');
      await pause(20);
    }
  },
  /** Half of the answer, then the connection goes. */
  cut: ({ act, response, drop }: Turn) => {
    const { status, body } = act();
    const text = JSON.stringify(body);
    response.writeHead(status, {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(text),
    });
    response.write(text.slice(0, text.length / 2), drop);
  },
  /** Accepts the call, and acts after the delay. */
  ongoing: async (turn: Turn) => {
    await turn.actAfter(async () => {
      turn.answer(pending(turn.key));
      await turn.delay();
    });
  },
  /** Acts twice, as if something in between had repeated the request. */
  repeat: (turn: Turn) => {
    turn.act();
    turn.answer(turn.act());
  },
};

export const pending = (key: string, status = 202): Answer => ({
  status,
  body: { event_id: key, status: 'pending' },
});

const somebodyElse = '00000000-0000-4000-8000-000000000000';
