/** `job` is the queue's job type, `delaySeconds` how long the queue delays the message. */
export type JobMessage = { job: string; body: object; delaySeconds: number };

/** `job` must be a literal: a function is granted the queues that its bundle names. */
export const jobMessage = (job: string, body: object, delaySeconds = 0): JobMessage => ({
  job,
  body,
  delaySeconds,
});
