type Counts = Record<string, number>;
type Call = { commandName?: string; metadata?: { attempts?: number; requestId?: string } };

/** One invocation runs at a time, so counts since the last log line belong to it. */
let [calls, writes]: [Counts, Counts] = [{}, {}];

const add = (counts: Counts, name: string, times = 1) => {
  counts[name] = (counts[name] ?? 0) + times;
};

const heard = (call: unknown) => {
  const { commandName = 'unknown', metadata } = (call ?? {}) as Call;
  add(calls, commandName.replace(/Command$/, ''), metadata?.attempts);
};

/** Only an answer of AWS has a request id. The SDK also logs the signing of a URL, without one. */
const answered = (call: unknown) => {
  if ((call as Call | undefined)?.metadata?.requestId !== undefined) heard(call);
};

/** The logger of every AWS client: it writes nothing and counts each attempt of each command. */
export const callCounter = { trace: () => {}, debug: () => {}, info: answered, warn: () => {}, error: heard };

/** Counts a write to a table by its label. */
export const wrote = (label: string): void => add(writes, label);

/** AWS calls since the last log line, by command, and table writes among them, by label. */
export function counted(): { aws_calls?: Counts; writes?: Counts } {
  const told = {
    ...(Object.keys(calls).length > 0 && { aws_calls: calls }),
    ...(Object.keys(writes).length > 0 && { writes }),
  };
  [calls, writes] = [{}, {}];
  return told;
}
