type Counts = Record<string, number>;
type Call = { commandName?: string; metadata?: { attempts?: number; requestId?: string } };

/** A function runs one invocation at a time, so what was counted since its last line is this invocation's. */
let [calls, writes]: [Counts, Counts] = [{}, {}];

const add = (counts: Counts, name: string, times = 1) => {
  counts[name] = (counts[name] ?? 0) + times;
};

const heard = (call: unknown) => {
  const { commandName = 'unknown', metadata } = (call ?? {}) as Call;
  add(calls, commandName.replace(/Command$/, ''), metadata?.attempts);
};

/** What AWS has answered has an id: of a URL that is only signed the SDK tells in the same way, without one. */
const answered = (call: unknown) => {
  if ((call as Call | undefined)?.metadata?.requestId !== undefined) heard(call);
};

/** What every AWS client of ours is given as its logger: it writes nothing, and counts each attempt of each command. */
export const callCounter = { trace: () => {}, debug: () => {}, info: answered, warn: () => {}, error: heard };

/** A write to a table, by the name that its code gives it. */
export const wrote = (label: string): void => add(writes, label);

/** For a function's line: how often it has called AWS since the last one, by command, and which of it were writes to a table, by label. */
export function counted(): { aws_calls?: Counts; writes?: Counts } {
  const told = {
    ...(Object.keys(calls).length > 0 && { aws_calls: calls }),
    ...(Object.keys(writes).length > 0 && { writes }),
  };
  [calls, writes] = [{}, {}];
  return told;
}
