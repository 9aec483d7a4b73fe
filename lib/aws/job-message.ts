/** `job` is the queue's job type, `delaySeconds` how long the queue keeps the message back. */
export type JobMessage = { job: string; body: object; delaySeconds: number };

/** Makes a message. `job` is written out where this is called: by it a function is granted that queue, and no other. */
export const jobMessage = (job: string, body: object, delaySeconds = 0): JobMessage => ({
  job,
  body,
  delaySeconds,
});
