import type { ServerResponse } from 'node:http';

export type Answer = { status: number; body: unknown; headers?: Record<string, string> };
/**
 * One call as the partner sees it: the answers to acting and to refusing, and the connection back.
 */
export type Turn = {
  key: string;
  act: () => Answer;
  refuse: () => Answer;
  /**
   * Acts after this promise; until then queries and repeats of the call are answered with pending.
   */
  actAfter: (work: () => Promise<void>) => Promise<Answer>;
  answer: (answer: Answer) => void;
  response: ServerResponse;
  drop: () => void;
  /** Closes the connections and the server. */
  die: () => void;
  delay: () => Promise<void>;
  pause: (ms: number) => Promise<void>;
};

/**
 * Every misbehaviour that a partner can be ordered to. fail, hang, drop-before, html, error-200,
 * redirect, busy and die leave its books unchanged; the others act or refuse as usual, and the
 * answer or the time is wrong.
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
  /** Dies before it acts. */
  die: (turn: Turn) => turn.die(),
  'die-after': (turn: Turn) => {
    turn.act();
    turn.die();
  },
  /** The answer of a proxy in front of the partner. */
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
  /** An answer about another token. */
  'wrong-id': (turn: Turn) => {
    const { body, ...answer } = turn.act();
    const other = Object.entries(body as object).map(([name, value]) => [
      name,
      value === turn.key ? somebodyElse : value,
    ]);
    turn.answer({ ...answer, body: Object.fromEntries(other) });
  },
  /** A correct answer, two megabytes longer. */
  oversized: (turn: Turn) => {
    const { body, ...answer } = turn.act();
    turn.answer({ ...answer, body: { ...(body as object), filler: 'x'.repeat(2_097_152) } });
  },
  /** Byte after byte, without an end. */
  endless: async ({ act, response, pause }: Turn) => {
    act();
    response.writeHead(200, { 'content-type': 'application/json' });
    while (!response.destroyed) {
      response.write(' ');
      await pause(20);
    }
  },
  /** Half of the answer, then the connection closes. */
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
  /** Acts twice, as if a proxy had repeated the request. */
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
